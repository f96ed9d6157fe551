"""How people-facing pages and terminals name things in Vietnamese: places, dates, findings, duties.

Values in, short Vietnamese phrases out; knows nothing of where they are shown.
"""

from __future__ import annotations

import re

from knowledge.document import FindingKind, Header, ObligationKind, Recurrence
from retrieval.wording import one_line, plain, say_place

_SUBJECT = 60  # characters of a subject on a chip

FINDINGS = {
    FindingKind.DRAFT: "Dự thảo",
    FindingKind.NO_DUTY: "Không có hạn báo cáo",
    FindingKind.UNDATED_DUTY: "Nhiệm vụ chưa rõ hạn",
    FindingKind.CONTRADICTION: "Mâu thuẫn",
    FindingKind.CITED_LATER: "Viện dẫn văn bản ban hành sau",
    FindingKind.PERIOD_CONFLICT: "Giai đoạn không khớp",
    FindingKind.RECOGNITION: "Nghi lỗi nhận dạng chữ",
    FindingKind.LEAKED_PATH: "Lộ đường dẫn tệp",
    FindingKind.NO_SIGNER: "Thiếu tên người ký",
    FindingKind.INFERRED_ISSUER: "Cơ quan ban hành do suy ra",
    FindingKind.EXPIRED: "Hết thời gian thực hiện",
    FindingKind.REPLACED: "Đã bị thay thế",
    FindingKind.AMENDED: "Đã được sửa đổi",
    FindingKind.NEAR_DUPLICATE: "Gần trùng văn bản khác",
    FindingKind.LOW_CONFIDENCE: "Nhận dạng chữ chưa chắc chắn",
    FindingKind.RESTRICTED: "Giới hạn người xem",
}

# Findings that change how far an answer can be trusted; the others are notes for whoever publishes the document.
SERIOUS = frozenset(
    {
        FindingKind.DRAFT,
        FindingKind.CONTRADICTION,
        FindingKind.CITED_LATER,
        FindingKind.PERIOD_CONFLICT,
        FindingKind.EXPIRED,
        FindingKind.REPLACED,
        FindingKind.AMENDED,
        FindingKind.LOW_CONFIDENCE,
    }
)

DUTIES = {
    ObligationKind.REPORT: "Báo cáo",
    ObligationKind.SUBMIT: "Nộp, gửi",
    ObligationKind.FINISH: "Hoàn thành",
    ObligationKind.PERIOD: "Thời gian thực hiện",
}

RECURRENCES = {
    Recurrence.WEEKLY: "hằng tuần",
    Recurrence.MONTHLY: "hằng tháng",
    Recurrence.QUARTERLY: "hằng quý",
    Recurrence.HALF_YEARLY: "6 tháng một lần",
    Recurrence.YEARLY: "hằng năm",
    Recurrence.ON_REQUEST: "khi có yêu cầu",
    Recurrence.UNSPECIFIED: "định kỳ, chưa rõ kỳ",
}


def place(cite: str) -> str:
    """Return where a section stands, to begin a line with: "Mục III.2", "Phần căn cứ"."""
    words = say_place(cite)
    return words[:1].upper() + words[1:]


def name(header: Header) -> str:
    """Return the short name of a document: "Kế hoạch 912/KH-SNNMT", "Kế hoạch của UBND tỉnh Đồng Nai"."""
    kind = (header.kind or "văn bản").capitalize()
    if header.symbol:
        return f"{kind} {header.symbol}"
    if header.symbol_draft:
        return f"{kind} số …{header.symbol_draft}"
    of = f"{kind} của {header.issuer}" if header.issuer else kind
    return f"{of} (dự thảo)" if header.is_draft else of


def source(header: Header, file: str) -> str:
    """Return what a quotation is from: the short name, and where that is of no one document its subject or its file.

    Of real documents every fifth has lost its letterhead: "Quy định “Trông giữ xe”", "Văn bản trong-xe.docx".
    """
    called = name(header)
    if header.symbol or header.symbol_draft or header.issuer:
        return called
    return f"{called} “{one_line(plain(header.subject), _SUBJECT)}”" if header.subject else f"{called} {file}"


def partial(iso: str | None) -> str:
    """Return an ISO date, whole or partial, as people write it: "27/03/2025", "tháng 9/2024", "năm 2023"."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso or "")
    if match is None:
        return ""
    year, month, of_month = match.groups()
    if of_month:
        return f"{of_month}/{month}/{year}"
    return f"tháng {int(month)}/{year}" if month else f"năm {year}"


def count(number: int, noun: str) -> str:
    """Return "1.234 đoạn": Vietnamese separates thousands with a point and has no plural."""
    return f"{number:,}".replace(",", ".") + f" {noun}"
