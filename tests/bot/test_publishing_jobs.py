"""Jobs on documents: one at a time over all processes, taken over, cancelled, undone; the watched folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import receiving
from bot.domain.pace import says_how_long, seconds_left
from bot.domain.people import Person, Role, Unit
from bot.domain.publishing import JobState, Publication, Standing, hidden
from bot.store import jobs
from index.build import BuildReport
from index.errors import IndexingError
from index.progress import Progress
from knowledge.db import reading, writing
from knowledge.document import Document
from knowledge.errors import UnreadableFile
from tests.bot.publishing import PLAN, QUESTION, TOLD, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures


class Killed(BaseException):
    """The process is gone: nothing of it runs any more."""


def answers(office: Office) -> bool:
    """Tell whether Lan is answered from the new document; any answer must come from a whole index."""
    library = office.source.current()
    assert library is not None and len(library.cards) > 0
    return TOLD in library.ask(QUESTION, now=office.now).answer


def with_index(office: Office, index: object) -> None:
    """Let the next jobs make the index another way."""
    office.index = index  # type: ignore[assignment,method-assign]  # as a test may
    office.publisher = office.another(lease=1.0)


def the_job(office: Office, number: int) -> JobState:
    with reading(office.engine) as session:
        job = jobs.job(session, number)
    assert job is not None
    return job.state


def test_a_killed_process_leaves_its_job_to_another_and_the_old_index_answers(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    real = office.index

    def dies(progress: Progress) -> BuildReport:
        raise Killed

    with_index(office, dies)
    with pytest.raises(Killed):
        minh.taps("Công bố")
    assert not answers(office) and the_job(office, 2) is JobState.RUNNING
    with_index(office, real)
    assert not office.publisher.do_one()  # its lease still runs
    office.later(seconds=2)
    assert office.publisher.do_one()
    assert answers(office) and the_job(office, 2) is JobState.DONE


def test_a_failure_says_why_and_changes_nothing(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    real = office.index

    def fails(progress: Progress) -> BuildReport:
        raise IndexingError("Đĩa đã đầy; anh/chị dọn bớt rồi thử lại.")

    with_index(office, fails)
    minh.taps("Công bố").sees("Chưa công bố được Kế hoạch 88/KH-SVT: Đĩa đã đầy", "vẫn như cũ", replies=2)
    with_index(office, real)
    office.index(lambda stage, done, total: None)
    assert not answers(office)  # nothing was left in the catalogue
    minh.says("/congbo 1").sees("Đã công bố", replies=2)
    assert answers(office)


def test_a_cancelled_job_is_undone(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    real = office.index

    def cancelled(progress: Progress) -> BuildReport:
        with writing(office.engine) as session:
            assert jobs.cancel(session, 2)
        progress("index", 0, 1)
        return real(progress)

    with_index(office, cancelled)
    minh.taps("Công bố").sees("Đã hủy: công bố Kế hoạch 88/KH-SVT", replies=2)
    with_index(office, real)
    office.index(lambda stage, done, total: None)
    assert not answers(office) and the_job(office, 2) is JobState.CANCELLED
    minh.says("/lapchimuc").sees("Không có việc nào đang chạy", "đã hủy", "1 văn bản chờ công bố")


@pytest.mark.parametrize("fails", [True, False])
def test_a_process_taken_for_dead_keeps_nothing_of_what_it_read(
    office: Office, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    real, second = receiving.analyse, office.another()

    def slow(path: Path, **given: object) -> Document:
        monkeypatch.setattr(receiving, "analyse", real)
        office.later(minutes=5)  # the machine slept
        assert second.do_one("reading")
        if fails:
            raise UnreadableFile("Bản này hỏng.")
        return real(path.parent / "khac.txt", **given)  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr(receiving, "analyse", slow)
    minh = office.as_("minh").attaches(("ke-hoach-88.txt", PLAN.encode()))
    minh.sees("Văn bản chờ công bố số 1: Kế hoạch 88/KH-SVT", replies=2)
    minh.says("/congbo 1").sees("Đã công bố", replies=2)


def test_a_process_taken_for_dead_undoes_nothing_of_what_another_did(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    second = office.another()

    def fails(progress: Progress) -> BuildReport:
        office.later(minutes=5)  # the machine slept
        assert second.do_one("indexing")
        raise IndexingError("Đĩa đã đầy.")

    with_index(office, fails)
    minh.taps("Công bố").sees("Đã công bố", replies=2)
    office.index = Office.index.__get__(office)  # type: ignore[method-assign]  # the real one again
    office.index(lambda stage, done, total: None)
    assert answers(office) and the_job(office, 2) is JobState.DONE


def test_while_the_index_is_made_the_old_one_answers(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    real, said = office.index, []

    def while_lan_asks(progress: Progress) -> BuildReport:
        def told(stage: str, done: int, total: int) -> None:
            said.append(answers(office))
            progress(stage, done, total)

        return real(told)

    with_index(office, while_lan_asks)
    minh.taps("Công bố").sees("Đã công bố", replies=2)
    assert len(said) >= 2 and not any(said) and answers(office)


def test_of_two_processes_one_runs_a_job(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode()))
    real, other, runs = office.index, office.another(), []

    def while_another_looks(progress: Progress) -> BuildReport:
        runs.append(other.do_one("indexing"))
        return real(progress)

    with_index(office, while_another_looks)
    minh.taps("Công bố").sees("Đã công bố", replies=2)
    assert runs == [False] and answers(office)


def test_whom_a_document_is_hidden_from() -> None:
    units = (
        Unit("cu", "Phòng cũ", successor="moi", active=False),
        Unit("moi", "Phòng mới"),
        Unit("khac", "Phòng khác"),
    )
    some = (Publication("1", "Kế hoạch", Standing.IN_FORCE, units=("cu",)), Publication("2", "Gỡ", Standing.WITHDRAWN))
    heir, other, admin = (
        Person(1, "A", Role.CLERK, "moi"),
        Person(2, "B", Role.CLERK, "khac"),
        Person(3, "C", Role.ADMIN, None),
    )
    assert hidden(some, heir, units, private=True) == {"2"}  # the unit was merged
    assert hidden(some, admin, units, private=True) == {"2"}
    for person in (other, None):
        assert hidden(some, person, units, private=True) == {"1", "2"}
    assert hidden(some, admin, units, private=False) == {"1", "2"}


def test_how_long_a_job_takes_is_said_in_words() -> None:
    assert [says_how_long(seconds) for seconds in (3, 12, 240, 7200)] == [
        "khoảng 10 giây",
        "khoảng 10 giây",
        "khoảng 4 phút",
        "khoảng 2 giờ",
    ]


def test_how_long_a_job_still_takes_follows_from_how_long_it_took() -> None:
    assert seconds_left(0.1, 0, 1, 0, 12) == 48  # nothing recognised yet: as long as pages usually take
    assert seconds_left(30.0, 0, 1, 3, 12) == 90
    assert seconds_left(60.0, 10, 200, 1, 2) == round(60 * 189.5 / 10.5)
    assert seconds_left(1.0, 10, 200) is None  # too early to tell
    assert seconds_left(30.0, 0, 200, 0, 12) is None and seconds_left(9.0, 0, 0) is None
