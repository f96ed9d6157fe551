"""Due times as people type them."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking import VIETNAM
from bot.domain.due import parse_due

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=VIETNAM)  # a Thursday


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("15/12", "2025-12-15 17:00"),
        ("15/12 17:00", "2025-12-15 17:00"),
        ("11h30 15/12/2025", "2025-12-15 11:30"),
        ("15/12 lúc 8 giờ sáng", "2025-12-15 08:00"),
        ("15/12, 4h chiều", "2025-12-15 16:00"),
        ("9 giờ rưỡi ngày 15/12", "2025-12-15 09:30"),
        ("hết ngày 15/12", "2025-12-15 17:00"),
        ("24h ngày 15/12", "2025-12-15 23:59"),
        ("ngày 5 tháng 1", "2026-01-05 17:00"),
        ("mai", "2025-11-21 17:00"),
        ("16h hôm nay", "2025-11-20 16:00"),
        ("16:00", "2025-11-20 16:00"),
        ("thứ sáu", "2025-11-21 17:00"),
        ("thứ năm", "2025-11-27 17:00"),
        ("thứ sáu tuần sau", "2025-11-28 17:00"),
        ("thu 6 tuan sau 10h", "2025-11-28 10:00"),
        ("thứ sáu tuần này", "2025-11-21 17:00"),
        ("chủ nhật", "2025-11-23 17:00"),
        ("tuần sau", "2025-11-27 17:00"),
        ("3 ngày nữa", "2025-11-23 17:00"),
        ("cuối tháng", "2025-11-30 17:00"),
        ("cuối tháng sau", "2025-12-31 17:00"),
        ("hết tháng 2", "2026-02-28 17:00"),
        ("15/11", "2025-11-15 17:00"),
    ],
)
def test_what_is_typed_is_understood(typed: str, due: str) -> None:
    assert parse_due(typed, NOW) == datetime.fromisoformat(due).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize("typed", ["", "sớm", "32/12", "15/13", "15/12 25:00", "15/12 10:75", "khi nào xong", "12"])
def test_what_names_no_moment_is_none(typed: str) -> None:
    assert parse_due(typed, NOW) is None or typed == ""


@given(st.text(max_size=40))
def test_nothing_typed_raises(typed: str) -> None:
    parse_due(typed, NOW)
