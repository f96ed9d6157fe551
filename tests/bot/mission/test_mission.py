"""From an empty home to an accepted report, as a new office would do it: browser, Telegram, Zalo, a clock that moves.

What the program promises as a whole, told once over the documents shipped with it and once over the customer's own.
"""

from __future__ import annotations

import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import docx
import openpyxl
import pytest
from playwright.sync_api import Browser

from bot.cli import main
from tests.bot.mission.program import mission
from tests.bot.mission.walk import LAN_UNIT, TUAN_UNIT, WRITTEN, Walk
from tests.bot.test_browser import CHROMIUM
from tests.bot.test_browser import browser as browser  # a fixture
from tests.conftest import SAMPLES

pytestmark = pytest.mark.skipif(shutil.which(CHROMIUM) is None, reason=f"no browser at {CHROMIUM}")
MONDAY = "2026-11-23 08:30"
QUESTION = "Khách đến cơ quan gửi xe máy ở đâu?"


@dataclass(frozen=True)
class Papers:
    """What an office publishes, and the report it asks for."""

    files: tuple[Path, ...]
    among_samples: bool  # whether the shipped documents are there already, as after a first start
    plan: str  # begins the name of the file that asks for the report
    tasks: int  # in it, one prompt each


@pytest.fixture(params=["samples", "seeds"])
def papers(request: pytest.FixtureRequest) -> Papers:
    """The shipped documents into an empty home; the customer's into one that has the shipped ones."""
    if request.param == "seeds":
        files = tuple(sorted(request.getfixturevalue("seeds").iterdir()))
        return Papers(files, True, "000", 8)
    typed = tuple(one for one in sorted(SAMPLES.iterdir()) if "scan" not in one.name)  # recognition has its own tests
    return Papers(typed, False, "ke-hoach-thi-dua", 9)


@pytest.fixture
def walk(tmp_path: Path, browser: Browser, papers: Papers) -> Iterator[Walk]:
    """An office that knows nobody, and a browser that knows nothing."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    with mission(tmp_path / "var", MONDAY, samples=papers.among_samples) as (office, telegram, zalo):
        yield Walk(office, telegram, zalo, context.new_page())
        context.close()


def asked(home: Path, command: str) -> list[dict[str, str]]:
    """What `tdkt … --json` prints."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main([command, "--json", "--home", str(home)]) == 0
    found: list[dict[str, str]] = json.loads(printed.getvalue())
    return found


def test_from_an_empty_home_to_an_accepted_report(walk: Walk, papers: Papers) -> None:
    _office_begins(walk, papers)
    _reminders_come_until_one_unit_hands_in(walk)
    _the_report_is_returned_and_accepted(walk)
    _the_other_unit_is_late(walk)
    _everything_is_exported(walk, papers)
    _a_question_goes_to_the_office_and_comes_back(walk)


def _office_begins(walk: Walk, papers: Papers) -> None:
    walk.becomes_admin()
    walk.signs_in()
    for unit in (LAN_UNIT, TUAN_UNIT):
        walk.adds_unit(unit)
    walk.invites("Nguyễn Thị Lan", "Cán bộ tổng hợp", LAN_UNIT, walk.in_telegram("lan"))
    walk.invites("Phạm Anh Tuấn", "Cán bộ tổng hợp", TUAN_UNIT, walk.in_zalo("tuấn"))
    walk.invites("Lê Thanh Bình", "Lãnh đạo", TUAN_UNIT, walk.in_telegram("bình"))
    walk.invites("Trịnh Thu Hoa", "Cán bộ", TUAN_UNIT, walk.in_zalo("hoa"))
    walk.publishes(papers.files)
    home = walk.office.home
    plan = next(one for one in asked(home, "documents") if one["file"].startswith(papers.plan))
    duties = [one for one in asked(home, "obligations") if one["file"] == plan["file"]]
    duty = next(one for one in duties if one["kind"] == "report" and one["due"])
    walk.confirms(plan["number"], duty["when_text"], "2026-12-16", "17:00")
    walk.opens_round()
    for clerk in (walk.lan, walk.tuan):
        clerk.sees("đã mở, hạn nộp 17:00 ngày 16/12/2026", plan["number"])


def _reminders_come_until_one_unit_hands_in(walk: Walk) -> None:
    assert walk.comes_to("2026-12-02 07:59") == {}
    told = walk.comes_to("2026-12-02 08:00")
    assert sorted(told) == ["lan", "tuấn"]
    assert LAN_UNIT in told["lan"] and TUAN_UNIT in told["tuấn"]
    assert all("còn 14 ngày là đến hạn (17:00 ngày 16/12/2026)" in one for one in told.values())
    assert walk.comes_to("2026-12-02 16:00") == {}
    assert walk.comes_to("2026-12-03 09:15") == {}
    walk.fills_in(walk.lan)
    walk.lan.taps("Nộp").sees("Số biên nhận: BC1-0001-1", "09:15 ngày 03/12/2026")
    walk.minh.sees(f"{LAN_UNIT} vừa nộp")
    told = walk.comes_to("2026-12-09 08:00")
    assert list(told) == ["tuấn"] and "còn 7 ngày" in told["tuấn"]


def _the_report_is_returned_and_accepted(walk: Walk) -> None:
    walk.comes_to("2026-12-09 10:00")
    walk.returns(LAN_UNIT, 2, "Cần ghi rõ những phòng nào đã triển khai.")
    walk.lan.sees("được trả lại để sửa (câu 2)", "Cần ghi rõ những phòng nào đã triển khai.")
    assert walk.lan.turns_away().count("trả lại") == 1  # told once, not reminded in the same breath
    told = walk.comes_to("2026-12-11 08:00")  # three days before: a Sunday, so on the Friday
    assert sorted(told) == ["lan", "tuấn"]
    assert "đã bị trả lại và còn 5 ngày" in told["lan"] and "còn 5 ngày" in told["tuấn"]
    walk.comes_to("2026-12-11 09:00")
    walk.lan.says("/baocao").sees("đã trả lại để sửa", f"Đang ghi: {WRITTEN}")
    walk.lan.says(f"{WRITTEN} Đủ 12/12 phòng.").sees("Xem lại trước khi nộp").taps("Nộp").sees("BC1-0001-2")
    walk.accepts(LAN_UNIT)
    walk.lan.sees("đã được nhận (biên nhận BC1-0001-2)")


def _the_other_unit_is_late(walk: Walk) -> None:
    told = walk.comes_to("2026-12-14 08:00")  # the first working day of a week
    assert list(told) == ["minh"] and TUAN_UNIT in told["minh"] and LAN_UNIT not in told["minh"]
    for when, says in (
        ("2026-12-15 08:00", "đến hạn ngày mai"),
        ("2026-12-16 08:00", "đến hạn hôm nay"),
        ("2026-12-17 08:00", "đã quá hạn 1 ngày"),
        ("2026-12-18 08:00", "đã quá hạn 2 ngày"),
    ):
        told = walk.comes_to(when)
        assert list(told) == ["tuấn"] and says in told["tuấn"], when
    assert walk.comes_to("2026-12-19 08:00") == walk.comes_to("2026-12-20 08:00") == {}  # the weekend
    told = walk.comes_to("2026-12-21 08:00")
    assert sorted(told) == ["bình", "minh", "tuấn"]  # from the third day overdue the unit's leader hears too
    assert "xin anh/chị đôn đốc" in told["bình"] and "Quá hạn" in told["minh"]
    walk.fills_in(walk.tuan)
    walk.tuan.taps("Nộp").sees("Số biên nhận: BC1-0002-1")
    assert walk.comes_to("2026-12-22 08:00") == {}


def _everything_is_exported(walk: Walk, papers: Papers) -> None:
    walk.looks_at_round()
    book = openpyxl.load_workbook(io.BytesIO(walk.exports("Tải Excel")))
    rows = {str(row[1]): [str(cell) for cell in row] for row in book["Tổng hợp"].iter_rows(values_only=True)}
    assert "đã nhận" in rows[LAN_UNIT] and "muộn" in rows[TUAN_UNIT]
    for unit in (LAN_UNIT, TUAN_UNIT):
        assert sum(cell.startswith((WRITTEN, "98.5")) for cell in rows[unit]) == papers.tasks
    letter = docx.Document(io.BytesIO(walk.exports("Tải Word")))
    words = "\n".join(one.text for one in letter.paragraphs)
    assert "KẾT QUẢ THỰC HIỆN" in words and f"“{WRITTEN} Đủ 12/12 phòng.” – {LAN_UNIT}" in words


def _a_question_goes_to_the_office_and_comes_back(walk: Walk) -> None:
    hoa = walk.people["hoa"]
    hoa.says(QUESTION).taps("Gửi câu hỏi cho người phụ trách").hears()
    walk.minh.sees(QUESTION)
    walk.answers_question(QUESTION, "Ở sân sau, cổng số 2.", "Nội quy cơ quan, mục 4")
    hoa.sees(QUESTION, "Ở sân sau, cổng số 2.", "Nội quy cơ quan, mục 4")
    walk.lan.says("khach gui xe may o dau khi den co quan?").sees("Ở sân sau, cổng số 2.")
    walk.office.settles()
    assert not re.search("Có câu hỏi", walk.minh.turns_away().split(QUESTION)[-1])  # nobody is asked twice
