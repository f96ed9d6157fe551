"""Somebody at `tdkt chat`: the real terminal over two pipes, with a program of its own on the same home."""

from __future__ import annotations

import io
import os
import re
import threading
import time
from pathlib import Path

import pytest

from bot.commands.chat import converse
from tests.bot.scenarios.program import Program
from tests.bot.scenarios.seats import PATIENCE, Numbered


class _Lines(io.TextIOWrapper):
    """The reading end of a pipe that tells when the program waits for a line: then it has answered the one before."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(os.fdopen(descriptor, "rb"), encoding="utf-8", errors="replace")  # as bot.cli reads
        self.waiting = threading.Event()

    # typeshed lets it clash with IOBase's, which returns bytes
    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        self.waiting.set()
        return super().readline(-1 if size is None else size)


class AtTheTerminal(Numbered):
    """Somebody logged in to the machine; what others had to tell shows on Enter."""

    def __init__(self, program: Program, user: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
        super().__init__()
        self._program = program
        self._user = user
        self._folder = folder  # their files
        self._patch = patch
        self.returns()

    def returns(self) -> None:
        read, self._typed = os.pipe()
        self._shown, write = os.pipe()
        self._lines, self._out = _Lines(read), os.fdopen(write, "w", encoding="utf-8")
        os.set_blocking(self._shown, False)
        self._patch.setenv("LOGNAME", self._user)  # as whom the machine knows them
        app = self._program.app()
        seated = threading.Event()

        def talk() -> None:
            seated.set()
            converse(app, self._lines, self._out)
            app.engine.dispose()

        self._thread = threading.Thread(target=talk, name=f"terminal-{self._user}", daemon=True)
        self._thread.start()
        assert self._lines.waiting.wait(PATIENCE)
        self._listen()

    def leaves(self) -> None:
        os.close(self._typed)
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        self._listen()
        os.close(self._shown)
        self._lines.close()
        self._out.close()

    def downloads(self) -> bytes:
        return Path(self.finds(r"Đã lưu tệp: (/\S+)")).read_bytes()

    def _say(self, text: str) -> None:
        self._lines.waiting.clear()
        os.write(self._typed, f"{text}\n".encode("utf-8", "surrogatepass"))
        give_up = time.monotonic() + PATIENCE
        while not self._lines.waiting.wait(0.01):
            self._listen()  # a pipe holds 64 KiB: an answer may be longer
            assert time.monotonic() < give_up, text

    def _send(self, name: str, content: bytes) -> None:
        (self._folder / name).write_bytes(content)
        self._say(f"/tep {self._folder / name}")

    def _wait(self) -> None:
        super()._wait()
        self._say("")

    def _listen(self) -> None:
        try:
            shown = os.read(self._shown, 2**20).decode("utf-8", "replace")
        except BlockingIOError:
            return
        self.heard += [re.sub(r"^Hỏi › .*\n", "", shown, flags=re.MULTILINE)] if shown else []
