"""A new office's first weeks, from an empty home to an accepted report: steps shared by tests and the guide's pictures.

The admin works in a real browser and in Telegram; one clerk is in Telegram, one in Zalo. `camera` is shown every page
worth a picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.bot.mission.program import PATIENCE, Mission
from tests.bot.scenarios.seats import InTelegram, InZalo, Seat
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo

CODE = r"([A-Z0-9]{5}-[A-Z0-9]{5})"
LAN_UNIT, TUAN_UNIT = "Phòng Tổ chức cán bộ", "Phòng Kế hoạch – Tài chính"
WRITTEN = "Đã triển khai đến 12 phòng, 98% cán bộ tham gia."
Camera = Callable[[str, Page], None]


@dataclass
class Walk:
    """The people of one office and what they do, one after the other."""

    office: Mission
    telegram: FakeTelegram
    zalo: FakeZalo
    page: Page  # the admin's browser
    camera: Camera = lambda name, page: None
    people: dict[str, Seat] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE * 1000)

    @property
    def minh(self) -> Seat:
        """The admin."""
        return self.people["minh"]

    @property
    def lan(self) -> Seat:
        """A clerk, in Telegram."""
        return self.people["lan"]

    @property
    def tuan(self) -> Seat:
        """A clerk of another unit, in Zalo."""
        return self.people["tuấn"]

    # The office.

    def becomes_admin(self) -> None:
        """Take the set-up that the page offers on the machine itself, then link Telegram too."""
        page = self.page
        page.goto(self.office.url)
        page.get_by_text("Thiết lập lần đầu").click()
        page.get_by_label("Họ và tên").fill("Trần Quang Minh")
        self.camera("lan-dau", page)
        page.get_by_role("button", name="Tôi là quản trị").click()
        expect(page.get_by_text("quản trị đầu tiên")).to_be_visible()
        self.asks_on_page("/themtaikhoan")
        code = re.search(CODE, page.locator("#luot li").last.inner_text())
        assert code is not None
        self.links("minh", InTelegram(self.telegram.user("minh")), code[1])

    def asks_on_page(self, text: str) -> None:
        """Write a line on the chat page and wait for what is said to it."""
        page = self.page
        before = page.locator("#luot li").count()
        page.locator("#q").fill(text)
        page.get_by_role("button", name="Gửi câu hỏi").click()
        expect(page.locator("#luot li:not(.waiting)")).to_have_count(before + 1)

    def links(self, name: str, seat: Seat, code: str) -> Seat:
        """Let somebody link their account."""
        seat.says("/start").sees("mã liên kết")
        self.people[name] = seat.says(code.lower()).sees("Đã liên kết")
        return seat

    def signs_in(self) -> None:
        """Go to the admin pages by a one-time link from Telegram, in a browser that knows nobody."""
        self.page.context.clear_cookies()
        link = self.minh.says("/quantri").finds(r"(http://\S+/quan-tri/vao/\S+)")
        self.page.goto(link)
        self.camera("dang-nhap", self.page)
        self.page.get_by_role("button", name="Đăng nhập").click()
        expect(self.page.get_by_role("heading", name="Tổng quan")).to_be_visible()

    def goes_to(self, name: str) -> None:
        """Choose a page of the menu."""
        self.page.get_by_role("link", name=name, exact=True).locator("visible=true").first.click()

    def adds_unit(self, name: str) -> None:
        """Add a unit on the page of people."""
        self.goes_to("Cán bộ, đơn vị")
        self.page.get_by_label("Tên đầy đủ").fill(name)
        self.page.get_by_role("button", name="Thêm đơn vị").click()
        expect(self.page.get_by_role("link", name=name)).to_be_visible()

    def invites(self, name: str, role: str, unit: str, seat: Seat) -> Seat:
        """Give somebody a code on the page, which they send from their account."""
        page = self.page
        self.goes_to("Cán bộ, đơn vị")
        page.get_by_label("Họ tên (không bắt buộc)").fill(name)
        page.get_by_role("combobox", name="Vai trò").select_option(role)
        page.get_by_role("combobox", name="Đơn vị").select_option(unit)
        page.get_by_role("button", name="Cấp mã").click()
        self.camera("cap-ma", page)
        return self.links(name.split()[-1].lower(), seat, page.locator(".code .big").inner_text())

    def in_telegram(self, name: str) -> Seat:
        """A seat in Telegram."""
        return InTelegram(self.telegram.user(name))

    def in_zalo(self, name: str) -> Seat:
        """A seat in Zalo."""
        return InZalo(self.zalo.user(name))

    # Documents and duties.

    def publishes(self, files: Sequence[Path]) -> None:
        """Send files on the page, look at the cards, publish them all."""
        page = self.page
        self.goes_to("Công bố")
        page.get_by_label("Tệp văn bản").set_input_files(files)
        page.get_by_role("button", name="Gửi", exact=True).click()
        cards = page.get_by_role("button", name=re.compile("^Không công bố "))
        expect(cards).to_have_count(len(files), timeout=PATIENCE * 1000)  # the page comes anew by itself
        self.camera("cong-bo", page)
        page.get_by_role("button", name=f"Công bố cả {len(files)} văn bản").click()
        expect(cards).to_have_count(0)
        self.office.settles()
        page.reload()
        expect(page.get_by_text("Không có văn bản nào chờ công bố")).to_be_visible()
        expect(page.get_by_text(": đã xong")).to_have_count(2)  # reading, publishing

    def confirms(self, document: str, words: str, due: str, clock: str) -> None:
        """Confirm the duty of which `document` says "`words`", with a due time of one's own."""
        page = self.page
        self.goes_to("Nhiệm vụ có hạn")
        self.camera("nhiem-vu", page)
        page.get_by_role("listitem").filter(has_text=document).filter(has_text=f"“{words}”").get_by_role(
            "link"
        ).first.click()
        page.get_by_label("Hạn: ngày").fill(due)
        page.get_by_label("Giờ").fill(clock)
        self.camera("xac-nhan", page)
        page.get_by_role("button", name="Xác nhận", exact=True).click()
        expect(page.get_by_role("status")).to_be_visible()

    def opens_round(self) -> None:
        """Open a round from the confirmed duty, with a form made from the tasks of its document."""
        self.page.get_by_role("combobox").select_option("Tạo từ các nhiệm vụ của văn bản")
        self.page.get_by_role("button", name="Mở đợt báo cáo").click()
        expect(self.page.get_by_role("status")).to_be_visible()
        self.office.settles()

    # Weeks go by.

    def comes_to(self, when: str) -> dict[str, str]:
        """Let the clock come to `when`; returns what people were told by then, each in one line."""
        self.office.settles()
        for seat in self.people.values():
            seat.turns_away()
        self.office.moves_to(when)
        return {name: said for name, seat in self.people.items() if (said := seat.turns_away())}

    def fills_in(self, seat: Seat) -> None:
        """Go through the report of somebody's unit up to the review, leaving out what may be left out."""
        seat.says("/baocao").sees("Câu 1/")
        while "Xem lại trước khi nộp" not in seat.text:
            if seat.offers("Không"):
                seat.taps("Không")
            elif "(bắt buộc)" not in seat.text:
                seat.says("bỏ qua")
            else:
                seat.says("98,5" if "%" in seat.text else WRITTEN)
            seat.hears()
            self.office.settles()
            seat.hears()

    def looks_at_round(self) -> None:
        """Sign in anew, as after a week, and go to the newest round."""
        self.signs_in()
        self.goes_to("Đợt báo cáo")
        self.camera("dot-bao-cao", self.page)
        self.page.locator(".matrix thead a").first.click()

    def looks_at_report(self, unit: str) -> None:
        """Open what a unit handed in, from the round."""
        self.page.get_by_role("link", name=unit).click()
        expect(self.page.get_by_text(WRITTEN).first).to_be_visible()

    def returns(self, unit: str, prompt: int, reason: str) -> None:
        """Give a report back on the page, for one of its prompts."""
        page = self.page
        self.looks_at_round()
        self.looks_at_report(unit)
        page.get_by_label("Lý do trả lại").fill(reason)
        page.get_by_role("checkbox", name=re.compile(rf"^{prompt}\.")).check()
        self.camera("duyet", page)
        page.get_by_role("button", name="Trả lại để sửa").click()
        expect(page.get_by_role("status")).to_contain_text("Đã trả lại báo cáo")
        self.office.settles()

    def accepts(self, unit: str) -> None:
        """Take a report on the page."""
        self.looks_at_round()
        self.looks_at_report(unit)
        self.page.get_by_role("button", name="Nhận báo cáo").click()
        expect(self.page.get_by_role("status")).to_contain_text("Đã nhận báo cáo")
        self.office.settles()

    def exports(self, button: str) -> bytes:
        """Download the consolidated report from the page of the round."""
        with self.page.expect_download() as started:
            self.page.get_by_role("link", name=button).click()
        return Path(started.value.path()).read_bytes()

    def answers_question(self, question: str, answer: str, source: str) -> None:
        """Answer on the page what the documents leave open."""
        page = self.page
        self.signs_in()
        self.goes_to("Câu hỏi")
        page.get_by_label("Trả lời", exact=True).fill(answer)
        page.get_by_label("Căn cứ").fill(source)
        self.camera("cau-hoi", page)
        page.get_by_role("button", name=f"Gửi trả lời: {question}").click()
        expect(page.get_by_role("status")).to_contain_text("Đã gửi câu trả lời")
        self.office.settles()
