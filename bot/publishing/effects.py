"""What dialogues about publishing ask for, made to happen: the writing side of `bot.dialogues.shelf`.

Importing this module registers its effects with `bot.effects.apply`. Slow work becomes a job; what must hold at once
(a document withdrawn, or open to some units only) holds when the step is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.cards import named
from bot.dialogues.shelf import (
    CancelJob,
    DecideDocument,
    DropDocuments,
    PublishDocuments,
    ReceiveFiles,
    RestoreDocument,
)
from bot.domain.publishing import Intake, IntakeState, JobKind, Standing
from bot.effects import Scene, apply
from bot.errors import Conflict
from bot.store import intakes, jobs, publications
from bot.store.jobs import Asked


@apply.register
def _receive_files(effect: ReceiveFiles, scene: Scene) -> None:
    title = named([f"“{one.name}”" for one in effect.files])
    total = len(effect.files)
    job = jobs.add(scene.session, JobKind.READ, title, _asked(scene), scene.now, total=total)
    for one in effect.files:
        intakes.add(scene.session, job, one.ref, one.name, scene.now)
    scene.note("documents-received", title)


@apply.register
def _publish_documents(effect: PublishDocuments, scene: Scene) -> None:
    waiting = _ready(effect.intakes, scene)
    title = named([one.shown for one in waiting])
    job = jobs.add(scene.session, JobKind.PUBLISH, title, _asked(scene), scene.now, total=2 * len(waiting))
    by = scene.person.id if scene.person else None
    moved = intakes.move(scene.session, effect.intakes, IntakeState.READY, IntakeState.QUEUED, publishing=job, by=by)
    _unchanged(moved == len(waiting))
    scene.note("documents-publish", title)


@apply.register
def _drop_documents(effect: DropDocuments, scene: Scene) -> None:
    waiting = _ready(effect.intakes, scene)
    by = scene.person.id if scene.person else None
    moved = intakes.move(scene.session, effect.intakes, IntakeState.READY, IntakeState.DROPPED, by=by)
    _unchanged(moved == len(waiting))
    scene.note("documents-dropped", named([one.name for one in waiting]))


@apply.register
def _decide_document(effect: DecideDocument, scene: Scene) -> None:
    new = effect.new
    _unchanged(publications.put(scene.session, new, scene.person.id if scene.person else None, scene.now))
    if new.standing is Standing.WITHDRAWN:
        jobs.add(scene.session, JobKind.WITHDRAW, new.name, _asked(scene), scene.now, documents=[new.document])
    units = f", chỉ {', '.join(new.units)}" if new.units else ""
    scene.note("document-decided", new.name, f"{new.standing.vietnamese}{units}")


@apply.register
def _restore_document(effect: RestoreDocument, scene: Scene) -> None:
    was = effect.was
    now = publications.publication(scene.session, was.document)
    _unchanged(now is not None and now.revision == was.revision and now.standing is Standing.WITHDRAWN)
    waiting = [one for one in jobs.open_jobs(scene.session) if was.document in one.documents]
    _unchanged(not any(one.kind is JobKind.RESTORE for one in waiting))
    jobs.add(scene.session, JobKind.RESTORE, was.name, _asked(scene), scene.now, documents=[was.document])
    scene.note("document-restore", was.name)


@apply.register
def _cancel_job(effect: CancelJob, scene: Scene) -> None:
    job = jobs.job(scene.session, effect.job)
    _unchanged(jobs.cancel(scene.session, effect.job))
    scene.note("job-cancel", job.title if job else str(effect.job))


def _asked(scene: Scene) -> Asked:
    """Return who asked, and where the outcome is told."""
    person = scene.person.id if scene.person else None
    if scene.inbox_id is None:  # done on a page, which is no chat: every admin hears of it
        return Asked(person)
    return Asked(person, scene.incoming.channel, scene.incoming.chat)


def _ready(ids: Sequence[int], scene: Scene) -> list[Intake]:
    found = [intakes.intake(scene.session, one) for one in ids]
    ready = [one for one in found if one is not None and one.state is IntakeState.READY]
    _unchanged(len(ready) == len(ids) > 0)
    return ready


def _unchanged(holds: bool) -> None:
    if not holds:
        raise Conflict("changed meanwhile")
