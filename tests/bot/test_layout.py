"""The reader's layout: what is shown, what is marked, what is never shown."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.sections import whole_section
from bot.web.layout import Shown, contents, lay_out
from knowledge.document import Document, Section, SectionKind, Span
from tests.bot.library import DEADLINE, REDUCTION, draft, plan


def words(shown: tuple[Shown, ...], *, marked: bool = False) -> str:
    found: list[str] = []
    for section in shown:
        for block in section.blocks:
            for runs in (block.runs, *(cell for row in block.rows for cell in row)):
                found += [run.text for run in runs if run.marked or not marked]
    return "".join(found)


def test_noise_is_never_shown() -> None:
    document = plan()
    assert "VanThu" in document.text
    assert "VanThu" not in words(lay_out(document, None))
    everything = Span(0, len(document.text))
    assert "VanThu" not in words(lay_out(document, everything), marked=True)
    assert "VanThu" not in whole_section(document, len(document.text) - 5)


def test_the_quotation_is_marked_and_nothing_else() -> None:
    document = plan()
    start = document.text.index(DEADLINE)
    shown = lay_out(document, Span(start, start + len(DEADLINE)))
    assert words(shown, marked=True) == DEADLINE
    assert sum(run.first for section in shown for block in section.blocks for run in block.runs) == 1


def test_emphasis_is_shown_as_such() -> None:
    document = plan()
    start = document.text.index(REDUCTION)
    shown = lay_out(document, Span(start, start + len(REDUCTION)))
    (section,) = [one for one in shown if one.anchor == "muc-4"]
    assert [(run.text, run.strong) for run in section.blocks[0].runs] == [
        ("Mỗi phòng giảm ít nhất ", False),
        ("một phần ba", True),
        (" thời gian xử lý hồ sơ.", False),
    ]


def test_a_quotation_that_begins_with_emphasis_opens_at_its_words() -> None:
    document = plan()
    start = document.text.index("**một")
    shown = lay_out(document, Span(start, start + 10))
    (first,) = [run for section in shown for block in section.blocks for run in block.runs if run.first]
    assert first.text.startswith("một")


def test_headings_tables_and_contents() -> None:
    shown = {section.anchor: section for section in lay_out(plan(), None)}
    assert shown["muc-3"].blocks[0].level == 2
    assert shown["muc-6"].blocks[0].level == 3
    assert shown["muc-4"].blocks[0].level == 0
    rows = shown["muc-8"].blocks[0].rows
    assert [["".join(run.text for run in cell) for cell in row] for row in rows] == [
        ["Phòng", "Chỉ tiêu"],
        ["Hành chính", "12 hồ sơ <mẫu>"],
    ]
    assert [(entry.label, entry.heading, entry.depth) for entry in contents(plan())] == [
        ("I", "MỤC ĐÍCH", 0),
        ("II", "TỔ CHỨC THỰC HIỆN", 0),
        ("1", "Các phòng, đơn vị", 1),
    ]
    assert [entry.anchor for entry in contents(draft())] == ["muc-1"]


def test_a_heading_that_runs_on_into_text_is_a_paragraph() -> None:
    document = draft()
    article = document.sections[1]
    sections = (document.sections[0], replace(article, end=document.sections[2].end))
    shown = lay_out(replace(document, sections=sections), None)
    assert [block.level for block in shown[1].blocks] == [2, 0]
    running = replace(document, text=document.text.replace("cửa\n\n1.", "cửa, 1."), sections=sections)
    assert [block.level for block in lay_out(running, None)[1].blocks] == [0]


def test_a_bullet_is_cited_by_the_heading_above_it() -> None:
    document = plan()
    text = whole_section(document, document.text.index(DEADLINE))
    assert text.startswith("1. Các phòng, đơn vị")
    assert text.endswith("12 hồ sơ <mẫu>")


@given(
    parts=st.lists(st.text(alphabet="ab *|\n", min_size=1), min_size=1, max_size=5),
    table=st.integers(0, 4),
    cut=st.tuples(st.integers(0, 40), st.integers(0, 40)),
)
def test_every_character_is_shown_once(parts: list[str], table: int, cut: tuple[int, int]) -> None:
    sections, at = [], 0
    for index, part in enumerate(parts):
        kind = SectionKind.TABLE if index == table else SectionKind.PARAGRAPH
        sections.append(Section(index, None, kind, "", str(index), "I", "", at, at + len(part)))
        at += len(part)
    document: Document = replace(plan(), text="".join(parts), sections=tuple(sections))
    span = Span(min(cut), min(max(cut), at))
    shown = lay_out(document, span if span.start < span.end else None)
    assert kept(words(shown)) == kept(document.text)
    marked = kept(words(shown, marked=True))
    assert marked == (kept(document.text[span.start : span.end]) if span.start < span.end else "")


def kept(text: str) -> str:
    """What no rule of layout may drop: letters."""
    return "".join(char for char in text if char in "ab")
