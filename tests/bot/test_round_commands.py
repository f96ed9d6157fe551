"""`tdkt form` and `tdkt round`: real database, real workbooks; clerks hear of it as from chat."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.asking import VIETNAM
from bot.cli import main
from bot.domain.rounds import Round
from bot.forms.xlsform import read_form
from bot.store import audit, people, rounds
from index.build import update
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.handed_in import hands_in, heard
from tests.bot.library import NOW
from tests.bot.test_forms import SURVEY, workbook
from tests.conftest import SAMPLES


@pytest.fixture(autouse=True)
def clock(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands look at the office's clock and database."""
    monkeypatch.setattr("bot.app.now", lambda: chat.now)
    monkeypatch.setenv("TDKT_DATABASE_URL", chat.database)


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    """The form of the tests, as a file."""
    file = tmp_path / "Báo cáo thi đua.xlsx"
    file.write_bytes(workbook(SURVEY))
    return file


def tdkt(chat: Chat, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main([*arguments, "--home", str(chat.home)])
    said = capsys.readouterr()
    return code, said.out + said.err


def opened(chat: Chat) -> tuple[Round, ...]:
    with reading(chat.engine) as session:
        return rounds.rounds(session)


def opens(chat: Chat, capsys: pytest.CaptureFixture[str], *more: str, title: str = "Báo cáo quý IV") -> tuple[int, str]:
    given = more if "--due" in more else (*more, "--due", "15/12/2025 17:00")
    return tdkt(chat, capsys, "round", "open", "--form", "bc_thi_dua", "--title", title, *given)


def test_a_form_is_kept_listed_and_not_twice(chat: Chat, capsys: pytest.CaptureFixture[str], survey: Path) -> None:
    assert tdkt(chat, capsys, "form", "list") == (0, "Chưa có biểu mẫu nào. Lưu: tdkt form add TỆP.xlsx; "
        "tạo từ kế hoạch: tdkt form make VĂN_BẢN\n")  # fmt: skip
    code, said = tdkt(chat, capsys, "form", "add", str(survey))
    assert (code, "Đã lưu biểu mẫu 1 " in said, "tdkt round open --form 1" in said) == (0, True, True)
    code, said = tdkt(chat, capsys, "form", "add", str(survey))
    assert (code, "Đã có sẵn biểu mẫu 1 " in said) == (0, True)
    code, said = tdkt(chat, capsys, "form", "list")
    assert (code, said.count("\n"), "bc_thi_dua" in said, "dòng lệnh" in said) == (0, 1, True, True)
    desk = chat.desk()
    assert desk.file_name(desk.forms()[0].workbook) == survey.name
    with reading(chat.engine) as session:
        assert {(one.actor, one.action) for one in audit.newest(session, 9)} == {("dòng lệnh", "form-kept")}


def test_what_is_no_form_is_said_in_one_line(chat: Chat, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(workbook([*SURVEY, ("geopoint", "vi_tri", "Vị trí")]))
    other = tmp_path / "khac.docx"
    other.write_bytes(b"PK")
    for file, fragment in (
        (broken, "Trang “survey”, dòng 17"),
        (other, ".xlsx"),
        (tmp_path / "khong.xlsx", "Không có tệp"),
    ):
        code, said = tdkt(chat, capsys, "form", "add", str(file))
        assert (code, said.count("\n"), fragment in said) == (2, 1, True), said


def test_a_form_is_made_from_a_plan(chat: Chat, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, said = tdkt(chat, capsys, "form", "make", "77/KH")
    assert (code, said.count("\n"), "tdkt index" in said) == (1, 1, True)
    update(chat.home, [SAMPLES])
    target = tmp_path / "mau.xlsx"
    code, said = tdkt(chat, capsys, "form", "make", "không có thế này", "-o", str(target))
    assert (code, said.count("\n"), "Không có kế hoạch" in said) == (2, 1, True)
    plan = said.split("”: ")[1].split(" – ")[0]  # the first that is named
    code, said = tdkt(chat, capsys, "form", "make", plan.upper(), "-o", str(target))
    assert (code, f"tdkt form add {target}" in said) == (0, True), said
    assert read_form(target.read_bytes()).items
    assert load_workbook(io.BytesIO(target.read_bytes())).sheetnames[0] == "survey"


def test_a_round_is_opened_and_its_clerks_hear(chat: Chat, capsys: pytest.CaptureFixture[str], survey: Path) -> None:
    tdkt(chat, capsys, "form", "add", str(survey))
    code, said = opens(chat, capsys, "--unit", "phong to chuc can bo")
    assert (code, "Đã mở đợt 1 “Báo cáo quý IV” cho 1 đơn vị" in said) == (0, True), said
    assert "Chưa có ai" not in said
    one = opened(chat)[0]
    assert (one.units, one.due_at, one.opens_at) == (
        ("phong-tccb",),
        datetime(2025, 12, 15, 17, tzinfo=VIETNAM),
        NOW,
    )
    chat.work()
    assert heard(chat, "lan") == [
        "Đợt báo cáo “Báo cáo quý IV” đã mở, hạn nộp 17:00 ngày 15/12/2025. Anh/chị gõ /baocao để bắt đầu."
    ]
    assert heard(chat, "tuan") == []
    chat.as_("lan").says("/baocao").sees("Báo cáo quý IV")
    with reading(chat.engine) as session:
        assert audit.newest(session, 1)[0].action == "round-opened"


def test_a_round_may_open_later_for_every_unit(chat: Chat, capsys: pytest.CaptureFixture[str], survey: Path) -> None:
    tdkt(chat, capsys, "form", "add", str(survey))
    with writing(chat.engine) as session:
        people.unlink(session, "fake", "tuan")
    code, said = opens(chat, capsys, "--opens", "01/12/2025")
    assert (code, "2 đơn vị" in said, "Nhận báo cáo từ 00:00 ngày 01/12/2025" in said) == (0, True, True), said
    assert "Chưa có ai liên kết tài khoản: Phòng Kế hoạch – Tài chính" in said
    chat.work()
    assert "nhận báo cáo từ 00:00 ngày 01/12/2025" in heard(chat, "lan")[0]
    assert chat.desk().owed("phong-tccb") == ()


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (("--unit", "phòng nào đó"), "phong-tccb – Phòng Tổ chức cán bộ"),
        (("--unit", "9"), "Không có đơn vị “9”"),
        (("--due", "hôm kia gì đó"), "chưa phải là ngày giờ"),
        (("--due", "01/01/2025 17:00"), "đã qua"),
        (("--opens", "20/12/2025"), "phải trước hạn nộp"),
        (("--opens", "01/01/2025"), "đã qua"),
        (("--opens", "lúc nào đó"), "chưa phải là ngày giờ"),
    ],
)
def test_a_round_that_cannot_be_opened(
    chat: Chat, capsys: pytest.CaptureFixture[str], survey: Path, arguments: tuple[str, ...], fragment: str
) -> None:
    code, said = opens(chat, capsys, *arguments)
    assert (code, said.count("\n"), "tdkt form add" in said) == (2, 1, True)
    tdkt(chat, capsys, "form", "add", str(survey))
    code, said = opens(chat, capsys, *arguments)
    assert (code, said.count("\n"), fragment in said) == (2, 1, True), said
    assert opened(chat) == ()


def test_titles_and_forms_are_told_apart(chat: Chat, capsys: pytest.CaptureFixture[str], survey: Path) -> None:
    tdkt(chat, capsys, "form", "add", str(survey))
    assert opens(chat, capsys)[0] == 0
    for title, fragment in (("BÁO CÁO QUÝ IV", "Đang có đợt mở"), ("?", "chưa phải là tên"), ("a" * 201, "201 ký tự")):
        code, said = opens(chat, capsys, title=title)
        assert (code, said.count("\n"), fragment in said) == (2, 1, True), said
    for form in ("2", "mẫu khác"):
        due = ("--title", "Đợt", "--due", "15/12")
        code, said = tdkt(chat, capsys, "round", "open", "--form", form, *due)
        assert (code, said.count("\n"), f"Không có biểu mẫu “{form}”: 1 – " in said) == (2, 1, True), said


def test_a_round_is_looked_at_and_closed(chat: Chat, capsys: pytest.CaptureFixture[str], survey: Path) -> None:
    assert "tdkt round open" in tdkt(chat, capsys, "round", "list")[1]
    tdkt(chat, capsys, "form", "add", str(survey))
    opens(chat, capsys)
    hands_in(chat, 1, "lan", sang_kien="12")
    code, said = tdkt(chat, capsys, "round", "show", "quý IV")
    assert (code, "1/2 đã nộp" in said, "Phòng Kế hoạch – Tài chính: chưa bắt đầu" in said) == (0, True, True), said
    assert "Phòng Tổ chức cán bộ: đã nộp lúc" in said
    chat.work()
    chat.channel.delivered.clear()
    code, said = tdkt(chat, capsys, "round", "close", "1")
    assert (code, said) == (0, "Đã đóng đợt 1 “Báo cáo quý IV”. Chưa nộp: Phòng Kế hoạch – Tài chính.\n")
    chat.work()
    assert (len(heard(chat, "tuan")), heard(chat, "lan")) == (1, [])
    code, said = tdkt(chat, capsys, "round", "close", "1")
    assert (code, said.count("\n"), "đã đóng lúc" in said) == (2, 1, True)
    assert "đã đóng" in tdkt(chat, capsys, "round", "list")[1]
    assert tdkt(chat, capsys, "round", "show", "7")[0] == 2


@pytest.mark.parametrize("arguments", [("round",), ("form",), ("round", "opne"), ("round", "open", "--due", "15/12")])
def test_bad_usage_is_one_line(chat: Chat, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    code, said = tdkt(chat, capsys, *arguments)
    assert (code, said.count("\n"), "Lệnh chưa đúng" in said) == (2, 1, True)


def test_help_names_what_is_below(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["round", "--help"])
    said = capsys.readouterr().out
    assert "tdkt round open|list|show|close …" in said
    assert "đóng một đợt" in said
