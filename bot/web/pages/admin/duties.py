"""Duties with a time that the documents state: each beside its words; confirmed, dated, merged or passed over.

What follows is the chat's own: the same decisions, the same way from a confirmed duty to a round.
"""

from __future__ import annotations

from datetime import datetime

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot import wording
from bot.asking import VIETNAM
from bot.dialogues import obligations_round
from bot.dialogues.duties import Decide, Undecide
from bot.dialogues.obligations_view import STATUSES, find, owing, ready, terms_of
from bot.dialogues.state import Managing, State
from bot.domain.decisions import confirm, dismiss, keep, merge
from bot.domain.obligations import Change, Item, Status, Terms, differences, waiting
from bot.domain.occurrences import say, unfold
from bot.domain.people import Action
from bot.duties import places
from bot.web.pages.admin.duty_form import Draft, as_it_stands, meant, typed
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.security import ADMIN
from bot.web.site import Site

_PATH, _NEEDS = "/nhiem-vu", Action.CONFIRM_OBLIGATIONS
_ONE = f"{_PATH}/{{key:str}}"


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _PATH, _NEEDS, _list),
        look(site, _ONE, _NEEDS, _one),
        do(site, f"{_ONE}/xac-nhan", _NEEDS, _confirm),
        do(site, f"{_ONE}/bo-qua", _NEEDS, _dismiss),
        do(site, f"{_ONE}/gop", _NEEDS, _merge),
        do(site, f"{_ONE}/giu", _NEEDS, _keep),
        do(site, f"{_ONE}/xet-lai", _NEEDS, _again),
        do(site, f"{_ONE}/mo-dot", Action.MANAGE_ROUNDS, _open),
    ]


def _list(room: Room) -> Response:
    items = room.context.duties.items()
    open_ones = waiting(items, room.now)
    decided = [one for one in items if one.decision is not None and not one.unsettled]
    return room.render(
        "duties.html",
        waiting=[(one, _schedule(terms_of(one, room.context), room.now)) for one in open_ones],
        decided=[(one, _schedule(terms_of(one, room.context), room.now)) for one in decided],
        statuses=STATUSES,
        kinds=wording.DUTIES,
        place=wording.place,
        indexed=room.context.library() is not None,
        changes=Change,
    )


def _schedule(terms: Terms, now: datetime) -> str:
    if terms.rhythm is not None:
        coming = unfold("", terms.rhythm, now)
        return say(terms.rhythm) + (f", kỳ tới {coming[0].due_at:%d/%m/%Y}" if coming else "")
    if terms.due_at is None:
        return "chưa có hạn"
    over = " (đã qua)" if terms.due_at <= now else ""
    return f"{terms.due_at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}{over}"


def _item(room: Room) -> Item:
    item = find(room.request.path_params["key"], room.context.duties.items())
    if item is None:
        raise Missing
    return item


def _one(room: Room, problem: str = "", draft: Draft | None = None, status: int = 200) -> Response:
    item, items = _item(room), room.context.duties.items()
    terms = terms_of(item, room.context)
    left = [one for one in waiting(items, room.now) if one.key != item.key]
    return room.render(
        "duty.html",
        status=status,
        problem=problem,
        item=item,
        source=_source(room, item),
        terms=terms,
        schedule=_schedule(terms, room.now),
        draft=draft or as_it_stands(terms),
        differences=_differences(item),
        ready=ready(terms, room.now),
        usual=", ".join(map(str, room.context.reminders.calendar.ladder.before)),
        owing=owing(item, terms, room.context),
        units=room.context.desk.units(),
        others=[one for one in items if one.key != item.key and one.status is not Status.MERGED],
        rounds=room.context.duties.rounds(item.key),
        forms=room.context.desk.forms(),
        statuses=STATUSES,
        kinds=wording.DUTIES,
        place=wording.place,
        next=left[0] if left else None,
        left=len(left),
        Status=Status,
        Change=Change,
    )


def _source(room: Room, item: Item) -> str:
    """Return where the document is read, opened at the words of the duty; "" where it is not there any more."""
    library, position = room.context.library(), room.context.duties.position(item.proposal.document)
    if library is None or position is None:
        return ""
    span = places(library, position).get(item.key)
    return f"{ADMIN}/van-ban/{library.cards[position].digest[:16]}" + (
        f"?tu={span.start}&den={span.end}#trich" if span else ""
    )


def _differences(item: Item) -> tuple[tuple[str, str, str], ...]:
    if item.decision is None or item.change is not Change.CHANGED:
        return ()
    return differences(item.decision.seen, item.proposal)


def _confirm(room: Room, form: FormData) -> Response:
    item, draft = _item(room), typed(form)
    known = {unit.key for unit in room.context.desk.units()}
    terms = meant(draft, terms_of(item, room.context), known, room.now)
    if isinstance(terms, str):
        return _one(room, terms, draft, 422)
    kept = item.decision.form if item.decision else None
    decision = confirm(item, terms, room.context.duties.proposed(item.proposal), room.who.person.name, room.now, kept)
    return _decide(room, form, item, Decide(decision), "xac-nhan")


def _decide(room: Room, form: FormData, item: Item, effect: Decide | Undecide, done: str) -> Response:
    """Keep a decision on what the page showed."""
    shown = str(item.decision.revision if item.decision else 0)
    if form.get("ban") != shown:
        return _one(room, "Người khác vừa quyết định về nhiệm vụ này. Anh/chị xem lại trước.", status=409)
    return room.act(_NEEDS, [effect], f"{_PATH}/{item.key}", done)


def _dismiss(room: Room, form: FormData) -> Response:
    item = _item(room)
    return _decide(room, form, item, Decide(dismiss(item, room.who.person.name, room.now)), "bo-qua")


def _merge(room: Room, form: FormData) -> Response:
    item = _item(room)
    into = find(str(form.get("vao", "")), room.context.duties.items())
    if into is None or into.key == item.key or into.status is Status.MERGED:
        return _one(room, "Anh/chị chọn nhiệm vụ để gộp vào.", status=422)
    return _decide(room, form, item, Decide(merge(item, into.key, room.who.person.name, room.now)), "gop")


def _keep(room: Room, form: FormData) -> Response:
    item = _item(room)
    if item.decision is None:
        return _one(room)
    return _decide(room, form, item, Decide(keep(item, room.now)), "giu")


def _again(room: Room, form: FormData) -> Response:
    item = _item(room)
    if item.decision is None:
        return _one(room)
    return _decide(room, form, item, Undecide(item.key, item.decision.revision), "xet-lai")


def _open(room: Room, form: FormData) -> Response:
    """Open the round of a confirmed duty; a form made from the document is kept on the way."""
    item, needs = _item(room), Action.MANAGE_ROUNDS
    chosen = obligations_round.take_form(State(), item, str(form.get("bieu-mau", "")), room.context)
    managing = chosen.state.managing
    if managing is None or len(managing.given) < 2:
        return _one(room, chosen.replies[-1].text.splitlines()[0], status=422)
    to = f"{_PATH}/{item.key}"
    if chosen.effects:
        kept = room.act(needs, chosen.effects, to)
        if kept.status_code != 303:
            return kept
    made = Managing("round", given=managing.given)
    opened = obligations_round.open_it(State(), item, made, room.context, now=True)
    if not opened.effects:
        return _one(room, opened.replies[-1].text.splitlines()[0], status=422)
    return room.act(needs, opened.effects, to, "mo-dot")
