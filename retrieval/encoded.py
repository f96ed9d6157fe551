"""A question as a vector: the words that are encoded, and how official texts at large speak of the same matter.

Staff ask in everyday words. What official texts say about the matter asked, wherever they are from, says it in the
words that a document here would use: among few passages, the question's vector is moved toward them a little. How near
they come also tells whether a matter is one that this office has documents on (`deciding`).
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.encoder import BackedEncoder, unit_rows
from knowledge.text import fold

from .headers import headers
from .model import SURELY_MEANT, Question
from .small_talk import like_small_talk

if TYPE_CHECKING:
    from index.snapshot import Snapshot

# Among few passages it brings 1 to 3 of 100 staff questions; among 134,071 of law it took 0.016 of nDCG@10.
_MOVED, _MANY = 0.3, 20_000
_ENOUGH = 3  # words left that make a question
_SAYS_SOMETHING = 0.3  # words of less weight are function words


@dataclass(frozen=True, slots=True)
class Encoded:
    """What of a question is compared with passages."""

    words: str  # that were encoded
    vector: NDArray[np.float32]  # [d], of unit length
    elsewhere: float | None  # mean cosine with the nearest official texts at large; None: the model knows none
    idle: float | None  # mean cosine with the nearest small talk; None: not known for this model


# Of the last question to each snapshot: asked for to search and again to decide.
_LAST: weakref.WeakKeyDictionary[Snapshot, Encoded] = weakref.WeakKeyDictionary()


def encoded(question: Question, snapshot: Snapshot) -> Encoded:
    """Encode `question` as it was meant."""
    words = _words(question, snapshot)
    last = _LAST.get(snapshot)
    if last is None or last.words != words:
        last = _LAST[snapshot] = _encode(words, snapshot)
    return last


def _encode(words: str, snapshot: Snapshot) -> Encoded:
    vector = snapshot.encoder.encode_queries([words])[0]
    idle = like_small_talk(snapshot.encoder, vector, words)
    background = snapshot.encoder.background if isinstance(snapshot.encoder, BackedEncoder) else None
    if background is None or not vector.any():
        return Encoded(words, vector, None, idle)
    around = background.around(vector)
    if len(snapshot) < _MANY:
        vector = unit_rows((vector + np.float32(_MOVED) * unit_rows(around.middle[None])[0])[None])[0]
    return Encoded(words, vector, around.cosine, idle)


def _words(question: Question, snapshot: Snapshot) -> str:
    """The text to encode: the question as it was meant, then what a follow-up carries over from earlier turns.

    Words that only ask and joining words stay: the model has learnt what little they weigh. Other words for the same
    stay out: it has learnt what they mean, too, and more of them blur a mean. Those that only name
    the document surely meant count half, for they stand above all its passages.
    """
    said = question.meant.split()
    best = max(question.documents, key=lambda document: question.documents[document], default=None)
    if best is not None and question.documents[best] >= SURELY_MEANT:
        called = headers(snapshot)[best].words
        others = [word for word in said if fold(word) not in called]
        said = [*said, *others] if len(others) >= _ENOUGH else said  # a mean: what stands twice weighs twice
    carried = question.terms if question.follow_up else ()
    return " ".join((*said, *(t.text for t in carried if t.weight >= _SAYS_SOMETHING and t.text not in said)))
