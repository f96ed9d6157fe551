"""Going about in a report without answering: back, to a certain prompt, to the card, away for now, away for good."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues.desk import DiscardDraft
from bot.dialogues.report import answering, asking, reviewing, understanding, wording
from bot.dialogues.report.sheet import Asking, Doing, Sheet, leave, saved, step
from bot.dialogues.report.words import Move, Word
from bot.dialogues.state import State, Step
from bot.domain.answers import Rejected
from bot.domain.filling import Spot, previous_spot, repeat_of, without_entry
from bot.domain.messages import Choice, Reply
from bot.domain.rounds import SubmissionState


def move(state: State, sheet: Sheet, word: Word) -> Step | None:
    """Do what a steering word asks for; None where it steers nothing here and may be an answer."""
    doing, asked = sheet.filling.doing, sheet.filling.asked
    at_prompt = doing == Doing.ASK and bool(asked) and not asked[0].more
    match word.move:
        case Move.BACK:
            return back(state, sheet)
        case Move.EDIT:
            return edit(state, sheet, word)
        case Move.SHOW:
            return show(state, sheet, word.number or 0)
        case Move.REVIEW:
            return step(state, sheet, reviewing.review(sheet))
        case Move.LATER:
            return later(state, sheet)
        case Move.CANCEL:
            return cancel(state, sheet)
        case Move.SUBMIT:
            return reviewing.submit(state, sheet) if doing == Doing.REVIEW else _not_yet(state, sheet)
        case Move.SKIP if at_prompt:
            return answering.skip(state, sheet)
        case Move.SKIP if doing == Doing.ASK and asked:
            return answering.more(state, sheet, another=False)
        case Move.KEEP if at_prompt and any(sheet.value(spot) for spot in asked):
            return answering.keep(state, sheet)
        case Move.CLEAR if at_prompt and len(asked) == 1:
            return answering.clear(state, sheet)
        case Move.DEFAULT if at_prompt and len(asked) == 1:
            return answering.write_default(state, sheet, asked[0])
        case Move.DROP if doing == Doing.ASK and asked and (spot := _in_entry(sheet, asked[0])):
            return drop(state, sheet, spot)
        case _:
            return None


def back(state: State, sheet: Sheet) -> Step:
    """Go to the prompt before."""
    current = sheet.filling.asked[0] if sheet.filling.asked else None
    before = previous_spot(sheet.form, sheet.draft, current, sheet.today)
    if before is None:
        return step(state, sheet, here(sheet), ("Đây là câu đầu tiên rồi.",))
    return step(state, sheet, asking.ask(sheet, (before,)))


def edit(state: State, sheet: Sheet, word: Word) -> Step:
    """Go to the prompt of that number, its new answer written where one came along; ask for a missing number."""
    if word.number is None:
        return which(state, sheet)
    spot = _numbered(sheet, word.number)
    if spot is None:
        return step(state, sheet, here(sheet), (_no_such(sheet, word.number),))
    if word.value:
        there = replace(sheet, filling=asking.ask(sheet, (spot,), brief=True).filling)
        heard = understanding.understand(there, spot, word.value)
        if isinstance(heard, Rejected):
            return answering.again(state, there, heard.message)
        return answering.write(state, there, {spot: heard.value})
    return step(state, sheet, asking.ask(sheet, (spot,)))


def which(state: State, sheet: Sheet) -> Step:
    """Ask for the number of the prompt to change."""
    filling = replace(sheet.filling, doing=Doing.WHICH, asked=(), seen=())
    says = f"Anh/chị muốn sửa câu số mấy (1–{len(sheet.course)})?"
    return step(state, sheet, Asking(filling, (Reply(says),)))


def show(state: State, sheet: Sheet, number: int) -> Step:
    """Show one answer in full and go on where we were."""
    spot = _numbered(sheet, number)
    if spot is None:
        return step(state, sheet, here(sheet), (_no_such(sheet, number),))
    pages = reviewing.paged(reviewing.full_answer(sheet, spot), ())
    place = here(sheet)
    return step(state, sheet, replace(place, replies=(*pages, *place.replies)))


def later(state: State, sheet: Sheet) -> Step:
    """Leave the report as a draft."""
    done, all_ = sheet.answered_count(), len(sheet.course)
    return leave(
        state,
        f"Đã lưu bản nháp “{sheet.round.title}” (xong {done}/{all_} câu).",
        wording.due(sheet.round, sheet.context.now),
        "Khi nào tiện, anh/chị gõ /baocao để làm tiếp, trên máy hay kênh nào cũng được.",
        effects=saved(sheet),
    )


def cancel(state: State, sheet: Sheet) -> Step:
    """Ask before anything is thrown away; what was handed in once is never thrown away."""
    keep = Choice("later", "Để sau, giữ bản nháp"), Choice("go", "Làm tiếp")
    filling = replace(sheet.filling, doing=Doing.CANCEL, seen=(sheet.fingerprint(),), typed=())
    if sheet.submission is None:
        return leave(state, "Chưa ghi gì nên không có gì phải hủy. Khi cần, anh/chị gõ /baocao.")
    if sheet.submission.state is SubmissionState.RETURNED:
        says = "Báo cáo này đã từng nộp nên không hủy được. Anh/chị để sau hay làm tiếp?"
        return step(state, sheet, Asking(filling, (Reply(says, keep),)))
    who = sheet.touched_by_other()
    others = f" {who} sửa lần cuối lúc {wording.moment(sheet.submission.updated_at)}." if who else ""
    says = (
        f"Hủy thì xóa cả bản nháp “{sheet.round.title}” của {sheet.unit.name} "
        f"(đã trả lời {sheet.answered_count()} câu), không lấy lại được.{others}"
    )
    return step(state, sheet, Asking(filling, (Reply(says, (*keep, Choice("discard", "Xóa bản nháp"))),)))


def discard(state: State, sheet: Sheet) -> Step:
    """Throw the draft away, unless it changed since that was asked."""
    one = sheet.submission
    if one is None:
        return leave(state, "Bản nháp này đã được xóa từ trước.")
    if sheet.filling.seen != (sheet.fingerprint(),) or one.state is not SubmissionState.DRAFT:
        return cancel(state, sheet)
    says = f"Đã xóa bản nháp “{sheet.round.title}”. {wording.due(sheet.round, sheet.context.now)}"
    return leave(state, says, "Muốn làm lại, anh/chị gõ /baocao.", effects=(DiscardDraft(one.id, one.revision),))


def drop(state: State, sheet: Sheet, spot: Spot) -> Step:
    """Ask before the entry of a repeat that `spot` stands in is taken away."""
    repeat = repeat_of(sheet.form, spot)
    assert repeat is not None and spot.entry is not None  # `move` saw to it
    told = [
        wording.short(wording.answer(sheet, one, sheet.value(one)), 40)
        for one in (Spot(prompt.name, spot.entry) for prompt in repeat.prompts)
        if sheet.value(one)
    ]
    filling = replace(sheet.filling, doing=Doing.DROP, asked=(spot,), seen=(sheet.fingerprint(),))
    says = f"Xóa “{repeat.label} – mục {spot.entry + 1}”" + (f" ({'; '.join(told)})" if told else "") + "?"
    choices = Choice("go", "Giữ lại"), Choice("drop", "Xóa mục này")
    return step(state, sheet, Asking(filling, (Reply(says, choices),)))


def dropped(state: State, sheet: Sheet) -> Step:
    """Take the entry away, unless something changed since that was asked."""
    spot = sheet.filling.asked[0]
    repeat = repeat_of(sheet.form, spot)
    if sheet.filling.seen != (sheet.fingerprint(),) or repeat is None or spot.entry is None:
        return step(state, sheet, asking.go_on(sheet), ("Báo cáo vừa được sửa ở nơi khác nên tôi chưa xóa gì.",))
    draft = without_entry(sheet.form, sheet.draft, repeat.name, spot.entry, sheet.today)
    after = replace(sheet, draft=draft, filling=replace(sheet.filling, asked=(), kept=()))
    return step(state, after, asking.go_on(after), (f"Đã xóa “{repeat.label} – mục {spot.entry + 1}”.",))


def here(sheet: Sheet) -> Asking:
    """Return the present question once more, briefly; where it no longer makes sense, what comes next."""
    filling = sheet.filling
    if filling.doing == Doing.REVIEW:
        return reviewing.brief_review(sheet)
    if filling.doing == Doing.ASK and asking.still_there(sheet, filling.asked):
        return replace(asking.ask(sheet, filling.asked, brief=True), filling=filling)
    return asking.go_on(sheet)


def _in_entry(sheet: Sheet, spot: Spot) -> Spot | None:
    """Return a prompt of the entry that is asked about; after "có thêm không?" that is the last entry."""
    if spot.more:
        return Spot(sheet.repeat(spot.name).prompts[0].name, spot.entry - 1) if spot.entry else None
    return spot if spot.entry is not None else None


def _not_yet(state: State, sheet: Sheet) -> Step:
    """Answer "nộp" in mid-report: with the card, which says what is missing."""
    return step(state, sheet, reviewing.review(sheet), ("Anh/chị xem lại trước khi nộp.",))


def _numbered(sheet: Sheet, number: int) -> Spot | None:
    course = sheet.course
    return course[number - 1] if 1 <= number <= len(course) else None


def _no_such(sheet: Sheet, number: int) -> str:
    return f"Không có câu {number}; hiện báo cáo có {len(sheet.course)} câu."
