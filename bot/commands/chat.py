"""`tdkt chat`: the conversation in the terminal."""

from __future__ import annotations

import argparse
import sys

from bot.arguments import Parser
from bot.settings import Settings

NAME = "chat"
HELP = "trò chuyện hỏi đáp ngay trên terminal"


def configure(parser: Parser) -> None:
    """The command takes only the common options."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Talk until the person leaves or the input ends."""
    from bot.app import App, now
    from bot.channels.terminal import Terminal

    app = App(settings)
    app.library()  # better to say at once that nothing is indexed than after the first question
    Terminal(app.libraries, now, sys.stdin, sys.stdout).run()
    return 0
