"""Make the contextual encoder: `python -m index.train_contextual --corpora ../shared/corpora --out var/contextual`.

Starts from a static model that `python -m index.train` made; `--resume` goes on from the last checkpoint. Needs the
`train` extra.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.encoder import SHIPPED, StaticEncoder
from index.train import Recipe as StaticRecipe
from index.train import is_held_out, validation
from index.training.batches import neighbourhoods, order
from index.training.contextual import Shape, note_word_weights, start_contextual, static_matrix
from index.training.corpora import Source, read_articles, read_procedures
from index.training.pairs import Pair, Shares, clauses, make_pair, telling_headings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the weights besides the texts and the static model."""

    seed: int = 20251121
    passes: int = 3  # different pairs made of each source
    batch: int = 256
    rate: float = 1e-3
    word_rate: float = 1e-2  # of the vectors and weights of tokens, most of which are met in few batches
    scale: float = 20.0
    nested: tuple[int, ...] = (256, 128)
    neighbourhoods: int = 1024
    judged: int = 400  # held-out sources whose questions are asked in the end, four times as many articles beside them
    threads: int = 2
    shape: Shape = field(default_factory=Shape)
    shares: Shares = field(
        default_factory=lambda: Shares(
            heading=0.4, snippet=0.3, clause=0.3, folded=0.4, reworded=0.35, thinned=0.25, longest=110
        )
    )


def make_pairs(sources: Sequence[Source], telling: frozenset[str], homes: Sequence[int], recipe: Recipe) -> list[Pair]:
    """Return the pairs in the order to train on, pass after pass, every `recipe.batch` of them a batch."""
    rng = random.Random(recipe.seed)
    cut = [clauses(source.text) for source in sources]
    pairs: list[Pair] = []
    for _ in range(recipe.passes):
        made: list[Pair] = []
        whence: list[int] = []
        for at, source in enumerate(sources):
            pair = make_pair(source, cut[at], source.heading in telling, recipe.shares, rng)
            if pair:
                made.append(pair)
                whence.append(homes[at])
        lengths = [pair.passage.count(" ") for pair in made]
        pairs += [made[at] for at in order(lengths, whence, recipe.batch, rng)]
    return pairs


def make_trainer(
    model: SentenceTransformer, pairs: Sequence[Pair], static: Path, recipe: Recipe, checkpoints: Path
) -> SentenceTransformerTrainer:
    """Return the trainer: the pairs in their order, bf16 on the processor, a checkpoint at every tenth of the way."""
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss

    from index.training.ranking import DistinctRankingLoss, WordWeightsKept, in_order

    inner = DistinctRankingLoss(model, torch.from_numpy(static_matrix(static)), recipe.scale)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(checkpoints),
        seed=recipe.seed,
        num_train_epochs=1,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.rate,
        learning_rate_mapping={r"shared\.weight|emb_layer\.weight": recipe.word_rate},
        warmup_steps=0.05,
        lr_scheduler_type="cosine",
        weight_decay=0.0,
        batch_sampler=in_order,  # type: ignore[arg-type] # any batch sampler will do, though it asks for its own class
        dataloader_drop_last=len(pairs) > recipe.batch,
        save_strategy="steps",
        save_steps=0.1,
        save_total_limit=2,
        logging_steps=0.01,
        report_to="none",
        use_cpu=True,
        bf16=True,
    )
    rows = Dataset.from_dict({"query": [p.query for p in pairs], "passage": [p.passage for p in pairs]})
    return SentenceTransformerTrainer(
        model=model,
        args=arguments,
        train_dataset=rows,
        loss=MatryoshkaLoss(model, inner, list(recipe.nested)),
        callbacks=[WordWeightsKept()],
    )


def train(corpora: Path, static: Path, out: Path, recipe: Recipe, checkpoints: Path, *, resume: bool = False) -> float:
    """Train by the recipe, write the folder, return nDCG@10 on the held-out synthetic questions."""
    import torch

    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    sources = [*read_articles(corpora), *read_procedures(corpora)]
    share = StaticRecipe().held_out
    kept = [source for source in sources if is_held_out(source.group, share)]
    taught = [source for source in sources if not is_held_out(source.group, share)]
    telling = telling_headings(sources)
    vectors = StaticEncoder(static).encode_passages([f"{source.heading}\n{source.text}" for source in taught])
    count = max(1, min(recipe.neighbourhoods, len(taught) // 40))
    homes = neighbourhoods(np.ascontiguousarray(vectors), count, recipe.seed).tolist()
    pairs = make_pairs(taught, telling, homes, recipe)
    judged = random.Random(recipe.seed).sample(kept, min(len(kept), recipe.judged))
    evaluator = validation(judged, taught, telling, StaticRecipe(seed=recipe.seed))
    with tempfile.TemporaryDirectory() as work:
        model = start_contextual(static, recipe.shape, Path(work))
    trainer = make_trainer(model, pairs, static, recipe, checkpoints)
    trainer.train(resume_from_checkpoint=resume and any(checkpoints.glob("checkpoint-*")))
    figure = float(evaluator(model)["valid_cosine_ndcg@10"])
    save(model, out)
    return figure


def save(model: SentenceTransformer, out: Path) -> None:
    """Write the model as fp16; a model card beside it is written by people."""
    note_word_weights(model)
    out.mkdir(parents=True, exist_ok=True)
    model.half().save(str(out), create_model_card=False)
    for path in out.rglob("*.safetensors"):
        path.chmod(0o644)  # written as 0600: another account of the machine must read it too


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line, train, and say how good the result is."""
    recipe = Recipe()
    parser = argparse.ArgumentParser(prog="python -m index.train_contextual", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"), help="folder of official texts")
    parser.add_argument("--static", type=Path, default=SHIPPED, help="folder of the static model to start from")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
    parser.add_argument("--checkpoints", type=Path, default=Path("index/checkpoints/contextual"))
    parser.add_argument("--seed", type=int, default=recipe.seed)
    parser.add_argument("--passes", type=int, default=recipe.passes, help="different pairs made of each source")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    chosen = parser.parse_args(arguments)
    recipe = Recipe(seed=chosen.seed, passes=chosen.passes)
    figure = train(chosen.corpora, chosen.static, chosen.out, recipe, chosen.checkpoints, resume=chosen.resume)
    print(f"{chosen.out}: nDCG@10 {figure:.4f} on held-out synthetic questions")


if __name__ == "__main__":
    main()
