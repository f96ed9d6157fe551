from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from knowledge.errors import SecretDocument, UnreadableFile
from knowledge.read import read
from tests.knowledge.legacy import tcvn3

W = nsdecls("w")


class Word:
    """A Word file in the making."""

    def __init__(self, folder: Path) -> None:
        self.document = Document()
        self._path = folder / "a.docx"

    def xml(self, inner: str) -> None:
        """Append a raw element to the body."""
        element = parse_xml(inner.replace(">", f" {W}>", 1) if " xmlns:w=" not in inner else inner)
        self.document.element.body.insert_element_before(element, "w:sectPr")

    def item(self, text: str, number: int, level: int = 0) -> None:
        self.xml(
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>'
            f"<w:r><w:t>{text}</w:t></w:r></w:p>"
        )

    def numbering(self, levels: list[str], instances: dict[int, str], abstract: int = 90) -> None:
        """Define a list of raw w:lvl contents and its instances, number → raw overrides."""
        part = self.document.part.numbering_part.element
        inner = "".join(f'<w:lvl w:ilvl="{n}">{level}</w:lvl>' for n, level in enumerate(levels))
        part.insert(0, parse_xml(f'<w:abstractNum {W} w:abstractNumId="{abstract}">{inner}</w:abstractNum>'))
        for number, overrides in instances.items():
            num = f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'
            part.append(parse_xml(num))

    def read(self) -> str:
        self.document.save(str(self._path))
        return read(self._path).text


@pytest.fixture
def word(tmp_path: Path) -> Word:
    return Word(tmp_path)


def level(form: str, text: str, start: int = 1, more: str = "") -> str:
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'


PLAN = [level("upperRoman", "%1."), level("decimal", "%2."), level("lowerLetter", "%3)"), level("bullet", "\uf0b7")]


def test_the_numbering_of_a_plan_is_written_out(word: Word) -> None:
    word.numbering(PLAN, {90: ""})
    for text, depth in (("Mục đích", 0), ("Một", 1), ("Hai", 1), ("tập thể", 2), ("cá nhân", 2), ("gạch", 3)):
        word.item(text, 90, depth)
    for text, depth in (("Nội dung", 0), ("Lại một", 1), ("lại a", 2)):
        word.item(text, 90, depth)
    assert word.read().split("\n\n") == [
        *("I. Mục đích", "1. Một", "2. Hai", "a) tập thể", "b) cá nhân", "- gạch"),
        *("II. Nội dung", "1. Lại một", "a) lại a"),
    ]


def test_instances_count_on_unless_they_start_anew(word: Word) -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    word.numbering([level("decimal", "%1.", start=3)], {90: "", 91: "", 92: anew})
    for number, text in ((90, "ba"), (91, "bốn"), (92, "một"), (92, "hai")):
        word.item(text, number)
    assert word.read().split("\n\n") == ["3. ba", "4. bốn", "1. một", "2. hai"]


def test_levels_that_never_start_anew_and_legal_figures(word: Word) -> None:
    word.numbering(
        [
            level("upperRoman", "Chương %1"),
            level("decimal", "Điều %2.", more='<w:lvlRestart w:val="0"/>'),
            level("decimal", "%1.%2.%3", more="<w:isLgl/>"),
        ],
        {90: ""},
    )
    for text, depth in (("A", 0), ("b", 1), ("C", 0), ("d", 1), ("e", 2)):
        word.item(text, 90, depth)
    assert word.read().split("\n\n") == ["Chương I A", "Điều 1. b", "Chương II C", "Điều 2. d", "2.2.1 e"]


def test_numbers_of_every_form(word: Word) -> None:
    forms = "decimalZero lowerRoman upperLetter lowerLetter none somethingElse".split()
    for at, form in enumerate(forms):
        word.numbering([level(form, "%1)", start=28)], {100 + at: ""}, abstract=100 + at)
        word.item("x", 100 + at)
    assert word.read().split("\n\n") == ["28) x", "xxviii) x", "BB) x", "bb) x", ") x", "28) x"]


def test_numbering_comes_from_styles_too_and_zero_takes_it_away(word: Word) -> None:
    word.numbering([level("upperRoman", "%1."), level("decimal", "%2.", more='<w:pStyle w:val="Heading2"/>')], {90: ""})
    for name, depth in (("Heading1", "0"), ("Heading2", None)):
        style = next(s for s in word.document.styles.element if s.get(qn("w:styleId")) == name)
        inner = f'<w:ilvl w:val="{depth}"/>' if depth else ""
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}>{inner}<w:numId w:val="90"/></w:numPr>'))
    word.document.add_heading("Chung", 1)
    word.document.add_heading("Riêng", 2)
    plain = word.document.add_heading("Không số", 1)
    plain._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {W}><w:numId w:val="0"/></w:numPr>'))
    word.document.add_heading("Tiếp", 1)
    assert word.read().split("\n\n") == ["I. Chung", "1. Riêng", "Không số", "II. Tiếp"]


def test_tables_are_read_in_order_one_row_a_line(word: Word) -> None:
    word.document.add_paragraph("Phân công như sau:")
    table = word.document.add_table(rows=4, cols=3, style="Table Grid")
    rows = [["STT", "Nội dung", "Thời hạn"], ["1", "Họp\ntổng kết", "30/11"], ["2", "", "31/12"], ["3", "gộp", "gộp"]]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(3, 1).merge(table.cell(3, 2)).text = "Việc cả năm"
    word.document.add_paragraph("Hết.")
    assert word.read() == (
        "Phân công như sau:\n\nSTT | Nội dung | Thời hạn\n1 | Họp tổng kết | 30/11\n2 | | 31/12\n3 | Việc cả năm"
        "\n\nHết."
    )


def test_cells_merged_downwards_speak_once_and_keep_their_place(word: Word) -> None:
    table = word.document.add_table(rows=3, cols=3, style="Table Grid")
    for row, texts in zip(table.rows, [["A", "b", "c"], ["", "d", "e"], ["F", "g", "h"]], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(1, 0)).text = "A"
    assert word.read() == "A | b | c\n| d | e\nF | g | h"


def test_nested_tables_and_boxes_around_paragraphs(word: Word) -> None:
    outer = word.document.add_table(rows=1, cols=2, style="Table Grid")
    outer.cell(0, 0).text = "Ngoài"
    inner = outer.cell(0, 1).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "trong một", "trong hai"
    box = word.document.add_table(rows=1, cols=1, style="Table Grid")
    box.cell(0, 0).text = "Một khung\ncó hai dòng"
    assert word.read() == "Ngoài | trong một trong hai\n\nMột khung\ncó hai dòng"


def test_revisions_are_read_as_accepted(word: Word) -> None:
    word.xml(
        '<w:p><w:r><w:t xml:space="preserve">Báo cáo </w:t></w:r>'
        '<w:del w:id="1" w:author="a"><w:r><w:delText>trước 01/6</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>trước 15/6</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t>đi</w:t></w:r></w:moveFrom><w:r><w:t>.</w:t></w:r></w:p>'
    )
    deleted_mark = '<w:pPr><w:rPr><w:del w:id="4" w:author="a"/></w:rPr></w:pPr>'
    word.xml(f"<w:p>{deleted_mark}<w:r><w:t>Hai đoạn</w:t></w:r></w:p>")
    word.xml("<w:p><w:r><w:t>thành một.</w:t></w:r></w:p>")
    assert word.read() == "Báo cáo trước 15/6.\n\nHai đoạn thành một."


def test_fields_breaks_symbols_and_hidden_text(word: Word) -> None:
    word.xml(
        "<w:p><w:r><w:t>Xem</w:t><w:tab/><w:t>mục</w:t><w:noBreakHyphen/><w:t>A</w:t><w:softHyphen/></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> trang 3</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
        '<w:r><w:br/><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> dòng hai</w:t></w:r></w:p>'
    )
    assert word.read() == "Xem mục-A trang 3\n✓ dòng hai"


def test_content_controls_and_links_are_walked_through_and_the_contents_left_out(word: Word) -> None:
    word.xml('<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>I. Mục đích 3</w:t></w:r></w:p>')
    word.xml("<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    word.xml("<w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p>")
    assert word.read() == "Trong khung\n\nliên kết"


_BOX = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><w:t>Thân</w:t></w:r><w:r>'
    "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p>"
    "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>{0}</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def test_text_boxes_are_read_once_and_may_hold_a_stamp(word: Word) -> None:
    word.xml(_BOX.format("Ghi chú"))
    assert word.read() == "Thân\n\nGhi chú"
    word.xml(_BOX.format("TỐI MẬT"))
    with pytest.raises(SecretDocument):
        word.read()


def test_a_watermark_may_be_a_stamp(word: Word) -> None:
    paragraph = word.document.sections[0].header.paragraphs[0]._p
    paragraph.append(
        parse_xml(
            f'<w:r {W} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textpath string="TUYỆT MẬT"/>'
            "</v:shape></w:pict></w:r>"
        )
    )
    word.document.add_paragraph("Nội dung.")
    with pytest.raises(SecretDocument):
        word.read()


def test_footnotes_follow_the_paragraph_that_cites_them(word: Word) -> None:
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Theo số liệu năm 2025.</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = word.document.part
    part.relate_to(Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), part.package), RT.FOOTNOTES)
    word.xml('<w:p><w:r><w:t>Có 12 đơn vị</w:t><w:footnoteReference w:id="2"/><w:t>.</w:t></w:r></w:p>')
    word.xml("<w:p><w:r><w:t>Đoạn sau.</w:t></w:r></w:p>")
    assert word.read() == "Có 12 đơn vị.\n\n[1] Theo số liệu năm 2025.\n\nĐoạn sau."


def test_headers_are_furniture_but_a_letterhead_in_one_is_kept(word: Word) -> None:
    word.document.add_paragraph("Nội dung.")
    header = word.document.sections[0].header
    header.paragraphs[0].text = "Sở Xây dựng"
    assert word.read() == "Nội dung."
    table = header.add_table(1, 2, 5_000_000)
    table.cell(0, 0).text, table.cell(0, 1).text = "SỞ XÂY DỰNG\nSố: 5/KH-SXD", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert word.read().endswith("SỞ XÂY DỰNG\nSố: 5/KH-SXD\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nNội dung.")


def test_centred_title_lines_become_one_title(word: Word) -> None:
    for line in ("KẾ HOẠCH", "Trồng cây tại các khu nhà ở của", "Sở Xây dựng năm 2026"):
        word.document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    word.document.add_paragraph("Thực hiện chỉ đạo của tỉnh, Sở ban hành Kế hoạch.")
    assert word.read().split("\n\n")[1] == "Trồng cây tại các khu nhà ở của Sở Xây dựng năm 2026"


def test_runs_in_legacy_fonts_are_decoded(word: Word) -> None:
    for text, font in (("Sở Xây dựng", ".VnTime"), ("kế hoạch", ".VnTimeH"), ("năm 2026", "Times New Roman")):
        raw = text if font.startswith("T") else tcvn3(text).decode("latin-1")
        word.document.add_paragraph().add_run(raw).font.name = font
    assert word.read() == "Sở Xây dựng\n\nKẾ HOẠCH\n\nnăm 2026"


def test_a_whole_document_in_a_legacy_encoding_is_decoded(word: Word) -> None:
    text = "Các đơn vị trồng cây bóng mát, giữ gìn vệ sinh ở những khu nhà mới và báo cáo trước ngày 30/6."
    word.document.add_paragraph(tcvn3(text).decode("latin-1"))
    assert word.read() == text


def test_a_borderless_table_at_the_end_is_two_columns(word: Word) -> None:
    table = word.document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "NGƯỜI LẬP\n\nLê An", "THỦ TRƯỞNG\n\nVõ Bình"
    assert word.read() == "NGƯỜI LẬP\nLê An\n\nTHỦ TRƯỞNG\nVõ Bình"


def test_a_letterhead_and_an_end_set_with_tabs_are_columns(word: Word) -> None:
    for line in ("SỞ XÂY DỰNG\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/KH-SXD\tLam Sơn, ngày 01 tháng 4 năm 2026"):
        word.document.add_paragraph(line)
    for line in ("KẾ HOẠCH", "1.\tTrồng cây.", "Nơi nhận:\tGIÁM ĐỐC", "- Như trên;", "\tNgô Thị Mai"):
        word.document.add_paragraph(line)
    assert word.read().split("\n\n") == [
        "SỞ XÂY DỰNG\nSố: 5/KH-SXD",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLam Sơn, ngày 01 tháng 4 năm 2026",
        "KẾ HOẠCH",
        "1. Trồng cây.",
        "Nơi nhận:\n- Như trên;",
        "GIÁM ĐỐC\nNgô Thị Mai",
    ]


def test_nonsense_in_the_numbering_is_corrupt(word: Word) -> None:
    word.xml('<w:p><w:pPr><w:numPr><w:ilvl w:val="không"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>')
    with pytest.raises(UnreadableFile, match="hỏng"):
        word.read()
