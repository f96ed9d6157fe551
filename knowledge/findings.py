"""What an admin should know before publishing a document: the findings within one document, and its expiry.

Findings between documents are knowledge.related. No clock here: `expiry` is told the day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from knowledge.chronology import cited_later, period_conflicts
from knowledge.contradictions import contradictions
from knowledge.document import (
    Document,
    Finding,
    FindingKind,
    Obligation,
    ObligationKind,
    SectionKind,
    TimeKind,
)
from knowledge.recognition import find_suspects
from knowledge.related import across
from knowledge.wording import place, upper_first

if TYPE_CHECKING:
    from knowledge.read import PageQuality

__all__ = ["across", "expiry", "find_findings", "low_confidence"]

SURE = 0.75  # mean confidence of a recognised page below which its text is doubtful; clean scans reach 0.9
MOST_SUSPECTS = 20  # recognition suspects that are listed one by one; more are only counted


def find_findings(document: Document) -> tuple[Finding, ...]:
    """Return the findings visible in this document alone: those on the whole document first, then by place."""
    whole = [*_draft(document), *_issuer(document), *_no_signer(document), *_no_duty(document), *_leaked(document)]
    placed = [
        *contradictions(document),
        *cited_later(document),
        *period_conflicts(document),
        *_undated(document),
        *_suspects(document),
    ]
    return (*whole, *sorted(placed, key=lambda finding: finding.start or 0))


def expiry(document: Document, today: date) -> Finding | None:
    """Return a finding where the document's own period ended before `today`."""
    period = document.period
    last = period.last_day if period else None
    if period is None or last is None or period.recurrence is not None or last >= today:
        return None
    message = f"Thời gian thực hiện của văn bản đã hết từ ngày {last:%d/%m/%Y}; hãy kiểm tra trước khi áp dụng."
    section = document.section_at(period.start).cite if period.start < len(document.text) else None
    return Finding(FindingKind.EXPIRED, message, section, period.text, period.start, period.end)


def low_confidence(pages: Sequence[PageQuality]) -> tuple[Finding, ...]:
    """Return a finding for each page that character recognition was unsure of (`knowledge.pages` reads them again)."""
    return tuple(
        Finding(
            FindingKind.LOW_CONFIDENCE,
            f"Trang {page.page}: chữ nhận dạng không chắc chắn (độ tin cậy {100 * page.confidence:.0f} %); "
            "hãy đối chiếu với bản gốc.",
            None,
            None,
            page.span.start if page.span else None,
            page.span.end if page.span else None,
        )
        for page in pages
        if page.confidence is not None and page.confidence < SURE
    )


# --- on the whole document -------------------------------------------------------------------------------------------

_SYMBOL_LINE = re.compile(r"(?:Số|Sô)\s?:[^\n|*_]{0,60}", re.IGNORECASE)
_DATE_LINE = re.compile(r"ngày\s[^\n|]{0,30}?tháng\s[^\n|]{0,30}?năm[^\n|*_]{0,20}")


def _draft(document: Document) -> Iterator[Finding]:
    header = document.header
    if not header.is_draft:
        return
    missing = []
    if header.symbol is None:
        missing.append(f"chưa có số (mới có ký hiệu {header.symbol_draft})" if header.symbol_draft else "chưa có số")
    if header.date is None:
        missing.append("chưa có ngày ban hành")
    elif header.date.whole is None:
        missing.append(f"ngày ban hành mới ghi {header.date.vietnamese()}")
    message = f"Văn bản còn là dự thảo: {', '.join(missing) or 'chưa đủ số và ngày'}."
    line = _SYMBOL_LINE if header.symbol is None else _DATE_LINE
    frame = [section for section in document.sections if section.kind is SectionKind.HEADER]
    match = line.search(document.text, frame[0].start, frame[0].end) if frame else None
    if match is None:
        yield Finding(FindingKind.DRAFT, message, None, None)
    else:
        quote = match.group().rstrip()
        yield Finding(FindingKind.DRAFT, message, frame[0].cite, quote, match.start(), match.start() + len(quote))


def _issuer(document: Document) -> Iterator[Finding]:
    header = document.header
    if header.issuer is None:
        yield Finding(FindingKind.INFERRED_ISSUER, "Không xác định được cơ quan ban hành của văn bản.", None, None)
    elif header.issuer_inferred:
        message = f"Phần đầu văn bản không còn tên cơ quan ban hành; “{header.issuer}” được suy ra từ nội dung văn bản."
        yield Finding(FindingKind.INFERRED_ISSUER, message, None, None)


def _no_signer(document: Document) -> Iterator[Finding]:
    signer = document.header.signer
    if signer is not None and signer.name is not None:
        return
    if signer is not None and signer.title is not None:
        message = f"Phần ký chỉ có chức vụ “{signer.title}”, không có họ tên người ký."
    else:
        message = "Không tìm thấy phần ký: không có chức vụ và họ tên người ký."
    signature = next((one for one in document.sections if one.kind is SectionKind.SIGNATURE), None)
    yield Finding(FindingKind.NO_SIGNER, message, signature.cite if signature else None, None)


def _no_duty(document: Document) -> Iterator[Finding]:
    if any(obligation.kind is not ObligationKind.PERIOD for obligation in document.obligations):
        return
    message = "Văn bản không giao nhiệm vụ nào có thời hạn: không tìm thấy yêu cầu báo cáo, gửi hay hoàn thành."
    yield Finding(FindingKind.NO_DUTY, message, None, None)


# Windows drives, network shares and home folders; never shown, so the finding has neither quote nor place in the text.
_PATH = re.compile(r"(?<!\w)(?:[A-Za-z]:\\[^\s\\]|\\\\[\w.-]+\\\w|file://|/(?:home|Users|mnt|media)/\w)")


def _leaked(document: Document) -> Iterator[Finding]:
    seen: set[str] = set()
    for match in _PATH.finditer(document.text):
        section = document.section_at(match.start())
        if section.cite not in seen:
            seen.add(section.cite)
            message = "Văn bản để lộ đường dẫn tệp trên máy của người soạn; hãy xóa trước khi phát hành."
            where = None if section.kind is SectionKind.NOISE else section.cite
            yield Finding(FindingKind.LEAKED_PATH, message, where, None)


# --- at a place ------------------------------------------------------------------------------------------------------


def _undated(document: Document) -> Iterator[Finding]:
    for obligation in document.obligations:
        if obligation.kind is ObligationKind.PERIOD or _has_date(obligation):
            continue
        section = document.sections[obligation.section]
        if obligation.when is None:
            time = "không ghi thời hạn"
        elif obligation.when.kind is TimeKind.ON_REQUEST:
            time = f"chỉ phát sinh “{obligation.when.text}”, không có ngày cụ thể"
        else:
            time = f"chỉ ghi “{obligation.when.text}”, không có ngày cụ thể"
        message = f"{upper_first(place(section))}: nhiệm vụ “{_short(obligation.what)}” {time}; cần xác nhận ngày."
        quote = document.text[obligation.start : obligation.end]
        yield Finding(FindingKind.UNDATED_DUTY, message, section.cite, quote, obligation.start, obligation.end)


def _has_date(obligation: Obligation) -> bool:
    when = obligation.when
    return when is not None and (when.due, when.day, when.month) != (None, None, None)


def _short(text: str, most: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def _suspects(document: Document) -> Iterator[Finding]:
    left_out = {SectionKind.NOISE, SectionKind.SIGNATURE}
    count = 0
    for suspect in find_suspects(document.text):
        section = document.section_at(suspect.start)
        if section.kind in left_out:
            continue
        count += 1
        if count > MOST_SUSPECTS:
            continue
        quote = document.text[suspect.start : suspect.end]
        maybe = f"có thể là “{_like(quote, suspect.likely)}”" if suspect.likely else "cần đọc lại"
        message = f"{upper_first(place(section))}: nghi sai chữ “{quote}”, {maybe}."
        yield Finding(FindingKind.RECOGNITION, message, section.cite, quote, suspect.start, suspect.end)
    if count > MOST_SUSPECTS:
        message = f"Còn {count - MOST_SUSPECTS} chỗ khác nghi sai chữ; nên đối chiếu với bản gốc."
        yield Finding(FindingKind.RECOGNITION, message, None, None, len(document.text), len(document.text))


def _like(quote: str, likely: str) -> str:
    """Return `likely` in the case of the quote."""
    if quote.isupper():
        return likely.upper()
    return upper_first(likely) if quote[0].isupper() else likely
