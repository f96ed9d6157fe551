"""How files reach a report: sent in the chat, or through a one-time page where the channel takes none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.dialogues.desk import IssueUpload
from bot.dialogues.report.sheet import Sheet, is_file
from bot.dialogues.state import Effect
from bot.domain.filling import Spot

PAGE_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Page:
    """What is said of an upload page, and what makes it."""

    lines: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()


def page(sheet: Sheet, spot: Spot) -> Page:
    """Return a fresh upload page for `spot`, nothing where files are sent in the chat."""
    if sheet.context.reach.files_in or not is_file(sheet, spot):
        return Page()
    desk = sheet.context.desk
    token = desk.fresh_token()
    url = desk.upload_url(token)
    if url is None:
        return Page(("Tệp khác thì anh/chị gõ “để sau” rồi gửi trên Telegram hoặc trang web (lệnh /baocao).",))
    minutes = int(PAGE_LASTS.total_seconds() // 60)
    says = f"Gửi tệp tại trang này (dùng một lần, trong {minutes} phút): {url}"
    return Page((says,), (IssueUpload(token, sheet.context.now + PAGE_LASTS),))


def how(sheet: Sheet) -> str:
    """Return how files are sent in this chat."""
    reach = sheet.context.reach
    if reach.files_in:
        return "Xin gửi ảnh hoặc tệp vào đây, được nhiều tệp."
    return "Xin gửi ảnh ngay tại đây." if reach.photos_in else "Kênh này không gửi tệp trực tiếp được."
