"""Who must do what, report to whom, by when: the duties a document states.

Walks the section tree; a sentence is read by `knowledge.duty_sentences`, a labelled line ("Thời gian thực hiện: …")
by `knowledge.duty_labels`, a table by `knowledge.duty_tables`. A duty without any time is left out, except a plain
"báo cáo … về …", which the admin should see (`when` is None).

Every part of a row of `tdkt obligations` is here or one step away: the place is `sections[o.section].cite`, the
verbatim time `o.when.text`, then `o.when.due` and `o.when.recurrence`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge import duty_words as words
from knowledge.document import (
    FRAME_SECTIONS,
    Header,
    Obligation,
    ObligationKind,
    Section,
    Span,
    TimePhrase,
)
from knowledge.duty_events import event_of
from knowledge.duty_labels import is_bare, label_kind, label_name
from knowledge.duty_owners import inherited
from knowledge.duty_parties import subject
from knowledge.duty_sentences import duties, given
from knowledge.duty_tables import is_row, rows
from knowledge.duty_tree import Tree
from knowledge.duty_triggers import triggers
from knowledge.duty_wording import Duty


def find_obligations(text: str, sections: Sequence[Section], header: Header) -> tuple[Obligation, ...]:
    """Return the duties that the document states, in reading order."""
    tree = Tree(text, sections, header.date)
    return tuple(
        duty
        for section in sections
        if section.kind not in FRAME_SECTIONS and not tree.under(section, words.TEMPLATE)
        for duty in _section(tree, section)
    )


def _section(tree: Tree, section: Section) -> Iterator[Obligation]:
    """Yield the duties of the section's own text: the rows of its tables, then its sentences."""
    if "|" in tree.text[section.start : section.end]:
        for row in rows(tree.text, section.start, section.end, tree.issued):
            yield Obligation(row.kind, row.who, row.what, row.to, row.when, section.index, row.start, row.end)
    for sentence in tree.sentences(section):
        if is_row(sentence.of(tree.text)) or words.METADATA.fullmatch(sentence.of(tree.text)):
            continue
        found = _stated(tree, section, sentence)
        other = inherited(tree, section, sentence) if any(duty.who is None for duty in found) else None
        for duty in found:
            who = duty.who or (other if duty.kind is not ObligationKind.PERIOD else None)
            yield Obligation(duty.kind, who, duty.what, duty.to, duty.when, section.index, sentence.start, sentence.end)


def _stated(tree: Tree, section: Section, sentence: Span) -> list[Duty]:
    """Return the duties one sentence states, by its own verbs or under a label."""
    begin = tree.begin(sentence)
    times = tree.times(begin, sentence.end)
    line = Span(begin, sentence.end)
    kind, content = _label(tree, section, line, times)
    if kind is not None and times:
        found = _given(tree, section, line, kind, content, times)
    elif times or words.REPORT.search(tree.text, begin, sentence.end):
        ordered = not tree.under(section, words.EXPLAINS)
        event = event_of(tree.text, line, times) if ordered else None
        found = (event,) if event else duties(tree.text, begin, sentence.end, times, ordered=ordered)
    else:
        return []
    return [duty for duty in found if not _past(tree, duty)]


_LONGEST_NAME = 20  # words of what a line names before its colon
_LONG_AGO = 1990  # no duty of a document that is still asked about is due before


def _past(tree: Tree, duty: Duty) -> bool:
    """Tell whether the time was over when the document was issued: it tells what was done, and orders nothing."""
    due = duty.when.due if duty.when is not None else None
    if due is not None and due.year < _LONG_AGO and (tree.issued is None or tree.issued.year > due.year):
        return True  # "con của người hoạt động cách mạng trước ngày 01/01/1945"
    if duty.kind is not ObligationKind.FINISH or due is None or tree.issued is None:
        return False
    whole = tree.issued.whole
    return due < whole if whole is not None else due.year < tree.issued.year


# ---- labels: "Thời gian thực hiện: …" ------------------------------------------------------------------------------


def _label(
    tree: Tree, section: Section, line: Span, times: tuple[TimePhrase, ...]
) -> tuple[ObligationKind | None, Span]:
    """Return which duty a label gives the time for, the line's own or its heading's, and the words after it."""
    first = min((time.start for time in times), default=line.end)
    colon = tree.text.find(":", line.start, first)
    end = colon if colon >= 0 else first
    own = label_kind(tree.text[line.start : end], marked=colon >= 0)
    content = Span(min(line.end, colon + 1 if colon >= 0 else end), line.end)
    orders = triggers(tree.text, content.start if own is not None else line.start, line.end, times)
    if own is not None:
        return (None, line) if orders and own is ObligationKind.PERIOD else (own, content)
    parent = tree.parent(section)
    if parent is None or orders or tree.times(parent.start, parent.end):
        return None, line
    return label_kind(tree.words(parent)), line  # a label that stands alone, as a heading does, holds for what follows


def _given(
    tree: Tree, section: Section, line: Span, kind: ObligationKind, content: Span, times: tuple[TimePhrase, ...]
) -> tuple[Duty, ...]:
    """Return the duties whose times stand under a label."""
    parent = tree.parent(section)
    label = tree.text[line.start : content.start].strip(" :*")
    if not label and parent is not None:
        label = tree.words(parent)
    if kind in (ObligationKind.FINISH, ObligationKind.PERIOD):
        task = _task(tree, section, line) or (_titled(parent) if parent is not None and is_bare(label) else None)
        if task is not None:  # the time of one task, not of the plan
            task = (_named(tree, line, times) if content.start == line.start else None) or task
            return given(tree.text, content, ObligationKind.FINISH, task, times)
    return given(tree.text, content, kind, label_name(label, kind), times)


def _named(tree: Tree, line: Span, times: tuple[TimePhrase, ...]) -> str | None:
    """Return what a line below a label names before its time: "Phỏng vấn vòng 2: dự kiến trong tháng 4/2031"."""
    colon = tree.text.find(":", line.start, min(time.start for time in times))
    name = tree.text[line.start : colon].strip(" *_") if colon >= 0 else ""
    return name if 1 < len(name.split()) <= _LONGEST_NAME else None


def _task(tree: Tree, section: Section, line: Span) -> str | None:
    """Return the task that a label in `section` belongs to: the order given just above it, or None."""
    for above in tree.around(section):
        first = next(tree.sentences(above), None)
        task = _order(tree, first) if first is not None and first.end <= line.start else None
        if task is not None:
            return task
    return None


def _titled(section: Section) -> str | None:
    """Return the heading of a task: "Lớp tập huấn nghiệp vụ", not "NỘI DUNG" or "Tổ chức thực hiện"."""
    general = section.heading.isupper() or words.GENERAL_HEADING.match(section.heading) or label_kind(section.heading)
    return section.heading if section.heading and not general else None


def _order(tree: Tree, sentence: Span) -> str | None:
    """Return the sentence when it orders something: "Tổ chức Hội nghị điển hình tiên tiến", not a chapter's title."""
    begin = tree.begin(sentence)
    line = tree.text[begin : sentence.end].strip(" *.;:\n")
    verbs = triggers(tree.text, begin, sentence.end)
    if not verbs or line.isupper() or words.GENERAL_HEADING.match(line):
        return None
    owned = subject(tree.text, begin, sentence.end, ())
    return line if verbs[0].start <= (owned.end + 40 if owned is not None else begin) else None
