"""Replies with a one-time code or link: their words are forgotten once they were said, or have expired unsaid."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from bot.codec import dumps, loads
from bot.domain.messages import Reply
from bot.store.outcome import changed
from bot.store.tables import OutboxRow
from bot.store.turns import TurnRow

SAID = Reply("(Mã dùng một lần đã được gửi; nội dung không lưu.)")
EXPIRED = Reply("Tin này có mã hoặc liên kết đã hết hạn trước khi gửi được. Anh/chị gõ lại lệnh để lấy cái mới.")
_PERISHABLE = '%"good_until":%'  # as `bot.codec` writes it


def still_good(reply: Reply, now: datetime) -> Reply:
    """Return what is said at `now`: the reply, or that what it gave has expired."""
    return EXPIRED if reply.good_until is not None and reply.good_until <= now else reply


def tidy(session: Session, now: datetime) -> int:
    """Forget what has expired before it was delivered, or looked at on a page; returns how many replies."""
    return _tidy(session, OutboxRow, OutboxRow.reply, now) + _tidy(session, TurnRow, TurnRow.reply, now)


def _tidy(
    session: Session, table: type[OutboxRow] | type[TurnRow], reply: InstrumentedAttribute[str], now: datetime
) -> int:
    rows = session.execute(select(table.id, reply).where(reply.like(_PERISHABLE))).all()
    over = [number for number, kept in rows if still_good(loads(Reply, kept), now) is EXPIRED]
    return changed(session, update(table).where(table.id.in_(over)).values(reply=dumps(EXPIRED))) if over else 0
