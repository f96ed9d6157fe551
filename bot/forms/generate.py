"""A form made from a plan: an XLSForm workbook with one prompt a task, made to be edited in Excel.

Knows the prompts and the words; how the workbook looks is `bot.forms.workbook_sheets`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.forms.tasks import Task, find_tasks
from knowledge.document import Document, Header
from knowledge.text import fold, normalise

LONGEST_LABEL = 110  # characters: read at a glance on a phone
LONGEST_HINT = 700  # characters: a prompt must fit a message with room for its choices
_LONGEST_FIGURE = 200  # characters of a task that one number answers; a longer one asks for more than that
_RATIO = re.compile(r"%|\b(?:ty le|ti le|phan tram)\b")
_COUNT = re.compile(r"\b(?:so luong|tong so|so luot|so vu|so nguoi|so bai)\b|^so (?!lieu\b|hoa\b|sach\b|tay\b)\w")


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row of the sheet "survey"; the fields are its columns."""

    type: str
    name: str
    label: str = ""
    hint: str = ""
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    default: str = ""
    calculation: str = ""


_CLOSING = (
    SurveyRow("begin_repeat", "tap_the_tieu_bieu", "Tập thể tiêu biểu"),
    SurveyRow("text", "ten_tap_the", "Tên tập thể", required="yes"),
    SurveyRow("text", "thanh_tich_tap_the", "Thành tích nổi bật của tập thể", "Kết quả cụ thể, có số liệu nếu có"),
    SurveyRow("end_repeat", ""),
    SurveyRow("begin_repeat", "ca_nhan_tieu_bieu", "Cá nhân tiêu biểu"),
    SurveyRow("text", "ho_ten", "Họ và tên", required="yes"),
    SurveyRow("text", "don_vi", "Chức vụ, đơn vị công tác"),
    SurveyRow("text", "thanh_tich_ca_nhan", "Thành tích nổi bật của cá nhân", "Kết quả cụ thể, có số liệu nếu có"),
    SurveyRow("end_repeat", ""),
    SurveyRow("text", "kho_khan", "Khó khăn, vướng mắc", "Nêu nguyên nhân nếu có"),
    SurveyRow("text", "de_xuat", "Đề xuất, kiến nghị", "Nêu rõ đề xuất với cơ quan nào"),
    SurveyRow("file", "tep_dinh_kem", "Tệp đính kèm", "Báo cáo có chữ ký, danh sách, ảnh minh chứng"),
)


def form_workbook(document: Document) -> bytes:
    """Return the .xlsx form about a plan: a prompt for each task or criterion, then the usual closing prompts."""
    from bot.forms.workbook_sheets import build  # openpyxl, only for those who make a form

    return build(survey(document), form_id(document.header), form_title(document.header))


def survey(document: Document) -> tuple[SurveyRow, ...]:
    """Return the rows of the sheet "survey"; a plan without tasks still asks for its results as a whole."""
    name = _document_name(document.header)
    tasks = find_tasks(document) or (Task(f"Kết quả triển khai thực hiện {name}", "", ""),)
    cited = name if document.header.symbol else (document.header.kind or "văn bản").capitalize()  # in every hint
    return (*_asked(tasks, cited), *_CLOSING)


def form_title(header: Header) -> str:
    """Return the title of the form: a report on the plan's results."""
    return _shortened(f"Báo cáo kết quả thực hiện {_document_name(header)}", 200)


def form_id(header: Header) -> str:
    """Return the form's id, the same for every form made from the same plan."""
    return f"bc_{_slug(header.symbol or header.title)[:60].strip('_') or 'ke_hoach'}"


def _asked(tasks: Sequence[Task], name: str) -> Iterator[SurveyRow]:
    taken: set[str] = set()
    for group, members in groupby(tasks, key=lambda task: task.group):
        if group:
            yield SurveyRow("begin_group", _unique(f"nhom_{_slug(group)[:24]}", taken), _shortened(group, 200))
        for task in members:
            yield _prompt(task, name, taken)
        if group:
            yield SurveyRow("end_group", "")


def _prompt(task: Task, name: str, taken: set[str]) -> SurveyRow:
    kind, asks = _kind(task.text)
    label = task.heading or _lead(task.text)
    source = f"{_place(task.place)} {name}" if task.place else name
    quoted = _shortened(task.text, LONGEST_HINT - len(source) - len(asks) - 8)
    hint = f"{asks}{source}: “{quoted}”" if task.place else asks
    measure = {"decimal": "tỷ lệ %", "integer": "số lượng"}.get(kind, "")
    if measure and not (_RATIO if kind == "decimal" else _COUNT).search(fold(label)):
        label = f"{label} ({measure})"
    constraint, message = (". >= 0", "Số phải từ 0 trở lên.") if measure else ("", "")
    return SurveyRow(
        kind,
        _unique(f"muc_{_slug(task.place) or 'chung'}", taken),
        _harmless(label),
        _harmless(hint),
        required="yes",
        constraint=constraint,
        constraint_message=message,
    )


def _kind(text: str) -> tuple[str, str]:
    """Return the type of a prompt and what to say of it: a number where a short task asks for just that."""
    words = fold(text)
    if len(text) <= _LONGEST_FIGURE and _RATIO.search(words):
        return "decimal", "Ghi tỷ lệ phần trăm đạt được. "
    if len(text) <= _LONGEST_FIGURE and _COUNT.search(words):
        return "integer", "Ghi số lượng. "
    return "text", ""


def _lead(text: str) -> str:
    """Return how a task begins: its lead word before a colon, its first clause, or as many words as fit."""
    for mark in (r":\s", r"[.;]\s"):
        first = re.split(mark, text, maxsplit=1)[0]
        if 8 <= len(first) <= LONGEST_LABEL:
            return first.rstrip(" ,")
    cut = _shortened(text, LONGEST_LABEL)
    clause = cut.rpartition(", ")[0]
    return f"{clause}…" if len(clause) > LONGEST_LABEL // 2 else cut


def _shortened(text: str, length: int) -> str:
    """Return `text`, cut at a word where it is longer than `length` characters."""
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-(“") + "…"


def _place(place: str) -> str:
    return place if place[:1].isalpha() and not re.match(r"[IVXLC]+(?:\W|$)", place) else f"Mục {place}"


def _document_name(header: Header) -> str:
    kind = (header.kind or "văn bản").capitalize()
    if header.symbol:
        return f"{kind} {header.symbol}"
    return f"{kind} {_shortened(header.subject, 120)}" if header.subject else kind


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", fold(normalise(text))).strip("_")


def _unique(name: str, taken: set[str]) -> str:
    """Return a name that no other prompt has: several tasks may stand in one place."""
    given, number = name, 1
    while given in taken:
        number += 1
        given = f"{name}_{number}"
    taken.add(given)
    return given


def _harmless(text: str) -> str:
    """Return text in which XLSForm sees no reference to another question."""
    return text.replace("${", "$ {").replace("#{", "# {")
