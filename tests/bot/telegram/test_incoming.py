from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.incoming import Bot, read
from bot.domain.messages import Attachment, Incoming, IncomingKind
from tests.bot.fuzz.kit import nested
from tests.fakes.telegram_wire import entities, person

US = Bot(123456, "tdkt_bot")
NOW = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)
LAN = person(7, "Lan", username="lan")
PRIVATE = {"id": 7, "type": "private", "first_name": "Lan"}
GROUP = {"id": -9, "type": "group", "title": "Phòng TCCB"}
OURS = person(US.id, "Trợ lý", username=US.username, is_bot=True)


def message(chat: dict[str, Any] = PRIVATE, sender: dict[str, Any] | None = None, **content: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1763600000, "from": sender or LAN, "chat": chat} | content


def text(said: str) -> dict[str, Any]:
    return {"text": said, "entities": entities(said)}


def incoming(**update: Any) -> Incoming | None:
    return read({"update_id": 1} | update, US, NOW).update.incoming


def test_a_text() -> None:
    assert incoming(message=message(**text("hạn nộp báo cáo?"))) == Incoming(
        channel="telegram",
        chat="7",
        sender="7",
        kind=IncomingKind.TEXT,
        text="hạn nộp báo cáo?",
        sent_at=datetime.fromtimestamp(1763600000, UTC),
        display_name="Lan",
    )


def test_a_tap() -> None:
    query = {
        "id": "q1",
        "from": LAN,
        "chat_instance": "1",
        "data": "12:submit",
        "message": message(sender=OURS, text="?"),
    }
    got = read({"update_id": 1, "callback_query": query}, US, NOW)
    assert got.query == "q1"
    tapped = got.update.incoming
    assert tapped is not None
    assert (tapped.kind, tapped.choice, tapped.turn, tapped.chat, tapped.sent_at) == (
        IncomingKind.TAP,
        "submit",
        12,
        "7",
        NOW,
    )


def test_a_tap_on_a_message_that_is_gone() -> None:
    gone = {"chat": PRIVATE, "message_id": 2, "date": 0}
    query = {"id": "q1", "from": LAN, "chat_instance": "1", "data": "old", "message": gone}
    tapped = incoming(callback_query=query)
    assert tapped is not None
    assert (tapped.choice, tapped.turn) == ("old", None)


def test_files_and_what_is_none() -> None:
    document = {"file_id": "F", "file_unique_id": "u", "file_name": "../bc.docx", "mime_type": "a/b", "file_size": 9}
    sent = incoming(message=message(document=document, caption="đây ạ"))
    assert sent is not None
    assert (sent.kind, sent.text) == (IncomingKind.FILE, "đây ạ")
    assert sent.attachments == (Attachment("F", "../bc.docx", "a/b", 9),)
    sizes = [{"file_id": f"P{w}", "file_unique_id": f"u{w}", "width": w, "height": w} for w in (90, 1280, 320)]
    photo = incoming(message=message(photo=sizes))
    assert photo is not None
    assert photo.attachments[0].ref == "P1280"
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1, "is_animated": False}
    other = incoming(message=message(sticker=sticker | {"is_video": False}))
    assert other is not None
    assert other.kind is IncomingKind.UNSUPPORTED


def test_what_belongs_to_an_album_is_known_and_nothing_of_it_is_passed_over() -> None:
    film = {"file_id": "V", "file_unique_id": "v", "width": 9, "height": 9, "duration": 1}
    sound = {"file_id": "A", "file_unique_id": "a", "duration": 1, "file_name": "bài.mp3"}
    first = incoming(message=message(video=film, media_group_id="77"))
    second = incoming(message=message(audio=sound, media_group_id="77"))
    assert first is not None and second is not None
    assert (first.album, second.album, first.kind) == ("77", "77", IncomingKind.FILE)
    assert [one.attachments[0].name for one in (first, second)] == ["phim.mp4", "bài.mp3"]  # to be refused by name
    alone = incoming(message=message(video=film))
    assert alone is not None
    assert (alone.album, alone.kind) == ("", IncomingKind.UNSUPPORTED)
    edited = incoming(edited_message=message(video=film, media_group_id="77", caption="x", edit_date=1763600100))
    assert edited is not None
    assert (edited.album, edited.kind) == ("", IncomingKind.EDITED)


def test_an_edited_message() -> None:
    edited = incoming(edited_message=message(edit_date=1763600100, **text("13")))
    assert edited is not None
    assert (edited.kind, edited.text) == (IncomingKind.EDITED, "13")


def test_what_nobody_said_to_us_means_nothing() -> None:
    assert incoming(message=message(new_chat_members=[LAN])) is None
    assert incoming(message=message(sender=OURS, text="tôi nói")) is None
    assert (
        incoming(channel_post={"message_id": 1, "date": 1, "chat": {"id": -5, "type": "channel"}, "text": "x"}) is None
    )
    assert incoming(my_new_kind={"x": 1}) is None


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("cả phòng ơi, họp nhé", None),
        ("@tdkt_bot hạn nộp khi nào?", "hạn nộp khi nào?"),
        ("👍 hạn nộp? @TDKT_bot", "👍 hạn nộp?"),
        ("/hoi hạn nộp", "/hoi hạn nộp"),
        ("/hoi@tdkt_bot hạn nộp", "/hoi hạn nộp"),
        ("/hoi@other_bot hạn nộp", None),
        ("hỏi @tdkt_bot2 đi", None),
        ("chạy lệnh /hoi nhé", None),
        ("nhờ @lan hỏi @tdkt_bot giúp", "nhờ @lan hỏi  giúp"),
    ],
)
def test_in_a_group_only_what_is_addressed_to_us(said: str, heard: str | None) -> None:
    got = incoming(message=message(GROUP, **text(said)))
    assert (got.text if got else None) == heard
    assert got is None or not got.private


def test_an_answer_to_one_of_our_messages_is_addressed_to_us() -> None:
    to_us = message(GROUP, **text("còn cá nhân?"), reply_to_message=message(GROUP, OURS, text="Tập thể: …"))
    to_lan = message(GROUP, **text("đúng rồi"), reply_to_message=message(GROUP, text="…"))
    got = incoming(message=to_us)
    assert got is not None
    assert got.text == "còn cá nhân?"
    assert incoming(message=to_lan) is None


def test_a_mention_by_name_is_addressed_to_us() -> None:
    mark = {"type": "text_mention", "offset": 0, "length": 6, "user": OURS}
    got = incoming(message=message(GROUP, text="Trợ lý, hạn nộp?", entities=[mark]))
    assert got is not None
    assert got.text == ", hạn nộp?"


def test_every_database_takes_the_text() -> None:
    raw = json.loads(r'{"update_id":1,"message":{"message_id":1,"date":1,"text":"a\ud83d\u0000b"}}')
    raw["message"] |= {"from": LAN, "chat": PRIVATE}
    got = read(raw, US, NOW).update
    assert got.incoming is not None
    assert got.incoming.text == "a\ufffdb"
    assert json.loads(got.raw) == raw


@pytest.mark.parametrize(
    "update",
    [
        None,
        [],
        "x",
        {},
        {"update_id": "5"},
        {"update_id": True},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": 7},
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "chat": PRIVATE, "from": LAN, "text": 5}},
        {"update_id": 1, "message": {"message_id": 1, "date": "1763600000", "chat": PRIVATE, "from": LAN, "text": "x"}},
        {"update_id": 1, "message": {"message_id": 1, "date": 10**30, "chat": PRIVATE, "from": LAN, "text": "x"}},
        {"update_id": 1, "callback_query": {"id": 1}},
    ],
)
def test_what_cannot_be_read_is_kept_and_skipped(update: Any) -> None:
    got = read(update, US, NOW)
    assert got.update.incoming is None
    assert json.loads(got.update.raw) == update
    assert got.update.update_id


def test_what_is_nested_too_deeply_is_confirmed_all_the_same() -> None:
    for shape in (lambda junk: {"update_id": 7, "junk": junk}, lambda junk: {"update_id": 7, "message": junk}):
        got = read(shape(nested(100_000)), US, NOW).update
        assert (got.update_id, got.incoming) == ("7", None)
        json.loads(got.raw)
