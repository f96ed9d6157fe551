"""The program on a database server: everything is there, nothing beside it; and what is said when it is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.checkup import State, check_up
from bot.settings import read
from tests.bot.process import tdkt
from tests.bot.test_commands import PLAN
from tests.databases import Postgres

NOBODY = "postgresql://nobody:mat-khau-bi-mat@127.0.0.1:9/tdkt"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path / "ke-hoach.txt"


def test_documents_and_people_are_kept_on_the_server(tmp_path: Path, plan: Path, postgres: Postgres) -> None:
    home = tmp_path / "var"
    with postgres.database(tables=False) as url:
        indexed = tdkt("index", str(plan), "--home", str(home), "--json", cwd=tmp_path, TDKT_DATABASE_URL=url)
        assert json.loads(indexed.out)["added"] == 1, indexed.err
        again = tdkt("index", str(plan), "--home", str(home), "--json", cwd=tmp_path, TDKT_DATABASE_URL=url)
        assert json.loads(again.out)["unchanged"] == 1
        invited = tdkt("invite", "--role", "admin", "--home", str(home), cwd=tmp_path, TDKT_DATABASE_URL=url)
        assert invited.code == 0, invited.err
        found = list(check_up(read({"TDKT_DATABASE_URL": url}, tmp_path / ".env", home=home)))
    assert not (home / "tdkt.sqlite3").exists()
    assert not [check for check in found if check.state is State.BAD]
    assert "kết nối được" in next(check.says for check in found if check.subject == "Cơ sở dữ liệu")


def test_a_server_that_is_not_there_is_said_in_one_line(tmp_path: Path, plan: Path) -> None:
    told = tdkt("index", str(plan), "--home", str(tmp_path / "var"), cwd=tmp_path, TDKT_DATABASE_URL=NOBODY)
    assert told.code == 1
    assert "TDKT_DATABASE_URL" in told.err
    assert "Traceback" not in told.err
    assert "bi-mat" not in told.err
    checks = list(check_up(read({"TDKT_DATABASE_URL": NOBODY}, tmp_path / ".env", home=tmp_path)))
    check = next(check for check in checks if check.subject == "Cơ sở dữ liệu")
    assert check.state is State.BAD
    assert not any("bi-mat" in one.says for one in checks)
