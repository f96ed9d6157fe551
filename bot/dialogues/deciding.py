"""Accepting a report and giving it back: what follows, the same in chat and on the page. Pure."""

from __future__ import annotations

from bot.dialogues.desk import Accept, Return, TellUnit
from bot.dialogues.review_reason import Reason
from bot.domain.messages import Reply
from bot.domain.rounds import Submission
from knowledge.text import fold


def accepting(one: Submission, unit: str, title: str) -> tuple[Accept | Return | TellUnit, ...]:
    """Return what follows when a report of `unit` in the round `title` is accepted."""
    told = Reply(f"{_called(title)} của {unit} đã được nhận (biên nhận {one.receipt}). Cảm ơn anh/chị.")
    return Accept(one.id, one.revision), TellUnit(one.unit, told)


def returning(
    one: Submission, title: str, reason: Reason, prompts: tuple[str, ...]
) -> tuple[Accept | Return | TellUnit, ...]:
    """Return what follows when a report is given back; `prompts` are the names of those that are to be corrected."""
    told = Reply(told_of_return(title, reason))
    return Return(one.id, one.revision, reason.words, prompts), TellUnit(one.unit, told)


def told_of_return(title: str, reason: Reason) -> str:
    """Return what the clerks of the unit read."""
    which = f"câu {', '.join(map(str, reason.numbers))}" if reason.numbers else "toàn bộ báo cáo"
    return f"{_called(title)} được trả lại để sửa ({which}). Lý do: {reason.words}\nAnh/chị gõ /baocao để sửa."


def _called(title: str) -> str:
    """Return how a sentence about the report begins: most titles begin with the word themselves."""
    return f"“{title}”" if fold(title).startswith("bao cao") else f"Báo cáo “{title}”"
