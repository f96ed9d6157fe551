"""Lines that an admin's next words become: a title, a notice, a name. "cảm ơn" typed there is none of these. Pure."""

from __future__ import annotations

import re

from bot.dialogues import (
    invite_desk,
    notices_desk,
    obligations_view,
    opening,
    questions_desk,
    review,
    units_desk,
)
from bot.dialogues.smalltalk import topic
from bot.dialogues.state import State, Step
from bot.domain.messages import Incoming, IncomingKind, Reply
from knowledge.text import fold, normalise

_AWAITED = {  # by holder and what is under way; what is typed is taken as it stands
    (opening.HOLDER, "title"): "tên đợt báo cáo",
    (notices_desk.HOLDER, "text"): "nội dung thông báo",
    (units_desk.HOLDER, "add"): "tên đơn vị mới",
    (units_desk.HOLDER, "rename"): "tên mới của đơn vị",
    (obligations_view.HOLDER, "what"): "nội dung nhiệm vụ",
    (invite_desk.HOLDER, "name"): "họ tên người nhận mã",
    (review.HOLDER, "reason"): "lý do trả lại báo cáo",
    (questions_desk.HOLDER, "typing"): "câu trả lời",
}
# "Dũng" is a name, "Không" an answer, "tốt" of a report a reason: there only what can be nothing else is small talk.
_STRICT = frozenset({invite_desk.HOLDER, review.HOLDER, questions_desk.HOLDER})
_NODS = re.compile(r"\b(?:ok\w*|vâng)\b", re.I)
_THANKS = re.compile(r"\b(?:cam on|thanks?|tks|thks)\b")


def asked_again(state: State, incoming: Incoming) -> Step | None:
    """Ask again where only thanks or a nod were typed; None where the line may be what is waited for."""
    doing = state.managing.doing if state.managing else ""
    what = _AWAITED.get((state.holder, doing))
    if what is None or incoming.kind is not IncomingKind.TEXT:
        return None
    if not _only_polite(incoming.text, strict=state.holder in _STRICT):
        return None
    choices = state.choices if state.owner == state.holder else ()
    return Step(state, (Reply(f"Vâng. Tôi đang chờ {what}: anh/chị gõ giúp, hoặc gõ “hủy” để thôi.", choices),))


def _only_polite(typed: str, *, strict: bool) -> bool:
    kind = topic(typed)
    if kind in ("greeting", "bye"):
        return True
    if kind not in ("thanks", "agreed"):
        return False
    return not strict or bool(_NODS.search(normalise(typed)) or _THANKS.search(fold(typed)))
