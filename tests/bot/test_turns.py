from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, text

from bot.card import Card, lay_out
from bot.store import BOT
from bot.store.turns import Turns, dump_card, load_card
from knowledge.db import Base, migrate, open_engine, reading
from tests.bot.library import NOW, FakeLibrary


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path / 'tdkt.sqlite3'}")
    migrate(engine, BOT)
    return engine


def card(question: str = "hạn?") -> Card:
    library = FakeLibrary()
    return lay_out(library.ask(question, now=NOW), library.cards)


@pytest.mark.parametrize("question", ["hạn?", "giờ?", "ai?"])
def test_a_card_survives_storage(question: str) -> None:
    assert load_card(dump_card(card(question))) == card(question)


def test_turns_are_kept_by_conversation_oldest_first(engine: Engine) -> None:
    turns = Turns(engine)
    for number in range(4):
        turns.add("a", f"câu {number}", card(), NOW + timedelta(minutes=number))
    turns.add("b", "chuyện khác", card(), NOW)
    assert [turn.question for turn in Turns(engine).last("a", 3)] == ["câu 1", "câu 2", "câu 3"]
    assert turns.last("c", 3) == ()
    assert turns.last("a", 1)[0].asked_at == NOW + timedelta(minutes=3)


def test_the_last_thumb_counts_and_all_are_kept(engine: Engine) -> None:
    turns = Turns(engine)
    turn = turns.add("a", "câu", card(), NOW)
    assert turn.helpful is None
    for helpful in (True, False):
        rated = turns.rate("a", turn.id, helpful, NOW)
        assert rated is not None
        assert rated.helpful is helpful
    assert turns.last("a", 1)[0].helpful is False
    with reading(engine) as session:
        assert session.execute(text("SELECT count(*) FROM feedback")).scalar_one() == 2


def test_nobody_rates_what_others_asked(engine: Engine) -> None:
    turns = Turns(engine)
    turn = turns.add("a", "câu", card(), NOW)
    assert turns.rate("b", turn.id, True, NOW) is None
    assert turns.rate("a", turn.id + 1, True, NOW) is None


def test_migrations_make_the_tables_that_the_code_declares(engine: Engine) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    ours = MetaData(naming_convention=Base.metadata.naming_convention)
    for name in ("turns", "feedback"):
        Base.metadata.tables[name].to_metadata(ours)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _only(ours)})
        assert compare_metadata(context, ours) == []


def _only(metadata: MetaData) -> Callable[[str | None, str, object], bool]:
    return lambda name, kind, _: kind != "table" or name in metadata.tables
