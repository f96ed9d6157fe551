"""Questions that the documents leave open, and what the office answered. Pure: knows no database and no channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class QuestionState(StrEnum):
    """What became of a question."""

    OPEN = "open"
    APPROVED = "approved"  # answered; the answer is said to whoever asks the same
    ANSWERED = "answered"  # answered, for the asker alone
    DECLINED = "declined"  # not answered
    WITHDRAWN = "withdrawn"  # was approved, and is said no longer

    @property
    def vietnamese(self) -> str:
        """What became of it, as admins read it."""
        return _STATES[self]


_STATES = {
    QuestionState.OPEN: "đang chờ trả lời",
    QuestionState.APPROVED: "đã trả lời và đang dùng",
    QuestionState.ANSWERED: "đã trả lời riêng người hỏi",
    QuestionState.DECLINED: "không trả lời",
    QuestionState.WITHDRAWN: "đã thu lại",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question that was sent to the office."""

    id: int
    text: str  # as typed
    before: str  # the question it followed; "": it stands by itself
    meant: str  # what it is compared with others by (bot.asking.Library.meant)
    person: int | None  # Person.id of the asker; None: a stranger, or somebody who is no longer known
    asker: str  # the name; "" for a stranger
    unit: str  # the asker's unit by name; ""
    chat: tuple[str, str]  # channel and chat it was asked in; ("", ""): forgotten
    asked_at: datetime
    state: QuestionState = QuestionState.OPEN
    answer: str = ""
    source: str = ""  # what the answer rests on, as the office wrote it: "Công văn 12/SNV, mục 3"
    decided_by: str = ""  # the name
    answered_at: datetime | None = None
