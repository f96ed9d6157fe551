"""Bytes → text: which encoding a Vietnamese text file is in, found by how Vietnamese its decoding looks.

Unicode in all its forms, and what offices typed before it: TCVN3 (ABC, fonts named .VnTime), VNI for Windows
(VNI-Times), Windows-1258. `repair` does the same for text that some program has already, wrongly, taken for Latin-1:
old .doc files and the text layers of old PDFs.

Knows nothing of files and layout. Nothing here strips characters: U+00AD is "ư" in TCVN3.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable

from knowledge.errors import UnreadableFile
from knowledge.syllable import accented_share

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# TCVN 5712:1993, one byte a letter: 0xA1.. in this order, "." where the byte is no letter by itself.
_TCVN3_BYTES = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ.....àảãáạẲằẳẵắẴ"  # A1-BF
    "ẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"  # C0-DF
    "Ổỏõóọồổỗốộờởỡớợù" + "Ỗủũúụừửữứựỳỷỹýỵ"  # E0-EF, F0-FE
)
_TCVN3 = {0xA1 + i: letter for i, letter in enumerate(_TCVN3_BYTES) if letter != "."}

# VNI for Windows: a base letter followed by a mark, each one Latin-1 character; a few letters have one of their own.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309", "ü": "\u0306\u0303",
    "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_MARKS |= {mark.upper(): tone for mark, tone in _VNI_MARKS.items()}
_VNI_LETTERS |= {code.upper(): letter.upper() for code, letter in _VNI_LETTERS.items()}
_VNI = re.compile(f"([AEOUYaeouy])([{''.join(_VNI_MARKS)}])|([ÔÖôö])([ÙØÛÕÏùøûõï])|([{''.join(_VNI_LETTERS)}])")

# A letter that no legacy font has: Vietnamese beyond Latin-1, or a combining mark.
_UNICODE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u0300-\u0323\u1ea0-\u1ef9]"
)
_BULLET = re.compile(r"(?<!\S)(·)(?!\S)")
# A decoding is believed when this share of its accented words are Vietnamese syllables.
_ENOUGH = 0.6


def decode(data: bytes) -> str:
    """Return the text of a plain-text file, whatever Vietnamese encoding it is in.

    Raises UnreadableFile when it is not text, or in no encoding known here.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data, name).lstrip("\ufeff")
    wide = _utf16_without_mark(data)
    if wide is not None:
        return wide
    if _is_binary(data):
        raise UnreadableFile(
            "Tệp không phải văn bản thuần: nội dung là dữ liệu nhị phân; hãy lưu lại thành .docx, .pdf hoặc .txt."
        )
    try:
        return repair(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_legacy(data)


def repair(text: str) -> str:
    """Return `text` with TCVN3, VNI or UTF-8 that was taken for Latin-1 put right; unchanged when it is right already.

    Decided line by line: a document typed over the years has lines of both.
    """
    good, words = accented_share(unicodedata.normalize("NFC", text))
    if good == words:
        return text
    best, best_good = text, good
    for convert in (_tcvn3, _vni, _double_utf8):
        candidate = _mix(text, convert)
        candidate_good, candidate_words = accented_share(unicodedata.normalize("NFC", candidate))
        if candidate_good > best_good and candidate_good >= _ENOUGH * candidate_words:
            best, best_good = candidate, candidate_good
    return best


def from_font(text: str, font: str) -> str:
    """Return text typed in a legacy font in Unicode; text that is in Unicode already is returned as it is.

    ".VnTime" and its like hold TCVN3, ".VnTimeH" shows it in capitals, "VNI-Times" and its like hold VNI.
    """
    if _UNICODE.search(text):
        return text
    if font.startswith(".Vn"):
        decoded = _tcvn3(text)
        return decoded.upper() if font.rstrip().endswith("H") else decoded
    return _vni(text) if font.upper().startswith("VNI-") else text


def _mix(text: str, convert: Callable[[str], str]) -> str:
    """Convert the lines that look more Vietnamese for it; where both look the same, follow the whole.

    A line with a letter that no legacy font has is right already: "phí" is "phớ" by another table, a word as good.
    """
    old = text.split("\n")
    new = [line if _UNICODE.search(line) else convert(line) for line in old]
    whole = _share("\n".join(new)) > _share(text)

    def chosen(before: str, after: str) -> str:
        gain = _share(after) - _share(before)
        return after if gain > 0 or (whole and gain == 0) else before

    return "\n".join(map(chosen, old, new))


def _strict(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableFile(
            "Tệp văn bản bị hỏng: dấu nhận biết bảng mã không khớp với nội dung; hãy lưu lại theo bảng mã UTF-8."
        ) from error


def _decode_legacy(data: bytes) -> str:
    # Windows-1252 is Latin-1 with typographic quotes and dashes, which legacy fonts kept.
    latin = data.decode("cp1252", "replace")
    candidates = [_tcvn3(latin), _vni(latin), data.decode("utf-8", "replace")]
    candidates.append(unicodedata.normalize("NFC", data.decode("cp1258", "replace")))
    best = max(candidates, key=_share)
    if _share(best) < _ENOUGH:
        raise UnreadableFile(
            "Không nhận ra bảng mã của tệp văn bản (không phải Unicode, TCVN3, VNI hay Windows-1258);"
            " hãy lưu lại theo bảng mã UTF-8."
        )
    return best


def _share(text: str) -> float:
    good, words = accented_share(unicodedata.normalize("NFC", text))
    return good / words if words else 0.0


def _utf16_without_mark(data: bytes) -> str | None:
    """Decode UTF-16 that has no byte-order mark; None when `data` is something else.

    Spaces, digits and most letters have a zero byte on one side, and on one side only.
    """
    if len(data) < 4 or b"\0" not in data:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if max(even, odd) * 10 < len(data) or min(even, odd) * 50 > len(data):
        return None
    try:
        text = data[: len(data) // 2 * 2].decode(name)
    except UnicodeDecodeError:
        return None
    printable = sum(char.isprintable() or char.isspace() for char in text)
    return text if printable >= 0.98 * len(text) else None


def _is_binary(data: bytes) -> bool:
    sample = data[:65536]
    odd = sum(sample.count(code) for code in (*range(0x00, 0x09), *range(0x0E, 0x1B), 0x7F))
    return b"\0" in sample or odd * 100 > len(sample)


def _tcvn3(latin: str) -> str:
    # A bullet that stands alone would be read as "ã", one good word more.
    parts = (part if part == "·" else part.translate(_TCVN3) for part in _BULLET.split(latin))
    return _upper_case(unicodedata.normalize("NFC", "".join(parts)))


def _upper_case(text: str) -> str:
    """Put right what TCVN3 has no code for: toned capitals, typed as small letters and shown large by the font.

    "CéNG HßA" decodes to "CộNG HòA": a word whose ASCII letters are all capitals (two of them, or any in a line of
    capitals) is a word of capitals.
    """
    return "\n".join(_upper_case_line(line) for line in text.split("\n"))


def _upper_case_line(line: str) -> str:
    plain = [char for char in line if char.isascii() and char.isalpha()]
    # Not a symbol line ("Số: 12/KH-SNV"): its capitals are an abbreviation's.
    if len(plain) >= 4 and all(map(str.isupper, plain)) and not re.search(r"[\d/]", line):
        return line.upper()

    def word(match: re.Match[str]) -> str:
        letters = [char for char in match.group() if char.isascii()]
        return match.group().upper() if len(letters) >= 2 and all(map(str.isupper, letters)) else match.group()

    return re.sub(r"[^\W\d_]+", word, line)


def _vni(latin: str) -> str:
    def letter(match: re.Match[str]) -> str:
        base, mark, hooked, tone, single = match.groups()
        if base:
            return base + _VNI_MARKS[mark]
        if hooked:
            return _VNI_LETTERS[hooked] + _VNI_MARKS[tone]
        return _VNI_LETTERS[single]

    return unicodedata.normalize("NFC", _VNI.sub(letter, latin))


def _double_utf8(text: str) -> str:
    """Undo UTF-8 read as Windows-1252 ("Káº¿ hoáº¡ch")."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        pass
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
