"""One sentence → the duties it states.

A sentence is cut into stretches at semicolons and at "đồng thời"; who acts, a rhythm, a verb named in one go for
those that follow. Knows the document's text and offsets into it; knows nothing of sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge import duty_words as words
from knowledge.document import ObligationKind, Recurrence, Span, TimeKind, TimePhrase
from knowledge.duty_pairs import Times, bare_rhythm, pairs, repeated, reports, vagueness
from knowledge.duty_parties import addressee, subject
from knowledge.duty_triggers import Trigger, counts, dated, says_when, triggers, unlisted
from knowledge.duty_wording import Duty, only_done, stated, tidy

_CUT = re.compile(r";|,?\s+đồng thời(?=\s)|\.\s(?=[A-ZĐ])|,\s+(?=riêng\s)", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class _Known:
    """What the stretches before have said."""

    owner: Span | None = None  # who acts
    rhythm: TimePhrase | None = None  # "Hằng năm, …"
    verb: Trigger | None = None  # of the stretch just before: "nộp đợt 1 trước …; đợt 2 trước …"
    task: str = ""  # what that stretch orders without a time: "lập phương án mua sắm; hoàn thành trong quý IV/2026"


def duties(text: str, start: int, end: int, found: Times, *, ordered: bool = True) -> tuple[Duty, ...]:
    """Return the duties of the sentence `text[start:end]`; `found` are the phrases of time in it.

    `ordered` is False where the text explains rather than orders: there only reports and submissions with a date count.
    """
    result: list[Duty] = []
    known = _Known()
    conditional = words.CONDITION.search(text, start, end) is not None
    for stretch in stretches(text, start, end):
        times = tuple(time for time in found if stretch.start <= time.start and time.end <= stretch.end)
        own = subject(text, stretch.start, stretch.end, times)
        if own is not None and any(not text[own.end : time.start].strip(" ,") for time in times):
            own = None  # up to the time nothing is left that it would do: the verb, in no list, was taken for its name
        known = replace(known, owner=own or known.owner)
        verbs = triggers(text, own.end if own is not None else stretch.start, stretch.end, times)
        if not verbs and known.verb is None:
            verbs = unlisted(text, Span(own.end if own is not None else stretch.start, stretch.end), times)
        span = _span_of_plan(text, stretch, times)
        if span is not None:
            result.append(Duty(ObligationKind.PERIOD, None, tidy(text[stretch.start : span.start]), None, span))
        chosen = [(time, verb) for time, verb in _chosen(text, stretch, times, verbs, known) if time != span]
        for time, verb in chosen:
            if (ordered or _firm(time, verb)) and not _excused(text, stretch, time, verb, conditional):
                duty = stated(text, stretch, verb, time, times, known.owner)
                result.append(replace(duty, what=known.task) if known.task and only_done(duty.what) else duty)
        plain = _undated(text, stretch, verbs) if not chosen and known.owner is not None else None
        if plain is not None and not conditional:
            result.append(stated(text, stretch, plain, None, times, known.owner))
        known = _learnt(text, stretch, known, chosen, verbs)
    return _alike(result)


def _chosen(
    text: str, stretch: Span, times: Times, verbs: Sequence[Trigger], known: _Known
) -> list[tuple[TimePhrase, Trigger]]:
    """Return the times of the stretch with their verbs; one without a verb goes on with the verb before."""
    chosen = list(pairs(text, stretch, times, verbs, known.rhythm))
    if chosen or verbs or known.verb is None or words.REFUSED.search(text, stretch.start, stretch.end):
        return chosen
    return [(time, known.verb) for time in times if dated(time) and counts(text, stretch.start, time)]


def _learnt(
    text: str, stretch: Span, known: _Known, chosen: Sequence[tuple[TimePhrase, Trigger]], verbs: Sequence[Trigger]
) -> _Known:
    """Return what is known after the stretch."""
    leading = (time for time, verb in chosen if time.start < verb.start and bare_rhythm(time))
    return replace(
        known,
        rhythm=next(leading, known.rhythm),
        verb=chosen[-1][1] if chosen else None,
        task=tidy(text[verbs[0].start : stretch.end]) if verbs and not chosen else "",
    )


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
            found[index] = replace(duty, when=repeated(when, rhythm[duty.kind]))
    return tuple(found)


def _firm(time: TimePhrase, verb: Trigger) -> bool:
    lasting = dated(time) or time.kind is TimeKind.RECURRENCE
    return lasting and verb.kind in (ObligationKind.REPORT, ObligationKind.SUBMIT)


def _excused(text: str, stretch: Span, time: TimePhrase, verb: Trigger, conditional: bool) -> bool:
    """Tell whether the words make it no duty of a date: a goal to strive for, a report only if something happens."""
    if verb.kind is ObligationKind.FINISH and words.GOAL.search(text, stretch.start, verb.start):
        return True
    return conditional and not dated(time)


def given(text: str, content: Span, kind: ObligationKind, label: str, found: Times) -> tuple[Duty, ...]:
    """Return the duties whose times stand in `content` after a label: "Thời hạn gửi báo cáo: …; …"."""
    result: list[Duty] = []
    for stretch in stretches(text, content.start, content.end):
        times = [time for time in found if stretch.start <= time.start and time.end <= stretch.end and says_when(time)]
        times = [time for time in times if not _cited(text, stretch, time)]
        firm = [time for time in times if dated(time)] or sorted(times, key=vagueness)[:1]
        if kind is ObligationKind.PERIOD:  # "Thời gian: 08 giờ ngày 15/8" is when an event is, not how long a plan runs
            firm = [time for time in firm if time.kind in (TimeKind.PERIOD, TimeKind.DEADLINE) and time.due is not None]
        for time in firm:
            before, after = tidy(text[stretch.start : time.start]), tidy(text[time.end : stretch.end])
            handed_in = kind in (ObligationKind.REPORT, ObligationKind.SUBMIT)
            telling = handed_in and len(before.split()) > 1 and not _TELLS_WHEN.match(before)
            if kind is ObligationKind.FINISH and not before and text[time.end : time.end + 1] == ":" and after:
                label = after  # "Tháng 3/2026: lễ phát động."
            to = addressee(text, stretch.start, stretch.end, found) if handed_in else None
            result.append(Duty(kind, None, before if telling else label, to.name.of(text) if to else None, time))
    return _alike(result)


_TELLS_WHEN = re.compile(r"(?:bắt đầu|từ|kể từ|kết thúc|dự kiến|theo|đến|trước|sau)\s", re.IGNORECASE)


def _cited(text: str, stretch: Span, time: TimePhrase) -> bool:
    """Tell whether a time is of what is cited: "theo Thông báo số 9/TB-UBND ngày …", "đại biểu nhiệm kỳ 2031-2036"."""
    before = text[stretch.start : time.start]
    term = time.text.lower().startswith(("nhiệm kỳ", "khóa", "khoá"))
    return (time.kind is TimeKind.DATE and words.CITED.search(before) is not None) or (term and bool(before.strip()))


_PLAN = re.compile(
    r"(?<!\w)(?:phong trào|đợt (?:thi đua|cao điểm|phát động|tuyên truyền)|kế hoạch (?:này|được|thực hiện)"
    r"|cuộc vận động|chiến dịch|tháng cao điểm|thời gian (?:thực hiện|phát động|triển khai|tổ chức|thi đua))"
    r"[^.;:]{0,60}$",
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


_BACK_TO = re.compile(r"(?<!\w)về\s", re.IGNORECASE)


def _undated(text: str, stretch: Span, verbs: Sequence[Trigger]) -> Trigger | None:
    """Return the verb of a plain "báo cáo … về …" that names no time: worth asking the admin about."""
    verb = next((verb for verb in verbs if reports(verb)), None)
    if verb is None:
        return None
    backwards = any(words.ACTOR.match(text, hit.end()) for hit in _BACK_TO.finditer(text, verb.start, stretch.end))
    return verb if backwards else None
