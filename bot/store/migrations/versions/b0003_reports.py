"""Forms, rounds, submissions with their history, attachments, upload links."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b0003"
down_revision = "b0002"
branch_labels = None
depends_on = None

_TABLES = (
    "upload_links", "attachments", "submission_events", "submissions", "round_units", "rounds", "forms",
)  # fmt: skip


def upgrade() -> None:
    """Make the change."""
    _create_forms()
    _create_rounds()
    _create_round_units()
    _create_submissions()
    _create_submission_events()
    _create_attachments()
    _create_upload_links()


def downgrade() -> None:
    """Undo it."""
    for table in _TABLES:
        op.drop_table(table)


def _create_forms() -> None:
    op.create_table(
        "forms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("workbook", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["uploaded_by"], ["people.id"], name="fk_forms_uploaded_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_forms"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_forms_form_id", "forms", ["form_id"])


def _create_rounds() -> None:
    op.create_table(
        "rounds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("obligation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["form"], ["forms.id"], name="fk_rounds_form_forms"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
        sqlite_autoincrement=True,
    )


def _create_round_units() -> None:
    op.create_table(
        "round_units",
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name="fk_round_units_round_rounds", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit"], ["units.key"], name="fk_round_units_unit_units"),
        sa.PrimaryKeyConstraint("round", "unit", name="pk_round_units"),
    )
    op.create_index("ix_round_units_unit", "round_units", ["unit"])


def _create_submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("editor", sa.Integer(), nullable=True),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt", sa.String(length=64), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("to_fix", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name="fk_submissions_round_rounds", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit"], ["units.key"], name="fk_submissions_unit_units"),
        sa.ForeignKeyConstraint(["editor"], ["people.id"], name="fk_submissions_editor_people"),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("round", "unit", name="uq_submissions_round_unit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submissions_state", "submissions", ["state"])


def _create_submission_events() -> None:
    op.create_table(
        "submission_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("actor", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission"], ["submissions.id"], name="fk_submission_events_submission_submissions", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["actor"], ["people.id"], name="fk_submission_events_actor_people"),
        sa.PrimaryKeyConstraint("id", name="pk_submission_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submission_events_submission", "submission_events", ["submission"])


def _create_attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_attachments"),
    )


def _create_upload_links() -> None:
    op.create_table(
        "upload_links",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=128), nullable=False),
        sa.Column("sender", sa.String(length=128), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_upload_links"),
    )
