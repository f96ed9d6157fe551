"""The real `Desk`: forms, rounds and submissions read from the database, files kept by content.

What other parts of the program do for it (fetch a file of a channel, make a workbook, write an export) comes in as
functions, `Helpers`; where one is missing, the file is refused in words. Each question is answered on the state of
that moment; that a step is decided on what still holds when it is kept is for its effects to check.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from bot.asking import Source
from bot.dialogues.desk import Desk, FileRefused
from bot.domain import attachments
from bot.domain.forms import Form, Value
from bot.domain.messages import Attachment, OutFile
from bot.domain.people import Person, Unit
from bot.domain.rounds import Event, FormVersion, Round, Standing, Submission
from bot.store import forms, people, rounds, submissions, uploads
from knowledge.db import reading

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.store.files import Files
    from knowledge.document import Document

KEPT = "sha256:"  # an Attachment.ref that begins so names a file that is kept already: the web's
UPLOAD_PATH = "/tai-len/"
LOGIN_PATH = "/quan-tri/vao/"
_UNNAMED = "tệp"
_KINDS = ("kế hoạch", "chương trình", "đề án", "phương án")  # of documents that set tasks


@dataclass(frozen=True, slots=True)
class Made:
    """A file that was made here."""

    content: bytes
    name: str  # for the reader, "bao-cao-quy-iv.xlsx"
    mime: str


Fetch = Callable[[str, Attachment, int], bytes]  # channel, file, most bytes; FileRefused where it cannot be had
Expect = Callable[[str, Sequence[Attachment], int], None]  # channel, files, most bytes; waits until all are there
Generate = Callable[["Document"], Made]  # a form workbook from a plan; FileRefused where there is nothing to ask
Told = Callable[["Session", Sequence[Round]], tuple[Round, ...]]  # rounds as the reader may hear of them
Export = Callable[[Desk, int, str, datetime], Made]  # desk, round, "xlsx" or "docx", now


def _by_name(session: Session, found: Sequence[Round]) -> tuple[Round, ...]:
    return tuple(found)


def _no_fetch(channel: str, attachment: Attachment, limit: int) -> bytes:
    raise FileRefused("Kênh này chưa nhận được tệp. Anh/chị gửi qua trang web hoặc Telegram.")


def _no_expect(channel: str, files: Sequence[Attachment], limit: int) -> None:
    return None


def _no_generate(document: Document) -> Made:
    raise FileRefused("Bản cài đặt này chưa tạo được biểu mẫu từ kế hoạch. Anh/chị gửi một tệp XLSForm.")


def _no_export(desk: Desk, round_id: int, format: str, now: datetime) -> Made:
    raise FileRefused("Bản cài đặt này chưa xuất được báo cáo tổng hợp.")


@dataclass(frozen=True, slots=True)
class Helpers:
    """What other parts of the program do for the desk."""

    files: Files
    fetch: Fetch = _no_fetch
    generate: Generate = _no_generate
    export: Export = _no_export
    public_url: str | None = None  # of the web pages, without a slash at the end; None: nobody can reach them
    local_url: str | None = None  # likewise for people at this machine, where the pages are served on loopback
    known_forms: dict[int, Form] = field(default_factory=dict)  # a version never changes: read once
    expect: Expect = _no_expect

    def content(self, channel: str, attachment: Attachment, sent: Sequence[Attachment]) -> bytes:
        """Return what a file holds that was `sent` with others, all of which are fetched at once."""
        limit, taken = attachments.MAX_BYTES, attachments.CARRIED
        wanted = [one for one in sent if attachments.refusal(one.name, one.size, b"", taken) is None]
        self.expect(channel, [one for one in wanted if not one.ref.startswith(KEPT)], limit)
        return self.fetch(channel, attachment, limit)


@dataclass(frozen=True, slots=True)
class LiveDesk:
    """A dialogue's Desk over the real world, for one step."""

    engine: Engine
    source: Source
    helpers: Helpers
    channel: str
    now: datetime
    sent: tuple[Attachment, ...] = ()  # with the message of this step
    told: Told = _by_name

    def rounds(self) -> tuple[Round, ...]:
        """Return every round, the soonest due first; closed ones last."""
        with reading(self.engine) as session:
            return self.told(session, rounds.rounds(session))

    def round(self, round_id: int) -> Round | None:
        """Return one round."""
        with reading(self.engine) as session:
            one = rounds.round_(session, round_id)
            return self.told(session, (one,))[0] if one is not None else None

    def form(self, version: int) -> Form:
        """Return the form of a version; KeyError where there is none."""
        known = self.helpers.known_forms
        if version not in known:
            with reading(self.engine) as session:
                form = forms.form(session, version)
            if form is None:
                raise KeyError(version)
            known[version] = form
        return known[version]

    def forms(self) -> tuple[FormVersion, ...]:
        """Return the newest version of every form, the last uploaded first."""
        with reading(self.engine) as session:
            return forms.versions(session)

    def read_form(self, attachment: Attachment) -> tuple[FormVersion | None, tuple[str, ...]]:
        """Read a kept workbook as a form: the version (id 0) it would be, or its problems in words, with their rows."""
        from bot.forms.workbook import read_workbook  # pyxform takes a while

        digest = attachment.ref.removeprefix(KEPT)
        form, problems = read_workbook(self.helpers.files.read(digest), attachment.name)
        return (FormVersion(0, form, digest, "", self.now) if form else None), problems

    def generated_form(self, position: int) -> OutFile:
        """Make a form workbook from the indexed plan at `position` of the library and return it, kept."""
        library = self.source.current()
        if library is None or not 0 <= position < len(library.cards):
            raise FileRefused("Văn bản này không còn trong kho. Anh/chị xem lại danh sách văn bản.")
        return self._kept(self.helpers.generate(library.document(position)))

    def owed(self, unit: str) -> tuple[Round, ...]:
        """Return the rounds that take reports now and are owed by `unit`, accepted ones aside; soonest due first."""
        with reading(self.engine) as session:
            return self.told(session, rounds.owed(session, unit, self.now))

    def submission(self, round_id: int, unit: str) -> Submission | None:
        """Return what `unit` has in a round; None: nothing yet."""
        with reading(self.engine) as session:
            return submissions.of_unit(session, round_id, unit)

    def submission_by_id(self, submission_id: int) -> Submission | None:
        """Return one submission."""
        with reading(self.engine) as session:
            return submissions.submission(session, submission_id)

    def waiting(self) -> tuple[Submission, ...]:
        """Return the submissions that wait to be accepted or returned, oldest first."""
        with reading(self.engine) as session:
            return submissions.waiting(session)

    def history(self, submission_id: int) -> tuple[Event, ...]:
        """Return what happened to a submission, oldest first."""
        with reading(self.engine) as session:
            return submissions.history(session, submission_id)

    def standings(self, round_id: int) -> tuple[Standing, ...]:
        """Return the units of a round with what each did, in the order of the round."""
        with reading(self.engine) as session:
            one = rounds.round_(session, round_id)
            units = {unit.key: unit for unit in people.units(session)}
            reports = submissions.of_round(session, round_id)
        return tuple(Standing(units[key], reports.get(key)) for key in one.units) if one else ()

    def last_values(self, round_id: int, unit: str) -> Mapping[str, Value]:
        """Return what `unit` handed in last with the same form id in an earlier round; {} where it never did."""
        with reading(self.engine) as session:
            return submissions.last_values(session, round_id, unit)

    def units(self) -> tuple[Unit, ...]:
        """Return the active units by name."""
        with reading(self.engine) as session:
            return tuple(unit for unit in people.units(session) if unit.active)

    def people(self) -> tuple[Person, ...]:
        """Return the active people by name."""
        with reading(self.engine) as session:
            return tuple(sorted(people.people(session), key=lambda one: (one.name, one.id)))

    def documents(self) -> tuple[Document, ...]:
        """Return the indexed plans and programmes a form can be made from, in the library's order."""
        library = self.source.current()
        if library is None:
            return ()
        plans = (at for at, card in enumerate(library.cards) if card.header.kind in _KINDS)
        return tuple(library.document(at) for at in plans)

    def fetched(self, attachment: Attachment) -> Attachment:
        """Return a received file with its content kept, `ref` its sha256; FileRefused where it cannot be taken."""
        name = attachments.shown_name(attachment.name)
        _refuse(attachments.refusal(name, attachment.size, b""))
        content, digest = self._content(attachment)
        _refuse(attachments.refusal(name, len(content), content[: attachments.HEAD]))
        _refuse(None if content else attachments.empty_refusal(name))
        ref = digest or self.helpers.files.put(content)
        return replace(attachment, ref=ref, name=name, mime=attachments.mime_of(name), size=len(content))

    def exported(self, round_id: int, format: str) -> OutFile:
        """Return the consolidated report ("xlsx" or "docx") of a round, kept as a file."""
        return self._kept(self.helpers.export(self, round_id, format, self.now))

    def file_name(self, sha256: str) -> str:
        """Return how a kept attachment was named by its sender; "tệp" where nobody said."""
        with reading(self.engine) as session:
            return uploads.name(session, sha256) or _UNNAMED

    def fresh_token(self) -> str:
        """Return a new unguessable token for an upload page."""
        return secrets.token_urlsafe(24)

    def upload_url(self, token: str) -> str | None:
        """Return the address of the upload page for `token`; None where no public address is set."""
        return f"{self.helpers.public_url}{UPLOAD_PATH}{token}" if self.helpers.public_url else None

    def login_url(self, token: str) -> str | None:
        """Return the address that signs in to the admin pages with `token`; None where no page can be reached."""
        address = self.helpers.public_url or self.helpers.local_url
        return f"{address}{LOGIN_PATH}{token}" if address else None

    def _content(self, attachment: Attachment) -> tuple[bytes, str | None]:
        """Return the content of a received file, with its sha256 where it was kept before."""
        if not attachment.ref.startswith(KEPT):
            return self.helpers.content(self.channel, attachment, self.sent), None
        digest = attachment.ref.removeprefix(KEPT)
        try:
            return self.helpers.files.read(digest), digest
        except (FileNotFoundError, ValueError) as error:
            raise FileRefused("Tệp này không còn được giữ. Anh/chị gửi lại.") from error

    def _kept(self, made: Made) -> OutFile:
        return OutFile(self.helpers.files.put(made.content), made.name, made.mime)


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise FileRefused(reason)
