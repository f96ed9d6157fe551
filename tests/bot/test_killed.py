"""Killed at random points, alone and in twos, the workers lose nothing and take no step twice."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from bot.service import Service
from tests.bot.killed import LEASE, NAME, PARCELS, clock, serve, service, updates
from tests.bot.process import wait_until

ON_BOTH_DATABASES = True

CHATS, MESSAGES = 5, 24
FORK = multiprocessing.get_context("fork")  # starts in milliseconds; the parent has no threads and no open connections


@pytest.fixture
def parent(database: str) -> Iterator[Service]:
    made = service(database)
    yield made
    made.engine.dispose()


def start(home: Path, database: str, number: int, lease: timedelta = LEASE) -> BaseProcess:
    process = FORK.Process(target=serve, args=(home, database, f"worker-{number}", lease), daemon=True)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()


def replies(home: Path) -> dict[str, list[str]]:
    told: dict[str, list[str]] = defaultdict(list)
    file = home / "sent"
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        chat, text, _ = line.split(" ")
        told[chat].append(text)
    return told


def expected(messages: int = MESSAGES) -> list[str]:
    return [f"tin-{number}={number}{mark}" for number in range(1, messages + 1) for mark in ("", ".")]


def complete(home: Path, messages: int = MESSAGES) -> bool:
    told = replies(home)
    return len(told) == CHATS and all(set(expected(messages)) <= set(texts) for texts in told.values())


def owners(home: Path) -> set[str]:
    """The processes that have sent something."""
    file = home / "sent"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True) if file.exists() else []
    whole = [line for line in lines if line.endswith("\n")]  # the last may be half written
    return {line.rstrip("\n").rsplit(" ", 1)[1] for line in whole}


def say(parent: Service, number: int) -> None:
    """One message in every chat; each update arrives twice, as webhooks do."""
    for _ in range(2):
        parent.store(NAME, [one for chat in range(CHATS) for one in updates(chat, number)], clock())
    parent.engine.dispose()  # nothing open when a worker is forked


def check(home: Path, messages: int = MESSAGES) -> int:
    """Every message answered, each step once, in order; returns how many replies came twice."""
    told = replies(home)
    for texts in told.values():
        assert list(dict.fromkeys(texts)) == expected(messages)
    return sum(len(texts) - len(set(texts)) for texts in told.values())


def test_killed_again_and_again(parent: Service, tmp_path: Path, database: str) -> None:
    chance = random.Random(3)
    for number in range(1, MESSAGES + 1):
        say(parent, number)
        process = start(tmp_path, database, number)
        time.sleep(chance.uniform(0.02, 0.25))
        kill(process)
    last = start(tmp_path, database, 0)
    try:
        wait_until(lambda: complete(tmp_path))
    finally:
        kill(last)
    # At least once: what was sent and not yet marked when the process died comes again.
    assert check(tmp_path) <= MESSAGES * PARCELS


@pytest.mark.parametrize("count", [2, 3])
def test_several_processes_never_take_the_same_work(parent: Service, tmp_path: Path, database: str, count: int) -> None:
    # Nobody dies here: a lease that no stall of a busy machine outlasts.
    processes = [start(tmp_path, database, number, timedelta(seconds=30)) for number in range(count)]
    everyone = {f"worker-{number}" for number in range(count)}
    said, until = 0, time.monotonic() + 60
    try:
        # A busy machine may start one after the others have done everything: there is work until all have had some.
        while said < MESSAGES or (owners(tmp_path) != everyone and time.monotonic() < until):
            said += 1
            say(parent, said)
            if said > MESSAGES:
                time.sleep(0.05)
        wait_until(lambda: complete(tmp_path, said))
        assert all(process.is_alive() for process in processes)
    finally:
        for process in processes:
            kill(process)
    assert check(tmp_path, said) == 0
    assert owners(tmp_path) == everyone
