"""The secrecy stamp: MẬT, TỐI MẬT or TUYỆT MẬT on a document that must not be taken in.

A stamp is a line (or a table cell) of its own, in capitals, near the head of the document or at the edge of a page.
Running text about secrets ("bảo vệ bí mật nhà nước", "tài liệu mật được quản lý …") is not a stamp. Text from
character recognition loses tone marks first, so there the stamp is read without them.

Where in doubt the answer is "secret": a document refused in error is a nuisance, one kept in error is an offence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.text import fold, normalise

# How far down the first page a stamp may stand (stamps in text boxes come out after the text they float beside), and
# how many lines make up the edge of a later page.
_HEAD_LINES = 40
_EDGE_LINES = 3

_SPACED = re.compile(r"(?<!\S)(?:[^\W\d_] )+[^\W\d_](?!\S)")  # "T Ố I   M Ậ T"
_NOT_LETTERS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_URGENCY = re.compile(r"\W*\b(?:KHẨN|THƯỢNG KHẨN|HỎA TỐC|HOẢ TỐC|HỎA TỐC HẸN GIỜ)$")
# "Độ mật: Tối mật" says it in any case; "Độ mật: Không" and an empty field do not.
_FIELD = re.compile(r"(?:mức )?độ mật\s*:\s*(?:tuyệt\s+|tối\s+)?mật", re.IGNORECASE)
_STAMP = re.compile(r"(?:(?:TUYỆT|TỐI)\s*)?MẬT|(?:VĂN BẢN|TÀI LIỆU|CÔNG VĂN)\s+(?:(?:TUYỆT|TỐI)\s+)?MẬT")
_STAMP_FOLDED = re.compile(r"(?:tuyet|toi)\s*mat")
# A heading broken over lines may leave "MẬT" alone on the last: "QUẢN LÝ TÀI LIỆU / MẬT". A stamp on two lines has
# nothing before its "TỐI" or "TUYỆT".
_BEFORE_MAT = re.compile(r"(?:LIỆU|BẢN|BÍ|ĐỘ|GIẢI|CƠ|BẢO|VÀ|HOẶC|,|\S\s(?:TUYỆT|TỐI))$")


def is_secret(text: str, *, recognised: bool = False) -> bool:
    """Tell whether a document bears a secrecy stamp; `text` is its page or pages, separated by form feeds.

    `recognised`: the text comes from character recognition, whose tone marks are not to be trusted.
    """
    pages = [normalise(page) for page in text.split("\f")]
    return any(
        _is_stamp(line, before, recognised)
        for number, page in enumerate(pages)
        for line, before in _candidates(page, first=number == 0)
    )


def is_secret_edge(lines: Iterable[str], *, recognised: bool = False) -> bool:
    """Tell whether one of `lines`, which all stand in page headers, footers, watermarks or notes, is a stamp."""
    return any(_is_stamp(cell, "", recognised) for line in lines for cell in _cells(normalise(line)))


def _candidates(page: str, *, first: bool) -> Iterable[tuple[str, str]]:
    """Yield (line or cell, the line before it in the same block) where a stamp may stand."""
    lines = page.split("\n")
    filled = [number for number, line in enumerate(lines) if line.strip()]
    head = filled[: _HEAD_LINES if first else _EDGE_LINES]
    for number in sorted({*head, *filled[-_EDGE_LINES:]}):
        before = lines[number - 1].strip() if number else ""
        for cell in _cells(lines[number]):
            yield cell, before


def _cells(line: str) -> list[str]:
    """Split at table bars, tabs and wide gaps, then close up letters typed with spaces between them."""
    cells = re.split(r"\s*\|\s*|\t+|\s{4,}", line.strip())
    spaced = [_close_up(line.strip())] if _SPACED.search(line) else []
    return [*cells, *spaced]


def _close_up(line: str) -> str:
    return re.sub(r"\s+", "", line)


def _is_stamp(cell: str, before: str, recognised: bool) -> bool:
    if _FIELD.fullmatch(_NOT_LETTERS.sub("", cell)):
        return True
    if cell != cell.upper():
        return False
    words = _URGENCY.sub("", _NOT_LETTERS.sub("", cell)).strip()
    if before and before == before.upper() and _BEFORE_MAT.search(before):
        return False
    if _STAMP.fullmatch(words):
        return True
    folded = fold(words)
    # Typed without any diacritics "TOI MAT" is still a stamp; "MAT" alone only where recognition lost the marks.
    return bool(_STAMP_FOLDED.fullmatch(folded)) or (recognised and folded == "mat")
