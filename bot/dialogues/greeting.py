"""What is said first: to "/start", and to whoever says good day. Pure."""

from __future__ import annotations

from bot.dialogues import link
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Reply
from bot.domain.people import Action


def hello(state: State, rest: str, context: Context) -> Step:
    """Greet, with questions to try; a stranger is told how to get a code."""
    person = context.person
    if person is None and not context.may(Action.ASK):
        return Step(state, (Reply(f"Xin chào. {link.HOW_TO_GET_A_CODE}"),))
    name = f" {person.name}" if person else ""
    library = context.library()
    examples = library.examples(context.now)[:3] if library else ()
    lines = [f"Chào anh/chị{name}. Tôi trả lời từ các văn bản của cơ quan, luôn kèm nguyên văn và nơi trích."]
    lines += [f"• {question}" for question in examples]
    lines.append("Gõ /giup để xem các lệnh.")
    return Step(state, (Reply("\n".join(lines)),))
