"""What is answered over the sample documents, through the whole pipeline: real files, real index, real model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from index.snapshot import Snapshot
from retrieval.answer import Assistant, to_json
from retrieval.model import Answer
from retrieval.refusal import SMALL_TALK

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def ask(samples: Snapshot) -> Ask:
    assistant = Assistant(samples)

    def asking(text: str, *previous: str, now: datetime = NOW) -> Answer:
        return assistant.ask(text, previous, now=now)

    return asking


@pytest.mark.parametrize(
    ("question", "section", "fragment"),
    [
        # Facts of the header
        ("Kế hoạch chuyển đổi số trong quản lý tài sản công số mấy?", "header", "1127/KH-STC"),
        ("Chỉ thị 09/CT-UBND ban hành ngày nào?", "header", "14/09/2026"),
        ("Quy chế thi đua khen thưởng ban hành theo quyết định nào?", "header", "198/QĐ-SNV"),
        ("Nội dung chính của chỉ thị 09 là gì?", "title", "tăng cường kỷ cương"),
        ("ai ky ke hoach chuyen doi so quan ly tai san cong", "signature", "Đinh Thị Thu Hà"),
        ("Chỉ thị về tăng cường kỷ cương gửi cho những ai?", "recipients", "UBND các xã, phường"),
        ("Phong trào thi đua Gần dân đúng hẹn kéo dài đến khi nào?", "IV", "31/12/2027"),
        # Facts of duties
        ("Hạn báo cáo kết quả phong trào thi đua năm 2027 là khi nào?", "V.2", "còn 363 ngày"),
        ("han dang ky thi dua nam 2027", "V.1", "24/12/2026"),
        ("Báo cáo kết quả thực hiện Chỉ thị 09/CT-UBND gửi về đâu?", "đoạn 1", "qua Sở Nội vụ"),
        # Facts about cited documents
        ("Kế hoạch 318/KH-UBND ban hành ngày nào?", "preamble", "12/10/2026"),
        ("Quyết định 198/QĐ-SNV thay thế văn bản nào?", "Điều 2", "77/QĐ-SNV"),
        # Parts of the document under their heading, and places by name
        ("Tiêu chí đối với cá nhân trong phong trào thi đua năm 2027?", "III.2.b", "90% phiếu khảo sát"),
        ("tiêu chuẩn tập thể lao động xuất sắc", "Điều 6", "ít nhất 70%"),
        ("Khoản 3 Điều 5 quy chế thi đua khen thưởng quy định gì?", "Điều 5.3", "15%"),
        # Words of the documents
        ("Tỷ lệ chiến sĩ thi đua cơ sở tối đa bao nhiêu phần trăm?", "Điều 5.3", "15%"),
        ("Kinh phí thực hiện kế hoạch chuyển đổi số là bao nhiêu?", "III", "2,4 tỷ đồng"),
        ("ai chủ trì kiểm kê tài sản", "II", "Phòng Quản lý công sản"),
        ("gap vuong mac ve phong trao thi dua 2027 thi hoi ai", "V", "Lê Hữu Phước"),
    ],
)
def test_an_answer_quotes_the_right_place(ask: Ask, question: str, section: str, fragment: str) -> None:
    answer = ask(question)
    assert answer.found, answer.reason
    assert answer.citations[0].section.split(", ")[-1] == section
    assert fragment in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Lương cơ sở năm 2027 là bao nhiêu?",
        "luong co so nam 2027 bao nhieu",
        "Quán phở nào ngon gần Sở?",
        "ngon lành cành đào ghê á",
        "Thủ tục xin cấp hộ chiếu thế nào?",
        "Mấy giờ họp giao ban?",
        "kế hoạch phòng chống cháy rừng của tỉnh giao cho ai",
    ],
)
def test_what_the_documents_do_not_say_is_refused_with_a_reason(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not answer.found
    assert answer.reason


@pytest.mark.parametrize("question", ["Ai ký quy chế thi đua khen thưởng?", "ai ky quy che thi dua khen thuong"])
def test_a_signature_answers_though_it_says_nothing_of_its_matter(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.found and "Trần Văn Bách" in answer.answer
    assert answer.citations[0].number == "198/QĐ-SNV"


@pytest.mark.parametrize("question", ["viết cho tôi bài thơ về mùa thu", "hôm nay trời mưa không", "chao bot"])
def test_small_talk_is_not_answered_nor_shown_the_nearest_passages(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert not answer.found and answer.reason == SMALL_TALK and not answer.citations


def test_a_draft_without_number_is_said_to_have_none(ask: Ask) -> None:
    answer = ask("Dự thảo kế hoạch điển hình tiên tiến số mấy?")
    assert not answer.found
    assert answer.reason is not None
    assert "để trống số" in answer.reason
    assert answer.citations[0].section == "header"


def test_a_false_premise_is_not_confirmed(ask: Ask) -> None:
    answer = ask("Hạn báo cáo kết quả phong trào thi đua năm 2027 là ngày 15/11 đúng không?")
    assert not answer.found
    assert "15/11" in (answer.reason or "")
    assert "20/11/2027" in answer.citations[0].passage


def test_a_true_premise_is_answered(ask: Ask) -> None:
    answer = ask("Báo cáo kết quả phong trào thi đua năm 2027 nộp trước ngày 20/11/2027 đúng không?")
    assert answer.found
    assert "20/11/2027" in answer.citations[0].quote


def test_days_are_counted_from_the_day_of_asking(ask: Ask) -> None:
    late = ask(
        "Hạn báo cáo kết quả phong trào thi đua năm 2027 là khi nào?", now=datetime(2027, 11, 22, tzinfo=NOW.tzinfo)
    )
    assert "đã quá hạn 3 ngày" in late.answer


def test_a_draft_is_noted_where_it_is_quoted(ask: Ask) -> None:
    answer = ask("Mỗi trường giới thiệu ít nhất mấy cá nhân có cách làm mới trong dạy học?")
    assert answer.found
    assert any("dự thảo" in note for note in answer.notes)


def test_an_expired_document_is_noted(ask: Ask) -> None:
    question = "Tiêu chí đối với tập thể trong phong trào thi đua năm 2027?"
    assert not any("hết" in note for note in ask(question).notes)
    later = ask(question, now=datetime(2028, 3, 1, tzinfo=NOW.tzinfo))
    assert any("hết" in note for note in later.notes)


def test_over_all_documents_each_is_quoted_once(ask: Ask) -> None:
    answer = ask("Các văn bản giao nhiệm vụ gì cho Văn phòng Sở?")
    files = [citation.file for citation in answer.citations]
    assert len(files) > 1
    assert answer.found


@pytest.mark.parametrize(
    ("earlier", "question", "fragment"),
    [
        ("Ai ký Chỉ thị 09/CT-UBND?", "chức vụ của người đó?", "CHỦ TỊCH"),
        ("Ai ký kế hoạch thi đua năm 2027?", "còn kế hoạch chuyển đổi số?", "Đinh Thị Thu Hà"),
        ("Hạn báo cáo Chỉ thị 09/CT-UBND?", "gửi về đâu?", "qua Sở Nội vụ"),
        ("Tiêu chí đối với tập thể trong phong trào thi đua năm 2027?", "thế còn cá nhân?", "90% phiếu khảo sát"),
        ("Kế hoạch chuyển đổi số của Sở Tài chính số mấy?", "ai ký?", "Đinh Thị Thu Hà"),
        ("ai ky ke hoach thi dua 2027", "ban hanh ngay nao", "05/11/2026"),
    ],
)
def test_a_follow_up_leans_on_the_turn_before(ask: Ask, earlier: str, question: str, fragment: str) -> None:
    answer = ask(question, earlier)
    assert answer.found, answer.reason
    assert fragment in answer.answer


def test_quotes_are_verbatim(ask: Ask, samples: Snapshot) -> None:
    for question in ("tiêu chí cá nhân", "hạn báo cáo năm 2027", "chỉ thị 09 gửi ai", "quỹ khen thưởng dùng làm gì"):
        for citation in ask(question).citations:
            document = samples.document(citation.document)
            assert citation.quote == document.text[citation.start : citation.end]
            assert " ".join(citation.quote.split()) in " ".join(citation.passage.split())
            assert len(citation.passage) <= 1200


@pytest.mark.parametrize(
    "question",
    [
        "tiêu chí đối với tập thể trong kế hoạch thi đua",
        "Phòng Quản lý công sản có trách nhiệm gì?",
        "ty le phieu thong qua danh hieu chien si thi dua cap tinh",
        "công khai sử dụng quỹ khen thưởng khi nào",
    ],
)
def test_no_citation_shows_a_passage_that_a_better_one_shows(ask: Ask, question: str) -> None:
    citations = ask(question).citations
    assert len(citations) > 1
    for place, citation in enumerate(citations):
        before = [other.passage for other in citations[:place] if other.document == citation.document]
        assert not any(citation.passage in passage for passage in before)


def test_the_contract_of_the_json(ask: Ask) -> None:
    row = to_json(ask("Hạn báo cáo kết quả phong trào thi đua năm 2027 là khi nào?"))
    assert list(row) == ["question", "found", "reason", "answer", "citations", "notes", "took_ms"]
    assert list(row["citations"][0]) == ["file", "number", "title", "date", "section", "quote", "passage", "score"]
    assert row["citations"][0]["number"] == "245/KH-SNV"
    assert row["citations"][0]["date"] == "2026-11-05"


@pytest.mark.parametrize(
    "text", ["", "   ", "?", "😀😀", "a" * 5000, "\u202e\u200bxin", "<script>alert(1)</script>", "là gì"]
)
def test_hostile_and_empty_questions_are_refused_politely(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert not answer.found
    assert answer.reason


def test_a_turn_that_names_another_kind_of_document_is_not_about_the_last_one(ask: Ask) -> None:
    before = "hạn nộp báo cáo thi đua năm 2027 là khi nào"
    assert ask("ai ky quy che thi dua khen thuong", before).citations[0].number == "198/QĐ-SNV"
    assert ask("ai ký?", before).citations[0].number == "245/KH-SNV"
