"""The third look: the nearest sentence of a passage, and for each word of the question the nearest word."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors, WordEncoder, Words, load_encoder, unit_rows
from index.passage import Passage
from knowledge.analyse import analyse
from knowledge.document import Span
from retrieval import fusion
from retrieval.evidence import Evidence
from retrieval.nearness import nearness, sentence_nearness, sentences
from retrieval.quotes import best_quote
from tests.index.doubles import HashingEncoder

WORDS = {"đẻ": [3, 0, 0], "sinh": [2, 1, 0], "con": [0, 1, 0], "thuế": [0, 0, 4], "và": [0.1, 0.1, 0.1]}


def summed(words: Words) -> NDArray[np.float32]:
    return np.asarray(words.vectors[words.places].sum(axis=0))


class Tiny:
    """Five words in three dimensions."""

    name, dimension = "tiny", 3

    def encode_words(self, texts: Sequence[str]) -> Words:
        known = [[[*WORDS].index(word) for word in text.split() if word in WORDS] for text in texts]
        vectors, sizes = np.array([*WORDS.values()], np.float32), [len(one) for one in known]
        return Words(vectors, np.array([*chain(*known)], np.int64), np.array(sizes, np.int64))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return unit_rows(np.array([summed(self.encode_words([text])) for text in texts], np.float32))

    encode_passages = encode_queries


TINY = Tiny()


def passages(*texts: str) -> list[Passage]:
    return [Passage(f"p{n}", 0, "1", "Văn bản", text, 0, len(text)) for n, text in enumerate(texts)]


def look(question: str, *texts: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    near = nearness(TINY, question, TINY.encode_queries([question])[0], passages(*texts))
    assert near is not None
    return near.sentence, near.words


def test_one_sentence_that_answers_is_not_lost_among_others() -> None:
    alone, lost = "sinh con và con", "thuế thuế và thuế.\nthuế và thuế thuế;\nsinh con và con"
    sentence, _ = look("đẻ con", alone, lost, "thuế và thuế thuế")
    assert sentence[0] == sentence[1] > 0.7 > sentence[2]
    mean = TINY.encode_passages([alone, lost.replace(".", "").replace(";", "")]) @ TINY.encode_queries(["đẻ con"])[0]
    assert mean[1] < 0.5 < mean[0]


def test_a_word_finds_the_nearest_in_meaning_and_telling_words_count_more() -> None:
    _, words = look("đẻ và", "sinh sinh", "thuế thuế", "và và", "")
    assert words[0] > 0.85 > 0.65 > words[2] > words[1]
    assert words[3] == 0  # nothing there that is known


def test_an_encoder_without_vectors_of_words_says_nothing() -> None:
    encoder = HashingEncoder()
    assert not isinstance(encoder, WordEncoder)
    assert nearness(encoder, "đẻ con", encoder.encode_queries(["đẻ con"])[0], passages("sinh con")) is None
    assert nearness(TINY, "xyz", np.zeros(3, np.float32), passages("sinh con")) is None
    assert nearness(TINY, "đẻ", TINY.encode_queries(["đẻ"])[0], []) is None


def test_the_shipped_model_has_vectors_of_words_that_add_up_to_its_texts() -> None:
    encoder = load_encoder()
    assert isinstance(encoder, WordEncoder)
    text = "Chế độ thai sản của viên chức nữ"
    np.testing.assert_allclose(
        unit_rows(summed(encoder.encode_words([text]))[None]), encoder.encode_passages([text]), atol=1e-3
    )
    words = encoder.encode_words(["", text, "?"])
    assert words.sizes.tolist() == [0, len(words.places), 0] and words.vectors.shape[1] == encoder.dimension
    assert encoder.encode_words([""]).vectors.shape == (0, encoder.dimension)


def test_sentences_are_items_and_lines_but_no_bare_numbers() -> None:
    text = "1. Nộp hồ sơ ở xã; trước ngày 5.\n2.\nAi nộp muộn thì thôi."
    assert sentences(text) == ["Nộp hồ sơ ở xã;", "Ai nộp muộn thì thôi."]
    assert sentences("Bãi bỏ.") == ["Bãi bỏ."]


def test_who_was_not_looked_at_gets_what_the_least_got() -> None:
    added = fusion.nearest(np.array([2, 0]), np.array([0.9, 0.1], np.float32), np.array([0.5, 0.2], np.float32), 4)
    assert added[2] > added[0] == added[1] == added[3] > 0


def test_a_sentence_in_other_words_is_quoted_for_what_it_means(tmp_path: Path) -> None:
    path = tmp_path / "quy-che.txt"
    path.write_text(
        "Người lao động báo trước với trưởng phòng. Chế độ sinh con được giải quyết trong sáu tháng. "
        "Việc bàn giao do văn phòng theo dõi.\n",
        encoding="utf-8",
    )
    document = analyse(path)
    nothing = Evidence({}, {}, {}, frozenset())
    within = Span(0, len(document.text))
    near = sentence_nearness(TINY, "đẻ")
    assert near is not None
    assert best_quote(document, within, nothing, near=near).of(document.text).startswith("Chế độ sinh con")
    assert best_quote(document, within, nothing).of(document.text).startswith("Người lao động")
    assert sentence_nearness(HashingEncoder(), "đẻ") is None
