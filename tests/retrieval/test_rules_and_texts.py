"""Regulations as they are found in the wild: a text consolidated with its changes, criteria whose points stand apart.

Through the whole pipeline: read from files, indexed, asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from retrieval import naming
from retrieval.answer import Assistant
from retrieval.citing import Citer
from retrieval.evidence import weigh
from retrieval.expected import expected_form
from retrieval.facts_relations import relation
from retrieval.model import Answer
from retrieval.question import understand
from retrieval.search import search
from retrieval.showing import form_first
from tests.retrieval.indexed import Ask, indexed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

CONSOLIDATED = """VĂN BẢN HỢP NHẤT - BỘ THỦY LỢI

THÔNG TƯ

Quy định về vận hành trạm bơm và kênh dẫn nước

Thông tư số 14/2018/TT-BTL ngày 9 tháng 5 năm 2018 của Bộ trưởng Bộ Thủy lợi quy định về vận hành trạm bơm và kênh dẫn
nước, có hiệu lực từ ngày 1 tháng 7 năm 2018, được sửa đổi, bổ sung bởi:

Thông tư số 3/2022/TT-BTL ngày 2 tháng 3 năm 2022 của Bộ trưởng Bộ Thủy lợi.

Căn cứ Luật Thủy lợi số 8/2017/QH14;

Điều 1. Phạm vi điều chỉnh

Thông tư này quy định việc vận hành trạm bơm, kênh dẫn nước của các hợp tác xã.

Điều 2. Giải thích từ ngữ

Trong Thông tư này, các từ ngữ dưới đây được hiểu như sau:

1. Kênh đôi là kênh có hai lòng dẫn chạy song song, ở giữa có bờ ngăn.

2. Nước hồi là nước chảy từ ruộng trở lại kênh.

Điều 3. Mức nước

Trạm bơm có máy nổ, kể cả máy dầu, vận hành khi mức nước trong kênh không quá 1,2 m.
"""
RULES = """TRƯỜNG CAO ĐẲNG LAM SƠN

Số: 7/QĐ-CĐLS

Lam Sơn, ngày 4 tháng 1 năm 2026

QUYẾT ĐỊNH

Ban hành Thể lệ cuộc thi Vườn rau lớp em

Điều 1. Tiêu chí chấm

Tổng điểm là 100, gồm:

- Tính lâu bền và khả năng nhân rộng (25 điểm);

- Tính mới lạ (40 điểm);

- Công chăm sóc (35 điểm).

Điều 2. Giải thích tiêu chí

1. Tính lâu bền và khả năng nhân rộng là vườn rau sống được qua mùa hè bằng công sức của chính lớp, tính lâu bền còn
thể hiện ở đất trồng, nước tưới, khả năng nhân rộng ở chỗ lớp khác làm theo được.

2. Tính mới lạ là cách trồng mà trường chưa có.

Điều 3. Ban Giám khảo

1. Trưởng Ban Giám khảo: Phó Hiệu trưởng phụ trách đào tạo.

2. Tỷ lệ lớp dự thi trên 5 thì mỗi khoa được cử tối đa 12 lớp.

Điều 4. Quyết định này thay thế Quyết định số 15/QĐ-CĐLS ngày 3 tháng 2 năm 2024.
"""
OTHER = """BỘ ĐIỆN LỰC

Số: 5/2021/TT-BĐL

THÔNG TƯ

Quy định về an toàn điện và khoảng cách an toàn của trạm bơm

Điều 1. Khoảng cách an toàn

Dây điện treo cao hơn mặt nước 4 m và cách bờ 2 m; khoảng cách an toàn điện do tổ trưởng tổ điện đo.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    texts = {"hop-nhat.txt": CONSOLIDATED, "the-le.txt": RULES, "an-toan-dien.txt": OTHER}
    return Assistant(indexed(tmp_path_factory.mktemp("rules"), texts, now=NOW))


@pytest.fixture(scope="module")
def ask(assistant: Assistant) -> Ask:
    return lambda text, *before: assistant.ask(text, before, now=NOW)


def first(answer: Answer) -> str:
    assert answer.found, answer.answer
    return " ".join(answer.citations[0].quote.split())


def test_a_text_is_here_that_is_consolidated_with_its_changes(ask: Ask) -> None:
    answer = ask("Theo Thông tư 14/2018/TT-BTL, trạm bơm có máy nổ, kể cả máy dầu vận hành khi mức nước là bao nhiêu?")
    assert "không quá 1,2 m" in first(answer)


def test_what_only_amends_it_is_not(ask: Ask) -> None:
    assert not ask("Mục tiêu của Thông tư 3/2022/TT-BTL là gì?").found


@pytest.mark.parametrize(
    "asked", ["được hiểu như thế nào", "là gì", "được hiểu thế nào trong thông tư quy định về khoảng cách an toàn điện"]
)
def test_a_term_is_defined_whatever_document_the_rest_of_the_question_is_like(ask: Ask, asked: str) -> None:
    assert first(ask(f"Kênh đôi {asked}?")).startswith("1. Kênh đôi là kênh có hai lòng dẫn")


def test_points_are_told_where_they_stand_apart_from_what_they_are_for(assistant: Assistant) -> None:
    question = understand("Tính lâu bền và khả năng nhân rộng được bao nhiêu điểm?", (), assistant.snapshot, NOW)
    found = search(question, assistant.snapshot, 24)
    explained = next(hit for hit in found if "mùa hè" in assistant.snapshot.passage(hit.passage).text)
    points = next(hit for hit in found if "25 điểm" in assistant.snapshot.passage(hit.passage).text)
    # The best passage has no points, nor all the words; the other follows too far behind to be taken for its form.
    hits = [replace(explained, points=6.0, coverage=0.7), replace(points, points=4.5, coverage=0.7)]
    weighed = weigh(question, assistant.snapshot)
    lead = Citer(assistant.snapshot).from_hits(question, hits, weighed)[0]
    told = form_first(question, hits, assistant.snapshot, lead, weighed, labelled_only=False)
    assert [hit.passage for hit in told] == [points.passage, explained.passage]
    other = understand("Công chăm sóc vườn của học sinh giỏi được bao nhiêu điểm?", (), assistant.snapshot, NOW)
    weighed = weigh(other, assistant.snapshot)
    assert form_first(other, hits, assistant.snapshot, lead, weighed, labelled_only=False) == hits


def test_who_heads_a_body_may_be_told_by_an_office(ask: Ask) -> None:
    assert "Phó Hiệu trưởng phụ trách đào tạo" in first(ask("Trưởng Ban Giám khảo là ai?"))


def test_a_share_that_only_sets_the_case_asks_for_no_percentage(ask: Ask) -> None:
    assert "12 lớp" in first(ask("Tỷ lệ lớp dự thi trên 5 thì mỗi khoa được cử tối đa bao nhiêu lớp?"))


class TestKinds:
    @pytest.mark.parametrize(
        "text",
        [
            "quy chế đó bị sửa đổi bởi thông tư nào",
            "thay thế quyết định nào",
            "ban hành theo nghị quyết gì",
            "thay the cho quyet dinh nao",
        ],
    )
    def test_that_are_asked_for_name_no_document(self, text: str) -> None:
        assert naming.kinds(text) in ((), ("quy chế",))
        assert not naming.across(text)

    @pytest.mark.parametrize("text", ["thông tư nào nêu việc này", "kế hoạch nào giao việc cho công đoàn"])
    def test_that_are_asked_over_all_documents_do(self, text: str) -> None:
        assert naming.kinds(text)
        assert naming.across(text)


@pytest.mark.parametrize("question", ["bị sửa đổi bởi thông tư nào", "được thay thế bằng quyết định nào"])
def test_what_was_done_to_a_document_is_not_what_it_does(question: str) -> None:
    class Never:
        """A document that must not be looked at."""

    assert relation(question, [Never()]) is None  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Xã Lương Sơn có bao nhiêu thôn chưa có nhà văn hóa", "con số"),
        ("tỷ lệ trên 10 thì được cử bao nhiêu dự án", "con số"),
        ("tỷ lệ hộ nghèo là bao nhiêu", "tỷ lệ phần trăm"),
        ("hỗ trợ bao nhiêu cho mỗi hộ", "số tiền"),
        ("mức lương bao nhiêu một tháng", "số tiền"),
        ("theo tờ trình số bao nhiêu của Sở Tài chính", "số hiệu"),
        ("to trinh so bao nhieu cua so", "số hiệu"),
    ],
)
def test_what_is_counted_decides_the_form(question: str, name: str) -> None:
    form = expected_form(question)
    assert form is not None and form.name == name


def test_a_number_of_a_paper_is_no_date() -> None:
    form = expected_form("tờ trình số bao nhiêu")
    assert form is not None
    assert form.shows("tại Tờ trình số 8195/TTr-STC ngày 31 tháng 10")
    assert not form.shows("ngày 12/03/2025, đạt 7/10 điểm")
