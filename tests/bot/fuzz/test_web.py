"""Whatever a browser posts to the chat page, no request fails and the next ordinary question is answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote_plus

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.store.tables import InboxRow
from bot.store.turns import Turns
from bot.web.app import create_app
from bot.web.seat import COOKIE
from bot.web.security import LOOPBACK
from bot.web.site import Site
from knowledge.db import reading
from tests.bot.chat import Chat
from tests.bot.fuzz.kit import FEW, TEXTS
from tests.bot.fuzz.office import FORM, links
from tests.bot.library import DEADLINE

ON_BOTH_DATABASES = True

LAN = "lan-at-her-browser-0001"[:22]
PATHS = ("/hoi", "/chon", "/moi", "/danh-gia/1", "/danh-gia/99999999999999999999", "/tin-moi", "/", "/thiet-lap")
BAD_NUMBERS = ("", "-1", "9" * 15, "9" * 30, "1e3", "١", "\x00", "x")
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain; charset=utf-16",
    "\u00ff",
)
BODIES = (
    b"",
    b"q=%ff%fe&q=&q=hai",
    b"q",
    b"=&&&==",
    b"\xff\x00",
    b'{"q":[[]]}',
    b"--x\r\n",
    b'--x\r\nContent-Disposition: form-data; name="q"\r\n\r\nh\xe1\xba\xa1n\xff\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="q"; filename="a.pdf"\r\n\r\n%PDF\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; name="tep"; filename="../\x01\xff.pdf"\r\n\r\n%PDF-1.4\r\n--x--\r\n',
    b'--x\r\nContent-Disposition: form-data; filename="a.pdf"\r\n\r\n%PDF-1.4\r\n--x--\r\n',
    b"--x\r\nX: y\r\n\r\nz\r\n--x--",
)
Act = Callable[[TestClient], httpx.Response]


@pytest.fixture
def site(chat: Chat) -> Site:
    chat.opens(FORM)
    links(chat, "web", LAN)
    return Site(chat.source, Turns(chat.engine), lambda: chat.now, chat.service, chat.files, local=False)


@pytest.fixture
def client(site: Site) -> Iterator[TestClient]:
    """Lan's browser; what fails in the program fails the test."""
    with TestClient(create_app(site, LOOPBACK), base_url="http://127.0.0.1:8000") as client:
        client.cookies.set(COOKIE, LAN, domain="127.0.0.1", path="/")
        yield client


def form(fields: dict[str, str]) -> bytes:
    """Fields as a browser would send them that knows no better: halves of characters too."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass'))}" for name, value in fields.items()
    ).encode()


def posts(path: str, body: bytes, kind: str, htmx: bool) -> Act:
    headers = {"Content-Type": kind.encode("latin-1")} | ({"HX-Request": "true"} if htmx else {})
    return lambda client: client.post(path, content=body, headers=headers)


def says(text: str) -> Act:
    return posts("/hoi", form({"q": text}), KINDS[0], htmx=True)


FIELDS = st.dictionaries(st.sampled_from(("q", "tep", "choice", "turn", "helpful", "name", "")), TEXTS, max_size=4)
ACTS: st.SearchStrategy[Act] = st.one_of(
    st.builds(says, TEXTS),
    st.builds(says, st.just("/baocao")),
    st.builds(posts, st.sampled_from(PATHS), st.builds(form, FIELDS), st.just(KINDS[0]), st.booleans()),
    st.builds(posts, st.sampled_from(PATHS), st.sampled_from(BODIES), st.sampled_from(KINDS), st.booleans()),
    st.builds(
        lambda name, content: lambda client: client.post("/hoi", files={"tep": (name, content)}, data={"q": "đây"}),
        st.sampled_from(("a.pdf", "../../a.pdf", "\u202efdp.exe", "x" * 3000 + ".pdf", '"; name="q"')),
        st.sampled_from((b"%PDF-1.4", b"", b"MZ")),
    ),
    st.builds(
        lambda path: lambda client: client.post(path, files={"tep": ("a.pdf", b"%PDF-1.4")}), st.sampled_from(PATHS)
    ),
    st.builds(lambda since: lambda client: client.get("/tin-moi", params={"sau": since}), st.sampled_from(BAD_NUMBERS)),
)


@FEW
@given(st.lists(ACTS, min_size=1, max_size=4))
def test_no_request_fails_and_the_conversation_goes_on(client: TestClient, site: Site, acts: list[Act]) -> None:
    for act in acts:
        answer = act(client)
        assert answer.status_code < 500, (answer.status_code, answer.request.url)
        assert "Traceback" not in answer.text
    answer = says("/hoi hạn báo cáo?")(client)
    assert (answer.status_code, DEADLINE in answer.text) == (200, True), answer.text
    with reading(site.service.engine) as session:
        assert set(session.scalars(select(InboxRow.state))) == {"done"}


def test_a_question_that_is_a_file_is_no_question(client: TestClient) -> None:
    answer = client.post("/hoi", files={"q": ("a.txt", b"h\xc3\xa1n")}, data={})
    assert answer.status_code == 422
    assert "UploadFile" not in answer.text
