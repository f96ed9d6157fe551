"""Names of bodies as people write them: "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG" → "Sở Nông nghiệp và Môi trường".

Strings in, strings out; knows nothing of documents.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.provinces import ALL
from knowledge.text import tone_placement

# Words whose first letter is a capital within a body's name. Longest match wins.
_PHRASES = """
Tỉnh ủy | Thành ủy | Huyện ủy | Quận ủy | Thị ủy | Nội vụ | Tài chính | Nông nghiệp | Môi trường | Tài nguyên |
Phát triển nông thôn | Giáo dục | Đào tạo | Y tế | Văn hóa | Thể thao | Du lịch | Gia đình | Xây dựng |
Công Thương | Công thương | Khoa học | Công nghệ | Tư pháp | Thông tin | Truyền thông | Lao động | Thương binh |
Xã hội | Kế hoạch | Đầu tư | Giao thông | Giao thông vận tải | Ngoại vụ | Ngoại giao | Quốc phòng | Công an |
Dân tộc | Tôn giáo | Thi đua | Khen thưởng | Mặt trận Tổ quốc | Việt Nam | Tổ chức | Tuyên giáo | Dân vận |
Nội chính | Kiểm tra | Kinh tế | Kinh tế - Hạ tầng | Hạ tầng | Đô thị | Quy hoạch | Kiến trúc | Thuế | Hải quan |
Kho bạc | Kho bạc Nhà nước | Nhà nước | Ngân hàng | Bảo hiểm xã hội | Thống kê | Thanh tra | Kiểm toán | Quản lý |
Khu kinh tế | Khu công nghiệp | Kiểm lâm | Thú y | Chăn nuôi | Trồng trọt | Bảo vệ thực vật | Thủy lợi | Thủy sản |
Phòng chống thiên tai | Đăng ký đất đai | Quan trắc | Kiểm soát bệnh tật | Khuyến nông | Dân số | Trẻ em |
Bảo trợ xã hội | Dịch vụ việc làm | Người có công | Văn thư | Lưu trữ | Chuyển đổi số | Đảng ủy | Chính phủ |
Quốc hội | Thủ tướng | Trung ương | Đảng | Cộng sản | Hồ Chí Minh | Liên hiệp Phụ nữ | Phụ nữ | Nông dân |
Cựu chiến binh | Chữ thập đỏ | Thanh niên | Đoàn Thanh niên | Công đoàn | Liên đoàn Lao động | Nhân dân | Tối cao |
Ban Thường vụ | Thường vụ | Ban Chấp hành | Chấp hành | Bí thư | Bộ Chính trị | Chính trị | Chỉ đạo |
Dân chính Đảng | Phòng cháy chữa cháy | Trung học phổ thông | Trung học cơ sở | Tiểu học | Mầm non | Đa khoa |
Cao đẳng | Đại học | Sở | Bộ | Cục | Chi cục | Tổng cục | Vụ | Viện | Ủy ban | Hội đồng | Văn phòng | Phòng |
Trung tâm | Trường | Bệnh viện | Công ty | Tập đoàn | Học viện | Ban Quản lý | Thi hành án | Phát thanh |
Truyền hình | Báo chí | Biên phòng | Quân sự
"""
_KEPT_UPPER = frozenset(
    "UBND HĐND THPT THCS MTTQ UBMTTQ TNHH MTV CP BQL TNCS LĐLĐ GD&ĐT GDĐT TN&MT NN&MT NN&PTNT LĐTBXH VHTT&DL VHTTDL "
    "KH&CN KH&ĐT TT&TT BCH BTV TW TP GDTX GDNN BHXH II III IV VI VII VIII IX XI XII XIII XIV XV QLDA CNTT VNPT".split()
)
# After these comes a proper name, every syllable of which has its capital.
_BEFORE_NAME = frozenset("tỉnh huyện xã phường quận".split())
_BEFORE_NAME_PAIRS = frozenset({"thành phố", "thị xã", "thị trấn", "đặc khu"})
LEVELS = "Tỉnh|Thành phố|Huyện|Quận|Xã|Phường|Thị trấn|Đặc khu"  # a pattern: what a letterhead may write small
_LEVEL = re.compile(rf"\b(?:{LEVELS})\b")
_HEADS = frozenset("Sở Bộ Cục Vụ Viện Phòng tâm Trường Ban quản lý cục".split())
_NAMED_HEADS = ("trường ", "công ty ", "bệnh viện ", "học viện ")


@lru_cache(maxsize=1)
def _lexicon() -> dict[tuple[str, ...], str]:
    phrases = [" ".join(phrase.split()) for phrase in _PHRASES.split("|")]
    return {tuple(tone_placement(name).lower().split()): name for name in [*phrases, *ALL]}


def proper(name: str, text: str = "") -> str:
    """Return a name in capitals as `text` writes it elsewhere in small letters, else by the words it is made of."""
    name = " ".join(name.split())
    if name != name.upper():
        return name
    return _as_written(name, text) or _by_words(name)


def _as_written(name: str, text: str) -> str | None:
    """Return the most frequent way in which `text` writes the name with small letters."""
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)", re.IGNORECASE)
    found: dict[str, int] = {}
    for match in pattern.finditer(text):
        written = " ".join(match.group().split())
        other = _LEVEL.sub("", written)  # "XÃ" alone in small letters is how the letterhead was converted
        if other != other.upper() and written[0].isupper():
            found[written] = found.get(written, 0) + 1
    return max(found, key=lambda written: found[written]) if found else None


def _by_words(name: str) -> str:
    words = name.split()
    lower = [tone_placement(word).lower() for word in words]
    out: list[str] = []
    naming = False
    index = 0
    while index < len(words):
        phrase = _phrase_at(lower, index)
        if phrase is not None:
            out.extend(phrase.split())
            index += len(phrase.split())
            naming = phrase.endswith(" ủy")  # "Huyện ủy" of a place
            continue
        word = lower[index]
        if words[index].strip("().,") in _KEPT_UPPER:
            out.append(words[index])
        elif word in {"và", "của", "các", "về", "cho", "-", "–", "với"}:
            out.append(word)
            naming = False
        elif word in _BEFORE_NAME or " ".join(lower[index : index + 2]) in _BEFORE_NAME_PAIRS:
            step = 1 if word in _BEFORE_NAME else 2
            out.extend(lower[index : index + step])
            index += step
            naming = True
            continue
        elif (
            naming
            or not out
            or (out[-1] in _HEADS)
            or name.lower().startswith(_NAMED_HEADS)
            or out[-1] in {"-", "–", "và"}
        ):
            out.append(word.capitalize())
        else:
            out.append(word)
        index += 1
    joined = " ".join(out)
    return joined[:1].upper() + joined[1:]


def _phrase_at(words: list[str], index: int) -> str | None:
    """Return the longest known phrase that begins at `index`."""
    lexicon = _lexicon()
    for length in range(min(5, len(words) - index), 0, -1):
        phrase = lexicon.get(tuple(words[index : index + length]))
        if phrase is not None:
            return phrase
    return None
