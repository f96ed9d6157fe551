"""Files that nothing refers to are removed, in time; whatever something refers to stays."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, update
from sqlalchemy.orm import Session

from bot.channels.base import Update
from bot.dialogues.state import Filling, State
from bot.domain.filling import Draft
from bot.domain.messages import Attachment, Incoming, IncomingKind, OutFile, Reply
from bot.domain.publishing import IntakeState, JobKind
from bot.serving import Serving
from bot.store import conversations, downloads, forms, inbox, intakes, jobs, outbox, submissions, uploads
from bot.store.files import Files
from bot.store.outbox import OutboxState
from bot.store.references import _NEEDED, _SILENT, _tables
from bot.store.tables import OutboxRow
from bot.store.turns import Turns
from bot.sweeping import Sweeper
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.handed_in import form

ON_BOTH_DATABASES = True
LASTS = timedelta(days=30)


@pytest.fixture
def sweeper(chat: Chat) -> Sweeper:
    return Sweeper(chat.engine, chat.files, LASTS)


def now() -> datetime:
    """Files have the system's time, whatever the office's clock says."""
    return datetime.now(UTC)


def aged(chat: Chat, content: bytes, days: float = 31) -> str:
    """Keep a file as if it had been put that long ago."""
    digest = chat.files.put(content)
    at = (now() - timedelta(days=days)).timestamp()
    os.utime(chat.files.path(digest), (at, at))
    return digest


def there(chat: Chat, digest: str) -> bool:
    return chat.files.path(digest).exists()


def incoming(digest: str, chat: str = "chat-lan") -> Incoming:
    sent = Attachment(f"sha256:{digest}", "a.pdf", "application/pdf", 1)
    return Incoming("fake", chat, "lan", IncomingKind.FILE, "", now(), attachments=(sent,))


def test_what_nothing_refers_to_goes_when_it_is_old(chat: Chat, sweeper: Sweeper) -> None:
    old, fresh = aged(chat, b"old"), aged(chat, b"fresh", days=29)
    named = Attachment(old, "cu.pdf", "application/pdf", 3)
    with writing(chat.engine) as session:
        uploads.keep(session, [named, replace(named, ref=fresh)], now() - timedelta(days=31))
    assert sweeper.sweep(now()) == 1
    assert (there(chat, old), there(chat, fresh)) == (False, True)
    assert (chat.desk().file_name(old), chat.desk().file_name(fresh)) == ("tệp", "cu.pdf")
    assert sweeper.sweep(now()) == 0


def test_an_empty_home_has_nothing_to_sweep(chat: Chat, sweeper: Sweeper) -> None:
    assert sweeper.sweep(now()) == 0


def kept_by_everything(chat: Chat) -> Iterator[tuple[str, str]]:
    """Let something of each kind refer to a file of its own."""
    kinds = "form draft history conversation unsent parked inbox link turn intake".split()
    digests = {name: aged(chat, name.encode()) for name in kinds}
    round_id = chat.opens(form())
    with writing(chat.engine) as session:
        forms.add(session, form(), digests["form"], None, chat.now)
        submissions.begin(session, round_id, "phong-tccb", Draft({"anh": digests["history"]}), None, chat.now)
        submissions.submit(session, 1, 1, "BC1", False, None, chat.now)
        submissions.give_back(session, 1, 2, "sai", (), None, chat.now)
        submissions.save(session, round_id, "phong-tccb", 3, Draft({"anh": digests["draft"]}), None, chat.now)
        state = State(filling=Filling(round_id, typed=(digests["conversation"],)))
        none = conversations.load(session, "fake", "chat-x")
        conversations.save(session, [conversations.Next("fake", "chat-x", none, state)], chat.now)
        for name in ("unsent", "parked"):
            outbox.put(session, "fake", f"chat-{name}", Reply("", file=OutFile(digests[name], "x", "y")), chat.now)
        parked = update(OutboxRow).where(OutboxRow.chat == "chat-parked").values(state=OutboxState.PARKED)
        session.execute(parked)
        inbox.put(session, "fake", [Update("1", b"", incoming(digests["inbox"]))], chat.now)
        downloads.issue(session, "t", OutFile(digests["link"], "x", "y"), chat.now + timedelta(days=1))
        job = jobs.add(session, JobKind.READ, "Đọc", jobs.Asked(), chat.now)
        intakes.add(session, job, digests["intake"], "a.pdf", chat.now)
    Turns(chat.engine).add("web", "", None, chat.now, Reply("", file=OutFile(digests["turn"], "x", "y")))
    yield from digests.items()


def test_whatever_something_refers_to_stays(chat: Chat, sweeper: Sweeper) -> None:
    kept = dict(kept_by_everything(chat))
    assert sweeper.sweep(now()) == 0
    assert [name for name, digest in kept.items() if not there(chat, digest)] == []
    # What was found to be needed is not looked for again every hour.
    assert list(chat.files.old(now() - LASTS)) == []
    assert len(list(chat.files.old(now() + timedelta(days=1)))) == len(kept) + 1


def test_what_is_over_needs_its_files_no_longer(chat: Chat, sweeper: Sweeper) -> None:
    sent, done, published = aged(chat, b"sent"), aged(chat, b"done"), aged(chat, b"published")
    with writing(chat.engine) as session:
        outbox.put(session, "fake", "chat-lan", Reply("", file=OutFile(sent, "x", "y")), chat.now)
        job = jobs.add(session, JobKind.READ, "Đọc", jobs.Asked(), chat.now)
        one = intakes.add(session, job, published, "a.pdf", chat.now)
        intakes.move(session, [one], IntakeState.READING, IntakeState.PUBLISHED)
        inbox.put(session, "fake", [Update("1", b"", incoming(done, "chat-hoa"))], chat.now)
    chat.work()
    aged(chat, b"done")  # it was looked at
    with writing(chat.engine) as session:
        conversations_forgotten = State()
        before = conversations.load(session, "fake", "chat-hoa")
        conversations.save(session, [conversations.Next("fake", "chat-hoa", before, conversations_forgotten)], chat.now)
    assert sweeper.sweep(now()) == 3
    assert not any(there(chat, digest) for digest in (sent, done, published))


def test_a_file_put_again_while_it_is_looked_for_stays(
    chat: Chat, sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = aged(chat, b"again")

    def look(session: Session, digests: Iterable[str]) -> frozenset[str]:
        chat.files.put(b"again")
        return frozenset()

    monkeypatch.setattr("bot.sweeping.referred_to", look)
    assert sweeper.sweep(now()) == 0
    assert there(chat, old)


def test_a_file_put_again_is_as_fresh_as_a_new_one(chat: Chat, sweeper: Sweeper) -> None:
    old = aged(chat, b"again")
    chat.files.put(b"again")
    assert sweeper.sweep(now()) == 0
    assert there(chat, old)


def test_a_name_given_again_is_kept(chat: Chat) -> None:
    one = Attachment("a" * 64, "mới.pdf", "", 1)
    with writing(chat.engine) as session:
        uploads.keep(session, [one], chat.now)
        uploads.forget(session, [one.ref], chat.now - LASTS)
        assert uploads.name(session, one.ref) == "mới.pdf"


def test_nobody_removes_a_file_while_it_is_put(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst moment: it was found to be there and is about to be touched. The lock holds between processes too."""
    old, removed, touch = aged(chat, b"again"), list[bool](), os.utime
    remover = threading.Thread(target=lambda: removed.append(Files(chat.home).erase_old(old, now() - LASTS)))

    def slow(path: Path) -> None:
        remover.start()
        remover.join(0.2)
        assert remover.is_alive()  # waits
        touch(path)

    monkeypatch.setattr("bot.store.files.os.utime", slow)
    assert chat.files.put(b"again") == old
    remover.join(10)
    assert (removed, there(chat, old)) == ([False], True)


def test_what_was_left_half_written_goes(chat: Chat, sweeper: Sweeper) -> None:
    folder = chat.files.path(chat.files.put(b"x")).parent
    for name, hours in (("tmpdead", 25), ("tmpwriting", 1)):
        at = (now() - timedelta(hours=hours)).timestamp()
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (at, at))
    sweeper.sweep(now())
    assert [path.name for path in folder.iterdir() if path.name.startswith("tmp")] == ["tmpwriting"]


def test_the_tables_that_are_passed_over_are_there(chat: Chat) -> None:
    """A renamed table would be looked through again, or its states misunderstood."""
    there = set(inspect(chat.engine).get_table_names())
    assert set(_SILENT) <= there
    with reading(chat.engine) as session:
        looked_at = {table.name: table for table in _tables(session)}
    assert set(_NEEDED) <= set(looked_at)
    assert {"documents"} & set(looked_at) == set()
    assert {"submissions", "submission_events", "forms", "conversations", "download_links", "turns"} <= set(looked_at)


def test_serving_sweeps(chat: Chat, sweeper: Sweeper) -> None:
    serving = Serving(chat.service, {}, "one", now, (90, 1095), sweeper=sweeper)
    old = aged(chat, b"old")

    async def serve() -> None:
        async with serving.running():
            for _ in range(200):
                await asyncio.sleep(0.05)
                if not there(chat, old):
                    return

    asyncio.run(serve())
    assert not there(chat, old)
