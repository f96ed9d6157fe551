from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.workdays import Hours
from bot.errors import SettingError
from bot.settings import VARIABLES, Settings, read, unknown_variables

NO_FILE = Path("/nonexistent/.env")


def test_defaults() -> None:
    assert read({}, NO_FILE) == Settings(
        home=Path("var"),
        host="127.0.0.1",
        port=8000,
        model=None,
        max_file_bytes=50 * 2**20,
        inbox_folder=None,
        database=None,
        strangers_may_ask=False,
        code_hours=72,
        message_days=90,
        audit_days=1095,
        file_days=30,
        lease_seconds=20,
        log="chu",
        telegram_token=None,
        telegram_api="https://api.telegram.org",
        telegram_webhook=None,
        telegram_secret=None,
        zalo_token=None,
        zalo_api="https://bot-api.zaloplatforms.com",
        zalo_webhook=None,
        zalo_secret=None,
        public_url=None,
        office="",
        office_parent="",
        office_place="",
        hours=Hours(),
        ladder=(14, 7, 3, 1, 0),
        days_off=frozenset(),
        days_on=frozenset(),
        open_days=30,
    )


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
        ("TDKT_HOURS", "8 giờ"),
        ("TDKT_HOURS", "17:00-08:00"),
        ("TDKT_HOURS", "08:00-25:00"),
        ("TDKT_LADDER", "bảy, ba"),
        ("TDKT_LADDER", "7,,3"),
        ("TDKT_DAYS_OFF", "30/4"),
        ("TDKT_DAYS_ON", "2026-02-30"),
        ("TDKT_PORT", "tám nghìn"),
        ("TDKT_PORT", "65536"),
        ("TDKT_PORT", "-1"),
        ("TDKT_PORT", "８０００"),
        ("TDKT_HOST", "http://localhost"),
        ("TDKT_MAX_FILE_MB", "0"),
        ("TDKT_MAX_FILE_MB", "50MB"),
        ("TDKT_STRANGERS_MAY_ASK", "có"),
        ("TDKT_MESSAGE_DAYS", "-1"),
        ("TDKT_TELEGRAM_WEBHOOK", "vidu.gov.vn"),
        ("TDKT_TELEGRAM_API", "api.telegram.org"),
        ("TDKT_TELEGRAM_WEBHOOK", "https://"),
        ("TDKT_ZALO_WEBHOOK", "vidu.gov.vn"),
        ("TDKT_ZALO_API", "bot-api.zaloplatforms.com"),
        ("TDKT_PUBLIC_URL", "vidu.gov.vn"),
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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TDKT_TELEGRAM_TOKEN", "mã-bí-mật"),
        ("TDKT_TELEGRAM_SECRET", "bí mật"),
        ("TDKT_TELEGRAM_SECRET", "short"),
        ("TDKT_ZALO_TOKEN", "mã/bí/mật"),
        ("TDKT_ZALO_SECRET", "1234567"),
        ("TDKT_ZALO_SECRET", "s" * 257),
    ],
)
def test_a_secret_is_not_repeated_when_it_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        read({name: value}, NO_FILE)
    assert value not in str(caught.value)


def test_secrets_are_hidden() -> None:
    for channel in ("TELEGRAM", "ZALO"):
        given = {f"TDKT_{channel}_TOKEN": "123456:ABCDEFGHIJKL", f"TDKT_{channel}_SECRET": "MNOPQRSTUV"}
        settings = read(given, NO_FILE)
        assert "123456:ABCDEFGHIJKL" in (settings.telegram_token, settings.zalo_token)
        assert "ABCDEFGHIJKL" not in repr(settings)
        assert "MNOPQRSTUV" not in repr(settings)


def test_the_public_address_is_the_one_given_or_else_a_webhooks() -> None:
    webhooks = {"TDKT_TELEGRAM_WEBHOOK": "https://a.vn", "TDKT_ZALO_WEBHOOK": "https://b.vn"}
    assert read({}, NO_FILE).public is None
    assert read({"TDKT_TELEGRAM_WEBHOOK": "https://a.vn"}, NO_FILE).public == "https://a.vn"
    assert read(webhooks, NO_FILE).public == "https://b.vn"
    assert read({**webhooks, "TDKT_PUBLIC_URL": "https://c.vn/tro-ly/"}, NO_FILE).public == "https://c.vn/tro-ly"


def test_addresses_lose_their_last_slash() -> None:
    given = {"TDKT_TELEGRAM_API": "http://127.0.0.1:81/", "TDKT_TELEGRAM_WEBHOOK": "https://tdkt.example.vn/tro-ly/"}
    settings = read(given, NO_FILE)
    assert settings.telegram_api == "http://127.0.0.1:81"
    assert settings.telegram_webhook == "https://tdkt.example.vn/tro-ly"
