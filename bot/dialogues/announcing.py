"""What opening or closing a round asks for, with what the clerks are told: in chat and at the command line. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from bot.dialogues.desk import ChangeRound, OpenRound, TellUnit
from bot.dialogues.managing import short, when
from bot.dialogues.rounds_view import owing
from bot.dialogues.state import Effect
from bot.domain.messages import Reply
from bot.domain.rounds import Round, Standing
from knowledge.text import fold

LONGEST_TITLE = 200  # characters of a round's title


def opened_words(title: str, due: datetime) -> str:
    """Return what clerks are told of a round that takes reports now."""
    return f"Đợt báo cáo “{title}” đã mở, hạn nộp {when(due)}. Anh/chị gõ /baocao để bắt đầu."


def opening(opened: OpenRound, now: datetime) -> tuple[Effect, ...]:
    """Return what opening a round asks for: the round, and word to the clerks of its units."""
    if opened.opens_at <= now:
        says = opened_words(opened.title, opened.due_at)
    else:
        says = (
            f"Đợt báo cáo “{opened.title}” nhận báo cáo từ {when(opened.opens_at)}, hạn nộp {when(opened.due_at)}. "
            "Từ lúc đó anh/chị gõ /baocao để bắt đầu."
        )
    return (opened, *(TellUnit(unit, Reply(says)) for unit in opened.units))


def closing(one: Round, standings: tuple[Standing, ...], now: datetime) -> tuple[Effect, ...]:
    """Return what closing a round asks for: its end, and word to those who never handed in."""
    told = Reply(f"Đợt báo cáo “{one.title}” đã đóng. Nếu còn cần nộp, anh/chị liên hệ Văn phòng.")
    return (ChangeRound(one.id, closed_at=now), *(TellUnit(each.unit.key, told) for each in owing(standings)))


def open_titles(known: Iterable[Round]) -> frozenset[str]:
    """Return the titles, folded, of the rounds that are not closed."""
    return frozenset(fold(one.title) for one in known if one.closed_at is None)


def title_problem(title: str, taken: Collection[str]) -> str | None:
    """Return why a round cannot be called `title`; None when it can. `taken` are titles, folded."""
    if len(title) > LONGEST_TITLE:
        return f"Tên dài {len(title)} ký tự, xin rút gọn còn {LONGEST_TITLE}."
    if sum(letter.isalpha() for letter in title) < 3:
        return f"“{short(title, 40)}” chưa phải là tên."
    return "Đang có đợt mở mang tên này." if fold(title) in taken else None
