"""LibreOffice without a window: old Word and RTF files → .docx.

It is slow to start (2 to 3 seconds) and reads nearly everything.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.errors import UnreadableFile
from knowledge.readers.base import find_tool, run

_TIMEOUT = 120.0
_TOO_SLOW = "LibreOffice mở tệp quá lâu nên bị dừng lại: hãy mở tệp bằng Word rồi lưu lại thành .docx."
_FAILED = "LibreOffice không mở được tệp (tệp hỏng hoặc có mật khẩu): hãy mở bằng Word rồi lưu lại thành .docx."


def find() -> str | None:
    """Return the path of LibreOffice, None where it is not installed."""
    return find_tool("soffice", "libreoffice")


def to_docx(office: str, data: bytes, suffix: str) -> bytes:
    """Return `data` (a file of kind `suffix`, ".doc" or ".rtf") as a .docx file; raises UnreadableFile."""
    with TemporaryDirectory(prefix="tdkt-") as folder:
        source = Path(folder) / f"in{suffix}"
        source.write_bytes(data)
        # A profile of its own: two conversions at once, or a user's open LibreOffice, would otherwise block it.
        profile = (Path(folder) / "profile").as_uri()
        argv = [office, "--headless", "--norestore", f"-env:UserInstallation={profile}"]
        argv += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source)]
        run(argv, timeout=_TIMEOUT, too_slow=_TOO_SLOW)
        target = Path(folder) / "in.docx"
        if not target.is_file():
            raise UnreadableFile(_FAILED)
        return target.read_bytes()
