"""When to say "không tìm thấy": weak evidence, a false premise, an answer of the wrong form.

Every reason is one Vietnamese sentence a user understands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from knowledge.marks import is_attached_mark
from knowledge.text import fold, syllables
from retrieval import deciding, provinces
from retrieval.closer import is_heading
from retrieval.coverage import FULL_WEIGHT
from retrieval.forms import form_asked
from retrieval.labels import missing_label
from retrieval.language import language
from retrieval.model import Citation, Hit, Question
from retrieval.premise import false_claim, is_confirming, unknown_person

if TYPE_CHECKING:
    from index.snapshot import Snapshot

NOTHING_INDEXED = "Chưa có văn bản nào trong kho."
NO_WORDS = (
    "Câu hỏi chưa có từ khóa để tra cứu; anh/chị vui lòng hỏi cụ thể hơn, ví dụ nêu tên văn bản hoặc nội dung cần tìm."
)
_RULES_A_PROVINCE = re.compile(r"UBND (?:tỉnh|thành phố)|HĐND (?:tỉnh|thành phố)|Ủy ban nhân dân|Hội đồng nhân dân|Sở ")
_ASKED_THING = re.compile(r"\b(?:nhung|cac|loai) (\w+ \w+) (?:gi|nao)\b")
# Words for things in general: a list of them need not call them so.
_ANYTHING = frozenset(
    "don vi|co quan|van ban|ke hoach|tap the|ca nhan|noi dung|nhiem vu|cong viec|viec lam|doi tuong|dia phuong|chi thi"
    "|quyet dinh|to chuc|truong hop|bien phap|giai phap|dieu kien|diem khoan|khoan diem|dieu khoan".split("|")
)
# What a mark "(Ban hành kèm theo Quyết định số … ngày …)" may answer.
_ASKS_ORIGIN = re.compile(
    r"\b(?:kèm theo|ban hành|số (?:mấy|hiệu|bao nhiêu)|khi nào|bao giờ|ngày nào"
    r"|(?:văn bản|quyết định|nghị quyết|nghị định|thông tư|công văn) nào)\b"
)
_CONTENT = 0.9  # weight of the words that were typed and say something
_MOSTLY = 0.6  # of the words: more of another language, and what is left of them is there by chance
_NEAR = 3  # citations among which the form of the answer may decide which comes first
SMALL_TALK = (
    "Tôi chỉ trả lời được từ các văn bản của cơ quan, mà không văn bản nào nói về điều này; "
    "anh/chị vui lòng hỏi về nội dung của một văn bản."
)
NOT_FOUND = "Không tìm thấy nội dung trả lời trong các văn bản hiện có."


def weak(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> str | None:
    """Return why the evidence is too weak to answer from, or None when it is good enough."""
    if not question.terms or _says_nothing(question) or _is_gibberish(question, snapshot):
        return NO_WORDS
    if hits and deciding.answers(question, hits, snapshot):
        return _of_another_province(question, hits[0], snapshot)
    if hits and deciding.is_small_talk(deciding.signs(question, hits, snapshot)):
        return SMALL_TALK
    absent = deciding.absent_word(question, snapshot)
    return f"Không tìm thấy: các văn bản hiện có không nhắc đến “{absent}”." if absent else NOT_FOUND


def _of_another_province(question: Question, hit: Hit, snapshot: Snapshot) -> str | None:
    """Return that the best passage is what another province's authorities ruled; None where it may be meant.

    Schools and courts of one province take people of others; what a committee rules ends at its borders.
    """
    marked = question.text != fold(question.text)
    asked = [name for name, _, _ in provinces.named(syllables(question.text), marked=marked)]
    if not asked:
        return None
    document = int(snapshot.document_of[hit.passage])
    header = snapshot.documents[document].header
    if header.province is None or not _RULES_A_PROVINCE.match(header.issuer or ""):
        return None
    keys = {provinces.key(name) for name in asked}
    said = fold(snapshot.document(document).text).replace("-", " ")
    if provinces.key(header.province) in keys or any(name in said for name in keys):
        return None
    return f"Không tìm thấy: đoạn gần nhất là của {header.province}, không phải của {asked[0]}."


def _says_nothing(question: Question) -> bool:
    """Tell whether it has function words only, and no conversation to lean on."""
    bare = all(term.weight < FULL_WEIGHT for term in question.terms)
    return bare and not question.follow_up and not question.documents


def _is_gibberish(question: Question, snapshot: Snapshot) -> bool:
    """Tell whether most of its words are not Vietnamese and stand in no document; numbers are found anywhere."""
    words = [fold(term.text) for term in question.terms if term.weight >= FULL_WEIGHT and not term.text.isdigit()]
    held = snapshot.folded.frequencies(words).tolist()
    strange = [word for word, rows in zip(words, held, strict=True) if not rows and not language().forms(word)]
    return len(strange) > _MOSTLY * len(words)


def unanswered(question: Question, texts: Sequence[str], document: str, *, fact: bool = False) -> str | None:
    """Return why the best passages, though about the matter, do not answer; None when they may.

    `texts` are the passages to be quoted, best first; `document` the whole text of the document of the first.
    `fact`: they are the place of a fact, which is what was asked for.
    """
    label = missing_label(question.text, document)
    if label is not None:
        return f"Văn bản không có “{label}” như câu hỏi nêu."
    if is_confirming(question.meant):
        claim = false_claim(question.text, "\n".join(texts)) or unknown_person(question.text, document)
        if claim is not None:
            return f"Văn bản không ghi “{claim}” như câu hỏi nêu; xin xem nguyên văn bên dưới."
        return None
    thing = None if fact else unnamed_thing(question, *texts)
    if thing is not None:
        return f"Những đoạn tìm được có nhắc đến nội dung này nhưng không nêu “{thing}”."
    form = form_asked(question)
    if form is not None and not any(form.shows(text) for text in texts):
        return f"Những đoạn tìm được có nhắc đến nội dung này nhưng không nêu {form.name}."
    return None


def having_label(question: Question, citations: Sequence[Citation], snapshot: Snapshot) -> list[Citation]:
    """Put first what is of a document that has the numbered thing asked about ("Phụ lục I"), where the best has not."""
    for citation in citations:
        if missing_label(question.text, snapshot.document(citation.document).text) is None:
            return [citation, *(one for one in citations if one is not citation)]
    return list(citations)


def saying_something(question: Question, citations: Sequence[Citation]) -> list[Citation]:
    """Put first, where the best quotes the name of a chapter alone or what only announces, one that is as sure.

    Of the same document: what is announced may stand in the next passage. Where it only says what the document came
    with, "(Kèm theo Quyết định số …)", any other says more, unless that is asked.
    """
    best, form = citations[0], form_asked(question)
    told = form.shows(best.quote) if form is not None else not _alone(best) or _ASKS_ORIGIN.search(question.meant)
    mark = is_attached_mark(best.quote) and not told
    if mark or _announces(best):
        for one in citations[1:_NEAR]:
            if one.document == best.document and (mark or one.score >= best.score) and not _announces(one):
                return [one, *(other for other in citations if other is not one)]
    return list(citations)


def _alone(citation: Citation) -> bool:
    """Tell whether what stands in brackets is all that is quoted."""
    words = citation.quote.strip(" *_\n")
    return words.startswith("(") and words.endswith(")")


def _announces(citation: Citation) -> bool:
    words, passage = citation.quote.rstrip("*_ "), citation.passage.rstrip("*_ \n")
    return is_heading(citation.quote) or (words.endswith("?") and passage.endswith(words))


def asked_thing(question: Question) -> str | None:
    """Return what the question asks to have listed, as typed: "giấy tờ" of "cần những giấy tờ gì"; None if nothing."""
    match = _ASKED_THING.search(fold(question.meant))
    if match is None or match.group(1) in _ANYTHING:
        return None
    return question.meant[match.start(1) : match.end(1)]


def unnamed_thing(question: Question, *texts: str) -> str | None:
    """Return what the question asks to have listed where none of `texts` speaks of it; None where one does."""
    thing = asked_thing(question)
    return None if thing is None or any(_has_either(thing, question, text) for text in texts) else thing


def _has_either(thing: str, question: Question, text: str) -> bool:
    """Tell whether `text` names the thing asked for, or at least what the question begins with ("hồ sơ …").

    A passage with neither shares only names with the question: a medal is listed there, not the papers it takes.
    """
    opening = [fold(term.text) for term in question.terms if term.weight >= _CONTENT][:2]
    words = fold(" ".join(text.split()))
    return fold(thing) in words or " ".join(opening) in words


def in_expected_form(question: Question, citations: Sequence[Citation]) -> list[Citation]:
    """Put first, of the best few, the passage that has what the question asks for (a percentage, an amount).

    Only one with as much evidence as the first: a lesser one has some other amount.
    """
    form = form_asked(question)
    if form is None:
        return list(citations)
    least = citations[0].score if citations else 0.0
    strong = [citation for citation in citations[:_NEAR] if citation.score >= least]
    near = [citation for citation in strong if form.shows(citation.passage)]
    return [*near, *(citation for citation in citations if citation not in near)]
