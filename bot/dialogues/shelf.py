"""What dialogues about publishing may know, and what they may ask for: the seam between them and the store.

`Shelf` is the reading side (`bot.shelf` is the real one), the effects are the writing side (`bot.publishing.effects`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.messages import Attachment
from bot.domain.publishing import Intake, Job, Publication


class Shelf(Protocol):
    """Received files, work on documents, decisions on published ones, as they stand now. Reading only."""

    def taken(self, attachment: Attachment) -> Attachment:
        """Return a received file with its content kept, `ref` its sha256; FileRefused where it cannot be taken."""

    def intake(self, intake_id: int) -> Intake | None:
        """Return one received file."""

    def intakes(self, job_id: int) -> tuple[Intake, ...]:
        """Return the files that one job reads."""

    def undecided(self) -> tuple[Intake, ...]:
        """Return the files that wait for a decision, the oldest first."""

    def jobs(self) -> tuple[Job, ...]:
        """Return what waits or runs, the oldest first, then what ended last."""

    def job(self, job_id: int) -> Job | None:
        """Return one job."""

    def decided(self) -> Mapping[str, Publication]:
        """Return what was decided on documents, by their key; those in force and open to all may be left out."""


@dataclass(frozen=True, slots=True)
class ReceiveFiles:
    """Read and analyse fetched files (`ref` the sha256), then ask the sender what to do with them."""

    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class PublishDocuments:
    """Put read files into the index, in the background."""

    intakes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DropDocuments:
    """Keep nothing of read files."""

    intakes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DecideDocument:
    """Keep what was decided on a published document; withdrawing it takes it out of the index, in the background."""

    new: Publication  # `revision` that of what it was decided on


@dataclass(frozen=True, slots=True)
class RestoreDocument:
    """Put a withdrawn document back into the index, in the background."""

    was: Publication


@dataclass(frozen=True, slots=True)
class CancelJob:
    """End a job that waits or runs; what it did so far is undone."""

    job: int


ShelfEffect = ReceiveFiles | PublishDocuments | DropDocuments | DecideDocument | RestoreDocument | CancelJob
