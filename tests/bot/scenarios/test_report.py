"""From a link code to an accepted report, through each channel: one story, told once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import now
from tests.bot.scenarios.conftest import ON_A_SERVER, Place
from tests.bot.test_forms import CHOICES, workbook

FORM = workbook(
    (
        ("begin group", "so_lieu", "Số liệu"),
        ("integer", "sang_kien", "Số sáng kiến", "", "yes", "", ". <= 500", "Từ 0 đến 500"),
        ("decimal", "ty_le", "Tỷ lệ đúng hẹn (%)"),
        ("date", "ngay_hop", "Ngày họp sơ kết"),
        ("end group", ""),
        ("select_one co_khong", "co_tt", "Có tập thể tiêu biểu không?"),
        ("text", "ten_tt", "Kết quả của tập thể", "", "yes", "${co_tt} = 'co'"),
        ("begin repeat", "ca_nhan", "Cá nhân tiêu biểu"),
        ("text", "thanh_tich", "Thành tích", "", "yes"),
        ("end repeat", ""),
        ("text", "kho_khan", "Khó khăn, vướng mắc"),
        ("file", "kem_theo", "Tài liệu kèm theo"),
    ),
    CHOICES,
)
PDF = b"%PDF-1.7 phu luc"
CODE = r"([A-Z0-9]{5}-[A-Z0-9]{5})"


def test_from_a_code_to_an_accepted_report(place: Place) -> None:
    minh, lan = place.admin(), place.newcomer("lan")
    # The office: a unit, a clerk's code, a form from Excel, a round.
    minh.says("/donvi them: Phòng Tổ chức cán bộ").sees("Đã thêm “Phòng Tổ chức cán bộ”")
    minh.says("hủy").says("/ma").taps("Cán bộ tổng hợp").sees("đơn vị nào").taps("Phòng Tổ chức").sees("Họ tên")
    code = minh.says("Nguyễn Thị Lan").sees("Mã cho Nguyễn Thị Lan").finds(CODE)
    place.gives_form(minh, "mau-bao-cao.xlsx", FORM)
    minh.says("/modot").sees("Tên đợt báo cáo?").says("Báo cáo quý IV").sees("Hạn nộp là khi nào?")
    due = f"{now() + timedelta(days=20):%d/%m/%Y}"

    lan.says("chào").sees("mã liên kết dùng một lần")
    lan.says("BBBBB-CCCCC").sees("không đúng")
    lan.says(code.lower()).sees("Nguyễn Thị Lan", "Phòng Tổ chức cán bộ")

    minh.says(due).sees("Đơn vị nào").says("tất cả").sees("1 đơn vị: Phòng Tổ chức cán bộ").taps("Mở đợt").sees("Đã mở")
    lan.sees("Đợt báo cáo “Báo cáo quý IV” đã mở")

    # The report: corrections, a question in the middle, going back, a restart.
    lan.says("/baocao").sees("Câu 1", "Số sáng kiến")
    lan.says("nhiều lắm").sees("chưa phải là số")
    lan.says("han bao cao la khi nao?").sees("trước ngày 15/12/2025", "Số sáng kiến")
    lan.answers("mười hai", "12,5%", "hôm nay").sees("Có tập thể tiêu biểu không?")
    place.restarts()
    lan.taps("Có").sees("Kết quả của tập thể")
    lan.says("Hoàn thành trước hạn <b>15 ngày</b> & không tồn đọng").sees("Cá nhân tiêu biểu")
    lan.taps("Có").sees("Thành tích").says("Đỗ Thị Mai: số hóa 3.000 hồ sơ").sees("Có thêm nữa không?")
    lan.says("để sau").sees("Đã lưu bản nháp").says("/baocao").sees("Làm tiếp").taps("Không").sees("Khó khăn")
    lan.says("quay lại").says("không").sees("Khó khăn").says("bỏ qua").sees("Tài liệu kèm theo")
    lan.sends("phu-luc.pdf", PDF).sees("phu-luc.pdf")
    lan.says("xong").sees("Xem lại trước khi nộp", "Số sáng kiến: 12", "<b>15 ngày</b> & không tồn đọng", "phu-luc.pdf")
    lan.says("sửa câu 1 thành 21").sees("Số sáng kiến: 21")
    lan.taps("Nộp báo cáo").sees("Số biên nhận: BC1-0001-1")

    # The office returns it, the clerk puts it right, the office accepts.
    minh.sees("Phòng Tổ chức cán bộ vừa nộp “Báo cáo quý IV”", "BC1-0001-1")
    minh.says("/duyet").sees("1 báo cáo chờ duyệt").taps("Phòng Tổ chức").sees("1. Số sáng kiến: 21", "phu-luc.pdf")
    minh.taps("Xem tệp").sees("phu-luc.pdf")
    assert minh.downloads() == PDF
    minh.says("câu 1: số liệu chưa khớp").sees("sẽ nhận").taps("Gửi trả lại").sees("Đã trả lại")
    lan.sees("được trả lại để sửa (câu 1)", "số liệu chưa khớp")
    place.restarts()
    lan.says("/baocao").sees("đã trả lại để sửa", "Đang ghi: 21")
    lan.says("20").sees("Xem lại trước khi nộp", "Số sáng kiến: 20").taps("Nộp báo cáo").sees("BC1-0001-2")
    minh.sees("lần 2").says("/duyet").taps("Phòng Tổ chức").sees("Số sáng kiến: 20").taps("Nhận").sees(
        "Đã nhận báo cáo"
    )
    lan.sees("đã được nhận (biên nhận BC1-0001-2)")
    lan.says("/dabaocao").sees("Báo cáo quý IV", "nhận")

    # What comes of it.
    minh.says("/dotbaocao").taps("Báo cáo quý IV").sees("1/1 đã nộp (1 đã nhận)").taps("Xuất Excel").sees("tổng hợp")
    assert minh.downloads().startswith(b"PK")
    minh.says("xuất word").sees("tổng hợp")
    assert minh.downloads().startswith(b"PK")


HOSTILE = (
    "<b>&lt;</b><script>alert(1)</script>",
    "\u202eab\u202c",
    "\u200b\u200d\u2060\ufeff",
    "👍🏽" * 40,
    "a\x07b\x1b[31m",
    "a\x00b",
    "nửa \ud800 chữ",
    "“”" * 300,
    "đ" * 50_000,  # 100 kB
    "/",
)


def test_hostile_texts_break_no_conversation(place: Place) -> None:
    minh = place.admin()
    for text in HOSTILE:
        minh.says(text).hears()
    minh.says("giờ mở cửa?").sees("Kho lưu trữ mở cửa")
    minh.says("/donvi thêm: Phòng <script>alert(1)</script>").sees("Đã thêm “Phòng <script>alert(1)</script>”")
    assert place.troubles() == []


@pytest.mark.parametrize("place", [ON_A_SERVER], indirect=True)
def test_the_longest_names_there_may_be_are_kept_where_columns_have_widths(place: Place) -> None:
    unit, person, title = "Phòng " + "Ă" * 144, "Nguyễn " + "Ấ" * 93, "Báo cáo " + "Ợ" * 142
    file, reason = "ể" * 70 + ".pdf", "Thiếu " + "ề" * 1990
    minh, lan = place.admin(), place.newcomer("L" * 64)
    minh.says(f"/donvi thêm: {unit}").sees(f"Đã thêm “{unit}”").says("hủy")
    minh.says("/ma").taps("Cán bộ tổng hợp").taps("Phòng Ă")
    code = minh.says(person).sees("Mã cho").finds(CODE)
    lan.says(code).sees(person)
    long = workbook(
        (("text", "a" * 60, "Ộ" * 900, "Ẫ" * 900), ("file", "tep", "Tệp")), form_id="b" * 300, title="Đ" * 300
    )
    minh.sends("bieu-mau.xlsx", long).sees("Biểu mẫu:").taps("Lưu biểu mẫu").sees("Đã lưu")
    minh.says("/modot").sees("Tên đợt").says(title).sees("Hạn nộp").says(f"{now() + timedelta(days=20):%d/%m/%Y}")
    minh.sees("Đơn vị nào").says("tất cả").taps("Mở đợt").sees("Đã mở đợt")
    lan.sees("đã mở").says("/baocao").sees("Câu 1/2").says("ữ" * 20_000).sees("Câu 2/2")
    lan.sends(file, PDF).sees("Đã nhận").says("xong").sees("Xem lại").says("nộp").sees("BC1-0001-1")
    minh.sees("vừa nộp").says("/duyet").taps("Phòng Ă").taps("Trả lại").says(reason).sees("sẽ nhận").taps("Gửi trả lại")
    minh.sees("Đã trả lại")
    lan.sees("được trả lại")
    assert place.troubles() == []
