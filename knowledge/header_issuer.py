"""Who issued a document, and in which province: from its letterhead, else from what else it says."""

from __future__ import annotations

import re

from knowledge import issuer as issuers
from knowledge.document import Signer
from knowledge.frame_texts import FrameTexts
from knowledge.header_number import NUMBER
from knowledge.lines import split_lines
from knowledge.provinces import canonical, find_provinces

_ARTICLE = re.compile(r"^\W*(?:Điều|ĐIỀU)\s+\d", re.MULTILINE)
# How far into a text without preamble its issuer is looked for.
_OPENING = 6000


def issued_by(
    frame: FrameTexts, symbol: str | None, place: str | None, subject: str | None, signer: Signer | None
) -> tuple[str | None, bool, str | None]:
    """Return (issuer, whether it is inferred, province)."""
    province = _province(frame, place, subject)
    named = issuers.from_letterhead(_letterhead(frame), frame.text, province)
    signed = issuers.from_symbol(symbol)
    if named is not None and named.startswith("UBND ") and signed is not None and signed.startswith("Sở "):
        named = None  # the letterhead lost the line of the department that numbers the document
    if named is not None:
        return named, False, None if issuers.is_central(named) else _own_province(named) or province
    titles = signer.title.split(" / ") if signer and signer.title else []
    # Who acts in an article is told to, and issues nothing.
    running = "" if _ARTICLE.search(frame.body) else frame.body
    name = (
        issuers.from_authority((line.text for line in split_lines(frame.preamble)), frame.text)
        or issuers.from_enactment(_flowing(frame.preamble))
        or issuers.from_lead_in(_flowing(frame.preamble))
        or issuers.from_subject(subject)
        or issuers.from_symbol(symbol)
        or issuers.from_signature(titles, frame.text)
        or issuers.from_charter(frame.text[:_OPENING])
        or issuers.from_lead_in(running[:_OPENING])
        or issuers.from_lead_in(running[-_OPENING:])
    )
    if name is None:
        return None, False, province
    if issuers.is_central(name):
        return name, True, None
    name = issuers.with_area(name, frame.text, place)
    return issuers.with_province(name, province), True, _own_province(name) or province


def _flowing(text: str) -> str:
    """Return a text a paragraph a line, without markup: a body's name may run on into the next line."""
    joined = ""
    for line in split_lines(text):
        joined += f"\n{line.text}" if line.paragraph else f" {line.text}"
    return joined


def _letterhead(frame: FrameTexts) -> list[str]:
    """Return the lines of the letterhead above its number; all of them where none stand above."""
    head = issuers.without_motto(frame.head)
    for number in NUMBER.finditer(head):  # a page's own heading may say the number first
        above = [issuers.healed(line.text, frame.text) for line in split_lines(head[: number.start()])]
        if issuers.bodies(above):
            return above
    return [issuers.healed(line.text, frame.text) for line in split_lines(head)]


def _own_province(name: str) -> str | None:
    found = find_provinces(name)
    return found.most_common(1)[0][0] if found else None


def _province(frame: FrameTexts, place: str | None, subject: str | None) -> str | None:
    """Return the province the document is of: from its letterhead, place or subject, else the one it speaks of most."""
    letterhead = _letterhead(frame)
    named = issuers.province_of(letterhead, frame.text) or _own_province("\n".join(letterhead))
    for source in (named, canonical(place) if place else None):
        if source is not None:
            return source
    opening = find_provinces((subject or "") + "\n" + frame.preamble)
    if opening:
        return opening.most_common(1)[0][0]
    counts = find_provinces(frame.body + "\n" + frame.recipients)
    first = counts.most_common(2)
    if first and first[0][1] >= 3 and (len(first) == 1 or first[0][1] > first[1][1]):
        return first[0][0]
    return None
