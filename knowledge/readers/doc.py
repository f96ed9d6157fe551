"""Word 97-2003 files (.doc) → text: antiword, which is exact and instant; LibreOffice where antiword is not enough."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped]  # ships no types

from knowledge.encodings import repair
from knowledge.errors import MissingTool, UnreadableFile
from knowledge.readers import docx, office
from knowledge.readers.base import Extract, PageText, find_tool, join_cells, run
from knowledge.readers.frame import as_columns, is_frame

_TIMEOUT = 60.0
_TOO_SLOW = "Tệp .doc xử lý quá lâu nên bị dừng lại: hãy mở bằng Word rồi lưu lại thành .docx."
_CORRUPT = (
    "Tệp .doc bị hỏng, hoặc antiword không đọc được mà máy này chưa có LibreOffice:"
    " hãy mở bằng Word rồi lưu lại thành .docx, hoặc lấy lại bản gốc."
)
_ENCRYPTED = "Tệp .doc có mật khẩu: hãy gỡ mật khẩu rồi nạp lại."
_NO_TOOL = (
    "Tệp .doc cần chương trình antiword hoặc LibreOffice, máy này chưa có:"
    " cài bằng lệnh “apt-get install antiword libreoffice-writer”, hoặc lưu tệp thành .docx rồi nạp lại."
)
# A line between paragraph or cell marks, in either of the two ways the format stores text.
_WIDE_LINE = re.compile(rb"(?:[\r\x07\x0b\x0c]\0)((?:[^\0-\x1f]\0|[ -\xff][\x01-\x03\x1e]){3,40}?)(?=[\r\x07\x0b]\0)")
_NARROW_LINE = re.compile(rb"[\r\x07\x0b\x0c]([^\0-\x1f]{3,40})(?=[\r\x07\x0b])")
_SOFT_HYPHEN = re.compile(rb"[^\0]\0\x1f\0[^\0]\0|[a-zA-Z]\x1f[\x80-\xffa-z]")
_LISTS = frozenset({"orderedlist", "itemizedlist"})


def extract(data: bytes) -> Extract:
    """Return the text of an old Word file; raises UnreadableFile, and MissingTool when nothing can open it."""
    if _is_encrypted(data):
        raise UnreadableFile(_ENCRYPTED)
    antiword, libreoffice = find_tool("antiword"), office.find()
    read = _antiword(antiword, data) if antiword else None
    if read is not None:
        raw = "\n\n".join(_blocks(read.book, _SoftBreaks(read.plain)))
        text = repair(raw)
        # antiword loses the levels of automatic numbering, and the "ư" of TCVN3 where Word took it for a soft hyphen.
        lossy = any(_has(read.book, name) for name in _LISTS) or (text != raw and _SOFT_HYPHEN.search(data))
        if not (lossy and libreoffice):
            return Extract(text, (PageText(text),), edges=_unseen_lines(data), author_breaks=True)
    if libreoffice:
        return docx.extract(office.to_docx(libreoffice, data, ".doc"))
    if antiword is None:
        raise MissingTool(_NO_TOOL)
    raise UnreadableFile(_CORRUPT)


def _is_encrypted(data: bytes) -> bool:
    """Tell whether the file information block says so: flag 0x0100 in the word at offset 10 (MS-DOC 2.5.2)."""
    for at in range(512, len(data) - 12, 512):
        if data[at : at + 2] == b"\xec\xa5":  # the block's magic number; it opens a sector
            return bool(int.from_bytes(data[at + 10 : at + 12], "little") & 0x0100)
    return False


@dataclass(frozen=True, slots=True)
class _Read:
    book: Element  # DocBook: paragraphs and tables, but the line breaks inside a paragraph lost
    plain: list[str]  # the lines of the plain output, where they are not


def _antiword(antiword: str, data: bytes) -> _Read | None:
    """Return what antiword makes of the file, None where it cannot read it."""
    with TemporaryDirectory(prefix="tdkt-") as folder:
        source = Path(folder) / "in.doc"
        source.write_bytes(data)
        outputs = []
        for form in (("-x", "db"), ("-w", "0")):
            argv = [antiword, "-m", "UTF-8.txt", *form, str(source)]
            # HOME: antiword would first look there for mappings of its own.
            finished = run(argv, timeout=_TIMEOUT, too_slow=_TOO_SLOW, env={"LC_ALL": "C.UTF-8", "HOME": folder})
            if finished.code != 0:
                return None
            outputs.append(finished.out.decode("utf-8", "replace"))
    try:
        book: Element = fromstring(outputs[0])
    except (ParseError, ValueError):
        return None
    return _Read(book, outputs[1].split("\n")) if "".join(book.itertext()).strip() else None


def _unseen_lines(data: bytes) -> tuple[str, ...]:
    """Return the short lines in capitals of the raw text: page headers and text boxes, which antiword leaves out.

    Only a secrecy stamp is looked for among them, so stray binary data does no harm.
    """
    found = [match[1].decode("utf-16-le", "replace") for match in _WIDE_LINE.finditer(data)]
    found += [repair(match[1].decode("latin-1")) for match in _NARROW_LINE.finditer(data)]
    return tuple(line for line in found if line == line.upper())


class _SoftBreaks:
    """Finds the lines of a paragraph again in the plain output."""

    def __init__(self, plain: list[str]) -> None:
        self._lines = [line for line in plain if line.strip()]
        self._starts: dict[str, list[int]] = {}
        for at, line in enumerate(self._lines):
            self._starts.setdefault(_key(line)[:4], []).append(at)

    def put_back(self, text: str) -> str:
        """Return `text` with a line break wherever the plain output has one."""
        key = _key(text)
        for start in self._starts.get(key[:4], []):
            so_far, end = "", start
            while end < len(self._lines) and len(so_far) < len(key):
                so_far += _key(self._lines[end])
                end += 1
            if so_far == key and end > start + 1:
                return "\n".join(self._lines[start:end])
        return text


def _key(text: str) -> str:
    return "".join(text.split())


def _has(book: Element, name: str) -> bool:
    return next(book.iter(name), None) is not None


def _blocks(element: Element, breaks: _SoftBreaks) -> Iterator[str]:
    for child in element:
        if child.tag == "informaltable":
            yield from _table(child)
        elif child.tag in _LISTS:
            yield from (f"- {text}" for item in child for text in _blocks(item, breaks))
        elif child.tag in ("para", "title") and not _has(child, "informaltable"):
            text = breaks.put_back("".join(child.itertext()).strip())
            if text := "\n".join(line for row in text.split("\n") if (line := " ".join(row.split()))):
                yield text
        elif child.tag not in ("bookinfo", "colspec"):
            yield from _blocks(child, breaks)


def _lines(entry: Element) -> list[str]:
    return [text for line in "".join(entry.itertext()).split("\n") if (text := " ".join(line.split()))]


def _table(table: Element) -> Iterator[str]:
    rows = [[_lines(entry) for entry in row.iter("entry")] for row in table.iter("row")]
    if is_frame(rows, bordered=True):
        yield from as_columns(rows)
    else:
        yield "\n".join(line for row in rows if (line := join_cells([" ".join(cell) for cell in row])))
