"""The audit log: everything that changed something, by whom; looked through by words, kind and days."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.asking import VIETNAM
from bot.domain.people import Action
from bot.store import board
from bot.web.pages.admin.frame import Room, look
from bot.web.site import Site
from knowledge.db import reading

_ON_A_PAGE = 50
# What the log's words mean; others are shown as they are.
SAYS = {
    "login": "Đăng nhập trang quản trị",
    "logout": "Đăng xuất",
    "login-link": "Lấy liên kết đăng nhập",
    "session-ended": "Kết thúc phiên đăng nhập",
    "link": "Liên kết tài khoản",
    "unlink": "Hủy liên kết",
    "code-issued": "Cấp mã liên kết",
    "erased": "Xóa dữ liệu cá nhân",
    "person-change": "Đổi vai trò, đơn vị, quyền",
    "deactivated": "Ngừng quyền",
    "unit-add": "Thêm đơn vị",
    "unit-rename": "Đổi tên đơn vị",
    "unit-merge": "Sáp nhập đơn vị",
    "unit-on": "Đơn vị hoạt động lại",
    "unit-off": "Đơn vị ngừng hoạt động",
    "report-submitted": "Nộp báo cáo",
    "report-accepted": "Nhận báo cáo",
    "report-returned": "Trả lại báo cáo",
    "draft-discarded": "Bỏ bản nháp",
    "form-kept": "Lưu biểu mẫu",
    "round-opened": "Mở đợt báo cáo",
    "round-due": "Đổi hạn đợt báo cáo",
    "round-closed": "Đóng đợt báo cáo",
    "round-reopened": "Mở lại đợt báo cáo",
    "question-sent": "Gửi câu hỏi",
    "question-answered": "Trả lời câu hỏi",
    "question-declined": "Không trả lời câu hỏi",
    "answer-withdrawn": "Thu lại câu trả lời",
    "notice-sent": "Gửi thông báo",
    "obligation-confirmed": "Xác nhận nhiệm vụ",
    "obligation-dismissed": "Bỏ qua nhiệm vụ",
    "obligation-merged": "Gộp nhiệm vụ",
    "obligation-reopened": "Xét lại nhiệm vụ",
    "documents-received": "Nhận văn bản",
    "documents-publish": "Công bố văn bản",
    "documents-dropped": "Không công bố văn bản",
    "document-decided": "Đổi tình trạng văn bản",
    "document-restore": "Khôi phục văn bản",
    "job-cancel": "Hủy việc đang làm",
    "handed-otherwise": "Báo đã nộp bằng đường khác",
    "otherwise-confirmed": "Xác nhận đã nộp bằng đường khác",
    "otherwise-rejected": "Không nhận: nộp bằng đường khác",
    "calendar-issued": "Cấp lịch cá nhân",
    "calendar-revoked": "Thu hồi lịch cá nhân",
    "reminders-muted": "Tạm tắt lời nhắc",
    "reminders-on": "Bật lại lời nhắc",
    "first-admin": "Quản trị đầu tiên",
    "parked-retry": "Thử lại tin nhắn lỗi",
    "parked-drop": "Bỏ tin nhắn lỗi",
    "replies-retry": "Gửi lại tin chưa gửi được",
}
# What is looked for together.
GROUPS = {
    "bao-cao": ("Báo cáo và đợt báo cáo", ("report-", "round-", "form-", "draft-")),
    "nhiem-vu": ("Nhiệm vụ", ("obligation-", "handed-", "otherwise-", "reminders-", "calendar-")),
    "cau-hoi": ("Câu hỏi và thông báo", ("question-", "answer-", "notice-")),
    "van-ban": ("Văn bản", ("document", "job-")),
    "can-bo": ("Cán bộ và tài khoản", ("person-", "link", "unlink", "code-", "erased", "first-admin", "deactivated")),
    "don-vi": ("Đơn vị", ("unit-",)),
    "dang-nhap": ("Đăng nhập", ("login", "logout", "session-")),
    "tin-nhan": ("Tin nhắn lỗi", ("parked-", "replies-")),
}


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [look(site, "/nhat-ky", Action.READ_AUDIT, _page)]


def _page(room: Room) -> Response:
    words, group = room.asked("tim")[:100], room.asked("loai")
    since, until = _day(room.asked("tu")), _day(room.asked("den"))
    begins = GROUPS[group][1] if group in GROUPS else ()
    sought = board.Sought(words, begins, since, until + timedelta(days=1) if until else None)
    number = room.page_number()
    with reading(room.site.service.engine) as session:
        total, entries = board.entries(session, sought, (number - 1) * _ON_A_PAGE, _ON_A_PAGE)
    last = max(1, -(-total // _ON_A_PAGE))
    kept = {"tim": words, "loai": group, "tu": room.asked("tu"), "den": room.asked("den")}
    return room.render(
        "log.html",
        entries=entries,
        total=total,
        number=min(number, last),
        last=last,
        query="".join(f"{urlencode({name: value})}&" for name, value in kept.items() if value),
        kept=kept,
        groups=GROUPS,
        says=SAYS,
    )


def _day(asked: str) -> datetime | None:
    try:
        return datetime.strptime(asked, "%Y-%m-%d").replace(tzinfo=VIETNAM)
    except ValueError:
        return None
