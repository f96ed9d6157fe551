"""What is asked in a conversation over the sample documents: turns that lean on the answer before, facts asked as such.

Through the whole pipeline, as the shell and the chat ask it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.snapshot import Snapshot
from retrieval.answer import Assistant
from retrieval.model import Answer
from retrieval.several import parts

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(samples: Snapshot) -> Ask:
    assistant = Assistant(samples)

    def asking(text: str, *previous: str) -> Answer:
        return assistant.ask(text, previous, now=NOW)

    return asking


FIRST = ("hạn nộp báo cáo thi đua 2027", "han nop bao cao thi dua 2027")


@pytest.mark.parametrize("first", FIRST)
def test_a_follow_up_stays_with_the_document_that_the_answer_was_taken_from(ask: Ask, first: str) -> None:
    assert ask(first).citations[0].number == "245/KH-SNV"
    due = ask("hạn của nó?", first)
    assert (due.citations[0].number, due.citations[0].section) == ("245/KH-SNV", "V.2")
    signed = ask("ai ký?", first, "hạn của nó?")
    assert (signed.citations[0].number, signed.citations[0].section) == ("245/KH-SNV", "signature")


@pytest.mark.parametrize("turn", ["Kế hoạch thi đua 2027 do sếp nào ký?", "ke hoach thi dua 2027 ai ky"])
def test_a_turn_that_names_a_document_of_another_kind_leaves_the_one_spoken_of(ask: Ask, turn: str) -> None:
    assert ask(turn, "quyết định 198 có hiệu lực từ ngày nào?").citations[0].number == "245/KH-SNV"


@pytest.mark.parametrize("turn", ["Cách làm bánh chưng ngày Tết", "Cách sửa máy in bị kẹt giấy"])
def test_a_turn_about_everyday_life_does_not_go_on(ask: Ask, turn: str) -> None:
    assert not ask(turn, FIRST[0], "ai ky ke hoach 245").found


@pytest.mark.parametrize("question", ["so dien thoai van phong so", "Số điện thoại Văn phòng Sở?"])
def test_whom_to_telephone_is_answered_with_the_extension(ask: Ask, question: str) -> None:
    assert "số máy lẻ 112" in ask(question).answer


@pytest.mark.parametrize("question", ["điện thoại của Sở", "dien thoai cua so"])
def test_a_telephone_number_that_stands_nowhere_is_refused_as_such(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not answer.found
    assert "không nêu số điện thoại" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "phong ke hoach tai chinh phai lam gi",
        "phòng kế hoạch tài chính phải làm gì?",
        "Phòng Kế hoạch - Tài chính có nhiệm vụ gì?",
        "so giao thong van tai phai lam gi",
        "Công đoàn phải làm gì?",
        "cong doan phai lam gi",
    ],
)
def test_a_body_that_no_document_knows_is_refused_by_its_name(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not answer.found
    bodies = ("phòng kế hoạch", "sở giao thông", "công đoàn")
    assert any(f"không nhắc đến “{body}" in answer.answer for body in bodies)


@pytest.mark.parametrize(
    "question",
    ["phong quan ly cong san phai lam gi", "Sở Nội vụ tỉnh Lam Sơn phải làm gì?", "sở giáo dục đào tạo phải làm gì?"],
)
def test_a_body_that_some_document_knows_is_no_stranger(ask: Ask, question: str) -> None:
    assert ask(question).found


def test_what_is_asked_about_telephone_numbers_is_no_number(ask: Ask) -> None:
    answer = ask("Số điện thoại tiếp nhận phản ánh phải công khai khi nào?")
    assert answer.found
    assert "15/10/2026" in answer.answer


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("hạn nộp kế hoạch 245 và ai ký?", ["V.1", "signature"]),
        ("han nop ke hoach 245 va ai ky", ["V.1", "signature"]),
        ("Kế hoạch 245 ai ký và hạn báo cáo khi nào?", ["signature", "V.2"]),
        ("hạn nộp báo cáo thi đua 2027 và ai ký?", ["V.2", "signature"]),
    ],
)
def test_two_questions_in_one_are_both_answered_in_order(ask: Ask, question: str, places: list[str]) -> None:
    answer = ask(question)
    assert answer.found
    assert [(one.number, one.section) for one in answer.citations] == [("245/KH-SNV", place) for place in places]
    first, second = ("Người ký", "Thời hạn") if places[0] == "signature" else ("Thời hạn", "Người ký")
    assert answer.answer.index(f"1. {first}") < answer.answer.index(f"2. {second}")
    assert answer.answer.count("(Phần ký, Kế hoạch 245/KH-SNV") == 1


@pytest.mark.parametrize(
    "question", ["Tiêu chí của tập thể và cá nhân?", "ai ký kế hoạch 245", "Ban hành và tổ chức thực hiện thế nào?"]
)
def test_one_question_is_not_taken_apart(question: str) -> None:
    assert parts(question) == (question,)


@pytest.mark.parametrize(
    "question",
    [
        "kế hoạch 245 và kế hoạch 1127 khác nhau chỗ nào?",
        "ke hoach 245 va ke hoach 1127 khac nhau cho nao",
        "Kế hoạch 245/KH-SNV và Kế hoạch 1127/KH-STC khác nhau thế nào?",
        "so sánh kế hoạch 245 với kế hoạch 1127",
    ],
)
def test_a_comparison_of_two_documents_cites_each_once(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.found
    assert sorted((one.number or "", one.section) for one in answer.citations) == [
        ("1127/KH-STC", "title"),
        ("245/KH-SNV", "title"),
    ]


def test_documents_are_compared_by_what_is_asked_of_them(ask: Ask) -> None:
    answer = ask("kế hoạch 245 và kế hoạch 1127 hạn báo cáo khác nhau thế nào?")
    assert {(one.number, one.section) for one in answer.citations} == {("245/KH-SNV", "V.2"), ("1127/KH-STC", "IV.1")}
    assert "20/11/2027" in answer.answer
    assert "hằng quý" in answer.answer


def test_one_fact_of_two_documents_is_told_of_each(ask: Ask) -> None:
    answer = ask("ai ký kế hoạch 245 và kế hoạch 1127?")
    assert {(one.number, one.section) for one in answer.citations} == {
        ("245/KH-SNV", "signature"),
        ("1127/KH-STC", "signature"),
    }
    assert "Trần Văn Bách" in answer.answer
    assert "Đinh Thị Thu Hà" in answer.answer
