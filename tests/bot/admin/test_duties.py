"""Duties on the pages: confirmed beside their words, dated, merged, passed over; the round that comes of one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.domain.obligations import Item, Status
from bot.domain.rounds import Round
from bot.store import rounds
from knowledge.db import reading
from tests.bot.admin.kit import Pages, form_token
from tests.bot.duty_kit import plan_saying
from tests.bot.library import DEADLINE, FakeLibrary, FakeSource, draft

ON_BOTH_DATABASES = True


def everything(pages: Pages) -> tuple[Item, ...]:
    person = pages.people["minh"]
    return pages.site.service.context("web", "", "", person, None, pages.now[0]).duties.items()


def duty(pages: Pages) -> Item:
    return everything(pages)[0]


def post(pages: Pages, what: str, **data: object) -> tuple[int, str]:
    item = duty(pages)
    form = {"csrf": form_token(pages, "minh"), "ban": str(item.decision.revision if item.decision else 0)}
    form |= {name.replace("_", "-"): value for name, value in data.items()}  # type: ignore[misc]
    page = pages.seated("minh").post(f"/quan-tri/nhiem-vu/{item.key}/{what}", data=form)
    return page.status_code, page.text


def opened(pages: Pages) -> list[Round]:
    with reading(pages.site.service.engine) as session:
        return [one for one in rounds.rounds(session) if one.obligation]


def test_a_duty_stands_beside_its_words(pages: Pages) -> None:
    minh = pages.seated("minh")
    listed = minh.get("/quan-tri/nhiem-vu").text
    assert DEADLINE in listed and "17:00 ngày 14/12/2025" in listed  # "trước ngày 15/12": the day before
    page = minh.get(f"/quan-tri/nhiem-vu/{duty(pages).key}").text
    assert DEADLINE in page and "trước ngày 15/12/2025" in page and 'value="2025-12-14"' in page
    assert "1 nhiệm vụ có hạn" in minh.get("/quan-tri").text
    assert minh.get("/quan-tri/nhiem-vu/nv-khong-co").status_code == 404


def test_confirming_with_another_date_and_units(pages: Pages) -> None:
    status, page = post(
        pages,
        "xac-nhan",
        viec="Báo cáo kết quả thi đua",
        ngay="2025-12-12",
        gio="16:00",
        don_vi=["van-phong", "thanh-tra"],
    )
    assert status == 200 and "Đã xác nhận nhiệm vụ" in page and "16:00 ngày 12/12/2025" in page
    decision = duty(pages).decision
    assert decision is not None and decision.status is Status.CONFIRMED and decision.by == "Trần Quang Minh"
    assert decision.terms is not None and decision.terms.units == ("van-phong", "thanh-tra")
    assert "0" in re.findall(r'chờ xác nhận <span class="count">(\d+)', pages.seated("minh").get("/quan-tri").text)


def test_a_duty_that_recurs(pages: Pages) -> None:
    status, page = post(pages, "xac-nhan", viec="Báo cáo tháng", ky="ngày 25 hằng tháng", tat_ca="1")
    assert status == 200 and "25" in page
    decision = duty(pages).decision
    assert decision is not None and decision.terms is not None and decision.terms.rhythm is not None
    shown = re.search(r'name="ky" value="([^"]+)"', page)
    assert shown is not None
    post(pages, "xac-nhan", viec="Báo cáo tháng, sửa", ky=shown[1], tat_ca="1")  # as it stood in the field
    after = duty(pages).decision
    assert after is not None and after.terms is not None and after.terms.rhythm == decision.terms.rhythm


def test_a_ladder_of_its_own(pages: Pages) -> None:
    given = {"viec": "Báo cáo kết quả", "ngay": "2025-12-12", "tat_ca": "1"}
    assert 'placeholder="14, 7, 3, 1, 0"' in pages.seated("minh").get(f"/quan-tri/nhiem-vu/{duty(pages).key}").text
    status, page = post(pages, "xac-nhan", **given, nhac="30, 7")
    assert status == 200 and 'name="nhac" value="30, 7"' in page
    decision = duty(pages).decision
    assert decision is not None and decision.terms is not None and decision.terms.before == (30, 7)
    status, page = post(pages, "xac-nhan", **given, nhac="thỉnh thoảng")
    assert status == 422 and "số ngày nhắc trước hạn" in page and 'value="thỉnh thoảng"' in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"viec": "?", "tat_ca": "1", "ngay": "2025-12-12"}, "ghi việc"),
        ({"viec": "Báo cáo", "ngay": "2025-12-12"}, "chọn đơn vị"),
        ({"viec": "Báo cáo", "tat_ca": "1"}, "chọn hạn"),
        ({"viec": "Báo cáo", "tat_ca": "1", "ngay": "2024-12-12"}, "đã qua"),
        ({"viec": "Báo cáo", "tat_ca": "1", "ky": "thỉnh thoảng"}, "Kỳ lặp lại chưa rõ"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(pages: Pages, given: dict[str, str], says: str) -> None:
    status, page = post(pages, "xac-nhan", **given)
    assert status == 422 and says in page and f">{given['viec']}</textarea>" in page
    assert duty(pages).decision is None


def test_passed_over_and_looked_at_again(pages: Pages) -> None:
    assert "Đã bỏ qua" in post(pages, "bo-qua")[1]
    assert duty(pages).status is Status.DISMISSED
    assert "lại chờ xác nhận" in post(pages, "xet-lai")[1]
    assert duty(pages).decision is None


def test_two_admins_decide_once(pages: Pages) -> None:
    assert post(pages, "bo-qua")[0] == 200
    assert post(pages, "bo-qua", ban="0")[0] == 409


def says(pages: Pages, *lines: str) -> None:
    """Let the documents be plans that state these duties."""
    source = pages.site.source
    assert isinstance(source, FakeSource)
    plans = (replace(plan_saying(line), file=f"ke-hoach-{number}.docx") for number, line in enumerate(lines))
    source.library = FakeLibrary(*plans, draft())


SENTENCE = "- Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày {}.\n\n"


def test_a_duty_said_twice_is_merged_beside_its_words(pages: Pages) -> None:
    says(pages, SENTENCE.format("15/12/2025"), "- Các phòng báo cáo kết quả thi đua trước ngày 15/12/2025.\n\n")
    first, second = (one.key for one in everything(pages))
    page = pages.seated("minh").get(f"/quan-tri/nhiem-vu/{first}").text
    assert "Gộp với nhiệm vụ khác" in page and f'<option value="{second}">' in page
    assert post(pages, "gop", vao=first)[0] == 422 and duty(pages).decision is None  # with itself
    status, page = post(pages, "gop", vao=second)
    merged = duty(pages).decision
    assert status == 200 and merged is not None and (merged.status, merged.into) == (Status.MERGED, second)


def test_a_document_that_changed_is_shown_beside_what_was_decided(pages: Pages) -> None:
    says(pages, SENTENCE.format("15/12/2025"))
    post(pages, "xac-nhan", viec="Báo cáo kết quả thi đua", ngay="2025-12-12", gio="16:00", tat_ca="1")
    says(pages, SENTENCE.format("20/12/2025"))
    page = pages.seated("minh").get(f"/quan-tri/nhiem-vu/{duty(pages).key}").text
    assert "Văn bản đã thay đổi từ lúc quyết định" in page and "trước ngày 20/12/2025" in page
    assert "Thời hạn: trước đây “trước ngày 15/12/2025”, nay “trước ngày 20/12/2025”." in page
    decision = duty(pages).decision
    assert decision is not None and decision.terms is not None and decision.terms.what == "Báo cáo kết quả thi đua"
    assert post(pages, "giu")[0] == 200 and not duty(pages).unsettled
    says(pages)
    page = pages.seated("minh").get(f"/quan-tri/nhiem-vu/{duty(pages).key}").text
    assert "không còn trong văn bản" in page and "20/12/2025" in page
    assert post(pages, "bo-qua")[0] == 200 and duty(pages).status is Status.DISMISSED


def test_a_round_is_opened_from_a_confirmed_duty(pages: Pages) -> None:
    assert post(pages, "mo-dot", bieu_mau="f1")[0] == 422  # not confirmed yet
    post(pages, "xac-nhan", viec="Báo cáo kết quả", ngay="2025-12-12", gio="16:00", tat_ca="1")
    status, page = post(pages, "mo-dot", bieu_mau="f1")
    assert status == 200 and "Đã mở đợt" in page
    (one,) = opened(pages)
    assert len(one.units) == 8 and f"/quan-tri/dot-bao-cao/{one.id}" in page
    assert post(pages, "mo-dot", bieu_mau="f1")[0] == 422 and len(opened(pages)) == 1


# Documents


def test_documents_with_what_was_found_and_who_refers_to_whom(pages: Pages) -> None:
    page = pages.seated("binh").get("/quan-tri/van-ban").text
    assert "Cuối văn bản có đường dẫn tệp" in page and "Chỉ thị 05/CT-UBND" in page and '<svg class="graph"' in page


def test_a_duty_and_its_place_in_the_document_lead_to_each_other(pages: Pages) -> None:
    minh, item = pages.seated("minh"), duty(pages)
    found = re.search(r'<a href="(/quan-tri/van-ban/[^"]+#trich)">', minh.get(f"/quan-tri/nhiem-vu/{item.key}").text)
    assert found is not None
    page = minh.get(found[1].replace("&amp;", "&")).text
    marked = " ".join(re.sub("<[^>]+>", "", "".join(re.findall(r"<mark[^>]*>(.*?)</mark>", page, re.S))).split())
    assert marked == item.proposal.quote
    assert f'href="/quan-tri/nhiem-vu/{item.key}">chờ xác nhận</a>' in page
    assert "/quan-tri/nhiem-vu/" not in pages.seated("binh").get(found[1].replace("&amp;", "&")).text


def test_the_reader_marks_duties_and_references_for_those_who_look_after_them(pages: Pages) -> None:
    digest = pages.site.source.current().cards[0].digest[:16]  # type: ignore[union-attr]
    path = f"/van-ban/{digest}"
    marked = f'<span class="duty">- {DEADLINE}.</span>'
    for who in ("minh", "binh"):
        page = pages.seated(who).get(path).text
        assert marked in page and '<span class="reference">Chỉ thị số 05/CT-UBND</span>' in page
        assert marked in pages.seated(who).get(f"/quan-tri{path}").text
    plain = pages.seated("lan").get(path).text
    assert DEADLINE in plain and 'class="duty"' not in plain and 'class="reference"' not in plain
    assert pages.seated("minh").get("/quan-tri/van-ban/0123456789abcdef").status_code == 404
