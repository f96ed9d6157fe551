"""The sheets of a generated XLSForm workbook: headings, widths, lists to choose from, a page of guidance.

Knows XLSForm's columns and Excel; knows nothing of plans.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import astuple, fields
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from bot.exports import cells

if TYPE_CHECKING:
    from bot.forms.generate import SurveyRow

TYPES = (
    "text,integer,decimal,date,select_one co_khong,select_one muc_do,note,image,file,calculate,"
    "begin_group,end_group,begin_repeat,end_repeat"
)
_WIDTHS = (22, 34, 58, 70, 10, 28, 22, 30, 14, 24)
_CHOICES = (
    ("list_name", "name", "label"),
    ("co_khong", "co", "Có"),
    ("co_khong", "khong", "Không"),
    ("muc_do", "xuat_sac", "Hoàn thành xuất sắc"),
    ("muc_do", "tot", "Hoàn thành tốt"),
    ("muc_do", "hoan_thanh", "Hoàn thành"),
    ("muc_do", "chua", "Chưa hoàn thành"),
)
_MEANINGS = {
    "type": "Loại câu hỏi; chọn trong danh sách",
    "name": "Tên ngắn, không dấu, không trùng; không đổi khi đã dùng, để số liệu kỳ trước còn nối được",
    "label": "Câu hỏi người báo cáo đọc",
    "hint": "Giải thích thêm, hiện dưới câu hỏi",
    "required": "yes: bắt buộc trả lời",
    "relevant": "Điều kiện để hỏi, ví dụ: ${co_sang_kien} = 'co'",
    "constraint": "Điều kiện của câu trả lời, ví dụ: . >= 0 and . <= 100",
    "constraint_message": "Câu báo khi điều kiện không đạt",
    "default": "Giá trị có sẵn",
    "calculation": "Công thức cho loại calculate",
}
_GUIDE = (
    ("Hướng dẫn", ""),
    ("", "Biểu mẫu này lập tự động từ văn bản; xin đọc lại, sửa trong Excel rồi gửi lên."),
    ("", "Mỗi dòng của trang “survey” là một câu hỏi, theo đúng thứ tự sẽ hỏi. Thêm, xóa, đổi chỗ dòng đều được."),
    ("", "Mỗi begin_group phải có end_group, mỗi begin_repeat phải có end_repeat ở sau."),
    ("", "Trang này chỉ để đọc; hệ thống bỏ qua."),
    ("Loại câu hỏi", ""),
    ("text", "Trả lời bằng lời"),
    ("integer, decimal", "Số nguyên; số có thể có phần thập phân (tỷ lệ %)"),
    ("date", "Ngày"),
    ("select_one DANH_SÁCH", "Chọn một; các lựa chọn ghi ở trang “choices”, ví dụ: select_one muc_do"),
    ("select_multiple DANH_SÁCH", "Chọn nhiều"),
    ("note", "Chỉ hiện, không hỏi"),
    ("image, file", "Ảnh, tệp đính kèm"),
    ("calculate", "Tự tính, không hỏi"),
    ("begin_group … end_group", "Nhóm câu hỏi dưới một tiêu đề"),
    ("begin_repeat … end_repeat", "Phần được hỏi nhiều lần, ví dụ mỗi cá nhân một lần"),
    ("Các cột", ""),
    *_MEANINGS.items(),
)
_HEADING = PatternFill("solid", fgColor="1F4E78")
_GROUP = PatternFill("solid", fgColor="DCE6F1")
_REPEAT = PatternFill("solid", fgColor="E2EFDA")


def build(survey: Sequence[SurveyRow], form_id: str, title: str) -> bytes:
    """Return the workbook with these questions as .xlsx."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = "survey"
    _survey(sheet, survey)
    _table(book.create_sheet("choices"), _CHOICES, (22, 22, 40))
    settings = (("form_title", "form_id", "version"), (title, form_id, "1"))
    _table(book.create_sheet("settings"), settings, (70, 34, 12))
    _guide(book.create_sheet("Hướng dẫn"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _survey(sheet: Any, survey: Sequence[SurveyRow]) -> None:
    from bot.forms.generate import SurveyRow  # which makes these rows, and calls here

    heading = tuple(field.name for field in fields(SurveyRow))
    _table(sheet, [heading, *map(astuple, survey)], _WIDTHS)
    for cell, meaning in zip(sheet[1], _MEANINGS.values(), strict=True):
        cell.comment = Comment(meaning, "tdkt", width=280, height=70)
    for line, row in enumerate(survey, start=2):
        fill = _GROUP if "group" in row.type else _REPEAT if "repeat" in row.type else None
        for cell in sheet[line] if fill else ():
            cell.fill = fill
            cell.font = Font(name=cells.PLAIN.name, size=11, bold=True)
    _offer(sheet, f"A2:A{len(survey) + 200}", TYPES)
    _offer(sheet, f"E2:E{len(survey) + 200}", "yes,no")
    sheet.freeze_panes = "D2"


def _offer(sheet: Any, places: str, options: str) -> None:
    """Offer a list without insisting on it: other lists of choices may be added by hand."""
    offer = DataValidation(type="list", formula1=f'"{options}"', allow_blank=True, showErrorMessage=False)
    offer.promptTitle, offer.prompt, offer.showInputMessage = "Chọn", "Xem trang “Hướng dẫn”", True
    sheet.add_data_validation(offer)
    offer.add(places)


def _table(sheet: Any, rows: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
    for line, row in enumerate(rows, start=1):
        for at, value in enumerate(row, start=1):
            cell = sheet.cell(line, at)
            cells.put(cell, value)
            if line == 1:
                cell.fill, cell.font = _HEADING, Font(name=cells.PLAIN.name, size=11, bold=True, color="FFFFFF")
                cell.alignment = Alignment(horizontal="center", vertical="center")
    cells.widths(sheet, widths)
    sheet.freeze_panes = "A2"


def _guide(sheet: Any) -> None:
    for line, (term, meaning) in enumerate(_GUIDE, start=1):
        cells.put_text(sheet.cell(line, 1), term)
        cells.put_text(sheet.cell(line, 2), meaning)
        sheet.cell(line, 1).font = cells.BOLD if meaning else cells.TITLE
        sheet.cell(line, 2).font = cells.PLAIN
        sheet.cell(line, 2).alignment = cells.WRAPPED
    cells.widths(sheet, (30, 100))
