"""`tdkt` as a process of its own, in a folder of its own, with nothing of this machine's settings."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0  # seconds, on a busy machine


@dataclass(frozen=True, slots=True)
class Done:
    code: int
    out: str
    err: str


def environment(**changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TDKT_", "LC_", "LANG"))}
    return {**kept, "PYTHONPATH": str(ROOT), "LC_ALL": "C", **changes}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-W", "error", "-m", "bot", *arguments]


def tdkt(*arguments: str, cwd: Path, stdin: bytes = b"", **changes: str) -> Done:
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(**changes),
        input=stdin,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for what other processes do."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it has not come to that"
        time.sleep(0.02)
