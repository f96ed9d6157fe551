"""Rounds under way: who handed in what, a later due time, closing, nudging, exports, reading one report. Pure.

Admins and leaders read and export; what changes something is for those who may manage rounds.
"""

from __future__ import annotations

from collections import Counter

from bot.dialogues.desk import ChangeRound, FileRefused, TellUnit
from bot.dialogues.managing import (
    BACK,
    CANCEL,
    Pair,
    asks,
    cancels,
    ends,
    found,
    goes_back,
    handle,
    in_parts,
    is_question,
    number_in,
    page,
    page_of,
    short,
    typed_in,
    when,
    with_effects,
)
from bot.dialogues.opening import read_due, unheard
from bot.dialogues.review_report import attached, report_parts
from bot.dialogues.state import Context, Effect, Managing, State, Step
from bot.domain.messages import Choice, Incoming, Reply
from bot.domain.people import Action
from bot.domain.rounds import Round, Standing, Submission, SubmissionState

HOLDER = "rounds"
_STATES = SubmissionState
_DONE = frozenset({_STATES.SUBMITTED, _STATES.ACCEPTED})
_LIST, _SHOW = Choice("list", "Các đợt khác"), Choice("show", "Về đợt này")
_BACK = Choice("show", BACK.label)
_READ, _FILES = Choice("read", "Xem báo cáo"), Choice("files", "Xem tệp")
_NUDGE, _MOVE, _CLOSE = Choice("nudge", "Nhắc đơn vị chưa nộp"), Choice("move", "Gia hạn"), Choice("close", "Đóng đợt")
_XLSX, _DOCX = Choice("xlsx", "Xuất Excel"), Choice("docx", "Xuất Word")
_REALLY = Choice("really", "Đóng đợt")
_NEEDS = {
    "nudge": Action.NOTIFY,
    "move": Action.MANAGE_ROUNDS,
    "close": Action.MANAGE_ROUNDS,
    "really": Action.MANAGE_ROUNDS,
    "xlsx": Action.EXPORT,
    "docx": Action.EXPORT,
}
_NONE = "Chưa có đợt báo cáo nào."
_GONE = "Đợt báo cáo này không còn nữa. Anh/chị gõ /dotbaocao để xem lại danh sách."


def rounds(state: State, rest: str, context: Context) -> Step:
    """List the rounds."""
    return _list(state, context, 0)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    managing = state.managing or Managing("list")
    if key == CANCEL.key:
        return _show(state, managing.subject, context) if managing.subject else ends(state, "Vâng, dừng ở đây.")
    if (at := page_of(key)) is not None:
        return (
            _which_report(state, managing.subject, context, at)
            if managing.doing == "read"
            else _list(state, context, at)
        )
    if key == _LIST.key:
        return _list(state, context, 0)
    if (number := number_in(key, "r")) is not None:
        return _show(state, number, context)
    one = context.desk.round(managing.subject)
    if one is None:
        return ends(state, _GONE)
    if key in _NEEDS and not context.may(_NEEDS[key]):
        return Step(state, (Reply("Việc này dành cho người quản trị.", state.choices),))
    return _on_round(state, key, one, managing, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line while looking at rounds."""
    managing, text = typed_in(state, incoming, ("list", "show", "due", "read", "report", "close")), incoming.text
    if managing is None:
        return None
    if cancels(text):
        return chosen(state, CANCEL.key, context)
    if goes_back(text):
        return (
            _show(state, managing.subject, context)
            if managing.doing not in ("list", "show")
            else _list(state, context, 0)
        )
    if is_question(text):
        return None
    if managing.doing == "due":
        return _due(state, managing, text, context)
    pairs = _reports(managing.subject, context) if managing.doing in ("read", "report") else _pairs(context)
    key = found(text, pairs)
    return chosen(state, key, context) if key else None


def _on_round(state: State, key: str, one: Round, managing: Managing, context: Context) -> Step:
    match key:
        case "nudge":
            return _nudge(state, one, context)
        case "move":
            return _ask_due(state, one)
        case "close":
            return _ask_close(state, one, context)
        case "really":
            return _close(state, one, context)
        case "xlsx" | "docx":
            return _export(state, one, key, context)
        case "read":
            return _which_report(state, one.id, context, 0)
        case "files":
            return _files(state, managing, context)
        case "show":
            return _show(state, one.id, context)
        case _:
            return _report(state, one, key, context)


# The list


def _pairs(context: Context) -> list[Pair]:
    return [(f"r{one.id}", f"{one.title}{' (đã đóng)' if one.closed_at else ''}") for one in context.desk.rounds()]


def _list(state: State, context: Context, at: int) -> Step:
    known = context.desk.rounds()
    if not known:
        return ends(state, f"{_NONE} Gõ /modot để mở đợt." if context.may(Action.MANAGE_ROUNDS) else _NONE)
    lines = ["Các đợt báo cáo:"]
    for one in known[at : at + 8]:
        end = "đã đóng" if one.closed_at else f"hạn {when(one.due_at)}"
        lines.append(f"• {short(one.title, 120)} – {end}: {counts(context.desk.standings(one.id))}")
    return asks(state, HOLDER, "list", "\n".join(lines), page(_pairs(context), at))


def counts(standings: tuple[Standing, ...]) -> str:
    """Return how far the units of a round are: "4/7 đã nộp (2 đã nhận, 1 muộn), 1 bị trả lại"."""
    states = Counter(one.submission.state for one in standings if one.submission)
    late = sum(1 for one in standings if one.submission and one.submission.state in _DONE and one.submission.late)
    inside = [f"{number} {word}" for number, word in ((states[_STATES.ACCEPTED], "đã nhận"), (late, "muộn")) if number]
    says = f"{states[_STATES.SUBMITTED] + states[_STATES.ACCEPTED]}/{len(standings)} đã nộp"
    says += f" ({', '.join(inside)})" if inside else ""
    return says + (f", {states[_STATES.RETURNED]} bị trả lại" if states[_STATES.RETURNED] else "")


# One round


def _show(state: State, round_id: int, context: Context, first: str = "") -> Step:
    one = context.desk.round(round_id)
    if one is None:
        return ends(state, _GONE)
    standings = context.desk.standings(one.id)
    end = f"đã đóng lúc {when(one.closed_at)}" if one.closed_at else f"hạn {when(one.due_at)}"
    lines = [*([first] if first else ()), one.title, f"{end[:1].upper()}{end[1:]} · {counts(standings)}"]
    lines += [f"• {standing.unit.name}: {_stands(standing.submission)}" for standing in standings]
    *parts, last = in_parts("\n".join(lines))
    choices = _choices(one, standings, context)
    return asks(state, HOLDER, "show", last, choices, subject=one.id, before=tuple(map(Reply, parts)))


def _stands(one: Submission | None) -> str:
    if one is None:
        return "chưa bắt đầu"
    if one.state not in _DONE or one.submitted_at is None:
        return one.state.vietnamese
    submitted = "đã nộp" if one.state is _STATES.SUBMITTED else f"{one.state.vietnamese}, nộp"
    return f"{submitted} lúc {when(one.submitted_at)}{' (muộn)' if one.late else ''}"


def _choices(one: Round, standings: tuple[Standing, ...], context: Context) -> tuple[Choice, ...]:
    offered = [_READ] if any(_readable(standing.submission) for standing in standings) else []
    if one.closed_at is None:
        offered += [_NUDGE] if _owing(standings) else []
        offered += [_MOVE, _CLOSE]
    offered += [_XLSX, _DOCX, _LIST]
    return tuple(choice for choice in offered if choice.key not in _NEEDS or context.may(_NEEDS[choice.key]))


def _readable(one: Submission | None) -> bool:
    return one is not None and one.state in _DONE


def _owing(standings: tuple[Standing, ...]) -> list[Standing]:
    return [one for one in standings if one.submission is None or one.submission.state not in _DONE]


# What is done with it


def _nudge(state: State, one: Round, context: Context) -> Step:
    owing = _owing(context.desk.standings(one.id))
    if not owing or one.closed_at is not None:
        return _show(state, one.id, context, "Không còn đơn vị nào phải nhắc.")
    late = context.now > one.due_at
    effects: list[Effect] = []
    for standing in owing:
        returned = standing.submission is not None and standing.submission.state is _STATES.RETURNED
        stands = "đã bị trả lại, cần sửa và nộp lại" if returned else "chưa nộp"
        due = f"đã quá hạn {when(one.due_at)}" if late else f"hạn {when(one.due_at)}"
        told = Reply(
            f"Nhắc việc: báo cáo “{one.title}” của {standing.unit.name} {stands}, {due}. Gõ /baocao để làm tiếp."
        )
        # Two taps, or two admins at once, are one nudge.
        effects.append(TellUnit(standing.unit.key, told, f"nudge:{one.id}:{standing.unit.key}:{context.now:%Y%m%d%H}"))
    lines = [
        f"Đã nhắc: {', '.join(standing.unit.name for standing in owing)}. Mỗi giờ một đơn vị chỉ nhận một lời nhắc.",
        unheard([standing.unit for standing in owing], context),
    ]
    says = "\n".join(line for line in lines if line)
    return with_effects(asks(state, HOLDER, "show", says, (_SHOW, _LIST), subject=one.id), *effects)


def _ask_due(state: State, one: Round, problem: str = "") -> Step:
    if one.closed_at is not None:
        return asks(state, HOLDER, "show", "Đợt này đã đóng nên không gia hạn được.", (_SHOW, _LIST), subject=one.id)
    says = f"{problem}Hạn hiện nay: {when(one.due_at)}. Hạn mới? Ví dụ: 20/12, 20/12 11:30, thứ sáu tuần sau."
    return asks(state, HOLDER, "due", says, (CANCEL,), subject=one.id)


def _due(state: State, managing: Managing, typed: str, context: Context) -> Step:
    one = context.desk.round(managing.subject)
    if one is None:
        return ends(state, _GONE)
    if one.closed_at is not None or not context.may(Action.MANAGE_ROUNDS):
        return _show(state, one.id, context)
    due = read_due(typed, context.now)
    if isinstance(due, str):
        return _ask_due(state, one, f"{due} ")
    if due == one.due_at:
        return _show(state, one.id, context, "Hạn vẫn như cũ.")
    told = Reply(f"Hạn nộp báo cáo “{one.title}” nay là {when(due)} (trước đây: {when(one.due_at)}).")
    effects: tuple[Effect, ...] = (ChangeRound(one.id, due_at=due), *_telling(one, told, context))
    word = "Đã gia hạn" if due > one.due_at else "Đã rút ngắn hạn"
    says = f"{word} đợt “{one.title}” đến {when(due)} và báo các đơn vị chưa nộp."
    return with_effects(asks(state, HOLDER, "show", says, (_SHOW, _LIST), subject=one.id), *effects)


def _telling(one: Round, told: Reply, context: Context) -> tuple[TellUnit, ...]:
    return tuple(TellUnit(standing.unit.key, told) for standing in _owing(context.desk.standings(one.id)))


def _ask_close(state: State, one: Round, context: Context) -> Step:
    standings = context.desk.standings(one.id)
    missing = [standing.unit.name for standing in _owing(standings)]
    waiting = sum(1 for each in standings if each.submission and each.submission.state is _STATES.SUBMITTED)
    says = f"Đóng đợt “{one.title}”? Sau đó không đơn vị nào nộp được nữa, và đợt đã đóng không mở lại được."
    says += f"\nChưa nộp: {', '.join(missing)}." if missing else ""
    says += f"\nCòn {waiting} báo cáo chờ duyệt (/duyet); vẫn duyệt được sau khi đóng." if waiting else ""
    return asks(state, HOLDER, "close", says, (_REALLY, CANCEL), subject=one.id)


def _close(state: State, one: Round, context: Context) -> Step:
    if one.closed_at is not None:
        return _show(state, one.id, context, "Đợt này đã được đóng rồi.")
    told = Reply(f"Đợt báo cáo “{one.title}” đã đóng. Nếu còn cần nộp, anh/chị liên hệ Văn phòng.")
    effects: tuple[Effect, ...] = (ChangeRound(one.id, closed_at=context.now), *_telling(one, told, context))
    says = f"Đã đóng đợt “{one.title}”."
    return with_effects(asks(state, HOLDER, "show", says, (_XLSX, _DOCX, _LIST), subject=one.id), *effects)


def _export(state: State, one: Round, kind: str, context: Context) -> Step:
    try:
        file = context.desk.exported(one.id, kind)
    except FileRefused as error:
        return Step(state, (Reply(str(error), state.choices),))
    return Step(state, (Reply(f"Báo cáo tổng hợp: {one.title}.", state.choices, file),))


# Reading


def _reports(round_id: int, context: Context) -> list[Pair]:
    standings = context.desk.standings(round_id)
    return [(f"u{handle(one.unit.key)}", one.unit.name) for one in standings if _readable(one.submission)]


def _which_report(state: State, round_id: int, context: Context, at: int) -> Step:
    pairs = _reports(round_id, context)
    if not pairs:
        return _show(state, round_id, context, "Chưa có báo cáo nào để xem.")
    return asks(state, HOLDER, "read", "Xem báo cáo của đơn vị nào?", (*page(pairs, at), _BACK), subject=round_id)


def _standing(one: Round, name: str, context: Context) -> Submission | None:
    standings = context.desk.standings(one.id)
    return next((each.submission for each in standings if f"u{handle(each.unit.key)}" == name), None)


def _report(state: State, one: Round, key: str, context: Context) -> Step:
    submission = _standing(one, key, context)
    if submission is None or not _readable(submission):
        return _show(state, one.id, context, "Báo cáo này đang được sửa lại.")
    *parts, last = report_parts(submission, context)
    choices = (*((_FILES,) if attached(submission, context) else ()), _READ, _SHOW)
    before = tuple(map(Reply, parts))
    return asks(state, HOLDER, "report", last, choices, subject=one.id, given=(key,), before=before)


def _files(state: State, managing: Managing, context: Context) -> Step:
    one = context.desk.round(managing.subject)
    submission = _standing(one, managing.given[0], context) if one and managing.given else None
    files = attached(submission, context) if submission is not None and _readable(submission) else ()
    return Step(state, tuple(Reply(file.name, file=file) for file in files) or (Reply("Báo cáo này không kèm tệp."),))
