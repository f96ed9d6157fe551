"""Notices on the pages: the chat's own words to the same people, who has read them, once, and only by who may."""

from __future__ import annotations

from sqlalchemy import select

from bot.codec import loads
from bot.dialogues.notices_desk import delivered
from bot.domain.messages import Reply
from bot.domain.notices import Notice
from bot.domain.people import Role
from bot.store import notices, people
from bot.store.tables import OutboxRow
from knowledge.db import reading, writing
from tests.bot.admin.kit import Pages, form_token
from tests.bot.library import NOW

PATH = "/quan-tri/thong-bao"
TEXT = "Họp giao ban lúc 8 giờ <thứ Hai>."


def send(pages: Pages, who: str = "minh", **fields: object) -> tuple[int, str]:
    form = {"noi-dung": TEXT, "gui": "all", "sau": "0", "csrf": form_token(pages, who)}
    page = pages.seated(who).post(
        f"{PATH}/gui", data={**form, **{name.replace("_", "-"): fields[name] for name in fields}}
    )
    return page.status_code, page.text


def sent(pages: Pages) -> tuple[Notice, ...]:
    with reading(pages.site.service.engine) as session:
        return notices.recent(session, 9)


def test_to_everyone_in_the_words_of_the_chat(pages: Pages) -> None:
    status, page = send(pages)
    assert status == 200 and "Đã gửi thông báo" in page and "&lt;thứ Hai&gt;" in page
    (notice,) = sent(pages)
    everyone = {pages.people[who].id for who in ("binh", "lan", "tuan", "dung")}
    assert {reader.person for reader in notice.readers} == everyone and notice.audience == "tất cả cán bộ"
    with reading(pages.site.service.engine) as session:
        said = session.scalars(select(OutboxRow).where(OutboxRow.key.like(f"notice:{notice.id}%"))).all()
        assert {one.chat for one in said} == {pages.seats[who] for who in ("binh", "lan", "tuan", "dung")}
        assert {loads(Reply, one.reply).text for one in said} == {delivered(notice.id, TEXT).text}


def test_who_has_read_it(pages: Pages) -> None:
    send(pages, gui="clerks")
    (notice,) = sent(pages)
    with writing(pages.site.service.engine) as session:
        notices.mark_read(session, notice.id, pages.people["lan"].id, NOW)
    page = pages.seated("minh").get(PATH).text
    assert "<b>1/2</b> người đã đọc" in page
    assert page.index("Nguyễn Thị Lan") < page.index("Chưa đọc") < page.index("Phạm Anh Tuấn")


def test_to_chosen_units_after_a_look(pages: Pages) -> None:
    minh, form = pages.seated("minh"), {"noi-dung": TEXT, "gui": "some", "csrf": form_token(pages, "minh")}
    keys = _keys(minh.get(PATH).text, "Phòng Kế hoạch – Tài chính")
    with writing(pages.site.service.engine) as session:
        people.add_person(session, "Hồ Văn Chưa Liên Kết", Role.STAFF, "phong-khtc", NOW)
    page = minh.post(f"{PATH}/xem", data={**form, "don-vi": keys}).text
    assert "Gửi Phòng Kế hoạch – Tài chính: <b>1 người</b>" in page and "Hồ Văn Chưa Liên Kết" in page
    assert sent(pages) == ()
    assert send(pages, gui="some", don_vi=keys)[0] == 200
    assert [reader.name for reader in sent(pages)[0].readers] == ["Phạm Anh Tuấn"]


def _keys(page: str, unit: str) -> list[str]:
    before = page[: page.index(f">{unit}</label>")]
    return [before.rpartition('for="dv-')[2].split('"')[0]]


def test_what_cannot_be_sent_is_said_and_kept_in_the_form(pages: Pages) -> None:
    for fields, says in (
        ({"noi_dung": " … "}, "còn trống"),
        ({"noi_dung": "dài " * 600}, "quá 2000"),
        ({"gui": "some"}, "đánh dấu ít nhất một đơn vị"),
        ({"gui": "some", "don_vi": "khong-co"}, "đánh dấu ít nhất một đơn vị"),
        ({"gui": "khong-co"}, "chọn người nhận"),
    ):
        status, page = send(pages, **fields)
        assert status == 422 and says in page
    status, page = send(pages, sua="1")
    assert status == 200 and "&lt;thứ Hai&gt;" in page
    assert sent(pages) == ()


def test_a_button_pressed_twice_sends_once(pages: Pages) -> None:
    assert send(pages)[0] == 200
    status, page = send(pages)
    assert status == 409 and "chưa làm gì cả" in page
    assert len(sent(pages)) == 1


def test_who_may(pages: Pages) -> None:
    for who in ("binh", "lan"):
        assert pages.seated(who).get(PATH).status_code == 403
        assert send(pages, who)[0] == 403
    assert send(pages, csrf="0" * 32)[0] == 403
    assert sent(pages) == ()
