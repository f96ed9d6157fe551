"""Rows of tables: the heading over them, and the unit their figures are in.

A row says "12 | Xã Bàu Lách | 35 | 65"; that these are per cent stands once, in the heading, perhaps pages above. Who
reads the row, a person or the check of what an answer shows, needs both. Strings and offsets in; knows nothing of
passages or questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from knowledge.document import Span

_FAR = 60_000  # characters above a row up to which its heading is looked for
_BETWEEN = 120  # characters of a line without cells that parts the rows of one table: "II. Khu vực các xã" …
_MOST_BETWEEN = 2  # … and how many follow each other
_OF_A_GROUP = 2  # cells of a row over a group: its number, its name
_LONGEST = 400  # characters of a heading that is shown
_ABOVE = 240  # characters above a table in which its unit may stand: "Đơn vị tính: triệu đồng"
_ORDINAL = re.compile(r"[\W_]*(?:stt|tt|số tt|số thứ tự)[\W_]*", re.IGNORECASE)
_LINE = re.compile(r"[^\n]+")
_RULE = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?")
_FIGURE = re.compile(
    r"[\s*_]*(?:(?:từ|trên|dưới|đến|tối đa|tối thiểu|không quá)\s+|[<>≤≥~]\s*)?"
    r"\d[\d.,]*(?:\s*(?:-|–|÷|đến|đến dưới)\s*\d[\d.,]*)?[\s*_]*",
    re.IGNORECASE,
)
_MONEY = r"(?:(?:1\.000|nghìn|ngàn|triệu|tỷ)\s*)?(?:đồng|vnđ|vnd|đ)(?:/[^\s()|,;]{1,12})?"
_UNIT = re.compile(
    rf"%|{_MONEY}|điểm|ngày(?: làm việc)?|tháng|năm|giờ|phút|tiết|buổi|người|hộ|suất|lần|tín chỉ|m2|m²|m3|m³|m|ha|km|"
    r"kg|tấn|lít|kwh?|trang|bộ|bản|chỉ tiêu|học sinh|sinh viên|lớp",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(\s*(?:(?:đơn vị(?: tính)?|đvt)\s*:\s*)?([^()]{1,24}?)\s*\)", re.IGNORECASE)
# … not of "hợp đồng", "hội đồng", "đồng chí".
_NAMED = re.compile(
    rf"(%)|(?<!hợp )(?<!hội )(?<!cộng )\b({_MONEY})(?![\w/])(?! (?:chí|bộ|bào|nghiệp|đội|phục|thời)\b)", re.IGNORECASE
)
_OF_ALL = re.compile(r"(?:đơn vị(?: tính)?|đvt)\s*:\s*([^\n|();]{1,30})", re.IGNORECASE)
# Columns whose figures are in no unit of the table.
_COUNTS = re.compile(r"\b(?:stt|tt|số thứ tự|năm|mã|số hiệu|ghi chú|số lượng|khối lượng|hệ số)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table."""

    start: int
    end: int
    units: tuple[str, ...]  # of the figures in each column; "" for none


def heading_over(text: str, start: int) -> Heading | None:
    """Return the heading of the table that the row at `start` stands in; None where it is no such row, or the first."""
    heading = table_heading(text, start)
    return heading if heading is not None and heading.end <= start else None


@lru_cache(maxsize=128)  # asked of each row of a passage several times
def table_heading(text: str, start: int) -> Heading | None:
    """Return the heading of the table of which a row, perhaps the heading itself, is at `start`; None for none."""
    line = text.rfind("\n", 0, start) + 1
    if not _is_row(_line_at(text, line)):
        return None
    top, between = line, 0
    for above in _lines_above(text, line):
        words = _line_at(text, above)
        between = 0 if _is_row(words) else between + 1
        if (len(words) > _BETWEEN and between) or between > _MOST_BETWEEN or not words.strip():
            break
        if not between:
            top = above
            if _ORDINAL.fullmatch(words[slice(*next(_cells(words)))]):
                break
    return _heading_at(text, top)


def rows_below(text: str, heading: Heading, passage: str) -> list[Span]:
    """Return the rows below `heading` in the words `passage` of a text, which has it."""
    start = text.find(passage, max(0, heading.start - len(passage)))
    if start < 0:
        return []
    return [
        Span(heading.end + match.start(), heading.end + match.end())
        for match in _LINE.finditer(text[heading.end : start + len(passage)])
        if _is_row(match.group())
    ]


def opens_group(text: str, start: int, end: int) -> bool:
    """Tell whether the row `text[start:end]` only names what the rows below are of: "10 | Phường Chũ", then "- | …"."""
    row, following = text[start:end], text.find("\n", end)
    below = _line_at(text, following + 1) if following >= 0 else ""
    if not (_is_row(row) and _is_row(below)) or "\n" in row:
        return False
    cells = [row[low:high] for low, high in _cells(row)]
    named = len(cells) == _OF_A_GROUP and not _FIGURE.fullmatch(cells[1])
    return named and len(list(_cells(below))) > _OF_A_GROUP


def with_heading(text: str, start: int, end: int) -> str:
    """Return `text[start:end]`, if rows of a table, below its heading and with the units that this gives."""
    heading = heading_over(text, start)
    told = with_units(text, start, end)
    return f"{text[heading.start : heading.end]}\n{told}" if heading else told


def with_units(text: str, start: int, end: int) -> str:
    """Return `text[start:end]` with the figures in rows of tables followed by the unit that the heading gives."""
    if "|" not in text[start:end]:
        return text[start:end]
    heading = heading_over(text, start) or _first_heading(text, start, end)
    if heading is None or not any(heading.units):
        return text[start:end]
    told: list[str] = []
    at = start
    while at < end:
        stop = min(end, at + len(_line_at(text, at)))
        told.append(_row_with_units(text, at, stop, heading) if at >= heading.end else text[at:stop])
        told.append(text[stop : stop + 1] if stop < end else "")
        at = stop + 1
    return "".join(told)


def _row_with_units(text: str, start: int, end: int, heading: Heading) -> str:
    """Return a row, or part of one, with units; where it has more columns than the heading, the only unit there is."""
    first = text.rfind("\n", 0, start) + 1
    row = _line_at(text, first)
    if not _is_row(row):
        return text[start:end]
    cells = list(_cells(row))
    only = {unit for unit in heading.units if unit}
    told, at = "", start
    for column, (low, high) in enumerate(cells):
        if first + low < start or first + high > end or not _FIGURE.fullmatch(row, low, high):
            continue
        if len(cells) <= len(heading.units):
            unit = heading.units[column]
        else:
            unit = next(iter(only)) if column and len(only) == 1 else ""
        if unit:
            told += f"{text[at : first + high].rstrip(' *_')} {unit}"
            at = first + high
    return told + text[at:end]


def _first_heading(text: str, start: int, end: int) -> Heading | None:
    """Return the heading of the first table that begins in a stretch of text."""
    at = start
    while at < end:
        line = _line_at(text, at)
        if _is_row(line) and (heading := _heading_at(text, at)) is not None:
            return heading
        at += len(line) + 1
    return None


@lru_cache(maxsize=128)
def _heading_at(text: str, top: int) -> Heading | None:
    """Return the heading that a table with its first row at `top` has; None for none.

    Words in three columns, or in two where rows are counted, or markdown draws a line below.
    """
    first = _line_at(text, top)
    columns = [first[low:high] for low, high in _cells(first)]
    counted = bool(columns) and _ORDINAL.fullmatch(columns[0]) is not None
    ruled = _RULE.fullmatch(_line_at(text, top + len(first) + 1)) is not None
    if len(columns) < (2 if counted or ruled else 3) or any(map(_FIGURE.fullmatch, columns)) or not all(columns[:2]):
        return None
    end = top + len(first)
    second = _line_at(text, end + 1)
    below = [second[low:high] for low, high in _cells(second)] if _is_row(second) else []
    if 1 < len(below) < len(columns) and not any(re.search(r"\d", cell) for cell in below):
        end += 1 + len(second)  # "Tỷ lệ (%)" over "Tỉnh | Xã"
    whole = _OF_ALL.search(text, max(0, top - _ABOVE), end)
    of_all = _known(whole[1]) if whole else ""
    units = tuple(_unit_of(column) or ("" if _COUNTS.search(column) else of_all) for column in columns)
    return Heading(top, end, units) if end - top <= _LONGEST else None


def _unit_of(column: str) -> str:
    """Return the unit that the heading of a column gives: "%" of "Tỷ lệ (%)"; "" for none."""
    for match in _IN_BRACKETS.finditer(column):
        if unit := _known(match[1]):
            return unit
    named = _NAMED.search(column)
    return (named[1] or named[2]).strip() if named else ""


def _known(words: str) -> str:
    """Return `words` where they are a unit, perhaps for each of something ("nghìn đồng/học sinh"), else ""."""
    unit, per, thing = words.strip(" *_.").partition("/")
    return f"{unit}{per}{thing}" if _UNIT.fullmatch(unit.strip()) else ""


def _is_row(line: str) -> bool:
    return " | " in line or (line.lstrip().startswith("|") and line.strip() != "|")


def _cells(line: str) -> Iterator[tuple[int, int]]:
    """Yield where each cell of a row begins and ends, white space left out."""
    low, stop = 0, len(line)
    if line.lstrip().startswith("|"):
        low = line.index("|") + 1
    if line.rstrip().endswith("|") and len(line.rstrip()) > low:
        stop = line.rindex("|")
    while low <= stop:
        high = line.find("|", low, stop)
        high = stop if high < 0 else high
        inner = line[low:high]
        begin = low + len(inner) - len(inner.lstrip())
        yield begin, max(begin, low + len(inner.rstrip()))
        low = high + 1


def _line_at(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start:] if end < 0 else text[start:end]


def _lines_above(text: str, line: int) -> Iterator[int]:
    """Yield where the lines above begin, the nearest first."""
    floor = max(0, line - _FAR)
    while line > floor:
        line = text.rfind("\n", 0, line - 1) + 1
        yield line
