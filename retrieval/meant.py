"""Which of the indexed documents a question means.

Evidence is added up per document on a natural log scale (about 3 settles it) and turned into a confidence. A symbol
or a kind with its number settles it alone; province, issuer, signer, date, year, kind and the words of the subject
add to each other.

Knows nothing of passages.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.lexical import best
from index.passage import Passage
from index.tokens import tokens
from knowledge.symbols import symbol_key
from knowledge.text import fold, syllables, tone_placement

from . import naming, provinces
from .headers import Called, headers
from .stopwords import weights

if TYPE_CHECKING:
    from index.snapshot import Snapshot

# What one kind of evidence adds, in nats.
_PROVINCE, _OTHER_PROVINCE = 3.0, -3.0
_ISSUER, _ISSUER_AS_UNIT = 2.2, 0.8  # a body whose duties are asked may sit in any document
_SIGNER, _DATE, _YEAR, _OTHER_YEAR = 2.5, 3.0, 1.0, -0.6
_QUOTED = 3.0  # the name between quotation marks in its subject: a movement, a contest
_KIND, _OTHER_KIND = 0.5, -0.5
_SUBJECT, _HALF_SUBJECT = 3.0, 6.0  # most that shared words can add; the BM25 score that adds half of it
_NEEDED = 2.0  # evidence at which a document is as likely meant as not
_SETTLED = 2.5  # lead over the next document at which no other can be meant
_CONSIDERED = 32  # documents whose headers are compared in full
_LOOKED_AT = 24  # passages read for a province that no document is called by
_OF_THE_GOVERNMENT = re.compile(r"\b(?:thu tuong|van phong|thanh tra|pho thu tuong) chinh phu\b")  # bodies of their own
_LEAST = 0.1  # confidences below are not worth carrying


@dataclass(frozen=True, slots=True)
class Naming:
    """What a question says about the document it means."""

    words: tuple[str, ...]  # corrected syllables, those that ask left out
    symbols: tuple[str, ...]
    numbered: tuple[naming.Numbered, ...]
    kinds: tuple[str, ...]
    years: tuple[int, ...]
    dates: tuple[date, ...]
    provinces: tuple[str, ...]  # names as in provinces.PROVINCES
    units: tuple[str, ...]  # bodies whose duties are asked
    across: bool


@dataclass(frozen=True, slots=True)
class Meant:
    """The documents a question may mean."""

    documents: dict[int, float]  # confidence 0..1
    exclusive: bool


def find_meant(named: Naming, snapshot: Snapshot) -> Meant:
    """Return the documents of `snapshot` that the question means, with how surely."""
    names = headers(snapshot)
    subject = _subject(named, snapshot)
    considered = _considered(subject)
    exact = [document for document in considered if _is_exact(named, names[document])]
    if exact:
        return Meant(dict.fromkeys(exact, 1.0), exclusive=True)
    evidence = _evidence(named, {document: names[document] for document in considered}, subject)
    most = max(evidence.values(), default=0.0)
    if most <= 0:
        return Meant({}, exclusive=False)
    documents = {
        document: _sigmoid(value - _NEEDED) * math.exp(0.7 * (value - most)) for document, value in evidence.items()
    }
    kept = {document: round(value, 4) for document, value in documents.items() if value >= _LEAST}
    others = sorted(evidence.values(), reverse=True)[1:2]
    lead = most - max(others[0] if others else 0.0, 0.0)
    return Meant(kept, exclusive=not named.across and most - _NEEDED > 1.5 and lead > _SETTLED)


def _subject(named: Naming, snapshot: Snapshot) -> NDArray[np.float32]:
    """BM25 of the headers for the question's words; words that are in every header weigh nothing by themselves."""
    kept = [word for word, weight in zip(named.words, weights(named.words), strict=True) if weight == 1.0]
    asked = tokens(" ".join(kept), folded=True)
    # Words of a symbol or of a number with its kind say nearly all: the document must be among those considered.
    telling = {fold(word) for symbol in named.symbols for word in syllables(symbol)}
    telling |= {word for one in named.numbered for word in (str(one.number), f"{one.number:02d}")}
    scores: NDArray[np.float32] = snapshot.heads.scores([*asked, *telling], [1.0] * len(asked) + [2.0] * len(telling))
    return scores


def _considered(subject: NDArray[np.float32]) -> list[int]:
    """Documents whose headers are compared in full: all of a few, the most alike of many."""
    if len(subject) <= _CONSIDERED:
        return list(range(len(subject)))
    rows, _ = best(subject, _CONSIDERED)
    return [int(row) for row in rows]


def _is_exact(named: Naming, document: Called) -> bool:
    """Called by its own symbol, or by kind and number; a cited symbol means no document."""
    if document.key is not None and any(symbol_key(symbol) == document.key for symbol in named.symbols):
        return True
    return any(
        (one.number, one.kind) == (document.number, document.kind) and (one.year is None or one.year in document.years)
        for one in named.numbered
    )


def _evidence(named: Naming, documents: dict[int, Called], subject: NDArray[np.float32]) -> dict[int, float]:
    folded = " ".join(fold(word) for word in named.words)
    # Documents are dated at places that are no provinces, too.
    places = {place for one in documents.values() for place in one.places if f" {place} " in f" {folded} "}
    places |= {provinces.key(name) for name in named.provinces}
    # Every question has a subject. Where it speaks of no document, that words of a title are among it tells nothing
    # that its passages do not tell: counted here too, it cost 0.008 nDCG@10 over 81,569 articles.
    most = _SUBJECT if named.kinds or named.symbols or places else 0.0
    units = [" ".join(word for word in syllables(fold(unit)) if word != "va") for unit in named.units]
    found = {}
    for document, one in documents.items():
        score = float(subject[document])
        value = most * score / (score + _HALF_SUBJECT)
        if places and one.places:
            value += _PROVINCE if places & one.places else _OTHER_PROVINCE
        value += _by_issuer(one, folded, units) + _by_time(named, one) + _by_kind(named, one)
        value += _SIGNER * (one.signer is not None and one.signer in folded)
        value += _QUOTED * any(name in folded for name in one.quoted)
        found[document] = value
    return found


def _by_issuer(document: Called, folded: str, units: Sequence[str]) -> float:
    """The issuer's name in the question, its province left out; its first three words count in part."""
    text = f" {' '.join(word for word in folded.split() if word != 'va')} "
    size = len(document.issuer)
    for taken, share in ((size, 1.0), (4, 0.9), (3, 0.8)):
        phrase = " ".join(document.issuer[:taken])
        if phrase == "chinh phu":
            text = _OF_THE_GOVERNMENT.sub(" ", text)
        if 2 <= taken <= size and f" {phrase} " in text:
            return share * (_ISSUER_AS_UNIT if any(phrase in unit for unit in units) else _ISSUER)
    return 0.0


def _by_time(named: Naming, document: Called) -> float:
    if document.date is not None and document.date in named.dates:
        return _DATE
    asked = set(named.years)
    if not asked or not document.years:
        return 0.0
    return _YEAR * len(document.years & asked) / len(asked) if document.years & asked else _OTHER_YEAR


def _by_kind(named: Naming, document: Called) -> float:
    if not named.kinds or document.kind is None:
        return 0.0
    if document.kind == named.kinds[0]:
        return _KIND
    return _OTHER_KIND if document.kind not in named.kinds else 0.0


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))


def absent_provinces(named: Naming, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the provinces the question names that no document is from and no passage mentions."""
    return tuple(name for name in named.provinces if not _mentioned(name, snapshot))


def _mentioned(name: str, snapshot: Snapshot) -> bool:
    """Some document is called by it, or some passage writes it as a name: "trạng thái bình thường" does not."""
    asked = tokens(name, folded=True)
    telling = [token for token in asked if "_" in token] or asked
    if all(snapshot.heads.frequency(token) for token in telling):
        return True
    rows, _ = snapshot.folded.top(telling, k=_LOOKED_AT)
    return any(_writes(snapshot.passage(int(row)), name) for row in rows)


def _writes(passage: Passage, name: str) -> bool:
    text = tone_placement(f"{passage.context} {passage.text}")
    return re.search(rf"(?<!\w){re.escape(tone_placement(name))}(?!\w)", text) is not None
