"""Titles that a web page sets above a text without letterhead; titles said twice; a mark broken over two lines."""

from __future__ import annotations

import pytest

from knowledge.document import Header, PartialDate, SectionKind
from knowledge.header import parse_header
from knowledge.marks import says_again
from knowledge.structure import parse_sections
from knowledge.text import normalise

TITLE = "Cách trông coi kho thóc giống của các thôn"
BODY = (
    "Các thôn quét dọn nhà kho trước mùa mưa, lau bụi trên giá đỡ và kê lại thùng gỗ.\n\n"
    "Người coi kho ghi sổ mỗi chiều và giao chìa khóa cho người trực đêm.\n"
)


def header_of(text: str) -> Header:
    text = normalise(text)
    return parse_header(text, parse_sections(text))


def parts(text: str, kind: SectionKind) -> list[str]:
    text = normalise(text)
    return [text[section.start : section.end].strip() for section in parse_sections(text) if section.kind is kind]


class TestTitleOfAPage:
    @pytest.mark.parametrize(
        "top",
        [
            f"# {TITLE}\n",
            f"**{TITLE}**\n",
            f"{TITLE}\n-----",
            f"{TITLE}\n=====\n",
            f"{TITLE}\n\nT6, 27/03/2031 - 11:28\n",
            f"{TITLE}\n\nNgày đăng: 27-3-2031\n",
            f"{TITLE}\n\n{TITLE}\n",
        ],
        ids=["heading", "bold", "ruled", "ruled twice", "dated", "dated with dashes", "said twice"],
    )
    def test_is_the_subject(self, top: str) -> None:
        text = f"{top}\n{BODY}"
        assert header_of(text).subject == TITLE
        assert len(parts(text, SectionKind.TITLE)) == 1
        assert parts(text, SectionKind.PARAGRAPH)[-2:] == BODY.strip().split("\n\n")

    def test_may_be_the_question_that_the_page_answers(self) -> None:
        assert header_of(f"# {TITLE} thế nào?\n\n{BODY}").subject == f"{TITLE} thế nào?"

    def test_may_say_its_kind_and_what_it_is_about(self) -> None:
        header = header_of(f"Chỉ thị về việc trông coi kho thóc giống mùa mưa và những mùa tiếp theo\n{BODY}")
        assert header.kind == "chỉ thị"
        assert header.subject == "về việc trông coi kho thóc giống mùa mưa và những mùa tiếp theo"

    def test_names_no_kind_and_no_number(self) -> None:
        header = header_of(f"# {TITLE}\n\n{BODY}")
        assert (header.kind, header.symbol, header.issuer) == (None, None, None)

    @pytest.mark.parametrize(
        "top",
        [
            f"{TITLE}\n",
            f"{TITLE}\n\nThóc giống nhập kho ngày 27/03/2031 được cân hai lần rồi mới xếp lên giá.\n",
            f"{TITLE}\n\nThóc giống nhập kho hồi tháng 3/2031.\n",
            "# Coi kho thóc giống\n",
            f"# {TITLE}{' và của xã' * 20}\n",
            f"# {TITLE}.\n",
            f"# {TITLE}:\n",
            f"# 1. {TITLE}\n",
            f"# a) {TITLE}\n",
            "# Ủy ban nhân dân xã Lam Sơn\n",
            "Trường trung cấp nghề Lam Giang\n-----",
            "Theo lời các thôn ven sông kể lại\n-----",
            "| Thùng thóc giống của thôn | Ngày cân |\n|---|---|",
        ],
        ids=[
            "nothing marks it",
            "a sentence with a date",
            "a month",
            "too short",
            "too long",
            "closed",
            "leads in",
            "number",
            "letter",
            "body's name as heading",
            "school's name over a rule",
            "lead-in",
            "row of a table",
        ],
    )
    def test_is_nothing_else(self, top: str) -> None:
        text = f"{top}\n{BODY}"
        assert header_of(text).subject is None
        assert parts(text, SectionKind.TITLE) == []

    @pytest.mark.parametrize(
        ("top", "title"),
        [
            ("# Thực hiện phong trào coi kho thóc giống\n", "Thực hiện phong trào coi kho thóc giống"),
            ("THỰC HIỆN PHONG TRÀO COI KHO\n-----", "THỰC HIỆN PHONG TRÀO COI KHO"),
        ],
        ids=["heading", "capitals"],
    )
    def test_may_begin_like_a_lead_in_where_it_is_set_as_a_title(self, top: str, title: str) -> None:
        assert header_of(f"{top}\n{BODY}").subject == title

    def test_is_looked_for_at_the_top_only(self) -> None:
        text = f"{BODY}\n# {TITLE}\n\n{BODY}"
        assert header_of(text).subject is None

    def test_needs_a_text_below(self) -> None:
        assert header_of(f"# {TITLE}\n").subject is None

    @pytest.mark.parametrize("mark", ["Kính gửi: Trưởng các thôn ven sông.", "Số: 12/UBND-KT"])
    def test_is_none_above_a_letter(self, mark: str) -> None:
        assert header_of(f"# {TITLE}\n\n{BODY}").subject == TITLE
        assert header_of(f"# {TITLE}\n\n{mark}\n\n{BODY}").subject is None


class TestSaidAgain:
    @pytest.mark.parametrize(
        "text",
        [
            TITLE,
            TITLE.upper(),
            f"{TITLE} năm 2031",
            "Cach trong coi kho thoc giong cua cac thon",
            "Cách trông coi kho thóc giống của các xã",  # eight words of nine
        ],
    )
    def test_with_all_or_nearly_all_words(self, text: str) -> None:
        assert says_again(text, TITLE)

    @pytest.mark.parametrize(
        "text",
        ["", "Cách trông coi kho thóc của xã", "Hỏi đáp: Cách trông coi kho thóc giống của các thôn", BODY],
        ids=["nothing", "half the words", "other words before", "other words"],
    )
    def test_with_other_words_it_is_not(self, text: str) -> None:
        assert not says_again(text, TITLE)

    def test_few_words_are_too_few(self) -> None:
        assert not says_again("Nội quy nhà kho", "Nội quy nhà kho")
        assert says_again("Nội quy nhà kho thóc", "Nội quy nhà kho thóc")

    @pytest.mark.parametrize(
        ("first", "second"),
        [(f"# {TITLE}", TITLE), (f"# {TITLE}", f"{TITLE} năm 2031"), (TITLE, TITLE.upper()), (TITLE, f"**{TITLE}**")],
        ids=["heading and plain", "with the year", "in capitals", "in bold"],
    )
    def test_gives_one_subject(self, first: str, second: str) -> None:
        text = f"{first}\n\n{second}\n\n{BODY}"
        assert header_of(text).subject == TITLE
        assert parts(text, SectionKind.PARAGRAPH) == BODY.strip().split("\n\n")

    def test_another_line_of_the_title_is_kept(self) -> None:
        assert (
            header_of(f"# {TITLE}\n# năm 2031 và các năm sau\n\n{BODY}").subject == f"{TITLE} năm 2031 và các năm sau"
        )


class TestSpokenTitle:
    TITLE = "Hướng dẫn trông coi kho thóc giống của các thôn"
    LEAD_IN = "Thực hiện Kế hoạch số 3/KH-UBND, Ủy ban nhân dân xã Lam Sơn thông báo cách trông coi như sau."
    STEPS = "1. Quét kho.\n\n2. Khóa kho.\n"

    def test_leaves_the_lead_in_and_its_issuer(self) -> None:
        text = f"{self.TITLE}\n\nCăn cứ Luật Kho;\n\n{self.LEAD_IN}\n\n{self.STEPS}"
        assert parts(text, SectionKind.PREAMBLE) == [f"Căn cứ Luật Kho;\n\n{self.LEAD_IN}"]
        header = header_of(text)
        assert (header.kind, header.subject) == ("hướng dẫn", "trông coi kho thóc giống của các thôn")
        assert header.issuer == "UBND xã Lam Sơn"

    def test_is_no_letter_that_asks_for_something(self) -> None:
        letter = f"Số: 12/UBND-KT\n\nKính gửi: Trưởng các thôn.\n\n{self.LEAD_IN}\n\n{self.STEPS}"
        assert parts(letter, SectionKind.PREAMBLE) == []
        assert parts(f"{self.TITLE}\n\n{self.LEAD_IN}\n\n{self.STEPS}", SectionKind.PREAMBLE) == [self.LEAD_IN]


def resolution(mark: str) -> str:
    """Return a resolution without a number of its own, a regulation attached to it under `mark`."""
    return (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH LAM GIANG\n\nNGHỊ QUYẾT\n\nBan hành Quy chế coi kho\n\nCăn cứ Luật Kho;\n\n"
        "QUYẾT NGHỊ:\n\nĐiều 1. Ban hành Quy chế coi kho.\n\nĐiều 2. Các sở thi hành Nghị quyết này./.\n\n"
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nTrần Văn Bách\n\n"
        f"QUY CHẾ\nCoi kho của tỉnh\n{mark}\n\nĐiều 1. Phạm vi\n\nQuy chế này áp dụng cho các kho.\n"
    )


class TestMarkOverTwoLines:
    @pytest.mark.parametrize(
        "mark",
        [
            "(Kèm theo\nNghị quyết số 15/NQ-HĐND ngày 7/8/2031 của HĐND tỉnh)",
            "(Ban hành kèm theo\nNghị quyết số 15/NQ-HĐND ngày 7/8/2031)",
            "(Kèm theo Nghị quyết\nsố 15/NQ-HĐND ngày 7 tháng 8 năm 2031)",
            "(Kèm theo Nghị quyết số 15/NQ-HĐND\nngày 7/8/2031)",
        ],
        ids=["below the mark", "issued with", "below the kind", "its date below"],
    )
    def test_gives_number_and_date(self, mark: str) -> None:
        header = header_of(resolution(mark))
        assert (header.kind, header.symbol, header.date) == ("nghị quyết", "15/NQ-HĐND", PartialDate(2031, 8, 7))

    @pytest.mark.parametrize(
        "mark",
        ["(Kèm theo\nQuyết định số 15/QĐ-UBND ngày 7/8/2031)", "(Kèm theo\nsơ đồ kho)\nNghị quyết số 15/NQ-HĐND"],
        ids=["another kind", "no mark's line"],
    )
    def test_gives_nothing_of_another(self, mark: str) -> None:
        header = header_of(resolution(mark))
        assert (header.kind, header.symbol, header.date) == ("nghị quyết", None, None)

    def test_works_for_a_decision(self) -> None:
        mark = "(Kèm theo\nQuyết định số 15/QĐ-UBND ngày 7/8/2031)"
        text = resolution(mark).replace("NGHỊ QUYẾT\n", "QUYẾT ĐỊNH\n").replace("QUYẾT NGHỊ:", "QUYẾT ĐỊNH:")
        assert header_of(text).symbol == "15/QĐ-UBND"
