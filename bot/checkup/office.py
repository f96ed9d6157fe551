"""What `tdkt doctor` sees of the people and the ways to reach them: channels, accounts, queues."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.checkup.check import Check, State, rows_of
from bot.settings import Settings
from bot.wording import count

_LATE_SECONDS = 300  # that a message may wait before something is wrong
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def channels(settings: Settings) -> Iterator[Check]:
    """Kênh."""
    yield from _telegram(settings)
    yield from _zalo(settings)
    if (address := settings.public) is not None:
        yield _public(address)


def _telegram(settings: Settings) -> Iterator[Check]:
    if not settings.telegram_token:
        yield Check("Telegram", State.WARNING, "chưa cài đặt", "Đặt TDKT_TELEGRAM_TOKEN (mã bot do @BotFather cấp).")
    elif settings.telegram_webhook:
        yield _webhook("Telegram", settings.telegram_webhook, "TDKT_TELEGRAM_WEBHOOK")
    else:
        yield Check("Telegram", State.FINE, "hỏi tin định kỳ (polling)")


def _zalo(settings: Settings) -> Iterator[Check]:
    if not settings.zalo_token:
        yield Check("Zalo", State.WARNING, "chưa cài đặt", "Đặt TDKT_ZALO_TOKEN (mã bot do Zalo Bot Manager cấp).")
        return
    if settings.zalo_webhook:
        yield _webhook("Zalo", settings.zalo_webhook, "TDKT_ZALO_WEBHOOK")
    else:
        yield Check(
            "Zalo",
            State.WARNING,
            "hỏi tin định kỳ (polling), chỉ để thử: tin đang đến có thể mất khi chương trình dừng đột ngột",
            "Khi dùng thật, đặt TDKT_ZALO_WEBHOOK là địa chỉ https công khai của trang web.",
        )
    if settings.public:
        yield Check("Zalo", State.FINE, f"tệp gửi và nhận qua trang {settings.public}")
    else:
        yield Check(
            "Zalo",
            State.WARNING,
            "không có địa chỉ công khai: người dùng Zalo không gửi và tải được tệp",
            "Đặt TDKT_PUBLIC_URL là địa chỉ công khai của trang web.",
        )


def _webhook(channel: str, address: str, variable: str) -> Check:
    """Look at where a platform shall post updates; a secret goes with it always, given or derived from the token."""
    if address.startswith("https://"):
        return Check(channel, State.FINE, f"nhận tin qua webhook tại {address}")
    says = f"{channel} không nhận webhook {address}: phải là https"
    return Check(channel, State.BAD, says, f"Đặt {variable} là địa chỉ https, hoặc để trống để bot tự hỏi tin.")


def _public(address: str) -> Check:
    """Look at the address that links sent to people begin with."""
    name, where = "Địa chỉ công khai", urlsplit(address)
    if where.scheme == "https" or where.hostname in _LOOPBACK:
        return Check(name, State.FINE, address)
    says = f"{address} không mã hóa: người khác trên mạng đọc được liên kết và tệp"
    return Check(name, State.BAD, says, "Đặt proxy có chứng chỉ trước tdkt serve, rồi sửa thành https://…")


def people(settings: Settings) -> Iterator[Check]:
    """Cán bộ."""
    from bot.domain.people import Role
    from bot.store import people

    with rows_of(settings) as session:
        if session is None:
            return
        known, admins, units = people.people(session), people.people(session, role=Role.ADMIN), people.units(session)
        reached = any(people.accounts(session, admin.id) for admin in admins)
    invite = "Chạy tdkt invite --role admin, rồi gửi mã cho trợ lý trên Telegram, Zalo hoặc trang web."
    if not admins:
        yield Check("Cán bộ", State.WARNING, "chưa có người quản trị", invite)
    elif not reached:
        yield Check("Cán bộ", State.WARNING, "chưa quản trị nào liên kết tài khoản nên không ai được báo tin", invite)
    else:
        size = f"{count(len(known), 'người')}, {count(len(units), 'đơn vị')}, {count(len(admins), 'quản trị')}"
        yield Check("Cán bộ", State.FINE, size)


def queues(settings: Settings) -> Iterator[Check]:
    """Tin nhắn."""
    from bot.app import now
    from bot.store.queues import look

    with rows_of(settings) as session:
        if session is None:
            return
        queues = look(session, now())
    for queue in queues:
        waiting = f"{count(queue.waiting, 'tin')} đang chờ"
        if queue.waiting:
            waiting += f", lâu nhất {count(round(queue.oldest.total_seconds()), 'giây')}"
        late = queue.oldest.total_seconds() > _LATE_SECONDS
        advice = "Kiểm tra tdkt serve có đang chạy không." if late else ""
        yield Check(queue.name, State.WARNING if late else State.FINE, waiting, advice)
        if queue.parked:
            says = f"{count(queue.parked, 'tin')} xử lý không được; lỗi mới nhất: {queue.error.partition('(')[0]}"
            yield Check(queue.name, State.WARNING, says, "Xem và thử lại: gõ /loi trong cuộc trò chuyện.")


def leases(settings: Settings) -> Iterator[Check]:
    """Tiến trình."""
    from bot.app import now
    from bot.store import leases

    with rows_of(settings) as session:
        if session is None:
            return
        held = leases.held(session, now())
        stuck = leases.stuck(session, now())
    if stuck:
        says = f"{count(len(stuck), 'việc')} bị giữ bởi tiến trình đã chết khi đồng hồ máy chạy sai"
        advice = "Kiểm tra giờ máy (timedatectl), rồi khởi động lại tdkt serve: việc được nhận lại ngay."
        yield Check("Tiến trình", State.WARNING, says, advice)
    elif held:
        yield Check("Tiến trình", State.FINE, "tdkt serve đang chạy")
    else:
        advice = "Khởi động: systemctl start tdkt, hoặc tdkt serve."
        yield Check("Tiến trình", State.WARNING, "tdkt serve không chạy: không nhận tin, không nhắc hạn", advice)
