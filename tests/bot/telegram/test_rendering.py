from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.splitting import cleaned
from bot.channels.telegram.rendering import (
    LONGEST_CALLBACK,
    LONGEST_MESSAGE,
    parts,
    read_callback,
    rows,
    split,
    to_html,
)
from bot.domain.messages import Choice, Reply
from tests.fakes.telegram_wire import check_keyboard, shown, units, visible

PIECES = [
    "<",
    ">",
    "&",
    "“",
    "”",
    "\n",
    ". ",
    "&amp;",
    "</b>",
    "\u202e",
    "\u200b",
    "👩‍👩‍👧",
    "e\u0301",
    "\x00",
    "\ud83d",
]
HOSTILE = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(PIECES)), max_size=60).map("".join)


def plain(part: str) -> str:
    """What a person sees of a part, Telegram's own reading of it."""
    return shown(part, "HTML")


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(HOSTILE, st.integers(40, 300))
def test_every_part_is_valid_and_within_the_limit_and_nothing_is_lost(text: str, longest: int) -> None:
    found = [to_html(part) for part in split(cleaned(text), longest)]
    assert all(0 < units(part) <= longest for part in found)
    assert letters("".join(plain(part) for part in found)) == letters(shown(cleaned(text), None, 10**6))


@given(HOSTILE)
def test_whatever_a_reply_says_telegram_takes_it(text: str) -> None:
    assert all(visible(plain(part)) for part in parts(Reply(text)))


def test_a_long_text_is_cut_at_the_ends_of_lines_then_of_sentences() -> None:
    line = "Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở. "
    by_sentence = list(split(line * 200))
    assert all(part.endswith("Văn phòng Sở.") for part in by_sentence)
    assert sum(part.count("Văn phòng Sở.") for part in by_sentence) == 200
    by_line = list(split(f"{line * 3}\n" * 100))
    assert all(part.endswith("Sở.") and part.count("\n") > 10 for part in by_line[:-1])
    assert len(by_line) <= 5


def test_a_word_longer_than_a_message_is_cut_between_its_characters() -> None:
    found = list(split("👩‍👩‍👧" * 3000))
    assert "".join(found) == "👩‍👩‍👧" * 3000
    assert all(part.startswith("👩") and part.endswith("👧") for part in found)
    assert [len(part) for part in split("a" * 9000)] == [4096, 4096, 808]


def test_an_entity_is_never_cut() -> None:
    for part in map(to_html, split("&" * 5000)):
        assert part == "&amp;" * (len(part) // 5)
        assert len(part) <= LONGEST_MESSAGE


def test_a_hundred_thousand_characters_are_split_at_once() -> None:
    assert letters("".join(split("một hai. " * 12_000))) == letters("một hai. " * 12_000)


def test_the_words_of_a_document_are_set_apart() -> None:
    text = "Hạn: <05/12>.\n“Các đơn vị báo cáo\ntrước 05/12/2025.”\n— Kế hoạch 77/KH-SVT & Mục II"
    assert parts(Reply(text)) == (
        "Hạn: &lt;05/12&gt;.\n<blockquote>“Các đơn vị báo cáo\ntrước 05/12/2025.”</blockquote>\n"
        "— Kế hoạch 77/KH-SVT &amp; Mục II",
    )


def test_markup_in_a_reply_is_text() -> None:
    text = '<b>đậm</b> <a href="https://vi-du.vn">x</a> &lt; <!-- -->'
    assert [plain(part) for part in parts(Reply(text))] == [text]
    assert html.unescape(parts(Reply(text))[0]) == text


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200d\ufeff", "\x00\x01", "\u202e"])
def test_nothing_to_see_is_not_sent(text: str) -> None:
    assert parts(Reply(text)) == ()
    assert parts(Reply(text, (Choice("a", "Có"),))) == ("Mời anh/chị chọn:",)


def test_half_an_emoji_is_replaced() -> None:
    assert parts(Reply("\ud83d!")) == ("\ufffd!",)


# Buttons


@given(st.lists(st.tuples(st.text(min_size=1, max_size=40), st.text(max_size=60)), max_size=12), st.integers(0, 10**9))
def test_buttons_are_taken_by_telegram_or_not_made(given_: list[tuple[str, str]], turn: int) -> None:
    choices = tuple(Choice(key, label) for key, label in given_ if key.isprintable())
    made = rows(choices, turn)
    keyboard = [[{"text": label, "callback_data": data} for label, data in row] for row in made]
    assert check_keyboard({"inline_keyboard": keyboard}) == keyboard
    if made:
        assert [read_callback(data) for row in made for _, data in row] == [(choice.key, turn) for choice in choices]
    else:  # then they are lines of the text
        text = plain(parts(Reply("Chọn:", choices))[0])
        assert all(f"{number}. " in text + " " for number in range(1, len(choices) + 1))


def test_a_turn_comes_back_with_its_key() -> None:
    assert rows((Choice("submit", "Nộp"),), 12) == [[("Nộp", "12:submit")]]
    assert rows((Choice("submit", "Nộp"),), None) == [[("Nộp", ":submit")]]
    assert read_callback("12:submit") == ("submit", 12)
    assert read_callback(":a:b") == ("a:b", None)


@pytest.mark.parametrize("data", ["", "x", "²:a", "-1:a", "9" * 30 + ":a", "12:", "nonsense:a"])
def test_a_foreign_tap_is_a_key_of_no_turn(data: str) -> None:
    assert read_callback(data) == (data, None)


def test_short_labels_stand_side_by_side() -> None:
    made = rows(
        tuple(Choice(str(n), label) for n, label in enumerate(["Có", "Không", "Xem cả mục III.2 của văn bản"])), 1
    )
    assert [[label for label, _ in row] for row in made] == [["Có", "Không"], ["Xem cả mục III.2 của văn bản"]]


def test_too_long_a_key_becomes_a_numbered_line() -> None:
    choices = (Choice("ngắn", "Một"), Choice("d" * LONGEST_CALLBACK, "Hai"))
    assert rows(choices, 1) == []
    assert parts(Reply("Chọn:", choices)) == ("Chọn:\n1. Một\n2. Hai",)
