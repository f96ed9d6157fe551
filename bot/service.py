"""Messages in, steps taken, replies queued: the one place where a step becomes fact.

Deciding (`decide`) reads and computes and changes nothing; it may run in any thread, beside others. Keeping (`keep`)
writes decided steps, each with its effects and replies, in one transaction that also closes their updates: either all
of a step happened or nothing, and never twice, since only the holder of the lease can close an update.

    store → inbox → claim → decide → keep → outbox

A message that makes deciding or keeping fail is tried again, then parked with its error; the person hears one line.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

import bot.duty_effects
import bot.inquiry_effects
import bot.publishing.effects
import bot.reminder_effects
import bot.report_effects  # noqa: F401 - these register their effects
from bot import effects, logs
from bot.asking import Source
from bot.channels.base import Update
from bot.context import Live, Rules
from bot.desk import Helpers
from bot.dialogues import router
from bot.dialogues.state import Step
from bot.domain.messages import Reach, Reply
from bot.domain.people import Person, Unit
from bot.errors import Conflict, StillFetching
from bot.metering import Meters
from bot.office_effects import warn_admins
from bot.store import arrivals, conversations, inbox, outbox
from bot.store.conversations import Conversation
from bot.store.inbox import Claim
from bot.store.outbox import Letter
from knowledge.db import looking, writing

_LOG = logging.getLogger(__name__)

ATTEMPTS = 3  # after which a message is put aside
_CRASHES = 10  # attempts that ended with the process itself: the message may be what kills it
_FIRST_PAUSE = timedelta(seconds=2)  # before the second attempt; four times as long before the third
_FETCHING_PAUSE = timedelta(seconds=1)  # before a step looks again for the file it needs
_PARKED = Reply("Có tin nhắn trợ lý không xử lý được. Anh/chị gõ /loi để xem và thử lại.")
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
        *,
        helpers: Helpers | None = None,  # of the desk; None: a program without reports
        reaches: Mapping[str, Reach] | None = None,  # by channel, where a channel cannot carry everything
    ) -> None:
        self.engine = engine
        self.lease = lease
        self._source = source
        self._rules = rules
        self._step = step
        self._helpers = helpers
        self._reaches = reaches or {}
        self.meters = Meters()

    @property
    def rules(self) -> Rules:
        """The settings that decide what it does."""
        return self._rules

    def store(self, channel: str, updates: Sequence[Update], now: datetime) -> int:
        """Keep a batch of updates; once this returns they may be confirmed. Returns how many were new."""
        with writing(self.engine) as session:
            return inbox.put(session, channel, updates, now)

    def decide(self, claim: Claim, now: datetime) -> Decision:
        """Return what should follow from a claimed update; changes nothing and raises nothing."""
        started = time.monotonic()
        with logs.about(claim.id):
            decision = self._decide_safely(claim, now)
            seconds, outcome = time.monotonic() - started, _outcome(decision)
            numbers = {"channel": claim.incoming.channel, "outcome": outcome, "ms": round(seconds * 1000, 1)}
            _LOG.info("taken", extra={"numbers": numbers})
        self.meters.stepped(claim.incoming.channel, outcome, seconds)
        return decision

    def _decide_safely(self, claim: Claim, now: datetime) -> Decision:
        if claim.attempts >= _CRASHES:
            return Decision(claim, error=RuntimeError(f"{claim.attempts} attempts, none of which ended"))
        try:
            return self._decide(claim, now)
        except StillFetching as error:
            return Decision(claim, error=error)
        except Exception as error:  # whatever one message does must not stop the others
            _LOG.warning("update %d failed: %r", claim.id, error, exc_info=not isinstance(error, Conflict))
            return Decision(claim, error=error)

    def _decide(self, claim: Claim, now: datetime) -> Decision:
        incoming = claim.incoming
        with looking(self.engine) as connection:
            before, person, unit = arrivals.look(connection, incoming.channel, incoming.chat, incoming.sender)
        # Choices of a conversation that was removed must not be taken for those of the one that follows.
        state = before.state if before.version else replace(before.state, turn=claim.id)
        context = self.context(incoming.channel, incoming.sender, incoming.chat, person, unit, now)
        context = replace(context, private=incoming.private, sent=incoming.attachments)
        return Decision(claim, person, before, self._step(state, incoming, context))

    def context(
        self, channel: str, sender: str, chat: str, person: Person | None, unit: Unit | None, now: datetime
    ) -> Live:
        """Return what may be known in a step of this account, at this time."""
        return Live(
            engine=self.engine,
            source=self._source,
            rules=self._rules,
            channel=channel,
            sender=sender,
            chat=chat,
            person=person,
            unit=unit,
            now=now,
            reach=self._reaches.get(channel, Reach()),
            helpers=self._helpers,
        )

    def keep(self, session: Session, decisions: Sequence[Decision], now: datetime) -> None:
        """Make decisions of one worker fact within `session`'s transaction, in as few statements as will do.

        Raises what prevents one of them, and then keeps none.
        """
        good = [one for one in decisions if one.error is None]
        if good:
            self._keep(session, good, now)
        for one in decisions:
            if one.error is not None:
                self._fail(session, one, now)

    def keep_apart(self, session: Session, decisions: Sequence[Decision], now: datetime) -> None:
        """Do the same where one decision must not spoil the others: what fails is rolled back alone and tried again."""
        for one in decisions:
            failed = one
            if one.error is None:
                try:
                    with session.begin_nested():
                        self._keep(session, [one], now)
                    continue
                except Exception as error:  # as in `decide`
                    _LOG.warning("update %d was not kept: %r", one.claim.id, error)
                    failed = replace(one, error=error)
            with session.begin_nested():
                self._fail(session, failed, now)

    def _keep(self, session: Session, decisions: Sequence[Decision], now: datetime) -> None:
        ours = inbox.finish(session, [one.claim for one in decisions], now)
        taken: list[tuple[Decision, Conversation, Step]] = []
        for one in decisions:
            if one.claim.id not in ours:
                _LOG.warning("update %d was taken over by another process", one.claim.id)
                continue
            assert one.before is not None and one.step is not None  # a decision without an error has both
            taken.append((one, one.before, one.step))
        nexts = [
            conversations.Next(one.claim.incoming.channel, one.claim.incoming.chat, before, step.state)
            for one, before, step in taken
        ]
        if not conversations.save(session, nexts, now):
            raise Conflict("another step was kept meanwhile")
        for one, before, step in taken:
            if before.blocked:
                outbox.unblock(session, one.claim.incoming.channel, one.claim.incoming.chat)
            scene = effects.Scene(session, one.claim.incoming, one.person, one.claim.id, now)
            for effect in step.effects:
                effects.apply(effect, scene)
        outbox.put_all(session, [letter for one, _, step in taken for letter in _letters(one.claim, step)], now)

    def _fail(self, session: Session, decision: Decision, now: datetime) -> None:
        claim, error = decision.claim, repr(decision.error)
        if isinstance(decision.error, StillFetching):
            inbox.retry(session, claim, error, now + _FETCHING_PAUSE, counted=False)
        elif claim.attempts + 1 < ATTEMPTS:
            inbox.retry(session, claim, error, now + _FIRST_PAUSE * 4**claim.attempts)
        elif inbox.park(session, claim, error, now):
            outbox.put(session, claim.incoming.channel, claim.incoming.chat, Reply(SORRY), now, inbox_id=claim.id)
            warn_admins(session, "parked", _PARKED, now)


def _letters(claim: Claim, step: Step) -> Iterator[Letter]:
    for reply in step.replies:
        turn = step.state.turn if reply.choices else None
        yield Letter(claim.incoming.channel, claim.incoming.chat, reply, turn, inbox_id=claim.id)


def _outcome(decision: Decision) -> str:
    """Name what came of a message, for the counters: whether the documents answered, where they were asked."""
    before, step = decision.before, decision.step
    if before is None or step is None:
        return "failed"
    if step.state.card is None or step.state.card is before.state.card:
        return "other"
    return "answered" if step.state.card.found else "refused"
