"""Who owes a duty and to whom, in the words of the sentence.

Strings in, spans out; knows nothing of sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge import duty_words as words
from knowledge.document import Span, TimePhrase

_MAX_NAME = 260  # characters: "Ủy ban nhân dân các xã, phường …, các cơ quan chuyên môn thuộc …"
_INTRODUCES = re.compile(
    r"(?:căn cứ|trên cơ sở|trong|trước|sau|hằng|hàng|định kỳ|để|khi|nếu|theo|nhằm|từ|vào|đến|chậm nhất"
    r"|muộn nhất|thực hiện|kết thúc|trường hợp|cuối|đầu|quý|năm|tháng|ngày|mỗi|ngay|đối với|riêng|thời gian"
    r"|hết|\d)",
    re.IGNORECASE,
)
_BEFORE_NAME = ' *_“"-–:+•'


def subject(text: str, start: int, end: int, times: tuple[TimePhrase, ...]) -> Span | None:
    """Return who acts in `text[start:end]`: the name at its beginning, or after an introduction and a comma."""
    at, introduced = start, False
    while at < end:
        while at < end and text[at] in _BEFORE_NAME:
            at += 1
        covering = next((time for time in times if time.start <= at < time.end), None)
        if covering is not None:
            at, introduced = covering.end, True
            while at < end and text[at] in " ,:":
                at += 1
            continue
        limit = min([end, *(time.start for time in times if time.start > at)])
        found = _name(text, at, end, limit)
        if found is not None:
            return found
        titled = _TITLED.match(text, at, end)
        if titled is not None and (found := _name(text, titled.end(), end, limit)) is not None:
            return found
        introduced = introduced or _INTRODUCES.match(text, at) is not None
        if not introduced or (_ORDERS.match(text, at) and not _CITES.match(text, at)):
            return None
        comma = _introduction_end(text, at, end, times)
        if comma is None:
            return None
        at = comma
    return None


_CITES = re.compile(  # "Thực hiện Công văn số …, Sở đề nghị các đơn vị …": an introduction, no order
    r"thực hiện (?:công văn|kế hoạch|chỉ thị|quyết định|nghị quyết|nghị định|thông tư|thông báo|chương trình"
    r"|văn bản|kết luận|ý kiến) số",
    re.IGNORECASE,
)
# "Đăng ký danh hiệu: các đơn vị gửi …", "Biên bản (bước 2): các tổ gửi …"
_TITLED = re.compile(r"(?:[^:;.()]|\([^:;()]{1,40}\)){3,90}:\s+(?=\S)")
_ORDERS = re.compile(rf"{words.DUTY_VERB.pattern}|{words.REPORT.pattern}|{words.SUBMIT.pattern}", re.IGNORECASE)


def _introduction_end(text: str, at: int, end: int, times: tuple[TimePhrase, ...]) -> int | None:
    """Return where the sentence proper begins: after the first comma that an office's name follows."""
    for match in re.finditer(r",\s+", text[at:end]):
        place = at + match.end()
        if any(time.start < place < time.end for time in times):
            continue
        if words.ACTOR.match(text, place) or words.ASSIGNS.match(text, place) or _INTRODUCES.match(text, place):
            name = _name(text, place, end, end)
            if name is not None or _INTRODUCES.match(text, place):
                return place
    return None


def _name(text: str, at: int, end: int, limit: int) -> Span | None:
    """Return the name of an office that stands at `at`, ends by `limit` and is followed by what it does."""
    assigned = words.ASSIGNS.match(text, at, end)
    if assigned is not None and words.ACTOR.match(text, assigned.end(), end):
        at = assigned.end()
    actor = words.ACTOR.match(text, at, end)
    if actor is None:
        return None
    # behind the first words: "các tổ chức đoàn thể" is no "các" that organises
    stop = words.PREDICATE.search(text, actor.end(), max(actor.end(), min(end, at + _MAX_NAME)))
    if stop is None or limit < stop.start():
        return _trim(text, Span(at, limit)) if limit < min(end, at + _MAX_NAME) else None
    name = Span(at, stop.start())
    handed = words.ASSIGNS.match(text, stop.start() + 1, end) if stop.group().strip() in _HANDS else None
    if handed is not None and words.ACTOR.match(text, handed.end(), end):
        return _name(text, handed.end(), end, limit)  # "Sở Nội vụ đề nghị các đơn vị …": the units owe it
    return _trim(text, name)


_HANDS = {"đề nghị", "yêu cầu", "giao", "phân công"}


def lead(text: str, start: int, end: int) -> Span | None:
    """Return the office a heading or a lead-in names: "Sở Nội vụ", "Trách nhiệm của các đơn vị", "Giao Văn phòng:"."""
    while start < end and text[start] in _BEFORE_NAME:
        start += 1
    assigned = words.ASSIGNS.match(text, start, end)
    if assigned is not None:
        start = assigned.end()
    if not words.ACTOR.match(text, start, end):
        return None
    stop = words.PREDICATE.search(text, start, min(end, start + _MAX_NAME))
    return _trim(text, Span(start, stop.start() if stop else end))


def _trim(text: str, span: Span) -> Span | None:
    start, end = span.start, span.end
    while end > start and text[end - 1] in " ,.;:*_\n-":
        end -= 1
    return Span(start, end) if end > start else None


# ---- to whom -------------------------------------------------------------------------------------------------------

_TOWARDS = re.compile(
    r"(?<!\w)(?:(?P<way>(?:gửi\s+|nộp\s+)?(?:về|đến|tới|cho|tại)|gửi(?: báo cáo)?)|(?:trình|báo cáo"
    r"|(?<!đối )với|đề xuất|đề nghị))\s+",
    re.IGNORECASE,
)
_NAME_STOP = re.compile(
    r"\s(?:để|trước|theo|kết quả|tình hình|việc|về|trong|bằng|chậm nhất|muộn nhất|hằng|hàng|định kỳ|khi"
    r"|đồng thời|xem xét|tổng hợp"
    r"|khen thưởng|phê duyệt|quyết định|thẩm định|ban hành|chỉ đạo|theo dõi|biết|và gửi|và báo cáo|đúng|kèm"
    r"|là|vào|đến hết|không quá|cho ý kiến|đối với|\d+|có(?! thẩm quyền| liên quan)|và \w+ \w+ (?:cho|về|đến)"
    r"|những|danh sách|hồ sơ|đã|được|đánh giá|xử lý|giải quyết|tặng|cùng|kịp thời|một)(?!\w)"
    r"|,(?!\s+(?:[A-ZĐ]|các |cấp |phòng |ban |lãnh đạo ))|[;:.]|\((?!\s*(?:qua|thông qua|[A-ZĐ]|bộ phận|phòng"
    r"|trực tiếp))|\s-\s(?=[a-zđ])"
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom something is due."""

    name: Span
    way: int | None  # where "về", "gửi về" before the name begins; None where the verb itself takes the name


def addressee(text: str, start: int, end: int, times: tuple[TimePhrase, ...]) -> Addressee | None:
    """Return to whom the duty is due that `text[start:end]` states; its verb stands at `start`."""
    for match in _TOWARDS.finditer(text, start, end):
        if any(time.start <= match.start() < time.end for time in times):
            continue
        if not words.ACTOR.match(text, match.end(), end) or _PRAISED.match(text, match.end()):
            continue
        limit = min([end, match.end() + _MAX_NAME, *(time.start for time in times if time.start > match.end())])
        stop = _NAME_STOP.search(text, match.end(), limit)
        found = _trim(text, _closed(text, Span(match.end(), stop.start() if stop else limit), limit))
        if found is not None:
            return Addressee(found, match.start() if match["way"] else None)
    return None


def _closed(text: str, span: Span, limit: int) -> Span:
    """Return the span up to the bracket that closes the one it opens: "Sở Nội vụ (qua Ban Thi đua, địa chỉ: …)"."""
    inside = span.of(text)
    close = text.find(")", span.end, limit) if inside.count("(") > inside.count(")") else -1
    return Span(span.start, close + 1) if close >= 0 else span


_PRAISED = re.compile(r"(?:các )?(?:tập thể|cá nhân|cán bộ|công chức|người lao động|đảng viên)", re.IGNORECASE)
