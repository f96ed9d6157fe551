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
from knowledge.kinds import NAMES
from knowledge.lines import Line, is_upper
from knowledge.numbering import Label, Level, read_labels
from knowledge.signature import is_stamp

# Kinds that stand as a title but in no list of kinds.
_OTHER_TITLES = """
nội quy | quy ước | hương ước | thể lệ | bộ tiêu chí | bảng tiêu chí | quy trình | bản cam kết | giao ước thi đua |
quy tắc | định mức | quy chuẩn | danh sách | danh mục | quy định chi tiết | kế hoạch liên tịch | hướng dẫn liên ngành |
giấy chứng nhận | phiếu trình | bài phát biểu | bản thuyết minh | thông báo kết luận | kế hoạch phối hợp
"""
_TITLES = sorted(NAMES | {" ".join(name.split()) for name in _OTHER_TITLES.split("|")}, key=len, reverse=True)
_TITLE = re.compile(rf"^(?:dự thảo\s+)?(?P<kind>{'|'.join(map(re.escape, _TITLES))})(?![^\W_])", re.IGNORECASE)
_NUMBER_LINE = re.compile(r"^\W*(?:lu[aậ]t\s+)?s[oốôóồ0]\s*(?:hiệu\s*)?(?:[:.]|(?=[\d…._/ -]+[/-]))", re.IGNORECASE)
_PLACE_DATE = re.compile(r"\bng[aà]y\b.{0,16}(?:\bth[aá]ng\b|/).{0,16}(?:\bn[aă]m\b|/)", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"cong hoa xa hoi|doc lap\s*[-–.]?\s*tu do|dang cong san viet nam|^\W*(?:uy ban|ubnd|hdnd|hoi dong|so|bo|cuc|"
    r"chi cuc|tong cuc|ban|van phong|phong|truong|trung tam|dang uy|dang bo|tinh uy|thanh uy|huyen uy|chinh phu|"
    r"quoc hoi|thu tuong|cong an|vien|benh vien|hoi|lien doan|cong doan|doan|tinh|thanh pho|huyen|xa|phuong|quan|"
    r"mat tran)\b"
)
_BASES = re.compile(
    r"^\W*(?:căn cứ|thực hiện|xét|theo|tiếp theo|sau khi|để |nhằm |trên cơ sở|triển khai|hưởng ứng|chấp hành|nhận được|"
    r"phúc đáp|trả lời|qua |vừa qua|ngày \d|thi hành|thừa lệnh|được sự|quốc hội ban hành|chính phủ ban hành|"
    r"bộ trưởng .{4,60} ban hành)",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"^(?:QUỐC HỘI|CHÍNH PHỦ|THỦ TƯỚNG|CHỦ TỊCH|BỘ TRƯỞNG|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|"
    r"BAN (?:THƯỜNG|CHẤP|BÍ)|TỔNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|TRƯỞNG|HIỆU TRƯỞNG|CHÁNH|VIỆN TRƯỞNG|THỐNG ĐỐC|"
    r"ĐOÀN CHỦ TỊCH|BÍ THƯ|ĐẢNG ỦY|THỦ TRƯỞNG|CHỦ NHIỆM)\b"
)
_ENACTS = re.compile(r"^\W*(?:quyết định|quyết nghị|chỉ thị|ban hành|thông báo|nghị quyết)\s*:?\W*$", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\W*k[ií]nh\s+(?:g[uửừứ]i|m[oờơ]i)\b", re.IGNORECASE)
_ABOUT = re.compile(r"^\W*(?:v/v|vv|v\.v|về việc)\b\s*:?", re.IGNORECASE)
_ATTACHED = re.compile(r"^\W*(?:ban hành )?(?:kèm theo|kem theo)\b|\(.{0,40}kèm theo", re.IGNORECASE)
_RULE = re.compile(r"^[\W_]*$")
# The kind of a document stands within so many lines of the top.
_HEAD_LINES = 45
_LETTERHEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class Frame:
    """The role of every line; None: body."""

    roles: tuple[SectionKind | None, ...]
    foot: int  # index after the last line of the foot; what follows is attached


def find_frame(lines: Sequence[Line]) -> Frame:
    """Return the frame of a document given as its lines."""
    roles: list[SectionKind | None] = [SectionKind.NOISE if line.noise else None for line in lines]
    title = _find_title(lines)
    head = _mark_head(lines, roles, title)
    label = _first_label(lines, head)
    closing, foot = find_closing(lines, head)
    if closing and label is not None and min(closing) < label:
        label = None  # what looks like a label stands in or behind the foot
    stop = min((index for index in closing if index >= head), default=len(lines))
    _mark_preamble(lines, roles, head, stop if label is None else min(label, stop), labelled=label is not None)
    for index, role in closing.items():
        roles[index] = role
    _mark_second_letterhead(lines, roles, foot)
    for index, line in enumerate(lines):
        if is_stamp(line.text) and len(line.text) < 120 and (index < head or index >= stop):
            roles[index] = SectionKind.NOISE
    return Frame(tuple(roles), foot)


def _mark_second_letterhead(lines: Sequence[Line], roles: list[SectionKind | None], foot: int) -> None:
    """Mark the letterhead that an attached document repeats behind the foot, above its own title."""
    for index in range(foot, min(len(lines), foot + _LETTERHEAD_LINES)):
        line = lines[index]
        if title_kind(line) is not None or any(label.level is not Level.BULLET for label in read_labels(line.text)):
            return
        heads = _LETTERHEAD.search(line.folded) or _NUMBER_LINE.match(line.text) or _RULE.match(line.text)
        if line.row or len(line.text) > 100 or not (heads or _date_only(line) or line.upper):
            return
        roles[index] = roles[index] or SectionKind.HEADER


def title_kind(line: Line) -> tuple[str, str] | None:
    """Return (kind in lower case, further words) where the line is a document's kind in capitals or alone."""
    text = line.text.strip(" .:")
    pieces = text.split()
    if len(pieces) > 3 and all(len(piece) == 1 for piece in pieces):  # "K Ế H O Ạ C H"
        joined = "".join(pieces)
        text = next((kind.upper() for kind in _TITLES if kind.replace(" ", "").upper() == joined), text)
    match = _TITLE.match(text)
    if match is None:
        return None
    kind, rest = match["kind"], text[match.end() :].strip(" :")
    if not rest:
        return (kind.lower(), "") if is_upper(kind) or kind[0].isupper() else None
    return (kind.lower(), rest) if is_upper(kind) and len(kind.split()) + len(rest.split()) > 1 else None


def _find_title(lines: Sequence[Line]) -> int | None:
    """Return the index of the line with the document's kind."""
    candidates: list[int] = []
    after_number = -1
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if _BASES.match(line.text) and line.closed and not line.upper:
            break
        if _ADDRESSED.match(line.text) or (_opens_body(line) is not None and index > 0):
            break
        if _NUMBER_LINE.match(line.text) or (_PLACE_DATE.search(line.text) and len(line.text) < 80):
            after_number = len(candidates)
        if title_kind(line) is not None and not _NUMBER_LINE.match(line.text):
            candidates.append(index)
    if not candidates:
        return None
    return candidates[after_number] if 0 <= after_number < len(candidates) else candidates[0]


def _opens_body(line: Line) -> Label | None:
    """Return the label of a line that opens a body: the first of a list, or any Chương, Điều."""
    for label in read_labels(line.text):
        if label.level in {Level.BULLET, Level.MINOR}:
            continue
        if label.level in {Level.PART, Level.CHAPTER, Level.DIVISION, Level.ARTICLE}:
            return label
        if label.first and label.level is not Level.APPENDIX and label.rest:
            return label
    return None


def _mark_head(lines: Sequence[Line], roles: list[SectionKind | None], title: int | None) -> int:
    """Mark letterhead, title and addressees; return the index of the first line after them."""
    if title is None:
        return _mark_letter(lines, roles, 0)
    for index in range(title):
        roles[index] = roles[index] or SectionKind.HEADER
    end = _title_end(lines, title)
    for index in range(title, end):
        belongs_above = _NUMBER_LINE.match(lines[index].text) and index > title
        roles[index] = roles[index] or (SectionKind.HEADER if belongs_above else SectionKind.TITLE)
    return _mark_letter(lines, roles, end)


def _title_end(lines: Sequence[Line], title: int) -> int:
    """Return the index after the last line of the subject."""
    kind = title_kind(lines[title])
    has_subject = bool(kind and kind[1])
    for index in range(title + 1, len(lines)):
        line, before = lines[index], lines[index - 1]
        text = line.text
        if _RULE.match(text) or _NUMBER_LINE.match(text) or _date_only(line) or _ATTACHED.match(text):
            continue
        if _opens_body(line) is not None or _ADDRESSED.match(text) or (_AUTHORITY.match(text) and line.upper):
            return index
        within = line.bold or not line.paragraph
        if not has_subject:
            has_subject = True
            if _BASES.match(text) and text.endswith((";", ":")) and not line.bold:
                return index
            continue
        goes_on = text[:1].islower() or not line.paragraph or (line.upper and before.upper)
        if (before.bold and not line.bold) or (not goes_on and _sentence(lines, index)):
            return index
        if _BASES.match(text) and not line.bold and not (line.upper and before.upper):
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


def _date_only(line: Line) -> bool:
    return len(line.text) < 60 and bool(_PLACE_DATE.search(line.text)) and not line.closed


def _mark_letter(lines: Sequence[Line], roles: list[SectionKind | None], begin: int) -> int:
    """Mark the letterhead of an official letter, its subject and its addressees; return what follows.

    Where a title stands above, only the addressees ("Kính gửi: …") are left to mark.
    """
    address = next(
        (index for index in range(begin, min(len(lines), begin + _HEAD_LINES)) if _ADDRESSED.match(lines[index].text)),
        None,
    )
    if address is not None and any(_opens_body(line) for line in lines[begin:address]):
        address = None
    if address is None:
        return begin if begin else _mark_letterhead(lines, roles)
    about = False
    for index in range(begin, address):
        line = lines[index]
        starts = bool(_ABOUT.match(line.text))
        ends = line.row or _date_only(line) or _NUMBER_LINE.match(line.text) or _LETTERHEAD.search(line.folded)
        about = starts or (about and not ends and (line.blanks == 0 or not lines[index - 1].closed))
        kind = SectionKind.TITLE if about and not line.row else SectionKind.HEADER
        roles[index] = roles[index] or (kind if begin == 0 else SectionKind.TITLE)
    roles[address] = SectionKind.RECIPIENTS
    return _mark_addressees(lines, roles, address)


def _mark_addressees(lines: Sequence[Line], roles: list[SectionKind | None], address: int) -> int:
    for index in range(address + 1, len(lines)):
        line, before = lines[index], lines[index - 1]
        bullet = next((label for label in read_labels(line.text) if label.level is Level.BULLET), None)
        listed = before.text.endswith((";", ",", ":")) and not _BASES.match(line.text) and len(line.text) < 160
        numbered = before.text.endswith((";", ":")) and line.closed and len(line.text) < 120 and index < address + 12
        if bullet is None and _opens_body(line) is not None and not numbered:
            return index
        if not (bullet is not None or listed or not line.paragraph):
            return index
        if bullet is not None and before.text.endswith(".") and len(line.text) > 160:
            return index
        roles[index] = roles[index] or SectionKind.RECIPIENTS
    return len(lines)


def _mark_letterhead(lines: Sequence[Line], roles: list[SectionKind | None]) -> int:
    """Mark the letterhead of a text that lost its title; return what follows it."""
    end = 0
    for index, line in enumerate(lines[:15]):
        short = len(line.text) < 90 and not line.text.endswith((".", ";", ":"))
        if _BASES.match(line.text) or _opens_body(line) is not None:
            break
        heads = _date_only(line) or (line.upper and _LETTERHEAD.search(line.folded))
        if _NUMBER_LINE.match(line.text) or (short and heads):
            end = index + 1
    for index in range(end):
        roles[index] = roles[index] or SectionKind.HEADER
    return end


def _first_label(lines: Sequence[Line], begin: int) -> int | None:
    """Return the index of the line that opens the numbered body."""
    for index in range(begin, len(lines)):
        line = lines[index]
        label = _opens_body(line)
        if label is None or not (line.paragraph or line.blanks) or _is_enumerated_basis(label):
            continue
        return index
    return None


def _is_enumerated_basis(label: Label) -> bool:
    """Tell whether a numbered line is a legal basis, "1. Căn cứ Luật …;", and not "1. Căn cứ"."""
    return bool(re.match(r"(?:Căn cứ|Xét)\b", label.rest)) and label.rest.endswith(";")


def _mark_preamble(
    lines: Sequence[Line], roles: list[SectionKind | None], begin: int, end: int, *, labelled: bool
) -> None:
    """Mark the legal bases and the lead-in between title and body.

    Before a numbered body everything up to the last basis or lead-in; in a text without numbers only bases that are
    closed by a semicolon, and the sentence that leads in with a colon: the rest is what the document has to say.
    """
    last = begin - 1
    for index in range(begin, end):
        line = lines[index]
        text = line.text.lstrip("-–+* ")
        leads_in = text.endswith((":", "như sau.", "sau đây.")) or bool(_ENACTS.match(text))
        basis = bool(_BASES.match(text)) or (line.upper and bool(_AUTHORITY.match(text)))
        if not labelled:
            follows_basis = index + 1 < end and bool(_BASES.match(lines[index + 1].text))
            basis = basis and (text.endswith((";", ",")) or follows_basis or line.upper)
            leads_in = leads_in and not _is_bullet(line) and (last >= begin or basis or index == begin)
        if basis or leads_in or (last == index - 1 and index > begin and not line.paragraph):
            last = index
    if labelled and begin < end:
        last = max(last, _short_lead(lines, begin, end))
    for index in range(begin, last + 1):
        roles[index] = roles[index] or SectionKind.PREAMBLE


def _short_lead(lines: Sequence[Line], begin: int, end: int) -> int:
    """Return the last of a few lines between title and first label: too little to be a body of its own."""
    return end - 1 if sum(lines[index].paragraph for index in range(begin, end)) <= 3 else begin - 1


def _is_bullet(line: Line) -> bool:
    return any(label.level is Level.BULLET for label in read_labels(line.text))


def is_attached_mark(text: str) -> bool:
    """Tell whether `text` says what the text is attached to: "(Ban hành kèm theo Quyết định số …)"."""
    return bool(_ATTACHED.search(text.strip(" *_“”")))
