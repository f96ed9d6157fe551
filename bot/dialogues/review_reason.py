"""Why a report goes back, as an admin types it: "câu 3, 5: số liệu chưa khớp", "thiếu phụ lục". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 2000  # characters

_NUMBERS = r"(?P<numbers>\d{1,3}(?:\s*(?:,|;|\+|và|va)\s*(?:câu|cau|mục|muc)?\s*\d{1,3})*)"
_WITH_WORD = re.compile(
    rf"\s*(?:câu|cau|các câu|cac cau|mục|muc)\s*(?:số|so)?\s*{_NUMBERS}\s*[:.,\-–—]?\s*(?P<words>.*)", re.I | re.S
)
_BARE = re.compile(rf"\s*{_NUMBERS}\s*[:–—-]\s*(?P<words>\D.*)", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, and which of the report's numbered prompts it is about; (): all of it."""

    words: str
    numbers: tuple[int, ...] = ()


def read_reason(typed: str, prompts: int) -> Reason | str:
    """Return the reason in `typed` for a report of so many prompts, or a Vietnamese line on what is wrong with it."""
    match = _WITH_WORD.fullmatch(typed) or _BARE.fullmatch(typed)
    numbers = tuple(dict.fromkeys(map(int, re.findall(r"\d+", match["numbers"])))) if match else ()
    words = (match["words"] if match else typed).strip()
    wrong = [number for number in numbers if not 1 <= number <= prompts]
    if wrong:
        return f"Báo cáo có {prompts} câu, không có câu {wrong[0]}."
    if sum(letter.isalpha() for letter in words) < 2:
        which = f"câu {', '.join(map(str, numbers))} cần sửa gì" if numbers else "cần sửa gì"
        return f"Chưa rõ {which}."
    if len(words) > LONGEST:
        return f"Lý do dài {len(words)} ký tự, xin rút gọn còn {LONGEST}."
    return Reason(words, tuple(sorted(numbers)))
