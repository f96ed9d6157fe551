"""What was typed or tapped at a prompt, as an answer; and what happens where somebody else answered it meanwhile.

An answer is written only over what the clerk saw: where another value stands by now, both are shown and one is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dialogues import smalltalk
from bot.dialogues.report import asking, batching, questions, wording
from bot.dialogues.report.sheet import Asking, Doing, Sheet, step
from bot.dialogues.report.understanding import NOT_COMPUTED, checked, clean, understand
from bot.dialogues.state import State, Step
from bot.domain.answers import Accepted, Rejected, expectation
from bot.domain.choosing import choose
from bot.domain.filling import Draft, Spot, answered, must_answer, with_entry, without_more
from bot.domain.forms import PromptKind
from bot.domain.messages import Choice, Reply
from bot.forms.expressions import ExpressionError
from knowledge.text import fold

_YES = frozenset({"co", "1", "them", "co them", "con", "yes", "u", "vang", "da", "da co", "dung"})
_NO = frozenset(
    {"khong", "2", "het", "het roi", "khong con", "khong them", "thoi", "no", "ko", "k", "khong co", "xong"}
)


def typed_answer(state: State, sheet: Sheet, text: str) -> Step | None:
    """Take what was typed at the prompts asked; None where it is a question about the documents."""
    asked = sheet.filling.asked
    if len(asked) > 1:
        return _typed_batch(state, sheet, text)
    (spot,) = asked
    if spot.more:
        return _typed_more(state, sheet, spot, text)
    prompt = sheet.prompt(spot)
    if smalltalk.beside_a_report(text) and not _is_option(sheet, spot, text):
        return None
    if prompt.kind is PromptKind.TEXT:
        if questions.clearly_asks(text):
            return None
    elif questions.must_be_question(text) and not _is_option(sheet, spot, text):
        return None
    heard = understand(sheet, spot, text)
    if isinstance(heard, Accepted):
        return write(state, sheet, {spot: heard.value})
    if prompt.kind is not PromptKind.TEXT and questions.reads_like_question(text):
        return None
    return again(state, sheet, heard.message)


def again(state: State, sheet: Sheet, why: str) -> Step:
    """Say why that was no answer and leave the question as it is, without repeating all of it."""
    spot = sheet.filling.asked[0]
    offered = asking.choices(sheet, spot) if len(sheet.filling.asked) == 1 and not spot.more else ()
    skip = "" if offered or must_answer(sheet.form, sheet.draft, spot, sheet.today) else " Không có thì gõ “bỏ qua”."
    lead = f"Câu {sheet.number(spot)}/{len(sheet.course)} – {wording.short(wording.label(sheet, spot))}"
    filling = replace(sheet.filling, doing=Doing.ASK)
    return step(state, sheet, Asking(filling, (Reply(f"{why}{skip}\n{lead}", offered),)))


def write(state: State, sheet: Sheet, values: Mapping[Spot, str], *said: str, only: Sequence[Spot] = ()) -> Step:
    """Write answers, those aside that somebody else changed since they were asked for; go on, with `only` first."""
    seen = dict(zip(sheet.filling.asked, sheet.filling.seen, strict=False))
    theirs = {
        spot: value
        for spot, value in values.items()
        if sheet.value(spot) not in (seen.get(spot, sheet.value(spot)), value)
    }
    mine = {spot: value for spot, value in values.items() if spot not in theirs}
    try:
        after = put(sheet, mine)
        told = (*said, *(wording.kept(after, spot, value) for spot, value in mine.items()), *_gone(sheet, after))
        if theirs:
            return clash(state, after, theirs, *told)
        left = tuple(spot for spot in only if asking.still_there(after, (spot,)))
        follows = asking.ask(after, left) if left else asking.go_on(after)
    except ExpressionError:
        return again(state, sheet, NOT_COMPUTED)
    return step(state, after, follows, (" ".join(told),) if len(told) <= 2 else told)


def write_text(state: State, sheet: Sheet, spot: Spot, text: str) -> Step:
    """Write what looked like a question and is the answer."""
    heard = understand(sheet, spot, text)
    return (
        write(state, sheet, {spot: heard.value}) if isinstance(heard, Accepted) else again(state, sheet, heard.message)
    )


def write_stored(state: State, sheet: Sheet, spot: Spot, value: str) -> Step:
    """Write a value that needs no reading, an option or a default, where the form allows it."""
    heard = checked(sheet, spot, Accepted(value))
    return (
        write(state, sheet, {spot: heard.value}) if isinstance(heard, Accepted) else again(state, sheet, heard.message)
    )


def write_default(state: State, sheet: Sheet, spot: Spot) -> Step:
    """Write what the form proposes."""
    value = wording.default_of(sheet.prompt(spot), sheet.today.isoformat())
    if not value:
        return again(state, sheet, "Câu này không có giá trị mặc định.")
    return write_stored(state, sheet, spot, value)


def done(state: State, sheet: Sheet) -> Step:
    """Go on after the files of a prompt."""
    spot = sheet.filling.asked[0]
    if not sheet.value(spot):
        return skip(state, sheet)
    after = replace(sheet, filling=replace(sheet.filling, kept=(*sheet.filling.kept, spot)))
    count = len(sheet.value(spot).split())
    return step(state, after, asking.go_on(after), (f"Đã ghi {wording.named(sheet, spot)}: {count} tệp.",))


def put(sheet: Sheet, values: Mapping[Spot, str]) -> Sheet:
    """Return the sheet with answers written; prompts of a returned report count as put right, whatever was written."""
    draft = sheet.draft
    for spot, value in values.items():
        draft = answered(sheet.form, draft, spot, value, sheet.today)
    kept = (*sheet.filling.kept, *(spot for spot in values if spot not in sheet.filling.kept))
    return replace(sheet, draft=draft, filling=replace(sheet.filling, kept=kept))


def _gone(before: Sheet, after: Sheet) -> list[str]:
    """Return the lines on answers that no longer apply, and are gone, because of another answer."""
    left = set(after.course)
    lost = [spot for spot in before.course if spot not in left and before.value(spot)]
    return [
        f"Bỏ câu “{wording.short(wording.label(before, spot))}” (đã ghi: "
        f"{wording.short(wording.answer(before, spot, before.value(spot)))}) vì không còn áp dụng."
        for spot in lost
    ]


def skip(state: State, sheet: Sheet) -> Step:
    """Leave the prompts asked empty, or as they are; the required ones are asked again."""
    empty = [spot for spot in sheet.filling.asked if not sheet.value(spot)]
    if not empty:
        return keep(state, sheet)
    required = [spot for spot in empty if must_answer(sheet.form, sheet.draft, spot, sheet.today)]
    free = {spot: "" for spot in empty if spot not in required}
    if not required:
        return write(state, sheet, free)
    message = sheet.prompt(required[0]).required_message.rstrip(".")
    why = f" ({message[:1].lower()}{message[1:]})" if message else ""
    says = f"{wording.named(sheet, required[0]).capitalize()} là câu bắt buộc, không bỏ qua được{why}."
    if not free:
        how = expectation(sheet.prompt(required[0])) if sheet.prompt(required[0]).kind is not PromptKind.TEXT else ""
        return again(state, sheet, " ".join(filter(None, (says, how, "Chưa có số liệu thì anh/chị gõ “để sau”."))))
    return write(state, sheet, free, says, only=required)


def keep(state: State, sheet: Sheet) -> Step:
    """Leave the answers that stand there and go on."""
    asked = tuple(spot for spot in sheet.filling.asked if not spot.more)
    kept = (*sheet.filling.kept, *(spot for spot in asked if spot not in sheet.filling.kept))
    after = replace(sheet, filling=replace(sheet.filling, kept=kept))
    said = f"Giữ nguyên {', '.join(wording.named(sheet, spot) for spot in asked)}." if asked else ""
    return step(state, after, asking.go_on(after), (said,))


def clear(state: State, sheet: Sheet) -> Step:
    """Take the answer away."""
    spot = sheet.filling.asked[0]
    if sheet.prompt(spot).kind is PromptKind.FILE:
        emptied = replace(sheet, draft=_without(sheet, spot))
        return step(state, emptied, asking.ask(emptied, (spot,)), ("Đã bỏ các tệp cũ.",))
    if must_answer(sheet.form, sheet.draft, spot, sheet.today):
        return again(state, sheet, f"{wording.named(sheet, spot).capitalize()} là câu bắt buộc, không để trống được.")
    return write(state, sheet, {spot: ""})


def more(state: State, sheet: Sheet, *, another: bool) -> Step:
    """Begin another entry of a repeat, or be done with it."""
    name = sheet.filling.asked[0].name
    draft = with_entry(sheet.draft, name) if another else without_more(sheet.draft, name)
    after = replace(sheet, draft=draft)
    return step(state, after, asking.go_on(after))


def clash(state: State, sheet: Sheet, theirs: Mapping[Spot, str], *said: str) -> Step:
    """Show what somebody else wrote meanwhile beside what was just typed, and ask which one stays."""
    one = sheet.submission
    who = sheet.touched_by_other()
    when = f" lúc {wording.moment(one.updated_at)}" if one else ""
    lines = [*said, f"{who or 'Một lần nhập khác'} vừa ghi khác{when}:"]
    for spot, value in theirs.items():
        lines.append(f"{wording.named(sheet, spot).capitalize()} – {wording.short(wording.label(sheet, spot))}")
        lines.append(f"• {who or 'Đang có'}: {wording.short(wording.answer(sheet, spot, sheet.value(spot)), 300)}")
        lines.append(f"• Anh/chị: {wording.short(wording.answer(sheet, spot, value), 300)}")
    lines.append("Anh/chị giữ bản nào?")
    choices = (
        Choice("over", "Ghi đè bằng bản của tôi"),
        Choice("theirs", f"Giữ bản của {who}" if who else "Giữ bản đang có"),
    )
    filling = replace(
        sheet.filling,
        doing=Doing.CLASH,
        asked=tuple(theirs),
        seen=tuple(sheet.value(spot) for spot in theirs),
        typed=tuple(theirs.values()),
    )
    return step(state, sheet, Asking(filling, (Reply("\n".join(lines), choices),)))


def _typed_more(state: State, sheet: Sheet, spot: Spot, text: str) -> Step | None:
    words = " ".join(re.findall(r"\w+", fold(clean(text))))
    if words in _YES or words in _NO:
        return more(state, sheet, another=words in _YES)
    if questions.reads_like_question(text):
        return None
    filling = replace(sheet.filling, doing=Doing.ASK)
    says = f"Anh/chị trả lời “có” hoặc “không” giúp. {asking.more_text(sheet, spot)}"
    return step(state, sheet, Asking(filling, (Reply(says, asking.more_choices()),)))


def _typed_batch(state: State, sheet: Sheet, text: str) -> Step | None:
    asked = sheet.filling.asked
    if questions.must_be_question(text) and "\n" not in text.strip():
        return None
    parts = batching.split(clean(text), [sheet.number(spot) for spot in asked])
    if parts is None:
        if questions.reads_like_question(text):
            return None
        example = batching.example(sheet.prompt(asked[0]))
        says = f"Tôi chưa rõ dòng nào trả lời câu nào. Anh/chị đánh số giúp, ví dụ: 1) {example}"
        return step(state, sheet, asking.ask(sheet, asked), (says,))
    accepted: dict[Spot, str] = {}
    wrong: list[str] = []
    for at, line in sorted(parts.items()):
        heard = _line(sheet, asked[at], line)
        if isinstance(heard, Accepted):
            accepted[asked[at]] = heard.value
        else:
            wrong.append(f"{wording.named(sheet, asked[at]).capitalize()}: {heard.message}")
    if not accepted and len(parts) == 1 and questions.reads_like_question(text):
        return None
    left = [spot for spot in asked if spot not in accepted]
    return write(state, sheet, accepted, *wrong, only=left)


def _line(sheet: Sheet, spot: Spot, line: str) -> Accepted | Rejected:
    if "".join(re.findall(r"\w", fold(line))) in ("boqua", "skip"):
        if must_answer(sheet.form, sheet.draft, spot, sheet.today):
            return Rejected("câu bắt buộc, không bỏ qua được.")
        return Accepted("")
    return understand(sheet, spot, line)


def _is_option(sheet: Sheet, spot: Spot, text: str) -> bool:
    options = sheet.prompt(spot).options
    return bool(options) and choose(text, [option.label for option in options]) is not None


def _without(sheet: Sheet, spot: Spot) -> Draft:
    draft = answered(sheet.form, sheet.draft, spot, "", sheet.today)
    return replace(draft, skipped=draft.skipped - {spot})
