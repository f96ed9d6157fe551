"""The overview: everything that waits for whoever looks, with the way to it; nothing else."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.checkup.check import Check, State
from bot.domain.publishing import Examined, JobKind
from bot.domain.questions import Question
from bot.store import intakes, jobs, questions
from bot.store.intakes import Analysed
from bot.store.jobs import Asked
from knowledge.db import writing
from tests.bot.admin.kit import Pages, office

OF = "/quan-tri"


def tiles(page: str) -> dict[str, tuple[bool, str]]:
    """Return each tile by its heading: whether it calls, and what it says."""
    found = re.findall(
        r'<section class="tile([^"]*)">\s*<h2>([^<]+)<span[^>]*>\d+</span></h2>(.*?)</section>', page, re.S
    )
    return {name.strip(): ("calls" in marks, " ".join(body.split())) for marks, name, body in found}


@pytest.fixture
def busy(pages: Pages) -> Pages:
    """Something of every kind waits."""
    stale = Check("Văn bản gốc", State.WARNING, "a.txt đã sửa sau khi lập chỉ mục", "Chạy lại.")
    pages.site = replace(pages.site, sources=lambda: [stale])
    now, digest = pages.now[0], pages.site.files.put(b"plan")
    with writing(pages.site.service.engine) as session:
        questions.add(session, Question(0, "Để xe ở đâu?", "", "", pages.people["lan"].id, "", "", ("", ""), now))
        job = jobs.add(session, JobKind.READ, "“ke-hoach.txt”", Asked(), now, total=1)
        received = intakes.add(session, job, digest, "ke-hoach.txt", now)
        intakes.read(session, received, Examined("Kế hoạch 9/KH", "", "", False, "", 1, (), (), ()), Analysed("{}", 1))
    return pages


def test_each_kind_of_work_calls_and_leads_to_its_page(busy: Pages) -> None:
    page = busy.seated("minh").get(OF).text
    found = tiles(page)
    for name, way in (
        ("Báo cáo chờ duyệt", "/bao-cao/"),
        ("Đợt sắp đến hạn", "/dot-bao-cao/2"),
        ("Nhiệm vụ chờ xác nhận", "/nhiem-vu"),
        ("Câu hỏi chưa trả lời được", "/cau-hoi"),
        ("Văn bản", "/cong-bo"),
    ):
        calls, body = found[name]
        assert calls and f'href="{OF}{way}' in body, name
    assert "quá hạn 1 ngày" in found["Đợt sắp đến hạn"][1] or "quá hạn 2 ngày" in found["Đợt sắp đến hạn"][1]
    assert "1 văn bản nhận được đang chờ" in found["Văn bản"][1] and "a.txt đã sửa" in found["Văn bản"][1]
    assert "không có việc gì" not in page


def test_a_leader_sees_what_a_leader_does_something_about(busy: Pages) -> None:
    found = tiles(busy.seated("binh").get(OF).text)
    assert set(found) == {"Báo cáo chờ duyệt", "Đợt sắp đến hạn", "Văn bản"}
    assert not found["Văn bản"][0]


def test_a_quiet_office_hears_that_nothing_waits(tmp_path: Path) -> None:
    pages = office(tmp_path, busy=False)
    binh = pages.seated("binh").get(OF).text
    assert "không có việc gì đang chờ anh/chị" in binh
    assert not any(calls for calls, _ in tiles(binh).values())
    pages.site.service.engine.dispose()
