"""A second, closer look at the few dozen best candidates: what each passage says itself, apart from its context line.

The context line (document, subject, headings) makes every passage of a document findable by the document's name; it
also makes them all alike. Here the passage's own words and its place in the document tell them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.passage import Passage
from knowledge.text import bare_syllables

from .coverage import Asked, share_of_text
from .expected import form_asked
from .model import Question, Wanted

# The frame around the body repeats what the document is called; it answers only questions about itself.
_FRAME = {
    "header": {Wanted.SYMBOL, Wanted.ISSUE_DATE, Wanted.ISSUER},
    "title": {Wanted.SUBJECT},
    "preamble": {Wanted.LEGAL_BASES, Wanted.ISSUER, Wanted.SUBJECT, Wanted.ISSUE_DATE},
    "recipients": {Wanted.RECIPIENTS},
    "signature": {Wanted.SIGNER},
}
_HALF_FRAME = {"preamble"}  # runs on into the body


@dataclass(frozen=True, slots=True)
class Closer:
    """What the second look saw; arrays float32 [n]."""

    own: NDArray[np.float32]  # share of the question's words in the passage's own text, 0..1
    headed: NDArray[np.float32]  # share of the pairs of words of the heading above it that the question says, 0..1
    frame: NDArray[np.float32]  # 1: frame of a document, not asked for; -1: the part of the frame that is asked for
    shown: NDArray[np.float32]  # 1: it has the form of answer that is asked for: a percentage, an amount, a date


def look(passages: Sequence[Passage], asked: Sequence[Asked], question: Question) -> Closer:
    """Look at `passages` for the words `asked`, the facts and the form of answer that `question` wants."""
    own = [share_of_text(asked, passage.text) for passage in passages]
    pairs = frozenset(_pairs(question.meant))
    headed = [_headed(passage.context, pairs) for passage in passages]
    frame = [_frame(passage.cite, question.wanted) for passage in passages]
    form = form_asked(question)
    shown = [form is not None and form.shows(passage.text) for passage in passages]
    return Closer(*(np.array(column, np.float32) for column in (own, headed, frame, shown)))


def _headed(context: str, said: frozenset[tuple[str, str]]) -> float:
    """How much of the nearest heading the question says: who asks what an article is called means that article."""
    heading = _pairs(context.rpartition(" › ")[2])
    return sum(pair in said for pair in heading) / len(heading) if heading else 0.0


def _pairs(text: str) -> list[tuple[str, str]]:
    return list(pairwise(bare_syllables(text)))


def _frame(cite: str, wanted: Sequence[Wanted]) -> float:
    answers = _FRAME.get(cite)
    if answers is None:
        return 0.0
    if answers & set(wanted):
        return -1.0 if wanted[0] in answers else 0.0
    return 0.5 if cite in _HALF_FRAME else 1.0
