"""Settings: read once, from the environment and from `.env`, into one frozen value.

A variable of the environment wins over the same one in `.env`; the command line wins over both. A value that cannot
be used is refused with the variable's name. Knows nothing of what the settings are used for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from bot.errors import SettingError

PREFIX = "TDKT_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; one field a variable of `VARIABLES`."""

    home: Path  # all state lives under it
    host: str  # the address the web page listens on
    port: int  # its port; 0 lets the system choose a free one
    model: str | None  # name or folder of a sentence-transformers model; None is the shipped one
    max_file_bytes: int  # a larger document is refused


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable and the field it fills."""

    name: str
    field: str
    default: str
    parse: Callable[[str], object]  # raises ValueError with the Vietnamese rest of "Thiết lập X …"
    says: str  # Vietnamese, for `tdkt --help`


def _path(text: str) -> Path:
    return Path(text).expanduser()


def _host(text: str) -> str:
    if any(char.isspace() or char == "/" for char in text) or "://" in text:
        raise ValueError(f"phải là tên máy hoặc địa chỉ IP, không phải “{text}”.")
    return text


def parse_port(text: str) -> int:
    """Return the port number in `text`; ValueError says in Vietnamese what it must be."""
    if not text.isascii() or not text.isdecimal() or int(text) > 65535:
        raise ValueError(f"phải là một số từ 0 đến 65535, không phải “{text}”.")
    return int(text)


def _megabytes(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) == 0:
        raise ValueError(f"phải là số nguyên dương (megabyte), không phải “{text}”.")
    return int(text) * 2**20


def _optional(text: str) -> str | None:
    return text or None


VARIABLES = (
    Variable("TDKT_HOME", "home", "./var", _path, "thư mục chứa toàn bộ dữ liệu"),
    Variable("TDKT_HOST", "host", "127.0.0.1", _host, "địa chỉ mở trang web"),
    Variable("TDKT_PORT", "port", "8000", parse_port, "cổng mở trang web"),
    Variable("TDKT_MODEL", "model", "", _optional, "mô hình sentence-transformers khác: tên hoặc thư mục"),
    Variable("TDKT_MAX_FILE_MB", "max_file_bytes", "50", _megabytes, "dung lượng tối đa của một văn bản, MB"),
)


def read(environ: Mapping[str, str] | None = None, env_file: Path = Path(".env"), **overrides: object) -> Settings:
    """Return the settings; `overrides` are fields given on the command line, None meaning not given.

    Raises SettingError naming the variable, or the file, that cannot be used.
    """
    given = {**_read_env_file(env_file), **(os.environ if environ is None else environ)}
    fields: dict[str, object] = {}
    for variable in VARIABLES:
        # An empty variable ("TDKT_PORT=") is how people switch a line of .env off.
        text = given.get(variable.name, "").strip() or variable.default
        try:
            fields[variable.field] = variable.parse(text)
        except ValueError as error:
            raise SettingError(variable.name, str(error)) from error
    fields.update((name, value) for name, value in overrides.items() if value is not None)
    return Settings(**fields)  # type: ignore[arg-type]  # each parser returns its field's type; a test builds them all


def unknown_variables(environ: Mapping[str, str], env_file: Path = Path(".env")) -> dict[str, str | None]:
    """Return the TDKT_ variables that mean nothing, each with the known name it resembles."""
    known = [variable.name for variable in VARIABLES]
    names = sorted(
        name for name in {**_read_env_file(env_file), **environ} if name.startswith(PREFIX) and name not in known
    )
    return {name: next(iter(get_close_matches(name, known, 1, 0.75)), None) for name in names}


def _read_env_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    from dotenv import dotenv_values  # not needed for --help

    try:
        values = dotenv_values(path, interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(str(path), f"không đọc được ({error}). Anh/chị lưu tệp ở dạng UTF-8.") from error
    return {name: value for name, value in values.items() if value is not None}
