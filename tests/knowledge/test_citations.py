"""What is cited, with the date and the issuer written beside it, and nothing borrowed from a neighbour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.citations import find_references, law_name, other_documents, symbol_key
from knowledge.document import PartialDate, Reference, Section, SectionKind
from tests.knowledge.conftest import EMPTY_HEADER

Row = tuple[str | None, str | None, str | None, str | None]


def rows(text: str) -> list[Row]:
    return [_row(reference) for reference in find_references(text, ())]


def _row(reference: Reference) -> Row:
    return reference.symbol, reference.kind, reference.date.iso() if reference.date else None, reference.issuer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "thắng lợi Nghị quyết số 17- NQ/TW, ngày 05/02/2023 của Bộ Chính trị khóa XIII về xây dựng thành phố",
            [("17-NQ/TW", "nghị quyết", "2023-02-05", "Bộ Chính trị")],
        ),
        (
            "Thực hiện Quyết định số: 08/QĐ-HĐTĐKT ngày 11/10/2022 của Hội đồng Thi đua, khen thưởng tỉnh Bình Sơn về",
            [("08/QĐ-HĐTĐKT", "quyết định", "2022-10-11", "Hội đồng Thi đua, khen thưởng tỉnh Bình Sơn")],
        ),
        (
            "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15 tháng 6 năm 2022;",
            [("06/2022/QH15", "luật", "2022-06-15", None)],
        ),
        (
            "Chỉ thị số 21/CT-TTg và Chỉ thị số 16/CT-UBND ngày 07/9/2021 của Chủ tịch Ủy ban nhân dân tỉnh về việc",
            [
                ("21/CT-TTg", "chỉ thị", None, None),
                ("16/CT-UBND", "chỉ thị", "2021-09-07", "Chủ tịch Ủy ban nhân dân tỉnh"),
            ],
        ),
        (
            "các Nghị định số 98/2023/NĐ-CP, số 152/2025/NĐ-CP và 30/2020/NĐ-CP của Chính phủ",
            [
                ("98/2023/NĐ-CP", "nghị định", None, None),
                ("152/2025/NĐ-CP", "nghị định", None, None),
                ("30/2020/NĐ-CP", "nghị định", None, "Chính phủ"),
            ],
        ),
        ("theo Kế hoạch 461-KH/TU của Tỉnh ủy và Kế hoạch này", [("461-KH/TU", "kế hoạch", None, "Tỉnh ủy")]),
        ("trả lời Công văn số 1234/SNV-TĐKT của Sở Nội vụ", [("1234/SNV-TĐKT", "công văn", None, "Sở Nội vụ")]),
        ("Chương trình hành động số 32-CTr/TU ngày 01/03/2022", [("32-CTr/TU", "chương trình", "2022-03-01", None)]),
        ("nghị quyết số 18-nq/tw của Bộ Chính trị", [("18-NQ/TW", "nghị quyết", None, "Bộ Chính trị")]),
        ("Kế hoạch số 12/Kh-Sxd", [("12/KH-SXD", "kế hoạch", None, None)]),
        ("thực hiện 27-NQ/TW ngày 21/5/2018", [("27-NQ/TW", "nghị quyết", "2018-05-21", None)]),
        (
            "Thông tư liên tịch số 102/2016/TTLT-BTC-BGTVT ngày 29/6/2016 của liên Bộ Tài chính - Bộ Giao thông vận tải"
            " hướng dẫn",
            [
                (
                    "102/2016/TTLT-BTC-BGTVT",
                    "thông tư liên tịch",
                    "2016-06-29",
                    "Bộ Tài chính - Bộ Giao thông vận tải",
                )
            ],
        ),
        (
            "Thông tư số 01/2024/TT-BNV ngày 24/02/2024 của Bộ trưởng Bộ Nội vụ hướng dẫn",
            [("01/2024/TT-BNV", "thông tư", "2024-02-24", "Bộ trưởng Bộ Nội vụ")],
        ),
        (
            "Quyết định số 5/QĐ-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch, Bộ Tài chính",
            [("5/QĐ-BVHTTDL", "quyết định", None, "Bộ Văn hóa, Thể thao và Du lịch")],
        ),
        (
            "Kế hoạch số 7/KH-SKHCN của Sở Khoa học và Công nghệ thực hiện Nghị quyết 3/NQ-HĐND",
            [
                ("7/KH-SKHCN", "kế hoạch", None, "Sở Khoa học và Công nghệ"),
                ("3/NQ-HĐND", "nghị quyết", None, None),
            ],
        ),
        (
            "Nghị quyết số 9-NQ/TW của Bộ Chính trị ngày 01/02/2022",
            [("9-NQ/TW", "nghị quyết", "2022-02-01", "Bộ Chính trị")],
        ),
        ("Quyết định số 5/QĐ-SXD (ngày 03/4/2024)", [("5/QĐ-SXD", "quyết định", "2024-04-03", None)]),
        ("theo Quyết định\nsố 5/QĐ-SXD", [("5/QĐ-SXD", "quyết định", None, None)]),
        ("Thông tư số 34/2018/TT-\nBTC", [("34/2018/TT-BTC", "thông tư", None, None)]),
        ("tại Công văn sô _214/CT-TĐ ngày 3/4/2024", [("214/CT-TĐ", "công văn", "2024-04-03", None)]),
        ("theo Quyết định số **5/QĐ-SXD**", [("5/QĐ-SXD", "quyết định", None, None)]),
    ],
)
def test_mentions_with_a_symbol(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Luật Thi đua, khen thưởng năm 2022 quy định", [(None, "luật", "2022", None)]),
        ("theo Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015", [(None, "luật", "2015-06-19", None)]),
        ("Luật Phòng chống tham nhũng và Luật Đất đai", [(None, "luật", None, None), (None, "luật", None, None)]),
        ("Bộ luật Lao động năm 2019", [(None, "bộ luật", "2019", None)]),
        (
            "theo Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XX và kế hoạch",
            [(None, "nghị quyết", None, "Đại hội đại biểu Đảng bộ tỉnh lần thứ XX")],
        ),
        (
            "Quyết định ngày 12/3/2025 của Giám đốc Sở Xây dựng về việc",
            [(None, "quyết định", "2025-03-12", "Giám đốc Sở Xây dựng")],
        ),
    ],
)
def test_mentions_without_a_symbol(text: str, expected: list[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch này có hiệu lực từ ngày ký.",
        "các nghị quyết, chương trình hành động của Tỉnh ủy",
        "pháp luật về thi đua, khen thưởng",
        "Luật này quy định",
        "đơn theo mẫu số 01/QĐ-KNTC ban hành kèm theo",
        "Biểu mẫu số 02/TK-SDĐPNN",
        "đạt QCVN 01:2021/BTNMT",
        "phòng, chống dịch bệnh Covid -19",
        "giai đoạn 2021 - 2025",
        "QUYẾT ĐỊNH\nSố: 15/QĐ-SXD",
        "Số: 15/KH-SXD\n\nBình Sơn, ngày 10 tháng 3 năm 2025",
        "ngày 05/12/2025",
        "tổ 5-KP Hòa Bình",
        "",
    ],
)
def test_what_is_no_mention(text: str) -> None:
    assert rows(text) == []


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("ngày 31/02/2025", PartialDate(2025, 2)),
        ("ngày 12/13/2025", PartialDate(2025)),
        ("ngày   tháng 9 năm 2024", PartialDate(2024, 9)),
        ("ngày … tháng … năm 2024", PartialDate(2024)),
        ("tháng 9/2024", PartialDate(2024, 9)),
        ("năm 2024", PartialDate(2024)),
        ("ngày 2.9.2024", PartialDate(2024, 9, 2)),
    ],
)
def test_dates_are_kept_as_far_as_they_are_given(written: str, date: PartialDate) -> None:
    (reference,) = find_references(f"Quyết định số 7/QĐ-SXD {written} của Sở Xây dựng.", ())
    assert (reference.date, reference.issuer) == (date, "Sở Xây dựng")


def test_the_mention_spans_what_was_read() -> None:
    text = "Thực hiện Kế hoạch số 7/KH-UBND ngày 02/01/2025 của UBND tỉnh về cải cách."
    (reference,) = find_references(text, ())
    assert text[reference.start : reference.end] == "Kế hoạch số 7/KH-UBND ngày 02/01/2025 của UBND tỉnh"


def test_mentions_know_their_section_and_noise_has_none() -> None:
    text = "Kế hoạch 1/KH-SXD.\nQuyết định 2/QĐ-SXD.\nCông văn 3/SXD-VP."
    cut = [0, 19, 40, len(text)]
    kinds = [SectionKind.PARAGRAPH, SectionKind.NOISE, SectionKind.PARAGRAPH]
    sections = [
        Section(place, None, kind, "", str(place), str(place), "", cut[place], cut[place + 1])
        for place, kind in enumerate(kinds)
    ]
    found = find_references(text, sections)
    assert [(reference.symbol, reference.section) for reference in found] == [("1/KH-SXD", 0), ("3/SXD-VP", 2)]


def test_a_document_does_not_cite_itself() -> None:
    header = replace(EMPTY_HEADER, symbol="12/KH-SXD", issuer="Sở Xây dựng Bình Sơn", date=PartialDate(2025, 3, 1))
    text = (
        "Kèm theo Kế hoạch số 12/KH-SXD ngày 01/3/2025 của Sở Xây dựng; Kế hoạch số 12/KH-SXD ngày 02/4/2024; "
        "Kế hoạch số 12/KH-SXD của Sở Xây dựng Tân Lạc; Luật Đất đai."
    )
    found = find_references(text, ())
    assert list(other_documents(found, header)) == list(found[1:])
    assert other_documents(found, EMPTY_HEADER) == found


def test_law_names_for_comparison() -> None:
    assert law_name("Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15/6/2022") == "thi dua khen thuong"
    assert law_name("Luật Thi đua khen thưởng năm 2022") == "thi dua khen thuong"
    assert law_name("Nghị định số 98/2023/NĐ-CP") is None


def test_laws_that_amend_laws_without_end() -> None:
    assert len(find_references("Luật sửa đổi, bổ sung " * 2000, ())) == 1999


_PIECES = st.sampled_from(
    [
        "Nghị quyết số 09- NQ/TW",
        ", ngày 28/01/2022",
        " của Bộ Chính trị",
        "Luật Đất đai",
        " năm 2024",
        "; ",
        " và ",
        "số 3/QĐ-SXD",
        "Kế hoạch này",
        "\n\n",
        " ngày tháng năm 2023",
        "(",
        ")",
        "mẫu số 01/KH",
    ]
)


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_mentions_are_ordered_apart_and_inside_the_text(text: str) -> None:
    found = find_references(text, ())
    spans = [(reference.start, reference.end) for reference in found]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    for reference in found:
        if reference.symbol:
            assert symbol_key(reference.symbol)
        assert (
            reference.date is None or reference.date.month is None or reference.date.day is None or reference.date.whole
        )
