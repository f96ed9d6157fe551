"""`tdkt export`, and what the desk makes: real database, real files."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as read_docx
from openpyxl import load_workbook

from bot.cli import main
from bot.desk import LiveDesk
from bot.dialogues.desk import FileRefused
from bot.domain.filling import Draft
from bot.domain.messages import Attachment
from bot.exports.consolidated import Office
from bot.forms.generate import form_id
from bot.forms.xlsform import read_form
from bot.making import exporter, generate
from bot.store import submissions, uploads
from knowledge.db import writing
from tests.bot.chat import Chat
from tests.bot.handed_in import helped
from tests.bot.library import plan
from tests.bot.reports import FORM, PHOTO, VALUES


@pytest.fixture
def office(chat: Chat) -> Chat:
    """Two rounds: one with a report handed in and a draft, one that nobody has begun."""
    number = chat.opens(FORM, title="Báo cáo thi đua quý IV/2025")
    chat.opens(FORM, title="Báo cáo thi đua năm 2025")
    with writing(chat.engine) as session:
        submissions.begin(session, number, "phong-tccb", Draft(VALUES[0]), None, chat.now)
        submissions.begin(session, number, "phong-khtc", Draft({"tuyen_truyen": "bản nháp"}), None, chat.now)
        uploads.keep(session, [Attachment(PHOTO, "Ảnh họp.jpg", "image/jpeg", 10)], chat.now)
        submissions.submit(session, 1, 1, "BC1-0001-1", False, None, chat.now)
    return chat


def tdkt(chat: Chat, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = main(["export", *arguments, "--home", str(chat.home)])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_a_workbook_is_written(office: Chat, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    target = tmp_path / "ket-qua.xlsx"
    target.write_text("an older file")
    code, said = tdkt(office, capsys, "1", "--format", "xlsx", "-o", str(target))
    assert (code, "1/2 đơn vị đã nộp" in said) == (0, True)
    rows = list(load_workbook(target)["Tổng hợp"].iter_rows(values_only=True))
    assert [row[1] for row in rows[2:]] == ["Phòng Tổ chức cán bộ", "Tổng cộng", "Bình quân"]
    assert "Ảnh họp.jpg" in rows[2]
    assert [one.name for one in tmp_path.glob(".ket-qua*")] == []


def test_the_format_follows_the_files_ending_and_the_office_its_settings(
    office: Chat, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TDKT_OFFICE", "SỞ VĂN THƯ")
    monkeypatch.setenv("TDKT_OFFICE_PARENT", "UBND TỈNH AN BÌNH")
    monkeypatch.setenv("TDKT_OFFICE_PLACE", "An Bình")
    target = tmp_path / "bao-cao.docx"
    assert tdkt(office, capsys, "quy IV", "-o", str(target))[0] == 0
    letterhead = read_docx(str(target)).tables[0].rows[0].cells
    assert "UBND TỈNH AN BÌNH\nSỞ VĂN THƯ" in letterhead[0].text
    assert "An Bình, ngày" in letterhead[1].text


def test_without_a_name_the_file_is_named_after_the_round(
    office: Chat, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tdkt(office, capsys, "2", "--format", "docx")[0] == 0
    assert tdkt(office, capsys, "2", "-o", str(tmp_path))[0] == 0
    assert (tmp_path / "tong-hop-dot-2-bao-cao-thi-dua-nam-2025.xlsx").is_file()
    assert (tmp_path / "tong-hop-dot-2-bao-cao-thi-dua-nam-2025.docx").is_file()


@pytest.mark.parametrize(
    ("arguments", "fragment"),
    [
        (("9",), "Không có đợt báo cáo “9”"),
        (("chuyển đổi số",), "1 – Báo cáo thi đua quý IV/2025"),
        (("thi đua",), "Có 2 đợt khớp"),
        (("1", "--format", "pdf"), "xlsx, docx"),
        (("1", "-o", "khong/co/thu-muc/a.xlsx"), "Không có thư mục"),
        (("1", "-o", "/proc/a.xlsx"), "Không ghi được"),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_line(
    office: Chat, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], fragment: str
) -> None:
    code, said = tdkt(office, capsys, *arguments)
    assert (code, said.count("\n")) == (2, 1)
    assert fragment in said


def test_a_home_without_rounds_says_so(chat: Chat, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = tdkt(chat, capsys, "1")
    assert (code, said.count("\n")) == (2, 1)
    assert "Chưa có đợt báo cáo nào" in said


def desk(chat: Chat) -> LiveDesk:
    helpers = replace(chat.helpers, generate=generate, export=exporter(Office("SỞ VĂN THƯ")))
    return LiveDesk(chat.engine, chat.source, helpers, "fake", chat.now)


def test_the_desk_keeps_what_it_exports(office: Chat) -> None:
    sent = desk(office).exported(1, "xlsx")
    assert sent.name == "tong-hop-dot-1-bao-cao-thi-dua-quy-iv-2025.xlsx"
    assert load_workbook(io.BytesIO(office.files.read(sent.sha256))).sheetnames[1] == "Tổng hợp"
    assert desk(office).exported(1, "docx").mime.endswith("wordprocessingml.document")


@pytest.mark.parametrize(("number", "format"), [(99, "xlsx"), (1, "pdf")])
def test_the_desk_refuses_in_words(office: Chat, number: int, format: str) -> None:
    with pytest.raises(FileRefused, match="Anh/chị"):
        desk(office).exported(number, format)


def test_a_form_made_from_a_plan_leads_its_report_back_to_the_plan(chat: Chat) -> None:
    workbook = desk(chat).generated_form(0)
    assert workbook.name == "bieu-mau-bc-77-kh-svt.xlsx"
    form = read_form(chat.files.read(workbook.sha256))
    assert form.form_id == form_id(plan().header)
    number = chat.opens(form)
    content = chat.files.read(desk(chat).exported(number, "docx").sha256)
    text = "\n".join(paragraph.text for paragraph in read_docx(io.BytesIO(content)).paragraphs)
    assert (
        "Căn cứ Kế hoạch số 77/KH-SVT ngày 03 tháng 02 năm 2025 của Sở Văn thư tỉnh An Bình về phong trào thi đua"
        in text
    )


def test_an_admin_makes_a_form_sends_it_back_and_exports_a_round(chat: Chat) -> None:
    helped(chat, generate=generate, export=exporter(Office("SỞ VĂN THƯ")))
    minh = chat.as_("minh")
    minh.says("/taobieumau").taps("Kế hoạch 77/KH-SVT")
    made = minh.replies[-1].file or minh.replies[0].file
    assert made is not None
    minh.attaches((made.name, chat.files.read(made.sha256))).sees("Báo cáo kết quả thực hiện Kế hoạch 77/KH-SVT")
    minh.taps("Lưu biểu mẫu").sees("Đã lưu biểu mẫu")
    chat.opens(chat.desk().forms()[0].form, title="Báo cáo quý IV")
    minh.says("/dotbaocao").taps("Báo cáo quý IV").taps("Xuất Excel").sees("Báo cáo tổng hợp")
    sent = minh.replies[0].file
    assert sent is not None
    assert load_workbook(io.BytesIO(chat.files.read(sent.sha256)))["Chưa nộp"].max_row == 3
