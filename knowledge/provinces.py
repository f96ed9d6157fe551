"""The provinces of Việt Nam before and after 01/7/2025, and which became part of which: facts.

Source: Nghị quyết 202/2025/QH15 ngày 12/6/2025 về việc sắp xếp đơn vị hành chính cấp tỉnh (34 provinces and cities from
01/7/2025); Nghị quyết 175/2024/QH15 (Thừa Thiên Huế became the city of Huế on 01/01/2025). Checked 2025-07.
"""

from __future__ import annotations

import re
from collections import Counter

from knowledge.text import tone_placement

# Today's 34 units → the former ones that make them up, themselves included; one alone: unchanged.
_MADE_OF = {
    "Hà Nội": "Hà Nội",
    "Huế": "Thừa Thiên Huế",
    "Lai Châu": "Lai Châu",
    "Điện Biên": "Điện Biên",
    "Sơn La": "Sơn La",
    "Lạng Sơn": "Lạng Sơn",
    "Quảng Ninh": "Quảng Ninh",
    "Thanh Hóa": "Thanh Hóa",
    "Nghệ An": "Nghệ An",
    "Hà Tĩnh": "Hà Tĩnh",
    "Cao Bằng": "Cao Bằng",
    "Tuyên Quang": "Hà Giang, Tuyên Quang",
    "Lào Cai": "Yên Bái, Lào Cai",
    "Thái Nguyên": "Bắc Kạn, Thái Nguyên",
    "Phú Thọ": "Vĩnh Phúc, Hòa Bình, Phú Thọ",
    "Bắc Ninh": "Bắc Giang, Bắc Ninh",
    "Hưng Yên": "Thái Bình, Hưng Yên",
    "Hải Phòng": "Hải Dương, Hải Phòng",
    "Ninh Bình": "Hà Nam, Nam Định, Ninh Bình",
    "Quảng Trị": "Quảng Bình, Quảng Trị",
    "Đà Nẵng": "Quảng Nam, Đà Nẵng",
    "Quảng Ngãi": "Kon Tum, Quảng Ngãi",
    "Gia Lai": "Bình Định, Gia Lai",
    "Khánh Hòa": "Ninh Thuận, Khánh Hòa",
    "Lâm Đồng": "Đắk Nông, Bình Thuận, Lâm Đồng",
    "Đắk Lắk": "Phú Yên, Đắk Lắk",
    "Thành phố Hồ Chí Minh": "Bà Rịa - Vũng Tàu, Bình Dương, Thành phố Hồ Chí Minh",
    "Đồng Nai": "Bình Phước, Đồng Nai",
    "Tây Ninh": "Long An, Tây Ninh",
    "Cần Thơ": "Sóc Trăng, Hậu Giang, Cần Thơ",
    "Vĩnh Long": "Bến Tre, Trà Vinh, Vĩnh Long",
    "Đồng Tháp": "Tiền Giang, Đồng Tháp",
    "Cà Mau": "Bạc Liêu, Cà Mau",
    "An Giang": "Kiên Giang, An Giang",
}

# Former name → today's name, 63 of them.
SUCCESSORS: dict[str, str] = {former: now for now, formers in _MADE_OF.items() for former in formers.split(", ")}
TODAY: tuple[str, ...] = tuple(_MADE_OF)
ALL: tuple[str, ...] = tuple(dict.fromkeys([*SUCCESSORS, *TODAY]))

_SPELLINGS = {
    "Thừa Thiên - Huế": "Thừa Thiên Huế",
    "Thừa Thiên – Huế": "Thừa Thiên Huế",
    "Bà Rịa – Vũng Tàu": "Bà Rịa - Vũng Tàu",
    "Bà Rịa-Vũng Tàu": "Bà Rịa - Vũng Tàu",
    "Bà Rịa Vũng Tàu": "Bà Rịa - Vũng Tàu",
    "Đắc Lắc": "Đắk Lắk",
    "Đăk Lăk": "Đắk Lắk",
    "Đắk Lắc": "Đắk Lắk",
    "Đắc Lắk": "Đắk Lắk",
    "Đăk Nông": "Đắk Nông",
    "Đắc Nông": "Đắk Nông",
    "Bắc Cạn": "Bắc Kạn",
    "Kontum": "Kon Tum",
    "Hồ Chí Minh": "Thành phố Hồ Chí Minh",
    "TP.HCM": "Thành phố Hồ Chí Minh",
    "TPHCM": "Thành phố Hồ Chí Minh",
    "TP HCM": "Thành phố Hồ Chí Minh",
}
_CANONICAL = {tone_placement(name).lower(): name for name in ALL} | {
    tone_placement(spelling).lower(): name for spelling, name in _SPELLINGS.items()
}
_FORMS = sorted(_CANONICAL, key=len, reverse=True)
_NAME = re.compile(
    r"(?P<lead>(?:tỉnh|thành phố|tp\.?)\s+)?"
    rf"(?<!\w)(?P<name>{'|'.join(re.escape(form).replace(chr(92) + ' ', chr(92) + 's+') for form in _FORMS)})(?!\w)"
)
# "tư tưởng Hồ Chí Minh", "Chủ tịch Hồ Chí Minh", "Đoàn TNCS Hồ Chí Minh": the man, not the city.
_OF_THE_CITY = re.compile(r"(?:thành\s+phố|tp\.?)\s*$")


def canonical(name: str) -> str | None:
    """Return a province's name in its one spelling, "Khánh Hoà" → "Khánh Hòa"; None where `name` is none."""
    words = re.sub(r"^(?:tỉnh|thành phố|tp\.?)\s+", "", tone_placement(" ".join(name.split())).lower())
    return _CANONICAL.get(words)


def successor(name: str) -> str | None:
    """Return today's name of a province, "Sóc Trăng" → "Cần Thơ"; None for an unknown name."""
    known = canonical(name)
    if known is None:
        return None
    return known if known in TODAY and known not in SUCCESSORS else SUCCESSORS[known]


def find_provinces(text: str) -> Counter[str]:
    """Return how often `text` names each province, counted thrice where it says "tỉnh" before it."""
    counts: Counter[str] = Counter()
    placed = tone_placement(text)
    for match in _NAME.finditer(placed.lower()):
        known = _CANONICAL[" ".join(match["name"].split())]
        if not match["lead"] and placed[match.start() : match.end()].split()[-1][0].islower():
            continue  # "thành phố vì hòa bình", "trạng thái bình thường" name nothing
        if match["name"].endswith("hồ chí minh") and not (
            match["lead"] or match["name"].startswith("thành phố") or _OF_THE_CITY.search(match.string[: match.start()])
        ):
            continue
        counts[known] += 3 if match["lead"] else 1
    return counts
