"""What an admin may decide about a duty: it holds, it does not, another says it already. Pure.

`by` is the admin's name; `item` is the duty as it was shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.obligations import Change, Decision, Item, Status, Terms


def confirm(item: Item, terms: Terms, proposed: Terms, by: str, now: datetime, form: int | None = None) -> Decision:
    """Return the decision that a duty holds, on these terms; ValueError where they do not say when or who.

    `form`: the FormVersion.id that the rounds of a recurring duty open with by themselves.
    """
    if not terms.dated or not terms.owed:
        raise ValueError("a duty needs a date and units before it is confirmed")
    before = item.decision
    since = None  # due otherwise than it was: what is overdue by the old times is asked of nobody
    if before is not None and before.terms is not None and before.terms.times == terms.times:
        since = before.confirmed_at
    return replace(_decided(item, Status.CONFIRMED, by, now), terms=terms, proposed=proposed, form=form, since=since)


def dismiss(item: Item, by: str, now: datetime) -> Decision:
    """Return the decision that nothing follows from a duty."""
    return _decided(item, Status.DISMISSED, by, now)


def merge(item: Item, into: str, by: str, now: datetime) -> Decision:
    """Return the decision that another duty says it already."""
    return replace(_decided(item, Status.MERGED, by, now), into=into)


def keep(item: Item, now: datetime) -> Decision:
    """Return the decision of before, kept although the document has changed since."""
    if item.decision is None:
        raise ValueError("nothing was decided that could be kept")
    before = item.decision
    seen = before.seen if item.change is Change.GONE else item.proposal
    settled = item.sign if item.change is Change.GONE else ""  # what is seen now is no change any more
    since = before.confirmed_at
    return replace(before, seen=seen, at=now, settled=settled, revision=before.revision + 1, since=since)


def _decided(item: Item, status: Status, by: str, now: datetime) -> Decision:
    before = item.decision
    settled = item.sign if item.change is Change.GONE else ""
    return Decision(
        item.key, status, item.proposal, by, now, settled=settled, revision=before.revision + 1 if before else 1
    )
