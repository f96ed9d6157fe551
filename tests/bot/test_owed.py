"""What confirmed duties ask of units before, or without, a round: reminded of, settled by unit, told to nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar as Feed

from bot.asking import VIETNAM
from bot.domain.decisions import confirm, keep
from bot.domain.discretion import Discretion
from bot.domain.obligations import Decision, Item, Terms
from bot.domain.occurrences import AHEAD, Rhythm, rhythm_of
from bot.domain.owed import duties, occurrences
from bot.domain.reminders import Calendar
from bot.feed import feed, of_unit
from bot.occasions import Occasions
from bot.serving import Serving
from bot.store import owed
from knowledge.db import reading
from knowledge.document import Recurrence
from tests.bot.chat import Speaker
from tests.bot.duty_kit import UNITS as UNITS_OF_OLD
from tests.bot.duty_kit import plan_saying, proposal
from tests.bot.handed_in import form
from tests.bot.library import FakeLibrary, draft
from tests.bot.reminded import Reminded

ON_BOTH_DATABASES = True
FILE, NAME = "ke-hoach-77.docx", "77/KH-SVT"
TITLE = "Báo cáo kết quả (Kế hoạch 77/KH-SVT)"
MONTHLY = "- Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở chậm nhất ngày 10 hằng tháng.\n\n"


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Reminded]:
    made = Reminded(tmp_path, database, opened="2025-11-20 09:00", due=None)
    yield made
    made.chat.engine.dispose()


def confirms(office: Reminded, line: str | None = None) -> Speaker:
    """Let Minh confirm the one duty, and open no round."""
    plan = plan_saying(line) if line else plan_saying()
    office.chat.library = office.chat.source.library = FakeLibrary(plan, draft())
    return office.chat.as_("minh").says("/nhiemvu").taps("Xác nhận").sees("Mở đợt báo cáo").taps("Để sau")


def days(office: Reminded, who: str, until: str) -> list[str]:
    return [at.split()[0] for at in office.to(who, office.until(until))]


def test_a_confirmed_duty_reminds_without_a_round(office: Reminded) -> None:
    confirms(office)  # due on Sunday the 14th
    assert days(office, "lan", "2025-12-17 12:00") == ["11-28", "12-05", "12-11", "12-12", "12-15", "12-16", "12-17"]
    assert len(office.told("tuan")) == 7
    assert office.told("lan")[0] == (
        f"“{TITLE}” của Phòng Tổ chức cán bộ còn 16 ngày là đến hạn (17:00 ngày 14/12/2025). "
        "Nơi nhận: Văn phòng Sở. Nộp hoặc làm xong rồi, anh/chị gõ /danop để tôi không nhắc nữa."
    )
    office.chat.as_("lan").says("/han").sees(f"• {TITLE}: hạn 17:00 ngày 14/12/2025, quá hạn 3 ngày – chưa báo đã nộp")
    office.chat.as_("minh").says("/han").sees("0/2 đã nộp; chưa nộp: ")


def test_handed_in_otherwise_stops_it_for_that_unit_alone(office: Reminded) -> None:
    confirms(office)
    office.until("2025-12-11 12:00")
    lan, minh = office.chat.as_("lan").hears(), office.chat.as_("minh")
    lan.taps("Đã nộp").sees("đề nghị Văn phòng xác nhận")
    minh.hears().sees("Phòng Tổ chức cán bộ (Lan) báo đã nộp bằng đường khác")
    arrived = office.until("2025-12-15 12:00")
    assert office.to("lan", arrived) == [] and [at.split()[0] for at in office.to("tuan", arrived)] == [
        "12-12", "12-15"
    ]  # fmt: skip
    lan.says("/han").sees("đã báo nộp bằng đường khác")
    minh.taps("Chưa nhận được").sees("chưa nhận được")
    assert days(office, "lan", "2025-12-16 12:00")[-1] == "12-16"
    office.chat.as_("tuan").says("/danop").sees("đề nghị Văn phòng xác nhận")
    assert days(office, "tuan", "2025-12-19 12:00") == []


def test_it_is_reminded_of_again_when_asked(office: Reminded) -> None:
    confirms(office)
    office.until("2025-11-28 12:00")
    office.chat.as_("lan").hears().taps("Sáng mai").sees(f"tôi sẽ nhắc lại “{TITLE}” lúc 08:00 ngày 01/12/2025")
    assert days(office, "lan", "2025-12-02 12:00") == ["12-01"]


def test_of_several_one_is_chosen(office: Reminded) -> None:
    confirms(office)
    office.chat.opens(form(), title="Báo cáo khác")
    tuan = office.chat.as_("tuan").says("/danop").sees("Báo cáo nào đã nộp bằng đường khác?")
    assert sorted(one.label for one in tuan.choices) == ["Báo cáo khác (hạn 15/12)", f"{TITLE} (hạn 14/12)"]
    tuan.taps(TITLE).sees(f"“{TITLE}” đã nộp bằng đường khác")
    tuan.says("/danop").sees("“Báo cáo khác” đã nộp bằng đường khác")


def test_a_round_takes_its_place(office: Reminded) -> None:
    minh = confirms(office)
    office.chat.opens(form(), title="Đợt cũ", due="2026-05-01 17:00")
    minh.says("/nhiemvu").says("1").taps("Mở đợt báo cáo").taps("Báo cáo thi đua").taps("Mở đợt").sees("Đã mở đợt")
    office.chat.as_("lan").says("/han").sees(f"{TITLE}: hạn 17:00 ngày 14/12/2025, còn 24 ngày – chưa bắt đầu")
    told = len(office.told("lan"))
    assert len([at for at in days(office, "lan", "2025-12-12 12:00")]) == 4
    assert all("Gõ /baocao" in text for text in office.told("lan")[told:])
    minh.says("/dotbaocao").taps(TITLE[:20]).taps("Đóng đợt").taps("Đóng đợt")
    assert [
        one for one in days(office, "lan", "2025-12-18 12:00") if one > "12-12"
    ] == []  # nor does the duty come back


def test_what_was_said_holds_for_the_round(office: Reminded) -> None:
    minh = confirms(office)
    office.chat.as_("lan").says("/danop").sees("đề nghị Văn phòng xác nhận")
    office.chat.opens(form(), title="Đợt cũ", due="2026-05-01 17:00")
    minh.says("/nhiemvu").says("1").taps("Mở đợt báo cáo").taps("Báo cáo thi đua").taps("Mở đợt").sees("Đã mở đợt")
    office.chat.as_("lan").says("/han").sees("đã báo nộp bằng đường khác")
    arrived = office.until("2025-11-28 12:00")
    assert office.to("lan", arrived) == [] and office.to("tuan", arrived) == ["11-28 08:00"]
    minh.says("/nopngoai").taps("Chưa nhận được")
    assert office.to("lan", office.until("2025-12-01 12:00")) == ["11-28 14:00"]


def test_what_is_decided_anew_is_taken_back_at_once(office: Reminded) -> None:
    minh = confirms(office).says("/nhiemvu").says("1").sees("đã xác nhận")
    office.chat.at("2025-11-28 08:00")
    assert len(office.planner.plan(office.chat.now).queued) == 2  # not delivered yet
    minh.taps("Xét lại")
    assert [text for text in office.told("lan") if TITLE in text] == []
    assert days(office, "lan", "2025-12-20 12:00") == []


def test_a_changed_document_stops_it_until_it_is_looked_at(office: Reminded) -> None:
    minh = confirms(office)
    later = plan_saying("- Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 20/12/2025.\n\n")
    office.chat.library = office.chat.source.library = FakeLibrary(later, draft())
    office.chat.at("2025-11-28 08:00")
    assert len(office.planner.plan(office.chat.now).queued) == 2  # on their way when the change is seen
    Occasions(office.chat.engine, office.chat.source, Calendar(), 30).look(office.chat.now)
    office.chat.work()
    assert not any("là đến hạn" in text for text in office.told("lan"))
    assert days(office, "lan", "2025-12-01 12:00") == []
    minh.says("/nhiemvu").taps("Theo văn bản mới").taps("Lưu thay đổi")
    assert days(office, "lan", "2025-12-05 12:00") == ["12-05"]
    assert "19/12/2025" in office.told("lan")[-1]


def test_a_serving_process_looks_at_documents_before_it_reminds(office: Reminded) -> None:
    confirms(office)
    chat = office.chat
    chat.library = chat.source.library = FakeLibrary(draft())  # withdrawn a moment ago
    chat.at("2025-12-01 08:00")  # the admin's digest is wanted too
    occasions = Occasions(chat.engine, chat.source, Calendar(), 30)
    serving = Serving(
        chat.service, {"fake": chat.channel}, "one", lambda: chat.now, (90, 1095),
        planner=office.planner, occasions=occasions, pace=0.05,
    )  # fmt: skip

    async def serve() -> None:
        async with serving.running(), asyncio.timeout(20):
            while not any("không còn trong các văn bản" in text for text in office.told("minh")):
                await asyncio.sleep(0.02)

    asyncio.run(serve())
    assert not any(TITLE in text for text in office.told("lan"))


def test_a_recurring_duty_reminds_of_each_time(office: Reminded) -> None:
    confirms(office, MONTHLY)
    arrived = office.until("2025-12-12 12:00")
    assert [at.split()[0] for at in office.to("lan", arrived)] == [
        "11-26", "12-03", "12-05", "12-09", "12-10", "12-11", "12-12"
    ]  # fmt: skip
    assert "– tháng 12/2025" in office.told("lan")[0]
    office.chat.as_("lan").says("/danop").sees("Báo cáo nào").taps("12/2025")  # the next one is owed too
    assert [text for text in office.told("lan") if "tháng 11/2025" in text] == []  # due before it was confirmed
    assert days(office, "lan", "2025-12-26 12:00") == ["12-26"]
    assert "tháng 1/2026" in office.told("lan")[-1]


def test_a_ladder_of_its_own(office: Reminded) -> None:
    minh = confirms(office).says("/nhiemvu").says("1").taps("Sửa").taps("Lịch nhắc")
    minh.sees("theo lịch chung: trước hạn 14, 7, 3, 1 ngày, trong ngày đến hạn").says("hai mươi").sees("Chưa rõ")
    minh.says("20 va 2 ngày").sees("Nhắc: trước hạn 20, 2 ngày.").taps("Lưu thay đổi").sees("Đã lưu")
    assert days(office, "lan", "2025-12-08 12:00") == ["11-24"]
    office.chat.opens(form(), title="Đợt cũ", due="2026-05-01 17:00")
    minh.says("/nhiemvu").says("1").taps("Mở đợt báo cáo").taps("Báo cáo thi đua").taps("Mở đợt")
    assert days(office, "lan", "2025-12-12 12:00") == ["12-12"]  # the round's too
    minh.says("/nhiemvu").says("1").taps("Sửa").taps("Lịch nhắc").says("mặc định").taps("Lưu thay đổi")
    with reading(office.chat.engine) as session:
        assert {duty.before for duty in owed.duties(session, office.chat.now)} == {()}


# Pure


NOW = datetime(2025, 11, 20, 9, tzinfo=VIETNAM)
QUARTERS = rhythm_of(Recurrence.QUARTERLY, 25)
assert QUARTERS is not None


def decided(rhythm: Rhythm | None = QUARTERS, *units: str, due: datetime | None = None) -> Decision:
    terms = Terms("Báo cáo kết quả", due, None if due else rhythm, units, not units)
    return confirm(Item(proposal()), terms, terms, "Minh", NOW)


def test_occurrences_since_it_was_confirmed() -> None:
    one, at = decided(), NOW + timedelta(days=130)  # 30 March
    assert [found.period for found in occurrences(one, NOW, timedelta())] == ["quý IV/2025"]
    assert [found.period for found in occurrences(one, at, timedelta())] == ["quý IV/2025", "quý I/2026", "quý II/2026"]
    assert len(tuple(occurrences(one, NOW, AHEAD))) == 4
    kept = keep(Item(proposal(), one), at)
    assert kept.at == at and len(tuple(occurrences(kept, at, timedelta()))) == 3  # what is overdue stays so
    again = confirm(Item(proposal(), one), one.terms or Terms(""), one.terms or Terms(""), "Nga", at)
    assert again.confirmed_at == NOW  # the same times
    moved = confirm(Item(proposal(), one), Terms("Báo cáo", None, rhythm_of(Recurrence.MONTHLY, 5), (), True),
                    Terms(""), "Nga", at)  # fmt: skip
    assert moved.confirmed_at == at


def test_units_of_today_owe_it() -> None:
    due = NOW + timedelta(days=20)
    found = duties([decided(None, "cc-tl", "phong-tccb", due=due)], UNITS_OF_OLD, (), (), Discretion(), NOW, AHEAD)
    assert [duty.unit for duty in found] == ["cc-tnn", "phong-tccb"]
    everyone = duties([decided(due=due)], UNITS_OF_OLD, (), (), Discretion(), NOW, AHEAD)
    assert [duty.unit for duty in everyone] == ["phong-tccb", "phong-khtc", "cc-tnn"]


def test_entries_say_where_it_is_handed_in() -> None:
    (duty,) = duties([decided(None, "phong-tccb", due=NOW + timedelta(days=20))], UNITS_OF_OLD, (), (), Discretion(),
                     NOW, AHEAD)  # fmt: skip
    (event,) = Feed.from_ical(feed(of_unit([duty], "Phòng A"), (), NOW)).walk("VEVENT")
    assert "Nộp theo văn bản." in event["DESCRIPTION"] and "/baocao" not in event["DESCRIPTION"]


def test_it_is_read_once_where_nothing_is_decided(office: Reminded) -> None:
    with reading(office.chat.engine) as session:
        assert owed.confirmed(session, office.chat.now, AHEAD) == ()
