"""Values of settings, read from what was typed: each function takes the text and returns the value.

ValueError says in Vietnamese what the text must be, to follow "Thiết lập X": and never repeats a secret.
"""

from __future__ import annotations

import re
from datetime import date, time
from pathlib import Path

from bot.domain.workdays import Hours


def path(text: str) -> Path:
    """Return a path, ~ for the home of the user."""
    return Path(text).expanduser()


def host(text: str) -> str:
    """Return the name or address of a machine."""
    if any(char.isspace() or char == "/" for char in text) or "://" in text:
        raise ValueError(f"phải là tên máy hoặc địa chỉ IP, không phải “{text}”.")
    return text


def port(text: str) -> int:
    """Return a port number."""
    if not text.isascii() or not text.isdecimal() or int(text) > 65535:
        raise ValueError(f"phải là một số từ 0 đến 65535, không phải “{text}”.")
    return int(text)


def megabytes(text: str) -> int:
    """Return megabytes, as bytes."""
    if not text.isascii() or not text.isdecimal() or int(text) == 0:
        raise ValueError(f"phải là số nguyên dương (megabyte), không phải “{text}”.")
    return int(text) * 2**20


def optional_path(text: str) -> Path | None:
    """Return a path, or none."""
    return path(text) if text else None


def optional(text: str) -> str | None:
    """Return the text as it is, or none."""
    return text or None


def name(text: str) -> str:
    """Return a name, white space collapsed."""
    if len(text) > 120:
        raise ValueError("dài quá 120 ký tự.")
    return " ".join(text.split())


def switch(text: str) -> bool:
    """Return whether something is switched on: 1, not 0."""
    if text not in ("0", "1"):
        raise ValueError(f"phải là 0 (không) hoặc 1 (có), không phải “{text}”.")
    return text == "1"


def positive(text: str) -> int:
    """Return a positive whole number."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < 100_000:
        raise ValueError(f"phải là số nguyên dương, không phải “{text}”.")
    return int(text)


def log(text: str) -> str:
    """Return the form of the log."""
    if text not in ("chu", "json"):
        raise ValueError(f"phải là chu hoặc json, không phải “{text}”.")
    return text


def database(text: str) -> str | None:
    """Return the URL of a database, or none."""
    if text and not text.startswith(("postgresql", "sqlite:")):
        raise ValueError("phải bắt đầu bằng postgresql:// hoặc sqlite:///.")
    return text or None


# Secrets are not repeated in what is said about them.


def telegram_token(text: str) -> str | None:
    """Return the token of a Telegram bot, or none."""
    if text and not re.fullmatch(r"\d{3,20}:[A-Za-z0-9_-]{10,100}", text, re.ASCII):
        raise ValueError("phải có dạng 123456789:ABC… như @BotFather đã cấp.")
    return text or None


def zalo_token(text: str) -> str | None:
    """Return the token of a Zalo bot, or none."""
    if text and not re.fullmatch(r"[A-Za-z0-9:_-]{16,200}", text):
        raise ValueError("phải là mã mà Zalo Bot Manager đã cấp, dạng 123456789:ABC….")
    return text or None


def webhook_secret(text: str) -> str | None:
    """Return a secret that both platforms take, or none."""
    if text and not re.fullmatch(r"[A-Za-z0-9_-]{8,256}", text):
        raise ValueError("phải gồm 8 đến 256 chữ không dấu, chữ số, dấu “_” hoặc “-”.")
    return text or None


def address(text: str) -> str:
    """Return an address of the web, without a slash at the end."""
    if not re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#]*)?", text):
        raise ValueError(f"phải là địa chỉ bắt đầu bằng https://, không phải “{text}”.")
    return text.rstrip("/")


def optional_address(text: str) -> str | None:
    """Return such an address, or none where there is no text."""
    return address(text) if text else None


def hours(text: str) -> Hours:
    """Return the hours of a working day."""
    match = re.fullmatch(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})", text)
    try:
        hours = (
            Hours(*(time(int(hour), int(minute)) for hour, minute in zip(*[iter(match.groups())] * 2, strict=True)))
            if match
            else None
        )
    except ValueError:
        hours = None
    if hours is None or hours.start >= hours.end:
        raise ValueError(f"phải là giờ bắt đầu và giờ kết thúc trong ngày, ví dụ 08:00-17:00, không phải “{text}”.")
    return hours


def ladder(text: str) -> tuple[int, ...]:
    """Return days before a due day, the furthest first."""
    days = [part.strip() for part in text.split(",")]
    if not all(day.isascii() and day.isdecimal() and int(day) <= 365 for day in days):
        raise ValueError(
            f"phải là các số ngày trước hạn, cách nhau bằng dấu phẩy, ví dụ 14,7,3,1,0; không phải “{text}”."
        )
    return tuple(sorted({int(day) for day in days}, reverse=True))


def days(text: str) -> frozenset[date]:
    """Return days."""
    try:
        return frozenset(date.fromisoformat(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValueError(f"phải là các ngày dạng 2026-04-30, cách nhau bằng dấu phẩy, không phải “{text}”.") from error
