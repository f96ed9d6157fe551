"""One report: every answer, the files, what happened to it, accepting it and giving it back.

Of a report that is being written nothing is shown but that it is; of one that was given back, what was handed in last.
What is decided on is the revision that the page showed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from urllib.parse import quote

from starlette.datastructures import FormData
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute

from bot.dialogues import review_report
from bot.dialogues.deciding import accepting, returning
from bot.dialogues.review_reason import LONGEST, Reason, read_reason
from bot.dialogues.review_report import attached, numbered_prompts
from bot.domain.answers import shown
from bot.domain.filling import Draft
from bot.domain.forms import PromptKind
from bot.domain.messages import OutFile
from bot.domain.people import Action
from bot.domain.rounds import Event, EventKind, Round, Submission, SubmissionState
from bot.web.door import AREA
from bot.web.pages.admin.frame import Missing, Room, do, look
from bot.web.site import Site
from bot.web.standing import DONE, cell

_PATH = "/bao-cao/{id:int}"
_EVENTS = {EventKind.SUBMITTED: "Nộp", EventKind.RETURNED: "Trả lại", EventKind.ACCEPTED: "Nhận"}
_CHANGED = "Đơn vị vừa nộp bản mới, hoặc báo cáo vừa được xử lý. Anh/chị xem lại trước khi quyết định."


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as the page shows it."""

    number: int  # "câu 3", as the clerk saw it
    name: str  # of the prompt
    label: str
    says: str  # "" where it was left empty
    files: tuple[OutFile, ...] = ()
    heading: str = ""  # of the group or the entry it stands in
    was: str = ""  # what was handed in the time before, where that was something else


def routes(site: Site) -> list[BaseRoute]:
    """Return what this module serves."""
    return [
        look(site, _PATH, AREA, _page),
        look(site, f"{_PATH}/tep/{{digest:str}}", AREA, _file),
        do(site, f"{_PATH}/nhan", Action.REVIEW_REPORTS, _accept),
        do(site, f"{_PATH}/tra-lai", Action.REVIEW_REPORTS, _return),
    ]


def _submission(room: Room) -> tuple[Submission, Round]:
    one = room.context.desk.submission_by_id(room.request.path_params["id"])
    opened = room.context.desk.round(one.round) if one else None
    if one is None or opened is None:
        raise Missing
    return one, opened


def _handed_in(one: Submission, history: tuple[Event, ...]) -> Submission | None:
    """Return the report as it was handed in last; None where it never was."""
    if one.state in DONE:
        return one
    last = next((event for event in reversed(history) if event.kind is EventKind.SUBMITTED), None)
    return replace(one, draft=Draft(last.values)) if last else None


def _page(
    room: Room, *, problem: str = "", reason: str = "", ticked: tuple[int, ...] = (), status: int = 200
) -> Response:
    one, opened = _submission(room)
    history = room.context.desk.history(one.id)
    read = _handed_in(one, history)
    answers = list(_answers(read, room)) if read else []
    units = {unit.key: unit.name for unit in room.context.office.units()}
    waiting = [other.id for other in room.context.desk.waiting() if other.id != one.id]
    return room.render(
        "submission.html",
        status=status,
        one=one,
        opened=opened,
        unit=units.get(one.unit, one.unit),
        cell=cell(one, opened, room.now),
        answers=answers,
        groups=[(heading, list(inside)) for heading, inside in groupby(answers, lambda answer: answer.heading)],
        files=attached(read, room.context) if read else (),
        history=[(event, _EVENTS[event.kind]) for event in history],
        decides=room.may(Action.REVIEW_REPORTS) and one.state is SubmissionState.SUBMITTED,
        next=waiting[0] if waiting else None,
        left=len(waiting),
        longest=LONGEST,
        problem=problem,
        reason=reason,
        ticked=ticked,
    )


def _answers(one: Submission, room: Room) -> Iterator[Answer]:
    for read in review_report.answers(one, room.context):
        prompt, value = read.prompt, read.value
        files: tuple[OutFile, ...] = ()
        if prompt.kind is PromptKind.FILE and value:
            names = ((digest, room.context.desk.file_name(digest)) for digest in value.split())
            files = tuple(OutFile(digest, name, "") for digest, name in names)
        says = "" if files or not value else shown(prompt, value)
        yield Answer(read.number, prompt.name, read.label, says, files, read.part, read.was)


def _file(room: Room) -> Response:
    one, _ = _submission(room)
    read = _handed_in(one, room.context.desk.history(one.id))
    files = attached(read, room.context) if read else ()
    file = next((file for file in files if file.sha256 == room.request.path_params["digest"]), None)
    path = room.site.files.path(file.sha256) if file else None
    if file is None or path is None or not path.is_file():
        raise Missing
    # Always saved, never shown in the page's own origin.
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"}
    return FileResponse(path, media_type=file.mime, headers=headers)


def _as_shown(one: Submission, form: FormData) -> bool:
    return one.state is SubmissionState.SUBMITTED and form.get("ban") == str(one.revision)


def _accept(room: Room, form: FormData) -> Response:
    one, opened = _submission(room)
    if not _as_shown(one, form):
        return _page(room, problem=_CHANGED, status=409)
    units = {unit.key: unit.name for unit in room.context.office.units()}
    effects = accepting(one, units.get(one.unit, one.unit), opened.title)
    return room.act(Action.REVIEW_REPORTS, effects, f"/bao-cao/{one.id}", "nhan")


def _return(room: Room, form: FormData) -> Response:
    one, opened = _submission(room)
    words = str(form.get("ly-do", "")).strip().replace("\r\n", "\n")
    given = [str(number) for number in form.getlist("cau")]
    ticked = tuple(sorted({int(number) for number in given if number.isascii() and number.isdecimal()}))
    if not _as_shown(one, form):
        return _page(room, problem=_CHANGED, reason=words, ticked=ticked, status=409)
    prompts = numbered_prompts(one, room.context)
    read = read_reason(words, len(prompts))
    if isinstance(read, str):
        return _page(room, problem=f"{read} Anh/chị ghi lý do trả lại.", reason=words, ticked=ticked, status=422)
    numbers = tuple(sorted({*read.numbers, *(number for number in ticked if 1 <= number <= len(prompts))}))
    names = tuple(dict.fromkeys(prompts[number - 1].name for number in numbers))
    # The page promises that the unit reads these very words: a prompt named at their beginning stays among them.
    effects = returning(one, opened.title, Reason(words, numbers), names)
    return room.act(Action.REVIEW_REPORTS, effects, f"/bao-cao/{one.id}", "tra-lai")
