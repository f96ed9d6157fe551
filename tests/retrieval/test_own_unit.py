"""What a unit has to do, told over all sample documents; "đơn vị tôi" is the asker's own, or is asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.snapshot import Snapshot
from retrieval.answer import Assistant
from retrieval.model import Answer
from retrieval.own_unit import NAME_IT, asks_own_duties, naming

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
Ask = Callable[[str, str | None], Answer]


@pytest.fixture(scope="module")
def ask(samples: Snapshot) -> Ask:
    assistant = Assistant(samples)
    return lambda text, unit: assistant.ask(text, now=NOW, unit=unit)


OWN = (
    "đơn vị tôi phải làm gì?",
    "đơn vị tôi có nhiệm vụ gì?",
    "don vi toi phai lam gi",
    "phòng tôi có nhiệm vụ gì?",
    "phòng của em được giao những việc gì?",
    "nhiệm vụ của đơn vị mình là gì?",
    "chúng tôi phải làm gì?",
    "chúng tôi cần làm những gì trong năm 2027?",
)


@pytest.mark.parametrize("question", OWN)
def test_the_duties_of_the_askers_own_unit_over_all_documents(ask: Ask, question: str) -> None:
    answer = ask(question, "Văn phòng Sở")
    assert answer.found
    assert answer.question == question
    for place in ("Mục IV.2, Kế hoạch 1127/KH-STC", "Mục V.3, Kế hoạch 245/KH-SNV", "Quyết định 198/QĐ-SNV"):
        assert place in answer.answer
    assert "ngày cuối cùng là 31/12/2027" in answer.answer


@pytest.mark.parametrize("question", OWN)
def test_a_unit_that_is_not_known_is_asked_for(ask: Ask, question: str) -> None:
    answer = ask(question, None)
    assert not answer.found
    assert answer.answer == answer.reason == NAME_IT
    assert "\n" not in NAME_IT


def test_a_unit_is_called_as_documents_write_it(ask: Ask) -> None:
    assert ask("van phong so phai lam gi?", None).answer.startswith("Văn phòng Sở có các nhiệm vụ sau:")


def test_in_the_document_that_is_named(ask: Ask) -> None:
    answer = ask("Đơn vị tôi phải làm gì trong kế hoạch 245?", "Văn phòng Sở")
    assert [(one.number, one.section) for one in answer.citations[:1]] == [("245/KH-SNV", "V.3")]
    assert {one.number for one in answer.citations} == {"245/KH-SNV"}


def test_rows_of_a_table_are_duties_with_their_dates(ask: Ask) -> None:
    answer = ask("chúng tôi phải làm gì?", "Trung tâm Tin học tài chính")
    assert "Nâng cấp phần mềm quản lý tài sản" in answer.answer
    assert "30/6/2027" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "đơn vị tôi phải làm gì để được khen thưởng?",
        "chúng tôi phải nộp báo cáo khi nào?",
        "Văn phòng Sở phải làm gì?",
        "đơn vị nào phải làm gì?",
    ],
)
def test_something_else_is_asked(question: str) -> None:
    assert not asks_own_duties(question)


def test_the_name_takes_the_place_of_the_asking() -> None:
    assert naming("Văn phòng Sở phải làm gì?", "Phòng Tổ chức") == "Văn phòng Sở phải làm gì?"
    assert naming("phòng tôi phải làm gì trong kế hoạch 245?", "Phòng Tổ chức") == (
        "Phòng Tổ chức phải làm gì trong kế hoạch 245?"
    )


def test_a_turn_that_leans_on_the_askers_own_duties(samples: Snapshot) -> None:
    earlier = ("đơn vị tôi phải làm gì trong kế hoạch 245?",)
    answer = Assistant(samples).ask("ai ký?", earlier, now=NOW, unit="Văn phòng Sở")
    assert (answer.citations[0].number, answer.citations[0].section) == ("245/KH-SNV", "signature")


@pytest.mark.parametrize("unit", ["Văn phòng – Sở", "văn  phòng sở", "VĂN PHÒNG SỞ"])
def test_a_unit_is_known_however_its_name_is_written(ask: Ask, unit: str) -> None:
    assert "Mục V.3, Kế hoạch 245/KH-SNV" in ask("đơn vị tôi phải làm gì?", unit).answer


def test_what_all_bodies_owe_is_told_apart(ask: Ask) -> None:
    answer = ask("đơn vị tôi phải làm gì?", "Phòng Tổ chức cán bộ").answer
    own, _, everybody = answer.partition("Việc chung của các phòng, đơn vị:")
    assert "Thông báo 87/TB-SYT" in own and "Mục V.1, Kế hoạch 245/KH-SNV" not in own
    assert "Mục V.1, Kế hoạch 245/KH-SNV" in everybody and "còn 33 ngày" in everybody


def test_a_unit_that_no_document_names_is_told_what_all_owe(ask: Ask) -> None:
    answer = ask("đơn vị tôi phải làm gì?", "Phòng Kế hoạch – Tài chính")
    assert answer.answer.startswith("Không văn bản nào giao việc riêng cho Phòng Kế hoạch – Tài chính.")
    assert "Mục V.2, Kế hoạch 245/KH-SNV" in answer.answer


def test_where_neither_stands_the_unit_is_refused_by_its_name(ask: Ask) -> None:
    answer = ask("Đơn vị tôi phải làm gì trong quyết định 198?", "Phòng Kế hoạch – Tài chính")
    assert not answer.found
    assert "Phòng Kế hoạch – Tài chính" in answer.answer
