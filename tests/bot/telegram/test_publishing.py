"""Publishing through Telegram with the program as it is served: files, an album, a scan that is followed, a tap."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import settings
from bot.app import App
from bot.domain.people import Account, Role
from bot.store import people
from knowledge.db import writing
from tests.bot.publishing import PLAN, QUESTION, TOLD
from tests.bot.publishing import made as made  # a fixture
from tests.bot.scenarios.program import Program
from tests.bot.test_doubtful_pages import scan
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person


class Served(Program):
    """The program over its real index."""

    def app(self) -> App:
        return App(settings.read(self.variables, self.home / "no.env"))


@pytest.fixture
def minh(tmp_path: Path, made: Path, server: FakeTelegram) -> Iterator[Person]:
    """Minh, the admin of an office that is served."""
    home = tmp_path / "var"
    shutil.copytree(made, home)
    program = Served(home, TDKT_TELEGRAM_TOKEN=server.token, TDKT_TELEGRAM_API=server.url)
    writes = server.user("minh")
    app = program.app()
    with writing(app.engine) as session:
        person = people.add_person(session, "Minh", Role.ADMIN, None, datetime.now(UTC))
        chat = str(writes.id)
        people.link(session, person.id, Account("telegram", chat, chat, "Minh", datetime.now(UTC)))
    app.engine.dispose()
    program.start()
    yield writes
    program.stop()


def test_a_file_is_read_shown_and_published_on_a_tap(minh: Person) -> None:
    minh.sends_file("kế hoạch 88.txt", PLAN.encode())
    minh.wait_for_reply("Đã nhận “kế hoạch 88.txt”")
    card = minh.wait_for_reply("Văn bản chờ công bố số 1", timeout=60)
    assert "trước ngày 20/11/2025" in card.text and card.labels == ["Công bố", "Không công bố"]
    card.taps("Công bố")
    minh.wait_for_reply("Đang công bố Kế hoạch 88/KH-SVT")
    minh.wait_for_reply("Đã công bố Kế hoạch 88/KH-SVT", timeout=60)
    minh.sends(QUESTION)
    minh.wait_for_reply(TOLD)


def test_an_album_is_one_list_and_one_decision(minh: Person) -> None:
    texts = [(f"kh-{n}.txt", PLAN.replace("88/KH", f"{n}/KH").encode()) for n in (91, 92, 93, 94, 95)]
    minh.sends_album(texts)
    minh.wait_for_reply("Đã nhận “kh-91.txt”, “kh-92.txt”", timeout=60)
    listed = minh.wait_for_reply("Đã đọc 5 văn bản", timeout=60)
    listed.taps("Công bố cả 5")
    minh.wait_for_reply("Đang công bố")
    minh.wait_for_reply("Đã công bố Kế hoạch 91/KH-SVT", timeout=60)
    assert minh.unread() == []


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_the_pages_of_a_scan_are_counted_in_one_message(
    minh: Person, server: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.publishing.telling._FIRST", timedelta(0))
    monkeypatch.setattr("bot.publishing.telling._AGAIN", timedelta(0))
    minh.sends_file("ke-hoach-66.pdf", scan())
    minh.wait_for_reply("Đã nhận")
    follows = minh.wait_for_reply("Đọc tệp “ke-hoach-66.pdf”: đang chạy", timeout=60)
    assert follows.labels == ["Hủy"]
    minh.wait_for_reply("Chữ nhận dạng chưa chắc chắn ở trang 2", timeout=60)
    server.wait(lambda: follows.text.endswith("đã xong.") and not follows.labels, what="the end of it")
    assert any("trang 2/2" in call.params["text"] for call in server.called("editMessageText"))
    assert minh.unread() == []
