"""What `tdkt doctor` looks at: one small function a subject, each returning what it found and what to do.

Nothing here changes anything, and no check may keep the others from running.

check.py      what a check is, and what checks share
machine.py    Python, packages, settings, folders, tools
documents.py  model, database, index, files
office.py     people, channels, queues
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.checkup import documents, machine, office
from bot.checkup.check import Check, State, first_line
from bot.settings import Settings

__all__ = ["Check", "State", "check_up"]

_LOOKS: tuple[Callable[[Settings], Iterator[Check]], ...] = (
    machine.python, machine.packages, machine.variables, machine.home,
    documents.model, documents.database, documents.index, documents.sources,
    office.people, office.channels, office.queues,
    machine.tools,
)  # fmt: skip


def check_up(settings: Settings) -> Iterator[Check]:
    """Yield every check; one that fails unexpectedly is itself a finding."""
    for look in _LOOKS:
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
