"""Which files are taken with a report: their kinds, how large, how many, and whether they are what they are called.

Pure: sees a name, a size and the first bytes. A name is shown and never used as a path; what a sender says of the type
is not believed, the type kept follows from the ending.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MAX_BYTES = 20 * 2**20  # of one file: what Telegram lets a bot fetch
MAX_FILES = 10  # for one prompt
HEAD = 1024  # first bytes that `refusal` wants to see

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ZIP, _OLE = (b"PK\x03\x04",), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file."""

    mime: str
    magic: tuple[bytes, ...] = ()  # one of which the content has at `offset`; (): plain text
    offset: int = 0


KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", (b"%PDF-",)),
    "doc": Kind("application/msword", (*_OLE, b"{\\rtf")),  # Word saves .rtf under .doc when asked to
    "docx": Kind(f"{_OFFICE}.wordprocessingml.document", _ZIP),
    "xls": Kind("application/vnd.ms-excel", _OLE),
    "xlsx": Kind(f"{_OFFICE}.spreadsheetml.sheet", _ZIP),
    "ppt": Kind("application/vnd.ms-powerpoint", _OLE),
    "pptx": Kind(f"{_OFFICE}.presentationml.presentation", _ZIP),
    "odt": Kind("application/vnd.oasis.opendocument.text", _ZIP),
    "ods": Kind("application/vnd.oasis.opendocument.spreadsheet", _ZIP),
    "jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    "png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "webp": Kind("image/webp", (b"WEBP",), 8),
    "heic": Kind("image/heic", (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypmsf1", b"ftyphevc"), 4),
    "txt": Kind("text/plain"),
}
# What a message may carry besides: documents and archives of them, for admins who publish them.
CARRIED = {
    **KINDS,
    "md": Kind("text/markdown"),
    "rtf": Kind("application/rtf", (b"{\\rtf",)),
    "tif": Kind("image/tiff", (b"II", b"MM")),
    "tiff": Kind("image/tiff", (b"II", b"MM")),
    "zip": Kind("application/zip", (b"PK\x03\x04", b"PK\x05\x06")),
}
TAKEN = "PDF, Word, Excel, PowerPoint, OpenDocument, ảnh JPG, PNG, WEBP, HEIC hoặc tệp chữ TXT"


def refusal(name: str, size: int, head: bytes, kinds: Mapping[str, Kind] = KINDS) -> str | None:
    """Say why a file is not taken, in one Vietnamese line; None where it is.

    `size` in bytes; `head` the first `HEAD` of them, where the content is not there yet b"" and only the rest is said.
    """
    shown, ending = shown_name(name), _ending(name)
    kind = kinds.get(ending)
    if kind is None:
        what = f"loại tệp .{ending}" if ending else "tệp không có đuôi tên"
        return f"“{shown}”: {what} không nhận được. Anh/chị gửi {TAKEN}."
    if size > MAX_BYTES:
        return (
            f"“{shown}” nặng {_megabytes(size)} MB, vượt mức {MAX_BYTES // 2**20} MB. "
            "Anh/chị nén hoặc chia nhỏ tệp rồi gửi lại."
        )
    if head and not _is(kind, head):
        return f"Nội dung “{shown}” không phải là tệp .{ending}. Anh/chị mở lại tệp, lưu đúng loại rồi gửi lại."
    return None


def empty_refusal(name: str) -> str:
    """Say that a file has no content."""
    return f"“{shown_name(name)}” không có nội dung (0 byte). Anh/chị kiểm tra tệp rồi gửi lại."


def too_many(count: int) -> str | None:
    """Say that `count` files are too many for one prompt; None where they are not."""
    if count <= MAX_FILES:
        return None
    return f"Mỗi câu nhận tối đa {MAX_FILES} tệp, anh/chị đã gửi {count}. Anh/chị gộp các tệp lại rồi gửi."


def mime_of(name: str) -> str:
    """Return the type that follows from the ending of `name`."""
    kind = CARRIED.get(_ending(name))
    return kind.mime if kind else "application/octet-stream"


def shown_name(name: str) -> str:
    """Return the last part of `name` without control and direction marks, at most 120 characters; "tệp" for nothing."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    plain = " ".join("".join(char if char.isprintable() else " " for char in last).split())
    if len(plain) > 120:
        ending = _ending(plain)
        plain = plain[: 118 - len(ending)] + "…" + (f".{ending}" if ending else "")
    return plain or "tệp"


def _ending(name: str) -> str:
    stem, dot, ending = name.strip().rpartition(".")
    return ending.lower() if dot and stem and ending.isascii() and ending.isalnum() and len(ending) <= 8 else ""


def _is(kind: Kind, head: bytes) -> bool:
    if not kind.magic:
        return b"\x00" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff")  # a binary, unless UTF-16
    if kind is KINDS["pdf"]:
        return kind.magic[0] in head  # scanners put lines of their own before it
    return any(head[kind.offset :].startswith(magic) for magic in kind.magic)


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.1f}".replace(".", ",")
