"""The expressions of a form workbook: functions nobody has written, answers that no row asks for, defaults that move.

Evaluating each once (`bot.forms.xlsform`) is not enough: "${a} = '' or pulldata(…)" fails only once a is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bot.forms.expressions import FUNCTIONS
from bot.forms.problems import Problem
from bot.forms.rows import NO, SELECTS, YES, Kind, kind_of
from bot.forms.sheets import Row, Sheet

_EXPRESSIONS = ("relevant", "constraint", "required", "calculation")
_TEXTS = ("label", "hint")
_CALL = re.compile(r"([A-Za-z_][\w:.\-]*)\s*\(")
_OPERATORS = {"and", "or", "div", "mod"}  # before a bracket they call nothing
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_REFERENCE = re.compile(r"\$\{\s*([^}]*?)\s*\}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def check_expressions(survey: Sheet) -> Iterator[Problem]:
    """Yield what is wrong with the conditions, calculations, references and defaults of every row."""
    known = {row["name"] for row in survey.rows if row["name"]}
    for row in survey.rows:
        kind = kind_of(row["type"])
        for says in (*_check_calls(row), *_check_references(row, known), *_check_calculation(row, kind)):
            yield Problem(row.number, says)
        required = row["required"]
        if required and required.lower() not in YES | NO and not re.search(r"[$(.]", required):
            yield Problem(row.number, f"“{required}” ở cột required không rõ nghĩa; ghi yes, hoặc bỏ trống")
        if kind is not None and row["default"] and (says := _check_default(row["default"], kind)):
            yield Problem(row.number, says)


def _check_calls(row: Row) -> Iterator[str]:
    for column in _EXPRESSIONS:
        for name in dict.fromkeys(_CALL.findall(_QUOTED.sub("''", row[column]))):
            if name not in FUNCTIONS and name not in _OPERATORS:
                yield f"hàm “{name}()” ở cột {column} chưa được hỗ trợ; viết lại điều kiện không dùng hàm này"


def _check_references(row: Row, known: set[str]) -> Iterator[str]:
    for column in (*_EXPRESSIONS, *_TEXTS):
        for name in dict.fromkeys(_REFERENCE.findall(row.text(column))):
            if name not in known:
                yield f"cột {column} nhắc đến “${{{name}}}” nhưng không có câu nào tên như vậy; sửa lại tên câu"


def _check_calculation(row: Row, kind: Kind | None) -> Iterator[str]:
    if kind is None:
        return
    if kind.name == "calculate" and not row["calculation"]:
        yield "câu calculate chưa có công thức; ghi vào cột calculation"
    elif kind.name != "calculate" and row["calculation"]:
        yield f"công thức ở cột calculation chỉ dùng cho loại calculate, không dùng cho {row['type']}; bỏ ô này"


def _check_default(default: str, kind: Kind) -> str:
    """Return why the default could never be offered, "" where it can."""
    if kind.name == "date":
        ok = default == "today()" or _is_day(default)
        return "" if ok else f"giá trị mặc định “{default}” không phải là ngày; ghi như 2025-11-15, hoặc today()"
    if "${" in default or re.search(r"\w\(", default):
        return f"giá trị mặc định tính từ câu khác (“{default}”) chưa được hỗ trợ; ghi một giá trị cố định"
    if kind.name == "integer":
        return "" if re.fullmatch(r"-?\d{1,15}", default) else f"giá trị mặc định “{default}” không phải là số nguyên"
    if kind.name == "decimal":
        number = re.fullmatch(r"-?\d{1,15}(?:\.\d{1,6})?", default)
        return "" if number else f"giá trị mặc định “{default}” không phải là số; ghi như 12.5"
    if kind.name in (*SELECTS, "text", "note", "calculate"):
        return ""
    return f"loại {kind.name} không có giá trị mặc định; bỏ ô này"


def _is_day(text: str) -> bool:
    if not _ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
