"""Files between this machine and a conversation at its terminal: read and kept on the way in, saved on the way out.

Knows nothing of what files are for.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.desk import KEPT
from bot.domain import attachments
from bot.domain.messages import Attachment, OutFile
from bot.errors import BotError, UsageError
from bot.store.files import Files

FOLDER = "xuat"  # of the home, where files given in a conversation are saved


def path_of(typed: str) -> Path:
    """Return the path somebody typed or dropped onto the terminal: quoted, escaped, with ~, or as a file:// address."""
    text = typed.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1].replace("'\\''", "'")
    elif os.sep == "/":
        text = text.replace("\\ ", " ").replace("\\(", "(").replace("\\)", ")")
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    return Path(text).expanduser()


def dropped(typed: str) -> Path | None:
    """Return the file that a line consists of, None for a line that is said: a path is absolute, and there."""
    line = typed.strip()
    if not line.startswith(("/", "'/", '"/', "file:///", "~")):
        return None
    path = path_of(line)
    try:
        return path if path.is_absolute() and path.is_file() else None
    except OSError:  # a line longer than any name
        return None


def attach(path: Path, files: Files) -> Attachment:
    """Keep the content of the file at `path`; UsageError, in one line, where it cannot be taken."""
    name = attachments.shown_name(path.name)
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UsageError(f"“{path}” không phải là tệp. Anh/chị gõ đường dẫn đến một tệp.")
        problem = attachments.refusal(name, size, b"", attachments.CARRIED)
        content = b"" if problem else path.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"Không có tệp “{path}”. Anh/chị kiểm tra lại đường dẫn.") from error
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        reason = getattr(error, "strerror", None) or "đường dẫn không hợp lệ"
        raise UsageError(f"Không đọc được “{path}”: {reason}. Anh/chị kiểm tra quyền đọc tệp.") from error
    problem = problem or attachments.refusal(name, len(content), content[: attachments.HEAD], attachments.CARRIED)
    problem = problem or (None if content else attachments.empty_refusal(name))
    if problem:
        raise UsageError(problem)
    return Attachment(KEPT + files.put(content), name, attachments.mime_of(name), len(content))


def save(file: OutFile, files: Files, home: Path) -> Path:
    """Write a file that was given in a conversation into the home and return where; never over another content."""
    folder = home / FOLDER
    try:
        content = files.read(file.sha256)
        folder.mkdir(parents=True, exist_ok=True)
        path = _free(folder, attachments.shown_name(file.name), content)
        path.write_bytes(content)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "nội dung không còn được giữ"
        raise BotError(f"Không lưu được tệp “{file.name}”: {reason}. Anh/chị kiểm tra thư mục {folder}.") from error
    return path


def _free(folder: Path, name: str, content: bytes) -> Path:
    stem, dot, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
    path, number = folder / name, 1
    while path.exists() and path.read_bytes() != content:
        number += 1
        path = folder / f"{stem} ({number}){dot}{ending}"
    return path
