"""What a dialogue may know, read from the database and the library when it is asked for."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot.asking import Library, Source
from bot.desk import Helpers, LiveDesk
from bot.dialogues.state import Kept
from bot.domain.codes import Offer, Refusal, digest, new_code
from bot.domain.messages import Attachment, Reach
from bot.domain.people import Action, Person, Unit, may
from bot.domain.reminders import Calendar, Ladder
from bot.domain.workdays import Workdays
from bot.duties import LiveDuties
from bot.governing import Governor, View
from bot.inquiries import LiveInquiries, LiveNotices
from bot.office import LiveOffice
from bot.reminders import LiveReminders
from bot.shelf import LiveShelf
from bot.store import codes, owed, people, retention
from knowledge.db import reading

if TYPE_CHECKING:
    from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Rules:
    """The settings that decide what the service does."""

    strangers_may_ask: bool = False
    message_days: int = 90
    audit_days: int = 1095
    code_hours: int = 72  # how long a link code is valid
    # Channels that are reached from this machine alone: there a newcomer may ask while the office knows nobody.
    at_hand: frozenset[str] = frozenset()
    calendar: Calendar = field(default_factory=Calendar)  # when the office reminds
    open_days: int = 30  # before its due date the round of a recurring duty opens by itself

    @classmethod
    def of(cls, settings: Settings) -> Rules:
        """Return the rules that are set."""
        calendar = Calendar(Ladder(settings.ladder), Workdays(settings.days_off, settings.days_on), settings.hours)
        return cls(
            settings.strangers_may_ask,
            settings.message_days,
            settings.audit_days,
            settings.code_hours,
            calendar=calendar,
            open_days=settings.open_days,
        )


@dataclass(frozen=True, slots=True)
class Live:
    """A dialogue's Context over the real world."""

    engine: Engine
    source: Source
    rules: Rules
    channel: str
    sender: str
    chat: str
    person: Person | None
    unit: Unit | None
    now: datetime
    reach: Reach = field(default_factory=Reach)
    helpers: Helpers | None = None  # None: a program without reports
    pick: Callable[[str], str] = secrets.choice
    private: bool = True  # nobody else reads what is answered
    sent: tuple[Attachment, ...] = ()  # files of the message

    def may(self, action: Action) -> bool:
        """Tell whether the writer may do `action`."""
        allowed = may(self.person, action, strangers_may_ask=self.rules.strangers_may_ask)
        if allowed or self.person is not None or self.channel not in self.rules.at_hand:
            return allowed
        with reading(self.engine) as session:
            return action is Action.ASK and not people.anybody(session)

    @property
    def desk(self) -> LiveDesk:
        """Forms, rounds, submissions, and the files of this message."""
        if self.helpers is None:
            raise RuntimeError("this service was made without a desk")
        told = partial(owed.rounds_as_told, person=self.person, private=self.private)
        return LiveDesk(self.engine, self._view, self.helpers, self.channel, self.now, self.sent, told)

    @property
    def office(self) -> LiveOffice:
        """Units, people, messages that could not be processed."""
        return LiveOffice(self.engine, self.rules.code_hours)

    @property
    def reminders(self) -> LiveReminders:
        """What is owed by when, and how the writer wants to be reminded of it."""
        public_url = self.helpers.public_url if self.helpers else None
        rules = self.rules
        return LiveReminders(self.engine, self.person, rules.calendar, public_url, self.now, self.private)

    @property
    def duties(self) -> LiveDuties:
        """What the documents oblige to, and what was decided about it."""
        return LiveDuties(self.engine, self._view, self.now, self.rules.open_days)

    @property
    def shelf(self) -> LiveShelf:
        """Received documents, work on documents, what was decided on published ones."""
        return LiveShelf(self.engine, self.helpers, self.channel, self.sent)

    @property
    def inquiries(self) -> LiveInquiries:
        """Questions that the documents leave open, and what the office answered."""
        return LiveInquiries(self.engine, self.channel, self.chat)

    @property
    def notices(self) -> LiveNotices:
        """Notices, and who has read them."""
        return LiveNotices(self.engine, self.person)

    def library(self) -> Library | None:
        """Return the documents the writer may see as they stand now."""
        return self._view.current()

    @property
    def _view(self) -> View:
        return View(Governor(self.engine, self.source), self.person, self.private)

    def offer(self, code: str) -> Offer | Refusal:
        """Return what a tidied code gives to this account."""
        stored = digest(code)  # slow on purpose, so before the transaction
        with reading(self.engine) as session:
            return codes.look_up(session, stored, self.channel, self.sender, self.now)

    def fresh_code(self) -> str:
        """Return a new random code."""
        return new_code(self.pick)

    def kept(self) -> Kept:
        """Return what is kept about the writer."""
        with reading(self.engine) as session:
            accounts = people.accounts(session, self.person.id) if self.person else ()
            chats = {(self.channel, self.chat), *((one.channel, one.chat) for one in accounts)}
            messages = retention.messages_kept(session, sorted(chats))
        return Kept(accounts, messages, self.rules.message_days, self.rules.audit_days)
