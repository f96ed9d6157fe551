"""What a received document changes in those that are there, said before it is published."""

from __future__ import annotations

from bot.publishing.comparing import amended, changes, replaced
from bot.publishing.examining import examine
from knowledge.analyse import analyse_text
from knowledge.document import Document
from tests.bot.library import FakeLibrary
from tests.bot.publishing import PLAN, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures

RULES = """UBND TỈNH AN BÌNH

Số: 12/QĐ-UBND

An Bình, ngày 10 tháng 3 năm 2024

QUYẾT ĐỊNH

Ban hành Quy định về giờ mở cửa kho lưu trữ

Điều 5. Giờ mở cửa

1. Kho mở cửa từ 8 giờ.

2. Kho đóng cửa lúc 16 giờ.

a) Trừ ngày lễ.

d) Trừ ngày Tết.

đ) Trừ ngày nghỉ bù.

Điều 6. Báo cáo

Các phòng báo cáo kết quả về Văn phòng trước ngày 15/12/2024.
"""
AMENDS = """UBND TỈNH AN BÌNH

Số: 30/QĐ-UBND

An Bình, ngày 12 tháng 5 năm 2025

QUYẾT ĐỊNH

Sửa đổi, bổ sung một số điều của Quyết định số 12/QĐ-UBND ngày 10/3/2024

Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 12/QĐ-UBND

1. Sửa đổi khoản 2 Điều 5 như sau: “Kho đóng cửa lúc 17 giờ.”

2. Bãi bỏ điểm đ khoản 2 Điều 5 và Điều 9.
"""
REPLACES = (
    RULES.replace("12/QĐ", "31/QĐ").replace("2024", "2025")
    + "\nĐiều 7. Hiệu lực\n\nQuyết định này thay thế Quyết định số 12/QĐ-UBND ngày 10/3/2024.\n"
)


def read(text: str, name: str = "a.txt") -> Document:
    return analyse_text(text, file=name, digest=name.encode().hex().ljust(64, "0")[:64])


def told(text: str) -> str:
    return "\n".join(examine(read(text, "moi.txt"), FakeLibrary(read(RULES)), None).relations)


def test_versions_are_compared_place_by_place() -> None:
    newer = PLAN.replace("hai lần", "ba lần").replace(
        "GIÁM ĐỐC", "2. Phòng Lưu trữ báo cáo quý về Sở trước ngày 15/6/2025.\n\nGIÁM ĐỐC"
    )
    says = changes(read(PLAN), read(newer))
    assert says == "1 mục sửa (Mục I), 1 mục thêm (Mục II.2), 1 nhiệm vụ mới"
    assert "1 mục bỏ (Mục II.2)" in changes(read(newer), read(PLAN))
    assert changes(read(PLAN), read(PLAN)) == "nội dung không đổi"


def test_of_what_is_amended_the_words_in_force_are_shown() -> None:
    assert list(amended(read(RULES), read(AMENDS))) == [
        "Khoản 2 Điều 5 đang ghi: “2. Kho đóng cửa lúc 16 giờ. a) Trừ ngày lễ. d) Trừ ngày Tết. đ) Trừ ngày nghỉ bù.”",
        "Điểm đ khoản 2 Điều 5 đang ghi: “đ) Trừ ngày nghỉ bù.”",
    ]  # Điều 9 is not there, Điều 1 is the amending decision's own
    assert "Sửa đổi, bổ sung Quyết định 12/QĐ-UBND: Khoản 2 Điều 5 đang ghi: “2. Kho đóng cửa lúc 16 giờ." in told(
        AMENDS
    )


def test_what_is_replaced_is_compared_as_a_whole() -> None:
    says = replaced(read(RULES), read(REPLACES))
    assert says.startswith("giống ") and "1 nhiệm vụ mới, 1 nhiệm vụ không còn" in says
    assert "Thay thế, bãi bỏ Quyết định 12/QĐ-UBND: giống " in told(REPLACES)
    assert told(REPLACES.replace("12/QĐ", "13/QĐ")).startswith("Thay thế, bãi bỏ 13/QĐ-UBND (văn bản này chưa có")


def test_the_same_document_in_two_files_is_said(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ban-word.txt", PLAN.encode()), ("ban-scan.txt", f"{PLAN}\nLưu: VT.\n".encode()))
    minh.sees("Cùng số, ký hiệu với văn bản số 1 đang chờ công bố", replies=3)
    assert "Cùng số" not in minh.replies[1].text
