"""XLSForm workbooks (the standard of ODK and Kobo, written in Excel) to Form.

pyxform reads and checks the workbook; what a conversation cannot ask is refused here, with its row, before anyone
is sent a form that cannot be finished.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from lxml import etree

from bot.domain.forms import Form, Option, Prompt, PromptKind, Repeat, Value
from bot.forms.checking import check
from bot.forms.expressions import ExpressionError, Instance
from bot.forms.problems import SURVEY, FormError, Problem
from bot.forms.rows import NO, YES
from bot.forms.sheets import Sheet, read_sheets

_ROOT = "data"  # of the tree that expressions are evaluated on
_PATH = f"/{_ROOT}"
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
_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
# The begin of a path to the entry of a repeat, as pyxform writes it: one step up for each group in between.
_UP = re.compile(r"(?<![\w/.])(?=\.\./)")


def read_form(workbook: bytes, *, name: str = "bieu_mau") -> Form:
    """Read an .xlsx XLSForm; raises FormError naming every row that cannot be used."""
    sheets = read_sheets(workbook)
    check(sheets)
    rows = {row["name"]: row.number for row in reversed(sheets[SURVEY].rows)}
    survey, xform = _parsed(workbook)
    survey = _as_typed(survey, _curly(sheets))
    binds = {bind.get("nodeset", ""): bind for bind in xform.iter(f"{_XF}bind")}
    problems: list[Problem] = []
    items = tuple(_items(survey["children"], _PATH, "", binds, rows, problems))
    form = Form(survey.get("id_string") or name, str(survey.get("version") or "1"), survey.get("title") or name, items)
    if not any(prompt.kind not in (PromptKind.NOTE, PromptKind.CALCULATE) for prompt, _ in form.prompts()):
        problems.append(Problem(None, "biểu mẫu không có câu hỏi nào"))
    problems += [] if problems else _unusable(form, rows)
    if problems:
        raise FormError(tuple(problems))
    return form


def _parsed(workbook: bytes) -> tuple[dict[str, Any], Any]:
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        result = convert(io.BytesIO(workbook), file_type=".xlsx", form_name=_ROOT, validate=False)
    except PyXFormError as error:
        raise FormError((_problem(str(error)),)) from error
    except Exception as error:  # pyxform meets what it expects nowhere: an AttributeError, a KeyError
        raise FormError((Problem(None, "biểu mẫu không đúng chuẩn XLSForm; xin làm lại từ mẫu"),)) from error
    survey: dict[str, Any] = result._survey.to_json_dict()
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return survey, etree.fromstring(result.xform.encode(), parser)


def _curly(sheets: Mapping[str, Sheet]) -> Mapping[str, str]:
    """Return the texts with typographic quotation marks by what pyxform makes of them: it straightens all of them."""
    cells = (text for sheet in sheets.values() for row in sheet.rows for text in row.cells.values())
    return {straight: text for text in cells if (straight := text.translate(_STRAIGHT)) != text}


def _as_typed(part: Any, curly: Mapping[str, str]) -> Any:
    """Return the parsed workbook with its quotations as they stood there: a plan's words are quoted verbatim."""
    if isinstance(part, dict):
        return {key: _as_typed(value, curly) for key, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_as_typed(value, curly) for value in part]
    return curly.get(part, part) if isinstance(part, str) else part


def _items(
    children: list[dict[str, Any]],
    path: str,
    group: str,
    binds: Mapping[str, Any],
    rows: Mapping[str, int],
    problems: list[Problem],
    inherited: str | None = None,
    base: str = _PATH,
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
            deeper = _UP.sub("../", relevant) if relevant else None
            yield from _items(child["children"], here, label, binds, rows, problems, deeper, base)
        elif kind == "repeat":
            inner = tuple(_items(child["children"], here, "", binds, rows, problems, None, here))
            prompts = tuple(item for item in inner if isinstance(item, Prompt))
            yield Repeat(name, here.removeprefix(f"{base}/"), _label(child) or name, prompts, relevant)
        elif kind in _KINDS:
            yield _prompt(child, here.removeprefix(f"{base}/"), _KINDS[kind], bind, relevant, group)
        else:
            problems.append(Problem(rows.get(name), f"loại câu hỏi “{kind}” (“{name}”) chưa được hỗ trợ"))


def _prompt(child: dict[str, Any], path: str, kind: PromptKind, bind: Any, relevant: str | None, group: str) -> Prompt:
    attributes: Mapping[str, str] = bind.attrib if bind is not None else {}
    required = attributes.get("required", "").strip()
    return Prompt(
        name=child["name"],
        path=path,
        kind=kind,
        label=_label(child) or child["name"],
        hint=_text(child.get("hint")),
        options=tuple(Option(str(c["name"]), _label(c) or str(c["name"])) for c in child.get("children", ())),
        required="true()" if required.lower() in YES else None if required.lower() in NO else required or None,
        required_message=_text(child.get("bind", {}).get("jr:requiredMsg")),
        relevant=relevant,
        constraint=attributes.get("constraint"),
        constraint_message=_text(child.get("bind", {}).get("jr:constraintMsg")),
        default=str(child.get("default") or "").removesuffix(" 00:00:00"),  # a day that Excel knows as one
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
                problems.append(Problem(rows.get(prompt.name), f"{error}; sửa lại công thức hoặc điều kiện"))
        if prompt.kind in (PromptKind.SELECT_ONE, PromptKind.SELECT_MULTIPLE) and not prompt.options:
            problems.append(Problem(rows.get(prompt.name), f"câu “{prompt.name}” không có lựa chọn nào"))
        elif prompt.options and not set(prompt.default.split()) <= {option.name for option in prompt.options}:
            says = f"giá trị mặc định “{prompt.default}” không có trong các lựa chọn; ghi tên (cột name) của lựa chọn"
            problems.append(Problem(rows.get(prompt.name), says))
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


def _problem(message: str) -> Problem:
    """Keep what pyxform says (English) behind a Vietnamese sentence: it names the cell an expert needs."""
    at = re.search(r"\[row\s*:\s*(\d+)\]", message)
    sheet = re.search(r"'(survey|choices|settings)' sheet", message)
    detail = " ".join(re.sub(r"\[row\s*:\s*\d+\]", "", message).split())
    says = f"biểu mẫu không đúng chuẩn XLSForm ({detail[:200]})"
    return Problem(int(at[1]) if at else None, says, sheet[1] if sheet else SURVEY)
