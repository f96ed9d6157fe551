"""Make the shipped model anew: `python -m index.train --corpora ../shared/corpora --out index/model`.

Official texts in, an ordinary sentence-transformers folder out. Needs the `train` extra and, from the `bench` one, the
package of a small English model; answering needs neither. A run that was cut off goes on from its last checkpoint with
`--resume`.
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.encoder import load_encoder
from index.training.background import write_background
from index.training.corpora import Source, read_articles, read_procedures
from index.training.meanings import FILE as MEANINGS
from index.training.meanings import Floats, NoEnglishModel, Placing, all_minilm, place, read_meanings
from index.training.pairs import Pair, Shares, clauses, make_pairs, telling_headings
from index.training.start import document_frequencies, first_vectors
from index.training.vocabulary import choose_tokens, count, make_tokenizer, token_of
from index.training.written import FOLDER, HELD_OUT, Written, read_written, written_pairs
from knowledge.text import fold, syllables

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides the weights besides the texts. The defaults made the shipped model."""

    seed: int = 20251121
    epochs: int = 1  # over the pairs, which already hold `passes` different ones a source
    passes: int = 3
    asked: int = 17  # times each written question is asked: four of five pairs
    dimension: int = 256
    nested: tuple[int, ...] = (256, 128, 64)  # Matryoshka: the first so many columns are a model of their own
    batch: int = 2048
    rate: float = 0.02  # Adam's; embedding rows start at a length of about 5
    kept: float = 0.2  # of the vectors before training, averaged in at the end (Wortsman et al. 2022): for rare words
    scale: float = 20.0  # one over the temperature of the loss
    held_out: float = 0.02  # share of laws and procedures kept for choosing, never trained on
    threads: int = 2
    least: int = 5  # a syllable seen less often in official texts is unknown
    shares: Shares = field(default_factory=Shares)


def is_held_out(group: str, share: float) -> bool:
    """Whether a law or procedure is kept for validation: by a hash of its name, the same for every seed."""
    return int.from_bytes(hashlib.blake2b(group.encode(), digest_size=4).digest()) < share * 2**32


def start_model(
    sources: Sequence[Source], written: Sequence[Written], placed: Mapping[str, Floats], recipe: Recipe
) -> SentenceTransformer:
    """Return the untrained model: vocabulary chosen from texts and `placed` words, vectors at their starting place."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    counts = count(part for source in sources for part in (syllables(source.heading), *clauses(source.text)))
    asked = count(syllables(question) for one in written for question in one.questions)
    tokenizer = make_tokenizer(choose_tokens(counts, placed, asked, recipe.least))
    texts = [" ".join(syllables(f"{source.heading} {source.text}")) for source in sources]
    frequencies = document_frequencies(tokenizer, texts)
    vectors = first_vectors(tokenizer, frequencies, len(texts), recipe.dimension, recipe.seed, placed)
    modules: list[Any] = [StaticEmbedding(tokenizer, embedding_weights=vectors), Normalize()]
    return SentenceTransformer(modules=modules, device="cpu")


def validation(
    kept: Sequence[Source],
    others: Sequence[Source],
    telling: frozenset[str],
    recipe: Recipe,
    written: Sequence[Written] = (),
) -> InformationRetrievalEvaluator:
    """Return an evaluator over questions of held-out sources, among these and four times as many trained-on ones.

    Half the questions are asked without diacritics. The passage of a question is its source's whole text; of one of the
    first question to each of `written`, held out too, it is what that was written for.
    """
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    draw = random.Random(recipe.seed)
    among = [*kept, *draw.sample(list(others), min(len(others), 4 * len(kept)))]
    corpus: dict[str, Any] = {source.id: " ".join(syllables(f"{source.heading} {source.text}")) for source in among}
    queries: dict[str, Any] = {}
    plain = Shares(heading=0.2, snippet=0.4, clause=0.4, folded=0.0)
    for source in kept:
        for pair in make_pairs([source], telling, plain, 1, draw):
            queries[source.id] = fold(pair.query) if draw.random() < 0.5 else pair.query
    for number, one in enumerate(written):
        corpus[name := f"written {number}"] = " ".join(syllables(f"{one.heading} {one.passage}"))
        question = " ".join(syllables(one.questions[0]))
        queries[name] = fold(question) if draw.random() < 0.5 else question
    relevant = {name: {name} for name in queries}
    return InformationRetrievalEvaluator(
        queries, corpus, relevant, name="valid", batch_size=1024, ndcg_at_k=[10], write_csv=False
    )


def make_trainer(
    model: SentenceTransformer,
    pairs: Sequence[Pair],
    evaluator: InformationRetrievalEvaluator,
    recipe: Recipe,
    checkpoints: Path,
) -> SentenceTransformerTrainer:
    """Return the trainer: in-batch negatives at several dimensions at once, a checkpoint at every fifth of the way."""
    from datasets import Dataset
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments
    from sentence_transformers.base.sampler import BatchSamplers
    from sentence_transformers.sentence_transformer.losses import MatryoshkaLoss, MultipleNegativesRankingLoss

    loss = MatryoshkaLoss(model, MultipleNegativesRankingLoss(model, scale=recipe.scale), list(recipe.nested))
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(checkpoints),
        seed=recipe.seed,
        num_train_epochs=recipe.epochs,
        per_device_train_batch_size=recipe.batch,
        learning_rate=recipe.rate,
        warmup_steps=0.05,
        lr_scheduler_type="cosine",
        weight_decay=0.0,
        # Laws repeat each other word for word: the same passage twice in a batch would be its own negative.
        batch_sampler=BatchSamplers.NO_DUPLICATES_HASHED,
        dataloader_drop_last=len(pairs) > recipe.batch,
        eval_strategy="steps",
        eval_steps=0.2,
        save_strategy="steps",
        save_steps=0.2,
        save_total_limit=2,
        load_best_model_at_end=True,
        metric_for_best_model="eval_valid_cosine_ndcg@10",
        greater_is_better=True,
        logging_steps=0.02,
        report_to="none",
        use_cpu=True,
    )
    rows = Dataset.from_dict({"query": [p.query for p in pairs], "passage": [p.passage for p in pairs]})
    return SentenceTransformerTrainer(model=model, args=arguments, train_dataset=rows, loss=loss, evaluator=evaluator)


def _known(pairs: Sequence[Pair], model: SentenceTransformer) -> list[Pair]:
    """Leave out pairs without a single known word on one side: a vector of zeros has no direction to learn."""
    first: Any = model[0]
    known = frozenset(first.tokenizer.get_vocab())
    return [
        pair
        for pair in pairs
        if all(any(token_of(word) in known for word in text.split()) for text in (pair.query, pair.passage))
    ]


def _vectors(model: SentenceTransformer) -> Any:
    """Return the vectors of the tokens, the model's own tensor."""
    module: Any = model[0]
    return module.embedding.weight


def save(model: SentenceTransformer, out: Path) -> None:
    """Write the model as fp16; the model card beside it (README.md) is written by people and left alone."""
    out.mkdir(parents=True, exist_ok=True)
    model.half().save(str(out), create_model_card=False)
    (out / "model.safetensors").chmod(0o644)  # written as 0600: another account of the machine must read it too


def train(
    corpora: Path,
    out: Path,
    recipe: Recipe,
    checkpoints: Path,
    *,
    questions: Path = FOLDER,
    meanings: Path = MEANINGS,
    placing: Placing = all_minilm,
    resume: bool = False,
) -> float:
    """Train by the recipe, write the folder, return nDCG@10 on the held-out questions, synthetic and written.

    `placing` says where English meanings stand. Raises NoEnglishModel when the default one is not installed.
    """
    import torch

    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    sources = [*read_articles(corpora), *read_procedures(corpora)]
    kept = [source for source in sources if is_held_out(source.group, recipe.held_out)]
    taught = [source for source in sources if not is_held_out(source.group, recipe.held_out)]
    telling = telling_headings(sources)
    written = read_written(sources, questions)
    answered = [one for one in written if is_held_out(one.group, HELD_OUT)]
    written = [one for one in written if not is_held_out(one.group, HELD_OUT)]
    model = start_model(taught, written, place(read_meanings(meanings), placing), recipe)
    first = _vectors(model).detach().clone()
    draw = random.Random(recipe.seed)
    pairs = [
        *make_pairs(taught, telling, recipe.shares, recipe.passes, draw),
        *written_pairs(written, recipe.asked, recipe.shares.folded, draw),
    ]
    pairs = _known(pairs, model)
    evaluator = validation(kept, taught, telling, recipe, answered)
    trainer = make_trainer(model, pairs, evaluator, recipe, checkpoints)
    trainer.train(resume_from_checkpoint=resume and any(checkpoints.glob("checkpoint-*")))
    with torch.no_grad():
        _vectors(model).mul_(1 - recipe.kept).add_(first, alpha=recipe.kept)
    figure = float(evaluator(model)["valid_cosine_ndcg@10"])
    save(model, out)
    write_background(load_encoder(str(out)), sources, lambda group: is_held_out(group, HELD_OUT), out, recipe.seed)
    return figure


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line, train, and say how good the result is."""
    recipe = Recipe()
    parser = argparse.ArgumentParser(prog="python -m index.train", description=__doc__)
    parser.add_argument("--corpora", type=Path, default=Path("../shared/corpora"), help="folder of official texts")
    parser.add_argument("--out", type=Path, default=Path("index/model"), help="folder to write the model to")
    parser.add_argument("--checkpoints", type=Path, default=Path("index/checkpoints"), help="where runs are kept")
    parser.add_argument("--seed", type=int, default=recipe.seed)
    parser.add_argument("--epochs", type=int, default=recipe.epochs)
    parser.add_argument("--passes", type=int, default=recipe.passes, help="different pairs made of each source")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    chosen = parser.parse_args(arguments)
    recipe = Recipe(seed=chosen.seed, epochs=chosen.epochs, passes=chosen.passes)
    try:
        figure = train(chosen.corpora, chosen.out, recipe, chosen.checkpoints, resume=chosen.resume)
    except NoEnglishModel as error:
        parser.exit(1, f"{error}\n")
    print(f"{chosen.out}: nDCG@10 {figure:.4f} on held-out questions")


if __name__ == "__main__":
    main()
