from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.filling import (
    Draft,
    Spot,
    allowed,
    answered,
    missing,
    must_answer,
    next_spot,
    numbered,
    previous_spot,
    spots,
    with_entry,
    without_more,
)
from bot.domain.forms import Form
from bot.forms.xlsform import read_form
from tests.bot.test_forms import SURVEY, workbook

TODAY = date(2025, 11, 20)


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(workbook(SURVEY))


def fill(form: Form, *answers: str) -> Draft:
    """Answer in order: text for a prompt, "+" or "-" for "có thêm không?"."""
    draft = Draft()
    for answer in answers:
        spot = next_spot(form, draft, TODAY)
        assert spot is not None
        if spot.more:
            draft = with_entry(draft, spot.name) if answer == "+" else without_more(draft, spot.name)
        else:
            draft = answered(form, draft, spot, answer, TODAY)
    return draft


def test_the_course_follows_the_answers(form: Form) -> None:
    assert next_spot(form, Draft(), TODAY) == Spot("sang_kien")
    assert next_spot(form, fill(form, "12", "90.5"), TODAY) == Spot("co_tt")
    assert next_spot(form, fill(form, "12", "90.5", "co"), TODAY) == Spot("ten_tt")
    assert next_spot(form, fill(form, "12", "90.5", "khong"), TODAY) == Spot("ca_nhan", 0, more=True)


def test_a_repeat_asks_for_another_until_there_is_none(form: Form) -> None:
    draft = fill(form, "12", "90.5", "khong", "+", "Lan", "1990", "+", "Tuấn", "1988")
    assert next_spot(form, draft, TODAY) == Spot("ca_nhan", 2, more=True)
    draft = without_more(draft, "ca_nhan")
    assert draft.values["ca_nhan"] == ({"ho_ten": "Lan", "nam_sinh": "1990"}, {"ho_ten": "Tuấn", "nam_sinh": "1988"})
    assert next_spot(form, draft, TODAY) == Spot("linh_vuc")


def test_a_prompt_left_out_is_not_asked_again(form: Form) -> None:
    draft = fill(form, "12", "", "khong", "-", "nuoc", "")
    assert next_spot(form, draft, TODAY) is None
    assert missing(form, draft, TODAY) == []


def test_changing_an_answer_drops_what_no_longer_applies(form: Form) -> None:
    draft = fill(form, "12", "90.5", "co", "Phòng A")
    draft = answered(form, draft, Spot("co_tt"), "khong", TODAY)
    assert "ten_tt" not in draft.values


def test_what_is_required_cannot_be_left_out(form: Form) -> None:
    assert must_answer(form, Draft(), Spot("sang_kien"), TODAY)
    assert not must_answer(form, Draft(), Spot("ty_le"), TODAY)
    assert Spot("sang_kien") in missing(form, Draft(), TODAY)


def test_constraints_hold_inside_a_repeat(form: Form) -> None:
    draft = fill(form, "12", "90.5", "khong", "+", "Lan")
    assert allowed(form, draft, Spot("nam_sinh", 0), "1990", TODAY)
    assert not allowed(form, draft, Spot("nam_sinh", 0), "1800", TODAY)


def test_going_back_goes_to_the_prompt_before(form: Form) -> None:
    draft = fill(form, "12", "90.5", "khong", "+", "Lan", "1990")
    assert previous_spot(form, draft, Spot("sang_kien"), TODAY) is None
    assert previous_spot(form, draft, Spot("co_tt"), TODAY) == Spot("ty_le")
    assert previous_spot(form, draft, Spot("ca_nhan", 1, more=True), TODAY) == Spot("nam_sinh", 0)
    assert previous_spot(form, draft, None, TODAY) == numbered(form, draft, TODAY)[-1]


@given(st.lists(st.sampled_from(["12", "co", "khong", "", "+", "-", "dat", "2025-11-01"]), max_size=25))
def test_any_course_of_answers_stays_consistent(form: Form, answers: list[str]) -> None:
    draft = Draft()
    for answer in answers:
        spot = next_spot(form, draft, TODAY)
        if spot is None:
            break
        if spot.more:
            draft = with_entry(draft, spot.name) if answer == "+" else without_more(draft, spot.name)
        else:
            draft = answered(form, draft, spot, answer if answer not in ("+", "-") else "x", TODAY)
    course = spots(form, draft, TODAY)
    assert len(course) == len(set(course))
