"""What `tdkt doctor` sees of folders: the home and who may read it, the room on the disk, the watched folder."""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bot.checkup.check import Check, State
from bot.settings import Settings

_HOME = "Thư mục dữ liệu"
_ROOM = 500 * 2**20  # bytes of disk below which an index build may fail
_FULL = 50 * 2**20  # below which even messages may not be kept


def home(settings: Settings) -> Iterator[Check]:
    """Thư mục dữ liệu."""
    home = settings.home
    reason = _unwritable(home if home.exists() else _nearest(home))
    if reason is not None:
        verb = "không ghi được" if home.exists() else "không tạo được"
        advice = "Cấp quyền ghi cho người dùng chạy tdkt, hoặc chọn thư mục khác bằng TDKT_HOME."
        yield Check(_HOME, State.BAD, f"{home} {verb} ({reason})", advice)
    elif not home.exists():
        yield Check(_HOME, State.WARNING, f"{home} chưa có", "Sẽ được tạo khi chạy tdkt index.")
    else:
        yield from _inside(home)


def _inside(home: Path) -> Iterator[Check]:
    """Look at who owns what is in the home, and who else can read it."""
    held = [home, *sorted(home.iterdir()), *sorted((home / "index").glob("*"))]
    locked = [path for path in held if not os.access(path, os.R_OK | os.W_OK, effective_ids=True)]
    owner, me = home.stat().st_uid, os.geteuid()
    if locked:
        advice = f"Trao lại cho người dùng chạy tdkt: sudo chown -R {_name(me)}: {home}"
        yield Check(_HOME, State.BAD, f"không ghi được {locked[0]}, của người dùng {_owner(locked[0])}", advice)
    elif me == 0 and owner != 0:
        advice = f"Chạy các lệnh bằng người dùng đó: sudo -u {_name(owner)} tdkt …"
        yield Check(_HOME, State.WARNING, f"của người dùng {_name(owner)}, mà anh/chị đang là root", advice)
    elif _open_to_others(home):
        yield Check(_HOME, State.WARNING, "người dùng khác của máy này đọc được dữ liệu", f"Chạy: chmod 700 {home}")
    else:
        yield Check(_HOME, State.FINE, str(home.resolve()))


def _open_to_others(home: Path) -> bool:
    database = home / "tdkt.sqlite3"
    return bool(home.stat().st_mode & 0o001) and database.exists() and bool(database.stat().st_mode & 0o004)


def _owner(path: Path) -> str:
    return _name(path.stat().st_uid)


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)


def _unwritable(folder: Path) -> str | None:
    """Return why no file can be made in `folder`, None where one can: tried out, since rights alone do not tell."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return None
    except OSError as error:
        return error.strerror or str(error)


def _nearest(folder: Path) -> Path:
    """Return the folder above, however far, that is there."""
    return next(above for above in folder.absolute().parents if above.exists())


def disk(settings: Settings) -> Iterator[Check]:
    """Đĩa."""
    home = settings.home
    free = shutil.disk_usage(home if home.exists() else _nearest(home)).free
    says = f"còn trống {free / 2**30:.1f} GB".replace(".", ",")
    if free < _FULL:
        yield Check("Đĩa", State.BAD, f"{says}: tin nhắn và báo cáo có thể không lưu được", "Dọn đĩa ngay.")
    elif free < _ROOM:
        yield Check("Đĩa", State.WARNING, says, "Dọn bớt đĩa trước khi lập chỉ mục.")
    else:
        yield Check("Đĩa", State.FINE, says)


def inbox(settings: Settings) -> Iterator[Check]:
    """Thư mục nhận văn bản."""
    folder, name = settings.inbox_folder, "Thư mục nhận văn bản"
    if folder is None:
        return
    from bot.publishing.watching import trouble

    wrong = trouble(folder, settings.home)
    if wrong is not None:
        yield Check(name, State.BAD, f"{folder} {wrong}", "Sửa TDKT_INBOX_FOLDER thành một thư mục riêng.")
        return
    reason = _unwritable(folder if folder.exists() else _nearest(folder))
    if reason is not None:
        advice = "Tạo thư mục và cấp quyền đọc, ghi cho người dùng chạy tdkt, hoặc sửa TDKT_INBOX_FOLDER."
        yield Check(name, State.BAD, f"{folder} không dùng được ({reason})", advice)
    elif not folder.exists():
        yield Check(
            name, State.WARNING, f"{folder} chưa có", "Sẽ được tạo khi chạy tdkt serve; kiểm tra lại đường dẫn."
        )
    else:
        yield Check(name, State.FINE, f"{folder}: tệp bỏ vào đây được đọc và chờ công bố")
