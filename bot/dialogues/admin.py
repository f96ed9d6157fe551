"""The admin's dialogues together: their commands, who gets their choices and plain text, and what each needs.

Rights are looked at with every message: whoever lost them in the middle of something goes no further.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.dialogues import (
    claims_desk,
    documents_desk,
    forms_desk,
    invite_desk,
    notices_desk,
    obligations,
    obligations_view,
    opening,
    parked_desk,
    people_desk,
    publishing,
    questions_desk,
    review,
    rounds_desk,
    rounds_view,
    signing_in,
    units_desk,
)
from bot.dialogues.commands import Act, Command
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Incoming
from bot.domain.people import Action

_ROUNDS, _PEOPLE, _DOCUMENTS = Action.MANAGE_ROUNDS, Action.MANAGE_PEOPLE, Action.MANAGE_DOCUMENTS
COMMANDS = (
    Command(("duyet",), "duyệt báo cáo đã nộp", Action.REVIEW_REPORTS, review.review, private=True),
    Command(
        ("dotbaocao",),
        "các đợt báo cáo: ai đã nộp, nhắc, xuất",
        Action.READ_ALL_REPORTS,
        rounds_desk.rounds,
        private=True,
    ),
    Command(("nopngoai",), "xác nhận đã nộp bằng đường khác", Action.REVIEW_REPORTS, claims_desk.claims, private=True),
    Command(
        ("nhiemvu",),
        "nhiệm vụ trong văn bản: xác nhận, định hạn, mở đợt",
        Action.CONFIRM_OBLIGATIONS,
        obligations.duties,
        private=True,
    ),
    Command(
        ("cauhoi",),
        "câu hỏi các văn bản chưa trả lời được",
        Action.ANSWER_QUESTIONS,
        questions_desk.questions,
        private=True,
    ),
    Command(("thongbao",), "gửi thông báo, xem ai đã đọc", Action.NOTIFY, notices_desk.notices, private=True),
    Command(("modot", "modotbaocao"), "mở đợt báo cáo", _ROUNDS, opening.open_round, private=True),
    Command(("bieumau",), "các biểu mẫu báo cáo", _ROUNDS, forms_desk.forms, private=True),
    Command(("taobieumau",), "tạo biểu mẫu từ kế hoạch", _ROUNDS, forms_desk.from_plan, private=True),
    Command(("congbo",), "công bố văn bản đã gửi", _DOCUMENTS, publishing.publish, private=True),
    Command(("khongcongbo",), "bỏ văn bản đã gửi, không công bố", _DOCUMENTS, publishing.drop, private=True),
    Command(
        ("lapchimuc", "tiendo"), "việc đọc và công bố văn bản: tiến độ, hủy", _DOCUMENTS, publishing.queue, private=True
    ),
    Command(("donvi",), "các đơn vị: thêm, đổi tên, sáp nhập", _PEOPLE, units_desk.units, private=True),
    Command(("nguoi", "canbo"), "cán bộ: vai trò, đơn vị, quyền", _PEOPLE, people_desk.people, private=True),
    Command(("ma", "capma"), "cấp mã liên kết cho một người", _PEOPLE, invite_desk.invite, private=True),
    Command(
        ("quantri", "trangquantri"),
        "mở trang quản trị trên trình duyệt",
        Action.READ_ALL_REPORTS,
        signing_in.sign_in,
        private=True,
    ),
    Command(("loi",), "tin nhắn chưa xử lý được", _PEOPLE, parked_desk.parked, private=True),
)
TAKE_FILES = (_ROUNDS, _DOCUMENTS)  # rights of those who send forms and documents
CHOSEN: dict[str, Act] = {
    publishing.HOLDER: publishing.chosen,
    documents_desk.HOLDER: documents_desk.chosen,
    forms_desk.HOLDER: forms_desk.chosen,
    obligations_view.HOLDER: obligations.chosen,
    opening.HOLDER: opening.chosen,
    rounds_view.HOLDER: rounds_desk.chosen,
    review.HOLDER: review.chosen,
    units_desk.HOLDER: units_desk.chosen,
    people_desk.HOLDER: people_desk.chosen,
    invite_desk.HOLDER: invite_desk.chosen,
    parked_desk.HOLDER: parked_desk.chosen,
    questions_desk.HOLDER: questions_desk.chosen,
    notices_desk.HOLDER: notices_desk.chosen,
}
HOLDERS: dict[str, Callable[[State, Incoming, Context], Step | None]] = {
    publishing.HOLDER: publishing.held,
    documents_desk.HOLDER: documents_desk.held,
    forms_desk.HOLDER: forms_desk.held,
    obligations_view.HOLDER: obligations.held,
    opening.HOLDER: opening.held,
    rounds_view.HOLDER: rounds_desk.held,
    review.HOLDER: review.held,
    units_desk.HOLDER: units_desk.held,
    people_desk.HOLDER: people_desk.held,
    invite_desk.HOLDER: invite_desk.held,
    parked_desk.HOLDER: parked_desk.held,
    questions_desk.HOLDER: questions_desk.held,
    notices_desk.HOLDER: notices_desk.held,
}
# What taking part in a dialogue needs.
NEEDS: dict[str, Action] = {
    publishing.HOLDER: _DOCUMENTS,
    documents_desk.HOLDER: Action.ASK,
    forms_desk.HOLDER: _ROUNDS,
    obligations_view.HOLDER: Action.CONFIRM_OBLIGATIONS,
    opening.HOLDER: _ROUNDS,
    rounds_view.HOLDER: Action.READ_ALL_REPORTS,
    review.HOLDER: Action.REVIEW_REPORTS,
    units_desk.HOLDER: _PEOPLE,
    people_desk.HOLDER: _PEOPLE,
    invite_desk.HOLDER: _PEOPLE,
    parked_desk.HOLDER: _PEOPLE,
    questions_desk.HOLDER: Action.ANSWER_QUESTIONS,
    notices_desk.HOLDER: Action.NOTIFY,
}


def speaks_of_prompt(state: State, typed: str) -> bool:
    """Tell whether a line under a report that is reviewed begins with one of its prompts, "câu 3: …"."""
    return state.holder == review.HOLDER and review.speaks_of_prompt(typed)


def file_received(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take files that no guided report waits for; None where they are nothing an admin would send."""
    if not incoming.private:
        return None
    books = forms_desk.books(incoming) if context.may(Action.MANAGE_ROUNDS) else ()
    others = replace(incoming, attachments=tuple(one for one in incoming.attachments if one not in books))
    papers = publishing.received(state, others, context) if context.may(Action.MANAGE_DOCUMENTS) else None
    if not books:
        return papers
    form = forms_desk.received(state, books, context)
    if papers is None:
        return form
    return Step(
        form.state, papers.replies + form.replies, papers.effects + form.effects
    )  # the form asks: it comes last
