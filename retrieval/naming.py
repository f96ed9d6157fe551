"""How a question names documents: symbols, kinds with a number, years, dates; read from its words alone.

Knows nothing of what is indexed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.kinds import CALLED, KINDS, NAMES
from knowledge.symbols import normalise_symbol
from knowledge.text import fold

from .pattern import compiled

_LETTER = "A-Za-zĐđƯưƠơÂâĂăÊêÔô"
# "912/KH-SNNMT", "31 - ct/tu", "9/2024/QĐ-UBND": a number, then codes that begin with a letter.
_SYMBOL = re.compile(
    rf"(?<![^\W_])(?<!/)\d{{1,5}}[A-Za-z]?\s?(?:/\s?(?:19|20)\d\d\s?)?[/-]\s?[{_LETTER}][{_LETTER}\d]*"
    rf"(?:\s?[-/]\s?[{_LETTER}][{_LETTER}\d]*)*"
)
# "31 CT/TU", "912 KH-SNNMT": the mark after the number left out; the next mark tells which family it is of.
_GAPPED = re.compile(rf"(?<![\w/])(\d{{1,5}})\s([{_LETTER}]{{1,4}})\s?([/-])\s?([{_LETTER}][{_LETTER}\d&]*)(?![\w/])")
_CODES = {code.upper() for code in KINDS} | {"QD", "ND", "HD", "DA", "QYD", "CTR", "TTR"}
_NAMES = "|".join(sorted(NAMES, key=len, reverse=True))
_NUMBER = r"\d+"
_NUMBERED = compiled(
    rf"({_NAMES}) (?:số )?(\d{{1,5}})(?: ((?:19|20)\d\d))?(?! (?:năm|tháng|ngày|quý(?! (?:định|chế))|tuần|%|phần))",
    needs=_NUMBER,
)
# A number followed by one of these, or by nothing, counts nothing: it is the document's own.
_AFTER = "của|về|do|là|có|nêu|quy định|yêu cầu|giao|ban hành|được|thì|này|đó|ngày|năm|nói|gồm|gửi|ký|hết|còn|bắt đầu"
_ENDED = compiled(rf"({_NAMES}) (?:số )?(\d{{1,5}})(?: ((?:19|20)\d\d))?(?= (?:{_AFTER})(?: |$)| ?$)", _NUMBER)
_CARRIED_OUT = compiled(
    rf"(?:{_NAMES})(?: \S+){{0,2}} (?:thực hiện|triển khai|thi hành|cụ thể hóa)(?: \S+){{0,2}} ({_NAMES})"
    r" (?:số )?(\d{1,5})",
    needs=_NUMBER,
)
_DIGITS = re.compile(r"(?<!\d)\d{1,5}(?!\d)")
_BY_FOLD = {fold(name): name for name in NAMES | CALLED}
_KIND = compiled(rf"({'|'.join(sorted(NAMES | CALLED, key=len, reverse=True))})")
# "Theo hướng dẫn dạy và học qua mạng, …": so a question begins that names a document by an everyday word.
_OPENING = compiled(r"^(?:theo|trong|tại|ở) (hướng dẫn|thông báo|báo cáo)(?= )(?! (?:của|này|đó|số|nào)(?: |$))")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DATE = re.compile(
    r"(?<!\d)(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)(?!\d)"
    r"|(?<!\d)(\d{1,2}) th[áa]ng (\d{1,2})(?: n[ăa]m ((?:19|20)\d\d))"
)
_EVERYDAY = frozenset(("báo cáo", "thông báo", "hướng dẫn", "quy định", "luật", "lệnh", "thư", "hợp đồng"))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document called by kind and number: "chỉ thị 41"."""

    kind: str
    number: int
    year: int | None


def symbols(text: str) -> list[tuple[str, int, int]]:
    """Return the document symbols typed in `text` as (normalised, start, end), in order."""
    found: list[tuple[str, int, int]] = []
    for match in _SYMBOL.finditer(text):
        symbol = normalise_symbol(match.group())
        if symbol:
            found.append((symbol, match.start(), match.end()))
    for match in _GAPPED.finditer(text):
        number, code, mark, rest = match.groups()
        symbol = normalise_symbol(f"{number}{'-' if mark == '/' else '/'}{code}{mark}{rest}")
        if symbol and code.upper() in _CODES and all(match.end() <= a or match.start() >= b for _, a, b in found):
            found.append((symbol, match.start(), match.end()))
    return sorted(found, key=lambda item: item[1])


def numbered(text: str) -> tuple[Numbered, ...]:
    """Return the documents that `text` (normalised words) calls by kind and number; a year is no number."""
    found = []
    for kind, number, year in _NUMBERED.findall(text):
        if not _YEAR.fullmatch(number):
            found.append(Numbered(accented_kind(kind), int(number), int(year) if year else None))
    return tuple(found)


def meant_itself(text: str) -> tuple[Numbered, ...]:
    """Return `numbered` without what another document carries out: "kế hoạch thực hiện nghị quyết 57" means a plan."""
    others = {(accented_kind(kind), int(number)) for kind, number in _CARRIED_OUT.findall(text)}
    return tuple(one for one in numbered(text) if (one.kind, one.number) not in others)


def surely_numbered(text: str) -> tuple[Numbered, ...]:
    """Return those of `numbered` that can be nothing else: "đề án 3 cấp" calls no document so."""
    ends = {int(number) for _, number, _ in _ENDED.findall(text)}
    return tuple(one for one in numbered(text) if one.number >= 10 and one.number in ends and one.kind not in _EVERYDAY)


def written_numbers(text: str) -> frozenset[int]:
    """Return the numbers of up to five digits that stand in `text`."""
    return frozenset(map(int, _DIGITS.findall(text)))


def accented_kind(kind: str) -> str:
    """Return the kind's name with its marks, "chi thi" → "chỉ thị"; what is no kind ("van ban") comes back as it is."""
    return _BY_FOLD.get(fold(kind), kind)


def kinds(text: str) -> tuple[str, ...]:
    """Return the kinds of documents that `text` (normalised words) names, in order, everyday words left out.

    "Bị sửa đổi bởi thông tư nào" names none.
    """
    found = dict.fromkeys(accented_kind(kind) for kind in _KIND.findall(_KIND_OF_IT.sub(" ", text)))
    opening = _OPENING.search(text)
    meant = accented_kind(opening[1]) if opening else None
    return tuple(kind for kind in found if kind not in _EVERYDAY or kind == meant)


def years(text: str) -> tuple[int, ...]:
    """Return the years written in `text`, in order."""
    return tuple(dict.fromkeys(int(year) for year in _YEAR.findall(text)))


def dates(text: str) -> tuple[date, ...]:
    """Return the whole dates written in `text`, in order; impossible ones left out."""
    found: list[date] = []
    for match in _DATE.finditer(text):
        day, month, year = (int(group) for group in match.groups() if group is not None)
        try:
            found.append(date(year, month, day))
        except ValueError:  # 31/02: typed wrongly, and no document can have it
            continue
    return tuple(dict.fromkeys(found))


_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/]|\s?[/-]\s?\d)")


def days(text: str, year: int) -> tuple[date, ...]:
    """Return the days written without a year in `text` ("15/11"), as days of `year`; impossible ones left out."""
    found = []
    for day, month in _DAY.findall(text):
        try:
            found.append(date(year, int(month), int(day)))
        except ValueError:  # "40/15" is no day
            continue
    return tuple(dict.fromkeys(found))


_ACROSS = compiled(
    r"(?:trong |ở )?(?:các|những|tất cả|mọi|toàn bộ)(?: các| những)? (?:kế hoạch|văn bản|chỉ thị|quyết định|nghị quyết|"
    r"quy chế|tài liệu|công văn|thông tư|nghị định|luật)(?: nào| hiện có| này)?(?! (?:của|số|về việc))",
    needs="các|những|tất cả|mọi|toàn bộ",
)
# … of a document is asked: the one that it follows, changes or ends.
_OF_IT = (
    "theo|theo quy định tại|theo quy định của|căn cứ|căn cứ vào|thực hiện|triển khai|ban hành|dựa vào|dựa trên|"
    "(?:ban hành|phê duyệt|giao|cấp|công bố|thành lập) tại|"
    "cụ thể hóa|thay|thay thế|thay thế cho|thay cho|sửa đổi|bổ sung|bãi bỏ|hủy bỏ|bởi|bằng|kèm theo|hướng dẫn|hợp nhất"
)
_WHICH = compiled(
    rf"(?:({_OF_IT}) )?(?:những |các )?"
    r"(?:kế hoạch|văn bản|chỉ thị|quyết định|nghị quyết|quy chế|tài liệu|công văn|thông tư|nghị định) nào",
    needs="nào",
)
_KIND_OF_IT = compiled(rf"(?:{_OF_IT}) (?:những |các )?(?:{_NAMES}) (?:nào|gì)", needs="nào|gì")


def across(text: str) -> bool:
    """Tell whether `text` (corrected) asks over all documents; "theo quyết định nào" asks for one that is cited."""
    return bool(_ACROSS.search(text)) or any(not match.group(1) for match in _WHICH.finditer(text))
