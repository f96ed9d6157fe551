"""What one indexed document tells about another."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.document import Document, FindingKind, PartialDate
from knowledge.findings import across
from knowledge.related import ALIKE, jaccard, shingles
from tests.knowledge.conftest import EMPTY_HEADER, WHOLE_HEADER, make_document

OLD = replace(
    WHOLE_HEADER,
    kind="quyết định",
    symbol="5/QĐ-SXD",
    date=PartialDate(2020, 4, 3),
    issuer="Sở Xây dựng Bình Sơn",
)
NEW = replace(OLD, symbol="9/QĐ-SXD", date=PartialDate(2025, 2, 1))
WORDS = "phòng ban đơn vị báo cáo kết quả thực hiện kế hoạch công tác năm nay theo mẫu gửi văn phòng tổng hợp".split()


def _prose(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def _plain(words: list[str], file: str) -> Document:
    return make_document(" ".join(words), file=file, header=EMPTY_HEADER)


def test_a_replaced_document_says_by_what() -> None:
    old = make_document("Nội dung cũ.", file="cu.docx", header=OLD)
    new = make_document("Quyết định này thay thế Quyết định số 05/QĐ-SXD ngày 03/4/2020.", file="moi.docx", header=NEW)
    found = across([old, new])
    assert list(found) == [0]
    (finding,) = found[0]
    assert finding.kind is FindingKind.REPLACED
    assert finding.message == (
        "Văn bản này được thay thế, bãi bỏ bởi Quyết định số 9/QĐ-SXD ngày 01/02/2025 (tệp moi.docx)."
    )


def test_an_amended_document_says_by_what_once() -> None:
    old = make_document("Nội dung cũ.", header=OLD)
    text = "Sửa đổi khoản 1 Điều 2 Quyết định số 5/QĐ-SXD.\n\nSửa đổi khoản 2 Điều 3 Quyết định số 5/QĐ-SXD."
    found = across([make_document(text, header=NEW), old])
    assert [finding.kind for finding in found[1]] == [FindingKind.AMENDED]


def test_a_draft_that_would_replace_is_named_a_draft() -> None:
    old = make_document("Nội dung cũ.", header=OLD)
    draft = replace(NEW, symbol=None, is_draft=True, subject="Quy chế họp")
    found = across([old, make_document("Quyết định này thay thế Quyết định số 5/QĐ-SXD.", header=draft)])
    assert "(còn là dự thảo)" in found[0][0].message


def test_citing_and_citing_in_passing_change_nothing() -> None:
    old = make_document("Nội dung cũ.", header=OLD)
    new = make_document("Theo Quyết định số 5/QĐ-SXD đã được thay thế bởi Quyết định số 7/QĐ-SXD.", header=NEW)
    assert across([old, new]) == {}


def test_almost_the_same_text_is_reported_both_ways() -> None:
    words = _prose(1)
    found = across([_plain(words, "a.txt"), _plain(_prose(2), "b.txt"), _plain([*words, "hết"], "c.txt")])
    assert set(found) == {0, 2}
    assert found[0][0].kind is FindingKind.NEAR_DUPLICATE
    assert "c.txt" in found[0][0].message
    assert "a.txt" in found[2][0].message


def test_many_copies_are_counted_not_listed() -> None:
    words = _prose(1)
    found = across([_plain([*words, *["thêm"] * count], f"{count}.txt") for count in range(4)])
    assert all(len(findings) == 1 for findings in found.values())
    assert "và 2 văn bản khác" in found[0][0].message


def test_documents_too_short_to_compare_are_left_alone() -> None:
    assert across([_plain(["một", "hai"], "a.txt"), _plain(["một", "hai"], "b.txt"), _plain([], "c.txt")]) == {}


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 40), min_size=2, max_size=6))
def test_near_duplicates_are_exactly_those_over_the_threshold(seed: int, changes: list[int]) -> None:
    """Min-hashing against comparing every pair: what it finds is right, and it misses nothing clearly over."""
    rng = random.Random(seed)
    base = _prose(seed, 400)
    documents = []
    for number, count in enumerate(changes):
        words = list(base)
        for place in rng.sample(range(len(words)), count):
            words[place] = f"khác{number}{place}"
        documents.append(_plain(words, f"{number}.txt"))
    vocabulary: dict[str, int] = {}
    sets = [shingles(document, vocabulary) for document in documents]
    alike = {pair: jaccard(sets[pair[0]], sets[pair[1]]) for pair in combinations(range(len(sets)), 2)}
    over = {place for pair, index in alike.items() if index >= ALIKE for place in pair}
    clearly = {place for pair, index in alike.items() if index >= ALIKE + 0.1 for place in pair}
    found = set(across(documents))
    assert found <= over
    assert clearly <= found


def test_jaccard_of_sets() -> None:
    one, other = np.array([1, 2, 3], np.uint64), np.array([2, 3, 4], np.uint64)
    empty = np.empty(0, np.uint64)
    assert jaccard(one, other) == 0.5
    assert jaccard(one, one) == 1.0
    assert jaccard(empty, empty) == 0.0


def test_shingles_are_what_a_reader_would_count() -> None:
    words = _prose(3, 60)
    expected = {tuple(words[place : place + 5]) for place in range(len(words) - 4)}
    assert len(shingles(_plain(words, "a.txt"), {})) == len(expected)
