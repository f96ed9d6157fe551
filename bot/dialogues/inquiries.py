"""What dialogues about questions to the office and about notices may know and ask for: the seam to the store.

`Inquiries` and `Notices` are the reading side (`bot.inquiries` is the real one), the effects are the writing side
(`bot.inquiry_effects`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.notices import Notice
from bot.domain.questions import Question


class Inquiries(Protocol):
    """Questions that the documents leave open, and what the office answered. Reading only."""

    def waiting(self) -> tuple[Question, ...]:
        """Return the open questions, the oldest first."""

    def approved(self) -> tuple[Question, ...]:
        """Return those whose answers are said to whoever asks the same."""

    def question(self, question_id: int) -> Question | None:
        """Return one question."""

    def mine(self) -> tuple[Question, ...]:
        """Return the open questions of this chat."""


class Notices(Protocol):
    """Notices, and who has read them. Reading only."""

    def recent(self, most: int) -> tuple[Notice, ...]:
        """Return the notices last sent, the newest first."""

    def notice(self, notice_id: int) -> Notice | None:
        """Return one notice."""

    def unread(self) -> tuple[int, ...]:
        """Return the ids of the notices that the writer has not said to have read, the oldest first."""


@dataclass(frozen=True, slots=True)
class SendQuestion:
    """Keep the writer's question, and tell the admins of it once."""

    text: str
    before: str  # the question it followed; "": it stands by itself
    meant: str


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Answer an open question, and write to whoever asked."""

    question: int
    answer: str
    source: str
    keep: bool  # say it to whoever asks the same
    told: str  # what the asker reads


@dataclass(frozen=True, slots=True)
class DeclineQuestion:
    """Leave an open question unanswered, and write so to whoever asked."""

    question: int
    told: str


@dataclass(frozen=True, slots=True)
class WithdrawAnswer:
    """Say an approved answer no longer."""

    question: int


@dataclass(frozen=True, slots=True)
class SendNotice:
    """Send a notice to people, once each."""

    text: str
    audience: str  # in words
    to: tuple[int, ...]  # Person.id
    after: int | None = None  # the notice last sent (0: none) as the writer saw it: a button is easily pressed twice


@dataclass(frozen=True, slots=True)
class MarkRead:
    """Remember that the writer read these notices."""

    notices: tuple[int, ...]


InquiryEffect = SendQuestion | AnswerQuestion | DeclineQuestion | WithdrawAnswer | SendNotice | MarkRead
