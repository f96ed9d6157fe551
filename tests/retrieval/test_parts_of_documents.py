"""What is asked of a part of a document, of the text that it consolidates, of one that it only cites."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

CONSOLIDATED = """BỘ THỦY VẬN

Số: 31/VBHN-BTV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Hà Nội, ngày 3 tháng 4 năm 2025

THÔNG TƯ
Hướng dẫn việc chèo đò ngang

Thông tư số 5/2020/TT-BTV ngày 03 tháng 02 năm 2020 của Bộ Thủy vận, có hiệu lực kể từ ngày 01 tháng 3 năm 2020, \
được sửa đổi bổ sung bởi:

Thông tư số 6/2021/TT-BTV ngày 08 tháng 9 năm 2021 của Bộ Thủy vận.

Điều 1. Chèo đò

Đò ngang có hai mái chèo, áo phao đủ cho khách.

Điều 2. Hiệu lực thi hành

Thông tư này có hiệu lực thi hành từ ngày 01 tháng 3 năm 2020, thay thế Thông tư số 9/2011/TT-BTV ngày 11/5/2011.
"""
PLAN = """SỞ THỦY VẬN

Số: 44/QĐ-STV

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Lau, ngày 12 tháng 01 năm 2026

QUYẾT ĐỊNH
Ban hành Kế hoạch triển khai Nghị định số 71/2025/NĐ-CP về bến đò

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch triển khai Nghị định số 71/2025/NĐ-CP.

Điều 1a. Không áp dụng với người lái đò mà đến ngày Quyết định này có hiệu lực đang bị giữ chứng chỉ.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Điều 3. Ngày 20 tháng 11 năm 2025, Chính phủ ban hành Nghị định số 71/2025/NĐ-CP quy định về bến đò, có hiệu lực thi \
hành kể từ ngày 15 tháng 02 năm 2026; các bến niêm yết ở nhà chờ.

GIÁM ĐỐC

Lò Văn Tấm
"""
CONTEST = """TRƯỜNG NGHỀ BẾN LAU

Số: 9/TB-TNBL

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Lau, ngày 5 tháng 02 năm 2026

THÔNG BÁO
Kế hoạch thi tay lái đò VAYLAI năm 2026

\\- “Người cầm lái” là thợ hoặc học trò đã qua một mùa nước và có sổ của bến.

1. Đăng ký thi ở phòng trực của trường.

2. Chứng chỉ: người thi đạt được nhận chứng chỉ tay lái đò VAYLAI do Trưởng bến ký.

HIỆU TRƯỞNG

Mùa Thị Sen
"""


RULES = """TRƯỜNG ĐUA ĐÒ LAM KHÊ

QUY ĐỊNH
Về việc học chèo của trường Đua đò Lam Khê

(Ban hành kèm theo Quyết định số 88/QĐ-TĐĐ, ngày 30 tháng 8 năm 2025 của Hiệu trưởng)

Điều 1. Thời điểm nộp giấy xin miễn học chèo

Người học nộp giấy xin miễn học chèo trong hai tuần cuối tháng 7 hằng năm.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    texts = {"hop-nhat.txt": CONSOLIDATED, "ke-hoach.txt": PLAN, "thi.txt": CONTEST, "quy-dinh.txt": RULES}
    return asking(tmp_path_factory.mktemp("parts"), texts, now=NOW)


def test_a_consolidated_text_is_that_of_the_document_it_consolidates(ask: Ask) -> None:
    answer = ask("Thông tư số 5/2020/TT-BTV thay thế những thông tư nào?")
    assert answer.found
    assert "9/2011/TT-BTV" in answer.answer


def test_the_effect_of_what_is_only_cited(ask: Ask) -> None:
    answer = ask("Nghị định số 71/2025/NĐ-CP có hiệu lực thi hành kể từ ngày nào?")
    assert "15 tháng 02 năm 2026" in answer.citations[0].quote


@pytest.mark.parametrize("asked", ["có hiệu lực từ ngày nào?", "có hiệu lực thi hành khi nào?", "áp dụng từ hôm nào?"])
def test_the_effect_of_the_plan_that_carries_it_out(ask: Ask, asked: str) -> None:
    answer = ask(f"Quyết định 44/QĐ-STV {asked}")
    assert "kể từ ngày ký" in answer.citations[0].quote


def test_what_came_with_a_decision_has_its_words(ask: Ask) -> None:
    answer = ask("Theo Quyết định 88/QĐ-TĐĐ, thời điểm nộp giấy xin miễn học chèo là khi nào?")
    assert "hai tuần cuối tháng 7" in answer.citations[0].quote


def test_who_signed_for_a_body(ask: Ask) -> None:
    assert ask("Ai thay mặt Sở Thủy vận tỉnh ký Quyết định 44/QĐ-STV?").answer.startswith("Người ký: Lò Văn Tấm")


def test_a_definition_behind_an_escaped_bullet(ask: Ask) -> None:
    answer = ask("Theo thông báo thi tay lái đò, “người cầm lái” là ai?")
    assert "đã qua một mùa nước" in answer.citations[0].quote


def test_who_signs_something_that_the_document_speaks_of(ask: Ask) -> None:
    assert "Trưởng bến ký" in ask("Chứng chỉ tay lái đò VAYLAI do ai ký?").citations[0].quote
    assert "Mùa Thị Sen" in ask("Ai ký thông báo thi tay lái đò VAYLAI?").answer
