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

from index.lexical import best, tokens
from knowledge.document import Header
from knowledge.symbols import symbol_key
from knowledge.text import fold, syllables

from . import naming, provinces
from .headers import Headers, headers
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
_UNNAMED = 0.4  # … and what is left of it where the question speaks of no document: every question has a subject
_NEEDED = 2.0  # evidence at which a document is as likely meant as not
_SETTLED = 2.5  # lead over the next document at which no other can be meant
_CONSIDERED = 48  # documents whose headers are compared in full
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
    exact = _exact(named, names)
    if exact:
        return Meant(dict.fromkeys(exact, 1.0), exclusive=True)
    evidence = _evidence(named, names, snapshot)
    if not evidence:
        return Meant({}, exclusive=False)
    most = max(evidence.values())
    documents = {
        document: _sigmoid(value - _NEEDED) * math.exp(0.7 * (value - most)) for document, value in evidence.items()
    }
    kept = {document: round(value, 4) for document, value in documents.items() if value >= _LEAST}
    others = sorted((value for value in evidence.values()), reverse=True)[1:2]
    lead = most - max(others[0] if others else 0.0, 0.0)
    return Meant(kept, exclusive=not named.across and most - _NEEDED > 1.5 and lead > _SETTLED)


def _exact(named: Naming, names: Headers) -> list[int]:
    """Documents called by their own symbol, or by kind and number; a cited symbol means no document."""
    found = [document for symbol in named.symbols for document in names.by_symbol.get(symbol_key(symbol), ())]
    for called in named.numbered:
        for document in names.by_number.get(called.number, ()):
            year_fits = called.year is None or called.year in names.years(document)
            if names.kind(document) == called.kind and year_fits:
                found.append(document)
    return list(dict.fromkeys(found))


def _evidence(named: Naming, names: Headers, snapshot: Snapshot) -> dict[int, float]:
    subject = _subject(named, snapshot)
    considered = set(best(subject, _CONSIDERED)[0].tolist())
    wanted_provinces = {provinces.key(name) for name in named.provinces}
    for name in wanted_provinces:
        considered.update(names.by_province.get(name, ())[:_CONSIDERED])
    folded = " ".join(fold(word) for word in named.words)
    units = {" ".join(syllables(fold(unit))) for unit in named.units}
    names_one = bool(named.kinds or named.symbols or named.provinces)
    most = _SUBJECT if names_one else _SUBJECT * _UNNAMED
    found = {}
    for document in considered:
        header = names[document]
        score = float(subject[document])
        value = most * score / (score + _HALF_SUBJECT)
        value += _by_province(header, wanted_provinces) + _by_issuer(header, folded, units)
        value += _by_time(named, names, document) + _by_kind(named, names, document)
        value += _by_name(header, folded)
        found[document] = value
    return found


def _subject(named: Naming, snapshot: Snapshot) -> NDArray[np.float32]:
    """BM25 of the headers for the question's words; words that are in every header weigh nothing by themselves."""
    kept = [word for word, weight in zip(named.words, weights(named.words), strict=True) if weight == 1.0]
    return snapshot.heads.scores(tokens(" ".join(kept), folded=True))


def _by_province(header: Header, wanted: set[str]) -> float:
    own = {provinces.key(name) for name in (header.province, header.place) if name}
    if not wanted or not own:
        return 0.0
    return _PROVINCE if wanted & own else _OTHER_PROVINCE


def _by_issuer(header: Header, folded: str, units: set[str]) -> float:
    """The issuer's name in the question, its province left out; its first three words count in part."""
    if not header.issuer:
        return 0.0
    name = provinces.without(syllables(header.issuer))
    words = [fold(word) for word in name if fold(word) not in ("tinh", "va")]
    text = f" {' '.join(word for word in folded.split() if word != 'va')} "
    for size, share in ((len(words), 1.0), (4, 0.9), (3, 0.8)):
        phrase = " ".join(words[:size])
        if 2 <= size <= len(words) and f" {phrase} " in text:
            as_unit = any(phrase in " ".join(w for w in unit.split() if w != "va") for unit in units)
            return share * (_ISSUER_AS_UNIT if as_unit else _ISSUER)
    return 0.0


_IN_QUOTES = re.compile(r"[“\"]([^“”\"]{12,})[”\"]")  # a word or two in quotation marks name nothing


def _by_name(header: Header, folded: str) -> float:
    """The signer's name, and what the subject has between quotation marks."""
    value = 0.0
    if header.signer and header.signer.name and " ".join(syllables(fold(header.signer.name))) in folded:
        value += _SIGNER
    quoted = _IN_QUOTES.findall(header.subject or "")
    return value + _QUOTED * any(" ".join(syllables(fold(name))) in folded for name in quoted)


def _by_time(named: Naming, names: Headers, document: int) -> float:
    header = names[document]
    if header.date and header.date.whole in named.dates:
        return _DATE
    asked = named.years
    own = names.years(document) | set(naming.years(header.subject or ""))
    if not asked or not own:
        return 0.0
    return _YEAR * len(own & set(asked)) / len(asked) if own & set(asked) else _OTHER_YEAR


def _by_kind(named: Naming, names: Headers, document: int) -> float:
    asked, own = named.kinds, names.kind(document)
    if not asked or own is None:
        return 0.0
    return _KIND if own == asked[0] else (_OTHER_KIND if own not in asked else 0.0)


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))


def absent_provinces(named: Naming, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the provinces the question names that no document is from and no passage mentions."""
    names = headers(snapshot)
    return tuple(
        name
        for name in named.provinces
        if provinces.key(name) not in names.by_province and not _mentioned(name, snapshot)
    )


def _mentioned(name: str, snapshot: Snapshot) -> bool:
    pairs: Sequence[str] = [token for token in tokens(name, folded=True) if "_" in token] or [fold(name)]
    return all(snapshot.folded.frequency(pair) > 0 for pair in pairs)
