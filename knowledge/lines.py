"""A text as its lines: what structure and header are read from.

Lines partition the text. Each carries its words without markup, the blank lines before it, and whether it starts a
paragraph: the text may come stitched (a paragraph a line), with single newlines, or hard-wrapped at some width.

Knows nothing of labels, headings or frames.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from knowledge.letters import is_upper
from knowledge.signature import UPPER, is_name, is_title
from knowledge.symbols import LOWER
from knowledge.text import fold

# A path of somebody's computer left in the document, up to the end of its line.
LEAKED_PATH = re.compile(
    r"""(?:file:/{2,3}|(?<![\w:/])[A-Za-z]:\\|(?<![\w\\])\\\\[\w.$-]+\\|(?<![\w/.])/(?:home|Users|mnt|media|var)/)[^\n|]*"""
)
# Typing initials behind the sign that ends a text: "./.*Bạn*", "./. /b"; not a second column's "Nơi nhận:".
_TAIL = re.compile(r"(?<=\./\.)[ \t]*(?P<tail>(?![*_]*[Nn].[iì]\s+[Nn]h)(?=[^\n]*\w)[^\s|][^\n|]{0,18})[ \t]*$")
# Recipients left and signature right, as one row or one line: "Nơi nhận: | GIÁM ĐỐC", "- Như trên; PHÓ CHỦ TỊCH".
_LEFT_COLUMN = re.compile(r"^\s*(?:[Nn][ƠơOo][IiìÌ]\s+[Nn][Hh].{1,3}\s*(?:\([^)]*\)\s*)?:|[-–+•]\s)")
_COLUMN_GAP = re.compile(r"(?<=[:;.,])\s+|\|")
_LONGEST_ROW = 250
_LONGEST_SIGNER = 110
# Letterhead or foot as one row of a markdown table, its lines held apart by tags.
_FRAME_ROW = re.compile(r"nơi nhận|cộng h(?:òa|oà) xã hội|đảng cộng sản|<br\s*/?>[\s*–-]*l[ưu]u\s*:", re.IGNORECASE)
# … its lines run together: "| Nơi nhận: - Như trên; - Lưu: VT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Hoàng Văn An |".
_FOOT_ROW = re.compile(r"(?:^|\|)[\s*]*n[ơo]i\s+nh[ậâ]n\s*(?:\([^)|]*\)\s*)?:", re.IGNORECASE)
_ITEM = re.compile(r"(?<=[:;.)])\s+(?=[-–+]\s)")
_CERTIFIED = re.compile(r"[\s|*]*XÁC THỰC VĂN BẢN HỢP NHẤT(?=\s)")  # above who signs a consolidated text
_NEXT_TITLE = re.compile(r"\s+(?=(?:PHÓ|KT\.|Q\.|QUYỀN)\s)")
# "… CHỦ TỊCH   Nguyễn Văn An", and where the break was lost, "… CHỦ NHIỆMVăn Trọng Lý".
_NAME_BEHIND = re.compile(
    rf"(?<=[{UPPER}])(?:\s+(?=\S+(?:\s\S+){{1,5}}\s*$)|(?=[{UPPER}][{LOWER}]+(?:\s\S+){{1,5}}\s*$))"
)
_TAG = re.compile(r"</?\w+\s*/?>")
_MARKUP = re.compile(
    r"</?(?:br?|i|u|em|strong|center|p|div|span|su[bp]|h\d)\b[^<>]*>|\*{2,3}|__+|(?<!\w)\*(?=\S)(?P<italic>[^*\n]*?\S)\*(?!\w)|(?<!\w)_(?=\S)(?P<sloped>[^_\n]*[^_\s])\s*_(?!\w)|\\(?=[.\-*#()_+])"
)
_LONGEST_BOLD = 8  # lines of one bold title; a stray sign opens nothing for longer
_HASHES = re.compile(r"^(?:>\s*)*#{1,6}\s+|^(?:>\s+)+")
# Italics that end on a later line, around a label: "*a) Các bệnh lây⏎truyền qua nước*"; else a star is a bullet.
_OPEN_ITALIC = re.compile(r"^\*(?=(?:[a-zđ]|\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)]\s[^*]*$)")
_TERMINAL = re.compile(r"[.;:!?…][”\"’')\]*_]*$|[”\"’)\]]$|\./\.?$")


class _Sort(Enum):
    """What a stretch of the text is to become."""

    WHOLE = 0  # a line as it stands
    CELL = 1  # part of a row that only places things side by side
    NOISE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank; it owns the characters up to the next line's start."""

    start: int  # of its first character, indentation included
    end: int  # after its last character that is not white space
    text: str  # its words: markup, outer white space and heading signs removed
    blanks: int  # blank lines before it; 99 for the first
    paragraph: bool  # starts a paragraph, as far as layout tells
    noise: bool  # a leaked path or typing initials
    bold: bool  # wholly bold, or a markdown heading

    @property
    def closed(self) -> bool:
        """Ends as a sentence, an item or a lead-in ends."""
        return bool(_TERMINAL.search(self.text))

    @property
    def row(self) -> bool:
        """Is a row of a table."""
        return " | " in self.text or self.text.startswith("|")

    @property
    def upper(self) -> bool:
        """Is written in capitals."""
        return is_upper(self.text)

    @property
    def folded(self) -> str:
        """Its words without diacritics, in lower case."""
        return fold(self.text)


def plain(text: str) -> str:
    """Return `text` without markdown's signs and outer white space."""
    text = _OPEN_ITALIC.sub("", _HASHES.sub("", text.strip()))
    return _MARKUP.sub(
        lambda match: match["italic"] or match["sloped"] or (" " if match.group()[1:3] == "br" else ""), text
    ).strip()


def split_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, in order."""
    pieces = list(_pieces(text))
    width = _wrap_width([(blanks, plain(text[start:end])) for start, end, blanks, _ in pieces])
    lines: list[Line] = []
    marked = _bold(text[start:end] for start, end, _, _ in pieces)
    for (start, end, blanks, sort), bold in zip(pieces, marked, strict=True):
        noise = sort is _Sort.NOISE
        words = plain(text[start:end])
        words = words.strip("| ") if sort is _Sort.CELL else words
        lines.append(
            Line(
                start=start,
                end=end,
                text=words,
                blanks=blanks,
                paragraph=not lines or noise or _starts(lines[-1], words, blanks, width),
                noise=noise,
                bold=bold,
            )
        )
    return lines


def _bold(lines: Iterable[str]) -> Iterator[bool]:
    """Tell of each line whether it is wholly bold or a markdown heading; bold may run over a few lines."""
    opened = 0  # lines since "**" was left open
    for line in lines:
        words = line.strip()
        within = bool(opened)
        if words.count("**") % 2:
            opened = 0 if within else 1
        elif within:
            opened = 0 if opened >= _LONGEST_BOLD else opened + 1
        whole = words.startswith("**") and (words.endswith("**") or bool(opened))
        yield whole or within or words.startswith("#")


def _pieces(text: str) -> Iterator[tuple[int, int, int, _Sort]]:
    """Yield (start, end, blank lines before, sort) of every line, cut where noise or a second column begins."""
    position, blanks = 0, 99
    for raw in text.splitlines(keepends=True):
        start, end = position, position + len(raw.rstrip())
        position += len(raw)
        if end <= start:
            blanks += 1
            continue
        for begin, stop, sort in _cut(text, start, end):
            yield begin, stop, blanks, sort
            blanks = 0


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int, _Sort]]:
    line = text[start:end]
    for pattern, group in ((LEAKED_PATH, 0), (_TAIL, "tail")):
        match = pattern.search(line)
        if match is not None:
            cut = start + match.start(group)
            if text[start:cut].strip(" *_-+\t"):
                yield from _cut(text, start, cut)
            else:
                cut = start
            yield cut, end, _Sort.NOISE
            return
    if "<br" in line and _FRAME_ROW.search(line):
        cuts = [start, *(start + mark.start() for mark in re.finditer(r"<br\s*/?>|\|", line) if mark.start()), end]
        yield from ((one, two, _Sort.CELL) for one, two in _worded(text, cuts))
        return
    foot = _foot_cuts(line) if "|" in line and _FOOT_ROW.search(line) else _signature_cuts(line)
    if foot:
        cuts = [start, *(start + cut for cut in sorted(foot)), end]
        yield from ((one, two, _Sort.CELL) for one, two in _worded(text, cuts))
        return
    if len(line) <= _LONGEST_ROW and _LEFT_COLUMN.match(line):
        for gap in _COLUMN_GAP.finditer(line):
            if _is_signature(line[gap.start() :]):
                yield start, start + gap.start(), _Sort.CELL
                yield start + gap.start(), end, _Sort.CELL
                return
    yield start, end, _Sort.WHOLE


def _foot_cuts(line: str) -> set[int]:
    """Return where the lines of a foot that came as one row of a table began: cells, recipients, titles, the name."""
    found: set[int] = set()
    for cell in re.finditer(r"[^|]+", line):
        begin, words = cell.start(), cell.group().rstrip()
        found.add(begin - 1)
        cuts = {item.start() for item in _ITEM.finditer(words)} if _FOOT_ROW.match(words) else _signature_cuts(words)
        found.update(begin + cut for cut in cuts)
    return {cut for cut in found if cut > 0}


def _signature_cuts(line: str) -> set[int]:
    """Return where the lines of a signature began in "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC   Nguyễn Văn An"; none elsewhere."""
    words = line.rstrip(" |*")
    if len(words) > _LONGEST_SIGNER or not is_upper(words.strip(" |*").split(" ", 1)[0]):
        return set()
    certified = _CERTIFIED.match(words)
    begin = certified.end() if certified else 0
    for gap in _NAME_BEHIND.finditer(words, begin):
        title = words[begin : gap.start()]
        if is_upper(title) and is_title(title) and is_name(words[gap.end() :]):
            below = (cut.start() for cut in _NEXT_TITLE.finditer(title))
            above = {begin + cut for cut in below if any(map(str.isalpha, title[:cut]))}
            return {*above, *((begin,) if begin else ()), gap.start()}
    return set()


def _worded(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between `cuts`, those without a word joined to the one before."""
    begin = cuts[0]
    for one, two in pairwise(cuts):
        following = text[two : cuts[-1]]
        if any(char.isalnum() for char in _TAG.sub("", text[begin:two])) and (
            two == cuts[-1] or any(char.isalnum() for char in _TAG.sub("", following))
        ):
            yield begin, two
            begin = two
        elif two == cuts[-1] and one >= begin:
            yield begin, two


def _is_signature(right: str) -> bool:
    """Tell whether the words beside the recipients are a title, or, in a cell of their own, a name."""
    words = right.strip(" |-–")
    return (len(words.split()) > 1 and is_title(words) and is_upper(words)) or ("|" in right and is_name(words))


def _wrap_width(lines: Sequence[tuple[int, str]]) -> int:
    """Return the width the text was hard-wrapped at, or 0 where a line is a paragraph.

    In wrapped text many lines are about equally long, and most of those end in mid-sentence.
    """
    inner = [lines[i][1] for i in range(len(lines) - 1) if lines[i + 1][0] == 0 and " | " not in lines[i][1]]
    if len(inner) < 8:
        return 0
    width = sorted(map(len, inner))[int(len(inner) * 0.85)]
    full = [line for line in inner if 0.85 * width <= len(line) <= 1.15 * width]
    broken = sum(1 for line in full if not _TERMINAL.search(line))
    return width if 40 <= width <= 160 and len(full) >= 4 and broken >= 0.6 * len(full) else 0


def _starts(previous: Line, words: str, blanks: int, width: int) -> bool:
    """Tell whether a line with these words starts a paragraph after `previous`."""
    # "… các vấn đề phát sinh;⏎⏎tổng hợp, báo cáo …": the page broke within the sentence.
    goes_on = words[:1].islower() and not previous.text.endswith((".", ":", "!", "?", "”"))
    if blanks or not width:
        return not goes_on
    if words[:1].islower():
        return previous.closed and len(previous.text) < 0.75 * width
    return previous.closed or len(previous.text) < 0.75 * width
