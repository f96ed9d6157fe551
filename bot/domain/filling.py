"""Filling in a form one prompt at a time: what comes next, what is left, what a number refers to.

Pure: a Draft in, a Draft out. The position is never stored; it follows from the answers, so a draft resumed after
days, on another channel or after a restart is always at the right place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from bot.domain.forms import Form, Prompt, PromptKind, Repeat, Value
from bot.forms.expressions import Instance, calculated, is_allowed, is_relevant, is_required

_SILENT = (PromptKind.NOTE, PromptKind.CALCULATE)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in the course of a form: a prompt, or the question whether a repeat has another entry."""

    name: str  # of the prompt, or of the repeat when `more`
    entry: int | None = None  # of the repeat, 0-based; None outside repeats
    more: bool = False  # "có thêm … không?"


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers so far."""

    values: Mapping[str, Value] = field(default_factory=dict)
    skipped: frozenset[Spot] = frozenset()  # left empty on purpose: not asked again until the end
    closed: frozenset[str] = frozenset()  # repeats said to have no further entry

    def value(self, spot: Spot, repeat: Repeat | None) -> str:
        """Return the stored answer at `spot`, "" where there is none."""
        if repeat is None or spot.entry is None:
            value = self.values.get(spot.name, "")
            return value if isinstance(value, str) else ""
        entries = _entries(self.values, repeat.name)
        return entries[spot.entry].get(spot.name, "") if spot.entry < len(entries) else ""


def spots(form: Form, draft: Draft, today: date) -> list[Spot]:
    """Return every place that is relevant, given the answers so far, in the order of the form."""
    instance = Instance(form, calculated(form, draft.values, today), today)
    found: list[Spot] = []
    for item in form.items:
        if isinstance(item, Prompt):
            if item.kind not in _SILENT and is_relevant(item, instance):
                found.append(Spot(item.name))
            continue
        if not is_relevant(item, instance):
            continue
        entries = _entries(draft.values, item.name)
        for index in range(len(entries)):
            found += [
                Spot(prompt.name, index)
                for prompt in item.prompts
                if prompt.kind not in _SILENT and is_relevant(prompt, instance, item, index)
            ]
        found.append(Spot(item.name, len(entries), more=True))
    return found


def next_spot(form: Form, draft: Draft, today: date) -> Spot | None:
    """Return the first place still to be answered; None when the report is ready for review."""
    for spot in spots(form, draft, today):
        if spot.more:
            if spot.name not in draft.closed:
                return spot
        elif spot not in draft.skipped and not draft.value(spot, repeat_of(form, spot)):
            return spot
    return None


def answered(form: Form, draft: Draft, spot: Spot, value: str, today: date) -> Draft:
    """Return the draft with `value` at `spot`; "" and a skip mark where it is left empty."""
    repeat = repeat_of(form, spot)
    values: dict[str, Any] = dict(draft.values)
    if repeat is None or spot.entry is None:
        values[spot.name] = value
    else:
        entries = [dict(entry) for entry in _entries(values, repeat.name)]
        entries[spot.entry][spot.name] = value
        values[repeat.name] = tuple(entries)
    skipped = draft.skipped | {spot} if not value else draft.skipped - {spot}
    return _without_irrelevant(form, replace(draft, values=values, skipped=skipped), today)


def with_entry(draft: Draft, name: str) -> Draft:
    """Return the draft with one more, empty entry of the repeat `name`; defaults are offered when it is asked."""
    values = {**draft.values, name: (*_entries(draft.values, name), {})}
    return replace(draft, values=values, closed=draft.closed - {name})


def without_entry(form: Form, draft: Draft, name: str, entry: int, today: date) -> Draft:
    """Return the draft without one entry of the repeat `name`; those behind it move up."""
    repeat = next(item for item in form.items if isinstance(item, Repeat) and item.name == name)
    inside = {prompt.name for prompt in repeat.prompts}
    entries = _entries(draft.values, name)
    skipped = frozenset(
        replace(spot, entry=spot.entry - 1) if spot.entry > entry else spot
        for spot in draft.skipped
        if spot.entry is not None and spot.name in inside and spot.entry != entry
    ) | frozenset(spot for spot in draft.skipped if spot.name not in inside)
    values = {**draft.values, name: (*entries[:entry], *entries[entry + 1 :])}
    return _without_irrelevant(form, replace(draft, values=values, skipped=skipped), today)


def without_more(draft: Draft, name: str) -> Draft:
    """Return the draft with the repeat `name` said to be complete."""
    return replace(draft, closed=draft.closed | {name})


def previous_spot(form: Form, draft: Draft, current: Spot | None, today: date) -> Spot | None:
    """Return the place before `current` (before the review when None) that "quay lại" goes to."""
    course = spots(form, draft, today)
    position = course.index(current) if current in course else len(course)
    return next((spot for spot in reversed(course[:position]) if not spot.more), None)


def numbered(form: Form, draft: Draft, today: date) -> list[Spot]:
    """Return the places that "sửa câu 3" counts: the prompts, "có thêm không?" aside."""
    return [spot for spot in spots(form, draft, today) if not spot.more]


def missing(form: Form, draft: Draft, today: date) -> list[Spot]:
    """Return the required prompts that are still empty: a report with any cannot be submitted."""
    instance = Instance(form, calculated(form, draft.values, today), today)
    return [
        spot
        for spot in numbered(form, draft, today)
        if not draft.value(spot, repeat_of(form, spot)) and required(form, spot, instance)
    ]


def required(form: Form, spot: Spot, instance: Instance) -> bool:
    """Tell whether the prompt at `spot` must be answered."""
    return is_required(form.prompt(spot.name), instance, repeat_of(form, spot), spot.entry or 0)


def allowed(form: Form, draft: Draft, spot: Spot, value: str, today: date) -> bool:
    """Tell whether `value` meets the constraint of the prompt at `spot`, the other answers being as they are."""
    tried = answered(form, draft, spot, value, today)
    instance = Instance(form, calculated(form, tried.values, today), today)
    return is_allowed(form.prompt(spot.name), instance, repeat_of(form, spot), spot.entry or 0)


def must_answer(form: Form, draft: Draft, spot: Spot, today: date) -> bool:
    """Tell whether "bỏ qua" is refused at `spot`."""
    return required(form, spot, Instance(form, calculated(form, draft.values, today), today))


def repeat_of(form: Form, spot: Spot) -> Repeat | None:
    """Return the repeat that the prompt at `spot` belongs to."""
    if spot.entry is None or spot.more:
        return None
    return next((repeat for prompt, repeat in form.prompts() if prompt.name == spot.name and repeat), None)


def _without_irrelevant(form: Form, draft: Draft, today: date) -> Draft:
    """Drop answers that no longer apply, so that none is submitted that the reviewer of the report never saw."""
    relevant = set(spots(form, draft, today))
    values: dict[str, Any] = dict(draft.values)
    for prompt, repeat in form.prompts():
        if prompt.kind in _SILENT:
            continue
        if repeat is None:
            if Spot(prompt.name) not in relevant:
                values.pop(prompt.name, None)
        else:
            values[repeat.name] = tuple(
                {k: v for k, v in entry.items() if k != prompt.name or Spot(k, index) in relevant}
                for index, entry in enumerate(_entries(values, repeat.name))
            )
    return replace(draft, values=values)


def _entries(values: Mapping[str, Value], name: str) -> tuple[Mapping[str, str], ...]:
    value = values.get(name)
    return value if isinstance(value, tuple) else ()
