"""Who owes a duty whose sentence does not say: the sentence before, "Đơn vị chủ trì: …", the heading above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.document import Section, SectionKind, Span
from knowledge.duty_labels import owner
from knowledge.duty_parties import lead
from knowledge.duty_tree import Tree

_ASKS = re.compile(r"(?<!\w)(?:đề nghị|yêu cầu|giao|phân công)\s", re.IGNORECASE)


def inherited(tree: Tree, section: Section, sentence: Span) -> str | None:
    """Return who acts in `sentence` by what stands around it, or None."""
    return next((name for name in _candidates(tree, section, sentence) if name is not None), None)


def _candidates(tree: Tree, section: Section, sentence: Span) -> Iterator[str | None]:
    """Yield the names that may be meant, the nearest first."""
    before = [one for one in tree.sentences(section) if one.start <= sentence.start]
    for one in reversed(before):
        yield owner(one.of(tree.text))
        yield tree.subject(one)
    for other in tree.siblings(section):
        yield owner(tree.text[other.start : other.end])
    lead_in = tree.before(section)
    if lead_in is not None:
        yield _named(tree, lead_in)
        if section.kind is SectionKind.PARAGRAPH:
            yield from (tree.subject(one) for one in tree.sentences(lead_in) if _ASKS.search(one.of(tree.text)))
    for above in tree.around(section):
        if above is not section:
            yield _named(tree, above)


def _named(tree: Tree, section: Section) -> str | None:
    """Return the office a heading or a lead-in names; running text leads into nothing."""
    first = next(tree.sentences(section), None)
    leads = section.heading or tree.text[section.start : section.end].rstrip(" *\n").endswith(":")
    if first is None or not leads:
        return None
    found = lead(tree.text, tree.begin(first), first.end)
    return found.of(tree.text) if found is not None else tree.subject(first)
