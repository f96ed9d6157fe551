"""Reminders: what was put on its way, snoozes, reports handed in otherwise, hours and calendars of people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b0006"
down_revision = "b0005"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the change."""
    op.add_column("outbox", sa.Column("expires_at", _TIME, nullable=True))
    _create_reminders()
    _create_snoozes()
    _create_handed_otherwise()
    _create_reminder_hours()
    _create_calendar_links()


def downgrade() -> None:
    """Undo it."""
    for table in ("calendar_links", "reminder_hours", "handed_otherwise", "snoozes", "reminders"):
        op.drop_table(table)
    op.drop_column("outbox", "expires_at")


def _person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["people.id"], name=f"fk_{table}_person_id_people", ondelete="CASCADE"
    )


def _create_reminders() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        _person("reminders"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint("key", name="uq_reminders_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_person_id", "reminders", ["person_id"])
    op.create_index("ix_reminders_outbox_id", "reminders", ["outbox_id"])
    op.create_index("ix_reminders_duty_unit", "reminders", ["duty", "unit"])


def _create_snoozes() -> None:
    op.create_table(
        "snoozes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        _person("snoozes"),
        sa.PrimaryKeyConstraint("id", name="pk_snoozes"),
        sa.UniqueConstraint("person_id", "duty", "unit", name="uq_snoozes_person_id_duty_unit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_snoozes_at", "snoozes", ["at"])


def _create_handed_otherwise() -> None:
    op.create_table(
        "handed_otherwise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name="fk_handed_otherwise_round_rounds", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit"], ["units.key"], name="fk_handed_otherwise_unit_units"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_handed_otherwise_person_id_people"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_handed_otherwise_decided_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_handed_otherwise"),
        sa.UniqueConstraint("round", "unit", name="uq_handed_otherwise_round_unit"),
        sqlite_autoincrement=True,
    )


def _create_reminder_hours() -> None:
    op.create_table(
        "reminder_hours",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        _person("reminder_hours"),
        sa.PrimaryKeyConstraint("person_id", name="pk_reminder_hours"),
    )


def _create_calendar_links() -> None:
    op.create_table(
        "calendar_links",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("issued_at", _TIME, nullable=False),
        _person("calendar_links"),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_links"),
        sa.UniqueConstraint("digest", name="uq_calendar_links_digest"),
    )
