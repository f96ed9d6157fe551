"""Documents that a question calls by number and the office does not have.

"Mục tiêu của Kế hoạch 555/KH-UBND" shares its words with every other plan, and must not be answered from one of them.
What the office's own documents say of a document they cite is still an answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.document import SectionKind
from knowledge.kinds import kind_of_symbol
from knowledge.symbols import symbol_key
from retrieval import naming
from retrieval.fact import Fact, Place, name_of, sentence_around
from retrieval.model import SURELY_MEANT, Hit, Question, Wanted
from retrieval.references import Mention, ReferenceIndex, printed

if TYPE_CHECKING:
    from index.passage import Passage
    from index.snapshot import Snapshot

_MOST = 0.8  # coverage from which a passage that mentions a document says what was asked of it
_HALF_NAMED, _MOST_OF_BOTH = 0.4, 0.7  # how surely the citing document is meant; coverage of a passage of it
_READ = 5  # best passages in which a symbol may stand that the analysis did not see
_MOST_PLACES = 3
_CHANGED_BY = re.compile(r"được\s+sửa\s+đổi,?\s+bổ\s+sung\s+(?:một\s+số\s+điều\s+)?(?:bởi|theo)")
_CAME_WITH = re.compile(r"[\s*_(\[]*(?:được )?(?:ban hành )?kèm theo\b", re.IGNORECASE)
_HEAD = (SectionKind.HEADER, SectionKind.TITLE, SectionKind.PREAMBLE)
_HEAD_LINE = 600  # characters: a long subject, the days of issue and of effect


def named(question: Question, references: ReferenceIndex) -> tuple[str, ...]:
    """Return the symbols `question` names, those of "kế hoạch 9733" as the documents write them."""
    numbered = naming.numbered(question.meant)
    written = (references.numbered(one.kind, one.number, one.year) for one in numbered)
    called = (max(symbols, key=lambda symbol: _weight(symbol, references)) for symbols in written if symbols)
    return tuple(dict.fromkeys((*question.symbols, *called)))


def _weight(symbol: str, references: ReferenceIndex) -> tuple[bool, int]:
    """Of several documents with one number that is meant which is here, or else which is spoken of most."""
    return references.own(symbol) is not None, len(references.mentions(symbol))


def missing(question: Question, hits: Sequence[Hit], references: ReferenceIndex, snapshot: Snapshot) -> Fact | None:
    """Return that a document the question calls by number is not here; None where nothing is missing."""
    if question.exclusive:
        return None
    symbols = named(question, references)
    if any(references.own(symbol) is not None for symbol in symbols):
        return None
    best = [snapshot.passage(hit.passage) for hit in hits[:_READ]]
    for symbol in symbols:
        if not references.knows(symbol) and not any(_writes(passage.text, symbol) for passage in best):
            return _unheard(f"văn bản số {symbol}")
    if not symbols:
        called = naming.surely_numbered(question.meant)
        unknown = (one for one in called if not any(_has_number(passage.text, one) for passage in best))
        return next((_unheard(f"{one.kind} số {one.number}") for one in unknown), None)
    citing = {mention.position for symbol in symbols for mention in references.mentions(symbol)}
    here = best and best[0].document in citing
    if here and (_about(question, hits[0], best[0], symbols) or _tells_of_it(question, hits, best, symbols)):
        return None
    return only_cited(question, references, snapshot)


def only_cited(question: Question, references: ReferenceIndex, snapshot: Snapshot) -> Fact | None:
    """Return that documents here only mention the one that the question calls by number; None where that is not so."""
    symbols = named(question, references)
    mentions = [mention for symbol in symbols for mention in references.mentions(symbol)]
    if not mentions or any(references.own(symbol) is not None for symbol in symbols):
        return None
    if any(_has_its_text(mention, snapshot) for mention in mentions):
        return None
    return _only_cited(symbols[0], mentions, snapshot)


def _has_its_text(mention: Mention, snapshot: Snapshot) -> bool:
    """Tell whether the citing document has the words of the one cited: consolidated, on a page, or coming with it.

    Its head names that one first in a line, "được sửa đổi, bổ sung bởi" others; a legal basis has "Căn cứ" before it.
    What came with it says so below its title, "(Ban hành kèm theo Quyết định số …)".
    """
    card = snapshot.documents[mention.position]
    if mention.reference.symbol == printed(card.header, card.references):
        return True
    document = snapshot.document(mention.position)
    text = document.text
    start, end = mention.reference.start, mention.reference.end
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if _CAME_WITH.match(before):
        return document.section_at(start).kind in _HEAD
    return not before.strip(" *_") and _CHANGED_BY.search(text, end, end + _HEAD_LINE) is not None


def _has_number(text: str, one: naming.Numbered) -> bool:
    """Tell whether `text` has the number, other than in the symbol of a document of another kind."""
    for symbol, start, end in reversed(naming.symbols(text)):
        if kind_of_symbol(symbol) not in (None, one.kind):
            text = text[:start] + text[end:]
    return one.number in naming.written_numbers(text)


def _unheard(called: str) -> Fact:
    statement = f"Không tìm thấy: kho văn bản không có {called}, cũng không văn bản nào nhắc đến."
    return Fact(Wanted.PASSAGE, statement, (), missing=True)


def _only_cited(symbol: str, mentions: Sequence[Mention], snapshot: Snapshot) -> Fact:
    few = mentions[:_MOST_PLACES]
    names = "; ".join(dict.fromkeys(name_of(snapshot.document(mention.position)) for mention in few))
    places = []
    for mention in few:
        reference = mention.reference
        span = sentence_around(snapshot.document(mention.position), reference.start, reference.end)
        places.append(Place(mention.position, span.start, span.end))
    kind = mentions[0].reference.kind or "văn bản"
    statement = f"Không tìm thấy: kho chưa có {kind} số {symbol}, chỉ có văn bản nhắc đến: {names}."
    return Fact(Wanted.PASSAGE, statement, tuple(dict.fromkeys(places)), missing=True)


def _about(question: Question, hit: Hit, passage: Passage, symbols: Sequence[str]) -> bool:
    """Tell whether the passage says of the cited document what was asked, or the question names the citing one, too.

    Every passage of a plan that carries a directive out is of that directive: its name says so.
    """
    if question.documents.get(passage.document, 0.0) >= SURELY_MEANT:
        return True
    named = f"{passage.context.partition(' › ')[0]}\n{passage.text}"
    return hit.coverage >= _MOST and any(_writes(named, symbol) for symbol in symbols)


def _tells_of_it(question: Question, hits: Sequence[Hit], passages: Sequence[Passage], symbols: Sequence[str]) -> bool:
    """Tell whether the question half names the document that cites, and a passage of it says most of what is asked.

    "Cơ cấu câu hỏi của cuộc thi …, Quy định 21-QĐ/TW chiếm mấy câu": what the rules of the contest say of it.
    """
    best = passages[0].document
    if question.documents.get(best, 0.0) < _HALF_NAMED:
        return False
    return any(
        passage.document == best
        and hit.coverage >= _MOST_OF_BOTH
        and any(_writes(passage.text, one) for one in symbols)
        for hit, passage in zip(hits, passages, strict=False)
    )


def _writes(text: str, symbol: str) -> bool:
    return any(symbol_key(written) == symbol_key(symbol) for written, _, _ in naming.symbols(text))
