"""How far a job is: said in the chat that asked for it, in one message that changes or in few, with its cancelling."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import cards
from bot.domain.messages import IncomingKind, Reply
from bot.domain.publishing import IntakeState, Job, JobKind, JobState
from bot.store import intakes, jobs, queues, retention
from bot.store.tables import OutboxRow
from index.build import BuildReport
from index.progress import Progress
from knowledge.db import reading, writing
from knowledge.document import Document
from tests.bot.chat import Speaker
from tests.bot.library import NOW
from tests.bot.publishing import PLAN, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures

Index = Callable[[Progress], BuildReport]
JOB = Job(
    7, JobKind.READ, JobState.RUNNING, "“scan.pdf”", (), 0, 1, 2, 12, 120, False, "", 1, "fake", "chat-minh", 1,
    NOW, NOW, None,
)  # fmt: skip


def slowly(office: Office, *, seconds: float, steps: int) -> None:
    """Let the index take so long from now on, and say so often how far it is."""
    real: Index = office.index

    def index(progress: Progress) -> BuildReport:
        for done in range(steps):
            office.later(seconds=seconds / steps)
            progress("index", done, steps)
            asyncio.run(office.deliverer.do_some(8))  # at once: what is said of progress is soon stale
        return real(progress)

    office.index = index  # type: ignore[method-assign]  # as a test may
    office.publisher = office.another()


def told(minh: Speaker) -> list[Reply]:
    return [one for one in minh.replies if one.live]


@pytest.fixture
def sent(office: Office) -> Speaker:
    """Minh, who has sent a document and may publish it."""
    return office.as_("minh").attaches(("ke-hoach-88.txt", PLAN.encode()))


def test_one_message_follows_a_job_where_messages_can_be_changed(office: Office, sent: Speaker) -> None:
    office.edits = frozenset({"fake"})
    slowly(office, seconds=40, steps=10)
    sent.taps("Công bố")
    follows = told(sent)
    assert len(follows) > 4 and len({one.live for one in follows}) == 1
    assert "đang chạy, 44 %" in " ".join(one.text for one in follows)
    assert [choice.label for choice in follows[0].choices] == ["Hủy"]
    last = follows[-1]
    assert last.text == "Công bố Kế hoạch 88/KH-SVT: đã xong." and last.choices == ()
    assert sent.replies[-1].text.startswith("Đã công bố Kế hoạch 88/KH-SVT")  # a message of its own, which rings


def test_what_is_said_of_progress_is_soon_stale_and_then_gone(office: Office, sent: Speaker) -> None:
    office.edits = frozenset({"fake"})
    real: Index = office.index

    def index(progress: Progress) -> BuildReport:
        office.later(seconds=5)
        progress("index", 0, 2)  # said, and nobody can be reached for a while
        office.later(minutes=5)
        with reading(office.engine) as session:
            assert queues.look(session, office.now)[1].waiting == 0  # nothing that should worry anybody
        return real(progress)

    office.index = index  # type: ignore[method-assign]  # as a test may
    office.publisher = office.another()
    sent.taps("Công bố")
    assert not any("30 %" in one.text for one in told(sent))  # five minutes old
    with writing(office.engine) as session:
        retention.tidy(session, office.now, 90, 1095)
    with reading(office.engine) as session:
        states = list(session.scalars(select(OutboxRow.state)))
    assert set(states) == {"sent"}


def test_a_quick_job_is_not_followed(office: Office, sent: Speaker) -> None:
    office.edits = frozenset({"fake"})
    slowly(office, seconds=2, steps=10)
    assert told(sent.taps("Công bố")) == []


def test_where_messages_stay_a_long_job_is_spoken_of_rarely(office: Office, sent: Speaker) -> None:
    slowly(office, seconds=1900, steps=190)
    sent.taps("Công bố")
    follows = told(sent)
    assert len(follows) == 4  # after 20 seconds, then every ten minutes
    assert re.search(r"còn khoảng \d+ phút", follows[0].text) and follows[0].instead.startswith("Gõ /lapchimuc")


def test_a_job_asked_for_on_a_page_is_followed_there_alone(office: Office, sent: Speaker) -> None:
    slowly(office, seconds=1900, steps=190)
    minh = office.person("minh")
    with writing(office.engine) as session:
        number = jobs.add(session, JobKind.PUBLISH, "văn bản", jobs.Asked(minh.id), office.now, total=2)
    before = len(office.channel.delivered)
    office.work()
    with reading(office.engine) as session:
        job = jobs.job(session, number)
    assert job is not None and job.state is JobState.DONE
    assert [one for one in office.channel.delivered[before:] if one.reply.live] == []


def test_the_message_that_follows_a_job_cancels_it(office: Office, sent: Speaker) -> None:
    real: Index = office.index

    def taps_cancel(progress: Progress) -> BuildReport:
        sent.choices, sent.turn = cards.live(replace(JOB, id=2)).choices, 0
        publisher, office.publisher = office.publisher, Idle()  # type: ignore[assignment]  # another process is at it
        sent.taps("Hủy").sees("Đang hủy: công bố Kế hoạch 88/KH-SVT")
        office.publisher = publisher
        progress("index", 0, 1)
        return real(progress)

    office.index = taps_cancel  # type: ignore[method-assign]  # as a test may
    office.publisher = office.another()
    sent.taps("Công bố")
    with reading(office.engine) as session:
        job = jobs.job(session, 2)
    assert job is not None and job.state is JobState.CANCELLED
    sent.sends(IncomingKind.TAP, choice="!doc:stop:1", turn=0).sees("Việc này đã kết thúc")
    office.as_("lan").sends(IncomingKind.TAP, choice="!doc:stop:2", turn=0).sees("không có quyền")


@pytest.mark.parametrize("wish", ["cancel", "stop"])
def test_recognition_ends_between_two_pages(office: Office, monkeypatch: pytest.MonkeyPatch, wish: str) -> None:
    pages: list[int] = []

    def analyse(path: Path, *, max_bytes: int, told: Callable[[int, int], None]) -> Document:
        for page in range(300):
            pages.append(page)
            if page == 2 and wish == "cancel":
                with writing(office.engine) as session:
                    assert jobs.cancel(session, 1)
            elif page == 2:
                office.publisher.stop()
            told(page, 300)
        raise AssertionError

    monkeypatch.setattr("bot.receiving.analyse", analyse)
    minh = office.as_("minh").attaches(("scan.pdf", b"%PDF-1.7 three hundred pages"))
    assert pages == [0, 1, 2]
    with reading(office.engine) as session:
        job, (one,) = jobs.job(session, 1), intakes.of_job(session, 1)
    assert job is not None
    if wish == "cancel":
        assert (job.state, one.state) == (JobState.CANCELLED, IntakeState.REFUSED)
        minh.sees("Đã hủy: đọc tệp “scan.pdf”", replies=2)
    else:  # the next process reads it
        assert (job.state, one.state, job.attempts) == (JobState.QUEUED, IntakeState.READING, 0)


class Idle:
    """A publisher with nothing to do."""

    def do_one(self) -> bool:
        return False


def test_the_queue_says_pages_files_and_how_long() -> None:
    assert cards.progress(JOB) == "Đọc tệp “scan.pdf”: đang chạy, trang 3/12, còn khoảng 2 phút"
    many = replace(JOB, title="200 tệp", done=12, total=200, page=0, pages=3, seconds_left=2100)
    assert cards.progress(many) == "Đọc tệp 200 tệp: đang chạy, tệp 13/200, trang 1/3, còn khoảng 35 phút"
    publishing = replace(JOB, kind=JobKind.PUBLISH, done=40, total=100, page=0, pages=0, seconds_left=None)
    assert cards.progress(publishing) == "Công bố “scan.pdf”: đang chạy, 40 %"
