"""The labels under which notices put when, where, how much: "1. Thời gian: 8 giờ 00 ngày …", "VII. HỌC PHÍ".

What a notice is about stands in its title and under every heading; what a question wants of it stands under one label,
in words that repeat nothing of that. Knows the forms of answers by their names; strings in, answers out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from knowledge.sentences import sentences
from knowledge.text import bare_syllables, fold

from .expected import Expected

_CLAUSE = re.compile(r"[,;.]\s")
_OWN = re.compile(r"\W*(?:\d[\d.]*[.)]\s*)?(?P<words>[^\W\d_]+(?: [^\W\d_]+){1,6})\W{0,3}: ?[*_]*\S")
# … of a line, or of a clause within one: "1.1. Giờ mở cửa: 5h00; giờ đóng cửa: 23h00".
_ANY = re.compile(
    r"(?:^|;)[^\w\n;:]*(?:\w{1,4}[.)]\s*)*(?P<words>[^\W\d_]+(?: [^\W\d_]+){2,7})[*_]*:(?=[*_\s]*\S)", re.MULTILINE
)
# After "Theo công văn 12, …", "Nội quy ký túc xá quy định …" a question begins anew.
_TOLD = re.compile(r"[,:]\s|\b(?:quy dinh|neu|ghi|cho biet|huong dan|yeu cau)(?: ro)?(?: ve)?\s")
# Fewer words than `stopwords` has: without marks the others begin labels, too ("hồ sơ" would lose what "so" is).
_ASKING = frozenset("nhung cac nao gi duoc la thi phai can ai se".split())
_THING = re.compile(r"\b(\w+ \w+) (?:nao|gi)\b")
_PROCEDURE = " thu tuc hanh chinh"
_TELLING = 3  # words; "thời gian" is the label of many things
_ALIKE = 5  # words with which a sentence begins as the question does
_BEGINNING = 80  # characters that hold so many
_NUMBERED = re.compile(r"^\W*(?:(?:điều|khoản|mục|bước)\s+\d+\W+)?(?:\w{1,4}[.)]\s*)*", re.IGNORECASE)
_TIME = r"thời gian|thời hạn|thời điểm|lịch|ngày giờ|giờ"
# Name of a form of answer → the words a label for it begins with.
_LABELS = {
    "giờ": _TIME,
    "ngày, tháng": _TIME,
    "thời hạn": _TIME,
    "số ngày, tháng": _TIME,
    "địa điểm": r"địa điểm|địa chỉ|nơi",
    "số tiền": r"kinh phí|học phí|lệ phí|chi phí|mức|giá|giải thưởng|cơ cấu giải",
    "số điện thoại": r"liên hệ|liên lạc|điện thoại",
    "địa chỉ thư điện tử": r"liên hệ|liên lạc|địa chỉ|email",
}


def label_of(sentence: str) -> str:
    """Return the label, two to seven words, that a sentence opens with ("Hạn cuối nhận bài: …"); "" where none does."""
    match = _OWN.match(sentence)
    return match["words"] if match else ""


def labels(text: str) -> list[str]:
    """Return the labels, three to eight words without marks, that lines and clauses of `text` open with."""
    return [
        " ".join(words) for match in _ANY.finditer(text) if len(words := bare_syllables(match["words"])) >= _TELLING
    ]


def openings(meant: str, typed: str) -> list[str]:
    """Return what a question begins with, without marks: at its start and behind what names a document.

    Each as it stands and without the words that ask or join: "những đối tượng nào được dự" → "đối tượng dự".
    """
    clauses = map(bare_syllables, (meant, *_TOLD.split(fold(typed))[1:]))
    whole = [(words, [word for word in words if word not in _ASKING]) for words in clauses]
    return [f"{' '.join(words)} " for both in whole for words in both]


def has_label_of(begun: Sequence[str], text: str, form: Expected | None) -> bool:
    """Tell whether `text` has a label that one of the `openings` of a question begins with.

    A sentence is as good as a label where it has the `form` asked for: "Mức tiền thưởng kèm theo giấy khen là …".
    """
    # "Cơ quan thực hiện thủ tục hành chính", of every procedure; asked is who does "thủ tục xóa đăng ký thường trú".
    own = [label.removesuffix(" hanh chinh") if label.endswith(_PROCEDURE) else label for label in labels(text)]
    alike = (*own, *(_beginnings(text, form) if form is not None else ()))
    return any(opening.startswith(f"{label} ") for label in alike for opening in begun)


def loses_thing_asked(meant: str, best: str, labelled: str) -> bool:
    """Tell whether what the question wants named stands in `best` and not in the passage `labelled` as it begins.

    "Ban tổ chức cuộc thi không nhận thể loại nào?" is not about who is in "Ban tổ chức cuộc thi: …".
    """
    said, instead = (f" {' '.join(bare_syllables(text))} " for text in (best, labelled))
    return any(f" {thing} " in said and f" {thing} " not in instead for thing in _THING.findall(fold(meant)))


def _beginnings(text: str, form: Expected) -> Iterator[str]:
    """Yield the first words, without marks, of the sentences of `text` that show `form`, their numbers left aside."""
    for span in sentences(text, 0, len(text)):
        said = _NUMBERED.sub("", span.of(text), count=1)
        words = bare_syllables(said[:_BEGINNING])
        if len(words) > _ALIKE and form.shows(said):
            yield " ".join(words[:_ALIKE])


def opens(form: Expected, line: str) -> bool:
    """Tell whether `line` begins with a label for answers of `form`, its number or bullet left aside."""
    pattern = _line(form.name)
    return pattern is not None and pattern.match(line) is not None


def stands_in(form: Expected, text: str, heading: str, asked: Collection[str] = ()) -> bool:
    """Tell whether a line of `text`, or the `heading` above it, is a label for answers of `form`.

    A clause within a line may open with one, too, if all its words are `asked` (without marks): "…, mức hỗ trợ: 5.000".
    """
    line, title = _line(form.name), _heading(form.name)
    if line is None or title is None:
        return False
    if title.match(heading) is not None or any(map(line.match, text.split("\n"))):
        return True
    clauses = filter(None, map(line.match, _CLAUSE.split(text)))
    return any(set(bare_syllables(clause[0])) <= set(asked) for clause in clauses)


@cache
def _line(name: str) -> re.Pattern[str] | None:
    label = _LABELS.get(name)
    return re.compile(rf"\W*(?:\w{{1,4}}[.)]\s*)?(?:{label})\b[^:\n]{{0,40}}:", re.IGNORECASE) if label else None


@cache
def _heading(name: str) -> re.Pattern[str] | None:
    label = _LABELS.get(name)
    return re.compile(rf"\W*(?:điều\s+)?(?:\w+\W+)?(?:{label})\b", re.IGNORECASE) if label else None
