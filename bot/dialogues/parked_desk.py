"""Messages that could not be processed: what kind of trouble, trying them again or giving them up. Pure.

What people wrote stays theirs: channel, time and the kind of error are shown, never a word of the message.
"""

from __future__ import annotations

from bot import wording
from bot.dialogues.managing import (
    CANCEL,
    Pair,
    asks,
    cancels,
    ends,
    number_in,
    page,
    page_of,
    typed_in,
    when,
    with_effects,
)
from bot.dialogues.office import CHANNEL_NAMES, DropParked, Parked, RetryParked, SendAgain
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.messages import Choice, Incoming

HOLDER = "parked"
_RETRY, _DROP, _LIST = Choice("retry", "Thử lại"), Choice("drop", "Bỏ"), Choice("list", "Danh sách")
_SEND = Choice("send", "Gửi lại câu trả lời")
_RETRY_ALL = Choice("retry-all", "Thử lại tất cả")


def parked(state: State, rest: str, context: Context) -> Step:
    """List what was put aside."""
    return _list(state, context, 0)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    if key == CANCEL.key:
        return ends(state, "Vâng, để lại đó.")
    if (at := page_of(key)) is not None or key == _LIST.key:
        return _list(state, context, at or 0)
    if key == _SEND.key:
        says = f"Đang gửi lại {wording.count(context.office.unsent(), 'câu trả lời')}."
        return ends(state, says, SendAgain())
    if key == _RETRY_ALL.key:
        return _retry_all(state, context)
    if (number := number_in(key, "m")) is not None:
        return _show(state, number, context)
    return _decide(state, key, state.managing or Managing("list"), context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line: nothing but "hủy" is for this dialogue."""
    if typed_in(state, incoming, ("list", "show")) is None or not cancels(incoming.text):
        return None
    return chosen(state, CANCEL.key, context)


def _pairs(context: Context) -> list[Pair]:
    return [(f"m{one.id}", f"{_channel(one)}, {when(one.received_at)}") for one in context.office.parked()]


def _channel(one: Parked) -> str:
    return CHANNEL_NAMES.get(one.channel, one.channel)


def _list(state: State, context: Context, at: int, first: str = "") -> Step:
    known = context.office.parked()
    unsent = context.office.unsent()
    if not known and not unsent:
        return ends(state, f"{first}Không có tin nhắn nào bị lỗi.")
    held_back = (
        [f"{wording.count(unsent, 'câu trả lời')} chưa gửi được đến người nhận, phần lớn do kênh từ chối."]
        if unsent
        else []
    )
    if not known:
        return asks(state, HOLDER, "list", first + held_back[0], (_SEND,))
    lines = [f"{first}Có {wording.count(len(known), 'tin nhắn')} chưa xử lý được:"]
    lines += [f"• {_channel(one)}, {when(one.received_at)}: lỗi {one.error}" for one in known[at : at + 8]]
    lines += held_back
    choices = (*page(_pairs(context), at), *((_RETRY_ALL,) if len(known) > 1 else ()), *((_SEND,) if unsent else ()))
    return asks(state, HOLDER, "list", "\n".join(lines), choices)


def _show(state: State, number: int, context: Context) -> Step:
    one = next((one for one in context.office.parked() if one.id == number), None)
    if one is None:
        return _list(state, context, 0, "Tin nhắn này đã được xử lý. ")
    says = f"Tin nhắn {_channel(one)} lúc {when(one.received_at)}: lỗi {one.error}. Nội dung không hiện ở đây."
    return asks(state, HOLDER, "show", says, (_RETRY, _DROP, _LIST), subject=one.id)


def _decide(state: State, key: str, managing: Managing, context: Context) -> Step:
    left = [one.id for one in context.office.parked()]
    if managing.subject not in left:
        return _list(state, context, 0, "Tin nhắn này đã được xử lý. ")
    retries = key == _RETRY.key
    effect = RetryParked(managing.subject) if retries else DropParked(managing.subject)
    says = "Đang xử lý lại; người gửi sẽ nhận câu trả lời nếu được." if retries else "Đã bỏ tin nhắn này."
    if len(left) == 1:
        return ends(state, says, effect)
    says = f"{says} Còn {wording.count(len(left) - 1, 'tin nhắn')}."
    return with_effects(asks(state, HOLDER, "list", says, (_LIST,)), effect)


def _retry_all(state: State, context: Context) -> Step:
    ids = [one.id for one in context.office.parked()]
    return ends(state, f"Đang xử lý lại {wording.count(len(ids), 'tin nhắn')}.", *(RetryParked(one) for one in ids))
