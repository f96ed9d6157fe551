"""Every page and every form of the admin pages, walked by every role: what the table of rights says, no more."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text
from starlette.routing import Route

from bot.domain.people import ALLOWED, Action, Role
from bot.store import audit
from bot.web.pages import admin, chat, identity
from knowledge.db import reading
from tests.bot.admin.kit import Pages, form_token

ROLES = {"minh": Role.ADMIN, "binh": Role.LEADER, "lan": Role.CLERK, "dung": Role.STAFF}
AREA = Action.READ_ALL_REPORTS
# What each address needs besides AREA: written down once more here, so that a slip in a page is a failing test.
NEEDS = {
    ("GET", "/quan-tri"): AREA,
    ("GET", "/quan-tri/dot-bao-cao"): AREA,
    ("GET", "/quan-tri/dot-bao-cao/{id:int}"): AREA,
    ("GET", "/quan-tri/dot-bao-cao/{id:int}/xuat/{format:str}"): Action.EXPORT,
    ("POST", "/quan-tri/dot-bao-cao/{id:int}/nhac"): Action.NOTIFY,
    ("POST", "/quan-tri/dot-bao-cao/{id:int}/gia-han"): Action.MANAGE_ROUNDS,
    ("POST", "/quan-tri/dot-bao-cao/{id:int}/dong"): Action.MANAGE_ROUNDS,
    ("GET", "/quan-tri/bao-cao/{id:int}"): AREA,
    ("GET", "/quan-tri/bao-cao/{id:int}/tep/{digest:str}"): AREA,
    ("POST", "/quan-tri/bao-cao/{id:int}/nhan"): Action.REVIEW_REPORTS,
    ("POST", "/quan-tri/bao-cao/{id:int}/tra-lai"): Action.REVIEW_REPORTS,
    ("GET", "/quan-tri/van-ban"): Action.ASK,
    ("GET", "/quan-tri/van-ban/{digest:str}"): Action.ASK,
    ("GET", "/quan-tri/van-ban/{digest:str}/trang/{number:int}"): Action.ASK,
    ("GET", "/quan-tri/van-ban/{digest:str}/tinh-trang"): Action.MANAGE_DOCUMENTS,
    ("POST", "/quan-tri/van-ban/{digest:str}/tinh-trang"): Action.MANAGE_DOCUMENTS,
    ("POST", "/quan-tri/van-ban/khoi-phuc"): Action.MANAGE_DOCUMENTS,
    ("GET", "/quan-tri/cong-bo"): Action.MANAGE_DOCUMENTS,
    ("POST", "/quan-tri/cong-bo"): Action.MANAGE_DOCUMENTS,
    ("GET", "/quan-tri/cong-bo/{id:int}"): Action.MANAGE_DOCUMENTS,
    ("GET", "/quan-tri/cong-bo/{id:int}/trang/{number:int}"): Action.MANAGE_DOCUMENTS,
    ("POST", "/quan-tri/cong-bo/dang-het"): Action.MANAGE_DOCUMENTS,
    ("POST", "/quan-tri/cong-bo/{id:int}/dang"): Action.MANAGE_DOCUMENTS,
    ("POST", "/quan-tri/cong-bo/{id:int}/bo"): Action.MANAGE_DOCUMENTS,
    ("POST", "/quan-tri/cong-bo/viec/{id:int}/huy"): Action.MANAGE_DOCUMENTS,
    ("GET", "/quan-tri/nhiem-vu"): Action.CONFIRM_OBLIGATIONS,
    ("GET", "/quan-tri/nhiem-vu/{key:str}"): Action.CONFIRM_OBLIGATIONS,
    ("POST", "/quan-tri/nhiem-vu/{key:str}/xac-nhan"): Action.CONFIRM_OBLIGATIONS,
    ("POST", "/quan-tri/nhiem-vu/{key:str}/bo-qua"): Action.CONFIRM_OBLIGATIONS,
    ("POST", "/quan-tri/nhiem-vu/{key:str}/gop"): Action.CONFIRM_OBLIGATIONS,
    ("POST", "/quan-tri/nhiem-vu/{key:str}/giu"): Action.CONFIRM_OBLIGATIONS,
    ("POST", "/quan-tri/nhiem-vu/{key:str}/xet-lai"): Action.CONFIRM_OBLIGATIONS,
    ("POST", "/quan-tri/nhiem-vu/{key:str}/mo-dot"): Action.MANAGE_ROUNDS,
    ("GET", "/quan-tri/cau-hoi"): Action.ANSWER_QUESTIONS,
    ("POST", "/quan-tri/cau-hoi/{id:int}/tra-loi"): Action.ANSWER_QUESTIONS,
    ("POST", "/quan-tri/cau-hoi/{id:int}/khong-tra-loi"): Action.ANSWER_QUESTIONS,
    ("POST", "/quan-tri/cau-hoi/{id:int}/thu-lai"): Action.ANSWER_QUESTIONS,
    ("GET", "/quan-tri/thong-bao"): Action.NOTIFY,
    ("POST", "/quan-tri/thong-bao/xem"): Action.NOTIFY,
    ("POST", "/quan-tri/thong-bao/gui"): Action.NOTIFY,
    ("POST", "/quan-tri/nop-ngoai/{id:int}"): Action.REVIEW_REPORTS,
    ("GET", "/quan-tri/can-bo"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/can-bo/ma"): Action.MANAGE_PEOPLE,
    ("GET", "/quan-tri/can-bo/{id:int}"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/can-bo/{id:int}"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/can-bo/{id:int}/quyen"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/can-bo/{id:int}/phien/{session:int}"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/don-vi"): Action.MANAGE_PEOPLE,
    ("GET", "/quan-tri/don-vi/{key:str}"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/don-vi/{key:str}/ten"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/don-vi/{key:str}/hoat-dong"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/don-vi/{key:str}/sap-nhap"): Action.MANAGE_PEOPLE,
    ("GET", "/quan-tri/nhat-ky"): Action.READ_AUDIT,
    ("GET", "/quan-tri/tinh-trang"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/tinh-trang/tin/{id:int}/thu-lai"): Action.MANAGE_PEOPLE,
    ("POST", "/quan-tri/tinh-trang/tin/{id:int}/bo"): Action.MANAGE_PEOPLE,
}
OPEN = {  # to anybody: they look at a link or a session themselves
    ("GET", "/quan-tri/vao/{token:str}"),
    ("POST", "/quan-tri/vao/{token:str}"),
    ("POST", "/quan-tri/dang-xuat"),
    ("GET", "/quan-tri/da-dang-xuat"),
}
_EXAMPLES = {
    "id": "1",
    "format": "xlsx",
    "digest": "0" * 16,
    "session": "1",
    "key": "van-phong",
    "number": "1",
    "token": "x" * 32,
    "turn": "1",
}


def _address(path: str) -> str:
    return re.sub(r"\{(\w+):\w+\}", lambda found: _EXAMPLES[found[1]], path)


def test_every_address_is_in_the_table(pages: Pages) -> None:
    served = {
        ("POST" if "POST" in (route.methods or ()) else "GET", route.path)
        for route in admin.routes(pages.site)
        if isinstance(route, Route)
    }
    assert served == set(NEEDS) | OPEN


@pytest.mark.parametrize("who", ROLES)
def test_each_role_reaches_what_it_may_and_nothing_else(pages: Pages, who: str) -> None:
    client, role = pages.seated(who), ROLES[who]
    token = form_token(pages, who)
    for (method, path), action in NEEDS.items():
        allowed = role in ALLOWED[AREA] and role in ALLOWED[action]
        if method == "POST" and allowed and role is Role.ADMIN:
            continue  # what forms do is tested where they are; here: that nobody else gets as far
        answer = client.request(method, _address(path), data={"csrf": token} if method == "POST" else None)
        assert (answer.status_code != 403) is allowed, (who, method, path, answer.status_code)


def test_a_stranger_reaches_nothing(pages: Pages) -> None:
    stranger = pages.stranger()
    for method, path in NEEDS:
        assert stranger.request(method, _address(path)).status_code == 401, (method, path)


FORMS = [path for method, path in NEEDS if method == "POST"]


@pytest.mark.parametrize("token", [None, "", "0" * 32, "binh"], ids=["none", "empty", "made up", "of another"])
def test_no_form_does_anything_without_our_token(pages: Pages, token: str | None) -> None:
    minh = pages.seated("minh")
    given = form_token(pages, token) if token == "binh" else token
    before = _log(pages)
    for path in FORMS:
        refused = minh.post(_address(path), data={} if given is None else {"csrf": given, "ten": "Phòng Giả mạo"})
        assert refused.status_code == 403 and "chưa làm gì" in refused.text, path
    assert _log(pages) == before


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://khac.example"}])
def test_no_form_of_any_page_is_taken_from_another_site(pages: Pages, headers: dict[str, str]) -> None:
    minh, token, before = pages.seated("minh"), form_token(pages, "minh"), _log(pages)
    served = [
        route.path
        for module in (admin, chat, identity)
        for route in module.routes(pages.site)
        if isinstance(route, Route) and "POST" in (route.methods or ())
    ]
    assert {"/hoi", "/chon", "/moi", "/thoat", "/thiet-lap", "/quan-tri/dang-xuat"} < set(served)
    for path in served:
        address = _address(path)
        refused = minh.post(address, data={"csrf": token, "q": "hạn?"}, headers=headers)
        assert refused.status_code == 403 and "trang khác" in refused.text, path
    assert _log(pages) == before and minh.get("/quan-tri").status_code == 200


def _log(pages: Pages) -> str:
    with reading(pages.site.service.engine) as session:
        return str([audit.newest(session, 99), session.execute(text("select count(*) from turns")).all()])


def test_the_menu_names_what_the_role_may(pages: Pages) -> None:
    leader, minh = (pages.seated(who).get("/quan-tri").text for who in ("binh", "minh"))
    assert "/quan-tri/nhat-ky" in minh and "/quan-tri/can-bo" in minh
    assert "/quan-tri/nhat-ky" not in leader and "/quan-tri/can-bo" not in leader and "/quan-tri/van-ban" in leader


def test_a_leader_reads_reports_but_decides_on_none(pages: Pages) -> None:
    page = pages.seated("binh").get("/quan-tri/bao-cao/10").text
    assert "Số sáng kiến" in page and "Nhận báo cáo" not in page and "Trả lại để sửa" not in page
