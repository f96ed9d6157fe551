"""What dialogues about duties may know and ask for: the seam to `bot.duties` and `bot.duty_effects`.

Decisions are made by the functions of `bot.domain.obligations`; an effect only carries one. Each names the revision it
was decided on; where another came in between, the step is decided anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.obligations import Decision, Item, Proposal, Terms
from bot.domain.rounds import Round


class Duties(Protocol):
    """Duties of the documents, and what was decided about them, as they stand now. Reading only."""

    def items(self) -> tuple[Item, ...]:
        """Return every duty with what was decided about it: in reading order, then what is gone."""

    def proposed(self, proposal: Proposal) -> Terms:
        """Return what the document itself gives of a duty; what it leaves open is open."""

    def position(self, document: str) -> int | None:
        """Return where a document stands in the library, by its key; None: it is not there."""

    def closed(self, document: str) -> frozenset[str]:
        """Return the units, by key, whose people may not see a document, by its key: they owe nothing that it asks."""

    def rounds(self, duty: str) -> tuple[Round, ...]:
        """Return the rounds that were opened from a duty, the soonest due first, closed ones last."""

    def open_days(self) -> int:
        """Return how many days before its due date the round of a recurring duty opens by itself."""


@dataclass(frozen=True, slots=True)
class Decide:
    """Keep a decision about a duty: confirmed, dismissed, merged, or kept although its document changed."""

    decision: Decision


@dataclass(frozen=True, slots=True)
class Undecide:
    """Take a decision back: the duty waits again."""

    key: str
    revision: int


DutyEffect = Decide | Undecide
