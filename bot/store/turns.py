"""What was said on the web page: messages and what answered them, cards of answers, what people thought of those.

A conversation is named by the unguessable token of its cookie; whoever holds the token may read it. A turn is one
reply, with the message it answers where it is the first to do so. Knows nothing of pages.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Engine, ForeignKey, String, Text, delete, false, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.card import Card, Place
from bot.codec import dumps, loads
from bot.domain.messages import PUSHED_KEY, Reply
from bot.store.outcome import changed
from knowledge.db import Base, reading, writing

_PUSHED_KEPT = 50  # of messages we wrote first, as many are looked through for the words of a choice
NOTHING = Reply("")  # beside a card that says it all
FORGOTTEN = Reply("Mã đã hiện một lần ở đây và không được giữ lại. Khi cần, anh/chị xin mã mới.")


class TurnRow(Base):
    """One reply and the message it answers."""

    __tablename__ = "turns"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own; ids are never given twice

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64), index=True)
    question: Mapped[str] = mapped_column(Text)  # what was said; "": nothing new, or we wrote first
    card: Mapped[str] = mapped_column(Text)  # bot.card.Card as JSON; "": not the answer to a question
    reply: Mapped[str] = mapped_column(Text, server_default="{}")  # Reply as JSON: what is shown beside the card
    choices_turn: Mapped[int | None]  # number of the choices in the conversation, comes back with a tap
    inbox_id: Mapped[int | None]  # the message this answers
    over: Mapped[bool] = mapped_column(server_default=false())  # of a conversation that was ended: shown no more
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
    """One reply, the message it answers, and the last thumb given to it."""

    id: int
    question: str  # ""
    card: Card | None
    asked_at: datetime
    helpful: bool | None = None  # None: no thumb yet
    reply: Reply = NOTHING  # what is shown beside the card, or instead of one
    choices_turn: int | None = None


class Turns:
    """The turns of every conversation of one database, whose tables are up to date."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(
        self, conversation: str, question: str, card: Card | None, now: datetime, reply: Reply | None = None
    ) -> Turn:
        """Keep one turn."""
        with writing(self._engine) as session:
            return keep(session, conversation, question, card, reply or NOTHING, now)

    def last(self, conversation: str, most: int, *, after: int = 0) -> tuple[Turn, ...]:
        """Return the newest turns of a conversation that is not over, later than turn `after`; oldest first."""
        here = (TurnRow.conversation == conversation, TurnRow.id > after, TurnRow.over.is_(False))
        newest = select(TurnRow).where(*here).order_by(TurnRow.id.desc()).limit(most)
        with reading(self._engine) as session:
            rows = session.scalars(newest).all()[::-1]
            thumbs = _thumbs(session, [row.id for row in rows])
            return tuple(_turn(row, thumbs.get(row.id)) for row in rows)

    def one(self, conversation: str, turn: int) -> Turn | None:
        """Return one turn of this conversation."""
        with reading(self._engine) as session:
            row = session.get(TurnRow, turn)
            return _turn(row, None) if row is not None and row.conversation == conversation else None

    def rate(self, conversation: str, turn: int, helpful: bool, now: datetime) -> Turn | None:
        """Keep a thumb for an answer of this conversation; None when the conversation has no such answer."""
        with writing(self._engine) as session:
            row = session.get(TurnRow, turn)
            if row is None or row.conversation != conversation or not row.card:
                return None
            session.add(FeedbackRow(turn_id=turn, helpful=helpful, given_at=now))
            return _turn(row, helpful)

    def shown(self, turns: Sequence[Turn]) -> None:
        """Forget the words of those that hold a one-time code: they have been seen."""
        secret = [turn.id for turn in turns if turn.reply.secret]
        if secret:
            with writing(self._engine) as session:
                changed(session, update(TurnRow).where(TurnRow.id.in_(secret)).values(reply=dumps(FORGOTTEN)))

    def end(self, conversation: str) -> None:
        """Show the turns so far no more; thumbs and answers stay for whoever looks after the documents."""
        with writing(self._engine) as session:
            changed(session, update(TurnRow).where(TurnRow.conversation == conversation).values(over=True))


def keep(
    session: Session,
    conversation: str,
    question: str,
    card: Card | None,
    reply: Reply,
    now: datetime,
    *,
    choices_turn: int | None = None,
    inbox_id: int | None = None,
) -> Turn:
    """Keep one turn within `session`'s transaction."""
    row = TurnRow(
        conversation=conversation,
        question=question,
        card=dump_card(card) if card else "",
        reply=dumps(reply),
        choices_turn=choices_turn,
        inbox_id=inbox_id,
        over=False,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    return Turn(row.id, question, card, now, None, reply, choices_turn)


def answered(session: Session, conversation: str, inbox_id: int) -> bool:
    """Tell whether a reply to this message was kept already."""
    here = (TurnRow.conversation == conversation, TurnRow.inbox_id == inbox_id)
    return session.scalar(select(TurnRow.id).where(*here).limit(1)) is not None


def label(session: Session, conversation: str, choices_turn: int | None, key: str) -> str:
    """Return how the choice `key` that was offered in `choices_turn` read; "" where it was not."""
    here = (TurnRow.conversation == conversation, TurnRow.choices_turn == choices_turn)
    most = _PUSHED_KEPT if key.startswith(PUSHED_KEY) else 1  # what was pushed all has the same turn
    rows = session.scalars(select(TurnRow).where(*here).order_by(TurnRow.id.desc()).limit(most))
    choices = (choice for row in rows for choice in _reply(row.reply).choices)
    return next((choice.label for choice in choices if choice.key == key), "")


def forget(session: Session, conversation: str) -> None:
    """Remove the turns of a conversation, and with them their thumbs."""
    changed(session, delete(TurnRow).where(TurnRow.conversation == conversation))


def tidy(session: Session, before: datetime) -> int:
    """Remove turns older than `before`, and with them their thumbs; returns how many turns."""
    return changed(session, delete(TurnRow).where(TurnRow.asked_at < before))


def _thumbs(session: Session, turns: Sequence[int]) -> dict[int, bool]:
    given = select(FeedbackRow).where(FeedbackRow.turn_id.in_(turns)).order_by(FeedbackRow.id)
    return {row.turn_id: row.helpful for row in session.scalars(given)}


def _turn(row: TurnRow, helpful: bool | None) -> Turn:
    card = load_card(row.card) if row.card else None
    return Turn(row.id, row.question, card, row.asked_at, helpful, _reply(row.reply), row.choices_turn)


def _reply(text: str) -> Reply:
    return NOTHING if text == "{}" else loads(Reply, text)  # "{}": of before replies were kept


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
