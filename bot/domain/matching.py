"""Which duty of the documents, as they are now, each decision is about: the same, changed, or gone. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from bot.domain.obligations import Change, Decision, Item, Proposal, plain, said

# Two sentences in one place that are this alike (0..100) are one duty worded anew; in another place they must be
# nearly the same, for plans repeat themselves.
_SAME_PLACE, _ELSEWHERE = 70.0, 92.0


def match(decisions: Sequence[Decision], proposals: Sequence[Proposal]) -> tuple[Item, ...]:
    """Return every duty once: the proposals in their order, each with its decision, then what is gone.

    A decision finds its duty by key, then by the same words, then by the most alike sentence of the same document.
    """
    left = {number: one for number, one in enumerate(proposals)}
    found: dict[int, tuple[Decision, Change]] = {}
    open_ones = list(decisions)
    by_key = {one.key: number for number, one in left.items()}

    def _by_key(decision: Decision, left: dict[int, Proposal]) -> int | None:
        known = (by_key.get(key) for key in (decision.key, decision.seen.key))
        return next((at for at in known if at in left), None)

    for alike in (_by_key, _by_words, _by_likeness):
        for decision in tuple(open_ones):
            at = alike(decision, left)
            if at is not None:
                change = Change.SAME if said(left[at]) == said(decision.seen) else Change.CHANGED
                found[at] = (decision, change)
                del left[at]
                open_ones.remove(decision)
    items = [_item(one, found.get(number)) for number, one in enumerate(proposals)]
    gone = [Item(_named(one.seen, one.key), one, Change.GONE) for one in open_ones]
    return (*items, *gone)


def _item(proposal: Proposal, found: tuple[Decision, Change] | None) -> Item:
    if found is None:
        return Item(proposal)
    decision, change = found
    return Item(_named(proposal, decision.key), decision, change)


def _named(proposal: Proposal, key: str) -> Proposal:
    return replace(proposal, key=key)


def _by_words(decision: Decision, left: dict[int, Proposal]) -> int | None:
    """Return the duty in the same words, wherever in the document they stand now: sections are numbered anew."""
    seen = decision.seen
    return next((at for at, one in left.items() if one.document == seen.document and said(one) == said(seen)), None)


def _by_likeness(decision: Decision, left: dict[int, Proposal]) -> int | None:
    seen = decision.seen
    best: tuple[float, int] | None = None
    for at, one in left.items():
        if one.document != seen.document or one.kind is not seen.kind:
            continue
        likeness = fuzz.ratio(_core(seen), _core(one))
        enough = _SAME_PLACE if one.section == seen.section else _ELSEWHERE
        if likeness >= enough and (best is None or likeness > best[0]):
            best = (likeness, at)
    return best[1] if best else None


def _core(one: Proposal) -> str:
    """Return what a duty is about, apart from its time: a new deadline is the same duty."""
    return plain(f"{one.who or ''} {one.what}")
