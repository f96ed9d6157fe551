"""Letterheads whose columns came out as short lines, and titles in small letters with what brought them."""

from __future__ import annotations

import pytest

from knowledge.document import Header
from knowledge.header import parse_header
from knowledge.provinces import find_provinces
from knowledge.structure import parse_sections
from knowledge.text import normalise

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def header_of(text: str) -> Header:
    text = normalise(text)
    return parse_header(text, parse_sections(text))


def test_a_name_partly_in_small_letters_and_cut_by_lines() -> None:
    header = header_of(
        f"ỦY BAN MTTQ\nVIỆT NAM\n\nXã MAI\nTHƯỢNG\n\nBAN THƯỜNG TRỰC\n\nSố: 7/QĐ-MTTQ-BTT\n\n{NATION}\n\n"
        "Mai\nThượng, ngày 12 tháng 01 năm 2031\n\nQUYẾT ĐỊNH\n\nVề việc lập tổ gác đê\n\n"
        "Điều 1. Lập tổ gác đê của Ủy ban MTTQ Việt Nam xã Mai Thượng.\n\nĐiều 2. Xã Mai Thượng thi hành.\n"
    )
    assert header.issuer == "Ban Thường trực Ủy ban MTTQ Việt Nam xã Mai Thượng"
    assert header.place == "Mai Thượng"


def test_a_number_in_small_letters_behind_the_motto() -> None:
    header = header_of(
        "TỔNG CỤC THỦY VẬN\nĐộc lập - Tự do - Hạnh phúc\nsố: 4222 /TCTV -PC Hà Nội. ngày 09 tháng 11 năm 2031\n\n"
        "V/v gia cố các bến đò\n\nKính gửi: Các bến đò.\n\nTổng cục yêu cầu gia cố bến.\n"
    )
    assert (header.symbol, header.place) == ("4222/TCTV-PC", "Hà Nội")


def test_a_field_left_blank_is_no_body() -> None:
    header = header_of(
        f"BỆNH VIỆN BẾN ĐÒ\nĐƠN VỊ:………\n{NATION}\n\nQUY CHẾ\nTrực gác của bệnh viện\n\nĐiều 1. Trực gác\n\nTrực đêm.\n"
    )
    assert header.issuer == "Bệnh viện Bến Đò"


def test_a_title_in_small_letters_with_what_brought_it() -> None:
    header = header_of(
        "Thể lệ Hội thi hát đò đưa (Ban hành kèm theo Quyết định số 38/QĐ-HĐĐ ngày 14/10/2031).\n\n"
        "I. MỤC ĐÍCH, YÊU CẦU:\n\n- Tìm người hát hay.\n\nII. GIẢI THƯỞNG\n\n- 04 giải Nhất.\n"
    )
    assert (header.kind, header.subject) == ("thể lệ", "Hội thi hát đò đưa")


def test_peace_is_no_province() -> None:
    assert not find_provinces("Thủ đô anh hùng, hoà bình sáng tạo; trạng thái bình thường")
    assert dict(find_provinces("thành phố Hoà Bình; TỈNH HÒA BÌNH; Thành phố Hồ Chí Minh"))


def test_a_market_is_no_school() -> None:
    header = header_of(
        f"| BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG ------- | {NATION.replace(chr(10), ' ')} |\n|---|---|\n"
        "| Số: 22/QĐ-BNNMT | Hà Nội, ngày 10 tháng 6 năm 2031 |\n\nQUYẾT ĐỊNH\n\nVỀ VIỆC TRỒNG LẠI RỪNG QUẾ\n\n"
        "Điều 1. Trồng lại rừng quế.\n"
    )
    assert header.issuer == "Bộ Nông nghiệp và Môi trường"


def test_a_number_whose_mark_recognition_took_for_another() -> None:
    header = header_of(
        f"BỘ NỘI VỤ\n{NATION}\n\nsé: 860 /BNV-TĐ Hà Nội, ngày 3 tháng 4 năm 2031\nV/v gác đê\n\n"
        "Kính gửi: Các sở.\n\nGác đê.\n"
    )
    assert header.symbol == "860/BNV-TĐ"


BODY = f"""BỘ NỘI VỤ

Số: 12/VBHN-BNV

{NATION}

Hà Nội, ngày 3 tháng 4 năm 2031

THÔNG TƯ
Hướng dẫn đếm thóc

Điều 1. Thóc đếm hằng ngày.

Điều 2. Thông tư này có hiệu lực từ ngày 1/3/2031./.

"""


@pytest.mark.parametrize(
    ("foot", "name"),
    [
        ("|  | XÁC THỰC VĂN BẢN HỢP NHẤT KT. BỘ TRƯỞNG THỨ TRƯỞNG Lò Văn Tấm |\n|---|---|", "Lò Văn Tấm"),
        ("P. BÍ THƯ\nLÒ VĂN TẤM", "LÒ VĂN TẤM"),
        ("CHỦ TỌA\nLÒ VĂN TẤM", "LÒ VĂN TẤM"),
    ],
    ids=["who certifies a consolidated text", "a deputy secretary", "who chairs a meeting"],
)
def test_who_signs(foot: str, name: str) -> None:
    signer = header_of(BODY + foot).signer
    assert signer is not None and signer.name == name
