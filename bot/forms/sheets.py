"""A form workbook as rows that know their number, so that a refusal can point at them.

Knows Excel files and XLSForm's names of sheets and columns; knows nothing of what may stand in them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.forms.problems import FormError, Problem

MAX_ROWS = 2_000  # of a sheet: many times the longest form that anybody answers by chat
_MOST_LINES = 20_000  # of a sheet that are looked at, blank ones included: a sheet formatted to its end has a million
_MAX_UNPACKED = 64 * 2**20  # bytes: an .xlsx is an archive, and a small one may unpack to gigabytes
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # OLE: .xls, and .xlsx with a password
_SAVE_AS = "trong Excel, anh/chị chọn Lưu thành “Excel Workbook (.xlsx)” rồi gửi lại"
# Other names that XLSForm gives these columns.
_ALIASES = {
    "caption": "label",
    "tag": "name",
    "value": "name",
    "command": "type",
    "relevance": "relevant",
    "calculate": "calculation",
    "list name": "list_name",
    "read_only": "readonly",
    "count": "repeat_count",
    "jr:count": "repeat_count",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the heading."""

    number: int  # 1-based, as Excel shows it
    cells: Mapping[str, str]  # what is not blank, by the column's name in small letters

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def text(self, column: str) -> str:
        """Return what stands in a column that may have languages ("label::Tiếng Việt (vi)"); "" where nothing does."""
        return self[column] or next((text for name, text in self.cells.items() if name.startswith(f"{column}:")), "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its heading and the rows that are not blank."""

    title: str
    heading: tuple[str, ...]  # in small letters
    rows: tuple[Row, ...]

    def has(self, column: str) -> bool:
        """Tell whether there is such a column, in any language."""
        return any(name == column or name.startswith(f"{column}:") for name in self.heading)


def read_sheets(workbook: bytes) -> Mapping[str, Sheet]:
    """Return the sheets by their name in small letters; raises FormError where the file cannot be read at all."""
    _check_archive(workbook)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(workbook), read_only=True, data_only=True)
        return {
            sheet.title.strip().lower(): _sheet(sheet.title, sheet.iter_rows(values_only=True))
            for sheet in book.worksheets
        }
    except FormError:
        raise
    except Exception as error:  # zipfile, KeyError, XML errors: whatever a file that is no workbook leads to
        raise _unreadable() from error


def _check_archive(workbook: bytes) -> None:
    if workbook.startswith(_OLD_EXCEL):
        raise _refused(
            f"tệp là Excel 97–2003 (.xls) hoặc có mật khẩu nên không đọc được; {_SAVE_AS}, không đặt mật khẩu"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise _unreadable() from error
    if sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise _refused("tệp quá lớn khi mở ra; anh/chị chép các trang survey, choices, settings sang một tệp mới")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise _refused(f"tệp có macro nên không nhận; {_SAVE_AS}")


def _unreadable() -> FormError:
    return _refused(f"tệp không phải là bảng tính .xlsx đọc được; {_SAVE_AS}")


def _refused(message: str) -> FormError:
    return FormError((Problem(None, message),))


def _sheet(title: str, lines: Iterator[Sequence[object]]) -> Sheet:
    heading = tuple(_name(cell) for cell in next(lines, ()))
    found = []
    for number, line in enumerate(islice(lines, _MOST_LINES), start=2):
        cells = {name: text for name, cell in zip(heading, line, strict=False) if name and (text := _text(cell))}
        if cells:
            found.append(Row(number, cells))
        if len(found) > MAX_ROWS:
            raise _refused(f"trang tính có hơn {MAX_ROWS} dòng; anh/chị bỏ bớt các dòng không dùng")
    return Sheet(title, heading, tuple(found))


def _name(cell: object) -> str:
    name = _text(cell).lower()
    return _ALIASES.get(name, name)


def _text(cell: object) -> str:
    """Return a cell as pyxform reads it: 1.0 is "1", TRUE is "TRUE"; a day without its time."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).removesuffix(" 00:00:00").split())
