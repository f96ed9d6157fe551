"""Lines in reading order → paragraphs, across the pages of a document.

A line goes on with the one before it when that one was full: when the first word of this one would not have fitted
into it. That is how lines are broken, so it is how they are put together again; indents, gaps and labels say where a
new paragraph begins. Knows nothing of PDF files and programs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from knowledge.layout import furniture
from knowledge.readers.base import join_cells
from knowledge.readers.placed import Block, Cells, Flow, Row, Word, arrange, shift
from knowledge.stitching import (
    cannot_end,
    ends_sentence,
    is_kind_line,
    is_label,
    is_running,
    is_upper,
    starts_item,
    starts_lower,
)

_INDENT = 0.8  # of a line's height: further right than this is indented
_LOOSE = 1.35  # of the usual distance between lines: more is a gap between paragraphs


@dataclass(frozen=True, slots=True)
class Placed:
    """One page: its visual lines, and the ruled tables among them."""

    rows: tuple[Row, ...]
    tables: tuple[Cells, ...] = ()

    def text(self) -> str:
        """Return the lines and table rows of the page from top to bottom."""
        lines = [(row[0].middle, row_text(row)) for row in self.rows]
        lines += [(table.top, "\n".join(map(join_cells, table.rows))) for table in self.tables]
        return "\n".join(text for _, text in sorted(lines))


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    pitch: float  # usual distance between the middles of two lines
    indented: bool = False  # paragraphs open with an indented line


def row_text(row: Row) -> str:
    """Return one visual line as text, its pieces far enough apart to be told from words."""
    return "    ".join(piece.text for piece in row)


def compose(pages: Sequence[Placed]) -> tuple[str, tuple[str, ...]]:
    """Return (the text of the document without page furniture, the furniture)."""
    texts = [[row_text(row) for row in page.rows] for page in pages]
    dropped = furniture(texts)
    edges = tuple(texts[number][at] for number, rows in enumerate(dropped) for at in sorted(rows))
    paragraphs: list[str] = []
    flow: list[tuple[int, Word]] = []  # (page, line) of a flow that may go on over a page break
    table: list[tuple[str, ...]] = []  # rows of a table that may do so too
    for number, page in enumerate(pages):
        rows = [row for at, row in enumerate(page.rows) if at not in dropped[number]]
        for block in _blocks(rows, page.tables):
            if not isinstance(block, Flow):
                paragraphs += _flowing(flow)
                flow.clear()
            if not isinstance(block, Cells):
                paragraphs += _table(table)
                table.clear()
            if isinstance(block, Flow):
                flow += [(number, line) for line in block.lines]
            elif isinstance(block, Cells):
                _extend(table, block.rows)
            else:
                paragraphs += [text for side in (block.left, block.right) if (text := _column(side))]
    return "\n\n".join([*paragraphs, *_flowing(flow), *_table(table)]), edges


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    return ["\n".join(map(join_cells, rows))] if rows else []


def _extend(table: list[tuple[str, ...]], rows: Sequence[tuple[str, ...]]) -> None:
    """Add the rows of a table that goes on from the page before: its head may be printed again, a row be cut in two."""
    more = list(rows)
    if table and more and more[0] == table[0]:
        more.pop(0)
    if table and more and len(more[0]) == len(table[-1]) and not more[0][0] and any(map(starts_lower, more[0])):
        table[-1] = tuple(" ".join(filter(None, pair)) for pair in zip(table[-1], more.pop(0), strict=True))
    table += more


def _blocks(rows: Sequence[Row], tables: Sequence[Cells]) -> list[Block]:
    """Return the blocks of one page with its tables in their places."""
    blocks: list[Block] = []
    rest = list(rows)
    for table in tables:
        above = [row for row in rest if row[0].middle < table.top]
        blocks += [*arrange(above), table]
        rest = rest[len(above) :]
    return blocks + arrange(rest)


def _margins(lines: Sequence[Word]) -> _Margins:
    left = min(line.left for line in lines)
    rights = sorted(line.right for line in lines)
    steps = [b.middle - a.middle for a, b in pairwise(lines) if 0 < b.middle - a.middle < 3 * a.height]
    # Not a single line that sticks out: all others would look short.
    alone = len(rights) > 4 and rights[-1] - rights[-2] > 2 * lines[0].height
    return _Margins(left, rights[-2] if alone else rights[-1], median(steps) if steps else lines[0].height)


def _flowing(flow: Sequence[tuple[int, Word]]) -> list[str]:
    """Return the paragraphs of the body, whose pages may have different margins."""
    if not flow:
        return []
    pages: dict[int, list[Word]] = {}
    for number, line in flow:
        pages.setdefault(number, []).append(line)
    own = {number: _margins(lines) for number, lines in pages.items()}
    wide = max(margins.right - margins.left for margins in own.values())
    lines: list[tuple[int, Word]] = []
    for number, line in flow:
        # A page of few short lines does not show its margins: take those of the page before.
        margins = own[number]
        if margins.right - margins.left < 0.9 * wide:
            margins = own[number] = next(m for m in own.values() if m.right - m.left >= 0.9 * wide)
        lines.append((number, shift(line, margins.left)))
    pitch = median(margins.pitch for margins in own.values())
    indented = sum(_INDENT * line.height < line.left < 0.3 * wide for _, line in lines)
    return _paragraphs(lines, _Margins(0.0, wide, pitch, indented > 0.12 * len(lines)))


def _paragraphs(lines: Sequence[tuple[int, Word]], margins: _Margins) -> list[str]:
    paragraphs = [lines[0][1].text]
    first = True  # whether the line before opened its paragraph
    title = is_kind_line(lines[0][1].text)  # whether the lines are those of the kind and subject
    for (page_before, before), (page, line) in pairwise(lines):
        turned = page != page_before
        if _goes_on(paragraphs[-1], before, line, margins, turned=turned, hanging=first):
            paragraphs[-1] += " " + line.text
            first = False
            continue
        title = is_kind_line(line.text) or (title and not turned and _is_near(before, line, margins))
        if not turned and _is_block(before, line, margins, title=title):
            paragraphs[-1] += "\n" + line.text
        else:
            paragraphs.append(line.text)
        first = True
    return paragraphs


def _goes_on(so_far: str, before: Word, line: Word, margins: _Margins, *, turned: bool, hanging: bool) -> bool:
    """Tell whether `line` goes on with the paragraph `so_far`, whose last line is `before`."""
    if is_kind_line(before.text) or is_kind_line(line.text):
        return False
    if is_label(so_far, line.text) and not _is_dash(so_far, before, line, margins):
        return False
    gap = not turned and line.middle - before.middle > _LOOSE * margins.pitch
    if _is_title(before, line, margins) and not turned and not is_upper(line.text):
        return not is_upper(so_far) and not ends_sentence(so_far)
    stood_alone = _is_centred(before, margins) and not _is_centred(line, margins) and not starts_item(so_far)
    if ((before.bold and not line.bold) or stood_alone) and not starts_lower(line.text):
        return False
    if is_upper(so_far) != is_upper(line.text) and (is_upper(so_far) or ends_sentence(so_far)):
        return False
    aligned = abs(line.left - before.left) < _INDENT * line.height
    if not _is_full(before, line, margins, so_far) or (_is_centred(line, margins) and not aligned):
        return False
    if starts_lower(line.text):
        return True
    indent = line.left - before.left > _INDENT * line.height
    if gap or (indent and not (hanging and starts_item(so_far))):
        return cannot_end(so_far) and not gap
    # At the end of a page that ends a sentence, only the lack of an indent can tell that the paragraph goes on.
    return not (turned and ends_sentence(so_far)) or (margins.indented and line.left < _INDENT * line.height)


def _is_dash(so_far: str, before: Word, line: Word, margins: _Margins) -> bool:
    """Tell whether the dash that opens `line` is part of a sentence ("phát triển kinh tế / - xã hội"), not a bullet."""
    opens = re.match(r"[-–]\s*[^\W\d_]", line.text)
    flush = line.left - margins.left < _INDENT * line.height
    return bool(opens and flush and line.text[opens.end() - 1].islower() and so_far[-1].isalnum()) and (
        _is_full(before, line, margins)
    )


def _is_title(before: Word, line: Word, margins: _Margins) -> bool:
    """Tell whether two bold lines, one right below the other, are one heading; its first line may fill the width."""
    if not (before.bold and line.bold and _is_near(before, line, margins)):
        return False
    return _is_centred(before, margins) or (_is_centred(line, margins) and _is_full(before, line, margins))


def _is_block(before: Word, line: Word, margins: _Margins, *, title: bool) -> bool:
    """Tell whether two lines are centred, one right below the other; the first of a title may fill the width."""
    centred = _is_centred(line, margins) and (title or _is_centred(before, margins))
    return centred and _is_near(before, line, margins)


def _is_near(before: Word, line: Word, margins: _Margins) -> bool:
    # Titles may be set wider than the body.
    return line.middle - before.middle < max(_LOOSE * margins.pitch, 1.4 * line.height)


def _is_full(before: Word, line: Word, margins: _Margins, so_far: str = "") -> bool:
    """Tell whether the first word of `line` would not have fitted behind `before`.

    Lines with a ragged edge do not show where the margin is: in the middle of a sentence near is near enough.
    """
    letter = (line.right - line.left) / max(len(line.text), 1)
    first = len(line.text.split(" ", 1)[0])
    flush = line.left - margins.left < _INDENT * line.height
    unfinished = so_far[-1:].isalnum() and flush and (margins.indented or is_running(so_far))
    return margins.right - before.right < (first + 1) * letter + (3 if unfinished else 0.5) * before.height


def _is_centred(line: Word, margins: _Margins) -> bool:
    left, right = line.left - margins.left, margins.right - line.right
    return min(left, right) > 0.35 * line.height and abs(left - right) < 1.2 * line.height


def _column(lines: Sequence[Word]) -> str:
    """Return one of two columns: letterhead and recipients line by line, a column of running text as paragraphs."""
    if not lines:
        return ""
    margins = _margins(lines)
    full = sum(line.right > margins.right - 2 * line.height for line in lines)
    if len(lines) >= 10 and full > 0.6 * len(lines):
        return "\n\n".join(_paragraphs([(0, line) for line in lines], margins))
    out = [lines[0].text]
    for before, line in pairwise(lines):
        if (out[-1].split()[-1], line.text) == ("NGHĨA", "VIỆT NAM"):  # the national header in a narrow column
            out[-1] += " " + line.text
            continue
        broken = starts_item(out[-1]) and not out[-1].endswith((".", ";", ",", ":"))
        if broken and starts_lower(line.text) and not starts_item(line.text) and _is_full(before, line, margins):
            out[-1] += " " + line.text
        else:
            out.append(line.text)
    return "\n".join(out)
