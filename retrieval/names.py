"""Names and codes that few documents have: what is asked of trường Hoàng Lương is not answered from another's plan.

Where all the other words of a question stand elsewhere, its name weighs too little among them. Told by its capitals, so
nothing is known of it where none are typed; bodies ("Sở Nội vụ") and provinces are looked at in `retrieval.strangers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from knowledge.text import fold, normalise, syllables
from retrieval import provinces
from retrieval.headers import headers
from retrieval.model import Hit, Question
from retrieval.pattern import CAPITALS, NAME, SMALL
from retrieval.syllable import is_bare_syllable

if TYPE_CHECKING:
    from index.snapshot import Snapshot

# First syllables of what is written with capitals and names nobody: bodies ("Ban Tổ chức"), awards, documents.
_NO_NAME = frozenset(
    "sở bộ cục ban phòng hội đoàn ủy đảng nhà chi tổng công thủ quốc trung văn viện kho tòa thanh giải bằng huân danh "
    "cờ giấy chiến lao anh nghị luật thông quyết kế chỉ hiến".split()
)
_BRAND = re.compile(rf"(?<!\w)[{CAPITALS}][{SMALL}]{{3,}}(?!\w)")
# A place by what it is and its name: "phường Chũ", "Xã Chân Mây".
_PLACE = re.compile(
    rf"\b(?i:phường|xã|thị trấn|thị xã|quận|huyện|thôn|ấp|bản|xóm|bến|chợ|cầu|đường|phố) "
    rf"[{CAPITALS}][{SMALL}]*(?: [{CAPITALS}][{SMALL}]*)*(?!\w)"
)
# What a row or a form is called by: "TG.1.7", "A1", of a procedure "1.009999"; documents' numbers have a "/".
_CODE = re.compile(
    r"(?<![\w/.-])(?!(?i:[kcd]?m[23]|co2|pm)(?:\b|\d))"
    r"(?:[A-Za-zĐđ]{1,6}(?:[.-]?\d{1,6}){1,4}|\d\.\d{6}(?:\.[\dH]{2,3})*)(?![\w/-]|[.,]\d)"
)
_FIGURES, _TELLING = re.compile(r"\d+"), 4  # digits
_CALLED = re.compile(
    r"\bm[ãa] (?:(?:số|so|hiệu|hieu|ngành|nganh|nghề|nghe|hồ sơ|ho so|thủ tục|thu tuc) )?"
    rf"(?P<code>{_CODE.pattern}|\d{{4,9}}(?![\w/.-]))",
    re.IGNORECASE,
)
_NEAR, _BEGINNING = 8, 800  # passages; characters
_EVERYWHERE = (("viet", "nam"), ("ho", "chi", "minh"))  # in the letterhead, in what movements are called


def names(question: str) -> list[tuple[str, ...]]:
    """Return the names of places, schools, people in `question`, as folded syllables."""
    found = []
    for match in NAME.finditer(normalise(question)):
        words = syllables(match["name"])
        bare = tuple(map(fold, words))
        if words[0] not in _NO_NAME and bare not in _EVERYWHERE and not provinces.named(words, marked=True):
            found.append(bare)
    return found


def brands(question: str) -> list[str]:
    """Return the names of one word that is not Vietnamese in `question`, folded: "Riomio", "Elcom"."""
    words = (fold(match.group()) for match in _BRAND.finditer(normalise(question)))
    return [word for word in words if not is_bare_syllable(word)]


def of_the_named(question: Question, hits: list[Hit], snapshot: Snapshot) -> list[Hit]:
    """Put first the hits of documents that have every name in `question`, where any has and the first has not.

    A name of one word counts where a document is called by it: Zalo and Facebook are spoken of everywhere.
    """
    asked = [f"{first}_{second}" for name in names(question.text) for first, second in pairwise(name)]
    called = brands(question.text)
    if not (asked or called) or not hits:
        return hits
    owners = [snapshot.passage(hit.passage).document for hit in hits]
    having = {document for document in dict.fromkeys(owners) if asked and _has(document, asked, snapshot)}
    having |= {document for document in owners if not headers(snapshot)[document].words.isdisjoint(called)}
    if owners[0] in having or not having:
        return hits
    return sorted(hits, key=lambda hit: snapshot.passage(hit.passage).document not in having)


def _asked_row(text: str) -> str | None:
    """Return the one place or code that `text` names ("phường Chũ", "TG.1.7"), None for none and for several."""
    called = _codes(text) | {" ".join(match.group().split()) for match in _PLACE.finditer(normalise(text))}
    return called.pop() if len(called) == 1 else None


def _codes(question: str) -> set[str]:
    typed = normalise(question)
    return {match.group() for match in _CODE.finditer(typed)} | {match["code"] for match in _CALLED.finditer(typed)}


def unknown_code(question: str, snapshot: Snapshot) -> str | None:
    """Return the first code, told as one, in `question` ("mã TG.1.7") of which some part stands nowhere; else None."""
    for match in _CALLED.finditer(normalise(question)):
        if not all(snapshot.folded.frequencies([fold(word) for word in syllables(match["code"])])):
            return match["code"]
    return None


def says_code(question: str, text: str) -> bool:
    """Tell whether `text` has the one code that `question` names; one like "B1" or "COVID-19" tells too little."""
    codes = _codes(question)
    code = codes.pop() if len(codes) == 1 else ""
    tells = len(_FIGURES.findall(code)) > 1 or sum(map(str.isdigit, code)) >= _TELLING
    return tells and _saying(code).search(fold(text)) is not None


def unsaid_row(text: str, quote: str) -> str | None:
    """Return the one place or code that the question `text` names, where `quote`, a row of a table, is of another."""
    place = _asked_row(text) if " | " in quote else None
    return place if place is not None and _saying(place).search(fold(" ".join(quote.split()))) is None else None


def _saying(place: str) -> re.Pattern[str]:
    """Return what finds a place or code in folded words: "TG.1" is not in "TG.1.7"."""
    return re.compile(rf"(?<![\w.-]){re.escape(fold(place))}(?![\w-]|\.\d)")


def of_the_row(question: Question, hits: list[Hit], snapshot: Snapshot) -> list[Hit]:
    """Put first the best passage that says the one place or code in `question` ("phường Chũ"), where the best does not.

    One of the same document, among the first few: a table has a row for each place under a heading that says the rest.
    Not where the document itself is of that place, as its beginning tells.
    """
    asked = _asked_row(question.text)
    if asked is None or not hits:
        return hits
    place = _saying(asked)
    best = snapshot.passage(hits[0].passage)
    if place.search(fold(f"{best.context} {best.text}")):
        return hits
    for at, hit in enumerate(hits[1:_NEAR], 1):
        passage = snapshot.passage(hit.passage)
        if passage.document != best.document or not place.search(fold(passage.text)):
            continue
        if place.search(fold(snapshot.document(best.document).text[:_BEGINNING])):
            return hits
        return [hit, *hits[:at], *hits[at + 1 :]]
    return hits


def _has(document: int, asked: Sequence[str], snapshot: Snapshot) -> bool:
    card = snapshot.documents[document]
    return bool(snapshot.folded.presence(asked, np.arange(card.first, card.last)).any(axis=1).all())
