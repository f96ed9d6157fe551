"""Several questions in one: "hạn nộp kế hoạch 245 và ai ký?", and one question about several documents.

Takes the question apart and puts the answers together, in order, each with its own place. Knows nothing of how one
question is answered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.text import fold, syllables

from . import wanted
from .model import Answer, Question, Wanted
from .pattern import compiled

# Facts that are asked for in so many words; "tiêu chí" and "nhiệm vụ" may be what a question is about.
_ASKED_PLAINLY = frozenset(Wanted) - {
    Wanted.PASSAGE,
    Wanted.CRITERIA,
    Wanted.AWARDS,
    Wanted.DUTIES,
    Wanted.RESPONSIBLE,
}
_BETWEEN = re.compile(r"\s*[,;?]\s+(?:(?:và|va)\s+)?|\s+(?:và|va)\s+", re.IGNORECASE)
_COMPARING = compiled(r"khác nhau|khác gì|khác biệt|khác với|giống nhau|giống gì|giống và khác|so sánh|so với")
_SURELY = 0.6  # confidence from which a document is one of those compared
# Words of a comparison that say nothing of what is to be compared.
_SAYING_NOTHING = frozenset(
    fold("khác nhau giống so sánh với và chỗ điểm nào thế gì ở ra sao như là biệt nội dung của số năm giữa hai").split()
)


def parts(text: str) -> tuple[str, ...]:
    """Return the questions that `text` puts one after another, each for another fact; one alone where there is one."""
    for between in _BETWEEN.finditer(text):
        first, rest = text[: between.start()], text[between.end() :]
        one, others = _fact(first), parts(rest)
        if one is not None and all(_fact(other) not in (None, one) for other in others):
            return (first, *others)
    return (text,)


def _fact(text: str) -> Wanted | None:
    asked = wanted.wanted(" ".join(syllables(text)))[0]
    return asked if asked in _ASKED_PLAINLY else None


def of_the_whole(part: Question, whole: Question) -> Question:
    """Return `part` about the documents that the whole question names, unless it names its own as surely."""
    if max(part.documents.values(), default=0.0) >= max(whole.documents.values(), default=0.0):
        return part
    return replace(part, documents=whole.documents, exclusive=whole.exclusive)


def compared(question: Question) -> tuple[int, ...]:
    """Return the documents that `question` asks about side by side, in their order; empty where there is but one."""
    named = tuple(sorted(document for document, surely in question.documents.items() if surely >= _SURELY))
    # One fact of several documents that are named each by its number: "ai ký kế hoạch 245 và quyết định 198?".
    each = question.exclusive and question.wanted[0] in _ASKED_PLAINLY
    return named if len(named) > 1 and (each or _COMPARING.search(question.meant)) else ()


def about_one(question: Question, document: int, called: frozenset[str]) -> Question:
    """Return what `question` asks of one of the documents compared: where it names no matter, what that is about.

    `called`: the folded words that the documents compared are called by.
    """
    said = {fold(term.text) for term in question.terms} - called - _SAYING_NOTHING
    topic = any(not word.isdigit() for word in said)
    asked = question.wanted if topic or question.wanted[0] in _ASKED_PLAINLY else (Wanted.SUBJECT, Wanted.PASSAGE)
    return replace(question, documents={document: 1.0}, exclusive=True, across=False, symbols=(), wanted=asked)


def together(text: str, answers: Sequence[Answer], names: Sequence[str] = ()) -> Answer | None:
    """Return the `answers` as one, each cited once, what is refused with its reason; None where none was found.

    `names`: what each is about, said before it.
    """
    if not any(answer.found for answer in answers):
        return None
    said = [f"{name}:\n{answer.answer}" for name, answer in zip(names, answers, strict=False)]
    lines = [f"{place}. {one}" for place, one in enumerate(said or [answer.answer for answer in answers], 1)]
    citations = tuple(dict.fromkeys(answer.citations[0] for answer in answers if answer.found and answer.citations))
    notes = tuple(dict.fromkeys(note for answer in answers for note in answer.notes))
    return Answer(text, True, None, "\n\n".join(lines), citations, notes, 0.0)
