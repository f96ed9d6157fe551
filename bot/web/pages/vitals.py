"""For monitors: is the program well (`/healthz`), and what does it do (`/metrics`). No personal data in either.

Not answered under the public name: what a monitor asks, it asks on this machine or in its network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.store import queues
from bot.web.site import Site
from knowledge.db import reading
from knowledge.errors import KnowledgeError

_STUCK = timedelta(minutes=5)  # a queue whose first message is due for longer is not being worked on
_QUEUE_NAMES = ("inbox", "outbox")


def routes(site: Site, public: Collection[str]) -> list[Route]:
    """Return what this module serves; `public` are the host names that a proxy passes on."""

    def told(tell: Callable[[Site], Response]) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            if request.url.hostname in public:
                raise HTTPException(404)
            return tell(site)

        return answer

    return [Route("/healthz", told(_health)), Route("/metrics", told(_metrics))]


def _health(site: Site) -> Response:
    try:
        state = _queues(site)
    except (SQLAlchemyError, KnowledgeError):
        return JSONResponse({"ok": False, "database": "unreachable"}, 503)
    stuck = any(queue.oldest > _STUCK for queue in state)
    told = {
        "ok": not stuck,
        "documents": _documents(site),
        **{name: queue.waiting for name, queue in zip(_QUEUE_NAMES, state, strict=True)},
    }
    return JSONResponse(told, 503 if stuck else 200)


def _metrics(site: Site) -> Response:
    library = site.source.current()
    waiting = dict(zip(_QUEUE_NAMES, _queues(site), strict=True))
    oldest = _by_queue(waiting, lambda one: round(one.oldest.total_seconds()))
    lines = [
        *site.service.meters.lines(),
        *_gauge("tdkt_documents", "Documents that answers come from.", {"": _documents(site)}),
        *_gauge("tdkt_queue_waiting", "Messages that wait.", _by_queue(waiting, lambda one: one.waiting)),
        *_gauge("tdkt_queue_oldest_seconds", "How long the first of them has been due.", oldest),
        *_gauge("tdkt_parked", "Messages put aside.", _by_queue(waiting, lambda one: one.parked)),
        *_gauge("tdkt_index_info", "The index in use.", {f'{{version="{library.version if library else ""}"}}': 1}),
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _documents(site: Site) -> int:
    library = site.source.current()
    return len(library.cards) if library else 0


def _queues(site: Site) -> tuple[queues.Queue, ...]:
    with reading(site.service.engine) as session:
        return queues.look(session, site.clock())


def _gauge(name: str, says: str, values: Mapping[str, int]) -> list[str]:
    """Return one gauge in the text format of Prometheus: all its lines stand together."""
    return [f"# HELP {name} {says}", f"# TYPE {name} gauge", *(f"{name}{label} {values[label]}" for label in values)]


def _by_queue(known: Mapping[str, queues.Queue], number: Callable[[queues.Queue], int]) -> dict[str, int]:
    return {f'{{queue="{name}"}}': number(queue) for name, queue in known.items()}
