"""What is told of a job on documents, and to whom: now and then while it runs, and when it has ended.

Where messages can be changed, one message follows the job; elsewhere a long job is spoken of rarely, a quick one never.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from bot import cards
from bot.domain.messages import Reply
from bot.domain.people import Action, Role, may
from bot.domain.publishing import Job
from bot.publishing.means import Means
from bot.store import outbox, people

_FIRST, _AGAIN = timedelta(seconds=3), timedelta(seconds=5)  # where a message can be changed
_FIRST_ANEW, _AGAIN_ANEW = timedelta(seconds=20), timedelta(minutes=10)  # where each is one more message
_LONG = 60  # seconds left from which on a job is worth a message that stays
_STALE = timedelta(minutes=1)  # after which nobody cares any more how far a job was


class Teller:
    """Tells of one job."""

    def __init__(self, means: Means, job: Job) -> None:
        self._means = means
        self._job = job
        self._edits = job.channel in means.edits
        self._told_at: datetime | None = None
        self._said = ""

    def progress(self, session: Session, job: Job) -> bool:
        """Say in the chat where the job was asked for how far it is, where it is time to; tells whether it was."""
        now = self._means.clock()
        reply = cards.live(job)
        if not (self._due(job, now) and reply.text != self._said and self._may_hear(session)):
            return False
        self._told_at, self._said = now, reply.text
        return self._put_live(session, reply, now)

    def ended(self, session: Session, job: Job | None, replies: Sequence[Reply]) -> None:
        """Say what came of the job: where it was asked for, or to every admin where nobody asked, or may no more."""
        now = self._means.clock()
        if job is not None and self._told_at is not None and self._edits and self._may_hear(session):
            self._put_live(session, cards.live(job), now)  # not "running" for ever
        for number, reply in enumerate(replies):
            for channel, chat in self._chats(session):
                key = f"job:{self._job.id}:{self._job.attempts}:end:{number}:{channel}:{chat}"[:128]
                outbox.put(session, channel, chat, reply, now, key=key)

    def _put_live(self, session: Session, reply: Reply, now: datetime) -> bool:
        return outbox.put(session, self._job.channel, self._job.chat, reply, now, expires_at=now + _STALE)

    def _due(self, job: Job, now: datetime) -> bool:
        if not job.chat or job.started_at is None:
            return False
        first, again = (_FIRST, _AGAIN) if self._edits else (_FIRST_ANEW, _AGAIN_ANEW)
        if self._told_at is not None:
            return now - self._told_at >= again
        return now - job.started_at >= first and (self._edits or (job.seconds_left or 0) >= _LONG)

    def _may_hear(self, session: Session) -> bool:
        job = self._job
        person = people.person(session, job.requested_by) if job.requested_by is not None else None
        return bool(job.chat) and may(person, Action.MANAGE_DOCUMENTS)

    def _chats(self, session: Session) -> list[tuple[str, str]]:
        if self._may_hear(session):
            return [(self._job.channel, self._job.chat)]
        admins = people.people(session, role=Role.ADMIN)
        return [(one.channel, one.chat) for admin in admins for one in people.accounts(session, admin.id)]
