"""XLSForm workbooks (the standard of ODK and Kobo, written in Excel) to Form.

pyxform reads and checks the workbook; what a conversation cannot ask is refused here, with its row, before anyone
is sent a form that cannot be finished.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree

from bot.domain.forms import Form, Option, Prompt, PromptKind, Repeat, Value
from bot.forms.expressions import ExpressionError, Instance

_KINDS = {
    "text": PromptKind.TEXT,
    "string": PromptKind.TEXT,
    "integer": PromptKind.INTEGER,
    "int": PromptKind.INTEGER,
    "decimal": PromptKind.DECIMAL,
    "date": PromptKind.DATE,
    "select one": PromptKind.SELECT_ONE,
    "select all that apply": PromptKind.SELECT_MULTIPLE,
    "note": PromptKind.NOTE,
    "calculate": PromptKind.CALCULATE,
    "photo": PromptKind.FILE,
    "image": PromptKind.FILE,
    "file": PromptKind.FILE,
}
_XF = "{http://www.w3.org/2002/xforms}"
_JR = "{http://openrosa.org/javarosa}"
_TRUE = {"yes", "true", "true()", "có", "co", "1"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a workbook."""

    row: int | None  # of the survey sheet, 1-based with the heading row; None where it concerns the whole
    message: str  # Vietnamese, what is wrong and what to do


class FormError(ValueError):
    """The workbook cannot be used; `problems` says why, row by row."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("; ".join(f"dòng {p.row}: {p.message}" if p.row else p.message for p in problems))
        self.problems = problems


def read_form(workbook: bytes, *, name: str = "bieu_mau") -> Form:
    """Read an .xlsx XLSForm; raises FormError naming every row that cannot be used."""
    rows = _rows(workbook)
    survey, xform = _parsed(workbook, name)
    binds = {bind.get("nodeset", ""): bind for bind in xform.iter(f"{_XF}bind")}
    problems: list[Problem] = []
    items = tuple(_items(survey["children"], "/data", "", binds, rows, problems))
    form = Form(survey.get("id_string") or name, str(survey.get("version") or "1"), survey.get("title") or name, items)
    if not any(prompt.kind not in (PromptKind.NOTE, PromptKind.CALCULATE) for prompt, _ in form.prompts()):
        problems.append(Problem(None, "biểu mẫu không có câu hỏi nào"))
    problems += [] if problems else _unusable(form, rows)
    if problems:
        raise FormError(tuple(problems))
    return form


def _parsed(workbook: bytes, name: str) -> tuple[dict[str, Any], Any]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        result = convert(io.BytesIO(workbook), file_type=".xlsx", form_name="data", validate=False)
    except PyXFormError as error:
        raise FormError((Problem(_row_in(str(error)), _plain(str(error))),)) from error
    except Exception as error:  # openpyxl raises whatever the broken archive makes it meet
        raise FormError((Problem(None, "tệp không phải là bảng tính .xlsx đọc được"),)) from error
    survey: dict[str, Any] = result._survey.to_json_dict()
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return survey, etree.fromstring(result.xform.encode(), parser)


def _rows(workbook: bytes) -> Mapping[str, int]:
    """Return the survey sheet's row of every name, so that a refusal can point at it."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(workbook), read_only=True, data_only=True)
    except Exception as error:  # zipfile, KeyError, XML errors: whatever a file that is no workbook leads to
        raise FormError((Problem(None, "tệp không phải là bảng tính .xlsx đọc được"),)) from error
    sheet = next((book[title] for title in book.sheetnames if title.strip().lower() == "survey"), None)
    if sheet is None:
        raise FormError((Problem(None, "thiếu trang tính “survey”; xin dùng mẫu XLSForm"),))
    table = list(sheet.iter_rows(values_only=True))
    heading = [str(cell or "").strip().lower() for cell in (table[0] if table else ())]
    if "type" not in heading or "name" not in heading:
        raise FormError((Problem(1, "trang “survey” phải có cột “type” và “name”"),))
    column = heading.index("name")
    found: dict[str, int] = {}
    for number, row in enumerate(table[1:], start=2):
        if column < len(row) and row[column]:
            found.setdefault(str(row[column]).strip(), number)
    return found


def _items(
    children: list[dict[str, Any]],
    path: str,
    group: str,
    binds: Mapping[str, Any],
    rows: Mapping[str, int],
    problems: list[Problem],
    inherited: str | None = None,
    base: str = "/data",
) -> Iterator[Prompt | Repeat]:
    """Flatten groups into their prompts (a group's condition holds for each), keep repeats."""
    for child in children:
        name, kind = child.get("name", ""), child.get("type", "")
        if name == "meta" or child.get("bind", {}).get("jr:preload"):
            continue
        here = f"{path}/{name}"
        bind = binds.get(here)
        relevant = _both(inherited, bind.get("relevant") if bind is not None else None)
        if kind == "group":
            label = _label(child) or group
            yield from _items(child["children"], here, label, binds, rows, problems, relevant, base)
        elif kind == "repeat":
            if base != "/data":
                problems.append(Problem(rows.get(name), f"nhóm lặp “{name}” nằm trong nhóm lặp khác; chưa hỗ trợ"))
                continue
            inner = tuple(_items(child["children"], here, "", binds, rows, problems, None, here))
            prompts = tuple(item for item in inner if isinstance(item, Prompt))
            yield Repeat(name, here.removeprefix(f"{base}/"), _label(child) or name, prompts, relevant)
        elif kind in _KINDS:
            yield _prompt(child, here.removeprefix(f"{base}/"), _KINDS[kind], bind, relevant, group)
        else:
            problems.append(Problem(rows.get(name), f"loại câu hỏi “{kind}” (“{name}”) chưa được hỗ trợ"))


def _prompt(child: dict[str, Any], path: str, kind: PromptKind, bind: Any, relevant: str | None, group: str) -> Prompt:
    attributes: Mapping[str, str] = bind.attrib if bind is not None else {}
    required = attributes.get("required")
    return Prompt(
        name=child["name"],
        path=path,
        kind=kind,
        label=_label(child) or child["name"],
        hint=_text(child.get("hint")),
        options=tuple(Option(str(c["name"]), _label(c) or str(c["name"])) for c in child.get("children", ())),
        required="true()" if required and required.strip().lower() in _TRUE else required,
        required_message=attributes.get(f"{_JR}requiredMsg", ""),
        relevant=relevant,
        constraint=attributes.get("constraint"),
        constraint_message=attributes.get(f"{_JR}constraintMsg", ""),
        default=str(child.get("default") or ""),
        calculation=attributes.get("calculate"),
        group=group,
    )


def _unusable(form: Form, rows: Mapping[str, int]) -> list[Problem]:
    """Evaluate every expression once on an empty form: what fails now would fail in front of a clerk."""
    blank: dict[str, Value] = {item.name: ({},) for item in form.items if isinstance(item, Repeat)}
    instance = Instance(form, blank, date(2025, 1, 1))
    problems = []
    for prompt, repeat in form.prompts():
        node = instance.node(prompt, repeat)
        for expression in (prompt.relevant, prompt.constraint, prompt.required, prompt.calculation):
            if expression is None:
                continue
            try:
                instance.text(expression, node)
            except ExpressionError as error:
                problems.append(Problem(rows.get(prompt.name), f"{error} ở câu “{prompt.name}”"))
        if prompt.kind in (PromptKind.SELECT_ONE, PromptKind.SELECT_MULTIPLE) and not prompt.options:
            problems.append(Problem(rows.get(prompt.name), f"câu “{prompt.name}” không có lựa chọn nào"))
    return problems


def _both(first: str | None, second: str | None) -> str | None:
    if first and second:
        return f"({first}) and ({second})"
    return first or second


def _label(child: Mapping[str, Any]) -> str:
    return _text(child.get("label"))


def _text(value: object) -> str:
    """Return a label; of several languages the Vietnamese one, else the first."""
    if isinstance(value, dict):
        named = [str(text) for language, text in value.items() if "vi" in str(language).lower()]
        return (named or [str(text) for text in value.values()] or [""])[0].strip()
    return str(value or "").strip()


def _row_in(message: str) -> int | None:
    match = re.search(r"\[row\s*:\s*(\d+)\]", message)
    return int(match.group(1)) if match else None


def _plain(message: str) -> str:
    """Keep what pyxform says (English) behind a Vietnamese sentence: it names the cell an expert needs."""
    detail = " ".join(re.sub(r"\[row\s*:\s*\d+\]", "", message).split())
    return f"biểu mẫu không đúng chuẩn XLSForm ({detail[:200]})"
