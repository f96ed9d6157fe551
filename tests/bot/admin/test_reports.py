"""Rounds and reports on the pages: read, accepted, given back, reminded, moved, closed; two admins at once."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.asking import VIETNAM
from bot.codec import loads
from bot.domain.filling import Draft
from bot.domain.messages import Reply
from bot.domain.rounds import SubmissionState
from bot.store import audit, submissions
from bot.store.tables import OutboxRow
from knowledge.db import reading, writing
from tests.bot.admin.kit import PDF, Pages, form_token, office

ON_BOTH_DATABASES = True

WAITING = 10  # the report of Phòng Kế hoạch – Tài chính in the second round: handed in


def told(pages: Pages) -> list[str]:
    """Return what was written to anybody."""
    with reading(pages.site.service.engine) as session:
        return [loads(Reply, text).text for text in session.scalars(select(OutboxRow.reply).order_by(OutboxRow.id))]


def state(pages: Pages, submission: int = WAITING) -> tuple[SubmissionState, int]:
    with reading(pages.site.service.engine) as session:
        one = submissions.submission(session, submission)
    assert one is not None
    return one.state, one.revision


def post(pages: Pages, path: str, who: str = "minh", **data: object) -> tuple[int, str]:
    """Send a form as the page would; returns the status and the page that follows."""
    form = {name.replace("_", "-"): value for name, value in data.items()}
    page = pages.seated(who).post(f"/quan-tri{path}", data={"csrf": form_token(pages, who), **form})
    return page.status_code, page.text


# The matrix


def test_the_matrix_shows_every_unit_in_every_round(pages: Pages) -> None:
    page = pages.seated("minh").get("/quan-tri/dot-bao-cao").text
    matrix = page[page.index('<table class="matrix"') : page.index("</table>")]
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', matrix, re.DOTALL)
    assert len(rows) == 8 + 1  # and the totals
    cells = {name: re.findall(r'class="stand (\w+)"', row) for name, row in rows}
    assert cells["Phòng Tổ chức cán bộ"] == ["accepted", "accepted", "accepted"]
    assert cells["Văn phòng Sở"] == ["returned", "returned", "accepted"]
    assert cells["Thanh tra Sở"] == ["draft", "overdue", "accepted"]
    assert cells["Chi cục Văn thư"] == ["owing", "overdue", "accepted"]
    assert cells["Trung tâm Dịch vụ việc làm"] == ["owing", "apart", "accepted"]
    for says in ("Đã nhận", "Chờ duyệt", "Bị trả lại", "Đang soạn", "Chưa nộp", "Quá hạn"):
        assert says in matrix  # in words, not in colour alone


def test_an_office_without_rounds_hears_what_to_do(tmp_path: Path) -> None:
    empty = office(tmp_path, busy=False)
    for path, says in (("", "/modot"), ("/dot-bao-cao", "/modot"), ("/nhat-ky", "còn trống")):
        assert says in empty.seated("minh").get(f"/quan-tri{path}").text
    empty.site.service.engine.dispose()


def test_a_round_is_drawn_and_described(pages: Pages) -> None:
    page = pages.seated("minh").get("/quan-tri/dot-bao-cao/3").text
    assert "còn 5 ngày" in page and "3/8" in page and "BC3-" in page
    assert "nay còn 5 đơn vị chưa nộp" in page  # the drawing in words
    assert 'style="' not in page  # the policy forbids it
    assert pages.seated("minh").get("/quan-tri/dot-bao-cao/99").status_code == 404


# One report


def test_every_answer_file_and_event_of_a_report_is_there(pages: Pages) -> None:
    minh = pages.seated("minh")
    page = minh.get("/quan-tri/bao-cao/1").text
    for says in (
        "Đã phổ biến đến 12 phòng.",
        "98,5",
        "Hoàn thành tốt",
        "Đỗ Thị Mai",
        "Số hóa 3.000 hồ sơ",
        "BC1-0001-1",
    ):
        assert says in page
    file = re.search(r'href="(/quan-tri/bao-cao/1/tep/[0-9a-f]{64})"', page)
    assert file is not None and "ảnh họp sơ kết.pdf" in page
    got = minh.get(file[1])
    assert got.content == PDF and got.headers["content-disposition"].startswith("attachment")
    assert minh.get(file[1].replace("/bao-cao/1/", "/bao-cao/2/")).status_code == 404  # of another report
    assert minh.get(f"/quan-tri/bao-cao/1/tep/{'0' * 64}").status_code == 404


def test_what_is_being_written_is_not_shown(pages: Pages) -> None:
    page = pages.seated("minh").get("/quan-tri/bao-cao/12").text  # a draft
    assert "đang soạn báo cáo này" in page and "Lồng ghép" not in page and "Đã phổ biến" not in page


def test_what_clerks_wrote_is_never_markup(pages: Pages) -> None:
    page = pages.seated("minh").get("/quan-tri/bao-cao/3").text
    assert "{{ 7*7 }} &lt;b&gt;" in page


def test_accepting_tells_the_unit_and_is_logged(pages: Pages) -> None:
    status, page = post(pages, f"/bao-cao/{WAITING}/nhan", ban=state(pages)[1])
    assert status == 200 and "Đã nhận báo cáo" in page
    assert state(pages)[0] is SubmissionState.ACCEPTED
    assert any("đã được nhận (biên nhận BC2-0010-1)" in text for text in told(pages))
    with reading(pages.site.service.engine) as session:
        newest = audit.newest(session, 1)[0]
    assert (newest.action, newest.actor) == ("report-accepted", "Trần Quang Minh")


def test_returning_names_the_prompts(pages: Pages) -> None:
    status, page = post(
        pages, f"/bao-cao/{WAITING}/tra-lai", ban=state(pages)[1], ly_do="Số liệu chưa khớp.", cau=["2", "3"]
    )
    assert status == 200 and "Đã trả lại báo cáo" in page and "Số liệu chưa khớp." in page
    assert state(pages)[0] is SubmissionState.RETURNED and "cần sửa" in page
    assert any("(câu 2, 3). Lý do: Số liệu chưa khớp." in text for text in told(pages))
    with reading(pages.site.service.engine) as session:
        one = submissions.submission(session, WAITING)
    assert one is not None and one.to_fix == ("sang_kien", "dung_hen")


def test_a_reason_that_begins_with_a_prompt_is_told_word_for_word(pages: Pages) -> None:
    post(pages, f"/bao-cao/{WAITING}/tra-lai", ban=state(pages)[1], ly_do="Câu 2: số liệu chưa khớp.", cau=["3"])
    assert any("(câu 2, 3). Lý do: Câu 2: số liệu chưa khớp." in text for text in told(pages))


def test_what_was_put_right_after_a_return_stands_beside_what_it_was(pages: Pages) -> None:
    post(pages, f"/bao-cao/{WAITING}/tra-lai", ban=state(pages)[1], ly_do="Số liệu chưa khớp.", cau=["2"])
    engine, at = pages.site.service.engine, datetime(2025, 11, 21, 8, tzinfo=VIETNAM)
    with writing(engine) as session:
        one = submissions.submission(session, WAITING)
        assert one is not None
        draft = {**one.draft.values, "sang_kien": "77"}
        submissions.save(session, one.round, one.unit, one.revision, Draft(draft), None, at)
        submissions.submit(session, WAITING, one.revision + 1, "BC2-0010-2", False, None, at)
    page = pages.seated("minh").get(f"/quan-tri/bao-cao/{WAITING}").text
    assert '77<br><span class="soft">Đã sửa; lần trước: 1.250</span>' in page
    assert page.count("Đã sửa; lần trước") == 1


def test_a_return_without_a_reason_loses_nothing_typed(pages: Pages) -> None:
    status, page = post(pages, f"/bao-cao/{WAITING}/tra-lai", ban=state(pages)[1], ly_do="?", cau=["3"])
    assert status == 422 and "Chưa rõ" in page and 'value="3" type="checkbox" checked' in page
    assert state(pages)[0] is SubmissionState.SUBMITTED and told(pages) == []


def test_two_admins_decide_once(pages: Pages) -> None:
    _, revision = state(pages)
    assert post(pages, f"/bao-cao/{WAITING}/nhan", ban=revision)[0] == 200
    status, page = post(pages, f"/bao-cao/{WAITING}/tra-lai", ban=revision, ly_do="Thiếu phụ lục.")
    assert status == 409 and "vừa được xử lý" in page
    assert state(pages)[0] is SubmissionState.ACCEPTED and len(told(pages)) == 1


def test_what_changed_since_the_page_was_read_is_not_decided_on(pages: Pages) -> None:
    assert post(pages, f"/bao-cao/{WAITING}/nhan", ban=state(pages)[1] - 1)[0] == 409
    assert state(pages)[0] is SubmissionState.SUBMITTED


# One round


def test_units_that_have_not_handed_in_are_reminded_once_an_hour(pages: Pages) -> None:
    for _ in range(2):
        status, page = post(pages, "/dot-bao-cao/2/nhac")
        assert status == 200 and "Đã nhắc" in page
    # Of the clerks only Lan and Tuấn are linked, and their units have handed in.
    assert told(pages) == []
    assert post(pages, "/bao-cao/10/tra-lai", ban=state(pages)[1], ly_do="Thiếu phụ lục.")[0] == 200
    post(pages, "/dot-bao-cao/2/nhac")
    post(pages, "/dot-bao-cao/2/nhac")
    assert sum("Nhắc việc" in text for text in told(pages)) == 1


def test_a_due_time_is_moved(pages: Pages) -> None:
    status, page = post(pages, "/dot-bao-cao/3/gia-han", ngay="2025-12-01", gio="11:30")
    assert status == 200 and "Đã đổi hạn" in page and "11:30 ngày 01/12/2025" in page
    for wrong in ({"ngay": "hôm qua", "gio": ""}, {"ngay": "2025-01-01", "gio": "11:00"}):
        assert post(pages, "/dot-bao-cao/3/gia-han", **wrong)[0] == 422


def test_a_round_is_closed_on_purpose_only(pages: Pages) -> None:
    assert post(pages, "/dot-bao-cao/3/dong")[0] == 422
    assert "Đã đóng đợt" in post(pages, "/dot-bao-cao/3/dong", chac="1")[1]
    assert post(pages, "/dot-bao-cao/3/gia-han", ngay="2025-12-01", gio="11:30")[0] == 422
