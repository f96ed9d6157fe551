"""The frame around the body: letterhead, title, legal bases, recipients, signature, noise.

Gives each line a role; the body's own structure is knowledge.tree's.

A document may carry others behind its foot (a decision carries a regulation, a plan its appendices): what follows the
first foot is body again.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.closing import find_closing
from knowledge.document import SectionKind
from knowledge.lines import Line
from knowledge.marks import (
    in_letterhead,
    is_authority,
    is_basis,
    is_dateline,
    is_enactment,
    is_number_line,
    is_rule,
    opens_body,
    spoken_title,
    title_kind,
)
from knowledge.numbering import Label, Level, read_labels
from knowledge.opening import Roles, mark_head
from knowledge.signature import is_stamp

# How many lines the letterhead of an attached document takes at most.
_LETTERHEAD_LINES = 8
_SHORT_LEAD = 3  # paragraphs
_REQUEST = re.compile(r"\b(?:đề nghị|yêu cầu|thông báo|báo cáo|kính mời|gửi về)\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """The role of every line; None: body."""

    roles: tuple[SectionKind | None, ...]
    foot: int  # index after the last line of the foot; what follows is attached


def find_frame(lines: Sequence[Line]) -> Frame:
    """Return the frame of a document given as its lines."""
    roles: Roles = [SectionKind.NOISE if line.noise else None for line in lines]
    head = mark_head(lines, roles)
    label = _first_label(lines, head)
    closing, foot = find_closing(lines, head)
    if closing and label is not None and min(closing) < label:
        label = None  # what looks like a label stands in or behind the foot
    stop = min((index for index in closing if index >= head), default=len(lines))
    titles = [line for role, line in zip(roles, lines, strict=True) if role is SectionKind.TITLE]
    titled = any(title_kind(line) or spoken_title(line) for line in titles)
    end = stop if label is None else min(label, stop)
    _mark_preamble(lines, roles, head, end, labelled=label is not None, letter=head > 0 and not titled)
    for index, role in closing.items():
        roles[index] = role
    _mark_second_letterhead(lines, roles, foot)
    for index, line in enumerate(lines):
        if is_stamp(line.text) and len(line.text) < 120 and (index < head or index >= stop):
            roles[index] = SectionKind.NOISE
    return Frame(tuple(roles), foot)


def _mark_second_letterhead(lines: Sequence[Line], roles: Roles, foot: int) -> None:
    """Mark the letterhead that an attached document repeats behind the foot, above its own title."""
    for index in range(foot, min(len(lines), foot + _LETTERHEAD_LINES)):
        line = lines[index]
        if title_kind(line) is not None or any(label.level is not Level.BULLET for label in read_labels(line.text)):
            return
        heads = in_letterhead(line) or is_number_line(line) or is_rule(line)
        if line.row or len(line.text) > 100 or not (heads or is_dateline(line) or line.upper):
            return
        roles[index] = roles[index] or SectionKind.HEADER


def _first_label(lines: Sequence[Line], begin: int) -> int | None:
    """Return the index of the line that opens the numbered body."""
    for index in range(begin, len(lines)):
        line = lines[index]
        label = opens_body(line)
        if label is None or not (line.paragraph or line.blanks) or _is_enumerated_basis(label):
            continue
        return index
    return None


def _is_enumerated_basis(label: Label) -> bool:
    """Tell whether a numbered line is a legal basis, "1. Căn cứ Luật …;", and not "1. Căn cứ"."""
    return bool(re.match(r"(?:Căn cứ|Xét)\b", label.rest)) and label.rest.endswith(";")


def _mark_preamble(lines: Sequence[Line], roles: Roles, begin: int, end: int, *, labelled: bool, letter: bool) -> None:
    """Mark the legal bases and the lead-in between title and body.

    Before a numbered body everything up to the last basis or lead-in; in a text without numbers only bases that are
    closed by a semicolon, and the sentence that leads in with a colon: the rest is what the document has to say.
    """
    paragraphs = _paragraphs(lines, begin, end)
    last = -1
    for place, (first, text) in enumerate(paragraphs):
        line = lines[first]
        leads_in = text.endswith((":", "như sau.", "sau đây.")) or is_enactment(text)
        basis = is_basis(text) or is_authority(line)
        if letter and labelled and text.endswith(".") and _REQUEST.search(text):
            basis = leads_in = False  # "Thực hiện …, Sở đề nghị các đơn vị báo cáo trước ngày …": what it has to say
        if not labelled:
            follows_basis = place + 1 < len(paragraphs) and is_basis(paragraphs[place + 1][1])
            basis = basis and (text.endswith((";", ",")) or follows_basis or line.upper)
            leads_in = leads_in and not _is_bullet(line) and (last >= 0 or basis or place == 0)
        if basis or leads_in:
            last = place
    if labelled and not letter and (len(paragraphs) <= _SHORT_LEAD or last == len(paragraphs) - 2):
        last = len(paragraphs) - 1  # too little for a body: "… ban hành Nghị quyết …" leads in without a colon
    stop = paragraphs[last + 1][0] if last + 1 < len(paragraphs) else end
    for index in range(begin, stop if last >= 0 else begin):
        roles[index] = roles[index] or SectionKind.PREAMBLE


def _paragraphs(lines: Sequence[Line], begin: int, end: int) -> list[tuple[int, str]]:
    """Return the paragraphs of a stretch: index of the first line, and the words without their bullet."""
    found: list[tuple[int, str]] = []
    for index in range(begin, end):
        if found and not lines[index].paragraph:
            found[-1] = (found[-1][0], f"{found[-1][1]} {lines[index].text}")
        else:
            found.append((index, lines[index].text.lstrip("-–+* ")))
    return found


def _is_bullet(line: Line) -> bool:
    return any(label.level is Level.BULLET for label in read_labels(line.text))
