"""From one period to the next: last period's answers as a start, forms that change in between."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.store import rounds
from knowledge.db import writing
from tests.bot.chat import Chat
from tests.bot.report_kit import COURSE, SURVEY, answers, form, office
from tests.bot.test_forms import CHOICES, workbook


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    return office(tmp_path)


def test_last_period_as_a_start(chat: Chat) -> None:
    answers(chat.as_("lan").says("/baocao"), *COURSE[:4], "có", "Mai", "1990", *COURSE[4:], "nộp")
    chat.at("2026-01-10 08:00")
    chat.opens(form(), title="Báo cáo quý I", due="2026-03-31 17:00")
    with writing(chat.engine) as session:
        rounds.change(session, 1, due_at=None, closed_at=chat.now)
    lan = chat.as_("lan").says("/baocao").sees("Báo cáo quý I", "Kỳ trước đơn vị đã có số liệu")
    lan.taps("Lấy số liệu kỳ trước").sees("Đã lấy 8 câu của kỳ trước", "đã ghi 1 mục. Có thêm nữa không?")
    lan.says("không").sees("Ảnh minh chứng").says("bỏ qua").sees("Câu 1. Số sáng kiến: 12 (như kỳ trước)", "Mai")
    lan.says("sửa câu 1 thành 20").sees("Câu 1. Số sáng kiến: 20\n")
    lan.says("nộp").sees("BC2-0002-1")
    chat.opens(form(), title="Báo cáo quý II", due="2026-06-30 17:00")
    chat.as_("lan").says("/baocao").says("điền mới").sees("Câu 1/7", "Số sáng kiến")


def edited(content: bytes) -> bytes:
    """The workbook as an admin saves it in Excel: a question renamed, one taken out, one put in."""
    book = load_workbook(io.BytesIO(content))
    sheet = book["survey"]
    named = {str(row[1].value): row[0].row for row in sheet.iter_rows(min_row=2)}
    sheet.cell(named["sang_kien"], 3).value = "Số sáng kiến được công nhận"
    sheet.delete_rows(named["ty_le"])
    sheet.insert_rows(2)
    for at, value in enumerate(("select_one muc_do", "muc_do", "Mức độ hoàn thành", None, "x"), 1):
        sheet.cell(2, at).value = value
    for name, label in (("tot", "Tốt"), ("kha", "Khá")):
        book["choices"].append(["muc_do", name, label])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_form_edited_in_excel_is_a_new_version_and_a_round_under_way_keeps_its_own(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12")
    minh = chat.as_("minh").attaches(("mau.xlsx", edited(workbook(SURVEY, CHOICES))))
    minh.sees("Biểu mẫu này đã có. Lưu thành phiên bản mới; các đợt đã mở vẫn theo phiên bản cũ").taps("Lưu biểu mẫu")
    lan.says("40").sees("Đã ghi câu 2: 40.", "Câu 3/7")  # "Tỷ lệ", which the new version has no more
    answers(lan, *COURSE[2:], "nộp")
    chat.at("2026-01-10 08:00")
    minh.says("/modot").taps("Dùng tên này").says("31/3/2026").says("tất cả").taps("Mở đợt").sees("Đã mở đợt")
    lan.says("/baocao").sees("Kỳ trước đơn vị đã có số liệu").taps("Lấy số liệu kỳ trước").sees("Mức độ hoàn thành")
    lan.says("tot").sees("Đã ghi câu 1: Tốt.")
    lan.says("xem lại").sees("Câu 2. Số sáng kiến được công nhận: 12 (như kỳ trước)\nCâu 3. Ngày họp sơ kết")
