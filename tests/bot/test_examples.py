from __future__ import annotations

from bot.asking import Library
from bot.examples import candidates
from tests.bot.library import NOW, FakeLibrary, plan


def test_neighbours_ask_different_things() -> None:
    cards = FakeLibrary(plan(), plan()).cards
    asked = list(candidates(cards))
    assert len(asked) == 2 * len(set(asked))
    assert asked[:2] == ["Hạn báo cáo của kế hoạch 77/KH-SVT là khi nào?", "Ai ký kế hoạch 77/KH-SVT?"]


def test_only_questions_that_are_answered_are_offered_and_found_once() -> None:
    library = FakeLibrary()
    found = library.examples(NOW)
    assert "Hạn báo cáo của kế hoạch 77/KH-SVT là khi nào?" in found
    assert all(library.ask(question, now=NOW).found for question in found)
    tried = len(library.asked)
    assert library.examples(NOW) == found
    assert len(library.asked) == tried


def test_no_documents_no_questions() -> None:
    library: Library = FakeLibrary()
    assert list(candidates(library.cards[:0])) == []
