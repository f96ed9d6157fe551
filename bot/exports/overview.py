"""Two sheets about the round itself: the cover with its figures, and who has not handed in or did so late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from openpyxl.styles import Alignment
from openpyxl.worksheet.hyperlink import Hyperlink

from bot.domain.rounds import Standing, SubmissionState
from bot.exports import cells
from bot.exports.consolidated import Consolidated, local


def cover(sheet: Any, report: Consolidated, sheets: Sequence[str]) -> None:
    """What this workbook is: the round, its due time, when it was made, the figures, a link to each sheet."""
    cells.put_text(sheet["A1"], "BẢNG TỔNG HỢP BÁO CÁO")
    cells.put_text(sheet["A2"], report.round.title)
    for place in ("A1", "A2"):
        sheet[place].font = cells.TITLE
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.merge_cells("A2:B2")
    sheet.row_dimensions[2].height = 20 * (1 + len(report.round.title) // 70)
    line = 3
    for label, value in _facts(report):
        line += 1
        cells.put(sheet.cell(line, 1), label, font=cells.BOLD, fill=cells.HEAD)
        cells.put(sheet.cell(line, 2), value)
        sheet.cell(line, 2).alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
    line += 2
    cells.put_text(sheet.cell(line, 1), "Các trang của tệp này")
    sheet.cell(line, 1).font = cells.BOLD
    for name in sheets:
        line += 1
        cell = sheet.cell(line, 1)
        quoted = name.replace("'", "''")
        cells.put_text(cell, name)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{quoted}'!A1")
        cell.style = "Hyperlink"
    cells.widths(sheet, (34, 60))


def _facts(report: Consolidated) -> list[tuple[str, object]]:
    states = [one.submission.state if one.submission else None for one in report.missing]
    office = " – ".join(part for part in (report.office.parent, report.office.name) if part)
    return [
        *([("Cơ quan tổng hợp", office)] if office else []),
        ("Đợt báo cáo số", report.round.id),
        ("Biểu mẫu", f"{report.form.title} (phiên bản {report.form.version})"),
        ("Nhận báo cáo từ", local(report.round.opens_at)),
        ("Hạn nộp", local(report.round.due_at)),
        ("Thời điểm xuất", local(report.made_at)),
        ("Số đơn vị phải báo cáo", len(report.standings)),
        ("Đã nộp", len(report.rows)),
        ("   trong đó đã nhận", len(report.accepted)),
        ("   trong đó nộp muộn", len(report.late)),
        ("Chưa nộp", len(report.missing)),
        ("   trong đó đang soạn", states.count(SubmissionState.DRAFT)),
        ("   trong đó bị trả lại, chưa nộp lại", states.count(SubmissionState.RETURNED)),
    ]


def missing(sheet: Any, report: Consolidated) -> None:
    """Who has not handed in, then who did so late."""
    titles = ("STT", "Đơn vị", "Tình trạng", "Cập nhật lần cuối", "Người soạn", "Quá hạn (ngày)", "Lý do trả lại")
    _heading(sheet, 1, titles)
    line = 1
    for number, standing in enumerate(report.missing, start=1):
        line += 1
        for at, value in enumerate([number, *_undone(standing, report)], start=1):
            cells.put(sheet.cell(line, at), value)
    if not report.missing:
        line += 1
        cells.put(sheet.cell(line, 2), "Tất cả đơn vị đã nộp.")
    if report.late:
        line += 2
        cells.put_text(sheet.cell(line, 1), "Đã nộp nhưng muộn")
        sheet.cell(line, 1).font = cells.BOLD
        line += 1
        _heading(sheet, line, ("STT", "Đơn vị", "Tình trạng", "Nộp lúc", "Người nộp", "Muộn (ngày)"))
        for number, row in enumerate(report.late, start=1):
            line += 1
            done = row.submission
            when = done.submitted_at or done.updated_at
            values = [row.unit.name, done.state.vietnamese, local(when), done.editor_name, _days(report, when)]
            for at, value in enumerate([number, *values], start=1):
                cells.put(sheet.cell(line, at), value, fill=cells.WARN)
    cells.widths(sheet, (6, 34, 26, 19, 24, 11, 46))
    sheet.freeze_panes = "C2"


def _undone(standing: Standing, report: Consolidated) -> list[object]:
    """Return what is known of a unit that has not handed in."""
    overdue = _days(report, report.made_at) or None
    done = standing.submission
    if done is None:
        return [standing.unit.name, "chưa bắt đầu", "", "", overdue, ""]
    state = "bị trả lại, chưa nộp lại" if done.state is SubmissionState.RETURNED else done.state.vietnamese
    reason = done.reason if done.state is SubmissionState.RETURNED else ""
    return [standing.unit.name, state, local(done.updated_at), done.editor_name, overdue, reason]


def _days(report: Consolidated, moment: datetime) -> int:
    """Return on which day after the due day `moment` lies: 0 for the due day itself and before."""
    return max(0, (local(moment).date() - local(report.round.due_at).date()).days)


def _heading(sheet: Any, line: int, titles: Sequence[str]) -> None:
    for at, title in enumerate(titles, start=1):
        cells.put(sheet.cell(line, at), title, font=cells.BOLD, fill=cells.HEAD, head=True)
