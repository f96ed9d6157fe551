"""Questions that assert something: "… trước ngày 15/11 đúng không?".

What is asserted must stand in the documents; where it does not, saying anything but so would confirm it.
"""

from __future__ import annotations

import re

from knowledge.text import fold, normalise
from retrieval.pattern import CAPITALS, SMALL

_CONFIRMING = re.compile(
    r"\b(?:dung|phai|chinh xac|that)\s+(?:vay\s+|the\s+)?(?:khong|ko|k|hong|chua)\b|\bco phai\b|\bco dung\b"
)
_DATE = re.compile(
    r"\b(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?\b|\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?"
)
# A person's name after what one is: "Chủ tịch Trần Văn Nam", "ông Nguyễn Văn An".
_NAME = re.compile(
    r"(?:[Cc]hủ tịch|[Gg]iám đốc|[Bb]ộ trưởng|[Tt]hứ trưởng|[Bb]í thư|[Cc]hánh [Vv]ăn phòng|[Tt]rưởng \w+|[Ôô]ng|[Bb]à)"
    rf"(?: [{SMALL}]+){{0,3}} ((?:[{CAPITALS}][{SMALL}]+ ){{1,3}}[{CAPITALS}][{SMALL}]+)"
)
_OF_ONESELF = re.compile(
    r"^(?:tôi|em|mình|tui|cháu|(?:con|bố|mẹ|vợ|chồng|nhà) (?:tôi|em|mình|tui))\b"
    r"(?![^,;]*\b(?:nghe|thấy|nhớ|đọc|hiểu|biết|tưởng)\b)[^,;]*[,;]",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"(?<![\w/-])\d+(?:[.,]\d+)*\s*%?(?![\w/-])")


def is_confirming(question: str) -> bool:
    """Tell whether the question asks to confirm what it says."""
    return bool(_CONFIRMING.search(fold(question)))


def false_claim(question: str, text: str) -> str | None:
    """Return the first date or figure `question` asserts that `text` does not have, as typed; None when all stand.

    What people say of themselves before they ask is no claim: "Tôi đi làm 7 năm rồi, có phải thi nữa không?".
    """
    question, text = _OF_ONESELF.sub("", normalise(question)), normalise(text)
    stated = set(_dates(text))
    for match in _DATE.finditer(question):
        if not any(_agrees(_parts(match), date) for date in stated):
            return str(match.group())
    figures = {re.sub(r"\s", "", number) for number in _NUMBER.findall(text)}
    for number in _NUMBER.findall(_DATE.sub(" ", question)):
        if _YEAR.fullmatch(number.strip()):
            continue  # "năm 2027" names the plan rather than claims something of it
        if re.sub(r"\s", "", number) not in figures:
            return str(number).strip()
    return None


def unknown_person(question: str, document: str) -> str | None:
    """Return the first name in capitals that `question` asserts and `document` does not have; None when all stand."""
    known = " ".join(fold(document).split())
    for match in _NAME.finditer(normalise(question)):
        if fold(match.group(1)) not in known:
            return match.group(1)
    return None


def _parts(match: re.Match[str]) -> tuple[int, int, int | None]:
    groups = [group for group in match.groups() if group is not None]
    return int(groups[0]), int(groups[1]), int(groups[2]) if len(groups) > 2 else None


def _dates(text: str) -> list[tuple[int, int, int | None]]:
    return [_parts(match) for match in _DATE.finditer(text)]


def _agrees(claimed: tuple[int, int, int | None], stated: tuple[int, int, int | None]) -> bool:
    same_day = claimed[:2] == stated[:2]
    return same_day and (claimed[2] is None or stated[2] is None or claimed[2] == stated[2])
