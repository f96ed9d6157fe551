"""The shipped vocabulary is cut as the `tokenizers` library cuts it; tensors are those that safetensors reads."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from index.encoder import SHIPPED
from index.tensors import mapped_tensor
from index.training.vocabulary import UNKNOWN, make_tokenizer, token_of
from index.words import AnyTokens, WholeWords, load_words
from knowledge.text import fold, syllables

TEXTS = Path(__file__).resolve().parents[1] / "unseen" / "documents"


@pytest.fixture(scope="module")
def library() -> Tokenizer:
    return Tokenizer.from_file(str(SHIPPED / "tokenizer.json"))


@pytest.fixture(scope="module")
def words() -> WholeWords:
    loaded = load_words(SHIPPED / "tokenizer.json")
    assert isinstance(loaded, WholeWords)
    return loaded


def lines() -> list[list[str]]:
    """Lines of documents as they are, without diacritics, and with slips of a key."""
    chance = random.Random(5)
    texts = [path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("*.txt"))]
    plain = [syllables(line) for text in texts for line in text.splitlines()]
    bare = [[fold(word) for word in line] for line in plain]
    spoilt = [[word + "q" if chance.random() < 0.15 else word for word in line] for line in plain]
    return [line for line in (*plain, *bare, *spoilt) if line]


def known(ids: Sequence[int], unknown: int) -> list[int]:
    """The tokens with runs of unknown words as one: the library joins some of these."""
    return [token for token, run in groupby(ids) for _ in (range(1) if token == unknown else run)]


def cut(words: WholeWords | AnyTokens, texts: Sequence[Sequence[str]]) -> list[list[int]]:
    """The tokens of every text by itself."""
    tokens, sizes = words.encode(texts)
    assert len(sizes) == len(texts) and sizes.sum() == len(tokens)
    return [part.tolist() for part in np.split(tokens, np.cumsum(sizes)[:-1])] if texts else []


def test_texts_are_cut_as_the_library_cuts_them(words: WholeWords, library: Tokenizer) -> None:
    told = lines()
    assert len(told) > 500
    for line, ours in zip(told, cut(words, told), strict=True):
        theirs = library.encode(" ".join(line), add_special_tokens=False).ids
        assert known(ours, words.unknown) == known(theirs, words.unknown), line
    assert cut(words, []) == []
    assert cut(words, [[], told[0], []]) == [[], cut(words, [told[0]])[0], []]
    assert cut(words, [["thi"], ["đua"]]) != cut(words, [["thi", "đua"]])  # no pair reaches over into the next text


def test_a_vocabulary_without_pairs_is_cut_too() -> None:
    words = WholeWords([(UNKNOWN, -100.0), (token_of("thi"), -10.0)], 0)
    assert cut(words, [["thi", "đua"], ["thi"]]) == [[1, 0], [1]]


def test_of_two_overlapping_pairs_the_better_whole_wins() -> None:
    pairs = [(token_of("thi", "đua"), -12.0), (token_of("đua", "khen"), -13.0), (token_of("khen", "thưởng"), -15.0)]
    singles = [(token_of(word), -10.0) for word in ("thi", "đua", "khen")]  # "thưởng" has no token of its own
    vocabulary = [(UNKNOWN, -100.0), *singles, *pairs]
    line = ["thi", "đua", "khen", "thưởng", "khen", "ai"]
    ours = cut(WholeWords(vocabulary, 0), [line])[0]
    assert [vocabulary[number][0] for number in ours[:2]] == [pairs[0][0], pairs[2][0]]
    theirs = make_tokenizer(vocabulary).encode(" ".join(line), add_special_tokens=False).ids
    assert known(ours, 0) == known(theirs, 0)


def test_another_shape_of_vocabulary_is_left_to_the_library(tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    make_tokenizer([(UNKNOWN, -100.0), ("▁thi▁", -10.0), ("▁t", -11.0)]).save(str(file))
    loaded = load_words(file)
    assert isinstance(loaded, AnyTokens)
    assert loaded.unknown == 0
    assert cut(loaded, [["thi", "thi"]]) == [[1, 1]]


def test_a_mapped_tensor_is_what_safetensors_reads(tmp_path: Path) -> None:
    file = tmp_path / "model.safetensors"
    save_file({"a": np.arange(6, dtype=np.float16), "b": np.arange(6, dtype=np.float32).reshape(2, 3)}, file)
    for name, read in load_file(file).items():
        np.testing.assert_array_equal(mapped_tensor(file, name), read)
    mapped = mapped_tensor(file, "b")
    mapped[1] = 0  # stays in memory
    assert load_file(file)["b"][1].tolist() == [3, 4, 5]
    with pytest.raises(KeyError):
        mapped_tensor(file, "c")
    save_file({"b": np.arange(6, dtype=np.float32)}, file)
    file.write_bytes(file.read_bytes()[:-4])
    with pytest.raises(ValueError, match="cut short"):
        mapped_tensor(file, "b")


def test_the_shipped_vocabulary_has_its_numbers_from_the_file(words: WholeWords) -> None:
    model = json.loads((SHIPPED / "tokenizer.json").read_bytes())["model"]
    assert cut(words, [["của"]]) == [[[token for token, _ in model["vocab"]].index("▁của▁")]]
