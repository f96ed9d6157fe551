"""What `tdkt doctor` sees of the documents: model, index, the files they came from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.checkup.check import Check, State, engine_of, rows_of
from bot.settings import Settings
from bot.wording import count


def model(settings: Settings) -> Iterator[Check]:
    """Mô hình."""
    from index.encoder import load_encoder
    from index.errors import UnusableModel

    if settings.model and Path(settings.model).is_absolute() and not Path(settings.model).is_dir():
        yield Check("Mô hình", State.BAD, f"không có thư mục {settings.model}", "Sửa hoặc bỏ TDKT_MODEL.")
        return
    try:
        encoder = load_encoder(settings.model)
    except UnusableModel as error:
        yield Check("Mô hình", State.BAD, str(error).rstrip("."), "Sửa hoặc bỏ TDKT_MODEL.")
    else:
        yield Check("Mô hình", State.FINE, f"{settings.model or 'kèm theo chương trình'} ({encoder.dimension} chiều)")


def index(settings: Settings) -> Iterator[Check]:
    """Chỉ mục."""
    from index.encoder import load_encoder
    from index.errors import DamagedIndex, UnusableModel
    from index.manifest import read_current
    from index.snapshot import SnapshotStore

    name, again = "Chỉ mục", "Chạy lại: tdkt index --rebuild <thư mục văn bản>"
    newest = read_current(settings.home / "index")
    try:
        snapshot = SnapshotStore(settings.home).current()
    except DamagedIndex as error:
        yield Check(name, State.BAD, str(error).partition(";")[0], again)
        return
    if snapshot is None:
        yield Check(name, State.WARNING, "chưa có", "Chạy: tdkt index <thư mục văn bản>")
        return
    size = f"{count(len(snapshot.documents), 'văn bản')}, {count(len(snapshot), 'đoạn')}"
    if snapshot.version != newest:
        yield Check(name, State.BAD, f"phiên bản {newest} hỏng; đang dùng bản cũ {snapshot.version}: {size}", again)
    else:
        yield Check(name, State.FINE, f"phiên bản {snapshot.version}: {size}")
    with suppress(UnusableModel):  # said of the model
        if load_encoder(settings.model).name != snapshot.manifest.encoder:
            says = "lập bằng mô hình khác với mô hình đang dùng: chỉ còn tìm theo từ, không tìm theo nghĩa"
            yield Check(name, State.WARNING, says, "Chạy lại tdkt index, hoặc đặt lại TDKT_MODEL như cũ.")


def altered(settings: Settings) -> Iterator[Check]:
    """Tệp chỉ mục."""
    from index.errors import DamagedIndex
    from index.manifest import altered_files, read_current

    newest = read_current(settings.home / "index")
    if newest is None:
        return
    try:
        files = altered_files(settings.home / "index" / newest)
    except (DamagedIndex, OSError):  # said of the index
        return
    if files:
        says = f"{_some(files)} không còn như lúc ghi: đĩa có thể đang hỏng"
        yield Check("Tệp chỉ mục", State.BAD, says, "Chạy lại: tdkt index --rebuild <thư mục văn bản>; kiểm tra đĩa.")


def sources(settings: Settings) -> Iterator[Check]:
    """Văn bản gốc."""
    from knowledge.analyse import ANALYSER_VERSION
    from knowledge.catalog import Catalog

    with rows_of(settings) as session:
        if session is None:
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
