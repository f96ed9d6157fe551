"""Patterns that are compiled late, and what tells beforehand that they cannot match."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from knowledge.text import fold
from retrieval import naming, own_unit, wanted
from retrieval.goldfile import staff_questions
from retrieval.pattern import Lazy, compiled
from tests.benchmarks.sets import SAMPLE_QUESTIONS
from tests.unseen import measure

ASKED = [
    " ".join(text.lower().replace("?", " ").split())
    for file in (SAMPLE_QUESTIONS, measure.HERE / "questions.jsonl")
    for question in staff_questions(file)
    for text in (question.text, fold(question.text))
]
WITH_NEEDS = [
    one
    for one in (
        *(pattern for _, _, pattern in wanted._COMPILED),
        *(value for module in (wanted, naming, own_unit) for value in vars(module).values() if isinstance(value, Lazy)),
    )
    if one._needed
]


def test_a_pattern_is_compiled_when_a_text_may_hold_it() -> None:
    pattern = Lazy("ngày (?:nào|mấy)", needs="nào|mấy")
    assert pattern.search("ngày hôm nay") is None and pattern.findall("ngày") == []
    assert pattern.match("x") is pattern.fullmatch("x") is None and list(pattern.finditer("x")) == []
    assert pattern.sub("-", "ngày hôm nay") == "ngày hôm nay" and pattern.split("một ngày") == ["một ngày"]
    assert "_compiled" not in vars(pattern)
    assert pattern.findall("ngày nào, ngày mấy") == ["ngày nào", "ngày mấy"]
    assert pattern.sub("-", "ngày nào, ngày mấy", count=1) == "-, ngày mấy"
    assert "_compiled" in vars(pattern)


def test_what_is_needed_is_read_as_leniently_as_the_pattern() -> None:
    pattern = compiled("người ký", needs="ký")
    assert pattern.search("ai là người ký") and pattern.search("ai la nguoi ky")
    assert pattern.search("người kỳ lạ") is None


def test_no_question_is_lost_to_what_a_pattern_needs() -> None:
    assert len(WITH_NEEDS) > 60
    matched = 0
    for pattern in WITH_NEEDS:
        for text in ASKED:
            if pattern._compiled.search(text):
                matched += 1
                assert pattern._needs.search(text), (pattern._pattern, text)
    assert matched > 500


@pytest.mark.parametrize("pattern", WITH_NEEDS, ids=lambda pattern: str(pattern._pattern)[:40])
def test_whatever_a_pattern_matches_has_what_it_needs(pattern: Lazy) -> None:
    # Without what looks around, which hypothesis cannot make up; it only narrows what is matched.
    core = re.sub(r"\(\?<?[!=][^()]*(?:\([^()]*\)[^()]*)*\)", "", pattern._write(pattern._pattern))

    # The longest patterns take seconds to make texts from, which is not what is tested.
    @settings(
        max_examples=25, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    @given(
        st.from_regex(core, fullmatch=True, alphabet=st.sampled_from("abcdefghiklmnopqrstuvxyáàảãạđéêíóôơúưý 0123 "))
    )
    def check(text: str) -> None:
        words = " ".join(text.split())
        if pattern._compiled.search(words):
            matched.append(words)
            assert pattern._needs.search(words), words

    matched: list[str] = []
    check()
    assert matched  # else nothing was tested
