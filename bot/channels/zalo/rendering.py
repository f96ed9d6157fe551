"""A reply as Zalo takes it: plain texts within the limit, choices as numbered lines, a file as a link.

Zalo refuses a message over 2,000 characters; UTF-16 units are counted, of which there are never fewer. It has no
buttons and takes no files: what can be chosen is answered with its number, and a file is fetched from our own pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.splitting import cleaned, split, units, visible
from bot.domain.messages import Choice, OutFile, Reply

LONGEST_MESSAGE = 2000  # UTF-16 units
_NUMBERED_UP_TO = 4  # choices whose numbers are all named in the line that asks for one
_ASKING = "Mời anh/chị chọn:"  # over choices without a text of their own


def parts(reply: Reply, link: str | None = None, longest: int = LONGEST_MESSAGE) -> tuple[str, ...]:
    """Return the texts of the messages of `reply`, in order; none where there is nothing to see.

    `link` is where its file is fetched from, None where nobody can reach our pages. Choices stay in one message.
    """
    found = [part for part in split(cleaned(reply.text), longest) if visible(part)]
    if reply.file is not None:
        _append(found, cleaned(file_line(reply.file, link)), "\n", longest)
    if reply.instead:
        _append(found, cleaned(reply.instead), "\n", longest)
    elif reply.choices:
        if not found:
            found.append(_ASKING)
        _append(found, cleaned(_numbered(reply.choices)), "\n\n", longest)
    return tuple(found)


def file_line(file: OutFile, link: str | None) -> str:
    """Return what is said in place of a file."""
    if link is None:
        return f"Tệp “{file.name}”: Zalo không gửi được tệp, anh/chị xem trên trang web của Trợ lý TĐKT."
    return f"Tải tệp “{file.name}” (trong 24 giờ): {link}"


def _append(found: list[str], tail: str, between: str, longest: int) -> None:
    if found and units(found[-1]) + units(between) + units(tail) <= longest:
        found[-1] += between + tail
    else:
        found += split(tail, longest)


def _numbered(choices: Sequence[Choice]) -> str:
    labels = (" ".join(choice.label.split()) for choice in choices)
    lines = [f"{number}. {label or '…'}" for number, label in enumerate(labels, 1)]
    return "\n".join([*lines, _how(len(choices))])


def _how(count: int) -> str:
    if count == 1:
        return "Trả lời 1 để chọn."
    if count <= _NUMBERED_UP_TO:
        return f"Trả lời {', '.join(map(str, range(1, count)))} hoặc {count}."
    return f"Trả lời một số từ 1 đến {count}."
