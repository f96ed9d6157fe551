"""Questions sent to the office with their answers; notices and who has read them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b0010"
down_revision = "b0009"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the change."""
    _create_questions()
    _create_notices()
    _create_notice_readers()


def downgrade() -> None:
    """Undo it."""
    op.drop_table("notice_readers")
    op.drop_table("notices")
    op.drop_table("questions")


def _create_questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("meant", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=128), nullable=False),
        sa.Column("asked_at", _TIME, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_questions_person_id_people"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_questions_decided_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_questions_state_id", "questions", ["state", "id"])
    op.create_index("ix_questions_person_id", "questions", ["person_id"])


def _create_notices() -> None:
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("sent_at", _TIME, nullable=False),
        sa.ForeignKeyConstraint(["sent_by"], ["people.id"], name="fk_notices_sent_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sqlite_autoincrement=True,
    )


def _create_notice_readers() -> None:
    op.create_table(
        "notice_readers",
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(
            ["notice"], ["notices.id"], name="fk_notice_readers_notice_notices", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_notice_readers_person_id_people", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("notice", "person_id", name="pk_notice_readers"),
    )
    op.create_index("ix_notice_readers_person_id", "notice_readers", ["person_id"])
