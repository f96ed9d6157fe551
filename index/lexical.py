"""BM25 over the tokens of rows, in parts that come and go.

Knows nothing of passages or questions: tokens in, scores out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.postings import STEPS, Postings, inverse_frequency, term_hashes

_GROUPED = 64  # rows of which only the best is compared, to find how good the best of all are
_REMEMBERED, _REMEMBERED_OF = 4096, 256  # tokens kept looked up, some 4 MB at most; and how many of one request


@dataclass(frozen=True, slots=True)
class Part:
    """Postings and which of their rows still count."""

    postings: Postings
    live: NDArray[np.int32] | None = None  # rows that count, ascending; None: all of them

    def __len__(self) -> int:
        return len(self.postings) if self.live is None else len(self.live)


@dataclass(frozen=True, slots=True)
class Choice:
    """Tokens that stand for a word together, and how much they count where all of them are."""

    tokens: tuple[str, ...]
    weight: float


class LexicalIndex:
    """BM25 over the live rows of its parts, numbered through in order. Read-only, so safe from any thread."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = tuple(parts)
        self._alive = tuple(_mask(part) for part in parts)
        self._size = sum(len(part) for part in parts)
        self._known: dict[str, tuple[int, list[int]] | None] = {}

    def __len__(self) -> int:
        return self._size

    def frequency(self, token: str) -> int:
        """Return in how many rows `token` stands."""
        return self._look_up([token])[0][0]

    def frequencies(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """Return int64 [len(tokens)]: in how many rows each token stands."""
        if len(tokens) > _REMEMBERED_OF:
            return self._find(tokens)[1]
        return np.array([held for held, _ in self._look_up(tokens)], dtype=np.int64)

    def _look_up(self, tokens: Sequence[str]) -> list[tuple[int, list[int]]]:
        """Return for each token in how many rows it stands, and its column in every part, -1 for none.

        Remembered: the words of a question are looked up a dozen times over, and those of the next are much the same.
        """
        found = {token: self._known.get(token) for token in tokens}
        missing = [token for token, known in found.items() if known is None]
        if missing:
            columns, held = self._find(missing)
            found.update(zip(missing, zip(held.tolist(), columns.T.tolist(), strict=True), strict=True))
            if len(self._known) + len(missing) > _REMEMBERED:
                self._known.clear()
            self._known.update((token, found[token]) for token in missing)
        return [known for token in tokens if (known := found[token]) is not None]

    def _find(self, tokens: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return int64 [parts, len(tokens)], the column of each in every part; and in how many rows each stands."""
        hashes = term_hashes(tokens)
        columns = np.empty((len(self._parts), len(tokens)), dtype=np.int64)
        held = np.zeros(len(tokens), dtype=np.int64)
        for number, (part, alive) in enumerate(zip(self._parts, self._alive, strict=True)):
            columns[number] = part.postings.find(hashes)
            held += part.postings.frequencies(columns[number], alive)
        return columns, held

    def scores(
        self,
        tokens: Sequence[str],
        weights: Sequence[float] | None = None,
        choices: Sequence[Sequence[Choice]] = (),
    ) -> NDArray[np.float32]:
        """Return float32 [len(self)]: the BM25 score of every row; a token said twice counts twice.

        `weights` [len(tokens)] multiply the share of each token; 1 where not given. Of each list of `choices` a row is
        given the best it has, as if they were one token.
        """
        terms = self._weigh(tokens, weights)
        groups = self._chosen(choices) if choices else []
        scores = np.zeros(self._size, dtype=np.float32)
        first = 0
        for number, part in enumerate(self._parts):
            own = scores[first : first + len(part)]
            if part.live is None:
                self._add(number, terms, groups, own)
            else:
                whole = np.zeros(len(part.postings), dtype=np.float32)
                self._add(number, terms, groups, whole)
                own[:] = whole[part.live]
            first += len(part)
        return scores

    def presence(self, tokens: Sequence[str], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return bool [len(tokens), len(rows)]: whether each of a few hundred `rows` has each token."""
        found = np.zeros((len(tokens), len(rows)), dtype=np.bool_)
        columns = [columns for _, columns in self._look_up(tokens)]
        first = 0
        for number, part in enumerate(self._parts):
            mine = np.flatnonzero((rows >= first) & (rows < first + len(part)))
            local = rows[mine] - first
            stored = local if part.live is None else part.live[local]
            for line, own in enumerate(columns if len(mine) else ()):
                if own[number] >= 0:
                    found[line, mine] = part.postings.holds(own[number], stored)
            first += len(part)
        return found

    def top(
        self, tokens: Sequence[str], weights: Sequence[float] | None = None, k: int = 10
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the at most `k` best rows with a score above 0, best first, equal ones by row; and their scores."""
        scores = self.scores(tokens, weights)
        return best(scores, k)

    def _weigh(self, tokens: Sequence[str], weights: Sequence[float] | None) -> list[tuple[float, list[int]]]:
        """Return (weight times idf, column in each part) of every token that some live row has."""
        summed: dict[str, float] = {}
        for token, weight in zip(tokens, weights if weights is not None else [1.0] * len(tokens), strict=True):
            summed[token] = summed.get(token, 0.0) + weight
        known = self._weighed(list(summed))
        return [(summed[token] * idf, columns) for token, (idf, columns) in known.items() if summed[token]]

    def _weighed(self, distinct: Sequence[str]) -> dict[str, tuple[float, list[int]]]:
        """Return the idf of every token that some live row has, and its column in each part."""
        return {
            token: (inverse_frequency(self._size, held), columns)
            for token, (held, columns) in zip(distinct, self._look_up(distinct), strict=True)
            if held
        }

    def _chosen(self, choices: Sequence[Sequence[Choice]]) -> list[list[list[tuple[float, list[int]]]]]:
        """Return for every choice what `_weigh` does for its tokens, all looked up at once.

        Choices are left out of which a token stands nowhere.
        """
        tokens = list(dict.fromkeys(token for group in choices for choice in group for token in choice.tokens))
        known = self._weighed(tokens)
        return [
            [
                [(choice.weight * known[token][0], known[token][1]) for token in choice.tokens]
                for choice in group
                if choice.weight and all(token in known for token in choice.tokens)
            ]
            for group in choices
        ]

    def _add(
        self,
        number: int,
        terms: list[tuple[float, list[int]]],
        groups: list[list[list[tuple[float, list[int]]]]],
        scores: NDArray[np.float32],
    ) -> None:
        """Add to the scores of all rows of a part, removed ones too."""
        postings = self._parts[number].postings
        best_of = np.zeros(len(scores) if groups else 0, dtype=np.float32)  # what a group gave so far
        for group in groups:
            chosen = [one for one in (self._together(number, choice) for choice in group) if len(one[0])]
            if len(chosen) == 1:
                np.add.at(scores, *chosen[0])
                continue
            for rows, shares in chosen:  # no row twice in one of them
                so_far = best_of[rows]
                gain = np.maximum(shares - so_far, np.float32(0.0))
                np.add.at(scores, rows, gain)
                best_of[rows] = so_far + gain
            for rows, _ in chosen:
                best_of[rows] = 0.0
        for weight, columns in terms:
            if columns[number] >= 0:
                postings.add(columns[number], np.float32(weight / STEPS), scores)

    def _together(
        self, number: int, terms: list[tuple[float, list[int]]]
    ) -> tuple[NDArray[np.integer[Any]], NDArray[np.float32]]:
        """Return the rows of a part that have all `terms`, and for each what the most telling of these is worth."""
        columns = [columns[number] for _, columns in terms]
        postings = self._parts[number].postings
        if not columns or min(columns) < 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        sizes = [int(postings.held[column]) for column in columns]
        first = sizes.index(min(sizes))
        rows, strengths = postings.column(columns[first])
        rows, shares = rows.astype(np.intp), strengths * np.float32(terms[first][0] / STEPS)
        for place, column in enumerate(columns):
            if place != first and len(rows):
                has = postings.holds(column, rows)
                rows, shares = rows[has], shares[has]
        return rows, shares


def _mask(part: Part) -> NDArray[np.bool_] | None:
    if part.live is None:
        return None
    mask = np.zeros(len(part.postings), dtype=np.bool_)
    mask[part.live] = True
    return mask


def best(scores: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Return the at most `k` rows with the highest score above 0, best first, equal ones by row; and their scores."""
    rows = np.flatnonzero((scores >= bound) if (bound := _least(scores, k)) > 0 else (scores > 0))
    rows = rows[np.lexsort((rows, -scores[rows]))][:k]
    return rows, scores[rows]


def _least(scores: NDArray[np.float32], k: int) -> float:
    """Return what each of the `k` highest scores reaches at least: the k-th highest of the tops of groups of rows.

    A group is every n-th row, for the passages of one document often answer together. A sixth of the time of
    partitioning all scores where there are a million.
    """
    groups = len(scores) // _GROUPED
    if groups < 2 * k or k < 1:
        return 0.0
    tops = scores[: groups * _GROUPED].reshape(_GROUPED, groups).max(axis=0)
    return float(np.partition(tops, groups - k)[groups - k])
