"""Where the vectors stand before training: where their meaning puts them, long for rare tokens, short for common ones.

Tokens without a known meaning have random directions. A mean of such vectors is a projection of a bag of words weighted
by IDF, so training starts from a lexical search engine that knows some words to be alike, instead of from noise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.training.vocabulary import token_of
from knowledge.text import fold

Floats = NDArray[np.float32]

_BLEND = 0.7  # how much of a folded token's first vector comes from the accented tokens it may stand for


def document_frequencies(tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.int64]:
    """Return in how many of `texts` each token of the tokenizer occurs, int64 [v]."""
    seen: Counter[int] = Counter()
    for first in range(0, len(texts), 2000):
        for encoding in tokenizer.encode_batch_fast(list(texts[first : first + 2000]), add_special_tokens=False):
            seen.update(set(encoding.ids))
    return np.array([seen[token] for token in range(tokenizer.get_vocab_size())], dtype=np.int64)


def first_vectors(
    tokenizer: Tokenizer,
    frequencies: NDArray[np.int64],
    documents: int,
    dimension: int,
    seed: int,
    placed: Mapping[str, Floats] | None = None,
) -> Floats:
    """Return float32 [v, dimension]: IDF times a direction, folded tokens leaning to what they may stand for.

    The direction is that of the word in `placed` (`index.training.meanings`), as near as `dimension` columns allow; of
    tokens that are not there it is random.
    """
    draw = np.random.default_rng(seed)
    size = tokenizer.get_vocab_size()
    vectors = draw.standard_normal((size, dimension), dtype=np.float32) / np.float32(np.sqrt(dimension))
    tokens = [tokenizer.id_to_token(position) or "" for position in range(size)]
    by_token = {token: position for position, token in enumerate(tokens)}
    words = {
        by_token[token]: at for word, at in (placed or {}).items() if (token := token_of(*word.split())) in by_token
    }
    if words:
        rows = np.fromiter(words, dtype=np.int64)
        vectors[rows] = _principal(np.stack(list(words.values())), np.sqrt(frequencies[rows] + 1.0), dimension)
    total = np.zeros_like(vectors)
    known = frequencies.copy()
    for position, token in enumerate(tokens):
        folded = by_token.get(fold(token))
        if folded is not None and folded != position:
            total[folded] += vectors[position] * np.float32(frequencies[position])
            known[folded] += frequencies[position]
    leaning = np.linalg.norm(total, axis=1) > 0
    total[leaning] /= np.linalg.norm(total[leaning], axis=1, keepdims=True)
    vectors[leaning] = np.float32(_BLEND) * total[leaning] + np.float32(1 - _BLEND) * vectors[leaning]
    idf = np.log((documents + 1) / (known + 1)).astype(np.float32)
    vectors *= np.maximum(idf, np.float32(0.1))[:, None]
    vectors[0] = 0  # the unknown token
    return vectors


def _principal(vectors: Floats, weights: NDArray[np.float64], dimension: int) -> Floats:
    """Return the vectors in their first `dimension` principal directions, centred, of unit length.

    `weights`, [n]: how much each counts for the directions. The first columns say the most, as Matryoshka wants it.
    """
    centred = vectors - (vectors * weights[:, None]).sum(0) / weights.sum()
    _, _, axes = np.linalg.svd(centred * np.sqrt(weights)[:, None], full_matrices=False)
    turned = centred @ axes[:dimension].T
    turned /= np.maximum(np.linalg.norm(turned, axis=1, keepdims=True), 1e-9)
    out = np.zeros((len(vectors), dimension), dtype=np.float32)
    out[:, : turned.shape[1]] = turned
    return out
