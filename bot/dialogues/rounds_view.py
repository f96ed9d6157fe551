"""One round as admins and leaders see it: who handed in what, and what may be done next. Pure."""

from __future__ import annotations

from collections import Counter

from bot.dialogues.managing import (
    BACK,
    asks,
    ends,
    in_parts,
    when,
)
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Choice, Reply
from bot.domain.people import Action
from bot.domain.rounds import Round, Standing, Submission, SubmissionState

HOLDER = "rounds"
STATES = SubmissionState
DONE = frozenset({STATES.SUBMITTED, STATES.ACCEPTED})
LIST, SHOW = Choice("list", "Các đợt khác"), Choice("show", "Về đợt này")
BACK_HERE = Choice("show", BACK.label)
READ, FILES = Choice("read", "Xem báo cáo"), Choice("files", "Xem tệp")
NUDGE, MOVE, CLOSE = Choice("nudge", "Nhắc đơn vị chưa nộp"), Choice("move", "Gia hạn"), Choice("close", "Đóng đợt")
XLSX, DOCX = Choice("xlsx", "Xuất Excel"), Choice("docx", "Xuất Word")
REOPEN = Choice("reopen", "Mở lại đợt")
REALLY = Choice("really", "Đóng đợt")
NEEDS = {
    "nudge": Action.NOTIFY,
    "move": Action.MANAGE_ROUNDS,
    "close": Action.MANAGE_ROUNDS,
    "reopen": Action.MANAGE_ROUNDS,
    "really": Action.MANAGE_ROUNDS,
    "xlsx": Action.EXPORT,
    "docx": Action.EXPORT,
}
GONE = "Đợt báo cáo này không còn nữa. Anh/chị gõ /dotbaocao để xem lại danh sách."


def counts(standings: tuple[Standing, ...]) -> str:
    """Return how far the units of a round are: "4/7 đã nộp (2 đã nhận, 1 muộn), 1 bị trả lại"."""
    states = Counter(one.submission.state for one in standings if one.submission)
    late = sum(1 for one in standings if one.submission and one.submission.state in DONE and one.submission.late)
    inside = [f"{number} {word}" for number, word in ((states[STATES.ACCEPTED], "đã nhận"), (late, "muộn")) if number]
    says = f"{states[STATES.SUBMITTED] + states[STATES.ACCEPTED]}/{len(standings)} đã nộp"
    says += f" ({', '.join(inside)})" if inside else ""
    return says + (f", {states[STATES.RETURNED]} bị trả lại" if states[STATES.RETURNED] else "")


def show(state: State, round_id: int, context: Context, first: str = "") -> Step:
    """Show how far every unit is, with what may be done; `first` is said above it."""
    one = context.desk.round(round_id)
    if one is None:
        return ends(state, GONE)
    standings = context.desk.standings(one.id)
    end = f"đã đóng lúc {when(one.closed_at)}" if one.closed_at else f"hạn {when(one.due_at)}"
    lines = [*([first] if first else ()), one.title, f"{end[:1].upper()}{end[1:]} · {counts(standings)}"]
    lines += [f"• {standing.unit.name}: {stands(standing.submission)}" for standing in standings]
    *parts, last = in_parts("\n".join(lines))
    choices = _choices(one, standings, context)
    return asks(state, HOLDER, "show", last, choices, subject=one.id, before=tuple(map(Reply, parts)))


def stands(one: Submission | None) -> str:
    """Return how far one unit is, in words."""
    if one is None:
        return "chưa bắt đầu"
    if one.state not in DONE or one.submitted_at is None:
        return one.state.vietnamese
    submitted = "đã nộp" if one.state is STATES.SUBMITTED else f"{one.state.vietnamese}, nộp"
    return f"{submitted} lúc {when(one.submitted_at)}{' (muộn)' if one.late else ''}"


def _choices(one: Round, standings: tuple[Standing, ...], context: Context) -> tuple[Choice, ...]:
    offered = [READ] if any(readable(standing.submission) for standing in standings) else []
    if one.closed_at is None:
        offered += [NUDGE] if owing(standings) else []
        offered += [MOVE, CLOSE]
    else:
        offered += [REOPEN]
    offered += [XLSX, DOCX, LIST]
    return tuple(choice for choice in offered if choice.key not in NEEDS or context.may(NEEDS[choice.key]))


def readable(one: Submission | None) -> bool:
    """Tell whether a report has been handed in, and not given back."""
    return one is not None and one.state in DONE


def owing(standings: tuple[Standing, ...]) -> list[Standing]:
    """Return the units that still have to hand in."""
    return [one for one in standings if one.submission is None or one.submission.state not in DONE]
