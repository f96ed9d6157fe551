"""What is said next in a report: a prompt, several at once where messages are dear, "có thêm không?".

Knows what is to be asked and how; what an answer means is `answering`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.dialogues.report import attaching, batching, notes, reviewing, wording
from bot.dialogues.report.sheet import Asking, Doing, Sheet, to_fix
from bot.dialogues.uploading import Place
from bot.domain.answers import expectation
from bot.domain.filling import Spot, must_answer, next_spot, spots
from bot.domain.forms import Prompt, PromptKind
from bot.domain.messages import Choice, Reply

MOST_BUTTONS = 10  # options shown as choices; more are listed and answered by number
LONGEST_BUTTON = 60  # characters of a label that a button shows readably


def go_on(sheet: Sheet) -> Asking:
    """Return what comes next: a prompt to put right, the first one open, or the review."""
    fixes = to_fix(sheet)
    spot = fixes[0] if fixes else next_spot(sheet.form, sheet.draft, sheet.today)
    if spot is None:
        return reviewing.review(sheet)
    if spot.more or fixes:
        return ask(sheet, (spot,))
    return ask(sheet, batching.batch(sheet, spot))


def ask(sheet: Sheet, asked: tuple[Spot, ...], *, brief: bool = False) -> Asking:
    """Return the question at `asked`; `brief` where it was asked before and something else was said in between."""
    filling = replace(
        sheet.filling, doing=Doing.ASK, asked=asked, seen=tuple(sheet.value(spot) for spot in asked), typed=()
    )
    if len(asked) > 1:
        return Asking(filling, (Reply(_batch_text(sheet, asked)),))
    (spot,) = asked
    if spot.more:
        return Asking(filling, (Reply(more_text(sheet, spot), more_choices()),))
    page = Place("") if brief else attaching.page(sheet, spot)
    text = "\n".join(filter(None, [*_lines(sheet, spot, brief=brief), page.says]))
    said = Reply(text, choices(sheet, spot), secret=page.secret, good_until=page.good_until)
    return Asking(filling, (said,), page.effects)


def more_text(sheet: Sheet, spot: Spot) -> str:
    """Return the question whether a repeat has another entry."""
    label = sheet.repeat(spot.name).label
    if not spot.entry:
        return f"Phần “{label}”: anh/chị có gì để ghi không?"
    return f"Phần “{label}”: đã ghi {spot.entry} mục. Có thêm nữa không?"


def more_choices() -> tuple[Choice, ...]:
    """Return the answers to "có thêm không?"."""
    return Choice("yes", "Có"), Choice("no", "Không")


def choices(sheet: Sheet, spot: Spot) -> tuple[Choice, ...]:
    """Return what can be tapped at a prompt.

    Without buttons they are numbered, so they are given only where no number can be the answer itself.
    """
    prompt, value = sheet.prompt(spot), sheet.value(spot)
    optional = not must_answer(sheet.form, sheet.draft, spot, sheet.today)
    found = [Choice(f"o{at}", option.label) for at, option in enumerate(prompt.options)] if tappable(prompt) else []
    if not found and not sheet.context.reach.buttons and prompt.kind is not PromptKind.FILE:
        return ()
    if value and prompt.kind is PromptKind.FILE:
        found.append(Choice("done", "Xong"))
    elif value:
        found.append(Choice("keep", "Giữ nguyên"))
    elif default := wording.default_of(prompt, sheet.today.isoformat()):
        found.append(Choice("default", f"Ghi: {wording.short(wording.answer(sheet, spot, default), 40)}"))
    if value and (optional or prompt.kind is PromptKind.FILE):
        found.append(Choice("clear", "Gửi lại từ đầu" if prompt.kind is PromptKind.FILE else "Để trống"))
    elif optional:
        found.append(Choice("skip", "Bỏ qua"))
    return tuple(found)


def tappable(prompt: Prompt) -> bool:
    """Tell whether the options of `prompt` are few and short enough to be choices."""
    few = prompt.kind is PromptKind.SELECT_ONE and len(prompt.options) <= MOST_BUTTONS
    return few and all(len(option.label) <= LONGEST_BUTTON for option in prompt.options)


def _lines(sheet: Sheet, spot: Spot, *, brief: bool) -> Iterator[str]:
    prompt, value = sheet.prompt(spot), sheet.value(spot)
    optional = not must_answer(sheet.form, sheet.draft, spot, sheet.today)
    if not brief and not value:
        yield from notes.before(sheet, spot)
    part = wording.where(sheet, spot)
    yield f"Câu {sheet.number(spot)}/{len(sheet.course)}" + (f" · {part}" if part else "")
    yield wording.label(sheet, spot) + ("" if optional else " (bắt buộc)")
    if prompt.hint and not brief:
        yield f"({wording.told(sheet, prompt.hint, spot)})"
    if value:
        yield f"Đang ghi: {wording.short(wording.answer(sheet, spot, value), 300)}"
    yield from how_to_answer(sheet, spot, optional=optional)


def how_to_answer(sheet: Sheet, spot: Spot, *, optional: bool) -> Iterator[str]:
    """Yield how the prompt is answered, its options where they are no choices, and the words in place of buttons."""
    prompt, value = sheet.prompt(spot), sheet.value(spot)
    if not tappable(prompt) and prompt.options:
        yield from (f"{number}. {option.label}" for number, option in enumerate(prompt.options, 1))
    if prompt.kind is PromptKind.FILE:
        yield attaching.how(sheet)
    elif prompt.kind is not PromptKind.TEXT and not tappable(prompt):
        yield expectation(prompt)
    if choices(sheet, spot):
        return
    default = wording.default_of(prompt, sheet.today.isoformat())
    if value:
        yield "Gõ “giữ nguyên” nếu không sửa."
    elif default:
        yield f"Gõ “mặc định” để ghi {wording.short(wording.answer(sheet, spot, default), 40)}."
    if optional and not value:
        yield "Không có thì gõ “bỏ qua”."


def _batch_text(sheet: Sheet, asked: Sequence[Spot]) -> str:
    numbers = [sheet.number(spot) for spot in asked]
    part = wording.where(sheet, asked[0])
    same = f" · {part}" if part and all(wording.where(sheet, spot) == part for spot in asked) else ""
    span = (
        f"{numbers[0]}–{numbers[-1]}" if numbers[-1] - numbers[0] == len(numbers) - 1 else ", ".join(map(str, numbers))
    )
    lines = [*notes.before(sheet, *asked), f"Câu {span}/{len(sheet.course)}{same}"]
    for number, spot in enumerate(asked, 1):
        prompt = sheet.prompt(spot)
        required = "*" if must_answer(sheet.form, sheet.draft, spot, sheet.today) else ""
        hint = f" ({wording.told(sheet, prompt.hint, spot)})" if prompt.hint else ""
        lines.append(f"{number}) {wording.label(sheet, spot)}{required}{hint} – {batching.form_of(prompt)}")
    example = "\n".join(f"{number}) {batching.example(sheet.prompt(spot))}" for number, spot in enumerate(asked, 1))
    lines.append(f"Anh/chị trả lời trong một tin, mỗi câu một dòng, ví dụ:\n{example}")
    optional = [spot for spot in asked if not must_answer(sheet.form, sheet.draft, spot, sheet.today)]
    if optional:
        lines.append(
            "Câu nào không có thì ghi “bỏ qua”"
            + (" (câu có dấu * là bắt buộc)." if len(optional) < len(asked) else ".")
        )
    return "\n".join(lines)


def still_there(sheet: Sheet, asked: tuple[Spot, ...]) -> bool:
    """Tell whether everything in `asked` still applies: another clerk's answer may have changed that."""
    course = set(spots(sheet.form, sheet.draft, sheet.today))
    return bool(asked) and all(spot in course for spot in asked)
