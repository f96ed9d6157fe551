"""A line of a programme: an event, a colon, its time: "Lễ tổng kết và trao giải: tháng 11/2026", "Đợt 1: từ … đến …".

Knows the words of one line; knows nothing of sections.
"""

from __future__ import annotations

import re

from knowledge.document import ObligationKind, Span, TimeKind, TimePhrase
from knowledge.duty_wording import Duty

_EVENT = re.compile(
    r"(?P<name>(?:lễ|hội nghị|hội thi|hội thảo|hội thao|hội diễn|vòng|sơ khảo|chung khảo|sơ kết|tổng kết|khai mạc"
    r"|bế mạc|trao giải|lớp|đại hội|diễn tập|tập huấn|phát động|giao lưu|tọa đàm|toạ đàm|phiên họp|cuộc họp|chấm"
    r"|công bố|triển lãm|trưng bày|(?P<stage>đợt|giai đoạn|bước)\s+(?:\d+|[ivx]+|một|hai|ba))(?!\w)[^:.;\n]{0,90}):"
    r"[\s*_]*(?:dự kiến |vào |sáng |chiều |tối )*",
    re.IGNORECASE,
)


def event_of(text: str, line: Span, times: tuple[TimePhrase, ...]) -> Duty | None:
    """Return the duty to hold the event that the line names, or None where it is no line of a programme."""
    match = _EVENT.match(text, line.start, line.end)
    first = times[0] if times else None
    if match is None or first is None or first.start != match.end() or first.due is None:
        return None
    if first.kind not in (TimeKind.DATE, TimeKind.PERIOD, TimeKind.DEADLINE):
        return None
    lasts = match["stage"] is not None and first.begin is not None and not text[first.end : line.end].strip(" .;,*\n")
    return Duty(
        ObligationKind.PERIOD if lasts else ObligationKind.FINISH, None, match["name"].strip(" *_"), None, first
    )
