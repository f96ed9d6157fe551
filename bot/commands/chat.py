"""`tdkt chat`: the conversation in the terminal."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, TextIO

from bot.arguments import Parser
from bot.domain.messages import IncomingKind, Reply
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import App

NAME = "chat"
HELP = "trò chuyện hỏi đáp ngay trên terminal"

FIRST_ADMIN = (
    "Cơ quan chưa có ai trong danh sách, nên anh/chị ở máy này là quản trị đầu tiên. "
    "Gõ /donvi để thêm đơn vị, /ma để cấp mã cho người khác, /giup để xem mọi việc làm được."
)


def configure(parser: Parser) -> None:
    """The command takes only the common options."""


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Talk until the person leaves or the input ends."""
    from bot.app import App

    converse(App(settings), sys.stdin, sys.stdout)
    return 0


def converse(app: App, said: TextIO, out: TextIO) -> None:
    """Hold the conversation of whoever is logged in to this machine: lines from `said`, answers to `out`."""
    from bot.app import now
    from bot.attaching import attach, save
    from bot.channels.terminal import Carrying, Terminal
    from bot.dialogues.ask import greeting

    library = app.library()  # better to say at once that nothing is indexed than after the first question
    talk = app.talk("terminal")
    opening = [greeting(library, now())]
    if talk.become_first_admin():
        opening.append(Reply(FIRST_ADMIN))

    def after(replies: Sequence[Reply]) -> Sequence[Reply]:
        """Do the work on documents that a message asked for: nobody else does where nothing is served."""
        worked = False
        while app.publisher.do_one():
            worked = True
        return (*replies, *talk.hear()) if worked else replies

    carrying = Carrying(
        send=lambda path: after(talk.send(IncomingKind.FILE, attachments=[attach(path, app.files)])),
        save=lambda file: save(file, app.files, app.home.absolute()),
    )
    Terminal(lambda line: after(talk.say(line)), said, out, carrying, talk.hear).run(*opening, *talk.hear())
