"""Pages on a socket and the browser that looks at them: headless Chromium, where there is one."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright
from starlette.routing import BaseRoute

from bot.web.app import create_app
from bot.web.server import address, answered_hosts, listen
from bot.web.site import Site

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SMALLEST_TARGET = 44  # CSS pixels

needs_chromium = pytest.mark.skipif(
    shutil.which(CHROMIUM) is None, reason=f"no browser at {CHROMIUM} (apt install chromium, or set CHROMIUM)"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@contextmanager
def serving(site: Site, others: Sequence[BaseRoute] = ()) -> Iterator[str]:
    """Serve the pages, `others` beside them; yields their address."""
    with listen("127.0.0.1", 0) as listener:
        app = create_app(site, answered_hosts(listener), others)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield address(listener)
        server.should_exit = True
        thread.join(timeout=10)
    site.service.engine.dispose()
