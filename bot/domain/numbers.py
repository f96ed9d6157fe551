"""Numbers as Vietnamese clerks type them: "12 sáng kiến", "mười hai", "1.250", "12,5%", "1,2 triệu".

In Vietnam the point separates thousands and the comma decimals. A lone point followed by other than three digits
("12.5") is read as a decimal, since nobody writes thousands that way.
"""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.text import fold, normalise

_UNITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "ty": 1_000_000_000, "ti": 1_000_000_000}
_FILLERS = {"linh", "le"}
_HALF = {"ruoi"}
_DIGITS = re.compile(r"(?<![\w/])[-+]?\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?(?!\d*/)")
# "năm" is five and a year: "năm nay có 12" has one number.
_YEARS = re.compile(r"\bnam (?:nay|ngoai|qua|toi|(?:19|20)\d\d\b)")
_NONE = {"khong", "chua co", "0"}
_NOTHING = re.compile(r"khong (?:co|phat sinh)\b.*|khong .*\bnao")


def parse_number(text: str) -> Decimal | None:
    """Return the one number that `text` states, in digits or words; None when there is none or more than one.

    "12,5%" is 12.5: the percent sign is the prompt's business. "không có", "chưa có", "không đơn vị nào" are 0.
    """
    folded = _YEARS.sub(" ", fold(normalise(text))).strip(" .!;,")
    if folded in _NONE:
        return Decimal(0)
    found = _DIGITS.findall(folded)
    if not found and folded.startswith("khong "):  # "không rõ" says that there is no number, not that it is 0
        return Decimal(0) if _NOTHING.fullmatch(folded) else None
    if len(found) == 1:
        value = _from_digits(found[0])
        return None if value is None else value * _scale_after(folded, found[0])
    if found:
        return None
    return _from_words(folded)


def _from_digits(digits: str) -> Decimal | None:
    digits = re.sub(r"\s", "", digits)
    negative = digits.startswith("-")
    digits = digits.lstrip("+-")
    if "." in digits and "," in digits:
        decimal = max(digits.rfind("."), digits.rfind(","))
        whole, fraction = digits[:decimal], digits[decimal + 1 :]
        digits = re.sub(r"[.,]", "", whole) + "." + fraction
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits) or re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", digits):
        digits = re.sub(r"[.,]", "", digits)
    elif digits.count(".") + digits.count(",") > 1:
        return None
    else:
        digits = digits.replace(",", ".")
    value = Decimal(digits)
    return -value if negative else value


def _scale_after(folded: str, digits: str) -> int:
    """Return the scale word right after the digits: "2 triệu" is two million."""
    words = re.findall(r"[a-z]+", folded.split(digits, 1)[1])
    scale = 1
    for word in words:
        if word not in _SCALES:
            break
        scale *= _SCALES[word]
    return scale


def _from_words(folded: str) -> Decimal | None:
    """Read number words from the start; words of the thing counted may follow ("mười hai sáng kiến")."""
    total = group = 0
    pending: int | None = None  # a unit not yet placed: "hai" before "mươi", "trăm" or the end
    scale, seen = 1, False
    for word in re.findall(r"[a-z]+", folded):
        if word in _UNITS and not (word == "tu" and not seen):
            group += pending or 0
            pending, seen = _UNITS[word], True
        elif word == "muoi":
            group += (pending if pending is not None else 1) * 10
            pending, seen = None, True
        elif word == "chuc":
            group += (pending or 1) * 10
            pending, seen = None, True
        elif word == "tram" and pending is not None:
            group += pending * 100
            pending = None
        elif word in _SCALES and seen:
            group += pending or 0
            scale = _SCALES[word]
            total += group * scale
            group, pending = 0, None
        elif word in _HALF and seen:
            group += pending or 0
            pending = None
            total += scale // 2 if scale > 1 else 0
        elif word in _FILLERS and seen:
            continue
        else:
            break
    return Decimal(total + group + (pending or 0)) if seen else None
