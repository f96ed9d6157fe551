"""What named bodies have to do, document by document: each duty with its place and its time.

A duty is an item that opens with the body's name, or an obligation of which it is the one who owes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from knowledge.document import FRAME_SECTIONS, Span
from knowledge.text import bare_syllables, fold, syllables
from retrieval.coverage import FULL_WEIGHT
from retrieval.fact import Fact, Meant, Place, trimmed
from retrieval.facts_duties import say_when
from retrieval.model import Question, Wanted
from retrieval.wording import one_line, plain, say_place

_ASKING = frozenset("nhiem vu trach nhiem cong viec phai lam duoc giao nhung gi nao can thuc hien".split())
_MOST_TOLD = 10
_QUOTED = 220  # letters of a duty told in a list
_LABEL = r"(?:[\divxlc]{1,4}[.)]\s*|[a-z]\)\s*|[-+*]\s*)*"
_BETWEEN = r"[\s–-]+(?:va\s+)?"
_EVERYBODY = re.compile(
    r"(?:(?:thu truong|truong|lanh dao|cac) ){0,2}(?:cac|tat ca|toan the|moi)(?: cac)? "
    r"(?:phong|don vi|co quan|bo phan)\b(?! (?:truc thuoc|quan ly|nghiep vu))"
)
# People, not bodies: "Phòng Tổ chức cán bộ" is another than "cán bộ".
_PEOPLE = (
    "cán bộ|công chức|viên chức|nhân viên|giáo viên|học sinh|sinh viên|đảng viên|đoàn viên|hội viên|chuyên viên|"
    "lãnh đạo|người dân|người lao động"
).split("|")
_EACH = r"(?:(?:cac|moi|tung|tat ca|toan the|nhung) ){0,2}"
_HANDING_OVER = r"(?:(?:giao|de nghi|yeu cau|phan cong|cac|trach nhiem cua)\s+){0,2}"


def asks_all_duties(question: Question) -> bool:
    """Tell whether all that bodies have to do is asked, and not in some matter: "Văn phòng Sở có nhiệm vụ gì?"."""
    named = {word for unit in question.units for word in bare_syllables(unit)}
    asked = {fold(term.text) for term in question.terms if term.weight >= FULL_WEIGHT}
    return bool(named) and asked <= named | _ASKING


def duties_of(units: Sequence[str], documents: Sequence[Meant], today: date, *, shared: bool = False) -> Fact | None:
    """What `documents` give the bodies named in `units` to do: one quoted, several as a list with places and times.

    `shared`: with what they give all bodies of an office, told apart.
    """
    wanted = [_as_written(unit) for unit in units]
    own = [(meant, span) for meant in documents for span in _duties(meant, wanted)]
    everybody = [(meant, span) for meant in documents for span in _shared(meant)] if shared else []
    found = [*own, *(one for one in everybody if not any(_overlap(one, other) for other in own))]
    if not found:
        return None
    told = found[:_MOST_TOLD]
    places = tuple(Place(meant.position, span.start, span.end) for meant, span in told)
    named = _as_they_write(units[0], wanted[0], own)
    if len(found) == 1 and own:
        return Fact(Wanted.DUTIES, f"Nhiệm vụ của {named}:", places)
    lines = [_told(meant, span, today) for meant, span in told]
    if len(own) < len(told):
        lines.insert(len(own), "Việc chung của các phòng, đơn vị:")
    if own:
        lines.insert(0, f"{named[:1].upper()}{named[1:]} có các nhiệm vụ sau:")
    else:
        lines.insert(0, f"Không văn bản nào giao việc riêng cho {named}.")
    if len(found) > _MOST_TOLD:
        lines.append(f"… và {len(found) - _MOST_TOLD} nhiệm vụ khác; anh/chị hỏi kèm tên văn bản để xem hết.")
    return Fact(Wanted.DUTIES, "\n".join(lines), places, told=True)


def _shared(meant: Meant) -> list[Span]:
    """The obligations of one document that every body of an office owes."""
    found: list[Span] = []
    for one in meant.document.obligations:
        if one.who and _EVERYBODY.match(fold(one.who)):
            _add(found, Span(one.start, one.end))
    return sorted(found, key=lambda span: span.start)


def _overlap(one: tuple[Meant, Span], other: tuple[Meant, Span]) -> bool:
    return one[0].position == other[0].position and one[1].start < other[1].end and other[1].start < one[1].end


def _duties(meant: Meant, units: Sequence[str]) -> list[Span]:
    """The stretches of one document that give them something to do, in their order, none within another."""
    document, found = meant.document, list[Span]()
    for section in document.sections:
        if section.kind in FRAME_SECTIONS:
            continue
        opening = fold(document.text[section.start : section.end]).lstrip(" -+*•\n\t")[:120]
        if any(_opens_with(opening, unit) for unit in units):
            whole = document.subtree(section.index)
            _add(found, trimmed(document.text, whole.start, whole.end))
    for one in document.obligations:
        if one.who and any(_names(fold(one.who), unit) for unit in units):
            _add(found, Span(one.start, one.end))
    return sorted(found, key=lambda span: span.start)


def _as_they_write(unit: str, pattern: str, found: Sequence[tuple[Meant, Span]]) -> str:
    """Return the unit's name with the capitals that documents write it in; as it was asked where they do not."""
    for meant, span in found:
        text = span.of(meant.document.text)
        match = re.search(rf"\b{pattern}\b", fold(text)) if len(fold(text)) == len(text) else None
        if match is not None and text[match.start()].isupper():
            return " ".join(text[match.start() : match.end()].split())
    return unit


def _add(found: list[Span], span: Span) -> None:
    if not any(span.start < other.end and other.start < span.end for other in found):
        found.append(span)


def _told(meant: Meant, span: Span, today: date) -> str:
    document = meant.document
    place = say_place(document.section_at(span.start).cite)
    dated = [one.when for one in document.obligations if one.when and span.start <= one.start < span.end]
    times = " ".join(dict.fromkeys(say_when(when, today) for when in dated))
    words = one_line(plain(span.of(document.text)), _QUOTED)
    return f"- {place[:1].upper()}{place[1:]}, {meant.name}: “{words}”{f' {times}' if times else ''}"


def _opens_with(opening: str, unit: str) -> bool:
    """Tell whether an item opens with the unit's name, after a label, words that hand over a task, or another unit."""
    return bool(re.match(_LABEL + _HANDING_OVER + r"(?:[^.;:]{0,30}?[,;]\s*)?" + unit + r"\b", opening))


def _names(who: str, unit: str) -> bool:
    """Tell whether the one who owes is the unit; "sở" alone is any."""
    if unit in _ALL_PEOPLE:
        return bool(re.match(rf"{_EACH}{unit}\b", who))
    return _BETWEEN in unit and bool(re.search(rf"\b{unit}\b", who))


def _as_written(unit: str) -> str:
    """Return a pattern of the folded name, with a dash or "và" between its words or without."""
    return _BETWEEN.join(re.escape(word) for word in syllables(fold(unit)) if word != "va")


_ALL_PEOPLE = frozenset(map(_as_written, _PEOPLE))
