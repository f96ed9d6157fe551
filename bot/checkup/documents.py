"""What `tdkt doctor` sees of the documents: model, database, index, the files they came from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bot.checkup.check import Check, State, engine_of, first_line, has_database
from bot.settings import Settings
from bot.wording import count


def model(settings: Settings) -> Iterator[Check]:
    """Mô hình."""
    from index.encoder import load_encoder
    from index.errors import UnusableModel

    try:
        encoder = load_encoder(settings.model)
    except UnusableModel as error:
        yield Check("Mô hình", State.BAD, str(error), "Sửa hoặc bỏ TDKT_MODEL.")
    else:
        yield Check("Mô hình", State.FINE, f"{settings.model or 'kèm theo chương trình'} ({encoder.dimension} chiều)")


def database(settings: Settings) -> Iterator[Check]:
    """Cơ sở dữ liệu."""
    from sqlalchemy import text

    from knowledge.db import open_engine, reading, sqlite_url

    if settings.database is not None:
        yield _server(settings.database)
        return
    file = settings.home / "tdkt.sqlite3"
    if not file.exists():
        yield Check("Cơ sở dữ liệu", State.WARNING, "chưa có", "Sẽ được tạo khi chạy tdkt index.")
        return
    with reading(open_engine(sqlite_url(settings.home))) as session:
        said = session.execute(text("PRAGMA quick_check(1)")).scalar_one()
    size = f"{file.stat().st_size / 2**20:.1f} MB".replace(".", ",")
    if said == "ok":
        yield Check("Cơ sở dữ liệu", State.FINE, f"toàn vẹn, {size}")
    else:
        yield Check(
            "Cơ sở dữ liệu", State.BAD, f"hỏng: {said}", "Khôi phục từ bản sao lưu, hoặc xóa và chạy lại tdkt index."
        )


def _server(url: str) -> Check:
    from sqlalchemy import make_url
    from sqlalchemy.exc import SQLAlchemyError

    from knowledge.db import open_engine

    shown = make_url(url).set(username=None, password=None, query={})
    engine = open_engine(url)
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        says, advice = f"{shown} không kết nối được: {first_line(error)}", "Kiểm tra TDKT_DATABASE_URL và máy chủ đó."
        return Check("Cơ sở dữ liệu", State.BAD, says, advice)
    finally:
        engine.dispose()
    return Check("Cơ sở dữ liệu", State.FINE, f"kết nối được {shown}")


def index(settings: Settings) -> Iterator[Check]:
    """Chỉ mục."""
    from index.encoder import load_encoder
    from index.snapshot import SnapshotStore

    snapshot = SnapshotStore(settings.home).current()
    if snapshot is None:
        yield Check("Chỉ mục", State.WARNING, "chưa có", "Chạy: tdkt index <thư mục văn bản>")
        return
    size = f"{count(len(snapshot.documents), 'văn bản')}, {count(len(snapshot), 'đoạn')}"
    yield Check("Chỉ mục", State.FINE, f"phiên bản {snapshot.version}: {size}")
    if load_encoder(settings.model).name != snapshot.manifest.encoder:
        yield Check("Chỉ mục", State.WARNING, "lập bằng mô hình khác với mô hình đang dùng", "Chạy lại tdkt index.")


def sources(settings: Settings) -> Iterator[Check]:
    """Văn bản gốc."""
    from knowledge.analyse import ANALYSER_VERSION
    from knowledge.catalog import Catalog

    if not has_database(settings):
        return
    with engine_of(settings) as engine:
        sources = Catalog(engine).sources()
    gone = [source.file for source in sources if not Path(source.path).exists()]
    changed = [source.file for source in sources if source.file not in gone and _changed(source.path, source.mtime_ns)]
    refused = [source.file for source in sources if source.reason is not None]
    older = [source.file for source in sources if source.analyser < ANALYSER_VERSION]
    for files, says in (
        (changed, "đã sửa sau khi lập chỉ mục"),
        (gone, "không còn trên đĩa"),
        (older, "được phân tích bằng phiên bản cũ"),
    ):
        if files:
            yield Check("Văn bản gốc", State.WARNING, f"{_some(files)} {says}", "Chạy lại tdkt index với thư mục đó.")
    if refused:
        yield Check("Văn bản gốc", State.WARNING, f"{_some(refused)} không được nhận", "Xem lý do: tdkt index <tệp>")
    if not (changed or gone or older or refused):
        yield Check("Văn bản gốc", State.FINE, f"{count(len(sources), 'tệp')}, không thay đổi từ khi lập chỉ mục")


def _changed(path: str, mtime_ns: int) -> bool:
    return os.stat(path).st_mtime_ns != mtime_ns


def _some(files: list[str]) -> str:
    """Return the first few names and how many more there are."""
    more = f" và {count(len(files) - 3, 'tệp khác')}" if len(files) > 3 else ""
    return ", ".join(files[:3]) + more
