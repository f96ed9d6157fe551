"""The ladder of reminders: which day, whom, once, and never stale."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.asking import VIETNAM
from bot.domain.people import Person, Role
from bot.domain.reminders import Duty, Ladder, due_reminders, due_rung, rungs, wording
from bot.domain.workdays import Hours, Workdays

WORK, HOURS, LADDER = Workdays(), Hours(), Ladder()
CLERK = Person(1, "Lan", Role.CLERK, "phong-a")
LEADER = Person(2, "Bình", Role.LEADER, "phong-a")
OTHER = Person(3, "Tuấn", Role.CLERK, "phong-b")
ADMIN = Person(4, "Minh", Role.ADMIN, None)


def at(when: str) -> datetime:
    return datetime.fromisoformat(when).replace(tzinfo=VIETNAM)


def duty(due: str, opens: str = "2025-01-01 08:00", **more: bool) -> Duty:
    return Duty("round-1", "Báo cáo quý", "phong-a", at(opens), at(due), **more)


def days_sent(one: Duty, until: str) -> list[tuple[str, int]]:
    return [(f"{rung.at:%m-%d}", rung.days) for rung in rungs(one, LADDER, WORK, HOURS, at(until))]


def test_rungs_move_earlier_to_working_days() -> None:
    # 2025-11-30 is a Sunday, 2025-11-29 a Saturday, 2025-11-16 and 23 are Sundays.
    assert days_sent(duty("2025-11-30 17:00"), "2025-11-30 23:00") == [
        ("11-14", 14), ("11-21", 7), ("11-27", 3), ("11-28", 1), ("11-28", 0),
    ]  # fmt: skip


def test_overdue_rungs_come_on_working_days_only() -> None:
    sent = days_sent(duty("2025-12-05 17:00"), "2025-12-10 09:00")
    assert sent[-3:] == [("12-08", -3), ("12-09", -4), ("12-10", -5)]


def test_tet_is_no_working_day_and_swaps_are_obeyed() -> None:
    assert not WORK.is_working(date(2026, 2, 17))
    assert WORK.at_or_before(date(2026, 2, 22)) == date(2026, 2, 13)
    swapped = Workdays(off=frozenset({date(2026, 3, 2)}), on=frozenset({date(2026, 3, 7)}))
    assert not swapped.is_working(date(2026, 3, 2)) and swapped.is_working(date(2026, 3, 7))


def test_only_the_latest_rung_after_an_outage() -> None:
    found = due_rung(duty("2025-12-05 17:00"), LADDER, WORK, HOURS, at("2025-12-01 10:00"))
    assert found is not None and found.days == 7


def test_long_after_it_was_due_only_the_digest_speaks() -> None:
    one = duty("2025-09-01 17:00")
    last = due_rung(one, Ladder(), Workdays(), Hours(), at("2025-10-31 10:00"))
    assert last is not None and last.days == -60
    assert due_rung(one, Ladder(), Workdays(), Hours(), at("2025-11-03 10:00")) is None


def test_nothing_at_night_on_days_off_before_opening_or_when_settled() -> None:
    one = duty("2025-12-05 17:00")
    for moment in ("2025-12-04 07:59", "2025-12-04 17:00", "2025-11-30 10:00"):
        assert due_rung(one, LADDER, WORK, HOURS, at(moment)) is None
    late_opening = duty("2025-12-05 17:00", opens="2025-12-03 09:00")
    assert due_rung(late_opening, LADDER, WORK, HOURS, at("2025-12-03 10:00")) is None
    assert due_rung(duty("2025-12-05 17:00", settled=True), LADDER, WORK, HOURS, at("2025-12-04 10:00")) is None


def test_the_leader_hears_from_the_third_day_overdue() -> None:
    def who(moment: str) -> set[int]:
        people = (CLERK, LEADER, OTHER, ADMIN)
        return {
            one.person for one in due_reminders([duty("2025-12-01 17:00")], people, LADDER, WORK, HOURS, at(moment))
        }

    assert who("2025-12-03 09:00") == {1}
    assert who("2025-12-04 09:00") == {1, 2}


def test_muted_people_are_left_alone_until_then() -> None:
    muted = Person(1, "Lan", Role.CLERK, "phong-a", muted_until=at("2025-12-04 12:00"))
    one = duty("2025-12-05 17:00")
    assert not list(due_reminders([one], [muted], LADDER, WORK, HOURS, at("2025-12-04 09:00")))
    assert list(due_reminders([one], [muted], LADDER, WORK, HOURS, at("2025-12-04 13:00")))


def test_wording_counts_from_now() -> None:
    one = duty("2025-12-05 17:00")
    assert "còn 4 ngày" in wording(one, "Phòng A", at("2025-12-01 10:00"))
    assert "ngày mai" in wording(one, "Phòng A", at("2025-12-04 10:00"))
    assert "hôm nay" in wording(one, "Phòng A", at("2025-12-05 10:00"))
    assert "quá hạn 2 ngày" in wording(one, "Phòng A", at("2025-12-07 10:00"))


MOMENTS = st.integers(0, 200 * 24 * 4).map(lambda quarter: at("2025-10-01 00:00") + timedelta(minutes=15 * quarter))


@given(due=MOMENTS, looks=st.lists(MOMENTS, max_size=40))
def test_one_key_a_rung_whatever_the_clock_does(due: datetime, looks: list[datetime]) -> None:
    one = Duty("round-1", "Báo cáo quý", "phong-a", at("2025-09-01 08:00"), due)
    keys: dict[str, int] = {}
    for now in looks:
        for reminder in due_reminders([one], [CLERK], LADDER, WORK, HOURS, now):
            assert WORK.is_working(now.date()) and HOURS.contains(now)
            assert reminder.rung.at <= now
            keys.setdefault(reminder.key, reminder.rung.days)
    assert len(keys) == len(set(keys.values()))
