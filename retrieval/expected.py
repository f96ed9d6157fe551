"""What form an answer must have: a percentage, an amount of money, a telephone number, a date.

A passage can share every word with a question and still not answer it: where a question asks "bao nhiêu phần
trăm", words without a percentage are no answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.text import fold

_NUMBER_WORD = r"\b(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\b"


@dataclass(frozen=True, slots=True)
class Expected:
    """A form of answer: how a question asks for it and how a text shows it."""

    name: str  # Vietnamese, for the reason of a refusal: "tỷ lệ phần trăm"
    asked: re.Pattern[str]  # on the folded question
    shown: re.Pattern[str]  # on the text, any case


FORMS = (
    Expected(
        "tỷ lệ phần trăm",
        re.compile(r"phan tram|bao nhieu ?%|\bt[yi] le\b.*\b(?:bao nhieu|may)\b|\b(?:bao nhieu|may) %"),
        re.compile(r"\d\s*%|phần trăm|\d+/\d+ (?:tổng )?số", re.IGNORECASE),
    ),
    Expected(
        "số tiền",
        re.compile(
            r"bao nhieu (?:tien|dong|trieu)"
            r"|\b(?:phat tien|tien luong|luong (?:co so|cua)|phu cap|tro cap|thu lao|dang phi|gia ve)\b.*\bbao nhieu"
            r"|\bmuc (?:thuong|phat|phi|chi|ho tro|luong|dong)\b"
            r"|\b(?:muc|so) (?:tien|chi|phi|thuong|le phi|ho tro|kinh phi)\b.*\bbao nhieu"
            r"|\b(?:tien thuong|kinh phi|le phi|muc phat)\b.*\bbao nhieu"
        ),
        re.compile(
            r"\d\s*(?:đồng|đ\b|triệu|tỷ|nghìn|VNĐ)|lần mức lương|lương cơ sở|%\s*(?:mức|tổng|tiền|quỹ|lương|giá|của)",
            re.IGNORECASE,
        ),
    ),
    Expected(
        "số điện thoại",
        re.compile(
            r"dien thoai (?:so )?(?:nao|may|bao nhieu|la gi)|so (?:dien thoai|may le)\b.*(?:nao|gi|bao nhieu)"
            r"|hotline|duong day nong|^(?:cho (?:toi )?)?(?:xin )?so dien thoai\b"
        ),
        re.compile(r"\b0\d{2,3}[\s.]?\d{3}[\s.]?\d{3,4}\b|\bsố máy\b|điện thoại:?\s*\d", re.IGNORECASE),
    ),
    Expected(
        "địa chỉ thư điện tử",
        re.compile(r"\b(?:email|e-mail|thu dien tu|hom thu)\b.*\b(?:nao|gi)\b|dia chi (?:email|thu dien tu)"),
        re.compile(r"\S@\S"),
    ),
    Expected(
        "giờ",
        re.compile(r"\b(?:may gio|gio nao|luc may)\b"),
        re.compile(r"\d\s*(?:giờ|h\d{0,2}\b)|\d{1,2}:\d{2}", re.IGNORECASE),
    ),
    Expected(
        "địa điểm",
        re.compile(
            r"^(?!.*\b(?:lay|huy dong|trich|nguon)\b)"
            r".*(?:\b(?:o|tai) dau\b|\bdia diem (?:nao|o dau|la gi)\b|\bcho nao\b)"
        ),
        re.compile(r"\b(?:tại|ở|địa điểm|trụ sở|hội trường|số nhà|phòng họp|gửi|về|qua)\b", re.IGNORECASE),
    ),
    Expected(
        "tên người",
        re.compile(r"^ai la\b|\bla ai\b|\bten (?:la )?gi\b|\bho ten\b.*\b(?:gi|nao)\b"),
        re.compile(r"(?:[A-ZĐÀ-Ỹ][a-zđà-ỹ]+ ){2,}[A-ZĐÀ-Ỹ][a-zđà-ỹ]+|\b(?:ông|bà|đồng chí)\s+[A-ZĐÀ-Ỹ]"),
    ),
    *(
        Expected(
            f"số {unit}",
            re.compile(rf"(?<!so )\b(?:bao nhieu|may) {fold(unit)}\b(?! (?:nao|may))"),
            re.compile(rf"(?:\d|{_NUMBER_WORD})\s*(?:\S+\s+)?{unit}\b", re.IGNORECASE),
        )
        for unit in ("ngày", "tháng", "trang", "tuổi")
    ),
    Expected(
        "con số",
        re.compile(r"\b(?:bao nhieu|toi da may|toi thieu may)\b"),
        re.compile(r"\d|" + _NUMBER_WORD, re.IGNORECASE),
    ),
)


def expected_form(question: str) -> Expected | None:
    """Return the form the answer to `question` must have, or None when any words may answer it."""
    folded = fold(question)
    return next((form for form in FORMS if form.asked.search(folded)), None)
