"""Files of the watched folder after they were taken: they wait beside their job, then are put where the admin looks.

Moves files only; `bot.publishing.watching` decides what is taken.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine

from bot.domain.attachments import shown_name
from bot.domain.publishing import Intake, IntakeState
from bot.publishing.unpacking import is_archive
from bot.receiving import safe_name
from bot.store import intakes, jobs
from knowledge.db import reading
from knowledge.read import SECRET_REASON

_LONGEST_NAME = 230  # bytes: with a number and ".txt" it must not have more than 255
READING, REFUSED, DONE = "dang-doc", "tu-choi", "da-doc"


class Watched:
    """The folders within one watched folder."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self._folder = folder
        self._engine = engine
        self._taken: dict[Path, tuple[int, int]] = {}  # waiting files as they were: one may still be written to

    def wait(self, path: Path, job: int, look: tuple[int, int]) -> None:
        """Let a file wait for the end of its job; `look`: its size and time when it was read."""
        target = _free(self._folder / READING / str(job) / path.name)
        os.replace(path, target)
        self._taken[target] = look

    def refuse(self, path: Path, reason: str, *, secret: bool = False) -> None:
        """Put a file away with the reason in words; of a secret one the words alone."""
        short = len(os.fsencode(path.name)) <= _LONGEST_NAME
        target = _free(self._folder / REFUSED / (path.name if short else safe_name(path.name)))
        target.with_name(f"{target.name}.txt").write_text(f"{reason}\n", encoding="utf-8")
        if secret:
            path.unlink()
        else:
            os.replace(path, target)

    def put_away(self) -> None:
        """Put away the files of jobs that have ended: refused ones with the reason, the others out of the way."""
        waiting = self._folder / READING
        for folder in sorted(waiting.iterdir()) if waiting.is_dir() else ():
            if not folder.name.isdecimal():
                continue
            with reading(self._engine) as session:
                job = jobs.job(session, int(folder.name))
                received = intakes.of_job(session, int(folder.name))
            if job is not None and job.state.open:
                continue
            named: dict[str, list[Intake]] = defaultdict(list)
            for one in received:
                named[one.name].append(one)
            for path in sorted(folder.iterdir()):
                self._put_one_away(path, _of(path, received, named))
            folder.rmdir()

    def _put_one_away(self, path: Path, received: Sequence[Intake]) -> None:
        status = path.stat()
        was = self._taken.pop(path, None)
        refused = [one for one in received if one.state is IntakeState.REFUSED]
        reasons = "\n".join(f"{one.name}: {one.reason}" for one in refused)
        if any(one.reason == SECRET_REASON for one in refused):
            self.refuse(path, reasons, secret=True)
        elif was is not None and was != (status.st_size, status.st_mtime_ns):
            os.replace(path, _free(self._folder / path.name))  # it was not complete: to be taken anew
        elif refused:
            self.refuse(path, reasons)
        else:
            os.replace(path, _free(self._folder / DONE / path.name))


def _of(path: Path, received: Sequence[Intake], named: dict[str, list[Intake]]) -> Sequence[Intake]:
    """Return what was received in a file: of an archive everything its job read, of another the next of its name."""
    if is_archive(path.name):
        return received
    mine = named.get(shown_name(path.name)) or named.get(shown_name(_first_name(path)), [])
    return [mine.pop(0)] if mine else []


def _free(path: Path) -> Path:
    """Return `path`, or the same with a number where there is one: no file takes the place of another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    found, number = path, 1
    while found.exists() or found.with_name(f"{found.name}.txt").exists():
        number += 1
        found = path.with_name(f"{path.stem} ({number}){path.suffix}")
    return found


def _first_name(path: Path) -> str:
    """Return the name a file had before `_free` gave it a number."""
    stem, bracket, number = path.stem.rpartition(" (")
    return f"{stem}{path.suffix}" if bracket and number[:-1].isdecimal() and number.endswith(")") else path.name
