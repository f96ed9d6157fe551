"""Where passages begin and end, what places them, and that no text is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import window
from index.passage import LONGEST, Passage
from index.passages import passage_around, split
from knowledge.document import Document, SectionKind
from knowledge.text import normalise
from tests.index.doubles import document

PLAN = """KẾ HOẠCH

Tổ chức Ngày hội đọc sách năm 2025

Căn cứ Quyết định số 21/QĐ-UBND ngày 05/01/2025 của Ủy ban nhân dân tỉnh Bình Minh về phát triển văn hóa đọc, \
Sở Văn hóa xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH

1. Khơi dậy thói quen đọc sách trong học sinh, sinh viên, công nhân và người cao tuổi ở mọi xã, phường; đưa sách \
giấy và sách điện tử đến những nơi chưa có thư viện, để ai muốn đọc cũng có sách trong tầm tay quanh năm.

2. Tôn vinh người viết.

3. Không phô trương.

II. NỘI DUNG

1. Trưng bày

- Sách thiếu nhi;

- Sách nông nghiệp;

- Bản đồ cổ.

2. Giao lưu với tác giả ở hội trường trung tâm, ở trường trung học và ở nhà văn hóa các xã, mỗi nơi một buổi, có \
người dẫn chương trình, có phần hỏi đáp và có quà nhỏ cho bạn đọc đặt câu hỏi hay nhất của buổi giao lưu hôm đó.

Nơi nhận:

- Như trên;

- Lưu: VT.

GIÁM ĐỐC

Lê Thị Mực"""


def split_text(text: str) -> list[Passage]:
    return split(document(text), 0)


def by_words(passages: list[Passage], words: str) -> Passage:
    found = [passage for passage in passages if words in passage.text]
    assert len(found) == 1, words
    return found[0]


def test_a_passage_is_placed_by_its_document_and_the_headings_above() -> None:
    passage = by_words(split_text(PLAN), "Bản đồ cổ")
    assert passage.context == (
        "Kế hoạch 15/KH-SVH, Sở Văn hóa Bình Minh, Tổ chức Ngày hội đọc sách năm 2025 › II. NỘI DUNG › 1. Trưng bày"
    )


def test_a_heading_goes_with_its_first_content_and_bullets_stay_with_their_lead_in() -> None:
    passage = by_words(split_text(PLAN), "Sách thiếu nhi")
    assert passage.text.startswith("II. NỘI DUNG")
    assert passage.text.endswith("Bản đồ cổ.")
    assert passage.cite == "II.1"


def test_short_numbered_siblings_share_a_passage_and_long_ones_do_not() -> None:
    passages = split_text(PLAN)
    assert "Tôn vinh người viết" in by_words(passages, "Không phô trương").text
    assert "Sách thiếu nhi" not in by_words(passages, "Giao lưu").text


def test_the_frame_is_passages_of_its_own() -> None:
    cites = [passage.cite for passage in split_text(PLAN)]
    assert cites[:2] == ["title", "preamble"]
    assert cites[-2:] == ["recipients", "signature"]


def test_top_level_sections_never_mix() -> None:
    passages = split_text("I. MỤC ĐÍCH\n\nVui.\n\nII. YÊU CẦU\n\nKhỏe.")
    assert [passage.cite.split(",")[0] for passage in passages] == ["I", "II"]


def test_unnumbered_paragraphs_of_a_letter_are_gathered() -> None:
    passages = split_text("Ngày hội mở cửa lúc bảy giờ sáng.\n\nXe đỗ ở sân sau.\n\nTrân trọng mời.")
    assert len(passages) == 1


def test_a_leaked_path_is_in_no_passage_and_none_reaches_across_it() -> None:
    text = PLAN.replace("- Sách nông nghiệp;", "D:\\Hoa\\luu\\ke hoach.doc\n\n- Sách nông nghiệp;")
    analysed = document(text)
    assert any(section.kind is SectionKind.NOISE for section in analysed.sections)
    passages = split(analysed, 0)
    assert not any("D:\\" in passage.text for passage in passages)
    assert_every_character_once(analysed, passages)


def test_a_long_list_is_cut_between_bullets() -> None:
    bullets = "\n\n".join(
        f"- Thư viện xã số {n} mở thêm một kệ sách mới cho trẻ em và người lớn tuổi." for n in range(60)
    )
    passages = split_text(f"I. NỘI DUNG\n\n1. Việc của các xã\n\n{bullets}")
    assert len(passages) > 3
    assert all(passage.text.endswith("tuổi.") for passage in passages)
    assert all(passage.cite == "I.1" and "1. Việc của các xã" in passage.context for passage in passages)


def test_rows_cut_from_a_table_carry_its_first_row_in_their_context() -> None:
    rows = "\n".join(
        f"{n} | Đọc sách cùng con buổi {n} | Thư viện huyện | tháng {n % 12 + 1}/2025" for n in range(1, 60)
    )
    passages = split_text(f"I. PHÂN CÔNG\n\nSTT | Nội dung | Chủ trì | Thời hạn\n{rows}")
    tail = by_words(passages, "buổi 55 ")
    assert tail.context.endswith("STT | Nội dung | Chủ trì | Thời hạn")
    assert all(line.count("|") == 3 for passage in passages[1:] for line in passage.text.splitlines())


@pytest.mark.parametrize("joint", ["; ", ", ", " ", ""])
def test_a_sentence_longer_than_a_passage_is_cut_where_it_hurts_least(joint: str) -> None:
    text = joint.join(["một câu không chịu dừng lại"] * 200)
    passages = split_text(text)
    assert all(len(passage.text) <= LONGEST for passage in passages)
    if joint.strip():
        assert all(passage.text.endswith(joint.strip()) for passage in passages[:-1])
    assert "".join(passage.text for passage in passages).replace(" ", "") == text.replace(" ", "")


def test_ids_stay_when_another_document_takes_the_place() -> None:
    analysed = document(PLAN)
    assert [passage.id for passage in split(analysed, 0)] == [passage.id for passage in split(analysed, 7)]


def assert_every_character_once(analysed: Document, passages: list[Passage]) -> None:
    owners = [0] * len(analysed.text)
    for passage in passages:
        assert passage.text == analysed.text[passage.start : passage.end]
        assert 0 < len(passage.text) <= LONGEST
        assert passage.text == passage.text.strip()
        for offset in range(passage.start, passage.end):
            owners[offset] += 1
    for section in analysed.sections:
        expected = 0 if section.kind is SectionKind.NOISE else 1
        for offset in range(section.start, section.end):
            assert owners[offset] == expected or analysed.text[offset].isspace(), (section, offset)


LINES = st.sampled_from(
    [
        "I. MỤC ĐÍCH", "II. NỘI DUNG", "III. TỔ CHỨC", "1. Trưng bày", "2. Giao lưu", "3. Tổng kết:",
        "a) Sách", "b) Báo",
        "- Bút mực;", "+ Giấy.", "Điều 1. Phạm vi", "Điều 2. Hiệu lực", "Chương I", "Nơi nhận:", "GIÁM ĐỐC",
        "D:\\Hoa\\a.doc",
        "STT | Việc | Hạn", "1 | Mua sách | tháng 3", "Một câu. Hai câu! Ba câu?", "chữ " * 90, "x" * 1500,
        "câu ngắn, " * 150, "Mỗi xã một tủ sách. " * 40, "  ", "KẾ HOẠCH", "Số: 15/KH-SVH",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=30), st.sampled_from(["\n", "\n\n"]))
def test_every_character_is_in_exactly_one_passage_whatever_the_document(lines: list[str], gap: str) -> None:
    analysed = document(gap.join(lines))
    passages = split(analysed, 0)
    assert [passage.start for passage in passages] == sorted(passage.start for passage in passages)
    assert_every_character_once(analysed, passages)


@given(st.lists(LINES, min_size=1, max_size=20), st.data())
def test_a_window_holds_its_quotation_and_stays_short(lines: list[str], data: st.DataObject) -> None:
    analysed = document("\n\n".join(lines))
    if not analysed.text.strip():
        return
    start = data.draw(st.integers(0, len(analysed.text) - 1))
    end = data.draw(st.integers(start + 1, min(len(analysed.text), start + 2000)))
    quote = normalise(analysed.text[start:end]).strip()
    low, high = passage_around(analysed, start, end)
    assert high - low <= LONGEST
    if len(quote) <= LONGEST:
        assert quote in analysed.text[low:high]


@pytest.mark.parametrize("words", ["Mẻ 7.", "Mẻ 444.", "Mẻ 899."])
def test_a_window_in_a_long_paragraph_is_what_all_its_sentences_make(
    words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n".join(f"Mẻ {n}. Gốm TP. Chu Đậu ra lò, ông\nK. Lan xếp {n % 9} vại… vào kho" for n in range(900))
    analysed = document("Gốm ra lò.")
    whole = replace(analysed.sections[0], start=0, end=len(text))
    analysed = replace(analysed, text=text, sections=(whole,))
    start = analysed.text.index(words)
    found = window._sentences_around(analysed, start, start + len(words))
    monkeypatch.setattr(window, "_within_reach", lambda text, start, end, low, high: (low, high))
    assert found == window._sentences_around(analysed, start, start + len(words))
    assert LONGEST / 2 < found[1] - found[0] <= LONGEST


def test_a_window_shows_the_whole_section_of_a_quotation() -> None:
    analysed = document(PLAN)
    start = analysed.text.index("Sách nông nghiệp")
    low, high = passage_around(analysed, start, start + 10)
    assert analysed.text[low:high].startswith("II. NỘI DUNG")
    assert "bạn đọc đặt câu hỏi" in analysed.text[low:high]


def test_a_window_never_shows_a_leaked_path() -> None:
    analysed = document(PLAN.replace("- Bản đồ cổ.", "- Bản đồ cổ.\n\nD:\\Hoa\\luu\\ke hoach.doc\n\n- Tranh in."))
    for words in ("Bản đồ cổ", "Tranh in", "Giao lưu"):
        start = analysed.text.index(words)
        low, high = passage_around(analysed, start, start + len(words))
        assert "D:\\" not in analysed.text[low:high]


def test_the_passages_of_the_seeds_hold_all_their_text(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        analysed = document(path.read_text(encoding="utf-8"), file=path.name)
        passages = split(analysed, 0)
        assert_every_character_once(analysed, passages)
        assert len(passages) > 10
