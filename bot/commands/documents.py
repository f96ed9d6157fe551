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
    from bot.commands.library import decided, governed
    from bot.contract import document_json
    from bot.governing import NOTHING_DECIDED, decisions
    from bot.render import library_lines

    app = App(settings)
    engine = decided(app)
    library = governed(app, engine)
    known = decisions(engine, library.cards) if engine else NOTHING_DECIDED
    if options.json:
        cards = (document_json(card, known.findings.get(card.key, ())) for card in library.cards)
        print(json.dumps(list(cards), ensure_ascii=False))
        return 0
    console = Console.of(sys.stdout)
    for line in library_lines(library, console, known.standings):
        print(line)
    if known.withdrawn:
        print()
        print(console.fill(", ".join(known.withdrawn), indent="  ", first="Đã gỡ, không ai tra cứu được: "))
    return 0
