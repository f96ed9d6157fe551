"""`tdkt ask` looks at what was decided on documents without SQLAlchemy, and sees the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.publishing import Publication, Standing
from bot.glance import special
from bot.store import BOT, publications
from knowledge.db import migrate, open_engine, reading, sqlite_url, writing
from tests.bot.process import environment, tdkt
from tests.bot.publishing import QUESTION
from tests.bot.publishing import made as made  # a fixture

NOW = datetime(2026, 4, 1, tzinfo=UTC)
DECIDED = (
    Publication("a", "Kế hoạch 1/KH-SVT", Standing.WITHDRAWN),
    Publication("b", "Kế hoạch 2/KH-SVT", Standing.REPLACED, by="Kế hoạch “9”"),
    Publication("c", "Kế hoạch 3/KH-SVT", Standing.IN_FORCE, units=("tc", "kh")),
    Publication("d", "Kế hoạch 4/KH-SVT", Standing.IN_FORCE),
    Publication("e", "Kế hoạch 5/KH-SVT", Standing.EXPIRED),
)


def test_it_sees_what_the_store_sees(tmp_path: Path) -> None:
    file = tmp_path / "tdkt.sqlite3"
    engine = open_engine(sqlite_url(tmp_path))
    migrate(engine)
    assert special(file) == ()  # no tables of the bot yet
    migrate(engine, BOT)
    with writing(engine) as session:
        for number, one in enumerate(DECIDED):
            assert publications.put(session, one, None, NOW - timedelta(hours=number))
        before = special(file)  # what another process has not committed is not there
    assert before == ()
    with reading(engine) as session:
        expected = publications.special(session)
    assert special(file) == expected and [one.document for one in expected] == ["e", "c", "b", "a"]
    engine.dispose()


def test_asking_loads_no_database_library(made: Path) -> None:
    look = (
        "import sys\nfrom bot.cli import main\n"
        f"main(['--home', {str(made)!r}, 'ask', {QUESTION!r}])\n"
        "print([name for name in ('sqlalchemy', 'alembic', 'torch', 'asyncio') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=made, env=environment(PYTHONUTF8="1"), capture_output=True, timeout=120
    )
    assert done.stdout.decode("utf-8").endswith("[]\n"), done.stderr.decode("utf-8")


@pytest.mark.parametrize("bad", [b"no database at all " * 99, b""])
def test_a_database_that_is_none_is_told_as_by_every_command(made: Path, tmp_path: Path, bad: bytes) -> None:
    home = tmp_path / "home"
    shutil.copytree(made, home)
    (home / "tdkt.sqlite3").write_bytes(bad)
    for rest in home.glob("tdkt.sqlite3-*"):
        rest.unlink()
    asked, listed = (tdkt("--home", str(home), *words, cwd=tmp_path) for words in (("ask", QUESTION), ("documents",)))
    assert (asked.code, asked.err) == (listed.code, listed.err)
    assert "Traceback" not in asked.err
    assert (asked.code == 0) is (bad == b"")  # an empty file is a database in which nobody has decided anything


def test_an_answer_as_json_is_the_same_either_way(made: Path, tmp_path: Path) -> None:
    by_file = tdkt("--home", str(made), "ask", QUESTION, "--json", cwd=tmp_path)
    by_engine = tdkt("--home", str(made), "ask", QUESTION, "--json", cwd=tmp_path, TDKT_DATABASE_URL=sqlite_url(made))
    assert by_file.code == by_engine.code == 0
    first, second = ({**json.loads(done.out), "took_ms": 0} for done in (by_file, by_engine))
    assert first == second
