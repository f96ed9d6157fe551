"""Into a report: which round, a fresh start or last period's answers, where we were; and what a unit has handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dialogues.report import asking, reviewing, wording
from bot.dialogues.report.sheet import Asking, Doing, Sheet, editable, leave, load, step
from bot.dialogues.state import Context, Filling, State, Step
from bot.domain.filling import Draft, Spot, allowed, answered, spots, with_entry
from bot.domain.forms import Prompt, PromptKind, Repeat, Value
from bot.domain.ids import id_in
from bot.domain.messages import Choice, Reply
from bot.domain.people import Action, Unit
from bot.domain.rounds import Round, SubmissionState
from bot.forms.expressions import ExpressionError

NO_UNIT = "Tài khoản của anh/chị chưa gắn với đơn vị nào nên không có báo cáo để làm. Anh/chị liên hệ Văn phòng giúp."
_MOST_LISTED = 15  # rounds in one message


def start(state: State, rest: str, context: Context) -> Step:
    """Begin or go on: the report in hand, the only one owed, or the one that is chosen."""
    unit = context.unit
    if unit is None:
        return leave(state, NO_UNIT)
    owed = [round_ for round_ in context.desk.owed(unit.key) if _open(round_, unit, context)]
    if not owed:
        return leave(state, *_nothing(unit, context))
    present = state.filling.round if state.filling and state.holder == "report" else 0
    wanted = next((round_ for round_ in owed if round_.id == present), owed[0] if len(owed) == 1 else None)
    if wanted is not None:
        return enter(
            state, load(wanted, state.filling if state.filling and present else Filling(wanted.id), unit, context)
        )
    lines = [f"{unit.name} có {len(owed)} báo cáo. Anh/chị làm báo cáo nào trước?"]
    choices = [Choice(f"r{round_.id}", _option(round_, unit, context)) for round_ in owed[:_MOST_LISTED]]
    return _choosing(state, Doing.ROUND, lines, choices)


def enter(state: State, sheet: Sheet) -> Step:
    """Say where the report stands and ask what comes next."""
    one, now = sheet.submission, sheet.context.now
    filling = replace(sheet.filling, round=sheet.round.id, doing=Doing.ASK, asked=(), seen=(), typed=())
    sheet = replace(sheet, filling=filling)
    title = f"“{sheet.round.title}” – {sheet.unit.name}."
    if one is None:
        before = _fitting(sheet)
        opening = (title, wording.due(sheet.round, now))
        if before != Draft():
            says = "Kỳ trước đơn vị đã có số liệu. Anh/chị muốn bắt đầu thế nào?"
            choices = Choice("copy", "Lấy số liệu kỳ trước làm bản nháp"), Choice("fresh", "Điền mới")
            asked = Asking(replace(filling, doing=Doing.START), (Reply(says, choices),))
            return step(state, sheet, asked, opening)
        return step(state, sheet, asking.go_on(sheet), (*opening, wording.HOW))
    if one.state is SubmissionState.RETURNED:
        reason = f"Lý do: {one.reason}" if one.reason else ""
        lead = (
            f"{title} Văn phòng đã trả lại để sửa.",
            reason,
            wording.due(sheet.round, now),
            _by_other(sheet),
        )
        return step(state, sheet, asking.go_on(sheet), lead)
    done = f"Đã xong {sheet.answered_count()}/{len(sheet.course)} câu. {wording.due(sheet.round, now)}"
    return step(state, sheet, asking.go_on(sheet), (f"Làm tiếp {title}", done, _by_other(sheet)))


def begin(state: State, sheet: Sheet, *, copy: bool) -> Step:
    """Begin a report, with last period's answers or without."""
    if sheet.submission is not None:  # somebody else of the unit began meanwhile
        return enter(state, sheet)
    if not copy:
        return step(state, sheet, asking.go_on(sheet), (wording.HOW,))
    after = replace(sheet, draft=_fitting(sheet))
    count = sum(1 for spot in after.course if after.value(spot))
    said = f"Đã lấy {count} câu của kỳ trước. Trước khi nộp, tôi sẽ cho anh/chị xem lại tất cả để sửa."
    return step(state, after, asking.go_on(after), (said, wording.HOW))


def choose(state: State, key: str, context: Context) -> Step:
    """Take the round that was chosen, to fill it in or to look at it."""
    unit, number = context.unit, id_in(key[1:])
    round_ = context.desk.round(number) if number is not None else None
    if unit is None or round_ is None:
        return start(state, "", context)
    sheet = load(round_, Filling(round_.id), unit, context)
    if key.startswith("s"):
        return look(state, sheet)
    why = barred(sheet)
    return leave(state, *why) if why else enter(state, sheet)


def barred(sheet: Sheet) -> tuple[str, ...]:
    """Return why the report cannot be worked on now, () where it can."""
    round_, now = sheet.round, sheet.context.now
    if sheet.unit.key not in round_.units:
        return (f"Đợt “{round_.title}” không yêu cầu {sheet.unit.name} báo cáo.",)
    if not editable(sheet):
        return reviewing.settled(sheet)
    if now < round_.opens_at:
        return (f"Đợt “{round_.title}” mở từ {wording.moment(round_.opens_at)}. Anh/chị quay lại sau nhé.",)
    if not round_.takes(now):
        kept = " Bản nháp vẫn còn." if sheet.submission else ""
        return (f"Đợt “{round_.title}” đã đóng nên không nhận báo cáo nữa.{kept} Cần nộp, anh/chị liên hệ Văn phòng.",)
    return ()


def show(state: State, rest: str, context: Context) -> Step:
    """Show the report in hand, or one of those the unit has."""
    unit = context.unit
    if unit is None:
        return Step(state, (Reply(NO_UNIT),))
    if state.holder == "report" and state.filling and state.filling.round:
        round_ = context.desk.round(state.filling.round)
        if round_ is not None:
            return look(state, load(round_, state.filling, unit, context))
    begun = [round_ for round_ in _mine(unit, context) if context.desk.submission(round_.id, unit.key)]
    if not begun:
        return Step(state, (Reply(f"{unit.name} chưa có báo cáo nào để xem. Gõ /baocao để bắt đầu."),))
    if len(begun) == 1:
        return look(state, load(begun[0], Filling(begun[0].id), unit, context))
    choices = [Choice(f"s{round_.id}", _option(round_, unit, context)) for round_ in begun[:_MOST_LISTED]]
    return _choosing(state, Doing.SHOW, ["Anh/chị xem báo cáo nào?"], choices)


def look(state: State, sheet: Sheet) -> Step:
    """Show a report: as the card to submit where the reader may, else only to read."""
    if sheet.context.may(Action.SUBMIT_REPORT) and not barred(sheet):
        return step(state, sheet, reviewing.review(sheet))
    lines = reviewing.settled(sheet) or (f"“{sheet.round.title}” – {sheet.unit.name} (đang soạn).",)
    ended = leave(state, *lines)
    return replace(ended, replies=(*ended.replies, *reviewing.card(sheet)))


def mine(state: State, rest: str, context: Context) -> Step:
    """List the unit's reports and where they stand."""
    unit = context.unit
    if unit is None:
        return Step(state, (Reply(NO_UNIT),))
    rounds = _mine(unit, context)
    if not rounds:
        return Step(state, (Reply(f"Chưa có đợt báo cáo nào yêu cầu {unit.name} báo cáo."),))
    lines = [f"Báo cáo của {unit.name}:", *(f"• {_standing(one, unit, context)}" for one in rounds[:_MOST_LISTED])]
    lines.append("Gõ /baocao để làm báo cáo còn nợ, /xemlai để xem một báo cáo.")
    return Step(state, (Reply("\n".join(lines)),))


def _choosing(state: State, doing: Doing, lines: Sequence[str], choices: Sequence[Choice]) -> Step:
    after = replace(state, holder="report", owner="report", choices=(), filling=Filling(0, doing))
    return Step(after, (Reply("\n".join(lines), tuple(choices)),))


def _open(round_: Round, unit: Unit, context: Context) -> bool:
    submission = context.desk.submission(round_.id, unit.key)
    return submission is None or submission.state in (SubmissionState.DRAFT, SubmissionState.RETURNED)


def _mine(unit: Unit, context: Context) -> list[Round]:
    return [round_ for round_ in context.desk.rounds() if unit.key in round_.units and round_.opens_at <= context.now]


def _nothing(unit: Unit, context: Context) -> tuple[str, ...]:
    """Return why there is nothing to do: handed in, not open yet, or nothing asked of the unit."""
    handed_in = [round_ for round_ in context.desk.owed(unit.key) if not _open(round_, unit, context)]
    if handed_in:
        return reviewing.settled(load(handed_in[0], Filling(handed_in[0].id), unit, context))
    soon = [one for one in context.desk.rounds() if unit.key in one.units and one.opens_at > context.now]
    first = f"Hiện {unit.name} không có báo cáo nào phải nộp."
    if soon:
        return first, f"Đợt “{soon[0].title}” mở từ {wording.moment(soon[0].opens_at)}."
    return (first,)


def _option(round_: Round, unit: Unit, context: Context) -> str:
    submission = context.desk.submission(round_.id, unit.key)
    stands = f", {submission.state.vietnamese}" if submission else ""
    when = wording.moment(round_.due_at).partition("ngày ")[2]
    return f"{wording.short(round_.title, 70)} (hạn {when}{stands})"


def _standing(round_: Round, unit: Unit, context: Context) -> str:
    one = context.desk.submission(round_.id, unit.key)
    if one is None:
        closed = not round_.takes(context.now)
        return f"{round_.title}: chưa làm. " + ("Đợt đã đóng." if closed else wording.due(round_, context.now))
    says = f"{round_.title}: {one.state.vietnamese}"
    if one.state is SubmissionState.DRAFT:
        return f"{says}. {wording.due(round_, context.now)}"
    if one.state is SubmissionState.RETURNED:
        return f"{says}" + (f" (lý do: {wording.short(one.reason, 150)})" if one.reason else "")
    late = wording.late(round_, one.submitted_at) if one.submitted_at else ""
    when = wording.moment(one.submitted_at) if one.submitted_at else ""
    return f"{says} lúc {when}{f' ({late})' if late else ''}, biên nhận {one.receipt}"


def _by_other(sheet: Sheet) -> str:
    who, one = sheet.touched_by_other(), sheet.submission
    return f"{who} sửa lần cuối lúc {wording.moment(one.updated_at)}." if who and one else ""


def _fitting(sheet: Sheet) -> Draft:
    """Return the answers of last period that this form still asks for and allows; files belong to their period."""
    before = sheet.context.desk.last_values(sheet.round.id, sheet.unit.key)
    draft = sheet.draft
    for item in sheet.form.items:
        if isinstance(item, Repeat):
            draft = _with_entries(sheet, draft, item, before)
        elif isinstance(value := before.get(item.name), str):
            draft = _with_value(sheet, draft, Spot(item.name), value)
    return draft


def _with_entries(sheet: Sheet, draft: Draft, repeat: Repeat, before: Mapping[str, Value]) -> Draft:
    entries = before.get(repeat.name)
    if isinstance(entries, str) or not entries:
        return draft
    if Spot(repeat.name, 0, more=True) not in spots(sheet.form, draft, sheet.today):
        return draft
    for at, entry in enumerate(entries):
        draft = with_entry(draft, repeat.name)
        for prompt in repeat.prompts:
            draft = _with_value(sheet, draft, Spot(prompt.name, at), entry.get(prompt.name, ""))
    return draft


def _with_value(sheet: Sheet, draft: Draft, spot: Spot, value: str) -> Draft:
    form, today = sheet.form, sheet.today
    if not value or not _readable(form.prompt(spot.name), value) or spot not in spots(form, draft, today):
        return draft
    try:
        return answered(form, draft, spot, value, today) if allowed(form, draft, spot, value, today) else draft
    except ExpressionError:
        return draft


def _readable(prompt: Prompt, value: str) -> bool:
    """Tell whether a value kept by another version of the form is one of this prompt's."""
    match prompt.kind:
        case PromptKind.NOTE | PromptKind.CALCULATE | PromptKind.FILE:
            return False
        case PromptKind.TEXT:
            return True
        case _:
            return wording.default_of(replace(prompt, default=value), "") == value
