"""Texts as pages of the web and portals of procedures print them: questions as headings, articles on a document.

Through the whole pipeline: read from files, indexed, asked.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.document import Header, Reference
from retrieval.references import printed
from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

ARTICLE = """Những điều cần biết về thi thuyền rồng

Căn cứ Kế hoạch 61/KH-HDT năm 2026 về hội đua thuyền rồng, các đội thuyền chuẩn bị như sau.

**Chi phí sơn thuyền rồng lấy từ đâu?**

Theo Mục II Kế hoạch 61/KH-HDT, tiền sơn thuyền do các làng góp, mỗi làng góp như nhau.

**Thuyền rồng dài bao nhiêu mét?**

Thuyền dài 18 mét, chèo bằng 24 mái chèo gỗ.

**Ai chấm thi hát trên thuyền?**

Cũng theo Kế hoạch 61/KH-HDT, tổ nghệ nhân của làng chủ nhà chấm thi hát.
"""
OTHER = """KẾ HOẠCH
Nạo vét bến đò năm 2026

1. Các làng nạo vét bến xong trước ngày 20/5/2026.

2. Tiền nạo vét do quỹ bến đò trả, mỗi bến 4.000.000 đồng.
"""
PROCEDURE = """Thủ tục: Xóa tên thuyền khỏi sổ bến

2.1. Trình tự thực hiện:

- Chủ thuyền thôi đậu ở bến nộp giấy báo; khi phát hiện thuyền bỏ bến đã lâu mà chủ không báo thì người giữ sổ báo cho
chủ thuyền biết về việc xóa tên thuyền khỏi sổ bến rồi thực hiện xóa tên thuyền khỏi sổ bến.

2.2. Kết quả thực hiện thủ tục hành chính: tên thuyền được xóa khỏi sổ bến, chủ thuyền nhận giấy báo xóa tên.

2.3. Thời hạn giải quyết: 05 ngày làm việc kể từ ngày nhận giấy báo.

2.4. Cơ quan thực hiện thủ tục hành chính: Ban giữ bến.
"""
RULES = """**QUY ĐỊNH**

Về trông coi bến thuyền Lam Sơn

**Chương I**

**QUY ĐỊNH CHUNG**

Điều 1. Quy định này nói về việc ở bến.

**Chương II**

**TRÔNG COI VÀ SỬA CHỮA BẾN THUYỀN LAM SƠN**

**Điều 2. Sổ bến**

1. Sổ bến ghi tên thuyền, tên chủ thuyền.

**Điều 3. Người trông coi**

1. Ban giữ bến được giao trông coi và sửa chữa bến thuyền Lam Sơn.
"""


LETTER = """# CÔNG VĂN SỐ 7/SYT-VP - DỌN KHO THUỐC

| **SỞ Y TẾ HÀ GIANG** <br> Số: 7/SYT-VP <br> V/v dọn kho thuốc | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** <br> *Hà \
Giang, ngày 3 tháng 2 năm 2024* |
| :--- | :--- |

**Kính gửi:** Các trạm y tế.

Sở Y tế đề nghị các trạm dọn kho thuốc xong trước ngày 20/2/2024./.

| **Nơi nhận:** | **KT. GIÁM ĐỐC** <br> **PHÓ GIÁM ĐỐC** |
| :--- | :--- |
| - Như trên;<br>- Các phòng của Sở;<br>- Lưu: VT. | *(Đã ký)* <br><br> **Tẩn A Sử** |

---
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    texts = {"thi-thuyen.txt": ARTICLE, "nao-vet.txt": OTHER, "thu-tuc.txt": PROCEDURE, "quy-dinh.txt": RULES}
    texts["cong-van.txt"] = LETTER
    return asking(tmp_path_factory.mktemp("pages"), texts, now=NOW)


def test_a_page_that_asks_answers_with_what_follows(ask: Ask) -> None:
    quote = ask("Chi phí sơn thuyền rồng lấy từ đâu?").citations[0].quote
    assert "do các làng góp" in quote


def test_who_names_a_plan_means_the_article_on_it(ask: Ask) -> None:
    answer = ask("Theo Kế hoạch 61/KH-HDT ai chấm thi hát?")
    assert answer.citations[0].quote.endswith("tổ nghệ nhân của làng chủ nhà chấm thi hát.")
    assert not ask("Kế hoạch 61/KH-HDT bắt các làng làm xong trước ngày nào?").found  # that is of the other plan


def test_who_carries_out_a_procedure_stands_under_its_label(ask: Ask) -> None:
    answer = ask("Cơ quan nào thực hiện thủ tục xóa tên thuyền khỏi sổ bến?")
    assert "Ban giữ bến" in answer.citations[0].quote
    assert answer.answer.endswith("(Mục 2.4, Văn bản thu-tuc.txt)")  # it has no other name
    assert "05 ngày" in ask("Thời hạn giải quyết thủ tục xóa tên thuyền khỏi sổ bến là bao lâu?").citations[0].quote


def test_the_name_of_a_chapter_does_not_answer(ask: Ask) -> None:
    answer = ask("Ai được giao trông coi và sửa chữa bến thuyền Lam Sơn?")
    assert answer.citations[0].quote == "1. Ban giữ bến được giao trông coi và sửa chữa bến thuyền Lam Sơn."


def test_who_signed_is_shown_where_the_name_stands(ask: Ask) -> None:
    answer = ask("Ai ký công văn 7/SYT-VP về dọn kho thuốc?")
    assert answer.answer.startswith("Người ký: Tẩn A Sử, KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC.")
    assert answer.citations[0].quote.endswith("**Tẩn A Sử** |")


def _header(**known: str) -> Header:
    empty = dict.fromkeys(
        ("kind", "symbol", "symbol_draft", "issuer", "place", "province", "date", "subject", "signer")
    )
    return Header(**{**empty, **known}, issuer_inferred=False, recipients=(), is_draft=False)  # type: ignore[arg-type]  # by name


def _references(*symbols: str, kind: str = "kế hoạch") -> list[Reference]:
    return [Reference(symbol, kind, None, None, 0, at, at + 9) for at, symbol in enumerate(symbols)]


@pytest.mark.parametrize(
    ("header", "symbols", "symbol"),
    [
        ({}, ("61/KH-HDT", "61/KH-HDT", "61/KH-HDT", "5/QĐ-X"), "61/KH-HDT"),
        ({}, ("61/KH-HDT", "61/KH-HDT"), "61/KH-HDT"),
        ({}, ("61/KH-HDT", "61/KH-HDT", "5/QĐ-X"), None),
        ({}, ("61/KH-HDT",), None),  # cited once, as anything is
        ({}, ("61/KH-HDT", "61/KH-HDT", "1/QĐ-X", "2/QĐ-X", "3/QĐ-X", "4/QĐ-X"), None),
        ({"symbol": "9/KH-X"}, ("61/KH-HDT", "61/KH-HDT"), None),
        ({"kind": "kế hoạch"}, ("61/KH-HDT", "61/KH-HDT"), "61/KH-HDT"),
        ({"kind": "kế hoạch"}, ("61/KH-HDT", "61/KH-HDT", "5/QĐ-X"), None),
        ({"kind": "báo cáo"}, ("61/KH-HDT", "61/KH-HDT"), None),  # on how the plan was carried out
    ],
)
def test_what_a_text_without_number_prints(
    header: dict[str, str], symbols: tuple[str, ...], symbol: str | None
) -> None:
    assert printed(_header(**header), _references(*symbols)) == symbol


def test_rules_that_rest_on_a_law_are_not_that_law() -> None:
    law = _references(*["45/2019/QH14"] * 3, kind="bộ luật")
    assert printed(_header(), law) is None
    assert printed(_header(), law * 2) == "45/2019/QH14"
