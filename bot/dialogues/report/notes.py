"""Notes of a form: shown with the prompt they stand before, the last ones with the review."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogues.report import wording
from bot.dialogues.report.sheet import Sheet
from bot.domain.filling import Spot, repeat_of
from bot.domain.forms import Prompt, PromptKind, Repeat
from bot.forms.expressions import Instance, calculated, is_relevant


def before(sheet: Sheet, *asked: Spot) -> list[str]:
    """Return the notes that stand in the form between the prompts before `asked` and the last of them."""
    form, today = sheet.form, sheet.today
    instance = Instance(form, calculated(form, sheet.draft.values, today), today)
    lines = []
    for spot in asked:
        repeat = repeat_of(form, spot)
        siblings = repeat.prompts if repeat else form.items
        for note in _leading_notes(siblings, spot.name):
            if is_relevant(note, instance, repeat, spot.entry or 0):
                lines.append(wording.told(sheet, note.label, spot))
    return lines


def at_end(sheet: Sheet) -> list[str]:
    """Return the notes after the last prompt: they are shown with the review."""
    instance = Instance(sheet.form, calculated(sheet.form, sheet.draft.values, sheet.today), sheet.today)
    lines: list[str] = []
    for item in reversed(sheet.form.items):
        if isinstance(item, Repeat) or item.kind not in (PromptKind.NOTE, PromptKind.CALCULATE):
            break
        if item.kind is PromptKind.NOTE and is_relevant(item, instance):
            lines.insert(0, wording.told(sheet, item.label))
    return lines


def _leading_notes(siblings: Sequence[Prompt | Repeat], name: str) -> list[Prompt]:
    notes: list[Prompt] = []
    for item in siblings:
        if item.name == name:
            return notes
        if isinstance(item, Prompt) and item.kind is PromptKind.NOTE:
            notes.append(item)
        elif isinstance(item, Repeat) or item.kind is not PromptKind.CALCULATE:
            notes = []
    return []
