"""Names in a question that no indexed document knows: a province, a body, a code. What is asked of them is not told.

"Tiêu chí thi đua của tỉnh Hà Giang" shares every other word with another province's plan, and must not be answered
from it.
"""

from __future__ import annotations

import operator
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from knowledge.text import fold, normalise, syllables
from retrieval import provinces, stopwords
from retrieval.language import language
from retrieval.model import Question
from retrieval.names import unknown_code
from retrieval.pattern import CAPITALS, SMALL

if TYPE_CHECKING:
    from index.snapshot import Snapshot

# A body named in full and in capitals, as names are typed: "Sở Giao thông vận tải". In lower case "sở tối đa" would be
# one too.
_BODY = re.compile(
    r"\b(?:Sở|Bộ|Cục|Chi cục|Tổng cục|Trường|Bệnh viện|Công ty|Trung tâm|Hội|Viện|Kho bạc|Đài) "
    rf"(?P<name>[{CAPITALS}][{SMALL}]+ [^\W\d_]+)"
)
# … and one whose duties are asked, however it is typed: nothing else does duties. With two syllables of a name, for
# "phòng chuyên môn" and "sở tôi" name nobody.
_ASKED_BODY = re.compile(
    r"(?:sở|phòng|bộ(?! phận)|cục|chi cục|tổng cục|trung tâm|bệnh viện|công ty|kho bạc) "
    r"(?!(?:chuyên môn|của|tôi|mình|em|chúng|trực thuộc)\b)(?P<name>[^\W\d_]+ .+)"
)
# … and what is called by no such word.
_ORGANISATION = re.compile(
    r"(?P<name>công đoàn|đoàn thanh niên|chi đoàn|hội phụ nữ|hội liên hiệp phụ nữ|hội cựu chiến binh|hội nông dân"
    r"|mặt trận|đảng ủy|chi bộ|thanh tra)(?: .+)?"
)
_HOME = re.compile(
    r"\b(?:toi|em|minh|tui|chau|que)(?: \S+)? (?:o|tan|tu|tai|goc)(?: tan| tai)?(?: tinh| thanh pho| tp)?$"
)
_CLAUSE = re.compile(r"[,;:]\s")
_SHORT_NAMES = frozenset({"Thuế"})  # names of one syllable: "Cục Thuế"
_BESIDE = 0.001  # share of what stands behind a word in official Vietnamese that the next word of its name has
_LEVELS = frozenset({"tinh", "huyen", "quan", "xa", "phuong"})  # of whatever place the office is in
_TYPED = 0.9  # weight of what was typed itself, synonyms and guesses aside


def unknown_name(question: Question, snapshot: Snapshot) -> str | None:
    """Return the first province, body or code `question` names that stands in no indexed document, as typed; else None.

    A slip of the keyboard makes nobody a stranger: "Sở Npi vụ" is looked for as it was meant.
    """
    text = normalise(question.text)
    mended = {fold(term.typed): fold(term.text) for term in question.terms if term.weight >= _TYPED}
    words = syllables(text)
    for name, begin, _ in provinces.named(words, marked=any(fold(word) != word for word in words)):
        if not _is_home(words[:begin]) and not _stands(name, {}, snapshot):
            return name
    for match in _BODY.finditer(text):
        first, second = match["name"].split()
        name = first if _is_over(first, second) else match["name"]
        if not _stands(name, mended, snapshot):
            return match.group().removesuffix(match["name"]) + name
    for unit in question.units:
        called = _ASKED_BODY.fullmatch(unit) or _ORGANISATION.fullmatch(unit)
        if called is None or _parted(unit, text):
            continue
        # Its province was looked at above, and stands elsewhere than beside it.
        own = [word for word in provinces.without(syllables(called["name"])) if fold(word) not in _LEVELS]
        if own and not all(_stands(part, mended, snapshot) for part in _around_short_forms(own, question)):
            return unit
    return unknown_code(text, snapshot)


def _is_home(before: Sequence[str]) -> bool:
    """Tell whether the words `before` a place make it where who asks lives: "nhà em tận Cà Mau", "đội tôi ở …"."""
    return _HOME.search(" ".join(map(fold, before))) is not None


def _is_over(first: str, second: str) -> bool:
    """Tell whether a name ends with its `first` word: "báo cáo các Cục Thuế khi nào", "ở Viện Nhi hết bao nhiêu tiền".

    Of a longer one the second word has its capital, too, or stands beside the first in official Vietnamese.
    """
    if stopwords.is_joining(second) or first in _SHORT_NAMES:
        return True
    return second.islower() and language().chance(first.lower(), second, spoken=False) < _BESIDE


def _around_short_forms(words: Sequence[str], question: Question) -> Iterator[str]:
    """Yield the stretches of the name `words` that were typed in full: documents may have "BHXH" as it is, too."""
    stood_for = Counter(term.typed for term in question.terms if fold(term.typed) != fold(term.text))
    short = {fold(term.text) for term in question.terms if stood_for[term.typed] > 1}
    for is_short, stretch in groupby(words, key=lambda word: fold(word) in short):
        if not is_short:
            yield " ".join(stretch)


def _parted(unit: str, text: str) -> bool:
    """Tell whether a comma parts the first words of `unit` from its last: "… Cục Thuế Hà Nội, người nước ngoài …"."""
    clauses = [" ".join(fold(word) for word in syllables(clause)) for clause in _CLAUSE.split(text)]
    words = [fold(word) for word in syllables(unit)]
    begins = [" ".join(words[:2]) in clause for clause in clauses]
    ends = [" ".join(words[-2:]) in clause for clause in clauses]
    return any(begins) and any(ends) and not any(map(operator.and_, begins, ends))


def _stands(name: str, mended: Mapping[str, str], snapshot: Snapshot) -> bool:
    """Tell whether the neighbouring syllables of `name` stand together in some document, whatever their marks."""
    words = [mended.get(fold(word), fold(word)) for word in syllables(name)]
    if len(words) == 1:
        return snapshot.folded.frequency(words[0]) > 0
    words = [word for word in words if word != "va"]  # left out as often as it is written
    return all(_neighbours(first, second, snapshot) for first, second in pairwise(words))


def _neighbours(first: str, second: str, snapshot: Snapshot) -> bool:
    held = snapshot.folded.frequency
    return held(f"{first}_{second}") > 0 or (held(f"{first}_va") > 0 and held(f"va_{second}") > 0)
