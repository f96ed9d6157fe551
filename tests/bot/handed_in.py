"""Reports as if clerks had handed them in, for tests of what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.desk import Made
from bot.domain.filling import Draft
from bot.domain.forms import Form, Value
from bot.domain.rounds import Submission, receipt_number
from bot.forms.xlsform import read_form
from bot.service import Service
from bot.store import people, rounds, submissions
from bot.worker import Processor
from knowledge.db import writing
from tests.bot.chat import Chat
from tests.bot.test_forms import SURVEY, workbook


def form() -> Form:
    """The form of the tests: figures, a choice, a repeat, a date, a photo."""
    return read_form(workbook(SURVEY))


def hands_in(chat: Chat, round_id: int, who: str, **values: Value) -> Submission:
    """Let somebody hand in a report for their unit, again where it was returned."""
    clerk, draft = chat.person(who), Draft(values)
    assert clerk.unit is not None
    with writing(chat.engine) as session:
        before = submissions.of_unit(session, round_id, clerk.unit)
        if before is None:
            submissions.begin(session, round_id, clerk.unit, draft, clerk.id, chat.now)
        else:
            submissions.save(session, round_id, clerk.unit, before.revision, draft, clerk.id, chat.now)
        begun = submissions.of_unit(session, round_id, clerk.unit)
        opened = rounds.round_(session, round_id)
        assert begun is not None and opened is not None
        late, receipt = chat.now > opened.due_at, receipt_number(round_id, begun.id, 1)
        submissions.submit(session, begun.id, begun.revision, receipt, late, clerk.id, chat.now)
        submitted = submissions.submission(session, begun.id)
    assert submitted is not None
    return submitted


def helped(
    chat: Chat, *, export: Callable[..., Made] | None = None, generate: Callable[..., Made] | None = None
) -> None:
    """Give the office what makes files."""
    helpers = chat.helpers
    helpers = replace(helpers, export=export) if export else helpers
    chat.helpers = replace(helpers, generate=generate) if generate else helpers
    chat.service = Service(chat.engine, chat.source, chat.rules, helpers=chat.helpers, reaches=chat.reaches)
    chat.processor = Processor(chat.service, "test", lambda: chat.now, done=lambda: None)


def heard(chat: Chat, who: str) -> list[str]:
    """Return everything somebody was told, oldest first."""
    return [one.reply.text for one in chat.channel.delivered if one.chat == f"chat-{who}"]


def unreachable(chat: Chat, who: str) -> None:
    """Take somebody's account away."""
    with writing(chat.engine) as session:
        people.unlink(session, chat.channel.name, who)
