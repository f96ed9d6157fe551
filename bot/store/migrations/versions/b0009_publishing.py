"""Documents are published by the office itself: received files, jobs, what was decided on documents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b0009"
down_revision = "b0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    _create_jobs()
    _create_intakes()
    _create_publications()


def downgrade() -> None:
    """Undo it."""
    op.drop_table("publications")
    op.drop_table("intakes")
    op.drop_table("jobs")


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("lane", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("documents", sa.Text(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("cancelling", sa.Boolean(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=128), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["requested_by"], ["people.id"], name="fk_jobs_requested_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_jobs"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_jobs_state_lane", "jobs", ["state", "lane"])


def _create_intakes() -> None:
    op.create_table(
        "intakes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job", sa.Integer(), nullable=False),
        sa.Column("publishing", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("examined", sa.Text(), nullable=True),
        sa.Column("analysis", sa.LargeBinary(), nullable=True),
        sa.Column("analyser", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["job"], ["jobs.id"], name="fk_intakes_job_jobs", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["publishing"], ["jobs.id"], name="fk_intakes_publishing_jobs"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_intakes_decided_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_intakes"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_intakes_job", "intakes", ["job"])
    op.create_index("ix_intakes_publishing", "intakes", ["publishing"])
    op.create_index("ix_intakes_state", "intakes", ["state"])


def _create_publications() -> None:
    op.create_table(
        "publications",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("replaced_by", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("sources", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["people.id"], name="fk_publications_changed_by_people"),
        sa.PrimaryKeyConstraint("document", name="pk_publications"),
    )
