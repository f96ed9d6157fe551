"""Whether a zip container is safe to open: sound, not encrypted, and no bomb.

What the directory declares is not trusted: every entry is unpacked, counted and thrown away before anything else
reads it.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from knowledge.errors import UnreadableFile

_MOST_ENTRIES = 5_000
_MOST_UNPACKED = 300 << 20  # bytes; fifty megabytes of photographs unpack to little more
_HIGHEST_RATIO = 200  # Word's XML packs 10 to 50 times
_RATIO_FROM = 8 << 20  # bytes unpacked, below which any ratio is harmless

_CORRUPT = "Tệp bị hỏng, không giải nén được: hãy lấy lại bản gốc, hoặc mở bằng Word rồi lưu lại."
_ENCRYPTED = "Tệp có mật khẩu: hãy gỡ mật khẩu rồi nạp lại."
_BOMB = "Tệp nén bất thường (bung ra quá lớn), có thể là tệp phá hoại: không mở."


def check(data: bytes) -> None:
    """Raise UnreadableFile unless the zip container `data` is safe to open."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_entries(archive, len(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableFile(_CORRUPT) from error


def names(data: bytes) -> frozenset[str]:
    """Return the names in the container, nothing when it has no readable directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist()[:_MOST_ENTRIES])
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return frozenset()


def _check_entries(archive: zipfile.ZipFile, packed: int) -> None:
    entries = archive.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise UnreadableFile(_BOMB)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile(_ENCRYPTED)
    limit = min(_MOST_UNPACKED, max(_RATIO_FROM, packed * _HIGHEST_RATIO))
    if sum(entry.file_size for entry in entries) > limit:
        raise UnreadableFile(_BOMB)
    unpacked = 0
    for entry in entries:
        with archive.open(entry) as stream:
            while block := stream.read(1 << 16):
                unpacked += len(block)
                if unpacked > limit:
                    raise UnreadableFile(_BOMB)
