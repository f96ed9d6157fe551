"""A person's deadlines for the calendar of their telephone, for whoever holds the secret address."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.domain.occurrences import AHEAD
from bot.domain.people import Action, may
from bot.governing import Governor
from bot.reminders import CALENDAR_PATH
from bot.store import owed, people, wishes
from bot.web.site import Site
from knowledge.db import reading


def routes(site: Site) -> list[Route]:
    """Return what this module serves."""

    def page(request: Request) -> Response:
        from bot import feed  # icalendar takes a while

        now = site.clock()
        with reading(site.service.engine) as session:
            person = wishes.calendar_of(session, request.path_params["token"])
            if person is None:
                raise HTTPException(404)
            unit, discretion = people.unit(session, person.unit), owed.discretion(session)
            everything = unit is None and may(person, Action.READ_ALL_REPORTS)
            found = owed.duties(session, now, unit.key if unit else None, AHEAD) if unit or everything else ()
        told = [discretion.as_told(one, person) for one in found]
        entries = feed.of_unit(told, unit.name) if unit else feed.of_office(told)
        library = Governor(site.service.engine, site.source).library(person)
        days = feed.anniversaries_in(library) if library is not None else []
        return Response(feed.feed(entries, days, now), media_type="text/calendar")

    return [Route(f"{CALENDAR_PATH}{{token}}.ics", page)]
