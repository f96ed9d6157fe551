"""Who one is on the page, and everything beside questions: codes, buttons, files, what others had to tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.dialogues import router
from bot.dialogues.report.interrupting import ABOUT
from bot.dialogues.state import Context, State, Step
from bot.domain.codes import Offer, digest
from bot.domain.messages import Attachment, Choice, Incoming, IncomingKind, OutFile, Reply
from bot.domain.people import Role
from bot.store import audit, codes, outbox, people, retention, turns
from bot.store.tables import OutboxRow
from bot.web.app import create_app
from bot.web.seat import COOKIE
from bot.web.security import LARGEST_BODY, LOOPBACK, UPLOADS
from bot.web.site import Site, templates
from knowledge.db import reading, writing
from tests.bot.library import DEADLINE, NOW, FakeLibrary, FakeSource, plan
from tests.bot.site import web_site

BASE = "http://127.0.0.1:8000"
HTMX = {"HX-Request": "true"}
CODE = "BCDFG-HJKMN"
PDF = b"%PDF-1.4 mau"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    yield site
    site.service.engine.dispose()


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """A browser at this machine, in an office that knows nobody."""
    with browser(site) as client:
        yield client


@pytest.fixture
def minh(client: TestClient) -> TestClient:
    """The browser of the first admin."""
    become_admin(client)
    return client


def browser(site: Site, **headers: str) -> TestClient:
    return TestClient(create_app(site, LOOPBACK), base_url=BASE, headers=headers)


def become_admin(client: TestClient, name: str = "Minh") -> int:
    """Ask to be the first admin; returns the status of the page that follows."""
    return client.post("/thiet-lap", data={"name": name}).status_code


def say(client: TestClient, text: str) -> str:
    page = client.post("/hoi", data={"q": text}, headers=HTMX)
    assert page.status_code == 200, page.text
    return page.text


def shown(page: str) -> list[str]:
    """Return what the messages of a page say."""
    return re.findall(r'<p class="statement">(.*?)</p>', page, re.DOTALL)


def give_code(site: Site, code: str = CODE, name: str = "Lan") -> None:
    with writing(site.service.engine) as session:
        offer = Offer(digest(code.replace("-", "")), Role.CLERK, None, "", name, None)
        codes.issue(session, offer, "Minh", NOW, NOW + timedelta(hours=1))


def owner_of(site: Site, client: TestClient) -> str | None:
    with reading(site.service.engine) as session:
        person = people.person_of(session, "web", client.cookies.get(COOKIE) or "")
    return person.name if person else None


def tell(site: Site, client: TestClient, reply: Reply) -> None:
    """Let somebody else write to this browser."""
    with writing(site.service.engine) as session:
        outbox.put(session, "web", client.cookies[COOKIE], reply, NOW)


# The first at the machine


def test_a_newcomer_at_the_machine_may_ask_and_is_asked_whether_they_are_the_admin(client: TestClient) -> None:
    page = client.get("/").text
    assert "Tôi là quản trị" in page
    assert "Ai ký kế hoạch 77/KH-SVT?" in page
    assert DEADLINE in say(client, "hạn?")
    assert "Tôi là quản trị" in client.get("/").text


def test_the_first_becomes_the_admin_and_only_the_first(client: TestClient, site: Site) -> None:
    say(client, "hạn?")
    before = client.cookies[COOKIE]
    become_admin(client, "  Trần  Minh ")
    page = client.get("/").text
    assert client.cookies[COOKIE] != before
    assert "Chào anh/chị Trần Minh. Anh/chị là quản trị đầu tiên" in page
    assert DEADLINE in page  # what was said goes along
    assert "Tôi là quản trị" not in page
    with browser(site) as second:
        assert "Tôi là quản trị" not in second.get("/").text
        become_admin(second)
        assert owner_of(site, second) is None
    with reading(site.service.engine) as session:
        assert [person.role for person in people.people(session)] == [Role.ADMIN]
        assert audit.newest(session, 1)[0].action == "first-admin"


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-For": "203.0.113.5"},
        {"Forwarded": "for=203.0.113.5"},
        {"X-Real-IP": "203.0.113.5"},
        {"Origin": "https://tdkt.vi-du.vn", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_nobody_becomes_the_admin_or_asks_through_a_proxy(site: Site, headers: dict[str, str]) -> None:
    with browser(site, **headers) as client:
        assert become_admin(client) == 403
        refused = client.post("/hoi", data={"q": "hạn?"})
        assert refused.status_code == 422
        assert "mã liên kết" in refused.text
        assert DEADLINE not in refused.text


def test_a_page_open_to_the_network_makes_nobody_the_admin(tmp_path: Path) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()), local=False)
    with browser(site) as client:
        page = client.get("/").text
        assert "Tôi là quản trị" not in page
        assert "xin mã liên kết" in page
        assert become_admin(client) == 403
        assert "mã liên kết" in say(client, "hạn?")
    site.service.engine.dispose()


@pytest.mark.parametrize("allowed", [True, False])
def test_strangers_ask_where_the_setting_lets_them(tmp_path: Path, allowed: bool) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()), local=False, strangers_may_ask=allowed)
    with browser(site) as client:
        assert (DEADLINE in say(client, "hạn?")) is allowed
        assert ("Ai ký kế hoạch" in client.post("/moi").text) is allowed
    site.service.engine.dispose()


# Linking


def test_a_code_links_the_browser_and_changes_its_token(minh: TestClient, site: Site) -> None:
    give_code(site)
    with browser(site) as client:
        assert "xin mã liên kết" in client.get("/").text
        assert "mã liên kết" in say(client, "hạn?")
        before = client.cookies[COOKIE]
        answer = client.post("/hoi", data={"q": CODE.lower()}, headers=HTMX)
        assert answer.headers["HX-Refresh"] == "true"
        assert client.cookies[COOKIE] != before
        page = client.get("/").text
        assert "Xin chào Lan" in page
        assert owner_of(site, client) == "Lan"
        assert DEADLINE in say(client, "hạn?")
        client.cookies.clear()
        client.cookies.set(COOKIE, before, domain="127.0.0.1", path="/")
        assert owner_of(site, client) is None
        assert "Xin chào Lan" not in client.get("/").text


def test_a_code_links_without_javascript(minh: TestClient, site: Site) -> None:
    give_code(site)
    with browser(site) as client:
        page = client.post("/hoi", data={"q": CODE}).text
        assert "Xin chào Lan" in page
        assert "Thoát khỏi trình duyệt này" in page
        assert "/quan-tri" not in page and "/quan-tri" in minh.get("/").text  # shown to whom it is open


def test_leaving_unlinks_the_browser(minh: TestClient, site: Site) -> None:
    say(minh, "hạn?")
    token = minh.cookies[COOKIE]
    page = minh.post("/thoat").text
    assert COOKIE not in minh.cookies
    assert "Thoát khỏi" not in page
    minh.cookies.set(COOKIE, token, domain="127.0.0.1", path="/")
    assert owner_of(site, minh) is None
    assert DEADLINE not in minh.get("/").text
    with reading(site.service.engine) as session:
        assert audit.newest(session, 1)[0].action == "unlink"


@pytest.mark.parametrize(("base", "secure"), [(BASE, False), ("https://localhost", True), ("http://localhost", True)])
def test_the_cookie_is_guarded(tmp_path: Path, base: str, secure: bool) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()), https_name="localhost")
    with browser(site) as client:
        client.base_url = base
        asked = client.post("/hoi", data={"q": "hạn?"}, headers=HTMX)
        begun = client.post("/thiet-lap", data={"name": "Minh"}, follow_redirects=False)
        for answer in (asked, begun):
            given = answer.headers["Set-Cookie"].lower()
            assert "httponly" in given
            assert "samesite=lax" in given
            assert ("secure" in given) is secure
    site.service.engine.dispose()


def test_behind_a_proxy_everything_is_for_people_with_a_code(tmp_path: Path) -> None:
    site = web_site(tmp_path, FakeSource(FakeLibrary()), local=False, https_name="tdkt.vi-du.vn")
    app = create_app(site, LOOPBACK, public={"tdkt.vi-du.vn"})
    document = f"/van-ban/{plan().digest[:16]}"
    with TestClient(app, base_url="https://tdkt.vi-du.vn") as client:
        front = client.get("/").text
        assert "mã liên kết dùng một lần" in front and "Thiết lập lần đầu" not in front
        assert become_admin(client) == 403
        assert "mã liên kết" in say(client, "hạn báo cáo?")
        for path in ("/van-ban", document):
            page = client.get(path)
            assert page.status_code == 403 and "mã liên kết" in page.text and "77/KH-SVT" not in page.text
        give_code(site)
        assert "Đã liên kết" in say(client, CODE)
        assert DEADLINE in say(client, "hạn báo cáo?")
        assert "77/KH-SVT" in client.get("/van-ban").text and client.get(document).status_code == 200
        origin = {"Origin": "https://tdkt.vi-du.vn", "Host": "127.0.0.1:8000"}  # a proxy that gives us another name
        assert client.post("/hoi", data={"q": "hạn?"}, headers=origin).status_code == 200
    site.service.engine.dispose()


def test_a_one_time_code_is_shown_once(minh: TestClient, site: Site) -> None:
    answer = say(minh, "/themtaikhoan")
    code = re.search(r'<span class="whole">([0-9A-Z]{5}-[0-9A-Z]{5})</span>', answer)
    assert code is not None
    assert code[1] not in minh.get("/").text
    with browser(site) as phone:
        say(phone, code[1])
        assert owner_of(site, phone) == "Minh"


# Buttons


def test_choices_are_buttons_and_old_ones_are_answered_kindly(minh: TestClient) -> None:
    page = say(minh, "/huylienket")
    turn = re.search(r'name="turn" value="(\d+)"', page)
    assert turn is not None
    assert 'name="choice" value="keep">Giữ nguyên</button>' in page
    tap = {"turn": turn[1], "choice": "keep"}
    kept = minh.post("/chon", data=tap, headers=HTMX).text
    assert "mọi thứ giữ nguyên" in kept
    assert "Giữ nguyên" in kept  # what was tapped, as said
    assert "đã nhận lựa chọn này rồi" in minh.post("/chon", data=tap, headers=HTMX).text
    assert "thuộc tin nhắn cũ" in minh.post("/chon", data=tap | {"choice": "unlink"}, headers=HTMX).text
    assert "mọi thứ giữ nguyên" in minh.post("/chon", data=tap).text  # without JavaScript the page comes back


@pytest.mark.parametrize("tap", [{}, {"turn": "x", "choice": "a"}, {"turn": "1"}, {"turn": "9" * 30, "choice": "a"}])
def test_senseless_taps(minh: TestClient, tap: dict[str, str]) -> None:
    assert minh.post("/chon", data=tap).status_code == 404


def test_the_whole_section_is_one_tap_away_and_the_rest_unfolds_in_the_card(minh: TestClient) -> None:
    card = say(minh, "hạn?")
    assert 'value="section">Xem cả mục II.1</button>' in card
    assert 'value="others"' not in card
    turn = re.search(r'name="turn" value="(\d+)"', card)
    assert turn is not None
    section = minh.post("/chon", data={"turn": turn[1], "choice": "section"}, headers=HTMX).text
    assert "12 hồ sơ &lt;mẫu&gt;" in section
    assert 'class="choices"' not in section


def test_in_mid_report_only_what_the_card_does_not_unfold_is_a_button(minh: TestClient, site: Site) -> None:
    say(minh, "hạn?")
    keys = ("o0", f"{ABOUT}section", f"{ABOUT}others", f"{ABOUT}elsewhere")
    tell(site, minh, Reply("Ta làm tiếp báo cáo.", tuple(Choice(key, key.upper()) for key in keys)))
    news = minh.get("/tin-moi?sau=2").text
    assert re.findall(r'name="choice" value="([^"]+)"', news) == ["o0", f"{ABOUT}section"]


# What others tell


def test_news_appear_while_the_page_is_open_and_when_it_is_opened(minh: TestClient, site: Site) -> None:
    assert minh.get("/tin-moi?sau=1").status_code == 204
    tell(site, minh, Reply("Báo cáo quý IV đã được duyệt."))
    news = minh.get("/tin-moi?sau=1").text
    assert shown(news) == ["Báo cáo quý IV đã được duyệt."]
    assert 'class="question"' not in news
    newest = re.findall(r'id="luot-(\d+)"', news)[-1]
    assert minh.get(f"/tin-moi?sau={newest}").status_code == 204
    assert minh.get("/tin-moi?sau=0").status_code == 200  # another tab gets the same
    tell(site, minh, Reply("Nhắc: còn 3 ngày."))
    assert "Nhắc: còn 3 ngày." in minh.get("/").text
    assert minh.get("/tin-moi?sau=x").status_code == 204


def test_news_are_for_their_browser_only(minh: TestClient, site: Site) -> None:
    tell(site, minh, Reply("Riêng cho Minh."))
    with browser(site) as other:
        say(other, "chào")
        assert "Riêng cho Minh" not in other.get("/tin-moi?sau=0").text
        assert "Riêng cho Minh" not in other.get("/").text


# Files


def received(site: Site, monkeypatch: pytest.MonkeyPatch) -> list[Attachment]:
    """Let a dialogue take every file and return one."""
    taken: list[Attachment] = []

    def step(state: State, incoming: Incoming, context: Context) -> Step:
        if incoming.kind is not IncomingKind.FILE:
            return router.step(state, incoming, context)
        taken.extend(context.desk.fetched(one) for one in incoming.attachments)
        back = OutFile(taken[-1].ref.removeprefix("sha256:"), "Tổng hợp “quý IV”.pdf", "application/pdf")
        return Step(replace(state, turn=state.turn + 1), (Reply("Đã nhận.", (Choice("a", "Tiếp"),), back),))

    monkeypatch.setattr(site.service, "_step", step)
    return taken


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_file_is_sent_and_one_comes_back(
    minh: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    taken = received(site, monkeypatch)
    upload = {"tep": ("../../báo cáo.pdf", PDF, "text/html")}
    page = minh.post("/hoi", data={"q": "kèm theo"}, files=upload, headers=headers)
    assert page.status_code == 200
    assert "Tệp: báo cáo.pdf\nkèm theo" in page.text
    assert [(one.name, one.mime, one.size) for one in taken] == [("báo cáo.pdf", "application/pdf", len(PDF))]
    link = re.search(r'href="(/tep/\d+)"', page.text)
    assert link is not None
    file = minh.get(link[1])
    assert file.content == PDF
    assert file.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''T%E1%BB%95ng")
    assert file.headers["Content-Type"] == "application/pdf"
    with browser(site) as other:
        say(other, "chào")
        assert other.get(link[1]).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.exe", b"MZ", "không nhận được"),
        ("a.pdf", b"MZ", "không phải là tệp .pdf"),
        ("a.pdf", b"", "không có nội dung"),
        ("a.txt", b"x" * (20 * 2**20 + 1), "vượt mức 20 MB"),
    ],
)
def test_what_is_no_proper_file_is_refused_in_one_line(minh: TestClient, name: str, content: bytes, says: str) -> None:
    answer = minh.post("/hoi", files={"tep": (name, content)}, headers=HTMX)
    assert answer.status_code == 422
    assert says in answer.text
    assert "<html" not in answer.text


def test_files_of_strangers_are_not_kept(site: Site, client: TestClient, tmp_path: Path) -> None:
    answer = client.post("/hoi", files={"tep": ("a.pdf", PDF)})
    assert answer.status_code == 422
    assert "đã liên kết" in answer.text
    assert not (tmp_path / "files").exists()
    assert 'type="file"' not in client.get("/").text


def test_only_forms_with_files_may_be_large(minh: TestClient) -> None:
    large = "x" * (LARGEST_BODY + 1)
    assert minh.post("/hoi", data={"q": large}).status_code == 413
    assert minh.post("/chon", files={"tep": ("a.txt", large)}).status_code == 413
    assert minh.post("/hoi", files={"tep": ("a.txt", large)}).status_code == 200
    assert UPLOADS["/hoi"] < 2**30


# What is kept


def test_erasing_oneself_erases_the_page(minh: TestClient, site: Site) -> None:
    say(minh, "hạn?")
    page = say(minh, "/xoadulieu")
    turn = re.search(r'name="turn" value="(\d+)"', page)
    assert turn is not None
    minh.post("/chon", data={"turn": turn[1], "choice": "erase"})
    page = minh.get("/").text
    assert "Đã xóa dữ liệu của anh/chị" in page
    assert DEADLINE not in page
    assert "hạn?" not in page


def test_turns_go_with_the_messages(minh: TestClient, site: Site) -> None:
    say(minh, "hạn?")
    assert minh.post("/danh-gia/2", data={"helpful": "1"}).status_code == 200
    assert minh.post("/danh-gia/1", data={"helpful": "1"}).status_code == 404  # no answer to a question
    tell(site, minh, Reply("Không ai xem nữa."))
    with writing(site.service.engine) as session:
        retention.tidy(session, NOW + timedelta(days=89), 90, 1000)
    assert DEADLINE in minh.get("/").text
    tell(site, minh, Reply("Không ai xem nữa."))
    with writing(site.service.engine) as session:
        retention.tidy(session, NOW + timedelta(days=91), 90, 1000)
        for table in (turns.TurnRow, turns.FeedbackRow):
            assert session.query(table).count() == 0
        assert not session.query(OutboxRow).count()


def test_a_new_conversation_keeps_who_one_is(minh: TestClient, site: Site) -> None:
    say(minh, "hạn?")
    page = minh.post("/moi").text
    assert 'class="turn"' not in page
    assert owner_of(site, minh) == "Minh"
    assert minh.get("/tin-moi?sau=0").status_code == 204


def test_what_is_told_is_escaped_and_addresses_open() -> None:
    words = templates().env.filters["words"]
    told = words('<b> & "x" https://a.vn/tai-len/x?y=1&z=2. Mã ABCDE-12345')
    assert "<b>" not in told
    assert '<a href="https://a.vn/tai-len/x?y=1&amp;z=2">' in told
    assert '<span class="whole">ABCDE-12345</span>' in told
    assert "onclick" not in words('https://a.vn/"onclick="x').split(">")[0]
