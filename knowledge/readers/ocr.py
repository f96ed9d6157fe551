"""Pictures of pages → words in their places, by character recognition.

Straightens the page, finds the tables by their rules and reads them column by column. What a page of words says is
made out in knowledge.readers.flow.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from PIL import Image, ImageOps

from knowledge.errors import UnreadableFile
from knowledge.readers.flow import Placed
from knowledge.readers.grid import Box, Grid, find_grids
from knowledge.readers.placed import Cells, Row, Word, rows_of
from knowledge.readers.rules import find_rules, without
from knowledge.readers.tesseract import COLUMN, PAGE, read_lines

_BUDGET = 1_800.0  # seconds a document
_GOOD_WIDTH = 1_600  # pixels: an A4 page at 200 dpi; smaller pictures are enlarged
_MOST_PIXELS = 40_000_000
_A4_WIDTH = 595.0  # points; whatever the paper, what is "near" on a page goes with its width
_POOR = 0.55  # mean confidence below which the page may be lying on its side
_SKEWED = 0.015  # slope from which on straightening the page is worth a second attempt
_SKEWED_TABLE = 0.002  # the same where columns are to be cut out

_TOO_LONG = "Bản scan quá dài, nhận dạng chữ hơn 30 phút chưa xong: hãy tách thành nhiều tệp rồi nạp lại."


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read in one picture."""

    page: Placed
    confidence: float  # mean over the words, weighted by their length, 0..1
    text: str  # its lines, from top to bottom


@dataclass(frozen=True, slots=True)
class _Attempt:
    image: Image.Image
    words: list[Word]  # in points
    grids: list[Grid]
    confidence: float
    slope: float  # of the lines: how far they sink for each step to the right


def recognise_all(images: Iterable[Image.Image]) -> Iterator[Recognised]:
    """Yield what is read in each of `images`; raises UnreadableFile when together they take too long."""
    begun = time.monotonic()
    for image in images:
        if time.monotonic() - begun > _BUDGET:
            raise UnreadableFile(_TOO_LONG)
        yield recognise(image)


def recognise(image: Image.Image) -> Recognised:
    """Return the words of the picture of one page; a page lying on its side, upside down or askew is turned."""
    best = _attempt(_prepare(image))
    angles: Sequence[float] = ()
    if 0 < best.confidence < _POOR:  # on a blank page there is nothing to turn
        angles = (90, 270, 180) if best.image.width > best.image.height else (180, 90, 270)
    elif abs(best.slope) > (_SKEWED_TABLE if best.grids else _SKEWED):
        angles = (math.degrees(math.atan(best.slope)),)
    upright = best.image
    for angle in angles:
        turned = _attempt(upright.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255))
        if turned.confidence > best.confidence - (0.05 if best.grids else 0):
            best = turned
    return _finish(best)


def _prepare(image: Image.Image) -> Image.Image:
    gray = ImageOps.autocontrast(ImageOps.grayscale(_on_white(ImageOps.exif_transpose(image))))
    scale = max(1.0, _GOOD_WIDTH / max(1, min(gray.size)))
    scale = min(scale, 4.0, math.sqrt(_MOST_PIXELS / max(1, gray.width * gray.height)))
    if abs(scale - 1.0) > 0.01:
        size = (max(1, int(gray.width * scale)), max(1, int(gray.height * scale)))
        gray = gray.resize(size, Image.Resampling.LANCZOS)
    return gray


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    # 16-bit scanners: grayscale() would clip rather than scale.
    return (
        image.point(lambda value: value / 256).convert("L") if image.mode.startswith("I;16") else image.convert("RGB")
    )


def _attempt(image: Image.Image) -> _Attempt:
    read = read_lines(image, PAGE)
    slope = _slope(read.lines)
    points = _points(image)
    rules = [_scale(_turn(*box, slope), points) for box in find_rules(image)]
    words = [_scaled(word, points) for word in _level(read.lines, slope)]
    return _Attempt(image, words, find_grids(rules), read.confidence, slope)


def _finish(attempt: _Attempt) -> Recognised:
    """Put the words of tables into their cells and the others into lines."""
    tables: list[Cells] = []
    rest = attempt.words
    for grid in attempt.grids:
        inside = [word for word in rest if grid.holds(word)]
        rest = [word for word in rest if not grid.holds(word)]
        # Only a straight page can be cut along its columns.
        columns = grid.columns() if abs(attempt.slope) <= _SKEWED_TABLE else []
        inside = _read_columns(attempt.image, columns) or inside
        if inside:
            tables.append(grid.fill(inside))
    rows = [row for row in map(_without_dust, rows_of(rest)) if row]
    page = Placed(tuple(rows), tuple(tables))
    return Recognised(page, attempt.confidence, page.text())


def _read_columns(image: Image.Image, columns: Sequence[Box]) -> list[Word]:
    """Return the words of a table read column by column: seen whole, its lines run into each other."""
    points = _points(image)
    clean = without(image, find_rules(image)) if columns else image
    words: list[Word] = []
    for column in columns:
        left, top, right, bottom = (round(value / points) for value in column)
        margin = round(4 / points)  # tesseract wants some white above the first line
        crop = clean.crop((left, top - margin, right, bottom + margin))
        for word in _level(read_lines(crop, COLUMN).lines, 0.0):
            moved = Word(
                word.left + left, word.top + top - margin, word.right + left, word.bottom + top - margin, word.text
            )
            words.append(_scaled(moved, points))
    return words


def _points(image: Image.Image) -> float:
    return _A4_WIDTH / max(1, min(image.size))


def _without_dust(row: Row) -> Row:
    """Leave out pieces without a letter or a digit: specks, and rules under the letterhead."""
    return tuple(piece for piece in row if any(map(str.isalnum, piece.text)))


def _turn(left: float, top: float, right: float, bottom: float, slope: float) -> Box:
    """Return a rule turned against the slope of the lines, each end by itself: what slants becomes straight."""
    return left + slope * top, top - slope * left, right + slope * bottom, bottom - slope * right


def _scale(box: Box, factor: float) -> Box:
    left, top, right, bottom = box
    return left * factor, top * factor, right * factor, bottom * factor


def _scaled(word: Word, factor: float) -> Word:
    return Word(*_scale((word.left, word.top, word.right, word.bottom), factor), word.text)


def _level(lines: list[list[Word]], slope: float) -> list[Word]:
    """Return all words, turned by the slope of the lines, each as high as its line.

    Boxes fit the letters closely ("an" is lower than "Đặng"): a line is half as high again, and rows are told by lines.
    """
    words: list[Word] = []
    for line in lines:
        height = max(median(word.height for word in line), 1.0)
        middle = median(word.bottom - slope * word.left for word in line) - height / 2
        half = 0.75 * height
        for word in line:
            aside = slope * word.middle
            words.append(Word(word.left + aside, middle - half, word.right + aside, middle + half, word.text))
    return words


def _slope(lines: list[list[Word]]) -> float:
    slopes = [
        (line[-1].bottom - line[0].bottom) / (line[-1].left - line[0].left)
        for line in lines
        if len(line) >= 5 and line[-1].left > line[0].left
    ]
    slope = median(slopes) if len(slopes) >= 3 else 0.0
    return slope if abs(slope) < 0.2 else 0.0
