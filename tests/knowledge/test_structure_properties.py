"""What holds for the sections of any text, and of any well-formed plan."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.document import Document, Header, Section, SectionKind
from knowledge.numbering import to_roman
from knowledge.structure import parse_sections
from knowledge.text import normalise
from tests.knowledge.outline import check_invariants, outline

PIECES = st.sampled_from(
    """
KẾ HOẠCH
QUYẾT ĐỊNH:
I. MỤC ĐÍCH
II. NỘI DUNG
1. Quét sân
2. Rửa bát.
1.1. Nhỏ
a) Một;
b) Hai.
đ) Năm
- Gạch
+ Cộng
* Sao
Điều 1. Tên
Điều 2. Hiệu lực
Chương I
QUY ĐỊNH CHUNG
Mục 1
Phần thứ nhất
Phụ lục I
PHỤ LỤC
Mẫu số 01
QUY CHẾ
(Kèm theo Quyết định số 1/QĐ-X)
Nơi nhận:
- Lưu: VT.
GIÁM ĐỐC
Lý Thị Bưởi
(đã ký)
Kính gửi: Các phòng
V/v dọn kho
Số: 12/KH-X
Số: /KH-X
Lam Sơn, ngày 05 tháng 01 năm 2026
Căn cứ Luật Kho;
Trên đây là Kế hoạch./.
D:\\Tài liệu\\a.doc
STT | Việc | Hạn
1 | Dọn | 15/6
Nơi nhận: | GIÁM ĐỐC
“Điều 9. Trích
1. Trích.”.
theo quy định tại khoản
Trong quá trình thực hiện, nếu có gì
**
#
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
UBND TỈNH LAM SƠN
./. /b
-----
Ký bởi: Sở
việc nhà.
Sở đề nghị các phòng dọn kho.
""".strip().split("\n")
)
SOUPS = st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", " ", "\n\n\n"])), max_size=60).map(
    lambda pieces: "".join(text + gap for text, gap in pieces)
)


@given(SOUPS)
@settings(max_examples=300, deadline=None)
def test_any_mixture_of_lines_is_partitioned(text: str) -> None:
    text = normalise(text)
    sections = parse_sections(text)
    check_invariants(text, sections)
    assert outline(parse_sections(text)) == outline(sections)


@given(st.text(max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_partitioned(text: str) -> None:
    text = normalise(text)
    check_invariants(text, parse_sections(text))


@given(SOUPS)
@settings(max_examples=100, deadline=None)
def test_subtrees_and_offsets_agree_with_the_sections(text: str) -> None:
    text = normalise(text)
    sections = parse_sections(text)
    header = Header(None, None, None, None, False, None, None, None, None, None, (), False)
    document = Document("x", "0", text, header, sections, (), (), None, ())
    for section in sections:
        assert document.section_at(section.start) is section
        assert document.section_at(section.end - 1) is section
        # What a subtree shows is under its section and never noise.
        span = document.subtree(section.index)
        shown = [other for other in sections if span.start <= other.start < span.end]
        assert shown[0] is section
        assert all(section.index in ancestors(sections, other.index) for other in shown[1:])
        assert all(other.kind is not SectionKind.NOISE for other in shown[1:])


def ancestors(sections: Sequence[Section], index: int) -> set[int]:
    found = set()
    at = sections[index].parent
    while at is not None:
        found.add(at)
        at = sections[at].parent
    return found


WORDS = st.sampled_from(
    "Quét dọn sân kho|Kiểm kê hàng hóa|Sửa chữa mái nhà|Tập huấn phòng cháy|Mua sắm dụng cụ|Trồng cây quanh kho".split(
        "|"
    )
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A plan with headings I → 1 → a → dash and the paths its items must get."""
    lines: list[str] = []
    expected: list[str] = []
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    for top in range(1, draw(st.integers(1, 6)) + 1):
        roman = to_roman(top)
        lines.append(f"{roman}. {draw(WORDS).upper()}")
        expected.append(roman)
        for number in range(1, draw(st.integers(0, 12)) + 1):
            letters = "abcdđeghiklm"[: draw(st.integers(0, 12))] if draw(st.booleans()) else ""
            lines.append(f"{number}. {draw(WORDS)}{':' if letters else '.'}")
            expected.append(f"{roman}.{number}")
            for letter in letters:
                lines.append(f"{letter}) {draw(WORDS)};")
                expected.append(f"{roman}.{number}.{letter}")
            for dash in range(1, draw(st.integers(0, 3)) + 1):
                lines.append(f"- {draw(WORDS)}.")
                last = f"{roman}.{number}.{letters[-1]}" if letters else f"{roman}.{number}"
                expected.append(f"{last}, gạch đầu dòng {dash}")
    return gap.join(lines), expected


@given(plans())
@settings(max_examples=100, deadline=None)
def test_a_well_formed_plan_gets_exactly_its_paths(plan: tuple[str, list[str]]) -> None:
    text, expected = plan
    text = normalise(text)
    sections = parse_sections(text)
    check_invariants(text, sections)
    assert [section.path for section in sections] == expected


@given(st.integers(1, 140), st.data())
@settings(max_examples=40, deadline=None)
def test_a_law_gets_exactly_its_articles(articles: int, data: st.DataObject) -> None:
    lines = []
    for number in range(1, articles + 1):
        lines.append(f"Điều {number}. {data.draw(WORDS)}")
        lines += [f"{clause}. {data.draw(WORDS)} theo Điều {number + 1} của Luật này." for clause in (1, 2)]
    text = normalise("\n".join(lines))
    found = [section.path for section in parse_sections(text) if section.kind is SectionKind.ARTICLE]
    assert found == [f"Điều {number}" for number in range(1, articles + 1)]
