"""Questions and what may be chosen under an answer: one pure step each. Knows no channel and no people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot import approved, wording
from bot.asking import FOLLOWED_TURNS, Library, check_question
from bot.card import Card, Place, lay_out
from bot.dialogues import questions_desk
from bot.dialogues.inquiries import SendQuestion
from bot.dialogues.state import Context, State, Step
from bot.domain.messages import Choice, Reply
from bot.errors import UsageError
from bot.render import where
from bot.sections import whole_section

SEND = Choice("ask-office", "Gửi câu hỏi cho người phụ trách")
_MOST_WAITING = 5  # open questions of one chat
LONGEST_SECTION = 3000  # characters of one reply
_NOTHING_INDEXED = (
    "Chưa có văn bản nào được nạp nên tôi chưa trả lời được. Anh/chị báo người quản trị nạp văn bản giúp."
)


def question(state: State, text: str, context: Context) -> Step:
    """Answer one question."""
    try:
        asked = check_question(text)
    except UsageError as error:
        return Step(state, (Reply(str(error)),))
    library = context.library()
    if library is None:
        return Step(state, (Reply(_NOTHING_INDEXED),))
    unit = context.unit.name if context.unit is not None else None
    card = lay_out(library.ask(asked, state.previous, now=context.now, unit=unit), library.cards)
    choices = (*offered(card), *(() if card.found or not context.private else (SEND,)))
    previous = (*state.previous, asked)[-FOLLOWED_TURNS:]
    after = replace(state, previous=previous, card=card, choices=(), owner="ask")
    return Step(after, (*_approved(asked, state.previous, library, context), Reply(answer_text(card), choices)))


def _approved(text: str, previous: tuple[str, ...], library: Library, context: Context) -> tuple[Reply, ...]:
    """Return what the office answered to the same question, apart from what the documents say."""
    kept = context.inquiries.approved()
    one = approved.find(library.meant(text, previous, now=context.now), kept) if kept else None
    return (Reply(questions_desk.said(one)),) if one is not None else ()


def chosen(state: State, key: str, context: Context) -> Step:
    """Show what was chosen under the last answer."""
    library = context.library()
    if library is None or state.card is None:
        return Step(replace(state, choices=()), (Reply(_NOTHING_INDEXED),))
    if key == SEND.key:
        return _send(state, library, context)
    return Step(state, (Reply(_SHOWN[key](state.card, library), state.choices),))


def _send(state: State, library: Library, context: Context) -> Step:
    """Send the last question to the office: once, and not more than a few from one chat."""
    *earlier, text = state.previous or ("",)
    waiting = context.inquiries.mine()
    if not text or not context.private:
        return Step(state, (Reply("Anh/chị hỏi lại câu hỏi rồi gửi giúp."),))
    if any(one.text == text for one in waiting):
        return Step(state, (Reply("Câu hỏi này đã được gửi rồi. Khi Văn phòng trả lời, tôi báo anh/chị ngay."),))
    if len(waiting) >= _MOST_WAITING:
        says = f"Anh/chị đang có {len(waiting)} câu hỏi chờ Văn phòng trả lời. Anh/chị đợi trả lời rồi gửi tiếp giúp."
        return Step(state, (Reply(says),))
    meant = library.meant(text, earlier, now=context.now)
    effect = SendQuestion(text, earlier[-1] if earlier else "", meant)
    says = "Đã gửi câu hỏi cho người phụ trách. Khi có câu trả lời, tôi nhắn anh/chị tại đây."
    left = tuple(choice for choice in state.choices if choice != SEND)
    return Step(replace(state, choices=left), (Reply(says, left),), (effect,))


def greeting(library: Library, now: datetime) -> Reply:
    """Return the first thing said, with questions to try."""
    lines = [
        f"Chào anh/chị. Tôi trả lời từ {wording.count(len(library.cards), 'văn bản')} đã lập chỉ mục, "
        "luôn kèm nguyên văn và nơi trích. Anh/chị cứ hỏi, có dấu hay không dấu đều được.",
        *(f"  • {question}" for question in library.examples(now)[:3]),
        "Gõ /giup để xem các lệnh, /tep rồi tên tệp để gửi tệp, /thoat để kết thúc.",
    ]
    return Reply("\n".join(lines))


def afresh(state: State, rest: str, context: Context) -> Step:
    """Forget the earlier questions, so that the next one leans on none."""
    return Step(
        replace(state, previous=(), card=None, choices=()), (Reply("Đã sang chủ đề mới. Anh/chị muốn hỏi gì?"),)
    )


def offered(card: Card) -> tuple[Choice, ...]:
    """Return what may be chosen under an answer."""
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


def answer_text(card: Card) -> str:
    """Return an answer as one message."""
    lines = [card.statement] if card.statement else []
    for lead in card.leads:
        lines += [f"“{lead.quote}”", f"— {where(lead)}"]
    lines += [f"! {note}" for note in card.notes]
    return "\n".join(lines)


def section_text(card: Card, library: Library) -> str:
    """Return the whole section around the first quotation."""
    lead = card.leads[0]
    position = library.position(lead.digest)
    if position is None:
        return "Văn bản này vừa được cập nhật hoặc gỡ bỏ. Anh/chị hỏi lại giúp."
    text = whole_section(library.document(position), lead.start)
    if len(text) > LONGEST_SECTION:
        text = text[:LONGEST_SECTION].rsplit(" ", 1)[0] + " … (còn nữa; xem trọn vẹn trên trang web)"
    return f"{text}\n— {where(lead)}"


def places_text(places: tuple[Place, ...]) -> str:
    """Return further quotations as one message."""
    return "\n".join(f"“{place.quote}”\n— {where(place)}" for place in places)


_SHOWN: dict[str, Callable[[Card, Library], str]] = {
    "section": section_text,
    "others": lambda card, library: places_text(card.others),
    "elsewhere": lambda card, library: places_text(card.elsewhere),
}
