"""Documents nobody tuned for: what is reached there must not be lost again.

The floors stand a little below what `python -m tests.unseen.measure` prints.
"""

from __future__ import annotations

import pytest

from knowledge.document import Document
from retrieval.evaluate import Report
from tests.unseen import measure, official


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return measure.read_documents()


@pytest.fixture(scope="module")
def report() -> Report:
    return measure.answers()


def test_header_fields(documents: dict[str, Document]) -> None:
    compared, misses = measure.header_misses(documents)
    assert 1 - len(misses) / compared >= 0.95, misses


def test_duties(documents: dict[str, Document]) -> None:
    duties, misses = measure.duty_misses(documents)
    assert duties.f1 >= 0.95, misses


def test_no_character_is_lost(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert "".join(document.text[part.start : part.end] for part in document.sections) == document.text
        assert len({part.path for part in document.sections}) == len(document.sections), document.file


def test_questions_in_the_words_of_the_document(report: Report) -> None:
    spoken = ("plain", "nodiacritics", "abbrev", "typo", "followup")
    asked = [one for one in report.judged if one.question.kind in spoken]
    wrong = [one.question.text for one in asked if not one.right]
    assert 1 - len(wrong) / len(asked) >= 0.94, wrong


def test_questions_in_other_words_that_name_the_document(report: Report) -> None:
    asked = [one for one in report.judged if one.question.kind == "paraphrase-named"]
    assert sum(one.right for one in asked) >= 0.75 * len(asked)


def test_first_and_first_three_citations(report: Report) -> None:
    assert report.hit_1 >= 0.87
    assert report.hit_3 >= 0.93


def test_refusals(report: Report) -> None:
    assert report.refused_right >= 0.8 * report.unanswerable
    assert report.false_refusals <= 0.05 * report.answerable


def test_every_gold_quotation_stands_in_its_document() -> None:
    texts = {path.name: measure.flat(path.read_text(encoding="utf-8")) for path in measure.DOCUMENTS.glob("*.txt")}
    for line in measure.lines("questions.jsonl"):
        for gold in [line, *line.get("also", [])] if line["file"] else []:
            assert measure.flat(gold["quote"]) in texts[gold["file"]], gold


@pytest.mark.skipif(not official.CORPUS.exists(), reason="the corpora are not shipped")
def test_every_quotation_from_an_official_text_stands_in_it() -> None:
    texts = official.documents({line["law"] for line in measure.lines("official.jsonl")})
    asked = official.questions()
    assert len(asked) >= 100 and len(texts) == 25
    for question in asked:
        for gold in question.gold:
            assert measure.flat(gold.quote) in measure.flat(texts[gold.file]), gold


def test_what_is_wrong_is_found_out(documents: dict[str, Document]) -> None:
    assert measure.duty_misses({})[0].right == 0
    without = {name: document for name, document in documents.items() if not name.startswith("05")}
    missed = measure.duty_misses(without)[1]
    assert any(line.startswith("05 missed") for line in missed)
