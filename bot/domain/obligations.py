"""Duties that documents state and what the office decided about each: how both stay together.

A proposal is what the analysis found; a decision is an admin's word on it and outlives every new analysis:
`bot.domain.decisions` makes them, `bot.domain.matching` finds the duty of each again. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.occurrences import Rhythm
from knowledge.document import ObligationKind, TimePhrase
from knowledge.text import fold

_LABEL = re.compile(r"^\W*(?:(?:\d{1,3}(?:\.\d{1,3})*|[a-zđ]|[IVX]{1,5})[.)]\s+)?")


class Status(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    MERGED = "merged"  # it is said by another duty already


@dataclass(frozen=True, slots=True)
class Proposal:
    """One duty as a document states it now."""

    key: str  # "nv-0123456789abcdef"
    document: str  # key of the document through all its versions
    file: str
    name: str  # of the document, "Kế hoạch 912/KH-SNNMT"
    section: str  # as people cite it, "III.2"
    quote: str  # verbatim, white space collapsed
    kind: ObligationKind
    who: str | None
    what: str
    to: str | None
    when: TimePhrase | None

    @property
    def time(self) -> str:
        """The words of time, verbatim; "" where there are none."""
        return self.when.text if self.when else ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of whom until when, as it was confirmed."""

    what: str
    due_at: datetime | None = None  # of a duty due once
    rhythm: Rhythm | None = None  # of a recurring one
    units: tuple[str, ...] = ()  # Unit.key
    everyone: bool = False  # all units, those that come later too; `units` is () then
    before: tuple[int, ...] = ()  # days before it is due on which people are reminded; (): as the office does

    @property
    def dated(self) -> bool:
        """Tell whether it can be said when it is due."""
        return self.due_at is not None or self.rhythm is not None

    @property
    def times(self) -> tuple[datetime | None, Rhythm | None]:
        """When it is due."""
        return self.due_at, self.rhythm

    @property
    def owed(self) -> bool:
        """Tell whether it can be said who owes it."""
        return self.everyone or bool(self.units)


@dataclass(frozen=True, slots=True)
class Decision:
    """What an admin decided about a duty."""

    key: str  # of the duty since it was first decided about: rounds refer to it
    status: Status
    seen: Proposal  # as it stood when it was decided about last
    by: str  # name of who decided
    at: datetime
    terms: Terms | None = None  # of a confirmed one
    proposed: Terms | None = None  # what the document itself gave then: where they differ, it was corrected
    into: str | None = None  # key of the duty that a merged one is said by
    form: int | None = None  # FormVersion.id that rounds of the next occurrences open with; None: they do not
    settled: str = ""  # sign of the change in the document that was looked at, and the decision kept
    revision: int = 0  # decisions so far: two that start from the same one cannot both be kept
    since: datetime | None = None  # when what is confirmed became due as it is; None: `at`

    @property
    def confirmed_at(self) -> datetime | None:
        """Since when people owe it by these times; None: they do not."""
        return (self.since or self.at) if self.status is Status.CONFIRMED else None

    @property
    def dated(self) -> bool:
        """Tell whether the date is the admin's, not the document's."""
        before, now = self.proposed, self.terms
        return before is not None and now is not None and before.times != now.times

    @property
    def corrected(self) -> bool:
        """Tell whether anything is otherwise than the document gave it."""
        return self.proposed != self.terms


class Change(StrEnum):
    """What became of a duty in its document since it was decided about."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"  # withdrawn or replaced with its document, or no longer in it


@dataclass(frozen=True, slots=True)
class Item:
    """One duty as the office sees it: what the document says now, and what was decided."""

    proposal: Proposal  # as it stands, with the key of the decision; of a gone one as it was seen last
    decision: Decision | None = None  # None: it waits for one
    change: Change = Change.SAME

    @property
    def key(self) -> str:
        """The duty's key."""
        return self.proposal.key

    @property
    def status(self) -> Status:
        """What became of it."""
        return self.decision.status if self.decision else Status.PROPOSED

    @property
    def sign(self) -> str:
        """What tells this change from another; "" where nothing changed."""
        match self.change:
            case Change.SAME:
                return ""
            case Change.GONE:
                return "gone"
            case Change.CHANGED:
                return _digest(*said(self.proposal))

    @property
    def unsettled(self) -> bool:
        """Tell whether a change waits to be looked at: until then nothing new follows from the decision."""
        return self.decision is not None and self.sign != "" and self.sign != self.decision.settled


def proposal_key(document: str, section: str, quote: str, number: int) -> str:
    """Return the key of the duty that is the `number`th (from 0) stated by a sentence of a document."""
    return f"nv-{_digest(document, section, _unlabelled(quote), str(number))}"


def _unlabelled(quote: str) -> str:
    """Return a quote as it is compared, without the number it begins with: sections are numbered anew."""
    return plain(_LABEL.sub("", quote))


def plain(quote: str) -> str:
    """Return a quote as it is compared: white space, case, diacritics and marks do not count."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(quote)).split())


def said(one: Proposal) -> tuple[str, ...]:
    """Return what must stay for a duty to be the same: the sentence, and the time that was understood from it."""
    when = one.when
    time = f"{when.due} {when.exclusive} {when.recurrence} {when.day} {when.month}" if when else ""
    return (_unlabelled(one.quote), time)


def differences(before: Proposal, after: Proposal) -> tuple[tuple[str, str, str], ...]:
    """Return what a changed duty says otherwise: the Vietnamese name of each part, before, and now, as written."""
    parts = (
        ("Thời hạn", before.time, after.time),
        ("Việc", before.what, after.what),
        ("Ai làm", before.who or "", after.who or ""),
        ("Gửi", before.to or "", after.to or ""),
    )
    found = tuple((name, was, now) for name, was, now in parts if plain(was) != plain(now))
    return found or ((("Nguyên văn", before.quote, after.quote),) if before.quote != after.quote else ())


def status_of(item: Item, items: Sequence[Item]) -> Status:
    """Return what became of a duty for those who know three states only: a merged one is as the one that says it."""
    by_key = {one.key: one for one in items}
    seen: set[str] = set()
    while item.decision is not None and item.status is Status.MERGED and item.key not in seen:
        seen.add(item.key)
        following = by_key.get(item.decision.into or "")
        if following is None:
            break
        item = following
    return Status.DISMISSED if item.status is Status.MERGED else item.status


def waiting(items: Sequence[Item], now: datetime) -> tuple[Item, ...]:
    """Return the duties that want an admin: those whose document has changed, then new ones, the soonest due first."""
    changed = [one for one in items if one.unsettled and _matters(one)]
    new = [one for one in items if one.decision is None and one.proposal.kind is not ObligationKind.PERIOD]
    return (*changed, *sorted(new, key=lambda one: _urgency(one.proposal, now)))


def _matters(item: Item) -> bool:
    """Tell whether a change is worth a look: of what nothing follows from, only another wording is."""
    return item.status is Status.CONFIRMED or (item.status is Status.DISMISSED and item.change is Change.CHANGED)


def _urgency(one: Proposal, now: datetime) -> tuple[int, int, int]:
    """Return what sorts dated ones first, then recurring ones, then what is over, then those without a date.

    Within each, what is to be reported or handed in comes before what is to be finished.
    """
    due = one.when.last_day if one.when else None
    rank = int(one.kind is ObligationKind.FINISH)
    if due is not None:
        return (0, due.toordinal(), rank) if due >= now.date() else (2, rank, -due.toordinal())
    recurs = one.when is not None and one.when.recurrence is not None and one.when.day is not None
    return (1 if recurs else 3, rank, 0)


def title_of(one: Proposal, terms: Terms, period: str = "") -> str:
    """Return the title of a duty's round, its document named: "Báo cáo … Kế hoạch 912/KH-SNNMT – quý IV/2025"."""
    what, kind = terms.what.rstrip(" .;"), one.name.rpartition(" ")[0]
    if kind and "/" in one.name and plain(what).endswith(plain(kind)):
        what = what[: -len(kind)] + one.name
    elif plain(one.name) not in plain(what):
        what = f"{what} ({one.name})"
    return f"{what} – {period}" if period else what


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
