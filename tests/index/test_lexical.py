"""BM25: what a token is, the same scores as an independent implementation, and parts that come and go."""

from __future__ import annotations

import math
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.lexical import Choice, LexicalIndex, Part, best
from index.postings import K1, STEPS, TYPICAL, B, Postings, build_postings
from index.tokens import both_tokens, tokens
from knowledge.text import fold

ROWS = st.lists(st.lists(st.sampled_from("mùa xuân mua xuan sách báo đọc kể".split()), max_size=12), max_size=12)
QUERY = st.lists(st.sampled_from("mùa xuân mua sách báo nghe".split()), max_size=6)


class Okapi(BM25Okapi):
    """rank_bm25 with the idf and the length that index.postings names, to compare like with like."""

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.avgdl = TYPICAL
        self.idf = {word: math.log(1 + (self.corpus_size - n + 0.5) / (n + 0.5)) for word, n in nd.items()}


def index_of(rows: list[list[str]]) -> LexicalIndex:
    return LexicalIndex([Part(build_postings(rows))])


@settings(deadline=None)
@given(ROWS, QUERY)
def test_scores_are_those_of_an_independent_implementation(rows: list[list[str]], query: list[str]) -> None:
    scores = index_of(rows).scores(query)
    if not any(rows):
        assert not scores.any()
        return
    # rank_bm25 multiplies by k1 + 1, which changes no order.
    expected = Okapi(rows, k1=K1, b=B).get_scores(query) / (K1 + 1)
    rounding = 0.5 / STEPS * sum(math.log(1 + len(rows) + 0.5) for _ in query)
    np.testing.assert_allclose(scores, expected, atol=rounding + 1e-6)


@settings(deadline=None)
@given(ROWS, st.lists(st.integers(0, 11), max_size=3), QUERY, st.data())
def test_parts_with_removed_rows_score_as_one_index_of_what_is_left(
    rows: list[list[str]], cuts: list[int], query: list[str], data: st.DataObject
) -> None:
    edges = sorted({0, len(rows), *(cut for cut in cuts if cut < len(rows))})
    parts, left = [], []
    for first, last in pairwise(edges):
        alive = [row for row in range(last - first) if data.draw(st.booleans())]
        parts.append(Part(build_postings(rows[first:last]), np.array(alive, dtype=np.int32)))
        left += [rows[first + row] for row in alive]
    parted, whole = LexicalIndex(parts), index_of(left)
    assert len(parted) == len(whole)
    np.testing.assert_allclose(parted.scores(query), whole.scores(query), rtol=1e-5)
    for token in query:
        assert parted.frequency(token) == whole.frequency(token)
    every = np.arange(len(left))
    np.testing.assert_array_equal(parted.presence(query, every), whole.presence(query, every))
    np.testing.assert_array_equal(parted.top(query, k=3)[0], whole.top(query, k=3)[0])


def test_weights_multiply_and_a_token_said_twice_counts_twice() -> None:
    index = index_of([["sách"], ["báo"], ["sách", "báo"]])
    np.testing.assert_allclose(index.scores(["sách", "sách"]), index.scores(["sách"], [2.0]))
    weighed = index.scores(["sách"], [0.5]) + index.scores(["báo"], [3.0])
    np.testing.assert_allclose(index.scores(["sách", "báo"], [0.5, 3.0]), weighed, rtol=1e-6)


def test_of_each_list_of_choices_a_row_is_given_the_best_it_has() -> None:
    index = index_of([["sách", "báo"], ["báo", "tin"], ["sách", "tin"], ["vở", "bút"]])
    book, news, ink = Choice(("sách",), 0.5), Choice(("báo", "tin"), 0.8), Choice(("mực", "vở"), 1.0)
    got = index.scores(["vở"], choices=[[book, news, ink]])
    both = np.maximum(index.scores(["báo"], [0.8]), index.scores(["tin"], [0.8]))
    wanted = index.scores(["vở"]) + index.scores(["sách"], [0.5])
    wanted[1] = both[1]  # the only row with both its words; nothing has "mực"
    np.testing.assert_allclose(got, wanted, rtol=1e-6)
    twice = index.scores([], choices=[[book], [book]])
    np.testing.assert_allclose(twice, 2 * index.scores(["sách"], [0.5]), rtol=1e-6)
    same = index.scores([], choices=[[book, Choice(("sách",), 0.2)]])
    np.testing.assert_allclose(same, index.scores(["sách"], [0.5]), rtol=1e-6)


def test_the_best_rows_come_first_and_ties_by_row() -> None:
    rows, scores = index_of([["báo"], ["sách"], ["sách"], ["sách", "sách"], []]).top(["sách"], k=2)
    assert rows.tolist() == [3, 1]
    assert scores[0] > scores[1] > 0


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=20), st.integers(1, 25))
def test_best_is_a_full_sort_cut_short(values: list[float], k: int) -> None:
    scores = np.array(values, dtype=np.float32)
    expected = [row for row in sorted(range(len(values)), key=lambda row: (-values[row], row)) if values[row] > 0]
    assert best(scores, k)[1].tolist() == [values[row] for row in expected[:k]]


@given(st.integers(1, 9), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 0.5, 0.99]))
def test_best_of_many_rows(k: int, seed: int, empty: float) -> None:
    drawn = np.random.default_rng(seed)
    scores = np.where(drawn.random(3000) < empty, 0, drawn.integers(0, 40, 3000) / 8).astype(np.float32)
    rows, found = best(scores, k)
    wanted = np.lexsort((np.arange(3000), -scores))[:k]
    assert rows.tolist() == wanted[scores[wanted] > 0].tolist()
    assert found.tolist() == scores[rows].tolist()


def test_tokens_are_syllables_and_the_pairs_no_punctuation_parts() -> None:
    assert tokens("Kế hoạch đọc. Sách", folded=False) == ["kế", "hoạch", "đọc", "sách", "kế_hoạch", "hoạch_đọc"]
    assert tokens("Kế hoạch", folded=True) == ["ke", "hoach", "ke_hoach"]


@given(st.text(alphabet="aăâđeêouưyớờ ủỷ.;\n-/1", max_size=40))
def test_folding_the_text_or_its_tokens_is_the_same(text: str) -> None:
    assert both_tokens(text) == (tokens(text, folded=False), tokens(text, folded=True))
    assert tokens(fold(unicodedata.normalize("NFC", text)), folded=True) == tokens(text, folded=True)
    assert tokens(unicodedata.normalize("NFD", text), folded=False) == tokens(text, folded=False)


def test_what_is_saved_is_what_is_mapped(tmp_path: Path) -> None:
    made = build_postings([["sách", "sách_báo"], [], ["báo"]])
    made.save(tmp_path / "part")
    index = LexicalIndex([Part(Postings.load(tmp_path / "part"))])
    np.testing.assert_array_equal(index.scores(["sách", "báo"]), LexicalIndex([Part(made)]).scores(["sách", "báo"]))


def test_a_damaged_part_is_an_error_at_once(tmp_path: Path) -> None:
    build_postings([["sách"]]).save(tmp_path / "part")
    (tmp_path / "part" / "rows.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises((ValueError, OSError, EOFError)):
        Postings.load(tmp_path / "part")


def test_any_number_of_threads_may_ask() -> None:
    index = index_of([["sách"] * n + ["báo"] for n in range(200)])
    expected = index.scores(["sách", "báo"])
    with ThreadPoolExecutor(4) as pool:
        for scores in pool.map(lambda _: index.scores(["sách", "báo"]), range(50)):
            np.testing.assert_array_equal(scores, expected)


def test_terms_of_many_rows_are_stored_densely_and_answer_alike() -> None:
    rows = [["sách"] * (row % 3) + (["báo"] if row % 4 == 0 else []) + [f"số{row}"] for row in range(1200)]
    made = build_postings(rows)
    assert (len(made.dense), len(made.starts) - 1) == (1, 1201)  # "sách" stands in two rows of three
    index = LexicalIndex([Part(made)])
    for token in ("sách", "báo", "số7", "vở"):
        holding = [token in row for row in rows]
        np.testing.assert_array_equal(index.scores([token]) > 0, holding)
        np.testing.assert_array_equal(index.presence([token], np.arange(1200))[0], holding)
        assert index.frequency(token) == sum(holding)


def test_many_tokens_are_counted_as_each_alone_where_rows_were_removed() -> None:
    rows = [[f"số{row}", f"số{row + 1}", "sách"] for row in range(1500)]
    live = np.arange(0, 1500, 3, dtype=np.int32)
    index = LexicalIndex([Part(build_postings(rows), live)])
    asked = [*(f"số{number}" for number in range(1510)), "sách"]
    counts = index.frequencies(asked)
    assert counts.tolist() == [index.frequency(token) for token in asked]
    assert counts[-1] == len(live)
