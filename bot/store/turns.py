"""Questions asked on the web page, the cards that answered them, and what people thought of them.

A conversation is named by the unguessable token of its cookie; whoever holds the token may read it. Every function is
one transaction. Knows nothing of pages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Engine, ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.card import Card, Place
from knowledge.db import Base, reading, writing


class TurnRow(Base):
    """One question and its answer."""

    __tablename__ = "turns"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own; ids are never given twice

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    question: Mapped[str] = mapped_column(Text)
    card: Mapped[str] = mapped_column(Text)  # bot.card.Card as JSON
    asked_at: Mapped[datetime]


class FeedbackRow(Base):
    """One thumb up or down; people may change their mind, the last one counts."""

    __tablename__ = "feedback"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as above

    id: Mapped[int] = mapped_column(primary_key=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    helpful: Mapped[bool]
    given_at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Turn:
    """One question, its card, and the last thumb given to it."""

    id: int
    question: str
    card: Card
    asked_at: datetime
    helpful: bool | None = None  # None: no thumb yet


class Turns:
    """The turns of every conversation of one database, whose tables are up to date."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, conversation: str, question: str, card: Card, now: datetime) -> Turn:
        """Keep one turn."""
        row = TurnRow(conversation=conversation, question=question, card=dump_card(card), asked_at=now)
        with writing(self._engine) as session:
            session.add(row)
            session.flush()
            return Turn(row.id, question, card, now)

    def last(self, conversation: str, most: int) -> tuple[Turn, ...]:
        """Return the newest turns of a conversation, oldest first."""
        newest = select(TurnRow).where(TurnRow.conversation == conversation).order_by(TurnRow.id.desc()).limit(most)
        with reading(self._engine) as session:
            rows = session.scalars(newest).all()[::-1]
            thumbs = _thumbs(session, [row.id for row in rows])
        return tuple(Turn(row.id, row.question, load_card(row.card), row.asked_at, thumbs.get(row.id)) for row in rows)

    def rate(self, conversation: str, turn: int, helpful: bool, now: datetime) -> Turn | None:
        """Keep a thumb for a turn of this conversation; None when the conversation has no such turn."""
        with writing(self._engine) as session:
            row = session.get(TurnRow, turn)
            if row is None or row.conversation != conversation:
                return None
            session.add(FeedbackRow(turn_id=turn, helpful=helpful, given_at=now))
            return Turn(row.id, row.question, load_card(row.card), row.asked_at, helpful)


def _thumbs(session: Session, turns: Sequence[int]) -> dict[int, bool]:
    given = select(FeedbackRow).where(FeedbackRow.turn_id.in_(turns)).order_by(FeedbackRow.id)
    return {row.turn_id: row.helpful for row in session.scalars(given)}


def dump_card(card: Card) -> str:
    """Return `card` as JSON."""
    return json.dumps(asdict(card), ensure_ascii=False)


def load_card(text: str) -> Card:
    """Return the card that `dump_card` wrote."""
    fields = json.loads(text)
    return Card(
        found=fields["found"],
        statement=fields["statement"],
        leads=tuple(Place(**place) for place in fields["leads"]),
        others=tuple(Place(**place) for place in fields["others"]),
        elsewhere=tuple(Place(**place) for place in fields["elsewhere"]),
        notes=tuple(fields["notes"]),
    )
