"""What an admin decided on documents, as `tdkt ask` and `tdkt documents` say it at the shell."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.cli import main
from tests.bot.chat import Speaker
from tests.bot.publishing import PLAN, QUESTION, TOLD, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures


@pytest.fixture
def minh(office: Office) -> Speaker:
    """Minh, who has just published the plan and looks at it."""
    speaker = office.as_("minh")
    speaker.attaches(("ke-hoach-88.txt", PLAN.encode())).taps("Công bố")
    return speaker.says("/vanban 88/KH-SVT")


def call(office: Office, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command at the shell of the office's machine and return what it prints."""
    assert main(["--home", str(office.home), *arguments]) == 0
    return capsys.readouterr().out


def answer(office: Office, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call(office, capsys, "ask", QUESTION, "--json"))
    return found


def plan(office: Office, capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    documents = json.loads(call(office, capsys, "documents", "--json"))
    return [one for one in documents if one["number"] == "88/KH-SVT"]


def test_what_is_replaced_or_over_is_answered_with_the_note(
    office: Office, minh: Speaker, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not any("thay thế" in note for note in answer(office, capsys)["notes"])
    minh.taps("Đánh dấu bị thay thế").says("Kế hoạch 99/KH-SVT")
    note = "Kế hoạch 88/KH-SVT đã được thay thế bằng Kế hoạch 99/KH-SVT; anh/chị dùng văn bản mới."
    told = answer(office, capsys)
    assert TOLD in told["answer"] and told["notes"][0] == note
    asked = office.home / "asked.jsonl"
    asked.write_text(json.dumps({"q": QUESTION}), encoding="utf-8")
    assert json.loads(call(office, capsys, "ask", "--batch", str(asked)))["notes"][0] == note
    (found,) = plan(office, capsys)
    assert {"kind": "replaced", "section": None, "message": note, "quote": None} in found["findings"]
    assert "Hiệu lực: đã bị thay thế bằng Kế hoạch 99/KH-SVT" in " ".join(call(office, capsys, "documents").split())


def test_what_is_withdrawn_is_not_answered_from_and_listed_as_such(
    office: Office, minh: Speaker, capsys: pytest.CaptureFixture[str]
) -> None:
    minh.taps("Gỡ").taps("Gỡ văn bản này")
    office.index(lambda stage, done, total: None)
    assert TOLD not in answer(office, capsys)["answer"] and plan(office, capsys) == []
    assert "Đã gỡ, không ai tra cứu được: Kế hoạch 88/KH-SVT" in call(office, capsys, "documents")


def test_what_is_withdrawn_but_still_in_the_index_is_not_answered_from(
    office: Office, minh: Speaker, capsys: pytest.CaptureFixture[str]
) -> None:
    office.index = None  # type: ignore[assignment,method-assign]  # the job fails
    office.publisher = office.another()
    asked = [one["file"] for one in json.loads(call(office, capsys, "obligations", "--json"))]
    minh.taps("Gỡ").taps("Gỡ văn bản này").sees("đã ẩn khỏi mọi câu trả lời", replies=2)
    assert TOLD not in answer(office, capsys)["answer"] and plan(office, capsys) == []
    left = [one["file"] for one in json.loads(call(office, capsys, "obligations", "--json"))]
    assert "ke-hoach-88.txt" in asked and left == [file for file in asked if file != "ke-hoach-88.txt"]


def test_what_is_for_some_units_is_all_there_at_the_shell(
    office: Office, minh: Speaker, capsys: pytest.CaptureFixture[str]
) -> None:
    minh.taps("Giới hạn đơn vị").taps("Kế hoạch – Tài chính").taps("Xong")
    assert TOLD in answer(office, capsys)["answer"]
    (found,) = plan(office, capsys)
    says = "Kế hoạch 88/KH-SVT chỉ Phòng Kế hoạch – Tài chính và người quản trị xem được."
    assert [one["message"] for one in found["findings"] if one["kind"] == "restricted"] == [says]


def test_a_withdrawn_document_that_is_indexed_again_stays_withdrawn(
    office: Office, minh: Speaker, capsys: pytest.CaptureFixture[str]
) -> None:
    minh.taps("Gỡ").taps("Gỡ văn bản này")
    folder = office.home / "van-ban"
    folder.mkdir()
    (folder / "ke-hoach-88.txt").write_text(PLAN, encoding="utf-8")
    assert "Hiệu lực: đã gỡ" in " ".join(call(office, capsys, "index", str(folder)).split())
    assert TOLD not in answer(office, capsys)["answer"] and plan(office, capsys) == []
    assert TOLD not in office.as_("lan").says(QUESTION).replies[0].text
