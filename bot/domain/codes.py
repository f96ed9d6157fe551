"""One-time link codes: how they look, how they are recognised in what people type, how often one may guess.

The alphabet has no vowels and nothing that looks like something else, so that no Vietnamese word is mistaken for a
code. Ten symbols of 28 are 48 bits; with a few guesses an hour and days to live, guessing is hopeless. Pure.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.people import Role

ALPHABET = "BCDFGHJKMNPQRSTVWXYZ23456789"
LENGTH = 10
GUESSES_EACH = 5  # wrong codes of one account within GUESS_WINDOW
GUESSES_ALL = 100  # of everybody: a crowd of accounts must not get further than one
GUESS_WINDOW = timedelta(hours=1)

_SHAPE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
# Deliberately slow (about 20 ms): a stolen database yields no code before it expires.
_COST, _BLOCK, _SALT = 2**13, 8, b"tdkt link code 1"


class Refusal(StrEnum):
    """Why a code is not taken."""

    WRONG = "wrong"  # unknown, used or expired: which of them is nobody's business
    TOO_MANY = "too-many"  # guesses


@dataclass(frozen=True, slots=True)
class Offer:
    """What a valid code gives."""

    digest: str
    role: Role
    unit: str | None  # Unit.key
    unit_name: str  # "" for the whole office
    name: str | None  # of the person, as the admin wrote it; None: the channel's display name will do
    person_id: int | None  # the person whose further account this becomes; None: somebody new


def new_code(pick: Callable[[str], str]) -> str:
    """Return a fresh code, "BCDFG-HJKMN"; `pick` chooses one symbol (secrets.choice)."""
    symbols = "".join(pick(ALPHABET) for _ in range(LENGTH))
    return f"{symbols[:5]}-{symbols[5:]}"


def tidy(typed: str) -> str | None:
    """Return the code in `typed` without separators, or None when it has not the shape of one."""
    symbols = re.sub(r"[\s\-–—.·]", "", typed).upper()
    return symbols if _SHAPE.fullmatch(symbols) else None


def code_in(typed: str) -> str | None:
    """Return the one code within `typed`, as in a whole message that was forwarded; None: none, or several."""
    found = {tidy(one) for one in re.findall(r"\b[A-Za-z0-9]{5}[-–—][A-Za-z0-9]{5}\b", typed)} - {None}
    return found.pop() if len(found) == 1 else None


def looks_like_code(typed: str) -> bool:
    """Tell whether `typed` was meant as a code although it has letters that no code has: a slip in copying."""
    return re.fullmatch(r"\s*[A-Za-z0-9]{5}\s?[-–—]\s?[A-Za-z0-9]{5}\s*", typed) is not None


def digest(code: str) -> str:
    """Return what is stored of a tidied code."""
    return hashlib.scrypt(code.encode(), salt=_SALT, n=_COST, r=_BLOCK, p=1, dklen=32).hex()


def guesses_left(own: Sequence[datetime], everybody: int, now: datetime) -> bool:
    """Tell whether one more code may be tried, given the wrong ones of this account and of all within the window."""
    recent = sum(1 for at in own if at > now - GUESS_WINDOW)
    return recent < GUESSES_EACH and everybody < GUESSES_ALL
