"""What is typed while looking at rounds instead of tapping: "nhac", "gia han 25/12", "xuat excel". Pure.

In the list the words mean the one open round; where several are open, the admin is asked for the round first.
"""

from __future__ import annotations

import re

from bot.dialogues.rounds_view import CLOSE, DOCX, MOVE, NUDGE, XLSX
from bot.domain.rounds import Round
from knowledge.text import fold, normalise

_ENDING = r"(?: (?:di|nhe|giup|ngay|luon|em|a|oi))*"
_MEANT = tuple(
    (key, re.compile(pattern + _ENDING))
    for key, pattern in (
        (NUDGE.key, r"nhac(?: nho| lai)?(?: (?:cac |nhung )?(?:don vi|phong))?(?: (?:con )?chua (?:nop|gui))?"),
        (MOVE.key, r"(?:gia han|doi han|lui han|sua han|keo dai han)(?: dot(?: bao cao)?)?"),
        (CLOSE.key, r"dong dot(?: bao cao)?"),
        (XLSX.key, r"xuat (?:file |tep )?excel"),
        (DOCX.key, r"xuat (?:file |tep )?word"),
    )
)
_NEW_DUE = re.compile(
    r"(?:gia han|doi han|lui han|sua han|keo dai han)(?: dot(?: bao cao)?)?(?: nop)?(?: (?:den|toi|sang|thanh|la))?"
    r"(?: het)?(?= \S*\d| \w+ \w+)"
)


def choice_meant(typed: str) -> str | None:
    """Return the key of the choice on a round's card that `typed` means; None: none of them."""
    words = " ".join(re.findall(r"\w+", fold(normalise(typed))))
    return next((key for key, pattern in _MEANT if pattern.fullmatch(words)), None)


def due_meant(typed: str) -> str | None:
    """Return the part of "gia hạn đến 25/12" that says until when; None where it says nothing of the kind."""
    words = " ".join(normalise(typed).split())
    said = _NEW_DUE.match(fold(words))
    return " ".join(words.split()[len(said[0].split()) :]) if said else None


def only_open(rounds: tuple[Round, ...]) -> Round | None:
    """Return the one round that is open; None: there is none, or several."""
    running = [one for one in rounds if one.closed_at is None]
    return running[0] if len(running) == 1 else None
