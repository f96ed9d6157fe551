"""A question asked in the middle of a report: answered from the documents, then the report goes on where it was."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues import ask, smalltalk
from bot.dialogues.report import asking, moving, understanding
from bot.dialogues.report.sheet import Asking, Doing, Sheet, step
from bot.dialogues.state import Context, State, Step
from bot.domain.forms import PromptKind
from bot.domain.messages import Choice, Reply

ABOUT = "ask-"  # begins the key of a choice under an answer given in mid-report


def asked(state: State, sheet: Sheet, text: str) -> Step:
    """Answer a question to the documents, then repeat what the report waits for."""
    small = smalltalk.answer(state, text, sheet.context) if smalltalk.beside_a_report(text) else None
    answered = small or ask.question(state, text, sheet.context)
    about = tuple(replace(choice, key=ABOUT + choice.key) for choice in answered.replies[-1].choices)
    filling = sheet.filling
    free_text = filling.doing == Doing.ASK and len(filling.asked) == 1 and _takes_text(sheet)
    place = _resumed(sheet, state)
    if free_text:
        quoted = Choice("quote", "Ghi câu này làm câu trả lời")
        place = replace(place, replies=_with_choices(place.replies, (quoted,)))
        place = replace(place, filling=replace(place.filling, typed=(understanding.clean(text),)))
    if sheet.context.reach.buttons:
        place = replace(place, replies=_with_choices(place.replies, about))
    kept = replace(state, previous=answered.state.previous, card=answered.state.card)
    return _spoken(kept, sheet, "\n\n".join(reply.text for reply in answered.replies), place)


def asked_before(state: State, text: str, again: Step, context: Context) -> Step:
    """Answer a question asked before any report was chosen, then offer the choice once more."""
    answered = ask.question(state, text, context)
    told = "\n\n".join(reply.text for reply in answered.replies)
    after = replace(again.state, previous=answered.state.previous, card=answered.state.card)
    first, *others = again.replies
    if context.reach.batch > 1:
        return Step(after, (replace(first, text=f"{told}\n\n{first.text}"), *others), again.effects)
    return Step(after, (Reply(told), *again.replies), again.effects)


def _resumed(sheet: Sheet, state: State) -> Asking:
    """Return what the report waited for, briefly."""
    if sheet.filling.doing in (Doing.ASK, Doing.REVIEW, Doing.WHICH):
        return moving.here(sheet)
    if state.owner == "report" and state.choices:
        choices = tuple(one for one in state.choices if not one.key.startswith(ABOUT))
        return Asking(sheet.filling, (Reply("Trở lại báo cáo: anh/chị chọn giúp.", choices),))
    return asking.go_on(sheet)


def _spoken(state: State, sheet: Sheet, told: str, place: Asking) -> Step:
    """Say `told`, then the report's own: apart where that costs nothing, so that buttons stand under their question."""
    first, *others = place.replies
    resumed = replace(first, text=f"Ta làm tiếp báo cáo.\n{first.text}")
    if sheet.context.reach.batch > 1:
        return step(state, sheet, replace(place, replies=(resumed, *others)), (told,))
    return step(state, sheet, replace(place, replies=(Reply(told), resumed, *others)))


def looked_up(state: State, sheet: Sheet, key: str) -> Step:
    """Show what was chosen under an answer given in mid-report."""
    shown = ask.chosen(replace(state, owner="ask"), key, sheet.context)
    about = tuple(choice for choice in state.choices if choice.key.startswith(ABOUT))
    place = _resumed(sheet, state)
    place = replace(place, replies=_with_choices(place.replies, about))
    return replace(_spoken(state, sheet, shown.replies[0].text, place), effects=shown.effects)


def _with_choices(replies: tuple[Reply, ...], further: tuple[Choice, ...]) -> tuple[Reply, ...]:
    last = replies[-1]
    return (*replies[:-1], replace(last, choices=(*last.choices, *further)))


def _takes_text(sheet: Sheet) -> bool:
    spot = sheet.filling.asked[0]
    return not spot.more and sheet.prompt(spot).kind is PromptKind.TEXT
