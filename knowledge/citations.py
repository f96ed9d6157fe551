"""The documents a text cites (viện dẫn): every mention, with what is written near it and nothing more.

A mention is found by its symbol ("Nghị quyết số 09- NQ/TW"), or, where it has none, by the name of a law or of a
congress ("Luật Thi đua, khen thưởng năm 2022", "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ XX"), or by its date
("Quyết định ngày 12/3/2025 của Giám đốc Sở"). Date and issuer are taken only from the words that touch the mention, so
the date of one document in a list never becomes that of its neighbour.

Knows the text and its sections; what the citations mean to each other is knowledge.relations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.attached import date_at, issuer_at
from knowledge.bodies import may_be_same
from knowledge.document import Header, Reference, Section, SectionKind
from knowledge.kinds import KINDS, NAMES, kind_of_symbol
from knowledge.laws import law_name_at
from knowledge.symbols import CAPITAL, LOWER, normalise_symbol, symbol_key
from knowledge.text import fold

__all__ = ["KINDS", "find_references", "law_name", "normalise_symbol", "other_documents", "symbol_key"]

# A symbol in running text: its codes in capitals (or a known mixed one), spaces wandering around "-" and "/".
_CODE = rf"(?:TTg|CTr|TTr|QyĐ|QyC|TCg|[{CAPITAL}](?:&?[{CAPITAL}])*\d{{0,3}})(?![{LOWER}])"
_GAP = r"[ \t]{0,2}"
_DASH = r"[-‐‑–]"
_SYMBOL = re.compile(
    rf"(?<![^\W_])(?<![/.-])\d{{1,5}}[a-z]?(?:{_GAP}/{_GAP}(?:19|20)\d\d)?{_GAP}(?:{_DASH}|/){_GAP}"
    rf"{_CODE}(?:(?:{_DASH}\n?|/|{_GAP}/{_GAP}|{_GAP}{_DASH}{_GAP}(?=[{CAPITAL}]{{2}})){_CODE})*(?![\w])"
)
# A looser one, after a kind's name: codes typed in any case, "912/Kh-SNNMT".
_LOOSE = re.compile(r"\d{1,5}[a-z]?(?:/(?:19|20)\d\d)?[-/][^\W\d_]{1,8}(?:[-/][^\W\d_]{1,12}\d{0,2}){0,3}(?!\w)")
_KIND_WORDS = "|".join(sorted((re.escape(name).replace("\\ ", r"\s+") for name in NAMES), key=len, reverse=True))
_KIND = re.compile(rf"(?<!\w)(?P<kind>{_KIND_WORDS})(?!\w)", re.IGNORECASE)
# Between the kind and the symbol: "hành động số", "số:", "liên ngành số"; at most four words and no punctuation.
_TO_SYMBOL = re.compile(r"\s*(?:(?:[^\W\d_]+\s+){0,4}?(?:số|sô)\s*:?\s*)?[_*]*", re.IGNORECASE)
_LAW_SYMBOL = re.compile(r"(?:QH|UBTVQH|HĐNN|LCT|CTN)\d*$")
_TO_LAW_SYMBOL = re.compile(r"[^;.()\n:]{0,160}?\s+số\s*:?\s*", re.IGNORECASE)
_BACK = 200  # characters in which the kind of a symbol is looked for
_NEXT_IN_LIST = re.compile(r"\s*(?:,|;|và|hoặc|,\s*và)\s*(?:(?:số|các\s+số)\s*:?\s*)?", re.IGNORECASE)
# "mẫu số 01/QĐ-KNTC" is a form, "QCVN 01:2021/BTNMT" a standard; neither is a document.
_FORM = re.compile(r"(?:mẫu|biểu|phụ\s+lục|sổ|bảng|ký\s+hiệu|mã)\s*(?:số|sổ)?\s*:?\s*$", re.IGNORECASE)
# The document's own number: "Số:" at the start of a line ("… Quyết định\nsố 12/QĐ-SXD" is a wrapped line).
_OWN_LINE = re.compile(r"(?:^|\n)[ \t*_|]*(?:(?:Số|SỐ|Sô)\s*[:.]?|(?:số|sô)\s*:)\s*$")
# Kinds that a bare symbol may stand for, with no word before it.
_BARE_KINDS = frozenset(
    "nghị quyết,quyết định,chỉ thị,kế hoạch,nghị định,thông tư,thông tư liên tịch,kết luận,chương trình,quy định,"
    "hướng dẫn,công điện,pháp lệnh".split(",")
)
_LAW = re.compile(r"(?<!\w)(?P<kind>Bộ luật|Bộ Luật|Luật|Pháp lệnh|Hiến pháp)\s+(?=[^\W\d_])")
# Where an unlisted law's name ends; a listed one is measured by knowledge.laws.
_LAW_END = re.compile(
    r"[;.():\n\[\]\"“”|]|,|\s+(?:năm|ngày|số|quy\s+định|có|được|đã|và|hoặc|của|hiện|thì|này|về|để|tại|không|hết|cho|theo|"
    r"phải|cũng|khi|với|nếu|mà|là|trước|sau|từ|do|đến|trong|nhằm|như)(?!\w)"
)
_AMENDING = re.compile(
    r"sửa\s+đổi(?:,\s*bổ\s+sung)?[^;.()\n]{0,40}?(?=\s+(?:Luật|Bộ\s+luật|Pháp\s+lệnh)\s)", re.IGNORECASE
)
_CONGRESS = re.compile(
    r"(?<!\w)(?P<kind>Nghị quyết)\s+(?P<body>Đại hội(?=\s)[^;.,:()\n“”\"]{0,160}?"
    r"(?:lần thứ\s+[IVXLC\d]+|nhiệm kỳ\s+\d{4}\s*[-–]\s*\d{4})"
    r"(?:\s+của\s+Đảng(?!\s+bộ))?)"
)
_DATED = re.compile(rf"(?<!\w)(?P<kind>{_KIND_WORDS})(?=\s+ngày\s+\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A mention before its date and issuer are read."""

    start: int
    end: int
    kind: str | None
    symbol: str | None
    issuer: str | None = None


def find_references(text: str, sections: Sequence[Section]) -> tuple[Reference, ...]:
    """Return every mention of another document in `text`, in reading order and never overlapping.

    The document's own "Số:" line is not a mention, nor is "Kế hoạch này"; sections of noise are passed over.
    """
    found: list[Reference] = []
    place = 0
    for mention in _mentions(text):
        if found and mention.start < found[-1].end:
            continue
        while place + 1 < len(sections) and sections[place].end <= mention.start:
            place += 1
        if sections and sections[place].kind is SectionKind.NOISE:
            continue
        found.append(_with_surroundings(text, mention, place))
    return tuple(found)


def other_documents(references: Sequence[Reference], header: Header) -> tuple[Reference, ...]:
    """Return `references` without the mentions of the document itself ("Kèm theo Quyết định số …" in its annex)."""
    if header.symbol is None:
        return tuple(references)
    own = symbol_key(header.symbol)
    year = header.date.year if header.date else None
    return tuple(
        reference
        for reference in references
        if reference.symbol is None
        or symbol_key(reference.symbol) != own
        or not may_be_same(reference.issuer, header.issuer)
        or (reference.date is not None and year is not None and reference.date.year != year)
    )


def _with_surroundings(text: str, mention: _Mention, section: int) -> Reference:
    """Read the date and the issuer that touch the mention, in either order."""
    end, date, issuer = mention.end, None, mention.issuer
    for _ in range(2):
        if date is None and (dated := date_at(text, end)):
            date, end = dated
        elif issuer is None and (issued := issuer_at(text, end)):
            issuer, end = issued
    return Reference(mention.symbol, mention.kind, issuer, date, section, mention.start, end)


def _mentions(text: str) -> Iterator[_Mention]:
    """Yield mentions in order; where two overlap the one that begins first, then the longer, comes first."""
    every = [*_by_symbol(text), *_laws(text), *_congresses(text), *_dated(text)]
    yield from sorted(every, key=lambda mention: (mention.start, mention.symbol is None, -mention.end))


def _by_symbol(text: str) -> Iterator[_Mention]:
    last: _Mention | None = None
    for start, end in _symbol_spans(text):
        symbol = normalise_symbol(text[start:end])
        before = text[max(0, start - 40) : start]
        if symbol is None or (last is not None and start < last.end):
            continue
        if _FORM.search(before) or _OWN_LINE.search(before):
            continue
        mention = _named_before(text, start, end, symbol, last.end if last else 0) or _bare(
            text, start, end, symbol, last
        )
        if mention is not None:
            yield mention
            last = mention


def _symbol_spans(text: str) -> list[tuple[int, int]]:
    """Return where symbols stand: strict ones anywhere, loosely typed ones only right after a kind's name."""
    spans = {match.start(): match.end() for match in _SYMBOL.finditer(text)}
    for kind in _KIND.finditer(text):
        lead = _TO_SYMBOL.match(text, kind.end())
        loose = _LOOSE.match(text, lead.end()) if lead else None
        if loose is not None:
            spans.setdefault(loose.start(), loose.end())
    return sorted(spans.items())


def _named_before(text: str, start: int, end: int, symbol: str, floor: int) -> _Mention | None:
    """Return the mention of a symbol whose kind is named before it: "Chương trình hành động số 30-CTr/TU"."""
    floor = max(floor, start - _BACK)
    lead = _TO_LAW_SYMBOL if _LAW_SYMBOL.search(symbol) else None
    for kind in reversed(list(_KIND.finditer(text, floor, start))):
        direct = _TO_SYMBOL.fullmatch(text, kind.end(), start)
        named = lead.fullmatch(text, kind.end(), start) if lead and kind["kind"][0].isupper() else None
        if direct or named:
            return _Mention(kind.start(), end, " ".join(kind["kind"].lower().split()), symbol)
    return None


def _bare(text: str, start: int, end: int, symbol: str, last: _Mention | None) -> _Mention | None:
    """Return the mention of a symbol with no kind before it: the next in a list, or one whose code tells the kind."""
    kind = kind_of_symbol(symbol)
    if last is not None and last.symbol and (gap := _gap(text, last)) and gap.end() == start:
        return _Mention(start, end, last.kind if kind in (None, "công văn") else kind, symbol)
    return _Mention(start, end, kind, symbol) if kind in _BARE_KINDS else None


def _gap(text: str, last: _Mention) -> re.Match[str] | None:
    """Match what separates `last`, with its date and issuer, from the next of a list."""
    whole = _with_surroundings(text, last, 0)
    return _NEXT_IN_LIST.match(text, whole.end)


def _laws(text: str) -> Iterator[_Mention]:
    for match in _LAW.finditer(text):
        end = _law_end(text, match.end())
        if end is not None:
            yield _Mention(match.start(), end, " ".join(match["kind"].lower().split()), None)


def _law_end(text: str, start: int, *, inner: bool = False) -> int | None:
    """Return where the law's name that begins at `start` ends, or None where no name begins there.

    `inner` is the law that an amending one names: "Luật sửa đổi, bổ sung một số điều của Luật Đất đai".
    """
    ahead = text[start : start + 220]
    known = law_name_at(fold(ahead), 0)
    if known is not None:
        return start + known
    amending = None if inner else _AMENDING.match(ahead)
    if amending is not None:
        law = _LAW.match(ahead, amending.end() + 1)
        end = _law_end(text, start + law.end(), inner=True) if law else None
        return end if end is not None else start + amending.end()
    if not ahead[:1].isupper():
        return None
    stop = _LAW_END.search(ahead)
    return start + (stop.start() if stop else len(ahead.rstrip()))


def _congresses(text: str) -> Iterator[_Mention]:
    for match in _CONGRESS.finditer(text):
        body = " ".join(match["body"].split())
        yield _Mention(match.start(), match.end(), match["kind"].lower(), None, body)


def _dated(text: str) -> Iterator[_Mention]:
    for match in _DATED.finditer(text):
        dated = date_at(text, match.end())
        if match["kind"][0].isupper() and dated is not None and dated[0].whole is not None:
            yield _Mention(match.start(), match.end(), " ".join(match["kind"].lower().split()), None)


_LAW_TAIL = re.compile(r"\s*,?\s+(?:(?:số|năm|ngày)\s*:?\s*\d|(?:của\s+Quốc\s+hội|ban\s+hành)(?!\w)).*$", re.DOTALL)


def law_name(mention: str) -> str | None:
    """Return the folded name of the law a mention names, for comparison; None where it names no law.

    "Luật Thi đua, khen thưởng số 06/2022/QH15 ngày …" and "Luật Thi đua, Khen thưởng năm 2022" → "thi dua khen thuong".
    """
    match = _LAW.match(mention.strip())
    if match is None:
        return None
    name = _LAW_TAIL.sub("", mention.strip()[match.end() :])
    return " ".join(re.findall(r"\w+", fold(name))) or None
