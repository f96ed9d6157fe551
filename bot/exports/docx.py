"""The consolidated report as a Word file: what the template's tags hold.

Quotes what units wrote, adds up their numbers, never words anything for them. Knows no layout; that is the template's.
"""

from __future__ import annotations

import io
import re
from dataclasses import asdict, dataclass
from typing import Any

from docx.shared import Mm
from markupsafe import Markup, escape

from bot.domain.rounds import Standing, SubmissionState
from bot.exports.consolidated import HANDED_IN, Consolidated, local
from bot.exports.contributions import Chapter, chapters
from bot.exports.text import clean

_TEXT_WIDTH, _NUMBER_WIDTH, _UNIT_WIDTH = 160, 12, 40  # mm
_NARROWEST, _WIDEST = 8, 120  # characters of a cell, as far as they widen its column
_HALF_TAG = re.compile(r"(?<=\{)_(?=[{%])|(?<=[}%])_(?=\})")
_DOTS = "……………………"
_ROMAN = ("I", "II", "III", "IV", "V", "VI")


@dataclass(frozen=True, slots=True)
class _UnitLine:
    """One line of the table of units."""

    number: int
    name: str
    state: str
    when: str
    note: str


def document(report: Consolidated) -> bytes:
    """Return the consolidated report as a .docx file."""
    from docxtpl import DocxTemplate  # half a second, only for those who export

    from bot.exports.template import TEMPLATE

    template = DocxTemplate(TEMPLATE)
    template.render(_cleaned(_context(report)), autoescape=True)
    for table in template.docx.tables[1:-2]:  # between the letterhead and the table of units: those of repeats
        _spread(table)
    stream = io.BytesIO()
    template.save(stream)
    return stream.getvalue()


def _spread(table: Any) -> None:
    """Give a repeat's table its widths by what it holds: docxtpl makes all columns alike."""
    rows = [[cell.xpath("string(.)") for cell in line.tc_lst] for line in table._tbl.tr_lst]
    longest = [max(map(len, column)) for column in list(zip(*rows, strict=True))[2:]]
    weights = [min(max(length, _NARROWEST), _WIDEST) ** 0.5 for length in longest]
    rest = _TEXT_WIDTH - _NUMBER_WIDTH - _UNIT_WIDTH
    widths = [Mm(_NUMBER_WIDTH), Mm(_UNIT_WIDTH), *(Mm(rest * weight / sum(weights)) for weight in weights)]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for line in table._tbl.tr_lst:
        for cell, width in zip(line.tc_lst, widths, strict=True):
            cell.width = width


def _context(report: Consolidated) -> dict[str, Any]:
    found = chapters(report)
    made = local(report.made_at)
    return {
        "office": _office(report),
        "month": f"{made.month:02d}" if made.month < 3 else str(made.month),
        "year": made.year,
        "subject": _subject(report),
        "bases": [f"{basis};" for basis in report.basis or (f"Căn cứ {_DOTS}{_DOTS}",)],
        "opening": f"Từ báo cáo của các đơn vị trong đợt “{report.round.title}”, kết quả tổng hợp như sau:",
        "standing": _standing(report),
        "chapters": [_chapter(number, chapter) for number, chapter in enumerate(found, start=2)],
        "units_title": f"{_roman(len(found) + 2)}. DANH SÁCH ĐƠN VỊ VÀ TÌNH TRẠNG BÁO CÁO",
        "units": [asdict(_unit(number, one)) for number, one in enumerate(report.standings, start=1)],
        "closing": f"Trên đây là kết quả tổng hợp đợt “{report.round.title}”./.",
    }


def _office(report: Consolidated) -> dict[str, str]:
    office = report.office
    return {
        "parent": office.parent or _DOTS,
        "name": office.name or _DOTS,
        "place": office.place or "…………",
        "signer": "GIÁM ĐỐC" if office.name.upper().startswith("SỞ") else "THỦ TRƯỞNG CƠ QUAN",
    }


def _subject(report: Consolidated) -> str:
    """Return the subject: the round's title without the kind, which stands above it."""
    subject = re.sub(r"^(?:tổng hợp\s+)?báo cáo\s+", "", report.round.title, flags=re.IGNORECASE) or report.round.title
    return subject[:1].upper() + subject[1:]


def _standing(report: Consolidated) -> list[str]:
    due, made = local(report.round.due_at), local(report.made_at)
    lines = [
        f"Hạn nộp báo cáo: {due:%H giờ %M phút, ngày %d/%m/%Y}. Số liệu tính đến {made:%H giờ %M phút, ngày %d/%m/%Y}.",
        f"Tổng số đơn vị phải báo cáo: {len(report.standings)}. Đã nộp: {len(report.rows)} "
        f"(đã nhận: {len(report.accepted)}; nộp muộn: {len(report.late)}). Chưa nộp: {len(report.missing)}.",
    ]
    if report.missing:
        lines.append(f"Đơn vị chưa nộp: {'; '.join(one.unit.name for one in report.missing)}.")
    return lines


def _chapter(number: int, chapter: Chapter) -> dict[str, Any]:
    return {**asdict(chapter), "title": f"{_roman(number)}. {chapter.title}"}


def _unit(number: int, standing: Standing) -> _UnitLine:
    done = standing.submission
    if done is None:
        return _UnitLine(number, standing.unit.name, "chưa nộp", "", "")
    if done.state not in HANDED_IN:
        note = "đang soạn" if done.state is SubmissionState.DRAFT else "bị trả lại"
        return _UnitLine(number, standing.unit.name, "chưa nộp", "", note)
    when = f"{local(done.submitted_at):%H:%M %d/%m/%Y}" if done.submitted_at else ""
    return _UnitLine(number, standing.unit.name, done.state.vietnamese, when, "nộp muộn" if done.late else "")


def _roman(number: int) -> str:
    return _ROMAN[number - 1]


def _cleaned(value: Any) -> Any:
    """Return the context with every text as an office file can hold it, escaped for the template."""
    match value:
        case str():
            # docxtpl turns "{_{" into "{{" in what it has rendered; a character reference passes it unseen.
            return Markup(_HALF_TAG.sub("&#95;", str(escape(clean(value)))))
        case dict():
            return {key: _cleaned(one) for key, one in value.items()}
        case list() | tuple():
            return [_cleaned(one) for one in value]
        case _:
            return value
