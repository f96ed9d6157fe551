"""A guided report over Zalo up to its receipt: prompts together, photos, the upload page, numbered choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.zalo.channel import Zalo
from bot.domain.rounds import Round
from bot.forms.xlsform import read_form
from bot.store import forms, rounds, submissions
from bot.store.report_tables import SubmissionRow
from bot.transfers import Transfers
from bot.web.pages import transfers as pages
from knowledge.db import reading, writing
from tests.bot.library import FakeLibrary, FakeSource
from tests.bot.office import Office, now
from tests.bot.site import web_site
from tests.bot.test_forms import workbook
from tests.bot.zalo.kit import access, link
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo_people import Person

PUBLIC = "https://tdkt.vi-du.vn"
PDF, JPEG = b"%PDF-1.7 trang", b"\xff\xd8\xff anh"
SURVEY = (
    ("integer", "sang_kien", "Số sáng kiến"),
    ("integer", "tap_the", "Số tập thể tiêu biểu"),
    ("text", "kho_khan", "Khó khăn, vướng mắc"),
    ("file", "kem_theo", "Tài liệu kèm theo"),
)


@pytest.fixture
def office(tmp_path: Path, server: FakeZalo, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr("bot.channels.pauses.FIRST", 0.02)
    office = Office(tmp_path / "office", lambda: Zalo(access(server), link, now, poll_seconds=1), PUBLIC)
    with writing(office.engine) as session:
        form = forms.add(session, read_form(workbook(SURVEY)), "a" * 64, None, now())
        until = now() + timedelta(days=9)
        rounds.add(session, Round(0, "Báo cáo quý IV", form, now() - timedelta(days=1), until, ("tccb",)))
    office.start()
    yield office
    office.stop()
    office.engine.dispose()


def hears(lan: Person, *containing: str) -> str:
    """Return the next message, and check what it says."""
    text = lan.wait_for_reply().text
    assert all(part in text for part in containing), text
    return text


def test_a_report_with_a_photo_and_a_file_from_the_page(office: Office, server: FakeZalo, tmp_path: Path) -> None:
    lan = server.user("lan")
    office.knows("zalo", lan.id, "Lan")
    lan.sends("/baocao")
    hears(lan, "Số sáng kiến", "Số tập thể tiêu biểu")  # several prompts in one message
    lan.sends("mười hai; 3")
    hears(lan, "Khó khăn")
    lan.sends("Thiếu máy quét.")
    path = re.search(rf"{PUBLIC}(/tai-len/\S+)", hears(lan, "Tài liệu kèm theo", "Gửi tệp tại trang này"))
    assert path is not None
    lan.sends_photo(JPEG)
    lan.sends_photo(JPEG + b"2")  # chosen together: one answer, and one message of the quota
    hears(lan, "Đã nhận anh.jpg, anh-2.jpg.")
    site = web_site(tmp_path / "web", FakeSource(FakeLibrary()))
    transfers = Transfers(office.engine, office.files, PUBLIC, now)
    with TestClient(Starlette(routes=pages.routes(site, transfers, lambda: None))) as client:
        done = client.post(path[1], files={"tep": ("bc.pdf", PDF)}).text
    site.service.engine.dispose()
    assert "quay lại Zalo" in done
    hears(lan, "bc.pdf")
    lan.sends("xong")
    card = hears(lan, "12", "Thiếu máy quét.", "3 tệp")
    submit = next(line.split(".")[0] for line in card.splitlines() if re.match(r"\d+\. Nộp", line))
    lan.sends(submit)
    hears(lan, "BC1-0001-1")
    with reading(office.engine) as session:
        report = submissions.submission(session, session.scalars(select(SubmissionRow.id)).one())
    assert report is not None
    kept = str(report.draft.values["kem_theo"]).split()
    assert sorted(office.files.read(one) for one in kept) == sorted([PDF, JPEG, JPEG + b"2"])
