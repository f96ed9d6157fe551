"""Backups: taken while the program runs, whole when restored, on either database; damage is noticed."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from bot.app import App
from bot.backup import CONTENTS, restore, save, tables
from bot.cli import main
from bot.domain.people import Role, Unit
from bot.errors import BotError, UsageError
from bot.settings import read
from bot.store import people
from bot.store.files import Files
from index.build import update
from index.snapshot import SnapshotStore
from knowledge.db import Base, open_engine, reading, sqlite_url, writing
from tests.bot.chat import Chat
from tests.bot.library import NOW
from tests.databases import Postgres


@pytest.fixture
def office(tmp_path: Path) -> Chat:
    chat = Chat(tmp_path / "home")
    chat.as_("lan").says("hạn báo cáo?")
    Files(chat.home).put(b"attachment")
    return chat


def rows(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = open_engine(url)
    with reading(engine) as session:
        found = {table.name: session.execute(table.select().order_by(*table.primary_key)).all() for table in tables()}
    engine.dispose()
    return {name: [tuple(row) for row in held] for name, held in found.items()}


def backed_up(office: Chat, tmp_path: Path) -> Path:
    target = tmp_path / "backup.tar.gz"
    save(office.engine, office.home, target, NOW, "0")
    return target


def test_everything_comes_back(office: Chat, tmp_path: Path) -> None:
    update(office.home, [_a_document(tmp_path)])
    target = backed_up(office, tmp_path)
    fresh = tmp_path / "fresh"
    restore(target, fresh, None)
    assert rows(sqlite_url(fresh)) == rows(sqlite_url(office.home))
    assert [path.read_bytes() for path in (fresh / "files").rglob("*") if path.is_file()] == [b"attachment"]
    snapshot = SnapshotStore(fresh).current()
    assert snapshot is not None and len(snapshot.documents) == 1
    assert target.stat().st_mode & 0o077 == 0


def _a_document(folder: Path) -> Path:
    path = folder / "van-ban.txt"
    path.write_text("Số: 12/KH-SABC\n\nKẾ HOẠCH\nPhát động thi đua năm 2027\n\nI. MỤC ĐÍCH\n\n1. Thi đua tốt.\n")
    return path


def test_a_backup_is_one_moment_although_messages_keep_coming(office: Chat, tmp_path: Path) -> None:
    target = backed_up(office, tmp_path)
    office.as_("tuan").says("hạn báo cáo?")
    restore(target, tmp_path / "fresh", None)
    kept = rows(sqlite_url(tmp_path / "fresh"))
    assert len(kept["inbox"]) == len(rows(sqlite_url(office.home))["inbox"]) - 1


def test_a_home_with_data_is_left_alone(office: Chat, tmp_path: Path) -> None:
    target = backed_up(office, tmp_path)
    before = rows(sqlite_url(office.home))
    with pytest.raises(UsageError, match="đã có dữ liệu"):
        restore(target, office.home, None)
    assert rows(sqlite_url(office.home)) == before


@pytest.mark.parametrize("damage", ["cut", "changed", "stranger"])
def test_damage_is_noticed_and_changes_nothing(office: Chat, tmp_path: Path, damage: str) -> None:
    target = backed_up(office, tmp_path)
    if damage == "cut":
        target.write_bytes(target.read_bytes()[:-2000])
    elif damage == "changed":
        folder = tmp_path / "unpacked"
        with tarfile.open(target) as archive:
            archive.extractall(folder, filter="data")
        next(path for path in (folder / "files").rglob("*") if path.is_file()).write_bytes(b"attachmenT")
        with tarfile.open(target, "w:gz") as archive:
            for path in folder.rglob("*"):
                archive.add(path, path.relative_to(folder).as_posix(), recursive=False)
    else:
        with tarfile.open(target, "w:gz") as archive:
            archive.add(_a_document(tmp_path), CONTENTS)
    with pytest.raises(BotError, match="hỏng"):
        restore(target, tmp_path / "fresh", None)
    assert list((tmp_path / "fresh").iterdir()) == []


def test_a_unit_may_refer_to_a_later_one(office: Chat, tmp_path: Path) -> None:
    with writing(office.engine) as session:
        people.add_unit(session, Unit("z-moi", "Phòng mới"))
        people.add_unit(session, Unit("a-cu", "Phòng cũ"))
        people.succeed_unit(session, "a-cu", "z-moi")
    restore(backed_up(office, tmp_path), tmp_path / "fresh", None)
    assert rows(sqlite_url(tmp_path / "fresh"))["units"] == rows(sqlite_url(office.home))["units"]


def test_every_table_of_the_database_is_copied(office: Chat) -> None:
    from sqlalchemy import inspect

    present = {name for name in inspect(office.engine).get_table_names() if not name.startswith("alembic")}
    assert present - {table.name for table in tables()} <= {name for name in present if "version" in name} - {
        "document_versions"
    }
    assert {table.name for table in Base.metadata.sorted_tables} <= present


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home, target, fresh = tmp_path / "home", tmp_path / "b.tar.gz", tmp_path / "fresh"
    App(read(home=home)).engine.dispose()
    assert main(["--home", str(home), "backup", "-o", str(target)]) == 0
    assert "bản ghi" in capsys.readouterr().out
    assert main(["--home", str(fresh), "restore", str(target)]) == 0
    assert "Đã khôi phục" in capsys.readouterr().out
    assert main(["--home", str(fresh), "restore", str(target)]) == 2


def test_a_folder_gets_a_backup_named_by_its_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kho").mkdir()
    assert main(["--home", str(tmp_path / "var"), "backup", "-o", str(tmp_path / "kho")]) == 0
    (made,) = (tmp_path / "kho").iterdir()
    assert made.name.startswith("tdkt-20") and str(made) in capsys.readouterr().out
    assert main(["--home", str(tmp_path / "var"), "backup", "-o", str(tmp_path / "không có" / "a")]) == 2
    assert "trong một thư mục đã có" in capsys.readouterr().err


def test_a_backup_moves_to_a_server_and_back(office: Chat, tmp_path: Path, postgres: Postgres) -> None:
    target, again = backed_up(office, tmp_path), tmp_path / "again.tar.gz"
    with postgres.database() as url:
        restore(target, tmp_path / "on-server", url)
        assert rows(url) == rows(sqlite_url(office.home))
        engine = open_engine(url)
        with writing(engine) as session:  # numbers go on after those that were copied
            people.add_person(session, "Người mới", Role.STAFF, None, NOW)
        save(engine, tmp_path / "on-server", again, NOW, "0")
        engine.dispose()
    restore(again, tmp_path / "back", None)
    assert len(rows(sqlite_url(tmp_path / "back"))["people"]) == len(rows(sqlite_url(office.home))["people"]) + 1
