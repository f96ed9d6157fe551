"""Decisions about duties in the database: kept once each, whatever came in between; the tables and their migration."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from sqlalchemy import MetaData, Table, create_engine

from bot.asking import VIETNAM
from bot.domain.decisions import confirm, dismiss
from bot.domain.obligations import Decision, Item, Terms
from bot.duties import every, items, proposals
from bot.store import BOT, obligation_tables, obligations, rounds
from knowledge.db import Base, _config, migrate, open_engine, reading, sqlite_url, writing
from knowledge.document import Finding, FindingKind
from tests.bot.chat import Chat
from tests.bot.duty_kit import plan_saying, proposal
from tests.bot.handed_in import form
from tests.bot.library import NOW, FakeLibrary, plan

ON_BOTH_DATABASES = True
TERMS = Terms("Báo cáo kết quả", datetime(2025, 12, 14, 17, 0, tzinfo=VIETNAM), everyone=True)


def confirmed() -> Decision:
    return confirm(Item(proposal()), TERMS, TERMS, "Minh", NOW)


def test_of_two_decisions_on_the_same_thing_one_is_kept(chat: Chat) -> None:
    first = confirmed()
    with writing(chat.engine) as session:
        assert obligations.decide(session, first)
        assert not obligations.decide(session, dismiss(Item(proposal()), "Nga", NOW))
    later = replace(first, by="Nga", revision=2)
    with writing(chat.engine) as session:
        assert obligations.decide(session, later)
        assert not obligations.decide(session, replace(later, by="Minh"))
        assert not obligations.undecide(session, first.key, 1)
        assert obligations.decision(session, first.key) == later
        assert obligations.undecide(session, first.key, 2)
        assert obligations.decisions(session) == ()


def test_an_occurrence_has_one_open_round(chat: Chat) -> None:
    one, other = chat.opens(form(), title="Một"), chat.opens(form(), title="Hai")
    with writing(chat.engine) as session:
        assert obligations.opened(session, "nv-1/2025-Q4", one, chat.now)
        assert not obligations.opened(session, "nv-1/2025-Q4", other, chat.now)
        rounds.change(session, one, due_at=None, closed_at=chat.now)
        assert obligations.opened(session, "nv-1/2025-Q4", other, chat.now)
        assert obligations.occurrences(session) == {"nv-1/2025-Q4"}


def test_a_change_is_told_once_and_told_again_when_it_changes_again(chat: Chat) -> None:
    decision = confirmed()
    with writing(chat.engine) as session:
        obligations.decide(session, decision)
        obligations.halt(session, decision.key, "a")
        assert [obligations.tell_once(session, decision.key, "a") for _ in range(2)] == [True, False]
        obligations.halt(session, decision.key, "b")
        assert obligations.halts(session) == {decision.key: ("b", "a")}
        assert obligations.tell_once(session, decision.key, "b")
        obligations.decide(session, replace(decision, revision=2))
        assert obligations.halts(session) == {}


def test_re_analysis_keeps_decisions(chat: Chat) -> None:
    before = FakeLibrary(plan())
    (one,) = proposals(before)
    with writing(chat.engine) as session:
        obligations.decide(session, confirm(Item(one), TERMS, TERMS, "Minh", NOW))
    again = plan()
    read_anew = replace(again, obligations=(replace(again.obligations[0], what="báo cáo kết quả về Văn phòng Sở"),))
    with reading(chat.engine) as session:
        for document in (plan(), read_anew):
            (item,) = items(session, FakeLibrary(document))
            assert item.decision is not None and not item.unsettled and item.key == one.key
        changed = plan_saying("- Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 10/12/2025.")
        (item,) = items(session, FakeLibrary(changed))
        assert item.unsettled and item.key == one.key and item.decision.terms == TERMS


def test_a_replaced_document_obliges_to_nothing() -> None:
    document = plan()
    replaced = replace(document, findings=(Finding(FindingKind.REPLACED, "Đã bị thay thế.", None, None),))
    library = FakeLibrary(replaced)
    assert proposals(library) == () and len(every(library)) == 1
    assert proposals(None) == ()


def test_the_migration_makes_the_tables(chat: Chat, tmp_path: Path) -> None:
    from alembic import command
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    mappers = [one for one in Base.registry.mappers if one.class_.__module__ == obligation_tables.__name__]
    names = {cast(Table, mapper.local_table).name for mapper in mappers}
    ours = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        table.to_metadata(ours)
    options = {"include_name": lambda name, kind, _: kind != "table" or name in names}
    assert names == {"obligations", "occurrences"}
    with chat.engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts=options), ours)
    assert [one for one in found if getattr(one[1], "name", None) in names] == []
    engine = open_engine(sqlite_url(tmp_path / "before"))
    with engine.begin() as connection:
        command.upgrade(_config(BOT, connection), "b0007")
    migrate(engine, BOT)
    with writing(engine) as session:
        assert obligations.decide(session, confirmed())
    engine.dispose()
    with create_engine(sqlite_url(tmp_path / "before")).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None


def test_halted_rounds_are_those_of_a_halted_duty_and_of_one_that_holds_no_more(chat: Chat) -> None:
    decision, second = confirmed(), confirm(Item(proposal(section="II.2")), TERMS, TERMS, "Minh", NOW)
    mine, other = chat.opens(form(), title="Một"), chat.opens(form(), title="Hai")
    with writing(chat.engine) as session:
        obligations.decide(session, decision)
        obligations.opened(session, decision.key, mine, chat.now)
        obligations.decide(session, second)
        obligations.opened(session, second.key, other, chat.now + timedelta(days=1))
        assert obligations.halted_rounds(session) == frozenset()
        obligations.halt(session, decision.key, "gone")
        assert obligations.halted_rounds(session) == {mine}
        assert [one.key for one in obligations.confirmed(session)] == [second.key]
        obligations.undecide(session, second.key, 1)
        assert obligations.halted_rounds(session) == {mine, other}
        assert obligations.confirmed(session) == ()
