"""Symbols of documents ("số, ký hiệu"): one spelling to show, one key to compare.

Two families (Nghị định 30/2020/NĐ-CP for the State, Hướng dẫn 36-HD/VPTW for the Party):

    912/KH-SNNMT    9/2024/QĐ-UBND    55/2022/QH15    1234/SNV-TĐKT      number / [year /] codes
    31-CT/TU        48-KH/ĐU          223-QĐ/BTCTW                       number - code / codes

Strings in, strings out; knows nothing of the texts they stand in.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.text import fold, normalise

# Vietnamese capitals that abbreviations use: "ĐU" (Đảng ủy), "TƯ" (Trung ương).
CAPITAL = "A-ZĐƯƠÔĂÂÊ"
# Every small letter of Vietnamese, for character classes: a range like "à-ỹ" would take in capitals.
LOWER = "".join(char for char in map(chr, range(0x61, 0x1EFA)) if char.islower() and fold(char).isascii())
_CODES = rf"[{CAPITAL}][{CAPITAL}0-9&]*(?:[-/][{CAPITAL}][{CAPITAL}0-9&]*)*"
_WHOLE = re.compile(rf"(?P<number>\d{{1,6}}[A-Z]?)(?P<year>/(?:19|20)\d\d)?(?P<mark>[-/])(?P<codes>{_CODES})")
_LEAD = re.compile(r"^\W*(?:(?:số|sô|so)(?:\s*(?:,|và)?\s*(?:ký|kí)\s*hiệu)?\s*[:.]?)?\s*", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*([-/])\s*")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
# Codes written in mixed case, and the two ways to write Trung ương. "TƯ" must not be folded into "TU" (Tỉnh ủy).
_SPELLING = {
    **{code.upper(): code for code in ("TTg", "CTr", "TTr", "QyĐ", "QyC", "TCg")},
    "TƯ": "TW",
    "TRUNGƯƠNG": "TW",
}
_BETWEEN_LETTERS = re.compile(r"(?<=[a-z])[^a-z0-9]+(?=[a-z])")
_KEY_PART = re.compile(r"\d+|[a-z]+")
_YEAR = re.compile(r"^\d+[a-zA-Z]?/((?:19|20)\d\d)/")
_NUMBER = re.compile(r"^0*(\d+)")


def normalise_symbol(raw: str) -> str | None:
    """Return the symbol in its one spelling, or None where `raw` is not a whole symbol.

    "09- NQ/TW" → "09-NQ/TW", "Số: 01/QĐ-HĐTĐKT" → "01/QĐ-HĐTĐKT", "912/kh-snnmt" → "912/KH-SNNMT",
    "19/ct-ttg" → "19/CT-TTg". The number stays as written ("9/2024/QĐ-UBND"): `symbol_key` compares.
    Drafts without a number ("/KH-SNV") and dates ("05/12/2025") are not symbols.
    """
    text = _LEAD.sub("", normalise(raw).translate(_DASHES), count=1)
    text = _SEPARATOR.sub(r"\1", text.strip().rstrip(".,;:)*_ ")).upper()
    match = _WHOLE.fullmatch(text)
    if match is None:
        return None
    codes = re.sub(rf"[{CAPITAL}0-9&]+", lambda code: _SPELLING.get(code.group(), code.group()), match["codes"])
    return f"{match['number'].lower()}{match['year'] or ''}{match['mark']}{codes}"


@lru_cache(maxsize=65536)
def symbol_key(symbol: str) -> str:
    """Return what two spellings of one symbol share.

    Case, diacritics (đ too), spaces, leading zeros and the marks between letters are folded: "09 - nq/tw" and
    "9-NQ/TW" agree, "09-NQ/TW" and "09-NQ/TU" do not.
    """
    folded = _BETWEEN_LETTERS.sub("", fold(normalise_symbol(symbol) or symbol))
    return "/".join(part.lstrip("0") or "0" if part.isdigit() else part for part in _KEY_PART.findall(folded))


def symbol_year(symbol: str) -> int | None:
    """Return the year within a symbol, 2024 of "9/2024/QĐ-UBND"; None where numbering restarts every year."""
    match = _YEAR.match(symbol)
    return int(match.group(1)) if match else None


def symbol_number(symbol: str) -> int | None:
    """Return the running number of a symbol, 9 of "09-NQ/TW"."""
    match = _NUMBER.match(symbol)
    return int(match.group(1)) if match else None
