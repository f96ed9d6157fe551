"""The contextual encoder in numpy: a small T5 encoder under word weights, read from its sentence-transformers folder.

Torch is neither needed nor loaded. Gives the vectors that sentence-transformers gives for the same folder, to rounding
(`tests/index/test_contextual.py`). Knows nothing of passages, questions or training.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.text import syllables

Floats = NDArray[np.float32]

_TOGETHER = 2048  # tokens multiplied at once: enough to keep the processor busy, 8 MB at the widest
MODULES = ["Transformer", "WordWeights", "Pooling", "Normalize"]  # what such a folder consists of


@dataclass(frozen=True, slots=True)
class _Layer:
    """The weights of one layer, every matrix transposed so that rows of tokens stand on its left."""

    before: Floats  # [d] gains of the norm before attention
    joined: Floats  # [d, 3 × d] queries, keys and values
    out: Floats  # [d, d]
    between: Floats  # [d] gains of the norm before the feed-forward part
    widen: Floats  # [d, inner]
    narrow: Floats  # [inner, d]


class ContextualModel:
    """The weights of a folder and the way from texts to vectors. Read-only after loading, so safe from any thread."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError, ValueError or LookupError for a folder that is not such a model."""
        from safetensors.numpy import load_file  # only those who use such a model pay
        from tokenizers import Tokenizer

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        if config["feed_forward_proj"] != "relu":
            raise ValueError(f"feed_forward_proj {config['feed_forward_proj']!r}")
        self._heads = int(config["num_heads"])
        self._epsilon = np.float32(config["layer_norm_epsilon"])
        reading = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
        self._longest = int(reading["model_max_length"])
        tensors = load_file(str(folder / "model.safetensors"))
        self._embedding = tensors["shared.weight"]  # left in its sixteen bits: only a text's rows are widened
        self._weights = load_file(str(folder / "1_WordWeights" / "model.safetensors"))["emb_layer.weight"]
        self._final = tensors["encoder.final_layer_norm.weight"].astype(np.float32)
        self._layers = tuple(_layer(tensors, number) for number in range(int(config["num_layers"])))
        near = tensors["encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight"].astype(np.float32)
        self._bias = _distance_bias(near, int(config["relative_attention_max_distance"]), self._longest)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.dimension = int(self._embedding.shape[1])

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return float32 [len(texts), dimension], not of unit length; zeros for a text without a known word."""
        prepared = [" ".join(syllables(text)) for text in texts]
        encoded = self._tokenizer.encode_batch_fast(prepared, add_special_tokens=False)
        ids = [np.asarray(encoding.ids[: self._longest], dtype=np.int64) for encoding in encoded]
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for chosen in _portions([len(one) for one in ids]):
            out[chosen] = self._portion([ids[number] for number in chosen])
        return out

    def _portion(self, ids: list[NDArray[np.int64]]) -> Floats:
        """Return float32 [len(ids), d]: the weighted means of a few texts, none of them empty, laid end to end."""
        flat = np.concatenate(ids)
        ends = np.cumsum([len(one) for one in ids])
        starts = ends - [len(one) for one in ids]
        states = self._embedding[flat].astype(np.float32)
        for layer in self._layers:
            joined = np.asarray((self._norm(states) * layer.before) @ layer.joined, dtype=np.float32)
            mixed = np.empty_like(states)
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
                mixed[start:end] = self._attend(joined[start:end])
            states += mixed @ layer.out
            inner = (self._norm(states) * layer.between) @ layer.widen
            np.maximum(inner, 0, out=inner)
            states += inner @ layer.narrow
        states = self._norm(states) * self._final * self._weights[flat].astype(np.float32)
        return np.asarray(np.add.reduceat(states, starts, axis=0), dtype=np.float32)

    def _attend(self, joined: Floats) -> Floats:
        """Return float32 [n, d]: what each token of one text hears of the others; `joined` float32 [n, 3 × d]."""
        count = len(joined)
        query, key, value = joined.reshape(count, 3, self._heads, -1).transpose(1, 2, 0, 3)
        middle = self._longest - 1
        scores = query @ key.transpose(0, 2, 1)
        # Row i of the bias of a text is the run of distances -i … n-1-i: a window that slides by one.
        strip = self._bias[:, middle - count + 1 : middle + count]
        scores += np.lib.stride_tricks.sliding_window_view(strip, count, axis=1)[:, ::-1]
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        return np.asarray((scores @ value).transpose(1, 0, 2).reshape(count, -1))

    def _norm(self, states: Floats) -> Floats:
        power = np.einsum("nd,nd->n", states, states) / np.float32(states.shape[1])
        return np.asarray(states / np.sqrt(power + self._epsilon)[:, None])


def is_contextual(folder: Path) -> bool:
    """Whether a folder is a T5 encoder under word weights, and so needs no torch."""
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kind = json.loads((folder / "config.json").read_text(encoding="utf-8"))["model_type"]
        return kind == "t5" and [str(module["type"]).rsplit(".", 1)[-1] for module in modules] == MODULES
    except (OSError, ValueError, KeyError, TypeError):
        return False  # whatever it is, sentence-transformers will say


def _layer(tensors: dict[str, NDArray[np.floating]], number: int) -> _Layer:
    def read(name: str) -> Floats:
        return np.ascontiguousarray(tensors[f"encoder.block.{number}.layer.{name}.weight"].T, dtype=np.float32)

    attention = [read(f"0.SelfAttention.{part}") for part in "qkv"]
    return _Layer(
        before=read("0.layer_norm"),
        joined=np.ascontiguousarray(np.concatenate(attention, axis=1)),
        out=read("0.SelfAttention.o"),
        between=read("1.layer_norm"),
        widen=read("1.DenseReluDense.wi"),
        narrow=read("1.DenseReluDense.wo"),
    )


def _distance_bias(weights: Floats, farthest: int, longest: int) -> Floats:
    """Return float32 [heads, 2 × longest - 1]: what is added to a score by the distance from the asking token.

    Column longest - 1 is the token itself. `weights` [buckets, heads]; half the buckets are for what follows. The
    near half of either side has a bucket a distance, the rest share the others by the logarithm (Raffel et al. 2020).
    """
    distance = np.arange(1 - longest, longest)
    side = weights.shape[0] // 2
    exact = side // 2
    away = np.abs(distance)
    with np.errstate(divide="ignore"):
        logs = np.log(away.astype(np.float32) / exact) / np.float32(np.log(farthest / exact)) * (side - exact)
    shared = np.minimum(exact + np.where(away > 0, logs, 0).astype(np.int64), side - 1)
    bucket = np.where(away < exact, away, shared) + side * (distance > 0)
    return np.ascontiguousarray(weights[bucket].T)


def _portions(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of the texts that are not empty, about `_TOGETHER` tokens at a time."""
    portion: list[int] = []
    tokens = 0
    for number, length in enumerate(lengths):
        if not length:
            continue
        if portion and tokens + length > _TOGETHER:
            yield portion
            portion, tokens = [], 0
        portion.append(number)
        tokens += length
    if portion:
        yield portion
