"""What an admin decides about a duty, and what is said of it: confirmed, passed over, kept after a change. Pure."""

from __future__ import annotations

import re

from bot.dialogues import obligations_edit as edit
from bot.dialogues.desk import ChangeRound, TellUnit
from bot.dialogues.duties import Decide, Undecide
from bot.dialogues.managing import asks, ends, short, with_effects
from bot.dialogues.obligations_view import AGAIN, HOLDER, LATER, NEXT, OPEN, card, ready, terms_in
from bot.dialogues.state import Context, State, Step
from bot.domain.decisions import confirm, dismiss, keep
from bot.domain.duty_terms import completed_by
from bot.domain.messages import Reply
from bot.domain.obligations import Item, Status, Terms, waiting
from knowledge.text import fold, normalise

_CORRECTS = re.compile(
    r"(?:sua|doi|nhap|chon|dinh) (?:lai )?(?:(han)(?: nop)?|(don vi)|(viec|noi dung)|(lich nhac|nhac))"
)


def corrects(typed: str) -> str:
    """Return the choice that "sửa hạn" or "đổi đơn vị" means on the card of a duty, "" where it means none."""
    said = _CORRECTS.fullmatch(fold(normalise(typed)).strip(" .!?"))
    return ("time", "units", "what", "ladder")[said.lastindex - 1] if said and said.lastindex else ""


def _by(context: Context) -> str:
    return context.person.name if context.person else ""


def confirm_it(state: State, item: Item, terms: Terms, context: Context) -> Step:
    """Confirm a duty on these terms and offer to open its round."""
    if not ready(terms, context.now):  # its date has passed since it was shown
        return card(state, item.key, context, terms_in(state.managing.given) if state.managing else None)
    form = item.decision.form if item.decision else None
    decision = confirm(item, terms, context.duties.proposed(item.proposal), _by(context), context.now, form)
    again = item.decision is not None and item.status is Status.CONFIRMED
    says = f"{'Đã lưu' if again else 'Đã xác nhận'}: {terms.what}, {edit.schedule(item, terms, context)}."
    still = [one for one in context.duties.rounds(item.key) if one.closed_at is None]
    if still:
        says += f"\nĐợt “{still[0].title}” đang mở vẫn giữ hạn và đơn vị cũ; gõ /dotbaocao để gia hạn."
        return then_next(state, item, says, context, Decide(decision))
    says += "\nTôi sẽ nhắc các đơn vị theo hạn. Mở đợt báo cáo để các đơn vị nộp tại đây?"
    more = (NEXT,) if len(waiting(context.duties.items(), context.now)) > 1 else ()
    step = asks(state, HOLDER, "confirmed", says, (OPEN, *more, LATER), given=(item.key,))
    return with_effects(step, Decide(decision))


def dismiss_it(state: State, item: Item, context: Context) -> Step:
    """Pass a duty over."""
    says = f"Đã bỏ qua: {short(item.proposal.what, 200)}."
    if any(one.closed_at is None for one in context.duties.rounds(item.key)):
        says += " Đợt báo cáo đã mở vẫn nhận báo cáo nhưng tôi không nhắc nữa; gõ /dotbaocao để đóng."
    return then_next(state, item, says, context, Decide(dismiss(item, _by(context), context.now)))


def then_next(state: State, item: Item, says: str, context: Context, effect: Decide) -> Step:
    """Say what was decided and offer the next duty that waits."""
    left = [one for one in waiting(context.duties.items(), context.now) if one.key != item.key]
    if not left:
        return ends(state, f"{says} Không còn nhiệm vụ nào chờ xác nhận.", effect)
    says += f"\nCòn {len(left)} nhiệm vụ chờ xác nhận."
    step = asks(state, HOLDER, "confirmed", says, (NEXT, LATER), given=(item.key,))
    return with_effects(step, effect)


def turn_back(state: State, key: str, item: Item, draft: Terms | None, context: Context) -> Step:
    """Go back to the card, or take a decision back."""
    if key == AGAIN.key and item.decision is not None:
        says = f"“{short(item.proposal.what, 200)}” lại chờ xác nhận. Gõ /nhiemvu để xem."
        return ends(state, says, Undecide(item.key, item.decision.revision))
    return card(state, item.key, context, None if key == "drop" else draft)


# After the document has changed


def after_change(state: State, key: str, item: Item, context: Context) -> Step:
    """Do what was chosen about a duty whose document has changed."""
    if item.decision is None:
        return card(state, item.key, context)
    if key == "adopt":
        was = item.decision.terms
        terms = completed_by(context.duties.proposed(item.proposal), was)
        return card(state, item.key, context, terms, "Theo văn bản mới, anh/chị kiểm tra rồi xác nhận:")
    if key == "keep":
        says = f"Vâng, giữ nguyên quyết định về “{short(item.proposal.what, 200)}”."
        return then_next(state, item, says, context, Decide(keep(item, context.now)))
    return _close(state, item, context)


def _close(state: State, item: Item, context: Context) -> Step:
    """Close the open rounds of a duty that is gone, and pass it over."""
    still = [one for one in context.duties.rounds(item.key) if one.closed_at is None]
    step = then_next(
        state,
        item,
        f"Đã đóng {' và '.join(f'“{one.title}”' for one in still)} và báo các đơn vị."
        if still
        else "Không còn đợt nào mở.",
        context,
        Decide(dismiss(item, _by(context), context.now)),
    )
    for one in still:
        told = Reply(
            f"Đợt báo cáo “{one.title}” đã đóng vì văn bản giao nhiệm vụ không còn hiệu lực. Không cần nộp nữa."
        )
        step = with_effects(
            step, ChangeRound(one.id, closed_at=context.now), *(TellUnit(unit, told) for unit in one.units)
        )
    return step
