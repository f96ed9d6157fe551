"""Rounds: the matrix of units and rounds, one round with its burndown, and what may be done with it.

Reminding, another due time and closing are the chat's own steps: the page takes their effects, and their words where
nothing may happen.
"""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.asking import VIETNAM
from bot.dialogues.desk import FileRefused
from bot.dialogues.rounds_change import close, nudge, take_due
from bot.dialogues.state import Managing, State, Step
from bot.domain.people import Action, Unit
from bot.domain.rounds import Round
from bot.store import board
from bot.web.charts import HEIGHT, WIDTH, burndown
from bot.web.door import AREA
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.security import ADMIN
from bot.web.site import Site
from bot.web.standing import APART, KINDS, Cell, Summary, cell, distance, summary
from knowledge.db import reading

_SHOWN = 6  # rounds of the matrix, unless all are asked for
_PATH = "/dot-bao-cao"


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    one = f"{_PATH}/{{id:int}}"
    return [
        look(site, _PATH, AREA, _list),
        look(site, one, AREA, _one),
        look(site, f"{one}/xuat/{{format:str}}", Action.EXPORT, _export),
        do(site, f"{one}/nhac", Action.NOTIFY, _nudge),
        do(site, f"{one}/gia-han", Action.MANAGE_ROUNDS, _move),
        do(site, f"{one}/dong", Action.MANAGE_ROUNDS, _close),
    ]


def newest_first(room: Room) -> list[Round]:
    """Return every round, the open ones first, each kind by its due time, the newest first."""
    rounds = room.context.desk.rounds()
    return sorted(rounds, key=lambda one: (one.closed_at is not None, -one.due_at.timestamp()))


def summaries(room: Room, rounds: list[Round]) -> list[Summary]:
    """Return these rounds summed up."""
    return [summary(one, room.context.desk.standings(one.id)) for one in rounds]


def _list(room: Room) -> Response:
    every = newest_first(room)
    shown = every if room.asked("tat-ca") else every[:_SHOWN]
    desk = room.context.desk
    known: list[Summary] = []
    rows: dict[str, tuple[Unit, list[Cell]]] = {}
    for position, one in enumerate(shown):
        standings = desk.standings(one.id)
        known.append(summary(one, standings))
        for standing in standings:
            _, cells = rows.setdefault(standing.unit.key, (standing.unit, [APART] * len(shown)))
            cells[position] = cell(standing.submission, one, room.now)
    return room.render(
        "rounds.html",
        known=known,
        matrix=sorted(rows.values(), key=lambda row: row[0].name),
        kinds=KINDS,
        hidden=len(every) - len(shown),
        distance=lambda at: distance(at, room.now),
    )


def _round(room: Room) -> Round:
    one = room.context.desk.round(room.request.path_params["id"])
    if one is None:
        raise Missing
    return one


def _one(room: Room, problem: str = "", status: int = 200) -> Response:
    one, desk = _round(room), room.context.desk
    standings = desk.standings(one.id)
    with reading(room.site.service.engine) as session:
        moves = board.moves(session, one.id)
    return room.render(
        "round.html",
        status=status,
        one=one,
        form=desk.form(one.form),
        sum=summary(one, standings),
        lines=[(standing, cell(standing.submission, one, room.now)) for standing in standings],
        chart=burndown(one, moves, room.now) if one.opens_at <= room.now else None,
        width=WIDTH,
        height=HEIGHT,
        distance=distance(one.due_at, room.now),
        problem=problem,
    )


def _export(room: Room) -> Response:
    one, format = _round(room), room.request.path_params["format"]
    if format not in ("xlsx", "docx"):
        raise Missing
    try:
        file = room.context.desk.exported(one.id, format)
    except FileRefused as error:
        return _one(room, str(error), 422)
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
    return Response(room.site.files.read(file.sha256), media_type=file.mime, headers=headers)


def _nudge(room: Room, form: FormData) -> Response:
    return _take(room, nudge(State(), _round(room), room.context), Action.NOTIFY, "nhac")


def _move(room: Room, form: FormData) -> Response:
    given = f"{form.get('ngay', '')} {form.get('gio', '') or '17:00'}"
    try:
        due = datetime.strptime(given, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)
    except ValueError:
        return _one(room, "Hạn mới chưa rõ. Anh/chị chọn ngày và giờ.", 422)
    typed = f"{due:%d/%m/%Y %H:%M}"
    return _take(
        room, take_due(State(), Managing("due", _round(room).id), typed, room.context), Action.MANAGE_ROUNDS, "gia-han"
    )


def _close(room: Room, form: FormData) -> Response:
    if form.get("chac") != "1":
        return _one(room, "Đợt đã đóng không mở lại được. Anh/chị đánh dấu vào ô xác nhận rồi bấm “Đóng đợt”.", 422)
    return _take(room, close(State(), _round(room), room.context), Action.MANAGE_ROUNDS, "dong")


def _take(room: Room, step: Step, action: Action, done: str) -> Response:
    """Make a step of the chat happen; where it asks for nothing, its words say why."""
    to = f"{_PATH}/{_round(room).id}"
    if not step.effects:
        says = step.replies[0].text.splitlines()[0] if step.replies else ""
        return _one(room, says, 422) if says else RedirectResponse(ADMIN + to, 303)
    return room.act(action, step.effects, to, done)
