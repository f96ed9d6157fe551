"""What documents say in set phrases: "“Chủ thể ký” là …", "Theo đề nghị của …", "thông qua ngày …", "có hiệu lực …".

Such a sentence shares few words with its question beside the phrase, so that searching finds others first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.document import SectionKind
from knowledge.text import fold
from retrieval.fact import Fact, Meant, Place, sentence_around
from retrieval.model import Wanted

_WHO = r"(?:ai|(?:co quan|don vi|so|bo|vu|cuc|ban|phong|to chuc)(?: \S+)? nao)"
_WHEN = r"(?:khi nao|bao gio|luc nao|hom nao|(?:ngay|thang|nam) (?:nao|may|bao nhieu)|tu dau)"
_A_DOCUMENT = r"(?:van ban|nghi quyet|nghi dinh|quyet dinh|chi thi|ke hoach|luat|thong tu|cong van|quy che|quy dinh|no)"
_ASKS_EFFECT = re.compile(
    rf"\b{_A_DOCUMENT}\b.*(?<!het )\b(?:hieu luc (?:thi hanh )?(?:\S+ ){{0,3}}|ap dung (?:ke )?tu ){_WHEN}"
)
_EFFECT = r"\bnày\b[^.;\n]{0,160}?\b(?:có\s+)?hiệu\s+lực\b"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase and how it is asked for."""

    asked: re.Pattern[str]  # on the folded question
    said: re.Pattern[str]  # on the document
    within: frozenset[SectionKind]  # where it counts; empty: anywhere
    statement: str  # Vietnamese, before the quotation; {} is the document's name


_PHRASES = (
    _Phrase(
        re.compile(
            rf"\b(?:theo|tren) de nghi cua (?:nhung |cac )?{_WHO}\b|\b{_WHO} (?:la nguoi )?(?:da )?de nghi ban hanh\b"
        ),
        re.compile(r"\b(?:Theo|Xét|Trên cơ sở) đề nghị của\b", re.IGNORECASE),
        frozenset({SectionKind.PREAMBLE}),
        "{} ban hành theo đề nghị của:",
    ),
    _Phrase(
        re.compile(rf"\bthong qua (?:\S+ ){{0,4}}(?:{_WHEN}|ky hop (?:nao|thu may))|\bky hop nao (?:da )?thong qua\b"),
        re.compile(r"\b(?:này|đã được)\b[^.;\n]{0,140}\bthông qua\s+(?:ngày|tại|vào)\b", re.IGNORECASE),
        frozenset(),
        "{} được thông qua:",
    ),
    _Phrase(  # rather than "những người đến ngày Quyết định này có hiệu lực đang …"
        _ASKS_EFFECT,
        re.compile(rf"{_EFFECT}(?=[^.;\n]{{0,30}}\b(?:từ|sau|vào|ngày)\b)", re.IGNORECASE),
        frozenset(),
        "Hiệu lực của {}:",
    ),
    _Phrase(
        _ASKS_EFFECT,
        re.compile(_EFFECT, re.IGNORECASE),
        frozenset(),
        "Hiệu lực của {}:",
    ),
)
_ENDS_EFFECT = re.compile(r"\b(?:hết|chấm dứt|mất)\s+hiệu\s+lực", re.IGNORECASE)

_DEFINING = re.compile(
    r"\b(?:la gi|la ai|la nhu the nao|nghia la|duoc hieu|hieu (?:la|the nao|nhu the nao)|the nao la)\b"
)
# "2. “Chủ thể ký” là …", "Chứng thư số (sau đây gọi là …) là …"; an item of its own, for anything may be something.
_DEFINITION = re.compile(
    r"^[ \t]*(?:\\?[-–+•*#]+\s*|\d{1,2}(?:\.\d{1,2})*[.)]\s*|[a-zđ][.)]\s*)*"
    r"(?P<quote>[“\"*_]*)(?P<term>[^“”\"\n:;.,*]{2,70}?)"
    r"[”\"*_]*\s*(?:\([^)\n]{1,80}\)\s*)?(?:được hiểu là|nghĩa là|là|bao gồm)\s",
    re.MULTILINE,
)
_LEAST = 2  # syllables of a term that stands without quotation marks


def asks_effect(question: str) -> bool:
    """Tell whether `question` asks from when a document has effect."""
    return _ASKS_EFFECT.search(fold(question)) is not None


def phrase(question: str, documents: Sequence[Meant]) -> Fact | None:
    """Return the sentence of the first of `documents` with the set phrase that `question` asks for."""
    folded = fold(question)
    for one in _PHRASES if documents else ():
        place = _said(one, documents[0]) if one.asked.search(folded) else None
        if place is not None:
            return Fact(Wanted.PASSAGE, one.statement.format(documents[0].name), (place,), exact=True)
    return None


def _said(one: _Phrase, meant: Meant) -> Place | None:
    for match in one.said.finditer(meant.document.text):
        kind = meant.document.section_at(match.start()).kind
        if (one.within and kind not in one.within) or _ENDS_EFFECT.search(match.group()):
            continue
        return meant.place(sentence_around(meant.document, match.start(), match.end()))
    return None


def asks_meaning(question: str) -> bool:
    """Tell whether `question` may ask what a term means."""
    return _DEFINING.search(fold(question)) is not None


def definition(question: str, documents: Sequence[Meant]) -> Fact | None:
    """Return the definition of the term that `question` asks about; of several terms the longest."""
    if not asks_meaning(question):
        return None
    folded = fold(question)
    best: tuple[int, Fact] | None = None
    for meant in documents:
        for term, start, end in _definitions(meant):
            if len(term) > (best[0] if best else 0) and _asks_about(term, folded):
                place = meant.place(sentence_around(meant.document, start, end))
                best = len(term), Fact(Wanted.PASSAGE, f"{meant.name} giải thích:", (place,), exact=True)
    return best[1] if best else None


def _definitions(meant: Meant) -> Iterator[tuple[str, int, int]]:
    for match in _DEFINITION.finditer(meant.document.text):
        term = " ".join(fold(match["term"]).lower().split())
        if match["quote"].strip("*_") or len(term.split()) >= _LEAST:
            yield term, match.start("term"), match.end()


def _asks_about(term: str, folded: str) -> bool:
    """Tell whether the question opens with `term`, or has it beside the words that ask what it is."""
    words = re.escape(term)
    opens = rf"^(?:khai niem |thuat ngu |cum tu )?{words} (?=(?:trong|theo|tai|duoc|la|nghia|co nghia|hieu)\b)"
    beside = rf"\bthe nao la {words}\b|\b{words} (?:la gi|la ai|nghia la|duoc hieu|hieu )"
    return re.search(rf"{opens}|{beside}", folded) is not None
