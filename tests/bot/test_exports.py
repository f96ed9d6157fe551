"""The consolidated workbook and Word report: what is in them, and that no answer can be more than text there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from docx import Document as read_docx
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.domain.forms import Form, Prompt, PromptKind, Repeat, Value
from bot.exports import template
from bot.exports.consolidated import Consolidated, Office
from bot.exports.docx import document
from bot.exports.text import LONGEST_SHEET, clean, sheet_name
from bot.exports.xlsx import workbook
from tests.bot.reports import ROUND, UNITS, answered, report

ONE = Form("f", "1", "Biểu mẫu", (Prompt("a", "a", PromptKind.TEXT, "Câu hỏi"),))


def book(made: Consolidated) -> Any:
    return load_workbook(io.BytesIO(workbook(made)))


def table(sheet: Any) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def read_back(cell: Any) -> str:
    """The text of a cell as Excel shows it: openpyxl leaves the escape of "_x0041_" to its reader."""
    return str(cell.value or "").replace("_x005F_x", "_x")


def words(made: Consolidated) -> str:
    """Every word of the Word file, paragraphs and cells in order of reading."""
    read = read_docx(io.BytesIO(document(made)))
    return "\n".join(node.text for node in read.element.body.iter(f"{{{read.element.nsmap['w']}}}p"))


def test_a_heading_over_many_units_leaves_open_what_is_each_ones_own() -> None:
    asked = (
        Prompt("a", "a", PromptKind.INTEGER, "Số tập thể"),
        Prompt("b", "b", PromptKind.TEXT, "Kể tên ${a} tập thể"),
    )
    made = replace(report(), form=Form("f", "1", "Biểu mẫu", asked))
    assert "Kể tên … tập thể" in table(book(made)["Tổng hợp"])[1]
    assert "Kể tên … tập thể" in words(made)


class TestWorkbook:
    def test_one_row_a_unit_that_handed_in(self) -> None:
        rows = table(book(report())["Tổng hợp"])
        assert rows[0][6] == "I. Kết quả thực hiện nhiệm vụ"
        assert rows[1][:4] == ("STT", "Đơn vị", "Tình trạng", "Nộp lúc")
        assert [row[1] for row in rows[2:5]] == [UNITS[0].name, UNITS[1].name, UNITS[4].name]
        assert [row[2] for row in rows[2:5]] == ["đã nhận", "đã nộp", "đã nộp"]
        assert [row[4] for row in rows[2:5]] == [None, None, "muộn"]

    def test_answers_have_their_types(self) -> None:
        rows = table(book(report())["Tổng hợp"])
        first = dict(zip(rows[1], rows[2], strict=True))
        assert first["Số sáng kiến được công nhận"] == 12
        assert first["Tỷ lệ hồ sơ đúng hẹn (%)"] == 98.5
        assert first["Mức độ hoàn thành"] == "Hoàn thành tốt"
        assert first["Ngày họp sơ kết"] == datetime(2026, 11, 15)
        assert first["Ảnh minh chứng"] == "anh hop so ket.jpg"
        assert first["Tổng số điểm"] == 24
        assert first["Nộp lúc"] == datetime(2026, 12, 3, 17, 0)
        assert "Anh/chị trả lời từng câu." not in rows[1]

    def test_numbers_are_added_up_and_percentages_averaged_by_formulas(self) -> None:
        rows = table(book(report())["Tổng hợp"])
        total, mean = rows[5], rows[6]
        assert (total[1], total[7], total[8]) == ("Tổng cộng", "=SUM(H3:H5)", None)
        assert total[14] == "=SUM(O3:O5)"  # calculated
        assert mean[1] == "Bình quân"
        assert "AVERAGE(I3:I5)" in str(mean[8])

    def test_headings_stay_in_sight(self) -> None:
        sheet = book(report())["Tổng hợp"]
        assert sheet.freeze_panes == "C3"
        assert sheet.column_dimensions["G"].width > 30
        assert sheet["G3"].alignment.wrap_text

    def test_a_repeat_has_a_sheet(self) -> None:
        rows = table(book(report())["Cá nhân tiêu biểu"])
        assert rows[0] == ("STT", "Đơn vị", "Họ và tên", "Thành tích", "Số năm công tác")
        assert rows[2] == (2, UNITS[0].name, "Lê Văn An", "Số hóa 3.000 hồ sơ", 3)
        assert rows[4][4] == "=SUM(E2:E4)"

    def test_who_has_not_handed_in_and_who_was_late(self) -> None:
        rows = table(book(report())["Chưa nộp"])
        assert [row[1:3] for row in rows[1:4]] == [
            (UNITS[2].name, "bị trả lại, chưa nộp lại"),
            (UNITS[3].name, "chưa bắt đầu"),
            (UNITS[5].name, "đang soạn"),
        ]
        assert rows[1][6] == "Số liệu chưa khớp."
        assert rows[5][0] == "Đã nộp nhưng muộn"
        assert rows[7][1] == UNITS[4].name

    def test_the_cover_counts(self) -> None:
        facts = dict(row[:2] for row in table(book(report())["Tổng quan"]) if row[1] is not None)
        assert facts["Hạn nộp"] == datetime(2026, 12, 5, 17, 0)
        assert facts["Thời điểm xuất"] == datetime(2026, 12, 7, 9, 30)
        assert (facts["Số đơn vị phải báo cáo"], facts["Đã nộp"], facts["Chưa nộp"]) == (6, 3, 3)
        assert "SỞ VĂN THƯ" in str(facts["Cơ quan tổng hợp"])

    def test_drafts_and_returned_reports_stay_inside(self) -> None:
        everything = workbook(report())
        with zipfile.ZipFile(io.BytesIO(everything)) as archive:
            texts = b"".join(archive.read(name) for name in archive.namelist())
        assert "bản nháp chưa xong".encode() not in texts
        assert "bản bị trả".encode() not in texts

    def test_a_number_too_exact_for_excel_stays_text(self) -> None:
        form = Form("f", "1", "F", (Prompt("n", "n", PromptKind.INTEGER, "Số"),))
        cell = book(answered({"n": "12345678901234567890"}, form))["Tổng hợp"].cell(3, 7)
        assert (cell.value, cell.data_type) == ("12345678901234567890", "s")

    def test_a_round_without_reports(self) -> None:
        made = report(standings=())
        assert [name for name in book(made).sheetnames] == ["Tổng quan", "Tổng hợp", "Cá nhân tiêu biểu", "Chưa nộp"]
        assert "Chưa có đơn vị nào" in words(made)

    def test_repeats_of_one_name_have_sheets_of_their_own(self) -> None:
        label = "Danh sách [tập thể]: tiêu biểu / xuất sắc trong năm 2026?"
        inner = (Prompt("x", "x", PromptKind.TEXT, "X"),)
        form = Form("f", "1", "F", tuple(Repeat(f"r{n}", f"r{n}", label, inner) for n in range(3)))
        names = book(answered({}, form)).sheetnames
        assert len({name.lower() for name in names}) == len(names) == 6
        assert all(len(name) <= LONGEST_SHEET and not re.search(r"[\[\]:*?/\\]", name) for name in names)


HOSTILE = (
    '=HYPERLINK("http://example.invalid")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "#N/A",
    "#REF!",
    "TRUE",
    "1e5",
    "007",
    "\u200b=1+1",
    "a\x00b\x07c\x1bd",
    "0\x1e1",
    "đảo \u202egnưhn\u202c và \u2067abc\u2069",
    "_x0041_ không phải A",
    "\ud800 lẻ",
    "{{ 7 * 7 }} {% raise %} {# x #}",
    "{_{ a }_} {_% b %_}",
    "</w:t></w:r><w:r><w:t>chèn & \" ' <script>",
    "Ô " * 15_000,
    "😀" * 20_000,
)


class TestHostileText:
    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_a_cell_holds_it_as_text(self, text: str) -> None:
        cell = book(answered({"a": text}, ONE))["Tổng hợp"].cell(3, 7)
        assert cell.data_type == "s"
        expected, shown = clean(text), read_back(cell)
        assert shown == expected or (shown.startswith(expected[:10_000]) and "xem trong hệ thống" in shown)
        if expected[0] in "=+-@\t\r":
            assert cell.quotePrefix

    @pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
    def test_the_word_report_quotes_it(self, text: str) -> None:
        found = words(answered({"a": text}, ONE))
        assert all(line.strip() in found for line in clean(text).splitlines())

    def test_nothing_turns_a_line_around(self) -> None:
        assert clean("a\u202eb\u2067c\u200fd") == "abcd"

    @settings(max_examples=60, deadline=None)
    @given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=60))
    def test_any_text_survives_as_text(self, text: str) -> None:
        cell = book(answered({"a": text}, ONE))["Tổng hợp"].cell(3, 7)
        expected = clean(text)
        assert cell.data_type == ("s" if expected else "n")
        assert read_back(cell) == expected

    @settings(max_examples=30, deadline=None)
    @given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=60))
    def test_any_text_leaves_the_word_report_readable(self, text: str) -> None:
        found = words(answered({"a": text}, ONE))
        assert all(line.strip() in found for line in clean(text).splitlines())

    @given(st.text(max_size=50), st.sets(st.text(max_size=31), max_size=4))
    def test_sheet_names_are_always_allowed(self, wanted: str, taken: set[str]) -> None:
        name = sheet_name(wanted, taken)
        assert 0 < len(name) <= LONGEST_SHEET
        assert name.lower() not in {one.lower() for one in taken} | {"history"}
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert not name.startswith("'")
        assert not name.endswith("'")


class TestWordReport:
    def test_it_has_the_layout_of_a_report(self) -> None:
        found = words(report())
        for fragment in (
            "UBND TỈNH AN BÌNH",
            "SỞ VĂN THƯ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "/BC-",
            "An Bình, ngày      tháng 12 năm 2026",
            "BÁO CÁO",
            "Phong trào thi đua năm 2026",
            "I. TÌNH HÌNH NỘP BÁO CÁO",
            "II. KẾT QUẢ THỰC HIỆN",
            "III. KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT, KIẾN NGHỊ",
            "IV. DANH SÁCH ĐƠN VỊ",
            "Nơi nhận:",
            "GIÁM ĐỐC",
        ):
            assert fragment in found
        section = read_docx(io.BytesIO(document(report()))).sections[0]
        assert round(section.left_margin.mm) == 30
        assert (round(section.top_margin.mm), round(section.right_margin.mm)) == (20, 20)
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header._element.xml

    def test_totals_and_quotations(self) -> None:
        found = words(report())
        assert "1. Kết quả thực hiện nhiệm vụ" in found
        assert "Tổng cộng: 1.262 (3 đơn vị báo cáo)." in found
        assert "Bình quân: 99,25 (2 đơn vị báo cáo); thấp nhất 98,5, cao nhất 100." in found
        assert "“Thiếu máy quét.” – Phòng Tổ chức cán bộ" in found
        assert "Mở chuyên mục trên trang thông tin nội bộ.” – Phòng Tổ chức cán bộ" in found
        assert "Hoàn thành tốt: 1 đơn vị (Phòng Tổ chức cán bộ)." in found
        assert "anh hop so ket.jpg" in found
        assert "Chưa nộp: 3." in found
        assert "bản nháp chưa xong" not in found

    def test_repeats_and_units_are_tables(self) -> None:
        tables = read_docx(io.BytesIO(document(report()))).tables
        people, units = tables[1], tables[2]
        assert [cell.text for cell in people.rows[0].cells] == [
            "TT",
            "Đơn vị",
            "Họ và tên",
            "Thành tích",
            "Số năm công tác",
        ]
        assert [cell.text for cell in people.rows[1].cells][2] == "Đỗ Thị Mai"
        assert len(units.rows) == 7
        assert [cell.text for cell in units.rows[5].cells][2:] == ["đã nộp", "19:00 06/12/2026", "nộp muộn"]

    def test_what_is_not_set_is_left_to_fill_in(self) -> None:
        found = words(report(office=Office()))
        assert "……………………" in found
        assert "{{" not in words(answered({"a": "x"}, ONE))

    def test_the_template_is_what_the_script_makes(self) -> None:
        committed, made = io.BytesIO(template.TEMPLATE.read_bytes()), io.BytesIO()
        template.build().save(made)
        with zipfile.ZipFile(committed) as old, zipfile.ZipFile(made) as new:
            assert old.namelist() == new.namelist()
            assert all(old.read(name) == new.read(name) for name in new.namelist())


def test_two_hundred_units_with_sixty_prompts() -> None:
    kinds = (PromptKind.INTEGER, PromptKind.TEXT)
    form = Form("f", "1", "F", tuple(Prompt(f"p{n}", f"p{n}", kinds[n % 2], f"Câu {n}") for n in range(60)))
    values: Mapping[str, Value] = {f"p{n}": "12" if n % 2 == 0 else "Đã làm xong. " * 20 for n in range(60)}
    one = answered(values, form)
    many = report(standings=one.standings * 200, form=form)
    sheet = book(many)["Tổng hợp"]
    assert (sheet.max_row, sheet.max_column) == (203, 66)
    assert f"Tổng cộng: {12 * 200:,}".replace(",", ".") in words(many)
    assert ROUND.title in words(many)
