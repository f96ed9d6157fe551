"""Kind and subject of a document: from its title, a letter's "V/v", a cell of a form, or the lead-in."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.frame_texts import FrameTexts
from knowledge.header_number import NUMBER
from knowledge.kinds import CALLED, NAMES
from knowledge.letters import is_upper
from knowledge.lines import split_lines
from knowledge.marks import (
    bare_title,
    is_about,
    is_draft_mark,
    is_enactment,
    says_again,
    spoken_title,
    title_kind,
    without_mark,
)
from knowledge.text import collapse

_DRAFT_TITLE = re.compile(r"^\W*(?:</?\w+>)?\W*(?:DỰ THẢO|Dự thảo)\b")
_ATTACHED = re.compile(r"^\W*\(?.{0,40}kèm theo|^\W*\((?:ban hành|kèm)\W*$", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*(?:(?:v/v|vv|v\.v)\b\s*:?|về\s*:)\s*", re.IGNORECASE)
_BESIDE = re.compile(r"[\s.,;–-]*(?:v/v|về việc)\s*:?\s*(?P<subject>[^|\n]{8,})", re.IGNORECASE)
_ADDRESSED = re.compile(r"k[ií]nh\s*g[uửừứơởờ]i", re.IGNORECASE)
_LONGEST_FIRST = sorted(map(re.escape, NAMES), key=len, reverse=True)
_ISSUES = re.compile(
    r"(?:ban hành|xây dựng|lập|đề ra)\s+(?P<kind>" + "|".join(_LONGEST_FIRST) + r")(?!\w)",
    re.IGNORECASE,
)
_ITSELF = re.compile(rf"(?<!\w)(?P<kind>{'|'.join(_LONGEST_FIRST)})\s+này(?!\w)", re.IGNORECASE)
_CALLED_SO = 2  # times
# A cell with a title in capitals, as forms of companies and hospitals have it: "| CÔNG TY … | QUY TRÌNH HỘI CHẨN |".
_CELL_TITLE = re.compile(
    rf"(?P<kind>{'|'.join(sorted((re.escape(name.upper()) for name in (*NAMES, *CALLED)), key=len, reverse=True))})"
    r"\s+(?P<subject>\w.*)"
)
_TITLE_WORDS, _FORM_CELLS = 25, 3  # words of a title in a cell; cells beside each other in a form at the top
_FOOT_LINES = 40  # from the end, within which a letter's subject may have come out


def kind_and_subject(frame: FrameTexts) -> tuple[str | None, str | None]:
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


def titled_in_cell(frame: FrameTexts) -> tuple[str, str] | None:
    """Return (kind, subject) that the form at the top gives in a cell in capitals; None where none does."""
    for line in split_lines(frame.top):
        if line.closed and not line.row:
            break
        cells = [words for cell in line.text.split("|") if (words := collapse(cell.replace("*", " ")))]
        for words in cells if line.row and len(cells) <= _FORM_CELLS else ():
            match = _CELL_TITLE.fullmatch(words)
            if match is not None and is_upper(words) and len(words.split()) <= _TITLE_WORDS:
                return match["kind"].lower(), match["subject"]
    return None


def kind_by_content(frame: FrameTexts) -> str | None:
    """Return the kind that the lead-in says is issued: "… ban hành Kế hoạch …"."""
    for line in split_lines(frame.preamble):
        if is_enactment(line.text) and line.upper and (enacts := title_kind(line)) is not None:
            return enacts[0]  # "QUYẾT ĐỊNH:" below the legal bases
    found = list(_ISSUES.finditer(frame.preamble))
    return found[-1]["kind"].lower() if found else _kind_it_calls_itself(frame.text)


def _kind_it_calls_itself(text: str) -> str | None:
    """Return the kind that a text whose title was lost calls itself by most: "Thông tư này"; once may be another's."""
    called = Counter(match["kind"].lower() for match in _ITSELF.finditer(text))
    best, times = next(iter(called.most_common(1)), ("", 0))
    return best if times >= _CALLED_SO else None


def says_draft(frame: FrameTexts) -> bool:
    """Tell whether the head or the title says "DỰ THẢO"."""
    lines = [*split_lines(frame.head), *split_lines(frame.title)]
    return any(is_draft_mark(line) for line in lines) or bool(_DRAFT_TITLE.match(frame.title))


def _subject_beside(frame: FrameTexts) -> str:
    """Return a letter's subject where its letterhead came as a table: "| Số: 12/SNV-TĐKT V/v … | Hà Nội, ngày … |"."""
    head = frame.head.replace("*", "")
    number = NUMBER.search(head)
    beside = _BESIDE.match(head, number.end()) if number else None
    return collapse(beside["subject"]).strip(" .;:*_") if beside else ""


def _subject_behind(frame: FrameTexts) -> str:
    """Return a letter's subject where the columns of its letterhead came out behind its foot; "" where none did."""
    lines = split_lines(frame.text)[-_FOOT_LINES:]
    words: list[str] = []
    for line in lines:
        if words and (line.upper or line.blanks or line.text[:1].isupper()):
            break
        if words or is_about(line):
            words.append(line.text if words else _ABOUT.sub("", line.text))
    return " ".join(words).strip(" .;:*_")
