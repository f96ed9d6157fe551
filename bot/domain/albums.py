"""An album: several files sent as one, which a platform hands over as a message each. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.messages import Attachment, Incoming, IncomingKind


def joined(messages: Sequence[Incoming]) -> Incoming:
    """Return the messages of one album, in the order of their sending, as the one message it was meant as.

    Whatever they say, every caption is kept, and files of one name (a telephone's photos) are told apart.
    """
    first, *rest = messages
    if not rest:
        return first
    files = tuple(one for message in messages for one in message.attachments)
    captions = dict.fromkeys(message.text.strip() for message in messages if message.text.strip())
    return replace(
        first,
        kind=IncomingKind.FILE if files else first.kind,
        text="\n".join(captions),
        attachments=tuple(_told_apart(files)),
    )


def _told_apart(files: Sequence[Attachment]) -> list[Attachment]:
    """Number the files whose names others have: "anh.jpg", "anh-2.jpg"."""
    named: list[Attachment] = []
    taken: set[str] = set()
    for file in files:
        name, number = file.name, 1
        stem, dot, ending = file.name.rpartition(".")
        while name.casefold() in taken:
            number += 1
            name = f"{stem}-{number}.{ending}" if dot and stem else f"{file.name}-{number}"
        taken.add(name.casefold())
        named.append(replace(file, name=name))
    return named
