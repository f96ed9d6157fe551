"""Rounds of reports and what each unit handed in: values, and the rules of how one state leads to the next.

    nothing → draft → submitted → accepted
                          ↓           (history keeps every submission)
                       returned → submitted …

Pure: knows no database and no channel.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.filling import Draft
from bot.domain.forms import Form, Values
from bot.domain.people import Unit


class SubmissionState(StrEnum):
    """Where one unit's report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"

    @property
    def vietnamese(self) -> str:
        """The state as users read it."""
        return _STATES[self.value]


_STATES = {"draft": "đang soạn", "submitted": "đã nộp", "returned": "bị trả lại", "accepted": "đã nhận"}
EDITABLE = frozenset({SubmissionState.DRAFT, SubmissionState.RETURNED})


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One uploaded version of a form."""

    id: int
    form: Form
    workbook: str  # sha256 of the workbook in bot.store.files
    uploaded_by: str
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class Round:
    """One collection of reports: a form version, the units that owe it, from when until when."""

    id: int
    title: str  # "Báo cáo thi đua – khen thưởng quý IV/2025"
    form: int  # FormVersion.id; stays what it was when the round was opened
    opens_at: datetime
    due_at: datetime  # the last moment of being in time
    units: tuple[str, ...]  # Unit.key
    closed_at: datetime | None = None  # since when nothing is taken any more
    obligation: str | None = None  # id of the confirmed obligation it comes from

    def takes(self, now: datetime) -> bool:
        """Tell whether reports are taken at `now`, late ones included."""
        return self.opens_at <= now and (self.closed_at is None or now < self.closed_at)


@dataclass(frozen=True, slots=True)
class Submission:
    """The report of one unit in one round, as it stands."""

    id: int
    round: int
    unit: str  # Unit.key
    state: SubmissionState
    draft: Draft
    revision: int  # changes so far: two that start from the same one cannot both be kept
    editor: int | None  # Person.id of who changed it last
    editor_name: str
    updated_at: datetime
    submitted_at: datetime | None = None  # last time
    receipt: str | None = None  # of the last submission
    late: bool = False  # the last submission came after the round's due time
    reason: str = ""  # why it was returned
    to_fix: tuple[str, ...] = ()  # names of prompts that the return is about; (): all of it


class EventKind(StrEnum):
    """What happened to a submission."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a submission's history."""

    at: datetime
    kind: EventKind
    actor: str  # name of the person
    note: str = ""  # receipt number, or reason of the return
    values: Values = field(default_factory=dict)  # what was handed in; {} for other kinds


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a round's overview: a unit that owes it and what it did."""

    unit: Unit
    submission: Submission | None  # None: not begun


def receipt_number(round_id: int, submission_id: int, times: int) -> str:
    """Return the number of a receipt: "BC12-0034-2" is the second submission of report 34 in round 12."""
    return f"BC{round_id}-{submission_id:04d}-{times}"
