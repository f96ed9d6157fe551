"""The commands about people and units, and the leases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.checkup import State, check_up
from bot.cli import main
from bot.domain.codes import tidy
from bot.domain.messages import Reply
from bot.domain.people import Role
from bot.settings import read
from bot.store import leases, outbox, people
from knowledge.db import reading, writing
from tests.bot.chat import Chat


def tdkt(home: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    try:
        code = main([*arguments, "--home", str(home)])
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out + said.err


def test_units_are_added_renamed_and_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Chưa có đơn vị" in tdkt(tmp_path, capsys, "units")[1]
    for key, name in (("phong-a", "Phòng A"), ("phong-b", "Phòng B")):
        assert tdkt(tmp_path, capsys, "units", "--add", key, name)[0] == 0
    assert "Phòng Á (trước đây: Phòng A)" in tdkt(tmp_path, capsys, "units", "--rename", "phong-a", "Phòng Á")[1]
    assert "Phòng B → Phòng Á" in tdkt(tmp_path, capsys, "units", "--merge", "phong-b", "phong-a")[1]
    for wrong in (
        ("--add", "phong-a", "Trùng"),
        ("--add", "Phòng C", "Tên"),
        ("--rename", "khong-co", "Tên"),
        ("--merge", "phong-a", "phong-b"),
        ("--merge", "phong-a", "khong-co"),
    ):
        code, said = tdkt(tmp_path, capsys, "units", *wrong)
        assert code == 2
        assert said.count("\n") == 1


def test_a_code_from_the_command_line_links(chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = tdkt(chat.home, capsys, "invite", "--role", "clerk", "--unit", "phong-tccb", "--name", "Hoa Trần")
    assert code == 0
    symbols = said.splitlines()[0]
    assert tidy(symbols) is not None
    chat.at("2020-01-01 00:00")  # the code was issued by the real clock, long after
    chat.as_("hoa").says(symbols).sees("Hoa Trần", "Phòng Tổ chức cán bộ")
    listed = tdkt(chat.home, capsys, "people")[1]
    number = next(line.split()[0] for line in listed.splitlines() if "Hoa Trần" in line)
    assert "Hoa Trần" not in tdkt(chat.home, capsys, "people", "--deactivate", number)[1]
    chat.as_("hoa").says("hạn báo cáo?").sees("không có quyền")
    assert chat.person("hoa").role is Role.CLERK


@pytest.mark.parametrize(
    "wrong",
    [
        ("invite", "--role", "clerk"),
        ("invite", "--role", "staff", "--unit", "khong-co"),
        ("people", "--deactivate", "9"),
    ],
)
def test_what_cannot_be_done_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    code, said = tdkt(tmp_path, capsys, *wrong)
    assert code == 2
    assert said.count("\n") == 1


def test_doctor_tells_of_people_and_queues(chat: Chat) -> None:
    with writing(chat.engine) as session:
        outbox.put(session, "fake", "chat-lan", Reply("Chờ lâu"), chat.now)
    checks = {check.subject: check for check in check_up(read({"TDKT_HOME": str(chat.home)}, Path("/nonexistent")))}
    assert checks["Cán bộ"].says == "4 người, 2 đơn vị, 1 quản trị"
    assert checks["Tin đến"].state is State.FINE
    assert checks["Tin đi"].state is State.WARNING
    assert "tdkt serve" in checks["Tin đi"].advice
    assert checks["Telegram"].state is State.WARNING


def test_a_lease_is_held_by_one_renewed_released_and_taken_over(chat: Chat) -> None:
    lasting, now = timedelta(seconds=20), chat.now
    with writing(chat.engine) as session:
        assert leases.hold(session, "receive", "a", now, lasting)
        assert not leases.hold(session, "receive", "b", now + timedelta(seconds=19), lasting)
        assert leases.hold(session, "receive", "a", now + timedelta(seconds=19), lasting)
        assert not leases.hold(session, "receive", "b", now + timedelta(seconds=30), lasting)
        assert leases.hold(session, "receive", "b", now + timedelta(seconds=40), lasting)
        leases.release(session, "receive", "a")
        assert not leases.hold(session, "receive", "a", now + timedelta(seconds=41), lasting)
        leases.release(session, "receive", "b")
        assert leases.hold(session, "receive", "a", now + timedelta(seconds=41), lasting)


def test_a_merged_unit_keeps_its_names(chat: Chat) -> None:
    with writing(chat.engine) as session:
        people.rename_unit(session, "phong-khtc", "Phòng Tài chính", ("Phòng Kế hoạch – Tài chính",))
        people.succeed_unit(session, "phong-tccb", "phong-khtc")
    with reading(chat.engine) as session:
        units = {unit.key: unit for unit in people.units(session)}
    assert units["phong-khtc"].former_names == ("Phòng Kế hoạch – Tài chính",)
    assert units["phong-tccb"].successor == "phong-khtc"
    assert not units["phong-tccb"].active
