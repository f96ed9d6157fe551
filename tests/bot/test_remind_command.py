"""`tdkt remind --once` over fake Telegram and Zalo servers, on a moved clock."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.asking import VIETNAM
from bot.cli import main
from bot.domain.people import Account, Role, Unit
from bot.domain.rounds import Round
from bot.store import forms, obligations, people, rounds
from knowledge.db import open_engine, sqlite_url, writing
from tests.bot import report_kit
from tests.bot.test_commands import PLAN
from tests.databases import make_tables
from tests.fakes import telegram, zalo
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[FakeTelegram, FakeZalo]]:
    with FakeTelegram() as one, FakeZalo() as other:
        monkeypatch.setenv("TDKT_TELEGRAM_TOKEN", telegram.TOKEN)
        monkeypatch.setenv("TDKT_TELEGRAM_API", one.url)
        monkeypatch.setenv("TDKT_ZALO_TOKEN", zalo.TOKEN)
        monkeypatch.setenv("TDKT_ZALO_API", other.url)
        yield one, other


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office with one round, due on 2025-12-15, whose clerks are still to be linked."""
    url = sqlite_url(tmp_path)
    make_tables(url)
    engine = open_engine(url)
    opened = datetime(2025, 11, 28, 9, tzinfo=VIETNAM)
    with writing(engine) as session:
        for key, name in (("a", "Phòng A"), ("b", "Phòng B")):
            people.add_unit(session, Unit(key, name))
        form = forms.add(session, report_kit.form(), "0" * 64, None, opened)
        due = datetime(2025, 12, 15, 17, tzinfo=VIETNAM)
        rounds.add(session, Round(0, "Báo cáo quý IV", form, opened, due, ("a", "b")))
    engine.dispose()
    return tmp_path


def link(home: Path, name: str, unit: str, channel: str, identity: str) -> None:
    engine = open_engine(sqlite_url(home))
    at = datetime(2025, 11, 28, 9, tzinfo=VIETNAM)
    with writing(engine) as session:
        person = people.add_person(session, name, Role.CLERK, unit, at)
        people.link(session, person.id, Account(channel, identity, identity, "", at))
    engine.dispose()


def remind(home: Path, now: str) -> int:
    return main(["remind", "--once", "--now", now, "--home", str(home)])


def test_the_ladder_over_both_channels(
    home: Path, servers: tuple[FakeTelegram, FakeZalo], capsys: pytest.CaptureFixture[str]
) -> None:
    lan, tuan = servers[0].user("lan"), servers[1].user("tuấn")
    lan.sends("/start")  # a bot may write only to those who wrote to it
    tuan.sends("/start")
    link(home, "Lan", "a", "telegram", str(lan.id))
    link(home, "Tuấn", "b", "zalo", str(tuan.id))
    assert remind(home, "2025-11-30T09:00") == 0  # a Sunday
    assert capsys.readouterr().out == "Ngoài giờ làm việc (09:00 ngày 30/11/2025): không nhắc ai.\n"
    assert remind(home, "2025-12-01T08:00") == 0
    assert sorted(capsys.readouterr().out.splitlines()) == [
        f"Đã gửi đến {who}: “Báo cáo quý IV” của {unit} còn 14 ngày là đến hạn (17:00 ngày 15/12/2025). "
        "Gõ /baocao để điền và nộp."
        for who, unit in (("Lan (Telegram)", "Phòng A"), ("Tuấn (Zalo)", "Phòng B"))
    ]
    assert lan.wait_for_reply("còn 14 ngày").labels == ["Nhắc lại sau 1 giờ", "Sáng mai", "Đã nộp bằng đường khác"]
    assert tuan.wait_for_reply("còn 14 ngày").text.endswith(
        "Muốn được nhắc lại: gõ /nhaclai 1 giờ hoặc /nhaclai sáng mai. Đã nộp bằng đường khác: gõ /danop 1."
    )
    assert remind(home, "2025-12-01T08:01") == 0
    assert capsys.readouterr().out == "Không có lời nhắc nào cần gửi lúc 08:01 ngày 01/12/2025.\n"


def test_rounds_that_are_due_to_open_do_so_and_confirmed_duties_remind(
    home: Path, servers: tuple[FakeTelegram, FakeZalo], capsys: pytest.CaptureFixture[str]
) -> None:
    lan, tuan = servers[0].user("lan"), servers[1].user("tuấn")
    for one, unit, channel in ((lan, "a", "telegram"), (tuan, "b", "zalo")):
        one.sends("/start")
        link(home, one.account["first_name"] if channel == "telegram" else "Tuấn", unit, channel, str(one.id))
    confirm(home, capsys, "ngày 25 tháng cuối quý", form=1)
    assert remind(home, "2099-11-26T07:00") == 0  # before the working hours
    capsys.readouterr()
    assert remind(home, "2099-11-26T08:00") == 0
    (opened, *sent) = capsys.readouterr().out.splitlines()
    assert re.fullmatch("Đã mở đợt “.* – quý IV/2099”.", opened)
    lan.wait_for_reply("– quý IV/2099” đã mở, hạn nộp 17:00 ngày 25/12/2099")
    tuan.wait_for_reply("– quý IV/2099” đã mở")
    assert len(sent) == 2 and all("– quý IV/2099” đã mở" in line for line in sent)
    confirm(home, capsys, "15/12/2099 17:00")  # another duty of it is none: due once, and no round
    assert remind(home, "2099-12-01T08:00") == 0
    assert "còn 14 ngày là đến hạn (17:00 ngày 15/12/2099). Nơi nhận: Văn phòng Sở." in capsys.readouterr().out


def confirm(home: Path, capsys: pytest.CaptureFixture[str], due: str, form: int | None = None) -> None:
    """Confirm the one duty to report of a plan, as an admin at the server; its rounds open with `form`."""
    paper = home / "ke-hoach-77.txt"
    paper.write_text(PLAN, encoding="utf-8")
    assert main(["index", str(paper), "--home", str(home)]) == 0
    capsys.readouterr()
    assert main(["obligations", "--json", "--keys", "--home", str(home)]) == 0
    (key,) = [duty["key"] for duty in json.loads(capsys.readouterr().out) if duty["kind"] == "report"]
    assert main(["obligations", "confirm", key, "--due", due, "--units", "all", "--home", str(home)]) == 0
    engine = open_engine(sqlite_url(home))
    with writing(engine) as session:
        one = obligations.decision(session, key)
        assert one is not None
        obligations.decide(session, replace(one, form=form, revision=one.revision + 1))
    engine.dispose()


def test_the_office_sets_its_days_and_hours_and_its_ladder(
    home: Path,
    servers: tuple[FakeTelegram, FakeZalo],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lan = servers[0].user("lan")
    lan.sends("/start")
    link(home, "Lan", "a", "telegram", str(lan.id))
    monkeypatch.setenv("TDKT_DAYS_OFF", "2025-12-01")  # a Monday: the rung of the 14th day moves to the Friday before
    monkeypatch.setenv("TDKT_DAYS_ON", "2025-12-06")  # a Saturday
    monkeypatch.setenv("TDKT_HOURS", "09:30-16:00")
    monkeypatch.setenv("TDKT_LADDER", "14,9")
    nothing = {"2025-12-01T10:00": "Ngoài giờ", "2025-12-02T09:00": "Ngoài giờ", "2025-12-05T16:00": "Ngoài giờ"}
    assert remind(home, "2025-11-28T09:30") == 0
    assert "còn 17 ngày là đến hạn" in capsys.readouterr().out
    for now, said in {**nothing, "2025-12-05T15:59": "Không có lời nhắc nào"}.items():
        assert remind(home, now) == 0
        assert capsys.readouterr().out.startswith(said), now
    assert remind(home, "2025-12-06T09:30") == 0
    assert "còn 9 ngày là đến hạn" in capsys.readouterr().out
    assert remind(home, "2025-12-12T10:00") == 0  # not a rung of this ladder
    assert "Không có lời nhắc nào" in capsys.readouterr().out


def test_what_cannot_be_sent_is_said_and_sent_later(
    home: Path, servers: tuple[FakeTelegram, FakeZalo], capsys: pytest.CaptureFixture[str]
) -> None:
    lan = servers[0].user("lan")
    lan.sends("/start")
    link(home, "Lan", "a", "telegram", str(lan.id))
    servers[0].fails("sendMessage", telegram.broken())
    assert remind(home, "2025-12-01T08:00") == 1
    assert re.match(r"Chưa gửi được đến Lan \(Telegram\): “Báo cáo quý IV”.*; sẽ thử lại\.$", capsys.readouterr().out)
    assert remind(home, "2025-12-01T08:10") == 0
    assert "Đã gửi đến Lan (Telegram)" in capsys.readouterr().out
    lan.wait_for_reply("còn 14 ngày")


def test_what_is_typed_wrong_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert remind(tmp_path, "sáng mai") == 2
    assert "--now cần một thời điểm dạng" in capsys.readouterr().err
    assert main(["remind", "--home", str(tmp_path)]) == 2
    assert "tdkt remind --once" in capsys.readouterr().err
