"""Files the desk has made: consolidated reports, and form workbooks from plans, each with a name for its reader.

Joins the desk to `bot.exports` and `bot.forms.generate`; knows neither cells nor paragraphs.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from bot.desk import Export, Made
from bot.dialogues.desk import Desk, FileRefused
from bot.exports.consolidated import FORMATS, Consolidated, Office, consolidate
from bot.forms.generate import form_id, form_workbook
from knowledge.document import Header
from knowledge.text import fold, normalise

if TYPE_CHECKING:
    from knowledge.document import Document

_LONGEST_SLUG = 60  # characters of a round's title in a file name; cut between two words


def generate(document: Document) -> Made:
    """Make a form workbook from an indexed plan."""
    return Made(form_workbook(document), f"bieu-mau-{_slug(form_id(document.header))}.xlsx", FORMATS["xlsx"])


def exporter(office: Office) -> Export:
    """Return what makes the consolidated reports of `office`."""

    def export(desk: Desk, round_id: int, format: str, now: datetime) -> Made:
        if format not in FORMATS:
            raise FileRefused(f"Chưa xuất được dạng “{format}”. Anh/chị chọn xlsx hoặc docx.")
        report = gather(desk, round_id, now, office)
        return Made(_render(report, format), file_name(report, format), FORMATS[format])

    return export


def gather(desk: Desk, round_id: int, now: datetime, office: Office) -> Consolidated:
    """Return all that an export of a round shows; FileRefused where there is no such round."""
    round_ = desk.round(round_id)
    if round_ is None:
        raise FileRefused(f"Không có đợt báo cáo số {round_id}. Anh/chị xem lại danh sách đợt.")
    form = desk.form(round_.form)
    headers = (document.header for document in desk.documents())
    basis = tuple(_basis(header) for header in headers if form_id(header) == form.form_id)  # the plan it was made from
    return consolidate(
        round_, form, desk.standings(round_id), now, file_name=desk.file_name, office=office, basis=basis
    )


def file_name(report: Consolidated, format: str) -> str:
    """Return the name under which an export is offered: "tong-hop-dot-12-bao-cao-quy-iv.xlsx"."""
    slug = _slug(report.round.title)
    short = slug if len(slug) <= _LONGEST_SLUG else slug[: _LONGEST_SLUG + 1].rpartition("-")[0]
    return f"tong-hop-dot-{report.round.id}-{short.strip('-') or 'bao-cao'}.{format}"


def _render(report: Consolidated, format: str) -> bytes:
    # Each brings a library that only those who export need.
    if format == "xlsx":
        from bot.exports.xlsx import workbook

        return workbook(report)
    from bot.exports.docx import document

    return document(report)


def _basis(header: Header) -> str:
    """Return a plan as a legal basis names it."""
    kind = (header.kind or "văn bản").capitalize()
    parts = [f"Căn cứ {kind}", f"số {header.symbol}" if header.symbol else ""]
    if header.date and header.date.whole:
        day = header.date.whole
        # As dates are written out: January and February, and days below ten, with a nought.
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        parts.append(f"ngày {day.day:02d} tháng {month} năm {day.year}")
    parts += [f"của {header.issuer}" if header.issuer else "", _about(header.subject or "")]
    return " ".join(part for part in parts if part)


def _about(subject: str) -> str:
    """Return a subject as it goes on in a sentence: "Tổ chức phong trào …" → "về tổ chức phong trào …"."""
    if subject[1:2].islower():
        subject = subject[0].lower() + subject[1:]
    return subject if not subject or subject.startswith("về ") else f"về {subject}"


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(normalise(text))).strip("-")
