from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.text import fold, syllables
from retrieval import reading, terms
from retrieval.counts import SnapshotCounts
from retrieval.syllable import is_bare_syllable, is_syllable, split_tone
from tests.retrieval import perturb
from tests.retrieval.office import TEXTS, office
from tests.retrieval.reading import corrected

WORDS = sorted({word for _, texts in TEXTS for text in texts for word in syllables(text) if is_syllable(word)})


@pytest.mark.parametrize("word", ["thưởng", "quốc", "giếng", "gì", "nghiêng", "khuya", "quyết", "ươm", "y", "uy"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)
    assert is_bare_syllable(fold(word))


@pytest.mark.parametrize("word", ["qaun", "thuwongr", "ngừoi", "covid", "hoc", "bđkh", "xx", ""])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_a_stop_carries_only_two_tones() -> None:
    assert is_syllable("học") and is_syllable("hóc")
    assert not is_syllable("hòc") and not is_syllable("hỏc")


@pytest.mark.parametrize(("word", "parts"), [("thưởng", ("thương", "r")), ("đua", ("đua", "")), ("ệ", ("ê", "j"))])
def test_split_tone(word: str, parts: tuple[str, str]) -> None:
    assert split_tone(word) == parts


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("khen thuongwr cho cá nhân", "khen thưởng cho cá nhân"),
        ("phong trào thi đau năm 2025", "phong trào thi đua năm 2025"),
        ("cơ qaun nhà nước tiết kiệm", "cơ quan nhà nước tiết kiệm"),
        ("ngừoi lao động", "người lao động"),
        ("người lao đôgn", "người lao động"),
        ("tiết kiêm điện trong cơ quan", "tiết kiệm điện trong cơ quan"),
        ("khenthuong cá nhân", "khen thưởng cá nhân"),
        ("khen thuong73 cá nhân", "khen thưởng cá nhân"),
        ("ddoon đốc các phòng", "đôn đốc các phòng"),
        ("thủ tucj hành chính", "thủ tục hành chính"),
        ("tiet kiem dien trong co quan nha nuoc", "tiết kiệm điện trong cơ quan nhà nước"),
        ("tieu chi doi voi tap the", "tiêu chí đối với tập thể"),
    ],
)
def test_meant(typed: str, meant: str) -> None:
    assert corrected(typed, office()) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "nhà băng còn nợ mà chuồng trống trơn thì tính sao",
        "muốn gọi mẹ đón gấp thì mượn ở chỗ nào",
        "đông người tranh nhau quá thì chọn ai",
        "mặc đồ hở hang tới cổng thì làm thế nào",
        "nhận rồi kẹt tiền sang tay miếng đó được không",
        "đốt đồ giấy cho bác ở ngoài đó được không",
    ],
)
def test_what_was_typed_with_care_stays_though_no_document_says_it(typed: str) -> None:
    assert corrected(typed, office()) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "thời gian kéo dài",
        "ai nộp giấy tờ",
        "bún bò giò heo ngon",
        "lương hưu của giáo viên mầm non",
        "215/KH-SCT ban hành ngày 18/02/2025",
        "công văn 1234/SNV-TĐKT",
        "phòng chống covid",
    ],
)
def test_words_that_no_document_has_are_left_alone(typed: str) -> None:
    assert corrected(typed, office()) == " ".join(syllables(typed))


def test_other_readings_are_searched_at_a_lower_weight() -> None:
    known = SnapshotCounts(office())
    found = {term.text: term.weight for term in terms.terms(reading.read("LĐ cơ quan", known), known)}
    assert found["lãnh"] == 1.0
    assert 0 < found["lao"] < 0.5


@settings(deadline=None)  # eight readings each, and the first loads what is known of the language
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.integers(0, 2**32))
def test_reading_never_fails_and_keeps_every_word_a_place(words: list[str], seed: int) -> None:
    rng = random.Random(seed)
    text = " ".join(words)
    for spoil in perturb.ALL.values():
        read = corrected(spoil(text, rng), office())
        assert read
        assert len(read.split()) >= len(words) - 1 or "tđkt" in text


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    corrected(text, office())
