"""A document that came as an article about it, as news sites and legal portals print them, without letterhead.

Its title says "Toàn văn Công điện 4939/CĐ-BCT 2025 về việc …", its first sentence "Ngày 04/7/2025, Bộ Công Thương ra
Công điện …"; what follows are the document's own words. Strings in, facts out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.dateline import possible
from knowledge.document import PartialDate
from knowledge.kinds import NAMES
from knowledge.symbols import CAPITAL, normalise_symbol
from knowledge.text import collapse, fold

_OPENING = 2500  # characters from the top, within which an article says what it prints
_MARKUP = re.compile(r"[*#_>]+")
_KIND = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
_SYMBOL = rf"\d{{1,6}}[a-z]?(?:/(?:19|20)\d\d)?[-/](?-i:[{CAPITAL}][\w&]*(?:[-/][{CAPITAL}][\w&]*)*)"
_NAMED = rf"(?P<kind>{_KIND})\s+(?:số\s+)?(?P<symbol>{_SYMBOL})(?:\s+(?:năm\s+)?(?:19|20)\d\d)?"
_ABOUT = r"(?P<subject>(?:về|hướng dẫn|quy định|phê duyệt|ban hành|công bố|sửa đổi|bãi bỏ|tăng cường|triển khai)\b.*)"
_TITLE = re.compile(
    rf"^\W*(?:(?:toàn văn|nội dung|file word|tải về|xem)\s+)*{_NAMED}\s*[:,]?\s+{_ABOUT}$", re.IGNORECASE
)
_TOLD = re.compile(
    r"^\W*ngày\s+(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}),?\s+\w[^.;:\n]{2,80}?\s"
    rf"(?:(?:đã|vừa|mới)\s+)*(?:(?:ký\s+)?ban hành|ra|có)\s+{_NAMED}\s*,?\s+{_ABOUT}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What an article says of the document it prints."""

    kind: str
    symbol: str
    date: PartialDate | None
    subject: str


def told_by_article(text: str) -> Told | None:
    """Return what the article `text` says of the one document it prints; None where it is no such article.

    A sentence on the day of issue counts only where the title names the number, too: reports tell of other documents.
    """
    lines = [collapse(_MARKUP.sub("", line)) for line in text[:_OPENING].split("\n")]
    lines = [line for line in lines if line]
    if not lines:
        return None
    said = next((match for line in lines[1:] if (match := _TOLD.match(line))), None)
    if said is not None and _is_named(said["kind"], said["symbol"], lines[0]):
        day, month, year = (int(said[part]) for part in ("day", "month", "year"))
        return _told(said, possible(year, month, day))
    title = _TITLE.match(lines[0])
    return _told(title, None) if title is not None else None


def _told(match: re.Match[str], date: PartialDate | None) -> Told | None:
    symbol = normalise_symbol(match["symbol"])
    return Told(match["kind"].lower(), symbol, date, match["subject"].strip(" .?!;:")) if symbol else None


def _is_named(kind: str, symbol: str, title: str) -> bool:
    number = re.match(r"\d+", symbol)
    return bool(number and re.search(rf"\b{fold(kind)} (?:so )?{number[0]}\b", fold(title)))
