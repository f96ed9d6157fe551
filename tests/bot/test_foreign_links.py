"""Links that others hold: a file of another seat, a calendar and an upload page of whoever may no longer."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from bot.dialogues.office import IssueLogin
from bot.domain.messages import OutFile, Reply
from bot.domain.people import Action, Role
from bot.store import outbox, people
from bot.store.turns import Turns
from bot.web.acting import act
from bot.web.app import create_app
from bot.web.site import Site
from knowledge.db import writing
from tests.bot.admin.kit import Pages
from tests.bot.admin.kit import office as pages_of
from tests.bot.library import NOW
from tests.bot.reminded import Reminded

PUBLIC = "tro-ly.example"


def test_a_file_given_at_one_seat_is_not_given_at_another(tmp_path: Path) -> None:
    pages = pages_of(tmp_path)
    minh, file = pages.seated("minh"), OutFile(pages.site.files.put(b"PK tong hop"), "tổng hợp.xlsx", "application/x")
    with writing(pages.site.service.engine) as session:
        outbox.put(session, "web", pages.seats["minh"], Reply("Báo cáo tổng hợp.", file=file), NOW)
    page = minh.get("/").text
    link = re.search(r'href="(/tep/\d+)"', page)
    assert link is not None, page
    assert minh.get(link[1]).content.startswith(b"PK")
    for other in (pages.seated("lan"), pages.seated("binh"), pages.stranger()):
        assert other.get(link[1]).status_code == 404
    assert minh.get("/tep/999999999").status_code == minh.get("/tep/" + "9" * 30).status_code == 404
    pages.site.service.engine.dispose()


def test_a_calendar_ends_with_the_rights_of_its_owner(tmp_path: Path, database: str) -> None:
    office = Reminded(tmp_path, database)
    chat = office.chat
    chat.public_url = f"https://{PUBLIC}"
    chat.restart()
    site = Site(chat.source, Turns(chat.engine), lambda: chat.now, chat.service, chat.files)
    web = TestClient(create_app(site, {"127.0.0.1"}, public={PUBLIC}), base_url=f"https://{PUBLIC}")
    found = [re.search(r"https://\S+", chat.as_(who).says("/lich").replies[0].text) for who in ("lan", "minh")]
    lans, minhs = (one[0] for one in found if one)
    assert "Báo cáo quý IV" in web.get(lans).text and "Báo cáo quý IV" in web.get(minhs).text
    lan, minh = chat.person("lan"), chat.person("minh")
    with writing(chat.engine) as session:
        assert people.deactivate(session, lan.id)
        people.change_person(session, minh.id, Role.STAFF, None, active=True)
    assert web.get(lans).status_code == 404
    assert "Báo cáo quý IV" not in web.get(minhs).text
    chat.engine.dispose()


def test_a_login_link_at_another_browser_after_its_use_or_its_time_signs_nobody_in(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, busy=False)
    first = _link(pages)
    assert pages.stranger().post(first, follow_redirects=False).status_code == 303
    second = _link(pages)
    pages.later(minutes=11)
    for link in (first, second, "/quan-tri/vao/" + "x" * 32, "/quan-tri/vao/x", "/quan-tri/vao/" + "9" * 4000):
        for browser in (pages.stranger(), pages.seated("lan")):
            answer = browser.post(link)
            assert answer.status_code in (404, 410), (link[:40], answer.status_code)
            assert browser.get("/quan-tri").status_code in (401, 403)
    pages.site.service.engine.dispose()


def _link(pages: Pages) -> str:
    token = secrets.token_urlsafe(24)
    act(pages.site, pages.people["minh"], Action.ASK, [IssueLogin(token, pages.now[0] + timedelta(minutes=10))])
    return f"/quan-tri/vao/{token}"
