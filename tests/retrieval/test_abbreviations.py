from __future__ import annotations

import pytest

from retrieval.abbreviations import meanings, short_form
from tests.retrieval.office import office
from tests.retrieval.reading import content, corrected


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("TĐKT", "thi đua khen thưởng"),
        ("tdkt", "thi đua khen thưởng"),
        ("hdtdkt", "hội đồng thi đua khen thưởng"),
        ("ubnd", "ủy ban nhân dân"),
        ("HĐND", "hội đồng nhân dân"),
        ("NTM", "nông thôn mới"),
        ("CCVC", "công chức viên chức"),
        ("cntt", "công nghệ thông tin"),
        ("BTV", "ban thường vụ"),
        ("KT-XH", "kinh tế xã hội"),
        ("ANQP", "an ninh quốc phòng"),
        ("TN&MT", "tài nguyên và môi trường"),
        ("NN&MT", "nông nghiệp và môi trường"),
        ("TNMT", "tài nguyên và môi trường"),
        ("SNNMT", "sở nông nghiệp và môi trường"),
        ("stnmt", "sở tài nguyên và môi trường"),
        ("SNV", "sở nội vụ"),
        ("sgdđt", "sở giáo dục và đào tạo"),
        ("BTNMT", "bộ tài nguyên và môi trường"),
        ("CSTĐ", "chiến sĩ thi đua"),
        ("LĐTT", "lao động tiên tiến"),
        ("ubndtp", "ủy ban nhân dân thành phố"),
    ],
)
def test_means(typed: str, meaning: str) -> None:
    assert " ".join(meanings(typed, capitals=True)[0].words) == meaning


@pytest.mark.parametrize("typed", ["TU", "CA", "ĐU"])
def test_what_looks_like_a_word_counts_only_in_capitals(typed: str) -> None:
    assert meanings(typed, capitals=True)
    assert not meanings(typed.lower(), capitals=True)
    assert not meanings(typed, capitals=False)  # "CƠ CẤU TU SỬA": all capitals say nothing


def test_words_are_not_abbreviations() -> None:
    for word in ("kế", "hoạch", "an", "ninh", "covid", "xyz"):
        assert not meanings(word, capitals=True)


def test_several_meanings_come_likeliest_first() -> None:
    found = meanings("KH", capitals=True)
    assert [" ".join(meaning.words) for meaning in found] == ["kế hoạch", "khoa học"]
    assert found[0].prior > found[1].prior


def test_short_form_and_meaning_agree() -> None:
    assert short_form(("thi", "đua", "khen", "thưởng")) == "tđkt"
    assert short_form(("kế", "hoạch")) is None  # ambiguous and too short to be put into a question


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("KH tiết kiệm điện của UBND tỉnh", "kế hoạch tiết kiệm điện ủy ban nhân dân tỉnh"),
        ("người LĐ được xét gì", "người lao động xét"),
        ("LĐ các phòng", "lãnh đạo phòng"),
        ("tdkt nganh y te", "thi đua khen thưởng ngành y tế"),
    ],
)
def test_the_neighbours_choose_the_meaning(typed: str, expected: str) -> None:
    assert content(typed, office()) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nop ho so mat bn ngay", "nộp hồ sơ mất bao nhiêu ngày"),
        ("bh nop ho so", "bao giờ nộp hồ sơ"),
        ("Nghỉ học cần giấy j?", "nghỉ học cần giấy gì"),
        ("muộn có được nộp k", "muộn có được nộp không"),
        ("ng chèo đò được ko", "người chèo đò được không"),
        ("điểm k khoản 2", "điểm k khoản 2"),
        ("nhà K 3 hỏng", "nhà k 3 hỏng"),
        ("loại k 3 điểm", "loại k 3 điểm"),
    ],
)
def test_what_phones_leave_of_words(typed: str, expected: str) -> None:
    assert corrected(typed, office()) == expected


def test_phone_letters_are_never_put_into_a_question() -> None:
    assert short_form(("kiểm", "tra")) is None


def test_symbols_are_not_expanded() -> None:
    assert content("văn bản 215/KH-SCT", office()) == "văn bản 215 kh sct"
