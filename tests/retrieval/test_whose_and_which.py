"""Whose rule it is: another province's is not told; what one document says of another is.

Through the whole pipeline: read from files, indexed, asked.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.retrieval.indexed import Ask, asking

NOW = datetime(2031, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

DECISION = """ỦY BAN NHÂN DÂN TỈNH LAI CHÂU
Số: 14/2031/QĐ-UBND
Lai Châu, ngày 3 tháng 2 năm 2031

QUYẾT ĐỊNH

Quy định kích thước biển hiệu quán trà

ỦY BAN NHÂN DÂN TỈNH LAI CHÂU

Căn cứ Luật Trà ngày 5 tháng 6 năm 2030;

QUYẾT ĐỊNH:

Điều 1. Biển hiệu quán trà cao tối thiểu 45 cm, rộng tối thiểu 80 cm.

Điều 2. Quyết định này có hiệu lực từ ngày 15 tháng 2 năm 2031.
"""
ELSEWHERE = """ỦY BAN NHÂN DÂN TỈNH LÀO CAI
Số: 7/KH-UBND
Lào Cai, ngày 3 tháng 1 năm 2031

KẾ HOẠCH

Trồng lại đồi trà cổ năm 2031

1. Các xã trồng lại đồi trà xong trước ngày 20/5/2031.

2. Các xã gửi báo cáo về Sở Nông nghiệp trước ngày 30/6/2031.
"""
RULES = """THỂ LỆ

Hội thi pha trà sen trực tuyến

Điều 1. Nội dung thi theo Quy định số 21-QĐ/HT ngày 11/4/2031 của Hội Trà.

Điều 2. Mỗi bài thi pha trà sen trực tuyến gồm 40 câu hỏi, trong đó:

Quy định số 21-QĐ/HT: 18 câu, chiếm 45%;

Lịch sử nghề trà: 22 câu, chiếm 55%.
"""
PAID = """HỘI NGHỀ TRÀ TỈNH SƠN LA
Số: 9/QĐ-HNT
Sơn La, ngày 3 tháng 3 năm 2030

QUYẾT ĐỊNH

Về mức chi xếp đá kè ao sen

Căn cứ Quyết định số 30/QĐ-HT ngày 10/1/2029 của Hội Trà;

Căn cứ Thông tư số 129/2029/TT-BTC ngày 2/5/2029 của Bộ Tài chính;

QUYẾT ĐỊNH:

Điều 1. Mức chi xếp đá kè ao sen

1. Người xếp đá được 300.000 đồng một ngày.

2. Vẽ sơ đồ kè ao: thực hiện theo Quyết định số 33/2028/QĐ-UBND ngày 7/8/2028 của UBND tỉnh.

Điều 2. Quyết định này có hiệu lực từ ngày ký.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    texts = {"lai-chau.txt": DECISION, "lao-cai.txt": ELSEWHERE, "hoi-thi.txt": RULES, "ke-ao.txt": PAID}
    return asking(tmp_path_factory.mktemp("whose"), texts, now=NOW)


def test_another_provinces_rule_is_not_told(ask: Ask) -> None:
    question = "{} quy định biển hiệu quán trà cao tối thiểu bao nhiêu?"
    assert "45 cm" in ask(question.format("Lai Châu")).citations[0].quote
    answer = ask(question.format("Lào Cai"))
    assert not answer.found
    assert "không phải của Lào Cai" in answer.answer


def test_what_rules_say_of_a_cited_document_is_told(ask: Ask) -> None:
    answer = ask("Bài thi pha trà sen trực tuyến có cơ cấu câu hỏi thế nào, Quy định 21-QĐ/HT chiếm mấy câu?")
    assert "Quy định số 21-QĐ/HT: 18 câu" in answer.citations[0].quote
    assert "chưa có" in ask("Quy định 21-QĐ/HT phạt những ai?").answer  # that one is only cited


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Vẽ sơ đồ kè ao sen ở Sơn La thì tính tiền theo văn bản nào?", "33/2028/QĐ-UBND"),
        ("Quyết định mức chi xếp đá kè ao sen của Hội nghề trà Sơn La căn cứ thông tư nào?", "129/2029/TT-BTC"),
    ],
)
def test_what_a_clause_goes_by_is_no_base_of_the_whole(ask: Ask, question: str, number: str) -> None:
    assert number in ask(question).answer
