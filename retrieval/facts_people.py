"""Who holds an office: "Giám đốc Sở Nội vụ tên là gì?", read off the newest signature with that title.

No document says so in words, yet each one that the body issued is signed. A signature tells who held the office on
the day of the document, and no more: the answer says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from knowledge.document import Document, SectionKind
from knowledge.text import fold, syllables
from retrieval.expected import PERSON
from retrieval.fact import Fact, Meant, frame, name_of
from retrieval.model import Question, Wanted
from retrieval.pattern import compiled

_TITLE = (
    r"(?:quyền |phó )?(?:tổng giám đốc|giám đốc|chủ tịch|bí thư|chánh văn phòng|chánh thanh tra|cục trưởng"
    r"|chi cục trưởng|viện trưởng|hiệu trưởng|trưởng ban|trưởng phòng|bộ trưởng|thứ trưởng|tổng cục trưởng)"
)
_ASKED = (
    compiled(rf"(?P<title>{_TITLE})(?: \S+){{1,9}} (?:là ai|tên (?:là )?gì|tên là|là người nào|họ tên gì)"),
    compiled(rf"(?:ai|người nào)(?: đang| hiện)?(?: nay)? (?:là|làm|giữ chức)(?: chức)? (?P<title>{_TITLE}) \S+"),
)
_OF_A_BODY = compiled(
    rf"{_TITLE} (?:sở|bộ|cục|chi cục|tổng cục|ủy ban|ubnd|hđnd|hội đồng nhân dân|huyện|xã|phường|tỉnh)"
)
_SHORTENED = re.compile(r"\b(?:kt|q|tm|tl|tuq)\b\.?|\bquyen\b")
NOTE = "Tên theo chữ ký trên văn bản; chức vụ của người ký có thể đã thay đổi từ đó đến nay."


def office_holder(question: Question, documents: Sequence[Meant], passages: Iterable[str]) -> Fact | None:
    """Return who signed the newest of `documents` with the title and for the body that `question` names.

    Where nobody did, and none of the best `passages` names a person, who holds an office of the State is not said:
    "Chủ tịch Hội đồng là Giám đốc Sở" names none.
    """
    folded = " ".join(syllables(fold(question.meant)))
    match = next((found for pattern in _ASKED if (found := pattern.search(question.meant))), None)
    if match is None:
        return None
    title = _bare(match["title"])
    signed = [meant for meant in documents if _held(meant.document) == title and _issued(meant.document, folded)]
    if not signed:
        if not _OF_A_BODY.search(question.meant) or any(PERSON.search(passage) for passage in passages):
            return None
        return Fact(Wanted.SIGNER, f"Các văn bản hiện có không nêu tên {match['title']} này.", (), missing=True)
    newest = max(signed, key=lambda meant: _day(meant.document))
    signer, place = newest.document.header.signer, frame(newest.document, SectionKind.SIGNATURE)
    if signer is None or place is None:
        return None
    date = newest.document.header.date
    when = f", {date.vietnamese()}" if date else ""
    statement = f"Người ký {name_of(newest.document)}{when}: {signer.name}, {signer.title}."
    return Fact(Wanted.SIGNER, statement, (newest.place(place),), (NOTE,))


def _held(document: Document) -> str | None:
    """Return the title a document was signed with, bare: that of the last line, where one signs for another."""
    signer = document.header.signer
    if signer is None or not signer.name or not signer.title:
        return None
    return _bare(signer.title.split(" / ")[-1])


def _bare(title: str) -> str:
    return " ".join(syllables(_SHORTENED.sub(" ", fold(title))))


def _issued(document: Document, asked: str) -> bool:
    """Tell whether `asked` (folded words) names the body that issued the document; a province may be left out."""
    header = document.header
    body, named = _called(header.issuer or ""), _called(asked)
    for place in filter(None, (header.province, header.place)):
        shorter = body.removesuffix(f" {_called(place)}")
        body = shorter if " " in shorter else body  # "UBND tỉnh" is one in every province
    return " " in body and f" {body} " in f" {named} "


def _called(body: str) -> str:
    """Return folded words by which a body can be compared: "UBND tỉnh" is the "Ủy ban nhân dân"."""
    words = " ".join(word for word in syllables(fold(body)) if word not in ("tinh", "va"))
    return words.replace("uy ban nhan dan", "ubnd").replace("thanh pho ", "")


def _day(document: Document) -> tuple[int, int, int]:
    date = document.header.date
    return (date.year or 0, date.month or 0, date.day or 0) if date else (0, 0, 0)
