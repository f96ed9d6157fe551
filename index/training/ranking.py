"""The loss of the contextual encoder: in-batch negatives, less those that say the same as the right passage.

Laws repeat each other almost word for word, and batches are made of neighbours: without this, a passage as right as
the right one would count as wrong. Needs the `train` extra.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.data import BatchSampler, SequentialSampler
from transformers import TrainerCallback, TrainerControl, TrainerState, TrainingArguments

from index.training.contextual import note_word_weights


class DistinctRankingLoss(nn.Module):
    """MultipleNegativesRanking that leaves out passages too like the right one in the eyes of a static model."""

    def __init__(self, model: nn.Module, static: Tensor, scale: float = 20.0, same: float = 0.95) -> None:
        """`static` [v, d] are the static vectors by token; passages with a cosine above `same` are held for one."""
        super().__init__()
        self.model = model
        self.scale = scale
        self.same = same
        self._static = [static]  # in a list: it is no parameter, and is neither moved, trained nor saved

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor | None = None) -> Tensor:
        """Return the mean loss of a batch of (question, passage)."""
        questions, passages = list(sentence_features)
        tokens, mask = passages["input_ids"], passages["attention_mask"]
        asked = self.model(questions)["sentence_embedding"]
        answers = self.model(passages)["sentence_embedding"]
        asked = nn.functional.normalize(asked.float(), dim=-1)
        answers = nn.functional.normalize(answers.float(), dim=-1)
        scores = asked @ answers.T * self.scale
        scores = scores.masked_fill(self._alike(tokens, mask), float("-inf"))
        return nn.functional.cross_entropy(scores, torch.arange(len(scores)))

    @torch.no_grad()
    def _alike(self, tokens: Tensor, mask: Tensor) -> Tensor:
        """Return bool [n, n]: pairs of different passages that say the same."""
        sums = (self._static[0][tokens] * mask.unsqueeze(-1)).sum(1)
        rows = nn.functional.normalize(sums, dim=-1)
        alike = rows @ rows.T > self.same
        alike.fill_diagonal_(False)
        return alike

    def get_config_dict(self) -> dict[str, Any]:
        """Return what the trainer notes about the loss."""
        return {"scale": self.scale, "same": self.same}


def in_order(dataset: Any, batch_size: int, drop_last: bool, **_: Any) -> BatchSampler:
    """Return batches of rows as they stand: which pairs make a batch was decided when they were ordered."""
    return BatchSampler(SequentialSampler(dataset), batch_size, drop_last)


class WordWeightsKept(TrainerCallback):
    """Sees to it that a checkpoint, and a run that goes on from it, has the word weights as they were trained."""

    def on_step_end(
        self, args: TrainingArguments, state: TrainerState, control: TrainerControl, model: Any = None, **_: Any
    ) -> None:
        """Note the weights where a checkpoint is about to be written."""
        if control.should_save:
            note_word_weights(model)
