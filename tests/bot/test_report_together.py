"""Two clerks of one unit at one report: nobody's answer is overwritten without a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.rounds import SubmissionState
from tests.bot.chat import Chat
from tests.bot.report_kit import COURSE, answers, colleague, office, stored, values

ON_BOTH_DATABASES = True


@pytest.fixture
def chat(tmp_path: Path, database: str) -> Iterator[Chat]:
    there = office(tmp_path, database=database)
    yield there
    there.engine.dispose()


def test_answers_to_different_prompts_merge(chat: Chat) -> None:
    lan, nga = chat.as_("lan").says("/baocao"), colleague(chat)
    answers(lan, "12")
    nga.says("/baocao").sees("Lan sửa lần cuối lúc 09:00 ngày 20/11/2025", "Câu 2/7")
    answers(lan, "bỏ qua", "1/11")
    answers(nga, "sửa câu 6 thành Thiếu người")
    answers(lan, "không")
    assert values(chat)["kho_khan"] == "Thiếu người"
    assert values(chat)["sang_kien"] == "12"


def test_the_same_prompt_is_asked_about(chat: Chat) -> None:
    lan, nga = chat.as_("lan").says("/baocao"), colleague(chat)
    nga.says("/baocao")
    answers(lan, "12")
    chat.later(minutes=5)
    nga.says("15").sees("Lan vừa ghi khác lúc 09:00", "• Lan: 12", "• Anh/chị: 15", "giữ bản nào")
    assert values(chat)["sang_kien"] == "12"
    chat.restart()
    nga.taps("Giữ bản của Lan").sees("Giữ nguyên câu 1", "Câu 2/7")
    assert values(chat)["sang_kien"] == "12"


def test_overwriting_is_a_choice_and_only_of_what_was_shown(chat: Chat) -> None:
    lan, nga = chat.as_("lan").says("/baocao"), colleague(chat)
    nga.says("/baocao")
    answers(lan, "12")
    nga.says("15")
    answers(lan, "sửa câu 1 thành 13")
    nga.says("ghi đè").sees("Lan vừa ghi khác", "• Lan: 13")
    assert values(chat)["sang_kien"] == "13"
    nga.says("1").sees("Đã ghi câu 1: 15", "Câu 2/7")
    assert values(chat)["sang_kien"] == "15"


def test_the_same_answer_twice_is_no_disagreement(chat: Chat) -> None:
    lan, nga = chat.as_("lan").says("/baocao"), colleague(chat)
    nga.says("/baocao")
    answers(lan, "12")
    nga.says("mười hai").sees("Đã ghi câu 1: 12")


def test_a_card_that_is_no_longer_true_is_not_submitted(chat: Chat) -> None:
    lan, nga = answers(chat.as_("lan").says("/baocao"), *COURSE), colleague(chat)
    answers(nga, "/baocao", "sửa câu 1 thành 20")
    lan.taps("Nộp").sees("Nga vừa sửa báo cáo lúc 09:00", "Câu 1. Số sáng kiến: 20")
    assert stored(chat).state is SubmissionState.DRAFT
    lan.taps("Nộp").sees("BC1-0001-1")
    nga.says("sửa câu 1 thành 21").sees("đã nộp lúc 09:00", "người nộp: Lan", "BC1-0001-1")
    assert values(chat)["sang_kien"] == "20"
    nga.says("/baocao").sees("đã nộp lúc 09:00")


def test_a_draft_that_grew_is_not_thrown_away_unasked(chat: Chat) -> None:
    lan, nga = answers(chat.as_("lan").says("/baocao"), "12", "hủy"), colleague(chat)
    answers(nga, "/baocao", "40")
    lan.taps("Xóa bản nháp").sees("đã trả lời 2 câu", "Nga sửa lần cuối").taps("Làm tiếp").sees("Câu 3/7")
    assert values(chat)["ty_le"] == "40"


def test_both_begin_at_once(chat: Chat) -> None:
    lan, nga = chat.as_("lan").says("/baocao"), colleague(chat)
    nga.says("/baocao")
    answers(lan, "12")
    nga.says("sửa câu 2 thành 40").sees("Đã ghi câu 2: 40")
    assert (values(chat)["sang_kien"], values(chat)["ty_le"]) == ("12", "40")


def test_a_prompt_that_is_gone_takes_no_answer(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE[:3], "có")
    answers(colleague(chat), "/baocao", "sửa câu 4 thành không")
    lan.says("Phòng A").sees("câu vừa hỏi không còn", "chưa được ghi", "Cá nhân tiêu biểu")
