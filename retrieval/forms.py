"""What form of answer a question asks for: one of the known ones (`expected`), or a number of what it counts.

"bao nhiêu tín chỉ" is answered by "14 tín chỉ", not by whatever other number stands near.
"""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.text import fold

from .expected import IN_WORDS, NUMBER, Expected, expected_form
from .language import language
from .model import Question
from .pattern import Lazy, lenient
from .stopwords import is_joining

# The two syllables behind the asking words, where they are a word, and the next; or behind "số lượng … bao nhiêu".
_ASKED = re.compile(r"\b(?:(?:bao nhiêu|mấy)(?: phần)?|số lượng(?=.* bao nhiêu)) (\w+) (\w+)\b(?: (\w+))?")
_ASKED_BARE = re.compile(r"\b(?:(?:bao nhieu|may)(?: phan)?|so luong(?=.* bao nhieu)) (\w+) (\w+)\b(?: (\w+))?")
_CLAUSE = re.compile(r"[,;.?!]\s+(?=\S)|\sthì\s")
_PLEASE = re.compile(r"\b(?:giup|chi (?:em|giup|cho|dum)|cho (?:biet|hoi)|(?<!co )duoc khong)\b")
_WHETHER = re.compile(r"\b(?:co|duoc|phai|da|bi|can)\b.*\b(?:khong|ko|chua)(?: (?:a|vay|nhi|ha|the))?[\s?.!]*$")
_ONE_WORD = 0.25  # cohesion from which two syllables are a word: "tín chỉ" 0.26, "mô hình" 0.53, "người được" 0.20
_A_NUMBER, _MONEY = "con số", "số tiền"
_HOW_MANY = "bao nhiêu"
# Said of any thing that is counted, and so in answers where the thing itself was named before.
_ANYTHING = frozenset("don vi|truong hop|noi dung|nhiem vu|cong viec|dia phuong".split("|"))
# … and what is counted in money.
_COSTS = frozenset(
    "kinh phi|chi phi|hoc phi|le phi|ngan sach|tien mat|tien thuong|von dau|du toan|phu cap|tro cap|trieu dong|ty dong"
    "|nghin dong|ngan dong|tram nghin|tram ngan|tram trieu|dong tien".split("|")
)


def form_asked(question: Question) -> Expected | None:
    """Return the form asked for: in the words as typed, with "%"; as they were meant where marks were left out."""
    if _asks_whether(question.text):
        return None
    first, second = (question.text, question.meant) if question.accented else (question.meant, question.text)
    form = expected_form(first) or expected_form(second)
    if form is not None and form.name == _MONEY:  # "Lớp bồi dưỡng gồm bao nhiêu tín chỉ"
        return _counted(question) or form
    if form is None or form.name != _A_NUMBER:
        return form
    mended = expected_form(question.meant[max(0, question.meant.find(_HOW_MANY)) :])  # "bao nhiêu phần tram"
    return mended if mended is not None and mended.name != _A_NUMBER else _counted(question) or form


def _asks_whether(text: str) -> bool:
    """Tell whether the last clause asks for yes or no: "… chưa biết ở đâu, có ai báo không?" asks for no place."""
    last = _CLAUSE.split(text)[-1]
    return not _PLEASE.search(fold(last)) and _WHETHER.search(fold(last)) is not None and expected_form(last) is None


def form_preferred(question: Question) -> Expected | None:
    """Return the form that an answer better has: the one asked for, or still asked for from the turn before."""
    return form_asked(question) or expected_form(question.still_asked)


def _counted(question: Question) -> Expected | None:
    """Return the form "<number> tín chỉ" where the question, as it was meant, counts some word; else None."""
    meant = question.meant
    # "xe máy kể cả" counts nothing: without marks only what was typed without them may.
    match = _ASKED.search(meant) or (None if question.accented else _ASKED_BARE.search(fold(meant)))
    if match is None:
        return None
    first, second, third = (meant[match.start(group) : match.end(group)] for group in (1, 2, 3))
    together = language().cohesion(first, second)
    if fold(f"{first} {second}") in _ANYTHING | _COSTS or together < _ONE_WORD or is_joining(first):
        return None
    if third and language().cohesion(second, third) > together:  # "bao nhiêu hộ kinh doanh" counts "hộ"
        return None
    return _form(first, second)


@lru_cache(maxsize=256)
def _form(first: str, second: str) -> Expected:
    never = Lazy(r"(?!)")
    thing = rf"{lenient(first)}[\s,-]{{1,3}}{lenient(second)}"
    # "không quá 02 (hai) HSKT": a document that speaks of them throughout has a short form for them.
    short = rf"(?-i:{first[0].upper()}{second[0].upper()}[A-ZĐ]{{0,3}})"
    shown = (
        rf"{NUMBER}\s*(?:\)\s*)?{IN_WORDS}(?:(?:[^\W\d_]+[\s,]+){{0,2}}{thing}|{short})\b"
        rf"|\b{thing}\b[^.;\n\d]{{0,25}}\d"
    )
    return Expected(f"số {first} {second}", never, never, Lazy(shown, flags=re.IGNORECASE), telling=True)
