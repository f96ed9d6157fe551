"""Where a document contradicts itself about the documents it cites: two dates, two issuers, two symbols for one.

Knows nothing of other documents.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from knowledge.bodies import body_of_symbol, may_be_same
from knowledge.document import Document, Finding, FindingKind, PartialDate, Reference
from knowledge.symbols import symbol_key, symbol_number, symbol_year
from knowledge.text import fold
from knowledge.wording import cited, place, places, upper_first


def contradictions(document: Document) -> tuple[Finding, ...]:
    """Return where one cited document has two dates, two issuers or two symbols."""
    groups: dict[str, list[Reference]] = defaultdict(list)
    for reference in document.references:
        if reference.symbol:
            groups[symbol_key(reference.symbol)].append(reference)
    found: list[Finding] = []
    for group in groups.values():
        found.extend(_two_dates(document, group))
        found.extend(_two_issuers(document, group))
    found.extend(_two_symbols(document))
    return tuple(sorted(found, key=lambda finding: finding.start or 0))


def _finding(document: Document, kind: FindingKind, message: str, reference: Reference) -> Finding:
    section = document.sections[reference.section].cite
    quote = document.text[reference.start : reference.end]
    return Finding(kind, message, section, quote, reference.start, reference.end)


def _split(
    document: Document, name: str, claims: Sequence[tuple[str, Reference]], write: Callable[[str], str]
) -> Iterator[Finding]:
    """Report claims of several values: the rarest is what is pointed at, the most frequent is "the other places"."""
    values: dict[str, list[Reference]] = defaultdict(list)
    for value, reference in claims:
        values[value].append(reference)
    if len(values) < 2:
        return
    ranked = sorted(values.items(), key=lambda item: (len(item[1]), -item[1][0].start))
    everywhere = {place(document.sections[one.section]) for _, one in claims}
    if len(everywhere) == 1:
        message = f"{name}: {everywhere.pop()} ghi cả {' và '.join(write(value) for value, _ in ranked)}."
        yield _finding(document, FindingKind.CONTRADICTION, message, ranked[0][1][0])
        return
    parts = []
    for position, (value, references) in enumerate(ranked):
        last = position == len(ranked) - 1 and len(references) > 1
        where = "các mục khác" if last else places([document.sections[one.section] for one in references])
        parts.append(f"{where} ghi {write(value)}")
    yield _finding(document, FindingKind.CONTRADICTION, f"{name}: {', '.join(parts)}.", ranked[0][1][0])


# --- dates -----------------------------------------------------------------------------------------------------------


def _two_dates(document: Document, group: list[Reference]) -> Iterator[Finding]:
    dated = [one for one in group if one.date is not None and one.date.whole is not None]
    kinds = {(one.date, one.issuer): one for one in reversed(dated)}  # the first of each: mentions repeat
    suspicious = {
        (one.date, one.issuer)
        for one in kinds.values()
        if any(_one_document(one, other) and one.date != other.date for other in kinds.values())
    }
    claims = [(_day(one), one) for one in dated if (one.date, one.issuer) in suspicious]
    if claims:
        yield from _split(document, cited(document, claims[0][1]), claims, lambda day: f"ngày {day}")


def _day(reference: Reference) -> str:
    return reference.date.vietnamese() if reference.date else ""


def _one_document(one: Reference, other: Reference) -> bool:
    """Tell whether two mentions of one symbol with different dates must mean one document.

    A symbol without a year is given anew every year (and by every province): then only a different day of the same
    year, or the same day of another year, is a slip.
    """
    if one.date is None or other.date is None or one.symbol is None or not may_be_same(one.issuer, other.issuer):
        return False
    if symbol_year(one.symbol) is not None or one.date.year == other.date.year:
        return True
    return (one.date.month, one.date.day) == (other.date.month, other.date.day)


# --- issuers ---------------------------------------------------------------------------------------------------------

# Bodies at the top, which no phrase of a title owns: "… phát triển tỉnh A của Bộ Chính trị" can only mean the issuer.
_TOP_BODY = re.compile(
    r"\s+của\s+(?P<body>Bộ Chính trị|Ban Bí thư|Ban Chấp hành Trung ương|Quốc hội|Chính phủ|Thủ tướng Chính phủ)"
    r"(?=\s*(?:[;.]|$|\n))"
)
_LONGEST_TITLE = 300  # characters of a cited title in which a second issuer is looked for


def _two_issuers(document: Document, group: list[Reference]) -> Iterator[Finding]:
    named = {one.issuer: one for one in reversed(group) if one.issuer is not None}  # the first mention of each
    for first, second in combinations(sorted(named.values(), key=lambda one: one.start), 2):
        if not may_be_same(first.issuer, second.issuer) and not _same_office(first.issuer, second.issuer):
            message = (
                f"{cited(document, first)}: {place(document.sections[first.section])} ghi của {first.issuer}, "
                f"{place(document.sections[second.section])} ghi của {second.issuer}."
            )
            yield _finding(document, FindingKind.CONTRADICTION, message, second)
            return
    for one in group:
        if one.issuer is not None:
            yield from _issuer_against_itself(document, one)


def _same_office(one: str | None, other: str | None) -> bool:
    """Tell whether two names are of one office in two places ("UBND tỉnh A", "UBND tỉnh B"): two documents then."""
    return fold(one or "").split()[:2] == fold(other or "").split()[:2]


def _issuer_against_itself(document: Document, reference: Reference) -> Iterator[Finding]:
    """Compare the issuer of one mention with the body its symbol names and with a second issuer after its title."""
    where = place(document.sections[reference.section])
    body = body_of_symbol(reference.symbol or "")
    if not may_be_same(body, reference.issuer):
        message = f"{cited(document, reference)}: ký hiệu là của {body} nhưng {where} ghi của {reference.issuer}."
        yield _finding(document, FindingKind.CONTRADICTION, message, reference)
        return
    end = min(reference.end + _LONGEST_TITLE, document.sections[reference.section].end)
    after = bisect_left(document.references, reference.end, key=lambda other: other.start)
    following = [other.start for other in document.references[after : after + 1]]
    title = document.text[reference.end : min([end, *following])]
    second = _TOP_BODY.search(title)
    if second is None or may_be_same(second["body"], reference.issuer):
        return
    before = title[: second.start()].split()
    # After a proper name or a number the body cannot be part of the title: "về quy chế làm việc của Chính phủ" is.
    if before and (before[-1][0].isupper() or before[-1][0].isdigit()):
        message = f"{cited(document, reference)}: {where} vừa ghi của {reference.issuer}, vừa ghi của {second['body']}."
        yield Finding(
            FindingKind.CONTRADICTION,
            message,
            document.sections[reference.section].cite,
            document.text[reference.start : reference.end + second.end()],
            reference.start,
            reference.end + second.end(),
        )


# --- symbols ---------------------------------------------------------------------------------------------------------

_TITLE_WORDS = 8  # syllables that a title must have before its being the same means one document


def _two_symbols(document: Document) -> Iterator[Finding]:
    """Report mentions of one kind, day and issuer whose symbols differ in the number or in the codes only."""
    by_day: dict[tuple[str | None, PartialDate], dict[tuple[str, str | None], Reference]] = defaultdict(dict)
    for reference in document.references:
        if reference.symbol and reference.date is not None and reference.date.whole is not None:
            key = (symbol_key(reference.symbol), reference.issuer)
            by_day[reference.kind, reference.date].setdefault(key, reference)
    for firsts in by_day.values():
        reported: set[frozenset[str]] = set()
        for (one, first), (other, second) in combinations(((key[0], ref) for key, ref in firsts.items()), 2):
            pair = frozenset((one, other))
            if len(pair) == 2 and pair not in reported and _one_by_symbol(document, first, second):
                reported.add(pair)
                message = (
                    f"{upper_first(first.kind or 'văn bản')} ngày {_day(first)}: "
                    f"{place(document.sections[first.section])} ghi số {first.symbol}, "
                    f"{place(document.sections[second.section])} ghi số {second.symbol}."
                )
                yield _finding(document, FindingKind.CONTRADICTION, message, second)


def _one_by_symbol(document: Document, first: Reference, second: Reference) -> bool:
    if first.issuer is None or second.issuer is None or not may_be_same(first.issuer, second.issuer):
        return False
    if symbol_number(first.symbol or "") == symbol_number(second.symbol or ""):
        return True
    titles = [_title_words(document, one) for one in (first, second)]
    return len(titles[0]) >= _TITLE_WORDS and titles[0] == titles[1]


def _title_words(document: Document, reference: Reference) -> list[str]:
    after = document.text[reference.end : document.sections[reference.section].end]
    if not after.lstrip().startswith("về"):
        return []
    return re.findall(r"\w+", fold(re.split(r"[;.\n]", after, maxsplit=1)[0]))
