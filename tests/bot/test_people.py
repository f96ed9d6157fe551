from __future__ import annotations

import pytest

from bot.domain.people import ALLOWED, Action, Person, Role, Unit, current_unit, may

# The whole table once more, by hand: a slip in the code's own table shows as a difference.
EXPECTED = {
    Role.STAFF: {Action.ASK, Action.OWN_DATA},
    Role.CLERK: {Action.ASK, Action.OWN_DATA, Action.SUBMIT_REPORT, Action.READ_UNIT_REPORTS},
    Role.LEADER: {Action.ASK, Action.OWN_DATA, Action.READ_UNIT_REPORTS, Action.READ_ALL_REPORTS, Action.EXPORT},
    Role.ADMIN: set(Action),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_every_role_may_do_what_the_table_says_and_nothing_else(role: Role, action: Action) -> None:
    person = Person(id=1, name="Lan", role=role, unit="phong-a")
    assert may(person, action) is (action in EXPECTED[role])


@pytest.mark.parametrize("action", list(Action))
def test_a_stranger_may_at_most_ask_and_only_where_allowed(action: Action) -> None:
    assert not may(None, action)
    assert may(None, action, strangers_may_ask=True) is (action is Action.ASK)


@pytest.mark.parametrize("action", list(Action))
def test_a_deactivated_person_may_do_nothing(action: Action) -> None:
    assert not may(Person(id=1, name="Minh", role=Role.ADMIN, unit=None, active=False), action)


def test_no_action_is_left_out_of_the_table() -> None:
    assert set(ALLOWED) == set(Action)


def test_duties_go_to_the_last_successor() -> None:
    units = [Unit("a", "A", successor="b"), Unit("b", "B", successor="c"), Unit("c", "C")]
    assert current_unit("a", units) == units[2]
    assert current_unit("khong-co", units) is None


def test_units_that_succeed_each_other_in_a_ring_do_not_hang() -> None:
    ring = [Unit("a", "A", successor="b"), Unit("b", "B", successor="a")]
    assert current_unit("a", ring) is not None
