"""The abbreviations people type in offices, and what they stand for.

A table of facts, with two ways of making new ones from it: a prefix before a field of government ("stnmt" = sở + tài
nguyên và môi trường) and two known abbreviations written together ("ubndtp"). They are recognised in capitals, in
lower case and without diacritics ("hdtdkt"); one that looks like a word ("TU", "CA") only in capitals.

What phones leave of everyday words ("bn" = bao nhiêu) is read like them.

Knows nothing of the index: which of several meanings fits is decided where the neighbouring words are known.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.text import fold, syllables

from .syllable import is_bare_syllable

_DATA = Path(__file__).with_name("data")
_FILE, _PHONE = _DATA / "abbreviations.txt", _DATA / "phone.txt"
# Fields of government, as they follow "s" (sở), "b" (bộ), "p" (phòng): "snv", "btnmt", "pgdđt".
_FIELDS = """
nv = nội vụ
tnmt = tài nguyên và môi trường
nnmt = nông nghiệp và môi trường
nnptnt = nông nghiệp và phát triển nông thôn
gdđt = giáo dục và đào tạo
yt = y tế
tc = tài chính
khđt = kế hoạch và đầu tư
xd = xây dựng
gtvt = giao thông vận tải
ct = công thương
khcn = khoa học và công nghệ
tttt = thông tin và truyền thông
lđtbxh = lao động thương binh và xã hội
vhttdl = văn hóa thể thao và du lịch
vhtt = văn hóa và thể thao
tp = tư pháp
ngv = ngoại vụ
qhkt = quy hoạch kiến trúc
dl = du lịch
dttg = dân tộc và tôn giáo
"""
_PREFIXES = {"s": "sở", "b": "bộ", "p": "phòng"}
_ALONE = frozenset("nv tc ct xd tp dl yt ngv".split())  # too short to mean the field without a prefix


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing an abbreviation can stand for."""

    words: tuple[str, ...]  # syllables, accented: ("thi", "đua")
    prior: float  # 1 for the usual meaning, less for the others; decided without the neighbours


def _parse(table: str) -> dict[str, tuple[Meaning, ...]]:
    entries = {}
    for line in table.strip().splitlines():
        if line.startswith("#"):
            continue
        letters, meanings = line.split(" = ")
        entries["".join(syllables(letters))] = tuple(
            Meaning(tuple(syllables(meaning)), 1.0 / rank) for rank, meaning in enumerate(meanings.split(" | "), 1)
        )
    return entries


def _entries() -> dict[str, tuple[Meaning, ...]]:
    fields = _parse(_FIELDS)
    entries = _parse(_FILE.read_text(encoding="utf-8"))
    for letters, (meaning,) in fields.items():
        if letters not in _ALONE:
            entries.setdefault(letters, (meaning,))
        for prefix, word in _PREFIXES.items():
            entries.setdefault(prefix + letters, (Meaning((word, *meaning.words), 1.0),))
    return entries


_MEANINGS = _entries()
_BARE: dict[str, tuple[Meaning, ...]] = {}
_SHORT: dict[tuple[str, ...], str] = {}
for _letters, _meanings in _MEANINGS.items():
    if len(_meanings) == 1 and len(_letters) >= 3:
        _SHORT.setdefault(_meanings[0].words, _letters)
_MEANINGS = _parse(_PHONE.read_text(encoding="utf-8")) | _MEANINGS
for _letters, _meanings in _MEANINGS.items():
    _BARE.setdefault(fold(_letters), _meanings)
LONGEST = max(len(words) for words in _SHORT)  # syllables in the longest meaning that has one short form


def meanings(typed: str, *, capitals: bool) -> tuple[Meaning, ...]:
    """Return what `typed` (letters, perhaps with "&" or "-" inside) stands for, likeliest first; () when nothing.

    `capitals` says that capitals carry information in this question: it is not typed all in upper case.
    """
    letters = "".join(syllables(typed))
    if len(letters) < 2 or (is_bare_syllable(letters) and not (capitals and typed.isupper())):
        return ()
    return _MEANINGS.get(letters) or _BARE.get(fold(letters)) or _joined(fold(letters))


def _joined(letters: str) -> tuple[Meaning, ...]:
    """Two known abbreviations in one ("ubndtp"); the first as long as possible, consonants only."""
    for cut in range(len(letters) - 2, 1, -1):
        first, second = _BARE.get(letters[:cut]), _BARE.get(letters[cut:])
        if first and second and cut >= 3:
            return (Meaning(first[0].words + second[0].words, 0.8),)
    return ()


def short_form(words: tuple[str, ...]) -> str | None:
    """Return the one abbreviation for these syllables ("thi", "đua", "khen", "thưởng" → "tđkt"), or None."""
    return _SHORT.get(words)
