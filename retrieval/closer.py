"""A second, closer look at the few dozen best candidates: where each stands in its document, and under what heading.

The context line (document, subject, headings) makes every passage of a document findable by the document's name; it
also makes them all alike. Here the nearest heading and the place in the document tell them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.passage import Passage
from knowledge.letters import is_upper
from knowledge.marks import is_attached_mark
from knowledge.text import bare_syllables

from .forms import form_preferred
from .model import Question, Wanted

# The frame around the body repeats what the document is called; it answers only questions about itself.
_FRAME = {
    "header": {Wanted.SYMBOL, Wanted.ISSUE_DATE, Wanted.ISSUER},
    "title": {Wanted.SUBJECT},
    "preamble": {Wanted.LEGAL_BASES, Wanted.ISSUER, Wanted.SUBJECT, Wanted.ISSUE_DATE},
    "recipients": {Wanted.RECIPIENTS},
    "signature": {Wanted.SIGNER},
}
# "- Đơn vị chủ trì: …", "1. Thời gian: …", "a) Thành phần: …"
_LABEL = re.compile(r"^[^\w\n]*(?:\w{1,4}[.)]\s*)*([^\W\d_][^:|\n]{2,60}):(?=\s)", re.MULTILINE)
_HALF_FRAME = {"preamble"}  # runs on into the body
_LONGEST_HEADING = 250  # characters


@dataclass(frozen=True, slots=True)
class Closer:
    """What the second look saw; arrays float32 [n]."""

    headed: NDArray[np.float32]  # share of the pairs of words of the heading above it that the question says, 0..1
    frame: NDArray[np.float32]  # 1: frame of a document, not asked for; -1: the part of the frame that is asked for

    def take(self, rows: NDArray[np.int64]) -> Closer:
        """Return what was seen of `rows` only, in that order."""
        return Closer(self.headed[rows], self.frame[rows])


def look(passages: Sequence[Passage], question: Question) -> Closer:
    """Look at `passages` for what `question` says and the facts it wants."""
    pairs = frozenset(_pairs(question.meant))
    headed = [_headed(passage.context, pairs) for passage in passages]
    frame = [_frame(passage, question.wanted) for passage in passages]
    return Closer(np.array(headed, np.float32), np.array(frame, np.float32))


def shown(passages: Sequence[Passage], question: Question) -> NDArray[np.float32]:
    """Return float32 [n], 1: it has the form of answer that is asked for: a percentage, an amount, a date."""
    form = form_preferred(question)
    return np.array([form is not None and form.shows(passage.text) for passage in passages], np.float32)


def labelled(passages: Sequence[Passage], question: Question) -> NDArray[np.float32]:
    """Return float32 [n]: how much of the best label of a line ("Cơ quan chỉ đạo: …") the question says, 0..1.

    Notices and rules of contests answer under labels as under headings, several to a passage.
    """
    said = frozenset(_pairs(question.meant))
    labels = [[_pairs(label) for label in _LABEL.findall(passage.text)] for passage in passages]
    return np.array([max((_share(one, said) for one in ones), default=0.0) for ones in labels], np.float32)


def _headed(context: str, said: frozenset[tuple[str, str]]) -> float:
    """How much of the nearest heading the question says: who asks what an article is called means that article."""
    return _share(_pairs(context.rpartition(" › ")[2]), said)


def _share(pairs: Sequence[tuple[str, str]], said: frozenset[tuple[str, str]]) -> float:
    return sum(pair in said for pair in pairs) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> list[tuple[str, str]]:
    return list(pairwise(bare_syllables(text)))


def is_heading(text: str) -> bool:
    """Tell whether `text` is the name of a chapter or an appendix alone, in capitals: what it says stands below."""
    lines = [line for line in text.split("\n") if not is_attached_mark(line)] if "(" in text else [text]
    words = "\n".join(lines).strip("*_# \n").removeprefix("Phụ lục\n")
    return len(words) <= _LONGEST_HEADING and is_upper(words) and not words.endswith((".", ";", ":"))


def _frame(passage: Passage, wanted: Sequence[Wanted]) -> float:
    answers = _FRAME.get(passage.cite)
    if answers is None:
        return float(is_heading(passage.text))
    if answers & set(wanted):
        return -1.0 if wanted[0] in answers else 0.0
    return 0.5 if passage.cite in _HALF_FRAME else 1.0
