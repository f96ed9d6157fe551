"""`tdkt people`: whom the office knows, and taking every right away from somebody."""

from __future__ import annotations

import argparse

from bot.arguments import Parser
from bot.errors import UsageError
from bot.settings import Settings

NAME = "people"
HELP = "xem cán bộ và tài khoản đã liên kết, ngừng quyền của một người"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.optional.add_argument("--deactivate", type=int, metavar="SỐ", help="ngừng mọi quyền của người mang số này")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Deactivate whom was asked for, then list the active people."""
    from bot.app import App, now
    from bot.store import audit, people
    from knowledge.db import writing

    with writing(App(settings).engine) as session:
        if options.deactivate is not None:
            person = people.person(session, options.deactivate)
            if person is None or not people.deactivate(session, person.id):
                raise UsageError(f"Không có người số {options.deactivate}. Xem danh sách: tdkt people")
            audit.write(session, audit.Entry(now(), None, "dòng lệnh", "deactivated", person.name))
        known = people.people(session)
        units = {unit.key: unit.name for unit in people.units(session)}
        accounts = {person.id: people.accounts(session, person.id) for person in known}
    for person in known:
        where = units.get(person.unit or "", "toàn cơ quan")
        linked = ", ".join(account.channel for account in accounts[person.id]) or "chưa liên kết"
        print(f"{person.id:>4}  {person.name} · {person.role.vietnamese} · {where} · {linked}")
    if not known:
        print("Chưa có ai. Cấp mã: tdkt invite --role admin")
    return 0
