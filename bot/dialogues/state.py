"""What a conversation remembers, what one message leads to, and what a dialogue may know of the world.

A dialogue is a pure function: State, message and Context in, Step out. It changes nothing itself; what should change
is in `Step.effects`, which the service applies in the transaction that also keeps the new state.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from bot.card import Card
from bot.dialogues.desk import Desk, ReportEffect
from bot.dialogues.duties import Duties, DutyEffect
from bot.dialogues.inquiries import Inquiries, InquiryEffect, Notices
from bot.dialogues.office import Office, OfficeEffect
from bot.dialogues.reminders import ReminderEffect, Reminders
from bot.dialogues.shelf import Shelf, ShelfEffect
from bot.domain.codes import Offer, Refusal
from bot.domain.filling import Spot
from bot.domain.messages import Choice, Reach, Reply
from bot.domain.people import Account, Action, Person, Unit

if TYPE_CHECKING:
    from bot.asking import Library

FORMAT = 1  # of State as JSON: raised when a field changes its meaning; added fields need no new one


@dataclass(frozen=True, slots=True)
class Filling:
    """The report this chat is in the middle of; the answers themselves are in the submission."""

    round: int  # Round.id; 0 while one is being chosen
    doing: str = "ask"  # what the last message wants (bot.dialogues.report.sheet.Doing)
    asked: tuple[Spot, ...] = ()  # the prompts it is about, one or a batch
    seen: tuple[str, ...] = ()  # the answers that stood there then: others by now are somebody else's
    typed: tuple[str, ...] = ()  # answers or files that wait for a yes
    kept: tuple[Spot, ...] = ()  # prompts of a returned report that stay as they were on purpose


@dataclass(frozen=True, slots=True)
class Managing:
    """What an admin is in the middle of: a round being opened, a report being returned."""

    doing: str
    subject: int = 0  # id of the round, form version or submission
    given: tuple[str, ...] = ()  # answered so far


@dataclass(frozen=True, slots=True)
class Aside:
    """The choices of a task that waits while a question in between is answered (bot.dialogues.aside)."""

    turn: int  # under which they were offered
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class State:
    """What a conversation remembers between two messages; kept as JSON, so every field has a default."""

    format: int = 0
    turn: int = 0  # number of the choices offered last: comes back with a tap, an older one is stale
    choices: tuple[Choice, ...] = ()  # that may be tapped or typed now
    owner: str = "ask"  # the dialogue the choices belong to
    holder: str = ""  # the dialogue that plain text goes to first, "report" in mid-report; "": questions
    taken: tuple[int, str] | None = None  # turn and key of the last tap: the same one again is a double tap
    previous: tuple[str, ...] = ()  # earlier questions, oldest first: what a follow-up leans on
    card: Card | None = None  # the last answer, which the choices under it are about
    filling: Filling | None = None
    managing: Managing | None = None
    aside: Aside | None = None  # of the task of `holder`, whose card is still on screen


# Effects: what a step asks the service to do, each in the transaction of the step


@dataclass(frozen=True, slots=True)
class TakeCode:
    """Use up a code and link the account of this message."""

    offer: Offer
    name: str  # of the person, where the code makes a new one


@dataclass(frozen=True, slots=True)
class CountWrongCode:
    """A wrong code was typed."""


@dataclass(frozen=True, slots=True)
class IssueCode:
    """Keep a fresh code of which only the digest is known here."""

    offer: Offer
    expires: datetime


@dataclass(frozen=True, slots=True)
class Unlink:
    """Take the account of this message from its person."""


@dataclass(frozen=True, slots=True)
class EraseMe:
    """Remove what is kept about the person, reports of the unit aside."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Write to another person, in every private chat of theirs."""

    person_id: int
    reply: Reply
    key: str | None = None  # what must not be said twice


Effect = (
    TakeCode
    | CountWrongCode
    | IssueCode
    | Unlink
    | EraseMe
    | Tell
    | ReportEffect
    | OfficeEffect
    | ReminderEffect
    | DutyEffect
    | ShelfEffect
    | InquiryEffect
)


@dataclass(frozen=True, slots=True)
class Step:
    """What one message leads to."""

    state: State
    replies: tuple[Reply, ...]
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept about the person who asks."""

    accounts: tuple[Account, ...]
    messages: int  # received from and sent to this chat, still kept
    message_days: int  # how long messages are kept
    audit_days: int  # how long the log is kept


class Context(Protocol):
    """What a dialogue may know besides the state and the message. Reading only."""

    @property
    def now(self) -> datetime:
        """The time of this step."""

    @property
    def person(self) -> Person | None:
        """Who writes; None: a stranger."""

    @property
    def unit(self) -> Unit | None:
        """The person's unit."""

    @property
    def reach(self) -> Reach:
        """What the channel of this chat can carry."""

    @property
    def desk(self) -> Desk:
        """Forms, rounds, submissions, and the files of this message."""

    @property
    def reminders(self) -> Reminders:
        """What is owed by when, and how the writer wants to be reminded of it."""

    @property
    def duties(self) -> Duties:
        """What the documents oblige to, and what was decided about it."""

    @property
    def shelf(self) -> Shelf:
        """Received documents, work on documents, what was decided on published ones."""

    @property
    def inquiries(self) -> Inquiries:
        """Questions that the documents leave open, and what the office answered."""

    @property
    def notices(self) -> Notices:
        """Notices, and who has read them."""

    @property
    def private(self) -> bool:
        """Nobody else reads what is answered."""

    @property
    def office(self) -> Office:
        """Units, people, messages that could not be processed."""

    def may(self, action: Action) -> bool:
        """Tell whether the writer may do `action`."""

    def library(self) -> Library | None:
        """Return the documents the writer may see as they stand now, None while nothing is indexed."""

    def offer(self, code: str) -> Offer | Refusal:
        """Return what a tidied code gives to this account."""

    def fresh_code(self) -> str:
        """Return a new random code."""

    def kept(self) -> Kept:
        """Return what is kept about the writer."""
