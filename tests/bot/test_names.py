"""Names that no column of a database server takes: refused where they are typed, in one line."""

from __future__ import annotations

import pytest

from bot.cli import main
from bot.store import people
from knowledge.db import reading
from tests.bot.chat import Chat

LONG = "Phòng " + "ạ" * 195  # one more than the column takes


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (("units", "--add", "phong-a", LONG), "dài 201 ký tự"),
        (("units", "--add", "phong-a", "12"), "chưa phải là tên đơn vị"),
        (("units", "--rename", "phong-tccb", LONG), "dài 201 ký tự"),
        (("invite", "--role", "staff", "--name", LONG), "không quá 100 ký tự"),
        (("invite", "--role", "staff", "--name", "?"), "họ tên"),
        (("invite", "--role", "staff", "--unit", LONG), "Không có đơn vị"),
    ],
)
def test_at_the_command_line(
    chat: Chat, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], fragment: str
) -> None:
    assert main([*arguments, "--home", str(chat.home)]) == 2
    said = capsys.readouterr().err
    assert (said.count("\n"), fragment in said) == (1, True), said


def test_in_chat(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says(f"/donvi thêm: {LONG}").sees("dài 201 ký tự")
    minh.says("hủy")
    with reading(chat.engine) as session:
        assert len(people.units(session)) == 2


@pytest.mark.parametrize("kind", ["/modot", "/donvi", "/ma"])
def test_a_very_long_line_breaks_nothing(chat: Chat, kind: str) -> None:
    minh = chat.as_("minh")
    minh.says(f"{kind} {LONG * 30}")
    assert minh.replies
    assert not [reply for reply in minh.replies if "gặp lỗi" in reply.text]
