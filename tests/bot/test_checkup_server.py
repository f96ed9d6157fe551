"""`tdkt doctor` and a real PostgreSQL that does not let the program in, or has not what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, NullPool, create_engine, make_url

from bot.checkup import Check, State, check_up
from bot.settings import read
from tests.databases import Postgres


def _engine(url: str) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def database(home: Path, url: str) -> Check:
    checks = check_up(read({"TDKT_DATABASE_URL": url}, home / "no.env", home=home), reach=False)
    (check,) = [check for check in checks if check.subject == "Cơ sở dữ liệu" and check.state is not State.FINE]
    assert check.advice and "mat-khau" not in f"{check.says}{check.advice}"
    return check


@pytest.fixture
def guarded(postgres: Postgres) -> str:
    """A role that the server asks for a password, and the URL with a wrong one."""
    with postgres.database() as url, _engine(url).connect() as server:
        rules = Path(str(server.exec_driver_sql("SHOW hba_file").scalar_one()))
        server.exec_driver_sql("DROP ROLE IF EXISTS can_bo")
        server.exec_driver_sql("CREATE ROLE can_bo LOGIN PASSWORD 'dung'")
        rules.write_text(f"local all can_bo scram-sha-256\n{rules.read_text()}")
        server.exec_driver_sql("SELECT pg_reload_conf()")
        name = make_url(url).set(database="postgres", username="can_bo", password="mat-khau-sai")
    return name.render_as_string(hide_password=False)


def test_a_wrong_password(tmp_path: Path, guarded: str) -> None:
    check = database(tmp_path, guarded)
    assert check.state is State.BAD and "không nhận tên hoặc mật khẩu" in check.says


def test_a_database_that_was_not_made(tmp_path: Path, postgres: Postgres) -> None:
    with postgres.database() as url:
        absent = make_url(url).set(database="chua_tao").render_as_string(hide_password=False)
    assert "createdb chua_tao" in database(tmp_path, absent).advice


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    check = database(tmp_path, "postgresql://u:mat-khau@127.0.0.1:9/tdkt")
    assert check.state is State.BAD and "không kết nối được" in check.says


def test_an_address_of_no_database(tmp_path: Path) -> None:
    assert "postgresql://" in database(tmp_path, "postgresql:u:mat-khau").advice


def test_a_server_of_an_older_program(tmp_path: Path, postgres: Postgres) -> None:
    with postgres.database() as url:
        with _engine(url).connect() as server:
            server.exec_driver_sql("UPDATE alembic_version_bot SET version_num = 'b0001'")
        assert database(tmp_path, url).state is State.WARNING
