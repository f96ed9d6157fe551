"""Pictures of pages → words, with tesseract and its Vietnamese model.

Recognises one picture at a time; what a page of words says is made out in knowledge.readers.flow.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

from PIL import Image, ImageOps

from knowledge.errors import MissingTool
from knowledge.readers.base import find_tool, run
from knowledge.readers.flow import Placed
from knowledge.readers.grid import Box, find_tables
from knowledge.readers.placed import Row, Word, rows_of
from knowledge.readers.rules import find_rules

_TIMEOUT = 120.0  # seconds a page; a clean A4 page takes 3 to 5
_GOOD_WIDTH = 1_600  # pixels: an A4 page at 200 dpi; smaller pictures are enlarged
_MOST_PIXELS = 40_000_000
_A4_WIDTH = 595.0  # points; whatever the paper, what is "near" on a page goes with its width
_POOR = 0.55  # mean confidence below which the page may be lying on its side
_SKEWED = 0.015  # slope from which on straightening the page is worth a second attempt
_JUNK = 0.6  # marks without a letter or a digit that are less certain than this are dust

_DUST = re.compile(r"[._,'`´^~°\"|¦\\‘’ˆ¬„]+")  # marks that mean nothing alone; dashes and bullets do
# Icelandic letters that look like đ; no Vietnamese text has them.
_LOOKALIKES = str.maketrans("Ðð", "Đđ")

_NO_TESSERACT = (
    "Bản scan cần chương trình nhận dạng chữ tesseract, máy này chưa có:"
    " cài bằng lệnh “apt-get install tesseract-ocr tesseract-ocr-vie” rồi nạp lại."
)
_NO_VIETNAMESE = (
    "Chương trình tesseract thiếu bộ chữ tiếng Việt: cài bằng lệnh “apt-get install tesseract-ocr-vie” rồi nạp lại."
)
_TOO_SLOW = "Nhận dạng chữ một trang quá lâu (trên 2 phút): hãy quét lại bản rõ hơn, cỡ A4, 300 dpi."


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read in one picture."""

    page: Placed
    confidence: float  # mean over the words, weighted by their length, 0..1
    text: str  # its lines, from top to bottom
    slope: float  # of the lines: how far they sink for each step to the right


def require() -> None:
    """Raise MissingTool unless tesseract and its Vietnamese model are installed."""
    _languages(find_tool("tesseract"))


@lru_cache(maxsize=4)
def _languages(tesseract: str | None) -> frozenset[str]:
    if tesseract is None:
        raise MissingTool(_NO_TESSERACT)
    listed = run([tesseract, "--list-langs"], timeout=30, too_slow=_TOO_SLOW)
    languages = frozenset((listed.out + listed.err).decode("utf-8", "replace").split())
    if "vie" not in languages:
        raise MissingTool(_NO_VIETNAMESE)
    return languages


def recognise(image: Image.Image) -> Recognised:
    """Return the words of the picture of one page; a page lying on its side or upside down is turned."""
    upright = _prepare(image)
    best = _attempt(upright)
    angles: Sequence[float] = ()
    if 0 < best.confidence < _POOR:  # on a blank page there is nothing to turn
        angles = (90, 270, 180) if upright.width > upright.height else (180, 90, 270)
    elif abs(best.slope) > _SKEWED:
        angles = (math.degrees(math.atan(best.slope)),)
    for angle in angles:
        turned = _attempt(upright.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255))
        if turned.confidence > best.confidence:
            best = turned
    return best


def _prepare(image: Image.Image) -> Image.Image:
    gray = ImageOps.autocontrast(ImageOps.grayscale(_on_white(ImageOps.exif_transpose(image))))
    scale = max(1.0, _GOOD_WIDTH / max(1, min(gray.size)))
    scale = min(scale, 4.0, math.sqrt(_MOST_PIXELS / max(1, gray.width * gray.height)))
    if abs(scale - 1.0) > 0.01:
        gray = gray.resize(
            (max(1, int(gray.width * scale)), max(1, int(gray.height * scale))), Image.Resampling.LANCZOS
        )
    return gray


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    # 16-bit scanners: grayscale() would clip rather than scale.
    return (
        image.point(lambda value: value / 256).convert("L") if image.mode.startswith("I;16") else image.convert("RGB")
    )


def _attempt(image: Image.Image) -> Recognised:
    tesseract = find_tool("tesseract")
    if tesseract is None or not _languages(tesseract):
        raise MissingTool(_NO_TESSERACT)
    picture = io.BytesIO()
    image.save(picture, "PNG", compress_level=1)
    # One thread: pages are many and cores few; with more threads tesseract only gets slower.
    finished = run(
        [tesseract, "stdin", "stdout", "-l", "vie", "--dpi", "300", "tsv"],
        timeout=_TIMEOUT,
        too_slow=_TOO_SLOW,
        data=picture.getvalue(),
        env={"OMP_THREAD_LIMIT": "1", "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")},
    )
    lines, confidence = _parse(finished.out.decode("utf-8", "replace"))
    slope = _slope(lines)
    points = _A4_WIDTH / max(1, min(image.size))
    rules = [_scale(_turn(*box, slope), points) for box in find_rules(image)]
    tables, words = find_tables(rules, [_scaled(word, points) for word in _level(lines, slope)])
    rows = [row for row in map(_without_dust, rows_of(words)) if row]
    page = Placed(tuple(rows), tuple(tables))
    return Recognised(page, confidence, page.text(), slope)


def _without_dust(row: Row) -> Row:
    """Leave out pieces without a letter or a digit: specks, and rules under the letterhead."""
    return tuple(piece for piece in row if any(map(str.isalnum, piece.text)))


def _parse(tsv: str) -> tuple[list[list[Word]], float]:
    """Return (words line by line, mean confidence) of tesseract's table."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    weight = total = 0.0
    for record in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (record.get("text") or "").strip().translate(_LOOKALIKES)
        text = text.strip("|¦") or text  # the rules of a table beside a word
        confidence = float(record.get("conf") or -1) / 100
        junk = not any(map(str.isalnum, text)) and (confidence < _JUNK or _DUST.fullmatch(text))
        if not text or confidence < 0 or junk:
            continue
        left, top = float(record["left"]), float(record["top"])
        word = Word(left, top, left + float(record["width"]), top + float(record["height"]), text)
        lines.setdefault(tuple(record[key] for key in ("block_num", "par_num", "line_num")), []).append(word)
        weight += len(text)
        total += len(text) * confidence
    return list(lines.values()), total / weight if weight else 0.0


def _turn(left: float, top: float, right: float, bottom: float, slope: float) -> Box:
    """Return a rule turned against the slope of the lines, each end by itself: what slants becomes straight."""
    return left + slope * top, top - slope * left, right + slope * bottom, bottom - slope * right


def _scale(box: Box, factor: float) -> Box:
    left, top, right, bottom = box
    return left * factor, top * factor, right * factor, bottom * factor


def _scaled(word: Word, factor: float) -> Word:
    left, top, right, bottom = _scale((word.left, word.top, word.right, word.bottom), factor)
    return Word(left, top, right, bottom, word.text)


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
            aside = slope * (word.top + word.bottom) / 2
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
