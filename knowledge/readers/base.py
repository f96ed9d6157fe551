"""What every reader hands back, and how it asks the operating system for help.

A reader turns the bytes of one kind of file into pages of text in reading order: `extract(data: bytes) -> Extract`.
One that may recognise pages, which takes seconds each, tells how far it is: `extract(data: bytes, told: Told)`.
It knows nothing of names and folders; `knowledge.read` chooses it by what the bytes are.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.errors import MissingTool, UnreadableFile

Told = Callable[[int, int], None]  # (done, total): pages recognised so far; what it raises ends the reading


def nobody(done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page, or the whole of a file that has no pages."""

    text: str  # in reading order: paragraphs apart by a blank line, table rows as "cell | cell"
    confidence: float | None = None  # mean word confidence of character recognition, 0..1; None: it was text


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of one file before it is stitched."""

    text: str  # the whole text, page furniture left out
    pages: tuple[PageText, ...]  # every page as it stood, furniture and all: where a secrecy stamp is looked for
    edges: tuple[str, ...] = ()  # lines of headers, footers, watermarks and notes that stand on no page of `pages`
    author_breaks: bool = False  # paragraph marks were set by the author, not by a page


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that ran to its end."""

    code: int
    out: bytes
    err: bytes


def join_cells(cells: Sequence[str]) -> str:
    """Return a table row as one line, "1 | Tổng kết | | 30/11"; empty cells keep their place but for the last ones.

    A row with one filled cell is its plain text (a heading across the table), an empty row "".
    """
    texts = [" ".join(cell.split()) for cell in cells]
    if sum(map(bool, texts)) < 2:
        return "".join(texts)
    while not texts[-1]:
        texts.pop()
    return " | ".join(texts).replace("|  |", "| |").replace("|  |", "| |").strip()


def find_tool(*names: str) -> str | None:
    """Return the path of the first of `names` that is installed."""
    return next((path for name in names if (path := shutil.which(name))), None)


def need_tool(name: str, message: str) -> str:
    """Return the path of program `name`; raise MissingTool with `message` when it is not installed."""
    path = find_tool(name)
    if path is None:
        raise MissingTool(message)
    return path


def run(
    argv: Sequence[str], *, timeout: float, too_slow: str, data: bytes = b"", env: Mapping[str, str] | None = None
) -> Finished:
    """Run a program, `data` on its standard input; raise UnreadableFile with `too_slow` when it does not end in time.

    It gets a process group of its own, so that its children (LibreOffice starts some) end with it.
    """
    process = subprocess.Popen(
        argv,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **(env or {})},
        start_new_session=True,
    )
    try:
        out, err = process.communicate(data, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableFile(too_slow) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return Finished(process.returncode, out, err)
