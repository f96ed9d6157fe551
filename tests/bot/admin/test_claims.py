"""On the overview: what units say they handed in another way, confirmed or not, once, by who may."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.codec import loads
from bot.domain.messages import Reply
from bot.domain.reminders import ClaimState
from bot.store import claims
from bot.store.tables import OutboxRow
from knowledge.db import reading, writing
from tests.bot.admin.kit import Pages, form_token
from tests.bot.library import NOW


@pytest.fixture
def claim(pages: Pages) -> int:
    with writing(pages.site.service.engine) as session:
        made = claims.make(session, "d-1", "Báo cáo quý IV", "phong-khtc", pages.people["tuan"].id, NOW)
    assert made is not None
    return made


def decide(pages: Pages, claim: int, word: str, who: str = "minh") -> tuple[int, str]:
    form = {"csrf": form_token(pages, who), "nhan": word}
    page = pages.seated(who).post(f"/quan-tri/nop-ngoai/{claim}", data=form)
    return page.status_code, page.text


@pytest.mark.parametrize(
    ("word", "state", "told"),
    [("dung", ClaimState.CONFIRMED, "xác nhận đã nhận được"), ("sai", ClaimState.REJECTED, "/baocao để nộp")],
)
def test_decided_and_the_clerk_told(pages: Pages, claim: int, word: str, state: ClaimState, told: str) -> None:
    page = pages.seated("minh").get("/quan-tri").text
    assert "Báo đã nộp bằng đường khác" in page and "Báo cáo quý IV" in page
    status, page = decide(pages, claim, word)
    assert status == 200 and "Đã ghi và báo cho đơn vị" in page and "Báo đã nộp bằng đường khác" not in page
    with reading(pages.site.service.engine) as session:
        kept = claims.claim(session, claim)
        said = session.scalars(select(OutboxRow).where(OutboxRow.chat == pages.seats["tuan"])).all()
    assert kept is not None and kept.state is state
    assert [told in loads(Reply, one.reply).text for one in said] == [True]
    status, page = decide(pages, claim, "dung")
    assert status == 409 and "Chưa làm gì cả" in page


def test_not_decided(pages: Pages, claim: int) -> None:
    assert decide(pages, claim, "khong-ro")[0] == 409
    assert decide(pages, 99, "dung")[0] == 409
    assert decide(pages, claim, "dung", "lan")[0] == 403
    with reading(pages.site.service.engine) as session:
        assert [one.id for one in claims.waiting(session)] == [claim]
