"""Letterheads whose columns came out as short lines, and titles in small letters with what brought them."""

from __future__ import annotations

import pytest

from knowledge.document import Header, PartialDate, Signer
from knowledge.header import parse_header
from knowledge.provinces import find_provinces
from knowledge.readers.plain import extract
from knowledge.stitching import stitch
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


@pytest.mark.parametrize("blank", ["            ", "\t\t"])
@pytest.mark.parametrize(("number", "symbol"), [("64", "64/2031/QĐ-UBND"), ("", None)])
def test_a_blank_for_the_number_parts_no_columns(number: str, symbol: str | None, blank: str) -> None:
    text = extract(
        f"ỦY BAN NHÂN DÂN\nTHÀNH PHỐ ĐÒ GIANG\nSố: {number}{blank}/2031/QĐ-UBND\n\n{NATION}\n\n"
        f"Đò Giang, ngày{blank}tháng 11 năm 2031\n\nQUYẾT ĐỊNH\n\nVề bến đò\n\nĐiều 1. Lập bến.\n".encode()
    ).text
    header = header_of(stitch(normalise(text)))
    assert (header.issuer, header.symbol) == ("UBND thành phố Đò Giang", symbol)


def test_columns_beside_a_blank_are_still_columns() -> None:
    text = extract(
        "SỞ BẾN ĐÒ            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Số:         /KH-SBĐ       Đò Giang, ngày      tháng 3 năm 2031\n\nKẾ HOẠCH\n\nLập bến\n".encode()
    ).text
    assert text.startswith(
        "SỞ BẾN ĐÒ\nSố: /KH-SBĐ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐò Giang, ngày tháng 3 năm 2031"
    )


@pytest.mark.parametrize(
    ("subject", "who"),
    [
        ("VỀ GIỜ CHẠY CỦA BẾN ĐÒ", "TỔNG GIÁM ĐỐC CÔNG TY BẾN ĐÒ"),
        ("VỀ BẾN ĐÒ TRÊN ĐỊA BÀN TỈNH CÀ MAU", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU"),
        ("VỀ VIỆC KHEN CỦA CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", ""),
    ],
)
def test_a_title_that_a_page_ran_together_with_the_dateline(subject: str, who: str) -> None:
    text = extract(
        f"{NATION}\nSố: 7/QĐ-BĐ\nCà Mau, ngày 3 tháng 2 năm 2031 QUYẾT ĐỊNH {subject} {who}\n"
        "Căn cứ Luật Bến đò;\n\nĐiều 1. Lập bến.\n".encode()
    ).text
    header = header_of(stitch(normalise(text)))
    assert (header.kind, header.subject, str(header.date)) == ("quyết định", subject, str(PartialDate(2031, 2, 3)))


def test_a_sentence_that_names_a_decision_is_not_parted() -> None:
    line = "Ngày 3 tháng 2 năm 2031 Quyết định về bến đò được ký."
    assert extract(line.encode()).text.strip() == line


def test_a_number_in_the_cell_below_its_label() -> None:
    text = f"SỞ BẾN ĐÒ\n\n{NATION}\n\nSố:\n79/2031/NQ-HĐND\n\nNGHỊ QUYẾT\n\nVề bến đò\n\nĐiều 1. Lập bến.\n"
    assert "\nSố: 79/2031/NQ-HĐND\n" in stitch(text)
    assert "Số:\nnăm bến" in stitch("SỞ BẾN ĐÒ\nSố:\nnăm bến")


def test_who_signed_stands_in_a_field_at_the_top() -> None:
    body = "\n\nNGHỊ QUYẾT\n\nVề bến đò\n\nĐiều 1. Lập bến.\n"
    fields = "**Số hiệu:** | 79/2031/NQ-HĐND\n**Người ký:** | Lò Thị Mảy | **Ngày ban hành:** | 27/11/2031"
    assert header_of(f"{fields}{body}").signer == Signer("Lò Thị Mảy", None)
    assert header_of(f"**Người ký:** | Đang cập nhật{body}").signer is None


def test_the_foot_may_stand_below_what_is_attached() -> None:
    text = (
        f"SỞ BẾN ĐÒ\n\n{NATION}\n\nQUYẾT ĐỊNH\n\nVề bến đò\n\nĐiều 1. Lập bến theo Phụ lục.\n\nĐiều 2. Thi hành.\n\n"
        "Phụ lục\n\nCÁC BẾN ĐÒ\n\n1. Bến Trâu.\n\n"
    )
    foot = "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLò Văn Sơn\n"
    assert header_of(f"{text}{foot}").signer == Signer("Lò Văn Sơn", "GIÁM ĐỐC")
    assert header_of(f"{text}NGƯỜI LẬP\n\nLò Văn Sơn\n").signer is None  # a form's
