from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo.rendering import LONGEST_MESSAGE, parts
from bot.domain.choosing import choose
from bot.domain.messages import Choice, OutFile, Reply
from tests.fakes.zalo_wire import units

PIECES = ["\n", ". ", "“", "”", "\u202e", "\u200b", "👩‍👩‍👧", "e\u0301", "\x00", "\ud83d", "*", "<b>"]
HOSTILE = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(PIECES)), max_size=60).map("".join)
DOCX = OutFile("a" * 64, "báo cáo quý IV.docx", "application/x")


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(HOSTILE, st.lists(st.text(max_size=30), max_size=6))
def test_whatever_a_reply_says_zalo_takes_it(text: str, labels: list[str]) -> None:
    choices = tuple(Choice(str(number), label) for number, label in enumerate(labels))
    for part in parts(Reply(text * 10, choices)):
        assert 0 < units(part) <= LONGEST_MESSAGE
        assert part.strip()
        part.encode()


def test_a_long_text_is_cut_at_the_ends_of_sentences_and_loses_nothing() -> None:
    line = "Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở. "
    found = parts(Reply(line * 200))
    assert all(part.endswith("Văn phòng Sở.") and units(part) <= LONGEST_MESSAGE for part in found)
    assert letters("".join(found)) == letters(line * 200)


def test_choices_are_numbered_lines_and_how_to_answer() -> None:
    choices = (Choice("submit", "Nộp báo cáo"), Choice("edit", "Sửa"), Choice("later", "Để sau"))
    assert parts(Reply("Đã đủ 12 câu.", choices)) == (
        "Đã đủ 12 câu.\n\n1. Nộp báo cáo\n2. Sửa\n3. Để sau\nTrả lời 1, 2 hoặc 3.",
    )


@pytest.mark.parametrize(
    ("count", "how"), [(1, "Trả lời 1 để chọn."), (2, "Trả lời 1 hoặc 2."), (9, "Trả lời một số từ 1 đến 9.")]
)
def test_how_to_answer_fits_how_many_there_are(count: int, how: str) -> None:
    choices = tuple(Choice(str(number), f"Phương án {number}") for number in range(count))
    assert parts(Reply("", choices))[0].splitlines()[-1] == how


@pytest.mark.parametrize("typed", ["2", "hai", "số 2", "sửa", "SUA"])
def test_what_is_asked_for_is_understood(typed: str) -> None:
    assert choose(typed, ["Nộp báo cáo", "Sửa", "Để sau"]) == 1


def test_choices_stay_together_in_one_message() -> None:
    choices = tuple(Choice(str(number), f"Phương án số {number}") for number in range(1, 9))
    *before, last = parts(Reply("Một câu. " * 440, choices))
    assert all(f"{number}. Phương án" in last for number in range(1, 9))
    assert not any("Phương án" in part for part in before)


def test_a_label_of_several_lines_is_one_line() -> None:
    assert parts(Reply("Chọn:", (Choice("a", "Có\nngay"), Choice("b", " ")))) == (
        "Chọn:\n\n1. Có ngay\n2. …\nTrả lời 1 hoặc 2.",
    )


def test_a_file_is_a_link_or_a_word_where_to_see_it() -> None:
    assert parts(Reply("Báo cáo đây.", file=DOCX), "https://tdkt.vi-du.vn/tai-ve/x") == (
        "Báo cáo đây.\nTải tệp “báo cáo quý IV.docx” (trong 24 giờ): https://tdkt.vi-du.vn/tai-ve/x",
    )
    (said,) = parts(Reply("", file=DOCX))
    assert "trang web" in said and DOCX.name in said


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200d\ufeff", "\x00\x01", "\u202e"])
def test_nothing_to_see_is_not_sent(text: str) -> None:
    assert parts(Reply(text)) == ()
    assert parts(Reply(text, (Choice("a", "Có"),)))[0].startswith("Mời anh/chị chọn:")
