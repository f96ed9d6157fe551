"""What a body has to do, asked in an office of more documents than one answer opens."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.retrieval.indexed import Ask, asking

NOW = datetime(2031, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
OTHERS, TELLING = 41, 30  # documents that do not name the body, more than are opened; and those that do

PLAN = """SỞ CÔNG THƯƠNG
Số: {number}/KH-SCT
Lào Cai, ngày 3 tháng 2 năm 2031

KẾ HOẠCH

Kiểm tra chợ phiên số {number}

I. TỔ CHỨC THỰC HIỆN

1. {body} lập danh sách các gian hàng của chợ phiên số {number} và dán biển ở cổng.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Lý Thị Mảy
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    bodies = ["Chi hội cựu chiến binh"] * OTHERS + ["Văn phòng Sở"] * TELLING
    texts = {f"{n:02}.txt": PLAN.format(number=n, body=body) for n, body in enumerate(bodies, 1)}
    folder: Path = tmp_path_factory.mktemp("many")
    return asking(folder, texts, now=NOW)


def test_every_document_that_names_the_body_is_gone_through(ask: Ask) -> None:
    answer = ask("Văn phòng Sở có nhiệm vụ gì?").answer
    assert answer.count("dán biển ở cổng") == 10
    assert "… và 20 nhiệm vụ khác" in answer


def test_the_body_need_not_have_the_words_that_ask(ask: Ask) -> None:
    """No document says "nhiệm vụ": what opens with the body's name is for it all the same."""
    assert ask("Văn phòng Sở có nhiệm vụ gì?").found
