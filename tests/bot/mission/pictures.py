"""The pictures of README.vi.md, taken from the running program: `python -m tests.bot.mission.pictures`.

The office is fictional, its documents are the shipped ones; the people walk as in the test beside this. Pictures are
reduced to few colours, so that all of them together stay small.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bot.mission.program import mission
from tests.bot.mission.walk import CODE, LAN_UNIT, TUAN_UNIT, Walk
from tests.bot.test_browser import CHROMIUM
from tests.conftest import SAMPLES

FOLDER = Path(__file__).resolve().parents[3] / "bot" / "guide"
# Each with its height at a width of 1,280 pixels: what matters is at the top.
WANTED: Mapping[str, int] = {
    "lan-dau": 700,
    "cap-ma": 1000,
    "dang-nhap": 460,
    "tong-quan": 700,
    "cong-bo": 1040,
    "nhiem-vu": 860,
    "xac-nhan": 1240,
    "dot-bao-cao": 860,
    "dot": 980,
    "duyet": 1000,
    "cau-hoi": 760,
}
ON_A_PHONE = ("hoi-dap", "bao-cao")
PHONE = {"width": 390, "height": 844}
_WIDTH, _COLOURS = 1280, 96
_OTHERS = (
    ("Văn phòng Sở", "Đặng Thu Hà"),
    ("Thanh tra Sở", "Vũ Tiến Dũng"),
    ("Trung tâm Lưu trữ lịch sử", "Đỗ Thị Mai"),
    ("Phòng Cải cách hành chính", "Ngô Gia Bảo"),
)


def shoot(name: str, page: Page) -> None:
    """Keep what the page shows, at the size of its viewport, in few colours."""
    page.evaluate("document.activeElement?.blur()")
    taken = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    reduced = taken.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    reduced.save(FOLDER / f"{name}.png", optimize=True)


def camera(name: str, page: Page) -> None:
    """Keep a page of the admin that the guide shows; the newest of each name stays."""
    if name not in WANTED:
        return
    page.set_viewport_size({"width": _WIDTH, "height": WANTED[name]})
    page.evaluate("scrollTo(0, 0)")
    shoot(name, page)


def main() -> None:
    """Take every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with mission(Path(folder) / "var", "2026-11-23 08:30", samples=False) as (office, telegram, zalo):
            page = browser.new_context(viewport={"width": _WIDTH, "height": 800}, locale="vi-VN").new_page()
            walk = Walk(office, telegram, zalo, page, camera)
            _office(walk)
            _reports(walk)
            _on_a_phone(walk, browser)
            _questions(walk)
        browser.close()
    print(f"{FOLDER}: {sum(one.stat().st_size for one in FOLDER.iterdir()):,} bytes")


def _office(walk: Walk) -> None:
    walk.becomes_admin()
    walk.signs_in()
    for unit in (LAN_UNIT, TUAN_UNIT, *(unit for unit, _ in _OTHERS)):
        walk.adds_unit(unit)
    for unit, name in _OTHERS:
        walk.invites(name, "Cán bộ tổng hợp", unit, walk.in_telegram(name.split()[-1].lower()))
    walk.invites("Phạm Anh Tuấn", "Cán bộ tổng hợp", TUAN_UNIT, walk.in_zalo("tuấn"))
    walk.invites("Nguyễn Thị Lan", "Cán bộ tổng hợp", LAN_UNIT, walk.in_telegram("lan"))
    walk.publishes([one for one in sorted(SAMPLES.iterdir(), reverse=True) if one.suffix in (".docx", ".md")])
    walk.confirms("245/KH-SNV", "trước ngày 20/11/2027", "2026-12-16", "17:00")
    walk.opens_round()


def _reports(walk: Walk) -> None:
    for when, name in (("2026-11-26 10:00", "hà"), ("2026-12-01 14:30", "tuấn"), ("2026-12-03 09:15", "lan")):
        walk.comes_to(when)
        walk.fills_in(walk.people[name])
        walk.people[name].taps("Nộp").sees("Số biên nhận")
    walk.accepts("Văn phòng Sở")
    walk.comes_to("2026-12-04 08:20")
    walk.returns(TUAN_UNIT, 2, "Cần ghi rõ những thành phần hồ sơ nào đã được đề xuất cắt giảm.")
    walk.comes_to("2026-12-07 09:00")
    walk.people["mai"].says("/baocao").sees("Câu 1/").says("97,2").sees("Câu 2/")
    walk.people["mai"].says("để sau").sees("Đã lưu bản nháp")
    walk.comes_to("2026-12-09 09:40")


def _on_a_phone(walk: Walk, browser: Browser) -> None:
    """Show a clerk's way through a report, on the page of a phone."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, locale="vi-VN", is_mobile=True)  # type: ignore[arg-type]  # a plain dict
    page, bao = context.new_page(), walk.people["bảo"]
    code = bao.says("/themtaikhoan").finds(CODE)
    page.goto(walk.office.url)
    page.locator("#q").fill(code)
    page.get_by_role("button", name="Gửi câu hỏi").click()
    expect(page.get_by_text("Đã liên kết")).to_be_visible()
    phone = Walk(walk.office, walk.telegram, walk.zalo, page)
    phone.asks_on_page("tỷ lệ chiến sĩ thi đua cơ sở tối đa bao nhiêu?")
    shoot("hoi-dap", page)
    phone.asks_on_page("/baocao")
    phone.asks_on_page("98,5")
    page.locator("#luot li").last.evaluate("it => it.scrollIntoView({block: 'start', behavior: 'instant'})")
    shoot("bao-cao", page)
    context.close()


def _questions(walk: Walk) -> None:
    question = "Khách đến cơ quan gửi xe máy ở đâu?"
    walk.people["lan"].says(question).taps("Gửi câu hỏi cho người phụ trách").hears()
    walk.signs_in()
    camera("tong-quan", walk.page)
    walk.answers_question(question, "Gửi ở sân sau, vào cổng số 2.", "Nội quy cơ quan, mục 4")
    walk.looks_at_round()
    camera("dot", walk.page)


if __name__ == "__main__":
    main()
