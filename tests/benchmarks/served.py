"""The program as people start it: `tdkt serve` while it is asked over HTTP, `tdkt ask` cold from the shell."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

import httpx

from tests.benchmarks.figures import Figure, memory, timed
from tests.benchmarks.floors import read_all
from tests.bot.process import command, environment

_PATIENCE = 120.0  # seconds, on a busy machine


def serving(name: str, home: Path, questions: Sequence[str]) -> Iterator[Figure]:
    """Memory of `tdkt serve` after questions over HTTP."""
    process = subprocess.Popen(
        command("serve", "--port", "0", "--home", str(home)),
        env=environment(TDKT_STRANGERS_MAY_ASK="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline().decode("utf-8"))
        assert address is not None
        with httpx.Client(base_url=address[0], timeout=_PATIENCE, follow_redirects=True) as client:
            client.headers["Origin"] = address[0].rstrip("/")
            client.get("/").raise_for_status()
            for question in questions:
                answered = client.post("/hoi", data={"q": question})
                answered.raise_for_status()
                assert question[:20] in answered.text, "the page does not show the question"
        held = memory(process.pid)
    finally:
        process.terminate()
        process.communicate(timeout=_PATIENCE)
    yield Figure(f"{name}: tdkt serve, resident after {len(questions)} questions", held.resident, "MiB")
    yield Figure(f"{name}: tdkt serve, of that not mapped files", held.own, "MiB")


def cold(name: str, home: Path, question: str, plain: Path, *, times: int = 5) -> Iterator[Figure]:
    """Seconds of `tdkt ask` from the shell; a script that asks both plain indexes, saved in `plain`, is the floor."""
    ours = command("ask", question, "--home", str(home))
    bare = [sys.executable, "-m", "tests.benchmarks.plain", str(plain), question]
    pairs = [(_seconds(ours), _seconds(bare)) for _ in range(times + 1)][1:]  # the first time reads it all from disk
    yield Figure(f"{name}: tdkt ask, cold", median(p[0] for p, _ in pairs), "s", median(p[0] for _, p in pairs))
    yield Figure(f"{name}: tdkt ask, cold, CPU", median(p[1] for p, _ in pairs), "s", median(p[1] for _, p in pairs))


def load_and_first(name: str, home: Path) -> Iterator[Figure]:
    """Load time and memory of a fresh process that only answers; reading the files once is the floor."""
    with timed() as reading:
        read_all(home)
    out = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.resident", str(home)], check=True, capture_output=True, text=True
    )
    load_ms, resident, own = map(float, out.stdout.split())
    yield Figure(f"{name}: load and first answer", load_ms, "ms", reading.seconds * 1000)
    yield Figure(f"{name}: resident after 50 questions", resident, "MiB")
    yield Figure(f"{name}: of that not mapped files", own, "MiB")


def _seconds(run: Sequence[str]) -> tuple[float, float]:
    """Wall and CPU time of a process."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(run, check=True, env=environment(), stdout=subprocess.DEVNULL)
    took, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
