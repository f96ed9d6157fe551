"""A figure of the benchmark and how it is printed."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from retrieval.metrics import percentile


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value beside the plainest way to do the same work in the same run."""

    name: str
    value: float
    unit: str
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.value / self.floor if self.floor else None

    def line(self) -> str:
        shown = {"name": self.name, "value": round(self.value, 4), "unit": self.unit}
        shown["floor"] = None if self.floor is None else round(self.floor, 4)
        shown["ratio"] = None if self.ratio is None else round(self.ratio, 2)
        return json.dumps(shown, ensure_ascii=False)


class Clock:
    """Seconds that a block took by the clock and of the processor, once it is over."""

    seconds = 0.0
    cpu = 0.0


@contextmanager
def timed() -> Iterator[Clock]:
    clock = Clock()
    began, worked = time.perf_counter(), time.process_time()
    yield clock
    clock.seconds, clock.cpu = time.perf_counter() - began, time.process_time() - worked


def milliseconds(work: Callable[[str], object], items: Sequence[str]) -> list[float]:
    """How long `work` takes on each of `items`, after one unmeasured go that loads what is loaded lazily."""
    return [wall for wall, _ in both_times(work, items)]


def both_times(work: Callable[[str], object], items: Sequence[str]) -> list[tuple[float, float]]:
    """The same by the clock and of the processor, which a busy machine troubles less."""
    work(items[0])
    took = []
    for item in items:
        with timed() as clock:
            work(item)
        took.append((clock.seconds * 1000, clock.cpu * 1000))
    return took


def p50_p95_both(
    name: str, took: Sequence[tuple[float, float]], floor: Sequence[tuple[float, float]]
) -> Iterator[Figure]:
    """Figures by the clock and of the processor, beside those of the floor."""
    for kind, place in (("", 0), (", CPU", 1)):
        yield from p50_p95(f"{name}{kind}", [each[place] for each in took], [each[place] for each in floor])


def p50_p95(name: str, took: Sequence[float], floor: Sequence[float] | None = None) -> list[Figure]:
    return [
        Figure(
            f"{name} p{round(share * 100)}", percentile(took, share), "ms", percentile(floor, share) if floor else None
        )
        for share in (0.50, 0.95)
    ]


@dataclass(frozen=True, slots=True)
class Memory:
    """What a process holds, MiB."""

    resident: float
    own: float  # apart from mapped files, which the system takes back where it needs the room


def memory(process: int | str = "self") -> Memory:
    """Return what a process holds now."""
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = {name: int(kilobytes) / 1024 for name, kilobytes in re.findall(r"(VmRSS|RssAnon):\s+(\d+) kB", told)}
    return Memory(found["VmRSS"], found["RssAnon"])


def folder_mib(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
