"""Who issued a document: from its letterhead, else inferred from what the document says of itself.

Knows the lines of the letterhead and the words of the preamble; nothing of files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.letters import is_upper
from knowledge.naming import proper
from knowledge.provinces import canonical, find_provinces
from knowledge.text import fold

_HEADS = """
ủy ban | uỷ ban | ubnd | hđnd | hội đồng | sở | bộ | cục | chi cục | tổng cục | ban | văn phòng | phòng | trường |
trung tâm | đảng ủy | đảng uỷ | đảng bộ | tỉnh ủy | tỉnh uỷ | thành ủy | thành uỷ | huyện ủy | huyện uỷ | quận ủy |
thị ủy | chính phủ | quốc hội | thủ tướng | chủ tịch nước | công an | viện | bệnh viện | hội | liên đoàn | công đoàn |
đoàn | mặt trận | công ty | tổng công ty | tập đoàn | ngân hàng | kho bạc | bảo hiểm | tòa án | toà án | thanh tra |
kiểm toán | liên hiệp | học viện | đại học | vụ | bch | btv | chi bộ | đảng đoàn | báo | đài | cụm | khối | quỹ | nhà |
thư viện | bảo tàng | hạt | trạm | đội | thường trực | tổng liên đoàn | ubmttq
"""
_HEAD = re.compile(rf"^(?:{'|'.join(' '.join(head.split()) for head in _HEADS.split('|'))})(?!\w)", re.IGNORECASE)
# Heads that are no body without what follows: "ĐẢNG ỦY⏎SỞ NỘI VỤ".
_INCOMPLETE = re.compile(
    r"^(?:đảng ủy|đảng uỷ|đảng bộ|văn phòng|công đoàn|thanh tra|ban chấp hành|ban thường vụ|hội đồng|ban|bch|chi bộ|"
    r"công đoàn cơ sở|đoàn thanh niên|bch đảng bộ|hội đồng thi đua|ban chỉ đạo|bộ phận|trường|trung tâm)$",
    re.IGNORECASE,
)
_INNER_HEAD = re.compile(
    r"(?<=\s)(?<!VĂN )(?<!TỔNG )(?<!CHI )(?<!ĐẢNG ỦY )(?<!ĐOÀN )(?<!PHÒNG )(?<!TRA )(?<!BỘ )"
    r"(?=(?:SỞ|CHI CỤC|TRUNG TÂM|TRƯỜNG|BAN QUẢN LÝ|TỔNG CỤC|PHÒNG|VĂN PHÒNG|CỤC|BAN DÂN TỘC|THANH TRA)\s)"
)
_MOTTO = re.compile(
    r"cong\s*hoa\s*xa\s*hoi\s*chu\s+nghia\s+viet\s+nam|doc\s+lap\s*[-–—.]*\s*tu\s+do\s*[-–—.]*\s*hanh\s+phuc|"
    r"dang\s+cong\s+san\s+viet\s+nam|cong\s+hoa\s+xa\s+hoi|chu\s+nghia\s+viet\s+nam"
)
_NOT_BODY = re.compile(
    r"^\W*(?:s[oố]\s*(?:hiệu)?\s*[:.]|v/v|về việc|.*\bngày\b.*\b(?:tháng|năm)\b|dự thảo|hỏa tốc|thượng khẩn|khẩn|"
    r"công văn đến|đến\b|giờ\b|ngày\b|trang\b|luật số)",
    re.IGNORECASE,
)
_CENTRAL = re.compile(
    r"^(?:Bộ(?! phận| Chỉ huy)|Chính phủ|Quốc hội|Thủ tướng|Chủ tịch nước|Tổng cục|Kiểm toán|Thanh tra Chính phủ|"
    r"Văn phòng (?:Chính phủ|Quốc hội|Chủ tịch nước|Trung ương)|Ủy ban Thường vụ Quốc hội|Ngân hàng Nhà nước|"
    r"Ban (?:Bí thư|Chấp hành Trung ương)|Tòa án nhân dân tối cao|Viện kiểm sát nhân dân tối cao)|Trung ương\b",
    re.IGNORECASE,
)
# Bodies of a province whose names do not hold it: "Sở Nội vụ" → "Sở Nội vụ Khánh Hòa".
_PROVINCIAL = re.compile(
    r"^(?:Sở|Chi cục|Trung tâm|(?:Đảng ủy|Đảng bộ|Công đoàn|Văn phòng|Thanh tra) Sở|Tỉnh ủy|Thành ủy|Văn phòng Tỉnh ủy|"
    r"Ban (?:Dân tộc|Thi đua|Tổ chức|Tuyên giáo|Dân vận|Nội chính|Quản lý|Tôn giáo|Thường vụ (?:Tỉnh|Thành) ủy)|"
    r"Liên đoàn Lao động)\b",
    re.IGNORECASE,
)
_OPEN_AREA = re.compile(r"\b(?:tỉnh|thành phố)$", re.IGNORECASE)
_AREA = re.compile(
    r"\b(?P<level>tỉnh|thành phố|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)\s+(?P<name>.+)$", re.IGNORECASE
)

_TITLES = re.compile(
    r"^(?:KT\.?|TM\.?|TL\.?)?\s*(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|"
    r"TỔNG CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|CHÁNH ÁN|"
    r"THỐNG ĐỐC|BÍ THƯ|THƯỜNG TRỰC)[\s,]+(?=\S)",
    re.IGNORECASE,
)
# What an issuer does in the lead-in: "…, Sở Nội vụ ban hành Kế hoạch …".
_VERB = (
    r"(?:ban hành|xây dựng|phát động|triển khai|đề nghị|yêu cầu|thông báo|hướng dẫn|báo cáo|quyết định|lập|tổ chức|"
    r"kính đề nghị|kính trình|kính báo cáo|trân trọng|chỉ thị|đề ra|quy định|công bố|xin|nhận được|có ý kiến|tiếp tục|"
    r"kính mời|kêu gọi)"
)
_SUBJECT = re.compile(
    r"(?:^|(?<=[,;.:\n]))\s*(?:[-–+]\s*)?(?P<name>"
    r"(?:Chủ tịch |Giám đốc |Bộ trưởng |Ban Lãnh đạo |Lãnh đạo |Thường trực )?"
    r"(?:Sở|Ủy ban|Uỷ ban|UBND|Bộ(?! Chính trị| luật)|Ban|Hội đồng|HĐND|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Đảng uỷ|"
    r"Văn phòng|Chi cục|Cục|Tổng cục|Trung tâm|Trường|Công đoàn|Liên đoàn|Bảo hiểm xã hội|Kho bạc|Công an|Thanh tra|"
    r"Viện|Thủ tướng|Chính phủ|Quốc hội|Phòng|Bệnh viện|Hội|Đoàn|Công ty|Học viện|Đại học|Đảng bộ|Chi bộ|Mặt trận|"
    r"Tòa án)\b[^;:.\n]{0,110}?)"
    rf"\s+{_VERB}\b"
)
_INNER_VERB = re.compile(rf"(?<!\w)(?:{_VERB}|về việc|của|theo|tại|căn cứ|đã|có|là|được)(?!\w)")

# What the letters behind the last hyphen of a symbol stand for.
_CODES = {
    "SNV": "Sở Nội vụ",
    "STNMT": "Sở Tài nguyên và Môi trường",
    "SNNMT": "Sở Nông nghiệp và Môi trường",
    "SNN": "Sở Nông nghiệp và Phát triển nông thôn",
    "SNNPTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "SGDĐT": "Sở Giáo dục và Đào tạo",
    "SGD": "Sở Giáo dục và Đào tạo",
    "SYT": "Sở Y tế",
    "STC": "Sở Tài chính",
    "SXD": "Sở Xây dựng",
    "SCT": "Sở Công Thương",
    "SKHCN": "Sở Khoa học và Công nghệ",
    "STP": "Sở Tư pháp",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "SVHTT": "Sở Văn hóa và Thể thao",
    "STTTT": "Sở Thông tin và Truyền thông",
    "SKHĐT": "Sở Kế hoạch và Đầu tư",
    "SLĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "SGTVT": "Sở Giao thông vận tải",
    "SNGV": "Sở Ngoại vụ",
    "SDL": "Sở Du lịch",
    "SDTTG": "Sở Dân tộc và Tôn giáo",
    "UBND": "UBND tỉnh",
    "CTUBND": "UBND tỉnh",
    "HĐND": "HĐND tỉnh",
    "TU": "Tỉnh ủy",
    "CP": "Chính phủ",
    "TTG": "Thủ tướng Chính phủ",
    "BNV": "Bộ Nội vụ",
    "BTC": "Bộ Tài chính",
    "BYT": "Bộ Y tế",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTP": "Bộ Tư pháp",
    "BXD": "Bộ Xây dựng",
    "BCT": "Bộ Công Thương",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng",
    "VPCP": "Văn phòng Chính phủ",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "QH": "Quốc hội",
}


def bodies(lines: Iterable[str]) -> list[str]:
    """Return the bodies of a letterhead given as its lines, greatest first, as written."""
    found: list[str] = []
    for line in lines:
        for piece in re.split(r"\s*\|\s*|\s{3,}|\t+", line):
            words = " ".join(piece.split())
            if _NOT_BODY.match(words):
                continue
            for part in _INNER_HEAD.split(words) if is_upper(words) else [words]:
                _add(found, part.strip(" -–—_*.|"))
    return found


def without_motto(head: str) -> str:
    """Return a letterhead without the nation's and the Party's lines, wherever the columns left them."""
    folded = fold(head)
    for match in reversed(list(_MOTTO.finditer(folded))):
        head = head[: match.start()] + "\n" + head[match.end() :]
    return head


def _add(found: list[str], part: str) -> None:
    """Begin a new body, or go on with the last: "ỦY BAN NHÂN DÂN⏎TỈNH X", "SỞ NÔNG NGHIỆP⏎VÀ MÔI TRƯỜNG"."""
    if sum(char.isalpha() for char in part) < 3:
        return
    if found and (not _HEAD.match(part) or _INCOMPLETE.match(found[-1])):
        if is_upper(part) == is_upper(found[-1]):
            found[-1] = f"{found[-1]} {part}"
    elif _HEAD.match(part):
        found.append(part)


def from_letterhead(lines: Sequence[str], text: str, province: str | None) -> str | None:
    """Return the issuer that the letterhead names, its province or district added; None where none stands there."""
    found = bodies(lines)
    if not found:
        return None
    name = readable(proper(found[-1], text))
    above = readable(proper(found[-2], text)) if len(found) > 1 else ""
    area = _AREA.search(above)
    if area is None and _AREA.search(name) is None:
        return with_province(name, province)
    if area is not None and not _AREA.search(name) and area["name"].lower() not in name.lower():
        place = canonical(area["name"]) if area["level"].lower() in {"tỉnh", "thành phố"} else None
        if place is not None:
            return with_province(name, place)
        if re.match(r"(?:Phòng|Văn phòng|Thanh tra|Ban|Trung tâm)\b", name):
            return f"{name} {area['level'].lower()} {area['name']}"
    return with_province(name, province)


def readable(name: str) -> str:
    """Return a body's name in the form people say: UBND and HĐND abbreviated, persons left out, one spelling."""
    name = " ".join(name.replace("Uỷ", "Ủy").replace("uỷ", "ủy").split()).strip(" ,.;:-–")
    stripped = _TITLES.sub("", name)
    if stripped != name and _HEAD.match(stripped) and not re.match(r"(?:Chính phủ|nước)", stripped, re.IGNORECASE):
        name = stripped
    name = re.sub(r"^(?:Ban )?Lãnh đạo (?=\w)", "", name)
    name = re.sub(r"^(.)(?=ủy ban nhân dân)", r"\1", name)
    name = re.sub(r"ủy ban nhân dân", "UBND", name, flags=re.IGNORECASE)
    name = re.sub(r"hội đồng nhân dân", "HĐND", name, flags=re.IGNORECASE)
    name = re.sub(r"\b(Tỉnh|Thành phố|Huyện|Xã|Phường|Quận)(?=\s+[^\W\d])", lambda m: m[0].lower(), name)
    return name[:1].upper() + name[1:]


def with_province(name: str, province: str | None) -> str:
    """Add the province where the name leaves it open: "UBND tỉnh" → "UBND tỉnh Đồng Nai"."""
    if province is None or is_central(name) or find_provinces(name):
        return name
    city = province in {"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Thành phố Hồ Chí Minh"}
    bare = province.removeprefix("Thành phố ") if _OPEN_AREA.search(name) else province
    if _OPEN_AREA.search(name):
        return f"{re.sub(r'(?<= )tỉnh$', 'thành phố', name, flags=re.IGNORECASE) if city else name} {bare}"
    if name in {"UBND", "HĐND"}:
        return f"{name} {'thành phố' if city else 'tỉnh'} {bare.removeprefix('Thành phố ')}"
    return f"{name} {bare}" if _PROVINCIAL.match(name) else name


def is_central(name: str) -> bool:
    """Tell whether a body is the State's or the Party's centre, which belongs to no province."""
    return bool(_CENTRAL.search(name))


def from_authority(lines: Iterable[str], text: str) -> str | None:
    """Return the body of the line between title and legal bases: "GIÁM ĐỐC SỞ NỘI VỤ"."""
    for line in lines:
        words = line.strip(" *_:")
        if is_upper(words) and 1 < len(words.split()) < 25 and not words.endswith(";"):
            stripped = _TITLES.sub("", words)
            if _HEAD.match(stripped) or _HEAD.match(words):
                return readable(proper(words, text))
    return None


def from_lead_in(text: str) -> str | None:
    """Return who acts in the last clause of the form "…, Sở Nội vụ ban hành Kế hoạch …"."""
    last: str | None = None
    for match in _SUBJECT.finditer(text):
        name = " ".join(match["name"].split())
        if _INNER_VERB.search(name) or name in {"Bộ", "Ban", "Sở", "Hội", "Đoàn", "Phòng", "Viện", "Trường"}:
            continue
        last = readable(name)
    return last


def from_symbol(symbol: str | None) -> str | None:
    """Return the body that the tail of a symbol stands for: "/KH-SNV" → "Sở Nội vụ"."""
    if symbol is None:
        return None
    codes = re.split(r"[-/]", symbol.upper().replace("&", ""))
    for code in reversed(codes[1:]):
        name = _CODES.get(code) or _CODES.get(code.rstrip("0123456789"))
        if name is not None:
            return name
    return None


def from_signature(titles: Iterable[str], text: str) -> str | None:
    """Return the body on whose behalf somebody signs: "TM. ỦY BAN NHÂN DÂN", "GIÁM ĐỐC SỞ NỘI VỤ"."""
    for title in titles:
        match = re.match(r"\W*(?:TM|T/M)\s*[./:]?\s*(?P<body>.+)", title)
        if match is not None and _HEAD.match(match["body"]):
            return readable(proper(match["body"].strip(), text))
        stripped = _TITLES.sub("", title)
        if stripped != title and _HEAD.match(stripped):
            return readable(proper(stripped, text))
    return None
