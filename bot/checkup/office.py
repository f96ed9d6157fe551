"""What `tdkt doctor` sees of the people and the ways to reach them: channels, accounts, queues."""

from __future__ import annotations

from collections.abc import Iterator

from bot.checkup.check import Check, State, engine_of, has_database
from bot.settings import Settings
from bot.wording import count

_LATE_SECONDS = 300  # that a message may wait before something is wrong


def channels(settings: Settings) -> Iterator[Check]:
    """Kênh."""
    if not settings.telegram_token:
        yield Check("Telegram", State.WARNING, "chưa cài đặt", "Đặt TDKT_TELEGRAM_TOKEN (mã bot do @BotFather cấp).")
    elif settings.telegram_webhook:
        yield Check("Telegram", State.FINE, f"nhận tin qua webhook tại {settings.telegram_webhook}")
    else:
        yield Check("Telegram", State.FINE, "hỏi tin định kỳ (polling)")
    yield from _zalo(settings)


def _zalo(settings: Settings) -> Iterator[Check]:
    if not settings.zalo_token:
        yield Check("Zalo", State.WARNING, "chưa cài đặt", "Đặt TDKT_ZALO_TOKEN (mã bot do Zalo Bot Manager cấp).")
        return
    if not settings.zalo_webhook:
        yield Check(
            "Zalo",
            State.WARNING,
            "hỏi tin định kỳ (polling), chỉ để thử: tin đang đến có thể mất khi chương trình dừng đột ngột",
            "Khi dùng thật, đặt TDKT_ZALO_WEBHOOK là địa chỉ https công khai của trang web.",
        )
    elif not settings.zalo_webhook.startswith("https://"):
        yield Check("Zalo", State.BAD, f"không nhận webhook {settings.zalo_webhook}", "Dùng địa chỉ https.")
    else:
        yield Check("Zalo", State.FINE, f"nhận tin qua webhook tại {settings.zalo_webhook}")
    if settings.public:
        yield Check("Zalo", State.FINE, f"tệp gửi và nhận qua trang {settings.public}")
    else:
        yield Check(
            "Zalo",
            State.WARNING,
            "không có địa chỉ công khai: người dùng Zalo không gửi và tải được tệp",
            "Đặt TDKT_PUBLIC_URL là địa chỉ công khai của trang web.",
        )


def people(settings: Settings) -> Iterator[Check]:
    """Cán bộ."""
    from bot.domain.people import Role
    from bot.store import people
    from knowledge.db import reading

    if not has_database(settings):
        return
    with engine_of(settings) as engine, reading(engine) as session:
        known, admins, units = people.people(session), people.people(session, role=Role.ADMIN), people.units(session)
    if not admins:
        yield Check("Cán bộ", State.WARNING, "chưa có người quản trị", "Chạy: tdkt invite --role admin")
    else:
        size = f"{count(len(known), 'người')}, {count(len(units), 'đơn vị')}, {count(len(admins), 'quản trị')}"
        yield Check("Cán bộ", State.FINE, size)


def queues(settings: Settings) -> Iterator[Check]:
    """Tin nhắn."""
    from bot.app import now
    from bot.store.queues import look
    from knowledge.db import reading

    if not has_database(settings):
        return
    with engine_of(settings) as engine, reading(engine) as session:
        queues = look(session, now())
    for queue in queues:
        waiting = f"{count(queue.waiting, 'tin')} đang chờ"
        if queue.waiting:
            waiting += f", lâu nhất {count(round(queue.oldest.total_seconds()), 'giây')}"
        late = queue.oldest.total_seconds() > _LATE_SECONDS
        advice = "Kiểm tra tdkt serve có đang chạy không." if late else ""
        yield Check(queue.name, State.WARNING if late else State.FINE, waiting, advice)
        if queue.parked:
            says = f"{count(queue.parked, 'tin')} xử lý không được; lỗi mới nhất: {queue.error}"
            yield Check(queue.name, State.WARNING, says, "Báo lỗi này cho người phụ trách kỹ thuật.")
