"""Texts are cut into syllables token by token, which makes no difference."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import bare_syllables, fold, fold_many, syllables, tone_placement

SOME = st.text(
    st.one_of(st.characters(), st.sampled_from("aoàoáuỷyđĐƯ /-,.\u0301\u0300\u0323\u00a0\n\tΣİ1_")), max_size=60
)


def plainly(text: str) -> list[str]:
    return [tone_placement(word) for word in re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text).lower())]


@given(SOME)
def test_what_is_remembered_of_tokens_is_what_the_whole_text_says(text: str) -> None:
    assert syllables(text) == plainly(text)
    assert bare_syllables(text) == [fold(word) for word in plainly(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kế hoạch 912/KH-SNNMT", ["kế", "hoạch", "912", "kh", "snnmt"]),
        ("(hạn),“trước” 15/11_2026", ["hạn", "trước", "15", "11", "2026"]),
        ("hoà thuỷ khoẻ", ["hòa", "thủy", "khỏe"]),
        (unicodedata.normalize("NFD", "Thưởng, phạt"), ["thưởng", "phạt"]),
        ("", []),
        (" … ", []),
    ],
)
def test_syllables_of_a_text(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=20), max_size=5))
def test_many_are_folded_as_one_by_one(lines: list[str]) -> None:
    assert fold_many(lines) == [fold(line) for line in lines]
