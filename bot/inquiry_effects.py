"""What dialogues about questions and notices ask for, made to happen: the writing side of `bot.dialogues.inquiries`.

Importing this module registers its effects with `bot.effects.apply`. What is decided about a question is conditional
on its still being open: else Conflict, and the step is decided anew. The audit log names questions by number only:
their words are the asker's.
"""

from __future__ import annotations

from bot.dialogues.inquiries import (
    AnswerQuestion,
    DeclineQuestion,
    MarkRead,
    SendNotice,
    SendQuestion,
    WithdrawAnswer,
)
from bot.dialogues.notices_desk import delivered
from bot.dialogues.questions_desk import announced
from bot.domain.messages import Reply
from bot.domain.people import Role
from bot.domain.questions import Question, QuestionState
from bot.effects import Scene, apply, tell
from bot.errors import Conflict
from bot.store import notices, outbox, people, questions


@apply.register
def _send_question(effect: SendQuestion, scene: Scene) -> None:
    chat = (scene.incoming.channel, scene.incoming.chat)
    kept = Question(0, effect.text, effect.before, effect.meant, _by(scene), "", "", chat, scene.now)
    number = questions.add(scene.session, kept)
    scene.note("question-sent", f"câu hỏi {number}")
    one = questions.question(scene.session, number)
    assert one is not None  # just kept
    for admin in people.people(scene.session, role=Role.ADMIN):
        tell(scene, admin.id, announced(one), f"question:{number}")


@apply.register
def _answer_question(effect: AnswerQuestion, scene: Scene) -> None:
    state = QuestionState.APPROVED if effect.keep else QuestionState.ANSWERED
    decided = questions.decide(
        scene.session,
        effect.question,
        state,
        answer=effect.answer,
        source=effect.source,
        by=_by(scene),
        now=scene.now,
    )
    _unchanged(decided)
    scene.note("question-answered", f"câu hỏi {effect.question}", "" if effect.keep else "chỉ người hỏi")
    _tell_asker(effect.question, effect.told, scene)


@apply.register
def _decline_question(effect: DeclineQuestion, scene: Scene) -> None:
    declined = QuestionState.DECLINED
    _unchanged(questions.decide(scene.session, effect.question, declined, by=_by(scene), now=scene.now))
    scene.note("question-declined", f"câu hỏi {effect.question}")
    _tell_asker(effect.question, effect.told, scene)


@apply.register
def _withdraw_answer(effect: WithdrawAnswer, scene: Scene) -> None:
    _unchanged(questions.withdraw(scene.session, effect.question))
    scene.note("answer-withdrawn", f"câu hỏi {effect.question}")


@apply.register
def _send_notice(effect: SendNotice, scene: Scene) -> None:
    _unchanged(effect.after is None or effect.after == notices.newest(scene.session))
    number = notices.add(scene.session, effect.text, effect.audience, effect.to, _by(scene), scene.now)
    scene.note("notice-sent", f"thông báo {number}", effect.audience)
    for person in effect.to:
        tell(scene, person, delivered(number, effect.text), f"notice:{number}")


@apply.register
def _mark_read(effect: MarkRead, scene: Scene) -> None:
    if scene.person is not None:
        for one in effect.notices:
            notices.mark_read(scene.session, one, scene.person.id, scene.now)


def _tell_asker(question_id: int, told: str, scene: Scene) -> None:
    """Write to the person who asked; a stranger is reached in the chat they asked in alone."""
    one = questions.question(scene.session, question_id)
    if one is None:
        return
    key = f"question-decided:{question_id}"
    if one.person is not None and people.accounts(scene.session, one.person):
        tell(scene, one.person, Reply(told), key)
    elif one.chat[0]:
        outbox.put(scene.session, *one.chat, Reply(told), scene.now, key=key, inbox_id=scene.inbox_id)


def _by(scene: Scene) -> int | None:
    return scene.person.id if scene.person else None


def _unchanged(holds: bool) -> None:
    if not holds:
        raise Conflict("changed meanwhile")
