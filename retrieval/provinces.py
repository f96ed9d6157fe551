"""The provinces and centrally run cities of Vietnam, before and after 01/7/2025, and their names in a question.

Source: Nghị quyết 202/2025/QH15 on the arrangement of provincial units (63 → 34). All 63 names stay in use in
documents, so all are kept; after the merger no new name was coined.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.text import fold

PROVINCES = tuple(
    """
    An Giang, Bà Rịa - Vũng Tàu, Bạc Liêu, Bắc Giang, Bắc Kạn, Bắc Ninh, Bến Tre, Bình Dương, Bình Định, Bình Phước,
    Bình Thuận, Cà Mau, Cao Bằng, Cần Thơ, Đà Nẵng, Đắk Lắk, Đắk Nông, Điện Biên, Đồng Nai, Đồng Tháp, Gia Lai,
    Hà Giang, Hà Nam, Hà Nội, Hà Tĩnh, Hải Dương, Hải Phòng, Hậu Giang, Hòa Bình, Hưng Yên, Khánh Hòa, Kiên Giang,
    Kon Tum, Lai Châu, Lâm Đồng, Lạng Sơn, Lào Cai, Long An, Nam Định, Nghệ An, Ninh Bình, Ninh Thuận, Phú Thọ,
    Phú Yên, Quảng Bình, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Sóc Trăng, Sơn La, Tây Ninh, Thái Bình,
    Thái Nguyên, Thanh Hóa, Thừa Thiên Huế, Huế, Tiền Giang, Hồ Chí Minh, Trà Vinh, Tuyên Quang, Vĩnh Long,
    Vĩnh Phúc, Yên Bái
    """.replace("\n", " ").split(",")
)
_KEYS = {tuple(fold(name).replace("-", " ").split()): name.strip() for name in PROVINCES}
# Names that are also common words or a person's: they count only after a word for a place.
_DOUBTFUL = {("hue",), ("ho", "chi", "minh"), ("hoa", "binh"), ("cao", "bang")}
_PLACE_WORDS = {"tinh", "pho", "tp", "o", "tai", "dia", "ban", "so", "ubnd", "dan", "uy"}
_TYPED = {
    "daklak": "Đắk Lắk",
    "dacnong": "Đắk Nông",
    "hcm": "Hồ Chí Minh",
    "tphcm": "Hồ Chí Minh",
    "brvt": "Bà Rịa - Vũng Tàu",
}


def key(name: str) -> str:
    """Return what two spellings of a province share: "Thành phố Cần Thơ" and "can tho" agree."""
    words = fold(name).replace("-", " ").split()
    while words and words[0] in ("tinh", "thanh", "pho", "tp", "tp."):
        if words[:1] == ["thanh"] and words[:2] != ["thanh", "pho"]:
            break  # "Thanh Hóa"
        words = words[1:]
    return " ".join(words)


def named(words: Sequence[str], *, marked: bool) -> list[tuple[str, int, int]]:
    """Return the provinces named in `words` (normalised syllables) as (name, first word, past the last).

    With `marked` the accents that were typed must agree: "bình định" is a province, "bình đình" is not.
    """
    found: list[tuple[str, int, int]] = []
    bare = [fold(word) for word in words]
    position = 0
    while position < len(bare):
        size = _at(words, bare, position, marked=marked)
        if size:
            name = _KEYS.get(tuple(bare[position : position + size])) or _TYPED[bare[position]]
            found.append((name, position, position + size))
        position += size or 1
    return found


def _at(words: Sequence[str], bare: Sequence[str], position: int, *, marked: bool) -> int:
    for size in (4, 3, 2, 1):
        key_words = tuple(bare[position : position + size])
        if len(key_words) < size or key_words not in _KEYS:
            continue
        if key_words in _DOUBTFUL and (position == 0 or bare[position - 1] not in _PLACE_WORDS):
            continue
        spelled = _KEYS[key_words].lower().replace("-", " ").split()
        typed = words[position : position + size]
        if marked and any(word not in (form, fold(form)) for word, form in zip(typed, spelled, strict=True)):
            continue
        return size
    return int(position < len(bare) and bare[position] in _TYPED)


def without(words: Sequence[str]) -> list[str]:
    """Return `words` (normalised syllables) without the provinces they name."""
    kept = list(words)
    for _, start, end in reversed(named(words, marked=False)):
        del kept[start:end]
    return kept
