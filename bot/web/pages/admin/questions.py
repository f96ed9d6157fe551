"""Questions that the documents leave open: answered, left unanswered; what was answered, withdrawn.

What follows is the chat's own: the same effects, the same words to whoever asked.
"""

from __future__ import annotations

from starlette.datastructures import FormData
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.dialogues.inquiries import AnswerQuestion, DeclineQuestion, WithdrawAnswer
from bot.dialogues.questions_desk import LONGEST_ANSWER, LONGEST_SOURCE, declined, problem, told
from bot.domain.people import Action
from bot.domain.questions import Question, QuestionState
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.site import Site
from knowledge.text import normalise

_PATH, _NEEDS = "/cau-hoi", Action.ANSWER_QUESTIONS
_ONE = f"{_PATH}/{{id:int}}"


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _PATH, _NEEDS, _list),
        do(site, f"{_ONE}/tra-loi", _NEEDS, _answer),
        do(site, f"{_ONE}/khong-tra-loi", _NEEDS, _decline),
        do(site, f"{_ONE}/thu-lai", _NEEDS, _withdraw),
    ]


def _list(room: Room, wrong: str = "", at: int = 0, typed: tuple[str, str] = ("", ""), status: int = 200) -> Response:
    return room.render(
        "questions.html",
        status=status,
        waiting=room.context.inquiries.waiting(),
        approved=tuple(reversed(room.context.inquiries.approved())),
        wrong=wrong,
        wrong_at=at,
        typed=typed,
        longest=(LONGEST_ANSWER, LONGEST_SOURCE),
    )


def _question(room: Room) -> Question:
    number = int(room.request.path_params["id"])
    one = room.context.inquiries.question(number) if number < 2**31 else None
    if one is None:
        raise Missing
    return one


def _answer(room: Room, form: FormData) -> Response:
    one = _question(room)
    answer = normalise(str(form.get("tra-loi", ""))).strip()
    source = " ".join(normalise(str(form.get("can-cu", ""))).split())
    if one.state is QuestionState.OPEN and (wrong := problem(answer, source)):
        return _list(room, wrong, one.id, (answer, source), 422)
    keep = form.get("giu") == "1"
    effect = AnswerQuestion(one.id, answer, source, keep, told(one.text, answer, source))
    return room.act(_NEEDS, [effect], _PATH, "tra-loi")


def _decline(room: Room, form: FormData) -> Response:
    one = _question(room)
    return room.act(_NEEDS, [DeclineQuestion(one.id, declined(one.text))], _PATH, "khong-tra-loi")


def _withdraw(room: Room, form: FormData) -> Response:
    return room.act(_NEEDS, [WithdrawAnswer(_question(room).id)], _PATH, "thu-tra-loi")
