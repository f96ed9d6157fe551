"""The pages as a browser without JavaScript gets them, and as htmx asks for them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.talk import Talk
from bot.web.app import create_app
from bot.web.pages import chat
from bot.web.seat import COOKIE
from bot.web.security import LARGEST_BODY, LOOPBACK
from bot.web.site import STATIC, Site
from bot.worker import Processor
from tests.bot.library import DEADLINE, NOW, FakeLibrary, FakeSource
from tests.bot.site import web_site

BASE = "http://127.0.0.1:8000"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def source() -> FakeSource:
    return FakeSource(FakeLibrary())


@pytest.fixture
def site(source: FakeSource, tmp_path: Path) -> Iterator[Site]:
    site = web_site(tmp_path, source)
    yield site
    site.service.engine.dispose()


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    with TestClient(create_app(site, LOOPBACK), base_url=BASE, raise_server_exceptions=False) as client:
        yield client


def ask(client: TestClient, question: str) -> str:
    page = client.post("/hoi", data={"q": question})
    assert page.status_code == 200  # after the redirect
    return page.text


def test_an_empty_chat_offers_questions(client: TestClient) -> None:
    page = client.get("/").text
    assert "2 văn bản" in page
    assert 'value="Hạn báo cáo của kế hoạch 77/KH-SVT là khi nào?"' in page
    assert COOKIE not in client.cookies


def test_a_question_is_answered_without_javascript(client: TestClient) -> None:
    posted = client.post("/hoi", data={"q": " Hạn  báo cáo? "}, follow_redirects=False)
    assert posted.status_code == 303
    assert posted.headers["location"] == "/#luot-1"
    page = client.get("/").text
    assert "Hạn báo cáo?" in page
    assert DEADLINE in page
    assert "Hạn báo cáo: trước ngày 15/12/2025 (còn 24 ngày)." in page
    assert "dự thảo, chưa ban hành" in page
    assert page.index("Xem thêm trong văn bản này") < page.index("Văn bản khác")


def test_htmx_gets_the_turn_alone(client: TestClient) -> None:
    turn = client.post("/hoi", data={"q": "giờ mở cửa?"}, headers=HTMX).text
    assert turn.lstrip().startswith('<li class="turn" id="luot-1"')
    assert "<html" not in turn


def test_a_refusal_says_so_and_shows_the_nearest_passages(client: TestClient) -> None:
    page = ask(client, "ai là thủ kho?")
    assert "Không tìm thấy câu trả lời" in page
    assert "không nói về điều này" in page
    assert "Những đoạn gần nhất" in page


def test_follow_ups_bring_the_earlier_questions_until_a_new_conversation(
    client: TestClient, source: FakeSource
) -> None:
    ask(client, "hạn?")
    ask(client, "thế còn giờ?")
    assert source.library is not None
    assert source.library.asked[-1] == ("thế còn giờ?", ("hạn?",))
    page = client.post("/moi")
    assert 'class="turn"' not in page.text
    ask(client, "giờ?")
    assert source.library.asked[-1] == ("giờ?", ())


def test_conversations_do_not_mix(client: TestClient) -> None:
    ask(client, "hạn?")
    mine = client.cookies[COOKIE]
    client.cookies.clear()
    assert DEADLINE not in client.get("/").text
    client.cookies.set(COOKIE, "x" * 500)
    assert client.get("/").status_code == 200
    client.cookies.clear()
    client.cookies.set(COOKIE, mine, domain="127.0.0.1", path="/")
    assert DEADLINE in client.get("/").text


@pytest.mark.parametrize(
    ("question", "says"), [("", "đang trống"), (" \u200b ", "đang trống"), ("à" * 1001, "rút gọn")]
)
def test_what_cannot_be_asked_is_said_kindly_and_kept(client: TestClient, question: str, says: str) -> None:
    page = client.post("/hoi", data={"q": question})
    assert page.status_code == 422
    assert says in page.text
    assert question.strip("\u200b ") in page.text
    fragment = client.post("/hoi", data={"q": question}, headers=HTMX)
    assert fragment.headers["HX-Retarget"] == "#loi"
    assert "<html" not in fragment.text


def test_nothing_indexed(client: TestClient, source: FakeSource) -> None:
    source.library = None
    assert "tdkt index" in client.get("/").text
    assert "Chưa có văn bản nào được nạp" in ask(client, "hạn?")
    assert "Chưa có văn bản" in client.get("/van-ban").text


def test_a_new_snapshot_is_taken_up_between_two_questions(client: TestClient, source: FakeSource) -> None:
    ask(client, "hạn?")
    source.library = FakeLibrary(*FakeLibrary().documents[:1])
    assert "1 văn bản" in client.post("/moi").text


def test_everything_shown_is_escaped(client: TestClient) -> None:
    page = ask(client, "<script>alert(1)</script> & “giờ”")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_thumbs_are_kept(client: TestClient, headers: dict[str, str]) -> None:
    ask(client, "hạn?")
    answer = client.post("/danh-gia/1", data={"helpful": "1"}, headers=headers)
    assert answer.status_code == 200
    page = client.get("/").text
    assert re.search(r'value="1" id="dung-1" aria-pressed="true"', page)
    assert re.search(r'value="0" id="sai-1" aria-pressed="false"', page)


def test_thumbs_are_only_for_ones_own_turns(client: TestClient) -> None:
    ask(client, "hạn?")
    assert client.post("/danh-gia/1", data={"helpful": "maybe"}).status_code == 404
    assert client.post("/danh-gia/2", data={"helpful": "1"}).status_code == 404
    client.cookies.clear()
    assert client.post("/danh-gia/1", data={"helpful": "1"}).status_code == 404


# The reader


def test_a_citation_opens_its_document_with_the_words_marked(client: TestClient) -> None:
    page = ask(client, "hạn?")
    address = re.search(r'href="(/van-ban/[0-9a-f]+\?tu=\d+&amp;den=\d+&amp;luot=1)#trich"', page)
    assert address is not None
    reader = client.get(address[1].replace("&amp;", "&")).text
    assert f'<mark id="trich" tabindex="-1">{DEADLINE}</mark>' in reader
    assert 'href="/#luot-1"' in reader
    assert '<a href="#muc-5">' in reader
    assert "12 hồ sơ &lt;mẫu&gt;" in reader
    assert "VanThu" not in reader
    assert "Lộ đường dẫn tệp" in reader


@pytest.mark.parametrize("query", ["?tu=a&den=b", "?tu=5", "?tu=9&den=2", "?tu=0&den=99999999", "?tu=%EF%BC%91&den=2"])
def test_a_senseless_place_marks_nothing(client: TestClient, query: str) -> None:
    digest = FakeLibrary().cards[0].digest[:16]
    page = client.get(f"/van-ban/{digest}{query}")
    assert page.status_code == 200
    assert "<mark" not in page.text


def test_a_document_that_is_gone(client: TestClient) -> None:
    page = client.get("/van-ban/0123456789abcdef")
    assert page.status_code == 410
    assert "không còn trong chỉ mục" in page.text


def test_the_list_of_documents(client: TestClient) -> None:
    page = client.get("/van-ban").text
    assert "Kế hoạch 77/KH-SVT" in page
    assert "Dự thảo" in page


# Errors and guards


def test_unknown_pages_are_vietnamese_pages(client: TestClient) -> None:
    missing = client.get("/khong-co")
    assert missing.status_code == 404
    assert "Không tìm thấy trang này" in missing.text
    assert client.get("/hoi").status_code == 405


def test_a_failing_page_is_a_vietnamese_page(
    client: TestClient, source: FakeSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise RuntimeError("scripted failure")

    monkeypatch.setattr(source, "current", fail)
    failed = client.get("/van-ban")
    assert failed.status_code == 500
    assert "scripted failure" not in failed.text
    assert "Chương trình vẫn chạy" in failed.text
    assert failed.headers["X-Frame-Options"] == "DENY"


def test_a_question_that_fails_is_said_to_have_failed(source: FakeSource, tmp_path: Path) -> None:
    seconds = itertools.count()
    site = web_site(tmp_path, source, clock=lambda: NOW + timedelta(seconds=next(seconds)))
    with TestClient(create_app(site, LOOPBACK), base_url=BASE) as client:
        page = ask(client, "hỏng")
        assert "Tôi gặp lỗi khi xử lý tin nhắn này" in page
        assert "scripted failure" not in page
        assert DEADLINE in ask(client, "hạn?")


def test_a_slow_answer_comes_when_it_is_there(client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    ask(client, "giờ?")
    monkeypatch.setattr(chat, "_PATIENCE", 0.0)
    monkeypatch.setattr(Talk, "_process", lambda *_: False)
    slow = client.post("/hoi", data={"q": "hạn?"}, headers=HTMX)
    assert "đang được xử lý" in slow.text
    assert client.get("/tin-moi?sau=1").status_code == 204
    monkeypatch.undo()
    Processor(site.service, "other", site.clock, done=lambda: None).do_some(1)
    news = client.get("/tin-moi?sau=1").text
    assert DEADLINE in news
    assert "hạn?" in news
    assert client.get("/tin-moi?sau=2").status_code == 204


@pytest.mark.parametrize("address", ["/", "/van-ban", "/khong-co", "/static/base.css"])
def test_every_response_carries_the_security_headers(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert ("immutable" in headers["Cache-Control"]) == address.startswith("/static")


def test_nothing_inline_and_nothing_from_elsewhere() -> None:
    for template in (STATIC.parent / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", text), template.name
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), template.name
    for sheet in STATIC.glob("*.css"):
        assert not re.search(r"@import|url\(\"?(?:https?:)?//", sheet.read_text(encoding="utf-8")), sheet.name


def test_shipped_htmx_names_its_version_and_licence() -> None:
    licence = (STATIC / "htmx.LICENSE.txt").read_text(encoding="utf-8")
    from hashlib import sha256

    assert sha256((STATIC / "htmx.min.js").read_bytes()).hexdigest() in licence
    assert "4.0.1" in licence
    assert "Permission to use, copy, modify" in licence


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8000", "", "[", "a@evil"])
def test_foreign_host_names_are_not_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_the_loopbacks_own_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Origin": BASE}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": BASE}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "http://127.0.0.1:9999"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_posts_from_other_sites_are_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/hoi", data={"q": "hạn?"}, headers=headers).status_code == status


def test_large_or_unmeasured_bodies_are_refused(client: TestClient) -> None:
    assert client.post("/hoi", data={"q": "x" * LARGEST_BODY}).status_code == 413
    chunks = iter([b"q=", b"x"])
    assert client.post("/hoi", content=chunks, headers={"Transfer-Encoding": "chunked"}).status_code == 411
