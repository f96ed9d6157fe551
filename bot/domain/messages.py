"""What people send and what they get back, the same on every channel.

Knows nothing of Telegram, Zalo or web pages: a channel turns its updates into
`Incoming` and renders `Reply` its own way (buttons, or numbered lines).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

SEATS = ("web", "terminal")  # channels that tell nobody anything until they look
PUSHED_KEY = "!"  # begins the keys of choices that belong to no turn: "!remind:12:1h"


class IncomingKind(StrEnum):
    """What happened in a chat."""

    TEXT = "text"
    TAP = "tap"  # a choice was tapped (`choice` names it)
    FILE = "file"  # one or more files, `text` their caption
    EDITED = "edited"  # an earlier message was changed: never a new step, worth one kind line
    UNSUPPORTED = "unsupported"  # sticker, voice, location: answered with what can be sent instead


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file a person sent, before or after it was fetched."""

    ref: str  # the channel's handle (file id or URL); after fetching, the sha256 the content is kept under
    name: str  # as the sender named it; never used as a path
    mime: str
    size: int  # bytes; 0 where the channel does not say


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing a person did, as stored in the inbox."""

    channel: str  # "telegram", "zalo", "web", "terminal"
    chat: str  # the channel's id of the conversation; order is kept within one
    sender: str  # the channel's id of the account
    kind: IncomingKind
    text: str  # "" for a tap
    sent_at: datetime  # timezone-aware, as the channel says
    choice: str | None = None  # key of a tapped Choice
    turn: int | None = None  # which turn's choices were tapped: an old one is stale
    attachments: tuple[Attachment, ...] = ()
    private: bool = True  # False in groups, where reports are never taken
    display_name: str = ""  # how the channel names the sender: shown to the admin, never trusted
    album: str = ""  # what ties together messages that were sent as one, and are answered as one; "": sent alone


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing a person may tap, or type as its number or label."""

    key: str  # short and stable, "submit"
    label: str  # Vietnamese, "Nộp báo cáo"


@dataclass(frozen=True, slots=True)
class OutFile:
    """A file to be sent: kept by content, named for the reader."""

    sha256: str
    name: str
    mime: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to one person; plain text, each channel escapes and splits it its own way."""

    text: str
    choices: tuple[Choice, ...] = ()
    file: OutFile | None = None
    secret: bool = False  # holds a one-time code or link: its words are forgotten once it is delivered
    good_until: datetime | None = None  # of a secret: from then on it is worth nothing, is not said and is forgotten
    # Of a message we write first, whose choices work at any later time (their keys begin with PUSHED_KEY): what is said
    # in their place on channels without buttons, where a number would mean the choices of the conversation.
    instead: str = ""
    # Names what is told of again and again, "job:12": where messages can be changed, this one takes the place of the
    # last one of that name.
    live: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """What a channel can carry, as far as it changes what is said."""

    files_in: bool = True  # people can send files; False: through a one-time upload page
    photos_in: bool = True
    buttons: bool = True  # choices can be tapped; False: they are numbered lines, so numbers mean them
    edits: bool = False  # a message that was sent can be changed
    batch: int = 1  # prompts asked in one message, where each message counts against a quota
