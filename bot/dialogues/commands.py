"""Commands as people type them: "/liên kết BCDFG-HJKMN", "/lienket@tro_ly_bot bcdfg hjkmn", "/HỎI hạn báo cáo".

Knows how commands are written, not what they do: `bot.dialogues.router` has the list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from bot.dialogues.state import Context, State, Step
from bot.domain.people import Action
from knowledge.text import fold, normalise

_LONGEST = 4  # words that one command may be written in: "/xem dữ liệu tôi"

Act = Callable[[State, str, Context], Step]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: how it is typed, who may, what it does."""

    names: tuple[str, ...]  # folded, without spaces; the first is the one shown
    says: str  # Vietnamese, for /giup and the channel's menu
    action: Action | None  # None: anybody, strangers too
    act: Act
    private: bool = False  # not in groups
    of_unit: bool = False  # only of use to whoever belongs to a unit: others find it not in /giup


def parse(text: str, known: Collection[str]) -> tuple[str, str] | None:
    """Return the command and what follows it, its lines kept; None when `text` is no command.

    The command is folded and without spaces: the longest of `known` that the text begins with, or else its first word.
    """
    text = normalise(text)
    words = text.split()
    if not words or not words[0].startswith("/") or (len(words[0]) == 1 and len(words) == 1):
        return None
    words[0] = words[0][1:].partition("@")[0]  # Telegram appends the bot's name in groups
    folded = [fold(word) for word in words]
    for count in range(min(_LONGEST, len(words)), 0, -1):
        name = "".join(folded[:count])
        if name in known:
            return name, _after(text, count)
    return folded[0], _after(text, 1)


def _after(text: str, count: int) -> str:
    """Return what follows so many words: a list that was pasted stays a list."""
    parts = text.split(maxsplit=count)
    lines = (" ".join(line.split()) for line in (parts[count] if len(parts) > count else "").split("\n"))
    return "\n".join(line for line in lines if line)
