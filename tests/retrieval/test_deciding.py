"""Answered or not: what counts for and against, on a small office and on pure evidence."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.deciding import (
    Signs,
    _least,
    absent_word,
    columns,
    is_answered_by,
    likelihood,
    means_one,
    names_document,
    of_something_else,
    signs,
)
from retrieval.fact import Fact, Place
from retrieval.lacking import lacking, official_terms, unheard
from retrieval.language import language
from retrieval.model import Question, Wanted
from retrieval.question import understand
from retrieval.refusal import SMALL_TALK as SMALL_TALK_REASON
from retrieval.refusal import weak
from retrieval.search import search
from retrieval.small_talk import FILE as SMALL_TALK
from retrieval.small_talk import like_small_talk
from retrieval.trees import Trees
from tests.benchmarks.calibrate import grown
from tests.benchmarks.grow import arrays
from tests.benchmarks.judging import Judged
from tests.benchmarks.real import real
from tests.index.doubles import HashingEncoder
from tests.retrieval.office import office, office_as_shipped

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
MIDDLING = Signs(
    coverage=0.6,
    lacking=0.0,
    unheard=0.0,
    named=0.0,
    semantic=0.5,
    sentence=0.5,
    elsewhere=0.3,
    idle=0.3,
    odds=0.5,
    exact=0.0,
    shown=0.0,
    heaviest=0.2,
    unsaid=0.4,
    unjoined=0.3,
)
CERTAIN = replace(MIDDLING, coverage=0.9, semantic=0.7, sentence=0.8, elsewhere=0.2, idle=0.1, odds=2.0, unsaid=0.1)
DOUBTFUL = replace(MIDDLING, lacking=1.5, unheard=0.8, semantic=0.2, sentence=0.4, elsewhere=0.5, idle=0.5, odds=-2.0)


def understood(text: str) -> Question:
    return understand(text, (), office(), NOW)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(-3, 3))
@pytest.mark.parametrize(
    ("sign", "step"),
    [("unheard", -0.3), ("semantic", 0.3), ("sentence", 0.2), ("elsewhere", -0.2), ("idle", -0.2), ("odds", 1.0)],
)
def test_better_evidence_never_counts_against_an_answer(
    sign: str, step: float, coverage: float, unsaid: float, odds: float
) -> None:
    evidence = replace(MIDDLING, coverage=coverage, unsaid=unsaid, odds=odds)
    assert likelihood(replace(evidence, **{sign: getattr(evidence, sign) + step})) >= likelihood(evidence)


def test_all_signs_together_tell() -> None:
    assert likelihood(DOUBTFUL) < 0.1 < 0.9 < likelihood(CERTAIN)


def test_an_amount_that_is_asked_for_and_not_there_counts_against_an_answer() -> None:
    asked = replace(MIDDLING, exact=1.0)
    assert likelihood(asked) < likelihood(replace(asked, shown=1.0))


def test_the_words_that_the_passage_itself_has_not() -> None:
    question = understood("Máy lạnh được bật khi nhiệt độ ngoài trời bao nhiêu?")
    seen = signs(question, search(question, office(), 5), office())
    assert seen.exact == 1.0 and seen.shown == 1.0
    assert 0 <= seen.heaviest <= seen.unsaid < 0.5
    question = understood("Thủ tục xin cấp hộ chiếu thế nào?")
    seen = signs(question, search(question, office(), 5), office())
    assert seen.exact == seen.shown == 0.0
    assert 0.1 < seen.heaviest < seen.unsaid


def test_words_that_stand_one_by_one_do_not_answer_where_official_texts_come_nearer() -> None:
    office = office_as_shipped()
    question = understand("Cơ quan làm việc", (), office, NOW)
    apart = replace(MIDDLING, unheard=0.4, semantic=0.15, elsewhere=0.34, unjoined=0.83)
    assert _least(question, apart, office) > max(
        _least(question, other, office)
        for other in (
            replace(apart, unjoined=0.3),
            replace(apart, semantic=0.4),
            replace(apart, coverage=0.3),
            replace(apart, named=1.0),
            replace(apart, unheard=0.0),
        )
    )


def test_what_is_grown_from_signs_reads_them_in_their_order() -> None:
    """Every passage with odds above 1 answers, no other."""
    draw = random.Random(3)
    rows = [
        Judged(replace(MIDDLING, odds=draw.uniform(-3, 3), coverage=draw.random()), "typed", there=False)
        for _ in range(600)
    ]
    rows = [replace(row, there=row.evidence.odds > 1) for row in rows]
    trees = Trees(arrays(grown(rows[:300], rows[300:])))
    scores = trees.score(np.concatenate([columns(row.evidence) for row in rows]))
    assert np.array_equal(scores > 0, [row.there for row in rows])


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Tiêu chí đối với tập thể của Sở Công Thương là gì?", True),
        ("Máy lạnh được bật khi nhiệt độ ngoài trời bao nhiêu?", True),
        ("Công đoàn cơ sở có nhiệm vụ gì?", True),
        ("Thủ tục ly hôn đơn phương tại tòa án thế nào?", False),
        ("Hạn nộp thuế môn bài là ngày nào?", False),
        ("Cách nấu phở bò gia truyền Nam Định", False),
        ("Cách làm bánh chưng ngày Tết", False),
        ("cach sua may in ket giay", False),
        ("Viết cho tôi bài thơ về mùa thu", False),
        ("Chế độ nghỉ thai sản của viên chức nữ ra sao?", False),
    ],
)
def test_absent_matters_are_not_answered(text: str, answered: bool) -> None:
    there = office_as_shipped()
    question = understand(text, (), there, NOW)
    assert (weak(question, search(question, there, 5), there) is None) is answered


def test_an_official_term_that_nothing_has_is_lacking_and_an_everyday_word_is_not() -> None:
    rows = np.arange(len(office()))

    def missing(text: str) -> float:
        return lacking(official_terms(understood(text), language()), office(), rows)

    assert missing("thủ tục đăng ký kết hôn") > 0.5
    assert missing("tiêu chí đối với tập thể") == 0.0
    assert missing("mớm lời bét bảng") == 0.0


def test_whom_one_speaks_to_is_no_term() -> None:
    terms = {term.text for term in official_terms(understood("anh chị ở phường tiếp dân hách dịch quá"), language())}
    assert terms
    assert "anh chị" not in terms


def test_what_things_are_measured_in_is_no_term() -> None:
    terms = {term.text for term in official_terms(understood("thẩm quyền cấp phép mấy mét vuông"), language())}
    assert "thẩm quyền" in terms
    assert "mét vuông" not in terms


def test_official_terms_share_no_syllable() -> None:
    weights = {term.ways[0][0] for term in official_terms(understood("gặp khó khăn khi báo cáo kết quả"), language())}
    assert {"kho_khan", "bao_cao", "ket_qua"} <= weights and "gap_kho" not in weights


def test_what_no_document_says_in_any_way_is_unheard_of() -> None:
    def words(text: str) -> list[str]:
        return [term.text for term in unheard(official_terms(understood(text), language()), office())]

    assert "hộ chiếu" in words("hồ sơ xin cấp hộ chiếu")
    assert words("báo cáo kết quả") == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Thủ tục xin cấp hộ chiếu thế nào?", "hộ chiếu"),
        ("Điều kiện để ly hôn là gì?", "ly hôn"),
        ("Báo cáo kết quả thế nào?", None),
        ("Mớm lời thì sao?", None),
    ],
)
def test_a_word_that_no_document_could_be_about(text: str, word: str | None) -> None:
    assert absent_word(understood(text), office()) == word


def test_the_signs_of_a_question_that_names_its_document() -> None:
    question = understood("Kế hoạch 215/KH-SCT nêu tiêu chí gì cho tập thể?")
    seen = signs(question, search(question, office(), 5), office())
    assert names_document(question) and seen.named == 1.0
    assert 0 < seen.coverage <= 1 and seen.lacking >= 0


def test_a_deadline_of_another_matter_is_no_answer() -> None:
    deadline = Fact(Wanted.DEADLINE, "Thời hạn: …", (Place(0, 0, 5),))
    assert of_something_else(understood("Hạn nộp thuế môn bài là ngày nào?"), deadline, office())
    assert not of_something_else(understood("Hạn báo cáo kết quả là ngày nào?"), deadline, office())
    signer = replace(deadline, wanted=Wanted.SIGNER)
    assert not of_something_else(understood("Ai ký tờ khai thuế môn bài?"), signer, office())


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Tiêu chí đối với tập thể gửi cho ai?", True),
        ("Xin nghỉ cưới em gái thì viết đơn gửi ai?", False),
        ("Bạn tôi ở tổ may muốn được khen thì đưa giấy cho ai?", False),  # hardly a word stands there
        ("Chỉ thị 07/CT-UBND gửi cho ai?", True),
        ("Chỉ thị 07/CT-UBND về việc cưới hỏi gửi cho ai?", True),
    ],
)
def test_what_every_document_has_answers_only_about_its_own_matter(text: str, answered: bool) -> None:
    there = office_as_shipped()
    question = understand(text, (), there, NOW)
    recipients = Fact(Wanted.RECIPIENTS, "Nơi nhận: …", (Place(0, 0, 5),))
    assert is_answered_by(recipients, question, search(question, there, 5), there) is answered


def test_what_people_type_to_try_a_bot_is_like_small_talk() -> None:
    encoder = office_as_shipped().encoder
    said, matter = "kể chuyện cười nghe chơi đi", "tiêu chí bình xét tập thể tiêu biểu"
    talk, asked = encoder.encode_queries([said, matter])
    near, far = like_small_talk(encoder, talk, said), like_small_talk(encoder, asked, matter)
    assert near is not None and far is not None and near > far + 0.1
    assert like_small_talk(encoder, asked, "cháo bột") == 1.0  # "chào bot", typed without its mark
    assert like_small_talk(HashingEncoder(), asked, matter) is None
    assert all(line == line.lower() for line in SMALL_TALK.read_text(encoding="utf-8").splitlines() if line[:1] != "#")


@pytest.mark.parametrize("text", ["kể chuyện cười nghe chơi đi", "mày là người hay máy vậy", "chán quá buồn ghê"])
def test_small_talk_is_told_what_the_assistant_is_for(text: str) -> None:
    there = office_as_shipped()
    question = understand(text, (), there, NOW)
    assert weak(question, search(question, there, 5), there) == SMALL_TALK_REASON


@pytest.mark.parametrize(
    ("documents", "one"),
    [({0: 0.55}, True), ({0: 0.55, 3: 0.2}, True), ({0: 0.55, 3: 0.4}, False), ({0: 0.4}, False), ({}, False)],
)
def test_most_of_one_title_is_enough_to_ask_who_signed_it(documents: dict[int, float], one: bool) -> None:
    assert means_one(replace(understood("ai ký?"), documents=documents)) is one


def test_what_is_kept_of_real_questions_are_the_signs_that_the_program_sees() -> None:
    rounds = real()
    assert len(rounds) == 3
    for rows in rounds.values():
        absent = [row for row in rows if not row.there]
        assert 0.2 < len(absent) / len(rows) < 0.5
        assert np.mean([likelihood(row.evidence) for row in absent]) < 0.4
        assert np.mean([likelihood(row.evidence) for row in rows if row.there]) > 0.6
