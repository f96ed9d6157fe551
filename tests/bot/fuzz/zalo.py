"""Zalo as the fuzzing sees it: one update of each kind, and how strict it is about what it takes."""

from __future__ import annotations

import itertools
import json
from datetime import datetime
from typing import Any

from bot.channels.base import Outgoing, Update
from bot.channels.splitting import units, visible
from bot.channels.zalo.incoming import Bot, read
from bot.channels.zalo.rendering import LONGEST_MESSAGE, parts
from tests.bot.fuzz.office import Platform
from tests.fakes.zalo_wire import message, sender, update

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


PLATFORM = Platform("zalo", LAN["id"], received, says, kinds, check)
