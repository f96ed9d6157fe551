"""What a document says of itself: symbol, kind, issuer, place, date, subject, signer, recipients.

Reads the frame sections that knowledge.structure found; the document's own symbol is only ever taken from its "Số:"
line, or from the title of the article that prints it, never from a citation. Knows nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge import issuer as issuers
from knowledge.article import told_by_article
from knowledge.dateline import Dateline, find_dateline, possible
from knowledge.document import FRAME_SECTIONS, Header, PartialDate, Section, SectionKind, Signer
from knowledge.kinds import CALLED, NAMES, kind_of_symbol
from knowledge.letters import is_upper
from knowledge.lines import split_lines
from knowledge.marks import (
    bare_title,
    is_about,
    is_attached_mark,
    is_draft_mark,
    is_enactment,
    opens_body,
    says_again,
    spoken_title,
    title_kind,
    without_mark,
)
from knowledge.provinces import canonical, find_provinces
from knowledge.signature import is_name, is_signed, is_title
from knowledge.symbols import normalise_symbol
from knowledge.text import collapse

_TOKEN = r"(?!V/v\b|v/v\b|V/V\b)[A-Za-zĐđƯư&]+\d{0,2}"  # "Số: 12/SNV-TĐKT - V/v …"
_NUMBER = re.compile(
    r"(?:^|(?<=[\s|*–-]))"
    r"(?:(?:lu[aậ]t|nghị quyết|pháp lệnh)\s+s|(?-i:S)|(?:(?<=\n)|(?<=phúc ))s(?=[oốé]\s*:))[oốôóồ0é]\s*"
    r"(?:(?:và\s+)?k[yý]\s+hi[eệ]u|hi[eệ]u)?\s*[:.]?\s*"
    r"(?P<symbol>(?P<number>\d{1,6}\s?[a-zA-Z]?)?[\s.…_|]*(?P<year>/\s*(?:19|20)\d\d)?\s*"
    rf"(?P<codes>[-–/]\s*{_TOKEN}(?:\s?[-–/]\s?{_TOKEN})*(?:\s?[-/]\s?(?:19|20)\d\d)?))",
    re.IGNORECASE,
)
_CITING = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, NAMES), key=len, reverse=True))})\s*$", re.IGNORECASE)
_OPEN_NUMBER = re.compile(r"(?:^|\n)\W*s[oố]\s*:\s*[.…_\s]*(?:\n|$)", re.IGNORECASE)
_ALONE = re.compile(
    rf"^\W*(?P<symbol>\d{{1,5}}[a-z]?(?:/(?:19|20)\d\d)?[-/]{_TOKEN}(?:[-/]{_TOKEN})*)\W*$", re.MULTILINE
)
_BREAK = re.compile(r"<br\s*/?>")
_DRAFT_TITLE = re.compile(r"^\W*(?:</?\w+>)?\W*(?:DỰ THẢO|Dự thảo)\b")
_ATTACHED = re.compile(r"^\W*\(?.{0,40}kèm theo|^\W*\((?:ban hành|kèm)\W*$", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*(?:(?:v/v|vv|v\.v)\b\s*:?|về\s*:)\s*", re.IGNORECASE)
_BESIDE = re.compile(r"[\s.,;–-]*(?:v/v|về việc)\s*:?\s*(?P<subject>[^|\n]{8,})", re.IGNORECASE)
_CAME_WITH = re.compile(
    r"kèm theo (?P<kind>quyết định|nghị quyết|thông tư|nghị định)\s+số\s*:?\s*(?P<symbol>\d{1,5}[a-z]?[/-][\w/&-]+)"
    r"(?:\s+ngày\s+(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"k[ií]nh\s*g[uửừứơởờ]i", re.IGNORECASE)
_PASSED = re.compile(r"thông qua\s+ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_DATE_FIELD = re.compile(
    r"(?:^|\|)\W*(?:date|ngày ban hành|ngày ký)\W*:\W*"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?=\s*\||\W*$)",
    re.IGNORECASE | re.MULTILINE,
)
_ISSUES = re.compile(
    r"(?:ban hành|xây dựng|lập|đề ra)\s+(?P<kind>"
    + "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
    + r")(?!\w)",
    re.IGNORECASE,
)
# A cell with a title in capitals, as forms of companies and hospitals have it: "| CÔNG TY … | QUY TRÌNH HỘI CHẨN |".
_CELL_TITLE = re.compile(
    rf"(?P<kind>{'|'.join(sorted((re.escape(name.upper()) for name in (*NAMES, *CALLED)), key=len, reverse=True))})"
    r"\s+(?P<subject>\w.*)"
)
_BULLET = re.compile(r"^[\s\-–—+•*▪●·|\uf000-\uf0ff]+")
_ADDRESS = re.compile(
    r"^\W*(?:k[ií]nh\s*(?:g[uửừứơởờ]i|m[oờơ]i)|n.i\s+nh.n(?:\s+và thi hành)?)\s*(?:\([^)]*\))?\s*[:;.]?\s*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^\W*(?:Điều|ĐIỀU)\s+\d", re.MULTILINE)
# How far into a text without preamble its issuer is looked for.
_OPENING = 6000
_CHARGE_ALONE = re.compile(r"T\.?M|K\.?T|T\.?L|TUQ")  # "TM.", whose body stands on the next line
_TITLE_WORDS, _FORM_CELLS = 25, 3  # words of a title in a cell; cells beside each other in a form at the top
_FIELDS = 1000  # characters from the top, within which fields tell of the document
_MARK_BELOW = 1500  # characters into what is attached, within which that says what it came with
_FOOT_LINES = 40  # from the end, within which a letter's subject may have come out


def parse_header(text: str, sections: Sequence[Section]) -> Header:
    """Return what the document says of itself; nothing is guessed that is not marked as inferred."""
    frame = _Frame(text, sections)
    symbol, draft = _symbol(frame)
    dateline = _dateline(frame)
    date = dateline.date if dateline else _date_of_passing(frame)
    kind, subject = _kind_and_subject(frame)
    if symbol is None and draft is None and kind is not None:
        symbol, marked = _mark_below(frame, kind)
        date = date or marked
    if symbol is None and draft is None:
        told = told_by_article(text)
        if told is not None:
            subject = subject if subject and kind else told.subject  # the page's own title is what it says of the text
            symbol, kind, date = told.symbol, told.kind, date or told.date
    in_form = kind is None and not (symbol or draft)
    if in_form:
        kind, subject = _titled_in_cell(frame) or (kind, subject)
    date = date or (_date_field(frame) if symbol is not None or (in_form and kind is not None) else None)
    kind = kind or (kind_of_symbol(symbol or draft or "") if symbol or draft else None) or _kind_by_content(frame)
    signer = _signer(frame)
    place = dateline.place if dateline else None
    issuer, inferred, province = _issuer(frame, symbol or draft, place, subject, signer)
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
        is_draft=opened or _says_draft(frame) or (symbol is None and bool(_OPEN_NUMBER.search(frame.head))),
    )


def _says_draft(frame: _Frame) -> bool:
    """Tell whether the head or the title says "DỰ THẢO"."""
    lines = [*split_lines(frame.head), *split_lines(frame.title)]
    return any(is_draft_mark(line) for line in lines) or bool(_DRAFT_TITLE.match(frame.title))


class _Frame:
    """The texts of the frame sections of the document itself, not of what is attached to it."""

    def __init__(self, text: str, sections: Sequence[Section]) -> None:
        self.text = text
        attached = next((s.start for s in sections if s.kind is SectionKind.APPENDIX), len(text))
        self.below = text[attached:][:_MARK_BELOW]
        self._own = [section for section in sections if section.start < attached]
        self.body = "".join(
            text[section.start : section.end] for section in self._own if section.kind not in FRAME_SECTIONS
        )
        self.head = self.of(SectionKind.HEADER)
        self.title = self.of(SectionKind.TITLE)
        self.preamble = self.of(SectionKind.PREAMBLE)
        self.signature = self.of(SectionKind.SIGNATURE)
        self.recipients = self.of(SectionKind.RECIPIENTS)

    def of(self, kind: SectionKind) -> str:
        """Return the text of all sections of one kind; a tag for a line break is one."""
        return "\n".join(
            _BREAK.sub("\n", self.text[section.start : section.end]) for section in self._own if section.kind is kind
        )


def _symbol(frame: _Frame) -> tuple[str | None, str | None]:
    """Return (symbol, open symbol of a draft); at most one of them is given."""
    head = frame.head.replace("*", "")
    draft: str | None = None
    for match in _NUMBER.finditer(head):
        codes = re.sub(r"\s+", "", match["codes"]).replace("–", "-")
        begins = not head[: match.start()].rpartition("\n")[2].strip(" |–-")
        if (
            not begins
            and ":" not in head[match.start() : match.start("symbol")]
            and _CITING.search(head[: match.start()])
        ):
            continue  # "… TỔ CHỨC THỰC HIỆN CHỈ THỊ SỐ 14-CT/TW"
        if match["number"]:
            symbol = normalise_symbol(re.sub(r"[\s|]+", "", match["symbol"]).replace("–", "-"))
            if symbol is not None:
                return symbol, None
        elif draft is None and re.search(r"[^\W\d]{2}", codes):
            draft = re.sub(r"\s+", "", match["year"] or "") + codes
    if draft is not None:
        return None, draft
    alone = _ALONE.search(head)
    return (normalise_symbol(alone["symbol"]) if alone else None), None


def _dateline(frame: _Frame) -> Dateline | None:
    """Return the dateline: in the letterhead, else by the signature."""
    # "Số: 12/KH-SNV Đà Nẵng, ngày …": columns that come out as one line.
    head = _NUMBER.sub("\n", frame.head.replace("*", ""))
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


def _mark_below(frame: _Frame, kind: str) -> tuple[str | None, PartialDate | None]:
    """Return number and date that what came with the document says of it: "(Kèm theo Quyết định số 12/QĐ-X ngày …)"."""
    lines = split_lines(frame.below)
    for place, line in enumerate(lines):
        if opens_body(line) is not None:
            break  # what an article abolishes came with another document
        # The mark may go on in the next line: "(Kèm theo⏎Nghị quyết số …".
        said = " ".join(one.text for one in lines[place : place + 2])
        match = _CAME_WITH.search(said) if is_attached_mark(line.text) else None
        if match is not None and match["kind"].lower() == kind:
            day, month, year = (int(match[part]) if match[part] else 0 for part in ("day", "month", "year"))
            return normalise_symbol(match["symbol"]), possible(year, month, day) if year else None
    return None, None


def _date_of_passing(frame: _Frame) -> PartialDate | None:
    """Return the day on which a law says it was passed."""
    passed = list(_PASSED.finditer(frame.body[-1500:]))
    if not passed:
        return None
    day, month, year = (int(part) for part in passed[-1].groups())
    return possible(year, month, day)


def _date_field(frame: _Frame) -> PartialDate | None:
    """Return the day that a field near the top gives: "Ngày ban hành: 20/01/2031"."""
    field = _DATE_FIELD.search(frame.text[:_FIELDS])
    return possible(int(field["year"]), int(field["month"]), int(field["day"])) if field else None


def _kind_and_subject(frame: _Frame) -> tuple[str | None, str | None]:
    """Return kind and subject as the title block gives them."""
    kind: str | None = None
    words: list[str] = []
    first = ""  # line
    opened = 0  # brackets open in "(Ban hành kèm theo …)"
    for line in split_lines(frame.title):
        if opened > 0 or _ATTACHED.match(without_mark(line.text) or line.text):
            opened += line.text.count("(") - line.text.count(")")
            continue
        if is_draft_mark(line) or not any(char.isalnum() for char in line.text):
            continue
        if words and says_again(line.text, first):
            continue
        first = first or bare_title(line.text)
        found = title_kind(line) or spoken_title(line) if kind is None and not words else None
        if found is not None:
            kind = found[0]
            words.extend([found[1]] if found[1] else [])
        elif words or title_kind(line) != (kind, ""):  # "QUYếT địNH" above "QUYẾT ĐỊNH"
            words.append(_ABOUT.sub("", line.text) if not words else line.text)
    subject = " ".join(" ".join(words).split()).strip(" .;:*_")
    if kind is None and _ADDRESSED.search(frame.recipients):
        kind = "công văn"
    if kind == "công văn" and not subject:
        subject = _subject_beside(frame) or _subject_behind(frame)
    return kind, subject or None


def _titled_in_cell(frame: _Frame) -> tuple[str, str] | None:
    """Return (kind, subject) that the form at the top gives in a cell in capitals; None where none does."""
    for line in split_lines(frame.text[:_FIELDS]):
        if line.closed and not line.row:
            break
        cells = [words for cell in line.text.split("|") if (words := collapse(cell.replace("*", " ")))]
        for words in cells if line.row and len(cells) <= _FORM_CELLS else ():
            match = _CELL_TITLE.fullmatch(words)
            if match is not None and is_upper(words) and len(words.split()) <= _TITLE_WORDS:
                return match["kind"].lower(), match["subject"]
    return None


def _subject_beside(frame: _Frame) -> str:
    """Return a letter's subject where its letterhead came as a table: "| Số: 12/SNV-TĐKT V/v … | Hà Nội, ngày … |"."""
    head = frame.head.replace("*", "")
    number = _NUMBER.search(head)
    beside = _BESIDE.match(head, number.end()) if number else None
    return collapse(beside["subject"]).strip(" .;:*_") if beside else ""


def _subject_behind(frame: _Frame) -> str:
    """Return a letter's subject where the columns of its letterhead came out behind its foot; "" where none did."""
    lines = split_lines(frame.text)[-_FOOT_LINES:]
    words: list[str] = []
    for line in lines:
        if words and (line.upper or line.blanks or line.text[:1].isupper()):
            break
        if words or is_about(line):
            words.append(line.text if words else _ABOUT.sub("", line.text))
    return " ".join(words).strip(" .;:*_")


def _kind_by_content(frame: _Frame) -> str | None:
    """Return the kind that the lead-in says is issued: "… ban hành Kế hoạch …"."""
    for line in split_lines(frame.preamble):
        if is_enactment(line.text) and line.upper and (enacts := title_kind(line)) is not None:
            return enacts[0]  # "QUYẾT ĐỊNH:" below the legal bases
    found = list(_ISSUES.finditer(frame.preamble))
    return found[-1]["kind"].lower() if found else None


def _signer(frame: _Frame) -> Signer | None:
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
    return Signer(None, " / ".join(titles)) if titles else None


def _recipients(frame: _Frame) -> tuple[str, ...]:
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


def _issuer(
    frame: _Frame, symbol: str | None, place: str | None, subject: str | None, signer: Signer | None
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


def _letterhead(frame: _Frame) -> list[str]:
    """Return the lines of the letterhead above its number; all of them where none stand above."""
    head = issuers.without_motto(frame.head)
    for number in _NUMBER.finditer(head):  # a page's own heading may say the number first
        above = [issuers.healed(line.text, frame.text) for line in split_lines(head[: number.start()])]
        if issuers.bodies(above):
            return above
    return [issuers.healed(line.text, frame.text) for line in split_lines(head)]


def _own_province(name: str) -> str | None:
    found = find_provinces(name)
    return found.most_common(1)[0][0] if found else None


def _province(frame: _Frame, place: str | None, subject: str | None) -> str | None:
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
