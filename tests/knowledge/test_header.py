"""What documents say of themselves: every kind of head, whole or damaged, and the customer's own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.document import Header, PartialDate, SectionKind, Signer
from knowledge.header import parse_header
from knowledge.stitching import stitch
from knowledge.structure import parse_sections
from knowledge.text import normalise
from tests.knowledge.outline import DOCUMENTS


def header_of(text: str) -> Header:
    text = normalise(text)
    return parse_header(text, parse_sections(text))


def read(name: str) -> str:
    return (DOCUMENTS / f"{name}.txt").read_text("utf-8")


# file: kind, symbol or draft, issuer, inferred, place, date, signer
EXPECTED = {
    "ke-hoach-nhan-dang": (
        "kế hoạch 845/KH-SNV",
        "Sở Nội vụ Hà Nam",
        "Hà Nam, 2022-08-12",
        "K.T GIÁM ĐỐC / PHÓ GIÁM ĐỐC: Trần Quốc Toản",
    ),
    "ke-hoach-truong-hoc": (
        "kế hoạch 31/KH-THSĐ",
        "Trường Tiểu học Sơn Đà",
        "Sơn Đà, 2023-09-10",
        "DUYỆT CỦA BGH / HIỆU TRƯỞNG: Phùng Thị Lụa",
    ),
    "thong-tu-muc-luc": (
        "thông tư 12/2029/TT-BYT",
        "Bộ Y tế",
        "Hà Nội, 2029-05-04",
        "KT. BỘ TRƯỞNG / THỨ TRƯỞNG: Hà Anh Đức",
    ),
    "huong-dan-chu-dam": (
        "hướng dẫn None",
        "Ban Thường vụ Đảng ủy*",
        "None, None",
        "T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ: Vàng A Páo",
    ),
    "quy-che-rieng": ("quy chế None", "None", "None, None", "CHỦ TỊCH HỘI ĐỒNG / GIÁM ĐỐC SỞ: Lò Thị Mai"),
    "cong-van-dang": (
        "công văn 29-CV/TC-NV",
        "Cơ quan Tổ chức – Nội vụ Huyện ủy Đảo Xanh",
        "Đảo Xanh, 2020-03-16",
        "K/T THỦ TRƯỞNG / PHÓ THỦ TRƯỞNG: Trương Thị Phương",
    ),
    "bao-cao-hai-phan": (
        "báo cáo 77/BC-TTTGPL",
        "Trung tâm Trợ giúp pháp lý Hậu Giang",
        "Hậu Giang, 2024-01-05",
        "GIÁM ĐỐC: Lý Thị Kim Chi",
    ),
    "chi-thi-markdown": (
        "chỉ thị 09/CT-UBND",
        "UBND huyện Tân Phú",
        "Tân Phú, 2023-02-07",
        "CHỦ TỊCH: Trần Văn Được",
    ),
    "cong-dien": (
        "công điện 55/CĐ-TTg",
        "Thủ tướng Chính phủ",
        "Hà Nội, 2026-09-30",
        "KT. THỦ TƯỚNG / PHÓ THỦ TƯỚNG: Trần Hồng Thái",
    ),
    "cong-van-hai-cot": (
        "công văn 415/SKHCN-VP",
        "Sở Khoa học và Công nghệ Gia Lai",
        "Gia Lai, 2024-04-09",
        "TL. GIÁM ĐỐC / CHÁNH VĂN PHÒNG: Rơ Châm H'Yéo",
    ),
    "cong-van-khong-de-muc": (
        "công văn 1520/SGDĐT-TCCB",
        "Sở Giáo dục và Đào tạo Trà Vinh",
        "Trà Vinh, 2025-06-03",
        "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC: Nguyễn Thị Bạch Vân",
    ),
    "du-thao-co-bang": (
        "kế hoạch (/KH-BCĐ)",
        "Ban Chỉ đạo Chuyển đổi số tỉnh Phú Thọ",
        "Phú Thọ, 2025-03",
        "KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN: Phan Trọng Tấn",
    ),
    "giay-moi": (
        "giấy mời 33/GM-VP",
        "Văn phòng HĐND và UBND xã Đại Phúc",
        "Đại Phúc, 2025-08-11",
        "CHÁNH VĂN PHÒNG: Ngô Thị Thu",
    ),
    "huong-dan-gach-cheo": (
        "hướng dẫn 120/HD-TCT",
        "Trường Chính trị",
        "Hải Dương, 2023-11-06",
        "HIỆU TRƯỞNG: TS. Lưu Ngọc Ánh",
    ),
    "ke-hoach-dang": (
        "kế hoạch 48-KH/ĐU",
        "Đảng ủy Sở Y tế Bắc Giang",
        "Bắc Giang, 2024-04-15",
        "T/M ĐẢNG ỦY / BÍ THƯ: Từ Quốc Hiệu",
    ),
    "ke-hoach-ngat-dong": (
        "kế hoạch 2210/KH-SXD",
        "Sở Xây dựng Đà Nẵng",
        "Đà Nẵng, 2025-05-12",
        "GIÁM ĐỐC: Phùng Phú Phong",
    ),
    "ke-hoach-trang-mang": (
        "kế hoạch 731/KH-UBND",
        "UBND tỉnh Quảng Bình",
        "Quảng Bình, 2021-05-14",
        "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH: Đoàn Ngọc Lâm",
    ),
    "luat": ("luật 77/2031/QH17", "Quốc hội", "None, 2031-11-20", "CHỦ TỊCH QUỐC HỘI: Lê Văn Mẫu"),
    "mat-phan-dau": (
        "kế hoạch None",
        "Sở Tư pháp Bến Tre*",
        "None, None",
        "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC: Huỳnh Văn Sang",
    ),
    "nghi-dinh-bieu-mau": (
        "nghị định 300/2027/NĐ-CP",
        "Chính phủ",
        "Hà Nội, 2027-12-01",
        "TM. CHÍNH PHỦ / KT. THỦ TƯỚNG / PHÓ THỦ TƯỚNG: Nguyễn Hòa Bình An",
    ),
    "nghi-quyet-hdnd": (
        "nghị quyết 14/2025/NQ-HĐND",
        "HĐND tỉnh Cao Bằng",
        "Cao Bằng, 2025-07-29",
        "CHỦ TỊCH: Triệu Đình Lê",
    ),
    "quyet-dinh-khen-thuong": (
        "quyết định 902/QĐ-CTUBND",
        "UBND tỉnh Yên Bái",
        "Yên Bái, 2023-05-19",
        "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH: Vũ Thị Hiền Hạnh",
    ),
    "quyet-dinh-quy-che": (
        "quyết định 45/2024/QĐ-UBND",
        "UBND tỉnh Lâm Đồng",
        "Lâm Đồng, 2024-10-18",
        "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH: Phạm Thị Lan",
    ),
    "thong-bao-ket-luan": (
        "thông báo 301/TB-VPCP",
        "Văn phòng Chính phủ",
        "Hà Nội, 2025-06-21",
        "KT. BỘ TRƯỞNG, CHỦ NHIỆM / PHÓ CHỦ NHIỆM: Phạm Mạnh Cường",
    ),
    "thong-bao-khong-so": (
        "thông báo None",
        "UBND xã Hòa Bắc*",
        "None, None",
        "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH: Lê Thị Ánh Tuyết",
    ),
    "thong-tu-phu-luc": (
        "thông tư 08/2026/TT-BNV",
        "Bộ Nội vụ",
        "Hà Nội, 2026-03-09",
        "KT. BỘ TRƯỞNG / THỨ TRƯỞNG: Vũ Đức Minh",
    ),
    "to-trinh": ("tờ trình 215/TTr-SDL", "Sở Du lịch Ninh Bình", "Ninh Bình, 2024-12-02", "GIÁM ĐỐC: Bùi Văn Mạnh"),
}


def summary(header: Header) -> tuple[str, str, str, str]:
    """A header as the four lines of EXPECTED; an inferred issuer is starred, a draft's symbol in brackets."""
    symbol = f"({header.symbol_draft})" if header.symbol_draft else header.symbol
    date = header.date.iso() if header.date else None
    signer = header.signer or Signer(None, None)
    return (
        f"{header.kind} {symbol}",
        f"{header.issuer}{'*' if header.issuer_inferred else ''}",
        f"{header.place}, {date}",
        f"{signer.title}: {signer.name}",
    )


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_header_of_every_kind_of_document(name: str) -> None:
    assert summary(header_of(read(name))) == EXPECTED[name]


def test_every_document_has_its_expectation() -> None:
    assert {file.stem for file in DOCUMENTS.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_without_its_letterhead_only_what_stood_there_is_lost(name: str) -> None:
    text = normalise(read(name))
    sections = parse_sections(text)
    whole = parse_header(text, sections)
    cut = "".join(text[s.start : s.end] for s in sections if s.kind is not SectionKind.HEADER)
    damaged = header_of(cut)
    assert (damaged.subject, damaged.signer, damaged.recipients) == (whole.subject, whole.signer, whole.recipients)
    # What was issued with it may say its number: "(Kèm theo Nghị định số …)".
    assert damaged.symbol is None or f"kèm theo {whole.kind} số {whole.symbol}".lower() in cut.lower()
    assert damaged.symbol_draft is None
    assert damaged.issuer is None or damaged.issuer_inferred
    assert not damaged.is_draft


@pytest.fixture(scope="module")
def headers(seeds: Path) -> dict[str, Header]:
    return {file.name[:3]: header_of(file.read_text("utf-8")) for file in seeds.glob("*.txt")}


class TestSeeds:
    """What ../shared/domain.md asks of the customer's five documents."""

    def test_issuers_are_inferred_with_their_province(self, headers: dict[str, Header]) -> None:
        assert {name: header.issuer for name, header in headers.items()} == {
            "000": "Sở Nông nghiệp và Môi trường Khánh Hòa",
            "001": "Sở Nội vụ Khánh Hòa",
            "002": "Sở Tài nguyên và Môi trường Quảng Ngãi",
            "003": "UBND tỉnh Đồng Nai",
            "004": "Sở Tài nguyên và Môi trường Sóc Trăng",
        }
        assert all(header.issuer_inferred for header in headers.values())
        assert [headers[f"00{n}"].province for n in range(5)] == [
            "Khánh Hòa",
            "Khánh Hòa",
            "Quảng Ngãi",
            "Đồng Nai",
            "Sóc Trăng",
        ]

    def test_symbols_dates_and_drafts(self, headers: dict[str, Header]) -> None:
        got = {
            name: (header.symbol, header.symbol_draft, header.date, header.is_draft) for name, header in headers.items()
        }
        assert got == {
            "000": ("912/KH-SNNMT", None, PartialDate(2025, 3, 27), False),
            "001": (None, "/KH-SNV", PartialDate(2024, 9), True),
            "002": (None, None, None, False),
            "003": (None, None, None, False),
            "004": (None, "/KH-STNMT", PartialDate(2023), True),
        }

    def test_signers(self, headers: dict[str, Header]) -> None:
        assert [headers[f"00{n}"].signer for n in range(5)] == [
            Signer("Nguyễn Duy Quang", None),
            Signer("Võ Chí Vương", "GIÁM ĐỐC"),
            Signer("Nguyễn Đức Trung", "Q. GIÁM ĐỐC"),
            Signer("Võ Tấn Đức", None),
            Signer(None, "GIÁM ĐỐC"),
        ]

    def test_a_subject_in_bold_over_four_lines_is_one(self, headers: dict[str, Header]) -> None:
        subject = headers["003"].subject
        assert subject is not None
        assert subject.startswith("Triển khai thực hiện Kế hoạch số 459-KH/TU")
        assert subject.endswith("trong tình hình mới") and "*" not in subject and "\n" not in subject

    def test_recipients_hold_no_leaked_path(self, headers: dict[str, Header]) -> None:
        assert headers["004"].recipients == (
            "UBND tỉnh",
            "Sở Nội vụ",
            "Lãnh đạo Sở",
            "Các Phòng, đơn vị thuộc, trực thuộc Sở",
            "Lưu VT, VP, CCBVMT",
        )
        assert len(headers["003"].recipients) == 14


BODY = "\n\nKẾ HOẠCH\n\nDọn kho\n\nThực hiện Kế hoạch số 77/KH-UBND ngày 02/3/2025 của UBND tỉnh, như sau:\n\n1. Dọn.\n"


class TestSymbol:
    @pytest.mark.parametrize(
        ("line", "symbol"),
        [
            ("Số: 912/KH-SNNMT", "912/KH-SNNMT"),
            ("Số : 912 / KH - SNNMT", "912/KH-SNNMT"),
            ("Số:912/KH-SNNMT", "912/KH-SNNMT"),
            ("**Số: 912/KH-SNNMT**", "912/KH-SNNMT"),
            ("Sô: 912/KH-SNNMT", "912/KH-SNNMT"),
            ("Số 48-KH/ĐU", "48-KH/ĐU"),
            ("Số: 9/2024/QĐ-UBND", "9/2024/QĐ-UBND"),
            ("Luật số: 06/2022/QH15", "06/2022/QH15"),
            ("Số:\n731/KH-UBND", "731/KH-UBND"),
            ("SỞ NỘI VỤ Số: 12/KH-SNV Lam Sơn, ngày 05 tháng 01 năm 2026", "12/KH-SNV"),
            ("Số: 30c/NQ-CP", "30c/NQ-CP"),
        ],
    )
    def test_on_its_line(self, line: str, symbol: str) -> None:
        header = header_of(line + BODY)
        assert (header.symbol, header.symbol_draft, header.is_draft) == (symbol, None, False)

    @pytest.mark.parametrize(
        ("line", "draft"),
        [
            ("Số: /KH-SNV", "/KH-SNV"),
            ("Số:       /KH-SNV", "/KH-SNV"),
            ("Số: ……/KH-UBND", "/KH-UBND"),
            ("Số: .../2025/QĐ-UBND", "/2025/QĐ-UBND"),
            ("Số:     -KH/ĐU", "-KH/ĐU"),
        ],
    )
    def test_left_open(self, line: str, draft: str) -> None:
        header = header_of(line + BODY)
        assert (header.symbol, header.symbol_draft, header.is_draft) == (None, draft, True)

    def test_never_from_a_citation(self) -> None:
        assert header_of(BODY.strip()).symbol is None
        wrapped = (
            "KẾ HOẠCH\nThực hiện Chỉ thị\nsố 41-CT/TW ngày 26/12/2024 của Ban Bí thư\n\nCăn cứ Luật Kho;\n\n1. Dọn.\n"
        )
        assert header_of(wrapped).symbol is None


class TestDate:
    @pytest.mark.parametrize(
        ("line", "place", "iso"),
        [
            ("Khánh Hòa, ngày 27 tháng 3 năm 2025", "Khánh Hòa", "2025-03-27"),
            ("Lam Sơn, ngày 05 tháng 01 năm 2026", "Lam Sơn", "2026-01-05"),
            ("*Lam Sơn, ngày 5/1/2026*", "Lam Sơn", "2026-01-05"),
            ("Lam Sơn,ngày27tháng 3năm 2025", "Lam Sơn", "2025-03-27"),
            ("TP. Hồ Chí Minh, ngày 1 tháng 12 năm 2025", "TP. Hồ Chí Minh", "2025-12-01"),
            ("Hà Nội, ngày … tháng … năm 2025", "Hà Nội", "2025"),
            ("Hà Nội, ngày     tháng 9 năm 2024", "Hà Nội", "2024-09"),
            ("Hà Nội, ngày 31 tháng 02 năm 2025", "Hà Nội", "2025-02"),
            ("Hà Nội, ngày O5 tháng 9 năm 2024", "Hà Nội", "2024-09-05"),
            ("Độc lập - Tự do - Hạnh phúc Lam Sơn, ngày 05 tháng 01 năm 2026", "Lam Sơn", "2026-01-05"),
        ],
    )
    def test_forms(self, line: str, place: str, iso: str) -> None:
        header = header_of(f"Số: 1/KH-X\n\n{line}{BODY}")
        assert header.date is not None
        assert (header.place, header.date.iso()) == (place, iso)
        assert header.is_draft == (header.date.whole is None)

    def test_open_year(self) -> None:
        header = header_of(f"Số: 1/KH-X\n\nLam Sơn, ngày    tháng    năm 202…{BODY}")
        assert (header.place, header.date, header.is_draft) == ("Lam Sơn", None, True)

    def test_never_from_a_citation(self) -> None:
        assert header_of(BODY.strip()).date is None


class TestIssuer:
    @pytest.mark.parametrize(
        ("letterhead", "issuer"),
        [
            ("UBND TỈNH BÌNH DƯƠNG\nSỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường Bình Dương"),
            ("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "UBND tỉnh Hà Giang"),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", "UBND thành phố Hải Phòng"),
            ("UBND TỈNH NAM ĐỊNH SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch Nam Định"),
            ("SỞ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
            ("UBND HUYỆN VĂN YÊN\nPHÒNG NỘI VỤ", "Phòng Nội vụ huyện Văn Yên"),
            ("BỘ TÀI CHÍNH\nTỔNG CỤC THUẾ", "Tổng cục Thuế"),
            ("TỈNH ỦY SƠN LA\nBAN TUYÊN GIÁO", "Ban Tuyên giáo Tỉnh ủy Sơn La"),
            ("ĐẢNG BỘ TỈNH SƠN LA\nĐẢNG ỦY\nSỞ NỘI VỤ", "Đảng ủy Sở Nội vụ Sơn La"),
            ("LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA", "Liên đoàn Lao động tỉnh Sơn La"),
        ],
    )
    def test_from_the_letterhead(self, letterhead: str, issuer: str) -> None:
        header = header_of(f"{letterhead}\n\nSố: 1/KH-X{BODY}")
        assert (header.issuer, header.issuer_inferred) == (issuer, False)

    @pytest.mark.parametrize(
        ("lead", "issuer"),
        [
            ("Căn cứ Luật Kho của tỉnh Lào Cai, Sở Xây dựng ban hành Kế hoạch như sau:", "Sở Xây dựng Lào Cai"),
            ("Chủ tịch Ủy ban nhân dân tỉnh ban hành Kế hoạch tại tỉnh Long An:", "UBND tỉnh Long An"),
            ("Theo đề nghị của Kho; Sở Y tế tỉnh Bạc Liêu phát động phong trào:", "Sở Y tế tỉnh Bạc Liêu"),
            ("Theo đó, Sở Văn hóa, Thể thao và Du lịch xây dựng Kế hoạch:", "Sở Văn hóa, Thể thao và Du lịch"),
            ("Bộ trưởng Bộ Nội vụ yêu cầu các tỉnh Lào Cai, Long An:", "Bộ Nội vụ"),
            ("Trường Tiểu học Hoa Sen xây dựng kế hoạch năm học như sau:", "Trường Tiểu học Hoa Sen"),
            ("Các phòng làm những việc sau:", None),
        ],
    )
    def test_inferred_from_the_lead_in(self, lead: str, issuer: str | None) -> None:
        header = header_of(f"KẾ HOẠCH\n\nDọn kho\n\n{lead}\n\n1. Dọn.\n")
        assert (header.issuer, header.issuer_inferred) == (issuer, issuer is not None)

    def test_inferred_from_the_authority_of_a_decision(self) -> None:
        bases = "GIÁM ĐỐC SỞ TƯ PHÁP TỈNH ĐẮK LẮK\n\nCăn cứ Luật Kho;\n\nQUYẾT ĐỊNH:"
        header = header_of(f"QUYẾT ĐỊNH\n\nVề kho\n\n{bases}\n\nĐiều 1. Dọn.\n")
        assert (header.issuer, header.issuer_inferred) == ("Sở Tư pháp tỉnh Đắk Lắk", True)

    def test_inferred_from_the_symbol(self) -> None:
        header = header_of(
            "Số: 5/KH-SNV\n\nLào Cai, ngày 5 tháng 6 năm 2024\n\nKẾ HOẠCH\n\nDọn kho\n\n1. Dọn.\n\n2. Khóa.\n"
        )
        assert (header.issuer, header.issuer_inferred) == ("Sở Nội vụ Lào Cai", True)


class TestDraft:
    @pytest.mark.parametrize("title", ["DỰ THẢO\n\nKẾ HOẠCH", "DỰ THẢO KẾ HOẠCH", "KẾ HOẠCH\n(Dự thảo lần 2)"])
    def test_said_to_be_one(self, title: str) -> None:
        header = header_of(f"Số: 5/KH-X\n\n{title}\n\nDọn kho\n\nCăn cứ Luật Kho;\n\n1. Dọn.\n")
        assert (header.kind, header.subject, header.is_draft) == ("kế hoạch", "Dọn kho", True)

    def test_a_lost_head_makes_no_draft(self) -> None:
        assert not header_of(BODY.strip()).is_draft


def test_a_letterhead_and_foot_in_markdown_tables() -> None:
    header = header_of(
        "| UBND TỈNH HÀ GIANG<br>**SỞ Y TẾ** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>"
        "Độc lập - Tự do - Hạnh phúc |\n"
        "|---|---|\n| Số: 77/KH-SYT | *Hà Giang, ngày 3 tháng 2 năm 2024* |\n\nKẾ HOẠCH\n\nTiêm chủng\n\n"
        "Căn cứ Luật Kho;\n\n1. Tiêm.\n\n| Nơi nhận:<br>- Các trạm;<br>- Lưu: VT. | GIÁM ĐỐC<br><br>Tẩn A Sử |\n"
    )
    assert summary(header) == ("kế hoạch 77/KH-SYT", "Sở Y tế Hà Giang", "Hà Giang, 2024-02-03", "GIÁM ĐỐC: Tẩn A Sử")
    assert header.recipients == ("Các trạm", "Lưu: VT")


def test_a_foot_in_a_table_whose_name_stands_in_a_row_of_its_own() -> None:
    header = header_of(
        "SỞ Y TẾ LAM SƠN\nSố: 7/SYT-VP\nV/v dọn kho\n\nKính gửi: Các trạm.\n\nSở đề nghị các trạm dọn kho./.\n\n"
        "| **Nơi nhận:** | **KT. GIÁM ĐỐC** <br> **PHÓ GIÁM ĐỐC** |\n| :--- | :--- |\n"
        "| - Như trên;<br>- Lưu: VT. | *(Đã ký)* <br><br> **Tẩn A Sử** |\n"
    )
    assert header.signer == Signer("Tẩn A Sử", "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC")
    assert header.recipients == ("Các trạm", "Như trên", "Lưu: VT")


def test_a_letterhead_in_a_table_below_the_heading_of_a_page() -> None:
    header = header_of(
        "# CÔNG VĂN SỐ 7/SYT-VP - DỌN KHO CỦA CÁC TRẠM\n\n"
        "| **SỞ Y TẾ HÀ GIANG** <br> Số: 7/SYT-VP <br> V/v dọn kho trước mùa mưa | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT "
        "NAM** <br> *Hà Giang, ngày 3 tháng 2 năm 2024* |\n| :--- | :--- |\n\n> **TRẠM Y TẾ SUỐI MƠ**\n"
        "> **ĐẾN** Số: 19\n\n**Kính gửi:** Các trạm.\n\nSở đề nghị các trạm dọn kho.\n"
    )
    assert summary(header)[:3] == ("công văn 7/SYT-VP", "Sở Y tế Hà Giang", "Hà Giang, 2024-02-03")
    assert header.subject == "dọn kho trước mùa mưa"


def test_a_form_with_its_title_in_a_cell() -> None:
    text = (
        "# Bản thảo\n\n| CÔNG TY ĐÒ LAM SƠN | NỘI QUY BẾN ĐÒ |\n|:--|:--|\n"
        "| Mã hiệu: NQ-07 | Lần ban hành: 2 |\n| Ngày ban hành: 22/08/2025 | Ngày hiệu lực: 15/09/2025 |\n\n"
        "## Điều 1. Giờ mở bến\n\n1. Bến mở lúc 5 giờ.\n"
    )
    header = header_of(text)
    assert (header.kind, header.subject, header.date) == ("nội quy", "BẾN ĐÒ", PartialDate(2025, 8, 22))
    plan = (
        "Phòng gửi kết quả.\n\n| KẾ HOẠCH VỐN | BÁO CÁO NĂM | THỰC HIỆN | GHI CHÚ |\n|--|--|--|--|\n| 1 | 2 | 3 | 4 |\n"
    )
    assert header_of(plan).kind is None


class TestAsFilesBringThem:
    """Heads and feet as programs and web pages leave them."""

    def test_a_foot_whose_table_came_as_one_line(self) -> None:
        header = header_of(
            "UBND TỈNH LAM SƠN\nSố: 5/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nVề việc dọn kho\n\nCăn cứ Luật Kho;\n\nQUYẾT ĐỊNH:\n\n"
            "Điều 1. Dọn kho.\n\nĐiều 2. Các sở thi hành Quyết định này./.\n\n| Nơi nhận: - Như Điều 2; - Kho bạc "
            "tỉnh; - Lưu: VT, K3 (b). | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hoàng Văn Lam |\n|---|---|\n"
        )
        assert header.signer == Signer("Hoàng Văn Lam", "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH")
        assert header.recipients == ("Như Điều 2", "Kho bạc tỉnh", "Lưu: VT, K3 (b)")

    @pytest.mark.parametrize("line", ["CHỦ TỊCH     Đinh Tấn Sơn", "CHỦ TỊCHĐinh Tấn Sơn"])
    def test_a_title_and_its_holder_on_one_line(self, line: str) -> None:
        header = header_of(f"NGHỊ QUYẾT\n\nVề kho\n\nĐiều 1. Dọn kho.\n\nĐiều 2. Khóa kho./.\n{line}")
        assert header.signer == Signer("Đinh Tấn Sơn", "CHỦ TỊCH")

    def test_a_title_in_small_letters_above_the_bases(self) -> None:
        header = header_of(
            "Thông báo về việc mở lớp tin học buổi tối\nCăn cứ Kế hoạch số 5/KH-TTX;\nTrung tâm thông báo như sau:\n\n"
            "I. THỜI GIAN\n\n1. Học từ tháng 3.\n"
        )
        assert (header.kind, header.subject) == ("thông báo", "về việc mở lớp tin học buổi tối")

    def test_a_first_sentence_is_no_title(self) -> None:
        assert header_of("Kế hoạch dọn kho được thực hiện trong năm.\n\n1. Dọn.\n\n2. Khóa.\n").kind is None

    def test_below_the_lines_of_a_web_page(self) -> None:
        header = header_of(
            "Hãy đăng nhập để tải toàn văn.\nỦY BAN NHÂN DÂN TỈNH HÀ GIANG | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
            "Số: 9/HD-UBND | Hà Giang, ngày 3 tháng 3 năm 2024 |\nCÔNG TÁC DỌN KHO TRONG MÙA MƯA BÃO\n"
            "Để kho luôn gọn, các huyện làm những việc sau:\n1. Dọn.\n"
        )
        assert summary(header)[:3] == ("hướng dẫn 9/HD-UBND", "UBND tỉnh Hà Giang", "Hà Giang, 2024-03-03")
        assert header.subject == "CÔNG TÁC DỌN KHO TRONG MÙA MƯA BÃO"

    def test_a_letter_dated_below_its_subject(self) -> None:
        text = (
            "BỘ XÂY DỰNG\n\nSố: 812/BXD-K\nV/v dọn kho của các công trình kéo dài từ Lam Sơn đến thành phố Hà Giang\n\n"
            "Hà Nội, ngày 28 tháng 4 năm 2025\n\nKính gởi: Các sở.\n\nBộ đề nghị các sở dọn kho.\n"
        )
        header = header_of(stitch(text))
        assert (header.kind, header.date) == ("công văn", PartialDate(2025, 4, 28))
        assert header.subject == "dọn kho của các công trình kéo dài từ Lam Sơn đến thành phố Hà Giang"

    def test_a_subject_in_capitals_ends_with_them(self) -> None:
        header = header_of(
            "Số: 6/CT-UBND\nCHỈ THỊ\nVỀ VIỆC DỌN KHO TRONG MÙA MƯA BÃO TRÊN ĐỊA BÀN\nSau hai năm dọn kho, nhiều nơi\n"
            "còn bừa bộn, Chủ tịch yêu cầu:\n1. Dọn.\n"
        )
        assert header.subject == "VỀ VIỆC DỌN KHO TRONG MÙA MƯA BÃO TRÊN ĐỊA BÀN"

    def test_a_subject_behind_the_foot(self) -> None:
        header = header_of(
            "SỞ Y TẾ\nSố: 27/SYT-K\nKính gửi: Các trạm.\nĐề nghị các trạm dọn kho trước ngày 12/5/2024./.\n"
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.\nV/v dọn kho thuốc,\nkho vật tư và phòng lạnh\n"
            "GIÁM ĐỐC\n(đã ký)\nLê Thị Mơ\n"
        )
        assert header.subject == "dọn kho thuốc, kho vật tư và phòng lạnh"

    def test_a_subject_at_the_very_top_cites_no_number_of_its_own(self) -> None:
        header = header_of(
            "BAN HÀNH KẾ HOẠCH DỌN KHO THEO CHỈ THỊ SỐ 14-CT/TW NGÀY 19 THÁNG 7 NĂM 2017\nTHỦ TƯỚNG CHÍNH PHỦ\n"
            "Căn cứ Luật Kho;\nQUYẾT ĐỊNH:\nĐiều 1. Dọn kho.\nĐiều 2. Khóa kho.\n"
        )
        assert (header.kind, header.symbol, header.date) == ("quyết định", None, None)
        assert header.subject is not None and header.subject.startswith("BAN HÀNH KẾ HOẠCH DỌN KHO")
        assert header.issuer == "Thủ tướng Chính phủ"

    def test_a_regulation_named_on_its_first_line(self) -> None:
        header = header_of("Quy chế làm việc của Ban Quản lý kho.\n\nChương I\nCHUNG\n\nĐiều 1. Phạm vi\n1. Kho.\n")
        assert (header.kind, header.subject) == ("quy chế", "làm việc của Ban Quản lý kho")

    def test_a_letterhead_recognised_without_marks(self) -> None:
        header = header_of(
            "TONG CUC KHO BÃI CONG HOA XÃ HOI CHU NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 5/TB-TCKB Hà Nội, "
            "ngày 1 tháng 0 6 năm 2024\n\nTHÔNG BÁO\n\nVề kho\n\nTổng cục Kho bãi thông báo như sau:\n\n"
            "1. Tổng cục Kho bãi dọn.\n"
        )
        assert (header.issuer, header.date) == ("Tổng cục Kho bãi", PartialDate(2024, 6, 1))

    def test_a_board_is_named_by_the_line_above(self) -> None:
        header = header_of(f"/ỦY BAN MTTQ VIỆT NAM\nXÃ HẠ SƠN\nBAN THƯỜNG TRỰC\n\nSố: 3/KH-MTTQ-BTT{BODY}")
        assert header.issuer == "Ban Thường trực Ủy ban MTTQ Việt Nam xã Hạ Sơn"

    def test_the_symbol_knows_the_department_that_the_letterhead_lost(self) -> None:
        header = header_of(f"ỦY BAN NHÂN DÂN TỈNH HÀ GIANG\n\nSố: 12/KH-SGDĐT{BODY}")
        assert (header.issuer, header.issuer_inferred) == ("Sở Giáo dục và Đào tạo Hà Giang", True)


class TestSubjectAndKind:
    @pytest.mark.parametrize(
        ("title", "kind", "subject"),
        [
            ("KẾ HOẠCH\n\nDọn kho năm 2025", "kế hoạch", "Dọn kho năm 2025"),
            ("KẾ HOẠCH\nDọn kho\nnăm 2025", "kế hoạch", "Dọn kho năm 2025"),
            ("**KẾ HOẠCH**\n**Dọn kho\nnăm 2025**", "kế hoạch", "Dọn kho năm 2025"),
            ("KẾ HOẠCH DỌN KHO NĂM 2025", "kế hoạch", "DỌN KHO NĂM 2025"),
            ("KẾ HOẠCH\n-----\nDọn kho", "kế hoạch", "Dọn kho"),
            ("K Ế H O Ạ C H\n\nDọn kho", "kế hoạch", "Dọn kho"),
            ("QUY CHẾ\nQuản lý kho\n(Ban hành kèm theo Quyết định số 5/QĐ-K ngày 2/3/2025)", "quy chế", "Quản lý kho"),
            ("BỘ LUẬT\nKHO BÃI", "bộ luật", "KHO BÃI"),
            ("QUYếT địNH\n\nQUYẾT ĐỊNH\n\nVề việc dọn kho", "quyết định", "Về việc dọn kho"),
            ("KẾ HOẠCH\n\nThi dọn kho năm 2025\n\n**Hình thức thi: Tập thể**", "kế hoạch", "Thi dọn kho năm 2025"),
            ("THƯ MỜI\n\nDự hội nghị dọn kho", "thư mời", "Dự hội nghị dọn kho"),
        ],
    )
    def test_titles(self, title: str, kind: str, subject: str) -> None:
        header = header_of(f"{title}\n\nCăn cứ Luật Kho;\n\nKho ban hành như sau:\n\n1. Dọn.\n")
        assert (header.kind, header.subject) == (kind, subject)

    def test_a_subject_that_begins_like_a_legal_basis(self) -> None:
        header = header_of(
            "KẾ HOẠCH\n\nThực hiện Chỉ thị số 5-CT/TU\n\nThực hiện Chỉ thị số 5-CT/TU, Kho ban hành:\n\n1. Dọn.\n"
        )
        assert header.subject == "Thực hiện Chỉ thị số 5-CT/TU"


@given(st.integers(1, 9999), st.sampled_from(["KH", "BC", "TB", "QĐ"]), st.dates())
@settings(max_examples=60, deadline=None)
def test_number_and_date_come_back(number: int, code: str, day: date) -> None:
    year = 1950 + day.year % 100
    line = f"Số: {number}/{code}-SNV\n\nLam Sơn, ngày {day.day} tháng {day.month} năm {year}"
    header = header_of(line + BODY)
    assert header.symbol == f"{number}/{code}-SNV"
    assert header.date is not None and re.match(rf"{year}-{day.month:02d}", header.date.iso())
