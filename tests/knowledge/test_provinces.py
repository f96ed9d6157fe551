"""Facts about provinces, and finding them in running text."""

from __future__ import annotations

import pytest

from knowledge.provinces import ALL, SUCCESSORS, TODAY, canonical, find_provinces, successor


def test_sixty_three_became_thirty_four() -> None:
    assert len(SUCCESSORS) == 63
    assert len(TODAY) == 34
    assert set(SUCCESSORS.values()) == set(TODAY)
    assert set(TODAY) - set(SUCCESSORS) == {"Huế"}  # the one that changed its name
    assert len(ALL) == 64


@pytest.mark.parametrize(
    ("written", "known", "now"),
    [
        ("Khánh Hoà", "Khánh Hòa", "Khánh Hòa"),
        ("tỉnh Sóc Trăng", "Sóc Trăng", "Cần Thơ"),
        ("Thừa Thiên - Huế", "Thừa Thiên Huế", "Huế"),
        ("TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"),
        ("Đắc Lắc", "Đắk Lắk", "Đắk Lắk"),
        ("BÌNH DƯƠNG", "Bình Dương", "Thành phố Hồ Chí Minh"),
        ("Lam Sơn", None, None),
    ],
)
def test_spellings_and_successors(written: str, known: str | None, now: str | None) -> None:
    assert canonical(written) == known
    assert successor(written) == now


def test_a_province_said_to_be_one_counts_more() -> None:
    counts = find_provinces("UBND tỉnh Long An mời các bạn Hà Nội, Hà Nội xem tranh Chủ tịch Hồ Chí Minh.")
    assert counts == {"Long An": 3, "Hà Nội": 2}
    assert find_provinces("tại thành phố Hồ Chí Minh") == {"Thành phố Hồ Chí Minh": 3}
