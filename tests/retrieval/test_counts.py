"""How many articles, chapters, clauses a document has, counted in its tree."""

from __future__ import annotations

import pytest

from knowledge.analyse import analyse, analyse_text
from retrieval.fact import Meant
from retrieval.facts_counts import parts
from tests.benchmarks.sets import SAMPLES
from tests.unseen import measure

RULES = Meant(0, analyse(SAMPLES / "quy-che-thi-dua-khen-thuong.md"), 1.0)
LAW = Meant(0, analyse(measure.DOCUMENTS / "11_luat-tinh-nguyen.txt"), 1.0)
PLAN = Meant(0, analyse(SAMPLES / "ke-hoach-thi-dua-2027.docx"), 1.0)


@pytest.mark.parametrize(
    ("question", "meant", "says"),
    [
        ("quy chế có bao nhiêu điều", RULES, "Quy chế kèm theo Quyết định 198/QĐ-SNV có 12 điều."),
        ("quy che gom may chuong, may dieu", RULES, "Quy chế kèm theo Quyết định 198/QĐ-SNV có 3 chương và 12 điều."),
        (
            "quyết định 198 có mấy điều",
            RULES,
            "Quyết định 198/QĐ-SNV có 3 điều; Quy chế kèm theo Quyết định 198/QĐ-SNV có 12 điều.",
        ),
        (
            "điều 5 quy chế có mấy khoản",
            RULES,
            "Điều 5 của Quy chế kèm theo Quyết định 198/QĐ-SNV có 3 khoản.",
        ),
        ("luật này gồm mấy chương mấy điều", LAW, "có 5 chương và 12 điều."),
    ],
)
def test_what_is_counted(question: str, meant: Meant, says: str) -> None:
    fact = parts(question, [meant])
    assert fact is not None and fact.statement.endswith(says) and fact.exact
    words = [meant.document.text[place.start : place.end] for place in fact.places]
    assert words and all(one and "\n" not in one for one in words)


@pytest.mark.parametrize(
    "question",
    [
        "mấy điều kiện để được khen",
        "có bao nhiêu chương trình",
        "nộp mấy khoản tiền",
        "có mấy khoản",  # of which article is not said
        "điều 5 quy định gì",
        "có bao nhiêu phụ lục",  # none: nothing is counted
    ],
)
def test_what_is_not(question: str) -> None:
    assert parts(question, [RULES]) is None


def test_a_plan_has_no_articles_and_nothing_is_no_document() -> None:
    assert parts("kế hoạch có mấy điều", [PLAN]) is None
    assert parts("quy chế có mấy điều", []) is None


def test_of_an_extract_nothing_is_told() -> None:
    text = LAW.document.text
    start, end = text.index("Điều 3."), text.index("Điều 4.")
    shortened = analyse_text(text[:start] + text[end:], file="trich.txt", digest="0" * 64)
    assert parts("luật có mấy điều", [Meant(0, shortened, 1.0)]) is None
