"""Messages in, steps taken, replies queued: the one place where a step becomes fact.

Deciding (`decide`) reads and computes and changes nothing; it may run in any thread, beside others. Keeping (`keep`)
writes one decided step, with its effects and replies, in one transaction that also closes the update: either all of
it happened or nothing, and never twice, since only the holder of the lease can close it.

    store → inbox → claim → decide → keep → outbox

A message that makes deciding or keeping fail is tried again, then parked with its error; the person hears one line.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot import effects
from bot.asking import Source
from bot.channels.base import Update
from bot.context import Live, Rules
from bot.dialogues import router
from bot.dialogues.state import Step
from bot.domain.messages import Reply
from bot.domain.people import Person
from bot.errors import Conflict
from bot.store import conversations, inbox, outbox, people
from bot.store.conversations import Conversation
from bot.store.inbox import Claim
from knowledge.db import reading, writing

_LOG = logging.getLogger(__name__)

ATTEMPTS = 3  # after which a message is put aside
_CRASHES = 10  # attempts that ended with the process itself: the message may be what kills it
_FIRST_PAUSE = timedelta(seconds=2)  # before the second attempt; four times as long before the third
SORRY = "Tôi gặp lỗi khi xử lý tin nhắn này và đã báo người quản trị. Anh/chị thử diễn đạt lại, hoặc liên hệ Văn phòng."


@dataclass(frozen=True, slots=True)
class Decision:
    """One claimed update and what should follow from it: a step, or the error that prevented one."""

    claim: Claim
    person: Person | None = None
    before: Conversation | None = None
    step: Step | None = None
    error: Exception | None = None


class Service:
    """The steps of all conversations over one database. Thread-safe."""

    def __init__(
        self,
        engine: Engine,
        source: Source,
        rules: Rules,
        lease: timedelta = timedelta(seconds=20),
        step: Callable[..., Step] = router.step,
    ) -> None:
        self.engine = engine
        self.lease = lease
        self._source = source
        self._rules = rules
        self._step = step

    def store(self, channel: str, updates: Sequence[Update], now: datetime) -> int:
        """Keep a batch of updates; once this returns they may be confirmed. Returns how many were new."""
        with writing(self.engine) as session:
            return inbox.put(session, channel, updates, now)

    def decide(self, claim: Claim, now: datetime) -> Decision:
        """Return what should follow from a claimed update; changes nothing and raises nothing."""
        if claim.attempts >= _CRASHES:
            return Decision(claim, error=RuntimeError(f"{claim.attempts} attempts, none of which ended"))
        try:
            return self._decide(claim, now)
        except Exception as error:  # whatever one message does must not stop the others
            _LOG.warning("update %d failed: %r", claim.id, error, exc_info=not isinstance(error, Conflict))
            return Decision(claim, error=error)

    def _decide(self, claim: Claim, now: datetime) -> Decision:
        incoming = claim.incoming
        with reading(self.engine) as session:
            before = conversations.load(session, incoming.channel, incoming.chat)
            person = people.person_of(session, incoming.channel, incoming.sender)
            unit = people.unit(session, person.unit) if person else None
        # Choices of a conversation that was removed must not be taken for those of the one that follows.
        state = before.state if before.version else replace(before.state, turn=claim.id)
        context = Live(
            engine=self.engine,
            source=self._source,
            rules=self._rules,
            channel=incoming.channel,
            sender=incoming.sender,
            chat=incoming.chat,
            person=person,
            unit=unit,
            now=now,
        )
        return Decision(claim, person, before, self._step(state, incoming, context))

    def keep(self, session: Session, decision: Decision, now: datetime) -> None:
        """Make one decision fact within `session`'s transaction; raises what prevents it, and then keeps nothing."""
        if decision.error is None:
            self._keep(session, decision, now)
        else:
            self._fail(session, decision, now)

    def keep_apart(self, session: Session, decision: Decision, now: datetime) -> None:
        """Do the same where one decision must not spoil the others: what fails is rolled back alone and tried again."""
        if decision.error is None:
            try:
                with session.begin_nested():
                    self._keep(session, decision, now)
                return
            except Exception as error:  # as in `decide`
                _LOG.warning("update %d was not kept: %r", decision.claim.id, error)
                decision = replace(decision, error=error)
        with session.begin_nested():
            self._fail(session, decision, now)

    def _keep(self, session: Session, decision: Decision, now: datetime) -> None:
        claim, before, step = decision.claim, decision.before, decision.step
        assert before is not None and step is not None  # a decision without an error has both
        if not inbox.finish(session, claim, now):
            _LOG.warning("update %d was taken over by another process", claim.id)
            return
        channel, chat = claim.incoming.channel, claim.incoming.chat
        if before.blocked:
            outbox.unblock(session, channel, chat)
        if not conversations.save(session, channel, chat, before, step.state, now):
            raise Conflict("another step was kept meanwhile")
        scene = effects.Scene(session, claim.incoming, decision.person, claim.id, now)
        for effect in step.effects:
            effects.apply(effect, scene)
        for reply in step.replies:
            turn = step.state.turn if reply.choices else None
            outbox.put(session, channel, chat, reply, now, turn=turn, inbox_id=claim.id, reachable=True)

    def _fail(self, session: Session, decision: Decision, now: datetime) -> None:
        claim, error = decision.claim, repr(decision.error)
        if claim.attempts + 1 < ATTEMPTS:
            inbox.retry(session, claim, error, now + _FIRST_PAUSE * 4**claim.attempts)
        elif inbox.park(session, claim, error, now):
            outbox.put(session, claim.incoming.channel, claim.incoming.chat, Reply(SORRY), now, inbox_id=claim.id)
