"""Whatever comes in through Telegram's parser, the next ordinary question is answered."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.channels.telegram.incoming import Bot, read
from bot.channels.telegram.rendering import LONGEST_CALLBACK, LONGEST_MESSAGE, parts, rows
from bot.domain.forms import Form, Prompt, PromptKind
from bot.domain.people import Account
from bot.store import people
from bot.store.tables import InboxRow
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.library import DEADLINE

ON_BOTH_DATABASES = True

BOT = Bot(123456, "tdkt_bot")
LAN = 1001
FORM = Form("fuzz", "1", "Báo cáo", (Prompt("viec", "viec", PromptKind.TEXT, "Việc đã làm"),))
HOSTILE = (
    "<b>&lt;</b><script>alert(1)</script>",
    "\u202eab\u202c\u2066x",
    "\u200b\u200d\u2060\ufeff",
    "đ" * 50_000,  # 100 kB
    "x" * 100_000,
    "a\x00b\x1b[31m\x07\x7f\x85",
    "\ud800",
    "chữ\udfffgiữa",
    "👍🏽👨‍👩‍👧‍👦" * 40,
    "“”" * 300,
    "'; DROP TABLE inbox; --",
    "%s {0} ${x} {{7*7}}",
    "ộ" * 30 + "o\u0302\u0323" * 30,
    "0" * 400,
    "１２３ ٣٤",
    "/",
    "/@tdkt_bot",
    "/lienket " + "B" * 300,
    "99999999999999999999/13/2025",
    "\n\n\n",
)
COMMANDS = ("/baocao", "/giup", "/moi", "/hoi", "1", "nộp", "sửa câu 99999999999", "quay lại", "hủy", "xem lại")
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(COMMANDS),
    st.text(max_size=40),
    st.text(st.characters(categories=("Cs", "Cc", "Cf", "Mn", "So", "Lo")), max_size=30),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_numbers = itertools.count(1)


def person() -> dict[str, Any]:
    return {"id": LAN, "is_bot": False, "first_name": "Lan"}


def message(chat: int, text: str) -> dict[str, Any]:
    private = {"id": chat, "type": "private", "first_name": "Lan"}
    return {"message_id": 5, "date": 1_763_600_000, "from": person(), "chat": private, "text": text}


def updates(chat: int) -> list[dict[str, Any]]:
    """One of each kind, as Telegram sends them."""
    said = message(chat, "hạn báo cáo?")
    file = {"file_id": "f", "file_unique_id": "u", "file_name": "a.docx", "mime_type": "x/y", "file_size": 9}
    size = {"file_id": "p", "file_unique_id": "q", "width": 9, "height": 9, "file_size": 3}
    marked = {"entities": [{"type": "bot_command", "offset": 0, "length": 5}]}
    tap = {"id": "7", "from": person(), "chat_instance": "1", "data": "1:section"}
    return [
        {"message": said},
        {"message": said | {"text": "/hoi@tdkt_bot giờ?"} | marked},
        {"edited_message": said | {"edit_date": 1_763_600_009}},
        {"message": {**said, "document": file, "caption": "bảng"}},
        {"message": {**said, "photo": [size]}},
        {"callback_query": tap | {"message": said}},
    ]


class Office:
    """Lan at her telephone, before the real parser and the real service."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        chat.channel.name = "telegram"
        chat.channel.contents["f"] = chat.channel.contents["p"] = b"%PDF-1.4"
        chat.restart()
        chat.opens(FORM)
        lan = next(one for one in self._people() if one.name == "Lan")
        with writing(chat.engine) as session:
            people.link(session, lan.id, Account("telegram", str(LAN), str(LAN), "", chat.now))

    def _people(self) -> tuple[Any, ...]:
        with reading(self.chat.engine) as session:
            return people.people(session)

    def receives(self, update: dict[str, Any]) -> None:
        raw = json.loads(json.dumps({"update_id": next(_numbers), **update}))
        self.chat.service.store("telegram", [read(raw, BOT, self.chat.now).update], self.chat.now)
        self.chat.work()

    def answers_what_comes_next(self, number: int) -> None:
        """Check that nothing is stuck, that all could be sent, and that a question gets its answer."""
        with reading(self.chat.engine) as session:
            assert set(session.scalars(select(InboxRow.state))) <= {"done", "skipped"}
        for sent in self.chat.channel.delivered:
            for part in parts(sent.reply):
                assert len(part.encode("utf-16-le")) // 2 <= LONGEST_MESSAGE
                part.encode()
            for _, data in itertools.chain.from_iterable(rows(sent.reply.choices, sent.turn)):
                assert len(data.encode()) <= LONGEST_CALLBACK
        self.chat.channel.delivered.clear()
        self.receives({"message": message(number, "/hoi hạn báo cáo?")})
        told = [sent.reply.text for sent in self.chat.channel.delivered if sent.chat == str(number)]
        assert any(DEADLINE in text for text in told), told
        self.chat.channel.delivered.clear()


@pytest.fixture
def office(chat: Chat) -> Office:
    return Office(chat)


@MANY
@given(st.lists(TEXTS, min_size=1, max_size=4), st.booleans())
def test_any_text_leaves_the_conversation_whole(office: Office, texts: list[str], in_mid_report: bool) -> None:
    number = next(_numbers)
    if in_mid_report:
        office.receives({"message": message(number, "/baocao")})
    for text in texts:
        office.receives({"message": message(number, text)})
    office.answers_what_comes_next(number)


@MANY
@given(st.data())
def test_any_update_leaves_the_conversation_whole(office: Office, data: st.DataObject) -> None:
    number = next(_numbers)
    office.receives({"message": message(number, "hạn báo cáo?")})
    for _ in range(data.draw(st.integers(1, 3))):
        update = data.draw(st.sampled_from(updates(number)))
        for _ in range(data.draw(st.integers(1, 3))):
            update = spoiled(update, data.draw) if update else update
        office.receives(update)
    office.answers_what_comes_next(number)


def spoiled(value: Any, draw: Callable[[Any], Any]) -> Any:
    """One place of a JSON value changed, dropped or added to."""
    if not isinstance(value, dict | list) or not value:
        return draw(ANYTHING)
    if isinstance(value, list):
        at = draw(st.integers(0, len(value) - 1))
        return [spoiled(item, draw) if index == at else item for index, item in enumerate(value)]
    key = draw(st.sampled_from(sorted(value)))
    match draw(st.sampled_from(("in", "in", "in", "drop", "replace"))):
        case "drop":
            return {name: item for name, item in value.items() if name != key}
        case "replace":
            return value | {key: draw(ANYTHING)}
    return value | {key: spoiled(value[key], draw)}


def test_an_id_that_no_platform_gives_holds_nothing_up(office: Office) -> None:
    office.receives({"message": message(10**200, "hạn báo cáo?")})
    number = next(_numbers)
    office.receives({"message": message(number, "hạn báo cáo?")})
    office.answers_what_comes_next(number)
