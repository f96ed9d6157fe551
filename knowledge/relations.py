"""What the mentions of documents mean: which indexed document is meant, and what is done to it.

    "Căn cứ Luật Thi đua, khen thưởng …"                      basis
    "thay thế Quyết định số 12/QĐ-SXD", "… hết hiệu lực"      replaces
    "Sửa đổi, bổ sung Điều 3 Quyết định số 12/QĐ-SXD"         amends
    everything else                                           mention

Only what a document says of its own doing counts ("Quyết định này thay thế …"): that one decree was replaced by another
is often told in passing, and then it is a mention. Functions of analysed documents; knows nothing of the catalogue.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.bodies import may_be_same
from knowledge.citations import law_name
from knowledge.document import Document, Reference, SectionKind, Span
from knowledge.sentences import sentences
from knowledge.symbols import symbol_key, symbol_year
from knowledge.text import fold


class Role(StrEnum):
    """What a document does with one that it cites."""

    BASIS = "basis"  # issued on its ground: the mention stands in the preamble
    REPLACES = "replaces"  # the cited document is no longer in force
    AMENDS = "amends"  # a part of the cited document is changed or dropped
    MENTION = "mention"


@dataclass(frozen=True, slots=True)
class Edge:
    """One document citing another, both indexed."""

    citing: int  # position among the documents
    cited: int
    reference: Reference
    role: Role


_ENDS = r"(?:thay\s+thế|bãi\s+bỏ|hủy\s+bỏ|huỷ\s+bỏ)"
_ALTERS = r"(?:sửa\s+đổi|bổ\s+sung|đính\s+chính|điều\s+chỉnh|gia\s+hạn)"
_NOT_PASSIVE = r"(?<!được\s)(?<!bị\s)"
_FILL = (
    r"(?:\s+(?:toàn\s+bộ|cho|các|những|văn\s+bản|sau|đây|gồm|nghị\s+quyết|nghị\s+định|quyết\s+định|thông\s+tư|"
    r"chỉ\s+thị))*\s*:?\s*"
)
_REPLACE_LEAD = re.compile(rf"{_NOT_PASSIVE}{_ENDS}{_FILL}$", re.IGNORECASE)
# A part in between ("bãi bỏ khoản 2 Điều 3 của", "sửa đổi, bổ sung một số điều của"): the document is amended.
_AMEND_LEAD = re.compile(
    rf"(?:{_NOT_PASSIVE}{_ALTERS}(?P<middle>[^;.]*)|{_NOT_PASSIVE}{_ENDS}\s+(?=(?:(?:một\s+số|các|những)\s+)?(?:điều|khoản|"
    rf"điểm|mục|chương|phụ\s+lục|cụm|từ|nội\s+dung|quy\s+định|mẫu|tên)\s)[^;.]*)$",
    re.IGNORECASE,
)
_PASSIVE = re.compile(rf"(?:được|bị)\s+(?:{_ENDS}|{_ALTERS})", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:[,;]\s*)?(?:(?:và|hoặc)\s+)?(?:các\s+)?(?:số\s*)?")
_NEXT_ITEM = re.compile(r"[^.]*;\s*(?:(?:và|hoặc)\s+)?(?:các\s+)?", re.DOTALL)
_ITEM_START = re.compile(r"[\s\-–+•*]*(?:[\da-zđ]{1,3}[.)]\s*)?(?:các\s+)?", re.IGNORECASE)
_EXPIRES = re.compile(r"(?<!này\s)hết\s+hiệu\s+lực")
_THIS = re.compile(r"\snày(?!\w)")
_EXPIRING_LIST = re.compile(rf"(?:{_NOT_PASSIVE}{_ENDS}|hết\s+hiệu\s+lực)[^.]*:\s*$", re.IGNORECASE | re.DOTALL)
_FAR = 2000  # characters of a sentence that are searched for a verb
_BASIS = re.compile(r"(?:căn\s+cứ|thực\s+hiện|theo|trên\s+cơ\s+sở|thi\s+hành)(?!\w)", re.IGNORECASE)


def roles(document: Document) -> tuple[Role, ...]:
    """Return the role of every reference of `document`, in their order."""
    found: list[Role] = []
    previous: tuple[Span, Reference] | None = None  # the last mention and its sentence
    split: dict[int, list[Span]] = {}
    for reference in document.references:
        if reference.section not in split:
            section = document.sections[reference.section]
            split[reference.section] = list(sentences(document.text, section.start, section.end))
        sentence = _around(split[reference.section], reference)
        same = previous is not None and previous[0] == sentence
        role = _role(document, reference, sentence, previous[1] if same and previous else None, found[-1:])
        found.append(role)
        previous = (sentence, reference)
    return tuple(found)


def _role(
    document: Document, reference: Reference, sentence: Span, before: Reference | None, last: Sequence[Role]
) -> Role:
    text = document.text
    lead = text[max(before.end if before else sentence.start, reference.start - _FAR) : reference.start]
    if document.sections[reference.section].kind is SectionKind.PREAMBLE:
        opening = text[sentence.start : min(reference.start, sentence.start + _FAR)]
        return Role.BASIS if before is not None or _BASIS.search(opening) else Role.MENTION
    own_doing = before is None or " này" in lead
    in_list = bool(before and (_NEXT.fullmatch(lead) or _NEXT_ITEM.fullmatch(lead)))
    if in_list and last[0] in (Role.REPLACES, Role.AMENDS):
        return last[0]
    if own_doing and _REPLACE_LEAD.search(lead):
        return Role.REPLACES
    starts_item = before is None and _ITEM_START.fullmatch(lead) is not None
    if (starts_item or in_list) and _expires_with_this(text[reference.end : min(sentence.end, reference.end + _FAR)]):
        return Role.REPLACES
    if starts_item and _EXPIRING_LIST.search(_parent_text(document, reference)):
        return Role.REPLACES
    if own_doing and _amends(document, reference, lead):
        return Role.AMENDS
    return Role.MENTION


def _expires_with_this(after: str) -> bool:
    """Tell whether `after` goes on "… hết hiệu lực kể từ ngày Nghị định này có hiệu lực"."""
    end = _EXPIRES.search(after)
    return end is not None and _THIS.search(after, end.end()) is not None


def _amends(document: Document, reference: Reference, lead: str) -> bool:
    """Tell whether `lead` says that this document changes the one that follows."""
    match = _AMEND_LEAD.search(lead)
    if match is None or _PASSIVE.search(lead):
        return False
    # In the title, at the start of a sentence, or after "Quyết định này": elsewhere it is about work to be done
    # ("rà soát, sửa đổi, bổ sung các văn bản theo Quyết định …").
    title = document.sections[reference.section].kind is SectionKind.TITLE
    opening = lead[: match.start()]
    starts = _ITEM_START.fullmatch(opening) is not None or opening.rstrip().endswith("này")
    return (title or starts) and not re.search(r"(?<!kèm)\s(?:theo|căn cứ|thực hiện)\s", match.group())


def _around(spans: Sequence[Span], reference: Reference) -> Span:
    """Return the sentence that a mention begins in; the mention alone where the split cut it off."""
    place = bisect_right(spans, reference.start, key=lambda span: span.start) - 1
    if place >= 0 and reference.start < spans[place].end:
        return spans[place]
    return Span(reference.start, reference.end)


def _parent_text(document: Document, reference: Reference) -> str:
    parent = document.sections[reference.section].parent
    return "" if parent is None else document.text[document.sections[parent].start : document.sections[parent].end]


class Resolver:
    """Finds, among given documents, the one that a reference means."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = documents
        self._by_symbol: dict[str, list[int]] = defaultdict(list)
        self._by_law: dict[str, list[int]] = defaultdict(list)
        for position, document in enumerate(documents):
            header = document.header
            if header.symbol:
                self._by_symbol[symbol_key(header.symbol)].append(position)
            if header.kind in ("luật", "bộ luật", "pháp lệnh") and header.subject:
                self._by_law[" ".join(re.findall(r"\w+", fold(header.subject)))].append(position)

    def resolve(self, reference: Reference, citing: int) -> int | None:
        """Return the position of the document that document `citing` means, or None; never `citing` itself.

        A symbol is enough where it is unique in the country; where the same symbol is given by every province or
        anew every year, issuer, province and year must not contradict it.
        """
        if reference.symbol:
            places = self._by_symbol.get(symbol_key(reference.symbol), ())
        else:
            mention = self._documents[citing].text[reference.start : reference.end]
            places = self._by_law.get(law_name(mention) or "", ())
        fitting = [place for place in places if place != citing and self._fits(reference, citing, place)]
        return max(fitting, key=lambda place: (self._same_day(reference, place), self._issued(place)), default=None)

    def _fits(self, reference: Reference, citing: int, place: int) -> bool:
        cited, here = self._documents[place].header, self._documents[citing].header
        if not may_be_same(reference.issuer, cited.issuer):
            return False
        yearly = reference.symbol is None or symbol_year(reference.symbol) is None
        if yearly and reference.date and cited.date and reference.date.year != cited.date.year:
            return False
        if here.province is None or cited.province is None or here.province == cited.province:
            return True
        return fold(cited.province) in fold(reference.issuer or "")

    def _same_day(self, reference: Reference, place: int) -> bool:
        return reference.date is not None and reference.date == self._documents[place].header.date

    def _issued(self, place: int) -> str:
        date = self._documents[place].header.date
        return date.iso() if date else ""


def graph(documents: Sequence[Document]) -> tuple[Edge, ...]:
    """Return every reference from one of `documents` to another of them, in order of citing document and place."""
    resolver = Resolver(documents)
    return tuple(
        Edge(citing, cited, reference, role)
        for citing, document in enumerate(documents)
        for reference, role in zip(document.references, roles(document), strict=True)
        if (cited := resolver.resolve(reference, citing)) is not None
    )
