"""Questions written for passages: read, turned into pairs, and none of them a question that measures us."""

from __future__ import annotations

import json
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.training.corpora import Source, read_articles, read_questions
from index.training.written import FOLDER, Written, read_written, without_some, written_pairs
from knowledge.text import fold, syllables

TESTS = Path(__file__).parents[1]
SOURCES = [Source("7/qc+1", "7/qc", "Mượn xe", "", "1. Xe công để đi họp.\n2. Sổ giao xe do văn thư giữ.", False)]


def write(folder: Path, law: str, office: str) -> Path:
    (folder / "law.tsv").write_text(law, encoding="utf-8")
    (folder / "office.tsv").write_text(office, encoding="utf-8")
    return folder


def test_passages_are_found_in_their_source_and_unknown_sources_are_left_out(tmp_path: Path) -> None:
    text = SOURCES[0].text
    first = text.index("2.")
    law = f"7/qc+1\t{first}\t{len(text)}\tai cầm sổ\txe để đâu ghi vào đâu\t\n9/qc+9\t0\t5\tcó gì\tkhông\tđâu\n"
    office = 'Kinh phí\tTiền lấy từ quỹ “khuyến học" của xã.\tlấy gì mà chi\n'
    assert read_written(SOURCES, write(tmp_path, law, office)) == [
        Written("7/qc", "Mượn xe", "2. Sổ giao xe do văn thư giữ.", ("ai cầm sổ", "xe để đâu ghi vào đâu")),
        Written(
            'office: Tiền lấy từ quỹ “khuyến học" của xã.',
            "Kinh phí",
            'Tiền lấy từ quỹ “khuyến học" của xã.',
            ("lấy gì mà chi",),
        ),
    ]
    assert read_written(SOURCES, tmp_path / "nowhere") == []


def test_every_question_is_asked_once_a_pass_some_without_marks() -> None:
    written = [
        Written(
            str(n), "Sổ giao xe", f"Sổ thứ {n} do văn thư giữ trong tủ ở tầng {n}.", ("ai cầm sổ này vậy", "để đâu")
        )
        for n in range(50)
    ]
    made = list(written_pairs(written, 3, 0.5, random.Random(4)))
    assert len(made) == 300
    assert 90 < sum(pair.query == fold(pair.query) for pair in made) < 210
    said = {word for one in written for word in syllables(f"{one.heading} {one.passage}")}
    assert all(set(pair.passage.split()) <= said for pair in made)
    assert 100 < sum("giao" in pair.passage.split() for pair in made) < 240  # the heading, now and then
    assert made == list(written_pairs(written, 3, 0.5, random.Random(4)))


@given(st.lists(st.sampled_from("abcdefgh"), min_size=1), st.floats(0, 1), st.integers())
def test_what_is_left_stands_in_its_order_and_is_never_nothing(words: list[str], share: float, seed: int) -> None:
    kept = without_some(words, share, random.Random(seed))
    rest = iter(words)
    assert kept and all(word in rest for word in kept)
    assert share > 0 or kept == words


def test_no_question_that_measures_us_was_trained_on(corpora: Path) -> None:
    """Neither word for word, nor by its passage: laws of the official set and gold articles of citizens' questions."""
    asked = {" ".join(syllables(q)) for one in read_written(read_articles(corpora)) for q in one.questions}
    assert len(asked) > 20_000
    judged = [question.text for question in read_questions(corpora)]
    for path in (*TESTS.glob("unseen/*.jsonl"), *TESTS.glob("retrieval/questions/*.jsonl")):
        judged += [line["q"] for line in map(json.loads, path.read_text(encoding="utf-8").splitlines()) if "q" in line]
    assert len(judged) > 1_400
    assert not asked & {" ".join(syllables(question)) for question in judged}

    files = sorted(FOLDER.glob("law*.tsv"))
    names = [line.split("\t")[0] for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    gold = {name for question in read_questions(corpora) for name in question.relevant}
    laws = {json.loads(line)["law"] for line in (TESTS / "unseen/official.jsonl").read_text("utf-8").splitlines()}
    assert not gold & set(names) and not laws & {name.rpartition("+")[0] for name in names}
