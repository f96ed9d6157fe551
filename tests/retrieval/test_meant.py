from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pytest

from index.encoder import load_encoder
from knowledge.text import syllables
from retrieval import naming
from retrieval.fusion import elsewhere
from retrieval.provinces import key, named
from retrieval.question import understand
from retrieval.search import stays
from tests.retrieval.fakes import FakeSnapshot, header
from tests.retrieval.office import DIRECTIVE_BEN_TRE, DRAFT_LAM_DONG, PLAN_LAM_DONG, RULES_BAC_GIANG, TEXTS, office

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
HEADS = [head for head, _ in TEXTS]


def meant(text: str) -> tuple[int | None, bool, float]:
    question = understand(text, (), office(), NOW)
    if not question.documents:
        return None, question.exclusive, 0.0
    best = max(question.documents, key=lambda document: question.documents[document])
    return best, question.exclusive, question.documents[best]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Kế hoạch 215/KH-SCT nói gì?", PLAN_LAM_DONG),
        ("ke hoach 215/kh-sct noi gi", PLAN_LAM_DONG),
        ("Kế hoạch số 215 / KH - SCT nói gì?", PLAN_LAM_DONG),
        ("chỉ thị 07 nói về việc gì", DIRECTIVE_BEN_TRE),
        ("CT 7 về gì", DIRECTIVE_BEN_TRE),
        ("chi thi so 7/CT-UBND ai ky", DIRECTIVE_BEN_TRE),
    ],
)
def test_a_symbol_or_kind_and_number_settles_it(text: str, head: object) -> None:
    document, exclusive, confidence = meant(text)
    assert document is not None and HEADS[document] is head
    assert exclusive and confidence == 1.0


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("Bến Tre quy định bật điều hòa thế nào?", DIRECTIVE_BEN_TRE),
        ("ben tre bat dieu hoa bao nhieu do", DIRECTIVE_BEN_TRE),
        ("quy chế khen thưởng của Sở Y tế", RULES_BAC_GIANG),
        ("SYT Bắc Giang xét lao động tiên tiến khi nào", RULES_BAC_GIANG),
        ("kế hoạch của Sở Công Thương Lâm Đồng có tiêu chí gì cho tập thể", PLAN_LAM_DONG),
        ("kế hoạch của Sở Nội vụ Lâm Đồng về tiết kiệm điện", DRAFT_LAM_DONG),
        ("văn bản do Lê Thị Bích Vân ký", DIRECTIVE_BEN_TRE),
        ("kế hoạch ngày 18/02/2025", PLAN_LAM_DONG),
        ("phong trào Công sở số, nụ cười thân thiện", PLAN_LAM_DONG),
    ],
)
def test_meant(text: str, head: object) -> None:
    document, _, confidence = meant(text)
    assert document is not None and HEADS[document] is head
    assert confidence > 0.3


def test_two_documents_of_one_province_are_both_possible() -> None:
    question = understand("Lâm Đồng quy định gì về văn hóa công sở?", (), office(), NOW)
    assert {HEADS[document] for document in question.documents} >= {PLAN_LAM_DONG, DRAFT_LAM_DONG}
    assert not question.exclusive


def test_a_question_about_no_document_means_none() -> None:
    question = understand("máy lạnh đặt bao nhiêu độ?", (), office(), NOW)
    assert all(confidence < 0.5 for confidence in question.documents.values())


def test_a_cited_symbol_does_not_mean_its_citers() -> None:
    document, exclusive, _ = meant("Quyết định 1180/QĐ-UBND ban hành ngày nào?")
    assert not exclusive or document is None


def test_a_province_no_document_is_about_speaks_against_an_answer() -> None:
    assert "Hà Giang" in understand("Hà Giang tiết kiệm điện thế nào?", (), office(), NOW).unknown
    # "… trạng thái bình thường" does not mention Thái Bình.
    snapshot = FakeSnapshot([(PLAN_LAM_DONG, ["Trở lại trạng thái bình thường mới, giao lưu với Quảng Nam."])])
    assert "Thái Bình" in understand("Kế hoạch của Thái Bình?", (), snapshot, NOW).unknown
    assert not understand("giao lưu với Quảng Nam", (), snapshot, NOW).unknown
    assert not understand("Bến Tre tiết kiệm điện thế nào?", (), office(), NOW).unknown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("theo 912/KH-SNNMT và 31 -CT/TU", ["912/KH-SNNMT", "31-CT/TU"]),
        ("459-kh/tu", ["459-KH/TU"]),
        ("quyết định 9/2024/QĐ-UBND", ["9/2024/QĐ-UBND"]),
        ("chỉ thị 31 CT/TU", ["31-CT/TU"]),
        ("luật 06/2022/QH15", ["06/2022/QH15"]),
        ("trước ngày 15/11/2025, 24/7", []),
        ("giai đoạn 2021-2025", []),
    ],
)
def test_symbols(text: str, found: list[str]) -> None:
    assert [symbol for symbol, _, _ in naming.symbols(text)] == found


def test_numbers_of_documents_are_no_years_and_no_amounts() -> None:
    assert naming.numbered("chỉ thị 41 và kế hoạch số 459") == (
        naming.Numbered("chỉ thị", 41, None),
        naming.Numbered("kế hoạch", 459, None),
    )
    assert naming.numbered("kế hoạch 2025") == ()
    assert naming.numbered("kế hoạch 5 năm") == ()
    assert naming.numbered("thong tu 5 2024") == (naming.Numbered("thông tư", 5, 2024),)


def test_dates() -> None:
    assert naming.dates("ngày 27/3/2025, 31/02/2025, 5 tháng 9 năm 2024") == (date(2025, 3, 27), date(2024, 9, 5))
    assert naming.days("trước 15/11, 40/15", 2025) == (date(2025, 11, 15),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sở nội vụ đồng nai", ["Đồng Nai"]),
        ("so noi vu dong nai", ["Đồng Nai"]),
        ("tư tưởng Hồ Chí Minh", []),
        ("thành phố Hồ Chí Minh", ["Hồ Chí Minh"]),
        ("TPHCM", ["Hồ Chí Minh"]),
        ("Bà Rịa - Vũng Tàu và Thanh Hoá", ["Bà Rịa - Vũng Tàu", "Thanh Hóa"]),
        ("bình đình thế nào", []),
    ],
)
def test_provinces(text: str, found: list[str]) -> None:
    words = syllables(text)
    assert [name for name, _, _ in named(words, marked=any(not word.isascii() for word in words))] == found


def test_province_keys() -> None:
    assert key("Thành phố Cần Thơ") == key("can tho") == key("tỉnh Cần Thơ")
    assert key("Khánh Hoà") == key("Khánh Hòa") != key("Thanh Hóa")


def test_the_government_is_not_meant_where_its_head_acts() -> None:
    head = header(kind="nghị quyết", symbol="9/NQ-CP", issuer="Chính phủ", subject="Phong trào trồng rừng ven biển")
    snapshot = FakeSnapshot([(head, ("Trồng rừng ven biển ở các tỉnh.",)), *TEXTS], load_encoder())

    def sure(text: str) -> float:
        return understand(text, (), snapshot, NOW).documents.get(0, 0.0)

    assert sure("Bộ tiêu chí 12 được Chính phủ phê duyệt ngày nào?") > 0.3
    assert sure("Bộ tiêu chí 12 được Thủ tướng Chính phủ phê duyệt ngày nào?") < 0.3
    assert sure("bo tieu chi 12 duoc van phong chinh phu gui ngay nao") < 0.3


def test_the_best_of_other_documents_lose_where_one_is_surely_meant() -> None:
    known = np.array([0.0, 1.0, 0.4], np.float32)
    assert elsewhere(known, staying=True).tolist() == [1.0, 0.0, 0.0]
    assert not elsewhere(known, staying=False).any()


def test_a_follow_up_stays_in_the_document_spoken_of_as_one_that_names_it_does() -> None:
    first, turn = "Kế hoạch 912/KH-SNNMT ban hành ngày nào?", "báo cáo về đâu?"
    now = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
    assert stays(understand(turn, (first,), office(), now))
    assert not stays(understand(turn, (), office(), now))
