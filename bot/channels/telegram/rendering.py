"""A reply as Telegram takes it: parts of HTML within the limits, rows of buttons.

Telegram refuses a message over 4,096 characters, a caption over 1,024, callback data over 64 bytes, and HTML that is
not well formed; it counts in UTF-16 units. Parts here are within the limits even before Telegram strips the markup.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate

from bot.domain.messages import Choice, Reply
from knowledge.sentences import sentences

LONGEST_MESSAGE = 4096  # UTF-16 units
LONGEST_CAPTION = 1024
LONGEST_CALLBACK = 64  # bytes
MOST_BUTTONS = 100

_ASKING = "Mời anh/chị chọn:"  # over buttons without a text of their own: Telegram takes no empty message
_ROW = 34  # characters of labels side by side that a phone still shows whole
_SEPARATOR = 4  # characters that a button's own margins are worth
_LONGEST_CLUSTER = 32  # characters of one visible sign that are not torn apart

# A line, or lines, in quotation marks: the words of a document, shown as a quotation.
_QUOTED = re.compile(r"^“(?:[^“”]*|.*)”$", re.MULTILINE)
_MARKUP = len("<blockquote></blockquote>")
_COSTS = {"&": 5, "<": 4, ">": 4}  # of the escaped character
_DEAREST = 5
# What Telegram drops or what turns the writing direction of everything after it.
_HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u2028-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]*"
)


def parts(reply: Reply, longest: int = LONGEST_MESSAGE) -> tuple[str, ...]:
    """Return the HTML of the messages of `reply`, in order; none where there is nothing to see."""
    text = reply.text
    if reply.choices and not fits_buttons(reply.choices, None):
        text = "\n".join([text, *(f"{number}. {one.label}" for number, one in enumerate(reply.choices, 1))])
    found = tuple(to_html(part) for part in split(cleaned(text), longest) if visible(part))
    return found or ((_ASKING,) if reply.choices else ())


def cleaned(text: str) -> str:
    """Return `text` without characters that no message may hold."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")  # half an emoji is not UTF-8
    return _HARMFUL.sub(" ", whole.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", " ")


def visible(text: str) -> bool:
    """Tell whether there is anything to see: Telegram refuses what is not."""
    return not _INVISIBLE.fullmatch(text)


def to_html(text: str) -> str:
    """Return `text` escaped, with quotations of documents set apart."""
    return _QUOTED.sub(r"<blockquote>\g<0></blockquote>", html.escape(text, quote=False))


def split(text: str, longest: int = LONGEST_MESSAGE) -> Iterator[str]:
    """Yield parts of `text` whose HTML has at most `longest` UTF-16 units.

    Cut at line ends, else at sentence ends, else between words. Only white space is lost, at the cuts.
    """
    if _DEAREST * len(text) + _MARKUP * text.count("“") <= longest:  # most replies
        if part := text.strip():
            yield part
        return
    costs = list(accumulate(_costs(text), initial=0))
    start = 0
    while start < len(text):
        end = start
        while end < len(text) and costs[end + 1] - costs[start] <= longest:
            end += 1
        if end < len(text):
            end = _cut(text, start, end)
        if part := text[start:end].strip():
            yield part
        start = end


def _costs(text: str) -> Iterator[int]:
    before = "\n"
    for char in text:
        opens = char == "“" and before == "\n"
        yield _COSTS.get(char, 2 if ord(char) > 0xFFFF else 1) + (_MARKUP if opens else 0)
        before = char


def _cut(text: str, start: int, end: int) -> int:
    """Return the best place to cut in (start, end]; text[start:end] is the most that fits."""
    middle = start + (end - start) // 2
    line = text.rfind("\n", middle, end + 1)
    if line > start:
        return line
    last = max((span.start for span in sentences(text, start, end)), default=start)
    if last > middle:
        return last
    for at in range(end, middle, -1):
        if text[at].isspace():
            return at
    for at in range(end, max(start, end - _LONGEST_CLUSTER), -1):
        if not _joined(text[at - 1], text[at]):
            return at
    return max(end, start + 1)


def _joined(before: str, after: str) -> bool:
    """Tell whether two characters belong to one sign: a letter and its mark, the parts of an emoji."""
    return unicodedata.combining(after) != 0 or after in "\u200d\ufe0f" or before == "\u200d" or "🏻" <= after <= "🏿"


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
