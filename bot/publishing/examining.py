"""What an admin is told of a received document before it is published: what it is, and what it does to the others.

Functions of an analysed document and the library; knows nothing of files, jobs and channels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from bot import wording
from bot.asking import Library
from bot.domain.publishing import Examined, Intake
from bot.publishing.comparing import amended, changes, replaced
from knowledge.document import Document, FindingKind, Obligation
from knowledge.pages import doubtful_pages
from knowledge.related import ALIKE, jaccard, shingles
from knowledge.relations import Role, roles
from knowledge.symbols import symbol_key
from knowledge.text import fold, syllables

_MOST_DUTIES, _MOST_FINDINGS = 8, 8
_LONGEST_DUTY = 140  # characters
_COMPARED = 12  # documents whose whole text is compared: those whose subjects are most alike


def examine(document: Document, library: Library | None, twin: str | None, waiting: Iterable[Intake] = ()) -> Examined:
    """Return what is worth knowing of a document.

    `twin` is the key of the document that this one becomes the newest version of; `waiting` are other documents that
    wait for a decision.
    """
    header = document.header
    cards = library.cards if library else ()
    known = any(card.digest == document.digest for card in cards)
    return Examined(
        name=wording.name(header),
        subject=header.subject or "",
        issuer=header.issuer or "",
        issuer_inferred=header.issuer_inferred,
        date=header.date.vietnamese() if header.date else "",
        sections=len(document.sections),
        duties=tuple(islice((_duty(document, one) for one in document.obligations if one.when), _MOST_DUTIES)),
        findings=tuple(_findings(document)),
        relations=() if known else (*_waits(document, waiting), *_relations(document, library, twin)),
        pages=tuple(page.number for page in doubtful_pages(document.findings)),
        known=known,
    )


def _duty(document: Document, duty: Obligation) -> str:
    place = wording.place(document.sections[duty.section].cite)
    when = f" ({duty.when.text})" if duty.when else ""
    what = " ".join(f"{duty.who or ''} {duty.what}".split())
    return f"{place}: {what if len(what) <= _LONGEST_DUTY else what[: _LONGEST_DUTY - 1].rstrip() + '…'}{when}"


def _findings(document: Document) -> Iterator[str]:
    """Yield the findings one by one, serious ones first; the many of one kind are counted."""
    kinds: dict[FindingKind, list[str]] = {}
    for one in document.findings:
        if one.kind is not FindingKind.LOW_CONFIDENCE:  # told by their pages
            kinds.setdefault(one.kind, []).append(f"{wording.FINDINGS[one.kind]}: {one.message}")
    order = sorted(kinds, key=lambda kind: kind not in wording.SERIOUS)
    for kind in order[:_MOST_FINDINGS]:
        lines = kinds[kind]
        if len(lines) > 2:
            yield f"{wording.FINDINGS[kind]}: {len(lines)} chỗ"
        else:
            yield from lines


def _waits(document: Document, waiting: Iterable[Intake]) -> Iterator[str]:
    """The first of those that wait and bear the same symbol: a Word file and its scan, an older draft of it."""
    name = wording.name(document.header)
    same = [one.id for one in waiting if document.header.symbol and one.examined and one.examined.name == name]
    if same:
        yield f"Cùng số, ký hiệu với văn bản số {same[0]} đang chờ công bố; công bố cả hai thì bản sau thay bản trước"


def _relations(document: Document, library: Library | None, twin: str | None) -> Iterator[str]:
    if library is None:
        return
    cards = library.cards
    same = next((at for at, card in enumerate(cards) if twin is not None and card.key == twin), None)
    if same is not None:
        yield f"Thay bản đang có của {wording.name(cards[same].header)}: {changes(library.document(same), document)}."
    yield from _does(document, library)
    yield from _done_to(document, library)
    if same is None:
        yield from _alike(document, library)


def _does(document: Document, library: Library) -> Iterator[str]:
    """What it does to documents that are there, compared with each; to those that are not, that it does."""
    by_symbol = {symbol_key(card.header.symbol): at for at, card in enumerate(library.cards) if card.header.symbol}
    verbs = {Role.REPLACES: "Thay thế, bãi bỏ", Role.AMENDS: "Sửa đổi, bổ sung"}
    told: dict[str, None] = {}
    for reference, role in zip(document.references, roles(document), strict=True):
        if role not in verbs or not reference.symbol:
            continue
        at = by_symbol.get(symbol_key(reference.symbol))
        if at is None:
            told[f"{verbs[role]} {reference.symbol} (văn bản này chưa có trong kho)"] = None
            continue
        says = f"{verbs[role]} {wording.name(library.cards[at].header)}"
        before = library.document(at)
        compared = [replaced(before, document)] if role is Role.REPLACES else list(amended(before, document))
        told[": ".join([says, "; ".join(compared)]) if compared else says] = None
    yield from told


def _done_to(document: Document, library: Library) -> Iterator[str]:
    """What documents that are there do to it."""
    if document.header.symbol is None:
        return
    key = symbol_key(document.header.symbol)
    verbs = {Role.REPLACES: "Đã bị thay thế, bãi bỏ bởi", Role.AMENDS: "Đã được sửa đổi, bổ sung bởi"}
    for at, card in enumerate(library.cards):
        if any(one.symbol and symbol_key(one.symbol) == key for one in card.references):
            citing = library.document(at)
            for one, role in zip(citing.references, roles(citing), strict=True):
                if role in verbs and one.symbol and symbol_key(one.symbol) == key:
                    yield f"{verbs[role]} {wording.name(card.header)}"
                    break


def _alike(document: Document, library: Library) -> Iterator[str]:
    """The one document that is nearly the same text."""
    words = set(syllables(fold(document.header.subject or "")))
    shared = [
        (len(words & set(syllables(fold(card.header.subject or "")))), -at)
        for at, card in enumerate(library.cards)
        if card.header.kind == document.header.kind
    ]
    vocabulary: dict[str, int] = {}
    own = shingles(document, vocabulary)
    nearest = [-at for _, at in sorted(shared, reverse=True)[:_COMPARED]]
    found = [(jaccard(own, shingles(library.document(at), vocabulary)), -at) for at in nearest]
    best, at = max(found, default=(0.0, 0))
    if best >= ALIKE:
        yield f"Gần như trùng ({100 * best:.0f} %) với {wording.name(library.cards[-at].header)}"
