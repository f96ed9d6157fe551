"""The report in hand: form, answers and what this chat is at, read anew for each message; and how a step ends.

Knows nothing of words: what is said comes from the other modules of this folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.asking import VIETNAM
from bot.dialogues.desk import SaveDraft
from bot.dialogues.state import Context, Effect, Filling, State, Step
from bot.domain.filling import Draft, Spot, numbered, repeat_of
from bot.domain.forms import Form, Prompt, PromptKind, Repeat
from bot.domain.messages import Choice, Reply
from bot.domain.people import Unit
from bot.domain.rounds import EDITABLE, EventKind, Round, Submission, SubmissionState
from bot.forms.expressions import calculated


class Doing(StrEnum):
    """What the last message of a report wants; `Filling.doing`."""

    ROUND = "round"  # which of several reports
    SHOW = "show"  # which of several reports to look at
    START = "start"  # last period's answers, or anew
    ASK = "ask"  # answers to `asked`
    REVIEW = "review"  # to be submitted
    WHICH = "which"  # the number of the prompt to change
    CANCEL = "cancel"  # really?
    DROP = "drop"  # really take this entry away?
    CLASH = "clash"  # somebody else answered `asked` meanwhile: `typed` instead?
    QUOTE = "quote"  # `typed` was a question: or is it the answer?
    ATTACH = "attach"  # the files in `typed`: to which prompt?


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit's report in one round, as it stands, and where this chat is in it."""

    round: Round
    form: Form
    unit: Unit
    submission: Submission | None
    draft: Draft
    filling: Filling
    context: Context
    names: Mapping[str, str] = field(default_factory=dict)  # of the files this message brought, by sha256

    @property
    def today(self) -> date:
        """The day of this step in Vietnam."""
        return self.context.now.astimezone(VIETNAM).date()

    @property
    def course(self) -> list[Spot]:
        """The prompts in order, as they are numbered for people."""
        return numbered(self.form, self.draft, self.today)

    def prompt(self, spot: Spot) -> Prompt:
        """Return the prompt at `spot`, which is not a "có thêm không?"."""
        return self.form.prompt(spot.name)

    def repeat(self, name: str) -> Repeat:
        """Return the repeat called `name`."""
        return next(item for item in self.form.items if isinstance(item, Repeat) and item.name == name)

    def value(self, spot: Spot) -> str:
        """Return the answer at `spot`, "" where there is none."""
        return "" if spot.more else self.draft.value(spot, repeat_of(self.form, spot))

    def number(self, spot: Spot) -> int:
        """Return the number of `spot` as people see it; 0 where it has none."""
        course = self.course
        return course.index(spot) + 1 if spot in course else 0

    def answered_count(self) -> int:
        """Return how many prompts are done with."""
        return sum(1 for spot in self.course if self.value(spot) or spot in self.draft.skipped)

    def fingerprint(self) -> str:
        """Return what tells these answers from any others."""
        listed = [(spot.name, spot.entry, self.value(spot)) for spot in self.course]
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()[:16]

    def touched_by_other(self) -> str:
        """Return the name of somebody else who changed the report last; "" where nobody did."""
        one, person = self.submission, self.context.person
        return one.editor_name if one and person and one.editor not in (None, person.id) else ""


def load(round_: Round, filling: Filling, unit: Unit, context: Context) -> Sheet:
    """Return the report of `unit` in `round_` as it stands now."""
    submission = context.desk.submission(round_.id, unit.key)
    draft = submission.draft if submission else Draft()
    return Sheet(round_, context.desk.form(round_.form), unit, submission, draft, filling, context)


def editable(sheet: Sheet) -> bool:
    """Tell whether the report may still be changed by its unit."""
    return sheet.submission is None or sheet.submission.state in EDITABLE


def to_fix(sheet: Sheet) -> list[Spot]:
    """Return the prompts that a return is about and that still say what was handed in, those kept on purpose aside."""
    one = sheet.submission
    if one is None or one.state is not SubmissionState.RETURNED or not one.to_fix:
        return []
    events = sheet.context.desk.history(one.id)
    handed_in = next((event for event in reversed(events) if event.kind is EventKind.SUBMITTED), None)
    if handed_in is None:
        return []
    before, form = Draft(handed_in.values), sheet.form
    found = []
    for spot in sheet.course:
        repeat = repeat_of(form, spot)
        named = spot.name in one.to_fix or (repeat is not None and repeat.name in one.to_fix)
        if named and spot not in sheet.filling.kept and sheet.value(spot) == before.value(spot, repeat):
            found.append(spot)
    return found


@dataclass(frozen=True, slots=True)
class Asking:
    """What is said next and what it makes of the report's place in this chat."""

    filling: Filling
    replies: tuple[Reply, ...]  # at least one
    effects: tuple[Effect, ...] = ()


def step(
    state: State, sheet: Sheet, asking: Asking, said: tuple[str, ...] = (), effects: tuple[Effect, ...] = ()
) -> Step:
    """Return the step that keeps the answers of `sheet` and goes on with `asking`, `said` before it in one message."""
    after = replace(state, holder="report", owner="report", choices=(), filling=asking.filling)
    return Step(after, _led(asking.replies, said), (*effects, *_saved(sheet, asking), *asking.effects))


def leave(state: State, *lines: str, effects: tuple[Effect, ...] = (), choices: tuple[Choice, ...] = ()) -> Step:
    """Return the step that ends the report in this chat."""
    after = replace(state, holder="", owner="ask", choices=(), filling=None)
    return Step(after, (Reply("\n".join(line for line in lines if line), choices),), effects)


def saved(sheet: Sheet) -> tuple[Effect, ...]:
    """Return the effect that keeps the answers, none where nothing changed."""
    stored = sheet.submission.draft if sheet.submission else Draft()
    return (_save(sheet),) if sheet.draft != stored else ()


def _saved(sheet: Sheet, asking: Asking) -> tuple[Effect, ...]:
    # A form that asks nothing yet still needs a submission to hand in.
    unbegun = sheet.submission is None and asking.filling.doing == Doing.REVIEW
    return saved(sheet) or ((_save(sheet),) if unbegun else ())


def _save(sheet: Sheet) -> SaveDraft:
    values = calculated(sheet.form, sheet.draft.values, sheet.today)
    revision = sheet.submission.revision if sheet.submission else 0
    return SaveDraft(sheet.round.id, sheet.unit.key, replace(sheet.draft, values=values), revision)


def _led(replies: tuple[Reply, ...], said: tuple[str, ...]) -> tuple[Reply, ...]:
    lead = "\n".join(line for line in said if line)
    if not lead:
        return replies
    first, *others = replies
    return (replace(first, text=f"{lead}\n\n{first.text}"), *others)


def is_file(sheet: Sheet, spot: Spot) -> bool:
    """Tell whether `spot` is answered with files."""
    return not spot.more and sheet.prompt(spot).kind is PromptKind.FILE
