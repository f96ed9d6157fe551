"""What every page shares: where answers come from, the clock, the templates.

Handlers are plain functions: Starlette runs them in its thread pool, where the synchronous engine belongs.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from bot import wording
from bot.asking import VIETNAM, Source
from bot.checkup.check import Check
from bot.dialogues.managing import when
from bot.governing import Governor
from bot.service import Service
from bot.store.files import Files
from bot.store.turns import Turns

# In escaped text: "&" is "&amp;" in an address, quotes are "&#34;" and end one.
_SPECIAL = re.compile(r"(?P<address>https?://(?:[^\s<>&”]|&amp;)+)|\b(?P<code>[0-9A-Z]{5}-[0-9A-Z]{5})\b")

FOLDER = Path(__file__).parent
STATIC = FOLDER / "static"


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages need to answer."""

    source: Source
    turns: Turns
    clock: Callable[[], datetime]
    service: Service  # what is said on the page goes through it, as on every channel
    files: Files
    local: bool = False  # only this machine reaches the page: whoever is there first may become the admin
    https_name: str = ""  # the name under which people reach the page by https through a proxy; "": none
    checkup: Callable[[], Iterable[Check]] = tuple  # what `tdkt doctor` finds, for the admin pages
    sources: Callable[[], Iterable[Check]] = tuple  # of that, whether indexed files have changed: quickly found

    def secure(self, request: Request) -> bool:
        """Tell whether a cookie of this browser never travels but by https; in the local network it has to."""
        return request.url.scheme == "https" or (bool(self.https_name) and request.url.hostname == self.https_name)

    def render(self, request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
        """Return the page or fragment `template`."""
        # Whoever looks: what is for some only is not counted.
        library = Governor(self.service.engine, self.source).library(None) if "documents" not in context else None
        context.setdefault("documents", len(library.cards) if library else 0)
        return templates().TemplateResponse(request, template, context, status_code=status)


def wants_fragment(request: Request) -> bool:
    """Tell whether htmx asks, and so only the part that changes is wanted."""
    return request.headers.get("HX-Request") == "true"


@cache
def templates() -> Jinja2Templates:
    """Return the templates, with what they may call."""
    found = Jinja2Templates(directory=FOLDER / "templates")
    found.env.trim_blocks = found.env.lstrip_blocks = True
    found.env.globals["static"] = static_url
    found.env.globals["findings"] = wording.FINDINGS
    found.env.globals["serious"] = wording.SERIOUS
    found.env.filters.update(name=wording.name, count=wording.count, sentence=_sentence)
    found.env.filters["local"] = _local
    found.env.filters["words"] = _words
    found.env.filters["when"] = when
    return found


@cache
def static_url(name: str) -> str:
    """Return the address of a static file; it changes with the content, so browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


def _words(text: str) -> Markup:
    """Return what was told, escaped: addresses can be opened, codes stay in one line."""
    return Markup(_SPECIAL.sub(_special, str(escape(text))))


def _special(found: re.Match[str]) -> str:
    if found["code"]:
        return f'<span class="whole">{found["code"]}</span>'
    address = found["address"].rstrip(".,;:)")
    rest = found["address"][len(address) :]
    return f'<a href="{address}">{address}</a>{rest}'


def _local(time: datetime) -> datetime:
    return time.astimezone(VIETNAM)


def _sentence(text: str) -> str:
    """Return `text` beginning with a capital, white space collapsed."""
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]
