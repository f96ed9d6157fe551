"""Hits to citations: which words of which passage are quoted, and which of the quotations comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.window import passage_around
from knowledge.document import Span
from retrieval import refusal
from retrieval.evidence import Evidence
from retrieval.fact import Place
from retrieval.forms import form_asked, form_preferred
from retrieval.items import narrowed
from retrieval.labelled import has_label_of, loses_thing_asked, openings
from retrieval.model import Citation, Hit, Question, Wanted
from retrieval.names import unsaid_row
from retrieval.nearness import sentence_nearness
from retrieval.quotes import MAX_QUOTE, Nearness, best_quotes
from retrieval.rows import Heading, heading_over, rows_below, table_heading, with_heading
from retrieval.showing import form_first, naming_it, showing_form

if TYPE_CHECKING:
    from index.passage import Passage
    from index.snapshot import Snapshot

MOST_CITATIONS = 5
_ALL_SAID = 0.97  # coverage from which a passage has every word of the turn
_SAYS_MOST, _SAYS_MORE = 0.5, 0.1  # of the question, that a row must say; more than the row of the best passage
_BEFORE_THE_BODY = ("header", "title", "preamble")
_OF_THE_FRAME = frozenset({Wanted.SYMBOL, Wanted.ISSUE_DATE, Wanted.ISSUER, Wanted.LEGAL_BASES})
_LISTING = (Wanted.AWARDS, Wanted.CRITERIA, Wanted.DUTIES, Wanted.RECIPIENTS)


def over_documents(question: Question) -> bool:
    """Tell whether every document is asked; one that is named keeps the question to itself."""
    return question.across and not question.exclusive


class Citer:
    """Quotes from the documents of one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def from_hits(self, question: Question, hits: Sequence[Hit], evidence: Evidence) -> list[Citation]:
        """Quote from the best hits; over several documents, one quotation a document."""
        listing = any(wanted in _LISTING for wanted in question.wanted)
        near = self._near(question)
        chosen: list[tuple[Hit, Passage]] = []
        seen: set[int] = set()
        for hit in hits:
            passage = self.snapshot.passage(hit.passage)
            if over_documents(question) and passage.document in seen:
                continue
            seen.add(passage.document)
            chosen.append((hit, passage))
            if len(chosen) == MOST_CITATIONS:
                break
        windows = [(self.snapshot.document(one.document), Span(one.start, one.end)) for _, one in chosen]
        items = narrowed(windows, question.meant)
        windows = [(document, own or within) for (document, within), own in zip(windows, items, strict=True)]
        quotes = best_quotes(windows, evidence, listing=listing, near=near)
        quotes = [  # "Đợt 3: …" is quoted from its name on
            Span(own.start, span.end) if own is not None and span.end - own.start <= MAX_QUOTE else span
            for own, span in zip(items, quotes, strict=True)
        ]
        return [
            self.cite(Place(passage.document, span.start, span.end), hit.score, within)
            for (hit, passage), span, (_, within) in zip(chosen, quotes, windows, strict=True)
        ]

    def telling(self, question: Question, hits: Sequence[Hit], evidence: Evidence) -> list[Citation]:
        """Return quotations from the best hits, first one in the form of answer asked for where there is one."""
        citations, form = self._showing(question, hits, evidence), form_preferred(question)
        if form is None:
            return citations
        if form_asked(question) is None and hits[0].coverage >= _ALL_SAID:
            return citations  # "còn ô tô?", after an amount: half of the fee is none, and no other passage's is
        shown = form.shows(self.said(citations[0]))
        if shown and (citations[0].section not in _BEFORE_THE_BODY or _OF_THE_FRAME.intersection(question.wanted)):
            return citations
        first = form_first(question, hits, self.snapshot, citations[0], evidence, labelled_only=shown)
        told = self._showing(question, first, evidence)
        if form.shows(self.said(told[0])) or hits[0].coverage < _ALL_SAID:
            return told
        document = self.snapshot.document(citations[0].document)
        return [
            showing_form(question, citations[0], document, evidence, self._near(question), all_said=True),
            *citations[1:],
        ]

    def labelled_first(self, question: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
        """Return `hits` with the one first that has a label which the question begins with, where only one has.

        "Số lượng gian hàng tại lễ kỷ niệm …": what follows is what the document is about, and other passages repeat it.
        """
        begun, form = openings(question.meant, question.text), form_asked(question)
        passages = [self.snapshot.passage(hit.passage) for hit in hits[:MOST_CITATIONS]]
        best = passages[0].document if passages else None
        having = [one.document == best and has_label_of(begun, one.text, form) for one in passages]
        if question.follow_up or sum(having) != 1 or having[0]:
            return hits
        place = having.index(True)
        if form is not None and hits[0].coverage >= _ALL_SAID and form.shows(passages[0].text):
            return hits  # all that is asked stands there already
        if loses_thing_asked(question.meant, passages[0].text, passages[place].text):
            return hits
        return [hits[place], *hits[:place], *hits[place + 1 :]]

    def quoted_first(self, hits: Sequence[Hit], citations: Sequence[Citation]) -> list[Hit]:
        """Return `hits` with that first which the first of `citations` is from: whether it answers is to be judged."""
        for place, hit in enumerate(hits if citations else ()):
            passage = self.snapshot.passage(hit.passage)
            if passage.document == citations[0].document and passage.start <= citations[0].start < passage.end:
                return [hit, *hits[:place], *hits[place + 1 :]]
        return list(hits)

    def cite(self, place: Place, score: float, window: Span | None = None) -> Citation:
        """Return the citation of a place; `window`: what stands around it, as long as a passage where None."""
        document = self.snapshot.document(place.document)
        around = window or Span(*passage_around(document, place.start, place.end))
        header = document.header
        return Citation(
            file=document.file,
            number=header.symbol,
            title=header.title,
            date=header.date.iso() if header.date else None,
            section=document.section_at(place.start).cite,
            quote=document.text[place.start : place.end],
            passage=around.of(document.text),
            score=round(score, 4),
            document=place.document,
            start=place.start,
            end=place.end,
        )

    def in_context(self, citation: Citation) -> Citation:
        """Return the citation with the widest stretch around it that is one matter: what was found is often a clause.

        With the heading over a row. Last of all: whether and what to answer is decided on the narrow stretch.
        """
        document = self.snapshot.document(citation.document)
        start = document.text.find(citation.passage, max(0, citation.start - len(citation.passage)))
        if not 0 <= start <= citation.start:
            return citation
        around = Span(*passage_around(document, start, start + len(citation.passage)))
        return replace(citation, passage=around.of(document.text), above=self.above(citation))

    def said(self, citation: Citation) -> str:
        """Return a quotation with what stands over it in a table."""
        return with_heading(self.snapshot.document(citation.document).text, citation.start, citation.end)

    def above(self, citation: Citation) -> str:
        """Return the heading of the table that a quoted row is of, "" where it is of none."""
        heading = self._heading(citation)
        return self.snapshot.document(citation.document).text[heading.start : heading.end] if heading else ""

    def text_of(self, citations: Sequence[Citation]) -> str:
        """Return the whole text of the document quoted first."""
        return self.snapshot.document(citations[0].document).text if citations else ""

    def _showing(self, question: Question, hits: Sequence[Hit], evidence: Evidence) -> list[Citation]:
        """Return quotations from the best hits, one first that has what is asked for, quoted where it says so."""
        citations = self._row_first(self.from_hits(question, hits, evidence), evidence)
        saying = refusal.saying_something(question, citations)
        ordered = refusal.in_expected_form(question, refusal.having_label(question, saying, self.snapshot))
        document = self.snapshot.document(ordered[0].document)
        first = showing_form(question, ordered[0], document, evidence, self._near(question))
        thing = refusal.unnamed_thing(question, first.quote) or unsaid_row(question.text, first.quote)
        if thing is not None:
            first = naming_it(thing, first, document, evidence)
        return [first, *ordered[1:]]

    def _row_first(self, citations: list[Citation], evidence: Evidence) -> list[Citation]:
        """Put first, of rows of one table, the one that says most of what is asked beyond title and heading."""
        first = citations[0]
        text = self.snapshot.document(first.document).text
        heading = table_heading(text, first.start)
        if heading is None:
            return citations
        left = evidence.without(f"{first.title} {first.number} {text[heading.start : heading.end]}")
        rows = [one for one in citations if one.document == first.document and self._heading(one) == heading]
        if first.start == heading.start:  # the heading was quoted: a row below it may say more
            rows += [self._quoting(first, span) for span in rows_below(text, heading, first.passage)]
        best = max(rows, key=lambda one: left.coverage(one.quote), default=first)
        if left.coverage(best.quote) < max(_SAYS_MOST, left.coverage(first.quote) + _SAYS_MORE):
            return citations
        return [best, *(one for one in citations if one is not best and one.passage != best.passage)]

    def _quoting(self, citation: Citation, span: Span) -> Citation:
        """Return `citation` with other words of its passage."""
        words = span.of(self.snapshot.document(citation.document).text)
        return replace(citation, quote=words, start=span.start, end=span.end)

    def _heading(self, citation: Citation) -> Heading | None:
        return heading_over(self.snapshot.document(citation.document).text, citation.start)

    def _near(self, question: Question) -> Nearness | None:
        return sentence_nearness(self.snapshot.encoder, question.meant)
