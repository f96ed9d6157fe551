"""Which files are meant by paths, and the few things done to whole folders.

Knows nothing of documents.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import MissingPath
from knowledge.catalog import source_key

# What office programs and systems leave beside documents: Word's and LibreOffice's locks, thumbnails, folder settings.
_FURNITURE = ("~$", ".")
_FURNITURE_NAMES = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(slots=True)
class Found:
    """What is under the paths that were given."""

    roots: list[Path] = field(default_factory=list)  # the paths themselves
    files: list[Path] = field(default_factory=list)  # sorted within each root, each once
    closed: list[tuple[Path, str]] = field(default_factory=list)  # folders that could not be listed, and why


def find_files(paths: Sequence[Path], home: Path, known: Collection[str] = ()) -> Found:
    """Return the files of `paths`: files as they are, folders with all below them but hidden files and `home`.

    Raises MissingPath for a path that neither exists nor is among, or above, the `known` source keys.
    """
    found = Found()
    seen: set[str] = set()
    for path in paths:
        found.roots.append(path)
        if path.is_dir():
            files = _below(path, home, found)
        elif os.path.lexists(path):
            files = [path]
        elif any(is_under(key, path) for key in known):
            files = []  # it was indexed and is gone: so are its documents
        else:
            raise MissingPath(f"Không có tệp hay thư mục {path}; hãy kiểm tra lại đường dẫn.")
        for file in files:
            if source_key(file) not in seen:
                seen.add(source_key(file))
                found.files.append(file)
    return found


def _below(root: Path, home: Path, found: Found) -> list[Path]:
    files: list[Path] = []
    entered: set[tuple[int, int]] = set()

    def closed(error: OSError) -> None:
        folder = Path(error.filename)
        found.closed.append((folder, "Không mở được thư mục này; hãy cấp quyền đọc rồi chạy lại."))

    for folder, folders, names in os.walk(root, followlinks=True, onerror=closed):
        status = os.stat(folder)
        if (status.st_dev, status.st_ino) in entered or _same(folder, home):
            folders.clear()  # a link back up, or the home with its copies of everything
            continue
        entered.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not _is_furniture(name))
        files += [Path(folder, name) for name in sorted(names) if not _is_furniture(name)]
    return files


def _is_furniture(name: str) -> bool:
    return name.startswith(_FURNITURE) or name.lower() in _FURNITURE_NAMES


def _same(folder: str, home: Path) -> bool:
    return home.exists() and os.path.samefile(folder, home)


def is_under(key: str, root: Path) -> bool:
    """Tell whether a file, by its source key, is `root` or below it."""
    above = source_key(root)
    return key == above or key.startswith(above.rstrip(os.sep) + os.sep)


def link_tree(source: Path, target: Path) -> None:
    """Make `target` hold the same files as the folder `source`, sharing them where the file system can."""
    shutil.copytree(source, target, copy_function=_link)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system than those of Unix, or too many links
        shutil.copyfile(source, target)
