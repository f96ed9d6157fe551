"""What a file is, told by its bytes; its name only says what it should be."""

from __future__ import annotations

from enum import StrEnum

from knowledge.errors import UnreadableFile
from knowledge.readers import archive


class Kind(StrEnum):
    """The kinds of files there are readers for; the value is how a user knows the kind."""

    TEXT = "văn bản thuần (.txt)"
    MARKDOWN = "Markdown (.md)"
    DOCX = "Word (.docx)"
    DOC = "Word 97-2003 (.doc)"
    RTF = "RTF"
    PDF = "PDF (.pdf)"
    IMAGE = "ảnh (.png, .jpg, .tif)"


# What each name promises. RTF is what many offices saved as .doc, and Word opens it as such.
SUFFIXES: dict[str, frozenset[Kind]] = {
    ".txt": frozenset({Kind.TEXT}),
    ".md": frozenset({Kind.TEXT}),
    ".docx": frozenset({Kind.DOCX}),
    ".doc": frozenset({Kind.DOC, Kind.RTF}),
    ".rtf": frozenset({Kind.RTF}),
    ".pdf": frozenset({Kind.PDF}),
    ".png": frozenset({Kind.IMAGE}),
    ".jpg": frozenset({Kind.IMAGE}),
    ".jpeg": frozenset({Kind.IMAGE}),
    ".tif": frozenset({Kind.IMAGE}),
    ".tiff": frozenset({Kind.IMAGE}),
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
# Other things people have, by their first bytes, and what to do with them.
_OTHERS = (
    (b"GIF8", "ảnh GIF", "hãy lưu lại thành .png"),
    (b"BM", "ảnh BMP", "hãy lưu lại thành .png"),
    (b"RIFF", "ảnh WebP hoặc tệp âm thanh, video", "nếu là ảnh, hãy lưu lại thành .png"),
    (b"Rar!", "tệp nén RAR", "hãy giải nén rồi nạp các tệp bên trong"),
    (b"7z\xbc\xaf", "tệp nén 7-Zip", "hãy giải nén rồi nạp các tệp bên trong"),
    (b"\x1f\x8b", "tệp nén gzip", "hãy giải nén rồi nạp các tệp bên trong"),
    (b"MZ", "chương trình Windows", "không nạp được"),
    (b"\x7fELF", "chương trình", "không nạp được"),
)
_SAVE_AS = "hãy mở rồi lưu lại thành .docx hoặc .pdf"
_ENCRYPTED = "Tệp Word có mật khẩu: hãy gỡ mật khẩu rồi nạp lại."


def sniff(data: bytes) -> Kind:
    """Return the kind of `data`; raises UnreadableFile for what is known and not read. Anything else may be text."""
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        return _sniff_ole(data)
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return Kind.RTF
    if data.startswith(_IMAGES):
        return Kind.IMAGE
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"mime-version:")):
        raise UnreadableFile(f"Nội dung tệp là trang web (HTML): {_SAVE_AS}.")
    if data[4:8] == b"ftyp":
        raise UnreadableFile("Nội dung tệp là ảnh HEIC hoặc video: nếu là ảnh, hãy lưu lại thành .jpg rồi nạp lại.")
    for magic, name, advice in _OTHERS:
        # Two letters may open a text ("BM …"); then the rest is text too.
        if data.startswith(magic) and b"\0" in data[:4096]:
            raise UnreadableFile(f"Nội dung tệp là {name}: {advice}.")
    return Kind.TEXT


def _sniff_zip(data: bytes) -> Kind:
    names = archive.names(data)
    if not names:
        archive.check(data)
    if any(name.startswith("word/") for name in names):
        return Kind.DOCX
    if any(name.startswith("xl/") for name in names):
        raise UnreadableFile("Nội dung tệp là bảng tính Excel: hãy in hoặc lưu lại thành .pdf rồi nạp lại.")
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableFile("Nội dung tệp là bài trình chiếu PowerPoint: hãy lưu lại thành .pdf rồi nạp lại.")
    if "content.xml" in names:
        raise UnreadableFile(f"Nội dung tệp là OpenDocument: {_SAVE_AS}.")
    raise UnreadableFile("Nội dung tệp là tệp nén ZIP: hãy giải nén rồi nạp các tệp bên trong.")


def _sniff_ole(data: bytes) -> Kind:
    def has(stream: str) -> bool:  # names in the directory of an OLE container are UTF-16
        return stream.encode("utf-16-le") + b"\0\0" in data

    if has("EncryptedPackage"):
        raise UnreadableFile(_ENCRYPTED)
    if has("WordDocument"):
        return Kind.DOC
    if has("Workbook") or has("Book"):
        raise UnreadableFile("Nội dung tệp là bảng tính Excel cũ (.xls): hãy lưu lại thành .pdf rồi nạp lại.")
    if has("PowerPoint Document"):
        raise UnreadableFile(
            "Nội dung tệp là bài trình chiếu PowerPoint cũ (.ppt): hãy lưu lại thành .pdf rồi nạp lại."
        )
    raise UnreadableFile(f"Tệp bị hỏng hoặc không phải văn bản Word: {_SAVE_AS}.")
