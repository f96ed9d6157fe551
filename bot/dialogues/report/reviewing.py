"""The card before submitting, one long answer in full, and handing the report in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogues.desk import Submit, TellAdmins
from bot.dialogues.report import notes, wording
from bot.dialogues.report.sheet import Asking, Doing, Sheet, leave, step
from bot.dialogues.review_report import ELSE
from bot.dialogues.state import State, Step
from bot.domain.filling import Draft, Spot, missing, repeat_of
from bot.domain.forms import PromptKind
from bot.domain.messages import Choice, Reply
from bot.domain.rounds import EventKind, SubmissionState, receipt_number

LONGEST_REPLY = 3500  # characters of one message of the card
LONGEST_SHOWN = 200  # characters of one answer in the card
_LONGEST_LABEL = 120


def review(sheet: Sheet) -> Asking:
    """Return the card with what can be done."""
    filling = replace(sheet.filling, doing=Doing.REVIEW, asked=(), seen=(sheet.fingerprint(),), typed=())
    return Asking(filling, paged(list(_card(sheet)), review_choices(sheet)))


def review_choices(sheet: Sheet) -> tuple[Choice, ...]:
    """Return what can be done with the card."""
    open_ = missing(sheet.form, sheet.draft, sheet.today)
    first = Choice("missing", "Trả lời câu còn thiếu") if open_ else Choice("submit", "Nộp báo cáo")
    return first, Choice("edit", "Sửa câu …"), Choice("later", "Để sau")


def brief_review(sheet: Sheet) -> Asking:
    """Return one line in place of the card, where it was shown before."""
    filling = replace(sheet.filling, doing=Doing.REVIEW, asked=(), seen=(sheet.fingerprint(),), typed=())
    says = f"“{sheet.round.title}” đang chờ anh/chị nộp. Gõ “xem lại” để xem cả bản."
    return Asking(filling, (Reply(says, review_choices(sheet)),))


def card(sheet: Sheet) -> tuple[Reply, ...]:
    """Return the report to look at, nothing to be done with it."""
    return paged(list(_listed(sheet)), ())


def paged(lines: list[str], choices: tuple[Choice, ...], most: int = LONGEST_REPLY) -> tuple[Reply, ...]:
    """Return `lines` as messages of at most `most` characters, the choices under the last."""
    pages: list[str] = []
    for line in lines:
        for start in range(0, max(len(line), 1), most):
            piece = line[start : start + most]
            if pages and len(pages[-1]) + 1 + len(piece) <= most:
                pages[-1] += f"\n{piece}"
            else:
                pages.append(piece)
    return (*(Reply(page) for page in pages[:-1]), Reply(pages[-1], choices))


def _card(sheet: Sheet) -> Iterator[str]:
    yield from notes.at_end(sheet)
    yield f"Xem lại trước khi nộp: {sheet.round.title}"
    yield f"{sheet.unit.name}. {wording.due(sheet.round, sheet.context.now)}"
    yield from _listed(sheet)
    open_ = missing(sheet.form, sheet.draft, sheet.today)
    if open_:
        numbers = ", ".join(str(sheet.number(spot)) for spot in open_)
        yield f"Còn thiếu câu bắt buộc: {numbers}. Trả lời đủ mới nộp được."
    yield "Sửa: gõ “sửa câu 3”. Xem trọn một câu dài: gõ “xem câu 3”."


def _listed(sheet: Sheet) -> Iterator[str]:
    open_ = set(missing(sheet.form, sheet.draft, sheet.today))
    before = Draft(sheet.context.desk.last_values(sheet.round.id, sheet.unit.key))
    part = ""
    for number, spot in enumerate(sheet.course, 1):
        here = wording.where(sheet, spot)
        if here != part:
            yield f"— {here or ELSE}"
        part = here
        value = sheet.value(spot)
        label = wording.short(wording.label(sheet, spot), _LONGEST_LABEL)
        if spot in open_:
            yield f"! Câu {number}. {_colon(label)} CÒN THIẾU"
            continue
        full = wording.answer(sheet, spot, value)
        shown = wording.short(full, LONGEST_SHOWN)
        same = bool(value) and value == before.value(spot, repeat_of(sheet.form, spot))
        cut = f" (gõ “xem câu {number}”)" if shown.endswith("…") and len(full) > LONGEST_SHOWN else ""
        yield f"Câu {number}. {_colon(label)} {shown}{cut}" + (" (như kỳ trước)" if same else "")
    yield from _calculated(sheet)


def _calculated(sheet: Sheet) -> Iterator[str]:
    """Yield the totals that the form labels: they are handed in too."""
    for item in sheet.form.items:
        named = item.label and item.label != item.name
        if getattr(item, "kind", None) is PromptKind.CALCULATE and named:
            yield f"= {wording.told(sheet, item.label)}: {wording.told(sheet, '${' + item.name + '}')}"


def _colon(label: str) -> str:
    return label if label.endswith(("?", ":")) else f"{label}:"


def full_answer(sheet: Sheet, spot: Spot) -> list[str]:
    """Return one answer in full, as lines."""
    value = wording.answer(sheet, spot, sheet.value(spot))
    return [f"Câu {sheet.number(spot)}. {_colon(wording.label(sheet, spot))}", *value.split("\n")]


def submit(state: State, sheet: Sheet) -> Step:
    """Hand the report in, unless it changed since the card was shown or something is missing."""
    one, now = sheet.submission, sheet.context.now
    if one is None or sheet.filling.seen != (sheet.fingerprint(),):
        who = sheet.touched_by_other()
        when = f" lúc {wording.moment(one.updated_at)}" if one else ""
        by = f"{who} vừa sửa báo cáo" if who else "Báo cáo vừa được sửa ở nơi khác"
        says = f"{by}{when}. Anh/chị xem bản mới rồi hãy nộp."
        return step(state, sheet, review(sheet), (says,))
    if missing(sheet.form, sheet.draft, sheet.today):
        return step(state, sheet, review(sheet), ("Chưa nộp được vì còn câu bắt buộc để trống.",))
    times = 1 + sum(event.kind is EventKind.SUBMITTED for event in sheet.context.desk.history(one.id))
    receipt = receipt_number(sheet.round.id, one.id, times)
    late = wording.late(sheet.round, now)
    told = TellAdmins(Reply(_for_admins(sheet, receipt, late, times)), key=f"submitted:{receipt}")
    return leave(
        state,
        f"Đã nộp{' lại' if times > 1 else ''} “{sheet.round.title}” của {sheet.unit.name}.",
        f"Số biên nhận: {receipt}",
        f"Thời điểm nộp: {wording.moment(now)}{f' ({late})' if late else ''}",
        "Khi Văn phòng nhận hoặc trả lại báo cáo, tôi sẽ báo anh/chị. Cảm ơn anh/chị.",
        effects=(Submit(one.id, one.revision, receipt, bool(late)), told),
    )


def _for_admins(sheet: Sheet, receipt: str, late: str, times: int) -> str:
    person = sheet.context.person
    by = f" (người nộp: {person.name})" if person else ""
    again = f", lần {times}" if times > 1 else ""
    return (
        f"{sheet.unit.name} vừa nộp “{sheet.round.title}”{again}{by}. "
        f"Biên nhận {receipt}, lúc {wording.moment(sheet.context.now)}{f', {late}' if late else ''}."
    )


def settled(sheet: Sheet) -> tuple[str, ...]:
    """Return the lines on a report that is with the office: handed in, or accepted."""
    one = sheet.submission
    if one is None or one.submitted_at is None:
        return ()
    by = sheet.touched_by_other()
    late = wording.late(sheet.round, one.submitted_at)
    lines = [
        f"“{sheet.round.title}” của {sheet.unit.name} đã nộp lúc {wording.moment(one.submitted_at)}"
        + (f" ({late})" if late else "")
        + (f", người nộp: {by}" if by and one.state is SubmissionState.SUBMITTED else "")
        + ".",
        f"Số biên nhận: {one.receipt}.",
    ]
    if one.state is SubmissionState.ACCEPTED:
        lines.append("Văn phòng đã nhận báo cáo này.")
    else:
        lines.append("Đang chờ Văn phòng xem. Cần sửa thì anh/chị gõ /xinsua.")
    return tuple(lines)
