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

_CONNECTING = re.compile(
    r"(?<!\w)(?:của|về|và|trong|tại|theo|cho|các|số|với|thực hiện|từ|đến|do|hoặc|nhằm)$", re.IGNORECASE
)

Roles = list[SectionKind | None]


def mark_head(lines: Sequence[Line], roles: Roles) -> int:
    """Mark letterhead, title and addressees; return the index of the first line after them."""
    title = _find_title(lines)
    if title is None:
        return _mark_letter(lines, roles, 0)
    for index in range(title):
        roles[index] = roles[index] or SectionKind.HEADER
    end = _title_end(lines, title)
    for index in range(title, end):
        belongs_above = marks.is_number_line(lines[index]) and index > title
        roles[index] = roles[index] or (SectionKind.HEADER if belongs_above else SectionKind.TITLE)
    return _mark_letter(lines, roles, end)


def _find_title(lines: Sequence[Line]) -> int | None:
    """Return the index of the line with the document's kind."""
    candidates: list[int] = []
    after_number = -1
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if marks.is_basis(line.text) and line.closed and not line.upper:
            break
        if marks.is_address(line) or (marks.opens_body(line) is not None and index > 0):
            break
        if marks.is_number_line(line) or marks.is_dateline(line):
            after_number = len(candidates)
        if marks.title_kind(line) is not None and not marks.is_number_line(line):
            candidates.append(index)
    if not candidates:
        return None
    return candidates[after_number] if 0 <= after_number < len(candidates) else candidates[0]


def _title_end(lines: Sequence[Line], title: int) -> int:
    """Return the index after the last line of the subject."""
    kind = marks.title_kind(lines[title])
    has_subject = bool(kind and kind[1])
    for index in range(title + 1, len(lines)):
        line, before = lines[index], lines[index - 1]
        text = line.text
        head_matter = marks.is_number_line(line) or marks.is_dateline(line) or marks.is_draft_mark(line)
        if head_matter or marks.is_rule(line) or marks.is_attached_mark(text):
            continue
        if (
            marks.is_contents(line)
            or marks.opens_body(line) is not None
            or marks.is_address(line)
            or marks.is_authority(line)
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


def _sentence(lines: Sequence[Line], index: int) -> bool:
    """Tell whether the paragraph that begins on a line ends as a sentence does; a subject has no full stop."""
    while index + 1 < len(lines) and lines[index + 1].blanks == 0 and not lines[index + 1].paragraph:
        index += 1
    return lines[index].text.endswith((".", ";", ":"))


def _unfinished(before: Line, line: Line) -> bool:
    return not before.closed and not line.closed


def _mark_letter(lines: Sequence[Line], roles: Roles, begin: int) -> int:
    """Mark the letterhead of an official letter, its subject and its addressees; return what follows.

    Where a title stands above, only the addressees ("Kính gửi: …") are left to mark.
    """
    address = next(
        (index for index in range(begin, min(len(lines), begin + _HEAD_LINES)) if marks.is_address(lines[index])),
        None,
    )
    if address is not None and any(marks.opens_body(line) for line in lines[begin:address]):
        address = None
    if address is None:
        return begin if begin else _mark_letterhead(lines, roles)
    about = False
    for index in range(begin, address):
        line = lines[index]
        starts = marks.is_about(line)
        ends = line.row or marks.is_dateline(line) or marks.is_number_line(line) or marks.in_letterhead(line)
        about = starts or (about and not ends and (line.blanks == 0 or not lines[index - 1].closed))
        kind = SectionKind.TITLE if about and not line.row else SectionKind.HEADER
        roles[index] = roles[index] or (kind if begin == 0 else SectionKind.TITLE)
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


def _mark_letterhead(lines: Sequence[Line], roles: Roles) -> int:
    """Mark the letterhead of a text that lost its title; return what follows it."""
    end = 0
    for index, line in enumerate(lines[:15]):
        short = len(line.text) < 90 and not line.text.endswith((".", ";", ":"))
        if marks.is_basis(line.text) or marks.opens_body(line) is not None:
            break
        heads = marks.is_dateline(line) or (line.upper and marks.in_letterhead(line))
        if marks.is_number_line(line) or (short and heads):
            end = index + 1
    for index in range(end):
        roles[index] = roles[index] or SectionKind.HEADER
    return end
