"""Archives of documents that people send: what is in them, within limits that no bomb passes.

What the archive's directory says of sizes is not believed: every member is counted while it is unpacked. Members keep
the last part of their name only, so none is written anywhere by its path. Knows nothing of documents.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.attachments import shown_name

MOST_MEMBERS = 500  # documents in one archive
MOST_UNPACKED = 500 << 20  # bytes of all members together
_MOST_ENTRIES = 2_000  # with folders and what systems add
_HIGHEST_RATIO = 200  # text packs 5 to 20 times; a bomb a thousand times
_RATIO_FROM = 8 << 20  # bytes unpacked, below which any ratio is harmless
_BLOCK = 1 << 16

_CORRUPT = "“{}” bị hỏng, không giải nén được. Anh/chị nén lại rồi gửi, hoặc gửi từng tệp."
_ENCRYPTED = "“{}” có mật khẩu. Anh/chị bỏ mật khẩu rồi gửi lại, hoặc gửi từng tệp."
_BOMB = "“{}” bung ra quá lớn (trên {} MB) nên không mở. Anh/chị chia nhỏ rồi gửi lại."
_MANY = "“{}” có quá {} tệp. Anh/chị chia nhỏ rồi gửi lại."
_NOTHING = "“{}” không có tệp nào bên trong. Anh/chị kiểm tra lại rồi gửi."
_NESTED = "Tệp nén nằm trong tệp nén không được mở. Anh/chị giải nén rồi gửi các tệp bên trong."


class ArchiveRefused(Exception):
    """An archive is not opened; str(error) is one Vietnamese line saying why and what to do."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive."""

    name: str  # the last part of its path
    content: bytes  # b"" where it is refused
    refusal: str | None = None


def is_archive(name: str) -> bool:
    """Tell whether a file is called a zip archive."""
    return name.lower().endswith(".zip")


def unpack(path: Path, name: str, *, most_bytes: int) -> Iterator[Member]:
    """Yield the files of a zip archive, one at a time in memory; `name` is what its sender calls it.

    One larger than `most_bytes`, or an archive itself, is refused by itself. Raises ArchiveRefused where the archive as
    a whole is damaged, encrypted, or too much: whatever came before must not be kept then.
    """
    shown = shown_name(name)
    found = False
    try:
        with zipfile.ZipFile(path) as archive:
            for member in _members(archive, shown, path.stat().st_size, most_bytes):
                found = True
                yield member
    except FileNotFoundError:  # not the archive's fault
        raise
    # All that zipfile and zlib raise of a damaged, cut-off or unsupported archive; to the sender it is one thing.
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise ArchiveRefused(_CORRUPT.format(shown)) from error
    if not found:
        raise ArchiveRefused(_NOTHING.format(shown))


def _members(archive: zipfile.ZipFile, shown: str, packed: int, most_bytes: int) -> Iterator[Member]:
    entries = archive.infolist()
    files = [one for one in entries if not one.is_dir() and not _is_furniture(_name(one))]
    if len(entries) > _MOST_ENTRIES or len(files) > MOST_MEMBERS:
        raise ArchiveRefused(_MANY.format(shown, MOST_MEMBERS))
    if any(one.flag_bits & 0x1 for one in files):
        raise ArchiveRefused(_ENCRYPTED.format(shown))
    limit = min(MOST_UNPACKED, max(_RATIO_FROM, packed * _HIGHEST_RATIO))
    if sum(one.file_size for one in files) > limit:
        raise ArchiveRefused(_BOMB.format(shown, limit >> 20))
    left = limit
    for one in files:
        last = shown_name(_name(one))
        if is_archive(last):
            yield Member(last, b"", _NESTED)
            continue
        inside = _read(archive, one, min(left, most_bytes))
        if inside is None and left <= most_bytes:
            raise ArchiveRefused(_BOMB.format(shown, limit >> 20))
        left -= len(inside or b"")
        large = f"Tệp quá lớn (trên {most_bytes >> 20} MB). Anh/chị tách nhỏ hoặc giảm dung lượng rồi gửi lại."
        yield Member(last, inside, None) if inside is not None else Member(last, b"", large)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | None:
    """Return a member's content; None where it is more than `most` bytes, whatever the directory says."""
    blocks: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while block := stream.read(_BLOCK):
            size += len(block)
            if size > most:
                return None
            blocks.append(block)
    return b"".join(blocks)


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows writes UTF-8 without saying so, and it is read as the DOS table."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _is_furniture(path: str) -> bool:
    """Tell whether a member is what systems add: resource forks, thumbnails, Word's locks."""
    parts = path.replace("\\", "/").split("/")
    last = parts[-1].lower()
    return parts[0] == "__MACOSX" or last.startswith((".", "~$")) or last in ("thumbs.db", "desktop.ini", "")
