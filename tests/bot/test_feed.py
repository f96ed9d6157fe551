"""A person's deadlines in the calendar of their telephone: a valid file, at a secret address, that can be ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import func, select
from starlette.testclient import TestClient

from bot.asking import VIETNAM
from bot.domain.anniversaries import Anniversary, anniversaries
from bot.domain.reminders import Duty
from bot.feed import feed, of_office
from bot.store.reminder_tables import CalendarLinkRow
from bot.store.turns import Turns
from bot.web.app import create_app
from bot.web.site import Site
from knowledge.db import reading
from tests.bot.reminded import OTHER, UNIT, Reminded

ON_BOTH_DATABASES = True

NOW = datetime(2025, 12, 1, 9, tzinfo=VIETNAM)
LONG = "Báo cáo kết quả thực hiện phong trào thi đua “Hồ sơ gọn, việc nhanh”; quý IV, năm 2025 \\ các đơn vị"
DUTY = Duty("round-1", LONG, UNIT, NOW - timedelta(days=9), datetime(2025, 12, 15, 17, tzinfo=VIETNAM))


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_the_file_is_valid_and_says_when_in_utc() -> None:
    content = feed([(DUTY, "Phòng Tổ chức cán bộ")], [Anniversary("Kỷ niệm 80 năm Quốc khánh", date(2025, 9, 2))], NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n")) and b"\n" not in content.replace(b"\r\n", b"")
    calendar: Any = Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"] and not calendar.errors
    due, day = calendar.walk("VEVENT")
    assert not due.errors and due["SUMMARY"] == f"Hạn nộp: {LONG}"
    assert due["DTEND"].dt == datetime(2025, 12, 15, 10, tzinfo=UTC)
    assert [alarm["TRIGGER"].dt for alarm in due.walk("VALARM")] == [
        -timedelta(days=3), -timedelta(days=1), -timedelta(hours=2),
    ]  # fmt: skip
    assert all(alarm["ACTION"] == "DISPLAY" and "hết hạn" in alarm["DESCRIPTION"] for alarm in due.walk("VALARM"))
    assert day["DTSTART"].dt == date(2025, 9, 2) and day["DTEND"].dt == date(2025, 9, 3)
    assert b"DTSTART;VALUE=DATE:20250902" in content


def test_an_entry_keeps_its_id_when_it_moves_and_rests_when_it_is_handed_in() -> None:
    later = Duty("round-1", LONG, UNIT, DUTY.opens_at, DUTY.due_at + timedelta(days=7))
    done = Duty("round-1", LONG, UNIT, DUTY.opens_at, DUTY.due_at, settled=True)
    first, moved, over = (events(feed([(one, "")], (), NOW))[0] for one in (DUTY, later, done))
    assert first["UID"] == moved["UID"] == over["UID"] and first["DTEND"].dt != moved["DTEND"].dt
    assert over["SUMMARY"].startswith("Đã nộp") and not over.walk("VALARM")
    other = events(feed([(Duty("round-1", LONG, OTHER, DUTY.opens_at, DUTY.due_at), "")], (), NOW))[0]
    assert other["UID"] != first["UID"]


def test_the_office_has_one_entry_a_round() -> None:
    ours = [DUTY, Duty("round-1", LONG, OTHER, DUTY.opens_at, DUTY.due_at, settled=True)]
    assert [(duty.settled, note) for duty, note in of_office(ours)] == [(False, "1/2 đơn vị đã nộp")]


def test_anniversaries_of_plans() -> None:
    text = (
        "Thi đua lập thành tích chào mừng: 95 năm ngày thành lập Hội Hư cấu (14/10/1930 - 14/10/2025), 50 năm ngày "
        "khánh thành Nhà máy Mẫu (30/4/1975 – 30/4/2025); 10 năm thực hiện (01/01/2010 - 01/01/2025); (31/2/2000)."
    )
    assert list(anniversaries(text)) == [
        Anniversary("Kỷ niệm 95 năm ngày thành lập Hội Hư cấu", date(2025, 10, 14)),
        Anniversary("Kỷ niệm 50 năm ngày khánh thành Nhà máy Mẫu", date(2025, 4, 30)),
    ]


# In chat and over the web

PUBLIC = "tro-ly.example"


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Reminded]:
    made = Reminded(tmp_path, database)
    made.chat.public_url = f"https://{PUBLIC}"
    made.chat.restart()
    yield made
    made.chat.engine.dispose()


@pytest.fixture
def web(office: Reminded) -> TestClient:
    chat = office.chat
    site = Site(chat.source, Turns(chat.engine), lambda: chat.now, chat.service, chat.files)
    return TestClient(create_app(site, {"127.0.0.1"}, public={PUBLIC}), base_url=f"https://{PUBLIC}")


def address(office: Reminded, who: str, command: str = "/lich") -> str:
    speaker = office.chat.as_(who).says(command)
    found = re.search(r"https://\S+", speaker.replies[0].text)
    assert found is not None, speaker.replies
    return found[0]


def test_a_link_of_ones_own_until_it_is_taken_back(office: Reminded, web: TestClient) -> None:
    first = address(office, "lan")
    got = web.get(first)
    assert got.status_code == 200 and got.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = events(got.content)
    assert event["SUMMARY"] == "Hạn nộp: Báo cáo quý IV" and "Phòng Tổ chức cán bộ" in event["DESCRIPTION"]
    office.chat.as_("lan").says("/lich").sees("đã có địa chỉ lịch", "/lich mới")
    second = address(office, "lan", "/lich mới")
    assert web.get(first).status_code == 404 and web.get(second).status_code == 200
    office.hands_in("lan")
    assert events(web.get(second).content)[0]["SUMMARY"].startswith("Đã nộp")
    office.chat.as_("lan").says("/lich hủy").sees("Đã hủy")
    assert web.get(second).status_code == 404


def test_admins_see_every_round_and_strangers_nothing(office: Reminded, web: TestClient) -> None:
    (event,) = events(web.get(address(office, "minh")).content)
    assert "0/2 đơn vị đã nộp" in event["DESCRIPTION"]
    assert web.get("/lich/khong-co-that.ics").status_code == 404
    assert web.get(address(office, "minh", "/lich mới").replace(PUBLIC, "other.example")).status_code == 421


def test_without_a_public_address_there_is_no_calendar(office: Reminded) -> None:
    office.chat.public_url = None
    office.chat.restart()
    office.chat.as_("lan").says("/lich").sees("chưa có địa chỉ công khai")


def test_who_has_their_data_removed_has_no_calendar(office: Reminded, web: TestClient) -> None:
    link = address(office, "lan")
    office.chat.as_("lan").says("/xoadulieu").taps("Xóa dữ liệu")
    with reading(office.chat.engine) as session:
        assert session.scalar(select(func.count()).select_from(CalendarLinkRow)) == 0
    assert web.get(link).status_code == 404
