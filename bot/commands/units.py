"""`tdkt units`: the units of the office, and what changes with them."""

from __future__ import annotations

import argparse
import re
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.errors import UsageError
from bot.settings import Settings
from knowledge.text import normalise

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

NAME = "units"
HELP = "xem, thêm, đổi tên, sáp nhập đơn vị"

LONGEST_NAME = 150  # characters, as in chat


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    group = parser.optional.add_mutually_exclusive_group()
    group.add_argument("--add", nargs=2, metavar=("MÃ", "TÊN"), help="thêm một đơn vị")
    group.add_argument("--rename", nargs=2, metavar=("MÃ", "TÊN"), help="đổi tên; tên cũ vẫn được nhận ra")
    group.add_argument("--merge", nargs=2, metavar=("MÃ", "VÀO"), help="sáp nhập: nhiệm vụ chuyển sang đơn vị kia")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Change what was asked for, then list the units."""
    from bot.app import App, now
    from bot.store import audit, people
    from knowledge.db import writing

    with writing(App(settings).engine) as session:
        for action, act in (("add", _add), ("rename", _rename), ("merge", _merge)):
            given: list[str] | None = getattr(options, action)
            if given is not None:
                act(session, *given)
                entry = audit.Entry(now(), None, "dòng lệnh", f"unit-{action}", given[0], given[1])
                audit.write(session, entry)
        known = people.units(session)
    names = {unit.key: unit.name for unit in known}
    for unit in known:
        former = f" (trước đây: {', '.join(unit.former_names)})" if unit.former_names else ""
        ended = f" → {names.get(unit.successor, unit.successor)}" if unit.successor else ""
        print(f"{unit.key:<20} {unit.name}{former}{ended}")
    if not known:
        print("Chưa có đơn vị nào. Thêm: tdkt units --add phong-tccb “Phòng Tổ chức cán bộ”")
    return 0


def _add(session: Session, key: str, name: str) -> None:
    from bot.domain.people import Unit
    from bot.store import people

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", key):
        raise UsageError(f"Mã đơn vị gồm chữ thường không dấu, số và gạch nối, không phải “{key}”; ví dụ: phong-tccb.")
    if not people.add_unit(session, Unit(key, _name(name))):
        raise UsageError(f"Đã có đơn vị mang mã “{key}”. Đổi tên: tdkt units --rename {key} TÊN")


def _rename(session: Session, key: str, name: str) -> None:
    from bot.store import people

    unit = people.unit(session, key)
    if unit is None:
        raise _unknown(key)
    former = tuple(dict.fromkeys((*unit.former_names, unit.name)))
    people.rename_unit(session, key, _name(name), former)


def _name(given: str) -> str:
    """Return a name of a unit as it is kept."""
    name = " ".join(normalise(given).split())
    if sum(letter.isalpha() for letter in name) < 3:
        raise UsageError(f"“{name[:40]}” chưa phải là tên đơn vị; ví dụ: “Phòng Tổ chức cán bộ”.")
    if len(name) > LONGEST_NAME:
        raise UsageError(f"Tên đơn vị dài {len(name)} ký tự, xin rút gọn còn {LONGEST_NAME}.")
    return name


def _merge(session: Session, key: str, successor: str) -> None:
    from bot.domain.people import current_unit
    from bot.store import people, rounds

    for one in (key, successor):
        if people.unit(session, one) is None:
            raise _unknown(one)
    heir = current_unit(successor, people.units(session))
    if heir is None or heir.key == key:
        raise UsageError(f"Không sáp nhập được “{key}” vào “{successor}”: đơn vị không thể kế tục chính nó.")
    rounds.hand_over(session, key, heir.key)
    people.succeed_unit(session, key, heir.key)


def _unknown(key: str) -> UsageError:
    return UsageError(f"Không có đơn vị “{key}”. Xem các đơn vị: tdkt units")
