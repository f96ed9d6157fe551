"""Questions on the pages: answered to whoever asked and kept, left unanswered, withdrawn; who may."""

from __future__ import annotations

from bot.domain.questions import Question, QuestionState
from bot.store import questions
from knowledge.db import reading, writing
from tests.bot.admin.kit import Pages, form_token
from tests.bot.library import NOW

ON_BOTH_DATABASES = True

TEXT = "Cơ quan để xe máy ở đâu?"


def ask(pages: Pages) -> int:
    lan = pages.people["lan"]
    one = Question(0, TEXT, "", TEXT, lan.id, "", "", ("web", pages.seats["lan"]), NOW)
    with writing(pages.site.service.engine) as session:
        return questions.add(session, one)


def post(pages: Pages, path: str, **data: str) -> tuple[int, str]:
    form = {"csrf": form_token(pages, "minh")} | {name.replace("_", "-"): value for name, value in data.items()}
    page = pages.seated("minh").post(f"/quan-tri/cau-hoi/{path}", data=form)
    return page.status_code, page.text


def kept(pages: Pages, number: int) -> Question:
    with reading(pages.site.service.engine) as session:
        one = questions.question(session, number)
    assert one is not None
    return one


def test_answered_and_withdrawn(pages: Pages) -> None:
    number, minh = ask(pages), pages.seated("minh")
    assert "1 câu hỏi" in minh.get("/quan-tri").text and TEXT in minh.get("/quan-tri/cau-hoi").text
    status, page = post(pages, f"{number}/tra-loi", tra_loi=" ", can_cu="Nội quy")
    assert status == 422 and "còn trống" in page and 'value="Nội quy"' in page
    status, page = post(pages, f"{number}/tra-loi", tra_loi="Tầng hầm <B>.", can_cu="Nội quy, mục 4", giu="1")
    assert status == 200 and "Đã gửi câu trả lời" in page and "Tầng hầm &lt;B&gt;." in page
    one = kept(pages, number)
    assert (one.state, one.source, one.decided_by) == (QuestionState.APPROVED, "Nội quy, mục 4", "Trần Quang Minh")
    status, page = post(pages, f"{number}/khong-tra-loi")
    assert status == 409
    status, page = post(pages, f"{number}/thu-lai")
    assert status == 200 and kept(pages, number).state is QuestionState.WITHDRAWN


def test_for_the_asker_alone_and_unanswered(pages: Pages) -> None:
    alone, unanswered = ask(pages), ask(pages)
    assert post(pages, f"{alone}/tra-loi", tra_loi="Tầng hầm.")[0] == 200
    assert kept(pages, alone).state is QuestionState.ANSWERED
    assert post(pages, f"{unanswered}/khong-tra-loi")[0] == 200
    assert kept(pages, unanswered).state is QuestionState.DECLINED
    assert post(pages, "99999999999999/khong-tra-loi")[0] == 404


def test_leaders_do_not_answer(pages: Pages) -> None:
    binh = pages.seated("binh")
    assert binh.get("/quan-tri/cau-hoi").status_code == 403
    assert "/quan-tri/cau-hoi" not in binh.get("/quan-tri").text
