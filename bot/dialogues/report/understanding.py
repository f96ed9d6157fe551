"""What a typed line means at a prompt of this report: the prompt's kind, the form's constraint, the chat it is in."""

from __future__ import annotations

import re

from bot.dialogues.report import asking, attaching, wording
from bot.dialogues.report.sheet import Sheet
from bot.domain.answers import Accepted, Rejected, expectation, understand_answer
from bot.domain.filling import Spot, allowed, must_answer
from bot.domain.forms import PromptKind
from bot.forms.expressions import ExpressionError
from knowledge.text import fold, normalise

_LONGEST_SIMPLE = 300  # characters of a number, day or choice; numbers of thousands of digits are no answers
_NOTHING = frozenset({"khong", "khong co", "chua co", "khong phat sinh", "ko", "ko co", "k co", "khong co gi"})
# Half an emoji and what no XML may hold: the answers are evaluated as XML.
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
NOT_COMPUTED = "Với câu trả lời này biểu mẫu không tính tiếp được. Anh/chị xem lại, hoặc báo Văn phòng."


def clean(typed: str) -> str:
    """Return `typed` as it may be kept."""
    return normalise(_UNWRITABLE.sub("", typed)).strip()


def understand(sheet: Sheet, spot: Spot, typed: str) -> Accepted | Rejected:
    """Read `typed` as the answer at `spot`, its constraint included."""
    prompt, text = sheet.prompt(spot), clean(typed)
    if prompt.kind is not PromptKind.TEXT and len(text) > _LONGEST_SIMPLE:
        return Rejected(f"Tin nhắn dài {len(text)} ký tự, không phải là câu trả lời ở đây. {expectation(prompt)}")
    heard = understand_answer(prompt, text, sheet.today)
    if isinstance(heard, Rejected):
        optional = not must_answer(sheet.form, sheet.draft, spot, sheet.today)
        return (
            Accepted("") if optional and fold(text).strip(" .") in _NOTHING else _in_this_chat(sheet, spot, text, heard)
        )
    return checked(sheet, spot, heard)


def _in_this_chat(sheet: Sheet, spot: Spot, text: str, heard: Rejected) -> Rejected:
    """Say what would be an answer in the way this chat offers it: files, or options by name where they are buttons."""
    prompt = sheet.prompt(spot)
    if prompt.kind is PromptKind.FILE:
        return Rejected(attaching.how(sheet))
    if prompt.kind is PromptKind.SELECT_ONE and asking.tappable(prompt) and sheet.context.reach.buttons:
        options = ", ".join(option.label for option in prompt.options)
        return Rejected(f"“{wording.short(text, 40)}” không có trong các lựa chọn. Anh/chị chọn: {options}.")
    return heard


def checked(sheet: Sheet, spot: Spot, heard: Accepted) -> Accepted | Rejected:
    """Return `heard` where the form allows it, else why not."""
    prompt = sheet.prompt(spot)
    try:
        if allowed(sheet.form, sheet.draft, spot, heard.value, sheet.today):
            return heard
    except ExpressionError:
        return Rejected(NOT_COMPUTED)
    said = wording.told(sheet, prompt.constraint_message, spot).rstrip(".")
    shown = wording.short(wording.answer(sheet, spot, heard.value))
    why = f": {said[:1].lower()}{said[1:]}" if said else " với điều kiện của biểu mẫu"
    return Rejected(f"“{shown}” chưa phù hợp{why}. Anh/chị ghi lại giúp.")
