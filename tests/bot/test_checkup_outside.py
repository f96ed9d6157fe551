"""`tdkt doctor` and what only the network tells, against the fake platforms over real HTTP: bots, webhooks, ports."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest

from bot.app import now
from bot.asking import VIETNAM
from bot.channels.telegram.webhook import PATH
from bot.checkup import Check, State, check_up, outside
from bot.settings import read
from bot.store import leases
from knowledge.db import open_engine, sqlite_url, writing
from tests.bot.library import FakeLibrary, FakeSource
from tests.bot.site import web_site
from tests.bot.test_browser import serving
from tests.databases import make_tables
from tests.fakes.telegram import TOKEN, FakeTelegram
from tests.fakes.zalo import TOKEN as ZALO_TOKEN
from tests.fakes.zalo import FakeZalo

NO_FILE = Path("/nonexistent/.env")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "LISTENS", 1)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def zalo() -> Iterator[FakeZalo]:
    with FakeZalo() as server:
        yield server


def found(home: Path, subject: str, **changes: object) -> list[Check]:
    checks = list(check_up(read({}, NO_FILE, home=home, **{"port": 0, **changes})))
    assert TOKEN not in str(checks) and ZALO_TOKEN not in str(checks)
    return [check for check in checks if check.subject == subject]


def bad(home: Path, subject: str, **changes: object) -> str:
    """Return what is said and advised of the one thing that does not work."""
    (check,) = [check for check in found(home, subject, **changes) if check.state is State.BAD]
    assert check.advice
    return f"{check.says} → {check.advice}"


def call(server: FakeTelegram | FakeZalo, method: str, **params: object) -> httpx.Response:
    """Do what another program with the same token does."""
    return httpx.post(f"{server.url}/bot{server.token}/{method}", json=params, timeout=10)


# The bots


def test_working_bots(tmp_path: Path, telegram: FakeTelegram, zalo: FakeZalo) -> None:
    waits = telegram.update(message={"text": "chưa ai nhận"})
    zalo.queue({"event_name": "message.text.received"})
    told = found(tmp_path, "Telegram", telegram_token=TOKEN, telegram_api=telegram.url)
    assert [check.state for check in told] == [State.FINE, State.FINE] and "tdkt_bot" in told[1].says
    told = found(tmp_path, "Zalo", zalo_token=ZALO_TOKEN, zalo_api=zalo.url)
    assert State.BAD not in [check.state for check in told] and "Bot Trợ lý TĐKT" in told[-1].says
    assert [one["update_id"] for one in telegram.api.pending] == [waits]  # nothing was taken from whoever polls
    assert len(zalo.pending) == 1


def test_wrong_tokens(tmp_path: Path, telegram: FakeTelegram, zalo: FakeZalo) -> None:
    wrong = {"telegram_token": "123456:somebody-elses-token", "telegram_api": telegram.url}
    said = bad(tmp_path, "Telegram", **wrong)
    assert "@BotFather" in said and "somebody" not in said
    wrong = {"zalo_token": "1234567890:somebody-elses", "zalo_api": zalo.url}
    said = bad(tmp_path, "Zalo", **wrong)
    assert "Zalo Bot Manager" in said and "somebody" not in said


def test_platforms_that_are_not_reached(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    assert "tường lửa" in bad(tmp_path, "Telegram", telegram_token=TOKEN, telegram_api=nowhere)
    assert "tường lửa" in bad(tmp_path, "Zalo", zalo_token=ZALO_TOKEN, zalo_api=nowhere)


@pytest.mark.parametrize("ours", [None, "https://sonoivu.example"])
def test_a_webhook_of_another_system(tmp_path: Path, telegram: FakeTelegram, zalo: FakeZalo, ours: str | None) -> None:
    call(telegram, "setWebhook", url="https://he-thong-cu.example/hook", secret_token="khong-phai-cua-minh")
    call(zalo, "setWebhook", url="https://he-thong-cu.example/hook", secret_token="khong-phai-cua-minh")
    told = {"telegram_token": TOKEN, "telegram_api": telegram.url, "telegram_webhook": ours}
    assert "he-thong-cu.example" in bad(tmp_path, "Telegram", **told)
    assert "he-thong-cu.example" in bad(tmp_path, "Zalo", zalo_token=ZALO_TOKEN, zalo_api=zalo.url, zalo_webhook=ours)


def test_a_webhook_of_ours(tmp_path: Path, telegram: FakeTelegram) -> None:
    ours = {"telegram_token": TOKEN, "telegram_api": telegram.url, "telegram_webhook": "https://sonoivu.example"}
    (warned,) = [one for one in found(tmp_path, "Telegram", **ours) if one.state is State.WARNING]
    assert "tdkt serve" in warned.advice  # not registered yet
    call(telegram, "setWebhook", url=f"https://sonoivu.example{PATH}", secret_token="mot-ma-bi-mat")
    assert {one.state for one in found(tmp_path, "Telegram", **ours)} == {State.FINE}


def test_a_webhook_that_cannot_be_reached(tmp_path: Path, telegram: FakeTelegram) -> None:
    ours = {"telegram_token": TOKEN, "telegram_api": telegram.url, "telegram_webhook": "http://127.0.0.1:9"}
    call(telegram, "setWebhook", url=f"http://127.0.0.1:9{PATH}", secret_token="mot-ma-bi-mat")
    telegram.update(message={"text": "không đến nơi"})
    telegram.wait(lambda: "failed" in telegram.api.webhook, what="a failed post")
    told = [one for one in found(tmp_path, "Telegram", **ours) if "Connection refused" in one.says]
    assert [one.state for one in told] == [State.BAD] and "proxy" in told[0].advice


@contextmanager
def another_poller(server: FakeTelegram) -> Iterator[None]:
    """Poll as a second program with the same token does: on a refusal, again."""
    stop = threading.Event()

    def poll() -> None:
        while not stop.is_set():
            call(server, "getUpdates", timeout=2)

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join(10)


def test_another_program_that_polls(tmp_path: Path, telegram: FakeTelegram) -> None:
    with another_poller(telegram):
        said = bad(tmp_path, "Telegram", telegram_token=TOKEN, telegram_api=telegram.url)
    assert "cùng mã bot" in said and "/revoke" in said


def test_our_own_program_that_polls_is_left_alone(tmp_path: Path, telegram: FakeTelegram) -> None:
    make_tables(sqlite_url(tmp_path))
    engine = open_engine(sqlite_url(tmp_path))
    with writing(engine) as session:
        leases.hold(session, "receive:telegram", "1-serve", now(), timedelta(minutes=1))
    engine.dispose()
    with another_poller(telegram):
        told = found(tmp_path, "Telegram", telegram_token=TOKEN, telegram_api=telegram.url)
    assert State.BAD not in [check.state for check in told]


# The clock, the port, the public address


class _Elsewhere(BaseHTTPRequestHandler):
    """A server that knows every bot and nothing else, whose clock is an hour ahead."""

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string(time.time() + 3600)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self._say(200, {"ok": True, "result": {"id": 1, "username": "bot", "url": ""}})

    def do_GET(self) -> None:
        self._say(404, {})

    def _say(self, status: int, body: object) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def elsewhere() -> Iterator[HTTPServer]:
    with HTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(10)


def test_a_clock_that_is_an_hour_off(tmp_path: Path, elsewhere: HTTPServer) -> None:
    there = f"http://127.0.0.1:{elsewhere.server_port}"
    said = bad(tmp_path, "Đồng hồ", zalo_token=ZALO_TOKEN, zalo_api=there)
    assert "lệch 60 phút" in said and "timedatectl" in said
    assert datetime.now(VIETNAM).utcoffset() == timedelta(hours=7)


def test_a_port_of_another_program(tmp_path: Path, elsewhere: HTTPServer) -> None:
    assert "TDKT_PORT" in bad(tmp_path, "Cổng", port=elsewhere.server_port)


def test_a_port_of_ours_or_of_nobody(tmp_path: Path) -> None:
    with serving(web_site(tmp_path, FakeSource(FakeLibrary()))) as address:
        (check,) = found(tmp_path, "Cổng", port=httpx.URL(address).port)
    assert check.state is State.FINE and "tdkt serve" in check.says
    (check,) = found(tmp_path, "Cổng")
    assert check.state is State.FINE


def test_an_address_this_machine_has_not(tmp_path: Path) -> None:
    assert "TDKT_HOST" in bad(tmp_path, "Cổng", host="192.0.2.1")


def test_a_public_address(tmp_path: Path, elsewhere: HTTPServer) -> None:
    subject = "Địa chỉ công khai"
    assert "TDKT_PUBLIC_URL" in bad(tmp_path, subject, public_url="http://127.0.0.1:9")
    assert "proxy" in bad(tmp_path, subject, public_url=f"http://127.0.0.1:{elsewhere.server_port}")
    with serving(web_site(tmp_path, FakeSource(FakeLibrary()))) as address:
        assert {one.state for one in found(tmp_path, subject, public_url=address.rstrip("/"))} == {State.FINE}
