"""What of the passages found is shown: the sentence that has the form asked for, each place once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.document import Document, Span
from knowledge.sentences import sentences
from knowledge.text import fold

from . import labelled
from .evidence import Evidence
from .expected import Expected
from .forms import form_preferred
from .model import Citation, Hit, Question
from .quotes import Nearness
from .rows import with_heading

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_CELL = 80  # characters: a line so short may be a cell of a table that lost its rows …
_CELLS = 3  # … whose figures stand in one of the next so many
_BEHIND, _BEHIND_LABELLED = 0.8, 4.0  # points by which a passage of the right form may follow, and one so labelled
# Coverage of the best passage: with less, something is asked that the document does not speak of ("bế giảng ngày nào").
_ALL_BUT_A_WORD = 0.8
# So few passages have one that it may stand in another document, too, where the question names none.
_RARE = ("số điện thoại", "địa chỉ thư điện tử")
_WHOSE = 0.97  # coverage of a sentence that says whose number it is; that it is one it need not say
_TOLD = 0.7  # coverage of a sentence that by itself says what is asked: fewer words stand beside any amount
# Share of the question that the quote of the best passage leaves unsaid, where there is something to say; coverage of
# that by a sentence which says the rest: the best one names the matter at length, "mức hỗ trợ" stands elsewhere.
_UNSAID, _SAYS_THE_REST = 0.25, 0.97
_AS_NEAR = 0.8  # share of the cosine of the quote that one of the right form must have, whatever its words
_AS_TELLING = 0.5  # share of the best sentence's evidence that one of the right form must have


def showing_form(
    question: Question,
    lead: Citation,
    document: Document,
    evidence: Evidence,
    near: Nearness | None = None,
    *,
    all_said: bool = False,
) -> Citation:
    """Quote the sentence of the same passage that has the form asked for, where it is about as telling.

    As telling by its words or, as `near` has it, by what they mean. `all_said`: the passage with the headings above it
    has every word asked, so its sentences need not repeat them.
    """
    form = form_preferred(question)
    if form is None or form.shows(with_heading(document.text, lead.start, lead.end)):
        return lead
    start = document.text.find(lead.passage)
    if start < 0:
        return lead
    least = 0.0 if all_said else _AS_TELLING * evidence.score(lead.quote)
    parts = sentences(document.text, start, start + len(lead.passage))
    labelled_parts = _with_labels(form, document.text, parts)
    formed = [part for part in labelled_parts if form.shows(with_heading(document.text, part.start, part.end))]
    words = [part.of(document.text) for part in formed]
    lead_nearness, *cosines = near([lead.quote, *words]) if near is not None else [0.0] * (len(words) + 1)
    scores = [evidence.score(one) for one in words]
    showing = [
        (score, cosine, -part.start, part)
        for part, said, score, cosine in zip(formed, words, scores, cosines, strict=True)
        if form.telling or score >= least or cosine > _AS_NEAR * lead_nearness or labelled.opens(form, said)
    ]
    if not showing:
        return _with_its_cells(lead, document, form)
    *_, best = max(showing, key=lambda one: one[:3])
    return _quoting(lead, document, best)


def naming_it(thing: str, lead: Citation, document: Document, evidence: Evidence) -> Citation:
    """Quote the most telling sentence of the same passage that names `thing`; the `lead` where none does."""
    start = document.text.find(lead.passage)
    if start < 0:
        return lead
    parts = sentences(document.text, start, start + len(lead.passage))
    naming = [part for part in parts if fold(thing) in fold(" ".join(part.of(document.text).split()))]
    if not naming:
        return lead
    best = max(naming, key=lambda part: (evidence.score(part.of(document.text)), -part.start))
    return _quoting(lead, document, best)


def _quoting(lead: Citation, document: Document, span: Span) -> Citation:
    """Return `lead` with another quotation from its passage."""
    return replace(
        lead,
        section=document.section_at(span.start).cite,
        quote=span.of(document.text),
        start=span.start,
        end=span.end,
    )


def _with_labels(form: Expected, text: str, found: Iterable[Span]) -> Iterator[Span]:
    """Yield the sentences `found`, each with the label for such answers that stands on a line of its own before it.

    What only announces the next ("3. Địa điểm nhận hồ sơ:") says nothing alone.
    """
    label: Span | None = None
    for span in found:
        words = span.of(text)
        if words.rstrip(" *_").endswith(":"):
            label = span if labelled.opens(form, words) else None
            continue
        yield span if label is None else Span(label.start, span.end)
        label = None


def _with_its_cells(lead: Citation, document: Document, form: Expected) -> Citation:
    """Quote on to the cell that has the form, where a table came out as one short line a cell."""
    stop = document.text.find(lead.passage) + len(lead.passage)
    end = lead.start
    for count, cell in enumerate(sentences(document.text, lead.start, stop)):
        text = cell.of(document.text)
        if len(text) > _CELL or (cell.start >= lead.end and count > _CELLS):
            return lead
        end = cell.end
        if cell.start >= lead.end and form.shows(text):
            return replace(lead, quote=document.text[lead.start : end], end=end)
    return lead


def form_first(
    question: Question,
    hits: Sequence[Hit],
    snapshot: Snapshot,
    lead: Citation,
    evidence: Evidence,
    *,
    labelled_only: bool,
) -> list[Hit]:
    """Put first the passage of the best one's document that has the form asked for; to be asked where the best has not.

    Where it stands under a label for such answers, or in a sentence that says as much of what is asked as the quote of
    the `lead`, or all that this leaves unsaid, it may follow far behind. `labelled_only`: the best has the form, but
    among the legal bases, where some other document's date stands.
    """
    form = form_preferred(question)
    if form is None:
        return list(hits)
    as_telling = evidence.score(lead.quote)
    whose, unsaid = evidence.without(form.name), evidence.without(lead.quote)
    lacks = not labelled_only and unsaid.total >= _UNSAID * evidence.total
    known = hits[0].coverage >= _ALL_BUT_A_WORD
    document = snapshot.passage(hits[0].passage).document
    found: list[tuple[bool, float, int]] = []
    for place, hit in enumerate(hits[1:], 1):
        passage = snapshot.passage(hit.passage)
        behind = hits[0].points - hit.points
        elsewhere = passage.document != document and (form.name not in _RARE or question.documents)
        if elsewhere or behind > _BEHIND_LABELLED or not form.shows(passage.text):
            continue
        under_label = known and labelled.stands_in(
            form, passage.text, passage.context.rpartition(" › ")[2], evidence.weights.keys()
        )
        told = any(
            form.shows(words := span.of(passage.text))
            and (
                (evidence.coverage(words) >= _TOLD and evidence.score(words) >= as_telling)
                or (form.name in _RARE and whose.coverage(words) >= _WHOSE)
                or (form.telling and passage.document == document)
                or (lacks and passage.document == document and unsaid.coverage(words) >= _SAYS_THE_REST)
            )
            for span in sentences(passage.text, 0, len(passage.text))
        )
        if under_label or told or (known and behind <= _BEHIND and not labelled_only):
            found.append((under_label or told, hit.points, -place))
    if not found:
        return list(hits)
    chosen = -max(found)[2]
    return [hits[chosen], *hits[:chosen], *hits[chosen + 1 :]]


def distinct(citations: Sequence[Citation], most: int) -> list[Citation]:
    """Keep the first `most` citations, one a stretch of text: a fact's words and the hit around them are one place."""
    kept: list[Citation] = []
    for citation in citations:
        if not any(
            citation.document == other.document and citation.start < other.end and other.start < citation.end
            for other in kept
        ):
            kept.append(citation)
    return kept[:most]


def apart(citations: Sequence[Citation]) -> list[Citation]:
    """Leave out the citations whose passage a better one's already shows: two clauses of one short article."""
    kept: list[Citation] = []
    for citation in citations:
        if not any(citation.document == other.document and citation.passage in other.passage for other in kept):
            kept.append(citation)
    return kept
