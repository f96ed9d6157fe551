"""Which sentence of the best passage is quoted where the question asks for a form, and which passage comes first."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.snapshot import Snapshot
from retrieval.evidence import weigh
from retrieval.model import Citation
from retrieval.question import understand
from retrieval.quotes import Nearness
from retrieval.refusal import saying_something
from retrieval.showing import showing_form
from tests.retrieval.indexed import indexed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
LENT = "Phường nghề cho người nhuộm chàm mượn vại sành, bát múc và khăn che để làm tại nhà, hỏng vại thì báo tổ trưởng."
PRICE = "Nứt vỡ: 80.000 đồng."
RULES = f"""QUY ĐỊNH
Việc mượn vại nhuộm

Điều 1. Mượn vại

{LENT} {PRICE}
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return indexed(tmp_path_factory.mktemp("showing"), {"quy-dinh.md": RULES}, now=NOW)


def as_near(cosine: float) -> Nearness:
    """Return a judge for whom the lead is at 0.5 and every other sentence at `cosine`."""
    return lambda said: [0.5 if text == LENT else cosine for text in said]


@pytest.mark.parametrize(("cosine", "quote"), [(0.45, PRICE), (0.3, LENT)])
def test_a_sentence_of_the_form_asked_for_may_be_near_in_meaning_alone(
    snapshot: Snapshot, cosine: float, quote: str
) -> None:
    """It has no word of the question, which the lead has; the amount asked for stands there."""
    asked = understand("Người nhuộm chàm mượn vại làm hỏng phải đền bao nhiêu tiền?", (), snapshot, NOW)
    document = snapshot.document(0)
    start = document.text.index(LENT)
    lead = Citation("quy-dinh.md", None, "", None, "Điều 1", LENT, f"{LENT} {PRICE}", 1.0, 0, start, start + len(LENT))
    shown = showing_form(asked, lead, document, weigh(asked, snapshot), as_near(cosine))
    assert shown.quote == quote
    assert document.text[shown.start : shown.end] == quote


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Nhuộm chàm có bao nhiêu vại mượn?", "14 vại."),
        ("Ban nào giữ vại chàm?", "14 vại."),
        ("Quy định mượn vại kèm theo quyết định số bao nhiêu?", "(Kèm"),
        ("Quy định mượn vại được ban hành kèm theo quyết định nào?", "(Kèm"),
    ],
)
def test_what_a_text_came_with_is_quoted_where_that_is_asked(snapshot: Snapshot, question: str, first: str) -> None:
    words = ("(Kèm theo Quyết định số 9/QĐ-PN ngày 3/2/2026)", "14 vại.")
    cited = [Citation("a.md", None, "", None, "", said, said, 0.9 - at, 0, 0, 1) for at, said in enumerate(words)]
    best = saying_something(understand(question, (), snapshot, NOW), cited)[0]
    assert best.quote.startswith(first)


def test_what_says_more_than_its_mark_stays_first(snapshot: Snapshot) -> None:
    words = ("Phiếu mượn theo mẫu MV01 (ban hành kèm theo Quyết định số 9/QĐ-PN)", "14 vại.")
    cited = [Citation("a.md", None, "", None, "", said, said, 0.9 - at, 0, 0, 1) for at, said in enumerate(words)]
    assert saying_something(understand("Phiếu mượn vại theo mẫu nào?", (), snapshot, NOW), cited)[0] is cited[0]
