from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from retrieval.coverage import asked_pairs, asked_words, share, share_of_text
from retrieval.language import language
from retrieval.question import understand
from retrieval.search import search
from tests.retrieval.fakes import FakeSnapshot, header

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
SNAPSHOT = FakeSnapshot(
    [
        (header(subject="Giải quyết hồ sơ"), ["Hồ sơ trễ hẹn phải có thư xin lỗi người dân.", "Phòng họp ở tầng ba."]),
        (header(subject="Tập huấn"), ["Tập huấn cho giáo viên các xã miền núi trong tháng 7.", "Kinh phí do Sở cấp."]),
    ]
)


@pytest.mark.parametrize(
    ("text", "passage"),
    [("trả giấy tờ muộn thì sao", 0), ("mở lớp dạy thầy cô khi nào", 2), ("tiền lấy ở đâu", 3)],
)
def test_everyday_words_find_official_ones(text: str, passage: int) -> None:
    assert search(understand(text, (), SNAPSHOT, NOW), SNAPSHOT, 1)[0].passage == passage


def test_other_words_for_the_same_count_in_part() -> None:
    question = understand("giấy tờ muộn", (), SNAPSHOT, NOW)
    words = asked_words(question, SNAPSHOT)
    shares = share(words, SNAPSHOT, np.arange(4), trusted=True)
    assert 0.3 < shares[0] < 1.0
    assert shares[3] == 0.0
    assert 0.3 < share_of_text(words, SNAPSHOT.passage(0).text) < 1.0
    assert share_of_text(words, "giấy tờ muộn") == pytest.approx(1.0)


def test_all_words_in_full_is_all() -> None:
    question = understand("hồ sơ trễ hẹn", (), SNAPSHOT, NOW)
    rows = np.arange(4)
    assert share(asked_words(question, SNAPSHOT), SNAPSHOT, rows, trusted=True)[0] == pytest.approx(1.0)
    assert share(asked_pairs(question, SNAPSHOT), SNAPSHOT, rows, trusted=True)[0] == pytest.approx(1.0)
    assert share([], SNAPSHOT, rows, trusted=True).tolist() == [0.0] * 4


def test_other_marks_count_in_part() -> None:
    words = asked_words(understand("hồ sơ", (), SNAPSHOT, NOW), SNAPSHOT)
    exact = share(words, SNAPSHOT, np.array([0]), trusted=True)[0]
    question = understand("hỗ sờ", (), SNAPSHOT, NOW)
    other = share(asked_words(question, SNAPSHOT), SNAPSHOT, np.array([0]), trusted=True)[0]
    assert other <= exact


def test_language_knows_words_no_document_has() -> None:
    assert language().chance("kéo", "dài") > 0.1
    assert language().chance("dài", "kéo") < 0.1
    assert "lương" in language().forms("luong")
    assert language().forms("qaun") == ()
