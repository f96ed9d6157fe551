"""The tables of duties: what was decided about each, and which occurrences have had their round.

What a document says of a duty is not here but in its analysis; a decision keeps what it was decided on. Rows only.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.db import Base

_DUTY, _STATE, _SIGN = String(40), String(12), String(40)


class ObligationRow(Base):
    """What was decided about one duty."""

    __tablename__ = "obligations"

    key: Mapped[str] = mapped_column(_DUTY, primary_key=True)
    status: Mapped[str] = mapped_column(_STATE)  # bot.domain.obligations.Status
    decision: Mapped[str] = mapped_column(Text)  # bot.domain.obligations.Decision as JSON
    revision: Mapped[int]  # decisions so far: two that start from the same one cannot both be kept
    decided_at: Mapped[datetime]
    # Of the change in the document that waits to be looked at; while there is one, nothing new follows from the duty.
    halted: Mapped[str] = mapped_column(_SIGN, default="")
    told: Mapped[str] = mapped_column(_SIGN, default="")  # sign of the change that the admins were told of


class OccurrenceRow(Base):
    """One time that a duty is due for which a round was opened: each once, whoever opens it."""

    __tablename__ = "occurrences"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)  # of the occurrence, or of a duty due once
    obligation: Mapped[str] = mapped_column(_DUTY, index=True)
    round: Mapped[int] = mapped_column(ForeignKey("rounds.id", ondelete="CASCADE"), index=True)
    opened_at: Mapped[datetime]
    document: Mapped[str] = mapped_column(Text, default="")  # key of the document; "": not known
