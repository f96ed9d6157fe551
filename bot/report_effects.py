"""What dialogues about reports ask for, made to happen: the writing side of `bot.dialogues.desk`.

Importing this module registers its effects with `bot.effects.apply`. Every change is written to the audit log, drafts
aside: of those there is one at every step.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogues.desk import (
    Accept,
    ChangeRound,
    DiscardDraft,
    IssueUpload,
    KeepFiles,
    KeepForm,
    OpenRound,
    ReopenRound,
    Return,
    SaveDraft,
    Submit,
    TellAdmins,
    TellUnit,
)
from bot.domain.people import Person, Role
from bot.domain.rounds import Round, Submission
from bot.effects import Scene, apply, tell
from bot.errors import Conflict
from bot.store import claims, forms, obligations, people, reminding, rounds, submissions, uploads


@apply.register
def _save_draft(effect: SaveDraft, scene: Scene) -> None:
    _taking(effect.round, effect.unit, scene)
    session, editor = scene.session, _id(scene)
    if effect.revision == 0:
        submissions.begin(session, effect.round, effect.unit, effect.draft, editor, scene.now)
    else:
        submissions.save(session, effect.round, effect.unit, effect.revision, effect.draft, editor, scene.now)


@apply.register
def _discard_draft(effect: DiscardDraft, scene: Scene) -> None:
    one = _submission(effect.submission, scene)
    submissions.discard(scene.session, one.id, effect.revision)
    scene.note("draft-discarded", _subject(one, scene))


@apply.register
def _submit(effect: Submit, scene: Scene) -> None:
    one = _submission(effect.submission, scene)
    _taking(one.round, one.unit, scene)
    submissions.submit(scene.session, one.id, effect.revision, effect.receipt, effect.late, _id(scene), scene.now)
    duty = reminding.duty_key(one.round)
    reminding.settle(scene.session, duty, scene.now, one.unit)
    claims.forget(scene.session, duty, one.unit)
    scene.note("report-submitted", _subject(one, scene), effect.receipt)


@apply.register
def _accept(effect: Accept, scene: Scene) -> None:
    one = _submission(effect.submission, scene)
    submissions.accept(scene.session, one.id, effect.revision, _id(scene), scene.now)
    reminding.settle(scene.session, reminding.duty_key(one.round), scene.now, one.unit)
    scene.note("report-accepted", _subject(one, scene), one.receipt or "")


@apply.register
def _return(effect: Return, scene: Scene) -> None:
    one = _submission(effect.submission, scene)
    submissions.give_back(scene.session, one.id, effect.revision, effect.reason, effect.to_fix, _id(scene), scene.now)
    scene.note("report-returned", _subject(one, scene), effect.reason)


@apply.register
def _keep_form(effect: KeepForm, scene: Scene) -> None:
    forms.add(scene.session, effect.form, effect.workbook, _id(scene), scene.now)
    scene.note("form-kept", effect.form.title, effect.form.version)


@apply.register
def _open_round(effect: OpenRound, scene: Scene) -> None:
    if forms.form(scene.session, effect.form) is None:
        raise Conflict(f"no form version {effect.form}")
    if any(people.unit(scene.session, key) is None for key in effect.units):
        raise Conflict("a unit of the round is not there")
    opened = Round(
        0, effect.title, effect.form, effect.opens_at, effect.due_at, effect.units, obligation=effect.obligation
    )
    round_id = rounds.add(scene.session, opened)
    if effect.obligation is not None:
        if not obligations.opened(scene.session, effect.obligation, round_id, scene.now):
            raise Conflict("the duty has an open round already")
        reminding.take_over(scene.session, effect.obligation, round_id, scene.now)
    scene.note("round-opened", effect.title, f"{round_id}")


@apply.register
def _change_round(effect: ChangeRound, scene: Scene) -> None:
    before = rounds.round_(scene.session, effect.round)
    changed = rounds.change(scene.session, effect.round, due_at=effect.due_at, closed_at=effect.closed_at)
    if before is None or not changed:
        raise Conflict("the round was closed meanwhile")
    reminding.settle(scene.session, reminding.duty_key(effect.round), scene.now)
    scene.note(
        "round-closed" if effect.closed_at else "round-due", before.title, f"{effect.closed_at or effect.due_at}"
    )


@apply.register
def _reopen_round(effect: ReopenRound, scene: Scene) -> None:
    before = rounds.round_(scene.session, effect.round)
    if before is None or not rounds.reopen(scene.session, effect.round, effect.due_at):
        raise Conflict("the round was reopened meanwhile")
    reminding.settle(scene.session, reminding.duty_key(effect.round), scene.now)
    scene.note("round-reopened", before.title, f"{effect.due_at}")


@apply.register
def _keep_files(effect: KeepFiles, scene: Scene) -> None:
    uploads.keep(scene.session, effect.files, scene.now)


@apply.register
def _issue_upload(effect: IssueUpload, scene: Scene) -> None:
    one = scene.incoming
    uploads.issue(scene.session, effect.token, uploads.Link(one.channel, one.chat, one.sender, effect.expires))


@apply.register
def _tell_admins(effect: TellAdmins, scene: Scene) -> None:
    _tell_all(people.people(scene.session, role=Role.ADMIN), effect, scene)


@apply.register
def _tell_unit(effect: TellUnit, scene: Scene) -> None:
    _tell_all(people.people(scene.session, role=Role.CLERK, unit=effect.unit), effect, scene)


def _tell_all(audience: Iterable[Person], effect: TellAdmins | TellUnit, scene: Scene) -> None:
    for person in audience:
        tell(scene, person.id, effect.reply, effect.key)


def _taking(round_id: int, unit: str, scene: Scene) -> None:
    """Make sure that the round still takes the unit's report: it may have been closed since the step was decided."""
    one = rounds.round_(scene.session, round_id)
    if one is None or unit not in one.units or not one.takes(scene.now):
        raise Conflict("the round takes no report of the unit any more")


def _submission(submission_id: int, scene: Scene) -> Submission:
    one = submissions.submission(scene.session, submission_id)
    if one is None:
        raise Conflict("the report was discarded meanwhile")
    return one


def _subject(one: Submission, scene: Scene) -> str:
    unit, opened = people.unit(scene.session, one.unit), rounds.round_(scene.session, one.round)
    return f"{unit.name if unit else one.unit} · {opened.title if opened else one.round}"


def _id(scene: Scene) -> int | None:
    return scene.person.id if scene.person else None
