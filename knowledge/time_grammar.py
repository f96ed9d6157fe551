"""The grammar of time, second half: deadlines, recurrences and times without a date.

    deadline    trước|chậm nhất|không quá|đến hết|trong|vào … POINT · trước 17 giờ 00 ngày 05/12/2025
    duration    trong thời hạn 10 ngày làm việc kể từ ngày … · sau khi kết thúc …
    recurrence  hằng năm · định kỳ 6 tháng, hằng năm · quý, 6 tháng, năm · 02 lần/năm
    both        trước ngày 15/11 hằng năm · hằng năm, chậm nhất ngày 30/11 · ngày 20 của tháng cuối quý
    undated     khi có yêu cầu · đột xuất · theo quy định · định kỳ · kịp thời

`PRODUCTIONS` is the whole language: of all that fit at a place the longest wins. To teach the program a new phrase,
add a rule to one of them and a row to the table in tests/knowledge/test_deadlines.py.
"""

from __future__ import annotations

from enum import IntEnum

from knowledge.time_parser import Rule, ahead, filler, longest, many, mark, maybe, number, under, word, words
from knowledge.time_points import (
    BARE_DATE,
    DAY,
    HALF,
    ISSUED,
    MONTH,
    OPEN_DAY,
    PART,
    POINT,
    QUARTER,
    SCHOOL_YEAR,
    SPAN,
    STAGE,
    WEEKDAY,
    YEAR4,
    YEARLESS_DATE,
)
from knowledge.time_tokens import Token


class Limit(IntEnum):
    """How a deadline stands to its point of time."""

    BEFORE = 1  # the point itself is too late
    UNTIL = 2  # the point's last day is still in time
    WITHIN = 3  # some time in it
    SINCE = 4  # from it on


# ---- limits --------------------------------------------------------------------------------------------------------

_LATEST = words(
    "chậm nhất", "muộn nhất", "trễ nhất", "hạn chót", "hạn cuối", "hạn cuối cùng", "thời hạn cuối cùng"
) + maybe(word(":"))  # fmt: skip
_COPULA = many(words("là", "vào", "trong", "đến", "đến hết", "hết", "cho đến", "không quá", "ngày"))
_BEFORE_WORD = words("trước", "truớc", "trưóc", "trứơc", "xong trước", "sớm hơn") + maybe(
    words("thời điểm", "thời hạn", "hạn", "hết")
)
BEFORE = mark(
    longest(maybe(_LATEST + _COPULA) + _BEFORE_WORD, words("đến trước", "cho đến trước", "từ nay đến trước")),
    limit=Limit.BEFORE,
)
UNTIL = mark(
    longest(
        _LATEST + many(words("là", "vào", "trong", "đến", "đến hết", "hết", "cho đến", "không quá")),
        words("không quá", "không muộn hơn", "không chậm hơn", "không trễ hơn", "không muộn quá", "không chậm quá"),
        words("đến", "tới", "hết", "đến hết", "tới hết", "cho đến", "cho đến hết", "đến hết thời điểm", "trong và hết"),
        words("từ nay đến", "từ nay đến hết", "từ nay cho đến", "từ nay cho đến hết"),
    ),
    limit=Limit.UNTIL,
)
WITHIN = mark(
    words(
        "trong", "vào", "ngay trong", "vào trong", "vào dịp", "trong khoảng", "vào khoảng", "xong trong", "trong dịp"
    ),
    limit=Limit.WITHIN,
)
SINCE = mark(words("từ", "kể từ", "bắt đầu từ", "sau", "từ sau", "tính từ"), limit=Limit.SINCE)
_AS_OF = words("tính đến", "tính đến hết", "tính tới", "chốt đến", "chốt số liệu đến")
LIMIT = longest(BEFORE, UNTIL, WITHIN)
# Only these make a date of "15/11" without "ngày": "đến 1/10 độ" is a measure.
_FIRM = longest(
    BEFORE, mark(longest(_LATEST + _COPULA, words("đến hết", "hết", "không quá", "không muộn hơn")), limit=Limit.UNTIL)
)

_HOUR = (
    number("", 0, 24)
    + (word("giờ", "h", "g", ":") + maybe(number("", 0, 59)))
    + maybe(words("phút", "'", "’"))
    + maybe(words("sáng", "chiều", "tối", "trưa"))
)
CLOCK = mark(_HOUR + maybe(word(",")) + maybe(words("của", "trong")), clock=1)

_MONTH_YEAR = number("month", 1, 12) + word("/") + YEAR4
DEADLINE = longest(
    LIMIT + maybe(CLOCK) + longest(POINT, _MONTH_YEAR),
    _FIRM + maybe(CLOCK) + YEARLESS_DATE,
    (BEFORE | UNTIL) + maybe(CLOCK) + longest(YEAR4, WEEKDAY),
)
DATE = maybe(mark(words("lúc", "hồi", "vào lúc", "từ"), within=1) + CLOCK | CLOCK) + longest(
    POINT, mark(OPEN_DAY, open_day=1)
)
AS_OF = mark(_AS_OF + longest(POINT, YEARLESS_DATE), as_of=1)

# ---- durations and events ------------------------------------------------------------------------------------------

_NUMBER_WORDS = (
    "một hai ba bốn năm sáu bảy tám chín mười mươi lăm mốt tư trăm vài".split()  # "ba mươi", "bốn mươi lăm"
)
_IN_WORDS = maybe(word("(") + longest(filler(1, 4, lambda token: False), number("", 0, 99)) + word(")"))
_COUNT = (number("", 0, 999, (1, 2, 3)) | (word(*_NUMBER_WORDS) + many(word(*_NUMBER_WORDS)))) + _IN_WORDS
_LENGTH = _COUNT + words(
    "ngày", "ngày làm việc", "giờ", "giờ làm việc", "tháng", "tuần", "tuần làm việc", "năm", "phút"
)


def _ends_event(token: Token) -> bool:
    """Tell whether the name of an event is over: what must be done begins."""
    return token.key in {"phải", "thì", "có", "các", "báo", "gửi", "nộp", "trình", "đề", "chủ"}


# What was received is a thing, also where its name looks like a verb: "kể từ ngày nhận được báo cáo".
_RECEIVED = words("nhận được", "nhận đủ", "nhận") + words(
    "báo cáo", "đề nghị", "hồ sơ đề nghị", "văn bản đề nghị", "đề án"
)
_NAME = longest(_RECEIVED + filler(0, 6, _ends_event), filler(1, 10, _ends_event))
_ORIGIN = words("kể từ", "tính từ", "từ", "sau", "trước", "kể từ sau") + longest(
    under("origin", POINT), words("ngày ký", "ngày ban hành"), word("ngày", "khi", "thời") + _NAME
)
_SPELL = (
    words("trong thời hạn", "trong thời gian", "trong vòng", "trong khoảng", "thời hạn", "tối đa", "ít nhất") | _LATEST
)
_MOST = many(words("là", "sau", "trong", "không quá", "tối đa", "chậm nhất", "trong vòng", "trong thời hạn", "vào"))
DURATION = mark(
    longest(
        (_SPELL | words("không quá", "không chậm quá", "sau", "trước")) + _MOST + _LENGTH + maybe(word(",")) + _ORIGIN,
        (_SPELL | words("không quá")) + _MOST + _LENGTH,
        _LENGTH + maybe(word(",")) + words("kể từ", "trước", "sau") + word("ngày", "khi") + _NAME,
    ),
    relative=1,
)
UPON = mark(words("ngay sau khi", "sau khi kết thúc", "khi kết thúc", "sau khi hoàn thành") + _NAME, relative=1)
# "kể từ ngày ký", "từ ngày 01/01/2026", "từ năm 2026": open at the end.
ONWARD = longest(
    SINCE + POINT + maybe(words("trở đi", "trở về sau")),
    words("kể từ", "từ") + under("from", ISSUED),
)

# ---- recurrences ---------------------------------------------------------------------------------------------------

_EACH = word("hằng", "hàng", "mỗi")
_ONCE = words("một lần", "1 lần", "/ lần", "/ 1 lần", "/ một lần", "/ 01 lần", "01 lần")
_NOT_YEAR = ahead(number("", 0, 9999, (1, 2, 3, 4)) | word("nay", "này", "học", "trước", "qua"), absent=True)
_UNIT_WORDS = (
    (word("năm"), "every_year"),
    (word("quý", "quí", "qúy"), "every_quarter"),
    (word("tháng"), "every_month"),
    (word("tuần"), "every_week"),
    (word("ngày"), "every_other"),
)


def _every(lead: Rule) -> Rule:
    return longest(*(mark(lead + unit, **{name: 1}) for unit, name in _UNIT_WORDS))


_SIX = (number("", 6, 6, (1, 2)) | word("sáu")) + _IN_WORDS
_THREE = (number("", 3, 3, (1, 2)) | word("ba")) + _IN_WORDS
_ONE = number("", 1, 1, (1, 2)) | word("một")
_SPANS = longest(
    mark(_SIX + word("tháng"), every_half=1),
    mark(_THREE + word("tháng"), every_quarter=1),
    mark(_ONE + word("tháng"), every_month=1),
    mark(_ONE + word("quý"), every_quarter=1),
    mark(_ONE + word("năm"), every_year=1),
    mark(_COUNT + word("tháng", "năm", "tuần", "ngày"), every_other=1),
)
EVERY = longest(_every(_EACH) + maybe(_ONCE), word("mỗi", "cứ") + _SPANS, mark(words("thường niên"), every_year=1))
_TIMES = longest(
    mark(
        _ONE + words("lần / năm", "lần mỗi năm", "lần một năm", "lần / 1 năm", "lần / 01 năm", "lần trong năm"),
        every_year=1,
    ),
    mark(
        (number("", 2, 2, (1, 2)) | word("hai")) + words("lần / năm", "lần mỗi năm", "lần một năm", "lần / 01 năm"),
        every_half=1,
    ),
    mark(words("mỗi năm", "một năm", "01 năm", "1 năm") + words("hai lần", "2 lần", "02 lần"), every_half=1),
    mark((number("", 4, 4, (1, 2)) | word("bốn")) + words("lần / năm", "lần mỗi năm"), every_quarter=1),
    _SPANS + _ONCE,
)
_BARE_UNIT = longest(*(mark(unit, **{name: 1}) for unit, name in _UNIT_WORDS[:3])) + _NOT_YEAR
_HALF_OR_YEAR = longest(_SPANS, EVERY, _BARE_UNIT) + maybe(words("đầu năm", "cuối năm"))
_COMMA = longest(words(", và", "và", ",", "hoặc", ", hoặc", "và / hoặc", "/", ";", "hay"))
_MORE = many(_COMMA + _HALF_OR_YEAR)
_PERIODIC_WORD = (
    maybe(words("theo", "chế độ", "mang tính"))
    + words("định kỳ", "định kì")
    + maybe(words(":", "là", "theo", "(", "vào"))
)
PERIODIC = longest(
    _PERIODIC_WORD + longest(_TIMES, _SPANS, EVERY, _BARE_UNIT) + maybe(words("đầu năm")) + _MORE,
    _TIMES + _MORE,
    EVERY + _MORE,
    # "quý, 6 tháng, năm", "6 tháng, hằng năm": two or more, else "6 tháng" is a length and "năm" a word
    mark(_HALF_OR_YEAR + _COMMA + _HALF_OR_YEAR + _MORE, bare=1),
)

_NEXT = words(
    "sau", "kế tiếp", "tiếp theo", "liền kề", "liền sau", "liền kề sau", "sau liền kề", "tiếp sau", "kế tiếp liền sau",
    "báo cáo", "kế hoạch", "liền kế", "hiện hành",
)  # fmt: skip
_OF = maybe(word("của"))
_TAIL = longest(
    _OF + EVERY,
    mark(_OF + word("năm") + _NEXT + maybe(words("năm báo cáo")), every_year=1),
    mark(_OF + maybe(word("mỗi")) + words("kỳ báo cáo", "năm tiếp theo của kỳ báo cáo"), every_year=1),
    mark(_OF + word("tháng") + _NEXT, every_month=1),
    mark(
        _OF
        + word("tháng")
        + words("cuối", "đầu", "giữa", "cuối của", "đầu của", "đầu tiên của", "cuối cùng của", "cuối mỗi", "đầu mỗi")
        + maybe(_EACH)
        + word("quý", "quí", "qúy")
        + maybe(_OF + words("quý") + maybe(_NEXT) | _NEXT),
        every_quarter=1,
    ),
)
_OPEN_QUARTER = maybe(words("thuộc", "của") + words("kỳ báo cáo", "quý báo cáo"))
DATED_RECURRENCE = longest(
    maybe(LIMIT)
    + maybe(CLOCK)
    + longest(DAY, YEARLESS_DATE, MONTH, QUARTER, PART, HALF, WEEKDAY)
    + _TAIL
    + _OPEN_QUARTER,
    longest(PERIODIC, _PERIODIC_WORD)
    + maybe(words(",", "(", "là", ":", "vào", "( vào", ", vào"))
    + maybe(LIMIT)
    + maybe(CLOCK)
    + longest(DAY, YEARLESS_DATE, MONTH, WEEKDAY, PART)
    + maybe(_TAIL)
    + maybe(word(")")),
    # "6 tháng (trước ngày 10/6) và năm (trước ngày 10/12)"
    longest(_SPANS, _BARE_UNIT) + word("(") + LIMIT + longest(DAY, YEARLESS_DATE) + maybe(_TAIL) + word(")"),
    # "cuối mỗi năm"
    maybe(LIMIT) + word("cuối", "đầu", "giữa") + _every(_EACH),
)

# ---- times without a date ------------------------------------------------------------------------------------------

ON_REQUEST = longest(
    words(
        "khi có yêu cầu",
        "khi được yêu cầu",
        "nếu có yêu cầu",
        "lúc có yêu cầu",
        "khi cần",
        "khi cần thiết",
        "khi yêu cầu",
    ),
    words("theo yêu cầu", "khi có văn bản yêu cầu", "khi có đề nghị", "khi được đề nghị"),
    words("khi cấp trên yêu cầu", "khi cấp có thẩm quyền yêu cầu", "khi cơ quan có thẩm quyền yêu cầu"),
    words("đột xuất")
    + maybe(word("("))
    + maybe(words("khi có yêu cầu", "theo yêu cầu", "nếu có", "khi cần", "khi cần thiết")),
)
_RULE = words("quy định", "qui định") + ahead(
    words("tại", "này", "về", "chi tiết", "trong", "nêu", "ở", "sau"), absent=True
)
UNSPECIFIED = longest(
    words("theo", "theo đúng", "đúng") + _RULE,
    words(
        "đúng hạn",
        "đúng thời hạn",
        "đúng thời gian",
        "đúng tiến độ",
        "theo thời hạn",
        "theo tiến độ",
        "theo đúng tiến độ",
    )
    + maybe(_RULE | words("yêu cầu")),
    words("theo định kỳ", "định kỳ", "định kì", "theo định kì"),
    words("kịp thời", "thường xuyên", "trong thời gian sớm nhất", "sớm nhất có thể", "trong thời gian tới"),
)

# ---- the language --------------------------------------------------------------------------------------------------

# Name of what a production states → the rule; `knowledge.time_meaning` has one function for each name.
PRODUCTIONS: tuple[tuple[str, Rule], ...] = (
    ("dated recurrence", DATED_RECURRENCE),
    ("span recurrence", SPAN + _TAIL),
    ("span", longest(SPAN, STAGE, SCHOOL_YEAR)),
    ("deadline", DEADLINE),
    ("duration", longest(DURATION, UPON)),
    ("recurrence", PERIODIC),
    ("onward", longest(ONWARD, SINCE + ISSUED)),
    ("as of", AS_OF),
    ("on request", ON_REQUEST),
    ("unspecified", UNSPECIFIED),
    ("point", DATE),
)
# What may stand alone in a cell of a table, where the column's head says that it is a time.
CELL = longest(_MONTH_YEAR, YEAR4, YEARLESS_DATE, number("day", 1, 31) + word("/") + number("month", 1, 12), STAGE)
# A further day of a list, after "và" or a comma: "trước ngày 15/6 và 15/12 hằng năm".
LISTED = longest(
    maybe(LIMIT) + longest(DAY, BARE_DATE, YEARLESS_DATE) + maybe(_TAIL),
    number("day", 1, 31) + mark(maybe(words("của")) + _EACH + word("tháng"), every_month=1),
)
