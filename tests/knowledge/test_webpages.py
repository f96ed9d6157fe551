"""Text kept from web pages: tables in HTML, letters set as formulas, names and sentences broken by narrow cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.analyse import analyse
from knowledge.document import Header, PartialDate, SectionKind
from knowledge.header import parse_header
from knowledge.readers.base import Extract
from knowledge.readers.markup import plain_text
from knowledge.readers.plain import extract, extract_markdown
from knowledge.stitching import stitch
from knowledge.structure import parse_sections
from knowledge.text import normalise

TABLE = """<table border="1" class="luoi">
<thead><tr><th rowspan="2">TT</th><th colspan="2">Việc &amp; hạn</th></tr></thead>
<tr><TD>Nội dung</TD><td style="width: 20%">Hạn</td></tr>
<tr>
<td>1</td>
<td><p>Quét
 sân</p><p>và lau <b>kho</b></p></td>
<td>15/4&#47;2031</td>
</tr>
<tr><td>2</td><td></td><td>&lt; 20/4<br/>hằng năm</td></tr>
<tr><td></td><td></td><td></td></tr>
<tr><td colspan="3">Tổng hợp</td></tr>
</table>"""
ROWS = [
    "TT | Việc & hạn",
    "Nội dung | Hạn",
    "1 | Quét sân và lau kho | 15/4/2031",
    "2 | | < 20/4 hằng năm",
    "Tổng hợp",
]


def lines_of(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def header_of(text: str) -> Header:
    text = normalise(text)
    return parse_header(text, parse_sections(text))


class TestTables:
    def test_every_row_is_a_line_of_cells(self) -> None:
        assert plain_text(f"Biểu sau:{TABLE}Hết biểu.") == "\n".join(["Biểu sau:", *ROWS, "Hết biểu."])

    def test_two_tables_leave_the_words_between_them(self) -> None:
        assert lines_of(plain_text(f"{TABLE}\nCác kho khác:\n{TABLE}")) == [*ROWS, "Các kho khác:", *ROWS]

    @pytest.mark.parametrize("read", [extract, extract_markdown], ids=["text", "markdown"])
    def test_both_readers_know_them(self, read: Callable[[bytes], Extract]) -> None:
        found = read(f"1. Lịch dọn kho\n\n{TABLE}\n\n2. Khóa kho.\n".encode())
        assert lines_of(found.text) == ["1. Lịch dọn kho", *ROWS, "2. Khóa kho."]
        assert lines_of(found.pages[0].text) == lines_of(found.text)

    def test_in_a_document_they_are_tables(self, tmp_path: Path) -> None:
        file = tmp_path / "lich.txt"
        file.write_text(f"KẾ HOẠCH\n\nDọn kho\n\n1. Lịch dọn kho\n\n{TABLE}\n\n2. Khóa kho.\n", encoding="utf-8")
        document = analyse(file)
        [table] = [section for section in document.sections if section.kind is SectionKind.TABLE]
        assert lines_of(document.text[table.start : table.end])[:4] == ROWS[:4]
        assert "<" not in document.text.replace("< 20/4", "")


class TestFormulas:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            (r"$\mathrm { k } \hat { \mathrm { e } }$ khai kho", "kê khai kho"),
            (r"thống $\mathrm{k} \hat{\mathrm{e}}$", "thống kê"),
            (r"$\mathrm { C } \tilde { \mathrm { u } }$ và mới", "Cũ và mới"),
            (r"dãy $\acute { a }$ và $\grave{o}$ và $\breve { \mathrm { a } }$", "dãy á và ò và ă"),
            (r"đạt $\geq 8 0 \%$ và $\leq 9$", "đạt ≥ 8 0 % và ≤ 9"),
            (r"kệ $2 \times 3$ mét", "kệ 2 × 3 mét"),
        ],
    )
    def test_letters_and_signs_are_what_they_say(self, written: str, said: str) -> None:
        assert plain_text(written) == said
        assert lines_of(extract(f"1. Việc {written}.\n".encode()).text) == [f"1. Việc {said}."]

    @pytest.mark.parametrize(
        "kept",
        [
            "Mỗi kệ giá $5 hoặc $10 một chiếc.",
            "Thuê kho hết $1.200, sửa hết $300 và quét vôi hết $45 trong năm.",
            "Phần của mỗi kho là $x + y$.",
            r"Phần của mỗi kho là $\frac { a } { b }$.",
            r"Phần của mỗi kho là $\sqrt{n}$.",
        ],
        ids=["two amounts", "three amounts", "plain formula", "fraction", "root"],
    )
    def test_amounts_and_real_formulas_stay_beside_them(self, kept: str) -> None:
        assert plain_text(f"{kept}\n" + r"Bảng $\mathrm { k } \hat { \mathrm { e } }$.") == f"{kept}\nBảng kê."


class TestPicturesAndEntities:
    def test_a_picture_on_a_line_of_its_own_goes(self) -> None:
        text = "Sơ đồ kho:\n![](images/p1.jpg)\n  ![so-do](p2.png)  \nKho có hai cửa, xem ![cửa](p3.png) bên.\n"
        assert plain_text(text) == "Sơ đồ kho:\nKho có hai cửa, xem ![cửa](p3.png) bên.\n"

    def test_pictures_are_no_text_of_a_page(self) -> None:
        page = "1. Dọn kho.\n\n![kho](kho.jpg)\n\n2. Khóa kho.\n"
        assert lines_of(extract(page.encode()).text) == ["1. Dọn kho.", "2. Khóa kho."]

    @pytest.mark.parametrize(
        ("written", "read"),
        [
            ("Kho &quot;A&quot; &ndash; kho B&hellip;", 'Kho "A" – kho B…'),
            ("nhiệt độ &lt; 30, &gt; 5", "nhiệt độ < 30, > 5"),
            ("Ti&#7875;u ban K&#x1EF9; thu&#7853;t", "Tiểu ban Kỹ thuật"),
            ("dọn&nbsp;kho", "dọn kho"),
            ("Phòng R&amp;D và AT&T &kho;", "Phòng R&D và AT&T &kho;"),
        ],
    )
    def test_entities_are_their_characters(self, written: str, read: str) -> None:
        assert lines_of(extract(f"1. {written}\n".encode()).text) == [f"1. {read}"]


SHORT = "b) Trong thời hạn 05 ngày"
REST = "làm việc, kể từ ngày nhận đủ sổ, thủ kho trả lời bằng văn bản."


class TestShortFirstLines:
    def test_words_in_lower_case_go_on(self) -> None:
        assert stitch(f"{SHORT}\n{REST}") == f"{SHORT} {REST}"

    def test_not_below_a_blank_line(self) -> None:
        assert stitch(f"{SHORT}\n{REST}\n\n{SHORT}\n\n{REST}") == f"{SHORT} {REST}\n\n{SHORT}\n\n{REST}"

    @pytest.mark.parametrize("mark", [".", ":", "./.", "!"])
    def test_not_behind_an_end(self, mark: str) -> None:
        assert stitch(f"{SHORT}\n{REST}\n{SHORT}{mark}\n{REST}") == f"{SHORT} {REST}\n{SHORT}{mark}\n{REST}"

    def test_not_where_a_capital_follows(self) -> None:
        lines = "1. Yêu cầu của\nSở Nội vụ"
        assert stitch(f"{SHORT}\n{REST}\n{lines}") == f"{SHORT} {REST}\n{lines}"

    def test_not_where_the_author_set_the_break(self) -> None:
        assert stitch(f"{SHORT}\n{REST}") != stitch(f"{SHORT}\n{REST}", author_breaks=True) == f"{SHORT}\n{REST}"


TITLE = "Số: 12/KH-X\n\nKẾ HOẠCH\n\nDọn kho của tỉnh"


class TestBrokenLetterheads:
    @pytest.mark.parametrize(
        ("broken", "whole"),
        [
            ("**CHỦ TỊCH ỦY\nBAN NHÂN DÂN**", "**CHỦ TỊCH ỦY BAN NHÂN DÂN**"),
            ("UỶ\nBAN NHÂN DÂN TỈNH LAM GIANG", "UỶ BAN NHÂN DÂN TỈNH LAM GIANG"),
            ("ỦY BAN NHÂN\nDÂN TỈNH LAM GIANG", "ỦY BAN NHÂN DÂN TỈNH LAM GIANG"),
            ("HỘI ĐỒNG NHÂN\nDÂN TỈNH LAM GIANG", "HỘI ĐỒNG NHÂN DÂN TỈNH LAM GIANG"),
            ("CỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("CỘNG HOÀ XÃ\nHỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ],
    )
    def test_a_name_broken_by_its_cell_is_whole(self, broken: str, whole: str) -> None:
        assert stitch(f"{broken}\n{TITLE}") == f"{whole}\n{TITLE}"

    @pytest.mark.parametrize("party", ["TỈNH ỦY", "ĐẢNG ỦY", "THÀNH ỦY", "HUYỆN ỦY", "TỈNH UỶ"])
    def test_a_board_below_its_committee_is_a_name_of_its_own(self, party: str) -> None:
        joint = "ỦY BAN NHÂN{}DÂN TỈNH LAM GIANG"  # a plan of both
        broken = f"{party}\nBAN TUYÊN GIÁO\n\n{joint}\n{TITLE}"
        assert stitch(broken.format("\n")) == broken.format(" ")


BODY = (
    "\n\nKẾ HOẠCH\n\nQuét vôi nhà kho\n\nĐể nhà kho luôn sạch, các phòng làm như sau:\n\n1. Quét vôi.\n\n2. Lau cửa.\n"
)


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        ("B Ộ LAO ĐỘNG", "Bộ Lao động"),
        ("**B Ộ LAO Đ ỘNG**", "Bộ Lao động"),
        ("UBND TỈNH LAM GIANG\nS Ở N ỘI VỤ", "Sở Nội vụ Lam Giang"),
        ("UBND TỈNH LAM GIANG\nS Ở XUẤT BẢN ẤN PHẨM", "Sở Xuất bản ấn phẩm Lam Giang"),
        ("ĐẢNG ỦY XÃ LAM SƠN\nVĂN PHÒNG", "Văn phòng Đảng ủy xã Lam Sơn"),
        ("ĐẢNG ỦY SỞ NỘI VỤ\nVĂN PHÒNG", "Văn phòng Đảng ủy Sở Nội vụ"),
        ("UBND TỈNH LAM GIANG\nVĂN PHÒNG", "Văn phòng UBND tỉnh Lam Giang"),
        ("ĐẢNG ỦY XÃ LAM SƠN\nBAN TUYÊN GIÁO", "Ban Tuyên giáo Đảng ủy xã Lam Sơn"),
    ],
)
def test_issuers_of_parted_letters_and_of_an_office_by_its_owner(letterhead: str, issuer: str) -> None:
    header = header_of(f"{letterhead}\n\nSố: 1/KH-X{BODY}")
    assert (header.issuer, header.issuer_inferred) == (issuer, False)


@pytest.mark.parametrize("about", ["V/v", "V/v:", "v/v", "Về việc", ". V/v", "**V/v**", "- V/v", "– V/v"])
def test_a_subject_beside_the_number_of_a_letter(about: str) -> None:
    header = header_of(
        "| UBND TỈNH LAM GIANG<br>**SỞ NỘI VỤ** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |\n|---|---|\n"
        f"| Số: 12/SNV-TĐKT {about} góp ý dự thảo quy chế coi kho | *Lam Giang, ngày 3 tháng 2 năm 2031* |\n\n"
        "Kính gửi: Các phòng chuyên môn.\n\nSở Nội vụ đề nghị các phòng góp ý trước ngày 15/2/2031.\n\n"
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nTrần Văn Bách\n"
    )
    assert (header.kind, header.symbol) == ("công văn", "12/SNV-TĐKT")
    assert header.subject == "góp ý dự thảo quy chế coi kho"
    assert (header.place, header.date) == ("Lam Giang", PartialDate(2031, 2, 3))


def decision(mark: str, *, number: str = "", title: str = "QUY CHẾ\nCoi kho của tỉnh") -> str:
    """Return a decision with a regulation attached under `title` and `mark`; `number` is its own line of number."""
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH LAM GIANG\n{number}\nQUYẾT ĐỊNH\n\nBan hành Quy chế coi kho\n\nCăn cứ Luật Kho;\n\n"
        "QUYẾT ĐỊNH:\n\nĐiều 1. Ban hành Quy chế coi kho.\n\nĐiều 2. Các sở thi hành Quyết định này./.\n\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nTrần Văn Bách\n\n"
        f"{title}\n{mark}\n\nĐiều 1. Phạm vi\n\nQuy chế này áp dụng cho các kho.\n"
    )


class TestNumberInTheMarkOfWhatIsAttached:
    @pytest.mark.parametrize(
        ("day", "date"),
        [
            (" ngày 07 tháng 8 năm 2031", PartialDate(2031, 8, 7)),
            (" ngày 7/8/2031", PartialDate(2031, 8, 7)),
            (" ngày 07 - 8 - 2031", PartialDate(2031, 8, 7)),
            ("", None),
        ],
    )
    @pytest.mark.parametrize("lead", ["Ban hành kèm theo", "Kèm theo"])
    def test_is_the_number_of_the_decision(self, lead: str, day: str, date: PartialDate | None) -> None:
        header = header_of(decision(f"({lead} Quyết định số 15/2031/QĐ-UBND{day} của UBND tỉnh Lam Giang)"))
        assert (header.kind, header.symbol, header.date) == ("quyết định", "15/2031/QĐ-UBND", date)
        assert not header.is_draft

    def test_does_not_outdo_what_the_letterhead_says(self) -> None:
        mark = "(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 7/8/2031)"
        own = "Số: 16/QĐ-UBND\nLam Giang, ngày 9 tháng 8 năm 2031\n"
        found = [header_of(decision(mark, number=number)) for number in ("", own, "Số:      /QĐ-UBND\n")]
        assert [header.symbol for header in found] == ["15/QĐ-UBND", "16/QĐ-UBND", None]
        assert [header.date for header in found] == [PartialDate(2031, 8, 7), PartialDate(2031, 8, 9), None]
        assert found[2].symbol_draft == "/QĐ-UBND"

    def test_leaves_the_date_of_the_letterhead(self) -> None:
        mark = "(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 7/8/2031)"
        header = header_of(decision(mark, number="Lam Giang, ngày 9 tháng 8 năm 2031\n"))
        assert (header.symbol, header.date) == ("15/QĐ-UBND", PartialDate(2031, 8, 9))

    def test_is_of_a_document_of_the_same_kind_only(self) -> None:
        mark = "(Ban hành kèm theo {} số 15/QC-K ngày 7/8/2031)"
        found = [header_of(decision(mark.format(kind))) for kind in ("Quyết định", "Nghị quyết", "Thông tư")]
        assert [header.symbol for header in found] == ["15/QC-K", None, None]
        assert [header.date for header in found] == [PartialDate(2031, 8, 7), None, None]


class TestTitleOfWhatIsAttached:
    MARK = "(Ban hành kèm theo Quyết định số 15/QĐ-UBND ngày 7/8/2031)"

    @staticmethod
    def attached(text: str) -> list[tuple[str, str]]:
        return [
            (section.path, section.heading)
            for section in parse_sections(normalise(text))
            if section.kind is SectionKind.APPENDIX
        ]

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            ("CẤP SỔ KHO, CHỨNG", "THƯ COI KHO CỦA CÁC SỞ"),
            ("GIỮ SỔ KHO VÀ GIAO", "THƯ MỜI COI KHO"),
        ],
    )
    def test_its_second_line_is_no_document(self, first: str, second: str) -> None:
        text = decision(self.MARK, title=f"QUY CHẾ\nVỀ VIỆC\n{first}\n{second}")
        assert self.attached(text) == [("Quy chế", f"VỀ VIỆC {first} {second}")]

    @pytest.mark.parametrize(
        "above",
        ["HẾT QUY CHẾ\n", "HẾT QUY CHẾ.", "Sổ kho để ở cửa bắc"],
        ids=["blank line", "closed capitals", "small letters"],
    )
    def test_a_letter_below_anything_but_a_title_is_one(self, above: str) -> None:
        text = decision(self.MARK, title="QUY CHẾ\nVỀ VIỆC\nCẤP SỔ KHO, CHỨNG\nTHƯ COI KHO")
        text += f"\n{above}\nTHƯ NGỎ GỬI CÁC KHO\n{self.MARK}\n\nKho xin cảm ơn các sở.\n"
        assert [path for path, _ in self.attached(text)] == ["Quy chế", "Thư"]
