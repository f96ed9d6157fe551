"""Every admin page in headless Chromium: phone, desktop, dark, on paper, without JavaScript, by keyboard."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.checkup.check import Check, State
from bot.dialogues.office import IssueLogin
from bot.domain.people import Action
from bot.domain.questions import Question, QuestionState
from bot.store import claims, logins, notices, questions
from bot.store.tables import InboxRow
from bot.web.acting import act
from bot.web.seat import COOKIE as SEAT
from knowledge.db import writing
from tests.bot.admin.accessible import faults
from tests.bot.admin.kit import Pages, office
from tests.bot.library import FakeLibrary
from tests.bot.test_browser import CHROMIUM, serving
from tests.bot.test_browser import browser as browser  # a fixture

PHONE, DESKTOP, PROJECTOR = (390, 844), (1280, 800), (1920, 1080)
pytestmark = pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason=f"no browser at {CHROMIUM}")
CHECKS = (
    Check("Python", State.FINE, "3.11"),
    Check("Chỉ mục", State.WARNING, "2 tệp đã thay đổi sau khi nạp", "Chạy: tdkt index"),
    Check("Mô hình", State.BAD, "không đọc được", "Cài lại."),
)
LINK = "tOkEn-of-a-link-in-a-real-browser"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Pages, str]]:
    """The office with something on every page, and its address."""
    pages = office(tmp_path_factory.mktemp("served"))
    pages.site = replace(pages.site, checkup=lambda: CHECKS)
    now = pages.now[0]
    with writing(pages.site.service.engine) as session:
        logins.begin(session, "x" * 32, pages.people["minh"].id, "Firefox, Windows", now)
        waits = {"lease_owner": None, "lease_until": None, "done_at": None, "incoming": None, "raw": b""}
        asked = Question(0, "Cơ quan để xe máy ở đâu?", "", "", pages.people["lan"].id, "", "", ("", ""), now)
        questions.add(session, asked)
        done = questions.add(session, replace(asked, text="Ai giữ chìa khóa phòng họp?"))
        by = pages.people["minh"].id
        sent = notices.add(session, "Họp giao ban lúc 8 giờ.\nPhòng họp B.", "tất cả cán bộ", [2, 3, 4], by, now)
        claims.make(session, "d-1", "Báo cáo quý IV", "phong-khtc", pages.people["tuan"].id, now)
        notices.mark_read(session, sent, pages.people["lan"].id, now)
        questions.decide(session, done, QuestionState.APPROVED, answer="Chị Hà, phòng 105.", by=by, now=now)
        session.add(
            InboxRow(
                channel="zalo", update_id="1", chat="c", received_at=now, state="parked", attempts=3, not_before=now,
                error="ValueError()", **waits,
            )
        )  # fmt: skip
    with serving(pages.site) as address:
        yield pages, address.rstrip("/")


def paths(pages: Pages) -> list[str]:
    """Return every page there is."""
    duty = pages.site.service.context("web", "", "", pages.people["minh"], None, pages.now[0]).duties.items()[0]
    shelf = f"/van-ban/{FakeLibrary().cards[0].digest[:16]}"
    return [
        "", "/dot-bao-cao", "/dot-bao-cao/1", "/dot-bao-cao/2", "/dot-bao-cao/3", "/bao-cao/1", "/bao-cao/10",
        "/bao-cao/11", "/bao-cao/12", "/van-ban", shelf, f"{shelf}/tinh-trang", "/cong-bo",
        "/nhiem-vu", f"/nhiem-vu/{duty.key}", "/cau-hoi", "/thong-bao", "/can-bo", "/can-bo/1",
        "/can-bo/3", "/don-vi/phong-tccb", "/nhat-ky", "/nhat-ky?tim=khong-co", "/tinh-trang", "/dot-bao-cao/99",
    ]  # fmt: skip


@pytest.fixture
def context(request: pytest.FixtureRequest, browser: Browser, served: tuple[Pages, str]) -> Iterator[BrowserContext]:
    """Minh's browser; whatever it complains about fails the test."""
    width, height = getattr(request, "param", DESKTOP)
    pages, address = served
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    context.add_cookies([{"name": SEAT, "value": pages.seats["minh"], "url": address}])
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert [text for text in complaints if "status of 4" not in text] == []


both = pytest.mark.parametrize("context", [PHONE, DESKTOP], ids=["phone", "desktop"], indirect=True)


@pytest.mark.parametrize(
    ("context", "scheme"),
    [(PHONE, "light"), (DESKTOP, "light"), (PHONE, "dark"), (PROJECTOR, "dark")],
    ids=["phone", "desktop", "phone in the dark", "projector in the dark"],
    indirect=["context"],
)
def test_every_page_is_accessible_and_fits(context: BrowserContext, served: tuple[Pages, str], scheme: str) -> None:
    pages, address = served
    page = context.new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    wrong: dict[str, list[str]] = {}
    for path in paths(pages):
        page.goto(f"{address}/quan-tri{path}")
        for details in page.locator("details:visible").all():
            details.evaluate("e => { if (!e.matches('.me, .small-menu, .contents details')) e.open = true; }")
        found = faults(page)
        width = page.viewport_size["width"] if page.viewport_size else 0
        if (wide := page.evaluate("document.documentElement.scrollWidth")) > width:
            found.append(f"{wide} pixels wide")
        if found:
            wrong[path] = found
    assert wrong == {}


@both
def test_a_link_signs_in_and_a_report_is_returned(context: BrowserContext, served: tuple[Pages, str]) -> None:
    pages, address = served
    context.clear_cookies()
    token = LINK[:-1] + str(context.pages.__len__()) + str(id(context) % 1000)
    act(pages.site, pages.people["minh"], Action.ASK, [IssueLogin(token, pages.now[0].replace(hour=10))])
    page = context.new_page()
    page.goto(f"{address}/quan-tri/vao/{token}")
    assert faults(page) == []
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Tổng quan")).to_be_visible()
    page.get_by_role("link", name="Phòng Kế hoạch – Tài chính").first.click()
    page.get_by_label("Lý do trả lại").fill("Số liệu chưa khớp.")
    page.get_by_role("checkbox", name="2. Số sáng kiến được công nhận").check()
    page.get_by_role("button", name="Trả lại để sửa").click()
    expect(page.get_by_role("status")).to_contain_text("Đã trả lại báo cáo")
    expect(page.get_by_text("cần sửa").first).to_be_visible()
    page.locator(".me summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Anh/chị đã đăng xuất")).to_be_visible()
    page.goto(f"{address}/quan-tri/vao/{token}")
    expect(page.get_by_role("heading", name="Liên kết này không còn dùng được")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_everything_works_without_javascript(
    browser: Browser, served: tuple[Pages, str], size: tuple[int, int]
) -> None:
    pages, address = served
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, java_script_enabled=False)
    context.add_cookies([{"name": SEAT, "value": pages.seats["minh"], "url": address}])
    page = context.new_page()
    page.goto(f"{address}/quan-tri")
    _open_menu(page)
    page.get_by_role("link", name="Cán bộ, đơn vị").locator("visible=true").first.click()
    page.get_by_label("Họ tên (không bắt buộc)").fill("Đặng Thu Hà")
    page.get_by_role("combobox", name="Đơn vị").select_option("Thanh tra Sở")
    page.get_by_role("button", name="Cấp mã").click()
    expect(page.get_by_text("Mã liên kết cho Đặng Thu Hà")).to_be_visible()
    _open_menu(page)
    page.get_by_role("link", name="Đợt báo cáo").locator("visible=true").first.click()
    page.get_by_role("link", name="Báo cáo thi đua – khen thưởng quý IV/2025").first.click()
    page.get_by_text("Đổi hạn nộp").click()
    page.get_by_label("Ngày").fill("2025-12-05" if size == PHONE else "2025-12-08")
    page.get_by_role("button", name="Đổi hạn").click()
    expect(page.get_by_text("Đã đổi hạn")).to_be_visible()
    context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_notice_to_chosen_units(browser: Browser, served: tuple[Pages, str], scripts: bool) -> None:
    pages, address = served
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, java_script_enabled=scripts)
    context.add_cookies([{"name": SEAT, "value": pages.seats["minh"], "url": address}])
    page = context.new_page()
    page.goto(f"{address}/quan-tri/thong-bao")
    page.get_by_label("Nội dung").fill("Nộp báo cáo trước thứ Sáu.\nXin cảm ơn.")
    page.get_by_role("radio", name="Cán bộ của các đơn vị sau").check()
    page.get_by_role("checkbox", name="Phòng Tổ chức cán bộ").check()
    page.get_by_role("button", name="Xem trước khi gửi").click()
    expect(page.get_by_text("Gửi Phòng Tổ chức cán bộ: 1 người.")).to_be_visible()
    expect(page.get_by_text("Xin cảm ơn.")).to_have_count(1)
    expect(page.locator("textarea")).to_have_count(0)
    if scripts:
        assert faults(page) == []
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Nội dung")).to_have_value("Nộp báo cáo trước thứ Sáu.\nXin cảm ơn.")
    expect(page.get_by_role("checkbox", name="Phòng Tổ chức cán bộ")).to_be_checked()
    page.get_by_role("button", name="Xem trước khi gửi").click()
    page.get_by_role("button", name="Gửi cho 1 người").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gửi thông báo")
    page.get_by_text("Ai đã đọc, ai chưa").first.click()
    expect(page.locator(".notice").first).to_contain_text("Nguyễn Thị Lan")
    context.close()


def _open_menu(page: Page) -> None:
    menu = page.get_by_text("Các trang quản trị", exact=True).locator("visible=true")
    if menu.count():
        menu.click()


def test_the_matrix_is_printed_whole_and_without_the_menu(context: BrowserContext, served: tuple[Pages, str]) -> None:
    page = context.new_page()
    page.goto(f"{served[1]}/quan-tri/dot-bao-cao")
    page.set_viewport_size({"width": 1046, "height": 718})  # A4 across, within its margins
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1046
    expect(page.locator(".side")).to_be_hidden()
    expect(page.locator(".bar")).to_be_hidden()
    assert page.locator(".wide").evaluate("e => getComputedStyle(e).overflowX") == "visible"
