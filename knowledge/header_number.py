"""The document's own number: from its "Số:" line or what came with it, never from a citation."""

from __future__ import annotations

import re

from knowledge.dateline import possible
from knowledge.document import PartialDate
from knowledge.frame_texts import FrameTexts
from knowledge.kinds import NAMES
from knowledge.lines import split_lines
from knowledge.marks import is_attached_mark, opens_body
from knowledge.symbols import normalise_symbol

_TOKEN = r"(?!V/v\b|v/v\b|V/V\b)[A-Za-zĐđƯư&]+\d{0,2}"  # "Số: 12/SNV-TĐKT - V/v …"
# The line of the number, as it is written, scanned and mistyped: "Số: 12/KH-SNV", "Luật số: …", "Sô ký hiệu: …".
NUMBER = re.compile(
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
_CAME_WITH = re.compile(
    r"kèm theo (?P<kind>quyết định|nghị quyết|thông tư|nghị định)\s+số\s*:?\s*(?P<symbol>\d{1,5}[a-z]?[/-][\w/&-]+)"
    r"(?:\s+ngày\s+(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))?",
    re.IGNORECASE,
)


def own_symbol(frame: FrameTexts) -> tuple[str | None, str | None]:
    """Return (symbol, open symbol of a draft); at most one of them is given."""
    head = frame.head.replace("*", "")
    draft: str | None = None
    for match in NUMBER.finditer(head):
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


def mark_below(frame: FrameTexts, kind: str) -> tuple[str | None, PartialDate | None]:
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


def has_open_number(frame: FrameTexts) -> bool:
    """Tell whether the line of the number waits for one: "Số:      "."""
    return bool(_OPEN_NUMBER.search(frame.head))
