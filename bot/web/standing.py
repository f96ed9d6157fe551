"""How far units are, as the admin pages show it: one cell of the matrix, one round summed up, what comes next. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.rounds import Round, Standing, Submission, SubmissionState

_S = SubmissionState
DONE = frozenset({_S.SUBMITTED, _S.ACCEPTED})
NEAR = timedelta(days=7)  # before its due time a round is said to be near


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one unit stands in one round. `kind` decides colour and shape, `says` stands beside them."""

    kind: str  # accepted, submitted, returned, draft, owing, overdue, apart
    says: str  # "Đã nhận"
    late: bool = False  # handed in after the due time
    submission: int | None = None  # Submission.id, where there is something to read


@dataclass(frozen=True, slots=True)
class Summary:
    """One round summed up."""

    round: Round
    accepted: int
    submitted: int  # and not decided on yet
    returned: int
    owing: int  # not begun, or a draft
    late: int  # of those handed in

    @property
    def units(self) -> int:
        """How many units owe the report."""
        return self.accepted + self.submitted + self.returned + self.owing

    @property
    def done(self) -> int:
        """How many have handed it in."""
        return self.accepted + self.submitted


APART = Cell("apart", "Không thuộc đợt")
KINDS = (  # of cells, with their legend, in the order of the way of a report
    Cell("accepted", "Đã nhận"),
    Cell("submitted", "Chờ duyệt"),
    Cell("returned", "Bị trả lại"),
    Cell("draft", "Đang soạn"),
    Cell("owing", "Chưa nộp"),
    Cell("overdue", "Quá hạn"),
    APART,
)
_SAYS = {cell.kind: cell.says for cell in KINDS}


def cell(one: Submission | None, round_: Round, now: datetime) -> Cell:
    """Return where a unit of the round stands with what it has."""
    overdue = now > round_.due_at
    if one is None:
        return _cell("overdue" if overdue else "owing")
    if one.state is _S.DRAFT:
        return _cell("overdue") if overdue else _cell("draft")
    kind = {_S.ACCEPTED: "accepted", _S.SUBMITTED: "submitted", _S.RETURNED: "returned"}[one.state]
    return Cell(kind, _SAYS[kind], one.late, one.id)


def _cell(kind: str) -> Cell:
    return Cell(kind, _SAYS[kind])


def summary(round_: Round, standings: Sequence[Standing]) -> Summary:
    """Return a round summed up."""
    states = [one.submission.state if one.submission else _S.DRAFT for one in standings]
    late = sum(1 for one in standings if one.submission and one.submission.state in DONE and one.submission.late)
    accepted, submitted, returned = (states.count(state) for state in (_S.ACCEPTED, _S.SUBMITTED, _S.RETURNED))
    return Summary(round_, accepted, submitted, returned, states.count(_S.DRAFT), late)


def pressing(summaries: Sequence[Summary], now: datetime) -> list[Summary]:
    """Return the open rounds that are overdue or nearly due with reports still missing, the soonest due first."""
    missing = [
        one
        for one in summaries
        if one.round.closed_at is None and one.done < one.units and one.round.due_at - now <= NEAR
    ]
    return sorted(missing, key=lambda one: one.round.due_at)


def distance(due: datetime, now: datetime) -> str:
    """Return how far a due time is: "còn 3 ngày", "hôm nay", "quá hạn 2 ngày"; counted in days of the calendar."""
    days = (due.astimezone(now.tzinfo).date() - now.date()).days
    if days == 0:
        return "hôm nay" if now <= due else "vừa quá hạn hôm nay"
    return f"còn {days} ngày" if days > 0 else f"quá hạn {-days} ngày"
