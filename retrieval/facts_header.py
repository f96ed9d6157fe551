"""Facts a document states about itself: number, date, issuer, subject, signer, recipients, period, legal bases."""

from __future__ import annotations

import re

from knowledge.document import Document, PartialDate, SectionKind, Span
from knowledge.text import collapse, fold
from retrieval.fact import Fact, Meant, frame, sentence_around, trimmed
from retrieval.model import Question, Wanted

_DATE_LINE = re.compile(r"[^\n]*\bngày\b[^\n]*\btháng\b[^\n]*\bnăm\b[^\n]*", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"[^\n]*\bSố\s*(?::|\d+\s?[-/])[^\n]*")
_ISSUED_WITH = re.compile(
    r"\b(?:ban hanh (?:kem )?|kem )theo (?:quyet dinh|van ban)\b|\bban hanh kem (?:quyet dinh|van ban)\b"
)
_TITLE_ASKED = re.compile(r"\b(?:chuc vu|chuc danh)\b")
_EFFECT_ASKED = re.compile(r"\b(?:hieu luc|ap dung tu)\b")
_EFFECT = re.compile(
    r"\b(?:có hiệu lực|hiệu lực (?:thi hành|kể từ|từ)|ngày hiệu lực(?=\W{0,6}\d)|được áp dụng từ)\b", re.IGNORECASE
)
_EFFECT_TOLD = re.compile(rf"(?:{_EFFECT.pattern})(?=[^.;\n]{{0,30}}\b(?:từ|sau|vào|ngày|\d))", re.IGNORECASE)
_ENDING_ASKED = re.compile(r"\b(?:het|cham dut|mat) hieu luc\b")
_END_OF_EFFECT = re.compile(r"\b(?:văn bản này|này) (?:hết|chấm dứt) hiệu lực|có hiệu lực đến\b", re.IGNORECASE)
_EVENT_ASKED = re.compile(r"\b(?:dien ra|khai mac|be mac|xay ra|bat dau|hop (?:ngay|vao|khi))\b")
_SIGNATURE = 200  # characters that title and name take, and what stands between
_OPENING = 2500  # characters from the top, within which an article says what it prints
_PART_OF_DATE = re.compile(r"\b(?:nam nao|thang nao|thang may)\b")


def symbol(question: Question, meant: Meant) -> Fact | None:
    """The document's own number; of a regulation, the number of the decision it came with."""
    header = meant.document.header
    if _ISSUED_WITH.search(fold(question.meant)) and header.kind != "quyết định":
        return None  # that of the decision it rests on is asked for
    place = _line(meant, _NUMBER_LINE) or _writing(meant, header.symbol) or frame(meant.document, SectionKind.TITLE)
    if place is None:
        return None
    if header.symbol:
        return Fact(Wanted.SYMBOL, f"Số hiệu: {header.symbol}.", (meant.place(place),))
    state = f"để trống số (“{header.symbol_draft}”)" if header.symbol_draft else "không ghi số hiệu"
    return Fact(Wanted.SYMBOL, f"{meant.name} {state}.", (meant.place(place),), missing=True)


def issue_date(question: Question, meant: Meant) -> Fact | None:
    """The day the document was issued, as far as it says; the day it takes effect where that is asked."""
    folded = fold(question.meant)
    if _EFFECT_ASKED.search(folded):
        return effect(meant, ending=bool(_ENDING_ASKED.search(folded)))
    if _EVENT_ASKED.search(folded):
        return None
    header = meant.document.header
    place = _line(meant, _DATE_LINE) or frame(meant.document, SectionKind.HEADER) or _dating(meant, header.date)
    if header.date is None or place is None:
        found = frame(meant.document, SectionKind.TITLE)
        places = (meant.place(found),) if found else ()
        return Fact(Wanted.ISSUE_DATE, f"{meant.name} không ghi ngày ban hành.", places, missing=True)
    if header.date.whole is not None or _PART_OF_DATE.search(fold(question.meant)):
        return Fact(Wanted.ISSUE_DATE, f"{meant.name} ban hành {_on(header.date)}.", (meant.place(place),))
    reason = f"{meant.name} để trống ngày ban hành, chỉ ghi {header.date.vietnamese()}."
    return Fact(Wanted.ISSUE_DATE, reason, (meant.place(place),), missing=True)


def _dating(meant: Meant, date: PartialDate | None) -> Span | None:
    """Return the first sentence with the date in figures, as an article says it: "Ngày 04/7/2025, Bộ … ra …"."""
    if date is None or date.day is None or date.month is None:
        return None
    figures = rf"\b0?{date.day}[/.-]0?{date.month}[/.-]{date.year}\b"
    match = re.search(figures, meant.document.text[:_OPENING])
    return sentence_around(meant.document, match.start(), match.end()) if match else None


def effect(meant: Meant, *, ending: bool) -> Fact | None:
    """When the document takes effect, or stops to, in its own words."""
    text = meant.document.text
    match = _END_OF_EFFECT.search(text) if ending else _EFFECT_TOLD.search(text) or _EFFECT.search(text)
    if match is None:
        return None
    place = sentence_around(meant.document, match.start(), match.end())
    return Fact(Wanted.ISSUE_DATE, f"Hiệu lực của {meant.name}:", (meant.place(place),))


def issuer(question: Question, meant: Meant) -> Fact | None:
    """The body that issued the document."""
    header = meant.document.header
    if header.issuer is None:
        return None
    where = SectionKind.PREAMBLE if header.issuer_inferred else SectionKind.HEADER
    place = _naming(meant, where, header.issuer) or frame(meant.document, SectionKind.SIGNATURE)
    if place is None:
        return None
    return Fact(Wanted.ISSUER, f"Cơ quan ban hành: {header.issuer}.", (meant.place(place),))


def subject(question: Question, meant: Meant) -> Fact | None:
    """What the document is about, in its own words."""
    place = frame(meant.document, SectionKind.TITLE)
    if place is None or not meant.document.header.subject:
        return None
    return Fact(Wanted.SUBJECT, f"{meant.document.header.title}.", (meant.place(place),))


def signer(question: Question, meant: Meant) -> Fact | None:
    """Who signed, with title; missing where the copy has no name."""
    header = meant.document.header
    name = header.signer.name if header.signer else None
    place = _signature(meant.document, name)
    places = (meant.place(place),) if place else ()
    title = header.signer.title if header.signer else None
    if _TITLE_ASKED.search(fold(question.meant)) and title and places:
        statement = f"Người ký: {name}, chức vụ ghi trên văn bản: {title}." if name else f"Chức vụ người ký: {title}."
        return Fact(Wanted.SIGNER, statement, places)
    if name and places:
        return Fact(Wanted.SIGNER, f"Người ký: {name}{f', {title}' if title else ''}.", places)
    reason = f"{meant.name} không ghi tên người ký{f' (chỉ có chức vụ: {title})' if title else ''}."
    return Fact(Wanted.SIGNER, reason, places, missing=True)


def _signature(document: Document, name: str | None) -> Span | None:
    """Return where the document is signed, with the `name`: recipients or a stamp may stand between title and name."""
    place = frame(document, SectionKind.SIGNATURE)
    if place is None or name is None or name in collapse(place.of(document.text)):
        return place
    parts = (section for section in document.sections if section.kind is SectionKind.SIGNATURE)
    named = next((part for part in parts if name in collapse(document.text[part.start : part.end])), None)
    if named is None:
        return place
    start = place.start if named.end - place.start <= _SIGNATURE else named.start
    at = document.text.find(name, named.start, named.end)
    below = document.text.find("\n", at, named.end) if at >= 0 else -1  # rules and signs of a table's end
    return trimmed(document.text, start, below if below >= 0 else named.end)


def recipients(question: Question, meant: Meant) -> Fact | None:
    """To whom the document is sent."""
    place = frame(meant.document, SectionKind.RECIPIENTS)
    names = meant.document.header.recipients
    if place is None or not names:
        return None
    return Fact(Wanted.RECIPIENTS, "Nơi nhận: " + "; ".join(names) + ".", (meant.place(place),))


def period(question: Question, meant: Meant) -> Fact | None:
    """The span the document is in force for."""
    phrase = meant.document.period
    if phrase is None:
        return None
    text = phrase.text.strip()
    return Fact(
        Wanted.PERIOD,
        f"Thời gian thực hiện: {text[:1].lower()}{text[1:].rstrip('.')}.",
        (meant.place(Span(phrase.start, phrase.end)),),
    )


def legal_bases(question: Question, meant: Meant) -> Fact | None:
    """The documents it rests on, as its preamble names them."""
    place = frame(meant.document, SectionKind.PREAMBLE)
    if place is None:
        return None
    bases = [ref for ref in meant.document.references if place.start <= ref.start < place.end and ref.symbol]
    if not bases:
        return None
    named = list(dict.fromkeys(f"{ref.kind or 'văn bản'} {ref.symbol}" for ref in bases))
    return Fact(Wanted.LEGAL_BASES, f"{meant.name} căn cứ: {'; '.join(named)}.", (meant.place(place),))


def _on(when: PartialDate) -> str:
    return f"ngày {when.vietnamese()}" if when.whole else f"vào {when.vietnamese()}"


def _line(meant: Meant, pattern: re.Pattern[str]) -> Span | None:
    """Return the first line that matches of the letterhead, whose columns may have come apart, or of the signature."""
    text, sections = meant.document.text, meant.document.sections
    for kind in (SectionKind.HEADER, SectionKind.SIGNATURE):
        for section in sections:
            match = pattern.search(text, section.start, section.end) if section.kind is kind else None
            if match is not None:
                return trimmed(text, match.start(), match.end())
    return None


def _writing(meant: Meant, symbol: str | None) -> Span | None:
    """Return the first line with `symbol` as it is printed: under the title of what came with the document."""
    text = meant.document.text
    at = text.find(symbol) if symbol else -1
    return (
        trimmed(text, text.rfind("\n", 0, at) + 1, (text.find("\n", at) + 1 or len(text) + 1) - 1) if at >= 0 else None
    )


def _naming(meant: Meant, where: SectionKind, issuer: str) -> Span | None:
    """Return the frame section that names the issuer: the inferred name may carry a province that stands elsewhere."""
    span = frame(meant.document, where)
    if span is None:
        return None
    words = fold(issuer).split()
    text = fold(span.of(meant.document.text))
    return span if sum(word in text for word in words) * 2 >= len(words) else None
