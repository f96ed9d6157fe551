"""The body of the consolidated report: per prompt the totals and what each unit wrote, as chapters of plain lines.

Pure: knows neither Word nor Excel.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from bot.domain.answers import shown, shown_number
from bot.domain.forms import Prompt, PromptKind, Repeat
from bot.domain.references import left_open
from bot.exports.consolidated import Consolidated, is_number, is_numeric, is_ratio
from bot.exports.text import clean
from knowledge.text import fold

_CLOSING = re.compile(r"(?:nhung |cac )?(?:kho khan|vuong mac|ton tai|han che|de xuat|kien nghi|de nghi\b)")
_LISTED = 20  # units whose number is named one by one; beyond, the workbook is the better place
_LABEL = re.compile(r"^(?:[IVXLC]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s+")  # "II. ", "2.1. ", "a) ": numbered anew here


@dataclass(frozen=True, slots=True)
class Part:
    """What was answered to one prompt, or in one repeat."""

    title: str
    group: str = ""  # heading of the group that begins here
    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()  # of a repeat's table
    entries: tuple[tuple[str, ...], ...] = ()  # its rows


@dataclass(frozen=True, slots=True)
class Chapter:
    """A numbered part of the report, its title without the number."""

    title: str
    parts: tuple[Part, ...]


def chapters(report: Consolidated) -> tuple[Chapter, ...]:
    """Return the results per prompt, then difficulties and proposals where the form asks for them."""
    asked = [item for item in report.form.items if isinstance(item, Repeat) or _is_told(report, item)]
    last = [item for item in asked if isinstance(item, Prompt) and _is_closing(item)]
    results = _results(report, [item for item in asked if item not in last])
    found = [Chapter("KẾT QUẢ THỰC HIỆN", results or (Part("", lines=("Biểu mẫu không có nội dung nào khác.",)),))]
    if last:
        parts = tuple(
            Part(f"{number}. {_title(prompt.label)}", lines=_lines(report, prompt))
            for number, prompt in enumerate(last, start=1)
        )
        found.append(Chapter("KHÓ KHĂN, VƯỚNG MẮC VÀ ĐỀ XUẤT, KIẾN NGHỊ", parts))
    return tuple(found)


def _is_asked(prompt: Prompt) -> bool:
    return prompt.kind is not PromptKind.NOTE


def _is_told(report: Consolidated, prompt: Prompt) -> bool:
    """Tell whether the report has a part about a prompt: files only where some were sent."""
    if prompt.kind is PromptKind.FILE:
        return any(row.values.get(prompt.name) for row in report.rows)
    return _is_asked(prompt)


def _is_closing(prompt: Prompt) -> bool:
    """Tell whether a prompt asks for difficulties or proposals; one about commendations is a result."""
    words = fold(prompt.label)
    return prompt.kind is PromptKind.TEXT and bool(_CLOSING.match(words)) and "khen thuong" not in words


def _results(report: Consolidated, items: Sequence[Prompt | Repeat]) -> tuple[Part, ...]:
    """Number groups 1, 2, …, their prompts 1.1, 1.2, …; what is in no group is numbered like one."""
    parts: list[Part] = []
    number = 0
    for group, members in groupby(items, key=lambda item: item.group if isinstance(item, Prompt) else ""):
        if not group:
            for item in members:
                number += 1
                parts.append(_part(report, item, f"{number}.", ""))
            continue
        number += 1
        for place, item in enumerate(members, start=1):
            heading = f"{number}. {_title(group)}" if place == 1 else ""
            parts.append(_part(report, item, f"{number}.{place}.", heading))
    return tuple(parts)


def _part(report: Consolidated, item: Prompt | Repeat, label: str, group: str) -> Part:
    title = f"{label} {_title(item.label)}"
    if isinstance(item, Prompt):
        return Part(title, group, _lines(report, item))
    prompts = [prompt for prompt in item.prompts if _is_asked(prompt)]
    entries = tuple(_entries(report, item, prompts))
    if not entries:
        return Part(title, group, ("Chưa có đơn vị nào nêu.",))
    names = ("TT", "Đơn vị", *(_title(prompt.label) for prompt in prompts))
    return Part(title, group, (f"Tổng số: {len(entries)}.",), names, entries)


def _entries(report: Consolidated, repeat: Repeat, prompts: Sequence[Prompt]) -> Iterable[tuple[str, ...]]:
    number = 0
    for row in report.rows:
        entries = row.values.get(repeat.name, ())
        for entry in entries if isinstance(entries, tuple) else ():
            number += 1
            values = [_shown(report, prompt, entry.get(prompt.name, "")) for prompt in prompts]
            yield (str(number), row.unit.name, *values)


def _lines(report: Consolidated, prompt: Prompt) -> tuple[str, ...]:
    """Return what units answered to one prompt: totals of numbers, counts of choices, quotations of texts."""
    given = [
        (row.unit.name, value)
        for row in report.rows
        if isinstance(value := row.values.get(prompt.name, ""), str) and value
    ]
    if not given:
        return ("Chưa có đơn vị nào báo cáo nội dung này.",)
    if is_numeric(prompt, (value for _, value in given)):
        return _numbers(prompt, given)
    match prompt.kind:
        case PromptKind.SELECT_ONE | PromptKind.SELECT_MULTIPLE:
            return _choices(prompt, given)
        case PromptKind.TEXT | PromptKind.CALCULATE:
            return tuple(line for unit, value in given for line in _quoted(unit, value))
        case _:
            return tuple(f"{unit}: {_shown(report, prompt, value)}." for unit, value in given)


def _numbers(prompt: Prompt, given: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    numbers = [(unit, Decimal(value)) for unit, value in given if is_number(value)]
    values = [number for _, number in numbers]
    if not values:
        return tuple(line for unit, value in given for line in _quoted(unit, value))
    of = f"({len(values)} đơn vị báo cáo)"
    if is_ratio(prompt):
        mean = round(sum(values, Decimal(0)) / len(values), 2)
        total = f"Bình quân: {_plain(mean)} {of}; thấp nhất {_plain(min(values))}, cao nhất {_plain(max(values))}."
    else:
        total = f"Tổng cộng: {_plain(sum(values, Decimal(0)))} {of}."
    if len(numbers) > _LISTED:
        return (total, "Số liệu từng đơn vị: xem bảng tổng hợp kèm theo.")
    return (total, f"Cụ thể: {'; '.join(f'{unit}: {_plain(number)}' for unit, number in numbers)}.")


def _choices(prompt: Prompt, given: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    counts = Counter(name for _, value in given for name in value.split())
    units = {name: [unit for unit, value in given if name in value.split()] for name in counts}
    labels = {option.name: option.label for option in prompt.options}
    ordered = sorted(counts, key=lambda name: list(labels).index(name) if name in labels else len(labels))
    return tuple(
        f"{labels.get(name, name)}: {counts[name]} đơn vị"
        + (f" ({'; '.join(units[name])})." if len(units[name]) <= _LISTED else ".")
        for name in ordered
    )


def _quoted(unit: str, text: str) -> list[str]:
    """Return a contribution as paragraphs, quoted, its unit named at the end."""
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()] or [""]
    lines[0] = f"“{lines[0]}"
    lines[-1] = f"{lines[-1]}” – {unit}"
    return lines


def _shown(report: Consolidated, prompt: Prompt, value: str) -> str:
    if prompt.kind is PromptKind.FILE:
        return "; ".join(report.file_names.get(sha256, "tệp") for sha256 in value.split())
    if not value or (is_numeric(prompt, ()) and not is_number(value)):
        return value
    return shown(prompt, value)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return shown_number(text.rstrip("0").rstrip(".") if "." in text else text)


def _title(label: str) -> str:
    return _LABEL.sub("", " ".join(left_open(label).split())).rstrip(" :?.;")
