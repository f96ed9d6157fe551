"""What `tdkt doctor` looks at: one small function a subject, each returning what it found and what to do.

Nothing here changes anything, and no check may keep the others from running.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot import settings as setting
from bot.settings import Settings
from bot.wording import count

if TYPE_CHECKING:
    from sqlalchemy import Engine

_ROOM = 500 * 2**20  # bytes of disk below which an index build may fail
_TOOL_SECONDS = 10
_LATE_SECONDS = 300  # that a message may wait before something is wrong


class State(StrEnum):
    """How serious it is."""

    FINE = "✓"
    WARNING = "!"  # works, but something is missing or old
    BAD = "✗"  # does not work


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    subject: str
    state: State
    says: str
    advice: str = ""  # what to do; "" when nothing


def check_up(settings: Settings) -> Iterator[Check]:
    """Yield every check; one that fails unexpectedly is itself a finding."""
    for look in _LOOKS:
        try:
            yield from look(settings)
        except Exception as error:  # a broken part must not hide the state of the others
            name = " ".join((look.__doc__ or "").split()).rstrip(".")
            yield Check(
                name,
                State.BAD,
                f"không kiểm tra được: {_first_line(error)}",
                "Chạy lại với --debug hoặc cài lại (make .venv).",
            )


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def _python(settings: Settings) -> Iterator[Check]:
    """Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    yield Check("Python", State.FINE if fine else State.BAD, version, "" if fine else "Cài Python 3.11 trở lên.")


def _packages(settings: Settings) -> Iterator[Check]:
    """Thư viện."""
    needed = ("alembic", "bm25s", "faiss", "jinja2", "numpy", "sqlalchemy", "starlette", "tokenizers", "uvicorn")
    absent = [name for name in needed if find_spec(name) is None]
    if absent:
        yield Check("Thư viện", State.BAD, f"thiếu {', '.join(absent)}", "Chạy make .venv để cài lại.")
    else:
        yield Check("Thư viện", State.FINE, "đủ")


def _variables(settings: Settings) -> Iterator[Check]:
    """Thiết lập."""
    unknown = setting.unknown_variables(os.environ)
    for name, close in unknown.items():
        yield Check(
            "Thiết lập",
            State.WARNING,
            f"không có thiết lập {name}",
            f"Có phải {close}?" if close else "Bỏ biến này đi.",
        )
    if not unknown:
        yield Check("Thiết lập", State.FINE, ".env và biến môi trường hợp lệ")


def _home(settings: Settings) -> Iterator[Check]:
    """Thư mục dữ liệu."""
    home = settings.home
    if not home.exists():
        yield Check("Thư mục dữ liệu", State.WARNING, f"{home} chưa có", "Sẽ được tạo khi chạy tdkt index.")
    elif not home.is_dir() or not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield Check(
            "Thư mục dữ liệu",
            State.BAD,
            f"{home} không ghi được",
            "Cấp quyền ghi, hoặc chọn thư mục khác bằng TDKT_HOME.",
        )
    else:
        yield Check("Thư mục dữ liệu", State.FINE, str(home.resolve()))
    nearest = next(folder for folder in (home.absolute(), *home.absolute().parents) if folder.exists())
    free = shutil.disk_usage(nearest).free
    yield Check(
        "Đĩa",
        State.FINE if free >= _ROOM else State.WARNING,
        f"còn trống {free / 2**30:.1f} GB".replace(".", ","),
        "" if free >= _ROOM else "Dọn bớt đĩa trước khi lập chỉ mục.",
    )


def _model(settings: Settings) -> Iterator[Check]:
    """Mô hình."""
    from index.encoder import load_encoder
    from index.errors import UnusableModel

    try:
        encoder = load_encoder(settings.model)
    except UnusableModel as error:
        yield Check("Mô hình", State.BAD, str(error), "Sửa hoặc bỏ TDKT_MODEL.")
    else:
        yield Check("Mô hình", State.FINE, f"{settings.model or 'kèm theo chương trình'} ({encoder.dimension} chiều)")


def _database(settings: Settings) -> Iterator[Check]:
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
        says, advice = f"{shown} không kết nối được: {_first_line(error)}", "Kiểm tra TDKT_DATABASE_URL và máy chủ đó."
        return Check("Cơ sở dữ liệu", State.BAD, says, advice)
    finally:
        engine.dispose()
    return Check("Cơ sở dữ liệu", State.FINE, f"kết nối được {shown}")


def _index(settings: Settings) -> Iterator[Check]:
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


def _sources(settings: Settings) -> Iterator[Check]:
    """Văn bản gốc."""
    from knowledge.analyse import ANALYSER_VERSION
    from knowledge.catalog import Catalog

    if not _has_database(settings):
        return
    with _engine(settings) as engine:
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


def _tools(settings: Settings) -> Iterator[Check]:
    """Công cụ hệ thống."""
    wanted = (
        ("tesseract", ("tesseract",), "đọc bản quét", "tesseract-ocr tesseract-ocr-vie"),
        ("antiword", ("antiword",), "đọc tệp .doc", "antiword"),
        ("libreoffice", ("libreoffice", "soffice"), "đọc tệp .doc mà antiword không đọc được", "libreoffice-writer"),
        ("chromium", ("chromium", "chromium-browser", "google-chrome"), "kiểm thử trang web", "chromium"),
    )
    for name, programs, purpose, package in wanted:
        found = next(filter(None, map(shutil.which, programs)), None)
        if found is None:
            yield Check(name, State.WARNING, f"chưa cài (để {purpose})", f"sudo apt install {package}")
        elif name == "tesseract" and "vie" not in _languages(found):
            yield Check(name, State.WARNING, "thiếu dữ liệu tiếng Việt", "sudo apt install tesseract-ocr-vie")
        else:
            yield Check(name, State.FINE, f"có ({purpose})")


def _languages(tesseract: str) -> list[str]:
    listed = subprocess.run(
        [tesseract, "--list-langs"], capture_output=True, text=True, timeout=_TOOL_SECONDS, check=False
    )
    return listed.stdout.split() + listed.stderr.split()


def _channels(settings: Settings) -> Iterator[Check]:
    """Kênh."""
    if not settings.telegram_token:
        yield Check("Telegram", State.WARNING, "chưa cài đặt", "Đặt TDKT_TELEGRAM_TOKEN (mã bot do @BotFather cấp).")
    elif settings.telegram_webhook:
        yield Check("Telegram", State.FINE, f"nhận tin qua webhook tại {settings.telegram_webhook}")
    else:
        yield Check("Telegram", State.FINE, "hỏi tin định kỳ (polling)")


def _people(settings: Settings) -> Iterator[Check]:
    """Cán bộ."""
    from bot.domain.people import Role
    from bot.store import people
    from knowledge.db import reading

    if not _has_database(settings):
        return
    with _engine(settings) as engine, reading(engine) as session:
        known, admins, units = people.people(session), people.people(session, role=Role.ADMIN), people.units(session)
    if not admins:
        yield Check("Cán bộ", State.WARNING, "chưa có người quản trị", "Chạy: tdkt invite --role admin")
    else:
        size = f"{count(len(known), 'người')}, {count(len(units), 'đơn vị')}, {count(len(admins), 'quản trị')}"
        yield Check("Cán bộ", State.FINE, size)


def _queues(settings: Settings) -> Iterator[Check]:
    """Tin nhắn."""
    from bot.app import now
    from bot.store.queues import look
    from knowledge.db import reading

    if not _has_database(settings):
        return
    with _engine(settings) as engine, reading(engine) as session:
        queues = look(session, now())
    for queue in queues:
        waiting = f"{count(queue.waiting, 'tin')} đang chờ"
        if queue.waiting:
            waiting += f", lâu nhất {count(round(queue.oldest.total_seconds()), 'giây')}"
        late = queue.oldest.total_seconds() > _LATE_SECONDS
        advice = "Kiểm tra tdkt serve có đang chạy không." if late else ""
        yield Check(queue.name, State.WARNING if late else State.FINE, waiting, advice)
        if queue.parked:
            says = f"{count(queue.parked, 'tin')} xử lý không được; lỗi mới nhất: {queue.error}"
            yield Check(queue.name, State.WARNING, says, "Báo lỗi này cho người phụ trách kỹ thuật.")


@contextmanager
def _engine(settings: Settings) -> Iterator[Engine]:
    from bot.app import App

    engine = App(settings).engine
    try:
        yield engine
    finally:
        engine.dispose()


def _has_database(settings: Settings) -> bool:
    return settings.database is not None or (settings.home / "tdkt.sqlite3").exists()


_LOOKS: tuple[Callable[[Settings], Iterator[Check]], ...] = (
    _python, _packages, _variables, _home, _model, _database, _index, _sources, _people, _channels, _queues, _tools,
)  # fmt: skip
