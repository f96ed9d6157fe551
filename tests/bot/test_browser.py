"""The pages in a real browser: headless Chromium, phone and desktop, light and dark, keyboard only, no JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.domain.messages import Reply
from bot.domain.people import Account, Role
from bot.store import outbox, people
from bot.web.seat import COOKIE, fresh_token
from bot.web.site import Site
from knowledge.db import writing
from tests.bot.admin.accessible import COLOURS
from tests.bot.chromium import CHROMIUM as CHROMIUM  # for whoever starts a browser of their own
from tests.bot.chromium import SMALLEST_TARGET, needs_chromium, serving
from tests.bot.chromium import browser as browser  # a fixture
from tests.bot.library import DEADLINE, NOW, FakeLibrary, FakeSource
from tests.bot.site import web_site

PHONE, DESKTOP = (360, 740), (1280, 800)

_PROVOKED = ("net::ERR_FAILED", "Failed to fetch", "status of 4")  # by the tests of what goes wrong

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages over the small library, in an office that knows nobody."""
    with serving(web_site(tmp_path_factory.mktemp("browser"), FakeSource(FakeLibrary()))) as address:
        yield address


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The pages of an office that knows people."""
    site = web_site(tmp_path_factory.mktemp("office"), FakeSource(FakeLibrary()))
    with serving(site) as address:
        yield Office(site, address)


@dataclass(frozen=True)
class Office:
    """Pages whose visitors are linked."""

    site: Site
    address: str

    def link(self, context: BrowserContext, name: str = "Lan") -> str:
        """Link a browser with a new person; returns its token."""
        token = fresh_token()
        with writing(self.site.service.engine) as session:
            person = people.add_person(session, name, Role.CLERK, None, NOW)
            people.link(session, person.id, Account("web", token, token, "", NOW))
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])
        return token


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own; whatever it complains about (errors, policy violations) fails the test."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    complaints: list[str] = []
    context.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert [text for text in complaints if not any(wanted in text for wanted in _PROVOKED)] == []


@pytest.fixture
def page(context: BrowserContext, site: str) -> Page:
    """A new visitor's page."""
    page = context.new_page()
    page.goto(site)
    return page


def ask(page: Page, question: str) -> None:
    """Type a question as people do, and wait for its answer."""
    turns = page.locator(".turn:not(.waiting)")
    before = turns.count()
    page.get_by_label("Câu hỏi", exact=True).fill(question)
    page.keyboard.press("Enter")
    expect(turns).to_have_count(before + 1)
    expect(page.locator(".waiting")).to_have_count(0)


def test_a_question_is_answered_and_its_source_opened(page: Page) -> None:
    ask(page, "Hạn báo cáo?")
    turn = page.locator(".turn").last
    expect(turn.locator(".question")).to_contain_text("Hạn báo cáo?")
    expect(turn.locator("blockquote").first).to_have_text(DEADLINE)
    turn.get_by_role("link", name="Mục II.1").click()
    mark = page.locator("mark")
    expect(mark).to_have_text(DEADLINE)
    expect(mark).to_be_in_viewport()
    page.get_by_role("link", name="Về hội thoại").click()
    expect(page.locator(".turn blockquote").first).to_have_text(DEADLINE)


def test_examples_ask_themselves_and_make_room(page: Page) -> None:
    page.get_by_role("button", name="Hạn báo cáo của kế hoạch 77/KH-SVT là khi nào?").click()
    expect(page.locator(".turn:not(.waiting) blockquote").first).to_have_text(DEADLINE)
    expect(page.locator(".welcome")).to_be_hidden()
    page.get_by_role("button", name="Hội thoại mới").click()
    expect(page.locator(".welcome")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)


def test_the_newest_answer_is_in_sight(page: Page) -> None:
    for question in ("Hạn báo cáo?", "Giờ mở cửa?", "Ai ký?", "Hạn báo cáo?"):
        ask(page, question)
    expect(page.locator(".turn").last.locator("blockquote").first).to_be_in_viewport()
    page.reload()
    expect(page.locator(".turn")).to_have_count(4)
    expect(page.locator(".turn").last.locator(".feedback")).to_be_in_viewport()


def test_other_documents_and_nearest_passages_unfold(page: Page) -> None:
    ask(page, "Hạn báo cáo?")
    page.get_by_text("Văn bản khác").click()
    expect(page.get_by_text("Kho lưu trữ mở cửa từ 8 giờ")).to_be_visible()
    ask(page, "Ai ký?")
    expect(page.get_by_text("Không tìm thấy câu trả lời")).to_be_visible()
    page.get_by_text("Những đoạn gần nhất").click()
    expect(page.locator(".turn").last.locator("blockquote")).to_be_visible()


def test_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + "van-ban")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Đến nội dung chính")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("Câu hỏi", exact=True)
    expect(field).to_be_focused()  # where there is a keyboard, one may type at once
    page.keyboard.type("Dòng một: hạn")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("báo cáo?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn:not(.waiting) .question")).to_contain_text("Dòng một: hạn báo cáo?")
    expect(field).to_be_focused()
    page.keyboard.press("Shift+Tab")  # the copy button stands before the field
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    thumb = page.get_by_role("button", name="Câu trả lời đúng")
    expect(thumb).to_be_focused()
    page.keyboard.press("Space")
    expect(thumb).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Đã ghi nhận")).to_be_visible()
    expect(thumb).to_be_focused()


def test_focus_is_always_visible(page: Page) -> None:
    ask(page, "Hạn báo cáo?")
    for _ in range(14):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                for (let e = document.activeElement; e; e = e.parentElement) {
                    const style = getComputedStyle(e);
                    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return true;
                }
                return document.activeElement === document.body;
            }"""
        )
        assert seen, page.evaluate("document.activeElement.outerHTML")


def test_nothing_typed_is_lost_when_it_cannot_be_sent(page: Page) -> None:
    field = page.get_by_label("Câu hỏi", exact=True)
    field.fill("à" * 1001)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("rút gọn")
    expect(field).to_have_value("à" * 1001)
    page.route("**/hoi", lambda route: route.abort())
    field.fill("Hạn báo cáo?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("không liên lạc được")
    expect(field).to_have_value("Hạn báo cáo?")
    expect(page.locator(".turn")).to_have_count(0)
    page.unroute("**/hoi")
    page.keyboard.press("Enter")
    expect(page.locator(".turn:not(.waiting)")).to_have_count(1)
    expect(page.get_by_role("alert")).to_be_empty()


def test_a_doubled_enter_asks_once(page: Page) -> None:
    page.get_by_label("Câu hỏi", exact=True).fill("Giờ mở cửa?")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator(".turn:not(.waiting)")).to_have_count(1)
    page.reload()
    expect(page.locator(".turn")).to_have_count(1)


def test_nothing_is_wider_than_the_screen_and_targets_are_large(page: Page, site: str) -> None:
    ask(page, "Hạn báo cáo?")
    page.get_by_text("Văn bản khác").click()
    for path in ("", "van-ban", f"van-ban/{FakeLibrary().cards[0].digest[:16]}", "khong-co"):
        page.goto(site + path) if path else None
        width = page.viewport_size["width"] if page.viewport_size else 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(_SMALL_TARGETS, SMALLEST_TARGET)
        assert small == [], path


_SMALL_TARGETS = """smallest =>
    [...document.querySelectorAll("a, button, summary, textarea")]
        .filter(e => e.checkVisibility() && !e.matches(".skip, .cards h2 a, p > a"))
        .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
        .filter(([box]) => Math.min(box.width, box.height) < smallest - 1)
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(page: Page, site: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    ask(page, "Hạn báo cáo?")
    ask(page, "Ai ký?")
    page.get_by_text("Văn bản khác").click()
    digest, start = FakeLibrary().cards[0].digest[:16], FakeLibrary().document(0).text.index(DEADLINE)
    for path in ("", "van-ban", f"van-ban/{digest}?tu={start}&den={start + 20}"):
        page.goto(site + path) if path else None
        assert page.evaluate(_FAINT) == [], path


# WCAG 2.2, 1.4.3: the contrast of every visible text with the nearest ground that is not transparent.
_FAINT = (
    "() => {"
    + COLOURS
    + """
    const faint = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility()) continue;
        const ratio = contrast(getComputedStyle(element).color, ground(element));
        if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${walker.currentNode.data.trim().slice(0, 40)}`);
    }
    return faint;
}"""
)


@pytest.mark.parametrize(("width", "height"), [PHONE, DESKTOP])
def test_everything_essential_works_without_javascript(browser: Browser, site: str, width: int, height: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": height}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site)
    page.get_by_label("Câu hỏi", exact=True).fill("Hạn báo cáo?")
    page.get_by_role("button", name="Gửi câu hỏi").click()
    expect(page.locator(".turn blockquote").first).to_have_text(DEADLINE)
    expect(page.locator(".turn blockquote").first).to_be_in_viewport()
    page.get_by_text("Văn bản khác").click()
    expect(page.get_by_text("Kho lưu trữ mở cửa từ 8 giờ")).to_be_visible()
    page.get_by_role("button", name="Câu trả lời chưa đúng").click()
    expect(page.get_by_role("button", name="Câu trả lời chưa đúng")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("link", name="Mục II.1").click()
    expect(page.locator("mark")).to_be_in_viewport()
    page.get_by_role("link", name="Hỏi đáp").click()
    page.get_by_role("button", name="Hội thoại mới").click()
    page.get_by_role("button", name="Ai ký kế hoạch 77/KH-SVT?").click()
    expect(page.locator(".turn blockquote").first).to_have_text("Đỗ Thị Mai")
    context.close()


def test_a_screen_reader_finds_its_way(page: Page) -> None:
    ask(page, "Hạn báo cáo?")
    assert page.locator("html").get_attribute("lang") == "vi"
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("banner")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Trang")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("log", name="Hội thoại")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("article", name="Trả lời")).to_have_count(1)
    nameless = page.evaluate(
        """() => [...document.querySelectorAll("button, a, textarea")].filter(e =>
            !(e.textContent.trim() || e.ariaLabel || e.labels?.length)).map(e => e.outerHTML)"""
    )
    assert nameless == []


# Beside questions


def test_the_first_at_the_machine_becomes_the_admin(browser: Browser, tmp_path: Path) -> None:
    with serving(web_site(tmp_path, FakeSource(FakeLibrary()))) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_text("Thiết lập lần đầu").click()
        page.get_by_label("Họ và tên").fill("Trần Minh")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Anh/chị là quản trị đầu tiên")).to_be_visible()
        expect(page.get_by_text("Thiết lập lần đầu")).to_have_count(0)
        page.get_by_text("Trần Minh", exact=True).first.click()
        page.get_by_role("button", name="Thoát khỏi trình duyệt này").click()
        expect(page.get_by_text("xin mã liên kết")).to_be_visible()
        page.close()


def test_buttons_are_tapped_and_the_field_stays_where_it_was(context: BrowserContext, office: Office) -> None:
    office.link(context)
    page = context.new_page()
    page.goto(office.address)
    ask(page, "/huylienket")
    page.get_by_role("button", name="Giữ nguyên").click()
    expect(page.get_by_text("mọi thứ giữ nguyên")).to_be_in_viewport()
    expect(page.locator(".turn .question").last).to_contain_text("Giữ nguyên")
    for _ in range(3):
        ask(page, "Hạn báo cáo?")
    field = page.locator(".field").bounding_box()
    size = page.viewport_size
    assert field is not None and size is not None
    assert field["y"] + field["height"] > size["height"] - 40
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.get_by_role("button", name="Hủy liên kết").click()
    expect(page.get_by_text("thuộc tin nhắn cũ")).to_be_visible()


def test_news_come_to_an_open_page(context: BrowserContext, office: Office) -> None:
    token = office.link(context)
    page = context.new_page()
    page.goto(office.address)
    ask(page, "Giờ mở cửa?")
    with writing(office.site.service.engine) as session:
        outbox.put(session, "web", token, Reply("Báo cáo quý IV đã được duyệt."), NOW)
    expect(page.get_by_text("đã được duyệt")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("đã được duyệt")).to_have_count(1)
    expect(page.get_by_label("Câu hỏi", exact=True)).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_file_is_sent_and_a_wrong_one_refused(browser: Browser, office: Office, tmp_path: Path, script: bool) -> None:
    context = browser.new_context(java_script_enabled=script)
    office.link(context)
    page = context.new_page()
    page.goto(office.address)
    for name, content, says in (
        ("a.exe", b"MZ", "không nhận được"),
        ("báo cáo.pdf", b"%PDF-1.4", "Hiện không có câu hỏi nào cần tệp"),
    ):
        (tmp_path / name).write_bytes(content)
        page.get_by_label("Chọn tệp để gửi").set_input_files(tmp_path / name)
        if script:
            expect(page.get_by_text(f"Sẽ gửi: {name}")).to_be_visible()
        page.get_by_role("button", name="Gửi câu hỏi").click()
        expect(page.get_by_text(says)).to_be_visible()
        expect(page.get_by_text("Sẽ gửi")).to_have_count(0)
    expect(page.locator(".question").last).to_contain_text("Tệp: báo cáo.pdf")
    context.close()
