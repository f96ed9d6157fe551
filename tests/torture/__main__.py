"""The command: `KILLS=200 PROCESSES=2 DATABASE=postgresql SEED=7 python -m tests.torture`."""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledge.db import sqlite_url
from tests.databases import Postgres, make_tables
from tests.fakes.telegram import FakeTelegram
from tests.torture.run import Plan, Torture


@contextmanager
def _database(kind: str, home: Path) -> Iterator[str]:
    if kind == "sqlite":
        make_tables(sqlite_url(home))
        yield sqlite_url(home)
        return
    server = Postgres()
    try:
        with server.database() as url:
            yield url
    finally:
        server.stop()


def main() -> int:
    kind = os.environ.get("DATABASE") or "sqlite"
    if kind not in ("sqlite", "postgresql"):
        sys.exit(f"DATABASE is sqlite or postgresql, not {kind}")
    seed = int(os.environ.get("SEED") or random.randrange(10**6))
    plan = Plan(int(os.environ.get("KILLS") or 200), int(os.environ.get("PROCESSES") or 1), seed)
    print(f"SEED={seed}, {plan.kills} kills, {plan.processes} at a time, {kind}", file=sys.stderr)
    folder = tempfile.TemporaryDirectory(prefix="tdkt-torture-")
    with folder as home, _database(kind, Path(home)) as url, FakeTelegram() as server:
        score = Torture(plan, Path(home), url, server).run()
    print(json.dumps(score.line()))
    return 0 if score.fine() else 1


if __name__ == "__main__":
    sys.exit(main())
