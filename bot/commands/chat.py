"""`tdkt chat`: the conversation in the terminal."""

from __future__ import annotations

import argparse
import sys

from bot.arguments import Parser
from bot.domain.messages import IncomingKind, Reply
from bot.settings import Settings

NAME = "chat"
HELP = "trò chuyện hỏi đáp ngay trên terminal"

FIRST_ADMIN = (
    "Cơ quan chưa có ai trong danh sách, nên anh/chị ở máy này là quản trị đầu tiên. "
    "Cấp mã cho người khác: tdkt invite --role admin|leader|clerk|staff."
)


def configure(parser: Parser) -> None:
    """The command takes only the common options."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Talk until the person leaves or the input ends."""
    from bot.app import App, now
    from bot.attaching import attach, save
    from bot.channels.terminal import Carrying, Terminal
    from bot.dialogues.ask import greeting

    app = App(settings)
    library = app.library()  # better to say at once that nothing is indexed than after the first question
    talk = app.talk("terminal")
    opening = [greeting(library, now())]
    if talk.become_first_admin():
        opening.append(Reply(FIRST_ADMIN))
    carrying = Carrying(
        send=lambda path: talk.send(IncomingKind.FILE, attachments=[attach(path, app.files)]),
        save=lambda file: save(file, app.files, app.home.absolute()),
    )
    Terminal(talk.say, sys.stdin, sys.stdout, carrying).run(*opening)
    return 0
