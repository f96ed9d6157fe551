"""Tasks of the admin that something comes between: a question, thanks, a nod, a second tap."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.card import Card, lay_out
from bot.dialogues import aside
from bot.dialogues.state import State
from bot.domain.messages import Choice, IncomingKind
from tests.bot.chat import Chat
from tests.bot.handed_in import form
from tests.bot.library import NOW, FakeLibrary

STALE = "thuộc tin nhắn cũ"


def answer() -> Card:
    library = FakeLibrary()
    return lay_out(library.ask("hạn báo cáo?", (), now=NOW), library.cards)


def test_the_card_on_screen_stays_good_after_a_question_in_between(chat: Chat) -> None:
    chat.opens(form(), title="Đợt cũ")
    minh = chat.as_("minh")
    minh.says("/modot").taps("Dùng tên này").says("15/12").says("tất cả").sees("Mở đợt thì")
    turn = minh.turn
    minh.says("giờ mở cửa thế nào?").says("hạn báo cáo?")  # two questions, whose answers offer choices of their own
    assert minh.turn != turn
    minh.sends(IncomingKind.TAP, choice="open", turn=turn).sees("Đã mở đợt")
    minh.sends(IncomingKind.TAP, choice="open", turn=turn).sees("đã nhận lựa chọn này rồi")
    minh.says("hạn báo cáo?").taps("Xem cả")
    minh.sends(IncomingKind.TAP, choice="open", turn=turn).sees(STALE)
    assert len(chat.desk().rounds()) == 2


def test_the_choices_of_the_answer_in_between_are_good_too(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/donvi").taps("Thêm đơn vị")
    turn = minh.turn
    minh.says("/hoi hạn báo cáo?").taps("Xem cả")
    minh.sends(IncomingKind.TAP, choice="cancel", turn=turn).sees("Có 2 đơn vị")
    minh.sends(IncomingKind.TAP, choice="add", turn=turn).sees(STALE)  # never offered under that turn


def test_the_card_is_stale_when_its_task_waits_for_something_else_or_no_longer(chat: Chat) -> None:
    chat.opens(form(), title="Đợt cũ")
    minh = chat.as_("minh")
    minh.says("/modot").sees("Tên đợt")
    turn = minh.turn
    minh.says("/hoi hạn báo cáo?").says("Báo cáo cuối năm").sees("Hạn nộp là khi nào")
    minh.sends(IncomingKind.TAP, choice="suggested", turn=turn).sees(STALE)
    turn = minh.turn
    minh.says("hạn báo cáo?").says("hủy").sees("không mở đợt")
    minh.sends(IncomingKind.TAP, choice="back", turn=turn).sees(STALE)


def test_what_was_tapped_before_the_question_is_not_done_again_after_it() -> None:
    nudge, close = Choice("nudge", "Nhắc"), Choice("close", "Đóng")
    before = State(turn=5, choices=(nudge, close), owner="rounds", holder="rounds", taken=(5, "nudge"))
    after = aside.put(before, replace(before, owner="ask", card=answer(), choices=(), turn=6, taken=(6, "section")))
    assert aside.taken_up(after, 5, "nudge") is None
    taken = aside.taken_up(after, 5, "close")
    assert taken is not None and taken.owner == "rounds"
    assert aside.taken_up(replace(after, holder=""), 5, "close") is None


@pytest.mark.parametrize("typed", ["cảm ơn", "cam on em nhe", "ok", "Vâng", "chào em"])
@pytest.mark.parametrize(
    ("before", "waits"),
    [
        (("/modot",), "tên đợt báo cáo"),
        (("/thongbao",), "nội dung thông báo"),
        (("/donvi", "thêm đơn vị"), "tên đơn vị mới"),
        (("/ma quản trị",), "họ tên người nhận mã"),
    ],
)
def test_thanks_and_nods_are_not_taken_as_the_text(chat: Chat, before: tuple[str, ...], waits: str, typed: str) -> None:
    chat.opens(form(), title="Đợt cũ")
    minh = chat.as_("minh")
    for line in before:
        minh.says(line)
    minh.says(typed).sees(f"Tôi đang chờ {waits}", "“hủy”")
    assert chat.library is not None and not chat.library.asked


@pytest.mark.parametrize("name", ["Dũng", "anh Vàng", "Chị Hay"])
def test_a_name_that_reads_like_a_nod_is_a_name(chat: Chat, name: str) -> None:
    chat.as_("minh").says("/ma quản trị").says(name).sees(f"Mã cho {name}")
