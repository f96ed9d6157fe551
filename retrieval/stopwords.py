"""Words that ask and words that only join: what a question says besides its content.

Knows nothing of the index; works on the corrected words of one question.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from knowledge.text import fold

from .pattern import Lazy, compiled

JOINING = 0.15  # weight of a function word: enough to order passages that agree in everything else
POINTING = 0.4  # words that say what is done with a text ("nêu", "quy định") or lead a date: seldom what it is about

# What asks or is polite; dropped from the search. Phrases first, so that "về đâu" is not taken for "về đầu" when
# typed without marks: single words that are also content words in bare form ("dau", "may") occur in phrases only.
_ASKING = (
    "cho (?:tôi|mình|em|anh|chị) (?:hỏi|biết|xin|xem)(?: là| về| rằng)?",
    "xin (?:được )?(?:hỏi|cho biết)|cho biết|cho hỏi",
    "làm ơn|giúp (?:tôi|mình|em|với)|giùm|cảm ơn|xin chào|chào (?:bạn|anh|chị|em|ad|admin)|(?:ạ|nhé|nhỉ|vậy ạ|thế ạ)$",
    "(?:bao gồm|gồm|có) những gì|(?:bao gồm|gồm) (?:gì|ai|những ai)|những (?:gì|ai|đâu)|(?:là )?(?:những )?cái gì",
    "(?:là|như|ra) thế nào|như nào|thế nào|(?:thì |là )?ra sao|thì sao|làm sao|vì sao|tại sao|sao lại|thế ạ",
    "(?:vào |từ |đến |là )?(?:khi|lúc|bao|chừng|hồi) (?:nào|giờ)|(?:là )?bao nhiêu|(?:là )?bao lâu",
    "(?:ở|về|tại|đến|tới|cho|từ|vào) đâu|nơi đâu|đi đâu",
    "(?:có )?(?:đúng|phải)(?: vậy| thế)?(?: hay)? (?:không|ko|k|hông)|hay (?:không|chưa|sao)|(?:không|ko|chưa)$",
    "có phải(?: là)?|liệu(?: có)?",
    "là (?:gì|ai|nào|đâu)",
)
_PHRASES = tuple(compiled(pattern) for pattern in _ASKING)
# Single words: exactly as spelled where marks are typed ("đau" is no "đâu"), else only where nothing else is meant.
_WORDS = Lazy(r"(?<!\w)(?:gì|nào|ai|sao|đâu|mấy)(?!\w)")
_BARE_WORDS = Lazy(r"(?<!\w)(?:gi|nao|ai|sao|(?<=ngay )may|(?<=so )may|dau$)(?!\w)")

# How the words that ask are written, for who leaves the marks out; in other places they may be other words.
_WRITTEN = {
    fold(word): word
    for word in """
    nào gì ai sao đâu mấy nhiêu bao lâu giờ khi lúc không chưa phải có là thì thế như ra làm vì tại ở về đến tới từ vào
    cho hỏi biết xin tôi mình xem rằng được những cái gồm bao ơn giúp chào bạn nhé nhỉ ạ vậy đúng hay liệu chừng hồi đi
    nơi
    """.split()
}


def written(word: str) -> str:
    """Return a word that asks with its marks: "nao" is "nào" there."""
    return _WRITTEN.get(word, word)


_JOINING = frozenset(
    """
    a à ạ ấy bằng bị bởi bên các cái cả cần cho chỉ chứ có còn cùng cũng của cứ do dùng dưới đã đang đây đấy để đến
    đều đi đó đối được gồm hay hãy họ hoặc hơn kể khi không lại là lên lúc mà mình mọi một này nên nếu ngay ngoài
    nhé nhưng những như nó nữa phải qua ra rằng rất riêng rồi sẽ sau so sự tại tất từ tới thì theo thế thêm thuộc
    tôi trên trong trước tuy tức và vào vẫn vậy về vì việc vừa với xin xong xuống
    """.split()
)
_SPOKEN = frozenset("mấy muốn nói làm nơi".split())
_POINTING = frozenset("nêu ghi nói đề cập quy định yêu cầu cụ thể ngày tháng năm".split())


def asking(text: str, *, marked: bool) -> list[tuple[int, int]]:
    """Return the spans of `text` (normalised words) that ask or are polite, in order, without overlaps.

    In text typed without marks ("not marked") single words count only where they are no other word.
    """
    taken: list[tuple[int, int]] = []
    for pattern in (*_PHRASES, _WORDS if marked else _BARE_WORDS):
        for match in pattern.finditer(text):
            if match.end() > match.start() and all(match.end() <= a or match.start() >= b for a, b in taken):
                taken.append(match.span())
    return sorted(taken)


# A function word is half of a content word in these.
_COMPOUNDS = frozenset(
    tuple(pair.split())
    for pair in (
        "chỉ thị|chỉ đạo|chỉ tiêu|chỉ số|chỉ định|chỉ huy|đối tượng|đối ngoại|đối thoại|đối chiếu|đối tác|sự nghiệp|"
        "sự kiện|sự cố|sự vụ|nhân sự|dân sự|hình sự|quân sự|căn cứ|công việc|việc làm|cần thiết|theo dõi|tồn tại|"
        "trong sạch|đề cương|đi lại|đến hạn"
    ).split("|")
)


def weights(words: Sequence[str]) -> list[float]:
    """Return how much each of the `words` (corrected, accented where known) counts in a search, 0..1."""
    joined: set[int] = set()
    for place, pair in enumerate(pairwise(words)):
        if pair in _COMPOUNDS:
            joined |= {place, place + 1}
    return [1.0 if place in joined else _weight(word) for place, word in enumerate(words)]


def _weight(word: str) -> float:
    if word in _JOINING:
        return JOINING
    return POINTING if word in _POINTING else 1.0


def is_joining(word: str) -> bool:
    """Tell whether `word` is a function word."""
    return word in _JOINING


def is_spoken(word: str) -> bool:
    """Tell whether `word` is of those that questions are full of."""
    return word in _JOINING or word in _SPOKEN


def is_common(word: str) -> bool:
    """Tell whether `word` is of those everyone types right or not at all: no slip is looked for."""
    return word in _JOINING or word in _POINTING
