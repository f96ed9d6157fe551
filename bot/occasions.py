"""What follows from confirmed duties by itself: rounds of recurring ones open, changed documents are told of.

One pass works everything out anew from decisions and documents, so that it may run anywhere, at any time and in
several processes at once: an occurrence has its round once (`bot.store.obligations.opened`), a change is told once. A
duty whose document has changed, or was withdrawn, is halted at once and opens nothing until an admin has looked at it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot import wording
from bot.asking import VIETNAM, Source
from bot.dialogues.announcing import opened_words
from bot.dialogues.managing import short
from bot.dialogues.obligations import PREFIX
from bot.domain.messages import PUSHED_KEY, Choice, Reply
from bot.domain.obligations import Change, Item, Status, differences, title_of
from bot.domain.occurrences import Occurrence, unfold
from bot.domain.owed import owing
from bot.domain.people import Person, Role
from bot.domain.reminders import Calendar
from bot.domain.rounds import Round
from bot.duties import items
from bot.store import audit, forms, obligations, outbox, people, reminding, rounds
from bot.store.owed import discretion
from knowledge.db import reading, writing

_BY = "tự động"  # who opens in the audit log
_LOOK = "Xem nhiệm vụ"
_NONE = ("", "")


@dataclass(frozen=True, slots=True)
class Passed:
    """What a pass did."""

    opened: tuple[str, ...] = ()  # titles of rounds
    told: tuple[str, ...] = ()  # keys of duties that the admins were told of


@dataclass(frozen=True, slots=True)
class _Opening:
    """One round that should be open by now."""

    item: Item
    occurrence: Occurrence
    form: int


class _Taken(Exception):
    """Another process has opened it meanwhile."""


class Occasions:
    """Lets follow what should from the duties that were confirmed."""

    def __init__(self, engine: Engine, source: Source, calendar: Calendar, open_days: int) -> None:
        self._engine = engine
        self._source = source
        self._calendar = calendar
        self._days = open_days

    def look(self, now: datetime) -> Passed:
        """Run one pass at `now`; people are written to in working hours only."""
        library = self._source.current()
        if library is None:  # being built for the first time, or out of reach: that says nothing of any duty
            return Passed()
        local = now.astimezone(VIETNAM)
        with reading(self._engine) as session:
            known = items(session, library)
            halted = obligations.halts(session)
            had = obligations.occurrences(session)
        changed = [one for one in known if one.decision and halted.get(one.key, _NONE)[0] != _sign(one)]
        waits = [one for one in known if _sign(one) and halted.get(one.key, _NONE)[1] != _sign(one)]
        openings = [one for one in self._openings(known, local) if one.occurrence.key not in had]
        if not changed and not waits and not openings:
            return Passed()
        return self._act(changed, waits, openings, local)

    def _openings(self, known: Iterable[Item], now: datetime) -> Iterator[_Opening]:
        for item in known:
            decision = item.decision
            if decision is None or decision.status is not Status.CONFIRMED or decision.form is None or item.unsettled:
                continue
            if item.change is Change.GONE or decision.terms is None or decision.terms.rhythm is None:
                continue
            for occurrence in unfold(item.key, decision.terms.rhythm, now, timedelta(days=self._days + 1)):
                if (occurrence.due_at.date() - now.date()).days <= self._days:  # from the morning of that day on
                    yield _Opening(item, occurrence, decision.form)

    def _act(self, changed: list[Item], waits: list[Item], openings: list[_Opening], now: datetime) -> Passed:
        told: list[str] = []
        opened: list[str] = []
        with writing(self._engine) as session:
            for item in changed:
                obligations.halt(session, item.key, _sign(item))
                reminding.settle_duty(session, item.key, now)  # what still holds is put on its way again
            if self._calendar.open_at(now):
                told = [item.key for item in waits if obligations.tell_once(session, item.key, _sign(item))]
                for item in waits:
                    if item.key in told:
                        _tell_admins(session, item, now)
                opened = [title for one in openings if (title := _open(session, one, now)) is not None]
        return Passed(tuple(opened), tuple(told))


def _sign(item: Item) -> str:
    """Return the sign of a change that matters: nothing follows from what was passed over or merged."""
    return item.sign if item.unsettled and item.status is Status.CONFIRMED else ""


def _open(session: Session, one: _Opening, now: datetime) -> str | None:
    """Open a round and tell its clerks; None where there is nobody to report, or another process was first."""
    decision = one.item.decision
    terms = decision.terms if decision else None
    form = forms.form(session, one.form)
    if terms is None or form is None:
        return None
    units = owing(terms, people.units(session), discretion(session).closed(one.item.proposal.document))
    if not units:
        return None
    title, due = short(title_of(one.item.proposal, terms, one.occurrence.period), 200), one.occurrence.due_at
    try:
        with session.begin_nested():
            keys = tuple(unit.key for unit in units)
            round_id = rounds.add(session, Round(0, title, one.form, now, due, keys, obligation=one.occurrence.key))
            if not obligations.opened(session, one.occurrence.key, round_id, now):
                raise _Taken
            reminding.take_over(session, one.occurrence.key, round_id, now)
    except _Taken:
        return None
    audit.write(session, audit.Entry(now, None, _BY, "round-opened", title, f"{round_id}"))
    told = Reply(opened_words(title, due))
    for unit in units:
        _tell(session, people.people(session, role=Role.CLERK, unit=unit.key), told, f"opened:{round_id}", now)
    return title


def _tell_admins(session: Session, item: Item, now: datetime) -> None:
    mine = obligations.rounds_of(session, item.key)
    still = [one for one in rounds.rounds(session) if one.id in mine and one.closed_at is None]
    says = change_words(item, tuple(one.title for one in still))
    choice = Choice(f"{PUSHED_KEY}{PREFIX}:{item.key}", _LOOK)
    reply = Reply(says, (choice,), instead="Anh/chị gõ /nhiemvu để xem và quyết định.")
    revision = item.decision.revision if item.decision else 0
    _tell(session, people.people(session, role=Role.ADMIN), reply, f"duty:{item.key}:{item.sign}:{revision}", now)


def change_words(item: Item, open_rounds: tuple[str, ...] = ()) -> str:
    """Return what an admin is told of a duty whose document has changed."""
    one, decision = item.proposal, item.decision
    what = decision.terms.what if decision is not None and decision.terms is not None else one.what
    place = f"{one.name}, {wording.place(one.section)}"
    if item.change is Change.GONE:
        says = f"Nhiệm vụ “{short(what, 200)}” ({place}) không còn trong các văn bản đang có."
        if open_rounds:
            named = ", ".join(f"“{title}”" for title in open_rounds)
            return f"{says} Đợt báo cáo {named} vẫn mở: anh/chị xem có cần đóng không."
        return says
    seen = decision.seen if decision is not None else one
    lines = [f"Nhiệm vụ “{short(what, 200)}” ({place}) đã thay đổi trong văn bản. Quyết định cũ vẫn giữ."]
    lines += [
        f"{part}: trước đây “{short(was, 200) or '–'}”, nay “{short(new, 200) or '–'}”."
        for part, was, new in differences(seen, one)
    ]
    return "\n".join(lines)


def _tell(session: Session, audience: Iterable[Person], reply: Reply, key: str, now: datetime) -> None:
    for person in audience:
        for account in people.accounts(session, person.id):
            whole = f"{key}:{account.channel}:{account.chat}"
            once = hashlib.sha256(whole.encode()).hexdigest()
            outbox.put(session, account.channel, account.chat, reply, now, key=once)
