"""The log: one line an event, followed by the number of the message or request; nothing of who wrote it, or what."""

from __future__ import annotations

import io
import json
import logging
import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from bot import logs
from bot.channels.base import DeliveryError
from bot.dialogues.state import Step
from bot.store.tables import PersonRow
from bot.web.app import create_app
from knowledge.db import writing
from tests.bot.chat import Chat
from tests.bot.library import NOW, FakeLibrary, FakeSource
from tests.bot.process import command, environment
from tests.bot.site import web_site
from tests.bot.test_serve import PATIENCE
from tests.fakes.telegram import TOKEN, FakeTelegram, broken, refused

PHONE, WORDS = "0912 345 678", "lương của chị Nguyễn Thị Bích Hằng là bao nhiêu?"
Lines = Callable[[], list[dict[str, object]]]


@pytest.fixture
def err(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What goes to standard error of a program that logs in JSON."""
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before = root.handlers[:], root.level, ours.level
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    logs.configure(logs.JSON)
    yield stream
    root.handlers[:], root.level = before[:2]
    ours.setLevel(before[2])


@pytest.fixture
def lines(err: io.StringIO) -> Lines:
    """Every line so far."""
    return lambda: [json.loads(line) for line in err.getvalue().splitlines()]


def test_a_message_is_followed_from_its_step_to_its_reply(tmp_path: Path, lines: Lines) -> None:
    chat = Chat(tmp_path)
    chat.as_("lan").says("hạn báo cáo?")
    taken, sent = lines()
    assert (taken["message"], taken["outcome"], taken["channel"]) == ("taken", "answered", "fake")
    assert sent["message"] == "sent" and sent["update"] == taken["update"] and isinstance(taken["ms"], float)


def test_nothing_personal_whatever_goes_wrong(tmp_path: Path, lines: Lines) -> None:
    """Each thing that fails is made to fail with the person's own words in its mouth."""
    chat = Chat(tmp_path)
    chat.channel.failures["chat-hoa"] = [DeliveryError("HTTP 502", permanent=False)]
    chat.as_("hoa").says(f"{WORDS} Gọi {PHONE}")
    for who, fails in (("lan", _value), ("tuan", _key), ("minh", _row(chat)), ("binh", _in_turn)):
        chat.takes(fails)
        chat.as_(who).says(f"{WORDS} {PHONE}")
    told = lines()
    text = json.dumps(told, ensure_ascii=False)
    for secret in (WORDS, "Bích Hằng", PHONE, "Lan", "Tuấn", "chat-", "lương"):
        assert secret not in text
    assert {"ValueError", "KeyError", "IntegrityError", "RuntimeError"} <= set(re.findall(r"[A-Z]\w+Error", text))
    assert "test_logs.py" in text  # where it happened is told
    failed = [line for line in told if line["level"] == "WARNING"]
    assert failed and all(isinstance(line["update"], int) for line in failed)


def _value(*_: object) -> Step:
    return Step(int(f"{WORDS} {PHONE}"))  # type: ignore[arg-type]  # it never gets so far


def _key(*_: object) -> Step:
    raise KeyError(WORDS)


def _in_turn(*_: object) -> Step:
    try:
        return _value()
    except ValueError as error:
        raise RuntimeError(f"không hiểu {WORDS}") from error


def _row(chat: Chat) -> Callable[..., Step]:
    def fails(*_: object) -> Step:
        with writing(chat.engine) as session:
            session.add(PersonRow(id=1, name=f"{WORDS} {PHONE}", role="clerk", active=True, created_at=NOW))
        raise AssertionError("kept")

    return fails


def test_a_page_that_fails_gives_the_number_of_its_line(tmp_path: Path, lines: Lines) -> None:
    def fails(_: object) -> None:
        raise ValueError(WORDS)

    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    app = create_app(site, {"testserver"}, others=[Route("/hong", fails)])
    answer = TestClient(app, raise_server_exceptions=False).get("/hong")
    (line,) = lines()
    assert answer.status_code == 500 and WORDS not in json.dumps(line, ensure_ascii=False)
    assert line["request"] == answer.headers["X-Request-Id"] and str(line["request"]) in answer.text


def test_plain_lines_say_the_same(err: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", err)
    logs.configure(logs.PLAIN)
    with logs.about(17):
        try:
            raise ValueError(WORDS)
        except ValueError as error:
            logging.getLogger("bot.service").warning("update %d failed: %r", 17, error, exc_info=True)
    said = err.getvalue()
    assert "WARNING bot.service [17]: update 17 failed: 'ValueError'" in said and WORDS not in said


def test_a_program_that_serves_logs_no_token_and_no_person(tmp_path: Path) -> None:
    """Real processes and a real platform that misbehaves: refusals, broken proxies, an unknown chat."""
    settings = environment(
        TDKT_TELEGRAM_TOKEN=TOKEN, TDKT_LOG="json", TDKT_HOME=str(tmp_path / "var"), TDKT_STRANGERS_MAY_ASK="1"
    )
    with FakeTelegram() as telegram:
        settings["TDKT_TELEGRAM_API"] = telegram.url
        telegram.fails("getUpdates", broken(), refused(409, "Conflict: terminated by other getUpdates request"))
        telegram.fails("sendMessage", broken(), refused(400, "Bad Request: chat not found"))
        hoa = telegram.user("hoa-nguyen-thi")
        hoa.sends(f"{WORDS} {PHONE}")
        process = subprocess.Popen(
            command("serve", "--port", "0"), cwd=tmp_path, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        telegram.wait(lambda: len(telegram.called("sendMessage")) >= 2, PATIENCE, "attempts to reply")
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    told = [json.loads(line) for line in err.decode("utf-8").splitlines()]
    messages = [str(line["message"]) for line in told]
    assert "taken" in messages and any(one.startswith("not sent: DeliveryError") for one in messages)
    text = err.decode("utf-8")
    for secret in (TOKEN, TOKEN.partition(":")[2], WORDS, "Bích Hằng", PHONE, "hoa-nguyen-thi", str(hoa.id)):
        assert secret not in text
