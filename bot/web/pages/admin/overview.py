"""What needs somebody today: one card a kind of work, with the way to it; nothing that waits is left out."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.checkup.check import State
from bot.domain.obligations import waiting as waiting_duties
from bot.domain.people import Action
from bot.web.door import AREA
from bot.web.pages.admin.frame import Room, look
from bot.web.pages.admin.rounds import newest_first, summaries
from bot.web.site import Site
from bot.web.standing import distance, pressing

_SHOWN = 5  # lines of one card; the page behind it has all of them


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [look(site, "", AREA, _page)]


def _page(room: Room) -> Response:
    desk, library = room.context.desk, room.context.library()
    known = summaries(room, newest_first(room))
    waiting = desk.waiting()
    decides = room.may(Action.CONFIRM_OBLIGATIONS)
    return room.render(
        "overview.html",
        proposals=len(waiting_duties(room.context.duties.items(), room.now)) if decides else 0,
        questions=len(room.context.inquiries.waiting()) if room.may(Action.ANSWER_QUESTIONS) else 0,
        claims=room.context.reminders.claims() if room.may(Action.REVIEW_REPORTS) else (),
        waiting=waiting[:_SHOWN],
        waiting_count=len(waiting),
        units={unit.key: unit.name for unit in room.context.office.units()},
        titles={one.id: one.title for one in desk.rounds()},
        rounds=pressing(known, room.now),
        open_rounds=[one for one in known if one.round.closed_at is None],
        parked=len(room.context.office.parked()) if room.may(Action.MANAGE_PEOPLE) else 0,
        nothing_indexed=library is None,
        undecided=len(room.context.shelf.undecided()) if room.may(Action.MANAGE_DOCUMENTS) else 0,
        stale=_stale(room),
        shelf=len(library.cards) if library else 0,
        distance=lambda at: distance(at, room.now),
    )


def _stale(room: Room) -> str:
    """Return what keeps the index from being what it should be; "" where nothing does, or nobody here may mend it."""
    if not room.may(Action.MANAGE_DOCUMENTS):
        return ""
    return " ".join(f"{one.says}." for one in room.site.sources() if one.state is not State.FINE)
