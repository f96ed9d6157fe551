"""A terminal's means: width, emphasis, wrapping, tables, a progress bar.

Emphasis and the progress bar appear on a terminal only: a pipe gets plain text.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

NARROWEST, WIDEST = 40, 100  # columns
_BAR = "{desc} {percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt}, còn {remaining}"
_STAGES = {"read": "Đọc văn bản", "index": "Lập chỉ mục"}  # of index.build


@dataclass(frozen=True, slots=True)
class Console:
    """How text is laid out for one stream."""

    width: int = 80
    styled: bool = False

    @classmethod
    def of(cls, stream: TextIO) -> Console:
        """Return the console that suits `stream`."""
        terminal = stream.isatty()
        columns = shutil.get_terminal_size((80, 24)).columns if terminal else 80
        styled = terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return cls(max(NARROWEST, min(WIDEST, columns)), styled)

    def bold(self, text: str) -> str:
        """Return `text` emphasised."""
        return f"\033[1m{text}\033[0m" if self.styled else text

    def dim(self, text: str) -> str:
        """Return `text` toned down."""
        return f"\033[2m{text}\033[0m" if self.styled else text

    def fill(self, text: str, indent: str = "", first: str | None = None) -> str:
        """Wrap `text` to the width, keeping its own line breaks; `first` begins the very first line instead."""
        lines: list[str] = []
        for number, line in enumerate(text.splitlines()):
            begin = first if first is not None and number == 0 else indent
            # Symbols ("912/KH-SNNMT") and paths stay whole: people copy them.
            lines += textwrap.wrap(
                line, self.width, initial_indent=begin, subsequent_indent=indent,
                break_on_hyphens=False, break_long_words=False,
            ) or [""]  # fmt: skip
        return "\n".join(lines)


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a table; cells are wrapped within `widths`, columns separated by two spaces."""
    natural = [max(len(row[column]) for row in [headings, *rows]) for column in range(len(headings))]
    columns = [min(natural[column], width) for column, width in enumerate(widths)]
    for row in [headings, ["─" * column for column in columns], *rows]:
        cells = [
            textwrap.wrap(cell, column, break_on_hyphens=False) or [""]
            for cell, column in zip(row, columns, strict=True)
        ]
        for line in range(max(map(len, cells))):
            parts = [cell[line] if line < len(cell) else "" for cell in cells]
            yield "  ".join(part.ljust(column) for part, column in zip(parts, columns, strict=True)).rstrip()


@contextmanager
def progress_bar(shown: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    """Yield a callback `(stage, done, total)` that draws a bar on a terminal; None when there is no terminal."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from tqdm import tqdm

    with tqdm(total=0, leave=False, dynamic_ncols=True, bar_format=_BAR) as bar:

        def advance(stage: str, done: int, total: int) -> None:
            bar.set_description_str(_STAGES.get(stage, stage), refresh=False)
            bar.total, bar.n = total, done
            bar.refresh()

        yield advance
