"""What a document is worth, decided on its page: kept, shown, undone; two admins at once."""

from __future__ import annotations

from sqlalchemy import select

from bot.domain.publishing import JobKind, Publication, Standing
from bot.store import jobs, publications
from bot.store.publishing_tables import PublicationRow
from knowledge.db import reading
from tests.bot.admin.kit import Pages
from tests.bot.admin.test_reports import post
from tests.bot.library import FakeLibrary

CARD = FakeLibrary().cards[0]
PAGE = f"/van-ban/{CARD.digest[:16]}/tinh-trang"


def kept(pages: Pages) -> Publication | None:
    with reading(pages.site.service.engine) as session:
        return next((one for one in publications.every(session) if one.document == CARD.key), None)


def decide(pages: Pages, standing: Standing, *, ban: int = 0, **form: object) -> tuple[int, str]:
    return post(pages, PAGE, ban=ban, tinh_trang=standing.value, **{"ai_xem": "moi-nguoi", **form})


def test_replaced_by_another_and_in_force_again(pages: Pages) -> None:
    assert PAGE in pages.seated("minh").get("/quan-tri/van-ban").text
    status, page = decide(pages, Standing.REPLACED, thay_boi="Kế hoạch <99>")
    assert status == 200 and "Đã lưu tình trạng văn bản" in page and "Kế hoạch &lt;99&gt;" in page
    one = kept(pages)
    assert one is not None and (one.standing, one.by) == (Standing.REPLACED, "Kế hoạch <99>")
    assert decide(pages, Standing.EXPIRED)[0] == 409  # decided since that page was read
    assert decide(pages, Standing.IN_FORCE, ban=one.revision, thay_boi="Kế hoạch 99")[0] == 200
    one = kept(pages)
    assert one is not None and one.plain and one.by == ""


def test_for_some_units_only(pages: Pages) -> None:
    status, page = decide(pages, Standing.IN_FORCE, ai_xem="don-vi")
    assert status == 422 and "chọn đơn vị được xem" in page
    assert decide(pages, Standing.IN_FORCE, ai_xem="don-vi", don_vi=["thanh-tra", "không có"])[0] == 200
    one = kept(pages)
    assert one is not None and one.units == ("thanh-tra",)
    assert 'value="thanh-tra" type="checkbox" checked' in pages.seated("minh").get(f"/quan-tri{PAGE}").text


def test_withdrawn_on_purpose_only_and_restored(pages: Pages) -> None:
    status, page = decide(pages, Standing.WITHDRAWN)
    assert status == 422 and "đánh dấu vào ô xác nhận" in page and kept(pages) is None
    status, page = decide(pages, Standing.WITHDRAWN, chac="1")
    assert status == 200 and "Đã gỡ văn bản" in page and "Khôi phục" in page
    assert post(pages, "/van-ban/khoi-phuc", van_ban=CARD.key)[0] == 200
    with reading(pages.site.service.engine) as session:
        assert [one.kind for one in jobs.open_jobs(session)] == [JobKind.WITHDRAW, JobKind.RESTORE]


def test_what_is_not_there_and_what_says_nothing_changes_nothing(pages: Pages) -> None:
    minh = pages.seated("minh")
    assert minh.get("/quan-tri/van-ban/0123456789abcdef/tinh-trang").status_code == 404
    assert post(pages, "/van-ban/khoi-phuc", van_ban=CARD.key)[0] == 404
    assert decide(pages, Standing.IN_FORCE)[0] == 422
    assert decide(pages, Standing.REPLACED, thay_boi="x" * 201)[0] == 422
    with reading(pages.site.service.engine) as session:
        assert list(session.scalars(select(PublicationRow))) == []


def test_leaders_read_but_do_not_decide(pages: Pages) -> None:
    assert "tinh-trang" not in pages.seated("binh").get("/quan-tri/van-ban").text
    assert post(pages, PAGE, who="binh", ban=0, tinh_trang="expired")[0] == 403
