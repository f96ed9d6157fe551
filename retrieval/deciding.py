"""Answered or not: how likely it is that the best passage says what was asked.

The score that ranks passages does not tell: a question about an absent matter has a best passage, too. What tells is
how much of the question stands there, which of its words and official terms are missing, whether an amount or a day
stands there where one is asked, whether official texts at large, or small talk, come nearer to the question. What one
of these says depends on the others (where half of the words are missing it is everyday language, or the matter itself),
so boosted trees weigh them. Knows nothing of how the evidence was found.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from knowledge.text import bare_syllables, syllables

from .coverage import FULL_WEIGHT, asked_pairs
from .encoded import encoded
from .evidence import weigh
from .expected import Expected
from .fact import Fact
from .facts_place import named_place
from .facts_units import asks_all_duties
from .forms import form_asked
from .lacking import alien, lacking, official_terms, unheard
from .language import language
from .model import SURELY_MEANT, Hit, Question, Wanted
from .names import says_code
from .rows import with_units
from .trees import stored

if TYPE_CHECKING:
    from index.passage import Passage
    from index.snapshot import Snapshot

# Likelihood below which nothing is answered: of the right answers to questions of offices and real documents the trees
# have not seen 2 to 3 % lie there. Drawn with the samples, tests/unseen and real documents in view, the trees for each
# round grown on the others.
_LEAST = 0.2
# … and where there is doubt of its own: what is asked is like small talk, or has an official word that no document
# could be about, while few of the others stand there; most of all where official texts at large come nearer to it (if
# nothing comes near in the documents, no word need be unknown).
_LEAST_DOUBTFUL, _LEAST_FOREIGN, _LEAST_UNLIKE = 0.4, 0.6, 0.5
_HALF, _ANY, _MUCH = 0.5, 0.7, 0.75  # coverage
# Where an amount, a number or a day is asked, and the passage has neither the one word that says most of the matter nor
# the official term it is part of, some other matter's stands there: so in all of the few such passages of the offices.
_MOST, _LACKING = 0.4, 0.7
_ANOTHER = 0.75  # weight of official terms foreign to a document, from which the question is about something else
_OF_A_SYMBOL = (Wanted.ISSUE_DATE, Wanted.ISSUER, Wanted.SUBJECT)
_OF_A_HEAD = (Wanted.SIGNER, Wanted.SYMBOL, Wanted.ISSUE_DATE, Wanted.ISSUER)
_MOSTLY_MEANT, _ONLY = 0.5, 2.0  # how surely a document is meant, 0..1; times as surely as the next
_OF_A_MATTER = (Wanted.DEADLINE, Wanted.REPORT_TO, Wanted.PERIOD)
_A_LINE = 0.9  # cosine with small talk from which a question surely is some
_TALK, _NEARER = 0.5, 0.1  # cosine with small talk from which a question may be some; how much nearer that must be …
_FAR_NEARER = 0.35  # … where the one word of the question stands in the passage
# Syllables; cosine with the best passage; log-odds that it answers; share of pairs of words that stand in no document.
_FEW, _FAR, _UNLIKE, _JOINED = 8, 0.2, 1.0, 0.5
_SOME = 0.6  # coverage up to which it says nothing: so many words of any question stand somewhere in any office
_ALL = 0.97  # coverage from which no word is missing
_SENTENCE, _ODDS, _ELSEWHERE, _IDLE = 0.54, 1.0, 0.31, 0.33  # of most answers: taken where a model cannot say


@dataclass(frozen=True, slots=True)
class Signs:
    """The evidence that the best passage answers."""

    coverage: float  # share of the question's words in the passage with its context, 0..1
    lacking: float  # weight of the official terms that the passage has not, 0 and up
    unheard: float  # weight of the weightiest official term that no document has, 0..1
    named: float  # 1 where the question names its document
    semantic: float  # cosine of the question with the passage, -1..1
    sentence: float  # cosine with its nearest sentence, 0..1
    elsewhere: float  # mean cosine of the question with the nearest official texts at large, -1..1
    idle: float  # mean cosine of the question with the nearest small talk, -1..1
    odds: float  # log-odds of the passage among those of questions that have an answer (`reranking`)
    exact: float  # 1 where an amount, a number, a day … is asked
    shown: float  # … and the passage has one
    heaviest: float  # share of the question's weightiest word that the passage itself has not, 0..1
    unsaid: float  # … of all such words together
    unjoined: float  # share of the question's neighbouring words that stand side by side in no document, 0..1


def signs(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> Signs:
    """Return the evidence for the first of `hits`, of which there is at least one."""
    best = hits[0]
    # Loading what is known of the language takes a fifth of a second once; where all words stand none is missing.
    terms = official_terms(question, language()) if best.coverage < _ALL else []
    asked = encoded(question, snapshot)
    form = form_asked(question)
    passage = snapshot.passage(best.passage)
    text = passage.text
    heaviest, unsaid = _unsaid(question, text, snapshot)
    return Signs(
        coverage=best.coverage,
        lacking=lacking(terms, snapshot, np.array([best.passage])),
        unheard=max((term.weight for term in unheard(terms, snapshot)), default=0.0),
        named=float(names_document(question)),
        semantic=best.semantic,
        sentence=_SENTENCE if best.sentence is None else best.sentence,
        elsewhere=_ELSEWHERE if asked.elsewhere is None else asked.elsewhere,
        idle=_IDLE if asked.idle is None else asked.idle,
        odds=_ODDS if best.odds is None else best.odds,
        exact=float(form is not None),
        shown=float(form is not None and (form.shows(text) or _shows_in_rows(form, passage, snapshot))),
        heaviest=heaviest,
        unsaid=unsaid,
        unjoined=_unjoined(question, snapshot),
    )


def _shows_in_rows(form: Expected, passage: Passage, snapshot: Snapshot) -> bool:
    """Tell whether rows of a table in `passage` have the form, their unit being in the heading."""
    if "|" not in passage.text:
        return False
    return form.shows(with_units(snapshot.document(passage.document).text, passage.start, passage.end))


def _unsaid(question: Question, text: str, snapshot: Snapshot) -> tuple[float, float]:
    """Return the share of the weightiest word of the question that `text` has not, and of all that it has not."""
    evidence = weigh(question, snapshot)
    gone = [evidence.weights[word] for word in evidence.asked.difference(bare_syllables(text))]
    total = evidence.total
    return (max(gone) / total, sum(gone) / total) if gone and total else (0.0, 0.0)


def _unjoined(question: Question, snapshot: Snapshot) -> float:
    """Return how much of the pairs of neighbouring words of `question`, by their weights, no document has."""
    pairs = asked_pairs(question, snapshot)
    total = sum(pair.weight for pair in pairs)
    if not total:
        return 0.0
    held = snapshot.folded.frequencies([pair.bare for pair in pairs])
    return sum(pair.weight for pair, rows in zip(pairs, held.tolist(), strict=True) if not rows) / total


def names_document(question: Question) -> bool:
    """Tell whether the question says which document it means."""
    return question.exclusive or max(question.documents.values(), default=0.0) >= SURELY_MEANT


# Grown by `python -m tests.benchmarks.calibrate 18` on signs of questions to real documents, on questions to offices
# made up for it and, weighing less, on written questions to small offices of law.
FILE = Path(__file__).parent / "data" / "deciding.npz"


def columns(evidence: Signs) -> NDArray[np.float32]:
    """Return float32 [1, m], what the trees look at."""
    return np.array([astuple(evidence)], np.float32)


def likelihood(evidence: Signs) -> float:
    """Return the probability, 0..1, that the passage answers."""
    return 1 / (1 + math.exp(-float(stored(FILE).score(columns(evidence))[0])))


def answers(question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> bool:
    """Tell whether the first of `hits` may be answered from."""
    evidence = signs(question, hits, snapshot)
    if evidence.coverage >= _ALL:
        return not _is_hardly_a_question(question, evidence)
    if evidence.coverage > _HALF and says_code(question.text, snapshot.passage(hits[0].passage).text):
        return True  # "mã TG.1.7": no other row is asked about
    if evidence.idle >= _A_LINE or _has_another_amount(evidence) or _is_far_fetched(question, evidence):
        return False
    return likelihood(evidence) >= _least(question, evidence, snapshot)


def _least(question: Question, evidence: Signs, snapshot: Snapshot) -> float:
    """Return the likelihood from which the question is answered."""
    foreign = evidence.coverage < _ANY and evidence.unheard and absent_word(question, snapshot) is not None
    if foreign and evidence.elsewhere > evidence.semantic:
        return _LEAST_FOREIGN
    if _is_nearer_elsewhere(evidence):
        return _LEAST_UNLIKE
    return _LEAST_DOUBTFUL if foreign or is_small_talk(evidence) else _LEAST


def _is_nearer_elsewhere(evidence: Signs) -> bool:
    """Tell whether the words asked stand in the passage one by one, beside others, and official texts come nearer.

    "Khách gửi xe máy ở đâu?" is not answered by "xe ô tô, máy móc, nhà làm việc …", and "xe máy" stands nowhere. Where
    fewer of the words stand there they may be put in other words. No right answer of a real document is lost to it.
    """
    if evidence.named or not evidence.unheard:
        return False
    beside = _HALF < evidence.coverage < _MUCH and evidence.unjoined > _JOINED
    return beside and evidence.semantic < _FAR and evidence.elsewhere > evidence.semantic + _NEARER


def _is_hardly_a_question(question: Question, evidence: Signs) -> bool:
    """Tell whether one word at most is asked, for no fact, far nearer to small talk than to the passage that has it.

    "Mấy giờ rồi", "2+2 bằng mấy": the word stands somewhere in any office.
    """
    said = [term for term in question.terms if term.weight >= FULL_WEIGHT and not term.text.isdigit()]
    if len(said) > 1 or question.follow_up or question.documents or question.wanted[0] is not Wanted.PASSAGE:
        return False
    return evidence.idle > max(_TALK, evidence.semantic + _FAR_NEARER)


def _has_another_amount(evidence: Signs) -> bool:
    return bool(evidence.exact) and evidence.heaviest > _MOST and evidence.lacking > _LACKING


def _is_far_fetched(question: Question, evidence: Signs) -> bool:
    """Tell whether the few words asked hardly stand in the best passage, their pairs nowhere, nor anything near them.

    "Cách làm bánh chưng": who asks for what is there in words of their own says more. Over the six judging offices it
    refuses 4 of the 15 idle questions left to answer and no right answer, and none of 751 to real questions.
    """
    if (names_document(question) and not question.follow_up) or len(syllables(question.text)) > _FEW:
        return False
    stands = evidence.coverage >= _SOME or evidence.unjoined <= _JOINED
    return not stands and evidence.semantic < _FAR and evidence.odds < _UNLIKE


def is_small_talk(evidence: Signs) -> bool:
    """Tell whether the question is clearly nearer to small talk than to the best passage, and that hardly has it."""
    return evidence.coverage < _SOME and evidence.idle > max(_TALK, evidence.semantic + _NEARER)


def absent_word(question: Question, snapshot: Snapshot) -> str | None:
    """Return an official term of `question` that no document could be about, as it was meant; None where all could."""
    if not question.unknown:
        return None
    terms = unheard(official_terms(question, language()), snapshot)
    found = alien(terms, question, snapshot)
    return found.text if found else None


def is_answered_by(fact: Fact, question: Question, hits: Sequence[Hit], snapshot: Snapshot) -> bool:
    """Tell whether `fact` is of the matter asked about.

    Every document has a number, recipients and dates: "viết đơn gửi ai" must not be answered with those of whichever
    document is least unlike. A signature or a date says nothing of its matter, though: where the best passage, with the
    context that names its document, has most of the words asked and every official term, that is enough.
    """
    if of_something_else(question, fact, snapshot):
        return False
    if fact.missing or question.follow_up or question.own_unit or names_document(question) or not hits:
        return True
    if named_place(question.text) and any(question.documents.get(place.document) for place in fact.places):
        return True  # "khoản 3 Điều 5 quy chế": which words are asked for is said
    if fact.wanted is Wanted.DUTIES and asks_all_duties(question):
        return True  # what opens with the body's name is for it, whatever other words stand there
    if question.symbols and fact.wanted in _OF_A_SYMBOL:
        return True  # of the very document that is named, or of the one that cites it
    if fact.wanted in _OF_A_HEAD and means_one(question):
        return True
    evidence = signs(question, hits, snapshot)
    if evidence.coverage < _HALF:
        return False  # of 15 such facts none was what a real question asked for; of 7 the best passage was
    if evidence.coverage >= _SOME and (not evidence.lacking or likelihood(evidence) >= _LEAST):
        return True
    return answers(question, hits, snapshot)


def means_one(question: Question) -> bool:
    """Tell whether most of one title is said and of no other half as much: enough to ask who signed it."""
    best, *others = sorted(question.documents.values(), reverse=True) or (0.0,)
    return best >= _MOSTLY_MEANT and best >= _ONLY * max(others, default=0.0)


def of_something_else(question: Question, fact: Fact, snapshot: Snapshot) -> bool:
    """Tell whether a time or an addressee is that of another matter: the document never names what was asked about."""
    if fact.wanted not in _OF_A_MATTER or not fact.places or question.follow_up:
        return False
    card = snapshot.documents[fact.places[0].document]
    return lacking(official_terms(question, language()), snapshot, np.arange(card.first, card.last)) > _ANOTHER
