"""What an admin does with a round: nudging units, another due time, closing; and exports. Pure."""

from __future__ import annotations

from bot.dialogues.announcing import closing, open_titles
from bot.dialogues.desk import ChangeRound, FileRefused, ReopenRound, TellUnit
from bot.dialogues.managing import (
    CANCEL,
    asks,
    ends,
    when,
    with_effects,
)
from bot.dialogues.round_terms import read_due, unheard
from bot.dialogues.rounds_view import DOCX, GONE, HOLDER, LIST, REALLY, SHOW, STATES, XLSX, owing, show
from bot.dialogues.state import Context, Effect, Managing, State, Step
from bot.domain.messages import Reply
from bot.domain.people import Action
from bot.domain.rounds import Round
from knowledge.text import fold


def nudge(state: State, one: Round, context: Context) -> Step:
    """Remind the clerks of every unit that has not handed in."""
    left = owing(context.desk.standings(one.id))
    if not left or one.closed_at is not None:
        return show(state, one.id, context, "Không còn đơn vị nào phải nhắc.")
    late = context.now > one.due_at
    effects: list[Effect] = []
    for standing in left:
        returned = standing.submission is not None and standing.submission.state is STATES.RETURNED
        stands = "đã bị trả lại, cần sửa và nộp lại" if returned else "chưa nộp"
        due = f"đã quá hạn {when(one.due_at)}" if late else f"hạn {when(one.due_at)}"
        told = Reply(
            f"Nhắc việc: báo cáo “{one.title}” của {standing.unit.name} {stands}, {due}. Gõ /baocao để làm tiếp."
        )
        # Two taps, or two admins at once, are one nudge.
        effects.append(TellUnit(standing.unit.key, told, f"nudge:{one.id}:{standing.unit.key}:{context.now:%Y%m%d%H}"))
    lines = [
        f"Đã nhắc: {', '.join(standing.unit.name for standing in left)}. Mỗi giờ một đơn vị chỉ nhận một lời nhắc.",
        unheard([standing.unit for standing in left], context),
    ]
    says = "\n".join(line for line in lines if line)
    return with_effects(asks(state, HOLDER, "show", says, (SHOW, LIST), subject=one.id), *effects)


def ask_due(state: State, one: Round, problem: str = "") -> Step:
    """Ask for another due time."""
    if one.closed_at is not None:
        return asks(state, HOLDER, "show", "Đợt này đã đóng nên không gia hạn được.", (SHOW, LIST), subject=one.id)
    says = f"{problem}Hạn hiện nay: {when(one.due_at)}. Hạn mới? Ví dụ: 20/12, 20/12 11:30, thứ sáu tuần sau."
    return asks(state, HOLDER, "due", says, (CANCEL,), subject=one.id)


def take_due(state: State, managing: Managing, typed: str, context: Context) -> Step:
    """Move the due time to what was typed and tell the clerks."""
    one = context.desk.round(managing.subject)
    if one is None:
        return ends(state, GONE)
    if one.closed_at is not None or not context.may(Action.MANAGE_ROUNDS):
        return show(state, one.id, context)
    due = read_due(typed, context.now)
    if isinstance(due, str):
        return ask_due(state, one, f"{due} ")
    if due == one.due_at:
        return show(state, one.id, context, "Hạn vẫn như cũ.")
    told = Reply(f"Hạn nộp báo cáo “{one.title}” nay là {when(due)} (trước đây: {when(one.due_at)}).")
    effects: tuple[Effect, ...] = (ChangeRound(one.id, due_at=due), *_telling(one, told, context))
    word = "Đã gia hạn" if due > one.due_at else "Đã rút ngắn hạn"
    says = f"{word} đợt “{one.title}” đến {when(due)} và báo các đơn vị chưa nộp."
    return with_effects(asks(state, HOLDER, "show", says, (SHOW, LIST), subject=one.id), *effects)


def _telling(one: Round, told: Reply, context: Context) -> tuple[TellUnit, ...]:
    return tuple(TellUnit(standing.unit.key, told) for standing in owing(context.desk.standings(one.id)))


def ask_close(state: State, one: Round, context: Context) -> Step:
    """Ask whether the round should be closed."""
    standings = context.desk.standings(one.id)
    missing = [standing.unit.name for standing in owing(standings)]
    waiting = sum(1 for each in standings if each.submission and each.submission.state is STATES.SUBMITTED)
    says = f"Đóng đợt “{one.title}”? Sau đó không đơn vị nào nộp được nữa, trừ khi anh/chị mở lại đợt."
    says += f"\nChưa nộp: {', '.join(missing)}." if missing else ""
    says += f"\nCòn {waiting} báo cáo chờ duyệt (/duyet); vẫn duyệt được sau khi đóng." if waiting else ""
    return asks(state, HOLDER, "close", says, (REALLY, CANCEL), subject=one.id)


def close(state: State, one: Round, context: Context) -> Step:
    """Close the round and tell those who never handed in."""
    if one.closed_at is not None:
        return show(state, one.id, context, "Đợt này đã được đóng rồi.")
    effects = closing(one, context.desk.standings(one.id), context.now)
    says = f"Đã đóng đợt “{one.title}”."
    return with_effects(asks(state, HOLDER, "show", says, (XLSX, DOCX, LIST), subject=one.id), *effects)


def ask_reopen(state: State, one: Round, problem: str = "") -> Step:
    """Ask until when a closed round should take reports again."""
    if one.closed_at is None:
        return asks(state, HOLDER, "show", "Đợt này đang mở.", (SHOW, LIST), subject=one.id)
    says = f"{problem}Mở lại đợt “{one.title}” đến khi nào? Ví dụ: 20/12, 20/12 11:30, thứ sáu tuần sau."
    return asks(state, HOLDER, "reopen", says, (CANCEL,), subject=one.id)


def reopen(state: State, managing: Managing, typed: str, context: Context) -> Step:
    """Let a closed round take reports until the time that was typed, and tell the clerks who owe one."""
    one = context.desk.round(managing.subject)
    if one is None:
        return ends(state, GONE)
    if one.closed_at is None or not context.may(Action.MANAGE_ROUNDS):
        return show(state, one.id, context)
    running = [other for other in context.desk.rounds() if other.closed_at is None]
    same = one.obligation is not None and any(other.obligation == one.obligation for other in running)
    if same or fold(one.title) in open_titles(running):
        return show(state, one.id, context, "Đang có đợt khác mở cho báo cáo này, nên đợt này chưa mở lại được.")
    due = read_due(typed, context.now)
    if isinstance(due, str):
        return ask_reopen(state, one, f"{due} ")
    told = Reply(f"Đợt báo cáo “{one.title}” đã mở lại, hạn nộp {when(due)}. Anh/chị gõ /baocao để làm tiếp.")
    says = f"Đã mở lại đợt “{one.title}” đến {when(due)} và báo các đơn vị chưa nộp."
    step = asks(state, HOLDER, "show", says, (SHOW, LIST), subject=one.id)
    return with_effects(step, ReopenRound(one.id, due), *_telling(one, told, context))


def export(state: State, one: Round, kind: str, context: Context) -> Step:
    """Return the consolidated report as a file."""
    try:
        file = context.desk.exported(one.id, kind)
    except FileRefused as error:
        return Step(state, (Reply(str(error), state.choices),))
    return Step(state, (Reply(f"Báo cáo tổng hợp: {one.title}.", state.choices, file),))
