from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.zalo.incoming import Bot, read
from bot.domain.messages import Attachment, Incoming, IncomingKind
from tests.bot.fuzz.kit import nested
from tests.fakes.zalo_wire import message, sender, update

US = Bot("b07", ("Bot Trợ lý TĐKT", "bot.VDKyGxQvc"))
NOW = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)
LAN = sender("6ede9afa66b88fe6d6a9", "Lan")
PHOTO = "https://zalo.example/a/photo.png?expires=1"


def body(kind: str = "PRIVATE", who: dict[str, Any] = LAN, **content: Any) -> dict[str, Any]:
    chat = LAN["id"] if kind == "PRIVATE" else "9f"
    return message("2d758cb5e222177a4e35", who, chat, kind, {"date": 1763600000123} | content)


def incoming(event: str = "text", /, **given: Any) -> Incoming | None:
    return read(update(event, body(**given)), US, NOW).incoming


def test_a_text() -> None:
    assert incoming(text="hạn nộp báo cáo?") == Incoming(
        channel="zalo",
        chat="6ede9afa66b88fe6d6a9",
        sender="6ede9afa66b88fe6d6a9",
        kind=IncomingKind.TEXT,
        text="hạn nộp báo cáo?",
        sent_at=datetime(2025, 11, 20, 0, 53, 20, 123000, tzinfo=UTC),
        display_name="Lan",
    )


def test_both_shapes_are_the_same_update() -> None:
    flat = update("text", body(text="chào"))
    wrapped = {"ok": True, "result": flat}
    assert read(flat, US, NOW).incoming == read(wrapped, US, NOW).incoming
    assert read(flat, US, NOW).update_id == read(wrapped, US, NOW).update_id
    assert json.loads(read(wrapped, US, NOW).raw) == wrapped


def test_an_update_is_known_by_event_and_message() -> None:
    one = read(update("text", body(text="chào")), US, NOW).update_id
    assert one == "message.text.received:2d758cb5e222177a4e35"
    assert one != read(update("image", body(photo_url=PHOTO)), US, NOW).update_id
    long = read(update("text", body(text="chào") | {"message_id": "x" * 128}), US, NOW)
    assert len(long.update_id) <= 128 and long.incoming is not None


@pytest.mark.parametrize("key", ["photo_url", "photo"])
def test_a_photo(key: str) -> None:
    sent = incoming("image", **{key: PHOTO}, caption="đây ạ")
    assert sent is not None
    assert (sent.kind, sent.text) == (IncomingKind.FILE, "đây ạ")
    assert sent.attachments == (Attachment(PHOTO, "anh.png", "image/png", 0),)
    plain = incoming("image", photo_url="https://zalo.example/photo/123")
    assert plain is not None
    assert plain.attachments[0].name == "anh.jpg"


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "sha256:" + "a" * 64, "ftp://x/y.jpg", "https://", "//x"])
def test_a_photo_without_an_address_on_the_web_is_no_file(url: str) -> None:
    sent = incoming("image", photo_url=url)
    assert sent is not None
    assert (sent.kind, sent.attachments) == (IncomingKind.UNSUPPORTED, ())


@pytest.mark.parametrize("event", ["sticker", "voice", "unsupported", "video"])
def test_what_no_dialogue_takes(event: str) -> None:
    sent = incoming(event, sticker="1", voice_url="https://zalo.example/v.aac")
    assert sent is not None
    assert sent.kind is IncomingKind.UNSUPPORTED


def test_our_own_echo_and_other_bots_mean_nothing() -> None:
    assert incoming(who=sender("b07", "Bot"), text="tôi nói") is None
    assert incoming(who=sender("c08", "Bot khác", is_bot=True), text="tôi nói") is None


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("cả phòng ơi, họp nhé", None),
        ("@Bot Trợ lý TĐKT hạn nộp khi nào?", "hạn nộp khi nào?"),
        ("hạn nộp? @bot trợ lý tđkt", "hạn nộp?"),
        ("@bot.VDKyGxQvc hạn nộp?", "hạn nộp?"),
        ("@bot.VDKyGxQvc2 hạn nộp?", None),
        ("/hoi hạn nộp", "/hoi hạn nộp"),
        ("@Lan hạn nộp?", None),
    ],
)
def test_in_a_group_only_what_is_addressed_to_us(said: str, heard: str | None) -> None:
    got = incoming(kind="GROUP", text=said)
    assert (got.text if got else None) == heard
    assert got is None or (not got.private and got.chat == "9f" and got.sender == LAN["id"])


@pytest.mark.parametrize("date", [None, "hôm nay", True, 10**30, -(10**30), float("inf")])
def test_a_message_is_worth_more_than_its_date(date: Any) -> None:
    got = incoming(text="chào", date=date)
    assert got is not None
    assert got.sent_at == NOW


def test_every_database_takes_the_text() -> None:
    raw = json.loads(r'{"event_name":"message.text.received","message":{"message_id":"1","text":"a\ud83d\u0000b"}}')
    raw["message"] |= {"from": LAN, "chat": {"id": "1", "chat_type": "PRIVATE"}}
    got = read(raw, US, NOW)
    assert got.incoming is not None
    assert got.incoming.text == "a\ufffdb"
    assert json.loads(got.raw) == raw


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "x",
        {},
        {"ok": True, "result": []},
        {"ok": False, "error_code": 408},
        {"event_name": "message.text.received"},
        {"event_name": 7, "message": {}},
        {"event_name": "message.text.received", "message": []},
        update("text", {"message_id": "1", "from": LAN, "chat": {"id": "1"}}),
        update("text", {"message_id": "1", "from": [], "chat": {"id": "1"}, "text": "x"}),
        update("text", {"message_id": True, "from": LAN, "chat": {"id": "1"}, "text": "x"}),
        update("text", {"message_id": "1", "from": LAN, "chat": {"id": "x" * 129}, "text": "x"}),
        update("text", body(text=5)),
        {"event_name": "user.followed", "message": body(text="x")},
    ],
)
def test_what_cannot_be_read_is_kept_and_skipped(raw: Any) -> None:
    got = read(raw, US, NOW)
    assert got.incoming is None
    assert json.loads(got.raw) == raw
    assert 0 < len(got.update_id) <= 128


def test_what_is_nested_too_deeply_is_kept_and_skipped() -> None:
    got = read({"event_name": "message.text.received", "message": nested(100_000)}, US, NOW)
    assert got.incoming is None
    json.loads(got.raw)
