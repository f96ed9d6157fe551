"""The page of publishing: a document sent, read, decided on; nobody else gets there."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.publishing import JobKind, JobState
from bot.publishing.publisher import Means, Publisher
from bot.store import jobs
from index.build import BuildReport
from knowledge.db import reading
from tests.bot.admin.kit import Pages, csrf
from tests.bot.publishing import PLAN


@pytest.fixture
def worker(pages: Pages, tmp_path: Path) -> Publisher:
    """What reads and publishes; the index is made by nobody here."""
    report = BuildReport(3, 30, 1, 0, 0, 2, (), 0.1)
    site = pages.site
    means = Means(
        site.service.engine,
        site.files,
        tmp_path,
        site.source,
        lambda progress: report,
        site.clock,
        "one",
        timedelta(seconds=60),
        2**20,
    )
    return Publisher(means, every=0.0)


def test_a_document_is_sent_read_and_published(pages: Pages, worker: Publisher) -> None:
    minh = pages.seated("minh")
    token = csrf(minh.get("/quan-tri/cong-bo").text)
    sent = minh.post(
        "/quan-tri/cong-bo", data={"csrf": token}, files=[("tep", ("ke-hoach-88.txt", PLAN.encode(), "text/plain"))]
    )
    assert "Đã nhận tệp" in sent.text and "đang chờ" in sent.text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in sent.text  # works without JavaScript
    assert worker.do_one()
    page = minh.get("/quan-tri/cong-bo").text
    assert "Kế hoạch 88/KH-SVT" in page and "trước ngày 20/11/2025" in page
    minh.post("/quan-tri/cong-bo/1/dang", data={"csrf": token})
    assert worker.do_one()
    assert "Công bố Kế hoạch 88/KH-SVT: đã xong" in minh.get("/quan-tri/cong-bo").text
    assert minh.post("/quan-tri/cong-bo/1/dang", data={"csrf": token}).status_code == 404


def test_several_documents_are_published_by_one_button_but_none_that_came_later(
    pages: Pages, worker: Publisher
) -> None:
    minh = pages.seated("minh")
    token = csrf(minh.get("/quan-tri/cong-bo").text)

    def send(*numbers: int) -> None:
        texts = [(f"{one}.txt", PLAN.replace("88/KH", f"{one}/KH").encode()) for one in numbers]
        minh.post("/quan-tri/cong-bo", data={"csrf": token}, files=[("tep", (*one, "text/plain")) for one in texts])
        assert worker.do_one()

    send(88)
    assert "dang-het" not in minh.get("/quan-tri/cong-bo").text  # one has its own button
    send(89)
    shown = re.findall(r'name="van-ban" value="(\d+)"', minh.get("/quan-tri/cong-bo").text)
    send(90)
    done = minh.post("/quan-tri/cong-bo/dang-het", data={"csrf": token, "van-ban": shown})
    assert done.status_code == 200 and worker.do_one()
    page = minh.get("/quan-tri/cong-bo").text
    assert "88/KH-SVT, Kế hoạch 89/KH-SVT: đã xong" in page and "Công bố Kế hoạch 90/KH-SVT" in page
    again = minh.post("/quan-tri/cong-bo/dang-het", data={"csrf": token, "van-ban": shown})
    assert again.status_code == 409 and "vừa được quyết định" in again.text


def test_with_javascript_only_what_changes_is_asked_for(pages: Pages, worker: Publisher) -> None:
    minh = pages.seated("minh")
    token = csrf(minh.get("/quan-tri/cong-bo").text)
    minh.post("/quan-tri/cong-bo", data={"csrf": token}, files=[("tep", ("a.txt", PLAN.encode(), "text/plain"))])
    shown = minh.get("/quan-tri/cong-bo", headers={"HX-Request": "true"}).text
    assert shown.lstrip().startswith('<div id="viec" hx-get="/quan-tri/cong-bo" hx-trigger="every 3s"')
    assert "<input id=" not in shown and "đang chờ" in shown  # files being chosen are left alone
    assert worker.do_one()
    after = minh.get("/quan-tri/cong-bo", headers={"HX-Request": "true"}).text
    assert "hx-get" not in after and "Kế hoạch 88/KH-SVT" in after  # nothing is under way: nobody asks again


def test_a_hundred_files_at_once_are_one_job_and_too_much_is_said_plainly(pages: Pages, worker: Publisher) -> None:
    minh = pages.seated("minh")
    token = csrf(minh.get("/quan-tri/cong-bo").text)
    many = [("tep", (f"a{number}.txt", f"{number} {PLAN}".encode(), "text/plain")) for number in range(100)]
    assert "Đã nhận tệp" in minh.post("/quan-tri/cong-bo", data={"csrf": token}, files=many).text
    with reading(pages.site.service.engine) as session:
        (job,) = jobs.open_jobs(session)
    assert job.total == 100
    large = [("tep", (f"{number}.pdf", bytes(17 << 20), "application/pdf")) for number in range(4)]
    refused = minh.post("/quan-tri/cong-bo", data={"csrf": token}, files=large)
    assert refused.status_code == 413 and "mỗi lần tối đa 64 MB" in refused.text


def test_what_cannot_be_taken_is_said(pages: Pages) -> None:
    minh = pages.seated("minh")
    token = csrf(minh.get("/quan-tri/cong-bo").text)
    answer = minh.post("/quan-tri/cong-bo", data={"csrf": token}, files=[("tep", ("phim.mp4", b"\x00", "video/mp4"))])
    assert answer.status_code == 422 and "Loại tệp .mp4 không công bố được" in answer.text
    with reading(pages.site.service.engine) as session:
        assert jobs.open_jobs(session) == ()


def test_a_job_is_cancelled_on_the_page(pages: Pages, worker: Publisher) -> None:
    minh = pages.seated("minh")
    token = csrf(minh.get("/quan-tri/cong-bo").text)
    minh.post("/quan-tri/cong-bo", data={"csrf": token}, files=[("tep", ("a.txt", PLAN.encode(), "text/plain"))])
    minh.post("/quan-tri/cong-bo/viec/1/huy", data={"csrf": token})
    assert worker.do_one()
    with reading(pages.site.service.engine) as session:
        job = jobs.job(session, 1)
    assert job is not None and (job.kind, job.state) == (JobKind.READ, JobState.CANCELLED)


def test_leaders_and_clerks_do_not_publish(pages: Pages) -> None:
    for who in ("binh", "lan"):
        assert pages.seated(who).get("/quan-tri/cong-bo").status_code == 403
