"""The contextual encoder: a whole tiny training, and numpy giving what sentence-transformers gives."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from index import train, train_contextual
from index.encoder import ContextualEncoder, load_encoder
from index.errors import UnusableModel
from index.training.batches import LENGTHS, neighbourhoods, order
from index.training.colloquial import COLLOQUIAL, reworded, thinned
from index.training.contextual import Shape
from index.training.pairs import make_pairs, telling_headings
from knowledge.text import syllables
from tests.index.test_train import ARTICLES, by_words, corpora, meanings

__all__ = ["corpora", "meanings"]  # the fixtures of the static model's tests: the two are trained on the same texts

STATIC = train.Recipe(passes=4, batch=64, dimension=32, nested=(32, 16), held_out=0.2, least=2)
TINY = train_contextual.Recipe(
    passes=2, batch=32, nested=(32, 16), neighbourhoods=4, shape=Shape(layers=2, heads=2, inner=48, longest=24)
)
TEXTS = [
    "Đơn vị cấp thẻ thư viện phải lập sổ theo dõi",
    "muon xe cong",
    "zzzz",
    "",
    " ".join(["Người được giao kiểm tra tại chỗ ghi việc lưu giữ hồ sơ tại kho"] * 9),
]


@pytest.fixture(scope="module")
def trained(corpora: Path, meanings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A static model, and the contextual one trained from it, both tiny."""
    folder = tmp_path_factory.mktemp("models")
    train.train(corpora, folder / "static", STATIC, folder / "one", meanings=meanings, placing=by_words)
    train_contextual.train(corpora, folder / "static", folder / "contextual", TINY, folder / "two")
    return folder


def test_numpy_gives_what_sentence_transformers_gives(trained: Path) -> None:
    ours = load_encoder(str(trained / "contextual"))
    theirs = SentenceTransformer(str(trained / "contextual"), local_files_only=True).float()
    assert isinstance(ours, ContextualEncoder)
    assert ours.dimension == 32
    prepared = [" ".join(syllables(text)) for text in TEXTS]
    np.testing.assert_allclose(ours.encode_passages(TEXTS), theirs.encode(prepared), atol=1e-5)
    assert not ours.encode_passages(["zzzz"]).any()


def test_a_checkpoint_has_the_weights_as_they_were_trained(trained: Path) -> None:
    """WordWeights forgets them on loading unless they were noted; the last checkpoint is the finished model."""
    last = max((trained / "two").glob("checkpoint-*"), key=lambda path: int(path.name.rpartition("-")[2]))
    np.testing.assert_allclose(
        SentenceTransformer(str(last), local_files_only=True).encode(TEXTS[:2]),
        SentenceTransformer(str(trained / "contextual"), local_files_only=True).float().encode(TEXTS[:2]),
        atol=1e-2,
    )


def test_what_stands_around_a_word_counts(trained: Path) -> None:
    encoder = load_encoder(str(trained / "contextual"))
    one, other = encoder.encode_queries(["xe công phải kiểm tra hồ sơ", "hồ sơ kiểm tra phải công xe"])
    assert float(one @ other) < 0.99999


def test_a_text_is_encoded_alike_alone_and_among_others(trained: Path) -> None:
    encoder = load_encoder(str(trained / "contextual"))
    together = encoder.encode_passages(TEXTS * 40)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS])
    np.testing.assert_allclose(together[: len(TEXTS)], alone, atol=1e-5)
    assert not encoder.encode_passages([""]).any()
    assert encoder.encode_passages([]).shape == (0, 32)


def test_before_training_it_is_the_static_model(corpora: Path, trained: Path, tmp_path: Path) -> None:
    from index.training.contextual import start_contextual

    model = start_contextual(trained / "static", TINY.shape, tmp_path / "work")
    model.half().save(str(tmp_path / "start"), create_model_card=False)
    texts = [TEXTS[0], TEXTS[1]]
    start = load_encoder(str(tmp_path / "start")).encode_queries(texts)
    np.testing.assert_allclose(start, load_encoder(str(trained / "static")).encode_queries(texts), atol=5e-3)


def test_a_damaged_folder_is_said_in_one_line(trained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(trained / "contextual", folder)
    (folder / "model.safetensors").write_bytes(b"x")
    with pytest.raises(UnusableModel, match="Không đọc được mô hình"):
        load_encoder(str(folder))


def test_other_words_and_fewer_of_the_passage() -> None:
    rng = random.Random(1)
    asked = "thời hạn nộp hồ sơ của đơn vị".split()
    said = reworded(asked, 1.0, rng)
    assert said != asked
    assert "thời" not in said
    assert reworded(asked, 0.0, rng) == asked
    assert thinned(asked, frozenset(["hồ", "sơ"]), 1.0, rng) == "thời hạn nộp của đơn vị".split()
    assert thinned(asked, frozenset(asked), 1.0, rng) == asked
    assert all(others and phrase not in others for phrase, others in COLLOQUIAL.items())


def test_the_static_models_pairs_are_what_they_were() -> None:
    """The options that the contextual encoder added draw no random number where they are not asked for."""
    telling = telling_headings(ARTICLES)
    plain = replace(STATIC.shares)
    assert plain.reworded == plain.thinned == 0
    pairs = list(make_pairs(ARTICLES[:40], telling, plain, 1, random.Random(3)))
    asked_other = list(make_pairs(ARTICLES[:40], telling, replace(plain, reworded=1.0), 1, random.Random(3)))
    assert pairs == list(make_pairs(ARTICLES[:40], telling, plain, 1, random.Random(3)))
    assert pairs != asked_other


@example([(1, 0)] * 7 + [(2, 0)] * 3, 2)
@given(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 5)), max_size=400), st.integers(1, 40))
def test_batches_hold_every_pair_at_most_once(pairs: list[tuple[int, int]], size: int) -> None:
    chosen = order([length for length, _ in pairs], [home for _, home in pairs], size, random.Random(7))
    assert len(chosen) % size == 0
    assert len(set(chosen)) == len(chosen)
    assert len(chosen) > len(pairs) - LENGTHS * size
    for first in range(0, len(chosen), size):
        lengths = sorted(pairs[at][0] for at in chosen[first : first + size])
        everyone = sorted(length for length, _ in pairs)
        share = -(-len(everyone) // LENGTHS)
        # The shortest may stand anywhere among its equals; the longest is in the same share of all.
        shortest = everyone.index(lengths[0]) + everyone.count(lengths[0]) - 1
        assert everyone.index(lengths[-1]) < shortest + share


def test_neighbours_share_a_home() -> None:
    draw = np.random.default_rng(0)
    middles = np.eye(4, 16, dtype=np.float32)
    rows = np.repeat(middles, 60, axis=0) + draw.normal(0, 0.02, (240, 16)).astype(np.float32)
    homes = neighbourhoods(rows, 4, seed=1)
    assert len(homes) == 240
    assert all(len(set(homes[first : first + 60].tolist())) == 1 for first in range(0, 240, 60))
