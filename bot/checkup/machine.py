"""What `tdkt doctor` sees of the machine: Python, packages, settings, folders, tools."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from bot import settings as setting
from bot.checkup.check import Check, State
from bot.settings import Settings

_ROOM = 500 * 2**20  # bytes of disk below which an index build may fail
_TOOL_SECONDS = 10


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


def home(settings: Settings) -> Iterator[Check]:
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


def tools(settings: Settings) -> Iterator[Check]:
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
