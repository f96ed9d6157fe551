"""What citing a document does to it, and which document is meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.document import Document, Header, PartialDate, SectionKind
from knowledge.relations import Resolver, Role, graph, roles
from tests.knowledge.conftest import EMPTY_HEADER, WHOLE_HEADER, make_document


def roles_in(text: str, kind: SectionKind = SectionKind.PARAGRAPH) -> list[Role]:
    document = make_document(text)
    sections = tuple(replace(section, kind=kind) for section in document.sections)
    return list(roles(replace(document, sections=sections)))


R, A, M, B = Role.REPLACES, Role.AMENDS, Role.MENTION, Role.BASIS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định này thay thế Quyết định số 5/QĐ-SXD ngày 03/4/2020 của Giám đốc Sở.", [R]),
        ("Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 5/QĐ-SXD.", [R]),
        ("Bãi bỏ Quyết định số 5/QĐ-SXD và Quyết định số 6/QĐ-SXD.", [R, R]),
        ("Bãi bỏ toàn bộ các Quyết định số 5/QĐ-SXD, số 6/QĐ-SXD.", [R, R]),
        ("Thay thế Thông tư số 5/2020/TT-BXD ban hành Quy chế họp; Thông tư số 6/2021/TT-BXD.", [R, R]),
        ("Nghị định số 5/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", [R]),
        (
            "Nghị định số 5/2020/NĐ-CP và Nghị định số 6/2021/NĐ-CP hết hiệu lực từ ngày Nghị định này có hiệu lực.",
            [R, R],
        ),
        ("Sửa đổi, bổ sung một số điều của Quyết định số 5/QĐ-SXD như sau:", [A]),
        ("Sửa đổi khoản 2 Điều 3 Quyết định số 5/QĐ-SXD.", [A]),
        ("Bãi bỏ Điều 4, Điều 5 của Quyết định số 5/QĐ-SXD.", [A]),
        ("Quyết định này sửa đổi, bổ sung Quy chế ban hành kèm theo Quyết định số 5/QĐ-SXD.", [A]),
        ("Nghị định số 5/2020/NĐ-CP đã được sửa đổi, bổ sung bởi Nghị định số 6/2021/NĐ-CP.", [M, M]),
        ("Quyết định số 5/QĐ-SXD đã được thay thế bằng Quyết định số 6/QĐ-SXD.", [M, M]),
        ("Thông tư số 9/2022/TT-BXD thay thế Thông tư số 5/2020/TT-BXD.", [M, M]),
        ("Thực hiện theo Quyết định số 5/QĐ-SXD cho đến khi Quyết định này hết hiệu lực.", [M]),
        ("Rà soát để sửa đổi, bổ sung các quy định theo Nghị quyết số 5/NQ-CP.", [M]),
        ("Triển khai Nghị quyết số 5/NQ-CP.", [M]),
    ],
)
def test_roles_by_the_sentence(text: str, expected: list[Role]) -> None:
    assert roles_in(text) == expected


def test_the_preamble_gives_legal_bases() -> None:
    text = "Căn cứ Luật Đất đai năm 2024;\nThực hiện Kế hoạch số 5/KH-UBND và Kế hoạch số 6/KH-UBND."
    assert roles_in(text, SectionKind.PREAMBLE) == [B, B, B]


def test_the_title_tells_what_is_amended() -> None:
    text = "Quyết định\n\nVề việc sửa đổi, bổ sung một số điều của Quy chế kèm theo Quyết định số 5/QĐ-SXD"
    assert roles_in(text, SectionKind.TITLE) == [A]


def test_points_under_an_expiring_list() -> None:
    text = "2. Các văn bản sau đây hết hiệu lực:\n\na) Quyết định số 5/QĐ-SXD;\n\nb) Quyết định số 6/QĐ-SXD."
    document = make_document(text)
    parts = [replace(section, parent=0 if section.index else None) for section in document.sections]
    assert roles(replace(document, sections=tuple(parts))) == (R, R)


def _law(subject: str, symbol: str, year: int) -> Document:
    header = replace(EMPTY_HEADER, kind="luật", symbol=symbol, subject=subject, date=PartialDate(year, 6, 15))
    return make_document("Điều 1. Phạm vi.", file=f"{year}.txt", header=header)


def _plan(symbol: str, issuer: str, date: PartialDate, province: str | None = None) -> Header:
    return replace(WHOLE_HEADER, symbol=symbol, issuer=issuer, date=date, province=province)


def resolve(text: str, *others: Document, header: Header = WHOLE_HEADER) -> int | None:
    citing = make_document(text, header=header)
    resolver = Resolver([citing, *others])
    return resolver.resolve(citing.references[0], 0)


def test_a_symbol_is_found_in_any_spelling() -> None:
    cited = make_document("Nội dung.", header=_plan("09/KH-UBND", "UBND tỉnh Bình Sơn", PartialDate(2025, 1, 2)))
    assert resolve("Theo Kế hoạch số 9/KH-UBND của UBND tỉnh.", cited) == 1
    assert resolve("Theo Kế hoạch số 9/KH-UBND ngày 05/01/2025.", cited) == 1  # another day: a slip, still this one


def test_the_same_number_of_another_year_or_province_is_not_meant() -> None:
    cited = make_document(
        "Nội dung.", header=_plan("9/KH-UBND", "UBND tỉnh Bình Sơn", PartialDate(2025, 1, 2), "Bình Sơn")
    )
    assert resolve("Theo Kế hoạch số 9/KH-UBND ngày 03/02/2024.", cited) is None
    assert resolve("Theo Kế hoạch số 9/KH-UBND của UBND tỉnh Tân Lạc.", cited) is None
    neighbour = replace(WHOLE_HEADER, province="Tân Lạc")
    assert resolve("Theo Kế hoạch số 9/KH-UBND.", cited, header=neighbour) is None
    assert resolve("Theo Kế hoạch số 9/KH-UBND của UBND tỉnh Bình Sơn.", cited, header=neighbour) == 1


def test_of_several_the_one_of_that_day_or_the_latest_is_meant() -> None:
    old = make_document("Một.", header=_plan("9/KH-UBND", "UBND tỉnh", PartialDate(2023, 1, 2)))
    new = make_document("Hai.", header=_plan("9/KH-UBND", "UBND tỉnh", PartialDate(2024, 1, 2)))
    assert resolve("Theo Kế hoạch số 9/KH-UBND.", new, old) == 1
    assert resolve("Theo Kế hoạch số 9/KH-UBND ngày 02/01/2023.", new, old) == 2


def test_a_law_is_found_by_its_name_and_year() -> None:
    old, new = _law("Thi đua, khen thưởng", "15/2003/QH11", 2003), _law("Thi đua, khen thưởng", "06/2022/QH15", 2022)
    assert resolve("Theo Luật Thi đua, Khen thưởng năm 2003.", old, new) == 1
    assert resolve("Theo Luật Thi đua khen thưởng.", old, new) == 2
    assert resolve("Theo Luật Đất đai.", old, new) is None


def test_the_graph_has_no_loops_and_keeps_the_reading_order() -> None:
    first = make_document("Kế hoạch số 15/KH-SXD tự nhắc mình. Thay thế Kế hoạch số 7/KH-SXD.")
    second = make_document("Nội dung.", header=_plan("7/KH-SXD", "Sở Xây dựng Bình Sơn", PartialDate(2025, 1, 2)))
    (edge,) = graph([first, second])
    assert (edge.citing, edge.cited, edge.role, edge.reference.symbol) == (0, 1, Role.REPLACES, "7/KH-SXD")
