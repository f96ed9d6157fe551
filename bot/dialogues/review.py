"""Reviewing what units handed in: the list, one whole report, accepting it or giving it back. Pure.

What is decided on is remembered as the revision that was read (`Managing.given`): where the report has changed since,
that is said instead, and the present one shown.
"""

from __future__ import annotations

import re

from bot import wording
from bot.dialogues.deciding import accepting, returning, told_of_return
from bot.dialogues.desk import Accept, Return, TellUnit
from bot.dialogues.managing import (
    CANCEL,
    Pair,
    asks,
    cancels,
    ends,
    found,
    goes_back,
    is_question,
    number_in,
    page,
    page_of,
    typed_in,
    with_effects,
)
from bot.dialogues.review_reason import Reason, read_reason
from bot.dialogues.review_report import attached, history_text, numbered_prompts, report_parts
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.messages import Choice, Incoming, Reply
from bot.domain.rounds import Submission, SubmissionState
from knowledge.text import fold, normalise

HOLDER = "review"
_ACCEPT, _RETURN = Choice("accept", "Nhận"), Choice("return", "Trả lại")
_FILES, _HISTORY, _NEXT = Choice("files", "Xem tệp"), Choice("history", "Lịch sử"), Choice("next", "Báo cáo tiếp theo")
_NOTHING = "Không có báo cáo nào chờ duyệt. Gõ /dotbaocao để xem đơn vị nào chưa nộp."
_GONE = "Báo cáo này không còn nữa. Anh/chị gõ /duyet để xem lại danh sách."


def review(state: State, rest: str, context: Context) -> Step:
    """List what waits."""
    return _list(state, context, 0)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was chosen."""
    managing = state.managing or Managing("list")
    if key == CANCEL.key:
        return ends(state, "Vâng, báo cáo vẫn chờ duyệt." if managing.doing != "list" else "Vâng, dừng ở đây.")
    if (at := page_of(key)) is not None:
        return _list(state, context, at)
    if (number := number_in(key, "s")) is not None:
        return _show(state, number, context)
    if key == _NEXT.key:
        return _following(state, managing.subject, context)
    return _on_report(state, key, managing, context)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line while reviewing."""
    managing, text = typed_in(state, incoming, ("list", "report", "reason", "confirm")), incoming.text
    if managing is None:
        return None
    if cancels(text):
        return chosen(state, CANCEL.key, context)
    if managing.doing == "reason":
        return _show(state, managing.subject, context) if goes_back(text) else _reason(state, managing, text, context)
    if managing.doing == "confirm":
        return _ask_reason(state, managing, context) if goes_back(text) else None
    if managing.doing == "report" and speaks_of_prompt(text):
        return _reason(state, managing, text, context)
    if goes_back(text):
        return _list(state, context, 0)
    key = found(text, _pairs(context))
    return chosen(state, key, context) if key is not None and not is_question(text) else None


def speaks_of_prompt(typed: str) -> bool:
    """Tell whether the line begins with a prompt of the report, "câu 3: …"."""
    return re.match(r"(?:cac )?cau (?:so )?\d", fold(normalise(typed)).strip()) is not None


# The list


def _pairs(context: Context) -> list[Pair]:
    units = {unit.key: unit.name for unit in context.office.units()}
    titles = {one.id: one.title for one in context.desk.rounds()}
    return [
        (f"s{one.id}", f"{units.get(one.unit, one.unit)}{' (muộn)' if one.late else ''} – {titles.get(one.round, '')}")
        for one in context.desk.waiting()
    ]


def _list(state: State, context: Context, at: int) -> Step:
    pairs = _pairs(context)
    if not pairs:
        return ends(state, _NOTHING)
    says = f"Có {wording.count(len(pairs), 'báo cáo')} chờ duyệt:"
    return asks(state, HOLDER, "list", says, page(pairs, at))


def _following(state: State, after: int, context: Context) -> Step:
    ids = [one.id for one in context.desk.waiting() if one.id != after]
    if not ids:
        return ends(state, "Đã xem hết báo cáo chờ duyệt. Gõ /dotbaocao để xem đơn vị nào chưa nộp.")
    order = [one.id for one in context.desk.waiting()]
    behind = order[order.index(after) + 1 :] if after in order else []
    return _show(state, (behind or ids)[0], context)


# One report


def _show(state: State, submission_id: int, context: Context, first: str = "") -> Step:
    one = context.desk.submission_by_id(submission_id)
    if one is None:
        return ends(state, _GONE)
    if one.state is not SubmissionState.SUBMITTED:
        return ends(state, _decided(one))
    *parts, last = report_parts(one, context)
    before = tuple(Reply(part) for part in (*([first] if first else ()), *parts))
    choices = [_ACCEPT, _RETURN, *([_FILES] if attached(one, context) else ()), _HISTORY]
    choices += [_NEXT] if len(context.desk.waiting()) > 1 else []
    given = (str(one.revision),)
    return asks(state, HOLDER, "report", last, choices, subject=one.id, given=given, before=before)


def _on_report(state: State, key: str, managing: Managing, context: Context) -> Step:
    one = context.desk.submission_by_id(managing.subject)
    if one is None:
        return ends(state, _GONE)
    if key == _HISTORY.key:
        return Step(state, (Reply(history_text(one, context), state.choices),))
    if key == _FILES.key:
        files = attached(one, context)
        return Step(
            state, tuple(Reply(file.name, file=file) for file in files) or (Reply("Báo cáo này không kèm tệp."),)
        )
    if (stale := _stale(state, one, managing, context)) is not None:
        return stale
    if key == _ACCEPT.key:
        return _accept(state, one, context)
    if key == "send":
        return _give_back(state, one, managing, context)
    return _ask_reason(state, managing, context)


def _stale(state: State, one: Submission, managing: Managing, context: Context) -> Step | None:
    """Return what to say where the report is no longer what was read."""
    if one.state is not SubmissionState.SUBMITTED:
        return ends(state, _decided(one))
    if managing.given[:1] != (str(one.revision),):
        return _show(state, one.id, context, "Đơn vị vừa nộp bản mới. Anh/chị xem lại trước khi quyết định:")
    return None


def _decided(one: Submission) -> str:
    match one.state:
        case SubmissionState.ACCEPTED:
            return "Báo cáo này đã được nhận trước đó rồi."
        case SubmissionState.RETURNED:
            return "Báo cáo này đã được trả lại trước đó rồi; đơn vị đang sửa."
        case _:
            return "Đơn vị đang soạn lại báo cáo này, chưa nộp."


def _accept(state: State, one: Submission, context: Context) -> Step:
    unit, title = _names(one, context)
    return _done(state, one, f"Đã nhận báo cáo “{title}” của {unit}.", accepting(one, unit, title), context)


def _done(
    state: State, one: Submission, says: str, effects: tuple[Accept | Return | TellUnit, ...], context: Context
) -> Step:
    left = sum(1 for other in context.desk.waiting() if other.id != one.id)
    if not left:
        return ends(state, f"{says} Không còn báo cáo nào chờ duyệt.", *effects)
    says = f"{says} Còn {wording.count(left, 'báo cáo')} chờ duyệt."
    return with_effects(asks(state, HOLDER, "list", says, (_NEXT,), subject=one.id), *effects)


def _names(one: Submission, context: Context) -> tuple[str, str]:
    unit = next((unit.name for unit in context.office.units() if unit.key == one.unit), one.unit)
    opened = context.desk.round(one.round)
    return unit, opened.title if opened else "báo cáo"


# Giving it back


def _ask_reason(state: State, managing: Managing, context: Context, problem: str = "") -> Step:
    says = (
        f"{problem}Trả lại vì sao? Anh/chị gõ lý do; muốn chỉ rõ câu cần sửa thì ghi số câu trước, "
        "ví dụ: câu 3, 5: số liệu chưa khớp."
    )
    # No choices: a line that begins with a number must not be taken for one.
    return asks(
        state, HOLDER, "reason", f"{says} Gõ “hủy” để thôi.", subject=managing.subject, given=managing.given[:1]
    )


def _reason(state: State, managing: Managing, typed: str, context: Context) -> Step:
    one = context.desk.submission_by_id(managing.subject)
    if one is None:
        return ends(state, _GONE)
    if (stale := _stale(state, one, managing, context)) is not None:
        return stale
    prompts = numbered_prompts(one, context)
    read = read_reason(typed, len(prompts))
    if isinstance(read, str):
        return _ask_reason(state, managing, context, f"{read} ")
    names = tuple(dict.fromkeys(prompts[number - 1].name for number in read.numbers))
    unit, title = _names(one, context)
    given = (*managing.given[:1], read.words, " ".join(map(str, read.numbers)), " ".join(names))
    says = f"{unit} sẽ nhận:\n{told_of_return(title, read)}"
    choices = (Choice("send", "Gửi trả lại"), Choice("return", "Sửa lý do"), CANCEL)
    return asks(state, HOLDER, "confirm", says, choices, subject=one.id, given=given)


def _give_back(state: State, one: Submission, managing: Managing, context: Context) -> Step:
    if len(managing.given) != 4:
        return _ask_reason(state, managing, context)
    _, words, numbers, names = managing.given
    unit, title = _names(one, context)
    reason = Reason(words, tuple(map(int, numbers.split())))
    effects = returning(one, title, reason, tuple(names.split()))
    return _done(state, one, f"Đã trả lại báo cáo “{title}” cho {unit}.", effects, context)
