"""`python -m tests.bench [--quick] [--only PART,…] [--keep FOLDER]`: every figure of the README's table.

One JSON object a line: {"name", "value", "unit", "floor", "ratio"}; the floor is the plainest way to do the same work
in the same run (plain bm25s, plain FAISS, reading the files, a bare echo bot). Corpora beside the checkout (../shared)
are measured where present.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import corpus, peers, speed, staff, telegram
from tests.benchmarks.figures import Figure
from tests.benchmarks.sets import SHARED

LARGE, MILLION, QUICK = 100_000, 1_000_000, 10_000  # passages


@dataclass(frozen=True, slots=True)
class How:
    """How thoroughly, and where indexes may stay for the next run."""

    quick: bool
    keep: Path | None


# What each part needs beside the checkout, and its figures.
PARTS: dict[str, tuple[tuple[str, ...], Callable[[How], Iterable[Figure]]]] = {
    "samples": ((), lambda how: staff.samples(quick=how.quick)),
    "telegram": ((), lambda how: telegram.throughput(quick=how.quick)),
    "peers": ((), lambda how: peers.side_by_side()),
    "seeds": (("seeds", "questions"), lambda how: staff.seeds()),
    "law": (("corpora",), lambda how: corpus.law(quick=how.quick)),
    "large": (
        ("corpora",),
        lambda how: speed.large(QUICK if how.quick else LARGE, how.keep, quick=how.quick, whole=True),
    ),
    "million": (
        ("corpora",),
        lambda how: speed.large(2 * QUICK if how.quick else MILLION, how.keep, quick=how.quick, whole=False),
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work: for trying the benchmark itself")
    parser.add_argument("--only", default=",".join(PARTS), help=f"parts of it: {', '.join(PARTS)}")
    parser.add_argument("--keep", type=Path, help="folder for the large indexes (a million takes 20 minutes to build)")
    given = parser.parse_args()
    chosen = given.only.split(",")
    if unknown := [name for name in chosen if name not in PARTS]:
        parser.error(f"no such part: {', '.join(unknown)}")
    for name in chosen:
        needed, figures = PARTS[name]
        if missing := [folder for folder in needed if not (SHARED / folder).is_dir()]:
            print(f"{name}: left out, ../shared has no {', '.join(missing)}", file=sys.stderr)
            continue
        for figure in figures(How(given.quick, given.keep)):
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
