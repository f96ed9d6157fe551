"""One sentence → the duties it states: which verb goes with which time, who owes it, to whom.

A sentence is cut into stretches at semicolons and at "đồng thời"; in each, a time takes the verb before it ("báo cáo
… trước ngày 05/12/2025") or, where it leads, the verb after it ("Hằng năm, các đơn vị báo cáo …").

Knows the document's text and offsets into it; knows nothing of sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge import duty_words as words
from knowledge.document import ObligationKind, Recurrence, Span, TimeKind, TimePhrase
from knowledge.duty_parties import Addressee, addressee, subject
from knowledge.duty_triggers import Trigger, best, counts, dated, says_when, suits, triggers

Times = tuple[TimePhrase, ...]
_CUT = re.compile(r";|,?\s+đồng thời(?=\s)|\.\s(?=[A-ZĐ])|,\s+(?=riêng\s)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty as its sentence states it, before the section adds what it inherits."""

    kind: ObligationKind
    who: str | None
    what: str
    to: str | None
    when: TimePhrase | None


def stretches(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of the sentence that stand on their own; what is in brackets is never cut."""
    begin = start
    for match in _CUT.finditer(text, start, end):
        if text.count("(", begin, match.start()) > text.count(")", begin, match.start()):
            continue
        if match.start() > begin:
            yield Span(begin, match.start())
        begin = match.end()
    if begin < end:
        yield Span(begin, end)


def duties(text: str, start: int, end: int, found: Times, *, ordered: bool = True) -> tuple[Duty, ...]:
    """Return the duties of the sentence `text[start:end]`; `found` are the phrases of time in it.

    `ordered` is False where the text explains rather than orders: there only reports and submissions with a date count.
    """
    result: list[Duty] = []
    owner: Span | None = None
    rhythm: TimePhrase | None = None  # "Hằng năm, …": goes for the stretches that follow too
    carried: Trigger | None = None  # the verb of the stretch before: "nộp đợt 1 trước …; đợt 2 trước …"
    task = ""  # what the stretch before orders: "lập phương án mua sắm; hoàn thành trong quý IV/2026"
    for stretch in stretches(text, start, end):
        times = tuple(time for time in found if stretch.start <= time.start and time.end <= stretch.end)
        own = subject(text, stretch.start, stretch.end, times)
        owner = own or owner
        verbs = triggers(text, own.end if own is not None else stretch.start, stretch.end, times)
        pairs = list(_pairs(text, stretch, times, verbs, rhythm))
        if not pairs and not verbs and carried is not None:
            pairs = [(time, carried) for time in times if dated(time) and counts(text, stretch.start, time)]
        carried = pairs[-1][1] if pairs else None
        span = _span_of_plan(text, stretch, times)
        if span is not None:
            result.append(Duty(ObligationKind.PERIOD, None, _tidy(text[stretch.start : span.start]), None, span))
            pairs = [(time, verb) for time, verb in pairs if time != span]
        rhythm = next((time for time, verb in pairs if time.start < verb.start and _bare_rhythm(time)), rhythm)
        if not pairs and owner is not None and (plain := _undated(text, stretch, verbs)) is not None:
            result.append(_duty(text, stretch, plain, None, times, owner))
        for time, verb in pairs:
            if (ordered or _firm(time, verb)) and not _excused(text, start, end, stretch, time, verb):
                duty = _duty(text, stretch, verb, time, times, owner)
                result.append(replace(duty, what=task) if task and _ONLY_DONE.fullmatch(duty.what) else duty)
        task = _tidy(text[verbs[0].start : stretch.end]) if verbs and not pairs else ""
    return _alike(result)


def _alike(found: list[Duty]) -> tuple[Duty, ...]:
    """Give a day without a year the rhythm that a later one of its kind names: "… 15/6, … 15/12 hằng năm"."""
    rhythm: dict[ObligationKind, Recurrence] = {}
    for index in range(len(found) - 1, -1, -1):
        duty, when = found[index], found[index].when
        if when is None or when.month is None:
            continue
        if when.recurrence is Recurrence.YEARLY:
            rhythm[duty.kind] = Recurrence.YEARLY
        elif when.recurrence is None and when.due is None and duty.kind in rhythm:
            found[index] = replace(duty, when=_repeated(when, rhythm[duty.kind]))
    return tuple(found)


def _firm(time: TimePhrase, verb: Trigger) -> bool:
    lasting = dated(time) or time.kind is TimeKind.RECURRENCE
    return lasting and verb.kind in (ObligationKind.REPORT, ObligationKind.SUBMIT)


def _reports(verb: Trigger) -> bool:
    return verb.kind is ObligationKind.REPORT and not verb.purpose


def _bare_rhythm(time: TimePhrase) -> bool:
    return time.kind is TimeKind.RECURRENCE and not dated(time)


def _excused(text: str, start: int, end: int, stretch: Span, time: TimePhrase, verb: Trigger) -> bool:
    """Tell whether the words make it no duty of a date: a goal to strive for, a report only if something happens."""
    if verb.kind is ObligationKind.FINISH and words.GOAL.search(text, stretch.start, verb.start):
        return True
    return not dated(time) and words.CONDITION.search(text, start, end) is not None


def given(text: str, content: Span, kind: ObligationKind, label: str, found: Times) -> tuple[Duty, ...]:
    """Return the duties whose times stand in `content` after a label: "Thời hạn gửi báo cáo: …; …"."""
    result: list[Duty] = []
    for stretch in stretches(text, content.start, content.end):
        times = [time for time in found if stretch.start <= time.start and time.end <= stretch.end and says_when(time)]
        firm = [time for time in times if dated(time)] or sorted(times, key=_vagueness)[:1]
        for time in firm:
            before = _tidy(text[stretch.start : time.start])
            telling = kind in (ObligationKind.REPORT, ObligationKind.SUBMIT) and len(before.split()) > 1
            to = addressee(text, stretch.start, stretch.end, found) if kind is not ObligationKind.PERIOD else None
            result.append(Duty(kind, None, before if telling else label, to.name.of(text) if to else None, time))
    return _alike(result)


# ---- which time goes with which verb -------------------------------------------------------------------------------


def _pairs(
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
    if rhythm is not None and not chosen and reporting is not None and _reports(reporting):
        yield rhythm, reporting
    bare = next((time for time, _ in chosen if _bare_rhythm(time)), rhythm)
    merged = [(_with_rhythm(time, bare), verb) for time, verb in chosen]
    yield from _strongest(merged)


def _verb(
    text: str, stretch: Span, counted: Sequence[TimePhrase], index: int, verbs: Sequence[Trigger]
) -> Trigger | None:
    """Return the verb the time at `index` goes with."""
    time = counted[index]
    before = [verb for verb in verbs if verb.end <= time.start]
    after = [verb for verb in verbs if verb.start >= time.end]
    following = min((other.start for other in counted[index + 1 :] if dated(other)), default=stretch.end)
    if _leads(text, stretch, time, before, after):
        near = [verb for verb in after if verb.start < following and suits(text, time, verb, True)]
        if near and following < stretch.end and dated(time):
            return near[0]
        return best(near)
    if index and _JOINED.search(text, counted[index - 1].end, time.start):
        return _verb(text, stretch, counted, index - 1, verbs)
    previous = max((other.end for other in counted[:index]), default=stretch.start)
    own = [verb for verb in before if verb.start >= previous]
    return best([verb for verb in own or before if suits(text, time, verb, False)])


_JOINED = re.compile(r"(?:(?<!\w)(?:và|hoặc)|,)\s*$")


_MODAL = re.compile(r"[\s,]*(?:(?:có trách nhiệm|có nhiệm vụ|phải|cần|chủ động|thực hiện việc|nghiêm túc)[\s,]*)*")
_OPEN = re.compile(r"(?:^|[,:(]|(?<!\w)(?:và|riêng|sau đó|ngoài ra|cụ thể))\s*$", re.IGNORECASE)


def _leads(text: str, stretch: Span, time: TimePhrase, before: Sequence[Trigger], after: Sequence[Trigger]) -> bool:
    """Tell whether the time belongs to what follows: "Hằng năm, các đơn vị …", "kịp thời báo cáo".

    A dated time after a verb is that verb's; a rhythm or an undated time is the next verb's where it stands beside it.
    """
    if not after:
        return False
    gap = _MODAL.match(text, time.end, after[0].start)
    beside = gap is not None and gap.end() == after[0].start
    if before:
        return beside and not dated(time) and time.kind in (TimeKind.RECURRENCE, TimeKind.UNSPECIFIED)
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
    return _repeated(time, rhythm.recurrence)


def _repeated(time: TimePhrase, rhythm: Recurrence | None) -> TimePhrase:
    return replace(time, kind=TimeKind.RECURRENCE, recurrence=rhythm)


def _strongest(pairs: Sequence[tuple[TimePhrase, Trigger]]) -> Iterator[tuple[TimePhrase, Trigger]]:
    """Yield for each verb its dated times, or where it has none the one undated time that says most."""
    for verb in dict.fromkeys(verb for _, verb in pairs):
        times = [time for time, other in pairs if other == verb]
        firm = [time for time in times if dated(time)]
        yield from ((time, verb) for time in firm or [min(times, key=_vagueness)])


def _vagueness(time: TimePhrase) -> int:
    if time.kind is TimeKind.RECURRENCE and time.recurrence is not Recurrence.UNSPECIFIED:
        return 0
    order = (TimeKind.DEADLINE, TimeKind.PERIOD, TimeKind.ON_REQUEST, TimeKind.RECURRENCE, TimeKind.UNSPECIFIED)
    return 1 + order.index(time.kind) if time.kind in order else 9


# ---- the time of the plan itself ------------------------------------------------------------------------------------

_PLAN = re.compile(
    r"(?<!\w)(?:phong trào|đợt|kế hoạch|chương trình|cuộc vận động|chiến dịch|thời gian|tháng cao điểm)[^.;:]{0,90}$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:từ|kể từ|bắt đầu|tính từ)\s", re.IGNORECASE)


def _span_of_plan(text: str, stretch: Span, times: Times) -> TimePhrase | None:
    """Return the span a movement or a plan is said to last: "Đợt thi đua bắt đầu từ … và kết thúc vào …"."""
    for time in times:
        lasting = time.kind is TimeKind.PERIOD and time.due is not None and _FROM.match(time.text)
        before = text[stretch.start : time.start]
        if (
            lasting
            and _PLAN.search(before)
            and not words.STATISTICS.search(before)
            and not words.EXPLAINED.search(before)
        ):
            return time
    return None


# ---- a duty without any time ---------------------------------------------------------------------------------------

_BACK_TO = re.compile(r"(?<!\w)về\s", re.IGNORECASE)


def _undated(text: str, stretch: Span, verbs: Sequence[Trigger]) -> Trigger | None:
    """Return the verb of a plain "báo cáo … về …" that names no time: worth asking the admin about."""
    verb = next((verb for verb in verbs if _reports(verb)), None)
    if verb is None or words.CONDITION.search(text, stretch.start, stretch.end):
        return None
    backwards = any(words.ACTOR.match(text, hit.end()) for hit in _BACK_TO.finditer(text, verb.start, stretch.end))
    return verb if backwards else None


# ---- what, who, to whom --------------------------------------------------------------------------------------------

# "báo cáo tháng trước ngày 20": the name of the report says how often.
_NAMED_RHYTHM = (("báo cáo tháng", Recurrence.MONTHLY), ("báo cáo tuần", Recurrence.WEEKLY))
_LIMITING = (TimeKind.DEADLINE, TimeKind.RECURRENCE)
_END_OF_WHAT = re.compile(r"\s(?:để|nhằm|làm cơ sở|làm căn cứ)(?!\w)|[;:]|\.$|\./")
_TIDY = " ,.;:*_(\n-"


def _duty(text: str, stretch: Span, verb: Trigger, time: TimePhrase | None, times: Times, owner: Span | None) -> Duty:
    own = tuple(other for other in times if other == time or other.kind in _LIMITING)
    purpose = words.PURPOSE.search(text, verb.end, stretch.end)
    end = purpose.start() if purpose is not None else stretch.end
    to = None if verb.kind is ObligationKind.FINISH else addressee(text, verb.start, end, times)
    mine = owner is not None and owner.start < verb.start
    what = _what(text, Span(owner.end if owner is not None and mine else stretch.start, end), verb, own, to)
    if time is not None and time.day is not None and time.month is None and time.recurrence is None:
        named = next((rhythm for word, rhythm in _NAMED_RHYTHM if what.lower().endswith(word)), None)
        time = _repeated(time, named) if named is not None else time
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
    what = _tidy(text[verb.start : min(limit, way)])
    if len(what) > verb.end - verb.start or len(what.split()) > 2:
        return what
    begin = max([within.start, *(time.end for time in times if time.end <= verb.start)])
    for match in re.finditer(
        r"[;:]|\.\s|(?<!\w)(?:phải|có trách nhiệm|chủ trì|phối hợp)(?!\w)", text[begin : verb.start]
    ):
        begin += match.end() if match.end() <= verb.start - begin else 0
        break
    before = _tidy(text[begin : verb.end])
    if len(before.split()) > len(what.split()):
        return before
    return what if verb.kind is ObligationKind.REPORT else _tidy(text[verb.start : limit])


_ONLY_DONE = re.compile(r"(?:hoàn thành|hoàn tất|thực hiện xong|xong)", re.IGNORECASE)
_LOOSE_END = re.compile(
    r"[\s,(]+(?:và|và gửi|gửi|hoàn thành|xong|thời gian hoàn thành:?|thời hạn:?|thời gian:?)?\s*$", re.IGNORECASE
)


def _tidy(what: str) -> str:
    return re.sub(r"^(?:và|hoặc)\s+", "", _LOOSE_END.sub("", what.strip(_TIDY)))
