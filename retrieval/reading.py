"""One question read by itself: its words as they were meant, without marks, typos and abbreviations in the way.

Knows nothing of earlier turns and of which document is meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.kinds import NAMES as KIND_NAMES
from knowledge.text import fold, normalise, syllables

from . import abbreviations, naming, stopwords, thesaurus
from .language import Language, language
from .lattice import Candidate, Counts, Lattice
from .lattice import Reading as Ranked
from .model import Term
from .pattern import compiled
from .typos import candidates

_ALSO = 0.35  # weight of a second reading, of the short form beside the long one and the other way round
_ALIKE = 0.3  # … of another word for the same
_CLOSE = 2.5  # how far behind the best a second reading may be, in nats
_ABBREVIATED = 0.8  # cost of an abbreviation's second meaning, per halving of its prior
_CHUNK = re.compile(r"[^\W_]+(?:[&-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the question as typed, with what it was read as."""

    typed: str
    readings: tuple[Ranked, ...]  # best first, never empty
    asks: bool  # part of "là gì", "khi nào" and the like: not searched for
    fixed: bool  # part of a symbol or a number: never another reading
    expanded: bool  # typed as an abbreviation

    @property
    def best(self) -> tuple[str, ...]:
        """The syllables it was read as."""
        return self.readings[0].words


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole question, read."""

    raw: str  # as typed, NFC, one line
    words: tuple[Word, ...]
    marked: bool  # typed with diacritics
    symbols: tuple[str, ...]

    @property
    def text(self) -> str:
        """The corrected words, those that ask included, joined by spaces."""
        return " ".join(part for word in self.words for part in word.best)


def read(text: str, counts: Counts) -> Reading:
    """Read `text` against the words of an index."""
    raw = " ".join(normalise(text).split())
    symbols = naming.symbols(raw)
    pieces = _pieces(raw, [(start, end) for _, start, end in symbols])
    plain = [word for piece in pieces if not piece.fixed for word in piece.words]
    marked = any(word != fold(word) for word in plain)
    _mark_asking(pieces, marked=marked)
    settled = [_settled(pieces, position, counts) for position in range(len(pieces))]
    beyond = None if marked and all(settled) else language()
    rows = _rows(pieces, settled, counts, beyond, marked=marked, capitals=not raw.isupper())
    read_rows = Lattice(counts, beyond).read(rows) if rows else []
    words = tuple(
        Word(piece.typed, tuple(row), piece.asks, piece.fixed, expanded=len(piece.words) != len(row[0].words))
        for piece, row in zip(pieces, read_rows, strict=True)
    )
    return Reading(raw, words, marked, tuple(dict.fromkeys(symbol for symbol, _, _ in symbols)))


@dataclass(slots=True)
class _Piece:
    typed: str
    words: tuple[str, ...]
    fixed: bool
    asks: bool = False


def _pieces(raw: str, symbols: Sequence[tuple[int, int]]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for match in _CHUNK.finditer(raw):
        inside = any(start <= match.start() < end for start, end in symbols)
        chunk = match.group()
        if inside or not abbreviations.meanings(chunk, capitals=True):
            pieces.extend(_Piece(word, (word,), inside or word.isdigit()) for word in syllables(chunk))
            if pieces and not inside and len(syllables(chunk)) == 1:
                pieces[-1].typed = chunk
        else:
            pieces.append(_Piece(chunk, ("".join(syllables(chunk)),), fixed=False))
    return pieces


def _mark_asking(pieces: Sequence[_Piece], *, marked: bool) -> None:
    text, starts = "", []
    for piece in pieces:
        starts.append(len(text))
        text += " ".join(piece.words) + " "
    for start, end in stopwords.asking(text.rstrip(), marked=marked):
        for piece, at in zip(pieces, starts, strict=True):
            piece.asks = piece.asks or start <= at < end


def _rows(
    pieces: Sequence[_Piece],
    settled: Sequence[bool],
    counts: Counts,
    beyond: Language | None,
    *,
    marked: bool,
    capitals: bool,
) -> list[list[Candidate]]:
    rows = []
    for position, piece in enumerate(pieces):
        word = piece.words[0]
        meanings = () if piece.fixed or piece.asks else abbreviations.meanings(piece.typed, capitals=capitals)
        if meanings and _numbered(pieces, position):
            meanings = tuple(one for one in meanings if " ".join(one.words) in KIND_NAMES) or meanings
        if meanings:
            usual = meanings[0].prior
            rows.append([Candidate(m.words, _ABBREVIATED * math.log2(usual / m.prior)) for m in meanings])
        elif piece.fixed or piece.asks or len(word) == 1:
            rows.append([Candidate(piece.words, 0.0)])
        else:
            rows.append(candidates(word, counts, beyond, marked=marked, settled=settled[position]))
    return rows


def _numbered(pieces: Sequence[_Piece], position: int) -> bool:
    """A number follows, perhaps after "số": "CT 31" is a directive, whatever else "CT" can be."""
    following = [piece.words[0] for piece in pieces[position + 1 : position + 3]]
    return bool(following) and following[-1 if fold(following[0]) == "so" else 0].isdigit()


def _settled(pieces: Sequence[_Piece], position: int, counts: Counts) -> bool:
    """The word stands beside one of its neighbours somewhere in the index: no slip of a key."""
    word = pieces[position].words[0]
    if pieces[position].fixed or pieces[position].asks or stopwords.is_common(word):
        return True
    before = position and counts.pair(pieces[position - 1].words[0], word)
    after = position + 1 < len(pieces) and counts.pair(word, pieces[position + 1].words[0])
    return bool(before or after)


def terms(reading: Reading, counts: Counts) -> list[Term]:
    """Return what is searched for: every content word with its weight, then second readings and short forms."""
    found: list[Term] = []
    also: list[Term] = []
    for run in _runs(reading):
        weights = stopwords.weights([part for part, _ in run])
        found.extend(Term(part, weight, word.typed) for (part, word), weight in zip(run, weights, strict=True))
    for word in reading.words:
        also.extend(() if word.asks else _second(word, counts))
    if found and all(term.weight < 1.0 for term in found):
        found = [Term(term.text, 1.0, term.typed) for term in found]
    also.extend(_short_forms(found, counts))
    also.extend(Term(word, _ALIKE, typed) for typed, other in _alike(reading, counts) for word in other)
    return _distinct([*found, *also])


def _alike(reading: Reading, counts: Counts) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Other words for what was typed that the index has: (what was typed, the other words)."""
    for run in _runs(reading):
        words = [part for part, _ in run]
        for start, end, other in thesaurus.alike(words):
            if all(map(counts.count, other)) and not any(word in words for word in other):
                yield " ".join(words[start:end]), other


def _runs(reading: Reading) -> list[list[tuple[str, Word]]]:
    """The syllables with their words, parted by words that ask."""
    runs: list[list[tuple[str, Word]]] = [[]]
    for word in reading.words:
        if word.asks:
            runs.append([])
        else:
            runs[-1].extend((part, word) for part in word.best)
    return runs


def _second(word: Word, counts: Counts) -> list[Term]:
    if word.fixed:
        return []
    best = {fold(part) for part in word.best}
    typed = "".join(syllables(word.typed))
    second = [Term(typed, _ALSO, word.typed)] if fold(typed) not in best and counts.forms(fold(typed)) else []
    for other in word.readings[1:]:
        if other.behind <= _CLOSE:
            weight = _ALSO * math.exp(-other.behind / _CLOSE)
            second.extend(Term(part, weight, word.typed) for part in other.words if fold(part) not in best)
    return second


def _short_forms(found: Sequence[Term], counts: Counts) -> list[Term]:
    """Documents also write "ủy ban nhân dân" as "UBND"."""
    words = [term.text for term in found]
    short = []
    for start in range(len(words)):
        for end in range(start + 2, min(len(words), start + abbreviations.LONGEST) + 1):
            form = abbreviations.short_form(tuple(words[start:end]))
            if form and counts.forms(fold(form)):
                short.append(Term(form, _ALSO, " ".join(words[start:end])))
    return short


def _distinct(found: Sequence[Term]) -> list[Term]:
    """One term a word, at its greatest weight, where it first stood."""
    kept: dict[str, Term] = {}
    for term in found:
        known = kept.get(term.text)
        if known is None or known.weight < term.weight:
            kept[term.text] = term
    return list(kept.values())


def pairs(reading: Reading, counts: Counts) -> list[Term]:
    """Return the adjacent syllables of the reading, "kế_hoạch", weighted by both; words that ask part them."""
    found = []
    for run in _runs(reading):
        weights = stopwords.weights([part for part, _ in run])
        for (first, word), (second, _), one, other in zip(run, run[1:], weights, weights[1:], strict=False):
            found.append(Term(f"{first}_{second}", math.sqrt(one * other), word.typed))
    for typed, alike in _alike(reading, counts):
        found.extend(Term(f"{first}_{second}", _ALIKE, typed) for first, second in pairwise(alike))
    return _distinct(found)


def unknown(reading: Reading, counts: Counts) -> tuple[str, ...]:
    """Return the content words that no document has, neighbours joined: evidence against an answer.

    Words typed without marks count when no document has them with any marks either.
    """
    found: list[list[str]] = []
    last = -2
    for position, word in enumerate(reading.words):
        parts = word.best
        absent = not any(counts.count(part) if reading.marked else counts.forms(fold(part)) for part in parts)
        if absent and not word.asks and not stopwords.is_joining(word.best[0]):
            if last == position - 1:
                found[-1].append(word.typed)
            else:
                found.append([word.typed])
            last = position
    return tuple(" ".join(words) for words in found)


_ACROSS = compiled(
    r"(?:trong |ở )?(?:các|những|tất cả|mọi|toàn bộ)(?: các| những)? (?:kế hoạch|văn bản|chỉ thị|quyết định|nghị quyết|"
    r"quy chế|tài liệu|công văn|thông tư|nghị định|luật)(?: nào| hiện có| này)?(?! (?:của|số|về việc))"
)
_WHICH = compiled(
    r"(?:(theo|căn cứ|căn cứ vào|thực hiện|triển khai|ban hành|dựa vào|dựa trên|cụ thể hóa) )?(?:những |các )?"
    r"(?:kế hoạch|văn bản|chỉ thị|quyết định|nghị quyết|quy chế|tài liệu|công văn|thông tư|nghị định) nào"
)


def across(text: str) -> bool:
    """Tell whether `text` (corrected) asks over all documents; "theo quyết định nào" asks for one that is cited."""
    return bool(_ACROSS.search(text)) or any(not match.group(1) for match in _WHICH.finditer(text))
