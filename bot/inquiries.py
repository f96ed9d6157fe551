"""Questions to the office and notices as dialogues see them, read from the database."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine

from bot.domain.notices import Notice
from bot.domain.people import Person
from bot.domain.questions import Question
from bot.store import notices, questions
from knowledge.db import reading


@dataclass(frozen=True, slots=True)
class LiveInquiries:
    """The Inquiries of dialogues over the real database."""

    engine: Engine
    channel: str
    chat: str

    def waiting(self) -> tuple[Question, ...]:
        """Return the open questions, the oldest first."""
        with reading(self.engine) as session:
            return questions.waiting(session)

    def approved(self) -> tuple[Question, ...]:
        """Return those whose answers are said to whoever asks the same."""
        with reading(self.engine) as session:
            return questions.approved(session)

    def question(self, question_id: int) -> Question | None:
        """Return one question."""
        with reading(self.engine) as session:
            return questions.question(session, question_id)

    def mine(self) -> tuple[Question, ...]:
        """Return the open questions of this chat."""
        return tuple(one for one in self.waiting() if one.chat == (self.channel, self.chat))


@dataclass(frozen=True, slots=True)
class LiveNotices:
    """The Notices of dialogues over the real database."""

    engine: Engine
    person: Person | None

    def recent(self, most: int) -> tuple[Notice, ...]:
        """Return the notices last sent, the newest first."""
        with reading(self.engine) as session:
            return notices.recent(session, most)

    def notice(self, notice_id: int) -> Notice | None:
        """Return one notice."""
        with reading(self.engine) as session:
            return notices.notice(session, notice_id)

    def unread(self) -> tuple[int, ...]:
        """Return the ids of the notices that the writer has not said to have read, the oldest first."""
        if self.person is None:
            return ()
        with reading(self.engine) as session:
            return notices.unread_by(session, self.person.id)
