"""The webhook, on every platform: the secret, each update once, 200 only for what is stored."""

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

from bot.channels.base import Channel
from bot.web.app import create_app
from bot.web.security import LOOPBACK, WEBHOOKS
from tests.bot.channels.platforms import PLATFORMS, Platform, Running
from tests.bot.library import FakeLibrary, FakeSource
from tests.bot.running import Kept
from tests.bot.site import web_site

PUBLIC = "https://tdkt.vi-du.vn/tro-ly"


@pytest.fixture
def hooked(platform: Platform, server: Any) -> Channel:
    return platform.channel(server, PUBLIC)


@contextmanager
def posting(hooked: Channel, app: Any, base: str = "http://testserver") -> Iterator[TestClient]:
    """A platform that posts to the application."""
    with TestClient(app, base_url=base, raise_server_exceptions=False) as client:
        yield client
        assert client.portal is not None
        client.portal.call(hooked.close)


@pytest.fixture
def client(hooked: Channel, kept: Kept) -> Iterator[TestClient]:
    with posting(hooked, Starlette(routes=hooked.routes(kept))) as client:
        yield client


def update(server: Any, text: str = "chào") -> Any:
    server.user("lan").sends(text)
    return server.pending.pop()


def test_an_update_is_stored_once_then_answered(
    platform: Platform, server: Any, kept: Kept, client: TestClient
) -> None:
    body = update(server)
    for _ in range(2):
        assert client.post(platform.hook.path, json=body, headers=platform.headers()).status_code == 200
    assert [one.text for one in kept.incoming] == ["chào"]


@pytest.mark.parametrize("given", [None, "", "s3cret-s3creT", "bí mật"])
def test_without_the_secret_nothing_is_stored(
    platform: Platform, server: Any, kept: Kept, client: TestClient, given: str | None
) -> None:
    headers = {} if given is None else {platform.hook.header: given.encode()}
    assert client.post(platform.hook.path, json=update(server), headers=headers).status_code == 403
    assert kept.updates == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"7", b'{"update_id":1,"message":[]}'])
def test_what_cannot_be_read_is_kept_and_never_asked_for_again(
    platform: Platform, kept: Kept, client: TestClient, body: bytes
) -> None:
    assert client.post(platform.hook.path, content=body, headers=platform.headers()).status_code == 200
    assert kept.incoming == []
    assert len(kept.updates) == 1
    json.loads(kept.updates[0].raw)


def test_an_endless_body_is_cut_off(platform: Platform, kept: Kept, client: TestClient) -> None:
    endless = b" " * (2**20 + 1)
    assert client.post(platform.hook.path, content=endless, headers=platform.headers()).status_code == 413
    assert kept.updates == []


def test_what_could_not_be_stored_is_not_answered_200(
    platform: Platform, server: Any, kept: Kept, client: TestClient
) -> None:
    def post() -> int:
        return client.post(platform.hook.path, json=body, headers=platform.headers()).status_code

    body = update(server)
    server.fails("getMe", platform.faults.broken(502))
    assert post() == 503
    kept.failing = True
    assert post() == 503
    kept.failing = False
    assert post() == 200
    assert len(kept.incoming) == 1


def test_a_bot_that_polls_has_no_route(platform: Platform, server: Any, kept: Kept) -> None:
    assert platform.channel(server).routes(kept) == ()


def test_every_process_derives_the_same_secret_another_for_each_platform() -> None:
    secrets = [platform.hook.secret("123456:abc") for platform in PLATFORMS.values()]
    assert secrets == [platform.hook.secret("123456:abc") for platform in PLATFORMS.values()]
    assert len({*secrets, *(platform.hook.secret("123456:abd") for platform in PLATFORMS.values())}) == 4
    assert all(one.isalnum() and 8 <= len(one) <= 256 for one in secrets)


def test_the_web_application_lets_it_through_under_any_name(
    platform: Platform, server: Any, kept: Kept, hooked: Channel, tmp_path: Path
) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    app = create_app(site, LOOPBACK, hooked.routes(kept))
    with posting(hooked, app, "https://tdkt.vi-du.vn") as client:
        assert client.get("/").status_code == 421
        long = update(server, "x" * 4096)
        long["message"]["junk"] = "ế" * 30_000
        assert client.post(platform.hook.path, json=long, headers=platform.headers()).status_code == 200
        assert client.post(platform.hook.path, json=long).status_code == 403
        assert client.post("/webhooks/nobody", json={}).status_code == 404
    site.service.engine.dispose()
    assert platform.hook.path.startswith(WEBHOOKS)
    assert len(kept.incoming) == 1


def test_it_posts_in_order_until_it_is_answered(platform: Platform, server: Any, kept: Kept) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        hooked = platform.channel(server, f"http://127.0.0.1:{listener.getsockname()[1]}")
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
