"""`tdkt doctor` finds what is wrong and says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.checkup import Check, State, check_up
from bot.settings import read

NO_FILE = Path("/nonexistent/.env")


def checks(home: Path, **changes: object) -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in check_up(read({}, NO_FILE, home=home, **changes)):
        found.setdefault(check.subject, []).append(check)
    return found


def test_an_empty_home_works_and_says_what_comes_next(tmp_path: Path) -> None:
    found = checks(tmp_path / "var")
    assert not [check for group in found.values() for check in group if check.state is State.BAD]
    assert "tdkt index" in found["Chỉ mục"][0].advice
    assert found["Thư mục dữ liệu"][0].state is State.WARNING
    assert not (tmp_path / "var").exists()


def test_everything_amiss_comes_with_advice(tmp_path: Path) -> None:
    for group in checks(tmp_path).values():
        for check in group:
            assert check.advice or check.state is State.FINE


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    home = tmp_path / "var"
    home.write_text("", encoding="utf-8")
    found = checks(home)
    assert found["Thư mục dữ liệu"][0].state is State.BAD
    assert "TDKT_HOME" in found["Thư mục dữ liệu"][0].advice


def test_a_model_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "mo-hinh").mkdir()
    found = checks(tmp_path, model=str(tmp_path / "mo-hinh"))
    assert found["Mô hình"][0].state is State.BAD
    assert "TDKT_MODEL" in found["Mô hình"][0].advice


def test_a_damaged_database(tmp_path: Path) -> None:
    (tmp_path / "tdkt.sqlite3").write_bytes(b"not a database at all" * 100)
    found = checks(tmp_path)
    assert found["Cơ sở dữ liệu"][0].state is State.BAD
    assert found["Python"][0].state is State.FINE  # the other checks go on


def test_missing_tools_are_named_with_their_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", _nothing)
    found = checks(tmp_path)
    for tool in ("tesseract", "antiword", "libreoffice", "chromium"):
        assert found[tool][0].state is State.WARNING
        assert "apt install" in found[tool][0].advice


def _nothing(name: str) -> None:
    return None


def test_a_little_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage: Callable[[Path], object] = lambda _: type("Usage", (), {"free": 10 * 2**20})  # noqa: E731 - two lines
    monkeypatch.setattr("shutil.disk_usage", usage)
    assert checks(tmp_path)["Đĩa"][0].state is State.WARNING


def test_a_mistyped_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TDKT_PROT", "9000")
    (check,) = checks(tmp_path)["Thiết lập"]
    assert check.state is State.WARNING
    assert "TDKT_PORT" in check.advice


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
