"""A small contextual encoder that starts out as the static model and learns what stands around a word.

A T5 encoder (root-mean-square norms before each layer, no biases, relative positions) whose layers add nothing at
first, under word weights that are the lengths of the static vectors: before the first step its vectors are the static
model's own. Saved, it is an ordinary sentence-transformers folder. Needs the `train` extra.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of the encoder; its width is that of the static vectors."""

    layers: int = 2
    heads: int = 4
    inner: int = 1024  # width of the feed-forward layer
    longest: int = 256  # tokens of a text that are read
    positions: int = 32  # buckets of relative distance
    farthest: int = 128  # distance from which all are alike


def static_matrix(folder: Path) -> NDArray[np.float32]:
    """Return float32 [v, d]: the vectors of a static model folder, the unknown token's zero."""
    vectors = load_file(str(folder / "model.safetensors"))["embedding.weight"].astype(np.float32)
    vectors[0] = 0
    return vectors


def start_contextual(static: Path, shape: Shape, work: Path) -> SentenceTransformer:
    """Return the untrained encoder over the tokenizer and the vectors of the static model; writes to folder `work`."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer, WordWeights

    vectors = static_matrix(static)
    lengths = np.linalg.norm(vectors, axis=1)
    _write_transformer(static, vectors, lengths, shape, work)
    transformer = Transformer(str(work), max_seq_length=shape.longest)
    tokenizer = Tokenizer.from_file(str(static / "tokenizer.json"))
    tokens = [tokenizer.id_to_token(number) or "" for number in range(len(vectors))]
    mean = float(lengths[lengths > 0].mean())
    weights = {token: float(length) / mean for token, length in zip(tokens, lengths, strict=True)}
    modules: list[Any] = [
        transformer,
        WordWeights(tokens, weights, unknown_word_weight=0.0),
        Pooling(vectors.shape[1], pooling_mode="mean"),
        Normalize(),
    ]
    return SentenceTransformer(modules=modules, device="cpu")


def _write_transformer(
    static: Path, vectors: NDArray[np.float32], lengths: NDArray[np.float32], shape: Shape, work: Path
) -> None:
    import torch
    from transformers import PreTrainedTokenizerFast, T5Config, T5EncoderModel

    width = vectors.shape[1]
    config = T5Config(
        vocab_size=len(vectors),
        d_model=width,
        d_kv=width // shape.heads,
        d_ff=shape.inner,
        num_layers=shape.layers,
        num_heads=shape.heads,
        relative_attention_num_buckets=shape.positions,
        relative_attention_max_distance=shape.farthest,
        dropout_rate=0.0,
        feed_forward_proj="relu",
        pad_token_id=0,
        eos_token_id=None,
    )
    model = T5EncoderModel(config)
    # Directions of root mean square 1: the norm after the last layer leaves them as they are, their lengths being
    # the word weights.
    directions = vectors / np.where(lengths > 0, lengths, 1)[:, None] * np.float32(np.sqrt(width))
    with torch.no_grad():
        model.shared.weight.copy_(torch.from_numpy(directions))
        for name, weights in model.named_parameters():
            if name.endswith(("SelfAttention.o.weight", "DenseReluDense.wo.weight")):
                weights.zero_()
    model.save_pretrained(str(work))
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call] # transformers leaves it without types
        tokenizer_file=str(static / "tokenizer.json"),
        unk_token="<unk>",
        pad_token="<unk>",  # masked wherever it pads; a token of its own would not be in the static matrix
        model_max_length=shape.longest,
    )
    tokenizer.save_pretrained(str(work))


def note_word_weights(model: SentenceTransformer) -> None:
    """Put the trained word weights where saving looks for them: what WordWeights is loaded from is its settings.

    An unknown word weighs nothing, whatever training made of that token.
    """
    words: Any = model[1]
    weights = words.emb_layer.weight.detach().half().squeeze(-1).tolist()
    words.word_weights = dict(zip(words.vocab, [0.0, *weights[1:]], strict=True))
    words.emb_layer.weight.data[0] = 0
