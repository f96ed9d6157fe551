"""An album is one message to people and many to a bot: it is answered once, whatever is killed when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.albums import joined
from bot.domain.messages import Attachment, Incoming, IncomingKind
from bot.errors import StillFetching
from bot.store import inbox, intakes, jobs
from bot.store.tables import InboxRow
from knowledge.db import reading, writing
from tests.bot.chat import Chat, Speaker
from tests.bot.report_kit import COURSE, PDF, answers, office, values
from tests.bot.test_forms import CHOICES, workbook

ON_BOTH_DATABASES = True

PHOTOS = tuple((f"anh-{number}.pdf", PDF + bytes([number])) for number in range(3))


@pytest.fixture
def chat(tmp_path: Path, database: str) -> Iterator[Chat]:
    one = office(tmp_path, database=database)
    yield one
    one.engine.dispose()


def at_files(chat: Chat) -> Speaker:
    return answers(chat.as_("lan").says("/baocao"), *COURSE[:7])


def states(chat: Chat) -> Counter[str]:
    with reading(chat.engine) as session:
        return Counter(session.scalars(select(InboxRow.state)))


def test_an_album_in_a_report_is_one_step_and_one_reply(chat: Chat) -> None:
    lan = at_files(chat)
    before = states(chat)["done"]
    lan.attaches_one_by_one(*PHOTOS, text="ba trang")
    chat.work()
    assert states(chat)["new"] == 3  # the others may still be on their way
    lan.waits(seconds=1).sees("Đã nhận anh-0.pdf, anh-1.pdf, anh-2.pdf.", "Câu 7 đang có 3 tệp", "Lời ghi kèm tệp")
    assert states(chat) == {"done": before + 1, "skipped": 2}
    assert len(str(values(chat)["anh"]).split()) == 3


def test_what_follows_an_album_waits_for_it(chat: Chat) -> None:
    lan = at_files(chat)
    lan.attaches_one_by_one(*PHOTOS)
    lan.says("xong").sees(replies=0)
    lan.waits(seconds=1).sees("đang có 3 tệp", "Đã ghi câu 7: 3 tệp", replies=2)


def test_what_was_said_in_between_keeps_its_place(chat: Chat) -> None:
    lan = at_files(chat)
    lan.attaches_one_by_one(*PHOTOS[:2])
    chat.receive(lan.message(IncomingKind.TEXT, "hạn báo cáo là khi nào?"))
    lan.attaches_one_by_one(PHOTOS[2])
    lan.waits(seconds=2).sees("đang có 2 tệp", "15/12/2025", "đang có 3 tệp", replies=4)


def test_an_album_is_whole_after_a_kill_in_the_middle_of_its_step(chat: Chat) -> None:
    lan = at_files(chat)
    lan.attaches_one_by_one(*PHOTOS)
    chat.later(seconds=1)
    with writing(chat.engine) as session:
        (claim,) = inbox.claim(session, "dying", chat.now, timedelta(seconds=20), 9)
    assert len(claim.incoming.attachments) == 3
    chat.service.decide(claim, chat.now)  # and killed before it was kept
    chat.restart()
    chat.work()
    assert lan.hears().sees("Câu 7/7")  # nothing was said
    lan.waits(seconds=21).sees("Đã nhận anh-0.pdf, anh-1.pdf, anh-2.pdf.", "đang có 3 tệp")


def test_two_processes_never_share_an_album(chat: Chat) -> None:
    lan, lease = at_files(chat), timedelta(seconds=20)
    lan.attaches_one_by_one(*PHOTOS)
    chat.later(seconds=1)
    with writing(chat.engine) as session:
        (claim,) = inbox.claim(session, "one", chat.now, lease, 9)
        if chat.engine.dialect.name == "postgresql":  # on SQLite the other would wait for the lock
            with writing(chat.engine) as meanwhile:
                assert inbox.claim(meanwhile, "other", chat.now, lease, 9) == ()
    with writing(chat.engine) as session:
        assert inbox.claim(session, "other", chat.now, lease, 9) == ()
        assert inbox.finish(session, [claim], chat.now) == {claim.id}
    with writing(chat.engine) as session:
        assert inbox.claim(session, "other", chat.now, lease, 9) == ()


def test_one_that_comes_late_joins_a_step_that_is_tried_again(chat: Chat) -> None:
    lan = at_files(chat)
    messages = lan.attaches_one_by_one(*PHOTOS[:2])
    chat.later(seconds=1)
    with writing(chat.engine) as session:
        (claim,) = inbox.claim(session, "test", chat.now, timedelta(seconds=20), 9)
        inbox.retry(session, claim, "on its way", chat.now + timedelta(seconds=1), counted=False)
    lan.attaches_one_by_one(PHOTOS[2])
    lan.waits(seconds=2).sees("Đã nhận anh-0.pdf, anh-1.pdf, anh-2.pdf.")
    chat.receive(messages[0], "1000")  # much too late: a message of its own
    lan.waits(seconds=2).sees("Đã có sẵn: anh-0.pdf.")


def test_albums_of_two_people_and_two_albums_are_kept_apart(chat: Chat) -> None:
    lan, tuan = at_files(chat), chat.as_("tuan").says("/baocao")
    lan.attaches_one_by_one(*PHOTOS[:2])
    tuan.attaches_one_by_one(*PHOTOS)
    lan.attaches_one_by_one(PHOTOS[2], album="b")
    lan.waits(seconds=2).sees("đang có 2 tệp", "đang có 3 tệp", replies=2)
    assert states(chat)["skipped"] == 3


def test_a_parked_album_comes_back_whole(chat: Chat) -> None:
    lan = at_files(chat)
    lan.attaches_one_by_one(*PHOTOS)
    fetch, chat.channel.contents = dict(chat.channel.contents), {}
    for _ in range(4):
        chat.later(minutes=1)
        chat.work()
    assert states(chat)["parked"] == 1
    chat.channel.contents = fetch
    chat.as_("minh").says("/loi").taps("1").taps("Thử lại")
    lan.hears().sees("đang có 3 tệp")


def test_the_files_of_an_album_are_fetched_together_before_the_first_is_used(tmp_path: Path) -> None:
    chat = office(tmp_path)
    asked: list[list[str]] = []

    def expect(channel: str, files: tuple[Attachment, ...], limit: int) -> None:
        asked.append([one.name for one in files])
        if len(asked) == 1:
            raise StillFetching("anh-0.pdf")

    lan = at_files(chat)
    object.__setattr__(chat.helpers, "expect", expect)
    lan.attaches_one_by_one(*PHOTOS, ("phim.mp4", b"\x00"))
    lan.waits(seconds=1).sees(replies=0)  # nothing half done
    lan.waits(seconds=1).sees("phim.mp4", "đang có 3 tệp")
    assert set(map(tuple, asked)) == {tuple(name for name, _ in PHOTOS)}  # never what would not be taken


def test_documents_of_an_album_are_one_job(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.attaches_one_by_one(("kh-1.txt", b"a"), ("kh-2.txt", b"b"), ("kh-3.txt", b"c"))
    minh.waits(seconds=1).sees("Đã nhận “kh-1.txt”, “kh-2.txt”, “kh-3.txt”")
    with reading(chat.engine) as session:
        (job,) = jobs.open_jobs(session)
        assert [one.name for one in intakes.of_job(session, job.id)] == ["kh-1.txt", "kh-2.txt", "kh-3.txt"]


def test_forms_among_documents_are_read_and_nothing_is_passed_over(chat: Chat) -> None:
    minh = chat.as_("minh")
    book = workbook((("text", "viec", "Việc đã làm"),), CHOICES)
    minh.attaches_one_by_one(("kh-1.txt", b"a"), ("mau.xlsx", book), ("mau-2.xlsx", book))
    minh.waits(seconds=1).sees("Đã nhận “kh-1.txt”", "Biểu mẫu: ", "gửi lại “mau-2.xlsx”", replies=3)
    minh.taps("Lưu biểu mẫu").sees("Đã lưu")


def test_files_without_anybody_waiting_for_them_are_one_line(chat: Chat) -> None:
    lan = chat.as_("lan")
    lan.attaches_one_by_one(*PHOTOS)
    lan.waits(seconds=1).sees("không có câu hỏi nào cần tệp")


def part(chat: Chat, name: str, text: str = "", kind: IncomingKind = IncomingKind.FILE) -> Incoming:
    files = (Attachment(f"ref-{name}-{text}", name, "x/y", 1),) if name else ()
    return Incoming("fake", "c", "lan", kind, text, chat.now, attachments=files, album="a")


def test_joining_keeps_every_caption_and_tells_names_apart(chat: Chat) -> None:
    whole = joined(
        [
            part(chat, "", "đầu", IncomingKind.UNSUPPORTED),
            part(chat, "anh.jpg", "đầu"),
            part(chat, "ANH.jpg", "hai "),
            part(chat, "anh-2.jpg"),
            part(chat, "README"),
            part(chat, "README"),
        ]
    )
    assert (whole.kind, whole.text) == (IncomingKind.FILE, "đầu\nhai")
    names = [one.name for one in whole.attachments]
    assert names == ["anh.jpg", "ANH-2.jpg", "anh-2-2.jpg", "README", "README-2"]
    only = part(chat, "", "", IncomingKind.UNSUPPORTED)
    assert joined([only, only]).kind is IncomingKind.UNSUPPORTED
