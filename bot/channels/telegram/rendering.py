"""A reply as Telegram takes it: parts of HTML within the limits, rows of buttons.

Telegram refuses a message over 4,096 characters, a caption over 1,024, callback data over 64 bytes, and HTML that is
not well formed; it counts in UTF-16 units. Parts here are within the limits even before Telegram strips the markup.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from bot.channels import splitting
from bot.channels.splitting import cleaned, visible
from bot.domain.messages import Choice, Reply

LONGEST_MESSAGE = 4096  # UTF-16 units
LONGEST_CAPTION = 1024
LONGEST_CALLBACK = 64  # bytes
MOST_BUTTONS = 100

_ASKING = "Mời anh/chị chọn:"  # over buttons without a text of their own: Telegram takes no empty message
_ROW = 34  # characters of labels side by side that a phone still shows whole
_SEPARATOR = 4  # characters that a button's own margins are worth

# A line, or lines, in quotation marks: the words of a document, shown as a quotation.
_QUOTED = re.compile(r"^“(?:[^“”]*|.*)”$", re.MULTILINE)
_MARKUP = len("<blockquote></blockquote>")
_COSTS = {"&": 5, "<": 4, ">": 4}  # of the escaped character
_DEAREST = 5


def parts(reply: Reply, longest: int = LONGEST_MESSAGE) -> tuple[str, ...]:
    """Return the HTML of the messages of `reply`, in order; none where there is nothing to see."""
    text = reply.text
    if reply.choices and not fits_buttons(reply.choices, None):
        text = "\n".join([text, *(f"{number}. {one.label}" for number, one in enumerate(reply.choices, 1))])
    found = tuple(to_html(part) for part in split(cleaned(text), longest) if visible(part))
    return found or ((_ASKING,) if reply.choices else ())


def to_html(text: str) -> str:
    """Return `text` escaped, with quotations of documents set apart."""
    return _QUOTED.sub(r"<blockquote>\g<0></blockquote>", html.escape(text, quote=False))


def split(text: str, longest: int = LONGEST_MESSAGE) -> Iterator[str]:
    """Yield parts of `text` whose HTML has at most `longest` UTF-16 units."""
    if _DEAREST * len(text) + _MARKUP * text.count("“") <= longest:  # most replies
        if part := text.strip():
            yield part
        return
    yield from splitting.split(text, longest, _costs(text))


def _costs(text: str) -> Iterator[int]:
    before = "\n"
    for char in text:
        opens = char == "“" and before == "\n"
        yield _COSTS.get(char, 2 if ord(char) > 0xFFFF else 1) + (_MARKUP if opens else 0)
        before = char


# Buttons


def callback(choice: Choice, turn: int | None) -> str:
    """Return what comes back when `choice` is tapped."""
    return f"{'' if turn is None else turn}:{choice.key}"


def read_callback(data: str) -> tuple[str, int | None]:
    """Return the key and the turn of a tapped button; anything foreign is a key of no turn."""
    turn, colon, key = data.partition(":")
    if not colon or not key:
        return data, None
    if not turn:
        return key, None
    return (key, int(turn)) if turn.isascii() and turn.isdecimal() and len(turn) < 19 else (data, None)


def fits_buttons(choices: Sequence[Choice], turn: int | None) -> bool:
    """Tell whether the choices can be buttons; where not, they are numbered lines of the text."""
    longest = 18 if turn is None else len(str(turn))  # as long as a turn can get
    return len(choices) <= MOST_BUTTONS and all(
        longest + 1 + len(choice.key.encode()) <= LONGEST_CALLBACK for choice in choices
    )


def rows(choices: Sequence[Choice], turn: int | None) -> list[list[tuple[str, str]]]:
    """Return rows of (label, callback data), short labels side by side; none where they cannot be buttons."""
    if not fits_buttons(choices, None):
        return []
    packed: list[list[tuple[str, str]]] = []
    room = 0
    for choice in choices:
        label = cleaned(choice.label).replace("\n", " ").strip()
        label = label if visible(label) else "…"
        room -= len(label) + _SEPARATOR
        if room < 0:
            packed.append([])
            room = _ROW - len(label)
        packed[-1].append((label, callback(choice, turn)))
    return packed
