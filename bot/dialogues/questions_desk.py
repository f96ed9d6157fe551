"""Questions that the documents leave open, by chat: the office answers, leaves unanswered, withdraws an answer. Pure.

An answer is shown before it goes to whoever asked; "theo <văn bản>, <mục>" at its end is kept as what it rests on.
"""

from __future__ import annotations

import re
from datetime import datetime

from bot.asking import VIETNAM
from bot.dialogues.inquiries import AnswerQuestion, DeclineQuestion, WithdrawAnswer
from bot.dialogues.managing import (
    BACK,
    CANCEL,
    LONGEST,
    Pair,
    asks,
    cancels,
    ends,
    found,
    goes_back,
    number_in,
    page,
    page_of,
    short,
    typed_in,
    when,
)
from bot.dialogues.state import Context, Managing, State, Step
from bot.domain.messages import PUSHED_KEY, Choice, Incoming, Reply
from bot.domain.people import Action
from bot.domain.questions import Question, QuestionState
from knowledge.text import normalise

HOLDER = PREFIX = "cauhoi"
LONGEST_ANSWER = 2000  # characters
LONGEST_SOURCE = 200
_REPEATED = 160  # characters of the question repeated to whoever asked
_ANSWER = Choice("answer", "Trả lời")
_DECLINE = Choice("decline", "Không trả lời")
_SEND = Choice("send", "Gửi và giữ để dùng lại")
_SEND_ONLY = Choice("send-only", "Chỉ gửi người hỏi")
_REWRITE = Choice("answer", "Viết lại")
_WITHDRAW = Choice("withdraw", "Thu lại câu trả lời")
_NONE = "Không có câu hỏi nào đang chờ trả lời."
_NOT_ALLOWED = "Việc này dành cho người quản trị."
_GONE = "Câu hỏi này không còn nữa. Gõ /cauhoi để xem các câu hỏi đang chờ."
_SOURCE = re.compile(r"(?:\n|[.;!?]\s+|\()theo (?P<source>[^\n()]{3,}?)\)?[.\s]*$", re.IGNORECASE)


def announced(one: Question) -> Reply:
    """Return the message that tells an admin of a question."""
    says = f"Có câu hỏi mà các văn bản chưa trả lời được:\n{_about(one)}"
    key = f"{PUSHED_KEY}{PREFIX}:{one.id}"
    return Reply(says, (Choice(key, "Xem và trả lời"),), instead=f"Gõ /cauhoi {one.id} để trả lời.")


def said(one: Question) -> str:
    """Return an approved answer as it is said to whoever asks the same: never like a quotation of a document."""
    rests = f" (theo {one.source})" if one.source else ""
    asked = f"Câu tương tự đã có người hỏi: “{short(one.text, _REPEATED)}”\n"
    return f"{asked}Văn phòng đã trả lời ngày {_day(one.answered_at)}: “{one.answer}”{rests}"


def told(question: str, answer: str, source: str) -> str:
    """Return what the asker reads."""
    rests = f"\nCăn cứ: {source}" if source else ""
    return f"Anh/chị đã hỏi: “{short(question, _REPEATED)}”\nVăn phòng trả lời: {answer}{rests}"


def declined(question: str) -> str:
    """Return what the asker reads where the office does not answer."""
    return (
        f"Anh/chị đã hỏi: “{short(question, _REPEATED)}”\n"
        "Văn phòng đã xem nhưng không trả lời qua trợ lý. Anh/chị liên hệ trực tiếp Văn phòng giúp."
    )


def split(typed: str) -> tuple[str, str]:
    """Return the answer and what it rests on, where the answer ends with "theo <văn bản>, <mục>"."""
    text = normalise(typed).strip()
    match = _SOURCE.search(text)
    if match is None:
        return text, ""
    answer = text[: match.start()].rstrip(" (") + (text[match.start()] if text[match.start()] in ".;!?" else "")
    return (answer, match["source"].strip(" .")) if answer.strip() else (text, "")


def problem(answer: str, source: str) -> str:
    """Return what keeps an answer from being sent; "" where nothing does."""
    if sum(letter.isalnum() for letter in answer) < 2:
        return "Câu trả lời còn trống. "
    if len(answer) > LONGEST_ANSWER or len(source) > LONGEST_SOURCE:
        return f"Câu trả lời dài quá {LONGEST_ANSWER} ký tự (căn cứ: {LONGEST_SOURCE}). Anh/chị rút gọn giúp. "
    return ""


def questions(state: State, rest: str, context: Context) -> Step:
    """List the open questions, or show the one that is named by its number."""
    number = rest.strip()
    if number:
        return pushed(state, number, context)
    return _list(state, context, 0)


def pushed(state: State, rest: str, context: Context) -> Step:
    """Show the question that an admin was told of."""
    if not context.may(Action.ANSWER_QUESTIONS):
        return Step(state, (Reply(_NOT_ALLOWED),))
    number = number_in(rest, "")
    one = context.inquiries.question(number) if number is not None else None
    return _show(state, one) if one is not None else Step(state, (Reply(_GONE),))


def _list(state: State, context: Context, at: int) -> Step:
    waiting, answered = context.inquiries.waiting(), context.inquiries.approved()
    done = (Choice("done", f"Đã trả lời ({len(answered)})"),) if answered else ()
    if not waiting and not done:
        return ends(state, _NONE)
    says = f"{len(waiting)} câu hỏi đang chờ trả lời. Anh/chị chọn một câu." if waiting else _NONE
    return asks(state, HOLDER, "list", says, (*page(_pairs(waiting), at), *done, CANCEL))


def _answered(state: State, context: Context, at: int) -> Step:
    says = "Các câu trả lời đang dùng. Anh/chị chọn một câu để xem hoặc thu lại."
    latest = tuple(reversed(context.inquiries.approved()))
    return asks(state, HOLDER, "done", says, (*page(_pairs(latest), at), BACK, CANCEL))


def _pairs(these: tuple[Question, ...]) -> list[Pair]:
    return [(f"q{one.id}", one.text) for one in these]


def _show(state: State, one: Question, before: str = "") -> Step:
    says = before + _about(one)
    if one.state is QuestionState.OPEN:
        return asks(state, HOLDER, "one", says, (_ANSWER, _DECLINE, BACK, CANCEL), subject=one.id)
    by = f"{one.decided_by or 'Văn phòng'}, {when(one.answered_at)}" if one.answered_at else one.decided_by
    says += f"\nCâu này {one.state.vietnamese} ({by})."
    if one.answer:
        says += f"\nTrả lời: {one.answer}" + (f"\nCăn cứ: {one.source}" if one.source else "")
    choices = (_WITHDRAW,) if one.state is QuestionState.APPROVED else ()
    return asks(state, HOLDER, "one", says, (*choices, BACK, CANCEL), subject=one.id)


def _about(one: Question) -> str:
    who = f"{one.asker}{f' ({one.unit})' if one.unit else ''}" if one.asker else "Người chưa liên kết"
    after = f"\n(hỏi tiếp sau câu: “{short(one.before, _REPEATED)}”)" if one.before else ""
    return f"“{one.text}”{after}\n— {who}, {when(one.asked_at)}"


def chosen(state: State, key: str, context: Context) -> Step:
    """Take a tapped choice."""
    managing = state.managing
    if managing is None or key == CANCEL.key:
        return ends(state, "Vâng, để sau.")
    if (at := page_of(key)) is not None:
        return _answered(state, context, at) if managing.doing == "done" else _list(state, context, at)
    if key == "done":
        return _answered(state, context, 0)
    if (number := number_in(key, "q")) is not None:
        return pushed(state, str(number), context)
    if key == BACK.key:
        return _back(state, managing, context)
    one = context.inquiries.question(managing.subject)
    if one is None:
        return ends(state, _GONE)
    return _decide(state, managing, key, one)


def _back(state: State, managing: Managing, context: Context) -> Step:
    one = context.inquiries.question(managing.subject) if managing.doing in ("typing", "confirm") else None
    return _show(state, one) if one is not None else _list(state, context, 0)


def _decide(state: State, managing: Managing, key: str, one: Question) -> Step:
    if key == _WITHDRAW.key and one.state is QuestionState.APPROVED:
        return ends(state, "Đã thu lại: tôi không dùng câu trả lời này nữa.", WithdrawAnswer(one.id))
    if one.state is not QuestionState.OPEN:
        return _show(state, one, "Câu hỏi này vừa được xử lý.\n")
    if key == _ANSWER.key:
        return _ask_answer(state, one)
    if key == _DECLINE.key:
        says = "Đã ghi: không trả lời câu này. Tôi đã báo người hỏi liên hệ trực tiếp Văn phòng."
        return ends(state, says, DeclineQuestion(one.id, declined(one.text)))
    if key in (_SEND.key, _SEND_ONLY.key) and len(managing.given) == 2:
        answer, source = managing.given
        keep = key == _SEND.key
        then = "Ai hỏi câu tương tự sẽ nhận câu trả lời này." if keep else "Câu trả lời không được dùng lại."
        effect = AnswerQuestion(one.id, answer, source, keep, told(one.text, answer, source))
        return ends(state, f"Đã gửi câu trả lời cho người hỏi. {then}", effect)
    return _show(state, one)


def _ask_answer(state: State, one: Question, wrong: str = "") -> Step:
    says = (
        f"{wrong}Anh/chị gõ câu trả lời cho “{short(one.text, _REPEATED)}”. Có căn cứ thì ghi ở dòng cuối: "
        "theo <văn bản>, <mục>."
    )
    return asks(state, HOLDER, "typing", says, (BACK, CANCEL), subject=one.id)


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take a typed line: the answer, or the name of a question in the list."""
    managing = typed_in(state, incoming, ("list", "done", "one", "typing", "confirm"))
    if managing is None:
        return None
    if cancels(incoming.text):
        return chosen(state, CANCEL.key, context)
    if goes_back(incoming.text):
        return chosen(state, BACK.key, context)
    if managing.doing == "typing":
        one = context.inquiries.question(managing.subject)
        return _preview(state, one, incoming.text) if one is not None else ends(state, _GONE)
    these = context.inquiries.approved() if managing.doing == "done" else context.inquiries.waiting()
    key = found(incoming.text, _pairs(these)) if managing.doing in ("list", "done") else None
    return chosen(state, key, context) if key is not None else None


def _preview(state: State, one: Question, typed: str) -> Step:
    if one.state is not QuestionState.OPEN:
        return _show(state, one, "Câu hỏi này vừa được xử lý.\n")
    answer, source = split(typed)
    if wrong := problem(answer, source):
        return _ask_answer(state, one, wrong)
    says = short_lines(f"Người hỏi sẽ nhận:\n{told(one.text, answer, source)}")
    choices = (_SEND, _SEND_ONLY, _REWRITE, BACK, CANCEL)
    return asks(state, HOLDER, "confirm", says, choices, subject=one.id, given=(answer, source))


def short_lines(text: str) -> str:
    """Return `text` within one message."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _day(at: datetime | None) -> str:
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y") if at else ""
