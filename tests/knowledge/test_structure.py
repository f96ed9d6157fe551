"""The section tree over whole documents of every kind, and the customer's own."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.document import SectionKind
from knowledge.structure import parse_sections
from knowledge.text import normalise
from tests.knowledge.outline import DOCUMENTS, check_invariants, outline, paths

FILES = sorted(DOCUMENTS.glob("*.txt"))
LABELLED = {
    SectionKind.PART,
    SectionKind.CHAPTER,
    SectionKind.ARTICLE,
    SectionKind.CLAUSE,
    SectionKind.POINT,
    SectionKind.HEADING,
}


def labelled(text: str) -> list[str]:
    return [section.path for section in parse_sections(normalise(text)) if section.kind in LABELLED]


def wrapped(text: str, width: int) -> str:
    """Break every line at `width`, as text out of a PDF comes."""
    lines = (textwrap.wrap(line, width, break_on_hyphens=False) or [""] for line in text.split("\n"))
    return "\n".join(piece for pieces in lines for piece in pieces)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_outline_of_every_kind_of_document(file: Path) -> None:
    text = normalise(file.read_text("utf-8"))
    sections = parse_sections(text)
    check_invariants(text, sections)
    assert outline(sections) == file.with_suffix(".outline").read_text("utf-8")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: re.sub(r"\n\s*\n+", "\n", text),
        lambda text: "\n\n".join(line for line in text.split("\n") if line.strip()),
        lambda text: "\n".join(f"    {line}" if line.strip() else line for line in text.split("\n")),
        lambda text: wrapped(text, 88),
    ],
    ids=["no blank lines", "blank line after every line", "indented", "hard-wrapped"],
)
def test_layout_changes_no_label(file: Path, spoil: Callable[[str], str]) -> None:
    text = normalise(file.read_text("utf-8"))
    spoiled = normalise(spoil(text))
    check_invariants(spoiled, parse_sections(spoiled))
    assert labelled(spoiled) == labelled(text)


def test_seeds_keep_the_paths_the_office_cites(seeds: Path) -> None:
    expected = {
        "000": ("I.1 I.4 II.1 II.8 III.1 III.2 III.3", 3),
        "001": ("I.1 I.2 II.1 II.2 II.3 III.4 III.5 III.8 IV.1 IV.3", 4),
        "002": ("I II.1 II.3 II.7 III", 3),
        "003": ("I.1 II.6 II.7 III.1 III.5", 3),
        "004": ("I.1.a I.2.c II.1 III.1.a III.1.b III.2.a III.2.b IV.2 IV.3", 4),
    }
    for file in sorted(seeds.glob("*.txt")):
        text = normalise(file.read_text("utf-8"))
        sections = parse_sections(text)
        check_invariants(text, sections)
        wanted, tops = expected[file.name[:3]]
        assert set(wanted.split()) <= {section.path for section in sections}
        assert sum(section.kind is SectionKind.HEADING and section.parent is None for section in sections) == tops


def test_leaked_path_is_noise_and_nothing_else(seeds: Path) -> None:
    text = normalise(next(seeds.glob("004*")).read_text("utf-8"))
    [noise] = [section for section in parse_sections(text) if "D:\\" in text[section.start : section.end]]
    assert noise.kind is SectionKind.NOISE
    assert "Lưu" not in text[noise.start : noise.end]


@pytest.mark.parametrize(
    "leak",
    ["D:\\Hồ sơ\\KH.docx", "file:///C:/Users/an/kh.doc", "\\\\may-chu\\chung\\kh.doc", "/home/an/van ban/kh.odt"],
)
def test_leaked_paths_anywhere(leak: str) -> None:
    body = f"I. Việc phải làm\n\n1. Dọn kho.\n{leak}\n\n2. Khóa kho./.\n\n"
    text = f"KẾ HOẠCH\n\nDọn kho\n\n{body}Nơi nhận:\n- Kho;\n- Lưu: VT. {leak}\n"
    sections = parse_sections(text)
    check_invariants(text, sections)
    leaky = [section for section in sections if leak.split()[0] in text[section.start : section.end]]
    assert [section.kind for section in leaky] == [SectionKind.NOISE, SectionKind.NOISE]


def test_a_web_address_is_no_leak() -> None:
    text = "I. Hồ sơ\n\n1. Nộp tại https://dichvucong.example.vn/home/nop hoặc tại kho.\n"
    assert all(section.kind is not SectionKind.NOISE for section in parse_sections(text))


class TestCitationsAreNoHeadings:
    @pytest.mark.parametrize(
        "line",
        [
            "Điều 8 của Luật này và các quy định khác.",
            "Điều 3, Điều 4 Nghị định này.",
            "Chương trình mục tiêu quốc gia được thực hiện đến hết năm.",
            "Mục tiêu đến năm 2030 là không còn hộ nghèo.",
            "Phần mềm quản lý văn bản đã được nâng cấp.",
            "I. V. Lênin và C. Mác đã viết về thi đua.",
            "1. 000 đồng mỗi người là mức đóng góp.",
            "12.5 tỷ đồng là tổng kinh phí.",
            "15/11/2025 là hạn cuối cùng.",
            "5. 000.000 đồng là mức chi.",
            "2025 - 2030 là giai đoạn thực hiện.",
            "Phụ lục I kèm theo Kế hoạch này nêu rõ các mốc.",
            "Mẫu số 02 của Nghị định này thay cho mẫu cũ.",
        ],
    )
    def test_at_the_beginning_of_a_paragraph(self, line: str) -> None:
        before = "I. Tình hình\n\n1. Việc thứ nhất đã xong.\n\n2. Việc thứ hai còn dang dở."
        text = f"{before}\n\n{line}\n\nII. Việc tới\n\n1. Làm tiếp.\n"
        assert labelled(text) == ["I", "I.1", "I.2", "II", "II.1"]

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("2. Trừ trường hợp quy định tại khoản", "1 Điều 8 Luật Kho bãi thì được miễn."),
            ("2. Trừ trường hợp quy định tại khoản 1", "Điều 3. của Quy chế này thì được miễn."),
            ("2. Người nộp hồ sơ theo quy định tại điểm", "a) khoản 1 Điều 2 được ưu tiên."),
            ("2. Phấn đấu hoàn thành kế hoạch phát triển kinh tế", "- xã hội của tỉnh trong năm nay."),
            ("2. Chương trình phát triển kho bãi được thực hiện trong giai đoạn 2021", "- 2025 tại mười xã."),
            ("2. Kinh phí mua sắm trang thiết bị cho nhà kho không được vượt quá", "3. 500 đồng một mét vuông."),
        ],
    )
    def test_across_a_line_break(self, before: str, after: str) -> None:
        text = f"Điều 1. Phạm vi\n\n1. Quy chế này nói về kho.\n\n{before}\n{after}\n\n3. Kho mở cửa cả ngày.\n"
        assert paths(text) == ["Điều 1", "Điều 1.1", "Điều 1.2", "Điều 1.3"]

    def test_an_article_quoted_by_an_amending_law(self) -> None:
        text = (
            "Điều 1. Sửa đổi một số điều\n\n1. Sửa đổi Điều 4 như sau:\n\n“Điều 4. Giờ mở cửa\n\n1. Mở từ 7 giờ.\n\n"
            "2. Đóng lúc 17 giờ.”.\n\n2. Bãi bỏ Điều 6.\n\nĐiều 2. Hiệu lực\n\nQuyết định này có hiệu lực từ ngày ký.\n"
        )
        assert labelled(text) == ["Điều 1", "Điều 1.1", "Điều 1.2", "Điều 2"]


class TestNumbering:
    def test_d_and_crossed_d_are_two_points(self) -> None:
        points = "".join(f"{letter}) Điểm {letter};\n" for letter in "abcdđeghiklmn")
        got = labelled(f"Điều 5. Hồ sơ\n1. Gồm:\n{points}2. Nộp một bộ.\n")
        assert got[2:-1] == [f"Điều 5.1.{letter}" for letter in "abcdđeghiklmn"]
        assert got[-1] == "Điều 5.2"

    def test_letters_counted_by_the_computer(self) -> None:
        points = "".join(f"{letter}) Điểm {letter};\n" for letter in "abcdefg")
        assert len(labelled(f"I. Hồ sơ\n1. Gồm:\n{points}")) == 9

    def test_numbers_go_on_across_headings(self) -> None:
        assert labelled("I. Một\n\n1. A.\n\n2. B.\n\nII. Hai\n\n3. C.\n\n4. D.\n") == [
            "I",
            "I.1",
            "I.2",
            "II",
            "II.3",
            "II.4",
        ]

    def test_a_lost_number_does_not_end_the_list(self) -> None:
        assert labelled("I. Một\n\n1. A.\n\n3. C.\n\nIII. Ba\n\n1. D.\n") == ["I", "I.1", "I.3", "III", "III.1"]

    def test_a_list_begun_anew_in_one_place_keeps_paths_unique(self) -> None:
        assert labelled("I. Một\n\n1. A.\n\n2. B.\n\n1. C.\n\n2. D.\n") == ["I", "I.1", "I.2", "I.1 (2)", "I.2 (2)"]

    def test_dotted_numbers(self) -> None:
        lines = [
            "I. Một",
            "1. Việc",
            "1.1. Nhỏ",
            "1.1.1. Nhỏ hơn.",
            "1.1.2 Nhỏ nữa.",
            "1.2. Vừa",
            "2. Khác",
            "2.1. Cuối.",
        ]
        text = "\n\n".join(lines)
        assert labelled(text) == ["I", "I.1", "I.1.1", "I.1.1.1", "I.1.1.2", "I.1.2", "I.2", "I.2.1"]

    def test_signs_of_recognition(self) -> None:
        text = "I. MỤC ĐÍCH\n\nCho tốt.\n\nIl. NỘI DUNG\n\nLàm việc.\n\n111. KINH PHÍ\n\nKhông có.\n"
        assert labelled(text) == ["I", "II", "III"]

    @pytest.mark.parametrize("sign", ["I -", "I/", "I.", "I)", "I:"])
    def test_signs_after_a_roman_number(self, sign: str) -> None:
        assert labelled(f"{sign} Một\n\nLời.\n\nI{sign} Hai\n\nLời.\n") == ["I", "II"]

    def test_parts_chapters_and_articles(self) -> None:
        text = (
            "PHẦN THỨ NHẤT\nCHUNG\n\nChương I\nMỞ ĐẦU\n\nĐiều 1. Tên\n\nTên là kho.\n\n"
            "Phần thứ hai. RIÊNG\n\nChương II\nKẾT\n\nMục 1\nHIỆU LỰC\n\nĐiều 2. Ngày\n\nTừ ngày ký.\n"
        )
        sections = parse_sections(text)
        assert [(s.path, s.heading) for s in sections if s.kind is not SectionKind.PARAGRAPH] == [
            ("Phần thứ nhất", "CHUNG"),
            ("Phần thứ nhất, Chương I", "MỞ ĐẦU"),
            ("Điều 1", "Tên"),
            ("Phần thứ hai", "RIÊNG"),
            ("Phần thứ hai, Chương II", "KẾT"),
            ("Phần thứ hai, Chương II, Mục 1", "HIỆU LỰC"),
            ("Điều 2", "Ngày"),
        ]

    def test_stars_hold_dashes_and_dashes_hold_pluses(self) -> None:
        text = "1. Kết quả\n\n* Việc nhà:\n- Quét sân;\n+ Sân trước;\n+ Sân sau.\n- Rửa bát.\n* Việc đồng:\n- Cấy.\n"
        assert paths(text)[1:] == [
            "1, gạch đầu dòng 1",
            "1, gạch đầu dòng 1.1",
            "1, gạch đầu dòng 1.1.1",
            "1, gạch đầu dòng 1.1.2",
            "1, gạch đầu dòng 1.2",
            "1, gạch đầu dòng 2",
            "1, gạch đầu dòng 2.1",
        ]


class TestHeadings:
    @pytest.mark.parametrize(
        ("line", "heading"),
        [
            ("1. Mục đích", "Mục đích"),
            ("1. Mục đích, yêu cầu:", "Mục đích, yêu cầu"),
            ("**1. Mục đích**", "Mục đích"),
            ("## 1. Mục đích", "Mục đích"),
            ("1. Nâng cao chất lượng. Công tác khen thưởng phải kịp thời.", ""),
            ("1. Các đơn vị làm những việc sau:", ""),
            ("1. Quét sân hằng ngày.", ""),
        ],
    )
    def test_only_what_stands_alone(self, line: str, heading: str) -> None:
        assert parse_sections(f"{line}\n\nLời tiếp theo.\n")[0].heading == heading

    def test_a_heading_over_two_lines(self) -> None:
        [section, *_] = parse_sections("II. ĐỐI TƯỢNG, THỜI GIAN,\nHÌNH THỨC KHEN THƯỞNG\n\n1. Đối tượng\n")
        assert section.heading == "ĐỐI TƯỢNG, THỜI GIAN, HÌNH THỨC KHEN THƯỞNG"


class TestRunningText:
    def test_a_paragraph_belongs_to_the_item_above(self) -> None:
        text = "III. Việc\n\n1. Thi đua làm tốt.\n\nPhát hiện gương tốt.\n\n2. Khen thưởng kịp thời.\n"
        assert paths(text) == ["III", "III.1", "III.1, đoạn 2", "III.2"]

    def test_closing_words_belong_to_the_top(self) -> None:
        items = "1. Văn phòng theo dõi.\n\na) Hằng tuần;\n\nb) Hằng tháng."
        text = f"IV. Tổ chức\n\n{items}\n\nTrên đây là Kế hoạch dọn kho./.\n"
        sections = parse_sections(text)
        assert (sections[-1].path, sections[-1].cite) == ("IV, đoạn 1", "IV")

    def test_words_after_the_last_point_belong_to_the_clause(self) -> None:
        text = "Điều 2. Hồ sơ\n1. Hồ sơ gồm:\na) Đơn;\nb) Ảnh.\nGiấy tờ nộp một bản.\n2. Nộp tại kho.\n"
        assert "Điều 2.1, đoạn 2" in paths(text)

    def test_body_without_numbers_can_be_cited(self) -> None:
        text = "Kính gửi: Các phòng\n\nSở đề nghị các phòng dọn kho.\n\nBáo cáo trước ngày 20/6/2025.\n"
        assert paths(text) == ["recipients", "đoạn 1", "đoạn 2"]

    def test_tables_stay_whole(self) -> None:
        text = "II. Việc\n\nSTT | Việc | Hạn\n1 | Dọn kho | 15/6\n2 | Khóa kho | 20/6\n\nIII. Tiền\n\nKhông có.\n"
        sections = parse_sections(text)
        assert [section.path for section in sections] == ["II", "II, bảng 1", "III", "III, đoạn 1"]
        assert sections[1].kind is SectionKind.TABLE

    def test_nothing_and_blank_text(self) -> None:
        assert parse_sections("") == ()
        assert [section.kind for section in parse_sections(" \n\n")] == [SectionKind.NOISE]


class TestFoot:
    FEET = (
        "Nơi nhận:\n- Kho;\n- Lưu: VT.\n\nGIÁM ĐỐC\n\nLý Thị Bưởi\n",
        "GIÁM ĐỐC\n\nLý Thị Bưởi\n\nNơi nhận:\n- Kho;\n- Lưu: VT.\n",
        "Noi nhận:\n- Kho;\n- Lưu: VT.\nGIÁM ĐỐC\nLý Thị Bưởi\n",
        "GIÁM ĐỐC\nNơi nhân (VBĐT):\n- Kho;\n- Lưu: VT.\nLý Thị Bưởi\n",
        "Nơi nhận: GIÁM ĐỐC\n- Kho;\n- Lưu: VT.\n\nLý Thị Bưởi\n",
        "Nơi nhận: KT. GIÁM ĐỐC\n- Kho; PHÓ GIÁM ĐỐC\n- Lưu: VT, VP.\nLý Thị Bưởi\n",
        "Nơi nhận: | KT. GIÁM ĐỐC\n- Kho; | PHÓ GIÁM ĐỐC\n- Lưu: VT. | Lý Thị Bưởi\n",
        "| Nơi nhận:<br>- Kho;<br>- Lưu: VT. | GIÁM ĐỐC<br><br>Lý Thị Bưởi |\n",
        "Nơi nhận: Kho; Lưu VT.\nGIÁM ĐỐC\nLý Thị Bưởi\n",
    )

    @pytest.mark.parametrize("foot", FEET)
    def test_in_every_order(self, foot: str) -> None:
        text = f"I. Việc\n\n1. Dọn kho.\n\n2. Khóa kho./.\n\n{foot}"
        sections = parse_sections(text)
        check_invariants(text, sections)
        by_kind: dict[SectionKind, str] = {}
        for section in sections:
            by_kind[section.kind] = by_kind.get(section.kind, "") + text[section.start : section.end]
        assert "Kho" in by_kind[SectionKind.RECIPIENTS] and "Lưu" in by_kind[SectionKind.RECIPIENTS]
        signature = by_kind[SectionKind.SIGNATURE]
        assert "GIÁM ĐỐC" in signature and "Lý Thị Bưởi" in signature
        assert "Kho" not in signature and "Bưởi" not in by_kind[SectionKind.RECIPIENTS]

    def test_initials_are_noise(self) -> None:
        text = "I. Việc\n\n1. Dọn kho./.*Bưởi*\n\nNơi nhận:\n- Kho;\n- Lưu: VT.\n(Bưởi - TH)\n\nLý Thị Bưởi\n"
        kinds = [section.kind for section in parse_sections(text)]
        assert kinds[2:] == [SectionKind.NOISE, SectionKind.RECIPIENTS, SectionKind.NOISE, SectionKind.SIGNATURE]

    def test_place_to_receive_files_is_no_foot(self) -> None:
        text = "I. Hồ sơ\n\n1. Nơi nhận:\n\nBộ phận một cửa.\n\n2. Lệ phí: không.\n\nII. Hạn\n\nMười ngày.\n"
        assert labelled(text) == ["I", "I.1", "I.2", "II"]
