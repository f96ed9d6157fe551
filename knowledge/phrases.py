"""Fixed phrases of the office with one word amiss, small words written twice, titles with a letter amiss.

What can be judged from the words alone, without statistics of pairs, except for telling where a word really belongs to
its neighbour. Tokens in, suspects out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from knowledge.office_words import PHRASES
from knowledge.pairs import Pairs, Token
from knowledge.slips import Slip, Suspect, slip
from knowledge.text import fold, tone_placement


@cache
def _phrases_by_word() -> dict[str, list[tuple[int, tuple[str, ...]]]]:
    """Index the phrases by their first word, and by their second in case the first is the wrong one."""
    index: dict[str, list[tuple[int, tuple[str, ...]]]] = defaultdict(list)
    for phrase in PHRASES:
        index[phrase[0]].append((0, phrase))
        index[phrase[1]].append((1, phrase))
    return dict(index)


def amiss(run: list[Token], table: Pairs) -> Iterator[Suspect]:
    """Yield the fixed phrases in which one word is wrong."""
    words = [token.word for token in run]
    for place, word in enumerate(words):
        for offset, phrase in _phrases_by_word().get(word, ()):
            start = place - offset
            if start < 0:
                continue
            wrong = _misspelt(words, start, phrase, table) or _overlong(words, start, phrase, table)
            if wrong is not None and (wrong[0] == 0) == (offset == 1):
                yield _suspect(run, start, phrase, *wrong)


def _suspect(run: list[Token], start: int, phrase: tuple[str, ...], at: int, length: int) -> Suspect:
    """Return the suspect: short phrases whole, of long ones the wrong words."""
    if len(phrase) <= 5:
        return Suspect(run[start].start, run[start + len(phrase) + length - 2].end, " ".join(phrase))
    return Suspect(run[start + at].start, run[start + at + length - 1].end, phrase[at])


def _misspelt(words: list[str], start: int, phrase: tuple[str, ...], table: Pairs) -> tuple[int, int] | None:
    """Return the place of the one word that differs by a slip, with the 1 word that stands for it."""
    window = words[start : start + len(phrase)]
    if len(window) < len(phrase):
        return None
    wrong = [place for place, (word, meant) in enumerate(zip(window, phrase, strict=True)) if word != meant]
    if len(wrong) != 1:
        return None
    at = wrong[0]
    kind = slip(window[at], phrase[at])
    if kind is not Slip.MARK and (kind is not Slip.LETTER or len(phrase) == 3):
        return None
    # "đại hội thi đua" is not a slip of "khối thi đua": the word belongs to what stands before or after.
    before, here, after = (
        words[start + at + step] if 0 <= start + at + step < len(words) else "" for step in (-1, 0, 1)
    )
    usual = table.count(before, here) > 10 or table.count(here, after) > 10
    return None if usual or table.bound(before, here) or table.bound(here, after) else (at, 1)


def _overlong(words: list[str], start: int, phrase: tuple[str, ...], table: Pairs) -> tuple[int, int] | None:
    """Return the place of a word completed into a longer one: "từ tinh thần đến cơ sở" for "từ tỉnh đến cơ sở"."""
    window = words[start : start + len(phrase) + 1]
    if len(phrase) < 5 or len(window) <= len(phrase):
        return None
    for at in range(1, len(phrase) - 1):
        if window[:at] == list(phrase[:at]) and window[at + 2 :] == list(phrase[at + 1 :]):
            fits = slip(window[at], phrase[at]) is Slip.MARK and table.bound(window[at], window[at + 1])
            return (at, 2) if fits else None
    return None


_SMALL = frozenset(
    "trên dưới của và các những để trong được cho với là có tại này do khi bởi vào đến về theo thì mà hoặc nhưng đã sẽ "
    "đang cũng nếu vì như ở".split()
)
# What makes a word with the second of two: "đảm bảo trong trong sạch", "theo theo dõi của".
_GOES_ON = frozenset(
    "trong sạch,trong suốt,trong lành,trong sáng,của cải,của hồi,tại chỗ,tại ngoại,tại chức,theo dõi,theo đuổi,cho vay,"
    "cho thuê,cho phép,về hưu,do thám,các bon,có mặt,vì sao,như ý,đến nơi".split(",")
)
# "Q. GD", "KT.GD": the title is "GĐ" (giám đốc); "GD" alone may be education.
_TITLE = re.compile(r"(?<!\w)(?:Q|KT|TL|TM|TUQ)\.\s?GD(?!\w)")


def doubled(run: list[Token]) -> Iterator[Suspect]:
    """Yield small words written twice."""
    for place, (one, two) in enumerate(pairwise(run)):
        if one.word != two.word or one.word not in _SMALL or two.typed[0].isupper() != one.typed[0].isupper():
            continue
        after = run[place + 2].word if place + 2 < len(run) else ""
        if f"{two.word} {after}" not in _GOES_ON:
            yield Suspect(one.start, two.end, one.word)


def titles(text: str) -> Iterator[Suspect]:
    """Yield abbreviated titles of directors with D for Đ."""
    for match in _TITLE.finditer(text):
        yield Suspect(match.start(), match.end(), match.group()[:-1] + "Đ")


# Lines of the frame as Nghị định 30/2020/NĐ-CP has them, folded: in any other spelling they were misread.
_FRAME = {
    fold(line): line
    for line in (
        "nơi nhận; kế hoạch; quyết định; nghị quyết; chỉ thị; hướng dẫn; thông báo; báo cáo; tờ trình; công văn; "
        "công điện; quy chế; quy định; chương trình; đề án; giám đốc; phó giám đốc; chủ tịch; phó chủ tịch; bộ trưởng; "
        "thứ trưởng; cộng hòa xã hội chủ nghĩa việt nam; độc lập - tự do - hạnh phúc; ủy ban nhân dân; "
        "hội đồng nhân dân"
    ).split("; ")
}
_MARKS = " \t*_#>|"  # around a line: markup, cells


def frame_lines(text: str) -> Iterator[Suspect]:
    """Yield lines of the frame ("Nơi nhân:", "KÊ HOẠCH") with a wrong letter, lines without diacritics left alone."""
    start = 0
    for line in text.split("\n"):
        words = re.split(r"[:(]", line, maxsplit=1)[0].strip(_MARKS)
        right = _FRAME.get(fold(words)) if 0 < len(words) <= 40 else None
        if right is not None and not words.isascii() and (words.isupper() or right == "nơi nhận"):
            at = start + line.index(words)
            if tone_placement(words.lower()) != tone_placement(right):
                yield Suspect(at, at + len(words), right)
        start += len(line) + 1
