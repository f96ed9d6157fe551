"""What was said and opened before duties without a round could be settled is kept by the migration."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from alembic import command

from bot.asking import VIETNAM
from bot.codec import dumps
from bot.domain.decisions import confirm
from bot.domain.obligations import Item, Terms
from bot.store import BOT, claims, reminding
from knowledge.db import KNOWLEDGE, _config, migrate, open_engine, writing
from tests.bot.duty_kit import proposal

ON_BOTH_DATABASES = True

NOW = datetime(2025, 11, 20, 9, tzinfo=VIETNAM)
TERMS = Terms("Báo cáo kết quả", NOW, everyone=True)
AT = "'2025-11-01 08:00:00+00:00'"
BEFORE = (
    "INSERT INTO units (key, name, former_names, active) VALUES ('a', 'Phòng A', '[]', true)",
    f"INSERT INTO people (id, name, role, unit, active, created_at) VALUES (1, 'Lan', 'clerk', 'a', true, {AT})",
    "INSERT INTO forms (id, form_id, version, title, form, workbook, uploaded_at)"
    f" VALUES (1, 'f', '1', 'F', '{{}}', '{'0' * 64}', {AT})",
    f"INSERT INTO rounds (id, title, form, opens_at, due_at) VALUES (1, 'Báo cáo quý', 1, {AT}, {AT})",
    "INSERT INTO round_units (round, unit, position) VALUES (1, 'a', 0)",
    "INSERT INTO handed_otherwise (id, round, unit, person_id, at, state)"
    f" VALUES (7, 1, 'a', 1, {AT}, 'open')",
)  # fmt: skip
OBLIGATION = (
    "INSERT INTO obligations (key, status, decision, revision, decided_at, halted, told)"
    " VALUES (:key, 'confirmed', :decision, 1, :at, '', '')"
)
OCCURRENCE = "INSERT INTO occurrences (key, obligation, round, opened_at) VALUES ('nv-1', 'nv-1', 1, :at)"


def test_what_was_said_of_rounds_is_kept(empty_database: str) -> None:
    engine = open_engine(empty_database)
    migrate(engine, KNOWLEDGE)
    with engine.begin() as connection:
        command.upgrade(_config(BOT, connection), "b0011")
        for statement in BEFORE:
            connection.exec_driver_sql(statement)
        decision = dumps(confirm(Item(proposal()), TERMS, TERMS, "Minh", NOW))
        obligation = {"key": "nv-1", "decision": decision, "at": NOW}
        connection.execute(sa.text(OBLIGATION), obligation)
        connection.execute(sa.text(OCCURRENCE), {"at": NOW})
    migrate(engine, BOT)
    with writing(engine) as session:
        (claim,) = claims.waiting(session)
        assert (claim.id, claim.duty, claim.title, claim.unit_name) == (7, "round-1", "Báo cáo quý", "Phòng A")
        assert {(one.unit, one.document, one.settled) for one in reminding.duties(session, NOW)} == {("a", "1", True)}
        assert claims.make(session, "nv-1", "Việc", "a", 1, NOW) == 8  # numbers go on where they were
    with engine.begin() as connection:
        command.downgrade(_config(BOT, connection), "b0011")
        assert connection.exec_driver_sql("SELECT id, round FROM handed_otherwise").all() == [(7, 1)]
    engine.dispose()
