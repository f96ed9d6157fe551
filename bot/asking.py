"""What every way of asking shares: the limits of a question, and what a library of documents can be asked.

Knows nothing of channels, nor of how answers are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Protocol

from bot.errors import UsageError
from knowledge.text import normalise

if TYPE_CHECKING:
    from index.snapshot import DocumentCard
    from knowledge.document import Document
    from retrieval.model import Answer

# One zone for the whole country, without daylight saving: a fixed offset needs no time zone database.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

LONGEST_QUESTION = 1000  # characters; a longer text is a pasted document, not a question
FOLLOWED_TURNS = 5  # earlier questions that a follow-up may lean on


class Library(Protocol):
    """The documents as they stand in one snapshot, and the assistant over them."""

    @property
    def version(self) -> str:
        """Which snapshot this is."""

    @property
    def cards(self) -> Sequence[DocumentCard]:
        """One card a document, by position."""

    def document(self, position: int) -> Document:
        """Return a whole document."""

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime) -> Answer:
        """Answer one question; `previous` are the asker's earlier questions, oldest first."""


class Source(Protocol):
    """Where the current library comes from; cheap to call for every question."""

    def current(self) -> Library | None:
        """Return the newest library, None while nothing is indexed."""


def check_question(text: str) -> str:
    """Return `text` ready to be asked; UsageError when it is empty or far too long."""
    question = " ".join(normalise(text).split())
    if not question:
        raise UsageError("Câu hỏi đang trống. Anh/chị gõ nội dung cần hỏi.")
    if len(question) > LONGEST_QUESTION:
        length, limit = f"{len(question):,}".replace(",", "."), f"{LONGEST_QUESTION:,}".replace(",", ".")
        raise UsageError(f"Câu hỏi dài {length} ký tự, vượt quá {limit}. Anh/chị rút gọn còn ý chính rồi hỏi lại.")
    return question
