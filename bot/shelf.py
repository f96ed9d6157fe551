"""The real `Shelf`: received files, jobs and decisions read from the database, for one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from bot.desk import KEPT, Helpers
from bot.dialogues.desk import FileRefused
from bot.domain import attachments
from bot.domain.messages import Attachment
from bot.domain.publishing import Intake, Job, Publication
from bot.receiving import problem
from bot.store import intakes, jobs, publications
from knowledge.db import reading

_ENDED = 5  # finished jobs that are shown


@dataclass(frozen=True, slots=True)
class LiveShelf:
    """A dialogue's Shelf over the real world."""

    engine: Engine
    helpers: Helpers | None
    channel: str
    sent: tuple[Attachment, ...] = ()  # with the message of this step

    def taken(self, attachment: Attachment) -> Attachment:
        """Return a received file with its content kept, `ref` its sha256; FileRefused where it cannot be taken."""
        if self.helpers is None:
            raise FileRefused("Kênh này chưa nhận được tệp. Anh/chị gửi qua trang web hoặc Telegram.")
        name = attachments.shown_name(attachment.name)
        _refuse(problem(name, attachment.size, b""))
        if attachment.ref.startswith(KEPT):
            return self._kept(attachment, name, self.helpers)
        content = self.helpers.content(self.channel, attachment, self.sent)
        _refuse(problem(name, len(content), content[: attachments.HEAD]))
        _refuse(None if content else attachments.empty_refusal(name))
        digest = self.helpers.files.put(content)
        return replace(attachment, ref=digest, name=name, mime=attachments.mime_of(name), size=len(content))

    def _kept(self, attachment: Attachment, name: str, helpers: Helpers) -> Attachment:
        digest = attachment.ref.removeprefix(KEPT)
        try:
            if helpers.files.path(digest).exists():
                return replace(attachment, ref=digest, name=name, mime=attachments.mime_of(name))
        except ValueError as error:
            raise FileRefused("Tệp này không còn được giữ. Anh/chị gửi lại.") from error
        raise FileRefused("Tệp này không còn được giữ. Anh/chị gửi lại.")

    def intake(self, intake_id: int) -> Intake | None:
        """Return one received file."""
        with reading(self.engine) as session:
            return intakes.intake(session, intake_id)

    def intakes(self, job_id: int) -> tuple[Intake, ...]:
        """Return the files that one job reads."""
        with reading(self.engine) as session:
            return intakes.of_job(session, job_id)

    def undecided(self) -> tuple[Intake, ...]:
        """Return the files that wait for a decision, the oldest first."""
        with reading(self.engine) as session:
            return intakes.undecided(session)

    def jobs(self) -> tuple[Job, ...]:
        """Return what waits or runs, the oldest first, then what ended last."""
        with reading(self.engine) as session:
            return (*jobs.open_jobs(session), *jobs.ended(session, _ENDED))

    def job(self, job_id: int) -> Job | None:
        """Return one job."""
        with reading(self.engine) as session:
            return jobs.job(session, job_id)

    def decided(self) -> Mapping[str, Publication]:
        """Return what was decided on documents, by their key; those never spoken of are left out."""
        with reading(self.engine) as session:
            return {one.document: one for one in publications.every(session)}


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise FileRefused(reason)
