"""A document for some units only is named to nobody else: in reminders, deadlines, digests, calendars, rounds."""

from __future__ import annotations

from starlette.testclient import TestClient

from bot.domain.reminders import Calendar
from bot.occasions import Occasions
from bot.store.turns import Turns
from bot.web.app import create_app
from bot.web.site import Site
from tests.bot.duty_kit import plan_saying
from tests.bot.handed_in import form, heard
from tests.bot.library import FakeLibrary, draft
from tests.bot.reminded import OTHER, UNIT, Reminded
from tests.bot.test_feed import PUBLIC, address, events
from tests.bot.test_owed import FILE, MONTHLY, NAME, TITLE, confirms
from tests.bot.test_owed import office as office  # a fixture

ON_BOTH_DATABASES = True


def test_a_unit_that_may_not_see_the_document_owes_nothing_by_it(office: Reminded) -> None:
    office.restricts(FILE, UNIT)
    office.chat.library = office.chat.source.library = FakeLibrary(plan_saying(), draft())
    minh = office.chat.as_("minh").says("/nhiemvu")
    minh.sees("hiện có 1 đơn vị", "không giao cho Phòng Kế hoạch – Tài chính vì văn bản không phổ biến")
    minh.taps("Xác nhận").taps("Để sau")
    arrived = office.until("2025-12-22 12:00")
    assert office.to("tuan", arrived) == [] and len(office.to("lan", arrived)) > 5
    office.chat.as_("tuan").says("/han").sees("không có báo cáo nào phải nộp")
    minh.says("/dotbaocao")
    assert not any(NAME in text for text in (*office.told("tuan"), *office.told("binh")))


def test_rounds_that_open_by_themselves_leave_it_out(office: Reminded) -> None:
    minh = confirms(office, MONTHLY)
    office.chat.opens(form(), title="Đợt cũ", due="2026-05-01 17:00")
    minh.says("/nhiemvu").says("1").taps("Mở đợt báo cáo").taps("Báo cáo thi đua").taps("Mở đợt")
    office.restricts(FILE, UNIT)
    office.chat.at("2025-12-15 09:00")
    passed = Occasions(office.chat.engine, office.chat.source, Calendar(), 30).look(office.chat.now)
    office.chat.work()
    assert len(passed.opened) == 1 and "tháng 1/2026" in heard(office.chat, "lan")[-1]
    assert not any("1/2026" in text for text in office.told("tuan"))


def test_what_is_restricted_later_is_not_named_any_more(office: Reminded) -> None:
    """A round stays owed, by its number; nor do leaders, digests, deadlines or calendars name it to the others."""
    minh = confirms(office)
    leader = office.leader("ha", OTHER)
    office.chat.opens(form(), title="Đợt cũ", due="2026-05-01 17:00")
    minh.says("/nhiemvu").says("1").taps("Mở đợt báo cáo").taps("Báo cáo thi đua").taps("Mở đợt")
    office.restricts(FILE, UNIT)
    before = {who: len(office.told(who)) for who in ("tuan", "binh", "ha", "lan", "minh")}
    office.until("2025-12-22 12:00")
    told = {who: office.told(who)[count:] for who, count in before.items()}
    for who in ("tuan", "binh", "ha"):
        assert told[who] and not any(NAME in text or "Báo cáo kết quả" in text for text in told[who]), told[who]
    assert any("“Báo cáo số 2 do Văn phòng yêu cầu” của Phòng Kế hoạch" in text for text in told["tuan"])
    assert any("Báo cáo số 2 do Văn phòng yêu cầu (hạn" in text for text in told["binh"])
    assert any(NAME in text for text in told["lan"]) and any(NAME in text for text in told["minh"])
    for who in ("tuan", "binh", "ha"):
        for line in ("/han", "/homnay", "/danop", "/nhaclai 1 giờ", "/baocao", "/dotbaocao"):
            said = office.chat.as_(who).says(line)
            assert not any(NAME in one.text for one in said.replies), (who, line)
    office.chat.as_("minh").says("/han").sees(NAME)
    for choice in ("Nhắc đơn vị", "Gia hạn"):
        minh.says("/dotbaocao").taps(TITLE[:20]).taps(choice)
    minh.says("30/12/2025").sees("Đã gia hạn")
    minh.says("/dotbaocao").taps(TITLE[:20]).taps("Đóng đợt").taps("Đóng đợt")
    last = [text for text in office.told("tuan")[-3:]]
    assert all("Báo cáo số 2 do Văn phòng yêu cầu" in text and NAME not in text for text in last), last
    assert all(NAME in text for text in office.told("lan")[-3:])
    aside = office.chat.as_("minh", "chat-group", private=False).says("/han")
    assert aside.replies and not any(NAME in one.text for one in aside.replies)
    assert leader.chat == "chat-ha"


def test_calendars_name_it_to_nobody_else(office: Reminded) -> None:
    chat = office.chat
    chat.public_url = f"https://{PUBLIC}"
    chat.restart()
    confirms(office, MONTHLY)
    site = Site(chat.source, Turns(chat.engine), lambda: chat.now, chat.service, chat.files)
    web = TestClient(create_app(site, {"127.0.0.1"}, public={PUBLIC}), base_url=f"https://{PUBLIC}")
    links = {who: address(office, who) for who in ("lan", "tuan", "binh", "minh")}
    year = events(web.get(links["tuan"]).content)
    assert len(year) == 13 and all(NAME in event["SUMMARY"] for event in year)  # a year ahead, and three weeks
    assert len({event["UID"] for event in year}) == 13 and all(len(event.walk("VALARM")) == 3 for event in year)
    office.restricts(FILE, UNIT)
    told = {who: web.get(link).text.replace("\r\n ", "") for who, link in links.items()}
    assert "VEVENT" in told["lan"] and NAME in told["lan"] and NAME in told["minh"]
    assert NAME not in told["tuan"] and NAME not in told["binh"]
