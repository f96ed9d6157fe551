"""Which time of a stretch goes with which verb of duty.

A time takes the verb before it ("báo cáo … trước ngày 05/12/2025") or, where it leads, the verb after it ("Hằng năm,
các đơn vị báo cáo …").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.document import ObligationKind, Recurrence, Span, TimeKind, TimePhrase
from knowledge.duty_triggers import Trigger, best, counts, dated, suits

Times = tuple[TimePhrase, ...]


def pairs(
    text: str, stretch: Span, times: Times, verbs: Sequence[Trigger], rhythm: TimePhrase | None
) -> Iterator[tuple[TimePhrase, Trigger]]:
    """Yield each time of the stretch that is the time of a duty, with the verb of that duty; one undated per verb."""
    counted = [time for time in times if counts(text, stretch.start, time)]
    chosen: list[tuple[TimePhrase, Trigger]] = []
    for index, time in enumerate(counted):
        verb = _verb(text, stretch, counted, index, verbs)
        if verb is not None:
            chosen.append((time, verb))
    reporting = best(verbs)
    if rhythm is not None and not chosen and reporting is not None and reports(reporting):
        yield rhythm, reporting
    bare = next((time for time, _ in chosen if bare_rhythm(time)), rhythm)
    merged = [(_with_rhythm(time, bare), verb) for time, verb in chosen]
    yield from _strongest(merged)


def _verb(
    text: str,
    stretch: Span,
    counted: Sequence[TimePhrase],
    index: int,
    verbs: Sequence[Trigger],
    *,
    onward: bool = False,
) -> Trigger | None:
    """Return the verb the time at `index` goes with; `onward`: for the time before it, never to go back."""
    time = counted[index]
    before = [verb for verb in verbs if verb.end <= time.start]
    after = [verb for verb in verbs if verb.start >= time.end]
    if not before and index + 1 < len(counted) and _LISTED.fullmatch(text, time.end, counted[index + 1].start):
        # "Hằng quý (trước …), hằng năm (trước …) báo cáo"
        return _verb(text, stretch, counted, index + 1, verbs, onward=True)
    following = min((other.start for other in counted[index + 1 :] if dated(other)), default=stretch.end)
    if _leads(text, stretch, time, before, after):
        near = [verb for verb in after if verb.start < following and suits(text, time, verb, True)]
        if near and following < stretch.end and dated(time):
            return near[0]
        return best(near)
    if index and not onward and _JOINED.search(text, counted[index - 1].end, time.start):
        return _verb(text, stretch, counted, index - 1, verbs)
    previous = max((other.end for other in counted[:index]), default=stretch.start)
    own = [verb for verb in before if verb.start >= previous]
    return best([verb for verb in own or before if suits(text, time, verb, False)])


_LISTED = re.compile(r"\s*(?:,|;|và|hoặc|, và)\s*")
_JOINED = re.compile(r"(?:(?<!\w)(?:và|hoặc)|,)\s*$")
_MODAL = re.compile(r"[\s,]*(?:(?:có trách nhiệm|có nhiệm vụ|phải|cần|chủ động|thực hiện việc|nghiêm túc)[\s,]*)*")
_OPEN = re.compile(r"(?:^|[,:(]|(?<!\w)(?:và|riêng|sau đó|ngoài ra|cụ thể))\s*$", re.IGNORECASE)


_HANDED_IN = (ObligationKind.REPORT, ObligationKind.SUBMIT)


def _leads(text: str, stretch: Span, time: TimePhrase, before: Sequence[Trigger], after: Sequence[Trigger]) -> bool:
    """Tell whether the time belongs to what follows: "Hằng năm, các đơn vị …", "kịp thời báo cáo".

    A dated time after a verb is that verb's; a rhythm or an undated time is the next verb's where it stands beside it.
    """
    if not after:
        return False
    gap = _MODAL.match(text, time.end, after[0].start)
    beside = gap is not None and gap.end() == after[0].start
    if before:
        # … but not "sơ kết hằng năm, tổng kết …"
        closed = not text[before[-1].end : time.start].strip() and "," in text[time.end : after[0].start]
        undated = not dated(time) and time.kind in (TimeKind.RECURRENCE, TimeKind.UNSPECIFIED) and not closed
        # "theo dõi, cuối năm học báo cáo Hội đồng": after a comma, what follows is handed in then
        apart = after[0].kind in _HANDED_IN and text[: time.start].rstrip()[-1:] == ","
        return beside and (undated or apart)
    if time.kind is TimeKind.UNSPECIFIED:
        return beside
    return beside or _OPEN.search(text[stretch.start : time.start]) is not None


def _with_rhythm(time: TimePhrase, rhythm: TimePhrase | None) -> TimePhrase:
    """Return a day without a year as the day of the sentence's rhythm: "Hằng năm, … trước ngày 15/11"."""
    if rhythm is None or time.due is not None or not dated(time):
        return time
    if time.recurrence not in (None, Recurrence.UNSPECIFIED):
        return time
    if rhythm.recurrence in (Recurrence.ON_REQUEST, Recurrence.UNSPECIFIED):
        return time
    return repeated(time, rhythm.recurrence)


def repeated(time: TimePhrase, rhythm: Recurrence | None) -> TimePhrase:
    """Return the day as one that comes again with `rhythm`."""
    return replace(time, kind=TimeKind.RECURRENCE, recurrence=rhythm)


def _strongest(chosen: Sequence[tuple[TimePhrase, Trigger]]) -> Iterator[tuple[TimePhrase, Trigger]]:
    """Yield for each verb its dated times, or where it has none the one undated time that says most."""
    for verb in dict.fromkeys(verb for _, verb in chosen):
        times = [time for time, other in chosen if other == verb]
        firm = [time for time in times if dated(time)]
        yield from ((time, verb) for time in firm or [min(times, key=vagueness)])


def vagueness(time: TimePhrase) -> int:
    """Return how little an undated phrase says, for sorting: a rhythm says most, "theo quy định" least."""
    if time.kind is TimeKind.RECURRENCE and time.recurrence is not Recurrence.UNSPECIFIED:
        return 0
    order = (TimeKind.DEADLINE, TimeKind.PERIOD, TimeKind.ON_REQUEST, TimeKind.RECURRENCE, TimeKind.UNSPECIFIED)
    return 1 + order.index(time.kind) if time.kind in order else 9


def reports(verb: Trigger) -> bool:
    """Tell whether the verb orders a report, not what somebody else then does with it."""
    return verb.kind is ObligationKind.REPORT and not verb.purpose


def bare_rhythm(time: TimePhrase) -> bool:
    """Tell whether the phrase names a rhythm and no day: "hằng năm"."""
    return time.kind is TimeKind.RECURRENCE and not dated(time)
