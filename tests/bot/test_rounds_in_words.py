"""Rounds by what is typed: "nhac", "gia han 25/12" in the list and on the card, "tất cả trừ …" for units."""

from __future__ import annotations

import pytest

from bot.dialogues.round_terms import pick_units
from bot.domain.people import Unit
from tests.bot.chat import Chat
from tests.bot.handed_in import form

OFFICE = tuple(Unit(name, name) for name in ("Văn phòng", "Phòng Tổ chức cán bộ", "Phòng Kế hoạch – Tài chính"))


@pytest.mark.parametrize("opened", [(), ("1",)], ids=["list", "card"])
def test_what_is_typed_is_done_for_the_round(chat: Chat, opened: tuple[str, ...]) -> None:
    chat.opens(form(), title="Đợt một")
    minh = chat.as_("minh").says("/dotbaocao")
    for line in opened:
        minh.says(line)
    minh.says("gia han 25/12").sees("Đã gia hạn đợt “Đợt một” đến 17:00 ngày 25/12/2025")
    minh.says("/dotbaocao")
    for line in opened:
        minh.says(line)
    minh.says("nhac").sees("Đã nhắc: Phòng Tổ chức cán bộ, Phòng Kế hoạch – Tài chính")
    minh.says("gia hạn đến thứ sáu tuần sau").sees("ngày 28/11/2025")
    minh.says("gia han 30/2").sees("chưa phải là ngày giờ")
    minh.says("gia hạn 20/12").sees("Đã gia hạn")
    minh.says("đóng đợt").sees("Đóng đợt “Đợt một”?", "Chưa nộp")


def test_among_several_rounds_one_is_chosen_first(chat: Chat) -> None:
    for title in ("Đợt một", "Đợt hai"):
        chat.opens(form(), title=title)
    minh = chat.as_("minh").says("/dotbaocao")
    minh.says("nhac").sees("Anh/chị chọn đợt trước").says("gia han 25/12").sees("Anh/chị chọn đợt trước")
    minh.taps("Đợt hai").says("gia han 25/12").sees("“Đợt hai” đến 17:00 ngày 25/12/2025")


def test_a_leader_changes_nothing_by_typing(chat: Chat) -> None:
    chat.opens(form(), title="Đợt một")
    binh = chat.as_("binh").says("/dotbaocao")
    for typed in ("nhac", "gia han 25/12", "đóng đợt"):
        binh.says(typed).sees("dành cho người quản trị")
    (one,) = chat.desk().rounds()
    assert one.closed_at is None and one.due_at.day == 15


@pytest.mark.parametrize("typed", ["gia hạn là gì?", "nhắc đến đơn vị nào?", "có được gia hạn không?"])
def test_a_question_among_the_rounds_is_asked_of_the_documents(chat: Chat, typed: str) -> None:
    chat.opens(form(), title="Đợt một")
    chat.as_("minh").says("/dotbaocao").says(typed)
    assert chat.library is not None and [text for text, _ in chat.library.asked] == [typed]


def test_a_notice_to_all_units_but_one(chat: Chat) -> None:
    minh = chat.as_("minh").says("/thongbao").says("Mai họp lúc 8 giờ")
    minh.says("tat ca tru to chuc can bo").sees("Gửi: Phòng Kế hoạch – Tài chính (1 người)")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("tat ca tru van phong", (1, 2)),
        ("Tất cả trừ Phòng Tổ chức cán bộ", (0, 2)),
        ("tất cả các đơn vị, ngoại trừ 1, 3", (1,)),
        ("tất cả trừ Phòng Đất đai", None),
        ("tất cả trừ tất cả", None),
        ("tất cả", (0, 1, 2)),
    ],
)
def test_all_units_but_some(typed: str, left: tuple[int, ...] | None) -> None:
    assert pick_units(typed, OFFICE) == (None if left is None else tuple(OFFICE[at] for at in left))
