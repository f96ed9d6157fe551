"""Words that steer a report instead of answering it: "bỏ qua", "quay lại", "sửa câu 3", in any spelling.

Knows how they are typed, not what follows from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.text import fold, normalise


class Move(StrEnum):
    """What a word asks for."""

    SKIP = "skip"
    BACK = "back"
    EDIT = "edit"  # "sửa câu 3"
    SHOW = "show"  # "xem câu 5"
    REVIEW = "review"
    LATER = "later"
    CANCEL = "cancel"
    SUBMIT = "submit"
    KEEP = "keep"  # the answer stays what it is
    CLEAR = "clear"  # the answer is taken away
    DONE = "done"  # no further file
    DEFAULT = "default"  # what the form proposes
    DROP = "drop"  # this entry of a repeat is taken away


@dataclass(frozen=True, slots=True)
class Word:
    """A steering word as it was typed."""

    move: Move
    number: int | None = None  # of the prompt, as shown
    value: str = ""  # "sửa câu 3 thành 15" brings its answer along


LONGEST = 60  # characters; longer text is an answer, whatever it begins with
_WORDS = {
    Move.SKIP: "boqua boquacaunay quacaunay bowa khongtraloi quacau skip",
    Move.BACK: "quaylai quaytrolai lui quaylaicautruoc vecautruoc cautruoc trolai trolaicautruoc luilai back",
    Move.EDIT: "sua suacau chinhsua sualai suacautraloi",
    Move.REVIEW: "xemlai xemlaibaocao xembaocao kiemtralai review",
    Move.LATER: "desau delamsau delatnua demai mailamtiep lamsau luunhap luulai tamdung tamdunglai dunglai denhesau",
    Move.CANCEL: "huy huybo huybaocao huynhap huybannhap xoabaocao xoabannhap cancel",
    Move.SUBMIT: "nop nopbaocao noploun nopluon oknop dongynop gui guibaocao submit",
    Move.KEEP: "giunguyen giu khongsua khongdoi giunhucu giunguyencaunay",
    Move.CLEAR: "detrong botrong xoacautraloi xoacaunay guilaitudau",
    Move.DONE: "xong xongroi daxong duroi hetroi guixong done",
    Move.DEFAULT: "macdinh theomacdinh ghimacdinh",
    Move.DROP: "xoamuc xoamucnay bomucnay",
}
_MOVES = {word: move for move, words in _WORDS.items() for word in words.split()}
# Politeness around the word: "cho em bỏ qua nhé".
_BEFORE = {"cho", "xin", "toi", "em", "minh", "anh", "chi", "muon", "hay"}
_AFTER = {"nhe", "nha", "di", "giup", "voi", "em", "a", "oi", "luon", "da", "toi", "minh"}
_COUNT = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_NUMBER = r"(?:so\s*|thu\s*)?(?P<number>\d{1,3}|" + "|".join(_COUNT) + r")"
_EDIT = re.compile(
    r"(?:(?:sua|chinh|sua\s*lai|chinh\s*sua|doi|quay\s*lai|ve)\s*(?:cau|muc)\s*|sua\s*|cau\s*(?=(?:so\s*)?\w+$))"
    + _NUMBER
    + r"(?:\s*(?:thanh|la|=|:)\s*(?P<value>\S.*))?"
)
_SHOW = re.compile(r"(?:xem|doc|xem\s*lai)\s*(?:ca\s*)?(?:cau|muc)\s*" + _NUMBER)


def read(typed: str) -> Word | None:
    """Return the steering word that `typed` is, None where it is anything else."""
    text = " ".join(normalise(typed).split())
    if not text or len(text) > LONGEST:
        return None
    folded = fold(text).strip(" .!")
    if match := _EDIT.fullmatch(folded):
        start = text.casefold().find(text[match.start("value") :].casefold()) if match["value"] else -1
        return Word(Move.EDIT, _counted(match["number"]), text[start:] if start >= 0 else "")
    if match := _SHOW.fullmatch(folded):
        return Word(Move.SHOW, _counted(match["number"]))
    words = re.findall(r"[a-z0-9]+", folded)
    while words and words[-1] in _AFTER and "".join(words) not in _MOVES:
        words.pop()
    while words and words[0] in _BEFORE and "".join(words) not in _MOVES:
        words.pop(0)
    move = _MOVES.get("".join(words))
    return Word(move) if move else None


def _counted(number: str) -> int:
    return int(number) if number.isdecimal() else _COUNT[number]
