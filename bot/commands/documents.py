"""`tdkt documents`: what is indexed and what to know about it."""

from __future__ import annotations

import argparse
import json
import sys

from bot.arguments import Parser
from bot.console import Console
from bot.settings import Settings

NAME = "documents"
HELP = "các văn bản đã lập chỉ mục và những điểm cần lưu ý"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.optional.add_argument("--json", action="store_true", help="kết quả dạng JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print a card a document."""
    from bot.app import App
    from bot.contract import document_json
    from bot.render import library_lines

    library = App(settings).library()
    if options.json:
        print(json.dumps([document_json(card) for card in library.cards], ensure_ascii=False))
    else:
        for line in library_lines(library, Console.of(sys.stdout)):
            print(line)
    return 0
