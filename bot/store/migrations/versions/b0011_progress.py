"""How far a job on documents is: the page that is recognised, the time it still takes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b0011"
down_revision = "b0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("jobs", sa.Column("page", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("jobs", sa.Column("pages", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("jobs", sa.Column("seconds_left", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    for name in ("seconds_left", "pages", "page"):
        op.drop_column("jobs", name)
