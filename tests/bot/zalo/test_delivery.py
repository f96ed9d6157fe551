from __future__ import annotations

import asyncio
import logging

import pytest

from bot.channels import downloads
from bot.channels.base import DeliveryError
from bot.channels.zalo.failures import ZaloError, delivery_error
from bot.domain.messages import Attachment, Choice, OutFile
from tests.bot.zalo.kit import Kept, Running, outgoing
from tests.fakes.zalo import TOKEN, FakeZalo, Fault, broken, lost_answer, refused, too_many, unreachable
from tests.fakes.zalo_people import Person

DOCX = OutFile("a" * 64, "báo cáo.docx", "application/x")


@pytest.fixture
def lan(server: FakeZalo, kept: Kept, bot: Running) -> Person:
    """Lan, who has written once."""
    lan = server.user("lan")
    lan.sends("/start")
    kept.wait(1)
    return lan


def failed(bot: Running, chat: str, text: str = "chào") -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        bot.deliver(outgoing(chat, text))
    assert TOKEN not in str(caught.value)
    assert caught.value.__suppress_context__
    return caught.value


def test_a_reply_is_plain_text_with_numbered_choices(server: FakeZalo, bot: Running, lan: Person) -> None:
    bot.deliver(outgoing(lan.id, "Số < 5 & **đậm**?", Choice("submit", "Nộp"), Choice("later", "Để sau"), turn=7))
    lan.wait_for_reply("Số < 5 & **đậm**?\n\n1. Nộp\n2. Để sau\nTrả lời 1 hoặc 2.")
    assert server.called("sendMessage")[-1].params.keys() == {"chat_id", "text"}  # never parsed as markup


def test_a_file_goes_out_as_a_link(bot: Running, lan: Person) -> None:
    bot.deliver(outgoing(lan.id, "Báo cáo tổng hợp", file=DOCX))
    assert "https://tdkt.vi-du.vn/tai-ve/aaaaaa" in lan.wait_for_reply("báo cáo.docx").text
    bot.deliver(outgoing(lan.id, "", file=OutFile("0" * 64, "x.xlsx", "a/b")))
    lan.wait_for_reply("trang web")


# Failures


def test_refused_under_http_200_is_refused(server: FakeZalo, bot: Running, lan: Person) -> None:
    error = failed(bot, server.user("hoa").id)
    assert (error.permanent, error.blocked) == (True, False)
    assert "chat not found" in str(error)


@pytest.mark.parametrize(("fault", "pause"), [(too_many(17), 17), (too_many(), 60)])
def test_too_many_messages_wait(server: FakeZalo, bot: Running, lan: Person, fault: Fault, pause: float) -> None:
    server.fails("sendMessage", fault)
    error = failed(bot, lan.id)
    assert (error.retry_after, error.permanent) == (pause, False)


@pytest.mark.parametrize(
    "fault",
    [
        refused(408, "timeout"),
        refused(500, "Internal", status=500),
        refused(-201, "whatever that means"),
        Fault(b"[]"),
        Fault(b"{}"),
        Fault(b'{"ok": "yes"}'),
        Fault(b"\xff\xfe"),
    ],
)
def test_trouble_on_the_way_passes(server: FakeZalo, bot: Running, lan: Person, fault: Fault) -> None:
    server.fails("sendMessage", fault)
    error = failed(bot, lan.id)
    assert (error.permanent, error.retry_after) == (False, None)
    bot.deliver(outgoing(lan.id, "chào"))
    lan.wait_for_reply("chào")


def test_a_silent_server_is_not_waited_for_for_ever(
    server: FakeZalo, kept: Kept, lan: Person, bot: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.zalo.api.ANSWER_SECONDS", 0.1)
    server.fails("sendMessage", lost_answer(5))
    assert "Timeout" in str(failed(bot, lan.id))


def test_a_wrong_token_waits_for_a_right_one(server: FakeZalo, bot: Running, lan: Person) -> None:
    server.fails("sendMessage", refused(401, "Unauthorized"))
    error = failed(bot, lan.id)
    assert (error.retry_after, error.permanent) == (300, False)


def test_an_error_never_tells_the_token(
    server: FakeZalo, bot: Running, lan: Person, caplog: pytest.LogCaptureFixture
) -> None:
    told = delivery_error(ZaloError(f"no route to https://bot-api.zaloplatforms.com/bot{TOKEN}/getMe"), TOKEN)
    assert str(told) == "no route to https://bot-api.zaloplatforms.com/bot<token>/getMe"
    caplog.set_level(logging.DEBUG)
    server.fails("sendMessage", broken(502), unreachable())
    server.fails("getUpdates", broken(502), unreachable())
    failed(bot, lan.id)
    failed(bot, lan.id)
    lan.sends("nữa")
    server.wait(lambda: not server.faults, what="all faults")
    bot.deliver(outgoing(lan.id, "chào"))
    assert "Zalo:" in caplog.text
    assert server.token not in caplog.text
    assert server.token.partition(":")[2] not in caplog.text


# Photos


def test_a_photo_sent_to_us_is_fetched(server: FakeZalo, kept: Kept, bot: Running, lan: Person) -> None:
    lan.sends_photo(b"\xff\xd8\xff" + b"x" * 5000)
    photo = kept.wait(2)[1].attachments[0]
    assert bot.call(bot.channel.fetch(photo, 10_000)) == b"\xff\xd8\xff" + b"x" * 5000
    with pytest.raises(DeliveryError, match="larger than 5000") as caught:
        bot.call(bot.channel.fetch(photo, 5000))
    assert caught.value.permanent
    server.media.clear()
    with pytest.raises(DeliveryError, match="404") as caught:
        bot.call(bot.channel.fetch(photo, 10_000))
    assert caught.value.permanent


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.com/x",
        "http://localhost:1/x",
        "http://127.0.0.2:1/x",
        "http://[::1]:1/x",
        "http://169.254.169.254/latest",
        "http://10.1.2.3/x",
        "http://2130706434/x",
        "http://0.0.0.0/x",
        "https://",
        "http://[bad/x",
    ],
)
def test_nothing_is_fetched_from_our_own_network(bot: Running, url: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        bot.call(bot.channel.fetch(Attachment(url, "anh.jpg", "image/jpeg", 0), 100))
    assert caught.value.permanent


def test_a_redirect_is_looked_at_too(server: FakeZalo, bot: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(verb: str, path: str, body: bytes) -> Fault:
        target = {"/in": "http://127.0.0.2:1/x", "/on": "/loop", "/loop": "/loop"}[path]
        return Fault(b"", 302, (("Location", target),))

    monkeypatch.setattr(server, "_answer", answer)
    for path, says in (("/in", "private network"), ("/on", "always somewhere else")):
        with pytest.raises(DeliveryError, match=says):
            bot.call(downloads.download(server.url + path, 100, trusted="127.0.0.1"))


def test_a_slow_file_is_given_up(server: FakeZalo, bot: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answer(verb: str, path: str, body: bytes) -> Fault:
        await asyncio.sleep(1)
        return Fault(b"late")

    monkeypatch.setattr(server, "_answer", answer)
    with pytest.raises(DeliveryError, match=r"Timeout|within") as caught:
        bot.call(downloads.download(server.url + "/x", 100, trusted="127.0.0.1", seconds=0.1))
    assert not caught.value.permanent


# While people wait
