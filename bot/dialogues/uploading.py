"""Where files are sent: into this chat, or to a one-time page where the channel carries none. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.dialogues.desk import IssueUpload
from bot.dialogues.state import Context, Step

LASTS = timedelta(minutes=30)  # a page for what is at hand
LASTS_LONG = timedelta(hours=24)  # a page for what is yet to be written


@dataclass(frozen=True, slots=True)
class Place:
    """Where files are sent, and what makes that so."""

    says: str  # ends "Anh/chị gửi tệp …"; an address comes last, so that no full stop is taken for a part of it
    effects: tuple[IssueUpload, ...] = ()
    good_until: datetime | None = None  # of a page

    @property
    def secret(self) -> bool:
        """Tell whether what is said lets anybody send files into this chat."""
        return bool(self.effects)


def place(context: Context, lasts: timedelta = LASTS) -> Place:
    """Return where files are sent in this chat, a fresh page where the channel carries none."""
    if context.reach.files_in:
        return Place("vào đây.")
    token = context.desk.fresh_token()
    url = context.desk.upload_url(token)
    if url is None:
        return Place("trên Telegram hoặc trang web.")
    until = context.now + lasts
    minutes = int(lasts.total_seconds() // 60)
    span = f"{minutes} phút" if minutes < 60 else f"{minutes // 60} giờ"
    return Place(f"tại trang này (dùng một lần, trong {span}): {url}", (IssueUpload(token, until),), until)


def saying(step: Step, where: Place) -> Step:
    """Return `step`, whose last reply says `where`, with what makes it so."""
    if not where.secret:
        return step
    *before, last = step.replies
    last = replace(last, secret=True, good_until=where.good_until)
    return replace(step, replies=(*before, last), effects=(*step.effects, *where.effects))
