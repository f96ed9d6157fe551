"""What the Bot API puts on the wire: messages, users, entities, formatted text. Knows nothing of servers.

Written after https://core.telegram.org/bots/api; the checks of formatted text after what its server is known to
refuse.
"""

from __future__ import annotations

import html
import re
from typing import Any

LONGEST_TEXT, LONGEST_CAPTION, LONGEST_CALLBACK, LONGEST_ANSWER = 4096, 1024, 64, 200

_ENTITY = re.compile(r"(?<!\w)(/[A-Za-z0-9_]+(?:@\w+)?|@\w{3,})")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z-]*)((?:\s+[a-z-]+(?:=\"[^\"<]*\")?)*)\s*>")
_TAGS = frozenset("b strong i em u ins s strike del a code pre blockquote tg-spoiler tg-emoji span".split())
_KNOWN_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")
_REMOVED = re.compile("[\u2028-\u202e]")
_INVISIBLE = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff]+"
)

Json = dict[str, Any]


class Refused(Exception):
    """An answer with `ok: false`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters
        self.code = code


def bad(description: str, **parameters: int) -> Refused:
    return Refused(400, f"Bad Request: {description}", **parameters)


def forbidden(description: str) -> Refused:
    return Refused(403, f"Forbidden: {description}")


def units(text: str) -> int:
    """Length in UTF-16 code units: what offsets and limits count."""
    return len(text.encode("utf-16-le")) // 2


def entities(text: str) -> list[Json]:
    """Commands and mentions as Telegram marks them in what people write."""
    return [
        {
            "type": "bot_command" if match[0][0] == "/" else "mention",
            "offset": units(text[: match.start()]),
            "length": units(match[0]),
        }
        for match in _ENTITY.finditer(text)
    ]


def shown(text: str, parse_mode: str | None, longest: int = LONGEST_TEXT) -> str:
    """The plain text of a message; Refused where Telegram would refuse it."""
    if parse_mode == "HTML":
        text = _parsed(text)
    elif parse_mode is not None:
        raise bad("unsupported parse_mode")
    text = _REMOVED.sub("", _CONTROL.sub(" ", text)).strip()
    if units(text) > longest:
        raise bad("message is too long" if longest == LONGEST_TEXT else "message caption is too long")
    return text


def visible(text: str) -> bool:
    return _INVISIBLE.sub("", text) != ""


def _parsed(source: str) -> str:
    out: list[str] = []
    opened: list[str] = []
    at = 0
    while at < len(source):
        if source[at] != "<":
            end = source.find("<", at)
            end = len(source) if end < 0 else end
            out.append(_KNOWN_ENTITY.sub(lambda match: html.unescape(match[0]), source[at:end]))
            at = end
            continue
        tag = _TAG.match(source, at)
        if tag is None or tag[2].lower() not in _TAGS:
            raise bad(f"can't parse entities: Unsupported start tag at byte offset {len(source[:at].encode())}")
        name = tag[2].lower()
        if not tag[1]:
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise bad(f"can't parse entities: Unmatched end tag at byte offset {len(source[:at].encode())}")
        at = tag.end()
    if opened:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{opened[-1]}\"")
    return "".join(out)


def check_keyboard(markup: object) -> list[list[Json]]:
    """The rows of an inline keyboard; Refused where Telegram would refuse it."""
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if not str(button.get("text", "")).strip():
            raise bad("inline keyboard button text is empty")
        data = button.get("callback_data")
        if data is None and "url" not in button:
            raise bad("Text buttons are unallowed in the inline keyboard")
        if data is not None and not 1 <= len(data.encode()) <= LONGEST_CALLBACK:
            raise bad("BUTTON_DATA_INVALID")
    if sum(map(len, rows)) > 100:
        raise bad("too many inline keyboard buttons")
    return list(rows)


def person(identity: int, name: str, *, username: str | None = None, is_bot: bool = False) -> Json:
    body: Json = {"id": identity, "is_bot": is_bot, "first_name": name}
    return body | ({"username": username} if username else {}) | ({} if is_bot else {"language_code": "vi"})
