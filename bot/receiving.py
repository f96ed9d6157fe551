"""Received files on disk: checked, unpacked, read and analysed; what is refused is erased.

Acts on files alone; what is kept of them in the database is `bot.publishing.publisher`'s business.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.attachments import CARRIED, refusal, shown_name
from bot.publishing.jobs import Interrupted
from bot.publishing.unpacking import is_archive
from bot.store.files import Files
from knowledge.analyse import analyse
from knowledge.document import Document
from knowledge.errors import KnowledgeError, SecretDocument
from knowledge.readers.sniff import SUFFIXES

_LOG = logging.getLogger(__name__)

READABLE = "PDF, Word (.docx, .doc), RTF, TXT, MD, ảnh JPG, PNG, TIF, hoặc tệp ZIP gồm các loại đó"
_LONGEST_NAME = 180  # bytes: file systems take 255, and temporary files add some
_FOLDER = "reading"  # of the home: files while they are read; emptied before each job


class NotTaken(Exception):
    """A file is not taken; str(error) is one Vietnamese line saying why and what to do."""

    def __init__(self, reason: str, *, secret: bool = False) -> None:
        super().__init__(reason)
        self.secret = secret


def readable(name: str) -> bool:
    """Tell whether a file is called something that can be published, or an archive of such."""
    return is_archive(name) or Path(name.lower()).suffix in SUFFIXES


def problem(name: str, size: int, head: bytes) -> str | None:
    """Say why a file cannot be published, from its name, size and first bytes; None where it may."""
    shown = shown_name(name)
    if not readable(shown):
        suffix = Path(shown).suffix
        what = f"Loại tệp {suffix}" if suffix else "Tệp không có đuôi tên"
        return f"“{shown}”: {what} không công bố được. Anh/chị gửi {READABLE}."
    return refusal(shown, size, head, CARRIED)


def safe_name(name: str) -> str:
    """Return a name a file can have on any disk: no path, not hidden, not too long in bytes, its ending kept."""
    shown = shown_name(name).lstrip(".~$ ") or "tep"
    path = Path(shown)
    stem, suffix = path.stem, path.suffix[:10]
    while len((stem + suffix).encode()) > _LONGEST_NAME:
        stem = stem[:-1]
    return stem + suffix


class Reader:
    """Reads kept files through copies that have their names, in a folder that no other reader uses."""

    def __init__(self, home: Path, files: Files, max_bytes: int) -> None:
        self._folder = home / _FOLDER
        self._files = files
        self._max_bytes = max_bytes

    @contextmanager
    def open(self) -> Iterator[None]:
        """Empty the folder before and after: a process that was killed may have left a secret document there."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        try:
            yield
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)

    def read(self, sha256: str, name: str, told: Callable[[int, int], None]) -> Document:
        """Return the analysed document of a kept file; NotTaken where it is none.

        `told` hears how many of how many scanned pages are recognised; it may raise Interrupted.
        """
        copy = self._folder / safe_name(name)
        try:
            copy.write_bytes(self._files.read(sha256))
            return analyse(copy, max_bytes=self._max_bytes, told=told)
        except Interrupted:
            raise
        except SecretDocument as error:
            raise NotTaken(str(error), secret=True) from error
        except KnowledgeError as error:
            raise NotTaken(str(error)) from error
        except FileNotFoundError as error:
            raise NotTaken("Tệp không còn được giữ. Anh/chị gửi lại.") from error
        except OSError as error:
            raise NotTaken(f"Không lưu được tệp ({error.strerror}). Anh/chị kiểm tra dung lượng đĩa.") from error
        except Exception as error:  # a fault of ours in one document must not keep the others out
            _LOG.exception("a received document could not be analysed")
            reason = f"Chương trình gặp lỗi khi phân tích ({type(error).__name__}). Anh/chị thử lưu lại dạng .docx."
            raise NotTaken(reason) from error
        finally:
            copy.unlink(missing_ok=True)
