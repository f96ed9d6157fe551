from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, MetaData, text

from bot.card import Card, lay_out
from bot.domain.messages import Choice, OutFile, Reply
from bot.store import BOT
from bot.store.turns import NOTHING, Turns, answered, dump_card, keep, label, load_card
from knowledge.db import Base, migrate, open_engine, reading, writing
from tests.bot.library import NOW, FakeLibrary

ON_BOTH_DATABASES = True


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


def test_replies_are_kept_with_their_choices_and_files(engine: Engine) -> None:
    turns = Turns(engine)
    reply = Reply("Chọn:", (Choice("a", "Nộp"),), OutFile("0" * 64, "b.xlsx", "application/x"))
    with writing(engine) as session:
        kept = keep(session, "a", "/baocao", None, reply, NOW, choices_turn=7, inbox_id=3)
        assert answered(session, "a", 3)
        assert not answered(session, "b", 3)
        assert label(session, "a", 7, "a") == "Nộp"
        assert label(session, "a", 8, "a") == label(session, "b", 7, "a") == label(session, "a", 7, "x") == ""
    assert turns.last("a", 9) == (kept,)
    assert turns.one("a", kept.id) == kept
    assert turns.one("b", kept.id) is None
    assert turns.rate("a", kept.id, True, NOW) is None  # no answer


def test_what_came_later_and_what_is_over(engine: Engine) -> None:
    turns = Turns(engine)
    first, second = (turns.add("a", question, card(), NOW) for question in ("một", "hai"))
    assert turns.last("a", 9, after=first.id) == (second,)
    turns.end("a")
    turns.add("a", "ba", card(), NOW)
    assert [turn.question for turn in turns.last("a", 9)] == ["ba"]


def test_a_secret_is_shown_once(engine: Engine) -> None:
    turns = Turns(engine)
    turns.add("a", "/ma", None, NOW, Reply("Mã: BCDFG-HJKMN", secret=True))
    turns.shown(turns.last("a", 9))
    assert "BCDFG" not in turns.last("a", 9)[0].reply.text


def test_turns_of_before_replies_were_kept_are_still_shown(engine: Engine) -> None:
    with writing(engine) as session:
        old = {"card": dump_card(card()), "now": NOW.isoformat(" ")}
        insert = "INSERT INTO turns (conversation, question, card, asked_at) VALUES ('a', 'q', :card, :now)"
        session.execute(text(insert), old)
    (turn,) = Turns(engine).last("a", 9)
    assert (turn.question, turn.card, turn.reply) == ("q", card(), NOTHING)


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
