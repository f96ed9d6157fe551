from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.webhook import HOOK, PATH
from bot.web.app import create_app
from bot.web.security import LOOPBACK, WEBHOOKS
from tests.bot.library import FakeLibrary, FakeSource
from tests.bot.site import web_site
from tests.bot.telegram.kit import Kept, Running, channel
from tests.fakes.telegram import FakeTelegram, broken

SECRET = {"X-Telegram-Bot-Api-Secret-Token": "s3cret-s3cret"}
PUBLIC = "https://tdkt.vi-du.vn/tro-ly"


@pytest.fixture
def hooked(server: FakeTelegram) -> Telegram:
    return channel(server, PUBLIC)


@pytest.fixture
def client(hooked: Telegram, kept: Kept) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=hooked.routes(kept))) as client:
        yield client
        assert client.portal is not None
        client.portal.call(hooked.close)


def update(server: FakeTelegram, text: str = "chào") -> Any:
    server.user("lan").sends(text)
    return server.api.pending.pop()


def test_an_update_is_stored_once_then_answered(server: FakeTelegram, kept: Kept, client: TestClient) -> None:
    body = update(server)
    assert client.post(PATH, json=body, headers=SECRET).status_code == 200
    assert client.post(PATH, json=body, headers=SECRET).status_code == 200
    assert [one.text for one in kept.incoming] == ["chào"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": "s3cret-s3creT"}],
)
def test_without_the_secret_nothing_is_stored(
    server: FakeTelegram, kept: Kept, client: TestClient, headers: dict[str, str]
) -> None:
    assert client.post(PATH, json=update(server), headers=headers).status_code == 403
    assert kept.updates == []


def test_a_secret_in_foreign_letters_is_merely_wrong(server: FakeTelegram, client: TestClient) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "bí mật".encode()}
    assert client.post(PATH, content=b"{}", headers=headers).status_code == 403


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"7", b'{"update_id":1,"message":[]}'])
def test_what_cannot_be_read_is_kept_and_never_asked_for_again(kept: Kept, client: TestClient, body: bytes) -> None:
    assert client.post(PATH, content=body, headers=SECRET).status_code == 200
    assert kept.incoming == []
    assert len(kept.updates) == 1
    json.loads(kept.updates[0].raw)


def test_an_endless_body_is_cut_off(kept: Kept, client: TestClient) -> None:
    assert client.post(PATH, content=b" " * (2**20 + 1), headers=SECRET).status_code == 413
    assert kept.updates == []


def test_what_could_not_be_stored_is_not_answered_200(server: FakeTelegram, kept: Kept, hooked: Telegram) -> None:
    with TestClient(Starlette(routes=hooked.routes(kept)), raise_server_exceptions=False) as client:
        body = update(server)
        server.fails("getMe", broken(502))
        assert client.post(PATH, json=body, headers=SECRET).status_code == 503
        kept.failing = True
        assert client.post(PATH, json=body, headers=SECRET).status_code == 503
        kept.failing = False
        assert client.post(PATH, json=body, headers=SECRET).status_code == 200
        assert client.portal is not None
        client.portal.call(hooked.close)
    assert len(kept.incoming) == 1


def test_the_webhook_is_set_and_polling_left_alone(server: FakeTelegram, kept: Kept, hooked: Telegram) -> None:
    with Running(hooked, kept) as running:
        running.received()
    assert server.api.webhook == {"url": f"{PUBLIC}{PATH}", "secret": "s3cret-s3cret"}
    assert server.api.allowed == ["message", "edited_message", "callback_query"]


def test_a_bot_that_polls_has_no_route(server: FakeTelegram, kept: Kept) -> None:
    assert channel(server).routes(kept) == ()


def test_every_process_derives_the_same_secret() -> None:
    first = HOOK.secret("123456:abc")
    assert first == HOOK.secret("123456:abc") != HOOK.secret("123456:abd")
    assert first.isalnum() and 8 <= len(first) <= 256


def test_the_web_application_lets_it_through_under_any_name(
    server: FakeTelegram, kept: Kept, hooked: Telegram, tmp_path: Path
) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    app = create_app(site, LOOPBACK, hooked.routes(kept))
    with TestClient(app, base_url="https://tdkt.vi-du.vn") as client:
        assert client.get("/").status_code == 421
        long = update(server, "x" * 4096)
        long["message"]["reply_to_message"] = long["message"] | {"text": "ế" * 30_000}
        assert client.post(PATH, json=long, headers=SECRET).status_code == 200
        assert client.post(PATH, json=long).status_code == 403
        assert client.post("/webhooks/nobody", json={}).status_code == 404
        assert client.portal is not None
        client.portal.call(hooked.close)
    site.service.engine.dispose()
    assert PATH.startswith(WEBHOOKS)
    assert len(kept.incoming) == 1


def test_telegram_posts_in_order_until_it_is_answered(server: FakeTelegram, kept: Kept) -> None:
    with listening() as listener:
        public = f"http://127.0.0.1:{listener.getsockname()[1]}"
        hooked = channel(server, public)
        with Running(hooked, kept) as running:
            running.received()
            lan = server.user("lan")
            server.user("tuấn").sends("không ai nghe")
            config = uvicorn.Config(Starlette(routes=hooked.routes(kept)), log_level="critical", lifespan="off")
            web = uvicorn.Server(config)
            serving = asyncio.run_coroutine_threadsafe(web.serve(sockets=[listener]), running.loop)
            kept.failing = True
            lan.sends("một")
            server.wait(lambda: kept.refused, what="a post that could not be stored")
            kept.failing = False
            lan.sends("hai")
            assert [one.text for one in kept.wait(3)] == ["không ai nghe", "một", "hai"]
            server.wait_until_confirmed()
            web.should_exit = True
            serving.result(10)


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener
