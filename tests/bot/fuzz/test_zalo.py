"""Whatever comes in through Zalo's parser, the next ordinary question is answered."""

from __future__ import annotations

import itertools
import json
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Outgoing, Update
from bot.channels.splitting import units, visible
from bot.channels.zalo.incoming import Bot, read
from bot.channels.zalo.rendering import LONGEST_MESSAGE, parts
from tests.bot.chat import Chat
from tests.bot.fuzz.kit import FEW, TEXTS, spoiled
from tests.bot.fuzz.office import Office, Platform
from tests.fakes.zalo_wire import message, sender, update

ON_BOTH_DATABASES = True

BOT = Bot("b07", ("Bot Trợ lý TĐKT", "bot.VDKyGxQvc"))
LAN = sender("lan-zalo", "Lan")
PHOTO = "https://zalo.example/a/photo.jpg?expires=1"
_numbers = itertools.count(1)


def received(raw: Any, now: datetime) -> Update:
    return read(json.loads(json.dumps(raw)), BOT, now)


def body(chat: str, kind: str = "PRIVATE", **content: Any) -> Any:
    return message(f"m{next(_numbers)}", LAN, chat, kind, content)


def says(chat: str, text: str) -> Any:
    return update("text", body(chat, text=text))


def kinds(chat: str) -> list[Any]:
    return [
        says(chat, "hạn báo cáo?"),
        {"ok": True, "result": says(chat, "1")},
        update("image", body(chat, photo_url=PHOTO, caption="bảng")),
        {"ok": True, "result": update("image", body(chat, photo=PHOTO))},
        update("sticker", body(chat, sticker="0e07", url=PHOTO)),
        update("voice", body(chat, voice_url=PHOTO)),
        update("unsupported", body(chat)),
        update("text", body("g1", "GROUP", text="@bot.VDKyGxQvc giờ?")),
    ]


def check(sent: Outgoing) -> None:
    for part in parts(sent.reply, "https://so.example/tai-ve/x"):
        assert units(part) <= LONGEST_MESSAGE and visible(part)
        part.encode()


@pytest.fixture
def office(chat: Chat) -> Office:
    chat.channel.contents[PHOTO] = b"\xff\xd8\xff"
    return Office(chat, Platform("zalo", LAN["id"], received, says, kinds, check))


@FEW
@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_any_text_leaves_the_conversation_whole(office: Office, texts: list[str], in_mid_report: bool) -> None:
    chat = office.fresh_chat()
    office.receives(*(says(chat, text) for text in (["/baocao"] if in_mid_report else []) + texts))
    office.answers_what_comes_next(chat)


@FEW
@given(st.data())
def test_any_update_leaves_the_conversation_whole(office: Office, data: st.DataObject) -> None:
    chat, updates = office.fresh_chat(), [says(office.fresh_chat(), "/baocao")]
    for _ in range(data.draw(st.integers(1, 4))):
        raw = data.draw(st.sampled_from(kinds(chat)))
        for _ in range(data.draw(st.integers(0, 3))):
            raw = spoiled(raw, data.draw)
        updates.append(raw)
    office.receives(*updates)
    office.answers_what_comes_next(chat)
