"""What is asked: the words meant, the document meant, the fact wanted, what earlier turns add.

The composition of the modules that each know one of these; decides nothing of its own but their order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from knowledge.text import syllables

from . import followup, meant, naming, premise, provinces, reading, terms, wanted
from .counts import counts
from .lattice import Counts
from .model import Question, Term, Wanted
from .search import search

if TYPE_CHECKING:
    from index.snapshot import Snapshot

_TURNS = 4  # earlier turns that can still be meant
_NAMED = 0.6  # confidence at which a turn has said itself which document it means
# Beside an earlier turn's document, another needs less to be meant, but must stand out among the others.
_TURNED_TO, _CLEARLY, _LIKELY = 0.35, 1.5, 0.5
_STILL_MEANT = 0.85  # how much of the earlier confidence in a document holds one turn later
_ANSWERED_FROM = 0.6  # confidence in the document an earlier question that named none was answered from


AnsweredFrom = Callable[[Question], int | None]


def understand(
    text: str,
    previous: Sequence[str],
    snapshot: Snapshot,
    now: datetime,
    answered: AnsweredFrom | None = None,
    *,
    following: bool = False,
) -> Question:
    """Understand `text` against `snapshot`; `previous` are the asker's earlier questions, oldest first.

    `answered` tells which document the answer to an earlier question quotes first, None for none; without it that is
    the document of the best passage. `following`: a turn that names no document is about the earlier one's, even
    where its words would do alone.
    """
    known = counts(snapshot)
    read = reading.read(text, known)
    question = _alone(read, known, snapshot, now)
    if not previous:
        return question
    named = max(question.documents.values(), default=0.0) >= _NAMED or bool(_naming(read, question.units).provinces)
    names_document = bool(question.symbols) or question.exclusive or named
    content = sum(term.weight == 1.0 for term in question.terms)
    lean = followup.leaning(read.text, content, question.wanted, names_document=names_document)
    if lean is None and following and not names_document:
        lean = followup.STAYING
    if lean is None:
        return question
    earlier = understand(previous[-1], previous[:-1][-_TURNS + 1 :], snapshot, now, answered)
    if (
        lean.document
        and not lean.pointed_kind
        and naming.kinds(read.text)
        and _turns_to_another(question, earlier, snapshot)
    ):
        lean = replace(lean, document=False)
    meant_before = _documents_of(earlier, snapshot, answered) if lean.document else {}
    return _resolved(question, read.text, lean, earlier, meant_before)


def _turns_to_another(question: Question, earlier: Question, snapshot: Snapshot) -> bool:
    """Tell whether a turn that names a kind ("còn kế hoạch chuyển đổi số?") fits one other document clearly best.

    Where it fits no other at all, that is clear however little it fits; where what was spoken of is of another kind,
    once it is likely: after "quyết định 198 …", "kế hoạch thi đua 2027 ai ký?" is about a plan.
    """
    ranked = sorted(question.documents.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < _TURNED_TO):
        return False
    spoken_of = max(earlier.documents, key=lambda d: earlier.documents[d], default=None)
    kind = snapshot.documents[spoken_of].header.kind if spoken_of is not None else None
    other_kind = kind is not None and kind not in naming.kinds(question.meant)
    clear = len(ranked) == 1 or ranked[0][1] >= _CLEARLY * ranked[1][1] or (other_kind and ranked[0][1] >= _LIKELY)
    return clear and ranked[0][0] != spoken_of


def _alone(read: reading.Reading, known: Counts, snapshot: Snapshot, now: datetime) -> Question:
    """Understand one turn by itself."""
    text = read.text
    units = wanted.units(text)
    named = _naming(read, units)
    found = meant.find_meant(named, snapshot)
    concepts = terms.concepts(read, known)
    unknown = (*terms.unknown(read, known, concepts), *meant.absent_provinces(named, snapshot))
    return Question(
        text=read.raw,
        terms=tuple(terms.terms(read, known)),
        pairs=tuple(terms.pairs(read, known)),
        concepts=tuple(concepts),
        accented=read.marked,
        wanted=wanted.wanted(text, "" if read.marked else " ".join(syllables(read.raw))),
        symbols=read.symbols,
        documents=found.documents,
        exclusive=found.exclusive,
        across=named.across,
        units=units,
        claimed_dates=_claimed(read.raw, now),
        unknown=tuple(dict.fromkeys(unknown)),
        meant=text,
    )


def _naming(read: reading.Reading, units: tuple[str, ...]) -> meant.Naming:
    words = tuple(part for word in read.words if not word.asks for part in word.best)
    return meant.Naming(
        words=words,
        symbols=read.symbols,
        numbered=naming.meant_itself(read.text),
        kinds=naming.kinds(read.text),
        years=naming.years(read.raw),
        dates=naming.dates(read.raw),
        provinces=tuple(dict.fromkeys(name for name, _, _ in provinces.named(words, marked=read.marked))),
        units=units,
        across=naming.across(read.text),
    )


def _claimed(raw: str, now: datetime) -> tuple[date, ...]:
    """Dates that a question to be confirmed asserts; one without a year is of this year."""
    if not premise.is_confirming(raw):
        return ()
    return naming.dates(raw) or naming.days(raw, now.year)


def _resolved(
    question: Question, text: str, lean: followup.Leaning, earlier: Question, documents: dict[int, float]
) -> Question:
    """Complete `question` with what still holds of `earlier`; `documents` are those that the earlier turn meant."""
    searched: tuple[Term, ...] = question.terms
    body = wanted.body(followup.bare_phrase(text)) if lean.elliptic else None
    if lean.topic or lean.pointed_kind:
        searched = (*searched, *followup.carried(question.terms, earlier, replaced=earlier.units if body else ()))
    facts, units = question.wanted, question.units
    if lean.elliptic and facts == (Wanted.PASSAGE,):
        facts = earlier.wanted
        units = (body,) if body and earlier.units else earlier.units if not body else units
    still_asked = (earlier.still_asked or earlier.meant) if lean.elliptic else ""
    question = replace(question, terms=searched, wanted=facts, units=units, follow_up=True, still_asked=still_asked)
    if not documents:
        return question
    kept = {document: round(confidence * _STILL_MEANT, 4) for document, confidence in documents.items()}
    return replace(question, documents=kept, exclusive=earlier.exclusive, across=question.across)


def _documents_of(earlier: Question, snapshot: Snapshot, answered_from: AnsweredFrom | None) -> dict[int, float]:
    """The documents an earlier question meant; where it named none, the one it was answered from."""
    if earlier.documents and max(earlier.documents.values()) >= _ANSWERED_FROM:
        return earlier.documents
    answered = answered_from(earlier) if answered_from else None
    if answered is None:
        hits = search(earlier, snapshot, 1)
        if not hits:
            return earlier.documents
        answered = int(snapshot.document_of[hits[0].passage])
    return {**earlier.documents, answered: max(_ANSWERED_FROM, earlier.documents.get(answered, 0.0))}
