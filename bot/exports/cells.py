"""Cells as Excel wants them: text that is never a formula, numbers as numbers, dates as dates, and their look.

Knows nothing of reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from bot.exports.text import clean, fitted, looks_like_formula

_FONT = "Times New Roman"
_EDGE = Side(style="thin", color="B7B7B7")
GRID = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
PLAIN = Font(name=_FONT, size=11)
BOLD = Font(name=_FONT, size=11, bold=True)
TITLE = Font(name=_FONT, size=14, bold=True)
HEAD = PatternFill("solid", fgColor="DCE6F1")
TOTAL = PatternFill("solid", fgColor="F2F2F2")
WARN = PatternFill("solid", fgColor="FDE9D9")
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
WRAPPED = Alignment(vertical="top", wrap_text=True)
DAY = "dd/mm/yyyy"
MOMENT = "hh:mm dd/mm/yyyy"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_EXACT_DIGITS = 15  # Excel keeps no more of a number
_FIRST_DAY = date(1900, 3, 1)  # Excel counts days wrongly before
# Excel reads "_x0041_" in a text as the character of that number; its own way out is to escape the underscore.
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def put(cell: Any, value: object, *, font: Font = PLAIN, fill: PatternFill | None = None, head: bool = False) -> None:
    """Write `value` into an openpyxl cell with the look of a table: str as text, numbers and dates as such."""
    if isinstance(value, str):
        put_text(cell, value)
    elif value is not None:
        cell.value = value
        cell.number_format = _format(value)
    cell.font = font
    cell.alignment = CENTRED if head else WRAPPED
    cell.border = GRID
    if fill is not None:
        cell.fill = fill


def put_text(cell: Any, text: str) -> None:
    """Write `text` so that it stays text whatever it begins with."""
    text = _ESCAPE.sub("_x005F_", fitted(clean(text)))
    if not text:
        return
    cell.value = text
    cell.data_type = "s"  # openpyxl has taken "=…" for a formula and "#N/A" for an error
    if looks_like_formula(text):
        cell.quotePrefix = True  # stays text when somebody edits the cell, too


def put_formula(cell: Any, formula: str, number_format: str) -> None:
    """Write a formula of ours."""
    cell.value = formula
    cell.number_format = number_format


def number_of(text: str) -> int | float | str:
    """Return a stored number as one; what is none, or more exact than Excel can keep, stays text."""
    if not _NUMBER.fullmatch(text) or len(text.replace("-", "").replace(".", "").lstrip("0")) > _EXACT_DIGITS:
        return text
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def day_of(text: str) -> date | str:
    """Return a stored date as one; what Excel's calendar does not reach stays text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return day if day >= _FIRST_DAY else day.strftime("%d/%m/%Y")


def widths(sheet: Any, columns: Iterable[float]) -> None:
    """Set the widths of the columns from A on, in characters."""
    for number, width in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _format(value: object) -> str:
    match value:
        case datetime():
            return MOMENT
        case date():
            return DAY
        case float():
            decimals = len(repr(value).partition(".")[2])
            return "#,##0." + "0" * min(decimals, 6)
        case int():
            return "#,##0"
        case _:
            return "General"
