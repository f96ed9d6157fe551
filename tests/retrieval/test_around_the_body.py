"""What is asked of a document and what of its matter: titles, numbers left blank, labels behind a name, lists."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

CONTEST = """Thể lệ Hội thi hát đò đưa và hội bến mùa xuân (Ban hành kèm số 3847/QĐ-HBD ngày 14/10/2025).

I. MỤC ĐÍCH, YÊU CẦU:

- Tìm người hát hay cho hội bến; giữ lời ca của người chèo đò.

II. CÁCH THỨC GỬI BÀI

1. Thời gian nhận bài hát: từ ngày 01/11/2025 đến hết ngày 30/5/2026.

- Đối tượng dự hội bến: người chèo đò, người bán hàng trên bến và các cháu thiếu nhi.

2. Giờ mở bến: 5h00; giờ đóng bến tập: 23h00. Phòng tập hát mở từ 07 giờ 00 đến 21 giờ 00.
"""
DECISION = """ỦY BAN NHÂN DÂN
XÃ MAI THƯỢNG

Số: /QĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Mai Thượng, ngày 12 tháng 01 năm 2026

QUYẾT ĐỊNH
Về việc thành lập Tổ gác đê mùa lũ

Căn cứ Kế hoạch số 18/KH-UBND ngày 05/01/2026 của Ủy ban nhân dân xã về tiếp dân và nhận đơn trong mùa lũ;

Điều 1. Thành lập Tổ gác đê gồm năm người.

Điều 2. Tổ gác đê tuần tra mỗi đêm hai lượt, ghi sổ. Tổ gác đê tổng hợp, báo cáo Ủy ban nhân dân xã về đê hằng tuần; \
với những sự cố nghiêm trọng như sạt mái, thủng cống thì báo ngay trong giờ.

Điều 3. Đài truyền thanh và Hội Nông dân đưa Nghị quyết số 57-NQ/TW của Bộ Chính trị đến từng hộ ven đê.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    texts = {"the-le.txt": CONTEST, "quyet-dinh.txt": DECISION}
    return asking(tmp_path_factory.mktemp("around"), texts, now=NOW)


def test_a_title_does_not_answer_what_stands_below_it(ask: Ask) -> None:
    answer = ask("Thời gian nhận bài hội thi hát đò đưa và hội bến mùa xuân từ ngày nào đến ngày nào?")
    assert "01/11/2025 đến hết ngày 30/5/2026" in answer.citations[0].quote


def test_a_title_answers_what_it_came_with(ask: Ask) -> None:
    answer = ask("Thể lệ Hội thi hát đò đưa và hội bến mùa xuân ban hành kèm văn bản số mấy, ngày nào?")
    assert answer.found
    assert "3847/QĐ-HBD" in answer.citations[0].quote


def test_the_number_of_what_a_decision_without_number_cites(ask: Ask) -> None:
    answer = ask("Xã Mai Thượng ra kế hoạch số bao nhiêu về tiếp dân, nhận đơn trong mùa lũ?")
    assert answer.found
    assert "18/KH-UBND" in answer.answer


def test_its_own_number_left_blank_is_said_to_be(ask: Ask) -> None:
    answer = ask("Quyết định thành lập Tổ gác đê mùa lũ của xã Mai Thượng số bao nhiêu?")
    assert not answer.found
    assert "để trống số" in answer.answer


@pytest.mark.parametrize("said", ["Thể lệ hội thi hát đò đưa quy định ", "Theo thể lệ hội thi hát, ", "the le neu "])
def test_a_label_behind_what_names_the_document(ask: Ask, said: str) -> None:
    assert "5h00" in ask(f"{said}giờ mở bến và giờ đóng bến là mấy giờ?").citations[0].quote


def test_what_is_only_cited_is_not_here(ask: Ask) -> None:
    answer = ask("Nghị quyết 57-NQ/TW đặt ra mục tiêu nào cho bà con sống ven đê?")
    assert not answer.found
    assert "chưa có nghị quyết số 57-NQ/TW" in answer.answer


def test_a_label_among_words_that_ask(ask: Ask) -> None:
    answer = ask("Những đối tượng nào được dự hội bến mùa xuân, hội thi hát đò đưa?")
    assert "người bán hàng" in answer.citations[0].quote


def test_the_sentence_that_names_what_is_to_be_listed(ask: Ask) -> None:
    answer = ask("Tổ gác đê phải tổng hợp, báo cáo Ủy ban nhân dân xã Mai Thượng những sự cố nào?")
    assert answer.found
    assert "sạt mái" in answer.citations[0].quote
