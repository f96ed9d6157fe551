"""What the router knows of reports: the commands, text and files in mid-report, taps, questions in the middle."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogues import ask
from bot.dialogues.report import answering, asking, entering, moving, receiving, reviewing, words
from bot.dialogues.report.interrupting import ABOUT, asked, asked_before, looked_up
from bot.dialogues.report.questions import reads_like_question
from bot.dialogues.report.sheet import Asking, Doing, Sheet, is_file, leave, load, step
from bot.dialogues.report.tapping import act
from bot.dialogues.report.words import Move
from bot.dialogues.state import Context, Filling, State, Step
from bot.domain.choosing import choose
from bot.domain.messages import Incoming, IncomingKind, Reply
from bot.domain.people import Action

_NOT_A_CLERK = "Tài khoản của anh/chị không còn quyền làm báo cáo của đơn vị. Bản nháp vẫn được giữ."


def start(state: State, rest: str, context: Context) -> Step:
    """Begin a report or go on with it."""
    return entering.start(state, rest, context)


def show(state: State, rest: str, context: Context) -> Step:
    """Show the report in hand, or one of the unit's."""
    return entering.show(state, rest, context)


def mine(state: State, rest: str, context: Context) -> Step:
    """List the unit's reports."""
    return entering.mine(state, rest, context)


def in_mid_report(state: State) -> bool:
    """Tell whether this chat is filling in a report: reminders of it can wait."""
    return state.holder == "report" and state.filling is not None and state.filling.round != 0


def has_the_word(state: State) -> bool:
    """Tell whether a question now interrupts a report, or the choice of one."""
    return state.holder == "report" and state.filling is not None


def held(state: State, incoming: Incoming, context: Context) -> Step | None:
    """Take text or files while the report has the word; None where it has not."""
    if state.filling is None:
        return None
    if not context.may(Action.SUBMIT_REPORT) and state.filling.doing != Doing.SHOW:
        return leave(state, _NOT_A_CLERK)
    if not state.filling.round:
        return _while_choosing(state, incoming, context)
    sheet = _sheet(state.filling, context)
    if sheet is None:
        return leave(state, "Đợt báo cáo này không còn nữa. Gõ /baocao để xem các báo cáo phải nộp.")
    if why := entering.barred(sheet):
        return leave(state, *why)
    if incoming.kind is IncomingKind.FILE:
        return receiving.files(state, sheet, incoming)
    return _text(state, sheet, incoming.text)


def chosen(state: State, key: str, context: Context) -> Step:
    """Do what was tapped."""
    filling = state.filling
    if filling is None:
        return leave(state, "Báo cáo này đã khép lại. Gõ /baocao để mở lại.")
    if not filling.round:
        return entering.choose(state, key, context)
    if not context.may(Action.SUBMIT_REPORT):
        return leave(state, _NOT_A_CLERK)
    sheet = _sheet(filling, context)
    if sheet is None:
        return entering.start(state, "", context)
    if why := entering.barred(sheet):
        return leave(state, *why)
    return _chosen(state, sheet, key)


def question(state: State, text: str, context: Context) -> Step:
    """Answer a question asked in mid-report, or while one is chosen, and come back to it in the same breath."""
    assert state.filling is not None  # the caller asked `has_the_word`
    if not state.filling.round:
        return _asked_before(state, text, context)
    sheet = _sheet(state.filling, context)
    if sheet is None or entering.barred(sheet):
        return ask.question(replace(state, holder="", filling=None), text, context)
    return asked(state, sheet, text)


def _sheet(filling: Filling, context: Context) -> Sheet | None:
    round_ = context.desk.round(filling.round)
    return load(round_, filling, context.unit, context) if round_ and context.unit else None


def _chosen(state: State, sheet: Sheet, key: str) -> Step:
    return looked_up(state, sheet, key.removeprefix(ABOUT)) if key.startswith(ABOUT) else act(state, sheet, key)


def _while_choosing(state: State, incoming: Incoming, context: Context) -> Step | None:
    if incoming.kind is not IncomingKind.TEXT:
        return None
    labels = [choice.label for choice in state.choices]
    at = choose(incoming.text, labels) if state.owner == "report" else None
    if at is not None:
        return entering.choose(state, state.choices[at].key, context)
    word = words.read(incoming.text)
    if word is not None and word.move in (Move.CANCEL, Move.LATER):
        return leave(state, "Vâng. Khi cần, anh/chị gõ /baocao.")
    return _asked_before(state, incoming.text, context)


def _asked_before(state: State, text: str, context: Context) -> Step:
    """Take what chooses nothing while a report is being chosen: a question, or a number that is none of them."""
    looking = state.filling is not None and state.filling.doing == Doing.SHOW
    again = entering.show(state, "", context) if looking else entering.start(state, "", context)
    return (
        again if text.strip().isdecimal() or not context.may(Action.ASK) else asked_before(state, text, again, context)
    )


def _text(state: State, sheet: Sheet, text: str) -> Step:
    filling = sheet.filling
    if filling.doing == Doing.ASK and filling.asked and not asking.still_there(sheet, filling.asked):
        changed = "Báo cáo vừa được sửa ở nơi khác nên câu vừa hỏi không còn; câu trả lời của anh/chị chưa được ghi."
        return step(state, sheet, asking.go_on(sheet), (changed,))
    word = words.read(text)
    numbered = word is not None and word.number is not None  # "sửa câu 3" is more than the choice "Sửa câu …"
    if not numbered and (key := _typed_choice(state, sheet, text)) is not None:
        return _chosen(state, sheet, key)
    if word is not None:
        if word.move is Move.DONE and _at_files(sheet):
            return act(state, sheet, "done")
        taken = moving.move(state, sheet, word)
        if taken is not None:
            return taken
    if filling.doing == Doing.ASK and filling.asked:
        return answering.typed_answer(state, sheet, text) or asked(state, sheet, text)
    if filling.doing == Doing.WHICH or (filling.doing == Doing.REVIEW and text.strip().isdecimal()):
        return _by_number(state, sheet, text)
    return _otherwise(state, sheet, text)


def _typed_choice(state: State, sheet: Sheet, text: str) -> str | None:
    """Return the key of the choice that was typed.

    At a prompt a typed line is rather the answer: there only a whole label counts, and a number only where the
    choices are numbered lines.
    """
    if state.owner != "report" or not state.choices or len(text) > 200:
        return None
    filling, buttons = sheet.filling, sheet.context.reach.buttons
    if filling.doing == Doing.ASK and filling.asked:
        spot = filling.asked[0]
        if "".join(text.split()).isdecimal():
            numbered = spot.more or asking.tappable(sheet.prompt(spot)) or is_file(sheet, spot)
            if buttons or not numbered:
                return None
        elif not any(_same(text, choice.label) for choice in state.choices):
            return None
    elif buttons and filling.doing == Doing.REVIEW and text.strip().isdecimal():
        return None  # the card numbers the prompts, the buttons have no numbers
    at = choose(text, [choice.label for choice in state.choices])
    return state.choices[at].key if at is not None else None


def _same(typed: str, label: str) -> bool:
    return choose(typed, [label]) is not None and len(typed.split()) == len(label.split())


def _at_files(sheet: Sheet) -> bool:
    filling = sheet.filling
    return filling.doing == Doing.ASK and len(filling.asked) == 1 and is_file(sheet, filling.asked[0])


def _by_number(state: State, sheet: Sheet, text: str) -> Step:
    word = words.read(f"sửa câu {text.strip()}") if len(text.strip()) < 20 else None
    if word is None:
        return _otherwise(state, sheet, text)
    return moving.edit(state, sheet, word)


def _otherwise(state: State, sheet: Sheet, text: str) -> Step:
    """Answer text where a choice was to be made: a question, or the choices once more."""
    if reads_like_question(text):
        return asked(state, sheet, text)
    if sheet.filling.doing in (Doing.REVIEW, Doing.WHICH):
        return step(state, sheet, reviewing.brief_review(sheet), ("Tôi chưa hiểu ý anh/chị.",))
    if state.owner == "report" and state.choices:
        says = "Anh/chị chọn một trong các mục dưới đây giúp."
        return step(state, sheet, Asking(sheet.filling, (Reply(says, state.choices),)))
    return step(state, sheet, asking.go_on(sheet), ("Tôi chưa hiểu ý anh/chị, ta làm tiếp báo cáo nhé.",))
