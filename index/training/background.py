"""The background beside a model: `python -m index.training.background --corpora ../shared/corpora --model index/model`.

A sample of the official texts that a model learnt from, encoded by it (`index.background` says what for). Texts whose
questions are held out stay out of it: refusing is fitted on them.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from index.background import FILE
from index.encoder import Encoder, load_encoder
from index.training.corpora import Source, read_articles, read_procedures
from index.vectors import rounded, write_vectors

TEXTS = 16_000
_LONGEST = 160  # syllables


def write_background(
    encoder: Encoder, sources: Sequence[Source], held_out: Callable[[str], bool], folder: Path, seed: int
) -> int:
    """Write the vectors of a sample of `sources` into `folder`; return how many.

    `held_out` tells of a law or procedure that it stays out.
    """
    there = [source for source in sources if not held_out(source.group)]
    chosen = random.Random(seed).sample(there, min(TEXTS, len(there)))
    texts = [f"{source.heading}\n{' '.join(source.text.split()[:_LONGEST])}" for source in chosen]
    write_vectors(rounded(encoder.encode_passages(texts)), folder / FILE)
    return len(texts)


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the background of a model anew."""
    from index.train import Recipe, is_held_out
    from index.training.written import HELD_OUT

    parser = argparse.ArgumentParser(prog="python -m index.training.background", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"), help="folder of official texts")
    parser.add_argument("--model", type=Path, default=Path("index/model"), help="folder of the model")
    chosen = parser.parse_args(arguments)
    sources = [*read_articles(chosen.corpora), *read_procedures(chosen.corpora)]
    encoder = load_encoder(str(chosen.model))
    count = write_background(encoder, sources, lambda group: is_held_out(group, HELD_OUT), chosen.model, Recipe().seed)
    print(f"{chosen.model}: {count} official texts in the background")


if __name__ == "__main__":
    main()
