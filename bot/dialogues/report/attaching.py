"""How files reach a report: sent in the chat, or through a one-time page where the channel takes none."""

from __future__ import annotations

from bot.dialogues.report.sheet import Sheet, is_file
from bot.dialogues.uploading import Place, place
from bot.domain.filling import Spot

_ELSEWHERE = "Tệp khác thì anh/chị gõ “để sau” rồi gửi trên Telegram hoặc trang web (lệnh /baocao)."


def page(sheet: Sheet, spot: Spot) -> Place:
    """Return a fresh upload page for `spot`; nothing is said where files are sent in the chat."""
    if sheet.context.reach.files_in or not is_file(sheet, spot):
        return Place("")
    where = place(sheet.context)
    return Place(f"Gửi tệp {where.says}", where.effects, where.good_until) if where.secret else Place(_ELSEWHERE)


def how(sheet: Sheet) -> str:
    """Return how files are sent in this chat."""
    reach = sheet.context.reach
    if reach.files_in:
        return "Xin gửi ảnh hoặc tệp vào đây, được nhiều tệp."
    return "Xin gửi ảnh ngay tại đây." if reach.photos_in else "Kênh này không gửi tệp trực tiếp được."
