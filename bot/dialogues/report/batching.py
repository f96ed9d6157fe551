"""Several prompts in one message, where a channel counts messages: which go together, and how the lines are told apart.

Together go neighbours whose answers are short and say nothing about each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.dialogues.report.sheet import Sheet
from bot.domain.filling import Spot, repeat_of, spots
from bot.domain.forms import Form, Prompt, PromptKind, Repeat
from knowledge.text import fold, normalise

_MOST_OPTIONS = 6  # of a select among other prompts
_SHORT_TEXT = re.compile(
    r"\b(?:ten|ho va ten|ho ten|chuc vu|chuc danh|dien thoai|email|so hieu|so van ban|hinh thuc)\b"
)
_LONG_TEXT = re.compile(
    r"\b(?:ket qua|danh gia|mo ta|noi dung|kho khan|de xuat|kien nghi|thanh tich|tom tat|liet ke)\b"
)
_NUMBERED = re.compile(r"\s*(c[âa]u\s*)?(\d{1,2})\s*(?:[):]\s*|[.\-–]\s+)(.*)", re.IGNORECASE)
_ONE_LINE = re.compile(r";|⏎|(?<=\S)(?<!câu)(?<!cau)(?<!Câu)\s+(?=\d{1,2}\)\s*\S)")  # "12; 15/11", "1) 12 2) 15/11"


def batch(sheet: Sheet, first: Spot) -> tuple[Spot, ...]:
    """Return `first` and the open neighbours that can be asked with it, at most as many as the channel wants."""
    most = sheet.context.reach.batch
    if most <= 1 or not _simple(sheet.prompt(first)):
        return (first,)
    course = set(spots(sheet.form, sheet.draft, sheet.today))
    chosen: list[Spot] = []
    names: set[str] = set()
    for prompt in _from(sheet.form, first):
        spot = Spot(prompt.name, first.entry)
        if prompt.kind in (PromptKind.NOTE, PromptKind.CALCULATE):
            continue
        if names & _leans_on(sheet.form, prompt):
            break  # its being asked, or what it may be, hangs on an answer not yet given
        if spot not in course or sheet.value(spot) or spot in sheet.draft.skipped:
            continue
        if len(chosen) == most or not _simple(prompt):
            break
        chosen.append(spot)
        names.add(prompt.name)
    return tuple(chosen)


def form_of(prompt: Prompt) -> str:
    """Return in a word or two what the answer looks like."""
    match prompt.kind:
        case PromptKind.INTEGER:
            return "số nguyên"
        case PromptKind.DECIMAL:
            return "số"
        case PromptKind.DATE:
            return "ngày/tháng/năm"
        case PromptKind.SELECT_ONE:
            return ", ".join(f"{number} = {option.label}" for number, option in enumerate(prompt.options, 1))
        case _:
            return "ghi ngắn"


def example(prompt: Prompt) -> str:
    """Return an example of an answer."""
    return {
        PromptKind.INTEGER: "12",
        PromptKind.DECIMAL: "12,5",
        PromptKind.DATE: "15/11",
        PromptKind.SELECT_ONE: "1",
    }.get(prompt.kind, "…")


def split(typed: str, numbers: Sequence[int]) -> dict[int, str] | None:
    """Return the answers in `typed` by position (0-based); None when they cannot be told apart.

    "2)" is the second line; "câu 5)" the prompt of that number, where `numbers` (of the prompts asked) has it.
    """
    lines = [line.strip() for line in normalise(typed).split("\n") if line.strip()]
    if len(lines) == 1:
        parts = [part.strip() for part in _ONE_LINE.split(lines[0]) if part.strip()]
        lines = parts if len(parts) > 1 else lines
    numbered: dict[int, str] = {}
    current: int | None = None
    loose: list[str] = []
    for line in lines:
        match = _NUMBERED.fullmatch(line)
        number = int(match[2]) if match else 0
        at = numbers.index(number) if match and match[1] and number in numbers else number - 1
        if match and 0 <= at < len(numbers) and at not in numbered:
            current, numbered[at] = at, match[3].strip()
        elif current is not None:
            numbered[current] = f"{numbered[current]}\n{line}".strip()
        else:
            loose.append(line)
    if numbered:
        return {at: text for at, text in numbered.items() if text} if not loose else None
    return dict(enumerate(loose)) if 0 < len(loose) <= len(numbers) else None


def _simple(prompt: Prompt) -> bool:
    match prompt.kind:
        case PromptKind.INTEGER | PromptKind.DECIMAL | PromptKind.DATE:
            return True
        case PromptKind.SELECT_ONE:
            return len(prompt.options) <= _MOST_OPTIONS
        case PromptKind.TEXT:
            label = fold(normalise(f"{prompt.label} {prompt.hint}"))
            return len(label) <= 80 and bool(_SHORT_TEXT.search(label)) and not _LONG_TEXT.search(label)
        case _:
            return False


def _from(form: Form, first: Spot) -> Iterator[Prompt]:
    """Yield the prompts from `first` on that stand beside it: to the next repeat, or to the end of its entry."""
    repeat = repeat_of(form, first)
    siblings: Sequence[Prompt | Repeat] = repeat.prompts if repeat else form.items
    begun = False
    for item in siblings:
        begun = begun or item.name == first.name
        if begun and isinstance(item, Repeat):
            return
        if begun and isinstance(item, Prompt):
            yield item


def _leans_on(form: Form, prompt: Prompt) -> set[str]:
    """Return the names that the expressions of `prompt` mention, through calculations too."""
    found: set[str] = set()
    waiting = [prompt.relevant, prompt.constraint, prompt.required]
    calculations = {one.name: one.calculation for one, _ in form.prompts() if one.calculation}
    while waiting:
        for name in re.findall(r"[\w.-]+", waiting.pop() or ""):
            if name not in found:
                found.add(name)
                waiting.append(calculations.get(name))
    return found - {prompt.name}
