"""An office of eight units with a report in every state, and the browsers of its people."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from bot.domain.filling import Draft
from bot.domain.messages import Attachment
from bot.domain.people import Account, Person, Role, Unit
from bot.domain.rounds import Round, receipt_number
from bot.store import forms, people, rounds, submissions, uploads
from bot.web import door
from bot.web.app import create_app
from bot.web.seat import COOKIE as SEAT
from bot.web.seat import fresh_token
from bot.web.security import LOOPBACK
from bot.web.site import Site
from knowledge.db import writing
from tests.bot import reports
from tests.bot.library import NOW, FakeLibrary, FakeSource
from tests.bot.reports import FORM, VALUES
from tests.bot.site import web_site

BASE = "http://127.0.0.1:8000"
UNITS = (
    *reports.UNITS,
    Unit("bql-nghia-trang", "Ban Quản lý Nghĩa trang liệt sĩ tỉnh"),
    Unit("tt-dich-vu", "Trung tâm Dịch vụ việc làm"),
)
CAST = (
    ("minh", "Trần Quang Minh", Role.ADMIN, None),
    ("binh", "Lê Thanh Bình", Role.LEADER, None),
    ("lan", "Nguyễn Thị Lan", Role.CLERK, "phong-tccb"),
    ("tuan", "Phạm Anh Tuấn", Role.CLERK, "phong-khtc"),
    ("dung", "Vũ Tiến Dũng", Role.STAFF, "van-phong"),
)
PDF = b"%PDF-1.7 trang"


@dataclass
class Pages:
    """The pages over a real database, with a clock that may be moved."""

    site: Site
    now: list[datetime]
    people: dict[str, Person] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)  # tokens of the web chat, by who

    def stranger(self, base: str = BASE) -> TestClient:
        """A browser nobody has used."""
        return TestClient(create_app(self.site, LOOPBACK, public={"tro-ly.example"}), base_url=base)

    def seated(self, who: str) -> TestClient:
        """The browser in which somebody is linked with the web chat."""
        client = self.stranger()
        client.cookies.set(SEAT, self.seats[who])
        return client

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now[0] += timedelta(**span)


def office(home: Path, *, busy: bool = True, library: FakeLibrary | None = None, database: str | None = None) -> Pages:
    """Return the office; `busy` with three rounds, else with people only. `database`: as `web_site` takes it."""
    now = [NOW]
    clock: Callable[[], datetime] = lambda: now[0]  # noqa: E731 - the clock that `later` moves
    site = web_site(home, FakeSource(library or FakeLibrary()), clock=clock, database=database)
    pages = Pages(site, now)
    with writing(site.service.engine) as session:
        for unit in UNITS:
            people.add_unit(session, unit)
        for key, name, role, unit_key in CAST:
            person = people.add_person(session, name, role, unit_key, NOW)
            token = fresh_token()
            people.link(session, person.id, Account("web", token, token, name, NOW))
            pages.people[key], pages.seats[key] = person, token
    if busy:
        _rounds(pages)
    return pages


def _rounds(pages: Pages) -> None:
    site, lan = pages.site, pages.people["lan"].id
    photo = site.files.put(PDF)
    with writing(site.service.engine) as session:
        uploads.keep(session, [Attachment(photo, "ảnh họp sơ kết.pdf", "application/pdf", len(PDF))], NOW)
        form = forms.add(session, FORM, site.files.put(b"workbook"), None, NOW)
        for title, days, closed in (
            ("Báo cáo thi đua – khen thưởng quý III/2025", -40, True),
            ("Báo cáo sơ kết phong trào “Hồ sơ gọn, việc nhanh”", -2, False),
            ("Báo cáo thi đua – khen thưởng quý IV/2025", 5, False),
        ):
            due = NOW + timedelta(days=days, hours=8)
            keys = tuple(unit.key for unit in (UNITS if days != -2 else UNITS[:6]))
            shut = due + timedelta(days=3) if closed else None
            opened = Round(0, title, form, due - timedelta(days=20), due, keys, shut)
            _fill(session, rounds.add(session, opened), opened, photo, lan)


def _fill(session: Session, round_id: int, opened: Round, photo: str, editor: int) -> None:
    """Let the units do different things, one after the other."""
    for position, unit in enumerate(opened.units):
        values = {**VALUES[position % 3]} | ({"anh": photo} if position % 3 == 0 else {})
        wanted = "ASRDSNAD"[position] if opened.closed_at is None else "A"
        at = opened.opens_at + timedelta(days=3 + 2 * position)
        if wanted == "N" or at > NOW:
            continue
        submissions.begin(session, round_id, unit, Draft(values), editor, at)
        if wanted == "D":
            continue
        one = submissions.of_unit(session, round_id, unit)
        assert one is not None
        receipt, late = receipt_number(round_id, one.id, 1), at > opened.due_at
        submissions.submit(session, one.id, 1, receipt, late, editor, at)
        then = at + timedelta(hours=5)
        if wanted == "A":
            submissions.accept(session, one.id, 2, 1, then)
        elif wanted == "R":
            reason = "Số liệu sáng kiến chưa khớp với quyết định công nhận."
            submissions.give_back(session, one.id, 2, reason, ["sang_kien"], 1, then)


def form_token(pages: Pages, who: str) -> str:
    """Return the token that the forms of somebody seated at the web chat carry."""
    return door._csrf(pages.seats[who])


def csrf(page: str) -> str:
    """Return the token of a page's forms."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', page)
    assert found is not None, page
    return found[1]
