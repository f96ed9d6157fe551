"""A figure of the benchmark and how it is printed."""

from __future__ import annotations

import json
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from retrieval.metrics import percentile

PAGE = resource.getpagesize()


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
    """Seconds that a block took, once it is over."""

    seconds = 0.0


@contextmanager
def timed() -> Iterator[Clock]:
    clock = Clock()
    began = time.perf_counter()
    yield clock
    clock.seconds = time.perf_counter() - began


def milliseconds(work: Callable[[str], object], items: Sequence[str]) -> list[float]:
    """How long `work` takes on each of `items`, after one unmeasured go that loads what is loaded lazily."""
    work(items[0])
    took = []
    for item in items:
        began = time.perf_counter()
        work(item)
        took.append((time.perf_counter() - began) * 1000)
    return took


def p50_p95(name: str, took: Sequence[float], floor: Sequence[float] | None = None) -> list[Figure]:
    return [
        Figure(
            f"{name} p{round(share * 100)}", percentile(took, share), "ms", percentile(floor, share) if floor else None
        )
        for share in (0.50, 0.95)
    ]


def resident_mib() -> float:
    """Memory this process holds now."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 2**20


def folder_mib(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20
