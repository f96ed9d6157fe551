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

from bot.channels.base import ChannelUnusable
from bot.channels.zalo.channel import Zalo
from bot.channels.zalo.webhook import HOOK, PATH
from bot.web.app import create_app
from bot.web.security import LOOPBACK, WEBHOOKS
from tests.bot.library import FakeLibrary, FakeSource
from tests.bot.site import web_site
from tests.bot.zalo.kit import SECRET, Kept, Running, channel
from tests.fakes.zalo import FakeZalo, broken

HEADER = {"X-Bot-Api-Secret-Token": SECRET}
PUBLIC = "https://tdkt.vi-du.vn/tro-ly"


@pytest.fixture
def hooked(server: FakeZalo) -> Zalo:
    return channel(server, PUBLIC)


@pytest.fixture
def client(hooked: Zalo, kept: Kept) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=hooked.routes(kept))) as client:
        yield client
        assert client.portal is not None
        client.portal.call(hooked.close)


def update(server: FakeZalo, text: str = "chào") -> Any:
    server.user("lan").sends(text)
    return server.pending.pop()


def test_an_update_is_stored_once_then_answered_in_either_shape(
    server: FakeZalo, kept: Kept, client: TestClient
) -> None:
    flat = update(server)
    for body in (flat, flat, {"ok": True, "result": flat}):
        assert client.post(PATH, json=body, headers=HEADER).status_code == 200
    assert [one.text for one in kept.incoming] == ["chào"]


@pytest.mark.parametrize("given", [None, "", "s3cret-s3creT", "bí mật"])
def test_without_the_secret_nothing_is_stored(
    server: FakeZalo, kept: Kept, client: TestClient, given: str | None
) -> None:
    headers = [] if given is None else [(b"X-Bot-Api-Secret-Token", given.encode())]
    assert client.post(PATH, json=update(server), headers=headers).status_code == 403
    assert kept.updates == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"7", b'{"event_name":"x","message":[]}'])
def test_what_cannot_be_read_is_kept_and_never_asked_for_again(kept: Kept, client: TestClient, body: bytes) -> None:
    assert client.post(PATH, content=body, headers=HEADER).status_code == 200
    assert kept.incoming == []
    assert len(kept.updates) == 1
    json.loads(kept.updates[0].raw)


def test_an_endless_body_is_cut_off(kept: Kept, client: TestClient) -> None:
    assert client.post(PATH, content=b" " * (2**20 + 1), headers=HEADER).status_code == 413
    assert kept.updates == []


def test_what_could_not_be_stored_is_not_answered_200(server: FakeZalo, kept: Kept, client: TestClient) -> None:
    body = update(server)
    server.fails("getMe", broken(502))
    assert client.post(PATH, json=body, headers=HEADER).status_code == 503
    kept.failing = True
    assert client.post(PATH, json=body, headers=HEADER).status_code == 503
    kept.failing = False
    assert client.post(PATH, json=body, headers=HEADER).status_code == 200
    assert len(kept.incoming) == 1


def test_the_webhook_is_set_and_polling_left_alone(server: FakeZalo, kept: Kept, hooked: Zalo) -> None:
    with Running(hooked, kept) as running:
        running.received()
    (call,) = server.called("setWebhook")
    assert call.params == {"url": f"{PUBLIC}{PATH}", "secret_token": SECRET}
    assert not call.error


def test_an_address_that_zalo_refuses_is_said(server: FakeZalo, kept: Kept) -> None:
    with (
        Running(channel(server, "http://tdkt.vi-du.vn"), kept) as running,
        pytest.raises(ChannelUnusable, match="TDKT_ZALO_WEBHOOK"),
    ):
        running.received()


def test_a_bot_that_polls_has_no_route(server: FakeZalo, kept: Kept) -> None:
    assert channel(server).routes(kept) == ()


def test_every_process_derives_the_same_secret_of_its_own() -> None:
    first = HOOK.secret("123456:abc")
    assert first == HOOK.secret("123456:abc") != HOOK.secret("123456:abd")
    assert first.isalnum() and 8 <= len(first) <= 256
    from bot.channels.telegram import webhook

    assert first != webhook.HOOK.secret("123456:abc")


def test_the_web_application_lets_it_through_under_any_name(
    server: FakeZalo, kept: Kept, hooked: Zalo, tmp_path: Path
) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    with TestClient(create_app(site, LOOPBACK, hooked.routes(kept)), base_url="https://tdkt.vi-du.vn") as client:
        assert client.get("/").status_code == 421
        long = update(server, "ế" * 30_000)
        assert client.post(PATH, json=long, headers=HEADER).status_code == 200
        assert client.post(PATH, json=long).status_code == 403
        assert client.portal is not None
        client.portal.call(hooked.close)
    site.service.engine.dispose()
    assert PATH.startswith(WEBHOOKS)
    assert len(kept.incoming) == 1


@pytest.mark.parametrize("wrapped", [True, False])
def test_zalo_posts_in_order_until_it_is_answered(wrapped: bool) -> None:
    with FakeZalo(wrapped=wrapped) as server, listening() as listener:
        kept = Kept(server)
        hooked = channel(server, f"http://127.0.0.1:{listener.getsockname()[1]}")
        with Running(hooked, kept) as running:
            running.received()
            lan = server.user("lan")
            config = uvicorn.Config(Starlette(routes=hooked.routes(kept)), log_level="critical", lifespan="off")
            web = uvicorn.Server(config)
            serving = asyncio.run_coroutine_threadsafe(web.serve(sockets=[listener]), running.loop)
            kept.failing = True
            lan.sends("một")
            server.wait(lambda: kept.refused, what="a post that could not be stored")
            kept.failing = False
            lan.sends("hai")
            assert [one.text for one in kept.wait(2)] == ["một", "hai"]
            server.wait(lambda: not server.pending, what="every post answered")
            web.should_exit = True
            serving.result(10)


@contextmanager
def listening() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener
