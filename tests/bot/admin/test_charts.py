"""What is drawn: the numbers behind the burndown, the matrix and the graph of references."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rounds import EventKind, Round, SubmissionState
from bot.store.board import Move
from bot.web.charts import HEIGHT, WIDTH, burndown
from bot.web.graph import graph
from bot.web.standing import cell, distance
from knowledge.document import Reference
from tests.bot.library import NOW, FakeLibrary, draft, plan
from tests.bot.reports import VALUES, submission

ROUND = Round(1, "Đợt", 1, NOW, NOW + timedelta(days=10), ("a", "b", "c", "d"))
S, R, A = EventKind.SUBMITTED, EventKind.RETURNED, EventKind.ACCEPTED


def move(days: float, unit: str, kind: EventKind) -> Move:
    return Move(NOW + timedelta(days=days), unit, kind)


def test_units_leave_the_chart_when_they_hand_in_and_come_back_when_returned() -> None:
    moves = [move(1, "a", S), move(2, "a", A), move(3, "b", S), move(4, "b", R), move(5, "c", S), move(9, "d", S)]
    assert [burndown(ROUND, moves, NOW + timedelta(days=day)).left for day in (0, 1, 2, 3, 4, 5)] == [4, 3, 3, 2, 3, 2]
    closed = replace(ROUND, closed_at=NOW + timedelta(days=6))
    assert burndown(closed, moves, NOW + timedelta(days=30)).left == 2  # nothing counts after it was closed
    assert burndown(closed, moves, NOW + timedelta(days=30)).now is None


@given(
    st.lists(st.tuples(st.floats(-5, 40), st.sampled_from("abcdx"), st.sampled_from([S, R, A])), max_size=30),
    st.floats(0, 40),
)
def test_the_line_stays_in_the_drawing_and_never_goes_back(
    moves: list[tuple[float, str, EventKind]], now: float
) -> None:
    chart = burndown(ROUND, [move(*one) for one in sorted(moves, key=lambda one: one[0])], NOW + timedelta(days=now))
    points = [tuple(map(float, point.split(","))) for point in chart.line.split()]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points)
    assert all(before[0] <= after[0] for before, after in itertools.pairwise(points))
    assert 0 <= chart.left <= 4


def test_cells_say_where_a_unit_stands() -> None:
    late, states = NOW + timedelta(days=11), SubmissionState
    assert cell(None, ROUND, NOW).kind == "owing" and cell(None, ROUND, late).kind == "overdue"
    kinds = {
        state: (
            cell(submission(0, state, VALUES[0]), ROUND, NOW).kind,
            cell(submission(0, state, {}), ROUND, late).kind,
        )
        for state in states
    }
    assert kinds == {
        states.DRAFT: ("draft", "overdue"),
        states.SUBMITTED: ("submitted", "submitted"),
        states.RETURNED: ("returned", "returned"),
        states.ACCEPTED: ("accepted", "accepted"),
    }


def test_distances_are_days_of_the_calendar() -> None:
    says = {days: distance(NOW + timedelta(days=days), NOW) for days in (-2, 0, 1, 5)}
    assert says == {-2: "quá hạn 2 ngày", 0: "hôm nay", 1: "còn 1 ngày", 5: "còn 5 ngày"}
    assert distance(NOW - timedelta(hours=1), NOW) == "vừa quá hạn hôm nay"


def test_the_graph_leads_from_ours_to_what_they_cite() -> None:
    cites = Reference("77/KH-SVT", "kế hoạch", None, None, 0, 0, 5)
    cards = FakeLibrary(plan(), replace(draft(), references=(cites, cites))).cards
    drawn = graph(cards)
    assert [row.name for row in drawn.rows] == ["Kế hoạch 77/KH-SVT", "Quy định số …/QyĐ-SVT"]
    assert drawn.rows[1].cited == (("Kế hoạch 77/KH-SVT", 2, cards[0].digest),)
    assert [edge.known for edge in drawn.edges] == [False, True]
    assert graph(()).rows == ()
