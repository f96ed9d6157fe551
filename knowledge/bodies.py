"""Names of issuing bodies, as far as telling whether two of them can be one.

Strings in, answers out; knows nothing of documents.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.text import fold

# Abbreviations of offices, folded, and what they stand for.
_ABBREVIATIONS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "ubmttq": "uy ban mat tran to quoc",
    "ubmttqvn": "uy ban mat tran to quoc viet nam",
    "mttq": "mat tran to quoc",
    "ubtvqh": "uy ban thuong vu quoc hoi",
    "tdkt": "thi dua khen thuong",
    "bch": "ban chap hanh",
    "btv": "ban thuong vu",
    "ttg": "thu tuong chinh phu",
    "tw": "trung uong",
    "vp": "van phong",
    "gd&dt": "giao duc va dao tao",
    "tn&mt": "tai nguyen va moi truong",
    "nn&mt": "nong nghiep va moi truong",
    "nn&ptnt": "nong nghiep va phat trien nong thon",
    "tp": "thanh pho",
    "hcm": "ho chi minh",
}
# Words that come and go without changing who is meant.
_EMPTY = frozenset("tinh thanh pho va nuoc viet nam cac cap lien".split())
# A body within a body: the Party committee or the office of a Sở is not the Sở, though its name holds the Sở's.
_WITHIN = tuple(
    "dang uy|dang bo|dang doan|ban can su|van phong|cong doan|doan thanh nien|thanh tra|tong cuc|chi cuc|trung tam|"
    "hoi dong thi dua|hoi dong nhan dan|uy ban thuong vu|uy ban kiem tra|uy ban mat tran".split("|")
)
# Heads sign for their bodies; a term of office says nothing of whose it is.
_LEFT_OUT = re.compile(
    r"\s+(?:khoa|nhiem ky)\s+.*$|\b(?:pho )?(?:chu tich|giam doc|bo truong|thong doc|tong cuc truong|cuc truong)\b"
)
_WORD = re.compile(r"[a-z0-9&]+")
# The symbol says whose it is: codes → the words one of which must be in the body's name.
_OF_SYMBOL = (
    (re.compile(r"UBTVQH\d*$"), "Ủy ban Thường vụ Quốc hội"),
    (re.compile(r"(?<!UBTV)QH\d+$"), "Quốc hội"),
    (re.compile(r"-CP$"), "Chính phủ"),
    (re.compile(r"-TTg$"), "Thủ tướng Chính phủ"),
)


@lru_cache(maxsize=16384)
def _words(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the telling words of a name and the bodies within bodies that it speaks of."""
    words: list[str] = []
    for word in _WORD.findall(_LEFT_OUT.sub("", fold(name))):
        words.extend(_ABBREVIATIONS.get(word, word).split())
    phrase = " ".join(words)
    within = frozenset(mark for mark in _WITHIN if mark in phrase)
    return frozenset(words) - _EMPTY or frozenset(words), within


def may_be_same(one: str | None, other: str | None) -> bool:
    """Tell whether two names can mean one body; True while either is unknown.

    One may leave out what the other adds: "Tỉnh ủy" and "Ban Thường vụ Tỉnh ủy Khánh Hòa", "UBND tỉnh" and
    "Ủy ban nhân dân tỉnh Đồng Nai" can be the same, the Sở Nội vụ of two provinces cannot.
    """
    if not one or not other:
        return True
    (first, within_first), (second, within_second) = _words(one), _words(other)
    return within_first == within_second and (first <= second or second <= first)


def body_of_symbol(symbol: str) -> str | None:
    """Return the central State body that a symbol names, "Quốc hội" of "55/2022/QH15"; None for all others."""
    return next((body for pattern, body in _OF_SYMBOL if pattern.search(symbol)), None)
