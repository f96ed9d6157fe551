"""Notices of the office by chat: written, addressed, shown, sent; and who has read them. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogues.audience import ALL, ROLES, addressed, cleaned, everyone, problem, units
from bot.dialogues.inquiries import MarkRead, SendNotice
from bot.dialogues.managing import (
    BACK,
    CANCEL,
    asks,
    cancels,
    ends,
    found,
    goes_back,
    handle,
    number_in,
    page,
    page_of,
    short,
    typed_in,
    when,
)
from bot.dialogues.round_terms import all_but, pick_units
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.messages import PUSHED_KEY, Choice, Incoming, Reply
from bot.domain.notices import Notice, Reader
from knowledge.text import fold

HOLDER = "thongbao"
PREFIX = "tb"
_RECENT = 8
_NAMED = 40  # people named in a list
_NEW = Choice("new", "Soạn thông báo")
_ALL, _SOME, _DONE = Choice(ALL, "Tất cả"), Choice("some", "Chọn đơn vị"), Choice("done", "Xong")
_SEND, _REWRITE = Choice("send", "Gửi"), Choice("new", "Viết lại")
_AGAIN = {"sua", "sua lai", "viet lai", "sua noi dung", "sua thong bao"}
_NOT_YOURS = "Thông báo này không gửi cho tài khoản của anh/chị."
_ALREADY = "Tôi đã ghi là anh/chị đọc thông báo này rồi. Cảm ơn anh/chị."


def delivered(notice: int, text: str) -> Reply:
    """Return a notice as it is sent."""
    read = Choice(f"{PUSHED_KEY}{PREFIX}:{notice}", "Đã đọc")
    return Reply(f"Thông báo của Văn phòng:\n{text}", (read,), instead=f"Đọc xong, anh/chị gõ /dadoc {notice}.")


def pushed(state: State, rest: str, context: Context) -> Step:
    """Remember that the writer read the notice that was tapped."""
    number = number_in(rest, "")
    one = context.notices.notice(number) if number is not None else None
    mine = [reader for reader in one.readers if context.person and reader.person == context.person.id] if one else []
    if one is None or not mine:
        return Step(state, (Reply(_NOT_YOURS),))
    if mine[0].read_at is not None:
        return Step(state, (Reply(_ALREADY),))
    return Step(state, (Reply("Đã ghi là anh/chị đã đọc. Cảm ơn anh/chị."),), (MarkRead((one.id,)),))


def read(state: State, rest: str, context: Context) -> Step:
    """Remember that the writer read one notice, by its number, or all of them."""
    if rest.strip():
        return pushed(state, rest.strip(), context)
    unread = context.notices.unread()
    if not unread:
        return Step(state, (Reply("Anh/chị không còn thông báo nào chưa đọc."),))
    return Step(
        state, (Reply(f"Đã ghi là anh/chị đã đọc {len(unread)} thông báo. Cảm ơn anh/chị."),), (MarkRead(unread),)
    )


def notices(state: State, rest: str, context: Context) -> Step:
    """Begin a notice with the text that was typed; without one, list what was sent."""
    if rest.strip():
        return _take_text(state, rest, context)
    sent = context.notices.recent(_RECENT)
    if not sent:
        return _ask_text(state)
    lines = ["Các thông báo gần đây:", *(_line(at, one) for at, one in enumerate(sent, 1))]
    choices = (_NEW, *(Choice(f"n{one.id}", short(one.text)) for one in sent), CANCEL)
    return asks(state, HOLDER, "list", "\n".join(lines), choices)


def _line(at: int, one: Notice) -> str:
    return f"• {when(one.sent_at)}: “{short(one.text, 80)}” – đã đọc {one.read}/{len(one.readers)}"


def _ask_text(state: State, wrong: str = "") -> Step:
    return asks(state, HOLDER, "text", f"{wrong}Anh/chị gõ nội dung thông báo.", (CANCEL,))


def _take_text(state: State, typed: str, context: Context) -> Step:
    text = cleaned(typed)
    if wrong := problem(text):
        return _ask_text(state, f"{wrong} ")
    return _ask_audience(state, text, context)


def _ask_audience(state: State, text: str, context: Context, wrong: str = "") -> Step:
    members = everyone(context)
    roles = tuple(
        Choice(key, f"{name} ({count})")
        for key, (role, name) in ROLES.items()
        if (count := sum(one.person.role is role for one in members))
    )
    some = (_SOME,) if units(context) else ()
    every = Choice(_ALL.key, f"{_ALL.label} ({len(members)} người)")
    return asks(state, HOLDER, "to", f"{wrong}Gửi cho ai?", (every, *roles, *some, BACK, CANCEL), given=(text,))


def _ask_units(state: State, given: tuple[str, ...], context: Context, at: int = 0, wrong: str = "") -> Step:
    known = dict(units(context))
    picked = [known[key] for key in given[1:] if key in known]
    says = f"Đã chọn: {', '.join(picked)}. Chọn thêm, hoặc bấm Xong." if picked else "Anh/chị chọn đơn vị."
    left = [pair for pair in known.items() if pair[0] not in given]
    done = (_DONE,) if picked else ()
    return asks(state, HOLDER, "units", wrong + says, (*done, *page(left, at), BACK, CANCEL), given=given)


def _card(state: State, given: tuple[str, ...], context: Context) -> Step:
    audience = addressed(given[1:], context)
    if not audience.reached:
        wrong = f"Chưa ai trong “{audience.says}” liên kết tài khoản để nhận. "
        return _ask_audience(state, given[0], context, wrong)
    lines = [f"Thông báo của Văn phòng:\n{given[0]}", f"Gửi: {audience.says} ({len(audience.reached)} người)."]
    if audience.unreached:
        lines.append(f"Không nhận được vì chưa liên kết tài khoản: {_names(audience.unreached)}.")
    return asks(state, HOLDER, "card", "\n".join(lines), (_SEND, _REWRITE, BACK, CANCEL), given=given)


def _names(names: Sequence[str]) -> str:
    more = f" và {len(names) - _NAMED} người nữa" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def chosen(state: State, key: str, context: Context) -> Step:
    """Take a tapped choice."""
    managing = state.managing
    if managing is None or key == CANCEL.key:
        return ends(state, "Vâng, không gửi thông báo nào.")
    if key == _NEW.key:
        return _ask_text(state)
    if key == BACK.key:
        return _back(state, managing, context)
    if (number := number_in(key, "n")) is not None:
        return _show(state, context.notices.notice(number), context)
    text = managing.given[:1]
    if not text:
        return notices(state, "", context)
    if (at := page_of(key)) is not None:
        return _ask_units(state, managing.given, context, at)
    return _addressing(state, managing, key, context)


def _addressing(state: State, managing: Managing, key: str, context: Context) -> Step:
    text, given = managing.given[:1], managing.given
    if managing.doing == "units":
        if key == _DONE.key and len(given) > 1:
            return _card(state, given, context)
        return _ask_units(state, (*given, key) if key in dict(units(context)) else given, context)
    if managing.doing == "card" and key == _SEND.key:
        return _send(state, given, context)
    if key == _SOME.key:
        return _ask_units(state, text, context)
    if key == _ALL.key or key in ROLES:
        return _card(state, (*text, key), context)
    return _ask_audience(state, text[0], context)


def _send(state: State, given: tuple[str, ...], context: Context) -> Step:
    audience = addressed(given[1:], context)
    to = tuple(one.person.id for one in audience.reached)
    if not to:
        return _card(state, given, context)
    says = f"Đã gửi thông báo cho {len(to)} người. Gõ /thongbao để xem ai đã đọc."
    return ends(state, says, SendNotice(given[0], audience.says, to))


def _back(state: State, managing: Managing, context: Context) -> Step:
    if managing.doing in ("units", "card"):
        return _ask_audience(state, managing.given[0], context)
    return _ask_text(state) if managing.doing == "to" else notices(state, "", context)


def _show(state: State, one: Notice | None, context: Context) -> Step:
    if one is None:
        return notices(state, "", context)
    done = [_reader(reader) for reader in one.readers if reader.read_at]
    lines = [
        f"“{one.text}”",
        f"— {one.by or 'Văn phòng'}, {when(one.sent_at)}, gửi {one.audience}",
        f"Đã đọc {one.read}/{len(one.readers)}" + (f": {_names(done)}." if done else "."),
    ]
    if one.unread:
        lines.append(f"Chưa đọc: {_names([_reader(reader) for reader in one.unread])}.")
    return asks(state, HOLDER, "one", "\n".join(lines), (BACK, CANCEL))


def _reader(one: Reader) -> str:
    return f"{one.name} ({one.unit})" if one.unit else one.name


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line: the notice itself, or whom it goes to."""
    managing, typed = typed_in(state, incoming, ("list", "one", "text", "to", "units", "card")), incoming.text
    if managing is None:
        return None
    if cancels(typed):
        return chosen(state, CANCEL.key, context)
    if goes_back(typed) or (managing.doing != "text" and fold(typed).strip(" .") in _AGAIN):
        return _back(state, managing, context)
    if managing.doing == "text":
        return _take_text(state, typed, context)
    if managing.doing in ("to", "units") and all_but(typed) is not None:
        picked = pick_units(typed, [unit for unit in context.office.units() if unit.active])
        if picked is not None:
            return _card(state, (*managing.given[:1], *(f"u{handle(unit.key)}" for unit in picked)), context)
    if managing.doing == "units":
        key = found(typed, units(context))
        if key is None:
            return _ask_units(state, managing.given, context, 0, f"Chưa rõ đơn vị “{short(typed, 40)}”. ")
        return chosen(state, key, context)
    if managing.doing == "to" and (key := found(typed, units(context))) is not None:
        return _ask_units(state, (*managing.given[:1], key), context)
    return None
