"""The grammar of time, first part: points of time and spans between two of them, as Vietnamese plans write them.

    date    05/12/2025 · 5-12-2025 · 5.12.2025 · 15/11 · 15 tháng 11 năm 2025
    day     ngày DATE · thứ Sáu, ngày DATE · ngày 15 · ngày cuối cùng của tháng 11/2025
    month   tháng 11/2025 · tháng 11 năm 2025 · tháng 11
    quarter quý IV/2025 · quý 4 năm 2025 · quý I
    half    6 tháng đầu năm 2025 · nửa cuối năm
    year    năm 2025 · năm nay
    part    đầu|giữa|cuối (MONTH|QUARTER|YEAR) · cuối năm
    span    từ POINT đến POINT · giai đoạn 2021 - 2025 · từ ngày ký đến POINT

What a rule captures is named in `knowledge.time_meaning`, which turns captures into dates.
"""

from __future__ import annotations

from enum import IntEnum

from knowledge.time_parser import Rule, ahead, filler, given, longest, many, mark, maybe, number, under, word, words
from knowledge.time_tokens import Token, Tokens


class Part(IntEnum):
    """Which part of a month, quarter or year is meant."""

    START = 1
    MIDDLE = 2
    END = 3


class Unit(IntEnum):
    """A unit named without its number: "cuối năm", "hằng quý"."""

    DAY = 1
    WEEK = 2
    MONTH = 3
    QUARTER = 4
    HALF = 5
    YEAR = 6
    OTHER = 7  # a term, a phase, five years


def _clear_before(tokens: Tokens, begin: int) -> bool:
    """Tell whether the number at `begin` opens a date, not the rest of a symbol or a figure ("KH-05/12", "2.5/12")."""
    if not tokens.touches(begin):
        return True
    before = tokens.items[begin - 1]
    if before.word:
        return before.key in _BEFORE_DIGITS
    if before.key not in "/.,-" or not tokens.touches(begin - 1):
        return before.key != "/"
    further = tokens.items[begin - 2]
    return not further.word if before.key == "-" else before.key != "/" and not further.digits


def _clear_after(tokens: Tokens, end: int) -> bool:
    """Tell whether the number before `end` closes a date: "09/2024/QĐ-UBND" and "12.5.2" go on, "15/11." does not."""
    if not tokens.touches(end):
        return True
    after = tokens.items[end]
    if after.word or after.key == "%":
        return after.key in _AFTER_DIGITS
    if after.key not in ("/", "-", ".", ",") or not tokens.touches(end + 1):
        return True
    further = tokens.items[end + 1]
    if after.key == "/":
        return not (further.word or further.digits)
    return not further.word if after.key == "-" else not further.digits


def _fenced(tokens: Tokens, begin: int, end: int) -> bool:
    return _clear_before(tokens, begin) and _clear_after(tokens, end)


_BEFORE_DIGITS = {"ngày", "ngay", "tháng", "thang", "năm", "nam", "trước", "quý", "đến", "từ", "hết", "t"}
_AFTER_DIGITS = {"tháng", "thang", "năm", "nam", "đến", "hàng", "hằng"}

YEAR4 = given(number("year", 1900, 2099, (4,)), lambda tokens, begin, end: _clear_after(tokens, end))
_OF = maybe(word(",")) + maybe(word("của"))
_YEAR_WORD = _OF + (word("năm") + (YEAR4 | mark(word("nay", "này"), this_year=1)))
YEAR_TAIL = ((word("/") | word("-") | word(".")) + YEAR4) | _YEAR_WORD

_D = number("day", 0, 99)
_M = number("month", 0, 99)
_DAY_OK = number("day", 1, 31)
_MONTH_OK = number("month", 1, 12)
_SHORT_YEAR = number("short_year", 0, 99, (2,))


def _numeric(sep: str) -> Rule:
    return _D + word(sep) + _M + word(sep) + YEAR4


# "1/2", "3/4 số phiếu": a day and a month without a year are a date only where a word says so.
_FRACTION = ahead(word("số", "tổng", "thời", "diện", "phần", "đại", "thành", "trong", "mức", "thu"), absent=True)
FULL_NUMERIC = given(_numeric("/") | _numeric("-") | _numeric("."), _fenced)
_SHORT_NUMERIC = given(_DAY_OK + word("/") + _MONTH_OK + word("/") + _SHORT_YEAR, _fenced)
DAY_MONTH = given(_DAY_OK + (word("/") | word("-")) + _MONTH_OK + _FRACTION, _fenced)
_EARLY = maybe(word("mùng", "mồng"))
_WRITTEN = _EARLY + _DAY_OK + word("tháng") + _MONTH_OK
_WRITTEN_ANY = _EARLY + _D + word("tháng") + _M

BARE_DATE = longest(FULL_NUMERIC, _WRITTEN_ANY + YEAR_TAIL, DAY_MONTH + _YEAR_WORD)
YEARLESS_DATE = longest(DAY_MONTH, _WRITTEN)

DAY_WORD = word("ngày") | (word("ngay") + ahead(number("", 0, 99)))
_WEEKDAY_NAME = word("hai", "ba", "tư", "năm", "sáu", "bảy") | number("", 2, 7, (1,))
WEEKDAY = (word("thứ") + _WEEKDAY_NAME) | words("chủ nhật")
_MONTH_DAY = maybe(word("mùng", "mồng", "thứ")) + number("day", 1, 31)
_LAST_DAY = mark(words("cuối cùng", "cuối", "làm việc cuối cùng"), last_day=1)

MONTH = given(
    (word("tháng") + number("month", 1, 12) + maybe(YEAR_TAIL))
    | (word("t") + number("month", 1, 12) + word("/") + YEAR4),
    lambda tokens, begin, end: _clear_after(tokens, end),
)
_NUMERAL = (
    mark(word("i", "1", "01"), quarter=1)
    | mark(word("ii", "2", "02"), quarter=2)
    | mark(word("iii", "3", "03"), quarter=3)
    | mark(word("iv", "4", "04"), quarter=4)
)
_QUARTER_WORD = word("quý", "quí", "qúy")
_SHORT_QUARTER = word("q") + number("quarter", 1, 4) + word("/") + YEAR4  # "Q2/2026" in a cell
QUARTER = (_QUARTER_WORD + _NUMERAL + maybe(YEAR_TAIL)) | _SHORT_QUARTER

# "6 tháng đầu năm 2025", "06 (sáu) tháng cuối năm", "nửa đầu năm 2025"
_IN_WORDS = maybe(word("(") + filler(1, 3, lambda token: False) + word(")"))
_MONTHS = (
    number("months", 1, 11) | mark(word("sáu"), months=6) | mark(word("ba"), months=3) | mark(word("chín"), months=9)
)
_ENDS = mark(word("đầu"), part=Part.START) | mark(word("cuối"), part=Part.END)
_OF_YEAR = maybe(word("của")) + word("năm") + maybe(YEAR4 | mark(word("nay", "này"), this_year=1))
HALF = (_MONTHS + _IN_WORDS + word("tháng") + _ENDS + _OF_YEAR) | (mark(word("nửa"), months=6) + _ENDS + _OF_YEAR)

YEAR = word("năm") + (YEAR4 | mark(word("nay"), this_year=1))

_PART = (
    mark(words("đầu", "nửa đầu", "tuần đầu", "thượng tuần"), part=Part.START)
    | mark(words("giữa", "trung tuần"), part=Part.MIDDLE)
    | mark(words("cuối", "nửa cuối", "tuần cuối", "hạ tuần"), part=Part.END)
) + maybe(word("của"))
_UNIT = (
    mark(words("năm học", "nhiệm kỳ", "nhiệm kì", "giai đoạn", "kỳ", "năm học"), unit=Unit.OTHER)
    | mark(word("năm") + ahead(number("", 0, 9999, (1, 2, 3, 4)), absent=True), unit=Unit.YEAR)
    | mark(_QUARTER_WORD, unit=Unit.QUARTER)
    | mark(word("tháng"), unit=Unit.MONTH)
)
# "tuần 3 tháng 7/2026", "tuần thứ nhất của tháng 8": which days those are, offices count differently.
_WEEK = (
    word("tuần")
    + maybe(word("thứ"))
    + longest(
        mark(word("1", "01", "i", "nhất", "một"), part=Part.START),
        mark(word("2", "02", "ii", "hai", "3", "03", "iii", "ba"), part=Part.MIDDLE),
        mark(word("4", "04", "iv", "tư", "bốn"), part=Part.END),
    )
    + maybe(word("của"))
)
PART = longest(_PART + longest(MONTH, QUARTER, YEAR, _UNIT), _WEEK + MONTH)

_NAMED_DAY = longest(
    BARE_DATE,
    _SHORT_NUMERIC,
    YEARLESS_DATE,
    _MONTH_DAY + ahead(word("%", "làm"), absent=True),
    _LAST_DAY + maybe(word("của")) + longest(MONTH, QUARTER, YEAR, _UNIT),
)
DAY = maybe(WEEKDAY + maybe(word(",", "("))) + DAY_WORD + _NAMED_DAY
# A draft leaves the day open: "ngày tháng 9 năm 2024", "ngày … tháng … năm 2024".
_DOTS = many(word(".", "…", "_"))
OPEN_DAY = DAY_WORD + _DOTS + word("tháng") + ((_M + YEAR_TAIL) | (_DOTS + _YEAR_WORD))

POINT = longest(DAY, BARE_DATE, HALF, PART, QUARTER, MONTH, YEAR)

# ---- spans ---------------------------------------------------------------------------------------------------------

_TO = words("đến", "tới", "đến hết", "tới hết", "cho đến", "cho đến hết", "cho tới", "và kết thúc", "và kết thúc vào")
_TO_BEFORE = mark(words("đến trước", "cho đến trước"), exclusive=1)
_DASH = word("-", "–", "—", "÷")
_FROM = words("từ", "kể từ", "bắt đầu từ", "tính từ")
_TARGET = under("to", longest(POINT, YEARLESS_DATE, YEAR4))
_LEAD_DAY = DAY_WORD + number("day", 1, 31)
_ORIGIN = under(
    "from",
    longest(
        POINT,
        YEARLESS_DATE,
        _LEAD_DAY,
        word("năm") + YEAR4,
        YEAR4,
        mark(words("nay", "thời điểm này", "ngày này"), issue_day=1),
    ),
)


def _closes(token: Token) -> bool:
    return token.key in ("đến", "den", "tới")


# "từ ngày Kế hoạch này ban hành", "từ ngày ký", "từ khi phát động": a beginning that only the event dates.
ISSUED = mark(
    word("ngày")
    + longest(
        words("ký", "ký ban hành", "ban hành", "kí", "kí ban hành"),
        words(
            "kế hoạch",
            "quyết định",
            "chỉ thị",
            "công văn",
            "văn bản",
            "hướng dẫn",
            "chương trình",
            "quy chế",
            "quy định",
        )
        + word("này")
        + maybe(word("được"))
        + words("ban hành", "ký", "ký ban hành"),
        words("ban hành", "ký", "ký ban hành")
        + words("kế hoạch", "quyết định", "chỉ thị", "công văn", "văn bản", "hướng dẫn", "chương trình", "quy chế")
        + maybe(word("này")),
    ),
    issue_day=1,
)
_EVENT = word("ngày", "khi", "lúc", "thời") + filler(1, 9, _closes, until=_TO + (DAY | POINT))

SPAN = longest(
    _FROM + _ORIGIN + maybe(word(",")) + (_TO_BEFORE | _TO | _DASH) + _TARGET,
    _FROM + under("from", ISSUED) + maybe(word(",")) + (_TO_BEFORE | _TO) + _TARGET,
    mark(_FROM + _EVENT + _TO + _TARGET, open=1),
    under("from", longest(DAY, BARE_DATE)) + (_DASH | _TO) + under("to", longest(DAY, BARE_DATE)),
    under("from", _LEAD_DAY) + (_DASH | word(",") | word("và") | _TO) + under("to", longest(DAY, BARE_DATE)),
    under("from", longest(MONTH, QUARTER))
    + (_DASH | _TO | word("và") | word(","))
    + under("to", longest(MONTH, QUARTER)),
    under("from", word("tháng") + number("month", 1, 12))
    + (_DASH | word("và") | word(",") | _TO)
    + under("to", number("month", 1, 12) + YEAR_TAIL),
    under("from", word("tháng") + number("month", 1, 12)) + _DASH + under("to", number("month", 1, 12)),
    under("from", _QUARTER_WORD + _NUMERAL)
    + (_DASH | word("và") | word(",") | _TO)
    + under("to", _NUMERAL + maybe(YEAR_TAIL)),
)

_YEARS = (
    under("from", given(number("year", 1900, 2099, (4,)), _fenced))
    + (_DASH | words("đến", "đến hết", "đến năm", "đến hết năm", "tới năm", "- năm", "– năm"))
    + under("to", YEAR4)
)
_STAGE_WORD = words(
    "giai đoạn", "nhiệm kỳ", "nhiệm kì", "thời kỳ", "thời kì", "các năm", "hai năm", "kế hoạch 5 năm"
) | (number("", 2, 10) + word("năm"))
_FROM_YEAR = maybe(word("từ")) + maybe(word("năm")) + _YEARS
STAGE = (_STAGE_WORD + word("(") + _FROM_YEAR + word(")")) | (maybe(_STAGE_WORD + maybe(word(":"))) + _FROM_YEAR)
SCHOOL_YEAR = mark(words("năm học") + _YEARS, school=1)
