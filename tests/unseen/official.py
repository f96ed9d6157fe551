"""Questions over official texts nobody tuned for: `python -m tests.unseen.official` prints the figures.

Twenty-five laws, decrees and circulars drawn by chance from `../shared/corpora/law-articles.jsonl.xz`, put together as
documents; the questions of `official.jsonl` were written from their articles before the program was asked any. Half of
them share hardly a word with the article that answers and name no document: the hardest there are.
"""

from __future__ import annotations

import json
import lzma
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from index.build import update
from index.snapshot import SnapshotStore
from retrieval.answer import Assistant
from retrieval.evaluate import Report, evaluate
from retrieval.goldfile import Gold, StaffQuestion
from tests.unseen import measure

CORPUS = measure.HERE.parents[2] / "shared" / "corpora" / "law-articles.jsonl.xz"
_KINDS = {"tt": "THÔNG TƯ", "ttlt": "THÔNG TƯ LIÊN TỊCH", "nđ": "NGHỊ ĐỊNH", "qđ": "QUYẾT ĐỊNH"}
_ABOUT = re.compile(r"(?:quy định|hướng dẫn)(?: về)? (.{10,200}?)(?:;| theo quy định|\.|\n)")

Article = dict[str, str]


def documents(laws: set[str]) -> dict[str, str]:
    """The texts of `laws` by file name, put together from their articles under a number, a kind and a subject."""
    found: dict[str, list[Article]] = defaultdict(list)
    with lzma.open(CORPUS, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["law"] in laws:
                found[row["law"]].append(row)
    return {_file(law): _written(law, articles) for law, articles in found.items()}


def _file(law: str) -> str:
    return law.replace("/", "-") + ".txt"


def _written(law: str, articles: list[Article]) -> str:
    ordered = sorted(articles, key=lambda article: _number(article))
    about = _ABOUT.search(ordered[0]["text"])
    subject = about.group(1) if about else ordered[0]["topic"]
    body = "\n\n".join(f"Điều {_number(article)}. {article['title']}\n{article['text']}" for article in ordered)
    kind = _KINDS[law.split("/")[2].split("-")[0]]
    return f"Số: {law.upper()}\n\n{kind}\nQuy định về {subject}\n\n{body}\n"


def _number(article: Article) -> int:
    return int(article["id"].rpartition("+")[2])


def questions() -> list[StaffQuestion]:
    """The questions, each with the words that answer it."""
    return [
        StaffQuestion(
            text=line["q"],
            previous=(),
            kind=line["kind"],
            gold=(Gold(_file(line["law"]), line["quote"]),) if line["quote"] else (),
        )
        for line in measure.lines("official.jsonl")
    ]


def answers() -> Report:
    """Index the texts in a new home and ask every question."""
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        for name, text in documents({line["law"] for line in measure.lines("official.jsonl")}).items():
            (files / name).write_text(text, encoding="utf-8")
        update(Path(folder) / "home", [files])
        snapshot = SnapshotStore(Path(folder) / "home").current()
        assert snapshot is not None
        return evaluate(questions(), Assistant(snapshot), measure.NOW)


def main() -> None:
    """Print the figures."""
    if not CORPUS.exists():
        sys.exit(f"{CORPUS} is not there")
    report = answers()
    figures = {
        "questions": report.questions,
        "hit@1": round(report.hit_1, 4),
        "hit@3": round(report.hit_3, 4),
        "refusals_right": round(report.refused_right / report.unanswerable, 4),
        "refusals_wrong": round(report.false_refusals / report.answerable, 4),
        "by_kind": measure.by_kind(report.judged),
    }
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
