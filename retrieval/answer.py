"""Facts and hits to an Answer: quotations with their places, or a reasoned "not found".

The one door into this package: `Assistant.ask`. Thread-safe: it keeps no state between questions.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from retrieval import deciding, own_unit, refusal, several
from retrieval.citing import MOST_CITATIONS, Citer, over_documents
from retrieval.evidence import Evidence, weigh
from retrieval.fact import Fact, name_of
from retrieval.facts import HO_CHI_MINH, FactFinder
from retrieval.headers import headers
from retrieval.model import Answer, Citation, Hit, Question, Wanted
from retrieval.notes import notes_for
from retrieval.question import understand
from retrieval.search import search
from retrieval.showing import apart, distinct
from retrieval.strangers import unknown_name
from retrieval.wording import one_line, plain, say_document, say_place

if TYPE_CHECKING:
    from index.snapshot import Snapshot

CANDIDATES = 24  # passages looked at for one question


class Assistant:
    """Answers questions from one snapshot of the index."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._facts = FactFinder(snapshot)
        self._citer = Citer(snapshot)

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime, unit: str | None = None) -> Answer:
        """Answer `text`; `previous` are the asker's earlier questions, oldest first; `now` is timezone-aware.

        `unit`: the name of the asker's own unit, which "đơn vị tôi" means; None where it is not known.
        """
        began = time.perf_counter()
        answer = self._asked(text, previous, now, unit)
        cited = apart([self._citer.in_context(citation) for citation in answer.citations])
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
            return _refused(question, own_unit.none_for(unit), self._citer.from_hits(question, hits, evidence))
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
            return _refused(question, unheard, self._citer.from_hits(question, hits, evidence))
        fact = self._facts.find(question, hits, evidence, now)
        if fact is not None and deciding.is_answered_by(fact, question, hits, self.snapshot):
            stated = self._from_fact(question, fact, hits, evidence, now)
            if stated.found or fact.missing:
                return stated
        labelled = self._citer.labelled_first(question, hits)
        citations = self._citer.telling(question, labelled, evidence) if hits else []
        first = self._citer.quoted_first(hits, citations)
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
            reason = refusal.unanswered(
                question, [*map(self._citer.said, citations[:1])], self._citer.text_of(citations)
            )
        if reason is not None:
            return _refused(question, reason, citations)
        told = citations if over_documents(question) else citations[:1]
        return self._found(
            question,
            self._quoted(question, citations),
            citations,
            notes_for(question, told, self.snapshot, _today(now)),
        )

    def to_be_quoted(self, question: Question) -> list[Hit]:
        """Return the best passages for `question`, that first which an answer would quote first."""
        hits = search(question, self.snapshot, CANDIDATES)
        labelled = self._citer.labelled_first(question, hits)
        citations = self._citer.telling(question, labelled, weigh(question, self.snapshot)) if hits else []
        return self._citer.quoted_first(hits, citations)

    def _quoted(self, question: Question, citations: Sequence[Citation]) -> str:
        """Return the best quotation with its place; over several documents, one line a document."""
        if not over_documents(question) or len(citations) < 2:
            return f"“{self._read(citations[0])}”\n({self._where(citations[0])})"
        lines = [f"- {self._where(citation)}: “{one_line(plain(citation.quote), 240)}”" for citation in citations]
        return "Các văn bản nêu nội dung này:\n" + "\n".join(lines)

    def _from_fact(
        self, question: Question, fact: Fact, hits: Sequence[Hit], evidence: Evidence, now: datetime
    ) -> Answer:
        score = max((hit.score for hit in hits[:1]), default=0.0)
        own = [self._citer.cite(place, max(score, 0.9)) for place in fact.places]
        citations = distinct([*own, *self._citer.from_hits(question, hits, evidence)], MOST_CITATIONS)
        if fact.missing:
            return _refused(question, fact.statement, citations)
        told = [fact.statement, *(citation.passage for citation in own)]
        # The number of a document counts nothing; whom the foot names is a person, whatever the name looks like.
        exact = fact.exact or fact.wanted in (Wanted.SYMBOL, Wanted.SIGNER)
        reason = None if exact else refusal.unanswered(question, told, self._citer.text_of(own), fact=True)
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

    def _read(self, citation: Citation) -> str:
        """Return a quotation as people read it, rows of a table below the heading that says what their cells are."""
        return plain(f"{self._citer.above(citation)}\n{citation.quote}")

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


def _refused(question: Question, reason: str, nearest: Sequence[Citation]) -> Answer:
    return Answer(question.text, False, reason, reason, tuple(nearest), (), 0.0)


def _repeats(statement: str, quote: str) -> bool:
    """Tell whether the statement already says the quote's words ("Số hiệu: …" over a line that is only the number)."""
    return " ".join(quote.split()).casefold() in statement.casefold()
