"""What `tdkt doctor` sees of the programs of the system that reading documents uses where they are."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

from bot.checkup.check import Check, State
from bot.settings import Settings

_SECONDS = 10


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
    listed = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, timeout=_SECONDS, check=False)
    return listed.stdout.split() + listed.stderr.split()
