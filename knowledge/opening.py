"""The top of a document: letterhead, title and subject, addressees.

Gives each of its lines a role, in whatever order the columns of the letterhead came out of the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge import marks
from knowledge.document import SectionKind
from knowledge.lines import Line
from knowledge.numbering import Level, read_labels

# The kind of a document stands within so many lines of the top.
_HEAD_LINES = 45
# … and the letterhead, below what a web page put above it; so many lines of it stand above the nation's name.
_WEB_LINES, _ABOVE_MOTTO = 30, 5
_MOTTO = re.compile(r"cong\s*hoa\s*xa\s*hoi\s*chu\s*nghia|doc lap\W+tu do\W+hanh phuc|dang cong san viet nam")
_BARE_SUBJECT = 5  # words in capitals that can be a subject
_WEB_DATE, _WEB_DATE_LINE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]20\d\d\b"), 50  # "T6, 27/03/2020 - 11:28"
_LONGEST_HEADING = 60  # words of the title that a web page sets above a text

_CONNECTING = re.compile(
    r"(?<!\w)(?:của|về|và|trong|tại|(?<!tiếp )(?<!kèm )theo|cho|các|số|với|thực hiện|từ|đến|do|hoặc|nhằm)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:về việc|v/v)\s", re.IGNORECASE)
# What stands under a title and is none: "Hình thức đào tạo: Chính quy".
_LABELLED = re.compile(r"[^\W\d_][^:“”\"]{3,40}:\s+\S")

# Says what sort of text it is; the kind of what is consolidated stands below: "VĂN BẢN HỢP NHẤT", then "THÔNG TƯ".
_CONSOLIDATED = "văn bản hợp nhất"

Roles = list[SectionKind | None]


def mark_head(lines: Sequence[Line], roles: Roles) -> int:
    """Mark letterhead, title and addressees; return the index of the first line after them."""
    letterhead = _find_letterhead(lines)
    title = _find_title(lines, letterhead)
    if title is None:
        return _mark_letter(lines, roles, letterhead, titled=False)
    for index in range(title):
        roles[index] = roles[index] or SectionKind.HEADER
    end = _title_end(lines, title)
    for index in range(title, end):
        belongs_above = marks.is_number_line(lines[index]) and index > title
        roles[index] = roles[index] or (SectionKind.HEADER if belongs_above else SectionKind.TITLE)
    return _mark_letter(lines, roles, end, titled=True)


def _find_letterhead(lines: Sequence[Line]) -> int:
    """Return where the letterhead begins: 0, but below what a web page put above it."""
    motto = next((index for index, line in enumerate(lines[:_WEB_LINES]) if _MOTTO.search(line.folded)), 0)
    begin = motto
    while begin and motto - begin < _ABOVE_MOTTO and _may_head(lines[begin - 1]):
        begin -= 1
    above = lines[:begin]
    if any(map(_belongs, above)):
        # Columns in another order, or a form within the text; or a page's heading, which the letterhead says again.
        headed = lines[0].bold and marks.title_kind(lines[0]) is not None and not lines[0].row
        return 1 if headed and any(map(marks.is_number_line, lines[1:motto])) else 0
    return begin


def _belongs(line: Line) -> bool:
    """Tell whether the line is of a document and of no web page."""
    head = marks.is_number_line(line) or marks.is_about(line) or marks.title_kind(line) is not None
    return head or marks.is_basis(line.text) or marks.opens_body(line) is not None


def _may_head(line: Line) -> bool:
    return len(line.text) < 90 and not line.closed and (line.upper or marks.in_letterhead(line) or marks.is_rule(line))


def _find_title(lines: Sequence[Line], begin: int) -> int | None:
    """Return the index of the line with the document's kind, looking from `begin` on."""
    candidates: list[int] = []
    consolidated: list[int] = []
    after_number = -1
    for index in range(begin, min(len(lines), _HEAD_LINES)):
        line = lines[index]
        if marks.is_basis(line.text) and line.closed and not line.upper:
            break
        if marks.is_address(line) or (marks.opens_body(line) is not None and index > begin):
            break
        if marks.is_number_line(line) or marks.is_dateline(line):
            after_number = len(candidates)
        kind = marks.title_kind(line) if not marks.is_number_line(line) else None
        if kind is not None:
            (consolidated if kind[0] == _CONSOLIDATED else candidates).append(index)
    candidates = candidates or consolidated
    if not candidates:
        bare = _find_bare_subject(lines, begin)
        spoken = _find_spoken_title(lines) if bare is None else bare
        return _find_page_title(lines) if spoken is None else spoken
    return candidates[after_number] if 0 <= after_number < len(candidates) else candidates[0]


def _find_bare_subject(lines: Sequence[Line], begin: int) -> int | None:
    """Return the first line of a subject in capitals right under number and date, where its kind was lost above it."""
    opened = next((index for index, line in enumerate(lines) if not line.noise), 0)
    below = lines[opened + 1] if opened + 1 < len(lines) else None
    if below is not None and marks.is_authority(below) and _names_a_matter(lines[opened]):
        return opened
    for index in range(begin + 1, min(len(lines), _HEAD_LINES)):
        line, before = lines[index], lines[index - 1]
        if marks.is_address(line) or marks.is_basis(line.text) or marks.opens_body(line) is not None:
            return None
        if (marks.is_number_line(before) or marks.is_dateline(before)) and _names_a_matter(line):
            return index
    return None


def _names_a_matter(line: Line) -> bool:
    """Tell whether a line in capitals can be a subject: long, and no body of a letterhead."""
    long = line.upper and len(line.text.split()) >= _BARE_SUBJECT
    return long and not (marks.in_letterhead(line) or line.row or marks.is_authority(line))


def _find_spoken_title(lines: Sequence[Line]) -> int | None:
    """Return the first line where that is a title in small letters, what follows being as it is below titles."""
    index = next((index for index, line in enumerate(lines) if not line.noise), None)
    if index is None or index + 1 >= len(lines):
        return None
    title, below = marks.spoken_title(lines[index]), lines[index + 1]
    if title is None:
        return None
    if _ABOUT.match(title[1]) and not lines[index].text.endswith(".") and below.text[:1].isupper():
        return index  # "Chỉ thị về việc tăng cường …": no sentence is without a verb and an end
    label = marks.opens_body(below)
    came_with = marks.without_mark(lines[index].text) != lines[index].text
    if lines[index].text.endswith(".") and not came_with and (label is None or label.level > Level.ARTICLE):
        return None  # a sentence
    follows = marks.is_basis(below.text) or marks.is_attached_mark(below.text) or label is not None
    follows = follows or marks.says_again(below.text, marks.bare_title(lines[index].text))
    return index if follows or marks.is_authority(below) or marks.is_address(below) else None


def _find_page_title(lines: Sequence[Line]) -> int | None:
    """Return the first line where a web page set it above a text without letterhead: as a heading, or twice."""
    index = next((index for index, line in enumerate(lines) if not line.noise), None)
    if index is None or index + 1 >= len(lines):
        return None
    line, below = lines[index], lines[index + 1]
    words = len(line.text.split())
    closed = line.closed and not line.text.rstrip(" *_").endswith("?")  # a page may be called by what it answers
    if not _BARE_SUBJECT <= words <= _LONGEST_HEADING or line.row or closed or read_labels(line.text):
        return None
    if any(marks.is_address(other) or marks.is_number_line(other) for other in lines[:_HEAD_LINES]):
        return None  # a letter: its subject stands at its place
    if marks.in_letterhead(line) or (marks.is_basis(line.text) and not line.upper and not line.bold):
        return None
    dated = len(below.text) < _WEB_DATE_LINE and bool(_WEB_DATE.search(below.text))
    return (
        index
        if line.bold or marks.is_rule(below) or dated or marks.says_again(below.text, marks.bare_title(line.text))
        else None
    )


def _title_end(lines: Sequence[Line], title: int) -> int:
    """Return the index after the last line of the subject."""
    kind = marks.title_kind(lines[title]) or marks.spoken_title(lines[title])
    has_subject = kind is None or bool(kind[1])
    for index in range(title + 1, len(lines)):
        line, before = lines[index], lines[index - 1]
        text = line.text
        if kind is not None and not has_subject and marks.title_kind(line) == kind:
            continue  # "QUYếT địNH" above "QUYẾT ĐỊNH"
        if index == title + 1 and has_subject and marks.says_again(text, marks.bare_title(before.text)):
            continue
        head_matter = marks.is_number_line(line) or marks.is_dateline(line) or marks.is_draft_mark(line)
        if head_matter or marks.is_rule(line) or marks.is_attached_mark(text):
            continue
        decides = marks.is_authority(line) or (
            index + 1 < len(lines) and marks.is_small_authority(line, lines[index + 1])
        )
        if (
            marks.is_contents(line)
            or marks.opens_body(line) is not None
            or marks.is_address(line)
            or (decides and not _goes_on_to(before, line))
        ):
            return index
        within = line.bold or not line.paragraph
        if not has_subject:
            has_subject = True
            if marks.is_basis(text) and text.endswith((";", ":")) and not line.bold:
                return index
            continue
        goes_on = text[:1].islower() or not line.paragraph or (line.upper and before.upper)
        goes_on = goes_on or bool(_CONNECTING.search(before.text))
        if _LABELLED.match(text) and line.paragraph:
            return index
        if kind is None and before.text.rstrip(" *_").endswith("?"):
            return index
        if before.upper and not line.upper and text[:1].isupper() and len(before.text.split()) >= _BARE_SUBJECT:
            return index  # a subject in capitals is in capitals to its end
        if (before.bold and not line.bold) or (not goes_on and _sentence(lines, index)):
            return index
        if marks.is_basis(text) and not line.bold and not (line.upper and before.upper):
            return index
        if goes_on or (line.bold and before.bold) or (line.blanks == 0 and _unfinished(before, line) and within):
            continue
        if line.blanks == 0 and before.blanks <= 1 and not line.closed and not before.closed and len(text) < 90:
            continue  # the next line of a subject broken by hand
        return index
    return len(lines)


def _goes_on_to(before: Line, line: Line) -> bool:
    """Tell whether a subject names a body in its next line: "THỰC HIỆN CHỈ THỊ 27 CỦA⏎THỦ TƯỚNG CHÍNH PHỦ"."""
    return line.blanks == 0 and bool(_CONNECTING.search(before.text))


def _sentence(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the paragraph that begins on a line ends as a sentence does; a subject has no full stop."""
    while index + 1 < len(lines) and lines[index + 1].blanks == 0 and not lines[index + 1].paragraph:
        index += 1
    return lines[index].text.endswith((".", ";", ":"))


def _unfinished(before: Line, line: Line) -> bool:
    return not before.closed and not line.closed


def _mark_letter(lines: Sequence[Line], roles: Roles, begin: int, *, titled: bool) -> int:
    """Mark the letterhead of an official letter, its subject and its addressees; return what follows.

    Where a title stands above (`titled`), only the addressees ("Kính gửi: …") are left to mark.
    """
    address = next(
        (index for index in range(begin, min(len(lines), begin + _HEAD_LINES)) if marks.is_address(lines[index])),
        None,
    )
    if address is not None and any(marks.opens_body(line) for line in lines[begin:address]):
        address = None
    if address is None:
        return begin if titled else _mark_letterhead(lines, roles, begin)
    for index in range(begin if not titled else 0):
        roles[index] = roles[index] or SectionKind.HEADER
    about = False
    for index in range(begin, address):
        line = lines[index]
        starts = marks.is_about(line)
        ends = line.row or marks.is_dateline(line) or marks.is_number_line(line) or marks.in_letterhead(line)
        about = starts or (about and not ends and (line.blanks == 0 or not lines[index - 1].closed))
        kind = SectionKind.TITLE if about and not line.row else SectionKind.HEADER
        roles[index] = roles[index] or (SectionKind.TITLE if titled else kind)
    roles[address] = SectionKind.RECIPIENTS
    return _mark_addressees(lines, roles, address)


def _mark_addressees(lines: Sequence[Line], roles: Roles, address: int) -> int:
    for index in range(address + 1, len(lines)):
        line, before = lines[index], lines[index - 1]
        bullet = next((label for label in read_labels(line.text) if label.level is Level.BULLET), None)
        listed = before.text.endswith((";", ",", ":")) and not marks.is_basis(line.text) and len(line.text) < 160
        numbered = before.text.endswith((";", ":")) and line.closed and len(line.text) < 120 and index < address + 12
        if bullet is None and marks.opens_body(line) is not None and not numbered:
            return index
        if not (bullet is not None or listed or not line.paragraph):
            return index
        if bullet is not None and before.text.endswith(".") and len(line.text) > 160:
            return index
        roles[index] = roles[index] or SectionKind.RECIPIENTS
    return len(lines)


def _mark_letterhead(lines: Sequence[Line], roles: Roles, begin: int) -> int:
    """Mark the letterhead of a text that lost its title; return what follows it."""
    end = 0
    for index in range(begin, min(len(lines), begin + 15)):
        line = lines[index]
        short = len(line.text) < 90 and not line.text.endswith((".", ";", ":"))
        if marks.is_basis(line.text) or marks.opens_body(line) is not None:
            break
        heads = marks.is_dateline(line) or (line.upper and marks.in_letterhead(line))
        if marks.is_number_line(line) or (short and heads) or (index == begin and marks.is_symbol_alone(line)):
            end = index + 1
    for index in range(end):
        roles[index] = roles[index] or SectionKind.HEADER
    return end
