from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.stitching import stitch
from knowledge.text import normalise

LEAD = "1. Các phòng chuyên môn rà soát toàn bộ hồ sơ đề nghị khen thưởng trong năm"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (LEAD + " và lập danh sách những tập", "thể có thành tích nổi bật."),
        (LEAD + ",", "điều kiện và tiêu chuẩn xét chọn."),
        (LEAD + ";", "gửi về Văn phòng Sở để tổng hợp."),
        (LEAD + " theo chỉ đạo của", "Ban Chấp hành Đảng bộ."),
        (LEAD + " và chuẩn bị mọi điều kiện để phục vụ thật tốt cho Đại hội", "Đảng bộ Sở khóa mới."),
        (LEAD + " theo Nghị quyết số 07-", "NQ/TW của Bộ Chính trị."),
        (LEAD + " theo quy định tại", "Điều 8 Luật Thi đua, khen thưởng."),
        (LEAD + " thuộc kế hoạch 5 năm giai đoạn 2026", "- 2030 của tỉnh."),
        (LEAD + " (bao gồm cả", "Trung tâm Lưu trữ)."),
        (LEAD + " của năm", "2026 theo hướng dẫn."),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n \n"])
def test_a_broken_sentence_is_joined_with_one_space(before: str, after: str, gap: str) -> None:
    assert stitch(before + gap + after) == f"{before} {after}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("1. Mục đích", "Năm 2026 là năm bản lề của kế hoạch 5 năm."),
        ("II. NHIỆM VỤ", "các đơn vị thực hiện tốt những việc sau."),
        ("I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích"),
        (LEAD + " và lập danh sách", "2. Yêu cầu"),
        (LEAD + " và lập danh sách", "a) Đối với tập thể"),
        (LEAD + " và lập danh sách", "đ) Đối với cá nhân"),
        ("- Các phòng, đơn vị trực thuộc rà soát hồ sơ của mình;", "- gửi kết quả về Văn phòng."),
        ("- Các phòng, đơn vị trực thuộc rà soát hồ sơ của mình;", "gửi kết quả về Văn phòng."),
        ("a) Các phòng, đơn vị trực thuộc rà soát hồ sơ của mình;", "gửi kết quả về Văn phòng."),
        (LEAD + ".", "Văn phòng tổng hợp."),
        (LEAD + " và những năm tiếp theo", "Hiện nay các phòng còn chậm."),
        (LEAD + " gồm:", "các phòng, các đơn vị."),
        (LEAD, "Điều 8. Trách nhiệm của Văn phòng"),
        (LEAD, "Chương II"),
        ("Điều 4. Trách nhiệm của Chánh Văn phòng Sở và các Trưởng phòng", "Chánh Văn phòng đôn đốc các phòng."),
        ("STT | Nội dung công việc cần làm trong năm của các đơn vị | Hạn", "1 | rà soát hồ sơ | 30/6"),
        ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", "Căn cứ Nghị định của Chính phủ;"),
        ("Theo đề nghị của Trưởng phòng Thi đua - Khen thưởng thuộc Sở", "QUYẾT ĐỊNH:"),
        ("các phòng chuyên môn thuộc Sở Nội vụ trong toàn tỉnh;", "các đơn vị sự nghiệp công lập;"),
    ],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_what_stands_apart_stays_apart(before: str, after: str, gap: str) -> None:
    assert stitch(before + gap + after) == before + gap + after


@pytest.mark.parametrize("line", ["______________", "***", "* _"])
def test_a_line_of_stars_in_a_title_has_no_last_word(line: str) -> None:
    """A whole document was refused for one."""
    text = f"QUYẾT ĐỊNH\nvề bến đò\n{line}\nBỘ TRƯỞNG BỘ BẾN ĐÒ"
    assert stitch(text).split() == text.split()


def test_the_letterhead_and_the_recipients_stay_line_by_line() -> None:
    text = (
        "ỦY BAN NHÂN DÂN TỈNH LAM SƠN\nSỞ NỘI VỤ\nSố: 12/KH-SNV\nLam Sơn, ngày 3 tháng 2 năm 2026\n\nKẾ HOẠCH\n\n"
        "Tổ chức phong trào thi đua năm 2026\n\nNội dung.\n\n"
        "Nơi nhận:\n- Các phòng chuyên môn và các đơn vị sự nghiệp trực thuộc Sở Nội vụ\nvà các hội;\n- Lưu: VT.\n\n"
        "GIÁM ĐỐC\n\nTrần Văn Bách"
    )
    assert stitch(text) == text


def test_a_title_over_several_lines_becomes_one() -> None:
    plain = "KẾ HOẠCH\nTriển khai phong trào thi đua của\nBan Thường vụ Tỉnh ủy\nnăm 2026\n\nThực hiện chỉ đạo:"
    bold = "KẾ HOẠCH\n\n**Triển khai phong trào\nBan Thường vụ phát động\nNăm 2026**\n\nThực hiện chỉ đạo trên."
    assert "\nTriển khai phong trào thi đua của Ban Thường vụ Tỉnh ủy năm 2026\n\nThực hiện" in stitch(plain)
    assert "\n**Triển khai phong trào Ban Thường vụ phát động Năm 2026**\n\nThực hiện" in stitch(bold)


def test_word_files_are_joined_on_the_plainest_evidence_only() -> None:
    assert stitch(LEAD + ";\n\ngửi về Văn phòng.", author_breaks=True).count("\n") == 2
    assert stitch(LEAD + " của\n\nSở Nội vụ.", author_breaks=True).count("\n") == 2
    assert stitch(LEAD + " tại các\n\nđơn vị.", author_breaks=True).count("\n") == 0


def test_appendices_after_the_recipients_are_stitched_again() -> None:
    text = "Nơi nhận:\n- Lưu: VT.\n\nPHỤ LỤC I\n\n" + LEAD + " tại các\n\nđơn vị."
    assert stitch(text).endswith(LEAD + " tại các đơn vị.")


_PIECES = st.sampled_from(
    "KẾ HOẠCH~I. MỤC ĐÍCH~1. Nội dung~a) điểm~- gạch~Nơi nhận:~Điều 3.~tiếp theo của~Sở Nội vụ~; ~. ~:~\n~\n\n~ ~**~(~"
    "| ~Phong trào thi đua yêu nước trong toàn tỉnh năm nay~của các cơ quan~2026".split("~")
)
_TEXT = st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join))


@given(_TEXT, st.booleans())
def test_only_white_space_changes_and_twice_is_once(text: str, author_breaks: bool) -> None:
    text = normalise(text)
    stitched = stitch(text, author_breaks=author_breaks)
    assert "".join(stitched.split()) == "".join(text.split())
    assert stitch(stitched, author_breaks=author_breaks) == stitched


def test_every_page_break_of_the_seeds_is_healed(seeds: Path) -> None:
    """A paragraph that begins in lower case would be half a sentence."""
    for path in sorted(seeds.glob("*.txt")):
        for paragraph in stitch(normalise(path.read_text())).split("\n\n"):
            assert not paragraph[:2].isalpha() or paragraph[0].isupper(), (path.name, paragraph[:60])
