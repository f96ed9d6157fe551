"""Reports that units say were handed in another way: the office confirms, or asks for them. Pure."""

from __future__ import annotations

from bot.dialogues.managing import number_in, short, when
from bot.dialogues.reminders import DecideClaim
from bot.dialogues.state import Context, State, Step, Tell
from bot.domain.messages import PUSHED_KEY, Choice, Reply
from bot.domain.people import Action
from bot.domain.reminders import Claim, ClaimState
from knowledge.text import fold, normalise

PREFIX = "claim"
_RIGHT, _WRONG = "dung", "sai"
_GONE = "Mục này không còn nữa. Gõ /nopngoai để xem các mục chờ xác nhận."
_DECIDED = {
    ClaimState.CONFIRMED: "đã được xác nhận là đã nộp bằng đường khác",
    ClaimState.REJECTED: "đã được ghi là chưa nộp",
}
_NOT_ALLOWED = "Việc này dành cho người quản trị."
_MOST = 10  # claims listed at once, two choices each


def asking(claim_id: int, told: str) -> Reply:
    """Return the message that asks an admin whether a claim is right."""
    instead = f"Đã nhận được thì gõ /nopngoai {claim_id} đúng; chưa nhận được thì gõ /nopngoai {claim_id} sai."
    return Reply(told, _choices(claim_id), instead=instead)


def _choices(claim_id: int, whose: str = "") -> tuple[Choice, ...]:
    key = f"{PUSHED_KEY}{PREFIX}:{claim_id}"
    return (
        Choice(f"{key}:{_RIGHT}", f"Đã nhận được{whose}"),
        Choice(f"{key}:{_WRONG}", f"Chưa nhận được{whose}"),
    )


def claims(state: State, rest: str, context: Context) -> Step:
    """List what waits to be confirmed, or decide the one that is named: "12 đúng"."""
    number, _, word = fold(normalise(rest)).partition(" ")
    if number.isdecimal() and word.strip() in (_RIGHT, _WRONG):
        return pushed(state, f"{number}:{word.strip()}", context)
    waiting = context.reminders.claims()
    if rest.strip():
        return Step(state, (Reply("Anh/chị gõ số của mục rồi “đúng” hoặc “sai”, ví dụ: /nopngoai 12 đúng."),))
    if not waiting:
        return Step(state, (Reply("Không có đơn vị nào chờ xác nhận đã nộp bằng đường khác."),))
    lines = ["Các đơn vị báo đã nộp bằng đường khác, chờ xác nhận:"]
    lines += [f"{one.id}. {_line(one)}" for one in waiting[:_MOST]]
    lines += [f"Còn {len(waiting) - _MOST} mục nữa."] if len(waiting) > _MOST else []
    if len(waiting) == 1:
        return Step(state, (asking(waiting[0].id, "\n".join(lines)),))
    lines.append("Gõ số của mục rồi “đúng” hoặc “sai”, ví dụ: " + f"/nopngoai {waiting[0].id} đúng.")
    return Step(state, (Reply("\n".join(lines)),))


def _line(one: Claim) -> str:
    return f"{one.unit_name} ({one.person_name}, {when(one.at)}): {one.title}"


def pushed(state: State, rest: str, context: Context) -> Step:
    """Decide a claim: "12:dung" or "12:sai", tapped at any later time."""
    number, _, word = rest.partition(":")
    if not context.may(Action.REVIEW_REPORTS):
        return Step(state, (Reply(_NOT_ALLOWED),))
    claim_id = number_in(number, "")
    one = context.reminders.claim(claim_id) if claim_id is not None else None
    if one is None or word not in (_RIGHT, _WRONG):
        return Step(state, (Reply(_GONE),))
    about = f"“{short(one.title, 120)}” của {one.unit_name}"
    if one.state is not ClaimState.OPEN:
        return Step(state, (Reply(f"{about} {_DECIDED[one.state]} rồi."),))
    if word == _RIGHT:
        told = f"Văn phòng xác nhận đã nhận được {about}. Tôi không nhắc việc này nữa. Cảm ơn anh/chị."
        says = f"Đã ghi: {about} đã nộp bằng đường khác. Tôi đã báo {one.person_name}."
    else:
        told = (
            f"Văn phòng chưa nhận được {about}. Anh/chị gõ /baocao để nộp tại đây, "
            "hoặc liên hệ Văn phòng nếu đã gửi bằng đường khác."
        )
        says = f"Đã ghi: chưa nhận được {about}. Tôi đã báo {one.person_name} và sẽ nhắc tiếp theo hạn."
    effects = (
        DecideClaim(one.id, word == _RIGHT),
        Tell(one.person, Reply(told), f"claim-decided:{one.id}:{one.at:%y%m%d%H%M%S}"),
    )
    return Step(state, (Reply(says),), effects)
