from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.numbers import parse_number


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", "12"),
        ("12 sáng kiến", "12"),
        ("năm nay có 12 sáng kiến", "12"),
        ("năm 2025: 12", "12"),
        ("năm sáng kiến", "5"),
        ("năm học sinh", "5"),
        ("có 12 sáng kiến", "12"),
        ("mười hai", "12"),
        ("Mười hai sáng kiến", "12"),
        ("muoi hai", "12"),
        ("hai mươi mốt", "21"),
        ("hai mươi lăm", "25"),
        ("hai mươi tư", "24"),
        ("ba mươi", "30"),
        ("một trăm linh năm", "105"),
        ("một trăm hai mươi", "120"),
        ("một nghìn hai trăm", "1200"),
        ("hai triệu rưỡi", "2500000"),
        ("1.250", "1250"),
        ("1 250", "1250"),
        ("1.250.000 đồng", "1250000"),
        ("1.250,5", "1250.5"),
        ("12,5%", "12.5"),
        ("12.5", "12.5"),
        ("-3", "-3"),
        ("2 triệu", "2000000"),
        ("1,5 tỷ", "1500000000"),
        ("không", "0"),
        ("Không có", "0"),
        ("chưa có", "0"),
        ("không có sáng kiến", "0"),
        ("không đơn vị nào", "0"),
        ("năm", "5"),
        ("2tr", "2000000"),
        ("3tr5", "3500000"),
        ("1tr250", "1250000"),
        ("500k", "500000"),
        ("2,5tr", "2500000"),
        ("1 nghìn rưỡi", "1500"),
        ("ba trăm rưỡi", "350"),
        ("mười hai rưỡi", "12.5"),
        ("mười hai phẩy năm", "12.5"),
        ("muoi hai phay nam phan tram", "12.5"),
        ("chín phẩy không năm", "9.05"),
        ("không phẩy hai mươi lăm", "0.25"),
        ("năm phần trăm", "5"),
        ("âm 5", "-5"),
        ("dạ mười hai ạ", "12"),
        ("khoảng hai trăm", "200"),
        ("không phát sinh", "0"),
        ("chưa phát sinh", "0"),
        ("ko có", "0"),
        ("năm 2025 có năm sáng kiến", "5"),
    ],
)
def test_numbers_as_people_type_them(typed: str, value: str) -> None:
    assert parse_number(typed) == Decimal(value)


NO_NUMBERS = ["", "nhiều", "từ 3 đến 5", "15/11", "sáng kiến", "1.2.3.4", "tuần sau", "năm nay nhiều", "không rõ"]
NO_NUMBERS += ["một số đơn vị", "hai hoặc ba", "một phần ba", "hai trăm mấy", "một vài", "1e5", "2^3", "2tr và 3tr"]
NO_NUMBERS += ["15 triệu 200 nghìn", "chưa rõ", "không biết bao nhiêu"]


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_single_number(typed: str) -> None:
    assert parse_number(typed) is None


@given(st.integers(min_value=0, max_value=10**9))
def test_thousands_separators_change_nothing(number: int) -> None:
    assert parse_number(f"{number:,}".replace(",", ".")) == number
    assert parse_number(str(number)) == number


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    parse_number(text)
