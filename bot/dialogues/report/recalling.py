"""Asking the office to give a report back that was handed in: the clerk asks, an admin decides. Pure.

Typed as /xinsua; where several reports wait with the office, one is chosen, at that time or later.
"""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues.desk import TellAdmins
from bot.dialogues.report.wording import short
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import PUSHED_KEY, Choice, Reply
from bot.domain.people import Action
from bot.domain.rounds import Submission, SubmissionState

PREFIX = "xinsua"
_MOST = 8  # reports to choose from
_NONE = "Đơn vị không có báo cáo nào đang chờ Văn phòng xem. Gõ /dabaocao để xem các báo cáo của đơn vị."
_DECIDED = "Văn phòng đã xem báo cáo này rồi. Gõ /dabaocao để biết kết quả."


def recall(state: State, rest: str, context: Context) -> Step:
    """Ask for the report that waits with the office."""
    waiting = _waiting(context)
    if len(waiting) > 1:
        choices = tuple(
            Choice(f"{PUSHED_KEY}{PREFIX}:{one.id}", short(_title(one, context), 70)) for one in waiting[:_MOST]
        )
        return Step(replace(state, owner="ask"), (Reply("Anh/chị xin sửa báo cáo nào?", choices),))
    return _ask(state, waiting[0], context) if waiting else Step(state, (Reply(_NONE),))


def pushed(state: State, rest: str, context: Context) -> Step:
    """Ask for the report that was chosen, "12"."""
    if not context.may(Action.SUBMIT_REPORT):
        return Step(state, (Reply("Tài khoản của anh/chị không còn quyền làm báo cáo của đơn vị."),))
    one = next((one for one in _waiting(context) if str(one.id) == rest), None)
    return _ask(state, one, context) if one else Step(state, (Reply(_DECIDED),))


def _waiting(context: Context) -> list[Submission]:
    unit = context.unit.key if context.unit else None
    mine = (context.desk.submission(round_.id, unit) for round_ in context.desk.rounds()) if unit else ()
    return [one for one in mine if one is not None and one.state is SubmissionState.SUBMITTED]


def _title(one: Submission, context: Context) -> str:
    round_ = context.desk.round(one.round)
    return round_.title if round_ else "báo cáo"


def _ask(state: State, one: Submission, context: Context) -> Step:
    title, unit = _title(one, context), context.unit.name if context.unit else ""
    by = f" ({context.person.name})" if context.person else ""
    told = Reply(
        f"{unit}{by} xin sửa “{title}” đã nộp, biên nhận {one.receipt}. "
        "Đồng ý thì anh/chị gõ /duyet rồi trả lại báo cáo."
    )
    says = (
        f"Tôi đã chuyển đề nghị sửa “{title}” đến Văn phòng. Khi Văn phòng trả lại báo cáo, tôi sẽ báo để anh/chị sửa; "
        "trong lúc chờ, bản đã nộp vẫn có giá trị."
    )
    return Step(state, (Reply(says),), (TellAdmins(told, key=f"recall:{one.receipt}"),))
