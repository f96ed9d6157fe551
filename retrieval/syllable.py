"""What a Vietnamese syllable can look like: onset, rime, tone.

Tells a typo that cannot be a word ("qaun", "thuwongr") from a word that merely is not in any document ("kẹo"):
only the first may be corrected on thin evidence.

Knows nothing of the index; strings in, booleans out.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from knowledge.text import fold

# Spelling as taught in primary school; "qu" and "gi" count as onsets.
_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()) | {""}
_RIMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
    o oc oi om on ong op ot ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay
    oăc oăm oăn oăng oăt oe oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uênh uơ
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    """.split()
)
_FOLDED_RIMES = frozenset(fold(rime) for rime in _RIMES)
_FOLDED_ONSETS = frozenset(fold(onset) for onset in _ONSETS)
_STOPS = ("c", "ch", "p", "t")
_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}  # named by their Telex keys


def split_tone(word: str) -> tuple[str, str]:
    """Return the word without its tone mark and the tone as its Telex key ("" for none): "thưởng" → "thương", "r"."""
    kept, tone = [], ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = _TONES[char]
        else:
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)), tone


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """Tell whether `word` (lower case) is spelled as a Vietnamese syllable, its marks included.

    A syllable that ends in a stop ("học", "tập") can only carry sắc or nặng; without any mark it is not one.
    """
    toneless, tone = split_tone(word)
    for _onset, rime in _cuts(toneless, _ONSETS):
        if rime in _RIMES and not (rime.endswith(_STOPS) and tone not in ("s", "j")):
            return True
    return False


@lru_cache(maxsize=65536)
def is_bare_syllable(word: str) -> bool:
    """Tell whether `word`, typed without marks, can be a Vietnamese syllable: "thuong" yes, "qaun" no."""
    return any(rime in _FOLDED_RIMES for _, rime in _cuts(fold(word), _FOLDED_ONSETS))


def _cuts(word: str, onsets: frozenset[str]) -> list[tuple[str, str]]:
    return [(word[:size], word[size:]) for size in range(min(3, len(word)) + 1) if word[:size] in onsets]
