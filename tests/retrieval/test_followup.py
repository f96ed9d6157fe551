from __future__ import annotations

from datetime import UTC, datetime

import pytest

from retrieval.model import Question, Wanted
from retrieval.question import understand
from tests.retrieval.office import DIRECTIVE_BEN_TRE, PLAN_LAM_DONG, TEXTS, office

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
POSITION = {head.subject: number for number, (head, _) in enumerate(TEXTS)}
LAM_DONG, BEN_TRE = POSITION[PLAN_LAM_DONG.subject], POSITION[DIRECTIVE_BEN_TRE.subject]


def ask(text: str, *previous: str) -> Question:
    return understand(text, previous, office(), NOW)


def words(question: Question, least: float = 0.0) -> set[str]:
    return {term.text for term in question.terms if term.weight >= least}


def best_document(question: Question) -> int:
    return max(question.documents, key=lambda document: question.documents[document])


CRITERIA = "Tiêu chí đối với tập thể trong phong trào thi đua của Sở Công Thương Lâm Đồng là gì?"


@pytest.mark.parametrize(
    "text",
    ["đối với cá nhân thì sao?", "thế còn cá nhân?", "doi voi ca nhan thi sao", "còn cá nhân?", "cá nhân thì sao"],
)
def test_the_contrasted_word_is_replaced_and_the_rest_still_holds(text: str) -> None:
    question = ask(text, CRITERIA)
    assert question.follow_up
    assert question.wanted[0] is Wanted.CRITERIA
    assert {"cá", "nhân"} <= words(question, 1.0)
    assert {"tiêu", "chí"} <= words(question) - words(question, 0.9)
    assert not {"tập", "thể"} & words(question)
    assert best_document(question) == LAM_DONG


@pytest.mark.parametrize("text", ["ai ký?", "chức vụ của người ký là gì?", "ai ky vay", "người ký là ai?"])
def test_a_fact_of_the_document_spoken_of(text: str) -> None:
    question = ask(text, "Chỉ thị 07/CT-UBND nói về việc gì?")
    assert question.follow_up
    assert question.wanted[0] is Wanted.SIGNER
    assert best_document(question) == BEN_TRE
    assert question.exclusive


def test_it_points_back() -> None:
    question = ask("hạn của nó?", "Kế hoạch công sở số của Sở Công Thương Lâm Đồng nêu nhiệm vụ gì?")
    assert question.wanted[0] is Wanted.DEADLINE
    assert best_document(question) == LAM_DONG


def test_the_directive_pointed_at_is_looked_for_where_it_was_cited() -> None:
    question = ask("ngày ban hành chỉ thị đó?", "Sở Nội vụ Lâm Đồng triển khai chỉ thị nào về tiết kiệm điện?")
    assert question.wanted[0] is Wanted.ISSUE_DATE
    assert {"tiết", "kiệm", "điện"} <= words(question)
    assert question.documents


def test_the_document_an_unnamed_one_was_answered_from() -> None:
    question = ask("văn bản này gửi cho ai?", "Bật máy lạnh khi nhiệt độ ngoài trời bao nhiêu độ?")
    assert best_document(question) == BEN_TRE
    assert question.wanted[0] is Wanted.RECIPIENTS


def test_duties_of_another_body() -> None:
    question = ask("thế còn công đoàn?", "Văn phòng Sở phải làm gì trong kế hoạch của Sở Công Thương Lâm Đồng?")
    assert question.units == ("công đoàn",)
    assert question.wanted[0] is Wanted.DUTIES
    assert best_document(question) == LAM_DONG


def test_another_document_takes_over_the_topic_only() -> None:
    question = ask("còn ở Bến Tre?", "Lâm Đồng quy định gì về tiết kiệm điện?")
    assert {"tiết", "kiệm", "điện"} <= words(question)
    assert best_document(question) == BEN_TRE


@pytest.mark.parametrize(
    "text",
    [
        "Tỷ lệ cá nhân được đề nghị Chiến sĩ thi đua cơ sở của ngành y tế là bao nhiêu?",
        "Kế hoạch 215/KH-SCT căn cứ văn bản nào?",
        "Quy chế của Sở Y tế ai ký?",
        "Sở Công Thương Bến Tre kiểm tra việc tiết kiệm điện và báo cáo khi nào?",
    ],
)
def test_a_complete_question_inherits_nothing(text: str) -> None:
    alone = ask(text)
    assert ask(text, CRITERIA) == alone
    assert not alone.follow_up


def test_two_turns_back() -> None:
    question = ask("chức vụ gì?", "Chỉ thị 07/CT-UBND nói về việc gì?", "ai ký?")
    assert best_document(question) == BEN_TRE
