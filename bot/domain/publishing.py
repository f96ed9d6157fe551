"""Documents on their way into the library and what became of them: values and the few rules on them.

Pure: knows no database, no file and no channel.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.pace import Reached
from bot.domain.people import Action, Person, Unit, current_unit, may


class IntakeState(StrEnum):
    """Where a received file stands."""

    READING = "reading"  # waits to be read, or is being read
    READY = "ready"  # read, an admin decides
    QUEUED = "queued"  # to be published, its job waits or runs
    PUBLISHED = "published"
    DROPPED = "dropped"  # an admin decided against it; nothing of it is kept
    REFUSED = "refused"  # it cannot be taken; nothing of it is kept


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a received document, as an admin needs it for a decision."""

    name: str  # "Kế hoạch 912/KH-SNNMT"
    subject: str
    issuer: str
    issuer_inferred: bool
    date: str  # "27/03/2025"; "" when unknown
    sections: int
    duties: tuple[str, ...]  # one line each, those with a time
    findings: tuple[str, ...]  # one line each, serious ones first
    relations: tuple[str, ...]  # what it replaces, amends, repeats
    pages: tuple[int, ...] = ()  # recognised pages whose text is doubtful
    known: bool = False  # the very same file is published already


@dataclass(frozen=True, slots=True)
class Intake:
    """One received file."""

    id: int
    job: int  # Job.id that reads it
    sha256: str
    name: str  # as its sender named it; never used as a path
    state: IntakeState
    examined: Examined | None  # None until it is read, and of a refused one
    reason: str  # why it was refused; "" otherwise
    received_at: datetime

    @property
    def shown(self) -> str:
        """What it is called: as the document it is, or as the file it came in."""
        return self.examined.name if self.examined else self.name


class JobKind(StrEnum):
    """What a job does."""

    READ = "read"  # read and analyse received files
    PUBLISH = "publish"  # put read documents into the index
    WITHDRAW = "withdraw"  # take a document out of the index
    RESTORE = "restore"  # put a withdrawn one back

    @property
    def lane(self) -> str:
        """One job of a lane runs at a time, over all processes: a long scan must not hold up the index."""
        return "reading" if self is JobKind.READ else "indexing"

    @property
    def vietnamese(self) -> str:
        """What it does, as users read it."""
        return {"read": "Đọc tệp", "publish": "Công bố", "withdraw": "Gỡ văn bản", "restore": "Khôi phục"}[self.value]


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"  # nothing was changed
    CANCELLED = "cancelled"  # nothing was changed

    @property
    def vietnamese(self) -> str:
        """The state as users read it."""
        return _JOB_STATES[self]

    @property
    def open(self) -> bool:
        """Tell whether something is still to be done."""
        return self in (JobState.QUEUED, JobState.RUNNING)


_JOB_STATES = {
    JobState.QUEUED: "đang chờ",
    JobState.RUNNING: "đang chạy",
    JobState.DONE: "đã xong",
    JobState.FAILED: "không thành công",
    JobState.CANCELLED: "đã hủy",
}


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work on documents."""

    id: int
    kind: JobKind
    state: JobState
    title: str  # what it is about: names of documents or files
    documents: tuple[str, ...]  # keys of documents a WITHDRAW or RESTORE is about
    done: int  # of `total`, files or documents
    total: int
    page: int  # of `pages`, scanned pages of the file at hand that are recognised; 0 of 0 where none are
    pages: int
    seconds_left: int | None  # an estimate; None: too early to tell
    cancelling: bool  # somebody wants it to end
    error: str  # Vietnamese, why it failed
    requested_by: int | None  # Person.id; None: the watched folder
    channel: str  # where it was asked for, "" where in no chat
    chat: str
    attempts: int  # that were begun
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def share(self) -> float:
        """How much of it is done, 0..1."""
        return (self.done + (self.page / self.pages if self.pages else 0.0)) / self.total if self.total else 0.0

    def at(self, reached: Reached) -> Job:
        """Return the job when it is that far."""
        return replace(self, **{field.name: getattr(reached, field.name) for field in fields(reached)})


class Standing(StrEnum):
    """What a published document is worth now, as an admin said; a document nobody spoke of is in force."""

    IN_FORCE = "in-force"
    REPLACED = "replaced"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"  # answered from no more

    @property
    def vietnamese(self) -> str:
        """The standing as users read it."""
        return _STANDINGS[self]


_STANDINGS = {
    Standing.IN_FORCE: "còn hiệu lực",
    Standing.REPLACED: "đã bị thay thế",
    Standing.EXPIRED: "hết hiệu lực",
    Standing.WITHDRAWN: "đã gỡ",
}


@dataclass(frozen=True, slots=True)
class Publication:
    """What was decided on one document."""

    document: str  # DocumentCard.key
    name: str  # "Kế hoạch 912/KH-SNNMT", to be shown while it is withdrawn
    standing: Standing
    by: str = ""  # REPLACED: what replaces it, in words
    units: tuple[str, ...] = ()  # Unit.key; who may see it besides admins; (): everybody
    revision: int = 0  # changes so far: two that start from the same one cannot both be kept

    @property
    def plain(self) -> bool:
        """Tell whether it is in force and open to everybody."""
        return self.standing is Standing.IN_FORCE and not self.units


def standing(decided: Publication | None, units: Mapping[str, str] | None = None) -> str:
    """Return what was decided on a document, in a few words; "" for one in force and open to everybody.

    `units`: the names of units by their key; None: they are only counted.
    """
    if decided is None or decided.plain:
        return ""
    parts = [decided.standing.vietnamese] if decided.standing is not Standing.IN_FORCE else []
    if decided.by:
        parts[-1:] = [f"{decided.standing.vietnamese} bằng {decided.by}"]
    if decided.units and units is not None:
        parts.append(f"chỉ {', '.join(units.get(key, key) for key in decided.units)} và người quản trị xem được")
    elif decided.units:
        parts.append(f"chỉ {len(decided.units)} đơn vị xem được")
    return ", ".join(parts)


def hidden(
    publications: Collection[Publication], person: Person | None, units: Collection[Unit], *, private: bool
) -> frozenset[str]:
    """Return the documents that must not be shown to `person`, nor be known to exist.

    What some may see is shown in their private chats only: others read along in a group.
    """
    unrestricted = private and may(person, Action.MANAGE_DOCUMENTS)
    mine = person.unit if private and person is not None and person.active else None
    return frozenset(
        one.document
        for one in publications
        if one.standing is Standing.WITHDRAWN
        or (one.units and not unrestricted and (mine is None or mine not in _today(one.units, units)))
    )


def _today(keys: Collection[str], units: Collection[Unit]) -> set[str]:
    """Return the units themselves and those that took over their duties."""
    heirs = (current_unit(key, units) for key in keys)
    return {*keys, *(heir.key for heir in heirs if heir is not None)}
