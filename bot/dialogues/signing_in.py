"""The way from the chat to the admin pages: a link that signs in once. Pure."""

from __future__ import annotations

from datetime import timedelta

from bot.dialogues.office import IssueLogin
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Reply

LASTS = timedelta(minutes=10)
_NO_PAGE = (
    "Chưa mở được trang quản trị từ đây: trợ lý chưa biết địa chỉ trang web. "
    "Người phụ trách kỹ thuật đặt TDKT_PUBLIC_URL rồi chạy lại tdkt serve."
)


def sign_in(state: State, rest: str, context: Context) -> Step:
    """Give the writer a fresh link; earlier ones that were not used stop working."""
    token = context.desk.fresh_token()
    url = context.desk.login_url(token)
    if url is None or context.person is None:
        return Step(state, (Reply(_NO_PAGE),))
    says = (
        f"Trang quản trị: {url}\n"
        f"Liên kết dùng một lần, trong {LASTS.seconds // 60} phút, chỉ dành cho anh/chị: không chuyển cho người khác."
    )
    expires = context.now + LASTS
    return Step(state, (Reply(says, secret=True, good_until=expires),), (IssueLogin(token, expires),))
