"""Settings: read once, from the environment and from `.env`, into one frozen value.

A variable of the environment wins over the same one in `.env`; the command line wins over both. A value that cannot
be used is refused with the variable's name. Knows nothing of what the settings are used for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bot import setting_values as values
from bot.domain.workdays import Hours
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
    inbox_folder: Path | None  # documents dropped there are read and offered for publication; None: none
    database: str | None = field(
        repr=False
    )  # URL, with a password, of a database server; None: the SQLite file of the home
    strangers_may_ask: bool  # whether questions of people without a link are answered
    code_hours: int  # how long a link code is valid
    message_days: int  # how long messages, and what a conversation remembers, are kept
    audit_days: int  # how long the log of changes is kept
    file_days: int  # how long a file stays that nothing refers to
    lease_seconds: int  # after which the work of a process that died is taken over
    log: str  # bot.logs.PLAIN or JSON
    telegram_token: str | None = field(repr=False)  # of the bot; None: no Telegram
    telegram_api: str  # address of the Bot API server, without a slash at the end
    telegram_webhook: str | None  # public address of the web pages, likewise; None: Telegram is polled
    telegram_secret: str | None = field(repr=False)  # that its webhook must send; None: derived from the token
    zalo_token: str | None = field(repr=False)  # of the bot; None: no Zalo
    zalo_api: str  # address of the Bot API server, without a slash at the end
    zalo_webhook: str | None  # public address of the web pages, likewise; None: Zalo is polled
    zalo_secret: str | None = field(repr=False)  # that its webhook must send; None: derived from the token
    public_url: str | None  # public address of the web pages, likewise, for links in messages; see `public`
    office: str  # as its letterhead writes it, "SỞ NỘI VỤ"; "": a dotted line in exported reports
    office_parent: str  # likewise the body above it, "UBND TỈNH AN BÌNH"
    office_place: str  # where its documents are dated, "An Bình"
    hours: Hours  # of a working day in which people are reminded
    ladder: tuple[int, ...]  # days before the due day on which they are, the furthest first
    days_off: frozenset[date]  # that the table of public holidays does not know
    days_on: frozenset[date]  # days worked although the table or the week says otherwise
    open_days: int  # before its due date the round of a recurring duty opens by itself

    @property
    def public(self) -> str | None:
        """The address under which people reach the web pages from outside; None: they do not."""
        return self.public_url or self.zalo_webhook or self.telegram_webhook


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable and the field it fills."""

    name: str
    field: str
    default: str
    parse: Callable[[str], object]  # raises ValueError with the Vietnamese rest of "Thiết lập X …"
    says: str  # Vietnamese, for `tdkt --help`


VARIABLES = (
    Variable("TDKT_HOME", "home", "./var", values.path, "thư mục chứa toàn bộ dữ liệu"),
    Variable("TDKT_HOST", "host", "127.0.0.1", values.host, "địa chỉ mở trang web"),
    Variable("TDKT_PORT", "port", "8000", values.port, "cổng mở trang web"),
    Variable("TDKT_MODEL", "model", "", values.optional, "mô hình sentence-transformers khác: tên hoặc thư mục"),
    Variable("TDKT_MAX_FILE_MB", "max_file_bytes", "50", values.megabytes, "dung lượng tối đa của một văn bản, MB"),
    Variable(
        "TDKT_INBOX_FOLDER",
        "inbox_folder",
        "",
        values.optional_path,
        "thư mục nhận văn bản: tệp bỏ vào đây được đọc và chờ công bố; trống: không dùng",
    ),
    Variable("TDKT_DATABASE_URL", "database", "", values.database, "cơ sở dữ liệu khác: postgresql://…"),
    Variable("TDKT_STRANGERS_MAY_ASK", "strangers_may_ask", "0", values.switch, "1: người chưa liên kết cũng được hỏi"),
    Variable("TDKT_CODE_HOURS", "code_hours", "72", values.positive, "mã liên kết có hiệu lực, giờ"),
    Variable("TDKT_MESSAGE_DAYS", "message_days", "90", values.positive, "giữ tin nhắn và hội thoại, ngày"),
    Variable("TDKT_AUDIT_DAYS", "audit_days", "1095", values.positive, "giữ nhật ký thay đổi, ngày"),
    Variable("TDKT_FILE_DAYS", "file_days", "30", values.positive, "giữ tệp không còn được dùng đến, ngày"),
    Variable("TDKT_LOG", "log", "chu", values.log, "dạng nhật ký kỹ thuật: chu (dòng chữ) hoặc json"),
    Variable(
        "TDKT_LEASE_SECONDS", "lease_seconds", "20", values.positive, "việc của tiến trình đã chết được nhận lại, giây"
    ),
    Variable(
        "TDKT_TELEGRAM_TOKEN", "telegram_token", "", values.telegram_token, "mã của bot Telegram, do @BotFather cấp"
    ),
    Variable(
        "TDKT_TELEGRAM_API", "telegram_api", "https://api.telegram.org", values.address, "máy chủ Bot API của Telegram"
    ),
    Variable(
        "TDKT_TELEGRAM_WEBHOOK",
        "telegram_webhook",
        "",
        values.optional_address,
        "địa chỉ công khai của trang web, để Telegram gửi tin đến; trống: bot tự hỏi Telegram",
    ),
    Variable("TDKT_TELEGRAM_SECRET", "telegram_secret", "", values.webhook_secret, "mã bí mật của webhook Telegram"),
    Variable("TDKT_ZALO_TOKEN", "zalo_token", "", values.zalo_token, "mã của bot Zalo, do Zalo Bot Manager cấp"),
    Variable(
        "TDKT_ZALO_API", "zalo_api", "https://bot-api.zaloplatforms.com", values.address, "máy chủ Bot API của Zalo"
    ),
    Variable(
        "TDKT_ZALO_WEBHOOK",
        "zalo_webhook",
        "",
        values.optional_address,
        "địa chỉ công khai của trang web, để Zalo gửi tin đến; trống: bot tự hỏi Zalo (chỉ để thử)",
    ),
    Variable("TDKT_ZALO_SECRET", "zalo_secret", "", values.webhook_secret, "mã bí mật của webhook Zalo"),
    Variable(
        "TDKT_PUBLIC_URL",
        "public_url",
        "",
        values.optional_address,
        "địa chỉ công khai của trang web, cho liên kết gửi và tải tệp; trống: như địa chỉ webhook",
    ),
    Variable("TDKT_OFFICE", "office", "", values.name, "tên cơ quan trên báo cáo tổng hợp, ví dụ SỞ NỘI VỤ"),
    Variable("TDKT_OFFICE_PARENT", "office_parent", "", values.name, "cơ quan chủ quản, ví dụ UBND TỈNH …"),
    Variable("TDKT_OFFICE_PLACE", "office_place", "", values.name, "địa danh ghi trên báo cáo"),
    Variable("TDKT_HOURS", "hours", "08:00-17:00", values.hours, "giờ làm việc: chỉ nhắc trong giờ này, ngày làm việc"),
    Variable("TDKT_LADDER", "ladder", "14,7,3,1,0", values.ladder, "nhắc trước hạn bao nhiêu ngày"),
    Variable("TDKT_DAYS_OFF", "days_off", "", values.days, "ngày nghỉ thêm, ví dụ 2026-04-29,2026-05-02"),
    Variable("TDKT_DAYS_ON", "days_on", "", values.days, "ngày làm bù, ví dụ 2026-05-09"),
    Variable("TDKT_OPEN_DAYS", "open_days", "30", values.positive, "đợt của nhiệm vụ định kỳ tự mở trước hạn, ngày"),
)


def read(
    environ: Mapping[str, str] | None = None,
    env_file: Path = Path(".env"),
    *,
    tolerant: bool = False,
    **overrides: object,
) -> Settings:
    """Return the settings; `overrides` are fields given on the command line, None meaning not given.

    Raises SettingError naming the variable, or the file, that cannot be used; `tolerant`: that one counts as not given,
    and `problems` tells of it.
    """
    fields, wrong = _parsed(environ, env_file)
    if wrong and not tolerant:
        raise wrong[0]
    fields.update((name, value) for name, value in overrides.items() if value is not None)
    return Settings(**fields)  # type: ignore[arg-type]  # each parser returns its field's type; a test builds them all


def problems(environ: Mapping[str, str] | None = None, env_file: Path = Path(".env")) -> list[SettingError]:
    """Return everything that `read` would refuse, for whoever puts it right in one go."""
    return _parsed(environ, env_file)[1]


def _parsed(environ: Mapping[str, str] | None, env_file: Path) -> tuple[dict[str, object], list[SettingError]]:
    """Return each field with its value, the default where it cannot be used, and what cannot be used."""
    fields: dict[str, object] = {}
    wrong: list[SettingError] = []
    try:
        kept = _read_env_file(env_file)
    except SettingError as error:
        kept = {}
        wrong.append(error)
    given = {**kept, **(os.environ if environ is None else environ)}
    for variable in VARIABLES:
        # An empty variable ("TDKT_PORT=") is how people switch a line of .env off.
        text = given.get(variable.name, "").strip() or variable.default
        try:
            fields[variable.field] = variable.parse(text)
        except ValueError as error:
            fields[variable.field] = variable.parse(variable.default)
            problem = SettingError(variable.name, str(error))
            problem.__cause__ = error
            wrong.append(problem)
    return fields, wrong


def unknown_variables(environ: Mapping[str, str], env_file: Path = Path(".env")) -> dict[str, str | None]:
    """Return the TDKT_ variables that mean nothing, each with the known name it resembles."""
    known = [variable.name for variable in VARIABLES]
    try:
        kept = _read_env_file(env_file)
    except SettingError:  # said by `read` and by `problems`
        kept = {}
    names = sorted(name for name in {**kept, **environ} if name.startswith(PREFIX) and name not in known)
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
