"""The foot of a document: recipients, signature, and the noise among them.

Finds which lines they are, in any of the orders in which a two-column foot comes out of a file: signature before,
after or between the recipients, or without them. Knows nothing of the body's structure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.document import SectionKind
from knowledge.lines import Line
from knowledge.marks import title_kind
from knowledge.numbering import Level, read_labels
from knowledge.signature import RECIPIENTS, is_charge, is_initials, is_name, is_office, is_signed, is_stamp, is_title
from knowledge.text import fold

_LAST_RECIPIENT = re.compile(r"\bl[uư]u\b\s*[:.;]?\s*(?:vt|v\.t|vp|van thu|hs|ho so|[a-z&]{1,8}\b)", re.IGNORECASE)
_PLACE_DATE = re.compile(r"\bng[aà]y\b.{0,14}\bth[aá]ng\b.{0,14}\bn[aă]m\b", re.IGNORECASE)
_RULE = re.compile(r"^[\W_]*$")
# How many lines a signature takes at most, a joint one included.
_LONGEST_SIGNATURE = 14
_LONGEST_LIST = 60

Roles = dict[int, SectionKind]


def find_closing(lines: Sequence[Line], begin: int) -> tuple[Roles, int]:
    """Return the roles of the lines of the foot, and the index after its last line.

    `begin` is where the body begins at the earliest. Without a foot: no roles, and the number of lines.
    """
    index = _recipients(lines, begin)
    if index is not None:
        roles, end = _list_of_recipients(lines, index)
        roles.update(_signature_before(lines, index, begin))
        return roles, end
    for index in range(begin + 1, len(lines)):
        if is_title(lines[index].text) and _can_sign(lines, index):
            roles, end = _foot(lines, index, listing=False)
            if any(role is SectionKind.SIGNATURE for role in roles.values()):
                roles.update(_signature_before(lines, index, begin))
                return roles, end
    return _name_at_the_end(lines, begin), len(lines)


def _recipients(lines: Sequence[Line], begin: int) -> int | None:
    """Return the first "Nơi nhận" with a "Lưu" in its list, else the first at all: forms and procedures use it too."""
    found = [
        index
        for index in range(begin, len(lines))
        if RECIPIENTS.match(lines[index].folded) and not lines[index].noise and not lines[index].row
    ]
    for index, following in zip(found, [*found[1:], len(lines)], strict=False):
        below = lines[index : min(following, index + _LONGEST_LIST)]
        if any(_LAST_RECIPIENT.search(line.folded) for line in below):
            return index
    return found[0] if found else None


def _can_sign(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a title line stands where a signature can: after a closed sentence, before a name or an end."""
    before, after = lines[index - 1], lines[index + 1 : index + 5]
    heading = before.upper and len(before.text) < 60  # "DUYỆT CỦA BAN GIÁM HIỆU"
    if not (before.closed or before.noise or heading or is_title(before.text) or _PLACE_DATE.search(before.text)):
        return False
    if is_charge(lines[index].text) or not after:
        return True
    return any(is_signed(line.text) or is_name(line.text, capitals=True) for line in after) or len(after) < 2


def _list_of_recipients(lines: Sequence[Line], index: int) -> tuple[Roles, int]:
    roles, end = _foot(lines, index + 1, listing=not _LAST_RECIPIENT.search(lines[index].folded))
    roles[index] = SectionKind.RECIPIENTS
    return roles, end


def _foot(lines: Sequence[Line], begin: int, *, listing: bool) -> tuple[Roles, int]:
    """Return the roles of the foot's lines from `begin` on; `listing`: recipients may still follow."""
    roles: Roles = {}
    signed = named = False
    for index in range(begin, len(lines)):
        role = _role(lines, index, listing=listing, signed=signed, named=named)
        if role is None:
            return roles, index
        roles[index] = role
        signed = signed or role is SectionKind.SIGNATURE
        named = named or (role is SectionKind.SIGNATURE and is_name(lines[index].text, capitals=signed))
        if role is SectionKind.RECIPIENTS and _LAST_RECIPIENT.search(lines[index].folded):
            listing = False
        if role is SectionKind.RECIPIENTS and RECIPIENTS.match(lines[index].folded):
            listing = not _LAST_RECIPIENT.search(lines[index].folded)
    return roles, len(lines)


def _role(lines: Sequence[Line], index: int, *, listing: bool, signed: bool, named: bool) -> SectionKind | None:
    """Return what the line is in the foot; None where the foot ends before it."""
    line = lines[index]
    text = line.text.lstrip("| ")
    if line.noise or is_stamp(text):
        return SectionKind.NOISE
    if RECIPIENTS.match(line.folded.lstrip("| ")):
        return SectionKind.RECIPIENTS
    if is_title(text) or is_signed(text) or (_PLACE_DATE.search(text) and len(text) < 80):
        return SectionKind.SIGNATURE
    if named and title_kind(line) is not None:
        return None
    labels = read_labels(text)
    if any(label.level is not Level.BULLET for label in labels) and not (listing and line.blanks == 0):
        return None
    if listing and _is_recipient(line, bool(labels)):
        return SectionKind.RECIPIENTS
    if is_name(text, capitals=signed and not named):
        return SectionKind.SIGNATURE
    if _RULE.match(text):
        return SectionKind.SIGNATURE if signed else SectionKind.RECIPIENTS
    if labels and fold(text).startswith(("- luu", "- nhu tren", "+")):
        return SectionKind.RECIPIENTS
    if not line.paragraph and not listing and not signed and len(text) < 60:
        return SectionKind.RECIPIENTS  # "- Lưu: VT,⏎ KGVX."
    if is_initials(text):
        return SectionKind.NOISE
    if signed and not named and line.upper and len(text) < 60 and line.blanks == 0 and title_kind(line) is None:
        return SectionKind.SIGNATURE  # the second line of a long title
    if named and line.blanks == 0 and is_office(text) and not line.closed:
        return SectionKind.SIGNATURE  # "Bí thư Ban Chấp hành …" under the name
    return None


def _is_recipient(line: Line, bullet: bool) -> bool:
    """Tell whether a line goes on with the list: a bullet, or short and closed as list items are."""
    text = line.text.rstrip(" =~_|")  # specks of a scan
    if bullet:
        return len(text) < 400
    if line.upper and len(text.split()) > 1:
        return False
    return len(text) < 160 and (text.endswith((";", ",", ".")) or not line.paragraph) and not is_name(text)


def _signature_before(lines: Sequence[Line], index: int, begin: int) -> Roles:
    """Return the signature that stands before line `index`, reading upwards."""
    taken: list[int] = []
    sure = False
    for above in range(index - 1, max(begin, index - _LONGEST_SIGNATURE) - 1, -1):
        line = lines[above]
        text = line.text.lstrip("| ")
        if is_title(text) or is_signed(text):
            sure = True
        elif is_name(text):
            sure = sure or (above > 0 and lines[above - 1].text.endswith((".", "./.", "./")) and line.blanks > 0)
        elif not (line.noise or is_stamp(text) or _RULE.match(text) or _short_date(line)):
            break
        taken.append(above)
    while taken and not sure:
        taken.pop()
    while taken and _RULE.match(lines[taken[-1]].text):
        taken.pop()  # a rule above belongs to the text
    return {
        above: SectionKind.NOISE if lines[above].noise or is_stamp(lines[above].text) else SectionKind.SIGNATURE
        for above in taken
    }


def _short_date(line: Line) -> bool:
    return len(line.text) < 80 and bool(_PLACE_DATE.search(line.text)) and not line.text.endswith((".", ";"))


def _name_at_the_end(lines: Sequence[Line], begin: int) -> Roles:
    """Return a lone name as the last line, or what noise follows the text."""
    roles: Roles = {}
    for index in range(len(lines) - 1, begin, -1):
        line = lines[index]
        if line.noise or is_stamp(line.text):
            roles[index] = SectionKind.NOISE
        elif is_name(line.text) and lines[index - 1].closed and line.paragraph:
            roles[index] = SectionKind.SIGNATURE
            break
        else:
            break
    return roles
