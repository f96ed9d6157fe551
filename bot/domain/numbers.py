"""Numbers as Vietnamese clerks type them: "12 sáng kiến", "mười hai", "1.250", "12,5%", "1,2 triệu", "3tr5".

In Vietnam the point separates thousands and the comma decimals. A lone point followed by other than three digits
("12.5") is read as a decimal, since nobody writes thousands that way.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import takewhile

from knowledge.text import fold, normalise

_UNITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6, "ty": 10**9, "ti": 10**9}
_GLUED = {**_SCALES, "k": 10**3, "ng": 10**3, "tr": 10**6}  # right behind the digits: "500k", "3tr5"
_FILLERS = {"linh", "le"}
_NUMERAL = {*_UNITS, *_SCALES, *_FILLERS, "muoi", "chuc", "tram"}
_DIGITS = re.compile(r"(?<![\w/])[-+]?\d+(?:[.,\s]\d{3})*(?:[.,]\d+)?(?!\d*/)")
_SHORT = re.compile(r"(?<![\w/.,])(\d{1,6})(" + "|".join(_GLUED) + r")(\d{1,3})?(?![\w/])")
_EXPONENT = re.compile(r"\d[e^]\d")
# "năm" is five and a year: "năm nay có 12" has one number.
_YEARS = re.compile(r"\bnam (?:nay|ngoai|qua|toi|(?:19|20)\d\d\b)")
_NONE = {"khong", "ko", "k", "chua", "chua co", "0"}
_NOTHING = re.compile(r"(?:khong|chua|ko|k) (?:co|phat sinh)\b.*|(?:khong|chua) .*\bnao")
_UNKNOWN = re.compile(r"(?:khong|chua) (?!phay)\D*$")  # "không rõ" says that there is no number, not that it is 0
_PERCENT = re.compile(r"\bphan tram\b")
# Said around a number, changing nothing of it.
_BEFORE = re.compile(r"^(?:(?:da|vang|thua|bao cao|co|duoc|la|khoang|chung|tam|do|hon|gan|tren|tong|cong|so)\s+)+")
_NEGATIVE = re.compile(r"\bam (?=\d)")
# What makes the number words before it no number: "một số đơn vị", "hai phần ba", "năm bảy lần", "hai trăm mấy".
_VAGUE = {"so", "vai", "it", "chut", "phan", "may", "hoac", "hay", "den", "toi"}


def parse_number(text: str) -> Decimal | None:
    """Return the one number that `text` states, in digits or words; None when there is none or more than one.

    "12,5%" is 12.5: the percent sign is the prompt's business. "không có", "chưa có", "không đơn vị nào" are 0.
    """
    folded = _PERCENT.sub("%", _YEARS.sub(" ", fold(normalise(text))))
    folded = _NEGATIVE.sub("-", folded).strip(" .!;,")
    if folded in _NONE or _NOTHING.fullmatch(folded):
        return Decimal(0)
    if _EXPONENT.search(folded) or _UNKNOWN.match(folded):
        return None
    if short := _SHORT.findall(folded):
        whole, scale, rest = short[0]
        others = _DIGITS.findall(_SHORT.sub(" ", folded))
        return Decimal(f"{whole}.{rest or 0}") * _GLUED[scale] if len(short) == 1 and not others else None
    found = _DIGITS.findall(folded)
    if len(found) == 1:
        value = _from_digits(found[0])
        return None if value is None else value + _scaled(value, folded, found[0])
    return None if found else _spoken(_BEFORE.sub("", folded))


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


def _scaled(value: Decimal, folded: str, digits: str) -> Decimal:
    """Return what the words right after the digits add: "2 triệu" is two million, "2 triệu rưỡi" half a one more."""
    scale, behind = 1, folded.split(digits, 1)[1]
    scales = _GLUED if behind[:1].isalpha() else _SCALES
    for word in re.findall(r"[a-z]+", behind):
        if word == "ruoi":
            return value * (scale - 1) + Decimal(scale) / 2
        if word not in scales:
            break
        scale *= scales[word]
    return value * (scale - 1)


def _spoken(folded: str) -> Decimal | None:
    """Read number words from the start; "mười hai phẩy năm" has decimals."""
    whole, comma, fraction = re.sub(r"\bphay\b", ",", folded).partition(",")
    value = _from_words(whole)
    if not comma or value is None or not fraction.strip():
        return value
    words = list(takewhile(_NUMERAL.__contains__, re.findall(r"[a-z]+", fraction)))
    counted = _from_words(" ".join(words))
    if counted is None:
        return None
    each = "".join(str(_UNITS[word]) for word in words if word in _UNITS)  # "phẩy không năm" is .05
    return value + Decimal(f"0.{each if len(each) == len(words) else counted}")


def _from_words(folded: str) -> Decimal | None:
    """Read number words from the start; words of the thing counted may follow ("mười hai sáng kiến")."""
    total = group = 0
    pending: int | None = None  # a unit not yet placed: "hai" before "mươi", "trăm" or the end
    last = 1  # what "rưỡi" is half of
    seen = False
    half = Decimal(0)
    for word in re.findall(r"[a-z]+", folded):
        if word in _UNITS and not (word == "tu" and not seen):
            group += pending or 0
            pending, seen, last = _UNITS[word], True, 1
        elif word in ("muoi", "chuc"):
            group += (pending if pending is not None else 1) * 10
            pending, seen, last = None, True, 10
        elif word == "tram" and pending is not None:
            group += pending * 100
            pending, last = None, 100
        elif word in _SCALES and seen:
            group += pending or 0
            last = _SCALES[word]
            total += group * last
            group, pending = 0, None
        elif word == "ruoi" and seen:
            half = Decimal(last) / 2
        elif word in _FILLERS and seen:
            continue
        elif word in _VAGUE and seen:
            return None
        else:
            break
    return Decimal(total + group + (pending or 0)) + half if seen else None
