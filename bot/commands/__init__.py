"""One small module a command: NAME, HELP, `configure(parser)`, `run(options, settings) -> exit code`.

They are all imported to build the parser, so none imports anything heavy at its top.
"""

from __future__ import annotations

import argparse
from typing import Protocol

from bot.arguments import Parser
from bot.commands import (
    ask,
    backup,
    chat,
    doctor,
    documents,
    evaluate,
    export,
    forms,
    index,
    invite,
    obligations,
    people,
    remind,
    restore,
    rounds,
    serve,
    units,
)
from bot.settings import Settings


class Command(Protocol):
    """The shape of a command module."""

    NAME: str
    HELP: str  # one Vietnamese line, lower case, no full stop

    def configure(self, parser: Parser) -> None:
        """Add the command's own arguments."""

    def run(self, options: argparse.Namespace, settings: Settings) -> int:
        """Do it and return the exit code."""


ALL: tuple[Command, ...] = (
    index,
    ask,
    documents,
    obligations,
    chat,
    serve,
    invite,
    people,
    units,
    forms,
    rounds,
    remind,
    export,
    evaluate,
    backup,
    restore,
    doctor,
)
