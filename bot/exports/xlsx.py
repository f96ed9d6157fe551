"""The consolidated workbook: a cover, one row a unit, one sheet a repeat, who has not handed in.

Knows the shape of the workbook; how a cell is written is `bot.exports.cells`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from bot.domain.answers import shown
from bot.domain.forms import Prompt, PromptKind, Repeat
from bot.domain.references import left_open
from bot.exports import cells
from bot.exports.consolidated import Consolidated, Row, is_numeric, is_ratio, local
from bot.exports.overview import cover, missing
from bot.exports.text import sheet_name

_OF_UNIT = (("STT", 6.0), ("Đơn vị", 30.0), ("Tình trạng", 13.0), ("Nộp lúc", 17.0), ("Muộn", 8.0), ("Biên nhận", 16.0))
_WIDTH = {
    PromptKind.INTEGER: 14.0,
    PromptKind.DECIMAL: 14.0,
    PromptKind.CALCULATE: 14.0,
    PromptKind.DATE: 13.0,
    PromptKind.SELECT_ONE: 22.0,
}
_WIDE = 44.0  # characters of a column of running text


@dataclass(frozen=True, slots=True)
class _Column:
    prompt: Prompt
    numeric: bool  # added up below the table

    @property
    def label(self) -> str:
        return left_open(self.prompt.label)

    @property
    def width(self) -> float:
        return _WIDTH.get(self.prompt.kind, _WIDE)


def workbook(report: Consolidated) -> bytes:
    """Return the consolidated report as an .xlsx file."""
    book = Workbook()
    first = book.active
    assert first is not None  # a new workbook has a sheet
    first.title = sheet_name("Tổng quan", ())
    summary = _sheet(book, "Tổng hợp")
    _units(summary, report)
    for item in report.form.items:
        if isinstance(item, Repeat):
            _entries(_sheet(book, item.label), report, item)
    missing(_sheet(book, "Chưa nộp"), report)
    cover(first, report, book.sheetnames[1:])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Any, wanted: str) -> Any:
    return book.create_sheet(sheet_name(wanted, book.sheetnames))


def _units(sheet: Any, report: Consolidated) -> None:
    """One row a unit under two rows of headings (groups, labels), totals at the end."""
    prompts = [item for item in report.form.items if isinstance(item, Prompt) and _has_column(item)]
    columns = [_Column(one, is_numeric(one, (_single(row, one) for row in report.rows))) for one in prompts]
    _headings(sheet, columns)
    for number, row in enumerate(report.rows, start=1):
        values = [_value(column.prompt, _single(row, column.prompt), report.file_names) for column in columns]
        fill = cells.WARN if row.submission.late else None
        for at, value in enumerate([*_of_unit(number, row), *values], start=1):
            cells.put(sheet.cell(number + 2, at), value, fill=fill if at <= len(_OF_UNIT) else None)
    if report.rows:
        _totals(sheet, columns, len(_OF_UNIT) + 1, 3, len(report.rows) + 2)
        sheet.auto_filter.ref = f"A2:{get_column_letter(len(_OF_UNIT) + len(columns))}{len(report.rows) + 2}"
    cells.widths(sheet, [*(width for _, width in _OF_UNIT), *(column.width for column in columns)])
    sheet.freeze_panes = "C3"
    _for_print(sheet, "1:2")


def _headings(sheet: Any, columns: Sequence[_Column]) -> None:
    for at, (title, _) in enumerate(_OF_UNIT, start=1):
        for line in (1, 2):
            cells.put(sheet.cell(line, at), title if line == 2 else "", font=cells.BOLD, fill=cells.HEAD, head=True)
    at = len(_OF_UNIT) + 1
    for group, members in groupby(columns, key=lambda column: column.prompt.group):
        width = 0
        for width, column in enumerate(members, start=1):
            cells.put(
                sheet.cell(1, at + width - 1),
                group if width == 1 else "",
                font=cells.BOLD,
                fill=cells.HEAD,
                head=True,
            )
            cells.put(sheet.cell(2, at + width - 1), column.label, font=cells.BOLD, fill=cells.HEAD, head=True)
        if group and width > 1:
            sheet.merge_cells(start_row=1, end_row=1, start_column=at, end_column=at + width - 1)
        at += width
    longest = max((len(column.label) / column.width for column in columns), default=1.0)
    sheet.row_dimensions[2].height = min(180, max(32, 16 * (1 + int(longest * 1.25))))


def _entries_of(row: Row, repeat: Repeat) -> tuple[Mapping[str, str], ...]:
    entries = row.values.get(repeat.name, ())
    return entries if isinstance(entries, tuple) else ()


def _entries(sheet: Any, report: Consolidated, repeat: Repeat) -> None:
    """One row an entry of a repeat, with the unit it comes from."""
    entries = [(row.unit.name, entry) for row in report.rows for entry in _entries_of(row, repeat)]
    prompts = [prompt for prompt in repeat.prompts if _has_column(prompt)]
    columns = [_Column(one, is_numeric(one, (entry.get(one.name, "") for _, entry in entries))) for one in prompts]
    titles = ["STT", "Đơn vị", *(column.label for column in columns)]
    for at, title in enumerate(titles, start=1):
        cells.put(sheet.cell(1, at), title, font=cells.BOLD, fill=cells.HEAD, head=True)
    for number, (unit, entry) in enumerate(entries, start=1):
        values = [_value(column.prompt, entry.get(column.prompt.name, ""), report.file_names) for column in columns]
        for at, value in enumerate([number, unit, *values], start=1):
            cells.put(sheet.cell(number + 1, at), value)
    if entries:
        line = len(entries) + 1
        _totals(sheet, columns, 3, 2, line)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(titles))}{line}"
    cells.widths(sheet, [6, 30, *(column.width for column in columns)])
    sheet.freeze_panes = "C2"
    _for_print(sheet, "1:1")


def _totals(sheet: Any, columns: Sequence[_Column], first_column: int, first: int, last: int) -> None:
    """Add the numbers up below the table; percentages are averaged instead, in a row of their own."""
    summed = [(at, column) for at, column in enumerate(columns, start=first_column) if column.numeric]
    rows = (
        ("Tổng cộng", "=SUM({0})", [at for at, column in summed if not is_ratio(column.prompt)]),
        ("Bình quân", '=IF(COUNT({0})=0,"",AVERAGE({0}))', [at for at, column in summed if is_ratio(column.prompt)]),
    )
    line = last
    for title, formula, places in rows:
        if not places:
            continue
        line += 1
        for at in range(1, first_column + len(columns)):
            cells.put(sheet.cell(line, at), title if at == 2 else "", font=cells.BOLD, fill=cells.TOTAL)
        for at in places:
            letter = get_column_letter(at)
            whole = columns[at - first_column].prompt.kind is PromptKind.INTEGER and "SUM" in formula
            number_format = "#,##0" if whole else "#,##0.00"
            cells.put_formula(sheet.cell(line, at), formula.format(f"{letter}{first}:{letter}{last}"), number_format)


def _of_unit(number: int, row: Row) -> list[object]:
    done = row.submission
    when = local(done.submitted_at) if done.submitted_at else None
    return [number, row.unit.name, done.state.vietnamese, when, "muộn" if done.late else "", done.receipt or ""]


def _has_column(prompt: Prompt) -> bool:
    return prompt.kind is not PromptKind.NOTE


def _single(row: Row, prompt: Prompt) -> str:
    value = row.values.get(prompt.name, "")
    return value if isinstance(value, str) else ""


def _value(prompt: Prompt, stored: str, file_names: Mapping[str, str]) -> int | float | str | date | datetime:
    """Return a stored answer as the cell holds it."""
    if not stored:
        return ""
    match prompt.kind:
        case PromptKind.INTEGER | PromptKind.DECIMAL | PromptKind.CALCULATE:
            return cells.number_of(stored)
        case PromptKind.DATE:
            return cells.day_of(stored)
        case PromptKind.SELECT_ONE | PromptKind.SELECT_MULTIPLE:
            return shown(prompt, stored)
        case PromptKind.FILE:
            return "\n".join(file_names.get(sha256, "tệp") for sha256 in stored.split())
        case _:
            return stored


def _for_print(sheet: Any, titles: str) -> None:
    """Landscape, as wide as one page, the headings on each."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = titles
