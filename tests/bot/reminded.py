"""An office whose reminders are planned and delivered on a moved clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from bot.asking import VIETNAM
from bot.channels.base import Outgoing
from bot.domain.people import Account, Role, Unit
from bot.domain.publishing import Publication, Standing
from bot.domain.reminders import Calendar
from bot.planner import Planned, Planner
from bot.store import people, publications
from knowledge.db import writing
from tests.bot import report_kit
from tests.bot.chat import Chat, Speaker
from tests.fakes.telegram_people import Person as TelegramPerson

UNIT, OTHER = "phong-tccb", "phong-khtc"
_LOOKED_AT = (time(7, 30), time(8), time(12), time(14), time(17, 30))


def take_on(session: Session, clerks: Sequence[TelegramPerson], at: datetime) -> tuple[str, ...]:
    """Let each of these be the clerk of a unit of their own, linked over Telegram; returns the keys of the units."""
    keys = tuple(f"phong-{number}" for number in range(len(clerks)))
    for number, (key, clerk) in enumerate(zip(keys, clerks, strict=True)):
        people.add_unit(session, Unit(key, f"Phòng số {number}"))
        known = people.add_person(session, f"Văn thư {number}", Role.CLERK, key, at)
        people.link(session, known.id, Account("telegram", str(clerk.id), str(clerk.id), "", at))
    return keys


class Reminded:
    """The office of `chat`, with a round that both units owe (none where it is never `due`) and a planner."""

    def __init__(
        self, home: Path, database: str, *, opened: str = "2025-11-28 08:30", due: str | None = "2025-12-15 17:00"
    ) -> None:
        self.chat = Chat(home, database=database)
        self.chat.at(opened)
        self.round = self.chat.opens(report_kit.form(), due=due) if due else 0

    @property
    def planner(self) -> Planner:
        """Return a planner over the engine of now: a restart leaves the one before behind."""
        return Planner(self.chat.engine, Calendar())

    def pass_(self) -> Planned:
        """Plan once, now, and deliver whatever can be delivered."""
        planned = self.planner.plan(self.chat.now)
        self.chat.work()
        return planned

    def until(self, when: str, step: timedelta | None = None) -> list[tuple[str, Outgoing]]:
        """Let the clock run to `when` with a pass at every step (None: before, at and after the hours of each day).

        Returns what arrived, each with its local time.
        """
        start = self.chat.now
        self.chat.at(when)
        end, arrived = self.chat.now, []
        while start < end:
            start = min(_next(start) if step is None else start + step, end)
            self.chat.now = start
            before = len(self.chat.channel.delivered)
            self.pass_()
            local = f"{start.astimezone(VIETNAM):%m-%d %H:%M}"
            arrived += [(local, one) for one in self.chat.channel.delivered[before:]]
        return arrived

    def told(self, who: str) -> list[str]:
        """Return everything that one person was told, the oldest first."""
        return [one.reply.text for one in self.chat.channel.delivered if one.chat == f"chat-{who}"]

    def restricts(self, document: str, *units: str) -> None:
        """Let only these units see a document from now on."""
        with writing(self.chat.engine) as session:
            before = publications.publication(session, document)
            revision = before.revision if before else 0
            one = Publication(document, "Kế hoạch 77/KH-SVT", Standing.IN_FORCE, "", units, revision)
            assert publications.put(session, one, None, self.chat.now)

    def to(self, who: str, arrived: list[tuple[str, Outgoing]]) -> list[str]:
        """When something arrived for one person."""
        return [at for at, one in arrived if one.chat == f"chat-{who}"]

    def leader(self, key: str = "ha", unit: str = UNIT) -> Speaker:
        """A leader of a unit."""
        with writing(self.chat.engine) as session:
            person = people.add_person(session, key.title(), Role.LEADER, unit, self.chat.now)
            people.link(session, person.id, Account("fake", key, f"chat-{key}", key, self.chat.now))
        return self.chat.as_(key)

    def hands_in(self, who: str = "lan") -> None:
        """Fill in and submit the report of somebody's unit."""
        speaker = self.chat.as_(who)
        report_kit.answers(speaker, "/baocao", *report_kit.COURSE)
        speaker.taps("Nộp")


def _next(after: datetime) -> datetime:
    local = after.astimezone(VIETNAM)
    moments = (
        datetime.combine(local.date() + timedelta(days=days), at, VIETNAM) for days in (0, 1) for at in _LOOKED_AT
    )
    return next(moment for moment in moments if moment > local)
