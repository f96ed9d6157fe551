"""`tdkt obligations` over a real index: decided at the command line, and kept when the document is read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.test_commands import PLAN, call


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An indexed plan, in a home of its own with two units."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TDKT_HOME", str(tmp_path / "var"))
    path = tmp_path / "ke-hoach-77.txt"
    rewrite(path, PLAN)
    for key, name in (("phong-tccb", "Phòng Tổ chức cán bộ"), ("phong-khtc", "Phòng Kế hoạch – Tài chính")):
        assert call("units", "--add", key, name).code == 0
    return path


def rewrite(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    assert call("index", str(path)).code == 0


def report() -> dict[str, Any]:
    """Return the one duty to report, as JSON with its key."""
    duties = json.loads(call("obligations", "--json", "--keys").out)
    (one,) = [duty for duty in duties if duty["kind"] == "report"]
    return dict(one)


def test_a_duty_is_confirmed_and_survives_another_analysis(paper: Path) -> None:
    key = report()["key"]
    done = call("obligations", "confirm", key, "--due", "10/12/2099 11:30", "--units", "phong-tccb")
    assert (done.code, "hạn 11:30 ngày 10/12/2099" in done.out) == (0, True)
    assert "đã xác nhận" in call("obligations").out
    rewrite(paper, PLAN.replace("1. Mỗi phòng giảm", "1. Mỗi phòng phấn đấu giảm"))
    assert (report()["status"], report()["key"]) == ("confirmed", key)
    inserted = "1. Giám đốc Sở chỉ đạo chung.\n\n2. Các phòng, đơn vị thuộc Sở báo"
    rewrite(paper, PLAN.replace("1. Các phòng, đơn vị thuộc Sở báo", inserted).replace("2. Văn phòng", "3. Văn phòng"))
    assert (report()["section"], report()["status"], report()["key"]) == ("II.2", "confirmed", key)
    assert call("obligations", "dismiss", key).code == 0
    assert report()["status"] == "dismissed"


def test_the_json_of_scripts_stays_as_it_is(paper: Path) -> None:
    (duty, *_) = json.loads(call("obligations", "--json").out)
    assert list(duty) == ["file", "section", "kind", "who", "what", "to", "when_text", "due", "recurrence", "status"]


def test_what_is_missing_is_said_in_one_line(paper: Path) -> None:
    key = report()["key"]
    for arguments, says in (
        (("confirm",), "Thiếu mã nhiệm vụ"),
        (("confirm", "nv-khong-co"), "Không có nhiệm vụ mang mã"),
        (("confirm", key, "--due", "sớm"), "chưa phải là hạn"),
        (("confirm", key, "--due", "1/1/2020"), "đã qua"),
        (("confirm", key, "--due", "10/12/2099", "--units", "phong-x"), "Không có đơn vị “phong-x”"),
        (("--due", "10/12/2099"), "đi cùng confirm"),
        (("hoan", key), "không có “hoan”"),
    ):
        done = call("obligations", *arguments)
        assert (done.code, says in done.err, done.err.count("\n")) == (2, True, 1), (arguments, done)
    done = call("obligations", "confirm", key, "--due", "ngày 25 tháng cuối quý", "--units", "all")
    assert "hằng quý, chậm nhất 17:00" in done.out
