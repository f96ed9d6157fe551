from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.layout import drop_loose_numbers, furniture, unwrap
from knowledge.text import normalise


def body(page: int) -> list[str]:
    return [f"Dòng {word} của trang {'abcdef'[page]}." for word in "một hai ba bốn năm sáu bảy tám".split()]


BODIES = [body(page) for page in range(4)]


def kept(pages: list[list[str]]) -> list[list[str]]:
    dropped = furniture(pages)
    return [[line for at, line in enumerate(page) if at not in dropped[number]] for number, page in enumerate(pages)]


def test_page_numbers_at_either_edge_go() -> None:
    a, b, c, _ = BODIES
    assert kept([a, ["2", *b], ["3", *c]]) == [a, b, c]
    assert kept([[*a, "- 1 -"], [*b, "", "- 2 -"]]) == [a, [*b, ""]]
    assert kept([[*a, "Trang 1/3"], [*b, "Trang 2/3"], [*c, "Trang 3/3"]]) == [a, b, c]


def test_numbers_that_do_not_count_the_pages_stay() -> None:
    pages = [[*page, number] for page, number in zip(BODIES, ["2026", "45", "7", "45"], strict=True)]
    assert kept(pages) == pages


def test_running_headers_and_footers_go_with_their_numbers() -> None:
    pages = [["Sở Nội vụ tỉnh Lam Sơn", *page, f"Quy chế, trang {number}"] for number, page in enumerate(BODIES, 1)]
    assert kept(pages) == BODIES


def test_a_header_on_the_later_pages_only() -> None:
    assert kept([BODIES[0], *(["Kế hoạch số 12", *page] for page in BODIES[1:])]) == BODIES


def test_headings_that_look_alike_are_no_furniture() -> None:
    pages = [[f"Phụ lục {number}", *page] for number, page in enumerate(BODIES, 1)]
    assert kept(pages) == pages


def test_the_letterhead_stays_where_later_pages_repeat_it() -> None:
    pages = [["SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *BODIES[0]]]
    pages += [["SỞ NỘI VỤ", *page] for page in BODIES[1:]]
    assert kept(pages) == [pages[0], *BODIES[1:]]


def test_a_line_of_the_text_that_stands_on_every_page_stays() -> None:
    pages = [[page[0], "Tổng số: 10", *page[1:]] for page in BODIES]
    assert kept(pages) == pages


@given(st.lists(st.lists(st.text(alphabet="ab 1-\n", max_size=6), max_size=8), max_size=6))
def test_furniture_stands_at_the_edges_of_pages(pages: list[list[str]]) -> None:
    dropped = furniture(pages)
    assert len(dropped) == len(pages)
    for page, rows in zip(pages, dropped, strict=True):
        filled = [at for at, line in enumerate(page) if line.strip()]
        assert rows <= {*filled[:3], *filled[-3:]}


def test_loose_page_numbers_in_plain_text_go() -> None:
    page = ["Nội dung của kế hoạch năm nay gồm nhiều việc. " * 20]
    assert drop_loose_numbers([*page, "1", *page, "- 2 -", *page, "3"]) == page * 3
    assert drop_loose_numbers([*page, "2", *page, "3", *page]) == page * 3


def test_a_column_of_numbers_in_plain_text_stays() -> None:
    table = ["STT", "Nội dung", "1", "Họp", "2", "Tổng kết", "3", "Báo cáo"]
    assert drop_loose_numbers(table) == table


WRAPPED = """    Thực hiện kế hoạch của Ban Thường vụ Tỉnh ủy về phong trào thi đua yêu
nước, Sở Nội vụ xây dựng kế hoạch thực hiện. Các phòng chủ động đăng ký nội
dung thi đua theo quy định của Luật Thi đua, khen thưởng.
I. MỤC ĐÍCH
1. Nâng cao nhận thức của cán bộ, công chức, viên chức về công tác thi đua
khen thưởng và trách nhiệm của người đứng đầu.
2. Gắn phong trào với nhiệm vụ chính trị của từng cơ quan, đơn vị trong cả
năm 2026 và những năm tiếp theo.
- Lưu: VT.
""".split("\n")


def test_hard_wrapped_lines_come_together() -> None:
    assert [line.strip() for line in unwrap(WRAPPED).split("\n")] == [
        "Thực hiện kế hoạch của Ban Thường vụ Tỉnh ủy về phong trào thi đua yêu nước, Sở Nội vụ xây dựng kế hoạch"
        " thực hiện. Các phòng chủ động đăng ký nội dung thi đua theo quy định của Luật Thi đua, khen thưởng.",
        "I. MỤC ĐÍCH",
        "1. Nâng cao nhận thức của cán bộ, công chức, viên chức về công tác thi đua khen thưởng và trách nhiệm của"
        " người đứng đầu.",
        "2. Gắn phong trào với nhiệm vụ chính trị của từng cơ quan, đơn vị trong cả năm 2026 và những năm tiếp theo.",
        "- Lưu: VT.",
        "",
    ]


def test_lines_that_are_paragraphs_stay() -> None:
    lines = [
        "I. MỤC ĐÍCH",
        "1. Nâng cao nhận thức của cán bộ, công chức, viên chức về công tác thi đua khen thưởng và trách nhiệm của"
        " người đứng đầu các phòng, đơn vị thuộc Sở trong việc tổ chức phong trào.",
        "2. Gắn phong trào với nhiệm vụ chính trị của từng cơ quan.",
        "Các phòng chủ động đăng ký.",
        "Nơi nhận:",
        "- Như trên;",
    ]
    assert unwrap(lines) == "\n".join(lines)


@given(st.lists(st.one_of(st.text(max_size=90), st.sampled_from(WRAPPED)), max_size=30))
def test_unwrapping_changes_white_space_only(lines: list[str]) -> None:
    lines = [line.replace("\n", " ") for line in map(normalise, lines)]
    assert "".join(unwrap(lines).split()) == "".join("".join(lines).split())
