"""Numbers that no row has are answered like any other that there is nothing of, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.dialogues import router
from bot.domain.ids import id_in
from bot.domain.messages import IncomingKind
from bot.store.tables import InboxRow
from bot.store.turns import Turns
from bot.web.app import create_app
from bot.web.seat import COOKIE
from bot.web.security import LOOPBACK
from bot.web.site import Site
from knowledge.db import reading
from tests.bot.chat import Chat
from tests.bot.fuzz.office import links
from tests.bot.report_kit import office

ON_BOTH_DATABASES = True

HUGE = ("2147483648", "9" * 15, "9" * 30)


@pytest.fixture
def chat(tmp_path: Path, database: str) -> Iterator[Chat]:
    one = office(tmp_path, database=database)
    yield one
    one.engine.dispose()


def test_what_a_row_can_be_called() -> None:
    assert [id_in(text) for text in ("7", "999999999", "0012")] == [7, 999_999_999, 12]
    assert not any(id_in(text) for text in ("", "-1", "1.5", "１２", "٣", "x", " 7", *HUGE))


def test_no_command_and_no_choice_stumbles_over_a_number(chat: Chat) -> None:
    minh, number = chat.as_("minh"), HUGE[0]
    for text in (f"/{command.names[0]} {number}" for command in router.COMMANDS):
        chat.receive(minh.message(IncomingKind.TEXT, text))
    chat.receive(minh.message(IncomingKind.TEXT, f"/nopngoai {number} đúng"))
    for prefix in router.PUSHED:
        for rest in (number, f"{number}:dung", f"pub:{number}", f"all:{number}", f"stop:{number}"):
            chat.receive(minh.message(IncomingKind.TAP, choice=f"!{prefix}:{rest}", turn=0))
            chat.receive(chat.as_("lan").message(IncomingKind.TAP, choice=f"!{prefix}:{rest}", turn=0))
    chat.work()
    with reading(chat.engine) as session:
        errors = select(InboxRow.incoming, InboxRow.error).where(InboxRow.state != "done")
        assert session.execute(errors).all() == []


@pytest.mark.parametrize("number", HUGE)
def test_no_page_stumbles_over_a_number(chat: Chat, number: str) -> None:
    links(chat, "web", "lan-at-her-browser-001")
    site = Site(chat.source, Turns(chat.engine), lambda: chat.now, chat.service, chat.files)
    with TestClient(create_app(site, LOOPBACK), base_url="http://127.0.0.1:8000") as client:
        client.cookies.set(COOKIE, "lan-at-her-browser-001", domain="127.0.0.1", path="/")
        client.post("/hoi", data={"q": "hạn báo cáo?"})
        assert client.post("/chon", data={"choice": "section", "turn": number}).status_code == 404
        assert client.post(f"/danh-gia/{number}", data={"helpful": "1"}).status_code == 404
        assert client.get("/tin-moi", params={"sau": number}).status_code == 204
        assert client.get(f"/tep/{number}").status_code == 404
        assert "15/12/2025" in client.post("/hoi", data={"q": "hạn báo cáo?"}).text
