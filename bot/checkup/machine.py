"""What `tdkt doctor` sees of the machine: Python, packages, settings, the .env file, the clock."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from bot import settings as setting
from bot.checkup.check import Check, State, rows_of
from bot.settings import Settings

_SECRET = ("TOKEN", "SECRET", "DATABASE_URL")  # in the names of variables that nobody else may read
_CLOCK = "Đồng hồ"
_AHEAD = timedelta(minutes=5)  # that something kept may lie in the future before the clock is doubted
_SET_CLOCK = "Đặt lại giờ máy: sudo timedatectl set-ntp true, rồi khởi động lại tdkt serve."


def python(settings: Settings) -> Iterator[Check]:
    """Python."""
    version = ".".join(map(str, sys.version_info[:3]))
    fine = sys.version_info >= (3, 11)
    yield Check("Python", State.FINE if fine else State.BAD, version, "" if fine else "Cài Python 3.11 trở lên.")


def packages(settings: Settings) -> Iterator[Check]:
    """Thư viện."""
    needed = ("alembic", "bm25s", "faiss", "jinja2", "numpy", "sqlalchemy", "starlette", "tokenizers", "uvicorn")
    absent = [name for name in needed if find_spec(name) is None]
    if absent:
        yield Check("Thư viện", State.BAD, f"thiếu {', '.join(absent)}", "Chạy make .venv để cài lại.")
    else:
        yield Check("Thư viện", State.FINE, "đủ")


def variables(settings: Settings) -> Iterator[Check]:
    """Thiết lập."""
    wrong, unknown = setting.problems(), setting.unknown_variables(os.environ)
    for error in wrong:
        says, advice = str(error).removeprefix("Thiết lập "), "Sửa giá trị đó; chưa sửa thì các lệnh khác không chạy."
        yield Check("Thiết lập", State.BAD, says.rstrip("."), advice)
    for name, close in unknown.items():
        advice = f"Có phải {close}?" if close else "Bỏ biến này đi."
        yield Check("Thiết lập", State.WARNING, f"không có thiết lập {name}", advice)
    if not wrong and not unknown:
        yield Check("Thiết lập", State.FINE, ".env và biến môi trường hợp lệ")


def env_file(settings: Settings) -> Iterator[Check]:
    """Tệp .env."""
    file = Path(".env")
    if not file.is_file():
        return
    text = file.read_bytes().decode("utf-8", "replace")
    if file.stat().st_mode & 0o077 and any(word in text for word in _SECRET):
        says = f"{file.resolve()} có mã bí mật mà người dùng khác của máy này đọc được"
        yield Check("Tệp .env", State.WARNING, says, f"Chạy: chmod 600 {file.resolve()}")
    else:
        yield Check("Tệp .env", State.FINE, str(file.resolve()))


def clock(settings: Settings) -> Iterator[Check]:
    """Đồng hồ."""
    from bot.app import now

    time = now()
    newest = _newest(settings)
    if newest is not None and newest > time + _AHEAD:
        says = f"máy đang là {_moment(time)}, mà bản ghi mới nhất có từ {_moment(newest)}"
        yield Check(_CLOCK, State.BAD, says, _SET_CLOCK)
    else:
        yield Check(_CLOCK, State.FINE, f"{_moment(time)}, giờ Việt Nam")


def _newest(settings: Settings) -> datetime | None:
    """Return when something was last known to be: what was kept, or the program's own files."""
    from sqlalchemy import func, select

    from bot.store.tables import AuditRow, InboxRow

    known: list[datetime | None] = [datetime.fromtimestamp(Path(__file__).stat().st_mtime).astimezone()]
    with rows_of(settings) as session:
        if session is not None:
            known += [session.scalar(select(func.max(column))) for column in (InboxRow.received_at, AuditRow.at)]
    return max(time for time in known if time is not None)


def _moment(time: datetime) -> str:
    from bot.asking import VIETNAM

    return f"{time.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}"
