"""Plain records as an index, and the must-check of quality on the corpus of law articles."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.corpus import build_corpus, record_document
from index.passage import LONGEST
from tests.index.doubles import HashingEncoder

RECORDS = [
    ("a+1", "Giờ mở cửa", "Thư viện mở cửa từ bảy giờ sáng."),
    ("a+2", "Mượn sách", "Bạn đọc được mượn ba cuốn. " * 100),
    ("a+3", "", "Không có tiêu đề."),
    ("a+4", "Chỉ có tiêu đề", ""),
    ("a+5", "", ""),
]


def test_a_record_is_a_document_and_mostly_one_passage(tmp_path: Path) -> None:
    snapshot = build_corpus(iter(RECORDS), tmp_path, HashingEncoder())
    assert [card.file for card in snapshot.documents] == [record[0] for record in RECORDS]
    sizes = [card.last - card.first for card in snapshot.documents]
    assert sizes == [1, 3, 1, 1, 0]
    texts = [snapshot.passage(number).text for number in range(len(snapshot))]
    assert all(len(text) <= LONGEST for text in texts)
    assert texts[0].startswith("Giờ mở cửa")
    assert snapshot.passage(2).context == "Mượn sách"
    rows, _ = snapshot.accented.top(["mượn", "sách"], k=3)
    assert {int(snapshot.document_of[row]) for row in rows} == {1}
    assert snapshot.document(1) == record_document(*RECORDS[1])


def test_progress_counts_records(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    build_corpus(RECORDS, tmp_path, HashingEncoder(), lambda *at: told.append(at))
    assert told[-1] == ("index", 5, 5)


def test_a_corpus_of_nothing_is_an_empty_index(tmp_path: Path) -> None:
    assert len(build_corpus([], tmp_path, HashingEncoder())) == 0


def test_a_corpus_larger_than_a_segment_is_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.versions.MOST", 10)
    records = [(str(n), f"Điều {n}", f"Việc thứ {n} của thư viện.") for n in range(35)]
    snapshot = build_corpus(records, tmp_path, HashingEncoder())
    assert len(snapshot.manifest.segments) == 4
    assert [snapshot.documents[int(snapshot.document_of[n])].file for n in range(35)] == [str(n) for n in range(35)]
    assert int(snapshot.accented.scores(["điều", "23"]).argmax()) == 23
