"""The whole program as `tdkt serve` wires it, in a thread of its own, to be stopped and started on the same home."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import uvicorn

from bot import settings
from bot.app import App
from bot.web.server import answered_hosts, listen
from tests.bot.library import FakeLibrary, FakeSource


class Program:
    """One home, served at one address; the documents are a small library with scripted answers."""

    def __init__(self, home: Path, **variables: str) -> None:
        self.home = home
        with listen("127.0.0.1", 0) as found:
            self.port: int = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.variables = {"TDKT_HOME": str(home), **variables}
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._app: App | None = None

    def app(self) -> App:
        """Return the program's parts as a process of its own would make them."""
        app = App(settings.read(self.variables, self.home / "no.env"))
        source = FakeSource(FakeLibrary())
        vars(app).update(libraries=source, library=source.current)
        return app

    def start(self) -> None:
        """Serve pages and channels."""
        self._app = self.app()
        listener = listen("127.0.0.1", self.port)
        pages = self._app.web(answered_hosts(listener))
        config = uvicorn.Config(pages, log_level="warning", access_log=False, timeout_graceful_shutdown=2)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="program", daemon=True)
        self._thread.start()
        give_up = time.monotonic() + 15
        while not self._server.started:
            assert time.monotonic() < give_up and self._thread.is_alive()
            time.sleep(0.01)

    def stop(self) -> None:
        """End as on a signal to end."""
        if self._server is not None and self._thread is not None and self._app is not None:
            self._server.should_exit = True
            self._thread.join(20)
            assert not self._thread.is_alive()
            self._app.engine.dispose()
        self._server = self._thread = self._app = None
