"""FAISS against brute force, with rows that no longer count and several parts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import unit_rows
from index.vectors import VectorIndex, VectorPart, rounded, steps, write_vectors


def random_rows(count: int, seed: int) -> np.ndarray:
    return unit_rows(np.random.default_rng(seed).standard_normal((count, 24)))


def load(folder: Path, *parts: tuple[np.ndarray, list[int] | None]) -> VectorIndex:
    loaded = []
    for number, (rows, live) in enumerate(parts):
        write_vectors(rounded(rows), folder / f"{number}.faiss")
        alive = None if live is None else np.array(live, dtype=np.int32)
        loaded.append(VectorPart.load(folder / f"{number}.faiss", alive))
    return VectorIndex(loaded)


def _stored(rows: np.ndarray) -> np.ndarray:
    return rounded(rows).astype(np.float32) / np.float32(steps(rows.shape[1]))


@pytest.mark.parametrize("k", [1, 7, 500])
def test_search_is_brute_force(tmp_path: Path, k: int) -> None:
    first, second = random_rows(200, 1), random_rows(50, 2)
    live = list(range(0, 200, 3))
    index = load(tmp_path, (first, live), (second, None))
    kept = _stored(np.concatenate([first[live], second]))
    for query in _stored(random_rows(20, 3)):
        exact = kept @ query
        rows, cosines = index.search(query, k)
        assert len(rows) == min(k, len(kept)) == min(k, len(index))
        np.testing.assert_allclose(cosines, np.sort(exact)[::-1][:k], atol=1e-5)
        np.testing.assert_allclose(exact[rows], cosines, atol=1e-5)
        np.testing.assert_allclose(index.similarities(query, rows), cosines, atol=1e-5)


def test_rows_come_back_as_they_were_stored(tmp_path: Path) -> None:
    vectors = random_rows(10, 4)
    index = load(tmp_path, (vectors[:6], [1, 2, 5]), (vectors[6:], None))
    np.testing.assert_allclose(index.rows(np.array([6, 0, 3, 2])), vectors[[9, 1, 6, 5]], atol=0.5 / steps(24) + 1e-6)
    write_vectors(rounded(index.rows(np.arange(7))), tmp_path / "again.faiss")
    again = VectorIndex([VectorPart.load(tmp_path / "again.faiss")])
    np.testing.assert_array_equal(again.rows(np.arange(7)), index.rows(np.arange(7)))


def test_nothing_is_found_in_nothing(tmp_path: Path) -> None:
    query = random_rows(1, 5)[0]
    for index in (VectorIndex([]), load(tmp_path, (random_rows(3, 6), []), (random_rows(0, 7), None))):
        rows, cosines = index.search(query, 5)
        assert len(rows) == len(cosines) == len(index) == 0
        assert len(index.similarities(query, rows)) == 0


def test_a_row_of_zeros_is_like_nothing(tmp_path: Path) -> None:
    rows = random_rows(3, 8)
    rows[1] = 0
    index = load(tmp_path, (rows, None))
    assert index.similarities(rows[0], np.array([1]))[0] == 0


@pytest.mark.parametrize("dimension", [24, 256, 1024])
def test_a_byte_is_enough_for_a_cosine(dimension: int) -> None:
    rows = unit_rows(np.random.default_rng(9).standard_normal((300, dimension)))
    assert np.abs(_stored(rows) @ rows[0] - rows @ rows[0]).max() < 0.008
    assert np.abs(_stored(rows)).max() <= 1
    np.testing.assert_array_equal(rounded(_stored(rows)), rounded(rows))
