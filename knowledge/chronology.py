"""Where the times that a document names cannot be: citations from the future, periods that disagree.

Each check is a function from a document to its findings, in reading order. No clock: a document is compared with
itself.
"""

from __future__ import annotations

import re
from itertools import combinations

from knowledge.document import Document, Finding, FindingKind, PartialDate
from knowledge.wording import cited, place, upper_first


def cited_later(document: Document) -> tuple[Finding, ...]:
    """Return the mentions dated after the document itself, each cited document and date once."""
    own = document.header.date
    if own is None:
        return ()
    found: dict[tuple[str, str], Finding] = {}
    for reference in document.references:
        if reference.date is None or not _later(reference.date, own):
            continue
        name = cited(document, reference)
        section = document.sections[reference.section]
        day = "ngày " if reference.date.whole else ""
        message = (
            f"{upper_first(place(section))} viện dẫn {name} ghi {day}{reference.date.vietnamese()}, "
            f"sau ngày ban hành của chính văn bản này ({own.vietnamese()})."
        )
        quote = document.text[reference.start : reference.end]
        finding = Finding(FindingKind.CITED_LATER, message, section.cite, quote, reference.start, reference.end)
        found.setdefault((name, reference.date.iso()), finding)
    return tuple(found.values())


def _later(cited_date: PartialDate, own: PartialDate) -> bool:
    """Compare as far as both are known: a draft of September 2024 may cite any day of that month."""
    parts = zip((cited_date.year, cited_date.month, cited_date.day), (own.year, own.month, own.day), strict=True)
    for one, other in parts:
        if one is None or other is None:
            return False
        if one != other:
            return one > other
    return False


_PERIOD = re.compile(
    r"(?<!\d)(?P<length>\d{1,2})\s{1,3}năm\s?,?\s{0,3}\(?(?:giai\s{1,3}đoạn\s{0,3})?\(?"
    r"(?P<first>(?:19|20)\d\d)\s{0,3}[-–]\s{0,3}(?P<last>(?:19|20)\d\d)(?!\d)\)?",
    re.IGNORECASE,
)


def period_conflicts(document: Document) -> tuple[Finding, ...]:
    """Return plans of N years whose spans disagree, with each other or with N.

    "5 năm, giai đoạn 2021 - 2025" in one place and "5 năm (2020 - 2025)" in another.
    """
    spans: dict[tuple[int, int, int], re.Match[str]] = {}
    for match in _PERIOD.finditer(document.text):
        key = (int(match["length"]), int(match["first"]), int(match["last"]))
        spans.setdefault(key, match)
    found: list[Finding] = []
    disputed: set[tuple[int, int, int]] = set()
    for one, other in combinations(sorted(spans, key=lambda key: spans[key].start()), 2):
        if one[0] == other[0] and one[1] <= other[2] and other[1] <= one[2]:
            disputed |= {one, other}
            found.append(_period_finding(document, spans[other], _both(document, spans[one], spans[other])))
    for key, match in spans.items():
        length, first, last = key
        if key not in disputed and last - first not in (length, length - 1):
            where = upper_first(place(document.section_at(match.start())))
            found.append(
                _period_finding(document, match, f"{where} ghi “{match.group()}”: số năm không khớp với khoảng năm.")
            )
    return tuple(sorted(found, key=lambda finding: finding.start or 0))


def _both(document: Document, one: re.Match[str], other: re.Match[str]) -> str:
    first, second = (document.section_at(match.start()) for match in (one, other))
    return (
        f"{upper_first(place(first))} ghi “{one.group()}”, {place(second)} ghi “{other.group()}”: "
        f"hai khoảng năm khác nhau cho cùng {one['length']} năm."
    )


def _period_finding(document: Document, match: re.Match[str], message: str) -> Finding:
    section = document.section_at(match.start()).cite
    return Finding(FindingKind.PERIOD_CONFLICT, message, section, match.group(), match.start(), match.end())
