"""One file that holds everything a home keeps, and a home made of it again.

    bo-nho.sqlite3     every table, read in one transaction, whatever database they live in
    files/, documents/ attachments and originals, kept by content: what the tables name is there, and more may be
    index/…            the version that counts
    so-kiem.json       what is in the file: sizes and sha256

Taken while the program runs: tables first, then files, of which none is removed meanwhile, and no index is made, so
that the catalogue and the index tell of the same documents. Restored into an empty home, or into an empty database
server, by the same or a newer program. Knows nothing of what the tables mean.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import json
import pkgutil
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from sqlalchemy import Engine, Table, func, insert, select, text
from sqlalchemy.orm import Session

import bot.store
from bot.errors import BotError, UsageError
from bot.store import BOT
from bot.store.files import Files
from index.lock import build_lock
from index.manifest import read_current
from knowledge.db import KNOWLEDGE, Base, migrate, open_engine, reading, sqlite_url, writing

FORMAT = 1
TABLES, CONTENTS = "bo-nho.sqlite3", "so-kiem.json"
_KEPT = ("files", "documents")  # folders of a home that only ever grow
_INDEX, _CURRENT = "index", "CURRENT"
_ROWS = 500  # rows copied at a time
_PATIENCE = 600.0  # seconds to wait for a build that runs


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a backup."""

    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself."""

    format: int
    made: str  # ISO time
    program: str  # version of the program
    rows: dict[str, int]  # by table
    files: dict[str, Entry]  # by path in the backup


def save(engine: Engine, home: Path, target: Path, now: datetime, program: str) -> Contents:
    """Write a backup of `home` to `target`, whole or not at all, and return what it holds."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".sao-luu-") as folder, _still(home):
        tables, unfinished = Path(folder) / TABLES, Path(folder) / "unfinished"
        copy = open_engine(f"sqlite:///{tables}")
        rows = _copy_tables(engine, copy)
        copy.dispose()
        files: dict[str, Entry] = {}
        with tarfile.open(unfinished, "w:gz", compresslevel=1) as archive:
            for path, name in _gathered(tables, home):
                entry = _add(archive, path, name)
                if entry is not None:
                    files[name] = entry
            contents = Contents(FORMAT, now.isoformat(), program, rows, files)
            told = json.dumps(asdict(contents), ensure_ascii=False, indent=1).encode()
            header = tarfile.TarInfo(CONTENTS)
            header.size = len(told)
            archive.addfile(header, io.BytesIO(told))
        unfinished.chmod(0o600)  # personal data
        unfinished.replace(target)
    return contents


def restore(source: Path, home: Path, database: str | None) -> Contents:
    """Make `home`, and where `database` is a server its tables, of the backup `source`.

    Raises UsageError where there is something already, BotError where the backup is damaged; then nothing was changed.
    """
    if any((home / name).exists() for name in ("tdkt.sqlite3", _INDEX, *_KEPT)):
        raise UsageError(f"Thư mục {home} đã có dữ liệu. Anh/chị chọn thư mục trống bằng --home rồi khôi phục vào đó.")
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix=".khoi-phuc-") as name:
        folder = Path(name)
        contents = _unpacked(source, folder)
        kept = open_engine(f"sqlite:///{folder / TABLES}")
        fresh = open_engine(database or sqlite_url(home))
        try:
            for engine in (kept, fresh):  # the backup may be an older program's
                for history in (KNOWLEDGE, BOT):
                    migrate(engine, history)
            _fill(kept, fresh)
        finally:
            kept.dispose()
            fresh.dispose()
        for part in (*_KEPT, _INDEX):
            if (folder / part).exists():
                shutil.move(folder / part, home / part)
    return contents


def tables() -> tuple[Table, ...]:
    """Return every table of the program, those that others refer to first."""
    for module in pkgutil.iter_modules(bot.store.__path__, "bot.store."):
        importlib.import_module(module.name)
    importlib.import_module("knowledge.tables")
    return tuple(Base.metadata.sorted_tables)


def _copy_tables(source: Engine, target: Engine) -> dict[str, int]:
    for history in (KNOWLEDGE, BOT):
        migrate(target, history)
    return _fill(source, target)


def _fill(source: Engine, target: Engine) -> dict[str, int]:
    """Copy every row; UsageError where the target has any."""
    rows: dict[str, int] = {}
    with reading(source) as taken, writing(target) as given:
        for table in tables():
            if given.scalar(select(func.count()).select_from(table)):
                raise UsageError("Cơ sở dữ liệu đích đã có dữ liệu. Anh/chị khôi phục vào một cơ sở dữ liệu trống.")
            rows[table.name] = 0
            found = taken.execute(select(table).order_by(*table.primary_key)).mappings()
            for part in found.partitions(_ROWS):
                # One statement: a row may refer to a later one of the same table (a unit to its successor).
                given.execute(insert(table).values([dict(row) for row in part]))
                rows[table.name] += len(part)
        _count_on(given)
    return rows


def _count_on(session: Session) -> None:
    """Let a server number new rows after those that were copied; SQLite does by itself."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return
    for table in tables():
        key = [column for column in table.primary_key if column.autoincrement is not False]
        if len(key) == 1 and key[0].type.python_type is int:
            name = {"table": table.name, "column": key[0].name}
            if session.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), name):
                largest = session.scalar(select(func.max(key[0])))
                if largest:
                    session.execute(
                        text("SELECT setval(pg_get_serial_sequence(:table, :column), :largest)"),
                        {**name, "largest": largest},
                    )


@contextmanager
def _still(home: Path) -> Iterator[None]:
    """Let nothing change that tables and files have to agree on."""
    with ExitStack() as held:
        if read_current(home / _INDEX) is not None:
            held.enter_context(build_lock(home / _INDEX, _PATIENCE))
        held.enter_context(Files(home).undisturbed())
        yield


def _gathered(database: Path, home: Path) -> Iterator[tuple[Path, str]]:
    """Yield what goes into a backup with its name there."""
    yield database, TABLES
    for folder in _KEPT:
        for path in sorted((home / folder).rglob("*")):
            if path.is_file() and not path.name.startswith((".", "tmp")):
                yield path, path.relative_to(home).as_posix()
    index = home / _INDEX
    version = read_current(index)
    if version is None:
        return
    yield index / _CURRENT, f"{_INDEX}/{_CURRENT}"
    for path in sorted((index / version).rglob("*")):
        if path.is_file():
            yield path, path.relative_to(home).as_posix()


def _add(archive: tarfile.TarFile, path: Path, name: str) -> Entry | None:
    """Add one file; None where it was swept away meanwhile."""
    try:
        with path.open("rb") as file:
            header = archive.gettarinfo(arcname=name, fileobj=file)
            header.uid = header.gid = 0
            header.uname = header.gname = ""
            reader = _Counting(file)
            archive.addfile(header, reader)
    except FileNotFoundError:
        return None
    return Entry(header.size, reader.digest.hexdigest())


class _Counting(io.RawIOBase):
    """A file that remembers the digest of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read as the file does."""
        block = self._file.read(size)
        self.digest.update(block)
        return block


def _unpacked(source: Path, folder: Path) -> Contents:
    """Unpack a backup and check every file of it."""
    damaged = BotError(f"Tệp sao lưu {source} hỏng hoặc không phải của chương trình này. Chưa có gì bị thay đổi.")
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")  # refuses names that lead outside
        told: dict[str, Any] = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
        files = {name: Entry(**entry) for name, entry in told.pop("files").items()}
        contents = Contents(**told, files=files)
        whole = all(_same(folder / PurePosixPath(name), entry) for name, entry in files.items())
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged from error
    if contents.format != FORMAT or TABLES not in files or not whole:
        raise damaged
    return contents


def _same(path: Path, entry: Entry) -> bool:
    if path.stat().st_size != entry.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
