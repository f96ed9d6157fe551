"""Reminders as people get them, on a moved clock: when, how often, to whom, what can be done about them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData

from bot.asking import VIETNAM
from bot.channels.base import DeliveryError
from bot.domain.messages import Reach
from bot.domain.reminders import Calendar
from bot.planner import Planned, Planner
from bot.serving import Serving
from bot.store import people, reminding, rounds
from knowledge.db import Base, reading, writing
from tests.bot import report_kit
from tests.bot.reminded import OTHER, UNIT, Reminded

ON_BOTH_DATABASES = True


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Reminded]:
    made = Reminded(tmp_path, database)
    yield made
    made.chat.engine.dispose()


def days(arrived: list[str]) -> list[str]:
    return [at.split()[0] for at in arrived]


def test_the_ladder_arrives_in_the_morning_of_working_days(office: Reminded) -> None:
    arrived = office.until("2025-12-22 12:00")
    morning = ["12-01", "12-08", "12-12", "12-15", "12-16", "12-17", "12-18", "12-19", "12-22"]
    assert office.to("lan", arrived) == [f"{day} 08:00" for day in morning]
    assert office.to("tuan", arrived) == office.to("lan", arrived)
    texts = [one.reply.text for _, one in arrived if one.chat == "chat-lan"]
    assert texts[0] == (
        "“Báo cáo quý IV” của Phòng Tổ chức cán bộ còn 14 ngày là đến hạn (17:00 ngày 15/12/2025). "
        "Gõ /baocao để điền và nộp."
    )
    assert "đến hạn hôm nay" in texts[3] and "đã quá hạn 1 ngày" in texts[4]


def test_reminders_stop_for_the_unit_that_handed_in_and_for_it_alone(office: Reminded) -> None:
    office.until("2025-12-09 09:00")
    office.hands_in("lan")
    arrived = office.until("2025-12-16 09:00")
    assert office.to("lan", arrived) == []
    assert days(office.to("tuan", arrived)) == ["12-12", "12-15", "12-16"]


def test_a_returned_report_is_reminded_of_as_returned(office: Reminded) -> None:
    office.hands_in("lan")
    with reading(office.chat.engine) as session:
        assert all(one.settled == (one.unit == UNIT) for one in reminding.duties(session, office.chat.now))
    report_kit.give_back(office.chat, "Thiếu số liệu quý IV")
    arrived = office.until("2025-12-01 09:00")
    texts = [one.reply.text for _, one in arrived if one.chat == "chat-lan"]
    assert texts and "đã bị trả lại và còn 14 ngày" in texts[-1] and "sửa và nộp lại" in texts[-1]


@pytest.mark.parametrize(
    ("returned", "following"), [("2025-12-09 10:00", "12-12"), ("2025-12-16 10:00", "12-17")], ids=["ahead", "overdue"]
)
def test_whoever_gets_a_report_back_is_not_reminded_in_the_same_breath(
    office: Reminded, returned: str, following: str
) -> None:
    office.hands_in("lan")
    office.until(returned)
    report_kit.give_back(office.chat, "Thiếu số liệu quý IV")
    arrived = office.until("2025-12-18 09:00")
    assert days(office.to("lan", arrived))[0] == following  # not at once, with the rung of days before


def test_what_was_queued_is_taken_back_when_the_report_comes(office: Reminded) -> None:
    lan = report_kit.answers(office.chat.as_("lan"), "/baocao", *report_kit.COURSE)
    office.chat.at("2025-12-01 08:00")
    assert len(office.planner.plan(office.chat.now).queued) == 3  # not yet delivered
    lan.taps("Nộp").sees("Đã nộp")
    told = {one.chat for one in office.chat.channel.delivered if "còn 14 ngày là đến hạn" in one.reply.text}
    assert told == {"chat-tuan"}


def test_after_an_outage_only_the_latest_rung_is_sent(office: Reminded) -> None:
    office.chat.at("2025-12-16 10:00")
    office.pass_()
    told = [one.reply.text for one in office.chat.channel.delivered if one.chat == "chat-lan"]
    assert len(told) == 1 and "quá hạn 1 ngày" in told[0]


def test_what_could_not_be_sent_by_day_is_not_sent_at_night(office: Reminded) -> None:
    office.chat.at("2025-12-01 16:59")
    office.chat.channel.failures["chat-lan"] = [DeliveryError("down")]
    office.pass_()
    arrived = office.until("2025-12-02 07:30", timedelta(minutes=1))
    assert office.to("lan", arrived) == []
    assert office.to("lan", office.until("2025-12-02 08:30")) == ["12-02 08:00"]


def test_a_moved_due_time_begins_a_new_ladder(office: Reminded) -> None:
    office.until("2025-12-08 09:00")
    with writing(office.chat.engine) as session:
        due = office.chat.now + timedelta(days=21)
        rounds.change(session, office.round, due_at=due, closed_at=None)
    arrived = office.until("2025-12-23 09:00")
    assert days(office.to("lan", arrived)) == ["12-15", "12-22"]


def test_a_closed_round_is_silent(office: Reminded) -> None:
    minh = office.chat.as_("minh").says("/dotbaocao").taps("Báo cáo quý IV").taps("Đóng đợt")
    office.chat.at("2025-12-01 08:00")
    office.planner.plan(office.chat.now)
    minh.taps("Đóng đợt")
    told = [one.reply.text for one in office.chat.channel.delivered if one.chat == "chat-tuan"]
    assert len(told) == 1 and "đã đóng" in told[0]
    assert office.to("tuan", office.until("2025-12-16 09:00")) == []


def test_nobody_is_interrupted_in_mid_report(office: Reminded) -> None:
    office.chat.at("2025-12-01 07:40")
    office.chat.as_("lan").says("/baocao")
    assert office.to("lan", office.until("2025-12-01 08:30", timedelta(minutes=10))) == []
    assert office.to("lan", office.until("2025-12-01 09:30", timedelta(minutes=10))) == ["12-01 08:40"]


def test_one_chat_of_a_person_is_written_to(office: Reminded) -> None:
    lan = office.chat.person("lan")
    with writing(office.chat.engine) as session:
        from bot.domain.people import Account

        people.link(session, lan.id, Account("web", "token", "token", "", office.chat.now))
        people.link(session, lan.id, Account("fake", "lan2", "chat-lan2", "", office.chat.now - timedelta(days=9)))
    arrived = office.until("2025-12-01 09:00")
    assert office.to("lan", arrived) == ["12-01 08:00"] and office.to("lan2", arrived) == []


# What can be done under a reminder


def reminded(office: Reminded) -> None:
    office.until("2025-12-12 08:00", timedelta(hours=1))


def test_remind_me_in_an_hour(office: Reminded) -> None:
    reminded(office)
    lan = office.chat.as_("lan").hears()
    lan.taps("sau 1 giờ").sees("tôi sẽ nhắc lại “Báo cáo quý IV” lúc 09:00 ngày 12/12/2025")
    lan.taps("sau 1 giờ").sees("đã nhận lựa chọn này")
    assert office.to("lan", office.until("2025-12-12 16:00", timedelta(minutes=10))) == ["12-12 09:00"]


def test_remind_me_in_an_hour_late_in_the_day_means_the_next_morning_once(office: Reminded) -> None:
    reminded(office)
    office.chat.at("2025-12-12 16:30")
    office.chat.as_("lan").hears().taps("sau 1 giờ").sees("08:00 ngày 15/12/2025")
    # The rung of the 15th comes at the same time: one message.
    assert office.to("lan", office.until("2025-12-15 12:00")) == ["12-15 08:00"]


def test_choices_of_an_old_reminder_work_in_the_middle_of_something_else(office: Reminded) -> None:
    reminded(office)
    lan = office.chat.as_("lan").hears()
    key, turn = lan.choices[1].key, lan.turn
    from bot.domain.messages import IncomingKind

    office.chat.later(hours=1)
    lan.says("hạn báo cáo?")
    lan.sends(IncomingKind.TAP, choice=key, turn=turn).sees("08:00 ngày 15/12/2025")


def test_somebody_else_cannot_choose_and_a_settled_duty_is_said_to_be(office: Reminded) -> None:
    reminded(office)
    lan, tuan = office.chat.as_("lan").hears(), office.chat.as_("tuan")
    tuan.choices, tuan.turn = lan.choices, lan.turn
    tuan.taps("Sáng mai").sees("dành cho người khác")
    choices, turn = lan.choices, lan.turn
    office.hands_in("lan")
    again = office.chat.as_("lan")
    again.choices, again.turn = choices, turn
    again.taps("Sáng mai").sees("đã nộp rồi, nên tôi không nhắc nữa")


def test_handed_in_otherwise_is_confirmed_or_rejected(office: Reminded) -> None:
    reminded(office)
    lan, minh = office.chat.as_("lan").hears(), office.chat.as_("minh")
    lan.taps("đường khác").sees("đề nghị Văn phòng xác nhận")
    minh.hears().sees("Phòng Tổ chức cán bộ (Lan) báo đã nộp bằng đường khác")
    assert office.to("lan", office.until("2025-12-16 09:00")) == []
    minh.taps("Chưa nhận được").sees("chưa nhận được “Báo cáo quý IV”")
    lan.hears().sees("Văn phòng chưa nhận được")
    minh.taps("Đã nhận được").sees("đã được ghi là chưa nộp rồi")
    assert days(office.to("lan", office.until("2025-12-17 09:00"))) == ["12-16", "12-17"]
    lan.says("/danop").sees("đề nghị Văn phòng xác nhận")
    minh.says("/nopngoai").sees("chờ xác nhận").taps("Đã nhận được")
    lan.hears().sees("xác nhận đã nhận được")
    assert office.to("lan", office.until("2025-12-22 09:00")) == []
    lan.says("/han").sees("đã báo nộp bằng đường khác")


def test_without_buttons_commands_do_the_same(tmp_path: Path, database: str) -> None:
    office = Reminded(tmp_path, database)
    office.chat.reaches["fake"] = Reach(buttons=False)
    office.chat.restart()
    reminded(office)
    lan = office.chat.as_("lan").hears()
    assert lan.replies[0].instead == (
        "Muốn được nhắc lại: gõ /nhaclai 1 giờ hoặc /nhaclai sáng mai. Đã nộp bằng đường khác: gõ /danop 1."
    )
    lan.says("/nhaclai").sees("khi nào")
    lan.says("/nhac lai sang mai").sees("08:00 ngày 15/12/2025")
    lan.says("/nhắc lại 30 phút").sees("08:30 ngày 12/12/2025")
    lan.says("/nhaclai 15h").sees("15:00 ngày 12/12/2025")
    lan.says("/nhaclai hôm qua").sees("chưa hiểu")
    assert office.to("lan", office.until("2025-12-12 17:00", timedelta(minutes=10))) == ["12-12 15:00"]
    lan.says("/danop 7").sees("Báo cáo nào?").says("1").sees("đề nghị Văn phòng xác nhận")
    office.chat.as_("minh").says("/nopngoai 1 đúng").sees("Tôi đã báo Lan")
    office.chat.engine.dispose()


def test_the_words_of_the_choices_may_be_typed(office: Reminded) -> None:
    lan, tuan = office.chat.as_("lan"), office.chat.as_("tuan")
    lan.says("sáng mai")
    assert "nhắc lại" not in lan.replies[0].text  # nobody was reminded: a question like any other
    reminded(office)
    lan.says("nhac lai sau 1 gio").sees("lúc 09:00 ngày 12/12/2025")
    lan.says("Sáng mai").sees("08:00 ngày 15/12/2025")
    lan.says("Nhắc lại khi nào đó").sees("chưa hiểu")
    tuan.says("Đã nộp bằng đường khác").sees("đề nghị Văn phòng xác nhận")
    tuan.says("da nop roi").sees("không còn báo cáo nào phải nộp")
    office.chat.as_("minh").says("đã nộp rồi")
    assert "Văn phòng" not in office.chat.as_("minh").hears().replies[0].text


# Quiet


def test_muted_until_a_day_but_not_out_of_the_digest(office: Reminded) -> None:
    lan = office.chat.as_("lan")
    lan.says("/tatnhac").sees("đến khi nào")
    lan.says("/tatnhac đến 15/12").sees("đến hết ngày 14/12/2025", "bản tổng hợp hằng tuần")
    arrived = office.until("2025-12-22 09:00")
    assert days(office.to("lan", arrived))[0] == "12-15"
    lan.says("/tatnhac 30 ngày")
    lan.says("/nhacnho").sees("đang tắt đến")
    arrived = office.until("2025-12-29 09:00")
    assert office.to("lan", arrived) == []
    weekly = [one.reply.text for _, one in arrived if one.chat == "chat-minh"]
    assert len(weekly) == 1 and "Quá hạn:\n• Báo cáo quý IV" in weekly[0] and "Phòng Tổ chức cán bộ" in weekly[0]
    lan.says("/batnhac").sees("Đã bật lại")
    assert days(office.to("lan", office.until("2025-12-30 09:00"))) == ["12-29", "12-30"]


def test_hours_of_ones_own(office: Reminded) -> None:
    lan = office.chat.as_("lan")
    lan.says("/nhacnho").sees("08:00–17:00", "trước hạn 14, 7, 3, 1 ngày")
    lan.says("/nhacnho 14h-16h30").sees("14:00–16:30")
    lan.says("/nhacnho 19:00-21:00").sees("chỉ nhắc trong giờ làm việc")
    arrived = office.until("2025-12-01 18:00")
    assert office.to("lan", arrived) == ["12-01 14:00"] and office.to("tuan", arrived) == ["12-01 08:00"]
    lan.says("/nhacnho cả ngày").sees("mọi giờ làm việc")
    assert office.to("lan", office.until("2025-12-08 18:00")) == ["12-08 08:00"]


# Digests, deadlines


def test_digests_come_on_the_first_working_morning_of_the_week(office: Reminded) -> None:
    leader, binh = office.leader(), office.chat.as_("binh")
    arrived = office.until("2025-12-22 09:00")
    assert office.to("minh", arrived) == [f"12-{day} 08:00" for day in ("01", "08", "15", "22")]
    assert office.to("binh", arrived) == ["12-22 08:00"]  # nobody was late before
    assert days(office.to("ha", arrived)) == ["12-18", "12-19", "12-22", "12-22"]
    binh.hears().sees("Báo cáo quá hạn", "Phòng Tổ chức cán bộ, Phòng Kế hoạch – Tài chính")
    told = [one.reply.text for _, one in arrived if one.chat == leader.chat]
    assert any(text.startswith("Phòng Tổ chức cán bộ còn báo cáo quá hạn") for text in told)


def test_nobody_is_muted_out_of_a_digest(office: Reminded) -> None:
    for who in ("minh", "binh"):
        office.chat.as_(who).says("/tatnhac 50 ngày").sees("bản tổng hợp hằng tuần")
    arrived = office.until("2025-12-22 09:00")
    assert office.to("minh", arrived)[-1] == office.to("binh", arrived)[-1] == "12-22 08:00"


def test_no_digest_about_nothing(office: Reminded) -> None:
    office.hands_in("lan")
    office.hands_in("tuan")
    before = len([one for one in office.chat.channel.delivered if one.chat == "chat-minh"])
    office.until("2025-12-08 12:00")
    after = [one for one in office.chat.channel.delivered if one.chat == "chat-minh"]
    assert len(after) == before


def test_deadlines_in_chat(office: Reminded) -> None:
    lan, minh = office.chat.as_("lan"), office.chat.as_("minh")
    lan.says("/han").sees("Báo cáo quý IV: hạn 17:00 ngày 15/12/2025, còn 17 ngày – chưa bắt đầu")
    lan.says("/hom_nay").sees("Hôm nay không có việc gì chờ anh/chị", "Hạn gần nhất: Báo cáo quý IV")
    minh.says("/hạn").sees("0/2 đã nộp; chưa nộp: Phòng Tổ chức cán bộ, Phòng Kế hoạch – Tài chính")
    office.hands_in("tuan")
    minh.says("/homnay").sees("1 báo cáo chờ duyệt")
    office.chat.at("2025-12-17 09:00")
    lan.says("/hôm nay").sees("quá hạn 2 ngày")
    minh.says("/homnay").sees("1 báo cáo quá hạn (Phòng Tổ chức cán bộ)")
    office.chat.as_("hoa").says("/han").sees("mã liên kết")


def test_two_planners_at_once_and_a_clock_put_back(office: Reminded) -> None:
    second = Planner(office.chat.engine, Calendar())
    office.chat.at("2025-12-12 08:00")
    first = office.planner.plan(office.chat.now)
    assert len(first.queued) == 2 and second.plan(office.chat.now).queued == ()
    office.chat.work()
    office.chat.at("2025-12-08 09:00")  # an earlier rung after a later one would only confuse
    assert [one.person for one in office.planner.plan(office.chat.now).queued] == ["Minh"]
    assert office.chat.now.astimezone(VIETNAM).hour == 9


def test_units_that_ended_owe_nothing(office: Reminded) -> None:
    with writing(office.chat.engine) as session:
        people.switch_unit(session, OTHER, active=False)
    assert office.to("tuan", office.until("2025-12-08 09:00")) == []


def test_a_serving_process_plans_by_itself(office: Reminded) -> None:
    office.chat.at("2025-12-01 08:00")
    chat = office.chat
    channels = {chat.channel.name: chat.channel}
    serving = Serving(chat.service, channels, "one", lambda: chat.now, (90, 1095), planner=office.planner)

    async def serve() -> None:
        async with serving.running():
            while len(chat.channel.delivered) < 3:
                await asyncio.sleep(0.02)

    asyncio.run(asyncio.wait_for(serve(), 20))
    assert {one.chat for one in chat.channel.delivered} == {"chat-lan", "chat-tuan", "chat-minh"}


def test_what_goes_wrong_once_does_not_end_the_reminding(office: Reminded, caplog: pytest.LogCaptureFixture) -> None:
    class Failing(Planner):
        """A planner that stumbles over its first pass."""

        passes = 0

        def plan(self, now: datetime) -> Planned:
            self.passes += 1
            if self.passes == 1:
                raise ValueError("scripted failure")
            return super().plan(now)

    office.chat.at("2025-12-01 08:00")
    chat, planner = office.chat, Failing(office.chat.engine, Calendar())
    channels = {chat.channel.name: chat.channel}
    serving = Serving(chat.service, channels, "one", lambda: chat.now, (90, 1095), planner=planner, pace=0.05)

    async def serve() -> None:
        async with serving.running():
            while len(chat.channel.delivered) < 3:
                await asyncio.sleep(0.02)

    asyncio.run(asyncio.wait_for(serve(), 20))
    assert "scripted failure" in caplog.text and planner.passes > 1


def test_the_tables_are_what_the_migrations_make(office: Reminded) -> None:
    names = {"reminders", "snoozes", "handed_otherwise", "reminder_hours", "calendar_links", "outbox"}
    ours = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(ours)
    with office.chat.engine.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or name in names}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), ours)
    assert [one for one in found if getattr(one[1], "name", None) in names or isinstance(one, list)] == []
