"""What directly follows the mention of a document: its date and its issuer.

    "…, ngày 28/01/2022 của Bộ Chính trị khóa XIII về xây dựng …"
       └── date ───────┘ └── issuer ─────┘

Functions of a text and a position; they look no further than the words that touch it.
"""

from __future__ import annotations

import calendar
import re

from knowledge.document import PartialDate
from knowledge.symbols import LOWER

# "ngày" may be left out before a full numeric date only; a draft leaves the day or the month blank.
_NUMERIC = r"(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)"
_WORDED = r"(?:ngày\s*(?P<wd>\d{1,2})?[\s.…]*)?tháng\s*(?P<wm>\d{1,2})?[\s.…]*năm\s*(?P<wy>(?:19|20)\d\d)"
_MONTH = r"tháng\s*(?P<mm>\d{1,2})\s?/\s?(?P<my>(?:19|20)\d\d)"
_DATE = re.compile(
    r"[ \t]{0,4},?\s{0,4}\(?(?:ban hành\s+)?"
    rf"(?:(?:ngày\s*)?{_NUMERIC}|{_WORDED}|{_MONTH}|năm\s+(?P<only>(?:19|20)\d\d))(?!\d)\)?",
    re.IGNORECASE,
)


def date_at(text: str, position: int) -> tuple[PartialDate, int] | None:
    """Return the date that begins at `position` (after at most a comma) and where it ends, or None."""
    match = _DATE.match(text, position)
    if match is None:
        return None
    groups = match.groupdict()
    year = next(int(value) for key in ("y", "wy", "my", "only") if (value := groups[key]))
    month = next((int(value) for key in ("m", "wm", "mm") if (value := groups[key])), None)
    day = next((int(value) for key in ("d", "wd") if (value := groups[key])), None)
    end = match.end()
    if match.group().endswith(")") and "(" not in match.group():
        end -= 1
    return _possible(year, month, day), end


def _possible(year: int, month: int | None, day: int | None) -> PartialDate:
    """Return the date as far as the calendar knows it: 31/02/2025 is only a month."""
    if month is None or not 1 <= month <= 12:
        return PartialDate(year)
    if day is None or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return PartialDate(year, month)
    return PartialDate(year, month, day)


# An issuer begins with a capital and ends before the first of these words: what the document does or is about.
_STOP_WORDS = r"""
về | v/v | thực hiện | tại | ban hành | quy định | qui định | hướng dẫn | phê duyệt | sửa đổi | bổ sung | nhằm | để |
đến | trong | là | có | được | theo | cho | với | đã | kèm | do | từ | ngày | năm | khóa | khoá | nhiệm kỳ |
công bố | (?<!Ngoại\s)giao | thay thế | bãi bỏ | thông qua | hết hiệu lực | phát động | triển khai | tổ chức thực hiện |
cụ thể | nêu | hoặc | nếu | khi | thì | phải | trên | trừ | quy chế | đối với | trước | sau | bằng | vào | như |
chỉ đạo | yêu cầu | đề nghị | xây dựng | tiếp tục | tăng cường | đẩy mạnh | cũng | này | nói | liên quan | số |
gửi | lập | chi tiết | điều chỉnh | không | ký | trả lời | thí điểm | đính chính | giải thích | xác định | còn |
bao | gồm | mà | bị | cấp phép | quyết định | chấp thuận | đang | sẽ | nhưng | cùng | tính | áp dụng | làm |
giữa | nên | quản lý | và các | và những | và của | và theo | và hướng dẫn | và quy định | và văn bản |
và pháp luật | và quyết định | và được | và hồ sơ | và không | và phải | và gửi | và thực hiện | và có
"""
_NEXT = (
    r"(?:Nghị|Quyết định|Chỉ thị|Thông tư|Kế hoạch(?!\s+và)|Luật|Bộ luật|Kết luận|Công văn|Công điện|Chương trình|"
    r"Hướng dẫn|Quy chế|Quy định|Thông báo|Pháp lệnh|[Kk]hoản|[Đđ]iều|[Đđ]iểm|tự|tổ chức)"
)
# The title of the cited document, capital and all, right after its issuer.
_HEADLINE = r"(?:Quy định|Ban hành|Hướng dẫn|Phê duyệt|Sửa đổi|Về|Thông tư|Nghị định|Quyết định)"
_STOP = re.compile(
    rf"[ \t]*(?:[;:()\[\]{{}}\"“”‘’'|/*\n]|\.(?!\w)|(?<=\s)[-–—]\s+(?=[{LOWER}])|"
    # "của Bộ Chính trị và Nghị quyết số …": the next of a list begins; "Khoa học và Công nghệ" goes on.
    rf"(?<=\s)và\s+(?={_NEXT}\b)|(?<=\s){_HEADLINE}\b|"
    # Commas are part of a few names: "Sở Văn hóa, Thể thao và Du lịch", "Hội đồng Thi đua, khen thưởng".
    r",(?!\s*(?:[Kk]hen\s+thưởng|Thể\s+thao|Thương\s+binh|Viễn\s+thông|Gia\s+đình|Giáo\s+dục,?\s+Thanh|Khoa\s+học\s+và)\b)|"
    + r"(?<=\s)(?:"
    + "|".join(part for word in " ".join(_STOP_WORDS.split()).split(" | ") if (part := word.replace(" ", r"\s+")))
    + r")(?!\w))",
)
_HEADLINE_START = re.compile(_HEADLINE)
_OF = re.compile(r"[ \t]{0,4},?\s{1,4}của\s+(?:[Ll]iên\s+(?=Bộ))?(?=\w)")
_LONGEST = 110  # characters: the longest names of joint issuers stay below


def issuer_at(text: str, position: int) -> tuple[str, int] | None:
    """Return the body after "của" at `position` and where it ends, or None."""
    lead = _OF.match(text, position)
    if lead is None:
        return None
    stop = _STOP.search(text, lead.end(), lead.end() + _LONGEST)
    end = stop.start() if stop else lead.end() + _LONGEST
    name = text[lead.end() : end].rstrip(" \t,-–.")
    if (
        not name or not name[0].isupper() or _HEADLINE_START.match(name) or (stop is None and end < len(text))
    ):  # no end in sight: not a name
        return None
    return " ".join(name.split()), lead.end() + len(name)
