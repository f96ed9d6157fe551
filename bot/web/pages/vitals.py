"""For monitors: is the program well (`/healthz`), and what does it do (`/metrics`). No personal data in either.

Not answered under the public name: what a monitor asks, it asks on this machine or in its network.
"""

from __future__ import annotations

from collections.abc import Collection
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

    def health(request: Request) -> Response:
        _not_public(request, public)
        try:
            state = _queues(site)
        except (SQLAlchemyError, KnowledgeError):
            return JSONResponse({"ok": False, "database": "unreachable"}, 503)
        stuck = any(queue.oldest > _STUCK for queue in state)
        library = site.source.current()
        told = {
            "ok": not stuck,
            "documents": len(library.cards) if library else 0,
            **{name: queue.waiting for name, queue in zip(_QUEUE_NAMES, state, strict=True)},
        }
        return JSONResponse(told, 503 if stuck else 200)

    def metrics(request: Request) -> Response:
        _not_public(request, public)
        library = site.source.current()
        lines = [*site.service.meters.lines(), "# TYPE tdkt_documents gauge"]
        lines.append(f"tdkt_documents {len(library.cards) if library else 0}")
        lines += [
            "# TYPE tdkt_queue_waiting gauge",
            "# TYPE tdkt_queue_oldest_seconds gauge",
            "# TYPE tdkt_parked gauge",
        ]
        for name, queue in zip(_QUEUE_NAMES, _queues(site), strict=True):
            lines.append(f'tdkt_queue_waiting{{queue="{name}"}} {queue.waiting}')
            lines.append(f'tdkt_queue_oldest_seconds{{queue="{name}"}} {queue.oldest.total_seconds():.0f}')
            lines.append(f'tdkt_parked{{queue="{name}"}} {queue.parked}')
        version = library.version if library else ""
        lines += ["# TYPE tdkt_index_info gauge", f'tdkt_index_info{{version="{version}"}} 1']
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")

    return [Route("/healthz", health), Route("/metrics", metrics)]


def _queues(site: Site) -> tuple[queues.Queue, ...]:
    with reading(site.service.engine) as session:
        return queues.look(session, site.clock())


def _not_public(request: Request, public: Collection[str]) -> None:
    if request.url.hostname in public:
        raise HTTPException(404)
