"""What every way of asking shares: the limits of a question, and what a library of documents can be asked.

Knows nothing of channels, nor of how answers are found.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from bot.errors import UsageError
from bot.examples import candidates
from knowledge.text import normalise, syllables

if TYPE_CHECKING:
    from index.card import DocumentCard
    from knowledge.document import Document
    from retrieval.model import Answer

# One zone for the whole country, without daylight saving: a fixed offset needs no time zone database.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

LONGEST_QUESTION = 1000  # characters; a longer text is a pasted document, not a question
SHORT_DIGEST = 16  # hex digits of a digest in an address: 64 bits tell documents apart
_LOOKED_AT, _TRIED, _EXAMPLES = 8, 12, 4  # documents, questions tried, questions offered to a newcomer
FOLLOWED_TURNS = 5  # earlier questions that a follow-up may lean on


class Library(ABC):
    """The documents as they stand in one snapshot, and the assistant over them. Thread-safe."""

    version: str = ""  # of the snapshot
    _examples: tuple[str, ...] | None = None

    @property
    @abstractmethod
    def cards(self) -> Sequence[DocumentCard]:
        """One card a document, by position; each is decoded when it is asked for."""

    @abstractmethod
    def document(self, position: int) -> Document:
        """Return a whole document."""

    @abstractmethod
    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime, unit: str | None = None) -> Answer:
        """Answer one question; `previous` are the asker's earlier questions, oldest first.

        `unit`: the name of the asker's unit, which "đơn vị tôi" means; None where it is not known.
        """

    def meant(self, text: str, previous: Sequence[str] = (), *, now: datetime) -> str:
        """Return a question as it is compared with others: slips mended, with what it takes from earlier ones."""
        return " ".join(syllables(text))

    @abstractmethod
    def without(self, keys: frozenset[str]) -> Library:
        """Return the library as if the documents of these keys (`DocumentCard.key`) were not in it."""

    def position(self, digest: str) -> int | None:
        """Return where the document of that digest (all of it, or its first 16 digits) stands; None: nowhere."""
        return self._positions.get(digest[:SHORT_DIGEST])

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {card.digest[:SHORT_DIGEST]: position for position, card in enumerate(self.cards)}

    def examples(self, now: datetime) -> tuple[str, ...]:
        """Return a few questions that these documents answer, each tried first."""
        if self._examples is None:
            tried = islice(candidates(self.cards[:_LOOKED_AT]), _TRIED)
            answered = (question for question in tried if self.ask(question, now=now).found)
            self._examples = tuple(islice(answered, _EXAMPLES))
        return self._examples


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
