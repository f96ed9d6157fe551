"""Whether two questions ask the same: so that what the office answered once is said to the next who asks.

Pure, and careful: showing somebody the answer to another question is worse than sending one more question to the
office. Two questions are the same where they ask for the same kind of thing, with the same numbers and the same
negations, and one says nothing that the other does not but for a small share; a word in the place of another is
always another question ("lịch trực Tết", "lịch trực lễ").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.questions import Question
from knowledge.text import fold, syllables, tone_placement

_SAID_BY_BOTH = 0.85  # least share of the longer one's words that the other has; of the shorter one's: all
_IN_THE_SAME_ORDER = 0.5  # least share of the shorter one's neighbouring words: "A báo cáo B" is not "B báo cáo A"
_FEWEST = 2  # words that say what is asked; with fewer anything is like anything

# What is asked for; each phrase is taken out of the question before its words are compared. The first that fits counts.
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "when",
        "khi nào|bao giờ|lúc nào|ngày nào|hôm nào|mấy giờ|ngày bao nhiêu|ngày mấy|tháng mấy|vào khi nào|vào lúc nào|"
        "vào ngày nào",
    ),
    ("where", "ở đâu|tại đâu|về đâu|ở chỗ nào|tại chỗ nào|ở nơi nào|chỗ nào|nơi nào|đâu"),
    ("how much", "là bao nhiêu|bao nhiêu|mấy"),
    ("how", "như thế nào|thế nào|ra sao|làm sao|cách nào"),
    ("why", "vì sao|tại sao|sao lại"),
    ("who", "những ai|ai|người nào|đơn vị nào|phòng nào|cơ quan nào|bộ phận nào"),
    ("whether", "có được không|được không|có phải không|phải không|đúng không|hay không|hay chưa"),
    ("what", "những gì|cái gì|gì|nào"),
)
_POLITE = (
    "cho hỏi|xin hỏi|làm ơn|vui lòng|anh|chị|em|tôi|mình|ơi|ạ|à|nhỉ|nhé|vậy|thế|thì|là|mà|với|giúp|biết|xin|muốn|cần|"
    "hỏi|dạ|hả|về việc|về|của|và|các|những|một|ở|tại|cho|nơi|chỗ|này|hiện nay|có"
)
_NOT = frozenset({"không", "khong", "chưa", "chua", "chẳng", "chang", "đừng", "cấm", "miễn"})
_AMBIGUOUS = frozenset({"mấy", "đâu", "gì", "ai", "à", "ạ", "ơi", "cần", "cho", "chị", "mình", "dạ", "có"})
_CUT = "|"


def _phrases(phrases: str) -> re.Pattern[str]:
    """Return what matches the phrases, with their marks or without any.

    Short words that are other words too without their marks ("mấy": "may") count only with them.
    """

    def written(phrase: str) -> str:
        words = phrase.split()
        if phrase in _AMBIGUOUS:
            return re.escape(phrase)
        return " ".join(f"(?:{tone_placement(word)}|{fold(word)})" for word in words)

    longest_first = sorted(phrases.split("|"), key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(written, longest_first))})(?!\S)")


_ASKS = tuple((kind, _phrases(phrases)) for kind, phrases in _KINDS)
_IDLE = _phrases(_POLITE)
_LAST = re.compile(r"(?:có )?(?P<not>không|khong|chưa|chua)$")  # "… không?": asks whether, and denies nothing


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is compared with others."""

    kinds: frozenset[str]
    numbers: tuple[str, ...]
    negations: int
    words: tuple[str, ...]  # what it is about, in order, with the marks they were typed with


def read(meant: str) -> Reading:
    """Return how a question is compared; `meant` is what was asked, slips mended and marks put back where known."""
    shown = " ".join(syllables(meant))
    shown = re.sub(r"(?: (?:ạ|à|a|nhỉ|vậy|vay|thế|em|anh|chị))+$", "", shown)
    kinds: set[str] = set()
    for kind, phrases in _ASKS:
        shown, count = phrases.subn(_CUT, shown)
        kinds |= {kind} if count else set()
    shown, count = _LAST.subn(_CUT, shown)
    kinds |= {"whether"} if count else set()
    left = [word for word in _IDLE.sub(_CUT, shown).split() if word != _CUT]
    numbers = tuple(sorted(word for word in left if any(char.isdigit() for char in word)))
    negations = sum(word in _NOT for word in left)
    words = tuple(word for word in left if word not in numbers and word not in _NOT)
    return Reading(frozenset(kinds), numbers, negations, words)


def same(one: Reading, other: Reading) -> float:
    """Return how surely two questions ask the same, 0..1; 0 where they do not."""
    if one.kinds != other.kinds or one.numbers != other.numbers or one.negations != other.negations:
        return 0.0
    shorter, longer = sorted((one.words, other.words), key=len)
    if len(shorter) < _FEWEST or not all(_has(longer, word) for word in shorter):
        return 0.0
    said = sum(_has(shorter, word) for word in longer) / len(longer)
    pairs = list(pairwise(shorter))
    kept = sum(any(_is(a, c) and _is(b, d) for c, d in pairwise(longer)) for a, b in pairs) / len(pairs)
    return said if said >= _SAID_BY_BOTH and kept >= _IN_THE_SAME_ORDER else 0.0


def find(meant: str, answered: Iterable[Question]) -> Question | None:
    """Return the approved answer to the question that asks the same as `meant`: the surest, then the latest one."""
    asked = read(meant)
    rated = [(same(asked, read(one.meant)), one.answered_at, one.id, one) for one in answered if one.answered_at]
    good = [one for one in rated if one[0] > 0]
    return max(good, key=lambda one: one[:3])[3] if good else None


def _has(words: Sequence[str], word: str) -> bool:
    return any(_is(word, other) for other in words)


def _is(one: str, other: str) -> bool:
    """Tell whether two words are the same; one typed without marks is any that looks like it."""
    return one == other or (fold(one) == fold(other) and (fold(one) == one or fold(other) == other))
