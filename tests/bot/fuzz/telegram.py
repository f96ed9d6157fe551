"""Telegram as the fuzzing sees it: one update of each kind, and how strict it is about what it takes."""

from __future__ import annotations

import itertools
import json
from datetime import datetime
from typing import Any

from bot.channels.base import Outgoing, Update
from bot.channels.telegram.incoming import Bot, read
from bot.channels.telegram.rendering import LONGEST_CALLBACK, parts, rows
from tests.bot.fuzz.office import Platform
from tests.fakes.telegram_wire import shown

BOT = Bot(123456, "tdkt_bot")
LAN = {"id": 1001, "is_bot": False, "first_name": "Lan"}
_numbers = itertools.count(1)


def received(raw: Any, now: datetime) -> Update:
    numbered = {"update_id": next(_numbers), **raw} if isinstance(raw, dict) else raw
    return read(json.loads(json.dumps(numbered)), BOT, now).update


def message(chat: str, text: str) -> dict[str, Any]:
    private = {"id": int(chat), "type": "private", "first_name": "Lan"}
    return {"message_id": 5, "date": 1_763_600_000, "from": LAN, "chat": private, "text": text}


def says(chat: str, text: str) -> Any:
    return {"message": message(chat, text)}


def kinds(chat: str) -> list[Any]:
    said = message(chat, "hạn báo cáo?")
    file = {"file_id": "f", "file_unique_id": "u", "file_name": "a.pdf", "mime_type": "x/y", "file_size": 9}
    size = {"file_id": "p", "file_unique_id": "q", "width": 9, "height": 9, "file_size": 3}
    film = {"file_id": "v", "file_unique_id": "w", "width": 9, "height": 9, "duration": 3}
    marked = {"entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
    tap = {"id": "7", "from": LAN, "chat_instance": "1", "data": "1:section"}
    group = {"id": -77, "type": "group", "title": "Phòng"}
    mention = {"entities": [{"type": "mention", "offset": 0, "length": 9}]}
    return [
        {"message": said},
        {"message": said | {"text": "/hoi@tdkt_bot giờ?"} | marked},
        {"message": said | {"text": "@tdkt_bot giờ?", "chat": group, "reply_to_message": said} | mention},
        {"message": said | {"chat": group, "migrate_to_chat_id": -10077}},
        {"edited_message": said | {"edit_date": 1_763_600_009}},
        {"message": {**said, "document": file, "caption": "bảng"}},
        {"message": {**said, "photo": [size], "media_group_id": "9"}},
        {"message": {**said, "video": film, "media_group_id": "9"}},
        {"callback_query": tap | {"message": said}},
    ]


def check(sent: Outgoing) -> None:
    for part in parts(sent.reply):
        assert shown(part, "HTML")  # as strict as Telegram about markup and length
        part.encode()
    for _, data in itertools.chain.from_iterable(rows(sent.reply.choices, sent.turn)):
        assert len(data.encode()) <= LONGEST_CALLBACK


PLATFORM = Platform("telegram", "1001", received, says, kinds, check)
