"""What an admin is told about one document before it is published."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.analyse import analyse_text
from knowledge.deadlines import parse_time
from knowledge.document import (
    Document,
    Finding,
    FindingKind,
    Obligation,
    ObligationKind,
    PartialDate,
    SectionKind,
    Signer,
    Span,
)
from knowledge.findings import MOST_SUSPECTS, expiry, find_findings, low_confidence
from knowledge.pages import DoubtfulPage, doubtful_pages
from knowledge.read import PageQuality
from knowledge.text import normalise
from tests.knowledge.conftest import WHOLE_HEADER, make_document


def found(document: Document, kind: FindingKind) -> list[Finding]:
    return [finding for finding in find_findings(document) if finding.kind is kind]


def one(document: Document, kind: FindingKind) -> Finding:
    (finding,) = found(document, kind)
    return finding


# --- contradictions --------------------------------------------------------------------------------------------------


def test_one_directive_with_two_dates() -> None:
    day, slip = "ngày 12/02/2025 của Tỉnh ủy Bình Sơn", "ngày 12/03/2025 của Tỉnh ủy"
    document = make_document(
        f"Chỉ thị số 8-CT/TU {day}.\n\nCụ thể hóa Chỉ thị số 8-CT/TU {slip}.\n\nTheo Chỉ thị số 08-CT/TU {day}."
    )
    finding = one(document, FindingKind.CONTRADICTION)
    assert finding.message == "Chỉ thị số 8-CT/TU: mục 2 ghi ngày 12/03/2025, các mục khác ghi ngày 12/02/2025."
    assert finding.quote == f"Chỉ thị số 8-CT/TU {slip}"
    assert finding.section == "2"


def test_two_dates_once_each_name_both_places() -> None:
    document = make_document("Nghị quyết số 5-NQ/TW ngày 01/02/2022.\n\nNghị quyết số 5-NQ/TW ngày 01/12/2022.")
    message = "Nghị quyết số 5-NQ/TW: mục 2 ghi ngày 01/12/2022, mục 1 ghi ngày 01/02/2022."
    assert one(document, FindingKind.CONTRADICTION).message == message


def test_two_dates_in_one_place() -> None:
    document = make_document("Nghị định số 5/2024/NĐ-CP ngày 01/02/2024 và Nghị định số 5/2024/NĐ-CP ngày 01/03/2024.")
    message = "Nghị định số 5/2024/NĐ-CP: mục 1 ghi cả ngày 01/03/2024 và ngày 01/02/2024."
    assert one(document, FindingKind.CONTRADICTION).message == message


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch số 9/KH-UBND ngày 02/01/2023 và Kế hoạch số 9/KH-UBND ngày 05/02/2024.",  # numbered anew every year
        "Kế hoạch số 9/KH-UBND ngày 02/01/2024 của UBND tỉnh Bình Sơn và Kế hoạch số 9/KH-UBND ngày 05/02/2024 của "
        "UBND tỉnh Tân Lạc.",
        "Nghị quyết số 5-NQ/TW và Nghị quyết số 5-NQ/TU ngày 01/02/2022.",
        "Nghị quyết số 5-NQ/TW ngày 01/02/2022 của Bộ Chính trị; Nghị quyết số 5-NQ/TW của Bộ Chính trị khóa XIII.",
        "Quyết định số 4/QĐ-SXD ngày 01/02/2022 của Sở Xây dựng; Quyết định số 5/QĐ-SXD ngày 01/02/2022 của Sở.",
        "Kế hoạch số 4-KH/TU của Tỉnh ủy; Kế hoạch số 4-KH/TU của Ban Thường vụ Tỉnh ủy Bình Sơn.",
        "Nghị định số 9/2022/NĐ-CP ngày 18/6/2022 của Chính phủ ban hành Quy chế làm việc của Chính phủ.",
        "Nghị định số 9/2022/NĐ-CP ngày 18/6/2022 của Chính phủ về cơ cấu tổ chức của Bộ Nội vụ.",
        "Luật số 9/2022/QH15 của Quốc hội về chế độ làm việc của Chính phủ.",
    ],
)
def test_what_does_not_contradict(text: str) -> None:
    assert found(make_document(text), FindingKind.CONTRADICTION) == []


def test_the_same_day_of_another_year_is_a_slip() -> None:
    document = make_document("Kế hoạch số 9/KH-UBND ngày 02/01/2024.\n\nKế hoạch số 9/KH-UBND ngày 02/01/2025.")
    assert "02/01/2024" in one(document, FindingKind.CONTRADICTION).message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Nghị quyết số 7/NQ-HĐND của Hội đồng nhân dân tỉnh.\n\nNghị quyết số 7/NQ-HĐND của Sở Xây dựng.",
            "Nghị quyết số 7/NQ-HĐND: mục 1 ghi của Hội đồng nhân dân tỉnh, mục 2 ghi của Sở Xây dựng.",
        ),
        (
            "Nghị quyết số 60/2023/QH15 ngày 01/6/2023 của Quốc hội về cơ chế đặc thù phát triển tỉnh Bình Sơn "
            "của Bộ Chính trị; các văn bản khác.",
            "Nghị quyết số 60/2023/QH15: mục 1 vừa ghi của Quốc hội, vừa ghi của Bộ Chính trị.",
        ),
        (
            "Nghị quyết số 60/2023/QH15 của Bộ Chính trị.",
            "Nghị quyết số 60/2023/QH15: ký hiệu là của Quốc hội nhưng mục 1 ghi của Bộ Chính trị.",
        ),
        (
            "Nghị quyết số 9-NQ/TW ngày 01/02/2022 của Bộ Chính trị.\n\nNghị quyết số 9-NQ/TU ngày 01/02/2022 của Bộ "
            "Chính trị.",
            "Nghị quyết ngày 01/02/2022: mục 1 ghi số 9-NQ/TW, mục 2 ghi số 9-NQ/TU.",
        ),
    ],
    ids=["two issuers", "a second issuer after the title", "the symbol's own body", "two symbols"],
)
def test_issuers_and_symbols(text: str, message: str) -> None:
    assert one(make_document(text), FindingKind.CONTRADICTION).message == message


# --- times -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "cited", "later"),
    [
        (PartialDate(2025, 3, 10), "ngày 11/03/2025", True),
        (PartialDate(2025, 3, 10), "ngày 10/03/2025", False),
        (PartialDate(2025, 3, 10), "năm 2026", True),
        (PartialDate(2024, 9), "ngày 30/09/2024", False),
        (PartialDate(2024, 9), "ngày 01/10/2024", True),
        (PartialDate(2023), "ngày 05/5/2023", False),
        (None, "ngày 11/03/2025", False),
    ],
)
def test_a_document_cannot_cite_the_future(own: PartialDate | None, cited: str, later: bool) -> None:
    document = make_document(f"Theo Kế hoạch số 9/KH-UBND {cited}.", header=replace(WHOLE_HEADER, date=own))
    assert bool(found(document, FindingKind.CITED_LATER)) is later


def test_a_later_citation_reads_as_a_sentence() -> None:
    document = make_document("Theo Kế hoạch số 9/KH-UBND ngày 11/03/2025.")
    assert one(document, FindingKind.CITED_LATER).message == (
        "Mục 1 viện dẫn Kế hoạch số 9/KH-UBND ghi ngày 11/03/2025, "
        "sau ngày ban hành của chính văn bản này (10/03/2025)."
    )


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("kế hoạch 5 năm, giai đoạn 2021 - 2025\n\nKế hoạch 5 năm (2020 - 2025)", ["5 năm (2020 - 2025)"]),
        ("Kế hoạch 5 năm (2021-2025)\n\nkế hoạch 5 năm 2021 - 2025", []),
        ("Kế hoạch 5 năm 2016 - 2020 và kế hoạch 5 năm 2021 - 2025", []),
        ("Kế hoạch 5 năm 2021 - 2028", ["5 năm 2021 - 2028"]),
        ("nhiệm kỳ 2020 - 2025, giai đoạn 2021 - 2025", []),
        ("Kỷ niệm 50 năm ngày giải phóng (30/4/1975 - 30/4/2025)", []),
    ],
)
def test_periods_that_disagree(text: str, quotes: list[str]) -> None:
    assert [finding.quote for finding in found(make_document(text), FindingKind.PERIOD_CONFLICT)] == quotes


def test_expiry_needs_an_end_that_is_over() -> None:
    text = "Thời gian thực hiện: từ ngày 01/01/2024 đến ngày 31/12/2024."
    phrase = parse_time("từ ngày 01/01/2024 đến ngày 31/12/2024", issued=None)
    assert phrase is not None
    document = make_document(text, period=replace(phrase, start=21, end=59))
    assert expiry(document, date(2024, 12, 31)) is None
    finding = expiry(document, date(2025, 1, 1))
    assert finding is not None
    assert "31/12/2024" in finding.message
    assert expiry(make_document(text), date(2030, 1, 1)) is None


# --- the document as a whole -----------------------------------------------------------------------------------------


def test_a_document_in_order_has_only_what_it_lacks(plain: Document) -> None:
    assert [finding.kind for finding in find_findings(plain)] == [FindingKind.NO_DUTY]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"symbol": None, "symbol_draft": "/KH-SXD"}, "chưa có số (mới có ký hiệu /KH-SXD)"),
        ({"symbol": None}, "chưa có số."),
        ({"date": PartialDate(2024, 9)}, "ngày ban hành mới ghi tháng 9/2024"),
        ({"date": None}, "chưa có ngày ban hành"),
    ],
)
def test_drafts_say_what_is_missing(changes: dict[str, object], words: str) -> None:
    header = replace(WHOLE_HEADER, is_draft=True, **changes)
    assert words in one(make_document("Nội dung.", header=header), FindingKind.DRAFT).message


def test_a_draft_is_shown_where_its_number_should_stand() -> None:
    text = "Số:      /KH-SXD\nBình Sơn, ngày     tháng 9 năm 2024\n\nNội dung."
    header = replace(WHOLE_HEADER, symbol=None, symbol_draft="/KH-SXD", is_draft=True)
    document = make_document(text, header=header)
    head = replace(document.sections[0], kind=SectionKind.HEADER, cite="header")
    finding = one(replace(document, sections=(head, *document.sections[1:])), FindingKind.DRAFT)
    assert (finding.section, finding.quote) == ("header", "Số:      /KH-SXD")


@pytest.mark.parametrize(
    ("signer", "words"),
    [
        (None, "Không tìm thấy phần ký"),
        (Signer(None, "GIÁM ĐỐC"), "chỉ có chức vụ “GIÁM ĐỐC”"),
    ],
)
def test_a_missing_signer(signer: Signer | None, words: str) -> None:
    header = replace(WHOLE_HEADER, signer=signer)
    assert words in one(make_document("Nội dung.", header=header), FindingKind.NO_SIGNER).message


def test_a_name_without_a_title_is_a_signer() -> None:
    header = replace(WHOLE_HEADER, signer=Signer("Trần Văn Mẫu", None))
    assert found(make_document("Nội dung.", header=header), FindingKind.NO_SIGNER) == []


def test_an_inferred_issuer_and_none_at_all() -> None:
    inferred = make_document("Nội dung.", header=replace(WHOLE_HEADER, issuer_inferred=True))
    assert "“Sở Xây dựng Bình Sơn” được suy ra" in one(inferred, FindingKind.INFERRED_ISSUER).message
    unknown = make_document("Nội dung.", header=replace(WHOLE_HEADER, issuer=None))
    assert "Không xác định được" in one(unknown, FindingKind.INFERRED_ISSUER).message


@pytest.mark.parametrize(
    "path",
    [r"D:\Lan\Ke hoach\ban cuoi.doc", r"\\may-chu\chung\kh.doc", "file:///tmp/kh.doc", "/home/lan/kh.doc"],
)
def test_a_leaked_path_is_reported_and_never_shown(path: str) -> None:
    document = make_document(f"Nội dung.\n\n- Lưu: VT.\n{path}")
    finding = one(document, FindingKind.LEAKED_PATH)
    assert finding.quote is None
    assert finding.start is None
    assert not any(path in str(other) or "kh.doc" in str(other) for other in find_findings(document))


@pytest.mark.parametrize("text", ["Tỷ lệ 50/50.", "tổ chức và/hoặc cá nhân", "A: B", "12/KH-SXD"])
def test_what_is_no_path(text: str) -> None:
    assert found(make_document(text), FindingKind.LEAKED_PATH) == []


def test_a_page_of_doubtful_recognition() -> None:
    sure = [PageQuality(1, False, None), PageQuality(3, True, 0.95)]
    pages = [*sure, PageQuality(2, True, 0.61, Span(5, 40)), PageQuality(4, True, 0.7)]
    second, fourth = low_confidence(pages)
    assert second.kind is fourth.kind is FindingKind.LOW_CONFIDENCE
    assert second.message.startswith("Trang 2: chữ nhận dạng không chắc chắn (độ tin cậy 61 %)")
    assert doubtful_pages([second, fourth]) == (DoubtfulPage(2, Span(5, 40)), DoubtfulPage(4, None))
    assert low_confidence(sure) == low_confidence([]) == ()


# --- duties ----------------------------------------------------------------------------------------------------------


def _duty(text: str, when: str | None, kind: ObligationKind = ObligationKind.REPORT) -> Document:
    phrase = parse_time(when, issued=None) if when else None
    duty = Obligation(kind, "Các phòng", "báo cáo kết quả", "Văn phòng Sở", phrase, 0, 0, len(text))
    return make_document(text, obligations=(duty,))


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("định kỳ", "chỉ ghi “định kỳ”"),
        ("hằng năm", "chỉ ghi “hằng năm”"),
        ("khi có yêu cầu", "chỉ phát sinh “khi có yêu cầu”"),
        (None, "không ghi thời hạn"),
    ],
)
def test_a_duty_without_a_date_is_for_the_admin_to_confirm(when: str | None, words: str) -> None:
    document = _duty(f"Các phòng báo cáo kết quả {when or ''}.", when)
    finding = one(document, FindingKind.UNDATED_DUTY)
    assert words in finding.message
    assert finding.quote == document.text
    assert found(document, FindingKind.NO_DUTY) == []


@pytest.mark.parametrize(
    "when", ["trước ngày 05/12/2025", "trước ngày 15 hằng tháng", "trong quý IV/2025", "trong tháng 01 hằng năm"]
)
def test_a_duty_with_a_date_is_in_order(when: str) -> None:
    assert found(_duty(f"Các phòng báo cáo {when}.", when), FindingKind.UNDATED_DUTY) == []


def test_a_period_is_no_duty() -> None:
    document = _duty("Từ nay đến ngày 31/12/2025.", "đến ngày 31/12/2025", ObligationKind.PERIOD)
    assert found(document, FindingKind.NO_DUTY)
    assert found(document, FindingKind.UNDATED_DUTY) == []


# --- suspects, and all together --------------------------------------------------------------------------------------


def test_a_suspect_is_quoted_as_it_stands() -> None:
    document = make_document("Mục đích.\n\nCÔ VŨ phong trào; cô vũ, động viên.")
    quotes = {finding.quote: finding.message for finding in found(document, FindingKind.RECOGNITION)}
    assert quotes["cô vũ"] == "Mục 2: nghi sai chữ “cô vũ”, có thể là “cổ vũ”."


def test_a_badly_read_document_is_not_listed_word_by_word() -> None:
    document = make_document("nêu gương, chông chéo, tôn vinh. " * (MOST_SUSPECTS + 5))
    suspects = found(document, FindingKind.RECOGNITION)
    assert len(suspects) == MOST_SUSPECTS + 1
    assert suspects[-1].message.startswith("Còn 5 chỗ khác")


def test_noise_and_signatures_are_not_proofread() -> None:
    document = make_document("nêu gương, chông chéo, tôn vinh")
    noise = replace(document.sections[0], kind=SectionKind.NOISE)
    assert found(replace(document, sections=(noise,)), FindingKind.RECOGNITION) == []


_LINES = st.sampled_from(
    [
        "Số: /KH-SXD",
        "Bình Sơn, ngày   tháng 9 năm 2024",
        "KẾ HOẠCH",
        "Căn cứ Nghị quyết số 9-NQ/TW ngày 01/02/2022 của Bộ Chính trị;",
        "I. MỤC ĐÍCH",
        "1. Kế hoạch 5 năm (2020 - 2025), Nghị quyết số 9-NQ/TW ngày 01/03/2022.",
        "- Các phòng báo cáo kết quả định kỳ về Văn phòng Sở.",
        "cô vũ, động viên trên trên toàn tỉnh",
        r"D:\Lan\kh.doc",
        "Nơi nhân:",
        "GIÁM ĐỐC",
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_LINES, max_size=10).map("\n\n".join))
def test_every_finding_quotes_the_document_at_its_place(text: str) -> None:
    document = analyse_text(normalise(text), file="x.txt", digest="0")
    cites = {section.cite for section in document.sections}
    for finding in find_findings(document):
        assert re.search(r"[.]$", finding.message)
        assert finding.section is None or finding.section in cites
        if finding.quote is not None and finding.start is not None:
            assert document.text[finding.start : finding.end] == finding.quote
        assert r"D:\Lan" not in finding.message + (finding.quote or "")


# --- the customer's documents ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def analysed(seeds: Path) -> dict[str, Document]:
    return {
        path.name[:3]: analyse_text(path.read_text(encoding="utf-8"), file=path.name, digest="0")
        for path in sorted(seeds.glob("*.txt"))
    }


@pytest.mark.parametrize(
    ("seed", "kind", "words"),
    [
        ("000", FindingKind.CONTRADICTION, "mục I.1 ghi ngày 14/04/2025, các mục khác ghi ngày 14/03/2025"),
        ("000", FindingKind.CITED_LATER, "14/04/2025"),
        ("000", FindingKind.RECOGNITION, "“cô vũ”"),
        ("000", FindingKind.RECOGNITION, "“Nơi nhân”"),
        ("001", FindingKind.DRAFT, "chưa có số"),
        ("001", FindingKind.NO_DUTY, "không giao nhiệm vụ"),
        ("001", FindingKind.CONTRADICTION, "vừa ghi của Quốc hội, vừa ghi của Bộ Chính trị"),
        ("001", FindingKind.PERIOD_CONFLICT, "2020 - 2025"),
        ("002", FindingKind.INFERRED_ISSUER, "suy ra"),
        ("002", FindingKind.UNDATED_DUTY, "“khi có yêu cầu”"),
        ("002", FindingKind.RECOGNITION, "“bìu dương”"),
        ("003", FindingKind.RECOGNITION, "từ tinh thần đến cơ sở"),
        ("004", FindingKind.DRAFT, "chưa có số"),
        ("004", FindingKind.LEAKED_PATH, "đường dẫn"),
        ("004", FindingKind.NO_SIGNER, "GIÁM ĐỐC"),
        ("004", FindingKind.UNDATED_DUTY, "“Hàng năm”"),
    ],
)
def test_seeds(analysed: dict[str, Document], seed: str, kind: FindingKind, words: str) -> None:
    assert any(words in finding.message for finding in found(analysed[seed], kind))


def test_no_false_alarm_in_the_seeds(analysed: dict[str, Document]) -> None:
    suspects = {
        seed: {finding.quote for finding in found(document, FindingKind.RECOGNITION)}
        for seed, document in analysed.items()
    }
    assert suspects == {
        "000": {"cô vũ", "Nơi nhân"},
        "001": {"hưởng hái", "Vi người nghèo", "trên trên"},
        "002": {"bìu dương", "Noi nhận", "Q.GD"},
        "003": {"từ tinh thần đến cơ sở"},
        "004": {"chông chéo"},
    }
    assert found(analysed["002"], FindingKind.CONTRADICTION) == []
    assert found(analysed["003"], FindingKind.CONTRADICTION) == []
