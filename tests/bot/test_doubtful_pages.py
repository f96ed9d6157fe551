"""A scan whose second page is hard to read: flagged, and shown beside its picture, to whoever may see the document."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect
from starlette.testclient import TestClient

from bot.store.turns import Turns
from bot.web.seat import COOKIE
from bot.web.site import Site
from tests.bot.admin.accessible import faults
from tests.bot.chat import Speaker
from tests.bot.publishing import Office
from tests.bot.publishing import made as made  # a fixture
from tests.bot.test_browser import CHROMIUM, serving
from tests.bot.test_browser import browser as browser  # a fixture
from tests.bot.test_publishing import browser as client_of
from tests.knowledge.office_files import Source, pictures, to_pdf, to_scan, worn

pytestmark = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed: apt-get install tesseract-ocr-vie"
)
needs_chromium = pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason=f"no browser at {CHROMIUM}")
FIRST = Source(
    left=["SỞ VĂN THƯ TỈNH AN BÌNH", "Số: 66/KH-SVT"],
    right=["An Bình, ngày 10 tháng 3 năm 2025"],
    center=["KẾ HOẠCH", "Số hóa tài liệu lưu trữ năm 2025"],
    body=["I. MỤC ĐÍCH", "Mỗi kho lưu trữ số hóa ít nhất một nghìn hồ sơ trong năm."],
)
SECOND = Source(
    body=["II. TỔ CHỨC THỰC HIỆN", "Các phòng báo cáo kết quả số hóa về Văn phòng Sở trước ngày 20/11/2025."],
    endright=["GIÁM ĐỐC", "Đỗ Thị Mai"],
)


def scan() -> bytes:
    """Return the plan as an office scans it: the second page faded."""
    (first,), (second,) = pictures(to_pdf(FIRST), dpi=120), pictures(to_pdf(SECOND), dpi=100)
    return to_scan([first, worn(second, blur=2.1, specks=300)])


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, made: Path) -> Iterator[Office]:
    """The office to which Minh has sent the scan."""
    one = Office(tmp_path_factory.mktemp("scans"), made)
    minh = one.as_("minh").attaches(("ke-hoach-66.pdf", scan()))
    minh.sees("Kế hoạch 66/KH-SVT", "Chữ nhận dạng chưa chắc chắn ở trang 2", replies=2)
    yield one
    one.engine.dispose()


@pytest.fixture(scope="module")
def digest(office: Office) -> str:
    """The handle of the scan once it is published."""
    aside(lambda: office.as_("minh").says("/congbo 1").sees("Đã công bố", replies=2))
    library = office.source.current()
    assert library is not None
    return next(card.digest for card in library.cards if card.header.symbol == "66/KH-SVT")[:16]


def aside(says: Callable[[], Speaker]) -> None:
    """Let somebody write while a browser is open, which keeps the event loop of this thread."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(says).result()


def picture(client: TestClient, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content))


def test_before_the_decision_the_page_is_compared(office: Office) -> None:
    minh = client_of(office, "minh")
    assert 'href="/quan-tri/cong-bo/1"' in minh.get("/quan-tri/cong-bo").text
    shown = minh.get("/quan-tri/cong-bo/1").text
    assert "Trang 2" in shown and "Trang 1:" not in shown and 'src="/quan-tri/cong-bo/1/trang/2"' in shown
    image = picture(minh, "/quan-tri/cong-bo/1/trang/2")
    assert image.height > image.width > 1000
    assert minh.get("/quan-tri/cong-bo/1/trang/1").status_code == 404  # nothing doubtful there
    assert client_of(office, "lan").get("/quan-tri/cong-bo/1/trang/2").status_code == 403


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_admins_see_both_together_in_a_browser(office: Office, browser: Browser, width: int) -> None:
    seen_together(office, browser, "minh", "/quan-tri/cong-bo/1", width)


def seen_together(office: Office, browser: Browser, who: str, path: str, width: int) -> None:
    """Check that picture and words stand side by side, on a phone one below the other, on an accessible page."""
    seat = client_of(office, who).cookies[COOKIE]
    site = Site(office.source, Turns(office.engine), lambda: office.now, office.service, office.files)
    with serving(site) as address:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN")
        context.add_cookies([{"name": COOKIE, "value": seat, "url": address}])
        page, complaints = context.new_page(), []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.goto(f"{address.rstrip('/')}{path}")
        image, words = page.locator(".compare img"), page.locator(".compare .read")
        expect(image).to_be_visible()
        assert image.evaluate("async one => { await one.decode(); return one.naturalWidth; }") > 1000
        left, right = image.bounding_box(), words.bounding_box()
        assert left is not None and right is not None
        assert (right["x"] > left["x"] + left["width"]) is (width == 1280)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(page) == [] and complaints == []
        context.close()


def test_readers_see_what_was_read_beside_its_picture(office: Office, digest: str) -> None:
    lan = client_of(office, "lan")
    shown = lan.get(f"/van-ban/{digest}").text
    assert f'src="/van-ban/{digest}/trang/2"' in shown and 'class="doubtful"' in shown
    assert picture(lan, f"/van-ban/{digest}/trang/2").height > 1000
    for number in (0, 1, 3):
        assert lan.get(f"/van-ban/{digest}/trang/{number}").status_code == 404
    assert picture(client_of(office, "minh"), f"/quan-tri/van-ban/{digest}/trang/2").height > 1000


def test_the_chat_says_which_pages_may_be_wrong(office: Office, digest: str) -> None:
    aside(lambda: office.as_("lan").says("/vanban 66").sees("Đọc từ bản scan; chữ ở trang 2 có thể sai"))


def test_whoever_may_not_see_the_document_sees_no_page_of_it(office: Office, digest: str) -> None:
    minh = office.as_("minh")
    aside(lambda: minh.says("/vanban 66").taps("Giới hạn đơn vị").taps("Kế hoạch – Tài chính").taps("Xong"))
    assert client_of(office, "lan").get(f"/van-ban/{digest}/trang/2").status_code == 410
    assert client_of(office, "tuan").get(f"/van-ban/{digest}/trang/2").status_code == 200
    stranger = client_of(office, "lan")
    stranger.cookies.clear()
    assert stranger.get(f"/van-ban/{digest}/trang/2").status_code == 403
    aside(lambda: minh.says("/vanban 66").taps("Giới hạn đơn vị").taps("Mọi người đều xem được"))


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_readers_see_both_together_in_a_browser(office: Office, digest: str, browser: Browser, width: int) -> None:
    seen_together(office, browser, "lan", f"/van-ban/{digest}", width)


def test_an_original_that_is_gone_or_another_is_not_shown(office: Office, digest: str) -> None:
    (kept,) = (office.home / "documents").rglob("*.pdf")
    content = kept.read_bytes()
    lan = client_of(office, "lan")
    kept.write_bytes(to_scan(pictures(to_pdf(SECOND), dpi=60) * 2))
    assert lan.get(f"/van-ban/{digest}/trang/2").status_code == 404
    assert "Không còn bản gốc để đối chiếu" in lan.get(f"/van-ban/{digest}").text
    kept.write_bytes(content)
