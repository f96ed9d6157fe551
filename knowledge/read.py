"""file → text: the only place that opens documents.

What a file is, is told by its bytes; a name that promises something else is refused. Whatever is wrong with a file
comes out as one exception with one Vietnamese line: UnreadableFile, SecretDocument, or MissingTool. A document that
bears a secrecy stamp is refused before anything of it leaves this module.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from knowledge.document import Span
from knowledge.errors import SecretDocument, UnreadableFile
from knowledge.pages import find_pages
from knowledge.readers.base import Extract, Told, nobody
from knowledge.readers.sniff import SUFFIXES, Kind, sniff
from knowledge.secrecy import is_secret, is_secret_edge
from knowledge.stitching import stitch
from knowledge.syllable import vietnamese_share
from knowledge.text import normalise

MAX_BYTES = 50 * 2**20

# Module and function of each reader. Imported when first needed: python-docx and Pillow take a while to load.
_READERS = {
    Kind.TEXT: ("plain", "extract"),
    Kind.MARKDOWN: ("plain", "extract_markdown"),
    Kind.DOCX: ("docx", "extract"),
    Kind.DOC: ("doc", "extract"),
    Kind.RTF: ("rtf", "extract"),
    Kind.PDF: ("pdf", "extract"),
    Kind.IMAGE: ("image", "extract"),
}
_RECOGNISES = (Kind.PDF, Kind.IMAGE)  # what readers take `told` for
# Recognised text of which less is Vietnamese than this was not legible.
_LEGIBLE = 0.35

_EMPTY_FILE = "Tệp rỗng (0 byte): hãy kiểm tra lại bản gốc rồi nạp lại."
_NO_TEXT = "Không tìm thấy chữ nào trong tệp: hãy kiểm tra lại bản gốc; bản scan thì quét lại rõ hơn."
_ILLEGIBLE = "Bản scan quá mờ, không nhận dạng được chữ: hãy quét lại cỡ A4, 300 dpi, hoặc nạp bản Word."
SECRET_REASON = (
    "Văn bản có dấu chỉ độ mật (MẬT, TỐI MẬT hoặc TUYỆT MẬT) nên không được nạp, không giữ lại nội dung nào:"
    " hãy quản lý theo quy định về bảo vệ bí mật nhà nước."
)
_NOT_A_FILE = "Không phải tệp thường (thư mục, thiết bị hoặc đường ống): không nạp được."
_SYSTEM_ERROR = (
    "Không xử lý được tệp do lỗi hệ thống ({}): hãy kiểm tra dung lượng đĩa và chương trình đã cài rồi nạp lại."
)
_OPEN_ERRORS = {
    errno.ENOENT: "Không tìm thấy tệp: hãy kiểm tra lại đường dẫn.",
    errno.EACCES: "Không có quyền đọc tệp: hãy cấp quyền đọc rồi nạp lại.",
    errno.EPERM: "Không có quyền đọc tệp: hãy cấp quyền đọc rồi nạp lại.",
    errno.ELOOP: "Liên kết (symlink) chỉ vòng về chính nó: hãy nạp tệp gốc.",
    errno.EISDIR: _NOT_A_FILE,
    errno.ENXIO: _NOT_A_FILE,  # a socket
}


@dataclass(frozen=True, slots=True)
class PageQuality:
    """How the text of one page was come by."""

    page: int  # from 1
    recognised: bool  # by character recognition
    confidence: float | None  # mean confidence of the recognised words, 0..1; None where nothing was recognised
    span: Span | None = None  # of its recognised words in Reading.text; None where they cannot be told from others


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of one file."""

    text: str  # normalised, furniture removed, sentences stitched, tables one row a line with cells joined by " | "
    recognised: bool  # some page of it came from character recognition
    pages: tuple[PageQuality, ...]  # one for files that have no pages


def read(path: Path, *, max_bytes: int = MAX_BYTES, told: Told = nobody) -> Reading:
    """Return the text of the file at `path`; `told` hears of each page that is recognised, which takes seconds.

    Raises UnreadableFile for a file that cannot be read as it is, SecretDocument for one that bears a secrecy stamp,
    MissingTool when a system program is needed and not installed.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise UnreadableFile(
            f"Loại tệp “{suffix or 'không có đuôi'}” không được hỗ trợ: hãy lưu lại thành một trong {known}."
        )
    data = _load(path, max_bytes)
    try:
        extract = _extract(_kind(data, suffix), data, told)
    except OSError as error:  # no room for temporary files, a program that does not start
        raise UnreadableFile(_SYSTEM_ERROR.format(error.strerror or error)) from error
    _refuse_secret(extract)
    text = stitch(normalise(extract.text), author_breaks=extract.author_breaks).strip()
    spans = find_pages(text, [None if page.confidence is None else normalise(page.text) for page in extract.pages])
    pages = tuple(
        PageQuality(number, page.confidence is not None, page.confidence, span)
        for number, (page, span) in enumerate(zip(extract.pages, spans, strict=True), 1)
    )
    recognised = any(page.recognised for page in pages)
    if not any(char.isalnum() for char in text):
        raise UnreadableFile(_NO_TEXT)
    if all(page.recognised for page in pages) and vietnamese_share(text) < _LEGIBLE:
        raise UnreadableFile(_ILLEGIBLE)
    return Reading(text, recognised, pages)


def _load(path: Path, max_bytes: int) -> bytes:
    """Return the bytes of a regular file of at most `max_bytes`."""
    try:
        # O_NONBLOCK: opening a pipe that nobody writes to must not wait for ever.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with open(handle, "rb") as file:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise UnreadableFile(_NOT_A_FILE)
            # The size may grow while it is read: what is read counts.
            data = b"" if status.st_size > max_bytes else file.read(max_bytes + 1)
    except OSError as error:
        message = _OPEN_ERRORS.get(error.errno or 0, "Không đọc được tệp: hãy kiểm tra lại ổ đĩa rồi nạp lại.")
        raise UnreadableFile(message) from error
    if status.st_size > max_bytes or len(data) > max_bytes:
        raise UnreadableFile(
            f"Tệp quá lớn (trên {max_bytes / 2**20:g} MB): hãy tách nhỏ hoặc giảm dung lượng,"
            " hoặc nâng giới hạn trong phần cài đặt."
        )
    if not data:
        raise UnreadableFile(_EMPTY_FILE)
    return data


def _kind(data: bytes, suffix: str) -> Kind:
    """Return the kind of `data`; raises UnreadableFile when its name promises another."""
    kind = sniff(data)
    if kind not in SUFFIXES[suffix]:
        if kind is Kind.TEXT:
            raise UnreadableFile(f"Tệp bị hỏng hoặc không phải {suffix}: hãy lấy lại bản gốc rồi nạp lại.")
        raise UnreadableFile(
            f"Đuôi tệp là {suffix} nhưng nội dung là {kind.value}: hãy đổi lại đúng đuôi tệp rồi nạp lại."
        )
    return Kind.MARKDOWN if suffix == ".md" else kind


def _extract(kind: Kind, data: bytes, told: Told) -> Extract:
    module, function = _READERS[kind]
    extract: Callable[..., Extract] = getattr(import_module(f"knowledge.readers.{module}"), function)
    return extract(data, told) if kind in _RECOGNISES else extract(data)


def _refuse_secret(extract: Extract) -> None:
    recognised = any(page.confidence is not None for page in extract.pages)
    text = "\f".join(page.text.replace("\f", "\n") for page in extract.pages)
    if is_secret(text, recognised=recognised) or is_secret_edge(extract.edges, recognised=recognised):
        raise SecretDocument(SECRET_REASON)
