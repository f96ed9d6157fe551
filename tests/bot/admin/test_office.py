"""People, units, the log and the state of the program on the pages."""

from __future__ import annotations

import ast
import re

import pytest

from bot.dialogues.office import ChangePerson
from bot.domain.people import Action, Role
from bot.errors import Conflict
from bot.store import audit, people
from bot.store.tables import InboxRow
from bot.web.acting import NotAllowed, act
from bot.web.pages.admin.log import GROUPS, SAYS
from knowledge.db import reading, writing
from tests.bot.admin.kit import Pages, form_token
from tests.bot.admin.test_reports import post
from tests.bot.process import ROOT
from tests.bot.test_web_people import say

ON_BOTH_DATABASES = True


def person(pages: Pages, who: str) -> tuple[Role, str | None, bool]:
    with reading(pages.site.service.engine) as session:
        one = people.person(session, pages.people[who].id)
    assert one is not None
    return one.role, one.unit, one.active


def test_a_code_is_shown_once_and_links_its_holder(pages: Pages) -> None:
    status, page = post(pages, "/can-bo/ma", ten="Đặng Thu Hà", vai_tro="clerk", don_vi="thanh-tra")
    code = re.search(r'<p class="big">([0-9A-Z]{5}-[0-9A-Z]{5})</p>', page)
    assert status == 200 and code is not None
    assert code[1] not in pages.seated("minh").get("/quan-tri/can-bo").text
    with reading(pages.site.service.engine) as session:
        assert code[1] not in str(audit.newest(session, 20))
    newcomer = pages.stranger()
    assert "Đã liên kết" in say(newcomer, code[1])
    assert "Đặng Thu Hà" in pages.seated("minh").get("/quan-tri/can-bo").text


@pytest.mark.parametrize(
    "given", [{"vai_tro": "clerk", "don_vi": ""}, {"vai_tro": "chủ", "don_vi": ""}, {"vai_tro": "staff", "don_vi": "x"}]
)
def test_a_code_needs_a_role_and_a_clerk_a_unit(pages: Pages, given: dict[str, str]) -> None:
    status, page = post(pages, "/can-bo/ma", ten="Hà", **given)
    assert status == 422 and 'class="big"' not in page and 'value="Hà"' in page


def test_role_and_unit_are_changed(pages: Pages) -> None:
    lan = pages.people["lan"].id
    assert post(pages, f"/can-bo/{lan}", vai_tro="leader", don_vi="")[0] == 200
    assert person(pages, "lan") == (Role.LEADER, None, True)
    assert post(pages, f"/can-bo/{lan}", vai_tro="clerk", don_vi="")[0] == 422


def test_rights_are_taken_and_given_back(pages: Pages) -> None:
    lan = pages.people["lan"].id
    assert "Đã ngừng mọi quyền" in post(pages, f"/can-bo/{lan}/quyen", quyen="0")[1]
    assert person(pages, "lan")[2] is False
    assert "Đã khôi phục" in post(pages, f"/can-bo/{lan}/quyen", quyen="1")[1]
    assert person(pages, "lan") == (Role.CLERK, "phong-tccb", True)


def test_the_last_admin_stays_one(pages: Pages) -> None:
    minh = pages.people["minh"].id
    for path, given in ((f"/can-bo/{minh}/quyen", {"quyen": "0"}), (f"/can-bo/{minh}", {"vai_tro": "staff"})):
        status, page = post(pages, path, **given)
        assert status == 422 and "duy nhất" in page
    assert person(pages, "minh")[0] is Role.ADMIN


def test_units_are_added_renamed_ended_and_merged(pages: Pages) -> None:
    assert "Đã thêm đơn vị" in post(pages, "/don-vi", ten="Phòng Thi đua")[1]
    assert post(pages, "/don-vi", ten="phong thi dua")[0] == 422  # there is one
    status, page = post(pages, "/don-vi", ten="1. Phòng Pháp chế\r\n\r\nPHÒNG THI ĐUA\r\n- Tổ Công nghệ; Đội xe")
    assert status == 422 and "Đã thêm 3 đơn vị. Chưa thêm: Đã có đơn vị “Phòng Thi đua”." in page
    shown = pages.seated("minh").get("/quan-tri/can-bo").text
    assert all(f">{name}</a>" in shown for name in ("Phòng Pháp chế", "Tổ Công nghệ", "Đội xe"))
    status, page = post(pages, "/don-vi/phong-thi-dua/ten", ten="Phòng Thi đua – Khen thưởng")
    assert status == 200 and "Phòng Thi đua – Khen thưởng" in page and "tên trước đây: Phòng Thi đua" in page
    assert "ngừng hoạt động" in post(pages, "/don-vi/phong-thi-dua/hoat-dong", hoat_dong="0")[1]
    assert "đang hoạt động" in post(pages, "/don-vi/phong-thi-dua/hoat-dong", hoat_dong="1")[1]
    assert post(pages, "/don-vi/phong-thi-dua/sap-nhap", vao="van-phong")[0] == 422  # on purpose only
    assert "đã sáp nhập vào" in post(pages, "/don-vi/phong-thi-dua/sap-nhap", vao="van-phong", chac="1")[1]
    assert post(pages, "/don-vi/khong-co/ten", ten="Phòng khác")[0] == 404


def test_the_log_is_looked_through(pages: Pages) -> None:
    for number in range(60):
        post(pages, "/don-vi", ten=f"Tổ công tác số {number}")
    post(pages, "/bao-cao/10/nhan", ban="2")
    minh = pages.seated("minh")
    first, second = (minh.get(f"/quan-tri/nhat-ky?trang={number}").text for number in (1, 2))
    assert "61 việc" in first and "Nhận báo cáo" in first and first.count("Thêm đơn vị") == 49
    assert second.count("Thêm đơn vị") == 11 and "Trang 2/2" in second
    assert minh.get("/quan-tri/nhat-ky?loai=bao-cao").text.count("<b>Nhận báo cáo</b>") == 1
    assert '<p class="soft">1 việc' in minh.get("/quan-tri/nhat-ky?tim=số 17").text
    assert "Không có việc nào khớp" in minh.get("/quan-tri/nhat-ky?tim=100%25_").text
    assert "Không có việc nào khớp" in minh.get("/quan-tri/nhat-ky?den=2025-11-19").text
    assert "61 việc" in minh.get("/quan-tri/nhat-ky?tu=2025-11-20&den=2025-11-20").text
    assert minh.get("/quan-tri/nhat-ky?trang=x&tu=y&loai=z").status_code == 200


def _actions() -> set[str]:
    """Every action that the program writes into the log, as far as it stands there in one piece."""
    found: set[str] = set()
    for file in (ROOT / "bot").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute | ast.Name):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
            place = {"note": 0, "Entry": 3}.get(name)
            if place is not None and len(call.args) > place:
                words = ast.walk(call.args[place])
                found |= {one.value for one in words if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {one for one in found if re.fullmatch(r"[a-z]+(-[a-z]+)*", one)}


def test_every_action_of_the_log_has_words_and_a_kind() -> None:
    actions = _actions()
    assert len(actions) > 30
    assert actions <= set(SAYS)
    begins = tuple(start for _, starts in GROUPS.values() for start in starts)
    assert [action for action in SAYS if not action.startswith(begins)] == []


def test_a_parked_message_is_tried_again(pages: Pages) -> None:
    with writing(pages.site.service.engine) as session:
        for number in (1, 2):
            session.add(
                InboxRow(
                    channel="zalo", update_id=str(number), chat="c", raw=b"", incoming=None, received_at=pages.now[0],
                    state="parked", attempts=3, not_before=pages.now[0], lease_owner=None, lease_until=None,
                    error="ValueError('bí mật của Lan')", done_at=None,
                )
            )  # fmt: skip
    page = pages.seated("minh").get("/quan-tri/tinh-trang").text
    assert "ValueError" in page and "bí mật" not in page
    assert "2 tin nhắn" in pages.seated("minh").get("/quan-tri").text
    assert "Đang xử lý lại" in post(pages, "/tinh-trang/tin/1/thu-lai")[1]
    assert post(pages, "/tinh-trang/tin/1/thu-lai")[0] == 409
    assert "Đã bỏ" in post(pages, "/tinh-trang/tin/2/bo")[1]


def test_conflicts_are_said_kindly(pages: Pages) -> None:
    """Two admins change one person at once: the second hears so, and nothing of theirs is kept."""
    was = pages.people["lan"]
    act(pages.site, pages.people["minh"], Action.MANAGE_PEOPLE, [ChangePerson(was, Role.STAFF, None, True)])
    with pytest.raises(Conflict):
        act(pages.site, pages.people["minh"], Action.MANAGE_PEOPLE, [ChangePerson(was, Role.LEADER, None, True)])
    with pytest.raises(NotAllowed):
        act(pages.site, pages.people["binh"], Action.MANAGE_PEOPLE, [ChangePerson(was, Role.ADMIN, None, True)])
    assert person(pages, "lan")[0] is Role.STAFF
    assert form_token(pages, "minh") != form_token(pages, "binh")
