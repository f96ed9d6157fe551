"""Word's automatic numbering, written out: the "II.", "1." and "a)" that stand in no text of the file.

Follows ECMA-376 part 1, 17.9: paragraphs point to a numbering instance, instances to an abstract definition with nine
levels, and all instances of one definition count on together unless one overrides the start.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""  # "%1.%2." with %n for the number of level n
    restart: int | None = None  # 0: never starts again; n: after level n or higher
    legal: bool = False  # all numbers in Arabic figures
    style: str | None = None  # the paragraph style tied to this level


@dataclass(slots=True)
class _Definition:
    levels: dict[int, _Level] = field(default_factory=dict)
    counts: dict[int, int] = field(default_factory=dict)  # level → its last number


@dataclass(frozen=True, slots=True)
class _Instance:
    definition: _Definition
    starts: dict[int, int]  # level → overriding start
    levels: dict[int, _Level]  # level → overriding definition
    begun: set[int] = field(default_factory=set)  # levels whose overriding start was used


def value(element: BaseOxmlElement | None, path: str) -> str | None:
    """Return the w:val of the child at `path` ("w:numPr/w:ilvl"), None where there is none."""
    for name in path.split("/"):
        if element is None:
            return None
        element = element.find(qn(name))
    return None if element is None else element.get(qn("w:val"))


class Numbering:
    """The counters of one document; `label` is called once for each numbered paragraph, in order."""

    def __init__(self, numbering: BaseOxmlElement | None, styles: dict[str, BaseOxmlElement]) -> None:
        self._styles = styles
        self._instances: dict[str, _Instance] = {}
        if numbering is None:
            return
        abstract = {a.get(qn("w:abstractNumId")): a for a in numbering.findall(qn("w:abstractNum"))}
        definitions = {key: _Definition(_levels(self._linked(a, numbering, abstract))) for key, a in abstract.items()}
        for num in numbering.findall(qn("w:num")):
            definition = definitions.get(value(num, "w:abstractNumId"))
            if definition is not None:
                self._instances[num.get(qn("w:numId"))] = _instance(num, definition)

    def _linked(
        self, abstract: BaseOxmlElement, numbering: BaseOxmlElement, all_of_them: dict[str, BaseOxmlElement]
    ) -> BaseOxmlElement:
        """Follow a definition that only names a list style to the one that has the levels."""
        style = self._styles.get(value(abstract, "w:numStyleLink") or "")
        number = value(style, "w:pPr/w:numPr/w:numId")
        for num in numbering.findall(qn("w:num")) if number else ():
            if num.get(qn("w:numId")) == number:
                return all_of_them.get(value(num, "w:abstractNumId") or "", abstract)
        return abstract

    def label(self, paragraph: BaseOxmlElement) -> str:
        """Return the label of `paragraph` ("II.", "1.2.", "a)", "-") and count it; "" for one without number."""
        number, level = self._place(paragraph)
        instance = self._instances.get(number or "")
        if instance is None:
            return ""
        definition = instance.levels.get(level) or instance.definition.levels.get(level)
        if definition is None:
            return ""
        if definition.format == "bullet":
            return "+" if definition.text.strip() == "+" else "-"
        counts = _count(instance, level)

        def figure(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            own = instance.levels.get(other) or instance.definition.levels.get(other, _Level())
            name = "decimal" if definition.legal and own.format != "decimalZero" else own.format
            return _FORMATS.get(name, str)(counts.get(other, own.start))

        return re.sub(r"%([1-9])", figure, definition.text).strip()

    def _place(self, paragraph: BaseOxmlElement) -> tuple[str | None, int]:
        """Return (numbering instance, level) of a paragraph, from itself or from its style."""
        properties = paragraph.find(qn("w:pPr"))
        number = value(properties, "w:numPr/w:numId")
        level = value(properties, "w:numPr/w:ilvl")
        name = value(properties, "w:pStyle")
        seen: set[str] = set()
        while number is None and name and name not in seen:
            seen.add(name)
            style = self._styles.get(name)
            number = value(style, "w:pPr/w:numPr/w:numId")
            level = level or value(style, "w:pPr/w:numPr/w:ilvl")
            if number is not None and level is None:
                level = self._level_of_style(number, name)
            name = value(style, "w:basedOn")
        return number, min(int(level or 0), _MOST_LEVELS - 1)

    def _level_of_style(self, number: str, style: str) -> str:
        instance = self._instances.get(number)
        levels = instance.definition.levels if instance else {}
        return str(next((index for index, level in levels.items() if level.style == style), 0))


def _count(instance: _Instance, level: int) -> dict[int, int]:
    """Count one more at `level`, start the deeper levels anew, and return the numbers of all levels."""
    definition = instance.definition
    counts = definition.counts
    own = instance.levels.get(level) or definition.levels.get(level, _Level())
    if level in instance.starts and level not in instance.begun:
        counts[level] = instance.starts[level] - 1
        instance.begun.add(level)
    counts[level] = counts.get(level, own.start - 1) + 1
    for deeper in [other for other in counts if other > level]:
        restart = definition.levels.get(deeper, _Level()).restart
        if restart is None or level < restart:
            del counts[deeper]
    return counts


def _instance(num: BaseOxmlElement, definition: _Definition) -> _Instance:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in num.findall(qn("w:lvlOverride")):
        index = int(override.get(qn("w:ilvl")) or 0)
        start = value(override, "w:startOverride")
        if start is not None:
            starts[index] = int(start)
        own = override.find(qn("w:lvl"))
        if own is not None:
            levels[index] = _level(own)
    return _Instance(definition, starts, levels)


def _levels(abstract: BaseOxmlElement) -> dict[int, _Level]:
    return {int(level.get(qn("w:ilvl")) or 0): _level(level) for level in abstract.findall(qn("w:lvl"))}


def _level(level: BaseOxmlElement) -> _Level:
    restart = value(level, "w:lvlRestart")
    legal = level.find(qn("w:isLgl"))
    return _Level(
        start=int(value(level, "w:start") or 1),
        format=value(level, "w:numFmt") or "decimal",
        text=value(level, "w:lvlText") or "",
        restart=None if restart is None else int(restart),
        legal=legal is not None and legal.get(qn("w:val")) not in ("0", "false"),
        style=value(level, "w:pStyle"),
    )


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for worth, letter in _ROMAN:
        out += letter * (number // worth)
        number %= worth
    return out


def _letter(number: int) -> str:
    """Return a … z, aa, bb …: Word repeats the letter."""
    if number < 1:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerLetter": _letter,
    "none": lambda number: "",
}
