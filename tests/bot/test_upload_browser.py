"""The upload page in a real browser: phone and desktop, without JavaScript."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.store import uploads
from bot.store.uploads import Link
from bot.transfers import Transfers
from bot.web.pages import transfers as pages
from knowledge.db import writing
from tests.bot.chromium import SMALLEST_TARGET, needs_chromium, serving
from tests.bot.chromium import browser as browser  # a fixture
from tests.bot.library import NOW, FakeLibrary, FakeSource
from tests.bot.site import web_site

PHONE, DESKTOP = (360, 740), (1280, 800)
SHOTS = os.environ.get("TDKT_SCREENSHOTS")  # a folder for pictures to look at

pytestmark = needs_chromium


@pytest.fixture
def upload_page(tmp_path: Path) -> Iterator[str]:
    """Serve the page; yields its address with a fresh link."""
    site = web_site(tmp_path, FakeSource(FakeLibrary()))
    engine = site.service.engine
    with writing(engine) as session:
        uploads.issue(session, "token-of-a-phone", Link("zalo", "lan-chat", "lan", NOW + timedelta(hours=4)))
    routes = pages.routes(site, Transfers(engine, site.files, None, lambda: NOW), lambda: None)
    with serving(site, routes) as address:
        yield f"{address}tai-len/token-of-a-phone"


@pytest.mark.parametrize(("width", "height"), [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_files_are_sent_from_any_screen(
    browser: Browser, upload_page: str, tmp_path: Path, width: int, height: int
) -> None:
    report, program = tmp_path / "Báo cáo thi đua quý IV năm 2025 của Phòng Tổ chức cán bộ.pdf", tmp_path / "bai.exe"
    report.write_bytes(b"%PDF-1.7 noi dung")
    program.write_bytes(b"MZ")
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(upload_page)
    expect(page.get_by_role("heading", name="Gửi tệp cho trợ lý")).to_be_visible()
    fits(page, width, f"form-{width}")
    page.get_by_label("Chọn tệp").set_input_files([program])
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.get_by_role("alert")).to_contain_text("loại tệp .exe không nhận được")
    fits(page, width, f"error-{width}")
    page.get_by_label("Chọn tệp").set_input_files([report])
    page.get_by_role("button", name="Gửi tệp").click()
    expect(page.get_by_role("heading", name="Đã nhận, quay lại Zalo để tiếp tục")).to_be_visible()
    expect(page.get_by_text(report.name)).to_be_visible()
    fits(page, width, f"done-{width}")
    page.goto(upload_page)
    expect(page.get_by_role("heading", name="Liên kết này không còn dùng được")).to_be_visible()
    fits(page, width, f"gone-{width}")
    context.close()


def fits(page: Page, width: int, name: str) -> None:
    """Nothing is wider than the screen, and what is tapped is large enough."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")
    for target in page.locator("main button, main input").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= SMALLEST_TARGET
        assert box["x"] >= 0 and box["x"] + box["width"] <= width
    for line in page.locator("main h1, main p, main li, main form").all():
        box = line.bounding_box()
        assert box is not None and box["x"] + box["width"] <= width
