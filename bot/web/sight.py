"""The documents as whoever makes a request may see them. Nothing else of a page looks at the library directly."""

from __future__ import annotations

from starlette.requests import Request

from bot.asking import Library
from bot.governing import Governor
from bot.web import door
from bot.web.site import Site


def library(site: Site, request: Request) -> Library | None:
    """Return the library of whoever is signed in, or sits at the web chat; None while nothing is indexed."""
    who = door.signed_in(site, request)
    return Governor(site.service.engine, site.source).library(who.person if who else None)
