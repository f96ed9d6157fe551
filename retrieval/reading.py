"""One question read by itself: its words as they were meant, without marks, typos and abbreviations in the way.

Knows nothing of earlier turns and of which document is meant.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.kinds import NAMES as KIND_NAMES
from knowledge.text import fold, normalise, syllables

from . import abbreviations, naming, stopwords
from .language import Language, language
from .lattice import Candidate, Counts, Lattice
from .lattice import Reading as Ranked
from .typos import candidates

_ABBREVIATED = 0.8  # cost of an abbreviation's second meaning, per halving of its prior
# What phones leave of the words that ask; letters label things, too.
_CHAT = {"k": "không", "ko": "không", "j": "gì"}
_LABELS = frozenset("diem khoan muc luc mau loai nhom hang lop to bang bieu khoi an cap toa phong nha so".split())
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
    # Once more, now that slips are mended: "tếh còn …", "năm nài".
    _mark_asking(pieces, marked=marked, words=[row[0].words for row in read_rows])
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


def _mark_asking(pieces: Sequence[_Piece], *, marked: bool, words: Sequence[tuple[str, ...]] | None = None) -> None:
    """Mark the pieces that ask; by the words they were read as, where those are given."""
    text, starts = "", []
    for place, piece in enumerate(pieces):
        starts.append(len(text))
        text += " ".join(words[place] if words else piece.words) + " "
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
        elif piece.asks and not marked:
            rows.append([Candidate(tuple(map(stopwords.written, piece.words)), 0.0)])
        elif word == "o" and not marked:
            rows.append([Candidate(("ở",), 0.0)])  # no other word
        elif word in _CHAT and not piece.fixed and not _labelled(pieces, position):
            rows.append([Candidate((_CHAT[word],), 0.0)])
        elif piece.fixed or piece.asks or len(word) == 1:
            rows.append([Candidate(piece.words, 0.0)])
        else:
            rows.append(candidates(word, counts, beyond, marked=marked, settled=settled[position]))
    return rows


def _labelled(pieces: Sequence[_Piece], position: int) -> bool:
    """Tell whether a letter is the name of something: "điểm k khoản 2", "mẫu K 3"."""
    around = [fold(piece.words[0]) for piece in pieces[max(0, position - 1) : position + 2]]
    return pieces[position].typed.isupper() or around[-1].isdigit() or (position > 0 and around[0] in _LABELS)


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
