"""Taps that were never offered to whoever sends them: made up, copied from another person's chat, of another unit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.channels.telegram.rendering import read_callback
from bot.dialogues import router
from bot.domain.messages import PUSHED_KEY, IncomingKind
from knowledge.db import reading
from tests.bot.chat import Chat
from tests.bot.reminded import Reminded

# What a forged choice would change, were it taken.
KEPT = (
    "submissions", "submission_events", "rounds", "snoozes", "handed_otherwise", "notice_readers", "questions",
    "occurrences", "publications", "jobs", "intakes", "people", "units", "accounts", "link_codes", "upload_links",
)  # fmt: skip
HUGE = ("9" * 9, "9" * 10, "9" * 40, "-1", "0", "1e9", "²", "１", "1;drop table rounds", "%s", "../1")


@pytest.fixture
def office(tmp_path: Path, database: str) -> Iterator[Reminded]:
    """Lan was reminded of her unit's report; Tuấn's unit said that it handed in; a notice went to Lan alone."""
    made = Reminded(tmp_path, database, opened="2025-12-08 07:00")
    made.until("2025-12-08 10:00")
    made.chat.as_("tuan").says("/danop")
    made.chat.as_("minh").says("/thongbao Mai họp lúc 8 giờ").says("to chuc can bo").taps("Xong").taps("Gửi")
    yield made
    made.chat.engine.dispose()


def kept(chat: Chat) -> dict[str, list[str]]:
    with reading(chat.engine) as session:
        return {name: sorted(map(str, session.execute(text(f"select * from {name}")).all())) for name in KEPT}


def pushed(chat: Chat, who: str) -> list[str]:
    """Return the choices that one person was given in messages of ours, by their keys."""
    mine = (one for one in chat.channel.delivered if one.chat == f"chat-{who}")
    return [choice.key for one in mine for choice in one.reply.choices if choice.key.startswith(PUSHED_KEY)]


def test_what_was_offered_to_one_person_does_nothing_for_another(office: Reminded) -> None:
    chat = office.chat
    lans, minhs = pushed(chat, "lan"), pushed(chat, "minh")
    assert {key.split(":")[0] for key in lans} >= {"!remind", "!tb"} and any("claim" in key for key in minhs)
    before = kept(chat)
    for key in (*lans, *minhs):
        for who in ("hoa", "binh", "tuan"):
            chat.as_(who).sends(IncomingKind.TAP, choice=key, turn=None)
            assert kept(chat) == before, (who, key)
    for key in minhs:
        chat.as_("lan").sends(IncomingKind.TAP, choice=key).sees("dành cho người quản trị")
    assert kept(chat) == before
    chat.as_("lan").sends(IncomingKind.TAP, choice=lans[0])  # her own is taken
    assert kept(chat) != before


@pytest.mark.parametrize("who", ["hoa", "lan", "minh"])
def test_made_up_choices_change_nothing_and_are_answered_in_words(office: Reminded, who: str) -> None:
    chat = office.chat
    before = kept(chat)
    for prefix in (*router.PUSHED, "nothing", ""):
        for number in HUGE:
            for key in (f"{PUSHED_KEY}{prefix}:{number}", f"{PUSHED_KEY}{prefix}:{number}:khac"):
                replies = chat.as_(who).sends(IncomingKind.TAP, choice=key).replies
                assert replies and not any("Lỗi" in one.text for one in replies), (key, replies)
    assert kept(chat) == before


def test_choices_of_messages_are_not_taken_in_a_group(office: Reminded) -> None:
    chat = office.chat
    before = kept(chat)
    for key in pushed(chat, "lan"):
        chat.as_("lan", "nhom", private=False).sends(IncomingKind.TAP, choice=key).sees("nhắn riêng")
    assert kept(chat) == before


def test_the_data_of_another_chats_buttons_means_nothing_in_ones_own(office: Reminded) -> None:
    chat = office.chat
    minh = chat.as_("minh").says("/dotbaocao").says("1").taps("Đóng đợt")
    before = kept(chat)
    for who in ("tuan", "hoa", "binh"):
        for turn in (minh.turn, None, 0, 10**17):
            chat.as_(who).sends(IncomingKind.TAP, choice="really", turn=turn).sees("tin nhắn cũ")
            chat.as_(who).says("x")
    assert kept(chat) == before
    minh.taps("Đóng đợt").sees("Đã đóng đợt")


@pytest.mark.parametrize("data", ["9" * 30 + ":open", ":" * 64, "-1:open", "²:open", "1e5:open", "\x00:\x00"])
def test_a_turn_that_cannot_be_one_is_none(data: str) -> None:
    key, turn = read_callback(data)
    assert turn is None and key
