from __future__ import annotations

from dataclasses import replace

import pytest

from bot.card import Card, lay_out
from tests.bot.library import DEADLINE, NOW, FakeLibrary


def card(words: str) -> Card:
    library = FakeLibrary()
    return lay_out(replace(library.ask("hạn?", now=NOW), answer=words), library.cards)


@pytest.mark.parametrize(
    ("words", "statement"),
    [
        (f"Hạn: 15/12.\n“{DEADLINE}”\n(Mục II.1, Kế hoạch 77 (năm 2025))", "Hạn: 15/12."),
        (f"“{DEADLINE}”\n(Mục II.1)", ""),
        (f"Tiêu chuẩn:\n“{DEADLINE.replace(' Văn phòng', chr(10) + 'Văn phòng')}”", "Tiêu chuẩn:"),
        ("Hạn: 15/12 (còn 24 ngày).\n(Mục II.1)", "Hạn: 15/12 (còn 24 ngày)."),
        ("Hạn: 15/12 (còn 24 ngày)", "Hạn: 15/12 (còn 24 ngày)"),
        (f"Nêu tại:\n- Mục II.1: “{DEADLINE}”", f"Nêu tại:\n- Mục II.1: “{DEADLINE}”"),
        ("**Hạn**:\n\n15/12", "Hạn:\n15/12"),
    ],
)
def test_the_statement_is_what_the_quotation_does_not_say(words: str, statement: str) -> None:
    assert card(words).statement == statement


def test_places_are_sorted_by_document() -> None:
    laid = card("Hạn.")
    assert laid.lead is not None
    assert [place.digest == laid.lead.digest for place in (*laid.others, *laid.elsewhere)] == [True, False]
    assert laid.lead.quote == DEADLINE


def test_a_refusal_has_no_lead() -> None:
    library = FakeLibrary()
    laid = lay_out(library.ask("ai?", now=NOW), library.cards)
    assert (laid.found, laid.lead, laid.elsewhere) == (False, None, ())
    assert laid.statement == "Các văn bản đang có không nói về điều này."
    assert len(laid.others) == 1
