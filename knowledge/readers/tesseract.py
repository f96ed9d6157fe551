"""Runs tesseract with its Vietnamese model on one picture: words with their boxes, line by line.

What they mean on a page is made out in knowledge.readers.ocr.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from knowledge.errors import MissingTool
from knowledge.readers.base import find_tool, run
from knowledge.readers.placed import Word

_TIMEOUT = 120.0  # seconds a picture; a clean A4 page takes 3 to 5
_JUNK = 0.6  # marks without a letter or a digit that are less certain than this are dust
_DUST = re.compile(r"[._,'`´^~°\"|¦\\‘’ˆ¬„]+")  # marks that mean nothing alone; dashes and bullets do
# Icelandic letters that look like đ; no Vietnamese text has them.
_LOOKALIKES = str.maketrans("Ðð", "Đđ")

PAGE, COLUMN = 3, 6  # how tesseract is to see a picture: find the blocks of a page; one block of lines

_NO_TESSERACT = (
    "Bản scan cần chương trình nhận dạng chữ tesseract, máy này chưa có:"
    " cài bằng lệnh “apt-get install tesseract-ocr tesseract-ocr-vie” rồi nạp lại."
)
_NO_VIETNAMESE = (
    "Chương trình tesseract thiếu bộ chữ tiếng Việt: cài bằng lệnh “apt-get install tesseract-ocr-vie” rồi nạp lại."
)
_TOO_SLOW = "Nhận dạng chữ một trang quá lâu (trên 2 phút): hãy quét lại bản rõ hơn, cỡ A4, 300 dpi."


@dataclass(frozen=True, slots=True)
class Lines:
    """What was read in one picture, in its pixels."""

    lines: list[list[Word]]
    confidence: float  # mean over the words, weighted by their length, 0..1; 0 where nothing was read


def require() -> str:
    """Return the path of tesseract; raise MissingTool unless it and its Vietnamese model are installed."""
    path = find_tool("tesseract")
    if path is None:
        raise MissingTool(_NO_TESSERACT)
    if "vie" not in _languages(path):
        raise MissingTool(_NO_VIETNAMESE)
    return path


@lru_cache(maxsize=4)
def _languages(tesseract: str) -> frozenset[str]:
    listed = run([tesseract, "--list-langs"], timeout=30, too_slow=_TOO_SLOW)
    return frozenset((listed.out + listed.err).decode("utf-8", "replace").split())


def read_lines(image: Image.Image, layout: int) -> Lines:
    """Return the words of `image`; `layout` is PAGE or COLUMN. Raises UnreadableFile when it takes too long."""
    picture = io.BytesIO()
    image.save(picture, "PNG", compress_level=1)
    # One thread: pages are many and cores few; with more threads tesseract only gets slower.
    finished = run(
        [require(), "stdin", "stdout", "-l", "vie", "--dpi", "300", "--psm", str(layout), "tsv"],
        timeout=_TIMEOUT,
        too_slow=_TOO_SLOW,
        data=picture.getvalue(),
        env={"OMP_THREAD_LIMIT": "1", "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")},
    )
    return _parse(finished.out.decode("utf-8", "replace"))


def _parse(tsv: str) -> Lines:
    lines: dict[tuple[str, ...], list[Word]] = {}
    weight = total = 0.0
    for record in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (record.get("text") or "").strip().translate(_LOOKALIKES)
        confidence = float(record.get("conf") or -1) / 100
        junk = not any(map(str.isalnum, text)) and (confidence < _JUNK or _DUST.fullmatch(text))
        if not text or confidence < 0 or junk:
            continue
        left, top = float(record["left"]), float(record["top"])
        word = Word(left, top, left + float(record["width"]), top + float(record["height"]), text)
        line = lines.setdefault(tuple(record[key] for key in ("block_num", "par_num", "line_num")), [])
        line.extend(_part_at_rules(word))
        weight += len(text)
        total += len(text) * confidence
    return Lines(list(lines.values()), total / weight if weight else 0.0)


def _part_at_rules(word: Word) -> Iterator[Word]:
    """Yield the words of "hướng|Trung": the rule between two cells of a table, read as a mark of its own."""
    letter = (word.right - word.left) / len(word.text)
    for match in re.finditer(r"[^|¦]+", word.text):
        left = word.left + match.start() * letter
        yield Word(left, word.top, word.left + match.end() * letter, word.bottom, match.group())
