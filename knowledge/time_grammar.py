"""The grammar of time, third part: recurrences, times without a date, and the language as a whole.

    recurrence  hằng năm · định kỳ 6 tháng, hằng năm · quý, 6 tháng, năm · 02 lần/năm
    dated       trước ngày 15/11 hằng năm · hằng năm, chậm nhất ngày 30/11 · ngày 20 của tháng cuối quý
    undated     khi có yêu cầu · đột xuất · theo quy định · định kỳ · kịp thời

`PRODUCTIONS` is the whole language: of all that fit at a place the longest wins. To teach the program a new phrase,
add a rule to one of them and a row to the table in tests/knowledge/test_deadlines.py.
"""

from __future__ import annotations

from knowledge.time_limits import (
    AS_OF,
    CLOCK,
    COUNT,
    DATE,
    DEADLINE,
    DURATION,
    IN_WORDS,
    LIMIT,
    MONTH_YEAR,
    ONWARD,
    SINCE,
    UPON,
)
from knowledge.time_parser import Rule, ahead, longest, many, mark, maybe, number, word, words
from knowledge.time_points import (
    BARE_DATE,
    DAY,
    HALF,
    ISSUED,
    MONTH,
    PART,
    QUARTER,
    SCHOOL_YEAR,
    SPAN,
    STAGE,
    WEEKDAY,
    YEAR4,
    YEARLESS_DATE,
)

# ---- recurrences ---------------------------------------------------------------------------------------------------

_EACH = word("hằng", "hàng", "mỗi")
_ONCE = words(
    *("một lần", "1 lần", "/ lần", "/ 1 lần", "/ một lần", "/ 01 lần", "01 lần"),
    *("một kỳ", "1 kỳ", "01 kỳ", "1 số", "01 số"),  # "02 tháng 01 số" of a journal; "một số" are some
)
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


_SIX = (number("", 6, 6, (1, 2)) | word("sáu")) + IN_WORDS
_THREE = (number("", 3, 3, (1, 2)) | word("ba")) + IN_WORDS
_ONE = number("", 1, 1, (1, 2)) | word("một")
_SPANS = longest(
    mark(_SIX + word("tháng"), every_half=1),
    mark(_THREE + word("tháng"), every_quarter=1),
    mark(_ONE + word("tháng"), every_month=1),
    mark(_ONE + word("quý"), every_quarter=1),
    mark(_ONE + word("năm"), every_year=1),
    mark(COUNT + word("tháng", "năm", "tuần", "ngày", "giờ"), every_other=1),
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
_HALF_ENDS = words("cuối năm", "giữa năm", "cuối năm hằng năm", "giữa năm hằng năm") + _NOT_YEAR
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
    # a people's council meets in the middle and at the end of each year
    mark(
        words("tại", "trong") + word("kỳ", "kì") + word("họp") + maybe(words("thường lệ", "thường kỳ")) + _HALF_ENDS,
        every_year=1,
    ),
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
CELL = longest(MONTH_YEAR, YEAR4, YEARLESS_DATE, number("day", 1, 31) + word("/") + number("month", 1, 12), STAGE)
# A further day of a list, after "và" or a comma: "trước ngày 15/6 và 15/12 hằng năm".
LISTED = longest(
    maybe(LIMIT) + longest(DAY, BARE_DATE, YEARLESS_DATE) + maybe(_TAIL),
    number("day", 1, 31) + mark(maybe(words("của")) + _EACH + word("tháng"), every_month=1),
)
