"""`tdkt doctor` and databases, indexes and models that are damaged, of another version, or not there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.checkup import State
from knowledge.db import checkpoint, open_engine, sqlite_url, writing
from tests.bot.checked import checks, one
from tests.bot.checked import indexed as indexed  # a fixture
from tests.bot.process import ROOT


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "tdkt.sqlite3").write_bytes(b"not a database at all" * 100)
    assert "tdkt restore" in one(tmp_path, "Cơ sở dữ liệu", State.BAD)
    assert checks(tmp_path)["Python"][0].state is State.FINE  # the other checks go on


def test_a_page_of_the_database_overwritten(indexed: Path) -> None:
    engine = open_engine(sqlite_url(indexed))
    checkpoint(engine)
    engine.dispose()
    with (indexed / "tdkt.sqlite3").open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 8192)
    assert "tdkt restore" in one(indexed, "Cơ sở dữ liệu", State.BAD)


@pytest.mark.parametrize(
    ("revision", "state", "advice"),
    [("b0002", State.WARNING, "tự nâng cấp"), ("b9999", State.BAD, "bản chương trình mới nhất")],
)
def test_a_database_of_another_version(indexed: Path, revision: str, state: State, advice: str) -> None:
    def set_revision(which: str) -> str:
        engine = open_engine(sqlite_url(indexed))
        with writing(engine) as session:
            was = session.execute(text("SELECT version_num FROM alembic_version_bot")).scalar_one()
            session.execute(text("UPDATE alembic_version_bot SET version_num = :to"), {"to": which})
        engine.dispose()
        return str(was)

    set_revision(revision)
    assert advice in one(indexed, "Cơ sở dữ liệu", state)
    assert set_revision(revision) == revision  # looking brought nothing up to date


def test_an_index_with_a_file_missing_or_cut(indexed: Path) -> None:
    version = (indexed / "index" / "CURRENT").read_text().strip()
    files = [path for path in (indexed / "index" / version).rglob("*") if path.is_file()]
    largest = max(files, key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:-10])
    assert "tdkt index --rebuild" in one(indexed, "Chỉ mục", State.BAD)


def test_an_index_with_bytes_altered(indexed: Path) -> None:
    version = (indexed / "index" / "CURRENT").read_text().strip()
    file = next(path for path in (indexed / "index" / version).rglob("*.npy"))
    content = bytearray(file.read_bytes())
    content[-1] ^= 0xFF
    file.write_bytes(content)
    assert "tdkt index --rebuild" in one(indexed, "Tệp chỉ mục", State.BAD, reach=True, port=0)


def test_an_index_of_another_model(indexed: Path, tmp_path: Path) -> None:
    other = tmp_path / "mo-hinh"
    shutil.copytree(ROOT / "index" / "model", other)
    weights = max(other.rglob("*.safetensors"), key=lambda path: path.stat().st_size)
    content = bytearray(weights.read_bytes())
    content[-1] ^= 0xFF
    weights.write_bytes(content)
    assert "Chạy lại tdkt index" in one(indexed, "Chỉ mục", State.WARNING, model=str(other))


def test_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "mo-hinh").mkdir()
    for name in ("mo-hinh", "khong-co"):
        assert "TDKT_MODEL" in one(tmp_path, "Mô hình", State.BAD, model=str(tmp_path / name))
