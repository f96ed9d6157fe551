"""A duty in the words of its sentence: what, who, to whom.

Knows the document's text and offsets into it; knows nothing of sections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge import duty_words as words
from knowledge.document import ObligationKind, Recurrence, Span, TimeKind, TimePhrase
from knowledge.duty_pairs import Times, repeated
from knowledge.duty_parties import Addressee, addressee
from knowledge.duty_triggers import Trigger


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as its sentence states it, before the section adds what it inherits."""

    kind: ObligationKind
    who: str | None
    what: str
    to: str | None
    when: TimePhrase | None


# "báo cáo tháng trước ngày 20": the name of the report says how often.
_NAMED_RHYTHM = (("báo cáo tháng", Recurrence.MONTHLY), ("báo cáo tuần", Recurrence.WEEKLY))
_LIMITING = (TimeKind.DEADLINE, TimeKind.RECURRENCE)
_END_OF_WHAT = re.compile(r"\s(?:để|nhằm|làm cơ sở|làm căn cứ)(?!\w)|[;:]|\.$|\./")
_TIDY = " ,.;:*_(\n-"


def stated(text: str, stretch: Span, verb: Trigger, time: TimePhrase | None, times: Times, owner: Span | None) -> Duty:
    """Return the duty that `verb` states, due at `time`; `owner` is who acts, `times` all phrases of the stretch."""
    own = tuple(other for other in times if other == time or other.kind in _LIMITING)
    purpose = words.PURPOSE.search(text, verb.end, stretch.end)
    end = purpose.start() if purpose is not None else stretch.end
    to = None if verb.kind is ObligationKind.FINISH else addressee(text, verb.start, end, times)
    mine = owner is not None and owner.start < verb.start
    what = _what(text, Span(owner.end if owner is not None and mine else stretch.start, end), verb, own, to)
    if time is not None and time.day is not None and time.month is None and time.recurrence is None:
        named = next((rhythm for word, rhythm in _NAMED_RHYTHM if what.lower().endswith(word)), None)
        time = repeated(time, named) if named is not None else time
    return Duty(
        kind=verb.kind,
        who=owner.of(text) if owner is not None and mine else None,
        what=what,
        to=to.name.of(text) if to is not None else None,
        when=time,
    )


def _what(text: str, within: Span, verb: Trigger, times: Times, to: Addressee | None) -> str:
    """Return the duty itself, verbatim: from its verb to its addressee, its time or its purpose.

    Where the verb only carries something named before it, that comes first: "Hồ sơ đề nghị khen thưởng gửi về …".
    """
    limit = min([within.end, *(time.start for time in times if time.start >= verb.end)])
    stop = _END_OF_WHAT.search(text, verb.end, limit)
    limit = stop.start() if stop else limit
    way = max(to.way, verb.end) if to is not None and to.way is not None else limit
    what = tidy(text[verb.start : min(limit, way)])
    if len(what) > verb.end - verb.start or len(what.split()) > 2:
        return what
    begin = max([within.start, *(time.end for time in times if time.end <= verb.start)])
    modal = _BEFORE_VERB.search(text, begin, verb.start)
    if modal is not None and not (modal.group() == "phải" and _PAPERS.match(text, begin)):
        begin = modal.end()  # but "Biên bản họp phải gửi về …" says what is to be sent
    before = text[begin : verb.end].strip(_TIDY)
    if len(before.split()) > len(what.split()):
        return tidy(before)
    return what if verb.kind is ObligationKind.REPORT else tidy(text[verb.start : limit])


def only_done(what: str) -> bool:
    """Tell whether the words say only that something is to be finished, not what."""
    return re.fullmatch(r"(?:hoàn thành|hoàn tất|thực hiện xong|xong)", what, re.IGNORECASE) is not None


_BEFORE_VERB = re.compile(r"[;:]|\.\s|(?<!\w)(?:phải|có trách nhiệm|chủ trì|phối hợp)(?!\w)")
_PAPERS = re.compile(
    r"\W*(?:các\s+)?(?:biên bản|hồ sơ|báo cáo|danh sách|đơn|phiếu|văn bản|kết quả|tài liệu|số liệu|bài|tác phẩm)(?!\w)",
    re.IGNORECASE,
)
_LOOSE_END = re.compile(
    r"[\s,(]+(?:và|và gửi|(?:phải )?(?:được )?gửi|nộp|hoàn thành|xong"
    r"|thời gian hoàn thành:?|thời hạn:?|thời gian:?)?\s*$",
    re.IGNORECASE,
)


def tidy(what: str) -> str:
    """Return the words without the marks and link words at their ends: "và tổng kết," → "tổng kết"."""
    return re.sub(r"^(?:và|hoặc)\s+", "", _LOOSE_END.sub("", what.strip(_TIDY)))
