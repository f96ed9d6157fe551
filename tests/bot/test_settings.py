from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingError
from bot.settings import VARIABLES, Settings, read, unknown_variables

NO_FILE = Path("/nonexistent/.env")


def test_defaults() -> None:
    assert read({}, NO_FILE) == Settings(Path("var"), "127.0.0.1", 8000, None, 50 * 2**20)


def test_every_field_has_one_variable() -> None:
    assert sorted(variable.field for variable in VARIABLES) == sorted(Settings.__dataclass_fields__)


def test_environment_wins_over_env_file_and_command_line_over_both(tmp_path: Path) -> None:
    env = tmp_path / ".env"
    env.write_text("\ufeffTDKT_PORT=9001\nTDKT_HOME=trong-tep\nTDKT_MODEL='Mô hình'\n", encoding="utf-8")
    settings = read({"TDKT_PORT": "9002", "TDKT_HOME": "~/nha"}, env, home=Path("dong-lenh"))
    assert (settings.port, settings.home, settings.model) == (9002, Path("dong-lenh"), "Mô hình")
    assert read({"TDKT_HOME": "~/nha"}, env).home == Path("~/nha").expanduser()


def test_an_empty_variable_is_the_default() -> None:
    assert read({"TDKT_PORT": " "}, NO_FILE).port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TDKT_PORT", "tám nghìn"),
        ("TDKT_PORT", "65536"),
        ("TDKT_PORT", "-1"),
        ("TDKT_PORT", "８０００"),
        ("TDKT_HOST", "http://localhost"),
        ("TDKT_MAX_FILE_MB", "0"),
        ("TDKT_MAX_FILE_MB", "50MB"),
    ],
)
def test_a_bad_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        read({name: value}, NO_FILE)
    assert caught.value.variable == name
    assert value in str(caught.value) or value == "0"


def test_an_unreadable_env_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TDKT_HOME=\xff\xfe")
    with pytest.raises(SettingError, match=r"\.env"):
        read({}, tmp_path / ".env")


def test_unknown_variables_are_noticed_with_the_name_they_resemble() -> None:
    assert unknown_variables({"TDKT_PROT": "1", "TDKT_PORT": "1", "TDKT_XYZW": "1", "PATH": "x"}, NO_FILE) == {
        "TDKT_PROT": "TDKT_PORT",
        "TDKT_XYZW": None,
    }


def test_values_are_not_interpolated(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TDKT_MODEL=a${HOME}b", encoding="utf-8")
    assert read({}, tmp_path / ".env").model == "a${HOME}b"
