"""The whole program against the fake server: channel, inbox, steps, outbox, delivery."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.zalo.channel import Zalo
from bot.store import uploads
from bot.store.tables import InboxRow
from bot.store.uploads import Link
from bot.transfers import Transfers
from knowledge.db import reading, writing
from tests.bot.library import DEADLINE
from tests.bot.office import Office, now
from tests.bot.zalo.kit import access, link
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo_people import Person

CODE = "BCDFG-HJKMN"


@pytest.fixture
def office(tmp_path: Path, server: FakeZalo, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)
    office = Office(tmp_path, lambda: Zalo(access(server), link, now, poll_seconds=1))
    office.start()
    yield office
    office.stop()
    office.engine.dispose()


def knows(office: Office, person: Person) -> Person:
    """Link a person's account."""
    office.knows("zalo", person.id, person.account["display_name"])
    return person


def test_from_code_to_answer_to_a_numbered_choice(office: Office, server: FakeZalo) -> None:
    lan = server.user("lan")
    lan.sends("chào")
    lan.wait_for_reply("mã")
    office.invites(CODE)
    lan.sends(CODE.lower())
    lan.wait_for_reply("Đã liên kết")
    lan.sends("han bao cao la khi nao?")
    answer = lan.wait_for_reply(DEADLINE).text
    number = next(line.split(".")[0] for line in answer.splitlines() if "Xem cả mục" in line)
    assert "Trả lời " in answer.splitlines()[-1]
    lan.sends(number)
    lan.wait_for_reply("Các phòng, đơn vị")


@pytest.mark.parametrize("typed", ["một", "xem ca muc", "Xem cả mục", "số 1"])
def test_a_choice_is_taken_in_any_spelling(office: Office, server: FakeZalo, typed: str) -> None:
    lan = knows(office, server.user("lan"))
    lan.sends("hạn báo cáo?")
    assert "1. Xem cả mục" in lan.wait_for_reply(DEADLINE).text
    lan.sends(typed)
    lan.wait_for_reply("Các phòng, đơn vị")


def test_hostile_texts_stickers_and_broken_updates_break_nothing(office: Office, server: FakeZalo) -> None:
    lan = knows(office, server.user("lan"))
    hostile = ["<b>&lt;", "\u202eab", "\u200b\u200d", "👍" * 50, "x" * 100_000, "a\x00b\x1b[31m", "“”" * 300, "/"]
    for text in hostile:
        server.queue({"event_name": "message.text.received", "message": {"message_id": text[:3], "date": "hôm nay"}})
        lan.sends(text)
        lan.wait_for_reply()
    lan.sends_sticker()
    lan.wait_for_reply("chưa đọc được")
    lan.sends("hạn báo cáo?")
    lan.wait_for_reply(DEADLINE)
    with reading(office.engine) as session:
        states = list(session.scalars(select(InboxRow.state)))
    assert "parked" not in states
    assert "parked" not in office.states()


def test_a_file_from_the_upload_page_goes_on_in_zalo(office: Office, server: FakeZalo) -> None:
    lan = knows(office, server.user("lan"))
    lan.sends("hạn báo cáo?")
    lan.wait_for_reply(DEADLINE)
    transfers = Transfers(office.engine, office.files, "https://tdkt.vi-du.vn", now)
    whose = Link("zalo", lan.id, lan.id, now() + timedelta(hours=1))
    with writing(office.engine) as session:
        uploads.issue(session, "token", whose)
    assert transfers.hand_over("token", whose, [transfers.keep("bc.pdf", b"%PDF-1.7")])
    lan.wait_for_reply("tệp")
