"""Small offices made of official texts, and the written questions that nobody trained on (`index.training.written`).

Two dozen laws each, every fifth article left out. Asked are the questions of articles that are there, of articles left
out, of laws that are not there at all. What `calibrate` and `weigh` learn from; knows nothing of tests/unseen, whose
laws have no written question.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.build import update
from index.snapshot import Snapshot, SnapshotStore
from index.train import is_held_out
from index.training.corpora import Source, read_articles
from index.training.written import HELD_OUT, Written, read_written
from knowledge.text import collapse, normalise
from tests.benchmarks.sets import SHARED

_LAWS, _ABSENT_LAWS, _LEFT_OUT = 24, 10, 5  # laws of an office; laws asked about in vain; every fifth article …
_ARTICLES = range(4, 61)  # of a law
_EVERYDAY = 2  # of the questions to a passage are in everyday words
_NAMED = 0.25  # of the questions name their document
_KINDS = {"tt": "THÔNG TƯ", "ttlt": "THÔNG TƯ LIÊN TỊCH", "nđ": "NGHỊ ĐỊNH", "qđ": "QUYẾT ĐỊNH", "nq": "NGHỊ QUYẾT"}
_ABOUT = re.compile(r"(?:quy định|hướng dẫn)(?: về)? (.{10,200}?)(?:;| theo quy định|\.|\n)")
_PARTS = re.compile(r"(?<=[.;:])\s+|\n")
_TELLING = 25  # characters of a part of a passage that is looked for
_SHOWN = 60  # … of which so many are


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to an office."""

    text: str
    kind: str  # "everyday": hardly a word of the answer's; "typed": as staff type it
    file: str | None  # the document that answers; None: none there does
    answer: str  # the passage it was written for


@dataclass(frozen=True, slots=True)
class Office:
    """Its documents and what is asked of it."""

    snapshot: Snapshot
    asked: tuple[Asked, ...]

    def rows(self, asked: Asked) -> list[int]:
        """Return the passages of the snapshot that have a part of what answers."""
        if asked.file is None:
            return []
        parts = [_flat(part)[:_SHOWN] for part in _PARTS.split(asked.answer) if len(_flat(part)) > _TELLING]
        owner = next(n for n, card in enumerate(self.snapshot.documents) if Path(card.file).name == asked.file)
        card = self.snapshot.documents[owner]
        texts = ((row, _flat(self.snapshot.passage(row).text)) for row in range(card.first, card.last))
        return [row for row, text in texts if any(part in text for part in parts or [_flat(asked.answer)])]


def _flat(text: str) -> str:
    return collapse(normalise(text)).lower()


def offices(most: int, rng: random.Random) -> Iterator[Office]:
    """Yield at most `most` offices of different laws, each in a folder that is gone with the next."""
    laws: dict[str, list[Source]] = defaultdict(list)
    for article in read_articles(SHARED / "corpora"):
        laws[article.group].append(article)
    asked: dict[str, list[Written]] = defaultdict(list)
    for one in read_written(article for articles in laws.values() for article in articles):
        if is_held_out(one.group, HELD_OUT) and len(laws.get(one.group, ())) in _ARTICLES:
            asked[one.group].append(one)
    names = sorted(asked)
    rng.shuffle(names)
    for first in range(0, min(most * _LAWS, len(names) - _LAWS + 1), _LAWS):
        there = names[first : first + _LAWS]
        topics = {laws[name][0].topic for name in there}
        absent = [name for name in names if name not in there and laws[name][0].topic not in topics]
        with tempfile.TemporaryDirectory() as folder:
            snapshot = _indexed({name: laws[name] for name in there}, Path(folder))
            chosen = [*there, *rng.sample(absent, min(_ABSENT_LAWS, len(absent)))]
            questions = [question for name in chosen for question in _questions(laws[name], asked[name], rng)]
            yield Office(snapshot, tuple(_placed(question, there) for question in questions))


def _placed(asked: Asked, there: Sequence[str]) -> Asked:
    here = asked.file in {_file(name) for name in there}
    return asked if here else Asked(asked.text, asked.kind, None, asked.answer)


def _questions(articles: Sequence[Source], asked: Sequence[Written], rng: random.Random) -> Iterator[Asked]:
    for one in asked:
        home = next(n for n, article in enumerate(articles) if one.passage in article.text)
        file = _file(one.group) if _kept(home) else None
        for order, question in enumerate(one.questions):
            named = rng.random() < _NAMED
            kind = "everyday" if order < _EVERYDAY else "typed"
            yield Asked(f"theo {_called(one.group)}, {question}" if named else question, kind, file, one.passage)


def _kept(number: int) -> bool:
    return number % _LEFT_OUT != _LEFT_OUT - 1


def _called(law: str) -> str:
    return f"{_kind(law).lower()} {law.upper()}"


def _kind(law: str) -> str:
    return _KINDS.get(law.rpartition("/")[2].partition("-")[0], "QUYẾT ĐỊNH")


def _file(law: str) -> str:
    return re.sub(r"[^\w]+", "-", law) + ".txt"


def _indexed(laws: dict[str, list[Source]], folder: Path) -> Snapshot:
    files = folder / "files"
    files.mkdir()
    for name, articles in laws.items():
        about = _ABOUT.search(articles[0].text)
        subject = about.group(1) if about else articles[0].topic.lower()
        kept = (article for number, article in enumerate(articles) if _kept(number))
        body = "\n\n".join(f"Điều {number}. {one.heading}\n{one.text}" for number, one in enumerate(kept, start=1))
        text = f"Số: {name.upper()}\n\n{_kind(name)}\nQuy định về {subject}\n\n{body}\n"
        (files / _file(name)).write_text(text, encoding="utf-8")
    update(folder / "home", [files])
    snapshot = SnapshotStore(folder / "home").current()
    assert snapshot is not None
    return snapshot
