"""Verbs that state a duty in one stretch of a sentence, and the times that may be theirs.

Knows the words of a sentence; knows nothing of sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge import duty_words as words
from knowledge.document import ObligationKind, Span, TimeKind, TimePhrase


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb that states a duty."""

    start: int
    end: int
    kind: ObligationKind
    purpose: bool  # it stands after "để", "nhằm": what somebody else then does


_PRIORITY = {ObligationKind.REPORT: 0, ObligationKind.SUBMIT: 1, ObligationKind.FINISH: 2, ObligationKind.PERIOD: 3}


def triggers(text: str, start: int, end: int, times: Sequence[TimePhrase] = ()) -> list[Trigger]:
    """Return the verbs of duty in `text[start:end]`, in order, none inside another or inside a phrase of time."""
    found: list[Trigger] = []
    taken = [(time.start, time.end) for time in times]
    for kind, match in _matches(text, start, end):
        if any(match.start() < end_ and start_ < match.end() for start_, end_ in taken):
            continue
        if _is_name(text, match, start):
            continue
        taken.append(match.span())
        if words.HISTORY.search(text, max(start, match.start() - 20), match.start()):
            continue  # "không gửi báo cáo": the report within is none either
        purpose = any(
            hit.end() <= match.start() and _reaches(text, hit.end(), match.start())
            for hit in words.PURPOSE.finditer(text, start, match.start())
        )
        found.append(Trigger(match.start(), match.end(), kind, purpose))
    return _one_report(text, start, sorted(found, key=lambda trigger: trigger.start))


_NOUN_FIRST = re.compile(
    r"(?:các|những|mỗi|một|việc|hồ sơ|giấy|đối với|trường hợp|trong|tại|theo|căn cứ|danh sách|văn bản|số"
    r"|người|khi|nếu|ngày|thời|đơn|bản|mọi|tất cả|không|chỉ|là|có|đã|được|sẽ|và|hoặc|từ|kể|tính|sinh|nhập|quá)(?!\w)",
    re.IGNORECASE,
)
# After the deadline the order is over, or goes on with what it is for.
_CLOSES = re.compile(r"[\s.;,)/*]*$|\s*[,(]|\s+(?:để|nhằm|theo)(?!\w)")
# A name in capitals and the first small word after it: "Công ty Môi trường Bến Cá nạo vét …".
_AFTER_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*? [A-ZĐÀ-Ỹ][^\W\d_]*(?: [A-ZĐÀ-Ỹ][^\W\d_]*)* (?P<verb>[a-zđà-ỹ]+)")
_ORDERING = re.compile(r"(?:xong |đến )?trước\b|(?:chậm|muộn|trễ) nhất|không quá|không muộn", re.IGNORECASE)


def unlisted(text: str, stretch: Span, times: Sequence[TimePhrase]) -> list[Trigger]:
    """Return the first word of an order whose verb is in no list: "Sơ tán dân trước 17 giờ ngày 01 tháng 10".

    Only where the words end in a deadline, and do not begin as a statement about things does.
    """
    last = times[-1] if times else None
    if last is None or last.kind is not TimeKind.DEADLINE or not dated(last) or not _ORDERING.match(last.text):
        return []
    first = re.compile(r"[\s\W]*(?P<verb>[^\W\d_]+)").match(text, stretch.start, last.start)
    before = text[stretch.start : last.start]
    if first is None or not _CLOSES.match(text, last.end, stretch.end) or words.PASSED.search(before):
        return []
    if words.ACTOR.match(text, first.start("verb")):
        first = _AFTER_NAME.match(text, first.start("verb"), last.start)
    if first is None or _NOUN_FIRST.match(text, first.start("verb")):
        return []
    if len(before.split()) < 2:
        return []
    return [Trigger(first.start("verb"), first.end("verb"), ObligationKind.FINISH, False)]


def _one_report(text: str, start: int, found: list[Trigger]) -> list[Trigger]:
    """Return the verbs without those that only carry a report named first: "Báo cáo năm phải được nộp trước …"."""
    if not found or found[0].kind is not ObligationKind.REPORT or text[start : found[0].start].strip(" *-"):
        return found
    return [verb for verb in found if verb.kind is not ObligationKind.SUBMIT]


def _matches(text: str, start: int, end: int) -> Iterator[tuple[ObligationKind, re.Match[str]]]:
    """Yield what may be a verb of duty, the most telling first."""
    for match in words.REPORT_CARRIED.finditer(text, start, end):
        yield ObligationKind.REPORT, match
    for match in words.REPORT.finditer(text, start, end):
        if not words.REPORT_NOUN.search(text, max(start, match.start() - 24), match.start()):
            yield ObligationKind.REPORT, match
    for match in words.SUBMIT.finditer(text, start, end):
        if not words.SUBMIT_NOUN.search(text, max(start, match.start() - 24), match.start()):
            yield ObligationKind.SUBMIT, match
    for match in words.DUTY_VERB.finditer(text, start, end):
        noun = words.FINISH_NOUN.search(text, max(start, match.start() - 24), match.start())
        if noun is None or (noun.group().lower() == "được " and _EVENTS.match(match.group())):
            yield ObligationKind.FINISH, match


def _is_name(text: str, match: re.Match[str], start: int) -> bool:
    """Tell whether a capital makes it a name: "Sở Xây dựng", "Ban Tổ chức"; a sentence may begin with a verb."""
    if not match.group()[0].isupper():
        return False
    before = text[start : match.start()].rstrip(' *_“"(')
    return bool(before) and before[-1] not in ".:;,-+•\n/)"


def _reaches(text: str, start: int, end: int) -> bool:
    """Tell whether the purpose named before `start` still goes on at `end`: no new stretch begins between."""
    return not re.search(r"[;:]|\.\s|(?:đồng thời|ngoài ra|riêng)\s", text[start:end])


def best(found: Sequence[Trigger]) -> Trigger | None:
    """Return the verb that names the duty: reporting before submitting before the rest, the first of equals."""
    return min(found, key=lambda trigger: (trigger.purpose, _PRIORITY[trigger.kind], trigger.start), default=None)


# ---- which times count ---------------------------------------------------------------------------------------------

_WEAK = re.compile(r"^(?:trong|vào) năm\b", re.IGNORECASE)
_TARGET_YEAR = re.compile(r"^(?:đến|tới|cho đến) năm\b", re.IGNORECASE)
_PART = re.compile(r"^(?:cuối|đầu|giữa|nửa)\b", re.IGNORECASE)
_FOREIGN_ACT = re.compile(
    r"(?:xem xét|xác định|quyết định|khen thưởng|xử lý|giải quyết|phê duyệt|chỉ đạo|thẩm định)", re.IGNORECASE
)
_NAMED_PART = re.compile(r"(?:cuối|đầu|giữa) (?:năm|quý|tháng)", re.IGNORECASE)
_MANNER = re.compile(r"(?<!kết quả )(?<!tình hình )(?:thực hiện|tiến hành|áp dụng|tuân thủ)\s*$", re.IGNORECASE)
# "trong thời hạn 10 ngày kể từ ngày …" says when; "tối đa 90 ngày", "ít nhất 05 năm" say how long.
_RELATIVE = re.compile(
    r"(?:trong (?:thời hạn|thời gian|vòng)|(?:chậm|muộn) nhất|ngay sau|sau|khi|vào|trong|trước)\b|.*\bkể từ\b",
    re.IGNORECASE | re.DOTALL,
)
_LASTING = re.compile(
    r"tổ chức|phát động|triển khai|thực hiện|tiến hành|kiểm tra|lấy ý kiến|tập huấn|rà soát|niêm yết|công khai"
    r"|tiếp nhận",
    re.IGNORECASE,
)
# "trước 16 giờ thứ Sáu hằng tuần", "mỗi quý một lần": a rhythm that is kept, not a mention of one.
_FIXED = re.compile(r"^(?:trước|chậm nhất|muộn nhất)(?!\w)|(?<!\w)(?:một|01|1) lần$", re.IGNORECASE)
_PUT_OFF = re.compile(r"không (?:được )?(?:để|dồn|chờ|đợi|kéo dài)[^,;]*$", re.IGNORECASE)
_DAILY = re.compile(r"ngày$", re.IGNORECASE)
_EVENTS = re.compile(r"^(?:tổ chức|tổng kết|sơ kết|họp|tiến hành|trao|công bố|phát động|hoàn thành)", re.IGNORECASE)
_REVIEW = re.compile(r"^(?:tổng kết|sơ kết|hoàn thành|ban hành|tiến hành)", re.IGNORECASE)
_AT_ONCE = re.compile(r"^(?:kịp thời|thường xuyên)$", re.IGNORECASE)
_RHYTHMIC = re.compile(
    r"^(?:sơ kết|tổng kết|họp|kiểm tra|giám sát|giao ban|đánh giá|tổ chức|rà soát|thống kê)", re.IGNORECASE
)


def dated(time: TimePhrase) -> bool:
    """Tell whether the phrase names a day, a month or a year, be it with or without its year."""
    return time.due is not None or time.day is not None or time.month is not None


def says_when(time: TimePhrase) -> bool:
    """Tell whether the phrase says when, not only how long: "tối đa 90 ngày" does not."""
    return time.kind is not TimeKind.DEADLINE or dated(time) or _RELATIVE.match(time.text) is not None


def counts(text: str, start: int, time: TimePhrase) -> bool:
    """Tell whether a time in a sentence that begins at `start` can be the time of any duty."""
    before, after = text[max(start, time.start - 110) : time.start], text[time.end : time.end + 24]
    if _PUT_OFF.search(before) and not _ORDERING.match(time.text):
        return False  # "không để dồn vào cuối năm"
    if time.kind is TimeKind.DATE:
        return time.due is not None and not words.CITED.search(before) and not words.CITED_AFTER.match(after)
    if time.kind is TimeKind.UNSPECIFIED:
        return not after.lower().startswith(" của")  # "theo quy định của pháp luật": how, not when
    if time.kind is TimeKind.ON_REQUEST:
        return True
    if time.due is not None and words.PASSED.search(before):
        return False  # "Giấy phép được cấp trước ngày 01/01/2026"
    if time.kind is TimeKind.RECURRENCE and not dated(time):
        kept = "định kỳ" in time.text.lower() or _FIXED.search(time.text) is not None
        return kept or not words.YEARLY_NOUN.search(before)
    return not (_TARGET_YEAR.match(time.text) or "tầm nhìn" in after)  # "đến năm 2030" is how far a plan looks


def suits(text: str, time: TimePhrase, trigger: Trigger, leading: bool) -> bool:
    """Tell whether a time that counts can be the time of this verb."""
    between = "" if leading else text[trigger.end : time.start]
    verb = text[trigger.start : trigger.end]
    match time.kind:
        case TimeKind.DATE:
            return bool(_EVENTS.match(verb)) and not leading and not re.search(r"kỷ niệm|chào mừng|\(", between)
        case TimeKind.PERIOD:
            if time.due is None:  # "cuối năm học báo cáo …"
                return leading and trigger.kind is ObligationKind.REPORT and _PART.match(time.text) is not None
            return leading or (_PART.match(time.text) is not None) or _spans(time, trigger, verb)
        case TimeKind.RECURRENCE:
            if trigger.kind is ObligationKind.FINISH and _DAILY.search(time.text):
                return False  # "hằng ngày": routine, nothing to remind of
            if dated(time) or leading or trigger.kind is ObligationKind.REPORT or _FIXED.search(time.text):
                return True
            return "định kỳ" in time.text.lower() or (_RHYTHMIC.match(verb) is not None and len(between) < 40)
        case TimeKind.ON_REQUEST:
            near = len(between) < 200 and not _FOREIGN_ACT.search(between)
            return trigger.kind is ObligationKind.REPORT and near
        case TimeKind.UNSPECIFIED:
            return trigger.kind is ObligationKind.REPORT and _unspecified(text, time, between, leading)
        case TimeKind.DEADLINE:
            if _WEAK.match(time.text) and not leading:
                return _within_year(verb, text[trigger.start : time.start])
            if dated(time) or time.begin is not None:
                return True
            if trigger.kind is ObligationKind.FINISH:
                return _NAMED_PART.search(time.text) is not None
            return says_when(time)
    raise AssertionError(time.kind)


def _within_year(verb: str, before: str) -> bool:
    """Tell whether "trong năm 2025" is when to do it, not which events or targets are meant."""
    return not (words.EVENT_NAME if _REVIEW.match(verb) else words.EVENT_NOUN).search(before)


def _spans(time: TimePhrase, trigger: Trigger, verb: str) -> bool:
    """Tell whether a span is the time of a task: "tổ chức … từ ngày 10/11/2025 đến ngày 15/11/2025"."""
    task = trigger.kind is ObligationKind.SUBMIT or (trigger.kind is ObligationKind.FINISH and _LASTING.match(verb))
    return bool(task) and re.match(r"từ|kể từ|bắt đầu", time.text, re.IGNORECASE) is not None


def _unspecified(text: str, time: TimePhrase, between: str, leading: bool) -> bool:
    """Tell whether an undated time says when to report: beside the verb, or after it with no other act between."""
    if leading:
        return True
    return not (_AT_ONCE.match(time.text) or _FOREIGN_ACT.search(between) or _MANNER.search(between))
