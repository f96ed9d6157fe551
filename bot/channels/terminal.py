"""The terminal as a channel: lines in, wrapped text with numbered choices out.

On a terminal it prompts and keeps a history to recall with the arrow keys; from a pipe it repeats each line it read,
so that the output reads as a conversation. `/tep PATH`, or a file dropped onto the terminal, sends a file; a file that
is given is saved and its place said; Enter alone shows what others had to tell. Knows nothing of what is said: lines go
to the service, replies come back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.attaching import dropped, path_of
from bot.console import Console
from bot.domain.messages import OutFile, Reply
from bot.errors import BotError
from knowledge.text import fold

_PROMPT = "Hỏi › "
_EMPHASISED = f"\001\033[1m\002{_PROMPT}\001\033[0m\002"  # readline must not count the escapes as columns

_LEAVING = frozenset({"/thoat", "/ketthuc", "/quit", "/exit", "/q"})
_BULLETS = ("• ", "— ", "! ")
_FAREWELL = Reply("Chào anh/chị, hẹn gặp lại.")
_SENDING = frozenset({"/tep", "/file"})
_WHICH = Reply("Anh/chị gõ đường dẫn sau lệnh, ví dụ: /tep ~/bao-cao.xlsx, hoặc kéo thả tệp vào cửa sổ này.")


@dataclass(frozen=True, slots=True)
class Carrying:
    """How files come and go."""

    send: Callable[[Path], Sequence[Reply]]  # sends a file and returns what is answered; BotError where it cannot
    save: Callable[[OutFile], Path]  # saves a file that is given; BotError where it cannot


class Terminal:
    """One conversation between a person at a terminal and the assistant."""

    def __init__(
        self,
        say: Callable[[str], Sequence[Reply]],
        said: TextIO,
        out: TextIO,
        files: Carrying | None = None,
        hear: Callable[[], Sequence[Reply]] = tuple,
    ) -> None:
        self._say = say
        self._files = files  # None: words only
        self._hear = hear  # what others had to tell meanwhile
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
            if not line.strip():  # Enter alone: is there anything new?
                for reply in self._hear():
                    self._show(reply)
                continue
            if "".join(fold(line).split()) in _LEAVING:
                self._show(_FAREWELL)
                return
            for reply in self._answers(line):
                self._show(reply)

    def _answers(self, line: str) -> Sequence[Reply]:
        """Send a line, or the file it names, and return what is answered."""
        command, _, rest = line.strip().partition(" ")
        sends = fold(command) in _SENDING
        if self._files is None or not (sends or dropped(line)):
            return self._say(line.strip())
        if sends and not rest.strip():
            return (_WHICH,)
        try:
            return self._files.send(path_of(rest if sends else line))
        except BotError as error:
            return (Reply(str(error)),)

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
        lines = [self._filled(line) for line in reply.text.splitlines()]
        if reply.file is not None:
            lines.append(self._saved(reply.file))
        lines += [self._console.dim(line) for line in _below(reply)]
        self._out.write("\n".join([*lines, "", ""]))
        self._out.flush()

    def _filled(self, line: str) -> str:
        """Wrap a line; what follows of a bullet stands under its words, not under its mark."""
        words = line.lstrip()
        lead = " " * (len(line) - len(words))
        if words[:2] not in _BULLETS:
            return self._console.fill(words, indent=lead)
        return self._console.fill(words, indent="    ", first="  ")

    def _saved(self, file: OutFile) -> str:
        if self._files is None:
            return f"Tệp: {file.name}"
        try:
            return f"Đã lưu tệp: {self._files.save(file)}"
        except BotError as error:
            return str(error)


def _below(reply: Reply) -> list[str]:
    """Return what stands below the words: numbered choices, or what can be typed in their place."""
    if reply.instead:
        return reply.instead.splitlines()
    return [f"  {number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)]
