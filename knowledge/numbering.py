"""The grammar of labels: "Chương II", "Điều 5.", "I.", "1.1.", "a)", "đ)", "-" at the beginning of a line.

One line in, the ways to read its label out, and which label may follow which. Whether a label stands where a
heading can stand is for knowledge.tree to decide. Knows nothing of trees or frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from knowledge.letters import is_upper
from knowledge.text import fold


class Level(IntEnum):
    """What kind of label it is; a smaller level holds a greater one."""

    APPENDIX = 0
    PART = 1
    CHAPTER = 2
    DIVISION = 3
    SUBDIVISION = 4
    ARTICLE = 5
    LETTER = 6  # A. B. C.
    ROMAN = 7
    NUMBER = 8
    ALPHA = 9  # a) b) c) d) đ)
    MINOR = 10  # a.1) of a point, i) ii)
    BULLET = 11


@dataclass(frozen=True, slots=True)
class Label:
    """A label read at the beginning of a line."""

    level: Level
    style: str  # what sets one list apart from another: ".", ")", "(", "-" …; dotted numbers carry their depth
    values: tuple[int, ...]  # (3,) of "III.", (1, 2) of "1.2."; () of a bullet or an unnumbered appendix
    written: str  # as people cite it: "III", "1.2", "a", "Điều 5", "Phụ lục I"
    rest: str  # the words after it

    @property
    def first(self) -> bool:
        """Can open a list."""
        return not self.values or self.values[-1] == 1


# a b c d đ e g h …: places in this row; typists who let the computer count also use f, j, w, z and lose đ.
UNNUMBERED = "heading"  # the style of a heading that has words and no number
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_SKIPPED = set("đfjwz")
_ORDINALS = ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = r"[IVXLC]+"
_SEPARATED = r"(?:\s?[.:/)]\s*[-–—]?|\s?[-–—](?=\s)|\s*$)"

_PART = re.compile(
    rf"(?P<word>PHẦN|Phần)\s+(?P<id>(?:(?:THỨ|thứ|Thứ)\s+)?[^\W\d_]+|\d{{1,2}})\b{_SEPARATED}?\s*(?P<rest>.*)",
    re.DOTALL,
)
_CHAPTER = re.compile(
    rf"(?P<word>CHƯƠNG|Chương)\s+(?P<id>(?:(?:THỨ|thứ)\s+\w+)|{_ROMAN}|[IVXl1]{{1,5}}|\d{{1,2}})\b{_SEPARATED}?\s*(?P<rest>.*)",
    re.DOTALL,
)
_DIVISION = re.compile(
    rf"(?P<word>TIỂU MỤC|Tiểu mục|MỤC|Mục)\s+(?P<id>\d{{1,2}}|{_ROMAN}|[A-E])\b{_SEPARATED}?\s*(?P<rest>.*)", re.DOTALL
)
_ARTICLE = re.compile(
    r"[ĐD][iI][eêềểéEÊỀỂÉ][uU]\s+(?P<id>\d{1,3})(?P<letter>[a-zđ]?)\s?(?:[.:]\s*[-–]?|[-–](?=\s)|$)\s*(?P<rest>.*)",
    re.DOTALL,
)
_APPENDIX = re.compile(
    r"(?P<word>PHỤ LỤC|Phụ lục|Phụ Lục|BIỂU MẪU|Biểu mẫu|MẪU BIỂU|MẪU|Mẫu|BIỂU|Biểu)"
    r"(?P<id>(?:\s+(?:SỐ|số|Số))?\s*[:.]?\s*(?:\d{1,3}(?:\.\d{1,2})?[a-zA-Z]?|[IVXLC]+(?:-?[A-Z\d])?|[A-Z])(?:/[\w-]+)?(?=[\s.:)–-]|$))?"
    r"\s*[.:–-]*\s*(?P<rest>.*)",
    re.DOTALL,
)
_COMPOSITE = re.compile(
    rf"(?P<head>{_ROMAN}|[A-H])\.(?P<tail>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:\s?[.)/:]|(?=\s))\s*(?P<rest>.*)",
    re.DOTALL,
)
_UPPER = re.compile(r"(?P<id>[IVXLC1l]{1,6}|[A-HK-M])\s?(?P<sep>[.)/:])\s*[-–]?\s*(?P<rest>\D.*)", re.DOTALL)
_UPPER_DASH = re.compile(r"(?P<id>[IVXLC]{1,6}|[A-HK-M])\s?\.?\s*(?P<sep>[-–—])\s*(?P<rest>[^\W\d].*)", re.DOTALL)
_UPPER_ALONE = re.compile(rf"(?P<id>{_ROMAN})(?P<sep>[.):]?)(?P<rest>)$")
_NUMBER = re.compile(
    r"(?P<id>\d{1,3}(?:\.\d{1,2}){0,4})(?!\d)\s?(?P<sep>[.)/:,])(?!\d)\s*[-–]?\s*(?P<rest>.*)", re.DOTALL
)
_NUMBER_DASH = re.compile(r"(?P<id>\d{1,2}(?:\.\d{1,2}){0,3})\s?(?P<sep>[-–—])\s*(?P<rest>[^\W\d].*)", re.DOTALL)
_NUMBER_BARE = re.compile(r"(?P<id>\d{1,2}(?:\.\d{1,2}){1,4})(?P<sep>)\s+(?P<rest>[^\W\d_].*)", re.DOTALL)
_BRACKETED = re.compile(r"\((?P<id>\d{1,2}|[a-zđ]|[ivx]{2,4})\)\s*(?P<rest>.*)", re.DOTALL)
_ALPHA = re.compile(r"(?P<id>[a-zđ])\s?(?P<sep>[.)/]|[-–](?=\s))\s*(?P<rest>.*)", re.DOTALL)
_MINOR = re.compile(r"(?P<head>[a-zđ])\s?\.?\s?(?P<tail>\d{1,2}(?:\.\d{1,2})?)\s?[.)/:]\s*(?P<rest>.*)", re.DOTALL)
_SMALL_ROMAN = re.compile(r"(?P<id>[ivx]{1,5})\s?[.)]\s*(?P<rest>.*)", re.DOTALL)
_BULLET = re.compile(r"(?P<sign>[-–—−+•*▪●○◦·✓✔➢➤❖■□♦\uf000-\uf0ff])(?P<gap>\s*)(?P<rest>.*)", re.DOTALL)
_CITED = re.compile(r"(?:Điều|Khoản|Điểm|Mục|Chương|Phụ lục)\b")
# "1. 000 đồng", "5. 000.000": a number broken by a space.
_BROKEN_NUMBER = re.compile(r"\d{3}(?:[.,]\d{3})*(?!\d|\s*%)")


def roman(text: str) -> int:
    """Return the value of a Roman number in capitals, 0 where it is none ("IC", "VX")."""
    total, last = 0, 1000
    for char in text:
        value = _ROMAN_DIGITS.get(char, 0)
        if value == 0:
            return 0
        total += value - 2 * last if value > last else value
        last = value
    return total if total > 0 and to_roman(total) == text else 0


def to_roman(value: int) -> str:
    """Return `value` (1..399) as a Roman number."""
    parts = []
    for sign, worth in (
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ):
        count, value = divmod(value, worth)
        parts.append(sign * count)
    return "".join(parts)


def _ordinal(text: str) -> int:
    """Return 1 for "I", "1", "thứ nhất", "A"; 0 where `text` counts nothing ("mềm", "lớn")."""
    word = fold(text).removeprefix("thu ").strip().replace("nhat", "mot").replace("bon", "tu")
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    if text.isdigit():
        return int(text)
    if text.isupper() and roman(text):
        return roman(text)
    if len(text) == 1 and text.isupper():
        return ord(text) - ord("A") + 1
    return roman(text.replace("l", "I").replace("1", "I"))


def is_unnumbered(label: Label | None) -> bool:
    """Tell whether a label is that of a heading without a number."""
    return label is not None and label.style == UNNUMBERED


def letter_value(letter: str) -> int:
    """Return the place of a point's letter, 1 for "a"; đ stands between d and e."""
    return _LETTERS.index(letter) + 1


def follows(previous: Label, label: Label) -> bool:
    """Tell whether `label` is the one after `previous` in one list."""
    if not label.values or not previous.values:
        return not label.values and label.level is Level.BULLET
    if label.values[:-1] != previous.values[:-1]:
        return False
    step = label.values[-1] - previous.values[-1]
    if label.level is not Level.ALPHA:
        # "Điều 5a" counts as a half after "Điều 5".
        return step == 1 or (step == 0 and label.level is Level.ARTICLE and label.written > previous.written)
    if step <= 0:
        return step == 0 and label.values[-1] == letter_value("d")
    between = _LETTERS[previous.values[-1] : label.values[-1] - 1]
    return all(letter in _SKIPPED for letter in between)


@lru_cache(maxsize=8192)
def read_labels(text: str) -> tuple[Label, ...]:
    """Return the ways to read the label at the beginning of `text`, likeliest first; none for running text."""
    return tuple(_readings(text)) if text else ()


def _readings(text: str) -> Iterator[Label]:
    head = text[0]
    if head.isdigit() or head == "(":
        yield from _numbers(text)
    if head in "PpCMTĐDB":
        yield from _titled(text)
    if head.isupper() or head in "1l":
        yield from _capitals(text)
    if head.islower():
        yield from _small(text)
    match = _BULLET.match(text)
    if match is not None and match["rest"] and _is_bullet(match):
        sign = match["sign"]
        yield Label(Level.BULLET, "-" if sign in "-–—−" else sign, (), sign, match["rest"])


def _is_bullet(match: re.Match[str]) -> bool:
    """A sign that is neither a rule ("----"), a negative number nor an operator."""
    rest = match["rest"]
    if not any(char.isalnum() for char in rest):
        return False
    return rest[0] not in "-–—_=" and (bool(match["gap"]) or not rest[0].isdigit())


def _titled(text: str) -> Iterator[Label]:
    """Part, chapter, division, article, appendix."""
    match = _ARTICLE.match(text)
    if match is not None:
        number = match["id"].lstrip("0") or "0"
        yield Label(Level.ARTICLE, "", (int(number),), f"Điều {number}{match['letter']}", match["rest"])
        return
    for level, pattern in ((Level.PART, _PART), (Level.CHAPTER, _CHAPTER), (Level.DIVISION, _DIVISION)):
        match = pattern.match(text)
        value = _ordinal(match["id"]) if match is not None else 0
        if match is not None and value:
            word, given = match["word"].capitalize(), match["id"]
            name = given.lower() if " " in given else given
            actual = Level.SUBDIVISION if word == "Tiểu mục" else level
            if _title_rest(match["rest"], text[match.end("id") :]):
                yield Label(actual, "", (value,), f"{word} {name}", match["rest"])
            return
    match = _APPENDIX.match(text)
    if match is None or not (match["id"] or match["word"].startswith(("PHỤ", "Phụ"))):
        return
    if _title_rest(match["rest"], text[match.end("id" if match["id"] else "word") :]):
        name = (match["id"] or "").replace("SỐ", "số").replace("Số", "số").replace(":", " ").strip(" .")
        yield Label(Level.APPENDIX, "", (), " ".join(f"{match['word'].capitalize()} {name}".split()), match["rest"])


def _title_rest(rest: str, after: str) -> bool:
    """Tell whether the words after "Chương II", "Phụ lục I" can be its title: none, set off, or in capitals.

    "Mục 1 Chương II của Luật này", "Phụ lục I kèm theo Nghị định này" are citations.
    """
    if not rest:
        return True
    if rest[0].islower():
        return False
    return is_upper(rest) or after.lstrip()[:1] in {".", ":", "-", "–", "—", "/", ")"} or rest.startswith("(")


def _capitals(text: str) -> Iterator[Label]:
    """Roman numbers and capital letters: "II.", "IV -", "B/", "I.2."."""
    match = _COMPOSITE.match(text)
    if match is not None:
        head = roman(match["head"])
        tail = tuple(int(part) for part in match["tail"].split("."))
        values = (head or ord(match["head"][0]) - 64, *tail)
        yield Label(Level.NUMBER, f"{'I' if head else 'A'}{len(tail)}", values, match["tail"], match["rest"])
        return
    match = _UPPER.match(text) or _UPPER_DASH.match(text) or _UPPER_ALONE.match(text)
    if match is None or (match["sep"] == "/" and match["rest"][:1].islower()):  # "V/v …"
        return
    given, style = match["id"], "-" if match["sep"] in {"–", "—"} else match["sep"] or "."
    repaired = given.replace("l", "I").replace("1", "I")
    value = roman(repaired)
    if 0 < value < 40 and (repaired == given or is_upper(match["rest"][:20])):
        yield Label(Level.ROMAN, style, (value,), repaired, match["rest"])
    if len(given) == 1 and given.isalpha() and given.isupper():
        yield Label(Level.LETTER, style, (ord(given) - 64,), given, match["rest"])


def _numbers(text: str) -> Iterator[Label]:
    """Arabic numbers: "1.", "1)", "1/", "1 -", "1.2.", "1.2 Mục", "(1)", "(a)"."""
    match = _BRACKETED.match(text)
    if match is not None:
        given = match["id"]
        if given.isdigit():
            yield Label(Level.NUMBER, "(", (int(given),), given, match["rest"])
        elif len(given) == 1:
            yield Label(Level.ALPHA, "(", (letter_value(given),), given, match["rest"])
        if set(given) <= set("ivx") and roman(given.upper()):
            yield Label(Level.MINOR, "i(", (roman(given.upper()),), given, match["rest"])
        return
    match = _NUMBER.match(text) or _NUMBER_DASH.match(text) or _NUMBER_BARE.match(text)
    if match is None:
        return
    rest, values = match["rest"], tuple(int(part) for part in match["id"].split("."))
    if _BROKEN_NUMBER.match(rest):
        return
    if values[0] == 0 or values[0] > 200 or (match["sep"] in {"", ","} and not rest[:1].isupper()):
        return  # a comma is a misread full stop only before a capital
    if match["sep"] == "," and _CITED.match(rest):
        return
    style = {"–": "-", "—": "-", ":": ".", "": "."}.get(match["sep"], match["sep"])
    style = style if len(values) == 1 else f".{len(values)}"
    written = ".".join(str(value) for value in values)
    yield Label(Level.NUMBER, style, values, written, rest)


def _small(text: str) -> Iterator[Label]:
    """Small letters: "a)", "đ)", "a.1)", "ii)"."""
    match = _MINOR.match(text)
    if match is not None:
        values = (letter_value(match["head"]), *(int(part) for part in match["tail"].split(".")))
        yield Label(Level.MINOR, f".{len(values)}", values, match["tail"], match["rest"])
        return
    match = _SMALL_ROMAN.match(text)
    if match is not None and roman(match["id"].upper()):
        small = Label(Level.MINOR, "i", (roman(match["id"].upper()),), match["id"], match["rest"])
        alpha = _ALPHA.match(text)
        if alpha is not None:
            yield Label(Level.ALPHA, alpha["sep"], (letter_value(alpha["id"]),), alpha["id"], alpha["rest"])
        yield small
        return
    match = _ALPHA.match(text)
    if match is not None:
        style = "-" if match["sep"] == "–" else match["sep"]
        yield Label(Level.ALPHA, style, (letter_value(match["id"]),), match["id"], match["rest"])
