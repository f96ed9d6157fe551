"""Asking questions as a conversation: one pure step a message.

`step(state, said, library, now)` returns the next state and the replies; it knows no channel. The channel shows a
reply's choices as it can (numbered lines, buttons); what comes back may be the number, the label in any spelling, or
simply the next question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot import wording
from bot.asking import FOLLOWED_TURNS, Library, check_question
from bot.card import Card, Place, lay_out
from bot.domain.messages import Choice, Reply
from bot.errors import UsageError
from bot.render import where
from bot.sections import whole_section
from knowledge.text import fold

_LONGEST_SECTION = 3000  # characters of one reply


@dataclass(frozen=True, slots=True)
class State:
    """What a conversation remembers between two messages."""

    previous: tuple[str, ...] = ()  # earlier questions, oldest first: what a follow-up leans on
    choices: tuple[Choice, ...] = ()  # under the last reply
    card: Card | None = None  # the last answer, which the choices are about
    over: bool = False  # the person has left


@dataclass(frozen=True, slots=True)
class Step:
    """What one message leads to."""

    state: State
    replies: tuple[Reply, ...]


def greeting(library: Library, now: datetime) -> Reply:
    """Return the first thing said, with questions to try."""
    lines = [
        f"Chào anh/chị. Tôi trả lời từ {wording.count(len(library.cards), 'văn bản')} đã lập chỉ mục, "
        "luôn kèm nguyên văn và nơi trích. Anh/chị cứ hỏi, có dấu hay không dấu đều được.",
        *(f"  • {question}" for question in library.examples(now)[:3]),
        "Gõ /giup để xem các lệnh, /thoat để kết thúc.",
    ]
    return Reply("\n".join(lines))


def step(state: State, said: str, library: Library, now: datetime) -> Step:
    """Take one message and return what follows from it."""
    command = _compact(said)
    if command.startswith("/"):
        return _command(state, command, library)
    if choice := _chosen(state, said):
        return _CHOICES[choice.key](state, library)
    try:
        question = check_question(said)
    except UsageError as error:
        return Step(state, (Reply(str(error)),))
    answer = library.ask(question, state.previous, now=now)
    card = lay_out(answer, library.cards)
    choices = _choices(card)
    previous = (*state.previous, question)[-FOLLOWED_TURNS:]
    return Step(State(previous, choices, card), (Reply(_answer_text(card), choices),))


def _compact(said: str) -> str:
    return "".join(fold(said).split())


def _chosen(state: State, said: str) -> Choice | None:
    typed = _compact(said.partition(" (")[0]).rstrip(".)")  # "2.", "2)", a label with or without its count
    for number, choice in enumerate(state.choices, start=1):
        if typed in (str(number), _compact(choice.label.partition(" (")[0])):
            return choice
    return None


# Commands


def _command(state: State, command: str, library: Library) -> Step:
    for names, act in _COMMANDS:
        if command in names:
            return act(state, library)
    return Step(state, (Reply(f"Không có lệnh {command}. Gõ /giup để xem các lệnh."),))


def _help(state: State, library: Library) -> Step:
    lines = [
        "Anh/chị gõ câu hỏi rồi nhấn Enter; câu sau hiểu theo câu trước (“thế còn cá nhân?”).",
        "Dưới câu trả lời có các lựa chọn đánh số: gõ số để chọn.",
        "/vanban  các văn bản đang có",
        "/moi     bắt đầu chủ đề mới, quên các câu trước",
        "/giup    hướng dẫn này",
        "/thoat   kết thúc",
    ]
    return Step(state, (Reply("\n".join(lines)),))


def _documents(state: State, library: Library) -> Step:
    lines = [f"Đang có {wording.count(len(library.cards), 'văn bản')}:"]
    for card in library.cards:
        date = card.header.date
        lines.append(
            "  • " + " · ".join(
                part
                for part in (
                    wording.name(card.header),
                    card.header.issuer,
                    date.vietnamese() if date else None,
                    card.header.subject,
                )
                if part
            )
        )  # fmt: skip
    return Step(state, (Reply("\n".join(lines)),))


def _fresh(state: State, library: Library) -> Step:
    return Step(State(), (Reply("Đã bắt đầu chủ đề mới. Anh/chị muốn hỏi gì?"),))


def _leave(state: State, library: Library) -> Step:
    return Step(replace(state, over=True), (Reply("Chào anh/chị, hẹn gặp lại."),))


_COMMANDS: tuple[tuple[frozenset[str], Callable[[State, Library], Step]], ...] = (
    (frozenset({"/giup", "/giupdo", "/trogiup", "/help", "/?", "/start"}), _help),
    (frozenset({"/vanban", "/documents"}), _documents),
    (frozenset({"/moi", "/new"}), _fresh),
    (frozenset({"/thoat", "/ketthuc", "/quit", "/exit", "/q"}), _leave),
)


# Choices under an answer


def _choices(card: Card) -> tuple[Choice, ...]:
    choices: list[Choice] = []
    if card.leads:
        place = card.leads[0].place
        choices.append(Choice("section", f"Xem cả {place[:1].lower()}{place[1:]}"))
    if card.others:
        label = "Xem thêm" if card.found else "Xem những đoạn gần nhất"
        choices.append(Choice("others", f"{label} ({len(card.others)})"))
    if card.elsewhere:
        choices.append(Choice("elsewhere", f"Ở văn bản khác ({len(card.elsewhere)})"))
    return tuple(choices)


def _show_section(state: State, library: Library) -> Step:
    assert state.card is not None  # the choice exists only under such a card
    lead = state.card.leads[0]
    position = library.position(lead.digest)
    if position is None:
        return Step(state, (Reply("Văn bản này vừa được cập nhật hoặc gỡ bỏ. Anh/chị hỏi lại giúp."),))
    text = whole_section(library.document(position), lead.start)
    if len(text) > _LONGEST_SECTION:
        text = text[:_LONGEST_SECTION].rsplit(" ", 1)[0] + " … (còn nữa; xem trọn vẹn trên trang web: tdkt serve)"
    return Step(state, (Reply(f"{text}\n— {where(lead)}", state.choices),))


def _show_others(state: State, library: Library) -> Step:
    return Step(state, (Reply(_places_text(state.card.others if state.card else ()), state.choices),))


def _show_elsewhere(state: State, library: Library) -> Step:
    return Step(state, (Reply(_places_text(state.card.elsewhere if state.card else ()), state.choices),))


_CHOICES: dict[str, Callable[[State, Library], Step]] = {
    "section": _show_section,
    "others": _show_others,
    "elsewhere": _show_elsewhere,
}


# Text of replies


def _answer_text(card: Card) -> str:
    lines = [card.statement] if card.statement else []
    for lead in card.leads:
        lines += [f"“{lead.quote}”", f"— {where(lead)}"]
    lines += [f"! {note}" for note in card.notes]
    return "\n".join(lines)


def _places_text(places: tuple[Place, ...]) -> str:
    return "\n".join(f"“{place.quote}”\n— {where(place)}" for place in places)
