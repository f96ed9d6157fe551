"""The sheet "choices" of a form workbook: lists that are asked for and absent, choices that could not be told apart."""

from __future__ import annotations

from collections.abc import Iterator

from bot.forms.problems import CHOICES, SURVEY, Problem
from bot.forms.rows import MEDIA, SELECTS, kind_of
from bot.forms.sheets import Row, Sheet


def check_choices(survey: Sheet, choices: Sheet | None) -> Iterator[Problem]:
    """Yield what is wrong with the lists and with the questions that use them."""
    asked = {
        row.number: kind.list_name
        for row in survey.rows
        if (kind := kind_of(row["type"])) is not None and kind.name in SELECTS and kind.list_name
    }
    if choices is None or not (choices.rows or asked):
        if asked:
            yield Problem(min(asked), "câu hỏi lựa chọn cần trang tính “choices” (cột list_name, name, label)", SURVEY)
        return
    missing = [column for column in ("list_name", "name", "label") if not choices.has(column)]
    if missing:
        says = f"thiếu cột {', '.join(f'“{one}”' for one in missing)} ở dòng đầu"
        yield Problem(1, says, CHOICES)
        return
    known = {row["list_name"] for row in choices.rows}
    for number, name in asked.items():
        if name not in known:
            says = f"danh sách lựa chọn “{name}” không có ở trang choices; thêm vào hoặc sửa tên danh sách"
            yield Problem(number, says, SURVEY)
    yield from _check_rows(choices.rows)


def _check_rows(rows: tuple[Row, ...]) -> Iterator[Problem]:
    names: dict[tuple[str, str], int] = {}
    labels: dict[tuple[str, str], int] = {}
    for row in rows:
        for says in _check_row(row):
            yield Problem(row.number, says, CHOICES)
        for what, seen, key in (
            ("tên", names, (row["list_name"], row["name"])),
            ("nhãn", labels, (row["list_name"], row.text("label").casefold())),
        ):
            if key[1] and key in seen:
                says = f"{what} lựa chọn trùng với dòng {seen[key]} của danh sách “{key[0]}”; đổi {what} khác"
                yield Problem(row.number, says, CHOICES)
            seen.setdefault(key, row.number)


def _check_row(row: Row) -> Iterator[str]:
    if not row["list_name"]:
        yield "thiếu tên danh sách ở cột list_name"
    if not row["name"]:
        yield "lựa chọn thiếu tên ở cột name"
    elif len(row["name"].split()) > 1:  # several are kept with a space between
        yield f"tên lựa chọn “{row['name']}” không được có dấu cách; dùng gạch dưới, ví dụ: da_xong"
    if not row.text("label"):
        yield "lựa chọn chưa có nhãn; ghi vào cột label"
    if any(column.partition(":")[0] in MEDIA for column in row.cells):
        yield "hình, tiếng kèm lựa chọn (cột media) chưa được hỗ trợ; bỏ ô này"
