"""Names of units as an admin types them: one, or a pasted list; each makes a unit, or is said to be no good. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.dialogues.managing import short
from bot.domain.people import Unit
from knowledge.text import fold, normalise

_LONGEST_NAME, _LONGEST_KEY = 150, 40
_MOST = 200  # names in one message
# An order, not a name.
_ADD = re.compile(
    r"(?:thêm|them|tạo|tao)\s+(?:(?:đơn vị|don vi)(?:\s*[:\-]\s*|\s+(?=\S+\s+\S)))?[:\-]?\s*", re.I
)  # an order, not a name
_KIND = re.compile(r"(?:phong|ban|van phong|trung tam|chi cuc|thanh tra|truong|doi|to) +\S")
_NO_NAME = frozenset({"don vi", "phong", "phong ban", "cac don vi", "don vi moi"})
_BULLET = re.compile(r"^\s*(?:[-–—•*+]|\d{1,3}\s*[.)])\s*")


@dataclass(frozen=True, slots=True)
class Added:
    """What becomes of a list of names."""

    units: tuple[Unit, ...]
    problems: tuple[str, ...]  # one sentence a name that was not taken


def names_in(typed: str) -> tuple[str, ...]:
    """Return the names of a list, a line or a semicolon apart, without bullets and numbers."""
    lines = (
        _ADD.sub("", _BULLET.sub("", part, count=1).strip(), count=1) for part in re.split(r"[\n;]", normalise(typed))
    )
    parts = (" ".join(line.split()) for line in lines)
    return tuple(part for part in parts if part)[:_MOST] or ("",)


def read_like_units(typed: str) -> bool:
    """Tell whether every line begins as names of units do: "Phòng …", "Trung tâm …"."""
    return all(_KIND.match(fold(name)) and len(name.split()) <= 12 for name in names_in(typed))


def new_units(typed: str, units: Collection[Unit]) -> Added:
    """Return the units that the names in `typed` make beside `units`."""
    made: list[Unit] = []
    problems: list[str] = []
    for name in names_in(typed):
        known = (*units, *made)
        problem = name_problem(name, known)
        if problem is None:
            made.append(Unit(_fresh_key(name, known), name))
        else:
            problems.append(problem)
    return Added(tuple(made), tuple(problems))


def name_problem(name: str, units: Collection[Unit], but: str = "") -> str | None:
    """Return why a unit cannot be called `name`, None when it can; `but`: the key of the unit that is called so now."""
    if sum(letter.isalpha() for letter in name) < 3 or fold(name) in _NO_NAME:
        return f"“{short(name, 40)}” chưa phải là tên đơn vị."
    if len(name) > _LONGEST_NAME:
        return f"Tên dài {len(name)} ký tự, xin rút gọn còn {_LONGEST_NAME}."
    same = next((unit for unit in units if fold(unit.name) == fold(name) and unit.key != but), None)
    return f"Đã có đơn vị “{same.name}”." if same else None


def _fresh_key(name: str, units: Collection[Unit]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:_LONGEST_KEY].strip("-") or "don-vi"
    taken, key, number = {unit.key for unit in units}, base, 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    return key
