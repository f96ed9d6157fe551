"""How long a document itself is in force or under way: "Thời gian thực hiện", "giai đoạn 2021 - 2025".

Knows sections and phrases of time; a duty's deadline is knowledge.obligations' affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.deadlines import find_times
from knowledge.document import Header, Section, SectionKind, TimeKind, TimePhrase

_HEADING = re.compile(
    r"\b(?<!theo )(?:thời gian|thời hạn|thời điểm)\b(?!.*\b(?:báo cáo|nộp|gửi|đăng ký|địa điểm)\b)", re.IGNORECASE
)
# "1. Thời gian thực hiện: Từ ngày … đến ngày …": heading and answer in one paragraph.
_RUN_IN = re.compile(
    r"\b(?:thời gian|thời hạn)\s+(?:thực hiện|tổ chức|triển khai|phát động|thi đua|áp dụng|hiệu lực|tiến hành)"
    r"(?:\s+[^\s:.]+){0,6}\s*:",
    re.IGNORECASE,
)
# Kinds that are for the span in their subject: a plan "năm 2025" is over when 2025 is, a report on 2025 is not.
_FOR_A_YEAR = frozenset({"kế hoạch", "chương trình", "phương án", "đề án", "dự án"})
_FOR_YEARS = _FOR_A_YEAR | {"nghị quyết", "quyết định", "chỉ thị", "hướng dẫn"}
# Terms of office and five-year plans of others are spans, not the document's own.
_TERM = re.compile(r"(?:nhiệm kỳ|nhiệm kì|khóa|khoá)\b", re.IGNORECASE)
_NOT_OWN = re.compile(r"(?:nhiệm kỳ|khóa|đại hội|kế hoạch 5 năm)[^.;]{0,12}$", re.IGNORECASE)


def find_period(text: str, sections: Sequence[Section], header: Header) -> TimePhrase | None:
    """Return the span the document gives itself, offsets into `text`; None where it gives none."""
    headed = _first(text, _headed(text, sections), header)
    if headed is not None or header.kind not in _FOR_YEARS:
        return headed
    titled = _first(text, _titles(sections), header)
    if titled is None or header.kind in _FOR_A_YEAR or _years(titled) > 1:
        return titled
    return None


def _first(text: str, stretches: Iterable[tuple[int, int]], header: Header) -> TimePhrase | None:
    for start, end in stretches:
        for phrase in find_times(text[start:end], issued=header.date):
            before = text[start : start + phrase.start]
            if phrase.kind is TimeKind.PERIOD and not _NOT_OWN.search(before) and not _TERM.match(phrase.text):
                return replace(phrase, start=start + phrase.start, end=start + phrase.end)
    return None


def _years(phrase: TimePhrase) -> int:
    """Return how many calendar years the phrase spans; 1 where an end is open."""
    return phrase.due.year - phrase.begin.year + 1 if phrase.begin and phrase.due else 1


def _headed(text: str, sections: Sequence[Section]) -> Iterator[tuple[int, int]]:
    """Yield the stretches that a heading of time governs, the sections below it included."""
    for section in sections:
        if section.kind is SectionKind.APPENDIX:
            return  # what is attached has spans of its own
        if section.heading and _HEADING.search(section.heading):
            yield section.start, _end_of(section, sections)
        elif match := _RUN_IN.search(text, section.start, min(section.end, section.start + 120)):
            yield match.end(), section.end


def _end_of(section: Section, sections: Sequence[Section]) -> int:
    inside, end = {section.index}, section.end
    for below in sections[section.index + 1 :]:
        if below.parent not in inside:
            break
        inside.add(below.index)
        end = below.end
    return end


def _titles(sections: Sequence[Section]) -> Iterator[tuple[int, int]]:
    for section in sections:
        if section.kind is SectionKind.TITLE:
            yield section.start, section.end
