"""Encoders of the legacy encodings, written apart from the decoders: from the published tables, letter by letter."""

from __future__ import annotations

import unicodedata

# TCVN 5712:1993 (VN3): the bytes from 0xA1 that carry a letter, as its table lists them.
_TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9"
            "eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        strict=True,
    )
)
# VNI for Windows: letter → base and mark, as typed with the VNI keyboard.
_VNI_PAIRS = (
    "á aù à aø ả aû ã aõ ạ aï â aâ ấ aá ầ aà ẩ aå ẫ aã ậ aä ă aê ắ aé ằ aè ẳ aú ẵ aü ặ aë é eù è eø ẻ eû ẽ eõ ẹ eï ê eâ"
    " ế eá ề eà ể eå ễ eã ệ eä í í ì ì ỉ æ ĩ ó ị ò ó où ò oø ỏ oû õ oõ ọ oï ô oâ ố oá ồ oà ổ oå ỗ oã ộ oä ơ ô ớ ôù ờ ôø"
    " ở ôû ỡ ôõ ợ ôï ú uù ù uø ủ uû ũ uõ ụ uï ư ö ứ öù ừ öø ử öû ữ öõ ự öï ý yù ỳ yø ỷ yû ỹ yõ ỵ î đ ñ"
).split()
_VNI = dict(zip(_VNI_PAIRS[0::2], _VNI_PAIRS[1::2], strict=True))
_VNI |= {letter.upper(): code.upper() for letter, code in _VNI.items()}


def tcvn3(text: str) -> bytes:
    """Encode as typed: toned capitals, which have no code, as small letters."""
    return bytes(
        ord(char) if char.isascii() else _TCVN3.get(char) or _TCVN3[char.lower()]
        for char in unicodedata.normalize("NFC", text)
    )


def vni(text: str) -> bytes:
    return "".join(_VNI.get(char, char) for char in unicodedata.normalize("NFC", text)).encode("latin-1")


def windows_1258(text: str) -> bytes:
    """Encode with the tone as a mark of its own after the letter, as the Windows keyboard typed it."""
    out = bytearray()
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tones = "".join(mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones))
            out += (letter + tones).encode("cp1258")
    return bytes(out)
