"""The whole of what is known of one document, composed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from knowledge import codec
from knowledge.analyse import ANALYSER_VERSION, analyse, analyse_text
from knowledge.document import Document, FindingKind, ObligationKind, SectionKind
from knowledge.errors import UnreadableFile
from tests.knowledge.outline import DOCUMENTS, check_invariants

PLAN = """UBND TỈNH LAM SƠN
SỞ Y TẾ

Số: 31/KH-SYT

Lam Sơn, ngày 05 tháng 01 năm 2026

KẾ HOẠCH

Kiểm kê kho thuốc{subject}

Căn cứ Quyết định số 12/QĐ-UBND ngày 20/12/2025 của UBND tỉnh, Sở Y tế ban hành Kế hoạch như sau:

I. NỘI DUNG

1. Các bệnh viện kiểm kê kho thuốc và báo cáo kết quả về Sở Y tế trước ngày 15/02/2026.

II. THỜI GIAN THỰC HIỆN

{period}

Nơi nhận:
- Các bệnh viện;
- Lưu: VT.

GIÁM ĐỐC

Lý Thị Bưởi
"""


def plan(subject: str = "", period: str = "Từ ngày 10/01/2026 đến ngày 28/02/2026.") -> Document:
    return analyse_text(PLAN.format(subject=subject, period=period), file="kh.txt", digest="0" * 64)


def test_a_plan_is_understood_as_a_whole() -> None:
    document = plan()
    check_invariants(document.text, document.sections)
    assert document.header.symbol == "31/KH-SYT"
    assert document.header.issuer == "Sở Y tế Lam Sơn"
    assert [reference.symbol for reference in document.references] == ["12/QĐ-UBND"]
    [report] = [duty for duty in document.obligations if duty.kind is ObligationKind.REPORT]
    assert document.sections[report.section].cite == "I.1"
    assert report.when is not None and report.when.due is not None and report.when.due.isoformat() == "2026-02-15"


@pytest.mark.parametrize(
    ("subject", "period", "found"),
    [
        ("", "Từ ngày 10/01/2026 đến ngày 28/02/2026.", "Từ ngày 10/01/2026 đến ngày 28/02/2026"),
        (" năm 2027", "Từ ngày 10/01/2026 đến ngày 28/02/2026.", "Từ ngày 10/01/2026 đến ngày 28/02/2026"),
        (" giai đoạn 2026 - 2030", "Theo đợt.", "giai đoạn 2026 - 2030"),
        (" năm 2026", "Theo đợt.", "năm 2026"),
        (" nhiệm kỳ 2025 - 2030", "Theo đợt.", None),
        ("", "Theo đợt.", None),
    ],
)
def test_the_period_is_the_documents_own(subject: str, period: str, found: str | None) -> None:
    document = plan(subject, period)
    assert (document.period.text if document.period else None) == found
    if document.period is not None:
        assert document.text[document.period.start : document.period.end] == document.period.text


def test_what_is_told_by_time_is_no_period_of_the_whole() -> None:
    text = PLAN.format(subject="", period="1. Đợt 1: từ ngày 10/01/2026 đến ngày 28/02/2026 kiểm kê.")
    by_time = text.replace("THỜI GIAN THỰC HIỆN", "VIỆC CẦN LÀM THEO THỜI GIAN")
    assert analyse_text(by_time, file="kh.txt", digest="0" * 64).period is None


def test_a_report_on_a_year_is_not_over_with_the_year() -> None:
    text = (DOCUMENTS / "bao-cao-hai-phan.txt").read_text("utf-8")
    assert analyse_text(text, file="bc.txt", digest="0" * 64).period is None


def test_a_file_is_read_and_its_bytes_digested(tmp_path: Path) -> None:
    file = tmp_path / "kế hoạch.txt"
    file.write_bytes(PLAN.format(subject="", period="Trong năm.").encode("utf-16"))
    document = analyse(file)
    assert document.file == "kế hoạch.txt"
    assert document.digest == hashlib.sha256(file.read_bytes()).hexdigest()
    assert document.header.symbol == "31/KH-SYT"
    assert not document.recognised


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "rỗng.txt"
    file.write_bytes(b"")
    with pytest.raises(UnreadableFile):
        analyse(file)


@pytest.mark.parametrize("file", sorted(DOCUMENTS.glob("*.txt")), ids=lambda file: file.stem)
def test_every_kind_of_document_is_analysed_read_and_stored(file: Path) -> None:
    document = analyse(file)
    check_invariants(document.text, document.sections)
    assert codec.loads(codec.dumps(document)) == document
    assert analyse_text(document.text, file=document.file, digest=document.digest) == document
    noise = [document.text[s.start : s.end] for s in document.sections if s.kind is SectionKind.NOISE]
    assert all("D:\\" not in (finding.quote or "") for finding in document.findings)
    assert bool(noise) == any(finding.kind is FindingKind.LEAKED_PATH for finding in document.findings)


def test_the_version_is_a_number_that_can_only_grow() -> None:
    assert ANALYSER_VERSION >= 1
