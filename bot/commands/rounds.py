"""`tdkt round`: rounds of reports: opened, listed, looked at, closed. The clerks are told as from chat."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.errors import BotError, Conflict, UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import App
    from bot.dialogues.desk import OpenRound
    from bot.domain.people import Unit

NAME = "round"
HELP = "đợt báo cáo: mở, xem, đóng"
_LISTED = 20  # units named in an error


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    branches = parser.branch(
        open="mở một đợt báo cáo và báo cán bộ tổng hợp của các đơn vị",
        list="xem các đợt báo cáo",
        show="xem một đợt: đơn vị nào đã nộp",
        close="đóng một đợt: từ đó không đơn vị nào nộp được nữa",
    )
    given = branches["open"].optional
    given.add_argument(
        "--form", required=True, metavar="BIỂU_MẪU", help="số, mã hoặc tên biểu mẫu (xem tdkt form list)"
    )
    given.add_argument("--title", required=True, metavar="TÊN", help="tên đợt báo cáo")
    given.add_argument("--due", required=True, metavar="HẠN", help="“15/12/2025 17:00”; không ghi giờ thì lấy 17:00")
    given.add_argument("--opens", metavar="TỪ", help="nhận báo cáo từ lúc nào; không có thì từ bây giờ")
    given.add_argument(
        "--unit", action="append", metavar="ĐƠN_VỊ", help="mã hoặc tên đơn vị, dùng nhiều lần được; không có thì tất cả"
    )
    for name in ("show", "close"):
        branches[name].positional.add_argument("round", metavar="ĐỢT", help="số của đợt, hoặc một phần tên đợt")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Do what was asked for."""
    from bot.app import App

    app = App(settings)
    match options.branch:
        case "open":
            _open(app, options)
        case "show":
            _show(app, options.round)
        case "close":
            _close(app, options.round)
        case _:
            _list(app)
    return 0


# Opening


def _open(app: App, options: argparse.Namespace) -> None:
    from bot import wording
    from bot.app import now
    from bot.commands.acting import act, desk_of
    from bot.dialogues.announcing import opening
    from bot.dialogues.managing import when
    from bot.store import rounds
    from knowledge.db import writing

    at = now()
    opened = _asked_for(options, app, at)
    try:
        with writing(app.engine) as session:
            act(session, opening(opened, at), at)
            number = max(one.id for one in rounds.rounds(session) if one.title == opened.title)
    except Conflict as error:
        raise BotError("Biểu mẫu hoặc đơn vị vừa thay đổi nên chưa mở đợt. Anh/chị chạy lại lệnh.") from error
    print(
        f"Đã mở đợt {number} “{opened.title}” cho {wording.count(len(opened.units), 'đơn vị')}, "
        f"hạn {when(opened.due_at)}."
    )
    if opened.opens_at > at:
        print(f"Nhận báo cáo từ {when(opened.opens_at)}.")
    print(_heard(desk_of(app, at).units(), opened.units, app))


def _asked_for(options: argparse.Namespace, app: App, at: datetime) -> OpenRound:
    from bot.commands.acting import desk_of
    from bot.commands.forms import choose_form
    from bot.dialogues.announcing import open_titles, title_problem
    from bot.dialogues.desk import OpenRound
    from bot.dialogues.round_terms import read_due
    from knowledge.text import normalise

    desk = desk_of(app, at)
    form = choose_form(options.form, desk.forms())
    title = " ".join(normalise(options.title).split())
    problem = title_problem(title, open_titles(desk.rounds()))
    if problem is not None:
        raise UsageError(f"{problem} Anh/chị ghi tên khác sau --title.")
    due = read_due(options.due, at)
    if isinstance(due, str):
        raise UsageError(f"{due} Anh/chị ghi hạn sau --due, ví dụ “15/12/{at.year} 17:00”.")
    opens = _opens(options.opens, at)
    if opens >= due:
        raise UsageError("Lúc bắt đầu nhận báo cáo (--opens) phải trước hạn nộp (--due).")
    units = choose_units(options.unit, desk.units())
    return OpenRound(title, form.id, opens, due, tuple(unit.key for unit in units))


def _opens(typed: str | None, at: datetime) -> datetime:
    """Return from when reports are taken: a day without a time means its beginning."""
    from bot.domain.due import parse_due

    if typed is None:
        return at
    opens = parse_due(typed, at, time.min)
    if opens is None:
        raise UsageError(f"--opens “{typed}” chưa phải là ngày giờ; ví dụ “01/12/{at.year} 08:00”.")
    if opens.date() < at.date():
        raise UsageError(f"--opens {opens:%d/%m/%Y} đã qua. Bỏ --opens thì đợt nhận báo cáo từ bây giờ.")
    return max(opens, at)


def choose_units(wanted: Sequence[str] | None, known: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units given by key, or by name or former name in any spelling; all of them where none is given."""
    from bot.dialogues.round_terms import pick_units

    if not known:
        raise UsageError("Chưa có đơn vị nào. Thêm: tdkt units --add MÃ TÊN")
    chosen: dict[str, Unit] = {}
    for one in wanted or [unit.key for unit in known]:
        by_key = tuple(unit for unit in known if unit.key == one.strip())
        found = by_key or (None if one.strip().isdecimal() else pick_units(one, known))
        if not found:
            named = "; ".join(f"{unit.key} – {unit.name}" for unit in known[:_LISTED])
            raise UsageError(f"Không có đơn vị “{one}” đang hoạt động. Các đơn vị: {named}.")
        chosen |= {unit.key: unit for unit in found}
    return tuple(unit for unit in known if unit.key in chosen)


def _heard(units: Sequence[Unit], owing: Sequence[str], app: App) -> str:
    from bot.domain.people import Role
    from bot.store import people
    from knowledge.db import reading

    with reading(app.engine) as session:
        linked = people.channels(session)
        hearing = {one.unit for one in people.people(session, role=Role.CLERK) if one.id in linked}
    deaf = [unit.name for unit in units if unit.key in owing and unit.key not in hearing]
    says = "Cán bộ tổng hợp được báo khi trợ lý đang chạy (tdkt serve)."
    if deaf:
        says += f" Chưa có ai liên kết tài khoản: {', '.join(deaf)}; cấp mã: tdkt invite --role clerk --unit MÃ"
    return says


# Looking and closing


def _list(app: App) -> None:
    from bot.app import now
    from bot.commands.acting import desk_of
    from bot.dialogues.managing import when
    from bot.dialogues.rounds_view import counts

    desk = desk_of(app, now())
    known = desk.rounds()
    for one in known:
        end = "đã đóng" if one.closed_at else f"hạn {when(one.due_at)}"
        print(f"{one.id:>4}  {one.title} · {end} · {counts(desk.standings(one.id))}")
    if not known:
        print("Chưa có đợt báo cáo nào. Mở: tdkt round open --form BIỂU_MẪU --title TÊN --due HẠN")


def _show(app: App, wanted: str) -> None:
    from bot.app import now
    from bot.commands.acting import desk_of
    from bot.commands.export import choose_round
    from bot.dialogues.managing import when
    from bot.dialogues.rounds_view import counts, stands

    desk = desk_of(app, now())
    one = choose_round(wanted, desk.rounds())
    standings, form = desk.standings(one.id), desk.form(one.form)
    end = f"đã đóng lúc {when(one.closed_at)}" if one.closed_at else f"hạn {when(one.due_at)}"
    print(f"Đợt {one.id}: {one.title}")
    print(f"Biểu mẫu: {form.title} (phiên bản {form.version})")
    print(f"Nhận báo cáo từ {when(one.opens_at)}, {end} · {counts(standings)}")
    for each in standings:
        receipt = f" · {each.submission.receipt}" if each.submission and each.submission.receipt else ""
        print(f"  {each.unit.name}: {stands(each.submission)}{receipt}")


def _close(app: App, wanted: str) -> None:
    from bot.app import now
    from bot.commands.acting import act, desk_of
    from bot.commands.export import choose_round
    from bot.dialogues.announcing import closing
    from bot.dialogues.managing import when
    from bot.dialogues.rounds_view import owing
    from knowledge.db import writing

    at = now()
    desk = desk_of(app, at)
    one = choose_round(wanted, desk.rounds())
    if one.closed_at is not None:
        raise UsageError(f"Đợt {one.id} “{one.title}” đã đóng lúc {when(one.closed_at)}.")
    standings = desk.standings(one.id)
    try:
        with writing(app.engine) as session:
            act(session, closing(one, standings, at), at)
    except Conflict as error:
        raise BotError(f"Đợt {one.id} vừa được người khác thay đổi. Xem lại: tdkt round show {one.id}") from error
    left = ", ".join(each.unit.name for each in owing(standings))
    print(f"Đã đóng đợt {one.id} “{one.title}”.{f' Chưa nộp: {left}.' if left else ''}")
