"""What has no round can be said to be handed in too; an occurrence keeps the document that it comes from."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "b0012"
down_revision = "b0011"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_ROUND = "round-"  # begins the key of a duty that has a round


def upgrade() -> None:
    """Make the change."""
    said = _rows("SELECT h.*, r.title AS title FROM handed_otherwise h JOIN rounds r ON r.id = h.round")
    op.drop_table("handed_otherwise")
    op.create_table(
        "handed_otherwise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        *_common(),
        sa.UniqueConstraint("duty", "unit", name="uq_handed_otherwise_duty_unit"),
        sqlite_autoincrement=True,
    )
    _refill([{**one, "duty": f"{_ROUND}{one['round']}"} for one in said])
    op.add_column("occurrences", sa.Column("document", sa.Text(), nullable=False, server_default=""))
    _remember_documents()


def downgrade() -> None:
    """Undo it; what was said of duties without a round is lost."""
    op.drop_column("occurrences", "document")
    said = [one for one in _rows("SELECT * FROM handed_otherwise") if one["duty"].startswith(_ROUND)]
    op.drop_table("handed_otherwise")
    op.create_table(
        "handed_otherwise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        *_common(),
        sa.ForeignKeyConstraint(["round"], ["rounds.id"], name="fk_handed_otherwise_round_rounds", ondelete="CASCADE"),
        sa.UniqueConstraint("round", "unit", name="uq_handed_otherwise_round_unit"),
        sqlite_autoincrement=True,
    )
    _refill([{**one, "round": int(one["duty"].removeprefix(_ROUND))} for one in said])


def _common() -> list[sa.schema.SchemaItem]:
    """Return what the table has before and after."""
    return [
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", _TIME, nullable=True),
        sa.ForeignKeyConstraint(["unit"], ["units.key"], name="fk_handed_otherwise_unit_units"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_handed_otherwise_person_id_people"),
        sa.ForeignKeyConstraint(["decided_by"], ["people.id"], name="fk_handed_otherwise_decided_by_people"),
        sa.PrimaryKeyConstraint("id", name="pk_handed_otherwise"),
    ]


def _rows(query: str) -> list[dict[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(sa.text(query)).mappings()]


def _refill(rows: list[dict[str, Any]]) -> None:
    """Put the rows back under the numbers they had: people were told of them."""
    if not rows:
        return
    bind = op.get_bind()
    columns = {column["name"] for column in sa.inspect(bind).get_columns("handed_otherwise")}
    names = sorted(columns)
    statement = f"INSERT INTO handed_otherwise ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)})"
    bind.execute(sa.text(statement), [{name: one[name] for name in names} for one in rows])
    if bind.dialect.name == "postgresql":
        top = "(SELECT max(id) FROM handed_otherwise)"
        bind.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('handed_otherwise', 'id'), {top})"))


def _remember_documents() -> None:
    bind = op.get_bind()
    for one in _rows("SELECT key, decision FROM obligations"):
        document = json.loads(str(one["decision"]))["seen"]["document"]
        mine = "UPDATE occurrences SET document = :document WHERE obligation = :key"
        bind.execute(sa.text(mine), {"document": document, "key": one["key"]})
