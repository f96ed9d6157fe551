"""Facts about documents that the indexed ones cite: their date, number, subject, issuer, as cited.

The office rarely has the cited document itself; what its own plans say of it is still an answer, with its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from knowledge.document import Document, Reference, SectionKind, Span
from knowledge.kinds import kind_of_symbol
from knowledge.text import fold
from retrieval import naming
from retrieval.asked_kinds import asked_kinds
from retrieval.evidence import MOST_OF_IT, Evidence
from retrieval.fact import Fact, Meant, Place, name_of, sentence_around
from retrieval.model import Hit, Question, Wanted
from retrieval.pattern import compiled
from retrieval.references import Mention

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_MOST_PLACES = 5
_ABOUT = re.compile(
    r"\s*,?\s*(?:khóa [XVI]+ )?(?:về(?: việc)?|ban hành|quy định|phê duyệt|sửa đổi|thực hiện|triển khai)\b"
)
# … from when, in the sentence that cites it, no other document between.
_IN_EFFECT = re.compile(r"(?<!hết )\bcó\s+hiệu\s+lực\b[^.;]{0,40}\bngày\s+\d")

# "thực hiện theo công văn số mấy": a document of the same kind as its own may be meant; "ban hành theo quyết định nào"
# means its own.
_FOLLOWED = compiled(
    r"(?<!hành )(?<!kèm )(?:theo|căn cứ|dựa trên|dựa vào|thực hiện|tại)(?: \S+){0,2} "
    r"(?:công văn|kế hoạch|quyết định|tờ trình) (?:nào|số (?:mấy|bao nhiêu|nào))"
)
_READ = 8  # best passages in which a number may stand
_CLEARLY = 1.5  # times the evidence of where the preamble cites it, from which the place in the body is told first


def number_nearer(question: Question, hits: Sequence[Hit], left: Evidence, snapshot: Snapshot) -> Fact | None:
    """Return the number of the cited document of which one of the best passages says what is `left` of the question.

    "Kế hoạch số mấy về tiếp công dân" asks for the plan that a decision here cites, not for a draft without number.
    """
    kinds = asked_kinds(question.meant)
    for hit in hits[:_READ]:
        passage = snapshot.passage(hit.passage)
        document = snapshot.document(passage.document)
        for symbol, start, end in naming.symbols(document.text[passage.start : passage.end]):
            said = sentence_around(document, passage.start + start, passage.start + end)
            if kind_of_symbol(symbol) in kinds and left.coverage(said.of(document.text)) >= MOST_OF_IT:
                return Fact(Wanted.SYMBOL, f"Số hiệu: {symbol}.", (Place(passage.document, said.start, said.end),))
    return None


def about_symbol(
    question: Question, wanted: Wanted, symbol: str, mentions: Sequence[Mention], snapshot: Snapshot
) -> Fact | None:
    """What the citing documents say of the document `symbol`: its date, issuer or subject."""
    preferred = sorted(
        mentions,
        key=lambda m: (
            -question.documents.get(m.position, 0.0),
            m.position,
            _standing(snapshot.document(m.position), m.reference),
        ),
    )
    if wanted is Wanted.ISSUE_DATE:
        return _dated(symbol, [m for m in preferred if m.reference.date], snapshot)
    if wanted is Wanted.ISSUER:
        named = [m for m in preferred if m.reference.issuer]
        if not named:
            return None
        first = named[0].reference
        statement = f"{_title(first)} là của {first.issuer} (theo viện dẫn trong {_citing(named[0], snapshot)})."
        return Fact(wanted, statement, _places(named, snapshot))
    if wanted is Wanted.SUBJECT:
        telling = [m for m in preferred if _says_subject(m, snapshot)]
        if not telling:
            return None
        words = _clause(snapshot.document(telling[0].position), telling[0].reference)
        return Fact(wanted, f"Theo {_citing(telling[0], snapshot)}: “{words}”.", _places(telling, snapshot, wide=True))
    return None


def effect(mentions: Sequence[Mention], snapshot: Snapshot) -> Fact | None:
    """Return what the first of `mentions` that tells it says of the day from which the cited document has effect."""
    for mention in mentions:
        document = snapshot.document(mention.position)
        span = sentence_around(document, mention.reference.start, mention.reference.end)
        said = _IN_EFFECT.search(document.text, mention.reference.end, span.end)
        if said is not None and not naming.symbols(document.text[mention.reference.end : said.start()]):
            return Fact(
                Wanted.PASSAGE, f"{_title(mention.reference)}:", (Place(mention.position, span.start, span.end),)
            )
    return None


def described(question: Question, wanted: Wanted, meant: Meant, evidence: Evidence) -> Fact | None:
    """A cited document that is described, not numbered: "ngày ban hành chỉ thị đó", "theo quyết định nào"."""
    own = None if _FOLLOWED.search(question.meant) else meant.document.header.kind
    kinds = [kind for kind in asked_kinds(question.meant) if kind != own]
    if not kinds:
        return None
    # A "thông tư liên tịch" is a "thông tư", too.
    named = [ref for ref in meant.document.references if ref.symbol and _is_one_of(ref.kind, kinds)]
    if wanted is Wanted.ISSUE_DATE:
        named = [ref for ref in named if ref.date]
    if not named:
        return None
    best = min(named, key=lambda ref: (-evidence.score(_around(meant.document, ref)), ref.start))
    same = sorted((ref for ref in named if ref.symbol == best.symbol), key=lambda ref: _standing(meant.document, ref))
    if evidence.score(_around(meant.document, best)) > _CLEARLY * evidence.score(_around(meant.document, same[0])):
        same = [best, *(ref for ref in same if ref is not best)]
    statement = f"{_title(best)} ngày {best.date.vietnamese()}." if best.date else f"{_title(best)}."
    if best.issuer and fold(best.issuer) not in fold(statement):
        statement = statement[:-1] + f" của {best.issuer}."
    spans = [sentence_around(meant.document, ref.start, ref.end) for ref in same[:_MOST_PLACES]]
    return Fact(wanted, statement, tuple(meant.place(span) for span in spans))


def _is_one_of(kind: str | None, kinds: Sequence[str]) -> bool:
    return kind is not None and any(kind == one or kind.startswith(f"{one} ") for one in kinds)


def _dated(symbol: str, mentions: Sequence[Mention], snapshot: Snapshot) -> Fact | None:
    if not mentions:
        return None
    counted = Counter(m.reference.date for m in mentions)
    date = max(counted, key=lambda d: (counted[d], bool(d and d.whole)))
    agreeing = [m for m in mentions if m.reference.date == date]
    others = [m for m in mentions if m.reference.date != date]
    if date is None:
        return None
    statement = f"{_title(agreeing[0].reference)}: ngày {date.vietnamese()}"
    statement += f" (theo viện dẫn trong {_citing(agreeing[0], snapshot)})."
    places = _places([*agreeing[:1], *others, *agreeing[1:]], snapshot)
    return Fact(Wanted.ISSUE_DATE, statement, places, _disagreement(symbol, agreeing, others, snapshot))


def _disagreement(
    symbol: str, agreeing: Sequence[Mention], others: Sequence[Mention], snapshot: Snapshot
) -> tuple[str, ...]:
    # Within one document the disagreement is a finding of its analysis, and noted as such.
    odd = next((m for m in others if m.position not in {other.position for other in agreeing}), None)
    if odd is None:
        return ()
    document = snapshot.document(odd.position)
    section = document.section_at(odd.reference.start).cite
    assert odd.reference.date and agreeing[0].reference.date
    where = f"mục {section} của {name_of(document)}"
    return (
        f"Các tài liệu ghi ngày của {symbol} không thống nhất: {where} ghi {odd.reference.date.vietnamese()}, "
        f"{'các chỗ khác' if len(agreeing) > 1 else 'chỗ khác'} ghi {agreeing[0].reference.date.vietnamese()}.",
    )


def _title(reference: Reference) -> str:
    kind = (reference.kind or "văn bản").capitalize()
    return f"{kind} số {reference.symbol}"


def _citing(mention: Mention, snapshot: Snapshot) -> str:
    return name_of(snapshot.document(mention.position))


def _says_subject(mention: Mention, snapshot: Snapshot) -> bool:
    """Tell whether the words right after the mention say what the document is about."""
    text = snapshot.document(mention.position).text
    return bool(_ABOUT.match(text, mention.reference.end))


def _clause(document: Document, reference: Reference) -> str:
    """Return the words from the mention to where its clause ends."""
    span = sentence_around(document, reference.start, reference.end)
    stop = re.compile(r";|\.(?:\s|$)|\n").search(document.text, reference.end, span.end)
    return document.text[reference.start : stop.start() if stop else span.end].strip()


def _standing(document: Document, reference: Reference) -> tuple[int, int]:
    """Order mentions by where they stand: the preamble cites in full, the body in passing, the title names itself."""
    kind = document.section_at(reference.start).kind
    return {SectionKind.PREAMBLE: 0, SectionKind.TITLE: 2}.get(kind, 1), reference.start


def _around(document: Document, reference: Reference) -> str:
    """Return the mention with a few words on either side."""
    section = document.section_at(reference.start)
    return document.text[max(section.start, reference.start - 80) : min(section.end, reference.end + 160)]


def _places(mentions: Iterable[Mention], snapshot: Snapshot, *, wide: bool = False) -> tuple[Place, ...]:
    places: dict[Place, None] = {}
    for mention in mentions:
        document = snapshot.document(mention.position)
        span = sentence_around(document, mention.reference.start, mention.reference.end)
        if not wide and span.end - span.start > 400:
            span = Span(mention.reference.start, mention.reference.end)
        places.setdefault(Place(mention.position, span.start, span.end))
        if len(places) == _MOST_PLACES:
            break
    return tuple(places)
