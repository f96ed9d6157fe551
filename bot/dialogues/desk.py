"""What dialogues about reports may know, and what they may ask for: the seam between them and the store.

`Desk` is the reading side (`bot.desk` is the real one), the effects are the writing side (`bot.report_effects`).
Every effect that changes a submission names the revision it was decided on; where that is no longer the present one,
the step is decided anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.filling import Draft
from bot.domain.forms import Form, Value
from bot.domain.messages import Attachment, OutFile, Reply
from bot.domain.people import Person, Unit
from bot.domain.rounds import Event, FormVersion, Round, Standing, Submission
from knowledge.document import Document


class FileRefused(Exception):
    """A file is not kept; str(error) is one Vietnamese line saying why and what to do."""


class Desk(Protocol):
    """Forms, rounds and submissions as they stand now, and the files of this message. Reading only."""

    def rounds(self) -> tuple[Round, ...]:
        """Return every round, the soonest due first; closed ones last."""

    def round(self, round_id: int) -> Round | None:
        """Return one round."""

    def form(self, version: int) -> Form:
        """Return the form of a FormVersion.id."""

    def forms(self) -> tuple[FormVersion, ...]:
        """Return the newest version of every form, the last uploaded first."""

    def read_form(self, attachment: Attachment) -> tuple[FormVersion | None, tuple[str, ...]]:
        """Read a kept workbook as a form: the version (id 0) it would be, or its problems in words, with their rows."""

    def generated_form(self, position: int) -> OutFile:
        """Make a form workbook from the indexed plan at `position` of the library and return it, kept."""

    def owed(self, unit: str) -> tuple[Round, ...]:
        """Return the rounds that take reports now and are owed by `unit`, accepted ones aside; soonest due first."""

    def submission(self, round_id: int, unit: str) -> Submission | None:
        """Return what `unit` has in a round; None: nothing yet."""

    def submission_by_id(self, submission_id: int) -> Submission | None:
        """Return one submission."""

    def waiting(self) -> tuple[Submission, ...]:
        """Return the submissions that wait to be accepted or returned, oldest first."""

    def history(self, submission_id: int) -> tuple[Event, ...]:
        """Return what happened to a submission, oldest first."""

    def standings(self, round_id: int) -> tuple[Standing, ...]:
        """Return the units of a round with what each did, in the order of the round."""

    def last_values(self, round_id: int, unit: str) -> Mapping[str, Value]:
        """Return what `unit` handed in last with the same form id in an earlier round; {} where it never did."""

    def units(self) -> tuple[Unit, ...]:
        """Return the active units by name."""

    def people(self) -> tuple[Person, ...]:
        """Return the people by name."""

    def documents(self) -> tuple[Document, ...]:
        """Return the indexed plans and programmes a form can be made from, in the library's order."""

    def fetched(self, attachment: Attachment) -> Attachment:
        """Return a received file with its content kept, `ref` its sha256; FileRefused where it cannot be taken."""

    def exported(self, round_id: int, format: str) -> OutFile:
        """Return the consolidated report ("xlsx" or "docx") of a round, kept as a file."""

    def file_name(self, sha256: str) -> str:
        """Return how a kept attachment was named by its sender; "tệp" where nobody said."""

    def fresh_token(self) -> str:
        """Return a new unguessable token for an upload page."""

    def upload_url(self, token: str) -> str | None:
        """Return the address of the upload page for `token`; None where no public address is set."""

    def login_url(self, token: str) -> str | None:
        """Return the address that signs in to the admin pages with `token`; None where no page can be reached."""


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep the answers so far; makes the submission where there is none (`revision` 0)."""

    round: int
    unit: str
    draft: Draft
    revision: int


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """Remove a draft that was never submitted."""

    submission: int
    revision: int


@dataclass(frozen=True, slots=True)
class Submit:
    """Hand a report in. The number of its receipt is `receipt_number` with the count of submissions so far + 1."""

    submission: int
    revision: int
    receipt: str
    late: bool


@dataclass(frozen=True, slots=True)
class Accept:
    """Take a submitted report."""

    submission: int
    revision: int


@dataclass(frozen=True, slots=True)
class Return:
    """Give a submitted report back."""

    submission: int
    revision: int
    reason: str
    to_fix: tuple[str, ...] = ()  # names of prompts


@dataclass(frozen=True, slots=True)
class KeepForm:
    """Keep a form version read from a kept workbook."""

    form: Form
    workbook: str  # sha256


@dataclass(frozen=True, slots=True)
class OpenRound:
    """Open a round."""

    title: str
    form: int  # FormVersion.id
    opens_at: datetime
    due_at: datetime
    units: tuple[str, ...]
    obligation: str | None = None


@dataclass(frozen=True, slots=True)
class ChangeRound:
    """Move a round's due time, or close it."""

    round: int
    due_at: datetime | None = None  # None: as it was
    closed_at: datetime | None = None  # None: as it was


@dataclass(frozen=True, slots=True)
class ReopenRound:
    """Let a closed round take reports again, until a new due time."""

    round: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class KeepFiles:
    """Remember how the sender named files that were fetched."""

    files: tuple[Attachment, ...]  # `ref` the sha256


@dataclass(frozen=True, slots=True)
class IssueUpload:
    """Let whoever holds `token` send files into this chat once, through the upload page, until `expires`."""

    token: str  # as in the address; only its digest is kept
    expires: datetime


@dataclass(frozen=True, slots=True)
class TellAdmins:
    """Write to every admin, in every private chat of theirs."""

    reply: Reply
    key: str | None = None  # what must not be said twice


@dataclass(frozen=True, slots=True)
class TellUnit:
    """Write to the clerks of a unit, in every private chat of theirs."""

    unit: str
    reply: Reply
    key: str | None = None


ReportEffect = (
    SaveDraft
    | DiscardDraft
    | Submit
    | Accept
    | Return
    | KeepForm
    | OpenRound
    | ChangeRound
    | ReopenRound
    | KeepFiles
    | IssueUpload
    | TellAdmins
    | TellUnit
)
