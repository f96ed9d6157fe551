"""`tdkt invite`: a one-time code that links a person's account."""

from __future__ import annotations

import argparse
import secrets
from datetime import timedelta

from bot.arguments import Parser
from bot.errors import UsageError
from bot.settings import Settings
from knowledge.text import normalise

NAME = "invite"
HELP = "cấp mã liên kết dùng một lần cho một người"

_LONGEST_NAME = 100  # characters, as in chat
_ROLES = ("admin", "leader", "clerk", "staff")


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.optional.add_argument("--role", required=True, choices=_ROLES, metavar="VAI_TRÒ", help=", ".join(_ROLES))
    parser.optional.add_argument("--unit", metavar="MÃ", help="mã đơn vị (xem tdkt units); cần cho clerk")
    parser.optional.add_argument("--name", metavar="HỌ_TÊN", help="họ tên người nhận; không có thì lấy tên tài khoản")


def _name(given: str | None) -> str | None:
    """Return a person's name as it is kept."""
    name = " ".join(normalise(given or "").split())
    if len(name) > _LONGEST_NAME or (name and sum(letter.isalpha() for letter in name) < 2):
        raise UsageError(f"--name phải là họ tên, không quá {_LONGEST_NAME} ký tự; ví dụ: --name “Nguyễn Thị Lan”.")
    return name or None


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the code, once: it is kept nowhere."""
    from bot.app import App, now
    from bot.asking import VIETNAM
    from bot.domain.codes import Offer, digest, new_code
    from bot.domain.people import Role
    from bot.store import audit, codes, people
    from knowledge.db import writing

    role, time, name = Role(options.role), now(), _name(options.name)
    if role is Role.CLERK and not options.unit:
        raise UsageError("Cán bộ tổng hợp (clerk) phải thuộc một đơn vị. Anh/chị thêm --unit MÃ (xem tdkt units).")
    code = new_code(secrets.choice)
    expires = time + timedelta(hours=settings.code_hours)
    with writing(App(settings).engine) as session:
        unit = people.unit(session, options.unit)
        if options.unit and (unit is None or not unit.active):
            raise UsageError(
                f"Không có đơn vị “{options.unit}”. Xem các đơn vị: tdkt units; thêm: tdkt units --add MÃ TÊN"
            )
        offer = Offer(digest(code.replace("-", "")), role, options.unit, unit.name if unit else "", name, None)
        codes.issue(session, offer, "dòng lệnh", time, expires)
        subject = name or role.vietnamese
        audit.write(session, audit.Entry(time, None, "dòng lệnh", "code-issued", subject, offer.unit_name))
    where = f", {offer.unit_name}" if offer.unit_name else ""
    print(f"{code}")
    print(
        f"Mã cho {subject} ({role.vietnamese}{where}), dùng một lần, đến {expires.astimezone(VIETNAM):%H:%M %d/%m/%Y}."
    )
    print("Người nhận gửi mã này cho trợ lý từ tài khoản của mình. Mã chỉ hiện một lần này.")
    return 0
