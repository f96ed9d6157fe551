"""Duties: what was decided about each, and which occurrences have had their round."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b0008"
down_revision = "b0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "obligations",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("halted", sa.String(length=40), nullable=False),
        sa.Column("told", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_obligations"),
    )
    op.create_table(
        "occurrences",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("obligation", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name="fk_occurrences_round_rounds", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_occurrences"),
    )
    op.create_index("ix_occurrences_obligation", "occurrences", ["obligation"])
    op.create_index("ix_occurrences_round", "occurrences", ["round"])


def downgrade() -> None:
    """Undo it."""
    op.drop_table("occurrences")
    op.drop_table("obligations")
