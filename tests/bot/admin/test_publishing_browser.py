"""The page of publishing in a browser: files sent, progress that moves by itself, cancelling, the card."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.domain.pace import Reached
from bot.domain.publishing import JobState
from bot.store import jobs
from bot.store.turns import Turns
from bot.web.seat import COOKIE
from bot.web.site import Site
from knowledge.db import reading, writing
from tests.bot.admin.accessible import faults
from tests.bot.publishing import PLAN, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures
from tests.bot.test_browser import CHROMIUM, serving
from tests.bot.test_browser import browser as browser  # a fixture
from tests.bot.test_publishing import browser as client_of

pytestmark = pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason=f"no browser at {CHROMIUM}")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages look for what is new every second."""
    monkeypatch.setattr("bot.web.pages.admin.publishing._REFRESH", 1)


@contextmanager
def opened(office: Office, browser: Browser, width: int, *, scripts: bool = True) -> Iterator[Page]:
    """Minh's page of publishing; whatever the browser complains about fails the test."""
    seat = client_of(office, "minh").cookies[COOKIE]
    site = Site(office.source, Turns(office.engine), lambda: office.now, office.service, office.files)
    with serving(site) as address:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", java_script_enabled=scripts
        )
        context.add_cookies([{"name": COOKIE, "value": seat, "url": address}])
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{address.rstrip('/')}/quan-tri/cong-bo")
        yield page
        context.close()
        assert complaints == []


def sends(page: Page, *names: str) -> None:
    content = [{"name": name, "mimeType": "text/plain", "buffer": PLAN.encode()} for name in names]
    page.get_by_label("Tệp văn bản").set_input_files(content)  # type: ignore[arg-type]  # as FilePayload
    page.get_by_role("button", name="Gửi", exact=True).click()


@pytest.mark.parametrize("width", [390, 1280])
def test_progress_moves_and_the_card_comes_without_a_reload(office: Office, browser: Browser, width: int) -> None:
    with opened(office, browser, width) as page:
        sends(page, "ke-hoach-88.txt")
        expect(page.get_by_text("Đọc tệp “ke-hoach-88.txt”: đang chờ")).to_be_visible()
        page.evaluate("document.body.dataset.mine = 'here'")
        with writing(office.engine) as session:  # what a worker does, stopped in the middle
            job = jobs.claim(session, "reading", "elsewhere", office.now, office.service.lease)
            assert job is not None
            until = office.now + office.service.lease
            jobs.renew(session, job.id, "elsewhere", until, Reached(0, 1, page=2, pages=12, seconds_left=130))
        running = page.get_by_text("Đọc tệp “ke-hoach-88.txt”: đang chạy, trang 3/12, còn khoảng 2 phút")
        expect(running).to_be_visible(timeout=10_000)
        assert page.get_by_role("progressbar").evaluate("bar => bar.value") == pytest.approx(2 / 12)
        assert faults(page) == [] and page.evaluate("document.documentElement.scrollWidth") <= width
        with writing(office.engine) as session:
            jobs.put_back(session, job.id, "elsewhere", office.now)
        office.publisher.do_one()
        expect(page.get_by_role("heading", name="Kế hoạch 88/KH-SVT")).to_be_visible(timeout=10_000)
        assert page.evaluate("document.body.dataset.mine") == "here"
        page.get_by_role("button", name="Công bố Kế hoạch 88/KH-SVT", exact=True).click()
        expect(page.get_by_text("Công bố Kế hoạch 88/KH-SVT: đang chờ")).to_be_visible()
        office.publisher.do_one()
        expect(page.get_by_text("Công bố Kế hoạch 88/KH-SVT: đã xong")).to_be_visible(timeout=10_000)


def test_a_job_is_cancelled_without_javascript(office: Office, browser: Browser) -> None:
    with opened(office, browser, 390, scripts=False) as page:
        sends(page, "a.txt", "b.txt")
        page.get_by_role("button", name="Hủy: “a.txt”, “b.txt”").click()
        expect(page.get_by_text("Đang hủy việc này.")).to_be_visible()
        office.publisher.do_one()
        expect(page.get_by_text("Đọc tệp “a.txt”, “b.txt”: đã hủy")).to_be_visible(timeout=10_000)  # by itself
    with reading(office.engine) as session:
        job = jobs.job(session, 1)
    assert job is not None and job.state is JobState.CANCELLED
