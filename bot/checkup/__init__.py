"""What `tdkt doctor` looks at: one small function a subject, each returning what it found and what to do.

Nothing here changes anything, and no check may keep the others from running.

check.py      what a check is, and what checks share
machine.py    Python, packages, settings, the .env file, clock
folders.py    the home, the disk, the watched folder
tools.py      programs of the system
database.py   the database and its schema
documents.py  model, index, the files that documents came from
office.py     people, channels, queues, what dead processes left
outside.py    what only the network tells: Telegram, Zalo, the port, the public address
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.checkup import database, documents, folders, machine, office, outside, tools
from bot.checkup.check import Check, State, first_line
from bot.settings import Settings

__all__ = ["Check", "State", "check_up"]

Look = Callable[[Settings], Iterator[Check]]

_NEAR: tuple[Look, ...] = (
    machine.python, machine.packages, machine.variables, machine.env_file, machine.clock,
    folders.home, folders.disk, folders.inbox,
    documents.model, database.database, documents.index, documents.sources,
    office.people, office.channels, office.queues, office.leases,
    tools.tools,
)  # fmt: skip
_FAR: tuple[Look, ...] = (documents.altered, outside.telegram, outside.zalo, outside.port, outside.public)


def check_up(settings: Settings, *, reach: bool = True) -> Iterator[Check]:
    """Yield every check; one that fails unexpectedly is itself a finding.

    `reach` beyond what is quick and on this machine: ask the network, read the whole index.
    """
    for look in _NEAR + (_FAR if reach else ()):
        try:
            yield from look(settings)
        except Exception as error:  # a broken part must not hide the state of the others
            name = " ".join((look.__doc__ or "").split()).rstrip(".")
            yield Check(
                name,
                State.BAD,
                f"không kiểm tra được: {first_line(error)}",
                "Chạy lại với --debug hoặc cài lại (make .venv).",
            )
