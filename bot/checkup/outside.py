"""What only the network tells `tdkt doctor`: whether the platforms know our bots and write to us, who has our port.

Nothing is confirmed, taken or changed there. Tokens stand in the addresses asked, so no address is ever repeated.
"""

from __future__ import annotations

import logging
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from bot.checkup.check import Check, State, first_line, rows_of
from bot.settings import Settings

LISTENS = 4  # seconds in which another program that polls shows itself
_ANSWER_SECONDS = 5.0
_WRONG_TOKEN = frozenset({401, 403, 404})
_CONFLICT = 409
_SKEW = timedelta(seconds=90)  # that the clock may differ from a platform's
_AGAIN = "khởi động lại tdkt serve"


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a platform said."""

    code: int  # its own where it says one, else that of HTTP
    result: Mapping[str, Any]  # {} where there is none
    date: datetime | None  # its clock


class _Unreached(Exception):
    """There was no answer; the reason in Vietnamese, without the address."""


def telegram(settings: Settings) -> Iterator[Check]:
    """Telegram."""
    from bot.channels.telegram.webhook import PATH

    if not settings.telegram_token:
        return
    bot = _Bot("Telegram", f"{settings.telegram_api}/bot{settings.telegram_token}", settings.telegram_token)
    known = yield from _known(bot, "Lấy lại mã từ @BotFather, sửa TDKT_TELEGRAM_TOKEN rồi khởi động lại.")
    if not known:
        return
    pointed = yield from _webhook(bot, settings.telegram_webhook, PATH)
    if settings.telegram_webhook is None and not pointed and not _receiving(settings):
        # Without an offset nothing is confirmed. Zalo has none, so there it cannot be tried without losing a message.
        answer = bot.ask("getUpdates", {"timeout": LISTENS, "limit": 1}, LISTENS + _ANSWER_SECONDS)
        if answer.code == _CONFLICT:
            says = "có chương trình khác đang nhận tin bằng cùng mã bot"
            yield Check("Telegram", State.BAD, says, "Tắt chương trình đó, hoặc xin mã mới từ @BotFather (/revoke).")


def zalo(settings: Settings) -> Iterator[Check]:
    """Zalo."""
    from bot.channels.zalo.webhook import PATH

    if not settings.zalo_token:
        return
    bot = _Bot("Zalo", f"{settings.zalo_api}/bot{settings.zalo_token}", settings.zalo_token)
    known = yield from _known(bot, "Lấy lại mã trong Zalo Bot Manager, sửa TDKT_ZALO_TOKEN rồi khởi động lại.")
    if known:
        yield from _webhook(bot, settings.zalo_webhook, PATH)


@dataclass(frozen=True, slots=True)
class _Bot:
    """How a platform is asked about one bot."""

    name: str
    address: str
    token: str

    def ask(self, method: str, params: Mapping[str, object] | None = None, seconds: float = _ANSWER_SECONDS) -> _Answer:
        """Ask; raises _Unreached."""
        import httpx

        logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs addresses, and they hold the token
        try:
            answer = httpx.post(f"{self.address}/{method}", json=dict(params or {}), timeout=seconds)
        except httpx.TimeoutException:
            raise _Unreached(f"không trả lời trong {seconds:g} giây") from None
        except httpx.HTTPError as error:
            raise _Unreached(first_line(error).replace(self.token, "…")) from None
        try:
            body = answer.json()
        except ValueError:
            body = {}
        body = body if isinstance(body, dict) else {}
        code = body.get("error_code") if body.get("ok") is False else None
        result = body.get("result")
        return _Answer(
            code if isinstance(code, int) else answer.status_code,
            result if isinstance(result, dict) else {},
            _date(answer.headers.get("date", "")),
        )


def _date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


def _known(bot: _Bot, mend: str) -> Generator[Check, None, bool]:
    """Look whether the platform is reached and knows the bot; returns whether there is more to ask."""
    try:
        answer = bot.ask("getMe")
    except _Unreached as error:
        says, advice = (
            f"không kết nối được máy chủ {bot.name}: {error}",
            "Kiểm tra mạng, tường lửa và proxy của máy này.",
        )
        yield Check(bot.name, State.BAD, says, advice)
        return False
    if answer.code in _WRONG_TOKEN:
        yield Check(bot.name, State.BAD, f"{bot.name} không nhận mã của bot", mend)
        return False
    if answer.code != 200:
        yield Check(bot.name, State.WARNING, f"máy chủ {bot.name} đang lỗi ({answer.code})", "Thử lại sau ít phút.")
        return False
    yield from _clock(bot.name, answer.date)
    name = answer.result.get("username") or answer.result.get("display_name") or answer.result.get("account_name")
    yield Check(bot.name, State.FINE, f"kết nối được, bot “{name}”")
    return True


def _clock(name: str, theirs: datetime | None) -> Iterator[Check]:
    from bot.app import now

    if theirs is not None and abs(now() - theirs) > _SKEW:
        minutes = round(abs(now() - theirs).total_seconds() / 60)
        says = f"lệch {minutes} phút so với máy chủ {name}: lời nhắc sẽ sai giờ"
        yield Check("Đồng hồ", State.BAD, says, f"Đặt lại giờ máy: sudo timedatectl set-ntp true, rồi {_AGAIN}.")


def _webhook(bot: _Bot, ours: str | None, path: str) -> Generator[Check, None, bool]:
    """Look where the platform posts updates to; returns whether it posts them anywhere."""
    info = bot.ask("getWebhookInfo").result
    there = str(info.get("url") or "")
    host = urlsplit(there).hostname or there
    if there == (f"{ours}{path}" if ours else ""):
        if (failed := str(info.get("last_error_message") or "")) and info.get("pending_update_count"):
            says = f"{bot.name} không gửi được tin đến webhook: {failed}"
            yield Check(bot.name, State.BAD, says, "Kiểm tra tdkt serve, proxy và chứng chỉ của địa chỉ công khai.")
    elif not there:
        says, advice = "webhook chưa được đăng ký", "Chạy tdkt serve: webhook được đăng ký lúc khởi động."
        yield Check(bot.name, State.WARNING, says, advice)
    else:
        says = f"{bot.name} đang gửi tin của bot đến nơi khác: {host}"
        yield Check(bot.name, State.BAD, says, f"Nếu {host} là hệ thống cũ thì tắt nó, rồi {_AGAIN}.")
    return bool(there)


def _receiving(settings: Settings) -> bool:
    """Tell whether our own program polls Telegram now: asking too would disturb it."""
    from bot.app import now
    from bot.store import leases

    with rows_of(settings) as session:
        return session is not None and "receive:telegram" in leases.held(session, now())


def port(settings: Settings) -> Iterator[Check]:
    """Cổng."""
    from bot.errors import BotError, PortTaken
    from bot.web.server import listen

    name, place = "Cổng", f"{settings.host}:{settings.port}"
    try:
        listen(settings.host, settings.port).close()
    except PortTaken:
        if _ours(settings):
            yield Check(name, State.FINE, f"tdkt serve đang phục vụ tại {place}")
        else:
            advice = "Tắt chương trình đó, hoặc đặt TDKT_PORT là cổng khác."
            yield Check(name, State.BAD, f"{place} đang có chương trình khác sử dụng", advice)
    except BotError as error:
        yield Check(name, State.BAD, str(error).partition(". ")[0], "Sửa TDKT_HOST, TDKT_PORT.")
    else:
        yield Check(name, State.FINE, f"{place} còn trống")


def _ours(settings: Settings) -> bool:
    """Tell whether what listens on our port is this program."""
    import httpx

    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)
    try:
        told = httpx.get(f"http://{host}:{settings.port}/healthz", timeout=_ANSWER_SECONDS).json()
    except (httpx.HTTPError, ValueError):
        return False
    return isinstance(told, dict) and isinstance(told.get("ok"), bool)


def public(settings: Settings) -> Iterator[Check]:
    """Địa chỉ công khai."""
    import httpx

    if settings.public is None:
        return
    name, address = "Địa chỉ công khai", settings.public
    try:
        code = httpx.get(f"{address}/static/mark.svg", timeout=_ANSWER_SECONDS).status_code
    except httpx.HTTPError as error:
        advice = "Kiểm tra tên miền, proxy, chứng chỉ; sửa TDKT_PUBLIC_URL hoặc địa chỉ webhook."
        yield Check(name, State.BAD, f"{address} không mở được: {first_line(error)}", advice)
        return
    if code == 200:
        yield Check(name, State.FINE, f"{address} mở được")
    else:
        advice = "Kiểm tra tdkt serve có chạy, và proxy chuyển đến đúng cổng, giữ nguyên tên máy (Host)."
        yield Check(name, State.BAD, f"{address} trả lời {code}, không phải trang của trợ lý", advice)
