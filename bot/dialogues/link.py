"""Who one is: linking by a one-time code, unlinking, what is kept about oneself and having it removed.

Pure. Nobody is trusted for a name they type: only a code links.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot import wording
from bot.asking import VIETNAM
from bot.dialogues.office import CHANNEL_NAMES
from bot.dialogues.state import Context, CountWrongCode, EraseMe, IssueCode, State, Step, TakeCode, Unlink
from bot.domain.codes import Offer, Refusal, code_in, digest, looks_like_code, tidy
from bot.domain.messages import Choice, Incoming, Reply

OWN_CODE_LASTS = timedelta(minutes=15)  # a code one asks for oneself is typed at once, on the other phone
KEEP = Choice("keep", "Giữ nguyên")

HOW_TO_GET_A_CODE = (
    "Tôi chỉ phục vụ cán bộ của cơ quan. Anh/chị liên hệ Văn phòng (người quản trị trợ lý) để xin mã liên kết dùng "
    "một lần, rồi gửi mã đó vào đây, ví dụ: BCDFG-HJKMN."
)
_SAID = {
    Refusal.WRONG: "Mã này không đúng, đã dùng hoặc đã hết hạn. Anh/chị kiểm tra lại từng ký tự, hoặc xin mã mới.",
    Refusal.TOO_MANY: "Đã có nhiều lần nhập mã sai. Anh/chị đợi một giờ rồi thử lại, hoặc liên hệ người quản trị.",
}


def take(state: State, typed: str, incoming: Incoming, context: Context) -> Step:
    """Try the code in `typed`."""
    code = tidy(typed) or code_in(typed)
    if context.person is not None:
        return Step(state, (Reply(_already(context)),))
    if code is None and looks_like_code(typed):
        return Step(state, (Reply(_SAID[Refusal.WRONG]),))
    if code is None:
        says = "Mã liên kết gồm 10 chữ và số, ví dụ: BCDFG-HJKMN. " if typed.strip() else ""
        return Step(state, (Reply(says + HOW_TO_GET_A_CODE),))
    offer = context.offer(code)
    if isinstance(offer, Refusal):
        counted = (CountWrongCode(),) if offer is Refusal.WRONG else ()
        return Step(state, (Reply(_SAID[offer]),), counted)
    name = offer.name or " ".join(incoming.display_name.split())[:100] or "Cán bộ"
    where = f", {offer.unit_name}" if offer.unit_name else ""
    welcome = (
        f"Đã liên kết. Xin chào {name} ({offer.role.vietnamese}{where}).\n"
        "Anh/chị cứ hỏi về các văn bản của cơ quan, có dấu hay không dấu đều được. Gõ /giup để xem các lệnh."
    )
    return Step(replace(state, choices=(), holder=""), (Reply(welcome),), (TakeCode(offer, name),))


def further_account(state: State, rest: str, context: Context) -> Step:
    """Give a linked person a code for another account of theirs."""
    person = context.person
    if person is None:
        return Step(state, (Reply(HOW_TO_GET_A_CODE),))
    code = context.fresh_code()
    unit_name = context.unit.name if context.unit else ""
    stored = digest(code.replace("-", ""))
    offer = Offer(stored, person.role, person.unit, unit_name, person.name, person.id)
    minutes = int(OWN_CODE_LASTS.total_seconds() // 60)
    says = (
        f"Mã cho tài khoản khác của anh/chị: {code}\nGửi mã này từ tài khoản đó trong {minutes} phút. "
        "Mã chỉ dùng một lần; không chuyển cho người khác."
    )
    expires = context.now + OWN_CODE_LASTS
    return Step(state, (Reply(says, secret=True, good_until=expires),), (IssueCode(offer, expires),))


def unlink(state: State, rest: str, context: Context) -> Step:
    """Ask whether the account should be unlinked."""
    if context.person is None:
        return Step(state, (Reply("Tài khoản này chưa liên kết với ai nên không có gì để hủy."),))
    choices = (Choice("unlink", "Hủy liên kết"), KEEP)
    says = "Anh/chị muốn hủy liên kết tài khoản này? Sau đó cần mã mới mới dùng lại được. Báo cáo đã nộp vẫn còn."
    return Step(replace(state, owner="link"), (Reply(says, choices),))


def own_data(state: State, rest: str, context: Context) -> Step:
    """Tell what is kept about the writer."""
    kept = context.kept()
    person = context.person
    lines = ["Những gì đang được lưu về anh/chị:"]
    if person is None:
        lines.append("• Tài khoản này chưa liên kết với ai.")
    else:
        unit = context.unit.name if context.unit else "toàn cơ quan"
        lines += [f"• Họ tên: {person.name}", f"• Vai trò: {person.role.vietnamese}", f"• Đơn vị: {unit}"]
    for account in kept.accounts:
        day = account.linked_at.astimezone(VIETNAM).strftime("%d/%m/%Y")
        name = f" “{account.display_name}”" if account.display_name else ""
        lines.append(f"• Tài khoản {CHANNEL_NAMES.get(account.channel, account.channel)}{name}, liên kết ngày {day}")
    lines += [
        f"• {kept.messages} tin nhắn gần đây, tự xóa sau {kept.message_days} ngày",
        f"• Câu hỏi gần nhất để hiểu câu hỏi tiếp: {len(state.previous)}",
        f"• Nhật ký thay đổi, tự xóa sau {wording.count(kept.audit_days, 'ngày')}",
        "Báo cáo đã nộp là của đơn vị. Gõ /xoadulieu để xóa dữ liệu của riêng anh/chị.",
    ]
    return Step(state, (Reply("\n".join(lines)),))


def erase(state: State, rest: str, context: Context) -> Step:
    """Ask whether everything about the writer should be removed."""
    choices = (Choice("erase", "Xóa dữ liệu của tôi"), KEEP)
    says = (
        "Sẽ xóa: họ tên, mọi tài khoản đã liên kết, tin nhắn và hội thoại. Không xóa: báo cáo của đơn vị. "
        "Việc này không hoàn lại được; muốn dùng tiếp phải xin mã mới."
    )
    return Step(replace(state, owner="link"), (Reply(says, choices),))


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was confirmed."""
    if key == "unlink":
        says = "Đã hủy liên kết tài khoản này. Khi cần dùng lại, anh/chị xin mã mới từ người quản trị."
        return Step(State(turn=state.turn), (Reply(says),), (Unlink(),))
    if key == "erase":
        says = "Đã xóa dữ liệu của anh/chị. Cảm ơn anh/chị đã sử dụng."
        return Step(State(turn=state.turn), (Reply(says),), (EraseMe(),))
    return Step(replace(state, choices=(), owner="ask"), (Reply("Vâng, mọi thứ giữ nguyên."),))


def _already(context: Context) -> str:
    person = context.person
    name = person.name if person else ""
    return (
        f"Tài khoản này đã liên kết với {name}. Muốn dùng mã khác, anh/chị gõ /huylienket trước. "
        "Muốn thêm tài khoản khác của mình, gõ /themtaikhoan."
    )
