"""Who issued a document: from its letterhead, else inferred from what the document says of itself.

Knows the lines of the letterhead and the words of the preamble; nothing of files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from knowledge.kinds import NAMES
from knowledge.letters import is_upper
from knowledge.marks import is_basis
from knowledge.naming import LEVELS, proper
from knowledge.offices import CENTRAL, CODES, HEAD, INCOMPLETE, PROVINCIAL, TITLES
from knowledge.provinces import canonical, find_provinces
from knowledge.signature import UPPER
from knowledge.symbols import LOWER
from knowledge.text import fold

_INNER_HEAD = re.compile(
    r"(?<=\s)(?<!VĂN )(?<!TỔNG )(?<!CHI )(?<!ĐẢNG ỦY )(?<!ĐOÀN )(?<!PHÒNG )(?<!TRA )(?<!BỘ )(?<!MÔI )(?<!THỊ )"
    r"(?=(?:SỞ|CHI CỤC|TRUNG TÂM|TRƯỜNG|BAN QUẢN LÝ|TỔNG CỤC|PHÒNG|VĂN PHÒNG|CỤC|BAN DÂN TỘC|THANH TRA)\s)"
)
_MOTTO = re.compile(
    r"cong\s*hoa\s*xa\s*hoi\s*chu\s+nghia\s+viet\s+nam|doc\s+lap\s*[-–—.]*\s*tu\s+do\s*[-–—.]*\s*hanh\s+phuc|"
    r"dang\s+cong\s+san\s+viet\s+nam|cong\s+hoa\s+xa\s+hoi|chu\s+nghia\s+viet\s+nam"
)
_BARE_HEAD = re.compile(
    r"(?:uy ban|so|bo|tong cuc|cuc|chi cuc|van phong|phong|truong|trung tam|chinh phu|benh vien|hoi dong|ngan hang)\s"
)
# A consonant alone is no syllable: the space behind it parted one.
_VOWELS = "".join(char for char in UPPER if fold(char).lower() in [*"aeiouy"])
_PARTED = re.compile(rf"(?<=(?<![^\W_])[BCDĐGHKLMNPQRSTVX])\s(?=[{_VOWELS}])")
_NOT_BODY = re.compile(
    r"^\W*(?:s[oố]\s*(?:hiệu)?\s*[:.]|đơn vị\s*:|v/v|về việc|.*\bngày\b.*\b(?:tháng|năm)\b|dự thảo|hỏa tốc|"
    r"thượng khẩn|khẩn|công văn đến|đến\b|giờ\b|ngày\b|trang\b|luật số)",
    re.IGNORECASE,
)
_LEVEL = re.compile(rf"^(?:{LEVELS}) ")  # "Xã LƯƠNG MINH"
_OPEN_AREA = re.compile(r"\b(?:tỉnh|thành phố)$", re.IGNORECASE)
_OPEN_LEVEL = re.compile(r"(?<!\w)(?:huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)$")
_AREA = re.compile(
    r"\b(?P<level>tỉnh|thành phố|huyện|quận|thị xã|phường|xã|thị trấn|đặc khu)\s+(?P<name>(?![ủu][ỷy]\b).+)$",
    re.IGNORECASE,
)

# What an issuer does in the lead-in: "…, Sở Nội vụ ban hành Kế hoạch …".
_VERB = (
    r"(?:ban hành|xây dựng|phát động|triển khai|đề nghị|yêu cầu|thông báo|hướng dẫn|báo cáo|quyết định|lập|tổ chức|"
    r"kính đề nghị|kính trình|kính báo cáo|trân trọng|chỉ thị|đề ra|quy định|công bố|xin|nhận được|có ý kiến|tiếp tục|"
    r"kính mời|kêu gọi)"
)
_BODY = (
    r"Sở|Ủy ban|Uỷ ban|UBND|Bộ(?! Chính trị| luật)|Ban|Hội đồng|HĐND|Tỉnh ủy|Thành ủy|Huyện ủy|Đảng ủy|Đảng uỷ|"
    r"Văn phòng|Chi cục|Cục|Tổng cục|Trung tâm|Trường(?! hợp)|Công đoàn|Liên đoàn|Bảo hiểm xã hội|Kho bạc|Công an|"
    r"Thanh tra|Viện|Thủ tướng|Chính phủ|Quốc hội|Phòng|Bệnh viện|Hội|Đoàn|BCH|BTV|Liên minh|Liên hiệp|"
    r"Ngân hàng Nhà nước|Tổng công ty|Tập đoàn|Công ty|Học viện|Đại học|Đảng bộ|Chi bộ|Mặt trận|Tòa án"
)
_KINDS = "|".join(sorted(map(re.escape, NAMES), key=len, reverse=True))
_SUBJECT = re.compile(
    r"(?:^|(?<=[,;.:\n]))\s*(?:[-–+]\s*)?(?P<name>"
    r"(?:Chủ tịch |Giám đốc |Bộ trưởng |Ban Lãnh đạo |Lãnh đạo |Thường trực )?"
    rf"(?:{_BODY})\b[^;:.\n]{{0,110}}?)"
    rf"\s+{_VERB}\b"
)
# A paragraph that begins with who issues: "Bộ trưởng Bộ Y tế ban hành Thông tư …", not "… Thông tư số 12/2030 …".
_ISSUING = re.compile(
    r"^(?P<name>(?:(?:Bộ trưởng|Chủ tịch|(?:Tổng )?[Gg]iám đốc|Thống đốc|Viện trưởng|Hiệu trưởng|"
    rf"(?:Tổng |Chi )?[Cc]ục trưởng|Chánh án) )?(?:{_BODY})\b[^;:.,\n]{{0,110}}?)"
    rf"\s+ban hành\s+(?i:{_KINDS})(?!\w|\s+số\s*:?\s*\d)",
    re.MULTILINE,
)
# Who wrote what a sentence only cites: "Các thông tư số … của Bộ Y tế, Bộ Nội vụ hướng dẫn … hết hiệu lực".
_CITING = re.compile(rf"(?<!\w)(?:{_KINDS}|văn bản)(?!\w).*\scủa\s", re.IGNORECASE | re.DOTALL)
# "Được sự đồng ý của Ban Giám hiệu, Trường X tổ chức …": who acts stands behind the last comma.
_AFTER_COMMA = re.compile(rf"^.*,\s+(?=(?:{_BODY})\b)")
_INNER_VERB = re.compile(
    rf"(?<!\w)(?:{_VERB}|về việc|của|theo|tại|căn cứ|đã|có|là|được|phối hợp|nhận|tiếp nhận|"
    r"chuyển|để|do|các (?:tỉnh|huyện|xã|đơn vị|cơ quan|ngành|khoa))(?!\w)"
)

# Whose board it is stands in the line above: "ỦY BAN MTTQ VIỆT NAM XÃ X / BAN THƯỜNG TRỰC".
_BOARD = re.compile(r"^(?:Ban (?:Thường trực|Thường vụ|Chấp hành|Giám hiệu)|BCH|BTV|Đoàn Chủ tịch)$", re.IGNORECASE)
_NAMELESS = re.compile(r"^(?:Bộ|Ban|Sở|Hội|Đoàn|Phòng|Viện|Trường|Cục|Trung tâm|Công ty|Hội đồng|Văn phòng|Bệnh viện)$")
_ANY_OF = re.compile(r"trực thuộc [Tt]rung ương|, thành phố\b")  # "Sở Y tế tỉnh, thành phố trực thuộc Trung ương"
_NAMED = re.compile(
    r"(?:lấy tên(?: gọi)?|tên(?: gọi| tiếng việt| đầy đủ)+(?: của \w+)?)\s*(?:là\s*:?|:)\s*[\"“*_]*"
    r"(?P<name>(?:hội|hiệp hội|liên hiệp|liên đoàn|quỹ|trung tâm|viện|công ty|tổng công ty|trường|học viện)\b"
    r"[^\n.;:(“”\"]{4,110})",
    re.IGNORECASE,
)
_SMALL_WORDS = 12  # words of who decides, in small letters on a line of its own above the legal bases
_OWNER = re.compile(
    r"\bcủa (?P<name>(?:Sở|UBND|Ủy ban nhân dân|Bộ(?! Chính trị)|Cục|Chi cục|Tổng cục|Trung tâm|Trường|Đảng ủy Sở|"
    r"Văn phòng|Liên đoàn|Công đoàn|Phòng|Bệnh viện|Ban Dân tộc|Thanh tra|Công an|Hội Liên hiệp)\b[^;:.,()“”]{2,90}?)"
    r"(?:\s+(?:năm|tháng|quý|lần thứ|giai đoạn|nhiệm kỳ)\s.*)?$"
)


def bodies(lines: Iterable[str]) -> list[str]:
    """Return the bodies of a letterhead given as its lines, greatest first, as written."""
    found: list[str] = []
    for line in lines:
        for piece in re.split(r"\s*\|\s*|\s{3,}|\t+|<br\s*/?>", line):
            words = " ".join(piece.split())
            if _NOT_BODY.match(words):
                continue
            for part in _INNER_HEAD.split(words) if is_upper(words) else [words]:
                _add(found, part.strip(" -–—_*.|/"))
    return found


def healed(line: str, text: str) -> str:
    """Return a body's name in capitals with the marks that recognition lost: "TONG CUC THUE", as `text` writes it."""
    words = " ".join(line.split()).strip(" -–—_*.|/")
    if is_upper(words) and _PARTED.search(words):  # "B Ộ LAO ĐỘNG"
        line = words = _PARTED.sub("", words)
    if HEAD.match(words) or not is_upper(words) or not _BARE_HEAD.match(fold(words)):
        return line
    written = Counter[str]()
    folded = fold(text)
    for match in re.finditer(rf"(?<!\w){re.escape(fold(words))}(?!\w)", folded if len(folded) == len(text) else ""):
        name = text[match.start() : match.end()]
        if HEAD.match(name) and not is_upper(name):
            written[name] += 1
    return written.most_common(1)[0][0].upper() if written else line


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
    if not HEAD.match(part) and HEAD.match(TITLES.sub("", part)):
        part = TITLES.sub("", part)  # "CHỦ TỊCH ỦY BAN NHÂN DÂN"
    if found and (not HEAD.match(part) or INCOMPLETE.match(found[-1])):
        part = part.upper() if is_upper(_LEVEL.sub("", part)) else part
        if is_upper(part) == is_upper(found[-1]):
            found[-1] = f"{found[-1]} {part}"
    elif HEAD.match(part):
        found.append(part)


def from_letterhead(lines: Sequence[str], text: str, province: str | None) -> str | None:
    """Return the issuer that the letterhead names, its province or district added; None where none stands there."""
    found = bodies(lines)
    if not found:
        return None
    name = readable(proper(found[-1], text))
    above = readable(proper(found[-2], text)) if len(found) > 1 else ""
    if _BOARD.match(name) and above:
        return with_province(f"{name} {above}", province)
    if name == "Văn phòng" and above:
        return with_province(f"{name} {above}", province)
    if re.match(r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy\b", above) and re.match(
        r"(?:Ban|Văn phòng|Ủy ban|Cơ quan)\b", name
    ):
        return f"{name} {above}"
    area = _AREA.search(above)
    if area is None and _AREA.search(name) is None:
        return with_province(name, province)
    if area is not None and not _AREA.search(name) and area["name"].lower() not in name.lower():
        place = canonical(area["name"]) or (area["name"] if area["level"].lower() == "tỉnh" else None)
        if place is not None:
            return with_province(name, place)
        if re.match(r"(?:Phòng|Văn phòng|Thanh tra|Ban|Trung tâm)\b", name):
            return f"{name} {area['level'].lower()} {area['name']}"
    return with_province(name, province)


def province_of(lines: Iterable[str], text: str) -> str | None:
    """Return the province that a letterhead names: "ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA" → "Khánh Hòa"."""
    for body in bodies(lines):
        area = _AREA.search(readable(proper(body, text)))
        if area is not None and area["level"].lower() in {"tỉnh", "thành phố"}:
            known = canonical(area["name"])
            if known is not None or area["level"].lower() == "tỉnh":
                return known or area["name"]
    return None


def readable(name: str) -> str:
    """Return a body's name in the form people say: UBND and HĐND abbreviated, persons left out, one spelling."""
    name = " ".join(name.replace("Uỷ", "Ủy").replace("uỷ", "ủy").split()).strip(" ,.;:-–")
    stripped = TITLES.sub("", name)
    if stripped != name and HEAD.match(stripped) and not re.match(r"(?:Chính phủ|nước)", stripped, re.IGNORECASE):
        name = stripped
    name = re.sub(r"^(?:Ban )?Lãnh đạo (?=\w)", "", name)
    name = re.sub(r"^(.)(?=ủy ban nhân dân)", r"\1", name)
    name = re.sub(r"ủy ban nhân dân", "UBND", name, flags=re.IGNORECASE)
    name = re.sub(r"hội đồng nhân dân", "HĐND", name, flags=re.IGNORECASE)
    name = re.sub(r"\b(Tỉnh|Thành phố|Huyện|Xã|Phường|Quận)(?=\s+[^\W\d])", lambda m: m[0].lower(), name)
    return name[:1].upper() + name[1:]


def with_province(name: str, province: str | None) -> str:
    """Add the province where the name leaves it open: "UBND tỉnh" → "UBND tỉnh Đồng Nai"."""
    below = _AREA.search(name)
    if below is not None and below["level"].lower() not in {"tỉnh", "thành phố"}:
        return name
    if province is None or is_central(name) or find_provinces(name) or province.lower() in name.lower():
        return name
    city = province in {"Hà Nội", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Thành phố Hồ Chí Minh"}
    bare = province.removeprefix("Thành phố ") if _OPEN_AREA.search(name) else province
    if _OPEN_AREA.search(name):
        return f"{re.sub(r'(?<= )tỉnh$', 'thành phố', name, flags=re.IGNORECASE) if city else name} {bare}"
    if name in {"UBND", "HĐND"}:
        return f"{name} {'thành phố' if city else 'tỉnh'} {bare.removeprefix('Thành phố ')}"
    return f"{name} {bare}" if PROVINCIAL.match(name) else name


def with_area(name: str, text: str, place: str | None) -> str:
    """Add the district or commune that the name leaves open, from the text or the dateline: "UBND xã" → "… xã X"."""
    level = _OPEN_LEVEL.search(name)
    if level is None:
        return name
    pattern = rf"(?<!\w){level.group()}\s+((?:[{UPPER}][{LOWER}]+\s?){{1,4}})"
    found = Counter(" ".join(match.split()) for match in re.findall(pattern, text))
    area = found.most_common(1)[0][0] if found else place if place and canonical(place) is None else None
    return f"{name} {area}" if area else name


def is_central(name: str) -> bool:
    """Tell whether a body is the State's or the Party's centre, which belongs to no province."""
    return bool(CENTRAL.search(name))


def from_authority(lines: Iterable[str], text: str) -> str | None:
    """Return the body of the line between title and legal bases: "GIÁM ĐỐC SỞ NỘI VỤ"."""
    for place, line in enumerate(lines):
        words = line.strip(" *_:")
        small = place == 0 and HEAD.match(words) and words[-1:].isalpha() and len(words.split()) <= _SMALL_WORDS
        if (is_upper(words) or small) and 1 < len(words.split()) < 25 and not words.endswith(";"):
            stripped = TITLES.sub("", words)
            name = readable(proper(words, text))
            if (HEAD.match(stripped) or HEAD.match(words)) and not _NAMELESS.match(name):
                return name
    return None


def from_lead_in(text: str) -> str | None:
    """Return who acts in the last clause of the form "…, Sở Nội vụ ban hành Kế hoạch …"."""
    last: str | None = None
    for match in _SUBJECT.finditer(text):
        name = " ".join(match["name"].split())
        name = _AFTER_COMMA.sub("", name)
        sentence = re.split(r"[;\n]|\.\s", text[: match.start("name")])[-1]
        if _CITING.search(sentence) and not is_basis(sentence):
            continue
        if not _INNER_VERB.search(name) and not _NAMELESS.match(readable(name)) and not _ANY_OF.search(name):
            last = readable(name)
    return last


def from_charter(opening: str) -> str | None:
    """Return the body that a charter gives a name to: "Điều 1. Tên gọi: Hội …", "Hội lấy tên là HỘI …"."""
    match = _NAMED.search(opening)
    name = " ".join(match["name"].split()).strip(" .;:*_") if match else ""
    return readable(proper(name, opening)) if HEAD.match(name) and not _NAMELESS.match(name) else None


def from_enactment(text: str) -> str | None:
    """Return who issues in a clause of its own below the legal bases: "Giám đốc Sở Nội vụ ban hành Quyết định …"."""
    found = [match for match in _ISSUING.finditer(text) if not _INNER_VERB.search(match["name"])]
    name = readable(found[-1]["name"]) if found else ""
    return name if name and not _NAMELESS.match(name) else None


def from_subject(subject: str | None) -> str | None:
    """Return whose document its subject says it is: "… năm 2025 của Sở Tài chính"."""
    match = _OWNER.search(subject or "")
    if match is None or _INNER_VERB.search(match["name"]) or _NAMELESS.match(match["name"]):
        return None
    return readable(match["name"])


def from_symbol(symbol: str | None) -> str | None:
    """Return the body that the tail of a symbol stands for: "/KH-SNV" → "Sở Nội vụ"."""
    if symbol is None:
        return None
    codes = re.split(r"[-/]", symbol.upper().replace("&", ""))
    for code in reversed(codes[1:]):
        name = CODES.get(code) or CODES.get(code.rstrip("0123456789"))
        if name is not None:
            return name
    return None


def from_signature(titles: Iterable[str], text: str) -> str | None:
    """Return the body on whose behalf somebody signs: "TM. ỦY BAN NHÂN DÂN", "GIÁM ĐỐC SỞ NỘI VỤ"."""
    for title in titles:
        match = re.match(r"\W*(?:TM|T/M)\s*[./:]?\s*(?P<body>.+)", title)
        if match is not None and HEAD.match(match["body"]):
            return readable(proper(match["body"].strip(), text))
        stripped = TITLES.sub("", title)
        name = readable(proper(stripped, text))
        if stripped != title and HEAD.match(stripped) and not _NAMELESS.match(name):
            return name
    return None
