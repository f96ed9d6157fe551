"""A whole report laid out for whoever reads it in chat: answers, repeats, files, lateness, history. Pure.

The numbers are those the clerk saw ("câu 3"), so that both speak of the same prompt.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.asking import VIETNAM
from bot.dialogues.managing import in_parts, short, when
from bot.dialogues.state import Context
from bot.domain.answers import shown
from bot.domain.filling import Draft, Spot, numbered, repeat_of
from bot.domain.forms import Form, Prompt, PromptKind
from bot.domain.messages import OutFile
from bot.domain.references import filled
from bot.domain.rounds import EventKind, Submission
from bot.forms.expressions import calculated

_LONGEST_BEFORE = 120  # characters shown of what an answer was the time before
_MOST_PARTS = 12  # messages of one report; what is longer is read in the Word export
ELSE = "Nội dung khác"  # heads what stands in no part of the form, behind a part
_EVENTS = {EventKind.SUBMITTED: "nộp", EventKind.RETURNED: "trả lại", EventKind.ACCEPTED: "nhận"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a report as its reader sees it."""

    number: int  # as the clerk saw it, "câu 3"
    prompt: Prompt
    part: str  # of the form that it stands in, "" before any
    label: str  # what was asked, the answers put in that its words refer to
    value: str  # as it is stored
    was: str  # as people read it, what was handed in the time before; "" where that is the same, or the first time


def numbered_prompts(one: Submission, context: Context) -> list[Spot]:
    """Return the places of a report that "câu 3" counts."""
    return numbered(_form(one, context), one.draft, context.now.astimezone(VIETNAM).date())


def report_parts(one: Submission, context: Context) -> list[str]:
    """Return the report as messages of at most managing.LONGEST characters, at least one."""
    parts = in_parts("\n".join((*_head(one, context), *_answers(one, context))))
    if len(parts) <= _MOST_PARTS:
        return parts
    note = "… Báo cáo còn dài; anh/chị xem trọn vẹn trong bản Word: /dotbaocao, Xuất Word."
    return [*parts[: _MOST_PARTS - 1], note]


def attached(one: Submission, context: Context) -> tuple[OutFile, ...]:
    """Return the files of a report, each once, as they were named by their sender."""
    form = _form(one, context)
    digests = [
        digest
        for spot in numbered_prompts(one, context)
        if form.prompt(spot.name).kind is PromptKind.FILE
        for digest in one.draft.value(spot, repeat_of(form, spot)).split()
    ]
    names = {digest: context.desk.file_name(digest) for digest in dict.fromkeys(digests)}
    return tuple(
        OutFile(digest, name, mimetypes.guess_type(name)[0] or "application/octet-stream")
        for digest, name in names.items()
    )


def history_text(one: Submission, context: Context) -> str:
    """Return what happened to a report, one line an event."""
    lines = [
        f"• {when(event.at)}: {event.actor or 'cán bộ'} {_EVENTS[event.kind]}{f' ({event.note})' if event.note else ''}"
        for event in context.desk.history(one.id)
    ]
    return in_parts("\n".join(["Lịch sử báo cáo:", *lines]))[0]


def _form(one: Submission, context: Context) -> Form:
    opened = context.desk.round(one.round)
    if opened is None:  # its foreign key keeps it there
        raise LookupError(f"submission {one.id} belongs to no round")
    return context.desk.form(opened.form)


def _head(one: Submission, context: Context) -> list[str]:
    opened = context.desk.round(one.round)
    unit = next((unit.name for unit in context.office.units() if unit.key == one.unit), one.unit)
    lines = [f"{opened.title if opened else 'Báo cáo'} – {unit}"]
    if one.submitted_at:
        late = " · NỘP MUỘN" if one.late else ""
        by = f"{one.editor_name} nộp" if one.editor_name else "Nộp"
        lines.append(f"{by} lúc {when(one.submitted_at)}, biên nhận {one.receipt}{late}")
    else:
        lines.append(f"Trạng thái: {one.state.vietnamese}")
    reasons = [event.note for event in context.desk.history(one.id) if event.kind is EventKind.RETURNED]
    return [*lines, f"Lần trước bị trả lại: {reasons[-1]}"] if reasons else lines


def answers(one: Submission, context: Context) -> Iterator[Answer]:
    """Yield every answer of a report in the order of its form."""
    form, before, part = _form(one, context), _before(one, context), ""
    values = calculated(form, one.draft.values, context.now.astimezone(VIETNAM).date())
    for number, spot in enumerate(numbered_prompts(one, context), 1):
        prompt, repeat = form.prompt(spot.name), repeat_of(form, spot)
        entry: Mapping[str, str] = {}
        where = prompt.group
        if repeat is not None and spot.entry is not None:
            where = f"{repeat.label or repeat.name} {spot.entry + 1}"
            entries = values.get(repeat.name, ())
            entry = entries[spot.entry] if spot.entry < len(entries) else {}
        part = where or (ELSE if part else "")
        value = one.draft.value(spot, repeat)
        was = ""
        if before is not None and (old := before.value(spot, repeat)) != value:
            was = short(_value(prompt, old, context), _LONGEST_BEFORE)
        yield Answer(number, prompt, part, filled(form, values, prompt.label.rstrip(), entry), value, was)


def _answers(one: Submission, context: Context) -> Iterator[str]:
    part = ""
    for answer in answers(one, context):
        if answer.part != part:
            yield f"— {answer.part}"
        part = answer.part
        colon = "" if answer.label.endswith(("?", ":")) else ":"
        was = f" [đã sửa, lần trước: {answer.was}]" if answer.was else ""
        yield f"{answer.number}. {answer.label}{colon} {_value(answer.prompt, answer.value, context)}{was}"


def _before(one: Submission, context: Context) -> Draft | None:
    """Return what was handed in the time before; None where this is the first time."""
    handed_in = [event for event in context.desk.history(one.id) if event.kind is EventKind.SUBMITTED]
    return Draft(handed_in[-2].values) if len(handed_in) > 1 else None


def _value(prompt: Prompt, value: str, context: Context) -> str:
    if prompt.kind is PromptKind.FILE and value:
        return ", ".join(context.desk.file_name(digest) for digest in value.split())
    return shown(prompt, value)
