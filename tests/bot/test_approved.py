"""Which questions ask the same: other words for it, near misses, opposites."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.approved import find, read, same
from bot.domain.questions import Question, QuestionState
from tests.bot.library import NOW

SAME = (
    ("Cơ quan để xe máy ở đâu?", "cơ quan để xe máy ở chỗ nào vậy ạ"),
    ("Cơ quan để xe máy ở đâu?", "co quan de xe may o dau"),
    ("Cơ quan để xe máy ở đâu?", "Cho em hỏi để xe máy cơ quan ở chỗ nào?"),
    ("Khi nào cấp thẻ ra vào mới?", "Bao giờ cấp thẻ ra vào mới vậy anh chị?"),
    ("Nghỉ bù trực Tết được không?", "Nghỉ bù trực Tết có được không ạ?"),
    ("Ai giữ chìa khóa phòng họp tầng 3?", "người nào giữ chìa khóa phòng họp tầng 3"),
)
OTHER = (
    ("Lịch trực Tết của Văn phòng thế nào?", "Lịch trực lễ của Văn phòng thế nào?"),  # a word for another
    ("Cơ quan để xe máy ở đâu?", "Cơ quan để xe máy khi nào?"),  # another kind
    ("Ai được nghỉ bù trực Tết?", "Ai không được nghỉ bù trực Tết?"),  # the opposite
    ("Chìa khóa phòng họp tầng 3 ai giữ?", "Chìa khóa phòng họp tầng 4 ai giữ?"),  # another number
    ("Ai giữ chìa khóa phòng họp?", "Ai giữ chìa khóa phòng họp tầng 3?"),
    ("Sở báo cáo tỉnh khi nào?", "Tỉnh báo cáo Sở khi nào?"),  # the other way round
    ("Được tăng biên chế khi nào?", "Được giảm biên chế khi nào?"),
    ("Tập thể được thưởng bao nhiêu?", "Cá nhân được thưởng bao nhiêu?"),
    ("Để xe máy ở đâu?", "Để xe máy công vụ của lãnh đạo ở đâu?"),  # about less
    ("Mua máy in ở đâu?", "Mua mấy in ở đâu?"),
    ("Bán xe thanh lý khi nào?", "Bàn xe thanh lý khi nào?"),  # the same letters with other marks
    ("Xe ở đâu?", "Xe ở đâu?"),  # a single word says too little
    ("", ""),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert same(read(one), read(other)) > 0
    assert same(read(other), read(one)) > 0


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_near_misses_are_other_questions(one: str, other: str) -> None:
    assert same(read(one), read(other)) == 0
    assert same(read(other), read(one)) == 0


def test_the_surest_then_the_latest_is_found() -> None:
    old = Question(
        1,
        "Cơ quan để xe máy ở đâu?",
        "",
        "cơ quan để xe máy ở đâu",
        None,
        "",
        "",
        ("", ""),
        NOW,
        QuestionState.APPROVED,
        "Tầng hầm.",
        answered_at=NOW,
    )
    new = replace(old, id=2, answer="Sân sau.", answered_at=NOW + timedelta(days=1))
    assert find("cơ quan để xe máy chỗ nào", (new, old)) == new
    assert find("cơ quan để ô tô chỗ nào", (new, old)) is None
