"""What went wrong, counted in the database and on people's telephones after everything has come to rest."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.codec import loads
from bot.domain.messages import Reply
from bot.domain.rounds import EventKind
from bot.store.report_tables import SubmissionEventRow
from bot.store.tables import ConversationRow, InboxRow, OutboxRow
from knowledge.db import reading
from tests.fakes.telegram_people import Person
from tests.torture.office import CHANNEL, Office

REMINDED = "là đến hạn"  # in the words of every reminder of these rounds


@dataclass(frozen=True, slots=True)
class Score:
    """The result; everything after the first two should be 0."""

    kills: int
    messages: int
    unanswered: int  # messages of people without an answer that reached them
    steps_twice: int  # steps kept more often than there were messages; reports handed in twice
    fields_lost: int  # answers that were acknowledged and are not in the report
    double_reminders: int  # reminders, or other messages that are said once only, that were queued again

    def line(self) -> dict[str, int]:
        """Return it as it is printed."""
        return asdict(self)

    def fine(self) -> bool:
        """Tell whether nothing went wrong."""
        return not any((self.unanswered, self.steps_twice, self.fields_lost, self.double_reminders))


def score(engine: Engine, office: Office, sent: dict[int, int], kills: int) -> Score:
    """Count; `sent` is how many messages each chat wrote."""
    everybody = [*office.clerks, office.admin]
    with reading(engine) as session:
        unanswered = sum(_unanswered(session, person, sent[person.id]) for person in everybody)
        twice = sum(_steps_twice(session, person) for person in everybody) + _handed_in_twice(session)
        keyed = _said_once(session)
    lost = list(_lost(office))
    for what in lost:
        print(f"lost: {what}", file=sys.stderr)
    doubled = len(keyed) - len(set(keyed))
    return Score(kills, sum(sent.values()), unanswered, twice, len(lost), doubled)


def _said_once(session: Session) -> list[tuple[str, str]]:
    """Return chat and words of every message that has a key: the words of a reminder name round, unit and day."""
    query = select(OutboxRow.chat, OutboxRow.reply).where(OutboxRow.key.is_not(None))
    return [(chat, loads(Reply, reply).text) for chat, reply in session.execute(query)]


def reminded(office: Office) -> tuple[int, int]:
    """Return how many reminders reached people, and how many came again: their process died before it kept them."""
    told = [(person.id, sent.text) for person in office.clerks for sent in person.replies if REMINDED in sent.text]
    return len(set(told)), len(told) - len(set(told))


def _lost(office: Office) -> Iterator[str]:
    for (round_id, unit), fields in office.acknowledged.items():
        values = office.values(round_id, unit)
        for name, stored in fields.items():
            if values.get(name) != stored:
                yield f"round {round_id}, {unit}, {name}: {stored!r} was noted, {values.get(name)!r} is kept"


def delivered_again(engine: Engine, office: Office) -> int:
    """Return how many replies came more than once: sent, and the process killed before it could say so."""
    everybody = [*office.clerks, office.admin]
    with reading(engine) as session:
        queued = Counter(session.scalars(select(OutboxRow.chat).where(OutboxRow.state == "sent")))
    return sum(len(person.replies) - queued[str(person.id)] for person in everybody)


def _unanswered(session: Session, person: Person, sent: int) -> int:
    """Count messages that were not kept, not processed, put aside, or whose answers did not arrive."""
    here = (InboxRow.channel == CHANNEL, InboxRow.chat == str(person.id), InboxRow.state == "done")
    answers = select(OutboxRow.id).where(OutboxRow.inbox_id == InboxRow.id, OutboxRow.chat == InboxRow.chat)
    unsent = answers.where(OutboxRow.state != "sent")
    answered = select(func.count()).select_from(InboxRow).where(*here, answers.exists(), ~unsent.exists())
    queued = select(func.count()).select_from(OutboxRow).where(OutboxRow.chat == str(person.id))
    missing = max(0, (session.scalar(queued) or 0) - len(person.replies))
    return sent - (session.scalar(answered) or 0) + missing


def _steps_twice(session: Session, person: Person) -> int:
    here = (ConversationRow.channel == CHANNEL, ConversationRow.chat == str(person.id))
    steps = session.scalar(select(ConversationRow.version).where(*here)) or 0
    done = (InboxRow.channel == CHANNEL, InboxRow.chat == str(person.id), InboxRow.state == "done")
    return abs(steps - (session.scalar(select(func.count()).select_from(InboxRow).where(*done)) or 0))


def _handed_in_twice(session: Session) -> int:
    submitted = SubmissionEventRow.kind == EventKind.SUBMITTED.value
    times = Counter(session.scalars(select(SubmissionEventRow.submission).where(submitted)))
    return sum(times.values()) - len(times)
