"""`python -m tests.bench [--quick]`: every figure of the README's table, one JSON object a line.

Each line: {"name", "value", "unit", "floor", "ratio"}; the floor is the plainest way to do the same work in the same
run (plain bm25s, plain FAISS, reading the files, a bare echo bot). Corpora beside the checkout (../shared) are
measured where present.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator

from tests.benchmarks import corpus, staff, telegram
from tests.benchmarks.figures import Figure


def figures(*, quick: bool) -> Iterator[Iterable[Figure]]:
    """Yield the groups of figures that can be measured here."""
    yield staff.samples(quick=quick)
    yield telegram.throughput(quick=quick)
    if (staff.SHARED / "seeds").is_dir() and (staff.SHARED / "questions").is_dir():
        yield staff.seeds()
    else:
        print("../shared/seeds or ../shared/questions absent: their figures are left out", file=sys.stderr)
    if corpus.CORPORA.is_dir():
        yield corpus.law(quick=quick)
        yield corpus.large(quick=quick)
    else:
        print("../shared/corpora absent: ranking and speed on 100,000 passages are left out", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work: for trying the benchmark itself")
    quick = parser.parse_args().quick
    for group in figures(quick=quick):
        for figure in group:
            print(figure.line(), flush=True)


if __name__ == "__main__":
    main()
