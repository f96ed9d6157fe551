"""The terminal as a channel: lines in, wrapped text with numbered choices out.

On a terminal it prompts and keeps a history to recall with the arrow keys; from a pipe it repeats each line it read,
so that the output reads as a conversation. Knows nothing of what is said: lines go to the service, replies come back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TextIO

from bot.console import Console
from bot.domain.messages import Reply
from knowledge.text import fold

_PROMPT = "Hỏi › "
_EMPHASISED = f"\001\033[1m\002{_PROMPT}\001\033[0m\002"  # readline must not count the escapes as columns


_LEAVING = frozenset({"/thoat", "/ketthuc", "/quit", "/exit", "/q"})
_FAREWELL = Reply("Chào anh/chị, hẹn gặp lại.")


class Terminal:
    """One conversation between a person at a terminal and the assistant."""

    def __init__(self, say: Callable[[str], Sequence[Reply]], said: TextIO, out: TextIO) -> None:
        self._say = say
        self._said = said
        self._out = out
        self._console = Console.of(out)
        self._interactive = said.isatty() and out.isatty()

    def run(self, *opening: Reply) -> None:
        """Show the opening, then talk until the person leaves or the input ends."""
        if self._interactive:
            import readline  # noqa: F401  # importing it is what gives input() its history and editing

        for reply in opening:
            self._show(reply)
        while (line := self._read()) is not None:
            if not line.strip():
                continue
            if "".join(fold(line).split()) in _LEAVING:
                self._show(_FAREWELL)
                return
            for reply in self._say(line):
                self._show(reply)

    def _read(self) -> str | None:
        if self._interactive:
            try:
                return input(_EMPHASISED if self._console.styled else _PROMPT)
            except EOFError:
                self._out.write("\n")
                return None
        line = self._said.readline()
        if not line:
            return None
        if line.strip():
            self._out.write(f"{_PROMPT}{line.strip()}\n")
        return line

    def _show(self, reply: Reply) -> None:
        lines = [self._console.fill(line, indent=_indent(line)) for line in reply.text.splitlines()]
        lines += [self._console.dim(f"  {number}. {choice.label}") for number, choice in enumerate(reply.choices, 1)]
        self._out.write("\n".join([*lines, "", ""]))
        self._out.flush()


def _indent(line: str) -> str:
    """Return the indent of the continuation of a wrapped line: under the words of a bullet, not under its mark."""
    lead = len(line) - len(line.lstrip())
    return " " * (lead + 2 if line.lstrip()[:2] in ("• ", "— ", "! ") else lead)
