"""Numbered parts ("Đợt 3"), labels made of the words asked, times counted in days: which sentence is shown.

Through the whole pipeline where files are read; `asked_item` and `stretch` by themselves.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from knowledge.document import Span
from knowledge.sentences import sentences
from retrieval import labelled
from retrieval.expected import expected_form
from retrieval.items import Item, asked_item, stretch
from retrieval.model import Wanted
from retrieval.naming import across
from retrieval.wanted import wanted
from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

RULES = """HƯỚNG DẪN
Giữ hộ thóc giống ở kho thôn

I. NỘP TIỀN

Tiền giữ hộ thóc giống nộp làm nhiều đợt như sau:

Đợt 1: Từ ngày 01/02/2026 đến ngày 20/02/2026. Số tiền phải nộp: 90.000 đồng. Đợt 2: Từ ngày 01/06/2026 đến ngày
20/06/2026. Số tiền phải nộp: 50.000 đồng. Đợt 3: Từ ngày 01/09/2026 đến ngày 20/09/2026. Số tiền phải nộp: 20.000 đồng.

II. NƠI NHẬN SỔ TAY

+ Phát động hội thi cày giỏi: Ngày 27/10/2026.

+ Hạn cuối nhận sổ tay: Ngày 27/12/2026.

+ Giải tổ nhóm: Gồm 15 giải, trong đó có 5 giải A trao cho tổ có nhiều giải cá nhân trong hội thi.

+ Giải cá nhân: Gồm 37 giải, trong đó có 02 giải Nhất.

III. ĐỔI CHỖ Ở

1. Hằng tháng, trưởng thôn báo cáo việc đổi chỗ ở và ghi lại địa chỉ mới của người giữ thóc về xã.

2. Người giữ thóc đổi chỗ ở thì ghi lại địa chỉ mới trong thời hạn 10 ngày kể từ ngày dọn đi.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking(tmp_path_factory.mktemp("items"), {"huong-dan.md": RULES}, now=NOW)


@pytest.mark.parametrize(
    "question", ["số tiền giữ hộ thóc giống đợt 3 là bao nhiêu?", "tien giu ho thoc dot 3 bao nhieu"]
)
def test_what_stands_under_another_number_is_not_shown(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert "20.000" in answer.answer
    assert "90.000" not in answer.answer and "50.000" not in answer.answer
    assert answer.citations[0].quote.startswith("Đợt 3")


def test_a_label_made_of_the_words_asked_counts_more_than_a_longer_sentence(ask: Ask) -> None:
    assert "37 giải" in ask("hội thi cày giỏi có bao nhiêu giải cá nhân?").citations[0].quote


def test_the_duty_called_as_the_question_calls_it(ask: Ask) -> None:
    answer = ask("Hạn cuối nhận sổ tay hội thi cày giỏi là ngày nào?")
    assert "27/12/2026" in answer.answer and "27/10/2026" not in answer.answer


@pytest.mark.parametrize(
    ("asked", "told"),
    [({"muc", "ho", "tro"}, True), ({"ho", "tro"}, False)],
    ids=["all its words are asked", "one is not"],
)
def test_a_label_within_a_line_counts_when_it_is_asked_for(asked: set[str], told: bool) -> None:
    form = expected_form("mức hỗ trợ là bao nhiêu?")
    assert form is not None and form.name == "số tiền"
    text = "Mỗi thôn cử người có trâu khỏe, mức hỗ trợ: 300.000 đồng, ăn trưa tại sân kho."
    assert labelled.stands_in(form, text, "Điều kiện dự thi", asked) is told


def test_the_heading_of_an_article_is_a_label_too() -> None:
    form = expected_form("mức hỗ trợ là bao nhiêu?")
    assert form is not None
    assert labelled.stands_in(form, "Tổ nhất được 300.000 đồng.", "Điều 9. Cơ cấu giải thưởng")
    assert not labelled.stands_in(form, "Tổ nhất được 300.000 đồng.", "Điều 9. Ai được xét giải thưởng")


LIBRARY = """QUY ĐỊNH
Việc đọc sách ở thư viện

Điều 1. Quy định này nói việc đọc sách ở Thư viện Trường Nghề Lam Sơn do Trường Nghề Lam Sơn mở cho bạn đọc của trường.

Điều 2. Sách quý

Sách quý đọc tại chỗ, để trong tủ khóa.

Điều 3. Thẻ

Thời hạn của thẻ là 06 tháng tính từ ngày cấp; bạn đọc xin gia hạn ở quầy.
"""


def test_what_the_best_passage_leaves_unsaid_is_shown_where_another_says_all_of_it(tmp_path: Path) -> None:
    answer = asking(tmp_path, {"a.md": LIBRARY}, now=NOW)(
        "Thẻ bạn đọc của Thư viện Trường Nghề Lam Sơn có thời hạn bao lâu?"
    )
    assert answer.found and "06 tháng" in answer.answer


def test_whom_a_letter_is_addressed_to() -> None:
    assert wanted("công văn 3722/VPCP-CN kính gửi những bộ nào")[0] is Wanted.RECIPIENTS
    assert Wanted.RECIPIENTS not in wanted("viết đơn gửi ai")


def test_a_number_of_days_is_no_rhythm(ask: Ask) -> None:
    question = "đổi chỗ ở thì phải ghi lại địa chỉ mới trong thời hạn bao nhiêu ngày?"
    answer = ask(question)
    assert "10 ngày" in answer.answer and "hằng tháng" not in answer.answer


def test_a_document_without_number_is_told_by_its_subject(ask: Ask) -> None:
    assert "Hướng dẫn “Giữ hộ thóc giống ở kho thôn”" in ask("Hạn cuối nhận sổ tay là ngày nào?").answer


@pytest.mark.parametrize(
    ("question", "item"),
    [
        ("tiền đóng đợt 3 năm 2024?", ("dot", {"3"})),
        ("quà Tết cho nhóm đối tượng số 3, 4?", ("nhom doi tuong", {"3", "4"})),
        ("vòng II thi khi nào", ("vong", {"ii"})),
        ("giai đoạn thứ hai làm gì", ("giai doan", {"hai"})),
        ("mỗi đợt mấy ngày", None),
        ("họp lần 3 tháng 5", None),
        ("cả năm nộp bao nhiêu", None),
    ],
)
def test_the_numbered_part_asked_for(question: str, item: tuple[str, set[str]] | None) -> None:
    assert asked_item(question) == (None if item is None else (item[0], frozenset(item[1])))


@pytest.mark.parametrize(
    ("text", "item", "found"),
    [
        ("Đợt 1: nộp rạ. Nộp ở sân. Đợt 2: nộp thóc. Cân ở kho.", ("dot", {"2"}), "Đợt 2: nộp thóc. Cân ở kho."),
        ("3.1. Nhóm số 5: hai thúng.\n3.2. Nhóm số 3, 4: một thúng.", ("nhom", {"4"}), "3.2. Nhóm số 3, 4: một thúng."),
        ("Đợt 1: nộp rạ. Nộp ở sân.", ("dot", {"1"}), None),
        ("Đợt 1: nộp rạ. Đợt 2: nộp thóc.", ("dot", {"3"}), None),
    ],
)
def test_the_stretch_of_a_numbered_part(text: str, item: tuple[str, set[str]], found: str | None) -> None:
    asked: Item = (item[0], frozenset(item[1]))
    span = stretch(text, list(sentences(text, 0, len(text))), asked)
    assert (span and Span(span.start, span.end).of(text)) == found


def test_what_a_decision_issued_is_asked_of_one_document() -> None:
    assert not across("bộ tiêu chí ban hành tại quyết định nào")
    assert across("hình thức khen thưởng nêu tại kế hoạch nào")
