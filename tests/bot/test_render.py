"""What terminals and scripts are shown, from the small library."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from bot import wording
from bot.card import lay_out
from bot.console import Console, progress_bar, table
from bot.contract import document_json, obligations_json
from bot.render import answer_lines, build_lines, document_lines, obligation_lines
from index.build import BuildReport
from index.intake import Refusal
from knowledge.document import FindingKind, Header, ObligationKind, Recurrence
from tests.bot.library import DEADLINE, NOW, FakeLibrary, draft, plan

PLAIN = Console(width=80)


def answer(question: str) -> str:
    library = FakeLibrary()
    return "\n".join(answer_lines(lay_out(library.ask(question, now=NOW), library.cards), PLAIN))


def test_an_answer_has_statement_quotation_place_notes_and_more() -> None:
    text = answer("hạn?")
    lines = text.splitlines()
    assert lines[0] == "Hạn báo cáo: trước ngày 15/12/2025 (còn 24 ngày)."
    assert f"“{DEADLINE}”" in text
    assert "  — Mục II.1, Kế hoạch 77/KH-SVT, ngày 03/02/2025" in lines
    assert "  ! Quy định về giờ mở cửa là dự thảo, chưa ban hành." in lines
    assert "Xem thêm:" in lines
    assert "Ở văn bản khác:" in lines
    assert "một phần ba" in text
    assert "**" not in text
    assert max(map(len, lines)) <= 80


def test_a_refusal_says_that_the_nearest_are_not_the_answer() -> None:
    assert answer("ai?").splitlines()[:3] == [
        "Các văn bản đang có không nói về điều này.",
        "",
        "Những đoạn gần nhất (chưa phải câu trả lời):",
    ]


def test_an_answer_that_is_only_a_quotation() -> None:
    assert answer("giờ?").splitlines()[0].startswith("  “Kho lưu trữ")


def test_emphasis_is_for_terminals_only() -> None:
    assert Console(80, styled=True).bold("a") == "\033[1ma\033[0m"
    assert Console.of(io.StringIO()) == Console(80, styled=False)


def test_a_document_is_described_with_what_to_know() -> None:
    library = FakeLibrary()
    text = "\n".join(document_lines(library.cards[0], list(obligations_json(library)), PLAIN))
    assert text.startswith("Kế hoạch 77/KH-SVT · ke-hoach-77.docx")
    for part in (
        "An Bình, 03/02/2025",
        "Đỗ Thị Mai, GIÁM ĐỐC",
        "05/CT-UBND",
        "11 mục",
        "! Cuối văn bản có đường dẫn",
        "• Mục II.1: trước ngày 15/12/2025 — Các phòng",
    ):
        assert part in text
    other = "\n".join(document_lines(library.cards[1], (), PLAIN))
    for part in ("(suy ra từ nội dung)", "chưa có (…/QyĐ-SVT)", "tháng 9/2025"):
        assert part in other


@pytest.mark.parametrize(("copies", "described"), [(1, True), (11, False)])
def test_a_build_describes_few_documents_and_tabulates_many(copies: int, described: bool) -> None:
    report = BuildReport(2 * copies, 10, 2 * copies, 0, 0, 0, (Refusal("a.docx", "Tệp trống."),), 1.25)
    library = FakeLibrary(*[plan(), draft()] * copies)
    lines = list(build_lines(report, library, PLAIN))
    assert ("  Người ký:  Đỗ Thị Mai, GIÁM ĐỐC" in lines) is described
    assert "  ✗ a.docx: Tệp trống." in lines
    assert lines[-1].endswith("giữ nguyên 0; 1,2 giây.")
    assert max(map(len, lines)) <= 80


def test_json_of_documents_and_obligations() -> None:
    library = FakeLibrary()
    first = document_json(library.cards[0])
    assert list(first) == [
        "file", "type", "number", "issuer", "issuer_inferred", "place", "date", "title", "signer", "cites", "findings",
        "sections", "passages",
    ]  # fmt: skip
    assert first["date"] == "2025-02-03"
    assert first["cites"] == [{"symbol": "05/CT-UBND", "date": "2025-01-10"}]
    assert first["findings"][0]["kind"] == "leaked-path"
    assert document_json(library.cards[1])["date"] == "2025-09"
    assert list(obligations_json(library)) == [
        {
            "file": "ke-hoach-77.docx",
            "section": "II.1",
            "kind": "report",
            "who": "Các phòng, đơn vị",
            "what": "báo cáo kết quả",
            "to": "Văn phòng Sở",
            "when_text": "trước ngày 15/12/2025",
            "due": "2025-12-15",
            "recurrence": None,
            "status": "proposed",
        }
    ]


def test_the_table_of_obligations_fits_and_says_what_has_no_date() -> None:
    duties = list(obligations_json(FakeLibrary()))
    undated = {**duties[0], "when_text": "theo quy định", "due": None, "recurrence": "unspecified", "who": None}
    silent = {**duties[0], "when_text": None, "due": None, "recurrence": None}
    lines = list(obligation_lines([duties[0], undated, silent], PLAIN))
    text = " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= 80
    for part in ("Mục II.1", "chưa rõ ngày", "không nêu thời", "15/12/2025"):
        assert part in text


def test_every_kind_of_value_has_its_words() -> None:
    assert set(wording.FINDINGS) == set(FindingKind)
    assert set(wording.DUTIES) == set(ObligationKind)
    assert set(wording.RECURRENCES) == set(Recurrence)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (plan().header, "Kế hoạch 77/KH-SVT"),
        (draft().header, "Quy định số …/QyĐ-SVT"),
        (replace(draft().header, symbol_draft=None), "Quy định của Sở Văn thư tỉnh An Bình (dự thảo)"),
        (replace(plan().header, symbol=None), "Kế hoạch của Sở Văn thư tỉnh An Bình"),
        (replace(plan().header, symbol=None, kind=None, issuer=None), "Văn bản"),
    ],
)
def test_names_of_documents(header: Header, name: str) -> None:
    assert wording.name(header) == name


@pytest.mark.parametrize(
    ("iso", "said"),
    [("2025-03-07", "07/03/2025"), ("2024-09", "tháng 9/2024"), ("2023", "năm 2023"), (None, ""), ("x", "")],
)
def test_dates_as_people_write_them(iso: str | None, said: str) -> None:
    assert wording.partial(iso) == said


def test_counts_as_people_write_them() -> None:
    assert wording.count(1234567, "đoạn") == "1.234.567 đoạn"


def test_a_table_wraps_its_cells() -> None:
    lines = list(table(("A", "B"), [("một hai ba bốn", "x")], (8, 8)))
    assert lines == ["A         B", "────────  ─", "một hai   x", "ba bốn"]


def test_no_progress_bar_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar(shown=True) as progress:
        assert progress is None
    assert capsys.readouterr().err == ""
