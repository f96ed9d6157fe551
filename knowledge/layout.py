"""Pages of text lines: page furniture out, hard-wrapped lines together.

Furniture is what a page repeats: its number, a running header or footer. Sentences are joined in
knowledge.stitching. Strings in, strings out; knows nothing of files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise, takewhile

from knowledge.stitching import ends_sentence, is_kind_line, is_label, is_upper, starts_item, starts_lower
from knowledge.text import fold

_EDGE = 3  # lines at the top and at the bottom of a page where furniture stands
_NUMBER = re.compile(r"\W*(?:trang\s*(?:số\s*)?)?(\d{1,4})(?:\s*/\s*\d{1,4})?\W*", re.IGNORECASE)
_PAGE_WORD = re.compile(r"\b(?:trang|page)\s*\d+|\b\d+\s*/\s*\d+\b", re.IGNORECASE)
_LETTERHEAD = re.compile(r"cong hoa xa hoi|doc lap\W+tu do|dang cong san viet nam|noi nhan|phu luc")
# Of plain text without page marks: at least so many characters between two page numbers.
_LEAST_PAGE = 700


def furniture(pages: Sequence[Sequence[str]]) -> list[set[int]]:
    """Return for each page the indices of its lines that are page numbers, running headers or running footers."""
    edges = [_edges(page) for page in pages]
    dropped: list[set[int]] = [set() for _ in pages]
    for number, at in _page_numbers(pages, edges):
        dropped[number].add(at)
    for number, at in _repeated(pages, edges):
        dropped[number].add(at)
    return [_outermost(page, rows) for page, rows in zip(pages, dropped, strict=True)]


def _outermost(page: Sequence[str], rows: set[int]) -> set[int]:
    """Return those of `rows` with nothing but furniture between them and the edge: text repeats itself, too."""
    filled = [at for at, line in enumerate(page) if line.strip()]
    top = takewhile(rows.__contains__, filled)
    return {*top, *takewhile(rows.__contains__, reversed(filled))}


def _edges(page: Sequence[str]) -> list[tuple[int, str]]:
    """Return (index, place) of the filled lines at both ends of a page: "top 0", … "bottom 0" for the last."""
    filled = [at for at, line in enumerate(page) if line.strip()]
    top = [(at, f"top {place}") for place, at in enumerate(filled[:_EDGE])]
    bottom = reversed(filled[max(_EDGE, len(filled) - _EDGE) :])
    return top + [(at, f"bottom {place}") for place, at in enumerate(bottom)]


def _page_numbers(pages: Sequence[Sequence[str]], edges: Sequence[list[tuple[int, str]]]) -> list[tuple[int, int]]:
    """Return (page, line) of the numbers that count the pages: the same distance from the page's place throughout."""
    found = [
        (number, at, int(match[1]) - number)
        for number, page in enumerate(pages)
        for at, _ in edges[number]
        if (match := _NUMBER.fullmatch(page[at])) and not _is_heading(page, at)
    ]
    if not found:
        return []
    offset, count = Counter(offset for _, _, offset in found).most_common(1)[0]
    if count == 1 and len(pages) > 2 and not 0 <= offset <= 1:
        return []
    return [(number, at) for number, at, other in found if other == offset]


def _is_heading(page: Sequence[str], at: int) -> bool:
    """Tell whether a number in bold has its words on the next line: "**2.⏎Kho hồ sơ**"."""
    return page[at].strip().startswith("*") and "".join(page[at + 1 : at + 2]).strip() != ""


def _repeated(pages: Sequence[Sequence[str]], edges: Sequence[list[tuple[int, str]]]) -> list[tuple[int, int]]:
    """Return (page, line) of lines that stand in the same place at the edge of (nearly) every page."""
    seen: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number, page in enumerate(pages):
        for at, place in edges[number]:
            line = " ".join(page[at].split())
            if _may_repeat(line, number, place):
                # Only a page number may differ: "Phụ lục 1" and "Phụ lục 2" are two headings.
                seen.setdefault((place, _PAGE_WORD.sub("#", line).casefold()), []).append((number, at))
    enough = max(2, (2 * len(pages) + 2) // 3 if len(pages) < 6 else len(pages) // 2)
    running = {(place[:3], text) for (place, text), hits in seen.items() if len(hits) >= enough}
    # A page without a number has its header one line higher.
    return [hit for (place, text), hits in seen.items() if (place[:3], text) in running for hit in hits]


def _may_repeat(line: str, page: int, edge: str) -> bool:
    if starts_item(line) or is_kind_line(line) or _LETTERHEAD.search(fold(line)):
        return False
    if starts_lower(line) and "://" not in line:  # the end of a sentence
        return False
    # What heads the first page in capitals is the issuer, however often later pages repeat it.
    issuer = page == 0 and edge.startswith("top") and is_upper(line) and not re.search(r"\d", line)
    return bool(re.search(r"[^\W\d_]", line)) and not issuer


def drop_loose_numbers(lines: Sequence[str]) -> list[str]:
    """Return lines of plain text without the page numbers that stand alone between its paragraphs.

    They count up from 1 or 2, a page's worth of text apart, and nothing follows on the next line; anything else (the
    first column of a table written line by line, the number of a heading whose words stand below it) stays.
    """
    places: list[int] = []
    since, expected = 0, 0
    for at, line in enumerate(lines):
        match = _NUMBER.fullmatch(line.strip()) if line.strip() else None
        if match is None or _is_heading(lines, at):
            since += len(line)
            continue
        value = int(match[1])
        if since >= _LEAST_PAGE and (value == expected if places else value in (1, 2)):
            places.append(at)
            since, expected = 0, value + 1
    return [line for at, line in enumerate(lines) if at not in places]


def unwrap(lines: Sequence[str]) -> str:
    """Return lines of plain text with those together that a text editor broke at its margin.

    A file whose lines are paragraphs, however long, comes back as it is.
    """
    width = _wrap_width(lines)
    if width is None:
        return "\n".join(lines)
    out: list[str] = []
    before = ""  # the last physical line
    for line in lines:
        if out and _was_wrapped(out[-1], before, line, width):
            out[-1] += " " + line.strip()
        else:
            out.append(line)
        before = line
    return "\n".join(out)


def _wrap_width(lines: Sequence[str]) -> int | None:
    """Return the margin at which lines were broken, None where lines are paragraphs."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if not lengths:
        return None
    width = lengths[len(lengths) * 95 // 100 if len(lengths) >= 20 else -1]  # a table row or an address may stick out
    pairs = [(a, b) for a, b in pairwise(lines) if a.strip() and b.strip()]
    full = sum(_is_full(a, b, width) for a, b in pairs)
    return width if 40 <= width <= 160 and full >= max(3, len(pairs) // 4) else None


def _is_full(line: str, following: str, width: int) -> bool:
    """Tell whether the first word of `following` would not have fitted into `line`."""
    return len(line.rstrip()) + 1 + len(following.split()[0]) > width


def _was_wrapped(so_far: str, before: str, line: str, width: int) -> bool:
    if not before.strip() or not line.strip() or not _is_full(before, line, width):
        return False
    indent, indent_before = _indent(line), _indent(before)
    if max(indent, indent_before) >= 8 or " | " in so_far or " | " in line:  # centred, or a table
        return False
    text = line.strip()
    if is_label(so_far.strip(), text) or is_kind_line(text) or is_kind_line(so_far):
        return False
    if is_upper(so_far) != is_upper(text) and (is_upper(so_far) or ends_sentence(so_far)):
        return False
    return indent < indent_before + 2 or starts_item(so_far.strip()) or starts_lower(text)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
