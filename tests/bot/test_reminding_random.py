"""Random histories: whatever clock, processes, units and admins do, each reminder comes once and none comes wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from bot.asking import VIETNAM
from bot.domain.decisions import confirm
from bot.domain.filling import Draft
from bot.domain.obligations import Item, Terms
from bot.domain.people import Account, Role, Unit
from bot.domain.reminders import Calendar, Duty, due_rung
from bot.domain.rounds import EDITABLE, Round
from bot.planner import Planner
from bot.store import claims, forms, obligations, outbox, owed, people, reminding, rounds, submissions
from bot.store.obligation_tables import ObligationRow
from bot.store.reminder_tables import HandedOtherwiseRow, ReminderRow, SnoozeRow
from bot.store.report_tables import RoundRow, RoundUnitRow, SubmissionEventRow, SubmissionRow
from bot.store.tables import OutboxRow
from knowledge.db import open_engine, reading, writing
from tests.bot import report_kit
from tests.bot.duty_kit import proposal

ON_BOTH_DATABASES = True

BEGIN = datetime(2025, 11, 3, 8, 30, tzinfo=VIETNAM)
UNITS, CALENDAR = ("a", "b"), Calendar()
LEASE = timedelta(seconds=20)

steps = st.one_of(
    st.tuples(st.just("pass"), st.integers(0, 1)),  # by one of two planners
    st.tuples(st.just("together"), st.sampled_from(UNITS)),  # both planners, two deliverers, a unit that hands in
    st.tuples(st.just("deliver"), st.booleans()),  # whether sending works
    st.tuples(st.just("dawn"), st.integers(0, 9)),  # on to 08:00, so many days later
    st.tuples(st.just("rung"), st.sampled_from((14, 7, 3, 1, 0, -3))),  # to the morning so many days before the due day
    st.tuples(st.just("later"), st.integers(1, 60)),  # hours
    st.tuples(st.just("jump"), st.integers(-30 * 24, 30 * 24)),  # hours
    st.tuples(st.just("submit"), st.sampled_from(UNITS)),
    st.tuples(st.just("return"), st.sampled_from(UNITS)),
    st.tuples(st.just("move"), st.integers(-10, 20)),  # days
    st.tuples(st.just("snooze"), st.integers(1, 30)),  # hours
    st.tuples(st.just("decide"), st.sampled_from(("confirm", "withdraw", "change", "look"))),  # about the duty
    st.tuples(st.just("claim"), st.sampled_from(UNITS)),  # that the duty was handed in otherwise
    st.tuples(st.just("deny"), st.sampled_from(UNITS)),
)
PROPOSAL = proposal()


class History:
    """One round and one duty without a round, of two units with a clerk each; and everything that reached them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.planners = (Planner(engine, CALENDAR), Planner(engine, CALENDAR))
        self.now = BEGIN
        self.due = BEGIN.replace(hour=17, minute=0) + timedelta(days=25)
        self.arrived: list[str] = []  # keys
        with writing(engine) as session:
            for table in (
                ReminderRow, SnoozeRow, HandedOtherwiseRow, OutboxRow, SubmissionEventRow, SubmissionRow, RoundUnitRow,
                RoundRow, ObligationRow,
            ):  # fmt: skip
                session.execute(delete(table))
            if not people.units(session):
                for key in UNITS:
                    people.add_unit(session, Unit(key, f"Phòng {key.upper()}"))
                    clerk = people.add_person(session, f"Văn thư {key}", Role.CLERK, key, BEGIN)
                    people.link(session, clerk.id, Account("fake", key, f"chat-{key}", "", BEGIN))
            form = forms.add(session, report_kit.form(), "0" * 64, None, BEGIN)
            opened = Round(0, "Báo cáo tháng", form, BEGIN - timedelta(days=9), self.due, UNITS)
            self.round = rounds.add(session, opened)
            self.decide(session, "confirm")

    def duties(self) -> dict[tuple[str, str], Duty]:
        """Return what is owed as it stands, by key and unit."""
        with reading(self.engine) as session:
            found = owed.duties(session, self.now + timedelta(days=400))
        return {(one.key, one.unit): one for one in found}

    def take(self, step: tuple[str, int | str]) -> None:
        what, given = step
        if what == "pass":
            self.planners[int(given)].plan(self.now)
        elif what == "deliver":
            self.deliver(bool(given))
        elif what == "together":
            self.together(str(given))
        elif what == "dawn":
            self.now = self.now.replace(hour=8, minute=0) + timedelta(days=int(given))
        elif what == "rung":
            self.now = (self.due - timedelta(days=int(given))).replace(hour=8, minute=0)
        elif what in ("later", "jump"):
            self.now += timedelta(hours=int(given))
        else:
            acts = {
                "submit": self.submit, "return": self.give_back, "move": self.move, "snooze": self.snooze,
                "decide": self.decide, "claim": self.claim, "deny": self.deny,
            }  # fmt: skip
            with writing(self.engine) as session:
                acts[what](session, given)

    def submit(self, session: Session, unit: int | str) -> None:
        unit = str(unit)
        found = submissions.of_unit(session, self.round, unit)
        if found is None:
            submissions.begin(session, self.round, unit, Draft({}), None, self.now)
            found = submissions.of_unit(session, self.round, unit)
        if found is not None and found.state in EDITABLE:
            submissions.submit(session, found.id, found.revision, "BC", False, None, self.now)
            reminding.settle(session, reminding.duty_key(self.round), self.now, unit)

    def give_back(self, session: Session, unit: int | str) -> None:
        found = submissions.of_unit(session, self.round, str(unit))
        if found is not None and found.state not in EDITABLE:
            submissions.give_back(session, found.id, found.revision, "Thiếu", (), None, self.now)

    def move(self, session: Session, by: int | str) -> None:
        self.due += timedelta(days=int(by))
        rounds.change(session, self.round, due_at=self.due, closed_at=None)
        reminding.settle(session, reminding.duty_key(self.round), self.now)

    def snooze(self, session: Session, hours: int | str) -> None:
        clerk = people.people(session, unit="a")[0]
        at = CALENDAR.not_before(self.now + timedelta(hours=int(hours)))
        reminding.snooze(session, clerk.id, reminding.duty_key(self.round), "a", at)

    def decide(self, session: Session, how: int | str) -> None:
        """Let an admin confirm the duty or take that back, or its document change and be looked at."""
        before = obligations.decision(session, PROPOSAL.key)
        if how == "confirm" and before is None:
            terms = Terms("Báo cáo kết quả", self.due - timedelta(days=2), everyone=True)
            obligations.decide(session, confirm(Item(PROPOSAL), terms, terms, "Minh", min(self.now, BEGIN)))
        elif how == "withdraw" and before is not None:
            obligations.undecide(session, before.key, before.revision)
        elif how in ("change", "look"):
            obligations.halt(session, PROPOSAL.key, "changed" if how == "change" else "")
        reminding.settle_duty(session, PROPOSAL.key, self.now)

    def claim(self, session: Session, unit: int | str) -> None:
        clerk = people.people(session, unit=str(unit))[0]
        claims.make(session, PROPOSAL.key, "Báo cáo kết quả", str(unit), clerk.id, self.now)
        reminding.settle(session, PROPOSAL.key, self.now, str(unit))

    def deny(self, session: Session, unit: int | str) -> None:
        for one in claims.waiting(session):
            if one.unit == unit:
                claims.decide(session, one.id, right=False, by=None, now=self.now)

    def together(self, unit: str) -> None:
        """Let everything happen at once: what a unit handed in meanwhile may be on its way, nothing twice."""

        def submits() -> None:
            with writing(self.engine) as session:
                self.submit(session, unit)

        owed_before = self.duties()
        with ThreadPoolExecutor(5) as pool:
            planned = [pool.submit(planner.plan, self.now) for planner in self.planners]
            sent = [pool.submit(self.deliver, True, f"deliverer-{number}", owed_before) for number in range(2)]
            for one in (*planned, *sent, pool.submit(submits)):
                one.result()

    def deliver(
        self, works: bool = True, owner: str = "test", known: Mapping[tuple[str, str], Duty] | None = None
    ) -> None:
        """Send everything that may be sent, or fail to; `known`: what was owed a moment ago."""
        while True:
            with writing(self.engine) as session:
                outbox.release_expired(session, self.now)
                parcels = outbox.claim(session, owner, ["fake"], self.now, LEASE, 8)
            if not parcels:
                return
            if works:
                for parcel in parcels:
                    self.arrives(parcel.id, known if known is not None else self.duties())
            with writing(self.engine) as session:
                outbox.sent(session, parcels if works else (), self.now)
                for parcel in () if works else parcels:
                    outbox.retry(session, parcel, "down", self.now + timedelta(minutes=5))

    def arrives(self, outbox_id: int, duties: Mapping[tuple[str, str], Duty]) -> None:
        """Check one message that reaches somebody."""
        with reading(self.engine) as session:
            key = session.scalar(select(OutboxRow.key).where(OutboxRow.id == outbox_id))
            about = session.execute(
                select(ReminderRow.duty, ReminderRow.unit).where(ReminderRow.outbox_id == outbox_id)
            ).one()
        assert key is not None and key not in self.arrived
        self.arrived.append(key)
        local = self.now.astimezone(VIETNAM)
        assert CALENDAR.open_at(local), f"{local} is no time to write to people"
        assert (about.duty, about.unit) in duties, "a reminder of what is not asked any more"
        duty = duties[about.duty, about.unit]
        assert not duty.settled
        if key.startswith("remind:"):
            rung = due_rung(duty, CALENDAR.ladder, CALENDAR.workdays, CALENDAR.hours, local)
            *ladder, due, days, _ = key.split(":")
            same = [other.split(":") for other in self.arrived if other.startswith(":".join([*ladder, due, ""]))]
            assert int(days) == min(int(other[4]) for other in same), "an earlier rung after a later one"
            assert rung is not None and (due, int(days)) == (f"{duty.due_at:%y%m%d%H%M}", rung.days)


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = open_engine(database)
    yield made
    made.dispose()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(taken=[("rung", 7), ("pass", 0), ("submit", "a"), ("deliver", True)])
@example(taken=[("rung", 7), ("pass", 0), ("later", 12), ("deliver", True)])
@example(taken=[("rung", 7), ("pass", 0), ("deliver", False), ("submit", "b"), ("later", 1), ("deliver", True)])
@example(taken=[("rung", 3), ("pass", 0), ("deliver", True), ("rung", 7), ("pass", 1), ("deliver", True)])
@example(taken=[("rung", 3), ("pass", 0), ("move", 5), ("deliver", True)])
@example(taken=[("rung", 7), ("pass", 0), ("decide", "change"), ("deliver", True), ("decide", "look"), ("pass", 1)])
@example(taken=[("rung", 7), ("pass", 0), ("decide", "withdraw"), ("deliver", True), ("decide", "confirm")])
@example(taken=[("rung", 7), ("pass", 0), ("claim", "a"), ("deliver", True), ("deny", "a"), ("rung", 3), ("pass", 0)])
@example(taken=[("rung", 7), ("together", "a"), ("rung", 3), ("together", "b"), ("rung", 1), ("together", "a")])
@given(taken=st.lists(steps, max_size=60))
def test_each_reminder_once_and_none_wrong(engine: Engine, taken: list[tuple[str, int | str]]) -> None:
    history = History(engine)
    for step in taken:
        history.take(step)
    # In the end everyone who owes has heard of where their ladder stands: after whatever happened, nothing is lost.
    history.now = max(history.now, BEGIN) + timedelta(days=60)
    while not CALENDAR.open_at(history.now.astimezone(VIETNAM)):
        history.now += timedelta(hours=1)
    history.take(("pass", 0))
    history.take(("deliver", True))
    for duty in history.duties().values():
        rung = due_rung(duty, CALENDAR.ladder, CALENDAR.workdays, CALENDAR.hours, history.now)
        ladder = f"remind:{duty.key}:{duty.unit}:{duty.due_at:%y%m%d%H%M}:"
        heard = [int(key.split(":")[4]) for key in history.arrived if key.startswith(ladder)]
        assert rung is None or (heard and min(heard) <= rung.days)  # or a later one, before the clock was put back


def test_a_history_is_really_a_history(engine: Engine) -> None:
    history = History(engine)
    for _ in range(25):
        for step in (("dawn", 1), ("pass", 0), ("pass", 1), ("deliver", True)):
            history.take(step)
    assert len(history.arrived) == 2 * (5 + 7) and len({key.split(":")[1] for key in history.arrived}) == 2
