"""What an export is made of: a round, its form, who handed in what, who did not.

Pure values; knows no database, no workbook and no Word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.asking import VIETNAM
from bot.domain.forms import Form, Prompt, PromptKind, Values
from bot.domain.people import Unit
from bot.domain.rounds import Round, Standing, Submission, SubmissionState
from bot.forms.expressions import calculated
from knowledge.text import fold

HANDED_IN = frozenset({SubmissionState.SUBMITTED, SubmissionState.ACCEPTED})
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
FORMATS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@dataclass(frozen=True, slots=True)
class Office:
    """Whose report it is; an empty part is left as a dotted line to fill in."""

    name: str = ""  # "SỞ NỘI VỤ"
    parent: str = ""  # "UBND TỈNH AN BÌNH"
    place: str = ""  # "An Bình"


@dataclass(frozen=True, slots=True)
class Row:
    """One report that was handed in."""

    unit: Unit
    submission: Submission
    values: Values  # with calculations done


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One round as it is exported."""

    round: Round
    form: Form
    rows: tuple[Row, ...]  # handed in (submitted or accepted), in the order of the round
    standings: tuple[Standing, ...]  # every unit that owes it
    made_at: datetime
    file_names: Mapping[str, str] = field(default_factory=dict)  # of attachments, by sha256
    office: Office = field(default_factory=Office)
    basis: tuple[str, ...] = ()  # legal bases, each a whole clause without its final mark

    @property
    def missing(self) -> tuple[Standing, ...]:
        """The units whose report is not in: nothing begun, a draft, or returned and not handed in again."""
        return tuple(one for one in self.standings if one.submission is None or one.submission.state not in HANDED_IN)

    @property
    def late(self) -> tuple[Row, ...]:
        """The reports that came after the round's due time."""
        return tuple(row for row in self.rows if row.submission.late)

    @property
    def accepted(self) -> tuple[Row, ...]:
        """The reports that were accepted."""
        return tuple(row for row in self.rows if row.submission.state is SubmissionState.ACCEPTED)


def consolidate(
    round_: Round,
    form: Form,
    standings: Sequence[Standing],
    made_at: datetime,
    *,
    file_name: Callable[[str], str] = lambda sha256: "tệp",
    office: Office | None = None,
    basis: tuple[str, ...] = (),
) -> Consolidated:
    """Put a round together from its standings; drafts and returned reports are only counted.

    `file_name` says how an attachment (sha256) was named by its sender.
    """
    rows = tuple(
        Row(one.unit, one.submission, _values(form, one.submission))
        for one in standings
        if one.submission is not None and one.submission.state in HANDED_IN
    )
    names = {sha256: file_name(sha256) for row in rows for sha256 in _files(form, row.values)}
    return Consolidated(round_, form, rows, tuple(standings), made_at, names, office or Office(), basis)


def local(moment: datetime) -> datetime:
    """Return `moment` as clocks in Vietnam show it, without a zone: spreadsheets know none."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None)


def is_ratio(prompt: Prompt) -> bool:
    """Tell whether a number is a percentage, which is averaged where others are added."""
    words = fold(f"{prompt.label} {prompt.name.replace('_', ' ')}")
    return any(word in words for word in ("%", "ty le", "ti le", "phan tram"))


def is_number(stored: str) -> bool:
    """Tell whether a stored answer is a number."""
    return bool(_NUMBER.fullmatch(stored))


def is_numeric(prompt: Prompt, given: Iterable[str]) -> bool:
    """Tell whether answers to `prompt` are numbers: by its kind, or where it is calculated by what came out."""
    if prompt.kind is not PromptKind.CALCULATE:
        return prompt.kind in (PromptKind.INTEGER, PromptKind.DECIMAL)
    stored = [one for one in given if one]
    return bool(stored) and all(map(is_number, stored))


def _values(form: Form, submission: Submission) -> Values:
    handed_in = submission.submitted_at or submission.updated_at
    return calculated(form, submission.draft.values, handed_in.astimezone(VIETNAM).date())


def _files(form: Form, values: Values) -> list[str]:
    found: list[str] = []
    for prompt, repeat in form.prompts():
        if prompt.kind is not PromptKind.FILE:
            continue
        value = values.get(repeat.name if repeat else prompt.name, "")
        texts = [value] if isinstance(value, str) else [entry.get(prompt.name, "") for entry in value]
        found += [sha256 for text in texts for sha256 in text.split()]
    return found
