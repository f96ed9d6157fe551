"""The web page speaks through the service: what was said beside the answers, and which turns are over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "b0004"
down_revision = "b0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.add_column("turns", sa.Column("reply", sa.Text(), nullable=False, server_default="{}"))
    op.add_column("turns", sa.Column("choices_turn", sa.Integer(), nullable=True))
    op.add_column("turns", sa.Column("inbox_id", sa.Integer(), nullable=True))
    op.add_column("turns", sa.Column("over", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Undo it; turns without an answer card meant nothing before."""
    op.execute("DELETE FROM turns WHERE card = ''")
    for name in ("over", "inbox_id", "choices_turn", "reply"):
        op.drop_column("turns", name)
