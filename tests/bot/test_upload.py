"""Files by link: the page that takes them for a chat once, and the one that gives them out for a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.codec import loads
from bot.domain import attachments
from bot.domain.messages import Incoming, IncomingKind, OutFile
from bot.store import retention, uploads
from bot.store.report_tables import DownloadLinkRow, UploadLinkRow
from bot.store.tables import InboxRow
from bot.store.uploads import Link
from bot.transfers import Transfers
from bot.web import seat
from bot.web.app import create_app
from bot.web.pages import transfers as pages
from bot.web.security import LOOPBACK
from bot.web.site import Site
from knowledge.db import reading, writing
from tests.bot.library import NOW, FakeLibrary, FakeSource
from tests.bot.site import web_site

PUBLIC = "https://tdkt.vi-du.vn"
TOKEN = "t0ken-of-32-characters-or-so-1234"
PDF, PNG = b"%PDF-1.7 noi dung", b"\x89PNG\r\n\x1a\n anh"
HALF = b'--y\r\nContent-Disposition: form-data; name="tep"; filename="a.pdf"\r\n\r\n%PDF-'


@dataclass
class Desk:
    """The pages with what is behind them."""

    site: Site
    transfers: Transfers
    client: TestClient
    clock: list[datetime]
    woken: list[int] = field(default_factory=list)

    def issue(self, token: str = TOKEN, hours: int = 1) -> str:
        """Issue an upload link into Lan's chat on Zalo; return its path."""
        with writing(self.site.service.engine) as session:
            uploads.issue(session, token, Link("zalo", "lan-chat", "lan", self.clock[0] + timedelta(hours=hours)))
        return f"/tai-len/{token}"

    def send(self, path: str, *files: tuple[str, bytes]) -> str:
        """Send files as the page's form does; return the page that comes back."""
        form = [("tep", (name, content, "application/octet-stream")) for name, content in files]
        return self.client.post(path, files=form).text

    @property
    def received(self) -> list[Incoming]:
        """What is in the inbox."""
        with reading(self.site.service.engine) as session:
            rows = session.scalars(select(InboxRow.incoming).order_by(InboxRow.id))
            return [loads(Incoming, row) for row in rows if row]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = [NOW]
    site = web_site(tmp_path, FakeSource(FakeLibrary()), clock=lambda: clock[0])
    transfers = Transfers(site.service.engine, site.files, PUBLIC, lambda: clock[0])
    woken: list[int] = []
    routes = pages.routes(site, transfers, lambda: woken.append(1))
    app = create_app(site, LOOPBACK, routes, None, {"tdkt.vi-du.vn"})
    with TestClient(app, base_url=PUBLIC, raise_server_exceptions=False) as client:
        yield Desk(site, transfers, client, clock, woken)
    site.service.engine.dispose()


def test_files_go_into_the_chat_and_the_link_is_used_up(desk: Desk) -> None:
    path = desk.issue()
    page = desk.client.get(path).text
    assert "Zalo" in page and "đến 10:00 ngày 20/11/2025" in page and 'enctype="multipart/form-data"' in page
    done = desk.send(path, ("bc/Báo cáo.pdf", PDF), ("ảnh.PNG", PNG))
    assert "Đã nhận, quay lại Zalo để tiếp tục" in done
    assert "Báo cáo.pdf" in done and "ảnh.PNG" in done
    (incoming,) = desk.received
    assert (incoming.channel, incoming.chat, incoming.sender) == ("zalo", "lan-chat", "lan")
    assert incoming.kind is IncomingKind.FILE and incoming.private
    assert [(one.name, one.mime, one.size) for one in incoming.attachments] == [
        ("Báo cáo.pdf", "application/pdf", len(PDF)),
        ("ảnh.PNG", "image/png", len(PNG)),
    ]
    assert [desk.site.files.read(one.ref.removeprefix("sha256:")) for one in incoming.attachments] == [PDF, PNG]
    assert desk.woken
    assert "không còn dùng được" in desk.send(path, ("b.pdf", PDF))
    assert desk.client.get(path).status_code == 410
    assert len(desk.received) == 1


def test_looking_does_not_use_it_up(desk: Desk) -> None:
    path = desk.issue()
    for _ in range(3):  # messengers look at every link
        assert desk.client.head(path).status_code == desk.client.get(path).status_code == 200
    assert "Đã nhận" in desk.send(path, ("a.pdf", PDF))


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "chưa chọn tệp nào"),
        ([("", b"")], "chưa chọn tệp nào"),
        ([("virus.exe", b"MZ")], "loại tệp .exe không nhận được"),
        ([("a.pdf", PDF), ("gia.pdf", b"khong phai pdf")], "Nội dung “gia.pdf” không phải"),
        ([("rong.pdf", b"")], "0 byte"),
        ([("to.pdf", PDF + b"x" * attachments.MAX_BYTES)], "vượt mức 20 MB"),
        ([(f"{number}.pdf", PDF) for number in range(11)], "tối đa 10 tệp"),
    ],
)
def test_what_is_not_taken_is_said_and_the_page_stays_usable(
    desk: Desk, files: list[tuple[str, bytes]], says: str
) -> None:
    path = desk.issue()
    page = desk.send(path, *files)
    assert says in page
    assert 'role="alert"' in page and 'type="file"' in page
    assert desk.received == []
    assert "Đã nhận" in desk.send(path, ("a.pdf", PDF))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=y"),
        (b"--y\r\nnonsense", "multipart/form-data; boundary=y"),
        (HALF, "multipart/form-data; boundary=y"),
        (b"tep=a.pdf", "application/x-www-form-urlencoded"),
    ],
)  # fmt: skip
def test_a_form_that_is_none_breaks_nothing(desk: Desk, content: bytes, kind: str) -> None:
    path = desk.issue()
    answer = desk.client.post(path, content=content, headers={"Content-Type": kind})
    assert answer.status_code in (400, 422)
    assert 'role="alert"' in answer.text
    assert desk.received == []


def test_too_much_at_once_is_said(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_LARGEST", 3000)
    path = desk.issue()
    answer = desk.client.post(path, files=[("tep", ("a.pdf", PDF + b"x" * 9000, "application/pdf"))])
    assert answer.status_code == 413
    assert "Anh/chị gửi ít tệp hơn" in answer.text
    monkeypatch.setattr(pages, "_PATIENCE", 4000)

    def endless() -> Iterator[bytes]:
        yield HALF
        for _ in range(100):
            yield b"x" * 1000

    headers = {"Content-Type": "multipart/form-data; boundary=y"}
    assert desk.client.post(path, content=endless(), headers=headers).status_code == 413
    assert desk.received == []


def test_an_expired_or_unknown_link_takes_nothing(desk: Desk) -> None:
    path = desk.issue()
    desk.clock[0] += timedelta(hours=2)
    for wrong in (path, "/tai-len/x", "/tai-len/" + "y" * 5000, "/tai-len/%00", "/tai-ve/z"):
        assert desk.client.get(wrong).status_code == 410
    answer = desk.client.post(path, files={"tep": ("a.pdf", PDF)})
    assert answer.status_code == 410
    assert "lấy liên kết mới" in answer.text
    assert desk.received == []


def test_a_link_is_used_once_even_by_two_at_once(desk: Desk) -> None:
    desk.issue()
    link = desk.transfers.upload(TOKEN)
    assert link is not None
    files = [desk.transfers.keep("a.pdf", PDF)]
    assert desk.transfers.hand_over(TOKEN, link, files)
    assert not desk.transfers.hand_over(TOKEN, link, files)
    assert len(desk.received) == 1


def test_a_link_fills_its_own_chat_whoever_holds_it_and_no_other(desk: Desk) -> None:
    path, other = desk.issue(), desk.issue("t" * 32)
    desk.client.cookies.set(seat.COOKIE, "s" * 32)  # the browser of somebody else
    assert "Đã nhận" in desk.send(path, ("a.pdf", PDF))
    for forged in (path + "x", path[:-1], "/tai-len/" + "9" * 4000, "/tai-len/%00", path.upper()):
        assert desk.client.post(forged, files={"tep": ("a.pdf", PDF)}).status_code in (404, 410), forged
    assert [(one.chat, one.sender) for one in desk.received] == [("lan-chat", "lan")]
    desk.clock[0] += timedelta(hours=2)
    assert desk.client.post(other, files={"tep": ("a.pdf", PDF)}).status_code == 410
    assert len(desk.received) == 1


def test_a_full_disk_is_said_and_the_link_stays(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.issue()

    def full(name: str, content: bytes) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Transfers, "keep", lambda self, name, content: full(name, content))
        assert "chưa lưu được tệp" in desk.send(path, ("a.pdf", PDF))
    assert "Đã nhận" in desk.send(path, ("a.pdf", PDF))


def test_the_page_is_answered_under_our_names_only(desk: Desk) -> None:
    path = desk.issue()
    assert desk.client.get(path, headers={"Host": "evil.example"}).status_code == 421
    assert desk.client.get(path, headers={"Host": "127.0.0.1"}).status_code == 200
    page = desk.client.get(path).text
    assert 'href="/van-ban"' not in page  # whoever has a link to this page need not be linked
    style = page.partition('href="/static/upload.css')[2].partition('"')[0]
    assert desk.client.get(f"/static/upload.css{style}").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": PUBLIC}, 200),
        ({"Origin": PUBLIC, "Host": "127.0.0.1:8000"}, 200),  # a proxy that gives us another name
    ],
)
def test_other_sites_cannot_send_for_somebody(desk: Desk, headers: dict[str, str], status: int) -> None:
    path = desk.issue()
    assert desk.client.post(path, files={"tep": ("a.pdf", PDF)}, headers=headers).status_code == status


def test_a_file_is_fetched_for_a_day(desk: Desk) -> None:
    digest = desk.site.files.put(b"PK bao cao")
    url = desk.transfers.link(OutFile(digest, "báo cáo “quý IV”.xlsx", "application/x-thing"))
    assert url is not None and url.startswith(f"{PUBLIC}/tai-ve/")
    path = url.removeprefix(PUBLIC)
    for _ in range(2):
        answer = desk.client.get(path)
        assert answer.content == b"PK bao cao"
        assert answer.headers["content-type"] == "application/x-thing"
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''b%C3%A1o")
        assert answer.headers["cache-control"] == "no-store"
    desk.clock[0] += timedelta(hours=25)
    assert desk.client.get(path).status_code == 410


def test_a_file_that_is_gone_is_said(desk: Desk) -> None:
    url = desk.transfers.link(OutFile("a" * 64, "x.pdf", "application/pdf"))
    assert url is not None
    assert desk.client.get(url.removeprefix(PUBLIC)).status_code == 410


def test_without_a_public_address_there_is_no_link(desk: Desk) -> None:
    alone = Transfers(desk.site.service.engine, desk.site.files, None, lambda: NOW)
    assert alone.link(OutFile("a" * 64, "x.pdf", "application/pdf")) is None


def test_tokens_are_kept_nowhere_and_old_links_go(desk: Desk) -> None:
    desk.issue()
    url = desk.transfers.link(OutFile("a" * 64, "x.pdf", "application/pdf"))
    assert url is not None
    token = url.rpartition("/")[2]
    database = Path(str(desk.site.service.engine.url.database))
    stored = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    assert TOKEN.encode() not in stored and token.encode() not in stored
    with writing(desk.site.service.engine) as session:
        retention.tidy(session, NOW + timedelta(days=91), 90, 1095)
        assert session.scalars(select(UploadLinkRow)).all() == []
        assert session.scalars(select(DownloadLinkRow)).all() == []
