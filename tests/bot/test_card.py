from __future__ import annotations

from dataclasses import replace

import pytest

from bot import wording
from bot.card import Card, lay_out
from knowledge.document import Header
from tests.bot.library import DEADLINE, NOW, OPENING, FakeLibrary


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
        (f"Nêu tại:\n- Mục II.1, Kế hoạch 77: “{DEADLINE}”", "Nêu tại:"),
        (f"Có “{DEADLINE}” giữa câu.", f"Có “{DEADLINE}” giữa câu."),
        ("**Hạn**:\n\n15/12", "Hạn:\n15/12"),
    ],
)
def test_the_statement_is_what_the_quotation_does_not_say(words: str, statement: str) -> None:
    assert card(words).statement == statement


def test_a_row_is_read_below_its_heading_and_opened_where_it_stands() -> None:
    library = FakeLibrary()
    answer = library.ask("hạn?", now=NOW)
    first, *others = answer.citations
    row = replace(first, quote="2 | Bến Lò Vôi | 65", above="**TT** | **Bến** | **Tỷ lệ (%)**")
    told = "“TT | Bến | Tỷ lệ (%)\n2 | Bến Lò Vôi | 65”\n(Mục II.1)"
    laid = lay_out(replace(answer, answer=told, citations=(row, *others)), library.cards)
    assert laid.statement == ""
    assert laid.leads[0].quote == "TT | Bến | Tỷ lệ (%)\n2 | Bến Lò Vôi | 65"
    assert (laid.leads[0].start, laid.leads[0].end) == (first.start, first.end)


def test_places_are_sorted_by_document() -> None:
    laid = card("Hạn.")
    (lead,) = laid.leads
    assert [place.digest == lead.digest for place in (*laid.others, *laid.elsewhere)] == [True, False]
    assert lead.quote == DEADLINE


def test_an_answer_over_several_documents_has_a_quotation_of_each() -> None:
    laid = card(f"Các văn bản nêu nội dung này:\n- Mục II.1, Kế hoạch 77: “{DEADLINE}”\n- Điều 1: “{OPENING}”")
    assert laid.statement == "Các văn bản nêu nội dung này:"
    assert [lead.quote for lead in laid.leads] == [DEADLINE, OPENING]
    assert len(laid.others) == 1
    assert laid.elsewhere == ()


def test_a_refusal_has_no_lead() -> None:
    library = FakeLibrary()
    laid = lay_out(library.ask("ai?", now=NOW), library.cards)
    assert (laid.found, laid.leads, laid.elsewhere) == (False, (), ())
    assert laid.statement == "Các văn bản đang có không nói về điều này."
    assert len(laid.others) == 1


@pytest.mark.parametrize(
    ("known", "source"),
    [
        ({}, "Văn bản trong-xe.docx"),
        ({"kind": "quy định"}, "Quy định trong-xe.docx"),
        ({"kind": "quy định", "subject": "**TRÔNG GIỮ XE**"}, "Quy định “TRÔNG GIỮ XE”"),
        ({"issuer": "Ban quản lý chợ"}, "Văn bản của Ban quản lý chợ"),
        ({"kind": "quy định", "symbol": "5/QĐ-BQL", "subject": "Trông giữ xe"}, "Quy định 5/QĐ-BQL"),
    ],
)
def test_what_lost_its_letterhead_is_known_by_its_subject_or_its_file(known: dict[str, str], source: str) -> None:
    names = ("kind", "symbol", "symbol_draft", "issuer", "place", "province", "date", "subject", "signer")
    header = Header(  # type: ignore[arg-type]  # by name
        **{**dict.fromkeys(names), **known}, issuer_inferred=False, recipients=(), is_draft=False
    )
    assert wording.source(header, "trong-xe.docx") == source
