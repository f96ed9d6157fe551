"""The way to the admin pages: a link from the chat, used once; sessions that end; forms that are not ours."""

from __future__ import annotations

import re
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from starlette.testclient import TestClient

from bot.dialogues.office import IssueLogin
from bot.domain.people import Action
from bot.store import audit, logins, people
from bot.web.acting import act
from bot.web.door import COOKIE
from knowledge.db import reading, writing
from tests.bot.admin.kit import BASE, Pages, csrf
from tests.bot.chat import Chat

TOKEN = "tOkEn-of-a-link-from-the-chat-32c"
LINK = f"/quan-tri/vao/{TOKEN}"


def give_link(pages: Pages, who: str = "minh", token: str = TOKEN) -> None:
    """Issue a link, as the chat does."""
    act(pages.site, pages.people[who], Action.ASK, [IssueLogin(token, pages.now[0] + timedelta(minutes=10))])


def enter(pages: Pages, who: str = "minh", base: str = BASE) -> TestClient:
    """Sign somebody in by a link of their own."""
    give_link(pages, who)
    browser = pages.stranger(base)
    assert browser.post(LINK, follow_redirects=False).status_code == 303
    return browser


# In chat


def test_admins_and_leaders_get_a_link_that_leads_to_the_pages(chat: Chat) -> None:
    chat.public_url = "https://tro-ly.example"
    chat.restart()
    for who in ("minh", "binh"):
        says = chat.as_(who).says("/quantri").sees("một lần", "10 phút").replies[0]
        found = re.search(r"https://tro-ly\.example/quan-tri/vao/([\w-]{32})", says.text)
        assert found is not None and says.secret
        with reading(chat.engine) as session:
            assert logins.look_up(session, found[1], chat.now) == chat.person(who).id
            assert found[1] not in str(audit.newest(session, 50))  # the link itself is kept nowhere


def test_only_they_and_only_in_private(chat: Chat) -> None:
    chat.public_url = "https://tro-ly.example"
    chat.restart()
    chat.as_("lan").says("/quantri").sees("không có quyền")
    chat.as_("hoa").says("/quantri").sees("mã liên kết")
    chat.as_("minh", "nhom", private=False).says("/quantri").sees("nhắn riêng")


def test_without_an_address_the_chat_says_what_to_set(chat: Chat) -> None:
    chat.as_("minh").says("/quantri").sees("TDKT_PUBLIC_URL")


# The link


def test_looking_at_the_link_does_not_use_it_up(pages: Pages) -> None:
    give_link(pages)
    browser = pages.stranger()
    for _ in range(3):  # messengers look at links to show a preview
        page = browser.get(LINK)
        assert page.status_code == 200 and "Trần Quang Minh" in page.text and COOKIE not in browser.cookies
        assert browser.head(LINK).status_code == 200
    assert browser.post(LINK, follow_redirects=False).headers["location"] == "/quan-tri"
    assert "Trần Quang Minh" in browser.get("/quan-tri").text


def test_a_link_is_good_for_one_session(pages: Pages) -> None:
    enter(pages)
    other = pages.stranger()
    assert other.get(LINK).status_code == 410
    assert other.post(LINK).status_code == 410 and other.get("/quan-tri").status_code == 401
    assert "/quantri" in other.get(LINK).text


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (10, 410)])
def test_a_link_lasts_ten_minutes(pages: Pages, minutes: int, status: int) -> None:
    give_link(pages)
    pages.later(minutes=minutes)
    assert pages.stranger().get(LINK).status_code == status


def test_a_new_link_ends_those_before(pages: Pages) -> None:
    give_link(pages)
    give_link(pages, token="another-link-of-the-same-person1")
    assert pages.stranger().get(LINK).status_code == 410


def test_a_link_gives_nothing_to_whoever_lost_the_right(pages: Pages) -> None:
    give_link(pages, "binh")
    with writing(pages.site.service.engine) as session:
        people.change_person(session, pages.people["binh"].id, pages.people["lan"].role, None, active=True)
    assert pages.stranger().post(LINK).status_code == 410


def test_another_site_cannot_use_a_link(pages: Pages) -> None:
    give_link(pages)
    browser = pages.stranger()
    assert browser.post(LINK, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert browser.get(LINK).status_code == 200  # still good


# Sessions


@pytest.mark.parametrize(("base", "secure"), [(BASE, False), ("https://tro-ly.example", True)])
def test_the_cookie_of_a_session_is_guarded(pages: Pages, base: str, secure: bool) -> None:
    give_link(pages)
    given = SimpleCookie(pages.stranger(base).post(LINK, follow_redirects=False).headers["set-cookie"])[COOKIE]
    assert given["httponly"] and given["samesite"] == "strict" and given["path"] == "/quan-tri"
    assert bool(given["secure"]) is secure and not given["max-age"]
    with reading(pages.site.service.engine) as session:
        kept = logins.sessions(session, pages.now[0])
    assert given.value not in repr(kept)


def test_a_session_ends_after_an_hour_without_use(pages: Pages) -> None:
    browser = enter(pages)
    for _ in range(3):
        pages.later(minutes=59)
        assert browser.get("/quan-tri").status_code == 200
    pages.later(minutes=61)
    ended = browser.get("/quan-tri")
    assert ended.status_code == 401 and "/quantri" in ended.text


def test_a_session_ends_after_eight_hours_whatever_is_done(pages: Pages) -> None:
    browser = enter(pages)
    for _ in range(15):
        pages.later(minutes=30)
        assert browser.get("/quan-tri").status_code == 200
    pages.later(minutes=30)
    assert browser.get("/quan-tri").status_code == 401


def test_signing_out_ends_the_session_in_the_database_too(pages: Pages) -> None:
    browser = enter(pages)
    kept = browser.cookies[COOKIE]
    token = csrf(browser.get("/quan-tri").text)
    assert "đã đăng xuất" in browser.post("/quan-tri/dang-xuat", data={"csrf": token}).text
    browser.cookies.set(COOKIE, kept, path="/quan-tri")
    assert browser.get("/quan-tri").status_code == 401


def test_taking_rights_away_ends_the_sessions(pages: Pages) -> None:
    binh, minh = enter(pages, "binh"), pages.seated("minh")
    person = pages.people["binh"].id
    page = minh.get(f"/quan-tri/can-bo/{person}").text
    assert "Trình duyệt" in page or "Phiên" in page
    assert minh.post(f"/quan-tri/can-bo/{person}/quyen", data={"csrf": csrf(page), "quyen": "0"}).status_code == 200
    assert binh.get("/quan-tri").status_code == 401
    with reading(pages.site.service.engine) as session:
        assert logins.sessions(session, pages.now[0]) == ()


def test_an_admin_ends_somebodys_session(pages: Pages) -> None:
    binh, minh = enter(pages, "binh"), pages.seated("minh")
    person = pages.people["binh"].id
    page = minh.get(f"/quan-tri/can-bo/{person}").text
    action = re.search(r'action="(/quan-tri/can-bo/\d+/phien/\d+)"', page)
    assert action is not None
    assert "Đã kết thúc phiên" in minh.post(action[1], data={"csrf": csrf(page)}).text
    assert binh.get("/quan-tri").status_code == 401


def test_old_sessions_and_links_are_removed(pages: Pages) -> None:
    enter(pages)
    give_link(pages, "binh", "a-link-that-nobody-ever-opened-1")
    with writing(pages.site.service.engine) as session:
        assert logins.tidy(session, pages.now[0]) == 0
        assert logins.tidy(session, pages.now[0] + timedelta(hours=9)) == 3


def test_whoever_is_linked_with_the_web_chat_needs_no_link(pages: Pages) -> None:
    assert "Tổng quan" in pages.seated("minh").get("/quan-tri").text
    assert pages.seated("lan").get("/quan-tri").status_code == 403
    assert pages.stranger().get("/quan-tri").status_code == 401


# Forms that are not ours


@pytest.mark.parametrize("token", [None, "", "0" * 32, "của trang khác"])
def test_a_form_without_our_token_does_nothing(pages: Pages, token: str | None) -> None:
    minh = pages.seated("minh")
    minh.get("/quan-tri/can-bo")
    data = {"ten": "Phòng Giả mạo"} | ({"csrf": token} if token is not None else {})
    refused = minh.post("/quan-tri/don-vi", data=data)
    assert refused.status_code == 403 and "chưa làm gì" in refused.text
    assert "Phòng Giả mạo" not in minh.get("/quan-tri/can-bo").text


def test_the_token_of_one_session_is_worth_nothing_in_another(pages: Pages) -> None:
    theirs = csrf(enter(pages, "binh").get("/quan-tri").text)
    minh = pages.seated("minh")
    assert minh.post("/quan-tri/don-vi", data={"csrf": theirs, "ten": "Phòng X mới"}).status_code == 403


def test_a_form_from_another_site_is_refused_though_its_token_were_known(pages: Pages) -> None:
    minh = pages.seated("minh")
    data = {"csrf": csrf(minh.get("/quan-tri/can-bo").text), "ten": "Phòng X mới"}
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://khac.example"}):
        assert minh.post("/quan-tri/don-vi", data=data, headers=headers).status_code == 403
    assert "Đã thêm đơn vị" in minh.post("/quan-tri/don-vi", data=data).text


def test_signing_out_needs_our_token_too(pages: Pages) -> None:
    browser = enter(pages)
    browser.post("/quan-tri/dang-xuat", data={"csrf": "x"})
    assert browser.get("/quan-tri").status_code == 200
