"""The grammar of time, second part: how a duty stands to a point of time.

deadline    trước|chậm nhất|không quá|đến hết|trong|vào … POINT · trước 17 giờ 00 ngày 05/12/2025
duration    trong thời hạn 10 ngày làm việc kể từ ngày … · sau khi kết thúc …
onward      từ ngày 01/01/2026 · kể từ ngày ký
"""

from __future__ import annotations

from enum import IntEnum

from knowledge.time_parser import filler, longest, many, mark, maybe, number, under, word, words
from knowledge.time_points import ISSUED, OPEN_DAY, POINT, WEEKDAY, YEAR4, YEARLESS_DATE
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

MONTH_YEAR = number("month", 1, 12) + word("/") + YEAR4
DEADLINE = longest(
    LIMIT + maybe(CLOCK) + longest(POINT, MONTH_YEAR),
    _FIRM + maybe(CLOCK) + YEARLESS_DATE,
    (BEFORE | UNTIL) + maybe(CLOCK) + longest(YEAR4, WEEKDAY),
)
DATE = maybe(words("lúc", "hồi", "vào lúc", "từ") + CLOCK | CLOCK) + longest(POINT, mark(OPEN_DAY, open_day=1))
AS_OF = _AS_OF + longest(POINT, YEARLESS_DATE)

# ---- durations and events ------------------------------------------------------------------------------------------

_NUMBER_WORDS = (
    "một hai ba bốn năm sáu bảy tám chín mười mươi lăm mốt tư trăm vài".split()  # "ba mươi", "bốn mươi lăm"
)
IN_WORDS = maybe(word("(") + longest(filler(1, 4, lambda token: False), number("", 0, 99)) + word(")"))
COUNT = (number("", 0, 999, (1, 2, 3)) | (word(*_NUMBER_WORDS) + many(word(*_NUMBER_WORDS)))) + IN_WORDS
_LENGTH = COUNT + words("ngày", "ngày làm việc", "giờ", "giờ làm việc", "tháng", "tuần", "tuần làm việc", "năm", "phút")


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
DURATION = longest(
    (_SPELL | words("không quá", "không chậm quá", "sau", "trước")) + _MOST + _LENGTH + maybe(word(",")) + _ORIGIN,
    (_SPELL | words("không quá")) + _MOST + _LENGTH,
    _LENGTH + maybe(word(",")) + words("kể từ", "trước", "sau") + word("ngày", "khi") + _NAME,
)
UPON = words("ngay sau khi", "sau khi kết thúc", "khi kết thúc", "sau khi hoàn thành") + _NAME
# "kể từ ngày ký", "từ ngày 01/01/2026", "từ năm 2026": open at the end.
ONWARD = longest(
    SINCE + POINT + maybe(words("trở đi", "trở về sau")),
    words("kể từ", "từ") + under("from", ISSUED),
)
