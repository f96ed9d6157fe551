"""One spelling to show, one key to compare."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.bodies import body_of_symbol, may_be_same
from knowledge.symbols import normalise_symbol, symbol_key, symbol_number, symbol_year


@pytest.mark.parametrize(
    ("raw", "symbol"),
    [
        ("09-NQ/TW", "09-NQ/TW"),
        ("09- NQ/TW", "09-NQ/TW"),
        ("09 - NQ / TW", "09-NQ/TW"),
        ("09–NQ/TW", "09-NQ/TW"),
        ("09-NQ/TƯ", "09-NQ/TW"),
        ("Số: 01/QĐ-HĐTĐKT", "01/QĐ-HĐTĐKT"),
        ("số 01/QĐ-HĐTĐKT.", "01/QĐ-HĐTĐKT"),
        ("Số 01/ QĐ - HĐTĐKT;", "01/QĐ-HĐTĐKT"),
        ("so 912/kh-snnmt", "912/KH-SNNMT"),
        ("912/kh-snnmt", "912/KH-SNNMT"),
        ("19/ct-ttg", "19/CT-TTg"),
        ("30-CTR/TU", "30-CTr/TU"),
        ("9/2024/QĐ-UBND", "9/2024/QĐ-UBND"),
        ("55/2022/QH15", "55/2022/QH15"),
        ("1211/2016/UBTVQH13", "1211/2016/UBTVQH13"),
        ("1234/SNV-TĐKT", "1234/SNV-TĐKT"),
        ("12a/TB-BCĐ389", "12a/TB-BCĐ389"),
        ("102/2016/TTLT-BTC-BGTVT", "102/2016/TTLT-BTC-BGTVT"),
        ("/KH-SNV", None),
        ("Số: /KH-SNV", None),
        ("05/12/2025", None),
        ("2021 - 2025", None),
        ("12", None),
        ("", None),
        ("Kế hoạch 912/KH-SNNMT", None),
        ("Covid-19", None),
    ],
)
def test_normalising(raw: str, symbol: str | None) -> None:
    assert normalise_symbol(raw) == symbol
    assert normalise_symbol(unicodedata.normalize("NFD", raw)) == symbol


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("9/2024/QĐ-UBND", "09/2024/QĐ-UBND"),
        ("01/qd-hdtdkt", "01/QĐ-HĐTĐKT"),
        ("09 - NQ/TW", "9-nq/tw"),
        ("09/NQ-TW", "09-NQ/TW"),
        ("98/2023/nd-cp", "98/2023/NĐ-CP"),
    ],
)
def test_keys_that_agree(one: str, other: str) -> None:
    assert symbol_key(one) == symbol_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("09-NQ/TW", "09-NQ/TU"),
        ("9/2024/QĐ-UBND", "92024/QĐ-UBND"),
        ("9/2024/QĐ-UBND", "9/2023/QĐ-UBND"),
        ("9/QĐ-UBND", "9/2024/QĐ-UBND"),
        ("09-NQ/TƯ", "09-NQ/TU"),
    ],
)
def test_keys_that_differ(one: str, other: str) -> None:
    assert symbol_key(one) != symbol_key(other)


@given(st.text(alphabet="0123456789/- QĐHKTWUBNDqđs:.", max_size=20))
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    once = normalise_symbol(raw)
    assert once is None or normalise_symbol(once) == once


@given(st.from_regex(r"[1-9]\d{0,3}(/20[0-3]\d)?/(KH|QĐ|NQ|CT)-(SNV|UBND|SXD|TTg)", fullmatch=True))
def test_a_symbol_keeps_its_key_however_it_is_spaced(symbol: str) -> None:
    spaced = symbol.replace("/", " / ").replace("-", "- ")
    assert normalise_symbol(spaced) == symbol
    assert symbol_key(spaced) == symbol_key(symbol) == symbol_key("0" + symbol.lower())


def test_parts_of_symbols() -> None:
    assert (symbol_year("9/2024/QĐ-UBND"), symbol_year("912/KH-SNNMT"), symbol_year("09-NQ/TW")) == (2024, None, None)
    assert (symbol_number("09-NQ/TW"), symbol_number("/KH-SNV")) == (9, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tỉnh ủy", "Ban Thường vụ Tỉnh ủy Khánh Hòa", True),
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh Đồng Nai", True),
        ("Chủ tịch UBND tỉnh", "Ủy ban nhân dân tỉnh Đồng Nai", True),
        ("Bộ Chính trị khóa XIII", "Bộ Chính trị", True),
        ("Hội đồng Thi đua - Khen thưởng tỉnh", "Hội đồng TĐKT tỉnh Quảng Ngãi", True),
        ("Sở Nội vụ Khánh Hòa", "Sở Nội vụ Quảng Ngãi", False),
        ("Quốc hội", "Bộ Chính trị", False),
        ("Ủy ban Thường vụ Quốc hội", "Quốc hội", False),
        ("Đảng ủy Sở Xây dựng", "Sở Xây dựng", False),
        (None, "Quốc hội", True),
        ("", "Quốc hội", True),
    ],
)
def test_whether_two_names_can_mean_one_body(one: str | None, other: str | None, same: bool) -> None:
    assert may_be_same(one, other) is same
    assert may_be_same(other, one) is same


def test_the_body_that_a_symbol_names() -> None:
    assert body_of_symbol("55/2022/QH15") == "Quốc hội"
    assert body_of_symbol("326/2016/UBTVQH14") == "Ủy ban Thường vụ Quốc hội"
    assert body_of_symbol("42/NQ-CP") == "Chính phủ"
    assert body_of_symbol("19/CT-TTg") == "Thủ tướng Chính phủ"
    assert body_of_symbol("912/KH-SNNMT") is None
