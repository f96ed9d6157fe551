"""Duties and decisions: they find each other again; what documents and admins say is understood, never guessed."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.asking import VIETNAM
from bot.codec import dumps, loads
from bot.domain.decisions import confirm, dismiss, keep, merge
from bot.domain.duty_terms import completed_by, proposed, read_ladder, read_time, units_named
from bot.domain.matching import match
from bot.domain.obligations import Change, Decision, Item, Status, Terms, differences, status_of, title_of, waiting
from bot.domain.occurrences import Rhythm, say
from knowledge.document import Recurrence
from tests.bot.duty_kit import UNITS, plan_saying, proposal

NOW = datetime(2025, 11, 20, 9, 0, tzinfo=VIETNAM)
TERMS = Terms("Báo cáo kết quả", datetime(2025, 12, 14, 17, 0, tzinfo=VIETNAM), everyone=True)


def confirmed(one: Item) -> Decision:
    return confirm(one, TERMS, TERMS, "Minh", NOW)


def test_a_decision_is_kept_as_json() -> None:
    decision = confirmed(Item(proposal()))
    assert loads(Decision, dumps(decision)) == decision
    assert not decision.dated and not decision.corrected


def test_the_same_document_read_again_is_the_same_duty() -> None:
    one = proposal()
    decision = confirmed(Item(one))
    spaced = proposal("Các phòng  báo cáo kết quả trước ngày 15/12/2025")  # other spaces, no full stop
    found = match([decision], [spaced])
    assert [(item.key, item.change, item.status) for item in found] == [(one.key, Change.SAME, Status.CONFIRMED)]
    assert waiting(found, NOW) == ()


def test_a_duty_that_moved_to_another_section_is_the_same() -> None:
    decision = confirmed(Item(proposal()))
    moved = proposal(section="III.4")
    item = match([decision], [proposal("Lập danh sách trước 01/12/2025", what="lập danh sách"), moved])[1]
    assert (item.decision, item.change) == (decision, Change.SAME)
    assert item.key == decision.key != moved.key


def test_another_deadline_is_a_change_that_waits_until_it_is_looked_at() -> None:
    before = proposal()
    decision = confirmed(Item(before))
    after = proposal("Các phòng báo cáo kết quả trước ngày 10/12/2025.")
    (item,) = match([decision], [after])
    assert (item.change, item.unsettled, item.key) == (Change.CHANGED, True, before.key)
    assert differences(before, item.proposal) == (("Thời hạn", "trước ngày 15/12/2025", "trước ngày 10/12/2025"),)
    assert waiting([item], NOW) == (item,)
    kept = keep(item, NOW)
    (again,) = match([kept], [after])
    assert (again.change, again.unsettled, kept.terms, kept.revision) == (Change.SAME, False, TERMS, 2)


def test_a_duty_that_is_gone_stays_decided() -> None:
    decision = confirmed(Item(proposal()))
    other = proposal(document="2", section="II.1")  # the same words in another document are another duty
    found = match([decision], [other])
    assert [(item.change, item.decision is not None) for item in found] == [(Change.SAME, False), (Change.GONE, True)]
    assert found[1].unsettled
    (settled,) = match([keep(found[1], NOW)], [])
    assert settled.change is Change.GONE and not settled.unsettled


def test_each_decision_finds_its_own_of_two_alike() -> None:
    first, second = proposal(number=0, what="báo cáo quý"), proposal(number=1, what="báo cáo năm")
    decisions = [dismiss(Item(second), "Minh", NOW), confirmed(Item(first))]
    found = match(decisions, [first, second])
    assert [item.status for item in found] == [Status.CONFIRMED, Status.DISMISSED]


def test_a_duty_without_date_or_units_cannot_be_confirmed() -> None:
    for terms in (Terms("Báo cáo", everyone=True), Terms("Báo cáo", TERMS.due_at)):
        with pytest.raises(ValueError):
            confirm(Item(proposal()), terms, terms, "Minh", NOW)


def test_a_merged_duty_is_as_the_one_that_says_it() -> None:
    first, second = Item(proposal()), Item(proposal("Nộp danh sách trước 01/12/2025.", what="nộp danh sách"))
    merged = Item(second.proposal, merge(second, first.key, "Minh", NOW))
    assert status_of(merged, [first, merged]) is Status.PROPOSED
    assert status_of(merged, [Item(first.proposal, confirmed(first)), merged]) is Status.CONFIRMED
    assert status_of(merged, [merged]) is Status.DISMISSED
    loop = Item(first.proposal, merge(first, second.key, "Minh", NOW))
    assert status_of(merged, [loop, merged]) is Status.DISMISSED


def test_what_waits_comes_in_the_order_of_its_urgency() -> None:
    quotes = (
        "Báo cáo kịp thời.",
        "Báo cáo trước ngày 01/12/2024.",
        "Báo cáo trước ngày 15 hằng tháng.",
        "Báo cáo trước ngày 31/12/2025.",
        "Báo cáo trước ngày 01/12/2025.",
    )
    found = waiting([Item(proposal(quote)) for quote in quotes], NOW)
    assert [quotes.index(item.proposal.quote) for item in found] == [4, 3, 2, 1, 0]


@pytest.mark.parametrize(
    ("quote", "due"),
    [
        ("Báo cáo trước ngày 05/12/2025.", "04/12/2025 17:00"),
        ("Báo cáo trước 05/12/2025.", "04/12/2025 17:00"),
        ("Báo cáo chậm nhất ngày 05/12/2025.", "05/12/2025 17:00"),
        ("Báo cáo trước 16h00 ngày 05/12/2025.", "05/12/2025 16:00"),
        ("Báo cáo trong tháng 11/2025.", "30/11/2025 17:00"),
        ("Báo cáo kịp thời.", None),
        ("Báo cáo khi có yêu cầu.", None),
        ("Báo cáo hằng năm.", None),
        ("Báo cáo.", None),
    ],
)
def test_no_date_is_guessed(quote: str, due: str | None) -> None:
    terms = proposed(proposal(quote), UNITS, NOW)
    assert (f"{terms.due_at:%d/%m/%Y %H:%M}" if terms.due_at else None) == due
    assert terms.dated == (due is not None)


def test_a_recurring_duty_proposes_its_rhythm() -> None:
    terms = proposed(proposal("Báo cáo hằng quý, chậm nhất ngày 25 của tháng cuối quý."), UNITS, NOW)
    assert terms.due_at is None and terms.rhythm is not None
    assert say(terms.rhythm) == "hằng quý, chậm nhất 17:00 ngày 25/3, 25/6, 25/9 và 25/12"


@pytest.mark.parametrize(
    ("who", "everyone", "keys"),
    [
        ("Các phòng, đơn vị trực thuộc Sở", True, []),
        ("các phòng, đơn vị thuộc và trực thuộc Sở", True, []),
        ("Lãnh đạo các phòng, đơn vị thuộc Sở", True, []),
        ("Tất cả các đơn vị", True, []),
        ("Phòng Tổ chức cán bộ", False, ["phong-tccb"]),
        ("Giao Phòng Tổ chức cán bộ chủ trì, phối hợp Phòng Tài vụ", False, ["phong-tccb", "phong-khtc"]),
        ("Các phòng: Tổ chức cán bộ, Kế hoạch - Tài chính", False, ["phong-tccb", "phong-khtc"]),
        ("Chi cục Thủy lợi", False, ["cc-tnn"]),  # ended: its successor
        ("Phòng Tổ chức cán bô", False, ["phong-tccb"]),  # a slip of the pen
        ("Văn phòng Sở", False, []),
        (None, False, []),
    ],
)
def test_which_units_are_named(who: str | None, everyone: bool, keys: list[str]) -> None:
    every, named = units_named(who, UNITS)
    assert (every, [unit.key for unit in named]) == (everyone, keys)


@pytest.mark.parametrize(
    ("typed", "chosen", "understood"),
    [
        ("15/12 16:00", None, "15/12/2025 16:00"),
        ("ngày 25 tháng cuối quý", None, "hằng quý, chậm nhất 17:00 ngày 25/3, 25/6, 25/9 và 25/12"),
        ("ngay 10 thang dau quy", Recurrence.QUARTERLY, "hằng quý, chậm nhất 17:00 ngày 10/1, 10/4, 10/7 và 10/10"),
        ("20/6 và 20/11", Recurrence.HALF_YEARLY, "6 tháng một lần, chậm nhất 17:00 ngày 20/6 và 20/11"),
        ("15/6 và 15/12 hằng năm", None, "6 tháng một lần, chậm nhất 17:00 ngày 15/6 và 15/12"),
        ("trước ngày 15 hằng tháng", None, "hằng tháng, trước ngày 15"),
        ("ngày 15 lúc 11h30", Recurrence.MONTHLY, "hằng tháng, chậm nhất 11:30 ngày 15"),
        ("cuối tháng", Recurrence.MONTHLY, "hằng tháng, chậm nhất 17:00 ngày cuối tháng"),
        ("15/11", Recurrence.YEARLY, "hằng năm, chậm nhất 17:00 ngày 15/11"),
        ("15", Recurrence.YEARLY, None),
        ("sớm", Recurrence.MONTHLY, None),
        ("sớm", None, None),
    ],
)
def test_when_an_admin_says_a_duty_is_due(typed: str, chosen: Recurrence | None, understood: str | None) -> None:
    found = read_time(typed, NOW, chosen)
    said = say(found) if isinstance(found, Rhythm) else f"{found:%d/%m/%Y %H:%M}" if found else None
    assert said == understood


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("ngày làm việc cuối cùng hằng tháng", "hằng tháng, chậm nhất 17:00 ngày làm việc cuối cùng của tháng"),
        ("truoc ngay lam viec thu 5 hang thang", "hằng tháng, trước ngày làm việc thứ 5 của tháng"),
        (
            "16h ngày làm việc cuối cùng hằng quý",
            "hằng quý, chậm nhất 16:00 ngày làm việc cuối cùng của tháng 3, 6, 9 và 12",
        ),
        (
            "5 ngày làm việc đầu quý, hằng quý",
            "hằng quý, chậm nhất 17:00 ngày làm việc thứ 5 của tháng 1, 4, 7 và 10",
        ),
        ("ngày làm việc đầu tiên tháng 6 hằng năm", "hằng năm, chậm nhất 17:00 ngày làm việc đầu tiên của tháng 6"),
        ("ngày làm việc cuối cùng của năm, hằng năm", "hằng năm, chậm nhất 17:00 ngày làm việc cuối cùng của tháng 12"),
        ("ngày làm việc thứ 30 hằng tháng", None),
        ("ngày làm việc cuối hằng năm", None),
    ],
)
def test_a_duty_may_be_due_by_working_days(typed: str, understood: str | None) -> None:
    found = read_time(typed, NOW)
    assert (say(found) if isinstance(found, Rhythm) else found) == understood


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("30, 14, 7", (30, 14, 7)),
        ("1 3 7 14", (14, 7, 3, 1)),
        ("nhắc trước 10 và 5 ngày", (10, 5)),
        ("0", (0,)),
        ("Mặc định", ()),
        ("mac dinh", ()),
        ("bao giờ nhắc?", None),
        ("400", None),
        ("1,2,3,4,5,6,7,8,9,10,11,12,13", None),
    ],
)
def test_how_many_days_before_people_are_reminded(typed: str, understood: tuple[int, ...] | None) -> None:
    assert read_ladder(typed) == understood


def test_a_changed_document_leaves_what_it_does_not_say() -> None:
    new = Terms("Báo cáo", None)
    assert completed_by(new, TERMS) == Terms("Báo cáo", TERMS.due_at, everyone=True)
    assert completed_by(new, None) == new


def test_the_title_of_a_round_names_the_document() -> None:
    one = proposal()
    assert title_of(one, Terms("Báo cáo kết quả thực hiện Kế hoạch")) == "Báo cáo kết quả thực hiện Kế hoạch 77/KH-SVT"
    assert (
        title_of(one, Terms("Báo cáo kết quả"), "quý IV/2025") == "Báo cáo kết quả (Kế hoạch 77/KH-SVT) – quý IV/2025"
    )


def test_the_plan_of_the_tests_holds_together() -> None:
    said = plan_saying("- Các phòng báo cáo kết quả trước ngày 10/12/2025, chậm là bị nhắc.")
    duty = said.obligations[0]
    assert said.text[duty.start : duty.end].endswith("bị nhắc.") and said.sections[-1].end == len(said.text)


def test_a_section_that_is_numbered_anew_is_the_same_duty() -> None:
    decision = confirmed(Item(proposal("1. Các phòng báo cáo kết quả trước ngày 15/12/2025.")))
    (item,) = match([decision], [proposal("2. Các phòng báo cáo kết quả trước ngày 15/12/2025.", section="II.2")])
    assert (item.change, item.key) == (Change.SAME, decision.key)


QUOTES = tuple(
    f"{verb} kết quả {what} trước ngày {day}/12/2025."
    for verb in ("Báo cáo", "Gửi")
    for what in ("thi đua", "khen thưởng")
    for day in (5, 15)
)
some = st.lists(
    st.tuples(st.sampled_from(QUOTES), st.sampled_from(("II.1", "II.2")), st.sampled_from(("1", "2"))),
    max_size=8,
    unique=True,
)


@given(some, some)
def test_no_decision_and_no_duty_is_lost_or_counted_twice(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    seen, now = (
        [proposal(quote, section=section, document=document) for quote, section, document in each]
        for each in (before, after)
    )
    decisions = [confirmed(Item(one)) for one in seen]
    found = match(decisions, now)
    kept = [item.decision for item in found if item.decision is not None]
    assert sorted(one.key for one in kept) == sorted(one.key for one in decisions)
    assert [item.proposal.quote for item in found[: len(now)]] == [one.quote for one in now]
    assert all(item.change is Change.GONE for item in found[len(now) :])
    assert all(item.key == item.decision.key for item in found if item.decision)
    same = {one.key for one in decisions} & {one.key for one in now}
    assert {item.key for item in found if item.decision and item.change is Change.SAME} >= same
