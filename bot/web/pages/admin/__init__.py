"""The admin pages under /quan-tri: what needs somebody today, rounds, reports, documents, people, the log.

    frame.py       who may look and do; the list of pages; what every handler gets (`Room`)
    entering.py    the one-time link, signing out
    one module a page; templates of the same names in templates/admin

A page is added by a module with `routes(site)`, made of `look` and `do` of `frame`, and a line in `frame.PAGES`.
"""

from __future__ import annotations

from starlette.routing import BaseRoute

from bot.web.pages.admin import (
    claims,
    documents,
    duties,
    entering,
    health,
    log,
    notices,
    overview,
    people,
    publishing,
    questions,
    rounds,
    standing,
    submission,
    units,
)
from bot.web.site import Site

_MODULES = (
    entering,
    overview,
    claims,
    rounds,
    submission,
    documents,
    standing,
    publishing,
    duties,
    questions,
    notices,
    people,
    units,
    log,
    health,
)


def routes(site: Site) -> list[BaseRoute]:
    """Return what this package serves."""
    return [route for module in _MODULES for route in module.routes(site)]
