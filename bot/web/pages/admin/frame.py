"""What the admin pages share: who may look and do, the frame around a page, what went wrong said kindly.

    look(site, "/nhat-ky", Action.READ_AUDIT, page)      a page: `page(room)` returns it
    do(site, "/loi/{id:int}", Action.MANAGE_PEOPLE, act)  a form: `act(room, form)` changes something and redirects

Both refuse whoever is not signed in or may not; `do` refuses a form that is not ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.context import Live
from bot.dialogues.state import Effect
from bot.domain.people import Action, may
from bot.errors import Conflict
from bot.web import door
from bot.web.acting import NotAllowed, act
from bot.web.door import AREA, SignedIn
from bot.web.security import ADMIN, MOST_FILES
from bot.web.site import Site

# The pages in the order of the menu: path, name, what looking needs.
PAGES: tuple[tuple[str, str, Action], ...] = (
    ("", "Tổng quan", AREA),
    ("/dot-bao-cao", "Đợt báo cáo", AREA),
    ("/van-ban", "Văn bản", Action.ASK),
    ("/cong-bo", "Công bố", Action.MANAGE_DOCUMENTS),
    ("/nhiem-vu", "Nhiệm vụ có hạn", Action.CONFIRM_OBLIGATIONS),
    ("/cau-hoi", "Câu hỏi", Action.ANSWER_QUESTIONS),
    ("/thong-bao", "Thông báo", Action.NOTIFY),
    ("/can-bo", "Cán bộ, đơn vị", Action.MANAGE_PEOPLE),
    ("/nhat-ky", "Nhật ký", Action.READ_AUDIT),
    ("/tinh-trang", "Tình trạng", Action.MANAGE_PEOPLE),
)
# What was done, as `?xong=` of the page that follows names it.
DONE: dict[str, str] = {
    "gui-van-ban": "Đã nhận tệp. Đọc xong, văn bản hiện ở mục chờ công bố.",
    "cong-bo": "Đang công bố; tiến độ ở ngay dưới đây.",
    "khong-cong-bo": "Đã bỏ văn bản, không giữ lại tệp.",
    "van-ban": "Đã lưu tình trạng văn bản.",
    "go-van-ban": "Đã gỡ văn bản; bản gốc vẫn được giữ để khôi phục.",
    "tra-van-ban": "Đang khôi phục văn bản; xong thì mọi người lại tra cứu được.",
    "huy-viec": "Đang hủy việc này.",
    "nhan": "Đã nhận báo cáo và báo cho đơn vị.",
    "tra-lai": "Đã trả lại báo cáo và báo cho đơn vị.",
    "nhac": "Đã nhắc các đơn vị chưa nộp.",
    "gia-han": "Đã đổi hạn và báo các đơn vị chưa nộp.",
    "xac-nhan": "Đã xác nhận nhiệm vụ.",
    "bo-qua": "Đã bỏ qua nhiệm vụ này.",
    "gop": "Đã gộp nhiệm vụ này.",
    "giu": "Đã giữ nguyên quyết định trước.",
    "xet-lai": "Nhiệm vụ này lại chờ xác nhận.",
    "mo-dot": "Đã mở đợt báo cáo và báo các đơn vị.",
    "tra-loi": "Đã gửi câu trả lời cho người hỏi.",
    "khong-tra-loi": "Đã ghi là không trả lời, và báo người hỏi liên hệ Văn phòng.",
    "thu-tra-loi": "Đã thu lại; trợ lý không dùng câu trả lời này nữa.",
    "thong-bao": "Đã gửi thông báo. Ai bấm “Đã đọc” thì hiện ở dưới đây.",
    "nop-ngoai": "Đã ghi và báo cho đơn vị.",
    "thu-lai": "Đang xử lý lại; người gửi nhận câu trả lời nếu được.",
    "bo-tin": "Đã bỏ tin nhắn này.",
    "can-bo": "Đã lưu vai trò và đơn vị.",
    "ngung": "Đã ngừng mọi quyền của người này và kết thúc các phiên đăng nhập.",
    "khoi-phuc": "Đã khôi phục quyền của người này.",
    "phien": "Đã kết thúc phiên đăng nhập.",
    "them-don-vi": "Đã thêm đơn vị. Anh/chị cấp mã cho cán bộ của đơn vị.",
    "ten-don-vi": "Đã đổi tên; tên cũ vẫn được nhận ra.",
    "don-vi": "Đã lưu.",
    "sap-nhap": "Đã sáp nhập; cán bộ và báo cáo chưa làm đã chuyển sang đơn vị mới.",
    "dong": "Đã đóng đợt báo cáo và báo các đơn vị chưa nộp.",
}
_LOGIN = (
    "Anh/chị cần đăng nhập",
    "Trên Telegram, Zalo hoặc trang hỏi đáp, anh/chị nhắn riêng cho trợ lý: /quantri. Trợ lý gửi lại một liên kết dùng "
    "một lần; mở liên kết đó trên thiết bị này. Phiên làm việc tự kết thúc sau 1 giờ không dùng.",
)
_NOT_ALLOWED = (
    "Anh/chị không có quyền xem trang này",
    "Trang quản trị dành cho quản trị và lãnh đạo. Nếu cần, anh/chị liên hệ người quản trị của cơ quan.",
)
_OLD_FORM = (
    "Trang này đã cũ nên chưa làm gì cả",
    "Phiên làm việc đã đổi từ lúc mở trang. Anh/chị quay lại, tải lại trang rồi làm lại.",
)
_CONFLICT = (
    "Vừa có người khác thay đổi, nên chưa làm gì cả",
    "Một người khác vừa xử lý việc này. Anh/chị xem lại tình trạng hiện nay rồi quyết định.",
)
_GONE = ("Không tìm thấy mục này", "Mục này có thể đã bị gỡ. Anh/chị quay lại trang trước để xem danh sách hiện nay.")


class Missing(Exception):
    """There is nothing (any more) that the address names."""


@dataclass(frozen=True)
class Room:
    """One request of somebody who may make it."""

    site: Site
    request: Request
    who: SignedIn
    now: datetime

    @cached_property
    def context(self) -> Live:
        """What a dialogue of this person would know: desk, office, library."""
        return self.site.service.context("web", "", "", self.who.person, self.who.unit, self.now)

    def may(self, action: Action) -> bool:
        """Tell whether the person may do `action`."""
        return may(self.who.person, action)

    def asked(self, name: str) -> str:
        """Return a parameter of the address, "" where there is none."""
        return self.request.query_params.get(name, "").strip()

    def page_number(self) -> int:
        """Return which page of a list is wanted, from 1."""
        asked = self.asked("trang")
        return max(int(asked), 1) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1

    def render(self, template: str, *, status: int = 200, **context: Any) -> Response:
        """Return the page `template` of templates/admin within the frame."""
        context |= {
            "who": self.who,
            "may": self.may,
            "menu": [(ADMIN + path, name) for path, name, action in PAGES if self.may(action)],
            "here": self._here(),
            "done": DONE.get(self.asked("xong"), ""),
            "now": self.now,
            "Action": Action,
        }
        return self.site.render(self.request, f"admin/{template}", status=status, documents=0, **context)

    def _here(self) -> str:
        """Return the path of the page of the menu that this one belongs to."""
        path = self.request.url.path.rstrip("/")
        path = path.replace(f"{ADMIN}/bao-cao", f"{ADMIN}/dot-bao-cao").replace(f"{ADMIN}/don-vi", f"{ADMIN}/can-bo")
        inside = [ADMIN + page for page, _, _ in PAGES if page and path.startswith(ADMIN + page)]
        return inside[0] if inside else ADMIN

    def says(self, words: tuple[str, str], status: int, back: str = ADMIN) -> Response:
        """Return a page that says one thing: a title, and what to do."""
        return self.render("says.html", status=status, title=words[0], advice=words[1], back=back)

    def act(self, action: Action, effects: Iterable[Effect], to: str, done: str = "") -> Response:
        """Make `effects` happen and go on to the page `to`, which says what was `done`; or say why nothing happened."""
        try:
            act(self.site, self.who.person, action, effects)
        except Conflict:
            return self.says(_CONFLICT, 409, ADMIN + to)
        except NotAllowed:
            return self.says(_NOT_ALLOWED, 403)
        mark = ("&" if "?" in to else "?") + f"xong={done}" if done else ""
        return RedirectResponse(f"{ADMIN}{to}{mark}", 303)


Look = Callable[[Room], Response]
Do = Callable[[Room, FormData], Response]


def look(site: Site, path: str, action: Action, page: Look) -> Route:
    """Return the route of a page that needs `action`."""

    def answer(request: Request) -> Response:
        room = _room(site, request, action)
        return _kindly(room, lambda: page(room)) if isinstance(room, Room) else room

    return Route(ADMIN + path, answer, name=action.value)


def do(site: Site, path: str, action: Action, act: Do) -> Route:
    """Return the route of a form that needs `action`."""

    def answer(request: Request, form: FormData) -> Response:
        room = _room(site, request, action)
        if not isinstance(room, Room):
            return room
        if not door.from_our_form(room.who, form.get("csrf")):
            return room.says(_OLD_FORM, 403)
        return _kindly(room, lambda: act(room, form))

    async def receive(request: Request) -> Response:
        async with request.form(max_files=MOST_FILES, max_fields=500) as form:
            return await run_in_threadpool(answer, request, form)

    return Route(ADMIN + path, receive, methods=["POST"], name=action.value)


def outside(site: Site, request: Request, words: tuple[str, str], status: int) -> Response:
    """Return a page that says one thing to somebody who is not signed in."""
    return site.render(request, "admin/outside.html", status=status, documents=0, title=words[0], advice=words[1])


def _room(site: Site, request: Request, action: Action) -> Room | Response:
    who = door.signed_in(site, request)
    if who is None:
        return outside(site, request, _LOGIN, 401)
    if not may(who.person, AREA):
        return outside(site, request, _NOT_ALLOWED, 403)
    room = Room(site, request, who, site.clock())
    return room if room.may(action) else room.says(_NOT_ALLOWED, 403)


def _kindly(room: Room, answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except Missing:
        return room.says(_GONE, 404)
