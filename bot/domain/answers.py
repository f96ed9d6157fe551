"""What a typed line means as the answer to a prompt: a stored value, or a clear word on what is expected.

Pure: `today` comes in. Constraints and requiredness are the form's (`bot.forms.expressions`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.domain.choosing import choose, choose_several
from bot.domain.days import parse_day, why_no_day
from bot.domain.forms import Prompt, PromptKind
from bot.domain.numbers import parse_number
from knowledge.text import normalise

_INNER = str.maketrans("“”", "‘’")  # quotation marks inside what is quoted
MAX_TEXT = 20_000  # characters of one answer: about ten pages, beyond it a file is the better way


@dataclass(frozen=True, slots=True)
class Accepted:
    """The answer as it is stored."""

    value: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why the line is no answer to this prompt: one Vietnamese sentence that says what would be."""

    message: str


def understand_answer(prompt: Prompt, typed: str, today: date) -> Accepted | Rejected:
    """Read `typed` as the answer to `prompt`."""
    text = normalise(typed).strip()
    if not re.search(r"\w", text):
        return Rejected("Tin nhắn không có chữ hay số nào. " + expectation(prompt))
    match prompt.kind:
        case PromptKind.INTEGER | PromptKind.DECIMAL:
            return _number(prompt, text)
        case PromptKind.DATE:
            when = parse_day(text, today)
            if when is not None:
                return Accepted(when.isoformat())
            why = why_no_day(text, today) or "chưa phải là ngày"
            return Rejected(f"“{_short(text)}” {why}. " + expectation(prompt))
        case PromptKind.SELECT_ONE:
            position = choose(text, [option.label for option in prompt.options])
            if position is None:
                return Rejected(f"“{_short(text)}” không có trong các lựa chọn. " + expectation(prompt))
            return Accepted(prompt.options[position].name)
        case PromptKind.SELECT_MULTIPLE:
            positions = choose_several(text, [option.label for option in prompt.options])
            if positions is None:
                return Rejected(f"“{_short(text)}” có mục không nằm trong các lựa chọn. " + expectation(prompt))
            return Accepted(" ".join(prompt.options[position].name for position in positions))
        case PromptKind.FILE:
            return Rejected(expectation(prompt))
        case _:
            if len(text) > MAX_TEXT:
                return Rejected(
                    f"Nội dung dài {len(text):,} ký tự, vượt mức {MAX_TEXT:,}; xin rút gọn hoặc gửi kèm tệp.".replace(
                        ",", "."
                    )
                )
            return Accepted(text)


def expectation(prompt: Prompt) -> str:
    """Return the sentence that says how to answer `prompt`, with an example."""
    match prompt.kind:
        case PromptKind.INTEGER:
            return "Xin trả lời bằng một số nguyên, ví dụ: 12."
        case PromptKind.DECIMAL:
            return "Xin trả lời bằng một con số, ví dụ: 12,5."
        case PromptKind.DATE:
            return "Xin ghi ngày/tháng/năm, ví dụ: 15/11/2025."
        case PromptKind.SELECT_ONE:
            return f"Xin trả lời bằng số từ 1 đến {len(prompt.options)}."
        case PromptKind.SELECT_MULTIPLE:
            return "Xin trả lời bằng các số cách nhau dấu phẩy, ví dụ: 1, 3."
        case PromptKind.FILE:
            return "Xin gửi ảnh hoặc tệp đính kèm."
        case _:
            return "Xin trả lời bằng lời."


def shown(prompt: Prompt, value: str) -> str:
    """Return a stored answer as people read it: choices by label, dates day first, numbers with Vietnamese marks."""
    if not value:
        return "(bỏ trống)"
    match prompt.kind:
        case PromptKind.DATE:
            return date.fromisoformat(value).strftime("%d/%m/%Y")
        case PromptKind.SELECT_ONE | PromptKind.SELECT_MULTIPLE:
            labels = {option.name: option.label for option in prompt.options}
            return ", ".join(labels.get(name, name) for name in value.split())
        case PromptKind.INTEGER if _is_year(prompt, value):
            return value
        case PromptKind.INTEGER | PromptKind.DECIMAL:
            return shown_number(value)
        case PromptKind.FILE:
            return f"{len(value.split())} tệp"
        case _:
            return value


def _is_year(prompt: Prompt, value: str) -> bool:
    """Tell whether `value` is a year, which nobody writes with a mark of thousands: "Năm sinh" 1990."""
    return bool(re.fullmatch(r"(?:19|20)\d\d", value)) and "năm" in normalise(prompt.label).lower().split()


def shown_number(value: str) -> str:
    """Return "1.250,5" for "1250.5"."""
    whole, _, fraction = value.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if whole.startswith("-") and not grouped.startswith("-") else ""
    return f"{sign}{grouped},{fraction}" if fraction else grouped


def _number(prompt: Prompt, text: str) -> Accepted | Rejected:
    number = parse_number(text)
    if number is None:
        return Rejected(f"“{_short(text)}” chưa phải là số. " + expectation(prompt))
    if prompt.kind is PromptKind.INTEGER and number != number.to_integral_value():
        if re.search(r"(?<!\d)\d{1,3},\d{3}(?!\d)", text):  # the comma of those who write as Excel in English does
            whole = shown_number(_canonical(number * 1000))
            return Rejected(f"“{_short(text)}” chưa rõ: nếu là số lớn, xin ghi {whole}. " + expectation(prompt))
        return Rejected(f"“{_short(text)}” không phải là số nguyên. " + expectation(prompt))
    return Accepted(_canonical(number))


def _canonical(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _short(text: str) -> str:
    line = " ".join(text.translate(_INNER).split())
    return line if len(line) <= 40 else line[:39] + "…"
