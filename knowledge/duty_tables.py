"""Tables of tasks: one duty a row, read from the columns that the head names.

Rows are lines, cells are joined by " | " (see `knowledge.read`). Knows nothing of sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.deadlines import find_times, parse_time
from knowledge.document import ObligationKind, PartialDate, Span, TimeKind, TimePhrase
from knowledge.duty_words import REPORT, SUBMIT, SUBMIT_NOUN

_I = re.IGNORECASE
# The best column for each part comes first: "Đơn vị chủ trì" before "Đơn vị phối hợp" or "Thực hiện".
_WHEN = tuple(
    re.compile(pattern, _I)
    for pattern in (
        r"(?:thời (?:gian|hạn|điểm)|ngày|hạn).*(?:hoàn thành|kết thúc|nộp|gửi|báo cáo|trình)|^hoàn thành",
        r"thời hạn|^hạn|tiến độ|lộ trình",
        r"thời gian|thời điểm|^ngày|^tháng|^quý|kết thúc|mốc",
    )
)
_WHO = tuple(
    re.compile(pattern, _I)
    for pattern in (
        r"chủ trì|đầu mối",
        r"(?:đơn vị|cơ quan|bộ phận|cá nhân|người|phòng).*(?:thực hiện|phụ trách|tham mưu|báo cáo)|phân công"
        r"|phụ trách",
        r"^(?:đơn vị|cơ quan|bộ phận|trách nhiệm)(?!.*phối hợp)|thực hiện$",
    )
)
_WHAT = tuple(
    re.compile(pattern, _I)
    for pattern in (
        r"nội dung|nhiệm vụ|công việc|hoạt động|đầu việc|giải pháp",
        r"tên|báo cáo|hồ sơ|công tác|văn bản",
        r"sản phẩm|kết quả",
    )
)
_TO = (re.compile(r"nơi (?:nhận|gửi)|cơ quan nhận|đơn vị nhận|gửi (?:về|đến)", _I),)
_HEAD = re.compile(r"^\W*(?:stt|tt|số tt|số thứ tự|nội dung|nhiệm vụ|công việc|hoạt động)\b", _I)
_EMPTY = re.compile(r"[\s.…_\-–]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One task of a table."""

    kind: ObligationKind
    who: str | None
    what: str
    to: str | None
    when: TimePhrase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Columns:
    what: int
    when: int
    who: int | None
    to: int | None


def is_row(line: str) -> bool:
    """Tell whether a line is a row of a table."""
    return line.count(" | ") >= 2 or (line.count("|") >= 2 and line.startswith("|"))


def rows(text: str, start: int, end: int, issued: PartialDate | None) -> Iterator[Row]:
    """Yield the tasks with a time of every table in `text[start:end]`."""
    columns: _Columns | None = None
    for match in re.finditer(r"[^\n]+", text[start:end]):
        line = Span(start + match.start(), start + match.end())
        if not is_row(line.of(text)):
            columns = columns if not line.of(text).strip() else None
            continue
        cells = _cells(text, line)
        head = _columns([cell.of(text) for cell in cells])
        if head is not None:
            columns = head
        elif columns is not None:
            yield from _tasks(text, line, cells, columns, issued)


def _cells(text: str, line: Span) -> list[Span]:
    """Return the cells of a row, trimmed."""
    cells: list[Span] = []
    begin = line.start
    for match in re.finditer(r"\s*\|\s*|$", line.of(text)):
        place = line.start + match.start()
        if place > line.start or not match.group():
            cells.append(Span(begin, place))
        begin = line.start + match.end()
    return cells


def _columns(cells: list[str]) -> _Columns | None:
    """Return which column holds what, when the row is the head of a table of tasks."""
    if any(len(cell) > 80 for cell in cells) or not any(_HEAD.match(cell) for cell in cells[:2]):
        return None
    when = _find(cells, _WHEN, ())
    what = _find(cells, _WHAT, (when,))
    if when is None or what is None:
        return None
    who = _find(cells, _WHO, (when, what))
    return _Columns(what, when, who, _find(cells, _TO, (when, what, who)))


def _find(cells: list[str], patterns: tuple[re.Pattern[str], ...], taken: tuple[int | None, ...]) -> int | None:
    for pattern in patterns:
        for index, cell in enumerate(cells):
            if index not in taken and pattern.search(cell):
                return index
    return None


def _tasks(text: str, line: Span, cells: list[Span], columns: _Columns, issued: PartialDate | None) -> Iterator[Row]:
    """Yield the task of a row, once for each day its cell of times names."""
    if columns.when >= len(cells) or columns.what >= len(cells):
        return
    what = cells[columns.what].of(text).strip(" *;.")
    for when in _times(text, cells[columns.when], issued) if what else ():
        who, to = _value(text, cells, columns.who), _value(text, cells, columns.to)
        yield Row(_kind(what, when), who, what, to, when, line.start, line.end)


def _times(text: str, cell: Span, issued: PartialDate | None) -> list[TimePhrase]:
    words = cell.of(text)
    days = [time for time in find_times(words, issued=issued) if time.due is not None or time.day is not None]
    one = parse_time(words, issued=issued)
    found = days if len(days) > 1 else [one] if one is not None else []
    return [replace(time, start=time.start + cell.start, end=time.end + cell.start) for time in found]


def _kind(what: str, when: TimePhrase) -> ObligationKind:
    """Return what a task is: named by how it begins, "Báo cáo kết quả …", "Nộp hồ sơ …", else something to finish."""
    report, submit = REPORT.search(what), SUBMIT.search(what)
    if report is not None and (report.start() < 40 or when.kind is TimeKind.RECURRENCE):
        return ObligationKind.REPORT
    if submit is not None and submit.start() < 40 and not SUBMIT_NOUN.search(what, 0, submit.start()):
        return ObligationKind.SUBMIT
    return ObligationKind.FINISH


def _value(text: str, cells: list[Span], index: int | None) -> str | None:
    if index is None or index >= len(cells):
        return None
    value = cells[index].of(text).strip(" *;.")
    return None if _EMPTY.fullmatch(value) else value
