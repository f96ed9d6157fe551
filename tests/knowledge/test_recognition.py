"""Words probably misread are shown, words merely unusual are not."""

from __future__ import annotations

import lzma
from itertools import pairwise, product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.pairs import Pairs, known, read, runs, write
from knowledge.recognition import find_suspects
from knowledge.slips import Slip, slip
from knowledge.text import normalise


def suspects(text: str) -> list[tuple[str, str | None]]:
    return [(text[one.start : one.end], one.likely) for one in find_suspects(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("để nêu gương, cô vũ, động viên các đơn vị", [("cô vũ", "cổ vũ")]),
        ("tránh trùng lặp, chông chéo trong tổ chức", [("chông chéo", "chồng chéo")]),
        ("kịp thời giới thiệu, bìu dương các tập thể", [("bìu dương", "biểu dương")]),
        ("được mọi người hưởng hái, đồng tình", [("hưởng hái", "hăng hái")]),
        ("Phong trào “Vi người nghèo” hằng năm", [("Vi người nghèo", "vì người nghèo")]),
        ("quán triệt từ tinh thần đến cơ sở trong quý I", [("từ tinh thần đến cơ sở", "từ tỉnh đến cơ sở")]),
        ("xóa nhà dột nát trên trên phạm vi toàn tỉnh", [("trên trên", "trên")]),
        ("Nơi nhân:\n- Như trên;", [("Nơi nhân", "nơi nhận")]),
        ("**Noi nhận (VBĐT):**\n- Như trên;", [("Noi nhận", "nơi nhận")]),
        ("KÊ HOẠCH\n\nCải cách hành chính", [("KÊ HOẠCH", "kế hoạch")]),
        ("- Q.GD, các PGĐ Sở;", [("Q.GD", "Q.GĐ")]),
        ("đáp ứng các diều kiện sau đây", [("diều kiện", "điều kiện")]),
        ("nộp kèm theo lài liệu của cơ quan", [("lài liệu", "tài liệu")]),
    ],
)
def test_suspects(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert suspects(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nơi nhận:\n- Như trên;\n- Lưu: VT, VP.",
        "Kỉ niệm 80 năm ngày thành lập; kỷ niệm các ngày lễ lớn",  # both spellings are right
        "hàng năm và hằng năm, đảm bảo và bảo đảm",
        "dần dần, từ từ, luôn luôn, ngày ngày, đời đời nhớ ơn",
        "xây dựng Đảng trong trong sạch",  # "trong" and "trong sạch"
        "việc theo theo dõi của phòng",
        "tổ chức chức năng; nhân dân dân chủ; đầu tư tư nhân",
        "Đại hội thi đua yêu nước, không khí thi đua sôi nổi",
        "Trần Văn Cô, Lê Thị Vũ, Hoàng Thị Hái",
        "UBND, HĐND, TĐKT, CCVC; Covid-19; fanpage; online banking",
        "khen thuong cac tap the ca nhan xuat sac",  # typed without diacritics: not misread
        "Phòng GD và ĐT; phòng GD",
        "chung tay xóa nhà tạm; khơi dậy ý thức tự lực; thập niên nâng tầm",
        "dễ nhớ, dễ làm, dễ đánh giá",
        "KẾ HOẠCH\n\nSố: 15/KH-SXD",
        "",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert suspects(text) == []


@pytest.mark.parametrize(
    ("found", "meant", "kind"),
    [
        ("cô", "cổ", Slip.MARK),
        ("diều", "điều", Slip.MARK),
        ("bìu", "biểu", Slip.LETTER),
        ("lài", "tài", Slip.LETTER),
        ("hưởng", "hăng", Slip.VOWEL),
        ("kỉ", "kỷ", None),
        ("quí", "quý", None),
        ("cổ", "cổ", None),
        ("màng", "sàng", None),  # m and s do not look alike
        ("thi", "đua", None),
    ],
)
def test_slips(found: str, meant: str, kind: Slip | None) -> None:
    assert slip(found, meant) is kind


@settings(deadline=None)
@given(st.text(alphabet="trên vì người nghèo cô vũ KẾ HOẠCH:\n.,ạảã", max_size=80).map(normalise))
def test_suspects_are_ordered_apart_and_inside(text: str) -> None:
    found = find_suspects(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


_WORDS = st.text(alphabet="abcđêơ", min_size=1, max_size=3)


@given(st.dictionaries(st.tuples(_WORDS, _WORDS), st.integers(1, 10**6), min_size=1, max_size=30))
def test_a_table_survives_its_file_with_counts_to_a_few_percent(counts: dict[tuple[str, str], int]) -> None:
    stored, exact = read(write(counts)), Pairs.of(counts)
    assert stored.words == exact.words
    for first, second in product(exact.words, repeat=2):
        seen = counts.get((first, second), 0)
        assert exact.count(first, second) == seen
        assert abs(stored.count(first, second) - seen) <= 0.05 * seen + (0.5 if seen else 0)
    for word in exact.words:
        assert exact.total_after(word) == sum(seen for (first, _), seen in counts.items() if first == word)
        assert exact.total_before(word) == sum(seen for (_, second), seen in counts.items() if second == word)


def test_a_file_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        read(lzma.compress(b"PAIRS9\n"))


def test_the_shipped_table_knows_the_language() -> None:
    table = known()
    assert table.count("thi", "đua") > 1000
    assert table.bound("khen", "thưởng")
    assert not table.bound("và", "của")
    assert table.count("đua", "thi") < table.count("thi", "đua")


def test_a_table_of_ones_own() -> None:
    table = Pairs.of({("mây", "trắng"): 50, ("mưa", "rào"): 50, ("trời", "mây"): 3})
    (found,) = find_suspects("từng đám mậy trắng", table)
    assert found.likely == "mây trắng"


def test_runs_break_at_punctuation_digits_and_lines() -> None:
    assert [[token.word for token in run] for run in runs("Thi đua, khen\nthưởng 5 năm Hoà")] == [
        ["thi", "đua"],
        ["khen"],
        ["thưởng"],
        ["năm", "hòa"],
    ]


def test_few_false_alarms_in_official_texts(corpora: Path) -> None:
    """A sample of laws, none of which should trouble an admin (they are part of the table: a check of the rules)."""
    words = alarms = 0
    with lzma.open(corpora / "law-articles.jsonl.xz", "rt", encoding="utf-8") as lines:
        for _, line in zip(range(2000), lines, strict=False):
            text = normalise(line)
            words += len(text.split())
            alarms += len(find_suspects(text))
    assert alarms <= words / 10_000


def test_two_rare_syllables_are_a_rare_word() -> None:
    assert not find_suspects("tham gia câu lạc bộ cồng chiêng, bảo tồn tiếng nói")
