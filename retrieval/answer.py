"""Facts and hits to an Answer: quotations with their places, or a reasoned "not found".

The one door into this package: `Assistant.ask`. Thread-safe: it keeps no state between questions.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from index.window import passage_around
from knowledge.document import Span
from retrieval import deciding, own_unit, refusal, several
from retrieval.evidence import Evidence, weigh
from retrieval.fact import Fact, Place, name_of
from retrieval.facts import HO_CHI_MINH, FactFinder
from retrieval.forms import form_asked, form_preferred
from retrieval.headers import headers
from retrieval.items import narrowed
from retrieval.labelled import has_label_of, loses_thing_asked, openings
from retrieval.model import Answer, Citation, Hit, Question, Wanted
from retrieval.names import unsaid_row
from retrieval.nearness import sentence_nearness
from retrieval.notes import notes_for
from retrieval.question import understand
from retrieval.quotes import MAX_QUOTE, Nearness, best_quotes
from retrieval.rows import Heading, heading_over, rows_below, table_heading, with_heading
from retrieval.search import search
from retrieval.showing import apart, distinct, form_first, naming_it, showing_form
from retrieval.strangers import unknown_name
from retrieval.wording import one_line, plain, say_document, say_place

if TYPE_CHECKING:
    from index.passage import Passage
    from index.snapshot import Snapshot

CANDIDATES = 24  # passages looked at for one question
MOST_CITATIONS = 5
_ALL_SAID = 0.97  # coverage from which a passage has every word of the turn
_SAYS_MOST, _SAYS_MORE = 0.5, 0.1  # of the question, that a row must say; more than the row of the best passage
_BEFORE_THE_BODY = ("header", "title", "preamble")
_OF_THE_FRAME = frozenset({Wanted.SYMBOL, Wanted.ISSUE_DATE, Wanted.ISSUER, Wanted.LEGAL_BASES})
_LISTING = (Wanted.AWARDS, Wanted.CRITERIA, Wanted.DUTIES, Wanted.RECIPIENTS)


class Assistant:
    """Answers questions from one snapshot of the index."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._facts = FactFinder(snapshot)

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime, unit: str | None = None) -> Answer:
        """Answer `text`; `previous` are the asker's earlier questions, oldest first; `now` is timezone-aware.

        `unit`: the name of the asker's own unit, which "đơn vị tôi" means; None where it is not known.
        """
        began = time.perf_counter()
        answer = self._asked(text, previous, now, unit)
        cited = apart([self._in_context(citation) for citation in answer.citations])
        return replace(answer, question=text, citations=tuple(cited), took_ms=(time.perf_counter() - began) * 1000)

    def _asked(self, text: str, previous: Sequence[str], now: datetime, unit: str | None) -> Answer:
        own = own_unit.asks_own_duties(text)
        if unit is None and own:
            return Answer(text, False, own_unit.NAME_IT, own_unit.NAME_IT, (), (), 0.0)
        if unit is not None:
            text, *previous = (own_unit.naming(turn, unit) for turn in (text, *previous))
        whole = self._understood(text, previous, now)
        if unit is not None and own:
            return self._own_duties(replace(whole, units=(unit,), own_unit=True), unit, now)
        parts = several.parts(text)
        if len(parts) > 1:
            asked = [self._understood(part, (*previous, *parts[:place]), now) for place, part in enumerate(parts)]
            answers = [self._answered(several.of_the_whole(part, whole), now) for part in asked]
            both = several.together(text, answers)
            if both is not None:
                return both
        answer = self._answered(whole, now)
        if answer.found or answer.reason == refusal.SMALL_TALK or whole.follow_up or not previous:
            return answer
        # "Họp trực tiếp hay qua mạng?": not a word leans on the conversation, and yet it goes on.
        staying = self._understood(text, previous, now, following=True)
        again = self._answered(staying, now) if staying.follow_up else answer
        return again if again.found else answer

    def _own_duties(self, question: Question, unit: str, now: datetime) -> Answer:
        """Return what the asker's unit has to do; passages that are only alike would be another's duties."""
        hits, evidence = search(question, self.snapshot, CANDIDATES), weigh(question, self.snapshot)
        fact = self._facts.find(question, hits, evidence, now)
        if fact is None or fact.wanted is not Wanted.DUTIES:
            return _refused(question, own_unit.none_for(unit), self._from_hits(question, hits, evidence))
        return self._from_fact(question, fact, hits, evidence, now)

    def _understood(self, text: str, previous: Sequence[str], now: datetime, *, following: bool = False) -> Question:
        def answered(earlier: Question) -> int | None:
            return self._answered_from(earlier, now)

        return understand(text, previous, self.snapshot, now, answered, following=following)

    def _answered(self, question: Question, now: datetime) -> Answer:
        documents = several.compared(question)
        if documents:
            known = headers(self.snapshot)
            called = frozenset[str]().union(*(known[document].words for document in documents))
            ones = [several.about_one(question, document, called) for document in documents]
            answers = [self._answer(one, search(one, self.snapshot, CANDIDATES), now) for one in ones]
            names = [name_of(self.snapshot.document(document)) for document in documents]
            both = several.together(question.text, answers, names)
            if both is not None:
                return both
        return self._answer(question, search(question, self.snapshot, CANDIDATES), now)

    def _answered_from(self, question: Question, now: datetime) -> int | None:
        """Return the document that the answer quotes first, None where there is no answer."""
        answer = self._answered(question, now)
        return answer.citations[0].document if answer.found and answer.citations else None

    def _answer(self, question: Question, hits: Sequence[Hit], now: datetime) -> Answer:
        evidence = weigh(question, self.snapshot)
        stranger = unknown_name(question, self.snapshot) if question.terms else None
        if stranger is not None:
            unheard = f"Không tìm thấy: các văn bản hiện có không nhắc đến “{stranger}”."
            return _refused(question, unheard, self._from_hits(question, hits, evidence))
        fact = self._facts.find(question, hits, evidence, now)
        if fact is not None and deciding.is_answered_by(fact, question, hits, self.snapshot):
            stated = self._from_fact(question, fact, hits, evidence, now)
            if stated.found or fact.missing:
                return stated
        labelled = self._labelled_first(question, hits)
        citations = self._telling(question, labelled, evidence) if hits else []
        first = self._quoted_first(hits, citations)
        reason = refusal.weak(question, first, self.snapshot)
        if reason is not None and first and first[0] is labelled[0] is not hits[0]:
            # What stands under a label may have few of the words: they stand in the passage it was put before.
            reason = refusal.weak(question, hits, self.snapshot)
        if reason == refusal.SMALL_TALK:
            return _refused(question, reason, ())  # no passage is near
        cited = self._facts.only_cited(question) if reason is not None else None
        if cited is not None:
            return self._from_fact(question, cited, hits, evidence, now)
        if reason is None:
            reason = refusal.unanswered(question, [*map(self._said, citations[:1])], self._text_of(citations))
        if reason is not None:
            return _refused(question, reason, citations)
        told = citations if _over_documents(question) else citations[:1]
        return self._found(
            question,
            self._quoted(question, citations),
            citations,
            notes_for(question, told, self.snapshot, _today(now)),
        )

    def to_be_quoted(self, question: Question) -> list[Hit]:
        """Return the best passages for `question`, that first which an answer would quote first."""
        hits = search(question, self.snapshot, CANDIDATES)
        labelled = self._labelled_first(question, hits)
        citations = self._telling(question, labelled, weigh(question, self.snapshot)) if hits else []
        return self._quoted_first(hits, citations)

    def _quoted_first(self, hits: Sequence[Hit], citations: Sequence[Citation]) -> list[Hit]:
        """Return `hits` with that first which the first of `citations` is from: whether it answers is to be judged."""
        for place, hit in enumerate(hits if citations else ()):
            passage = self.snapshot.passage(hit.passage)
            if passage.document == citations[0].document and passage.start <= citations[0].start < passage.end:
                return [hit, *hits[:place], *hits[place + 1 :]]
        return list(hits)

    def _telling(self, question: Question, hits: Sequence[Hit], evidence: Evidence) -> list[Citation]:
        """Return quotations from the best hits, first one in the form of answer asked for where there is one."""
        citations, form = self._showing(question, hits, evidence), form_preferred(question)
        if form is None:
            return citations
        if form_asked(question) is None and hits[0].coverage >= _ALL_SAID:
            return citations  # "còn ô tô?", after an amount: half of the fee is none, and no other passage's is
        shown = form.shows(self._said(citations[0]))
        if shown and (citations[0].section not in _BEFORE_THE_BODY or _OF_THE_FRAME.intersection(question.wanted)):
            return citations
        first = form_first(question, hits, self.snapshot, citations[0], evidence, labelled_only=shown)
        told = self._showing(question, first, evidence)
        if form.shows(self._said(told[0])) or hits[0].coverage < _ALL_SAID:
            return told
        document = self.snapshot.document(citations[0].document)
        return [
            showing_form(question, citations[0], document, evidence, self._near(question), all_said=True),
            *citations[1:],
        ]

    def _showing(self, question: Question, hits: Sequence[Hit], evidence: Evidence) -> list[Citation]:
        """Return quotations from the best hits, one first that has what is asked for, quoted where it says so."""
        citations = self._row_first(self._from_hits(question, hits, evidence), evidence)
        saying = refusal.saying_something(citations)
        ordered = refusal.in_expected_form(question, refusal.having_label(question, saying, self.snapshot))
        document = self.snapshot.document(ordered[0].document)
        first = showing_form(question, ordered[0], document, evidence, self._near(question))
        thing = refusal.unnamed_thing(question, first.quote) or unsaid_row(question.text, first.quote)
        if thing is not None:
            first = naming_it(thing, first, document, evidence)
        return [first, *ordered[1:]]

    def _labelled_first(self, question: Question, hits: Sequence[Hit]) -> Sequence[Hit]:
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

    def _quoted(self, question: Question, citations: Sequence[Citation]) -> str:
        """Return the best quotation with its place; over several documents, one line a document."""
        if not _over_documents(question) or len(citations) < 2:
            return f"“{self._read(citations[0])}”\n({self._where(citations[0])})"
        lines = [f"- {self._where(citation)}: “{one_line(plain(citation.quote), 240)}”" for citation in citations]
        return "Các văn bản nêu nội dung này:\n" + "\n".join(lines)

    def _from_fact(
        self, question: Question, fact: Fact, hits: Sequence[Hit], evidence: Evidence, now: datetime
    ) -> Answer:
        score = max((hit.score for hit in hits[:1]), default=0.0)
        own = [self._cite(place, max(score, 0.9)) for place in fact.places]
        citations = distinct([*own, *self._from_hits(question, hits, evidence)], MOST_CITATIONS)
        if fact.missing:
            return _refused(question, fact.statement, citations)
        told = [fact.statement, *(citation.passage for citation in own)]
        # The number of a document counts nothing; whom the foot names is a person, whatever the name looks like.
        exact = fact.exact or fact.wanted in (Wanted.SYMBOL, Wanted.SIGNER)
        reason = None if exact else refusal.unanswered(question, told, self._text_of(own), fact=True)
        if reason is not None:
            return _refused(question, reason, citations)
        words = fact.statement
        if own and not fact.told and not _repeats(fact.statement, own[0].quote):
            words = f"{fact.statement}\n“{self._read(own[0])}”\n({self._where(own[0])})"
        elif own and not fact.told:
            words = f"{fact.statement}\n({self._where(own[0])})"
        notes = (*fact.notes, *notes_for(question, own, self.snapshot, _today(now)))
        return self._found(question, words, citations, notes)

    def _found(self, question: Question, words: str, citations: Sequence[Citation], notes: Sequence[str]) -> Answer:
        return Answer(question.text, True, None, words, tuple(citations), tuple(dict.fromkeys(notes)), 0.0)

    def _near(self, question: Question) -> Nearness | None:
        return sentence_nearness(self.snapshot.encoder, question.meant)

    def _read(self, citation: Citation) -> str:
        """Return a quotation as people read it, rows of a table below the heading that says what their cells are."""
        return plain(f"{self._above(citation)}\n{citation.quote}")

    def _above(self, citation: Citation) -> str:
        heading = self._heading(citation)
        return self.snapshot.document(citation.document).text[heading.start : heading.end] if heading else ""

    def _heading(self, citation: Citation) -> Heading | None:
        return heading_over(self.snapshot.document(citation.document).text, citation.start)

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

    def _said(self, citation: Citation) -> str:
        """Return a quotation with what stands over it in a table."""
        return with_heading(self.snapshot.document(citation.document).text, citation.start, citation.end)

    def _text_of(self, citations: Sequence[Citation]) -> str:
        """Return the whole text of the document quoted first."""
        return self.snapshot.document(citations[0].document).text if citations else ""

    def _from_hits(self, question: Question, hits: Sequence[Hit], evidence: Evidence) -> list[Citation]:
        """Quote from the best hits; over several documents, one quotation a document."""
        listing = any(wanted in _LISTING for wanted in question.wanted)
        near = self._near(question)
        chosen: list[tuple[Hit, Passage]] = []
        seen: set[int] = set()
        for hit in hits:
            passage = self.snapshot.passage(hit.passage)
            if _over_documents(question) and passage.document in seen:
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
            self._cite(Place(passage.document, span.start, span.end), hit.score, within)
            for (hit, passage), span, (_, within) in zip(chosen, quotes, windows, strict=True)
        ]

    def _cite(self, place: Place, score: float, window: Span | None = None) -> Citation:
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

    def _in_context(self, citation: Citation) -> Citation:
        """Return the citation with the widest stretch around it that is one matter: what was found is often a clause.

        With the heading over a row. Last of all: whether and what to answer is decided on the narrow stretch.
        """
        document = self.snapshot.document(citation.document)
        start = document.text.find(citation.passage, max(0, citation.start - len(citation.passage)))
        if not 0 <= start <= citation.start:
            return citation
        around = Span(*passage_around(document, start, start + len(citation.passage)))
        return replace(citation, passage=around.of(document.text), above=self._above(citation))

    def _where(self, citation: Citation) -> str:
        document = self.snapshot.document(citation.document)
        place = say_place(citation.section)
        return f"{place[:1].upper()}{place[1:]}, {say_document(document)}"


def to_json(answer: Answer) -> dict[str, Any]:
    """Return the answer as the command line's contract has it (`tdkt ask --json`)."""
    return {
        "question": answer.question,
        "found": answer.found,
        "reason": answer.reason,
        "answer": answer.answer,
        "citations": [
            {
                "file": citation.file,
                "number": citation.number,
                "title": citation.title,
                "date": citation.date,
                "section": citation.section,
                "quote": citation.quote,
                "passage": citation.passage,
                "score": citation.score,
            }
            for citation in answer.citations
        ],
        "notes": list(answer.notes),
        "took_ms": round(answer.took_ms, 2),
    }


def _today(now: datetime) -> date:
    return now.astimezone(HO_CHI_MINH).date()


def _over_documents(question: Question) -> bool:
    """Tell whether every document is asked; one that is named keeps the question to itself."""
    return question.across and not question.exclusive


def _refused(question: Question, reason: str, nearest: Sequence[Citation]) -> Answer:
    return Answer(question.text, False, reason, reason, tuple(nearest), (), 0.0)


def _repeats(statement: str, quote: str) -> bool:
    """Tell whether the statement already says the quote's words ("Số hiệu: …" over a line that is only the number)."""
    return " ".join(quote.split()).casefold() in statement.casefold()
