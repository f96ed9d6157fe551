"""`tdkt obligations`: who must do what, and by when."""

from __future__ import annotations

import argparse
import json
import sys

from bot.arguments import Parser
from bot.console import Console
from bot.settings import Settings

NAME = "obligations"
HELP = "các nhiệm vụ có thời hạn nêu trong văn bản"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.optional.add_argument("--json", action="store_true", help="kết quả dạng JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the duties of every document."""
    from bot.app import App
    from bot.contract import obligations_json
    from bot.render import obligation_lines

    duties = list(obligations_json(App(settings).library()))
    if options.json:
        print(json.dumps(duties, ensure_ascii=False))
    elif not duties:
        print("Không văn bản nào nêu nhiệm vụ có thời hạn.")
    else:
        for line in obligation_lines(duties, Console.of(sys.stdout)):
            print(line)
    return 0
