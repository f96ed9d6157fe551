"""Where each message counts (Zalo), and where choices are numbered lines: fewer messages, no ambiguous numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.channels.configured import REACHES
from bot.dialogues.report import batching
from bot.domain.messages import Reach
from bot.forms.xlsform import read_form
from tests.bot.chat import Chat
from tests.bot.report_kit import TERMINAL, ZALO, answers, office, values
from tests.bot.test_forms import workbook


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    return office(tmp_path, reach=ZALO)


def test_neighbours_are_asked_together_and_answered_line_by_line(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao")
    lan.sees("Câu 1–3/7 · Số liệu", "1) Số sáng kiến* (chỉ ghi số) – số nguyên", "3) Ngày họp sơ kết – ngày/tháng/năm")
    lan.sees("mỗi câu một dòng, ví dụ:\n1) 12\n2) 12,5\n3) 15/11", "câu có dấu * là bắt buộc")
    assert not lan.replies[0].choices
    lan.says("1) 12 sáng kiến\n2) 12,5%\n3) 15/11").sees("Đã ghi câu 1: 12.", "Đã ghi câu 3: 15/11/2025.", "Câu 4/7")
    assert (values(chat)["ty_le"], values(chat)["ngay_hop"]) == ("12.5", "2025-11-15")


@pytest.mark.parametrize(("reach", "messages"), [(REACHES["zalo"], 4), (Reach(), 10)])
def test_a_report_of_eight_prompts_needs_few_messages_where_they_are_dear(
    tmp_path: Path, reach: Reach, messages: int
) -> None:
    chat = Chat(tmp_path)
    chat.reaches["fake"] = reach
    chat.restart()
    rows = [(kind, f"so_{at}", f"Số thứ {at}") for at, kind in enumerate(("integer", "decimal", "date", "integer") * 2)]
    chat.opens(read_form(workbook(tuple(rows))), title="Báo cáo quý IV")
    lan, typed = chat.as_("lan").says("/baocao"), ("1", "2,5", "1/11", "4") * 2
    while typed:
        lan.says("\n".join(typed[: reach.batch]))
        typed = typed[reach.batch :]
    lan.taps("Nộp báo cáo").sees("Số biên nhận")
    assert len([one for one in chat.channel.delivered if one.chat == lan.chat]) == messages
    chat.engine.dispose()


def test_what_was_understood_is_kept_and_only_the_rest_asked_again(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao").says("1) 12\n2) khá cao\n3) 31/2")
    lan.sees("Câu 2: “khá cao” chưa phải là số", "Câu 3: “31/2” không có trong lịch", "Đã ghi câu 1: 12", "Câu 2–3/7")
    assert "Số sáng kiến" not in lan.replies[0].text
    chat.restart()
    lan.says("2) 1/11").sees("Đã ghi câu 3: 01/11/2025", "Câu 2/7", "Tỷ lệ")
    lan.says("40").sees("Câu 4/7")


def test_lines_without_numbers_go_by_order(chat: Chat) -> None:
    chat.as_("lan").says("/baocao").says("12\nbỏ qua\nhôm qua").sees("Đã ghi câu 1: 12", "Để trống câu 2", "Câu 4/7")
    assert values(chat)["ngay_hop"] == "2025-11-19"


def test_too_many_lines_are_not_guessed_at(chat: Chat) -> None:
    chat.as_("lan").says("/baocao").says("1\n2\n3\n4").sees("chưa rõ dòng nào trả lời câu nào", "1) 12", "Câu 1–3/7")


def test_leaving_a_batch_out_asks_the_required_again(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao").says("bỏ qua").sees("Câu 1 là câu bắt buộc", "Để trống câu 2", "Số sáng kiến")
    lan.says("3").sees("Đã ghi câu 1: 3", "Câu 4/7")


def test_a_question_in_the_middle_is_one_message(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao")
    lan.says("hạn báo cáo là khi nào?").sees("15/12/2025", "Ta làm tiếp báo cáo.", "1) Số sáng kiến")
    lan.says("12; 40; 1/11").sees("Câu 4/7")


def test_a_choice_that_others_hang_on_is_asked_alone(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12\n40\n1/11")
    lan.sees("Câu 4/7", "Có tập thể tiêu biểu không?")
    assert [choice.label for choice in lan.choices] == ["Có", "Không", "Bỏ qua"]
    lan.says("một").sees("Đã ghi câu 4: Có", "Tên tập thể")


def test_entries_of_a_repeat_are_batches(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12\n40\n1/11", "2", "1")
    lan.sees("Câu 5–6/9 · Cá nhân tiêu biểu – mục 1", "1) Họ tên*", "2) Năm sinh")
    lan.says("1) Đỗ Thị Mai\n2) 1990").sees("Có thêm nữa không?").says("2").sees("Lĩnh vực")
    assert values(chat)["ca_nhan"] == ({"ho_ten": "Đỗ Thị Mai", "nam_sinh": "1990"},)


def test_without_buttons_a_number_is_the_answer_where_it_can_be_one(tmp_path: Path) -> None:
    lan = office(tmp_path, reach=TERMINAL).as_("lan").says("/baocao")
    lan.says("12").sees("Không có thì gõ “bỏ qua”.")
    assert not lan.replies[0].choices
    lan.says("1").sees("Đã ghi câu 2: 1.").says("bo qua").says("3").sees("Để trống câu 4")  # "3. Bỏ qua"


def test_without_buttons_numbers_under_the_card_are_its_choices(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12", "xem lại")
    lan.says("sửa câu 1").sees("Gõ “giữ nguyên” nếu không sửa").says("giữ nguyên").says("xem lai").says("2")
    lan.sees("câu số mấy").says("1").sees("Đang ghi: 12").says("20").says("xem lại").says("1").sees("BC1-0001-1")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("1) 12\n3) a", {0: "12", 2: "a"}),
        ("1: 12; 2: 1.250", {0: "12", 1: "1.250"}),
        ("câu 5) mai", {1: "mai"}),
        ("cau 2: mai", {1: "mai"}),
        ("12.5\n1.250", {0: "12.5", 1: "1.250"}),
        ("1) một\nhai dòng\n2) b", {0: "một\nhai dòng", 1: "b"}),
        ("1) 12 2) 15/11 3) có", {0: "12", 1: "15/11", 2: "có"}),
        ("a\n1) b", None),
        ("", None),
    ],
)
def test_lines_are_told_apart(typed: str, expected: dict[int, str] | None) -> None:
    assert batching.split(typed, [4, 5, 6]) == expected
