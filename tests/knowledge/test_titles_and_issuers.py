"""Titles with what a page put before them, numbers that stand alone, issuers that only the lead-in names."""

from __future__ import annotations

import pytest

from knowledge.document import Header, PartialDate, Signer
from knowledge.header import parse_header
from knowledge.kinds import NAMES
from knowledge.lines import plain
from knowledge.marks import bare_title
from knowledge.stitching import stitch
from knowledge.structure import parse_sections
from knowledge.text import normalise

ARTICLES = "Điều 1. Phạm vi\n\nCác bến đò trong tỉnh.\n\nĐiều 2. Giờ chạy\n\nTừ 5 giờ đến 21 giờ.\n"


def header_of(text: str) -> Header:
    text = normalise(text)
    return parse_header(text, parse_sections(text))


class TestBeforeTheTitle:
    @pytest.mark.parametrize(
        "before", ["[Bến đò] ", "📣 ", "\ufe0f ", "⚓️ ", "[BĐ] ⚓ ", "Toàn văn "], ids=lambda before: before.strip()
    )
    def test_tags_and_emojis_are_no_part_of_it(self, before: str) -> None:
        header = header_of(f"{before}Thông tư: quy định về giờ chạy của bến đò\n\n{ARTICLES}")
        assert (header.kind, header.subject) == ("thông tư", "quy định về giờ chạy của bến đò")

    def test_said_again_without_the_tag(self) -> None:
        title = "Thông báo tuyển người chèo đò năm 2031"
        header = header_of(f"[Bến đò] {title}\n\n{title}\n\nBến đò cần ba người.\n\nĐơn nhận tại bến.\n")
        assert (header.kind, header.subject) == ("thông báo", "tuyển người chèo đò năm 2031")

    def test_brackets_within_it_stay(self) -> None:
        assert bare_title("Giờ chạy [mùa lũ] của bến đò") == "Giờ chạy [mùa lũ] của bến đò"


class TestConsolidated:
    TEXT = (
        "**VĂN BẢN HỢP NHẤT - BỘ THỦY VẬN**\n\n**THÔNG TƯ**\n\n**Quy định về giờ chạy **\n\n**của bến đò ngang**\n\n"
        "_Căn cứ Luật Bến đò; _\n\n_Bộ trưởng Bộ Thủy vận ban hành Thông tư quy định về giờ chạy của bến đò._\n\n"
    )

    def test_is_what_it_consolidates(self) -> None:
        header = header_of(self.TEXT + ARTICLES)
        assert (header.kind, header.subject) == ("thông tư", "Quy định về giờ chạy của bến đò ngang")
        assert (header.issuer, header.issuer_inferred) == ("Bộ Thủy vận", True)

    def test_is_a_kind_where_no_other_stands(self) -> None:
        header = header_of("VĂN BẢN HỢP NHẤT\n\nQuy định về giờ chạy của bến đò\n\n" + ARTICLES)
        assert (header.kind, header.subject) == ("văn bản hợp nhất", "Quy định về giờ chạy của bến đò")


class TestSymbolAlone:
    def test_on_the_first_line_is_the_number(self) -> None:
        header = header_of(f"# 7/QĐ-BĐ&TL\n\n## Ghi chú\n- **date:** 20/01/2031\n\n{ARTICLES}")
        assert (header.kind, header.symbol) == ("quyết định", "7/QĐ-BĐ&TL")
        assert header.date == PartialDate(2031, 1, 20)

    def test_further_down_is_none(self) -> None:
        assert header_of(f"Giờ chạy của bến đò\n\n7/QĐ-BĐTL\n\n{ARTICLES}").symbol is None

    @pytest.mark.parametrize("label", ["Ngày ban hành", "Ngày ký"])
    def test_the_field_of_its_day(self, label: str) -> None:
        assert header_of(f"Số: 7/QĐ-BĐTL\n{label}: 3/2/2031\n\n{ARTICLES}").date == PartialDate(2031, 2, 3)

    def test_a_field_dates_nothing_without_a_number(self) -> None:
        assert header_of(f"Bến đò\n\ndate: 3/2/2031\n\n{ARTICLES}").date is None


DECREED = "QUYẾT ĐỊNH\n\nVề giờ chạy của bến đò\n\nCăn cứ Luật Bến đò;\n\n{}\n\n" + ARTICLES


class TestLostTitle:
    def test_is_the_kind_a_text_calls_itself_by(self) -> None:
        body = "Điều 1. Giờ chạy\n\nThông tư này nói về giờ chạy.\n\nĐiều 2. Áp dụng\n\nAi chèo đò theo Thông tư này.\n"
        assert header_of(body).kind == "thông tư"

    def test_is_not_what_is_called_so_once(self) -> None:
        assert header_of("Điều 1. Giờ chạy\n\nĐò chạy theo Quyết định này.\n\nĐiều 2. Bến\n\nBến mở.\n").kind is None


class TestIssuer:
    @pytest.mark.parametrize(
        ("clause", "issuer"),
        [
            ("Bộ trưởng Bộ Thủy vận ban hành Thông tư quy định giờ chạy.", "Bộ Thủy vận"),
            ("Giám đốc Sở Thủy vận ban hành Quyết định về giờ chạy.", "Sở Thủy vận"),
            ("Hội đồng nhân dân tỉnh Lam Giang ban hành Nghị quyết về giờ chạy.", "HĐND tỉnh Lam Giang"),
            ("Ủy ban nhân dân tỉnh Lam Giang ban hành Quyết định về giờ chạy.", "UBND tỉnh Lam Giang"),
            ("Thống đốc Ngân hàng Nhà nước ban hành Thông tư về giờ chạy.", "Ngân hàng Nhà nước"),
            ("*Bộ trưởng Bộ\nThủy vận ban hành Thông tư quy định giờ chạy.*", "Bộ Thủy vận"),
        ],
    )
    def test_is_who_enacts(self, clause: str, issuer: str) -> None:
        assert header_of(stitch(DECREED.format(clause))).issuer == issuer

    def test_who_enacts_goes_before_who_only_acts(self) -> None:
        clause = "Bộ trưởng Bộ Thủy vận ban hành Thông tư về giờ chạy.\n\nVụ Bến bãi, Cục Đò ngang tổ chức thực hiện."
        assert header_of(DECREED.format(clause)).issuer == "Bộ Thủy vận"

    def test_a_cited_enactment_is_no_own(self) -> None:
        clause = (
            "Bộ Thủy vận ban hành Thông tư số 5/2030/TT-BTV ngày 1/2/2030.\n\nCục Đò ngang ban hành Quyết định này."
        )
        assert header_of(DECREED.format(clause)).issuer == "Cục Đò ngang"

    def test_is_nobody_who_wrote_what_is_cited(self) -> None:
        cited = "Các thông tư số 5/TT-BTV của Bộ Thủy vận, Bộ Kho bãi hướng dẫn về bến đò được gom lại dưới đây.\n\n"
        assert header_of(f"Giờ chạy của bến đò\n-----\n\n{cited}Bến mở lúc 5 giờ.\n").issuer is None
        own = "Theo Kế hoạch số 5/KH-BTV của Bộ Thủy vận, Sở Kho bãi hướng dẫn về bến đò.\n\n"
        assert header_of(f"Giờ chạy của bến đò\n-----\n\n{own}Bến mở lúc 5 giờ.\n").issuer == "Sở Kho bãi"

    def test_is_nobody_whom_an_article_orders(self) -> None:
        article = (
            "Điều 1. Nghiệm thu\n\nChủ tịch Hội đồng nghiệm thu bến đò lập biên bản.\n\nĐiều 2. Giờ chạy\n\nTừ 5 giờ.\n"
        )
        assert header_of(f"THÔNG TƯ\n\nVề giờ chạy của bến đò\n\n{article}").issuer is None

    @pytest.mark.parametrize("authority", ["Ủy ban nhân dân tỉnh Lam Giang", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"])
    @pytest.mark.parametrize("place", ["tỉnh Lam Đồng", "các tỉnh"])
    def test_decides_on_a_line_below_the_subject(self, authority: str, place: str) -> None:
        subject = f"Về giờ chạy của bến đò trên địa bàn {place}"
        subject = subject.upper() if authority.isupper() else subject
        header = header_of(stitch(f"QUYẾT ĐỊNH\n{subject}\n{authority}\nCăn cứ Luật Bến đò;\n\n{ARTICLES}"))
        assert (header.subject, header.issuer) == (subject, "UBND tỉnh Lam Giang")

    @pytest.mark.parametrize(
        "naming",
        [
            "Hội lấy tên là HỘI CHÈO ĐÒ LAM GIANG",
            "1. Tên gọi: Hội Chèo đò Lam Giang.",
            "Tên tiếng Việt: Hội Chèo đò Lam Giang",
        ],
    )
    def test_gives_itself_a_name_in_its_charter(self, naming: str) -> None:
        calls = "Hội Chèo đò Lam Giang chèo đò theo Điều lệ này. Điều lệ này có 2 điều."
        header = header_of(f"CHƯƠNG I\n\nĐiều 1\n\n{naming}\n\nĐiều 2\n\n{calls}\n")
        assert (header.kind, header.issuer) == ("điều lệ", "Hội Chèo đò Lam Giang")

    def test_is_no_body_of_every_province(self) -> None:
        order = "4. Giám đốc Sở Thủy vận tỉnh, thành phố trực thuộc Trung ương chỉ đạo, kiểm tra việc triển khai.\n"
        assert header_of(f"Giờ chạy của bến đò\n-----\n\n1. Bến mở lúc 5 giờ.\n\n{order}").issuer is None

    def test_of_a_subject_with_its_year(self) -> None:
        header = header_of("KẾ HOẠCH\n\nSửa bến đò của Sở Thủy vận năm 2031\n\n1. Sửa bến.\n\n2. Sơn đò.\n")
        assert header.issuer == "Sở Thủy vận"


def test_every_kind_can_be_enacted() -> None:
    for kind in NAMES - {"thư", "lệnh"}:
        assert header_of(DECREED.format(f"Giám đốc Sở Thủy vận ban hành {kind} về giờ chạy.")).issuer == "Sở Thủy vận"


def test_a_charge_whose_body_stands_below() -> None:
    foot = "Nơi nhận:\n- Lưu: VT.\n\nTM.\nỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nLò Văn Sơn\n"
    assert header_of(f"QUYẾT ĐỊNH\n\nVề bến đò\n\n{ARTICLES}\n{foot}").signer == Signer(
        "Lò Văn Sơn", "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH"
    )


@pytest.mark.parametrize("gap", ["\n", "\n \t"])
def test_italics_over_two_lines_are_one_paragraph(gap: str) -> None:
    assert stitch(f"*Theo đề nghị của{gap}Trưởng bến đò;*") == "*Theo đề nghị của Trưởng bến đò;*"


@pytest.mark.parametrize(
    "text",
    [
        "*Bến đò Lam Giang\n\nmở cửa;*",
        "* Bến đò Lam Giang\nMở cửa*",
        "*Bến đò Lam Giang\n*Mở cửa*",
        "*Bến đò*\nMở cửa*",
    ],
    ids=["apart", "a bullet", "two", "closed before"],
)
def test_stars_that_open_nothing_join_nothing(text: str) -> None:
    assert "\n" in stitch(text)


def test_slanted_lines_are_their_words() -> None:
    assert plain("_Căn cứ Luật Bến đò; _") == "Căn cứ Luật Bến đò;"
    assert plain("_Giờ chạy_ và ten_ben_do") == "Giờ chạy và ten_ben_do"
