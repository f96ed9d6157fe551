"""Answers that are facts of the analysed document, tried before any searching of words.

Decides which finder answers a question. Returns None where no fact fits, and
the words of the documents have to answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from knowledge.document import Document, SectionKind
from knowledge.symbols import symbol_key
from knowledge.text import fold
from retrieval import (
    absent,
    facts_cited,
    facts_counts,
    facts_duties,
    facts_header,
    facts_lists,
    facts_people,
    facts_phrases,
    facts_place,
    facts_relations,
    facts_units,
    naming,
)
from retrieval.concerned import HITS_LOOKED_AT, MOST_DOCUMENTS, NAMED, SURER, concerned
from retrieval.evidence import MOST_OF_IT, Evidence
from retrieval.fact import Fact, Meant, frame, opened
from retrieval.forms import form_asked
from retrieval.model import Hit, Question, Wanted
from retrieval.references import ReferenceIndex, consolidated

if TYPE_CHECKING:
    from index.snapshot import Snapshot

# A paper by its number, as clauses cite it: "theo Thông tư số 12/2030/TT-BTC".
_PAPER = re.compile(r"\d/(?:\d{4}/)?[A-ZĐƯ]{2}")
HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")
_READ_FOR_A_NAME = 3  # best passages in which a person may be named
_READ_FOR_A_TIME = 3  # … in which what is asked about may be dated
_ALL_SAID = 0.97  # coverage of a passage that says all that is asked
_OF_ITSELF: dict[Wanted, Callable[[Question, Meant], Fact | None]] = {
    Wanted.SYMBOL: facts_header.symbol,
    Wanted.ISSUE_DATE: facts_header.issue_date,
    Wanted.ISSUER: facts_header.issuer,
    Wanted.SUBJECT: facts_header.subject,
    Wanted.SIGNER: facts_header.signer,
    Wanted.RECIPIENTS: facts_header.recipients,
    Wanted.PERIOD: facts_header.period,
    Wanted.LEGAL_BASES: facts_header.legal_bases,
}
_OF_CITED = (Wanted.ISSUE_DATE, Wanted.ISSUER, Wanted.SUBJECT)
_DESCRIBED = (Wanted.ISSUE_DATE, Wanted.SYMBOL, Wanted.LEGAL_BASES)
# A part under the right heading must account for the question nearly as well as the best passage.
_AS_GOOD_AS_PASSAGE_LIST = 0.85
# A duty answers "khi nào" only when it accounts for the question about as well as the best passage does; otherwise
# the question is about some other event.
_AS_GOOD_AS_PASSAGE = 0.6
# Words that ask for the deadline rather than say of what; a duty answers them by being one.
_ASKING_FOR_A_TIME = "thời hạn nộp gửi báo cáo hết chót cuối cùng ngày phải khi nào trước"
_DAY_ASKED = re.compile(r"\bngay (?:nao|may|bao nhieu)\b")
_ENDING = re.compile(r"\b(?:het han|het hieu luc|ket thuc|keo dai)\b")


# Facts whose question may be about an event the document only mentions ("diễn tập … diễn ra khi nào?").
_DATED = (Wanted.PERIOD, Wanted.ISSUE_DATE)
_ASKING_WHEN = (
    "thời gian thực hiện kéo dài bắt đầu kết thúc diễn ra hiệu lực ban hành ký ngày tháng năm khi nào bao giờ từ đến "
    "hết phong trào triển khai áp dụng phát động giai đoạn văn bản"
)
_ASKING_FOR_A_NUMBER = "số hiệu bao nhiêu mấy ra ban hành văn bản kế hoạch quyết định công văn thông báo về việc của"
_SOMETHING_ELSE = 0.4  # share of the question that neither the header nor the asking accounts for


class _Within(NamedTuple):
    """What may be asked of a document, or of something within it."""

    asking: str  # the words that ask
    own: str  # the section in which a document says it of itself
    said: re.Pattern[str]  # what a passage has that says it of something else
    least: float  # share of the question that neither the header nor the asking accounts for


_WITHIN = {
    Wanted.LEGAL_BASES: _Within(
        "căn cứ pháp lý cơ sở theo dựa vào trên thực hiện văn bản quyết định nghị định thông tư kế hoạch",
        "preamble",
        re.compile(""),
        _SOMETHING_ELSE,
    ),
    Wanted.SIGNER: _Within(
        "ai là người ký tên ban hành do đồng chí ông bà chức vụ gì nào văn bản này",
        "signature",
        re.compile(r"(?<!đăng )(?<!chữ )(?<!phần )\bký\b", re.IGNORECASE),
        0.25,
    ),
}


def _about_something_in(meant: Meant, evidence: Evidence) -> bool:
    left = evidence.without(f"{meant.head} {_ASKING_WHEN}")
    return left.total > _SOMETHING_ELSE * evidence.total


def _carries_out(question: Question, documents: Sequence[Meant]) -> bool:
    """Tell whether the document meant is named by another that it carries out: "kế hoạch triển khai Chỉ thị 31"."""
    kinds = naming.kinds(question.meant)
    if len(kinds) < 2 or not documents or documents[0].document.header.kind != kinds[0]:
        return False
    between = rf"{kinds[0]}(?: \S+){{0,2}} (?:triển khai|thực hiện|cụ thể hóa|thi hành)(?: \S+){{0,2}} {kinds[1]}\b"
    return re.search(between, question.meant) is not None


def _of_its_symbol(question: Question, documents: Sequence[Meant]) -> Sequence[Meant]:
    """Return those of `documents` that bear a symbol the question gives in full; all of them where it gives none."""
    keys = {symbol_key(symbol) for symbol in question.symbols}
    if not keys:
        return documents
    return [one for one in documents if any(symbol_key(own) in keys for own in _symbols(one.document))]


def _symbols(document: Document) -> list[str]:
    return [own for own in (document.header.symbol, consolidated(document.header, document.references)) if own]


def _is_of_a_part(wanted: Wanted, meant: Meant, hits: Sequence[Hit], evidence: Evidence, snapshot: Snapshot) -> bool:
    """Tell whether `wanted` is asked of something within the document: "căn cứ pháp lý của thủ tục hỗ trợ đào tạo".

    The best passages have the words for it, which no title and no asking accounts for: "giấy chứng nhận do ai ký".
    """
    within = _WITHIN.get(wanted)
    if within is None:
        return False
    left = evidence.without(f"{meant.head} {within.asking}")
    if left.total <= within.least * evidence.total:
        return False
    passages = (snapshot.passage(hit.passage) for hit in hits[:_READ_FOR_A_TIME])
    return any(
        one.cite != within.own and within.said.search(one.text) and left.coverage(one.text) >= MOST_OF_IT
        for one in passages
    )


class FactFinder:
    """Finds facts in one snapshot; holds what is worth preparing once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def _references(self) -> ReferenceIndex:
        """Made when a question first names a symbol: it reads every document's card."""
        return ReferenceIndex(self._snapshot)

    def find(self, question: Question, hits: Sequence[Hit], evidence: Evidence, now: datetime) -> Fact | None:
        """Return the fact `question` asks for, or None where none fits."""
        documents = concerned(question, hits, self._snapshot)
        itself = _carries_out(question, documents)
        gone = None if itself else self._about_what_is_not_here(question, hits)
        if gone is not None:
            return gone
        own = documents if itself else _of_its_symbol(question, documents)
        fact = (
            facts_counts.parts(question.meant, documents)
            or facts_place.at_place(question.text, documents, evidence)
            or facts_relations.relation(question.meant, _of_its_symbol(question, documents))
            or (facts_phrases.phrase(question.meant, own) if self._sure(question, documents) else None)
            or (None if itself else self._effect_of_cited(question))
            or facts_phrases.definition(question.meant, documents)
            or self._defined_elsewhere(question, documents, hits)
        )
        best = (self._snapshot.passage(hit.passage).text for hit in hits[:_READ_FOR_A_NAME])
        fact = fact or facts_people.office_holder(question, documents, best)
        if fact is not None:
            return fact
        for wanted in question.wanted:
            if wanted is Wanted.PASSAGE:
                return None
            fact = self._find(wanted, question, documents, hits, evidence, now)
            if fact is not None:
                return fact
        return None

    def _defined_elsewhere(self, question: Question, documents: Sequence[Meant], hits: Sequence[Hit]) -> Fact | None:
        """Return the definition of the term asked about in a document that only its passages speak for."""
        if question.exclusive or not facts_phrases.asks_meaning(question.meant):
            return None
        near = dict.fromkeys(self._document_of(hit) for hit in hits[:HITS_LOOKED_AT])
        others = [position for position in near if all(position != one.position for one in documents)]
        return facts_phrases.definition(
            question.meant, [opened(self._snapshot, p, 0.3) for p in others[:MOST_DOCUMENTS]]
        )

    def _about_what_is_not_here(self, question: Question, hits: Sequence[Hit]) -> Fact | None:
        """Return what is cited of a document called by number that is not indexed, or that there is no such one."""
        if not question.symbols and not naming.numbered(question.meant):
            return None
        symbols = absent.named(question, self._references)
        if any(self._references.own(symbol) is not None for symbol in symbols):
            return None
        cited = (self._about_symbols(wanted, question, symbols) for wanted in question.wanted if wanted in _OF_CITED)
        found = next((fact for fact in cited if fact is not None), None)
        return found or absent.missing(question, hits, self._references, self._snapshot)

    def only_cited(self, question: Question) -> Fact | None:
        """Return that the document which `question` calls by number is mentioned here and not more; None otherwise."""
        if not question.symbols and not naming.numbered(question.meant):
            return None
        return absent.only_cited(question, self._references, self._snapshot)

    def _citing(self, question: Question, documents: Sequence[Meant], hits: Sequence[Hit]) -> Meant:
        """Return the document that cites what is asked for: the one meant, or where a passage says all of it."""
        best = self._document_of(hits[0]) if hits and hits[0].coverage >= _ALL_SAID else documents[0].position
        if question.exclusive or best in (one.position for one in documents):
            return documents[0]
        return opened(self._snapshot, best, documents[0].confidence)

    def _document_of(self, hit: Hit) -> int:
        return int(self._snapshot.document_of[hit.passage])

    def _find(
        self,
        wanted: Wanted,
        question: Question,
        documents: Sequence[Meant],
        hits: Sequence[Hit],
        evidence: Evidence,
        now: datetime,
    ) -> Fact | None:
        itself = _carries_out(question, documents)
        if question.symbols and wanted in _OF_CITED and not itself:
            cited = self._about_symbols(wanted, question, question.symbols)
            if cited is not None:
                return cited
        if not documents:
            return None
        if (
            wanted in _DESCRIBED
            and not itself
            and (fact := facts_cited.described(question, wanted, self._citing(question, documents, hits), evidence))
        ):
            return fact
        if wanted in _OF_ITSELF:
            if not self._sure(question, documents) or (
                wanted in _DATED and _about_something_in(documents[0], evidence)
            ):
                return None
            if _is_of_a_part(wanted, documents[0], hits, evidence, self._snapshot):
                return None
            if wanted is Wanted.LEGAL_BASES and self._cites_nearer(documents[0], hits, evidence):
                return None
            if wanted is Wanted.PERIOD and self._is_dated_nearer(documents[0], question, hits, evidence):
                return None
            if wanted is Wanted.SYMBOL and documents[0].document.header.symbol is None:
                left = evidence.without(f"{documents[0].head} {_ASKING_FOR_A_NUMBER}")
                asked_of_it = left.total <= _SOMETHING_ELSE * evidence.total
                another = None if asked_of_it else facts_cited.number_nearer(question, hits, left, self._snapshot)
                if another is not None:
                    return another
            return _OF_ITSELF[wanted](question, documents[0])
        ending = wanted is Wanted.DEADLINE and _ENDING.search(fold(question.meant)) and self._sure(question, documents)
        if ending and (fact := facts_header.period(question, documents[0])):
            return fact
        if wanted in (Wanted.DEADLINE, Wanted.REPORT_TO):
            return self._duty(wanted, question, documents, hits, evidence, now)
        if wanted is Wanted.DUTIES and question.units:
            # The name of the asker's unit ("Phòng Kế hoạch – Tài chính") was put in and means no document.
            named = question.exclusive or (
                not question.own_unit and max(question.documents.values(), default=0.0) >= NAMED
            )
            every = documents if named else concerned(replace(question, across=True), hits, self._snapshot)
            today = now.astimezone(HO_CHI_MINH).date()
            return facts_units.duties_of(question.units, every, today, shared=question.own_unit)
        if wanted in (Wanted.CRITERIA, Wanted.AWARDS) and not question.across:
            needed = _AS_GOOD_AS_PASSAGE_LIST * self._best_coverage(hits, evidence)
            return facts_lists.under_heading(wanted, documents, evidence, needed)
        return None

    def _cites_nearer(self, meant: Meant, hits: Sequence[Hit], evidence: Evidence) -> bool:
        """Tell whether the best passage, outside the preamble, cites a paper and says more of what is asked than it.

        "Soạn dự thảo thì tính tiền theo văn bản nào": what an item goes by is no base of the whole.
        """
        bases = frame(meant.document, SectionKind.PREAMBLE)
        best = self._snapshot.passage(hits[0].passage) if hits else None
        if bases is None or best is None or best.cite == SectionKind.PREAMBLE:
            return False
        said = evidence.coverage(bases.of(meant.document.text))
        return _PAPER.search(best.text) is not None and evidence.coverage(best.text) > said

    def _is_dated_nearer(self, meant: Meant, question: Question, hits: Sequence[Hit], evidence: Evidence) -> bool:
        """Tell whether the best passage dates what the title does not name: "nhận bài dự thi từ ngày nào"."""
        form = form_asked(question)
        left = evidence.without(f"{meant.head} {_ASKING_WHEN}")
        if form is None or not hits or not left.total:
            return False
        passages = (self._snapshot.passage(hit.passage) for hit in hits[:_READ_FOR_A_TIME])
        return any(
            passage.document == meant.position
            and form.shows(passage.text)
            and left.coverage(passage.text) >= MOST_OF_IT
            for passage in passages
        )

    def _effect_of_cited(self, question: Question) -> Fact | None:
        """Return from when a document that is only cited has effect, as its mention here says."""
        if not question.symbols or not facts_phrases.asks_effect(question.meant):
            return None
        mentions = [one for symbol in question.symbols for one in self._references.mentions(symbol)]
        return facts_cited.effect(mentions, self._snapshot)

    def _about_symbols(self, wanted: Wanted, question: Question, symbols: Sequence[str]) -> Fact | None:
        for symbol in symbols:
            position = self._references.own(symbol)
            if position is not None:
                return _OF_ITSELF[wanted](question, opened(self._snapshot, position, 1.0))
            mentions = self._references.mentions(symbol)
            fact = facts_cited.about_symbol(question, wanted, symbol, mentions, self._snapshot)
            if fact is not None:
                return fact
        return None

    def _sure(self, question: Question, documents: Sequence[Meant]) -> bool:
        """Tell whether one document is meant: "ai ký" over several equally likely ones has no single answer."""
        if len(documents) <= 1 or len(self._snapshot.documents) == 1:
            return True
        return documents[0].confidence > SURER * documents[1].confidence

    def _best_coverage(self, hits: Sequence[Hit], evidence: Evidence) -> float:
        """How much of the question the best passage accounts for, its headings included."""
        if not hits:
            return 0.0
        passage = self._snapshot.passage(hits[0].passage)
        return evidence.coverage(f"{passage.context} {passage.text}")

    def _duty(
        self,
        wanted: Wanted,
        question: Question,
        documents: Sequence[Meant],
        hits: Sequence[Hit],
        evidence: Evidence,
        now: datetime,
    ) -> Fact | None:
        about = evidence.without(_ASKING_FOR_A_TIME)
        duties = facts_duties.fitting_duties(question, documents, about)
        if not duties:
            return None
        today = now.astimezone(HO_CHI_MINH).date()
        if question.across and not question.exclusive and wanted is Wanted.DEADLINE:
            return facts_duties.deadlines_across(question, duties, today)
        duty = facts_duties.words_of(duties[0].meant, duties[0].obligation)
        as_good = about.coverage(duty) >= _AS_GOOD_AS_PASSAGE * self._best_coverage(hits, about)
        if not as_good and not duties[0].called_so:
            return None
        if _DAY_ASKED.search(fold(question.meant)) and facts_duties.vague(duties[0]):
            return None
        return (
            facts_duties.deadline(duties, today) if wanted is Wanted.DEADLINE else facts_duties.report_to(duties, today)
        )
