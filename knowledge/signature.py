"""What stands at the foot of a document: signers' titles and names, stamps, initials; one line at a time.

Knows nothing of where in a document the line stands.
"""

from __future__ import annotations

import re

from knowledge.letters import is_upper
from knowledge.symbols import LOWER
from knowledge.text import fold

UPPER = "".join(char for char in map(chr, range(0x41, 0x1EFA)) if char.isupper() and fold(char).isascii())
# "Nơi nhận:" and what recognition makes of it ("Noi nhận", "Nơi nhân (VBĐT):", "NƠI NHẬN"), folded.
RECIPIENTS = re.compile(r"^\W*n[o0]i\s*(?:nhan?|gui)\b\s*(?:va\s+thi\s+hanh\s*)?(?:\([^)]*\)\s*)?(?:[:;.,]|\W*$)")
_CHARGE = re.compile(
    r"^(?:T\.?M|T/M|K\.?T|K/T|T\.?L|T/L|TUQ|TLBT|KTBT|TLCT|Q|QUYỀN|THỪA LỆNH|THỪA ỦY QUYỀN|THAY MẶT)\b"
    r"\s*[./:]?\s*(?:\w|$)"
)
_OFFICE = re.compile(
    r"^(?:(?:pho\s+|p\.\s*)?(?:chu tich|giam doc|tong giam doc|bo truong|cuc truong|chi cuc truong|tong cuc truong|"
    r"vu truong|truong ban|truong phong|chanh van phong|hieu truong|vien truong|bi thu|thu tuong|chanh an|"
    r"tong thanh tra|chanh thanh tra|chu nhiem|thu truong|thong doc|tu lenh|chinh uy|chi huy truong|tram truong|"
    r"truong tram|doi truong|"
    r"truong tieu ban|truong nhom|truong bo phan|"
    r"truong doan|tong bien tap|tong kiem toan|tong bi thu|chu tri|thu ky|tong thu ky|hat truong|truong khoa|"
    r"truong cong an|truong thon|to truong|khoi truong|cum truong|dai dien|uy vien|chu toa)|hieu pho|pho ban|"
    r"thu truong don vi|nguoi lap|nguoi bao cao|nguoi viet|nguoi xay dung|duyet|"
    r"phe duyet|xac nhan|truong chi nhanh|xa doi truong|quyen)\b"
)
_SIGNED = re.compile(r"^\W*(?:da\s*ky|daky|da\s+ky\s*(?:,|va)?\s*dong\s+dau|ky\s+ten|\(?ky,?.{0,30}ten.{0,12})\W*$")
_DEGREES = (
    r"(?:(?:GS|PGS|TS|ThS|Ths|TSKH|BS|BSCK\w*|BsCK\w*|DS|KS|CN|LS|NGND|NGƯT|TTND|TTƯT|NSND|CK[I1]{1,2})\b[.,]?\s*)*"
)
_RANK = r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)\s+)?(?:(?:Ông|Bà)\s+)?"
_SYLLABLE = rf"[{UPPER}](?:[’'`]?[{LOWER}]{{1,7}}|['’][{UPPER}][{LOWER}]{{1,6}})?"
_NAME = re.compile(rf"^{_DEGREES}{_RANK}{_DEGREES}{_SYLLABLE}(?:[\s-]{{1,2}}{_SYLLABLE}){{1,5}}$")
_NAME_UPPER = re.compile(rf"^{_DEGREES}[{UPPER}]{{1,7}}(?:\s[{UPPER}]{{1,7}}){{1,4}}$")
# Words that no name holds; with their diacritics, for "Phương" is not "phường".
_NOT_NAME = re.compile(
    r"\b(?:sở|ủy ban|uỷ ban|hội đồng|phòng|tỉnh|huyện|xã|phường|nơi nhận|kế hoạch|phụ lục|bảng|mục|trung tâm|"
    r"tổng hợp|danh sách|danh mục|biểu|mẫu số|nội dung|cộng hòa|thường vụ|thành phố|chính phủ|quốc hội|đơn vị|công an|"
    r"báo cáo|tổ chức|số|ngày|đảng ủy|nhân dân)\b",
    re.IGNORECASE,
)
_DIGITAL = re.compile(
    r"^(?:ký\s+(?:bởi|số\s+bởi)|người\s+ký|thời\s+gian\s+ký|ngày\s+ký|cơ\s+quan|email|đã\s+ký\s+số|chữ\s+ký\s+số|signature|"
    r"signed\s+by|lý\s+do|vị\s+trí)\s*:",
    re.IGNORECASE,
)
_DIGITAL_TIME = re.compile(r"\d{2}[:.]\d{2}[:.]\d{2}\s*[+-]\d{2}:?\d{2}")
# "(Bích Phương - VX)", "VX-05", "NTH/25b", "L.A", "150b.", "./"
_INITIALS = re.compile(
    r"^\W*(?:\([^()]{1,40}\)|[\w.]{1,10}(?:\s?[-/_.,&]\s?[\w.]{1,14}){1,5}|\d{1,4}\s?[a-zA-Z]{0,3}|\w{1,8})\W*$"
)


def is_title(text: str) -> bool:
    """Tell whether `text` is a signer's title, or a line of one: "TM. ỦY BAN NHÂN DÂN", "PHÓ GIÁM ĐỐC"."""
    words = text.strip("*_|() ")
    if not 2 < len(words) <= 90 or len(words.split()) > 16 or words.endswith((";", ":")):
        return False
    if _CHARGE.match(words):
        return is_upper(words) or len(words.split()) <= 8
    office = _OFFICE.match(fold(words))
    if office is None:
        return False
    if is_upper(words):
        return not re.search(r"\d", words)
    # "Giám đốc", "Chủ tịch": a title in small letters stands wholly alone.
    return office.span() == (0, len(words)) and words[0].isupper()


def is_office(text: str) -> bool:
    """Tell whether `text` begins with an office: "Bí thư Ban Chấp hành …"."""
    return bool(_OFFICE.match(fold(text)))


def is_charge(text: str) -> bool:
    """Tell whether `text` says on whose behalf somebody signs: "TM. ỦY BAN NHÂN DÂN", "KT. GIÁM ĐỐC"."""
    return bool(_CHARGE.match(text.strip("*_| "))) and is_title(text)


def is_name(text: str, *, capitals: bool = False) -> bool:
    """Tell whether `text` can be a person's name and nothing more; in capitals only where `capitals` allows it."""
    words = text.strip("*_| .")
    if not _NAME.match(words) and not (capitals and _NAME_UPPER.match(words)):
        return False
    return not _NOT_NAME.search(words) and not (_OFFICE.match(fold(words)) and len(words.split()) < 4)


def is_signed(text: str) -> bool:
    """Tell whether `text` stands for the signature itself: "(đã ký)"."""
    return bool(_SIGNED.match(fold(text)))


def is_stamp(text: str) -> bool:
    """Tell whether `text` is part of a digital signature's stamp: "Thời gian ký: …"."""
    return bool(_DIGITAL.match(text) or _DIGITAL_TIME.search(text))


def is_initials(text: str) -> bool:
    """Tell whether `text` can be the initials of who typed or filed the document."""
    return bool(_INITIALS.match(text))
