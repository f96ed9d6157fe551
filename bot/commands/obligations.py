"""`tdkt obligations`: who must do what, and by when; what was decided about it."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from bot.arguments import Parser
from bot.console import Console
from bot.errors import UsageError
from bot.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from bot.app import App
    from bot.domain.obligations import Decision, Item, Terms
    from bot.domain.people import Unit

NAME = "obligations"
HELP = "các nhiệm vụ có thời hạn nêu trong văn bản; xác nhận, bỏ qua"
_ALL = "all"
_BY = "dòng lệnh"


def configure(parser: Parser) -> None:
    """Add the command's own arguments."""
    parser.positional.add_argument(
        "action", nargs="?", choices=("confirm", "dismiss"), help="xác nhận hay bỏ qua một nhiệm vụ"
    )
    parser.positional.add_argument("key", nargs="?", metavar="MÃ", help="mã nhiệm vụ, xem bằng --keys")
    parser.optional.add_argument("--due", metavar="HẠN", help="“15/12”, “15/12 11:30”, “ngày 25 tháng cuối quý”")
    parser.optional.add_argument("--units", metavar="MÃ,…", help=f"mã các đơn vị, hoặc {_ALL}: tất cả")
    parser.optional.add_argument("--keys", action="store_true", help="kèm mã của từng nhiệm vụ")
    parser.optional.add_argument("--json", action="store_true", help="kết quả dạng JSON")


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print the duties of every document, or decide about one."""
    from bot.app import App

    app = App(settings)
    if options.action is None:
        if options.due or options.units:
            raise UsageError("--due và --units đi cùng confirm: tdkt obligations confirm MÃ --due 15/12")
        return _list(app, options)
    if not options.key:
        raise UsageError(f"Thiếu mã nhiệm vụ: tdkt obligations {options.action} MÃ. Xem mã: tdkt obligations --keys")
    print(_decide(app, options))
    return 0


def _list(app: App, options: argparse.Namespace) -> int:
    from bot.commands.library import decided, governed
    from bot.contract import obligations_json
    from bot.domain.obligations import status_of
    from bot.duties import every, items, proposals
    from bot.render import obligation_lines
    from knowledge.db import reading

    library = governed(app, decided(app))
    duties = list(obligations_json(library))
    stated = every(library)
    with reading(app.engine) as session:
        known = items(session, library)
    # Items come in the order of the proposals, under the keys they were first decided by.
    found = {one.key: item for one, item in zip(proposals(library), known, strict=False)}
    for duty, one in zip(duties, stated, strict=True):
        item = found.get(one.key)
        duty["status"] = status_of(item, known).value if item else "proposed"
        if options.keys:
            duty["key"] = item.key if item else one.key
    if options.json:
        print(json.dumps(duties, ensure_ascii=False))
    elif not duties:
        print("Không văn bản nào nêu nhiệm vụ có thời hạn.")
    else:
        for line in obligation_lines(duties, Console.of(sys.stdout)):
            print(line)
    return 0


def _decide(app: App, options: argparse.Namespace) -> str:
    """Keep a decision and return what is said of it."""
    from bot.app import now
    from bot.commands.library import decided, governed
    from bot.domain.decisions import dismiss
    from bot.duties import items
    from bot.duty_effects import ACTIONS, subject
    from bot.store import audit, obligations, reminding
    from knowledge.db import writing

    at, library = now(), governed(app, decided(app))
    with writing(app.engine) as session:
        known = items(session, library)
        item = next((one for one in known if one.key == options.key), None)
        if item is None:
            raise UsageError(f"Không có nhiệm vụ mang mã “{options.key}”. Xem mã: tdkt obligations --keys")
        if options.action == "dismiss":
            decision = dismiss(item, _BY, at)
            says = f"Đã bỏ qua: {item.proposal.what}."
        else:
            decision, says = _confirmed(session, item, options, at)
        if not obligations.decide(session, decision):
            raise UsageError("Nhiệm vụ này vừa được người khác quyết định. Anh/chị xem lại: tdkt obligations")
        reminding.settle_duty(session, decision.key, at)
        audit.write(session, audit.Entry(at, None, _BY, ACTIONS[decision.status], subject(decision), decision.key))
    return says


def _confirmed(session: Session, item: Item, options: argparse.Namespace, at: datetime) -> tuple[Decision, str]:
    from bot.dialogues.managing import when
    from bot.domain.decisions import confirm
    from bot.domain.duty_terms import proposed
    from bot.domain.occurrences import say
    from bot.store import people

    units = people.units(session)
    given = proposed(item.proposal, units, at)
    before = item.decision.terms if item.decision and item.decision.terms else given
    terms = _with_units(_with_due(before, options.due, at), options.units, units)
    if not terms.dated:
        words = f"“{item.proposal.time}”" if item.proposal.time else "không ghi thời hạn"
        raise UsageError(f"Văn bản chưa cho ngày cụ thể ({words}). Anh/chị thêm --due, ví dụ --due 15/12")
    if terms.due_at is not None and terms.due_at <= at:
        raise UsageError(f"Hạn {when(terms.due_at)} đã qua. Anh/chị thêm --due với hạn khác.")
    if not terms.owed:
        raise UsageError(f"Chưa rõ đơn vị nào phải làm. Anh/chị thêm --units MÃ,… hoặc --units {_ALL}")
    decision = confirm(item, terms, given, _BY, at, item.decision.form if item.decision else None)
    due = say(terms.rhythm) if terms.rhythm else f"hạn {when(terms.due_at)}" if terms.due_at else ""
    return decision, f"Đã xác nhận: {terms.what}; {due}. Mở đợt báo cáo: gõ /nhiemvu khi trò chuyện."


def _with_due(terms: Terms, due: str | None, at: datetime) -> Terms:
    from dataclasses import replace

    from bot.domain.duty_terms import read_time
    from bot.domain.occurrences import Rhythm

    if due is None:
        return terms
    found = read_time(due, at)
    if found is None:
        raise UsageError(f"--due “{due}” chưa phải là hạn; ví dụ: “15/12”, “15/12 11:30”, “ngày 25 tháng cuối quý”.")
    if isinstance(found, Rhythm):
        return replace(terms, rhythm=found, due_at=None)
    return replace(terms, due_at=found, rhythm=None)


def _with_units(terms: Terms, given: str | None, units: Sequence[Unit]) -> Terms:
    from dataclasses import replace

    if given is None:
        return terms
    if given.strip() == _ALL:
        return replace(terms, units=(), everyone=True)
    keys = tuple(dict.fromkeys(key.strip() for key in given.split(",") if key.strip()))
    active = {unit.key for unit in units if unit.active}
    wrong = [key for key in keys if key not in active]
    if wrong or not keys:
        raise UsageError(f"Không có đơn vị “{', '.join(wrong) or given}” đang hoạt động. Xem mã đơn vị: tdkt units")
    return replace(terms, units=keys, everyone=False)
