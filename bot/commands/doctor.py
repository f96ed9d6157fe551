"""`tdkt doctor`: what is configured, reachable, stale, missing, and what to do."""

from __future__ import annotations

import argparse
import sys

from bot.arguments import Parser
from bot.console import Console
from bot.settings import Settings

NAME = "doctor"
HELP = "kiểm tra cài đặt, chỉ mục, công cụ và chỉ cách khắc phục"


def configure(parser: Parser) -> None:
    """The command takes only the common options; settings that cannot be used are findings, not the end."""
    parser.set_defaults(tolerant=True)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print every check; 1 when something does not work."""
    from bot.checkup import State, check_up

    console = Console.of(sys.stdout)
    bad = False
    for check in check_up(settings):
        bad = bad or check.state is State.BAD
        print(console.fill(f"{check.subject}: {check.says}", indent="    ", first=f"{check.state.value} "))
        if check.advice:
            print(console.fill(check.advice, indent="      ", first="    → "))
    return 1 if bad else 0
