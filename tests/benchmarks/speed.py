"""How fast an index of a hundred thousand or a million passages is built and asked, beside the plainest ways."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from index.assembly import Wanted, assemble
from index.corpus import build_corpus
from index.encoder import load_encoder
from index.errors import DamagedIndex
from index.files import link_tree
from index.progress import silent
from index.snapshot import Snapshot, SnapshotStore
from index.versions import Stamp
from knowledge.analyse import analyse
from knowledge.text import fold
from retrieval.answer import Assistant
from retrieval.goldfile import corpus_questions
from retrieval.metrics import percentile
from tests.benchmarks.figures import Clock, Figure, both_times, folder_mib, milliseconds, p50_p95, p50_p95_both, timed
from tests.benchmarks.floors import Plain
from tests.benchmarks.many import many
from tests.benchmarks.served import cold, load_and_first, serving
from tests.benchmarks.sets import ROOT, SEEDS_NOW, SHARED

CORPORA = SHARED / "corpora"
QUESTIONS = CORPORA / "law-questions-dev.jsonl.xz"
_NEW = ROOT / "tests" / "unseen" / "documents" / "01_ke-hoach-chay-no.txt"


def large(size: int, keep: Path | None, *, quick: bool, whole: bool) -> Iterator[Figure]:
    """Everything about an index of about `size` passages; `whole`: also as a home that is served and added to.

    `keep`: a folder where the index stays for the next run.
    """
    parent = keep or Path(tempfile.mkdtemp(prefix="tdkt-bench-"))
    home = parent / f"{size}-passages"
    try:
        kept, building = _kept(home), Clock()
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)
            with timed() as building:
                kept = build_corpus(many(CORPORA, size), home)
        name = f"{len(kept)} passages"
        if building.seconds:
            yield Figure(f"{name}: build speed", len(kept) / building.seconds, "passages/s")
        yield Figure(f"{name}: on disk", folder_mib(home), "MiB")
        yield from load_and_first(name, home)
        plain = Plain(kept)
        if whole:
            asked = _questions(300)
            yield from _added(name, home, parent / "added")
            with tempfile.TemporaryDirectory(prefix="tdkt-bench-") as saved:
                plain.save(Path(saved))
                yield from cold(name, home, fold(asked[0]), Path(saved))
            yield from serving(name, home, asked[: 50 if quick else 300])
        yield from _asked(name, kept, plain, _questions(100 if quick else 500))
    finally:
        if keep is None:
            shutil.rmtree(parent)


def _kept(home: Path) -> Snapshot | None:
    """The index that an earlier run left; None where there is none of this format and model."""
    try:
        snapshot = SnapshotStore(home).current()
    except DamagedIndex:
        return None
    usable = snapshot is not None and snapshot.manifest.encoder == load_encoder().name
    print(f"{home}: {'kept' if usable else 'to be built'}", file=sys.stderr)
    return snapshot if usable else None


def _questions(most: int) -> list[str]:
    return [one.text for one in corpus_questions(QUESTIONS)][:most]


def _asked(name: str, snapshot: Snapshot, plain: Plain, asked: list[str]) -> Iterator[Figure]:
    """Latency of whole answers and of each index alone."""
    assistant = Assistant(snapshot)
    queries = dict(zip(asked, snapshot.encoder.encode_queries(asked), strict=True))

    def plainly(text: str) -> None:
        plain.words.search(text, 10)
        plain.vectors.search(queries[text][None], 10)

    for text in (*asked[:3], *map(fold, asked[:3])):  # what is read on first use is load time, measured apart
        assistant.ask(text, now=SEEDS_NOW)
    took, floor = [], []
    for first in range(0, len(asked), 50):  # in turns, so that a busy machine is busy for both
        some = asked[first : first + 50]
        took += both_times(lambda text: assistant.ask(text, now=SEEDS_NOW), some)
        floor += both_times(plainly, some)
    yield from p50_p95_both(f"{name}: ask", took, floor)
    bare = both_times(lambda text: assistant.ask(fold(text), now=SEEDS_NOW), asked)
    yield from p50_p95_both(f"{name}: ask, no diacritics", bare, floor)
    yield from p50_p95(
        f"{name}: vectors",
        milliseconds(lambda text: snapshot.vectors.search(queries[text], 10), asked),
        milliseconds(lambda text: plain.vectors.search(queries[text][None], 10), asked),
    )
    yield from p50_p95(
        f"{name}: words (accented index)",
        milliseconds(lambda text: snapshot.accented.top(text.lower().split(), k=10), asked),
        milliseconds(lambda text: plain.words.search(text, 10), asked),
    )
    encoding = milliseconds(lambda text: snapshot.encoder.encode_queries([text]), asked)
    yield Figure(f"{name}: a question encoded p95", percentile(encoding, 0.95), "ms")
    yield from _encoded(name, snapshot)


def _encoded(name: str, snapshot: Snapshot) -> Iterator[Figure]:
    passages = [snapshot.passage(number) for number in range(min(3000, len(snapshot)))]
    with timed() as encoding:
        snapshot.encoder.encode_passages([f"{passage.context}\n{passage.text}" for passage in passages])
    yield Figure(f"{name}: passages encoded", len(passages) / encoding.seconds, "passages/s")


def _added(name: str, home: Path, copy: Path) -> Iterator[Figure]:
    """Seconds until a document that came answers, read, analysed and indexed."""
    shutil.rmtree(copy, ignore_errors=True)
    link_tree(home, copy)  # the kept index stays as it is
    try:
        encoder = load_encoder()
        store = SnapshotStore(copy, lambda: encoder)
        snapshot = store.current()
        assert snapshot is not None
        question = "kế hoạch kiểm tra phòng cháy chữa cháy"
        Assistant(snapshot).ask(question, now=datetime.now(UTC))  # a program that is running
        there = [
            Wanted(card.key, card.digest, lambda: None) for card in map(snapshot.card, range(len(snapshot.documents)))
        ]
        with timed() as adding:
            document = analyse(_NEW)
            wanted = [*there, Wanted("new", document.digest, lambda: document)]
            assemble(copy / "index", wanted, encoder, Stamp("", 0), rebuild=False, purge=False, progress=silent)
            newest = store.current()
            assert newest is not None and len(newest.documents) == len(snapshot.documents) + 1
            answer = Assistant(newest).ask(question, now=datetime.now(UTC))
            assert answer.citations
        yield Figure(f"{name}: one more document until it answers", adding.seconds, "s")
        yield Figure(f"{name}: one more document until it answers, CPU", adding.cpu, "s")
    finally:
        shutil.rmtree(copy)
