"""PDF → text: the text layer where it is good, character recognition where it is not."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypedDict

from PIL import Image

from knowledge.encodings import repair
from knowledge.errors import MissingTool, UnreadableFile
from knowledge.readers import labels, ocr, tesseract
from knowledge.readers.base import Extract, PageText, Told, nobody, run
from knowledge.readers.flow import Placed, compose
from knowledge.readers.grid import find_tables
from knowledge.readers.placed import Word, rows_of
from knowledge.syllable import diacritic_share, vietnamese_share
from knowledge.text import normalise

_WORKER = Path(__file__).with_name("pdf_worker.py")
_MOST_PAGES = 2_000
_MOST_SCANNED = 300  # at 3 to 5 seconds a page
_DRAWN = 8  # pages drawn at a time
_TIMEOUT = 180.0

_TOO_SLOW = "Tệp PDF xử lý quá lâu nên bị dừng lại: hãy in lại thành PDF mới (Print to PDF) rồi nạp lại."
_CORRUPT = "Tệp PDF bị hỏng, không mở được: hãy lấy lại bản gốc hoặc xuất lại PDF."
_ERRORS = {
    "password": "Tệp PDF có mật khẩu: hãy gỡ mật khẩu rồi nạp lại.",
    "corrupt": _CORRUPT,
    "pages": f"Tệp PDF có quá {_MOST_PAGES} trang: hãy tách thành nhiều tệp rồi nạp lại.",
}


class _Page(TypedDict):
    """One page as pdf_worker.py describes it."""

    width: float
    height: float
    words: list[tuple[float, float, float, float, str, bool]]
    rules: list[tuple[float, float, float, float]]
    pictures: float  # share of the page that pictures cover
    paths: int
    notes: list[str]


def extract(data: bytes, told: Told = nobody) -> Extract:
    """Return the text of a PDF; raises UnreadableFile, and MissingTool where a page must be recognised and cannot."""
    with TemporaryDirectory(prefix="tdkt-") as folder:
        source = Path(folder) / "in.pdf"
        source.write_bytes(data)
        pages = _content(source, Path(folder) / "content.json")
        layers = [_layer(page) for page in pages]
        read = _recognise(source, Path(folder), pages, layers, told)
    placed = [read[number].page if number in read else layer for number, layer in enumerate(layers)]
    text, edges = compose(placed)
    if read:
        text = labels.mend(text)
    texts = tuple(
        PageText(read[number].text, read[number].confidence) if number in read else PageText(layer.text())
        for number, layer in enumerate(layers)
    )
    return Extract(text, texts, edges=(*edges, *(note for page in pages for note in page["notes"])))


def _worker(*arguments: str) -> int:
    # -I: neither the working folder nor the environment may put another module in the way.
    finished = run([sys.executable, "-I", str(_WORKER), *arguments], timeout=_TIMEOUT, too_slow=_TOO_SLOW)
    return finished.code


def _content(source: Path, target: Path) -> list[_Page]:
    if _worker("content", str(source), str(target), str(_MOST_PAGES)) != 0:
        raise UnreadableFile(_CORRUPT)
    content = json.loads(target.read_text("utf-8"))
    if "error" in content:
        raise UnreadableFile(_ERRORS[content["error"]])
    pages: list[_Page] = content["pages"]
    return pages


def _layer(page: _Page) -> Placed:
    """Return the text layer of one page, legacy fonts put right."""
    raw = page["words"]
    fixed = repair("\n".join(word[4] for word in raw)).split("\n")
    texts = fixed if len(fixed) == len(raw) else [word[4] for word in raw]
    words = [Word(*word[:4], normalise(text), word[5]) for word, text in zip(raw, texts, strict=True)]
    tables, rest = find_tables(page["rules"], [word for word in words if word.text.strip()])
    return Placed(tuple(rows_of(rest)), tuple(tables))


def _recognise(
    source: Path, folder: Path, pages: Sequence[_Page], layers: Sequence[Placed], told: Told
) -> dict[int, ocr.Recognised]:
    """Recognise the pages whose text layer is absent or broken; returns them by number."""
    texts = [layer.text() for layer in layers]
    empty = [number for number, page in enumerate(pages) if _is_picture(page, texts[number])]
    doubtful = [number for number, text in enumerate(texts) if number not in empty and _is_doubtful(text)]
    wanted = sorted(empty + doubtful)
    if not wanted:
        return {}
    if len(wanted) > _MOST_SCANNED:
        raise UnreadableFile(f"Tệp PDF có quá {_MOST_SCANNED} trang scan: hãy tách thành nhiều tệp rồi nạp lại.")
    try:
        tesseract.require()
    except MissingTool:
        if empty or any(_is_broken(texts[number]) for number in doubtful):
            raise
        return {}
    read: dict[int, ocr.Recognised] = {}
    told(0, len(wanted))
    for number, page in zip(wanted, ocr.recognise_all(_pictures(source, folder, wanted)), strict=True):
        read[number] = page
        told(len(read), len(wanted))
    better = {number for number in doubtful if vietnamese_share(read[number].text) > vietnamese_share(texts[number])}
    return {number: page for number, page in read.items() if number in empty or number in better}


def _pictures(source: Path, folder: Path, numbers: Sequence[int]) -> Iterator[Image.Image]:
    """Yield the pages as pictures: drawn a few at a time, so that a long scan does not fill the disk."""
    for at in range(0, len(numbers), _DRAWN):
        for drawn in draw(source, folder, numbers[at : at + _DRAWN]):
            with Image.open(drawn) as picture:
                yield picture
            drawn.unlink()


def draw(source: Path, folder: Path, numbers: Sequence[int]) -> list[Path]:
    """Draw pages (from 0) of the PDF at `source` into `folder`; returns the pictures. Raises UnreadableFile."""
    if _worker("render", str(source), str(folder), ",".join(map(str, numbers))) != 0:
        raise UnreadableFile(_CORRUPT)
    return [folder / f"{number}.png" for number in numbers]


def _letters(text: str) -> int:
    return len(re.findall(r"[^\W\d_]", text))


def _is_picture(page: _Page, text: str) -> bool:
    """Tell whether the page shows something that its text layer does not have: a scan, or letters drawn as curves."""
    return _letters(text) < 30 and (page["pictures"] > 0.25 or page["paths"] > 200)


def _is_broken(text: str) -> bool:
    """Tell whether the text layer is garbage: glyphs without a meaning."""
    odd = sum(char == "\ufffd" or 0xE000 <= ord(char) < 0xF900 for char in text)
    return odd * 20 > max(len(text), 1)


def _is_doubtful(text: str) -> bool:
    """Tell whether the text layer does not look like Vietnamese: garbage, or a scanner's own bad recognition."""
    if _is_broken(text):
        return True
    return _letters(text) >= 30 and (vietnamese_share(text) < 0.6 or diacritic_share(text) < 0.2)
