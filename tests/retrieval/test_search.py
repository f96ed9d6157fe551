from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval import fusion
from retrieval.model import Hit
from retrieval.question import understand
from retrieval.search import search
from tests.retrieval import perturb
from tests.retrieval.fakes import FakeSnapshot, header
from tests.retrieval.office import office

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)


def find(text: str, snapshot: FakeSnapshot | None = None, k: int = 5) -> list[Hit]:
    chosen = office() if snapshot is None else snapshot
    return search(understand(text, (), chosen, NOW), chosen, k)


def first(text: str) -> str:
    return office().passage(find(text)[0].passage).text


QUESTIONS = [
    ("Máy lạnh được bật khi nhiệt độ ngoài trời bao nhiêu?", "28 độ"),
    ("Tiêu chí đối với tập thể của Sở Công Thương Lâm Đồng", "giải quyết đúng hạn hồ sơ"),
    ("Tiêu chí cho cá nhân trong kế hoạch 215", "thái độ giao tiếp"),
    ("Công đoàn cơ sở có nhiệm vụ gì?", "vận động đoàn viên"),
    ("Hội đồng thi đua khen thưởng gồm những ai?", "bảy ủy viên"),
    ("tỷ lệ chiến sĩ thi đua cơ sở tối đa bao nhiêu phần trăm", "15%"),
    ("đăng ký chỉ tiêu tiết kiệm gửi về đâu", "gửi về Văn phòng Sở"),
    ("Sở Công Thương Bến Tre kiểm tra tiết kiệm điện và báo cáo ai?", "trước ngày 15 hằng tháng"),
]


@pytest.mark.parametrize(("text", "words"), QUESTIONS)
def test_the_passage_that_answers_comes_first(text: str, words: str) -> None:
    assert words in first(text)


@pytest.mark.parametrize("name", perturb.ALL)
def test_the_same_passage_however_it_is_typed(name: str) -> None:
    same = 0
    for text, words in QUESTIONS:
        for seed in range(4):
            same += words in first(perturb.ALL[name](text, random.Random(seed)))
    assert same >= 0.9 * 4 * len(QUESTIONS)


def test_hits_are_best_first_and_bounded() -> None:
    hits = find("tiết kiệm điện trong cơ quan", k=3)
    assert len(hits) == 3
    assert len({hit.passage for hit in hits}) == 3
    for hit in hits:
        assert 0 <= hit.score <= 1 and 0 <= hit.coverage <= 1 and 0 <= hit.meant <= 1 and -1 <= hit.semantic <= 1.001


def test_weak_evidence_scores_below_good_evidence() -> None:
    assert find("cách nấu phở bò gia truyền Nam Định")[0].score < 0.2
    assert find("thủ tục ly hôn đơn phương tại tòa án")[0].score < 0.2
    assert find("tiêu chí đối với tập thể của Sở Công Thương")[0].score > 0.5


def test_nothing_to_search() -> None:
    assert find("?") == []
    assert find("tiết kiệm điện", FakeSnapshot([])) == []


def test_a_surely_meant_document_comes_before_better_words_elsewhere() -> None:
    hits = find("Chỉ thị 07/CT-UBND của Bến Tre giao Văn phòng Sở tổng hợp kết quả thi đua thế nào?")
    assert office().document_of[hits[0].passage] == 1


def test_repetitions_within_a_document_are_shown_once() -> None:
    text = "Các phòng nộp báo cáo sáng kiến trước ngày 5 hằng tháng."
    snapshot = FakeSnapshot([(header(subject="Sáng kiến"), [text, text, "Lưu hồ sơ tại văn thư."])])
    texts = [snapshot.passage(hit.passage).text for hit in find("nộp báo cáo sáng kiến", snapshot)]
    assert texts.count(text) == 1


def test_fusion_of_nothing() -> None:
    empty = np.zeros(0, np.float32)
    features = fusion.Features(empty, empty, empty, empty, empty)
    assert len(fusion.rank(features, exclusive=False)) == len(fusion.confidence(features, empty)) == 0


def test_more_evidence_never_scores_less() -> None:
    low, high = np.zeros(1, np.float32), np.ones(1, np.float32)
    base = fusion.Features(low, low, low, low, low)
    for field in ("lexical", "semantic", "coverage", "together", "meant"):
        features = fusion.Features(**{name: high if name == field else low for name in base.__slots__})
        assert fusion.rank(features, exclusive=False)[0] >= fusion.rank(base, exclusive=False)[0]
        assert fusion.confidence(features, low)[0] >= fusion.confidence(base, low)[0]
    assert fusion.confidence(base, high)[0] > fusion.confidence(base, low)[0]


def test_the_vectors_read_the_whole_question_as_it_was_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only its content words, nor other words for them; a follow-up carries over what it leaves out."""
    snapshot = office()
    read: list[str] = []
    encode = snapshot.encoder.encode_queries

    def noted(texts: Sequence[str]) -> NDArray[np.float32]:
        read.extend(texts)
        return encode(texts)

    monkeypatch.setattr(snapshot.encoder, "encode_queries", noted)
    find("hạn nộp báo cáo của đơn vị là khi nào", snapshot)
    assert read == ["hạn nộp báo cáo của đơn vị là khi nào"]
    read.clear()
    previous = ["Tiêu chí cho tập thể trong kế hoạch 215?"]
    search(understand("thế còn cá nhân?", previous, snapshot, NOW), snapshot, 5)
    assert read[-1].startswith("thế còn cá nhân")
    assert "tiêu" in read[-1].split()
