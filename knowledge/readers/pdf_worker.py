"""Opens one PDF in a process of its own: what it draws, or pictures of its pages.

A hostile or broken PDF can make the PDF library loop, crash or eat memory; here it takes nothing down with it. Run as
a script, with nothing of this project imported:

    python pdf_worker.py content IN.pdf OUT.json MAX_PAGES
    python pdf_worker.py render IN.pdf OUT_FOLDER PAGE,PAGE,…       → OUT_FOLDER/<page>.png

Exit status 0 and, for `content`, a JSON object {"pages": [...]} or {"error": "password" | "corrupt" | "pages"}.
Coordinates are points with the origin at the top left of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import json
import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

_MEMORY = 3 << 30  # bytes of address space
_DPI = 250  # recognition is as good as at 300 and a third faster; more only shows the dust
_MOST_PIXELS = 30_000_000  # of one rendered page: A3 at 250 dpi is 12 million
_MOST_CHARS = 60_000  # on one page; the densest honest pages have a tenth of it
_MOST_RULES = 4_000
_NOTHING, _PASSWORD = 0, 4  # FPDF_GetLastError

Box = tuple[float, float, float, float]


class _View:
    """Turns page coordinates (origin bottom left, before rotation) into those of the page as shown."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        left, bottom, right, top = page.get_cropbox()
        self._left, self._bottom = left, bottom
        self._wide, self._high = right - left, top - bottom
        self._rotation = page.get_rotation()
        turned = self._rotation in (90, 270)
        self.width, self.height = (self._high, self._wide) if turned else (self._wide, self._high)

    def point(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self._left, y - self._bottom
        if self._rotation == 90:
            return y, x
        if self._rotation == 180:
            return self._wide - x, y
        if self._rotation == 270:
            return self._high - y, self._wide - x
        return x, self._high - y

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        (a, b), (c, d) = self.point(left, bottom), self.point(right, top)
        return min(a, c), min(b, d), max(a, c), max(b, d)


def _chars(page: pdfium.PdfPage, view: _View) -> list[tuple[str, float, float, float, float, bool]]:
    """Return (character, left, top, right, bottom, bold) in the order of the file; "" breaks a word."""
    textpage = page.get_textpage()
    handle = textpage.raw
    found: list[tuple[str, float, float, float, float, bool]] = []
    loose = raw.FS_RECTF()
    for index in range(min(textpage.count_chars(), _MOST_CHARS)):
        code = raw.FPDFText_GetUnicode(handle, index)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if char.isspace() or raw.FPDFText_IsGenerated(handle, index) == 1:
            found.append(("", 0, 0, 0, 0, False))
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(loose)):
            continue
        box = view.box(loose.left, loose.bottom, loose.right, loose.top)
        # The font's name is dear to ask for, so only where a word may begin.
        bold = _is_bold(handle, index) if not found or not found[-1][0] else found[-1][5]
        found.append((char, *box, bold))
    textpage.close()
    return found


def _is_bold(handle: Any, index: int) -> bool:
    # By name: the weights and flags that PDF makers write are not to be trusted.
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(handle, index, name, len(name), ctypes.byref(flags))
    return b"bold" in name.value.lower()


def _words(page: pdfium.PdfPage, view: _View) -> list[list[Any]]:
    """Return [left, top, right, bottom, text, bold] for each word."""
    words: list[list[Any]] = []
    fresh = True
    for char, left, top, right, bottom, bold in _chars(page, view):
        if not char:
            fresh = True
            continue
        word = words[-1] if words else None
        size = max(bottom - top, 1.0)
        joins = (
            word is not None
            and not fresh
            and abs((top + bottom) - (word[1] + word[3])) < 0.8 * size
            and -0.6 * size < left - word[2] < 0.25 * size
        )
        if word is not None and joins:
            word[0], word[1] = min(word[0], left), min(word[1], top)
            word[2], word[3] = max(word[2], right), max(word[3], bottom)
            word[4] += char
        else:
            words.append([left, top, right, bottom, char, bold])
        fresh = False
    return [[*(round(value, 2) for value in word[:4]), *word[4:]] for word in words]


def _path_rules(item: pdfium.PdfObject, view: _View) -> list[Box]:
    """Return the straight horizontal and vertical strokes of one path, thin filled boxes among them."""
    matrix = item.get_matrix()
    rules: list[Box] = []
    start = last = (0.0, 0.0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFPath_CountSegments(item.raw), _MOST_RULES)):
        segment = raw.FPDFPath_GetPathSegment(item.raw, index)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = view.point(*matrix.on_point(x.value, y.value))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            rules.append((*last, *here))
        if raw.FPDFPathSegment_GetClose(segment):
            rules.append((*here, *start))
        last = here
    straight = [
        (min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in rules if abs(a - c) < 1.5 or abs(b - d) < 1.5
    ]
    return [rule for rule in straight if max(rule[2] - rule[0], rule[3] - rule[1]) > 4]


def _drawn(page: pdfium.PdfPage, view: _View) -> tuple[list[Box], float, int]:
    """Return (rules, share of the page covered by pictures, number of paths)."""
    rules: list[Box] = []
    covered, paths = 0.0, 0
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, top, right, bottom = view.box(*item.get_bounds())
            wide = max(0.0, min(right, view.width) - max(left, 0.0))
            high = max(0.0, min(bottom, view.height) - max(top, 0.0))
            covered += wide * high / (view.width * view.height)
        else:
            paths += 1
            if len(rules) < _MOST_RULES:
                rules.extend(_path_rules(item, view))
    return [(*(round(v, 2) for v in rule),) for rule in rules], min(covered, 1.0), paths  # type: ignore[misc]


def _notes(page: pdfium.PdfPage) -> list[str]:
    """Return what the page's annotations say: a stamp may be one."""
    notes: list[str] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 200)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        size = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
        if 2 < size < 20_000:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDFAnnot_GetStringValue(
                annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size
            )
            notes.append(buffer.raw[: size - 2].decode("utf-16-le", "replace"))
        raw.FPDFPage_CloseAnnot(annotation)
    return notes


def _content(source: str, most: int) -> dict[str, Any]:
    try:
        document = pdfium.PdfDocument(source)
    except pdfium.PdfiumError as error:
        return {"error": "password" if error.err_code == _PASSWORD else "corrupt"}
    if len(document) > most:
        return {"error": "pages"}
    pages = []
    for page in document:
        view = _View(page)
        rules, covered, paths = _drawn(page, view)
        pages.append(
            {
                "width": view.width,
                "height": view.height,
                "words": _words(page, view),
                "rules": rules,
                "pictures": round(covered, 3),
                "paths": paths,
                "notes": _notes(page),
            }
        )
        page.close()
    return {"pages": pages}


def _render(source: str, folder: str, numbers: list[int]) -> None:
    document = pdfium.PdfDocument(source)
    for number in numbers:
        page = document[number]
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
        image = page.render(scale=scale, grayscale=True).to_pil()
        image.save(Path(folder) / f"{number}.png", dpi=(round(72 * scale), round(72 * scale)), compress_level=1)
        page.close()


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    _limit_memory()
    if sys.argv[1] == "content":
        Path(sys.argv[3]).write_text(json.dumps(_content(sys.argv[2], int(sys.argv[4]))), "utf-8")
    else:
        _render(sys.argv[2], sys.argv[3], [int(number) for number in sys.argv[4].split(",")])
