"""Pages found again in the whole text, by their words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Finding, FindingKind, Span
from knowledge.pages import DoubtfulPage, doubtful_pages, find_pages

FIRST = "Giám đốc Sở thông báo lịch trồng cây của các đơn vị trong tháng tư"
SECOND = "như sau: Phòng Hạ tầng trồng một trăm cây tại khu nhà ở phía nam sông"
THIRD = "Trung tâm Cây xanh cung cấp cây giống và hướng dẫn kỹ thuật cho mọi đơn vị"


def test_pages_are_found_where_stitching_put_their_words() -> None:
    text = f"{FIRST} {SECOND}\n\n{THIRD}"  # the sentence goes on over the page's end
    spans = find_pages(text, [f"{FIRST}\n", f"2\n{SECOND}", None, THIRD.upper()])
    assert [None if span is None else text[span.start : span.end] for span in spans] == [FIRST, SECOND, None, THIRD]


def test_a_place_ends_where_its_lines_end() -> None:
    text = f"{FIRST}\n\nII. {SECOND}.\n\n{THIRD}"
    (span,) = find_pages(text, [SECOND])
    assert span is not None and text[span.start : span.end] == f"II. {SECOND}."


def test_letters_that_fold_to_more_than_one_do_not_shift_places() -> None:
    text = f"İİ ẞẞ ﬁ\n\n{FIRST}"
    (span,) = find_pages(text, [FIRST])
    assert span is not None and text[span.start : span.end] == FIRST


def test_a_page_of_which_nothing_is_found_has_no_place() -> None:
    assert find_pages(FIRST, ["chữ không ai đọc được trên tờ này", "", "hai chữ"]) == (None, None, None)
    assert find_pages("", [FIRST]) == (None,)


@given(st.lists(st.text("ab \n.", max_size=40), max_size=6))
def test_places_are_within_the_text(pages: list[str]) -> None:
    text = " ".join(pages)
    for span in find_pages(text, pages):
        assert span is None or 0 <= span.start < span.end <= len(text)


def test_findings_of_older_programs_name_several_pages_at_once() -> None:
    old = Finding(FindingKind.LOW_CONFIDENCE, "Trang 2, 14: chữ nhận dạng không chắc chắn.", None, None)
    new = Finding(FindingKind.LOW_CONFIDENCE, "Trang 5: chữ nhận dạng không chắc chắn.", None, None, 3, 9)
    other = Finding(FindingKind.DRAFT, "Trang 7: chưa có số.", None, None)
    assert doubtful_pages([old, other, new]) == (
        DoubtfulPage(2, None),
        DoubtfulPage(5, Span(3, 9)),
        DoubtfulPage(14, None),
    )
