"""What a document says of itself: symbol, kind, issuer, place, date, subject, signer, recipients.

Reads the frame sections that knowledge.structure found; the document's own symbol is only ever taken from its "Số:"
line, or from the title of the article that prints it, never from a citation. Knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.article import told_by_article
from knowledge.dateline import Dateline, find_dateline, possible
from knowledge.document import Header, PartialDate, Section, Signer
from knowledge.frame_texts import FrameTexts
from knowledge.header_issuer import issued_by
from knowledge.header_number import NUMBER, has_open_number, mark_below, own_symbol
from knowledge.header_title import kind_and_subject, kind_by_content, says_draft, titled_in_cell
from knowledge.kinds import kind_of_symbol
from knowledge.lines import split_lines
from knowledge.provinces import canonical
from knowledge.signature import is_name, is_signed, is_title
from knowledge.text import collapse

_PASSED = re.compile(r"thông qua\s+ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_SIGNER_FIELD = re.compile(r"(?:^|[|*\n])\s*người ký[ *_]*:[ *_|]*([^|\n]+)", re.IGNORECASE)
_DATE_FIELD = re.compile(
    r"(?:^|\|)\W*(?:date|ngày ban hành|ngày ký)\W*:\W*"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?=\s*\||\W*$)",
    re.IGNORECASE | re.MULTILINE,
)
_BULLET = re.compile(r"^[\s\-–—+•*▪●·|\uf000-\uf0ff]+")
_ADDRESS = re.compile(
    r"^\W*(?:k[ií]nh\s*(?:g[uửừứơởờ]i|m[oờơ]i)|n.i\s+nh.n(?:\s+và thi hành)?)\s*(?:\([^)]*\))?\s*[:;.]?\s*",
    re.IGNORECASE,
)
_CHARGE_ALONE = re.compile(r"T\.?M|K\.?T|T\.?L|TUQ")  # "TM.", whose body stands on the next line


def parse_header(text: str, sections: Sequence[Section]) -> Header:
    """Return what the document says of itself; nothing is guessed that is not marked as inferred."""
    frame = FrameTexts(text, sections)
    symbol, draft = own_symbol(frame)
    dateline = _dateline(frame)
    date = dateline.date if dateline else _date_of_passing(frame)
    kind, subject = kind_and_subject(frame)
    if symbol is None and draft is None and kind is not None:
        symbol, marked = mark_below(frame, kind)
        date = date or marked
    if symbol is None and draft is None:
        told = told_by_article(text)
        if told is not None:
            subject = subject if subject and kind else told.subject  # the page's own title is what it says of the text
            symbol, kind, date = told.symbol, told.kind, date or told.date
    in_form = kind is None and not (symbol or draft)
    if in_form:
        kind, subject = titled_in_cell(frame) or (kind, subject)
    date = date or (_date_field(frame) if symbol is not None or (in_form and kind is not None) else None)
    kind = kind or (kind_of_symbol(symbol or draft or "") if symbol or draft else None) or kind_by_content(frame)
    signer = _signer(frame)
    place = dateline.place if dateline else None
    issuer, inferred, province = issued_by(frame, symbol or draft, place, subject, signer)
    opened = draft is not None or (dateline is not None and not dateline.whole)
    return Header(
        kind=kind,
        symbol=symbol,
        symbol_draft=draft,
        issuer=issuer,
        issuer_inferred=inferred,
        place=place,
        province=province,
        date=date,
        subject=subject,
        signer=signer,
        recipients=_recipients(frame),
        is_draft=opened or says_draft(frame) or (symbol is None and has_open_number(frame)),
    )


def _dateline(frame: FrameTexts) -> Dateline | None:
    """Return the dateline: in the letterhead, else by the signature."""
    # "Số: 12/KH-SNV Đà Nẵng, ngày …": columns that come out as one line.
    head = NUMBER.sub("\n", frame.head.replace("*", ""))
    found = find_dateline(head, placed=True) or find_dateline(head, placed=False)
    found = found or find_dateline(frame.signature.replace("*", ""), placed=True)
    return _with_broken_place(found, head, frame.text) if found and found.place else found


def _with_broken_place(found: Dateline, head: str, text: str) -> Dateline:
    """Heal a name that the end of a line cut in two: "Quảng⏎Bình, ngày …", a province's or one that `text` writes."""
    for match in re.finditer(rf"([^\W\d_]+)\s*\n\s*{re.escape(found.place or '')}\s*,", head):
        joined = f"{match[1]} {found.place}"
        written = rf"(?:xã|phường|huyện|quận|trấn) {re.escape(joined)}(?!\w)"
        if canonical(joined) is not None or (match[1].istitle() and re.search(written, text)):
            return replace(found, place=joined)
    return found


def _date_of_passing(frame: FrameTexts) -> PartialDate | None:
    """Return the day on which a law says it was passed."""
    passed = list(_PASSED.finditer(frame.body[-1500:]))
    if not passed:
        return None
    day, month, year = (int(part) for part in passed[-1].groups())
    return possible(year, month, day)


def _date_field(frame: FrameTexts) -> PartialDate | None:
    """Return the day that a field near the top gives: "Ngày ban hành: 20/01/2031"."""
    field = _DATE_FIELD.search(frame.top)
    return possible(int(field["year"]), int(field["month"]), int(field["day"])) if field else None


def _signer(frame: FrameTexts) -> Signer | None:
    """Return title and name of the first signer."""
    titles: list[str] = []
    for line in split_lines(frame.signature):
        words = line.text.strip(" |")
        if is_signed(words) or not any(char.isalpha() for char in words) or find_dateline(words, placed=False):
            continue
        if is_name(words, capitals=bool(titles)) and not is_title(words):
            return Signer(collapse(words).strip(" ."), " / ".join(titles) or None)
        if titles and _CHARGE_ALONE.fullmatch(titles[-1]):
            titles[-1] = f"{titles[-1]}. {collapse(words).strip(' .,')}"
        elif is_title(words) or line.upper:
            titles.append(collapse(words).strip(" .,"))
    if titles:
        return Signer(None, " / ".join(titles))
    field = _SIGNER_FIELD.search(frame.top)
    name = field[1].strip(" |*") if field else ""
    return Signer(collapse(name), None) if is_name(name) else None


def _recipients(frame: FrameTexts) -> tuple[str, ...]:
    """Return the addressees and the lines of "Nơi nhận", bullets and final punctuation removed."""
    found: list[str] = []
    for line in split_lines(frame.recipients):
        lead = _ADDRESS.match(line.text)
        words = line.text[lead.end() :] if lead else line.text
        bullet = _BULLET.match(words)
        words = words[bullet.end() :] if bullet else words
        goes_on = not lead and not bullet and not line.paragraph and found
        for piece in re.split(r";\s+", words) if lead else [words]:
            cleaned = collapse(piece).strip(" ;.,:*_|")
            if not any(char.isalnum() for char in cleaned):
                continue
            if goes_on:
                found[-1] = f"{found[-1]} {cleaned}"
            else:
                found.append(cleaned)
    return tuple(found)
