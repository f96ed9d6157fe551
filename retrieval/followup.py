"""What a short question owes to the one before it: "thế còn cá nhân?", "hạn của nó?", "ngày ban hành chỉ thị đó?".

Decides by words alone: whether a turn leans on the conversation, and which words of the earlier turn still hold.
Knows nothing of the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import naming, stopwords
from .model import Question, Term, Wanted
from .pattern import compiled

CARRIED = 0.35  # weight of a word carried over; the words of this turn decide
_NAMES = "kế hoạch|chỉ thị|văn bản|quyết định|nghị quyết|nghị định|thông tư|công văn|quy chế|quy định|luật|hướng dẫn"
_POINTED = compiled(rf"({_NAMES}) (?:này|đó|ấy|kia|trên|nói trên|vừa nêu|vừa rồi|vừa nói)")
_THING = compiled(
    r"\w+ (?:này|đó|ấy|kia|nói trên|vừa nêu|vừa rồi)|nó|ở đó|trong đó|như vậy|việc này|như trên|(?:bên|phần) trên"
)
_LEADS = compiled(r"(?:thế còn|vậy còn|còn|thế|vậy|rồi|thì|và|với|riêng|đối với|còn về|còn đối với)(?= )")
_SIDE = compiled(r"(?:bên|phía)(?= )")  # "còn bên Tổng cục Thuế?" is about Tổng cục Thuế
_TAIL = compiled(r"(?:thì sao|thì thế nào|sao|thế nào|ra sao|thì)")
# A turn that is no longer than this and names no document is taken to go on with the last one.
_SHORT, _SHORT_FACT = 3, 6
# … and so is "thế còn Văn phòng Ủy ban nhân dân tỉnh?", however long the name, where nothing is asked of it.
_LONGEST_NAME = 12
_ASKING = (
    "cho biết|nêu|kể|liệt kê|trích|gì|nào|ai|đâu|mấy|bao nhiêu|bao lâu|bao giờ|thế nào|ra sao|tại sao|vì sao|"
    "(?:được|phải|đúng) không|không$|chưa$"
)
_DOCUMENT_FACTS = frozenset(Wanted) - {Wanted.PASSAGE, Wanted.DUTIES, Wanted.RESPONSIBLE}
# Naming one of a group replaces the others: after "tiêu chí đối với tập thể", "còn cá nhân?" is not about both.
_CONTRASTS = tuple(
    tuple(tuple(name.split()) for name in group.split("|"))
    for group in (
        "tập thể|cá nhân|hộ gia đình|tổ chức|doanh nghiệp",
        "sơ kết|tổng kết",
        "mục đích|yêu cầu",
        "hình thức|tiêu chuẩn|tiêu chí|đối tượng|điều kiện|hồ sơ|thủ tục|thẩm quyền",
        "hằng tháng|hằng quý|hằng năm|hàng tháng|hàng quý|hàng năm|đột xuất|định kỳ|6 tháng",
        "cấp tỉnh|cấp huyện|cấp xã|cấp sở|cấp cơ sở|toàn quốc",
        "bằng khen|giấy khen|cờ thi đua|huân chương",
        "lao động tiên tiến|chiến sĩ thi đua",
        "công chức|viên chức|người lao động",
        "ngày ban hành|số hiệu|nơi nhận|người ký",
    )
)


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a turn leans on the one before."""

    topic: bool  # its subject is left out: the earlier words still hold
    document: bool  # it names no document: the earlier one is still meant
    pointed_kind: str | None  # "chỉ thị" of "chỉ thị đó"; None when nothing is pointed at by kind
    elliptic: bool  # "thế còn …?": what was asked still holds, too


# A turn with words enough of its own, in the document spoken of.
STAYING = Leaning(topic=False, document=True, pointed_kind=None, elliptic=False)


def leaning(text: str, content: int, wanted: Sequence[Wanted], *, names_document: bool) -> Leaning | None:
    """Return how `text` (corrected words) leans on the turn before it, or None for a question complete in itself.

    `content`: how many content words it has. `names_document`: it says itself which document it means.
    """
    pointed = _POINTED.search(text)
    points = pointed is not None or bool(_THING.search(text))
    named = len(bare_phrase(text).split()) <= _LONGEST_NAME and not compiled(rf"(?:{_ASKING})").search(text)
    elliptic = bool(_LEADS.match(text)) and (content <= _SHORT_FACT or named or bool(_TAIL.search(text)))
    elliptic = elliptic or bool(compiled(r"thì sao|thì thế nào").search(text) and content <= _SHORT_FACT)
    short = content <= (_SHORT_FACT if wanted[0] in _DOCUMENT_FACTS else _SHORT)
    if not (points or elliptic or (short and not names_document)):
        return None
    return Leaning(
        topic=elliptic or content <= _SHORT or (points and pointed is None),
        document=not names_document,
        pointed_kind=naming.accented_kind(pointed.group(1)) if pointed else None,
        elliptic=elliptic,
    )


def carried(terms: Sequence[Term], earlier: Question, *, replaced: Sequence[str] = ()) -> tuple[Term, ...]:
    """Return the terms of `earlier` that still hold beside `terms`, at a lower weight, contrasted words left out.

    `replaced`: the bodies of the earlier turn, where this one names another.
    """
    new = [term.text for term in terms]
    gone = {*new, *(word for name in replaced for word in name.split())}
    for group in _CONTRASTS:
        if any(_stands(name, new) for name in group):
            gone.update(word for name in group if not _stands(name, new) for word in name)
    return tuple(Term(term.text, term.weight * CARRIED, term.typed) for term in earlier.terms if term.text not in gone)


def _stands(name: Sequence[str], words: Sequence[str]) -> bool:
    size = len(name)
    return any(tuple(words[start : start + size]) == tuple(name) for start in range(len(words) - size + 1))


def bare_phrase(text: str) -> str:
    """Return what "thế còn X thì sao" is about: X."""
    for start, end in reversed(stopwords.asking(text, marked=True)):
        text = text[:start] + text[end:]
    text = _LEADS.sub("", " ".join(text.split()) + " ", count=1).strip()
    text = _LEADS.sub("", text + " ", count=1).strip()
    if _SIDE.match(text):
        text = _SIDE.sub("", text, count=1).strip()
    return _TAIL.sub("", text).strip()
