"""Charts as numbers: where lines run, in the units of the drawing. Pure; templates draw, style sheets colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.asking import VIETNAM
from bot.domain.rounds import EventKind, Round
from bot.store.board import Move

WIDTH, HEIGHT = 360, 200  # a phone's width, so that letters keep their size there
_LEFT, _RIGHT, _TOP, _BOTTOM = 28, 12, 26, 24  # around the drawing: numbers, dates
_TICKS = 4  # horizontal lines, at most


@dataclass(frozen=True, slots=True)
class Tick:
    """One number or date beside a chart."""

    at: float
    says: str


@dataclass(frozen=True, slots=True)
class Burndown:
    """How many units still owed a report, over time."""

    line: str  # points of the stairs, "28.0,26.0 60.5,26.0 …"
    area: str  # the same, closed along the bottom
    due: float  # x
    now: float | None  # x; None where the round is over or not begun
    rows: tuple[Tick, ...]
    days: tuple[Tick, ...]
    left: int  # units owing at the end of the line


def burndown(round_: Round, moves: Sequence[Move], now: datetime) -> Burndown:
    """Return the chart of a round until `now`, or until it was closed."""
    end = min(now, round_.closed_at or now)
    last = max(round_.due_at, end, round_.opens_at + timedelta(hours=1))
    span = (last - round_.opens_at).total_seconds()
    most = max(len(round_.units), 1)

    def x(at: datetime) -> float:
        share = min(max((at - round_.opens_at).total_seconds() / span, 0.0), 1.0)
        return round(_LEFT + share * (WIDTH - _LEFT - _RIGHT), 1)

    def y(units: int) -> float:
        return round(HEIGHT - _BOTTOM - units / most * (HEIGHT - _TOP - _BOTTOM), 1)

    steps = [(at, left) for at, left in _owing(round_, moves) if at <= end]
    points = [(x(round_.opens_at), y(len(round_.units)))]
    for at, left in steps:
        points += [(x(at), points[-1][1]), (x(at), y(left))]
    points.append((x(max(end, round_.opens_at)), points[-1][1]))
    line = " ".join(f"{across},{down}" for across, down in points)
    area = f"{line} {points[-1][0]},{y(0)} {points[0][0]},{y(0)}"
    step = max(1, -(-most // _TICKS))
    rows = tuple(Tick(y(units), str(units)) for units in range(0, most + 1, step))
    days = (_day(x, round_.opens_at), _day(x, last if last > round_.due_at else round_.due_at))
    shown_now = x(now) if round_.closed_at is None and round_.opens_at < now < last else None
    return Burndown(line, area, x(round_.due_at), shown_now, rows, days, steps[-1][1] if steps else len(round_.units))


def _day(x: Callable[[datetime], float], at: datetime) -> Tick:
    return Tick(x(at), f"{at.astimezone(VIETNAM):%d/%m}")


def _owing(round_: Round, moves: Sequence[Move]) -> list[tuple[datetime, int]]:
    """Return how many units owed the report after each change of that number."""
    done: set[str] = set()
    counts: list[tuple[datetime, int]] = []
    for move in moves:
        before = len(done)
        if move.kind is EventKind.RETURNED:
            done.discard(move.unit)
        elif move.unit in round_.units:
            done.add(move.unit)
        if len(done) != before:
            counts.append((move.at, len(round_.units) - len(done)))
    return counts
