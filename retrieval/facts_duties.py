"""Facts about duties: by when, and to whom."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.document import Obligation, ObligationKind, Recurrence, Span, TimeKind, TimePhrase
from knowledge.text import fold
from retrieval.evidence import Evidence
from retrieval.fact import Fact, Meant, Place
from retrieval.labelled import label_of
from retrieval.model import Question, Wanted
from retrieval.wording import one_line

_MOST_PLACES = 5
_MOST_DOCUMENTS = 10
_ALIKE = 0.9  # duties of one document that fit a question this closely are told side by side
# Which duties a question is about, by its own verbs; a report is also "sent" and "submitted".
_REPORT_ASKED = re.compile(r"\bbao cao\b|\bbc\b")
_SUBMIT_ASKED = re.compile(
    r"\b(?:nop|gui|dang ky|trinh|de nghi|ho so|nhan (?:bai|tac pham|san pham|anh|tranh|phieu))\b"
)
# "trong bao nhiêu ngày", which no rhythm answers and no date; "còn bao nhiêu ngày" is a date after all.
_HOW_MANY = re.compile(
    r"(?<!con )(?<!con lai )\b(?:bao nhieu|may) (?P<unit>ngay|tuan|thang|gio)\b(?! (?:nua|nao|mot lan|moi))"
)
_FEWEST = 3  # words of a label by which a duty is called: "Thời gian: …" is any duty's
_CALLED_SO = 0.8  # what a duty gains where the question has its label word for word: "Hạn cuối nhận bài: …"
_FINISH_ASKED = re.compile(r"\b(?:hoan thanh|tong ket|so ket|to chuc|xong)\b")
_CANONICAL = {
    Recurrence.WEEKLY: "hằng tuần",
    Recurrence.MONTHLY: "hằng tháng",
    Recurrence.QUARTERLY: "hằng quý",
    Recurrence.HALF_YEARLY: "6 tháng một lần",
    Recurrence.YEARLY: "hằng năm",
}
# How well a time answers "khi nào": a date or a rhythm does, "khi có yêu cầu" hardly, "kịp thời" not at all unless
# nothing else was said. By the rank of `_vagueness`.
_EXACTNESS = (1.0, 1.0, 0.85, 0.6, 0.5)


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation with its document and how well it fits the question."""

    meant: Meant
    obligation: Obligation
    fit: float
    called_so: bool = False  # the question has its label word for word

    @property
    def place(self) -> Place:
        """The sentence that states it."""
        return Place(self.meant.position, self.obligation.start, self.obligation.end)


def fitting_duties(question: Question, documents: Sequence[Meant], evidence: Evidence) -> list[Duty]:
    """Return the duties of `documents` that have a time, best fitting first."""
    # "hạn của nó?" after "hạn nộp báo cáo" is still about a report.
    carried = [term.text for term in question.terms] if question.follow_up else []
    folded = fold(" ".join((question.meant, *carried)))
    if question.follow_up:  # … and after "biên bản gửi cho ai" it is about that record
        evidence = replace(evidence, asked=frozenset(evidence.weights))
    counted = _HOW_MANY.search(fold(question.meant))
    duties = []
    for meant in documents:
        for obligation in meant.document.obligations:
            if obligation.kind is ObligationKind.PERIOD:
                continue
            if counted and not _counts(obligation.when, counted["unit"]):
                continue
            fit = evidence.coverage(words_of(meant, obligation)) + _kind_fit(folded, obligation.kind)
            called_so = _is_called_so(folded, meant.document.text[obligation.start : obligation.end])
            fit += _CALLED_SO if called_so else 0.0
            exact = _EXACTNESS[_vagueness(obligation.when)]
            duties.append(Duty(meant, obligation, fit * exact * (0.5 + 0.5 * meant.confidence), called_so))
    return sorted(duties, key=lambda duty: (-round(duty.fit, 3), _vagueness(duty.obligation.when)))


def deadline(duties: Sequence[Duty], today: date) -> Fact:
    """The deadline of the best fitting duty, with the days left; `duties` must not be empty.

    Where several bodies of one document owe nearly the same, each is named with its own time.
    """
    best = duties[0]
    alike = [duty for duty in duties if duty.fit >= _ALIKE * best.fit and duty.meant.position == best.meant.position]
    named = [duty for duty in alike if duty.obligation.who]
    places = tuple(
        dict.fromkeys(duty.place for duty in [best, *alike, *(d for d in duties if d.fit >= 0.8 * best.fit)])
    )
    if len({(duty.obligation.who, duty.obligation.when) for duty in named}) > 1 and len(named) == len(alike) <= 4:
        lines = [f"- {_who_does_what(duty)}: {_lower(say_when(duty.obligation.when, today))}" for duty in named]
        return Fact(Wanted.DEADLINE, "\n".join(dict.fromkeys(lines)), places[:_MOST_PLACES])
    return Fact(Wanted.DEADLINE, say_when(best.obligation.when, today), places[:_MOST_PLACES])


def _who_does_what(duty: Duty) -> str:
    return one_line(f"{duty.obligation.who} {_lower(duty.obligation.what)}", 90)


def deadlines_across(question: Question, duties: Sequence[Duty], today: date) -> Fact:
    """Every document's deadline, one line a document, exact dates first; `duties` must not be empty.

    A document speaks for itself with a duty of the kind asked for ("báo cáo"), where it has one.
    """
    folded = fold(question.meant)
    ranked = sorted(
        duties,
        key=lambda d: (-_kind_fit(folded, d.obligation.kind), _vagueness(d.obligation.when), -d.fit),
    )
    best: dict[int, Duty] = {}
    for duty in ranked:
        best.setdefault(duty.meant.position, duty)
    told = sorted(best.values(), key=lambda duty: _vagueness(duty.obligation.when))[:_MOST_DOCUMENTS]
    lines = [f"- {duty.meant.name}: {_lower(say_when(duty.obligation.when, today))}" for duty in told]
    return Fact(Wanted.DEADLINE, "\n".join(lines), tuple(duty.place for duty in told))


def report_to(duties: Sequence[Duty], today: date) -> Fact | None:
    """The addressee of the best fitting duty, with its time."""
    best = next((duty for duty in duties if duty.obligation.to), None)
    if best is None:
        return None
    when = f" {say_when(best.obligation.when, today)}" if best.obligation.when else ""
    return Fact(Wanted.REPORT_TO, f"Nơi nhận: {best.obligation.to}.{when}", (best.place,))


def vague(duty: Duty) -> bool:
    """Tell whether a duty has no date: "hằng năm", "theo quy định"."""
    when = duty.obligation.when
    return when is None or (_vagueness(when) > 0 and not when.day)


def say_when(when: TimePhrase | None, today: date) -> str:
    """Return the Vietnamese sentence that states a time, the phrase itself first, and the days left."""
    if when is None:
        return "Văn bản không ghi thời hạn."
    phrase = when.text.strip(" .,;")
    if when.due is not None and when.recurrence is None:
        return f"Thời hạn: {_lower(phrase)} ({days_left(when, today)})."
    if when.recurrence in _CANONICAL:
        fixed = "" if when.day else "; văn bản không ghi ngày cụ thể"
        rhythm = _CANONICAL[when.recurrence]
        return f"Thời hạn: {rhythm} (nguyên văn: “{phrase}”{fixed})."
    return f"Văn bản không ghi ngày cụ thể, chỉ ghi “{phrase}”."


def days_left(when: TimePhrase, today: date) -> str:
    """Return "còn 14 ngày, hạn cuối 04/12/2025", "hôm nay là hạn cuối" or "đã quá hạn 3 ngày"."""
    last = when.last_day
    if last is None:
        return "không tính được ngày"
    left = (last - today).days
    day = last.strftime("%d/%m/%Y")
    if left > 0:
        return f"ngày cuối cùng là {day}, còn {left} ngày"
    if left == 0:
        return f"hôm nay, {day}, là ngày cuối cùng"
    return f"ngày cuối cùng là {day}, đã quá hạn {-left} ngày"


def words_of(meant: Meant, obligation: Obligation) -> str:
    """Return the words a duty is recognised by: its document, who, the headings above it, the sentence."""
    section = meant.document.sections[obligation.section]
    heading = section.heading
    while section.parent is not None:
        section = meant.document.sections[section.parent]
        heading = f"{section.heading} {heading}"
    span = Span(obligation.start, obligation.end)
    return f"{meant.head} {obligation.who or ''} {heading} {span.of(meant.document.text)}"


def _kind_fit(folded: str, kind: ObligationKind) -> float:
    """Return what a duty gains by being of the kind asked for; a report is also "sent" and "submitted"."""
    if _REPORT_ASKED.search(folded):
        return 0.4 if kind is ObligationKind.REPORT else 0.0
    asked = {ObligationKind.SUBMIT: _SUBMIT_ASKED, ObligationKind.FINISH: _FINISH_ASKED}
    return 0.4 if kind in asked and asked[kind].search(folded) else 0.0


def _counts(when: TimePhrase | None, unit: str) -> bool:
    """Tell whether a time is a number of what the question counts: "trong 10 ngày", not "hằng tháng"."""
    return when is not None and re.search(rf"\d\W*(?:\w+\W+)?{unit}\b", fold(when.text)) is not None


def _is_called_so(folded: str, sentence: str) -> bool:
    label = fold(label_of(sentence))
    return len(label.split()) >= _FEWEST and f" {label} " in f" {folded} "


def _vagueness(when: TimePhrase | None) -> int:
    """Rank how exact a time is: 0 a date, 1 a rhythm, 2 on request, 3 "theo quy định", 4 nothing."""
    if when is None:
        return 4
    if when.due is not None and when.recurrence is None:
        return 0
    if when.recurrence in _CANONICAL:
        return 1
    return 2 if when.kind is TimeKind.ON_REQUEST else 3


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
