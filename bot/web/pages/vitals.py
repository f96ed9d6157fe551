"""For monitors: is the program well (`/healthz`), and what does it do (`/metrics`). No personal data in either.

Not answered under the public name: what a monitor asks, it asks on this machine or in its network.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.store import queues
from bot.web.site import Site
from index.errors import IndexingError
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
    told: dict[str, object] = {"ok": True}
    try:
        library = site.source.current()
        told["documents"] = len(library.cards) if library else 0
    except IndexingError:
        told |= {"ok": False, "index": "damaged"}
    try:
        state = _queues(site)
        told |= {name: queue.waiting for name, queue in state.items()}
        told["ok"] = told["ok"] and not any(queue.oldest > _STUCK for queue in state.values())
    except (SQLAlchemyError, KnowledgeError):
        told |= {"ok": False, "database": "unreachable"}
    return JSONResponse(told, 200 if told["ok"] else 503)


def _metrics(site: Site) -> Response:
    lines = site.service.meters.lines()
    with suppress(IndexingError):  # a monitor sees that the lines are missing, and /healthz says why
        library = site.source.current()
        version = f'{{version="{library.version if library else ""}"}}'
        lines += _gauge(
            "tdkt_documents", "Documents that answers come from.", {"": len(library.cards) if library else 0}
        )
        lines += _gauge("tdkt_index_info", "The index in use.", {version: 1})
    with suppress(SQLAlchemyError, KnowledgeError):
        waiting = _queues(site)
        oldest = _by_queue(waiting, lambda one: round(one.oldest.total_seconds()))
        lines += _gauge("tdkt_queue_waiting", "Messages that wait.", _by_queue(waiting, lambda one: one.waiting))
        lines += _gauge("tdkt_queue_oldest_seconds", "How long the first of them has been due.", oldest)
        lines += _gauge("tdkt_parked", "Messages put aside.", _by_queue(waiting, lambda one: one.parked))
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")


def _queues(site: Site) -> dict[str, queues.Queue]:
    with reading(site.service.engine) as session:
        return dict(zip(_QUEUE_NAMES, queues.look(session, site.clock()), strict=True))


def _gauge(name: str, says: str, values: Mapping[str, int]) -> list[str]:
    """Return one gauge in the text format of Prometheus: all its lines stand together."""
    return [f"# HELP {name} {says}", f"# TYPE {name} gauge", *(f"{name}{label} {values[label]}" for label in values)]


def _by_queue(known: Mapping[str, queues.Queue], number: Callable[[queues.Queue], int]) -> dict[str, int]:
    return {f'{{queue="{name}"}}': number(queue) for name, queue in known.items()}
