"""What monitors are told: health, counters, the log; never what anybody wrote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.channels.base import Update
from bot.domain.messages import Incoming, IncomingKind
from bot.store import inbox
from bot.web.app import create_app
from index.errors import DamagedIndex
from knowledge.db import writing
from tests.bot.chat import Chat
from tests.bot.library import NOW, FakeLibrary, FakeSource
from tests.bot.site import web_site

SECRET = "hạn báo cáo của riêng tôi?"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    return TestClient(create_app(site, {"testserver"}, public={"tdkt.example"}), base_url="http://testserver")


def test_health_and_metrics(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"ok": True, "documents": 2, "inbox": 0, "outbox": 0}
    told = client.get("/metrics").text
    assert "tdkt_documents 2" in told and 'tdkt_queue_waiting{queue="inbox"} 0' in told
    for path in ("/healthz", "/metrics"):
        assert client.get(path, headers={"host": "tdkt.example"}).status_code == 404


def test_metrics_are_as_prometheus_reads_them(client: TestClient) -> None:
    """Text format 0.0.4: each metric told once, its lines together after its HELP and TYPE, numbers as values."""
    told, names = client.get("/metrics").text, []
    assert told.endswith("\n")
    for line in told.splitlines():
        if line.startswith("#"):
            _, word, name, rest = line.split(" ", 3)
            assert rest and (word == "HELP" or names[-1:] == [name])
            names += [name] if word == "HELP" else []
        else:
            name, labels, value = re.fullmatch(r"([a-z_]+)(\{.*\})? (\S+)", line).groups()  # type: ignore[union-attr]
            assert name == names[-1] or re.sub("_(bucket|sum|count)$", "", name) == names[-1]
            assert float(value) >= 0 and re.fullmatch(r'(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})?', labels or "")
    assert len(names) == len(set(names))


def test_a_queue_nobody_works_on_is_unwell(tmp_path: Path) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    said = Incoming("telegram", "1", "1", IncomingKind.TEXT, SECRET, NOW)
    with writing(site.service.engine) as session:
        inbox.put(session, "telegram", [Update("1", b"", said)], NOW.replace(year=NOW.year - 1))
    client = TestClient(create_app(site, {"testserver"}), base_url="http://testserver")
    answer = client.get("/healthz")
    assert answer.status_code == 503 and answer.json()["inbox"] == 1


def test_what_is_broken_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    class Damaged(FakeSource):
        def current(self) -> FakeLibrary:
            raise DamagedIndex("hỏng")

    site = web_site(tmp_path, Damaged(FakeLibrary()))
    site.service.engine.dispose()
    for file in tmp_path.glob("tdkt.sqlite3*"):
        file.write_bytes(b"no database" * 100)
    client = TestClient(create_app(site, {"testserver"}), base_url="http://testserver")
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "index": "damaged", "database": "unreachable"}
    told = client.get("/metrics")
    assert told.status_code == 200 and "tdkt_step_seconds_count 0" in told.text and "tdkt_queue" not in told.text


def test_steps_are_counted_by_what_came_of_them(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    lan = chat.as_("lan")
    lan.says("hạn báo cáo?")
    lan.says("/giup")
    lan.says("mức thưởng bao nhiêu tiền?")
    told = "\n".join(chat.service.meters.lines())
    for outcome in ("answered", "other", "refused"):
        assert f'tdkt_steps_total{{channel="fake",outcome="{outcome}"}} 1' in told
    assert "tdkt_step_seconds_count 3" in told
