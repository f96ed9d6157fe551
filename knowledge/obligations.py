"""Who must do what, report to whom, by when: the duties a document states.

Walks the section tree; a sentence is read by `knowledge.duty_sentences`, a labelled line ("Thời gian thực hiện: …")
by `knowledge.duty_labels`, a table by `knowledge.duty_tables`. A duty without any time is left out, except a plain
"báo cáo … về …", which the admin should see (`when` is None).

Every part of a row of `tdkt obligations` is here or one step away: the place is `sections[o.section].cite`, the
verbatim time `o.when.text`, then `o.when.due` and `o.when.recurrence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge import duty_words as words
from knowledge.deadlines import find_times
from knowledge.document import (
    Header,
    Obligation,
    ObligationKind,
    PartialDate,
    Section,
    SectionKind,
    Span,
    TimePhrase,
)
from knowledge.duty_labels import label_kind, owner
from knowledge.duty_parties import lead, subject
from knowledge.duty_sentences import Duty, duties, given
from knowledge.duty_tables import is_row, rows
from knowledge.duty_triggers import triggers
from knowledge.sentences import sentences

_FRAME = {
    SectionKind.HEADER,
    SectionKind.TITLE,
    SectionKind.PREAMBLE,
    SectionKind.RECIPIENTS,
    SectionKind.SIGNATURE,
    SectionKind.NOISE,
}
_LABEL = re.compile(
    r"(?:[-+•*–]\s*|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]\d?|[IVXLC]+)[.)]\s+|(?:Điều|Mục|Khoản)\s+\d+\w?[.:]?\s*|\*+|\s+)+"
)


def find_obligations(text: str, sections: Sequence[Section], header: Header) -> tuple[Obligation, ...]:
    """Return the duties that the document states, in reading order."""
    return tuple(_Walk(text, sections, header.date).obligations())


@dataclass(frozen=True, slots=True)
class _Walk:
    """One reading of a document."""

    text: str
    sections: Sequence[Section]
    issued: PartialDate | None

    def obligations(self) -> Iterator[Obligation]:
        """Yield the duties section by section."""
        for section in self.sections:
            if section.kind in _FRAME or self._under(section, words.TEMPLATE):
                continue
            if "|" in self.text[section.start : section.end]:
                for row in rows(self.text, section.start, section.end, self.issued):
                    yield Obligation(row.kind, row.who, row.what, row.to, row.when, section.index, row.start, row.end)
            for sentence in sentences(self.text, section.start, section.end):
                if not is_row(sentence.of(self.text)):
                    yield from self._sentence(section, sentence)

    def _sentence(self, section: Section, sentence: Span) -> Iterator[Obligation]:
        begin = self._begin(sentence)
        times = self._times(begin, sentence.end)
        kind, content = self._labelled(section, Span(begin, sentence.end), times)
        ordered = not self._under(section, words.EXPLAINS)
        if kind is not None and times:
            found = self._given(section, sentence, kind, content, times)
        elif times or words.REPORT.search(self.text, begin, sentence.end):
            found = duties(self.text, begin, sentence.end, times, ordered=ordered)
        else:
            return
        inherited = self._who(section, sentence) if any(duty.who is None for duty in found) else None
        for duty in found:
            if not self._past(duty):
                who = duty.who or inherited
                yield Obligation(
                    duty.kind, who, duty.what, duty.to, duty.when, section.index, sentence.start, sentence.end
                )

    def _begin(self, sentence: Span) -> int:
        """Return where the words of the sentence begin, after its label or bullet."""
        label = _LABEL.match(self.text, sentence.start, sentence.end)
        return label.end() if label is not None else sentence.start

    def _times(self, start: int, end: int) -> tuple[TimePhrase, ...]:
        return tuple(
            replace(time, start=time.start + start, end=time.end + start)
            for time in find_times(self.text[start:end], issued=self.issued)
        )

    def _past(self, duty: Duty) -> bool:
        """Tell whether the time was over when the document was issued: it tells what was done, and orders nothing."""
        due = duty.when.due if duty.when is not None else None
        if duty.kind is not ObligationKind.FINISH or due is None or self.issued is None:
            return False
        whole = self.issued.whole
        return due < whole if whole is not None else due.year < self.issued.year

    # ---- labels: "Thời gian thực hiện: …" ----------------------------------------------------------------------

    def _labelled(
        self, section: Section, line: Span, times: tuple[TimePhrase, ...]
    ) -> tuple[ObligationKind | None, Span]:
        """Return which duty a label gives the time for, the sentence's own or its heading's, and the words after it."""
        first = min((time.start for time in times), default=line.end)
        colon = self.text.find(":", line.start, first)
        end = colon if colon >= 0 else first
        own = label_kind(self.text[line.start : end], marked=colon >= 0)
        if own is not None:
            return own, Span(min(line.end, colon + 1 if colon >= 0 else end), line.end)
        parent = self._parent(section)
        if parent is None or self._times(parent.start, parent.end) or triggers(self.text, line.start, line.end, times):
            return None, line
        # A label that stands alone, as a heading does, holds for what follows.
        return label_kind(parent.heading or self.text[self._begin(Span(parent.start, parent.end)) : parent.end]), line

    def _given(
        self, section: Section, sentence: Span, kind: ObligationKind, content: Span, times: tuple[TimePhrase, ...]
    ) -> tuple[Duty, ...]:
        """Return the duties whose times stand under a label."""
        task = self._task(section, sentence) if kind in (ObligationKind.FINISH, ObligationKind.PERIOD) else None
        if kind is ObligationKind.PERIOD and task is not None:
            kind = ObligationKind.FINISH  # the time of one task, not of the plan
        heading = self._begin(sentence)
        label = self.text[heading : content.start].strip(" :*") if content.start > heading else ""
        if not label and (parent := self._parent(section)) is not None:
            label = self.text[self._begin(Span(parent.start, parent.end)) : parent.end].strip(" :*\n")
        return given(self.text, content, kind, task or label, times)

    def _task(self, section: Section, sentence: Span) -> str | None:
        """Return the task that a label in `section` belongs to: the order given just above it, or None."""
        above: Section | None = section
        while above is not None:
            for first in sentences(self.text, above.start, above.end):
                if first.start >= sentence.start:
                    break
                task = self._order(first)
                if task is not None:
                    return task
                break
            above = self._parent(above)
        return None

    def _order(self, sentence: Span) -> str | None:
        """Return the sentence without its time when it orders something: "Tổ chức Hội nghị điển hình tiên tiến"."""
        begin = self._begin(sentence)
        line = self.text[begin : sentence.end].strip(" *.;:\n")
        verbs = triggers(self.text, begin, sentence.end)
        owned = subject(self.text, begin, sentence.end, ())
        if not verbs or line.isupper() or words.GENERAL_HEADING.match(line):
            return None
        return line if verbs[0].start <= (owned.end + 40 if owned is not None else begin) else None

    # ---- who --------------------------------------------------------------------------------------------------

    def _who(self, section: Section, sentence: Span) -> str | None:
        """Return who acts where the sentence does not say: the sentence before, "Đơn vị chủ trì: …", the heading."""
        before = [one for one in sentences(self.text, section.start, section.end) if one.start <= sentence.start]
        for one in reversed(before):
            named = owner(one.of(self.text)) or self._subject(one)
            if named is not None:
                return named
        for other in self._siblings(section):
            named = owner(self.text[other.start : other.end])
            if named is not None:
                return named
        return self._lead(section)

    def _subject(self, sentence: Span) -> str | None:
        begin = self._begin(sentence)
        found = subject(self.text, begin, sentence.end, self._times(begin, sentence.end))
        return found.of(self.text) if found is not None else None

    def _lead(self, section: Section) -> str | None:
        """Return the office that a heading above names, or the sentence that leads into a list."""
        for above in self._above(section):
            first = next(sentences(self.text, above.start, above.end), None)
            if first is None:
                continue
            last = self.text[above.start : above.end].rstrip(" *\n")
            if above.heading or last.endswith(":"):
                found = lead(self.text, self._begin(first), first.end)
                named = found.of(self.text) if found is not None else self._subject(first)
                if named is not None:
                    return named
        return None

    # ---- the tree ---------------------------------------------------------------------------------------------

    def _parent(self, section: Section) -> Section | None:
        return self.sections[section.parent] if section.parent is not None else None

    def _above(self, section: Section) -> Iterator[Section]:
        """Yield what leads to `section`: a lead-in paragraph just before its list, then the sections around it."""
        index = section.index - 1
        while index >= 0 and self.sections[index].parent == section.parent:
            if self.sections[index].kind is not section.kind:
                if self.sections[index].kind is SectionKind.PARAGRAPH:
                    yield self.sections[index]
                break
            index -= 1
        parent = self._parent(section)
        while parent is not None:
            yield parent
            parent = self._parent(parent)

    def _siblings(self, section: Section) -> Iterator[Section]:
        """Yield the items beside a labelled line, where "Đơn vị chủ trì: …" stands."""
        for other in self.sections[max(0, section.index - 8) : section.index + 9]:
            if other.parent == section.parent and other.kind is section.kind and section.parent is not None:
                yield other

    def _under(self, section: Section, pattern: re.Pattern[str]) -> bool:
        """Tell whether the section or one around it has a heading that fits `pattern`."""
        around: Section | None = section
        while around is not None:
            if pattern.match(around.heading) or (around.kind is SectionKind.APPENDIX and pattern.match(around.label)):
                return True
            around = self._parent(around)
        return False
