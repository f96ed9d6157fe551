"""`tdkt doctor` finds what is wrong on this machine and says what to do: each set-up is really broken.

What it asks the network is in `test_checkup_outside`; databases and indexes in `test_checkup_documents`, `…_server`.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import now
from bot.checkup import State
from bot.domain.people import Account, Role
from bot.store import leases, people
from knowledge.db import open_engine, sqlite_url, writing
from tests.bot.checked import checks, one
from tests.bot.checked import indexed as indexed  # a fixture
from tests.bot.process import tdkt
from tests.databases import make_tables

NOBODY = 65534  # the user that owns nothing


def test_an_empty_home_works_and_says_what_comes_next(tmp_path: Path) -> None:
    found = checks(tmp_path / "var")
    assert not [check for group in found.values() for check in group if check.state is State.BAD]
    assert "tdkt index" in found["Chỉ mục"][0].advice
    assert found["Thư mục dữ liệu"][0].state is State.WARNING
    assert not (tmp_path / "var").exists()


def test_a_whole_home_is_fine_and_left_as_it_was(indexed: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in indexed.rglob("*") if "sqlite3" not in path.name}
    found = checks(indexed, reach=True, port=0)
    wrong = {name for name, group in found.items() if any(check.state is not State.FINE for check in group)}
    assert wrong <= {"Telegram", "Zalo", "Cán bộ", "Tiến trình", "tesseract", "antiword", "libreoffice", "chromium"}
    after = {path: path.stat().st_mtime_ns for path in indexed.rglob("*") if "sqlite3" not in path.name}
    assert after == before


def test_everything_amiss_comes_with_advice(tmp_path: Path) -> None:
    for group in checks(tmp_path).values():
        for check in group:
            assert check.advice or check.state is State.FINE


# Folders


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    home = tmp_path / "var"
    home.write_text("", encoding="utf-8")
    assert "TDKT_HOME" in one(home, "Thư mục dữ liệu", State.BAD)


def test_a_home_where_nobody_can_write(tmp_path: Path) -> None:
    said = one(Path("/proc/tdkt"), "Thư mục dữ liệu", State.BAD)
    assert "/proc/tdkt không tạo được" in said and "TDKT_HOME" in said


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the machine reaches (those of pytest are root's alone)."""
    with tempfile.TemporaryDirectory(prefix="tdkt-") as name:
        os.chmod(name, 0o755)
        yield Path(name)


as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can take the place of another user")


@contextmanager
def somebody_else() -> Iterator[None]:
    """Be another user for a while; what is imported must be so already, since Python itself may be root's."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@as_root
def test_what_another_user_made(open_folder: Path) -> None:
    home = open_folder / "var"
    home.mkdir(mode=0o755)
    make_tables(sqlite_url(home))
    checks(home)
    with somebody_else():
        assert "Cấp quyền ghi" in one(home, "Thư mục dữ liệu", State.BAD)
    os.chown(home, NOBODY, NOBODY)  # the rest stays root's, as `sudo tdkt index` leaves it
    with somebody_else():
        assert "sudo chown -R nobody:" in one(home, "Thư mục dữ liệu", State.BAD)


@as_root
def test_root_in_the_home_of_another(indexed: Path) -> None:
    os.chown(indexed, NOBODY, NOBODY)
    assert "sudo -u nobody tdkt" in one(indexed, "Thư mục dữ liệu", State.WARNING)


def test_a_home_that_others_read(indexed: Path) -> None:
    indexed.chmod(0o755)
    (indexed / "tdkt.sqlite3").chmod(0o644)
    assert f"chmod 700 {indexed}" in one(indexed, "Thư mục dữ liệu", State.WARNING)


def test_a_disk_without_room() -> None:
    assert "Dọn đĩa ngay" in one(Path("/proc/tdkt"), "Đĩa", State.BAD)  # a file system of no size


def test_a_little_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage: Callable[[Path], object] = lambda _: type("Usage", (), {"free": 100 * 2**20})  # noqa: E731 - two lines
    monkeypatch.setattr("shutil.disk_usage", usage)
    assert "Dọn bớt" in one(tmp_path, "Đĩa", State.WARNING)


def test_the_watched_folder(tmp_path: Path) -> None:
    name = "Thư mục nhận văn bản"
    assert name not in checks(tmp_path)
    assert "TDKT_INBOX_FOLDER" in one(tmp_path, name, State.BAD, inbox_folder=Path("/proc/van-ban-den"))
    (tmp_path / "tep").write_text("", encoding="utf-8")
    assert "TDKT_INBOX_FOLDER" in one(tmp_path, name, State.BAD, inbox_folder=tmp_path / "tep")
    assert "tdkt serve" in one(tmp_path, name, State.WARNING, inbox_folder=tmp_path / "chua-co")
    assert "thư mục riêng" in one(tmp_path, name, State.BAD, inbox_folder=tmp_path)
    (tmp_path / "hop-thu").mkdir()
    (there,) = checks(tmp_path, inbox_folder=tmp_path / "hop-thu")[name]
    assert there.state is State.FINE


# Settings


def test_a_mistyped_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_PROT", "9000")
    assert "TDKT_PORT" in one(tmp_path, "Thiết lập", State.WARNING)


def test_every_bad_value_is_told_at_once_and_no_secret_with_it(tmp_path: Path) -> None:
    bad = {
        "TDKT_HOURS": "17:00-08:00", "TDKT_LADDER": "mười bốn", "TDKT_DAYS_OFF": "30/4", "TDKT_PORT": "90000",
        "TDKT_TELEGRAM_TOKEN": "bi-mat-sai-dang", "TDKT_ZALO_SECRET": "bi-mat!", "TDKT_DATABASE_URL": "mysql://u:bi-mat@may/co-so",
    }  # fmt: skip
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in bad.items()), encoding="utf-8")
    (tmp_path / ".env").chmod(0o600)
    told = tdkt("doctor", "--home", str(tmp_path / "var"), cwd=tmp_path, COLUMNS="200")
    assert told.code == 1 and told.err == ""
    for name in bad:
        assert f"✗ Thiết lập: {name} phải" in told.out
    assert "bi-mat" not in told.out
    other = tdkt("documents", "--home", str(tmp_path / "var"), cwd=tmp_path)
    assert other.code == 2 and other.err.count("\n") == 1  # every other command refuses


def test_a_settings_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TDKT_OFFICE=S\xd4\xc9 N\xc9I V\xd4")
    told = tdkt("doctor", "--home", str(tmp_path / "var"), cwd=tmp_path, COLUMNS="200")
    assert told.code == 1 and "UTF-8" in told.out


def test_secrets_that_others_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("TDKT_ZALO_TOKEN=1234567890:bi-mat-cua-bot\n", encoding="utf-8")
    (tmp_path / ".env").chmod(0o644)
    said = one(tmp_path, "Tệp .env", State.WARNING)
    assert f"chmod 600 {tmp_path / '.env'}" in said and "bi-mat" not in said
    (tmp_path / ".env").chmod(0o600)
    assert checks(tmp_path)["Tệp .env"][0].state is State.FINE


def test_a_machine_in_another_time_zone(tmp_path: Path) -> None:
    told = tdkt("doctor", "--home", str(tmp_path / "var"), cwd=tmp_path, TZ="America/New_York")
    hour = next(line for line in told.out.splitlines() if "Đồng hồ" in line).split()[3]
    assert hour in {f"{now() - timedelta(minutes=late):%H:%M}" for late in range(3)}


def test_a_clock_that_was_set_back(indexed: Path) -> None:
    engine = open_engine(sqlite_url(indexed))
    with writing(engine) as session:
        entry = "INSERT INTO audit (at, actor, action, subject, detail) VALUES (:at, 'Minh', 'login', 'Minh', '')"
        session.execute(text(entry), {"at": str(now().replace(tzinfo=None) + timedelta(days=400))})
    engine.dispose()
    assert "timedatectl" in one(indexed, "Đồng hồ", State.BAD)


# Programs, people, processes


def test_recognition_without_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if shutil.which("tesseract") is None:
        pytest.skip("no tesseract")
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    assert "tesseract-ocr-vie" in one(tmp_path, "tesseract", State.WARNING)


def test_missing_tools_are_named_with_their_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for tool in ("tesseract", "antiword", "libreoffice", "chromium"):
        assert "apt install" in one(tmp_path, tool, State.WARNING)


def test_an_office_without_an_admin_whom_anything_reaches(indexed: Path) -> None:
    assert "tdkt invite --role admin" in one(indexed, "Cán bộ", State.WARNING)
    engine = open_engine(sqlite_url(indexed))
    with writing(engine) as session:
        minh = people.add_person(session, "Minh", Role.ADMIN, None, now())
    assert "liên kết" in one(indexed, "Cán bộ", State.WARNING)
    with writing(engine) as session:
        people.link(session, minh.id, Account("telegram", "1", "1", "Minh", now()))
    engine.dispose()
    assert checks(indexed)["Cán bộ"][0].state is State.FINE


def test_a_process_that_runs_is_not_there_or_left_its_locks(indexed: Path) -> None:
    engine = open_engine(sqlite_url(indexed))
    assert "systemctl start" in one(indexed, "Tiến trình", State.WARNING)
    with writing(engine) as session:
        assert leases.hold(session, "plan", "4242-dead", now() + timedelta(days=400), timedelta(minutes=1))
    assert "đồng hồ" in one(indexed, "Tiến trình", State.WARNING)
    with writing(engine) as session:  # and the next process is not held up by it
        assert leases.hold(session, "plan", "1-alive", now(), timedelta(minutes=1))
    engine.dispose()
    assert checks(indexed)["Tiến trình"][0].state is State.FINE


@pytest.mark.parametrize(
    ("changes", "states", "says"),
    [
        ({}, [State.WARNING], "TDKT_ZALO_TOKEN"),
        ({"zalo_token": "1:x"}, [State.WARNING, State.WARNING], "TDKT_PUBLIC_URL"),
        ({"zalo_token": "1:x", "zalo_webhook": "https://a.vn"}, [State.FINE, State.FINE], "https://a.vn"),
        ({"zalo_token": "1:x", "zalo_webhook": "http://a.vn"}, [State.BAD, State.FINE], "https"),
        ({"zalo_token": "1:x", "public_url": "https://b.vn"}, [State.WARNING, State.FINE], "https://b.vn"),
    ],
)
def test_how_zalo_is_reached(tmp_path: Path, changes: dict[str, str], states: list[State], says: str) -> None:
    found = checks(tmp_path, **changes)["Zalo"]
    assert [check.state for check in found] == states
    assert any(says in check.says + check.advice for check in found)
    assert "1:x" not in str(found)


def test_addresses_without_encryption(tmp_path: Path) -> None:
    telegram = {"telegram_token": "1:x", "telegram_webhook": "http://a.vn"}
    assert "TDKT_TELEGRAM_WEBHOOK" in one(tmp_path, "Telegram", State.BAD, **telegram)
    assert "https" in one(tmp_path, "Địa chỉ công khai", State.BAD, public_url="http://sonoivu.example")
    assert checks(tmp_path, public_url="http://127.0.0.1:8000")["Địa chỉ công khai"][0].state is State.FINE
