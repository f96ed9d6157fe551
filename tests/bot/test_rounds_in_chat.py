"""The admin's rounds and forms in chat: opened, watched, reviewed, exported."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from bot.desk import Made
from bot.dialogues.review_reason import Reason, read_reason
from bot.domain.messages import Reach
from bot.domain.people import Account, Role
from bot.domain.rounds import SubmissionState
from bot.store import audit, people
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.handed_in import form, hands_in, heard, helped, unreachable
from tests.bot.test_forms import SURVEY, workbook

ANSWERS = {
    "sang_kien": "1250",
    "ty_le": "98.5",
    "co_tt": "khong",
    "ca_nhan": ({"ho_ten": "Lê Thị Hoa", "nam_sinh": "1990"}, {"ho_ten": "Đỗ An"}),
    "linh_vuc": "dat nuoc",
    "ngay_hop": "2025-11-15",
}


def test_a_form_is_sent_read_and_kept(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/bieumau").sees("Chưa có biểu mẫu nào")
    minh.attaches(("bao-cao.xlsx", workbook(SURVEY))).sees("Biểu mẫu: Báo cáo thi đua", "9 câu", "Cá nhân tiêu biểu")
    minh.taps("Lưu biểu mẫu").sees("Đã lưu biểu mẫu", "/modot")
    assert [one.form.title for one in chat.desk().forms()] == ["Báo cáo thi đua"]
    minh.says("/bieu mau").sees("Có 1 biểu mẫu", "9 câu", "Minh").taps("Báo cáo thi đua").sees("phiên bản 3")
    sent = minh.replies[0].file
    assert sent is not None and chat.files.read(sent.sha256).startswith(b"PK")
    minh.attaches(("bao-cao.xlsx", workbook(SURVEY[:1] + SURVEY[5:6]))).sees("Biểu mẫu này đã có")
    minh.says("thôi").sees("không lưu gì")
    assert len(chat.desk().forms()) == 1


def test_what_is_wrong_with_a_form_is_told_with_its_rows(chat: Chat) -> None:
    minh = chat.as_("minh")
    wrong = [("geopoint", f"o_{number}", "Vị trí") for number in range(13)]
    minh.attaches(("sai.xlsx", workbook(wrong))).sees("chưa dùng được", "Trang “survey”, dòng 2", "và 3 lỗi nữa")
    assert "Dòng 12" not in minh.replies[0].text
    minh.attaches(("cu.xls", b"x")).sees("Lưu thành")
    minh.attaches(("hong.xlsx", b"PK\x03\x04 khong phai")).sees("Anh/chị")
    minh.attaches(("anh.jpg", b"\xff\xd8\xff")).sees("Đã nhận “anh.jpg”")  # a scan may be a document
    chat.as_("lan").attaches(("bao-cao.xlsx", workbook(SURVEY))).sees("không giữ tệp")


def test_a_form_is_made_from_a_plan(chat: Chat) -> None:
    helped(chat, generate=lambda document: Made(document.file.encode(), "bieu-mau.xlsx", "x/y"))
    minh = chat.as_("minh")
    minh.says("/taobieumau").sees("Tạo biểu mẫu từ văn bản nào?")
    assert minh.choices[0].label.startswith("Kế hoạch 77/KH-SVT")
    minh.says("xyz").sees("chưa tìm ra")
    minh.says("ho so gon").sees("mỗi nhiệm vụ một câu")
    sent = minh.replies[0].file
    assert sent is not None and chat.files.read(sent.sha256) == b"ke-hoach-77.docx"
    minh.says("/tạo biểu mẫu 77/KH-SVT").sees("mỗi nhiệm vụ một câu")
    chat.source.library = None
    minh.says("/taobieumau").sees("Chưa có kế hoạch")


def test_forms_where_the_channel_takes_no_files(chat: Chat) -> None:
    chat.reaches["fake"] = Reach(files_in=False)
    chat.restart()
    minh = chat.as_("minh")
    minh.says("/bieumau").taps("Gửi biểu mẫu mới").sees("trên Telegram hoặc trang web")


def test_a_round_is_opened_by_chat(chat: Chat) -> None:
    chat.opens(form(), title="Đợt cũ")
    minh = chat.as_("minh")
    minh.says("/modot").sees("Tên đợt báo cáo?", "Báo cáo thi đua – tháng 11/2025")
    minh.says("đợt cũ").sees("Đang có đợt mở mang tên này")
    minh.taps("Dùng tên này").sees("Hạn nộp là khi nào?")
    minh.says("hạn báo cáo là khi nào?").sees("15/12/2025")  # a question in the middle
    minh.says("sớm nhất").sees("chưa phải là ngày giờ")
    minh.says("15/11").sees("đã qua", "15/11/2026")
    minh.says("5/12/2052").sees("quá xa")
    minh.says("15/12").sees("Đơn vị nào", "1. Phòng Kế hoạch", "2. Phòng Tổ chức")
    minh.says("phòng thủy lợi và 1").sees("Chưa rõ đơn vị")
    minh.says("quay lại").sees("Hạn nộp là khi nào?")
    chat.restart()
    minh.says("thứ sáu tuần sau").sees("17:00 ngày 28/11/2025")
    minh.says("tổ chức cán bộ").sees("Mở đợt", "1 đơn vị: Phòng Tổ chức cán bộ", "Hạn nộp: 17:00 ngày 28/11")
    minh.says("quay lại").says("tất cả").sees("2 đơn vị")
    minh.taps("Mở đợt").sees("Đã mở đợt")
    for who in ("lan", "tuan"):
        assert "đã mở, hạn nộp 17:00 ngày 28/11/2025. Anh/chị gõ /baocao" in heard(chat, who)[-1]
    opened = chat.desk().rounds()[0]
    assert (opened.title, len(opened.units)) == ("Báo cáo thi đua – tháng 11/2025", 2)
    with reading(chat.engine) as session:
        assert audit.newest(session, 1)[0].action == "round-opened"


@pytest.mark.parametrize(("due", "noted"), [("30/11/2025", True), ("1/12/2025", False), ("1/1/2026", True)])
def test_a_due_time_on_a_day_off_is_kept_and_pointed_out(chat: Chat, due: str, noted: bool) -> None:
    chat.opens(form())
    minh = chat.as_("minh").says("/modot").taps("Dùng tên này").says(due).says("tất cả").sees("Hạn nộp: 17:00 ngày")
    assert ("hạn rơi vào ngày nghỉ" in minh.replies[0].text) is noted


def test_opening_can_be_given_up_at_any_step(chat: Chat) -> None:
    chat.opens(form(), title="Đợt cũ")
    minh = chat.as_("minh")
    steps = ["/modot", "1", "20/12", "tất cả"]
    for until in range(1, len(steps) + 1):
        for said in steps[:until]:
            minh.says(said)
        minh.says("hủy").sees("không mở đợt báo cáo nữa")
        minh.says("giờ mở cửa?").sees("Kho lưu trữ")
    assert len(chat.desk().rounds()) == 1


def test_a_round_needs_a_form_and_tells_whom_nobody_would_hear(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/modot").sees("Chưa có biểu mẫu nào")
    chat.opens(form(), title="Đợt cũ")
    unreachable(chat, "lan")
    minh.says("/modot").says("1").says("20/12").says("tat ca").sees("Chưa có cán bộ tổng hợp", "Phòng Tổ chức cán bộ")


def test_standings_nudges_and_another_due_time(chat: Chat) -> None:
    round_id = chat.opens(form())
    hands_in(chat, round_id, "tuan", **ANSWERS)
    minh = chat.as_("minh")
    minh.says("/dotbaocao").sees("Báo cáo quý IV", "1/2 đã nộp").taps("Báo cáo quý IV")
    minh.sees("Phòng Tổ chức cán bộ: chưa bắt đầu", "Phòng Kế hoạch – Tài chính: đã nộp")
    minh.taps("Nhắc đơn vị").sees("Đã nhắc: Phòng Tổ chức cán bộ")
    assert "chưa nộp, hạn 17:00 ngày 15/12/2025" in heard(chat, "lan")[-1]
    assert not heard(chat, "tuan")
    minh.taps("Về đợt này").taps("Nhắc đơn vị").sees("Đã nhắc")
    assert len(heard(chat, "lan")) == 1
    minh.says("/dot bao cao").taps("Báo cáo quý IV").taps("Gia hạn").sees("Hạn mới?")
    minh.says("1/11").sees("đã qua")
    minh.says("20/12 11:30").sees("Đã gia hạn", "11:30 ngày 20/12/2025")
    assert "nay là 11:30 ngày 20/12/2025" in heard(chat, "lan")[-1]
    chat.at("2025-12-21 08:00")
    hands_in(chat, round_id, "lan", **ANSWERS)
    minh.taps("Về đợt này").sees("2/2 đã nộp (1 muộn)", "(muộn)")
    assert not any(choice.key == "nudge" for choice in minh.choices)
    minh.taps("Đóng đợt").sees("mở lại đợt", "Còn 2 báo cáo chờ duyệt").taps("Đóng đợt").sees("Đã đóng")
    minh.taps("Các đợt khác").sees("đã đóng")


def test_a_closed_round_is_opened_again(chat: Chat) -> None:
    chat.opens(form(), title="Quý IV")
    minh = chat.as_("minh")
    minh.says("/dotbaocao").taps("Quý IV").taps("Đóng đợt").taps("Đóng đợt").sees("Đã đóng")
    chat.as_("lan").says("/baocao").sees("không có báo cáo nào")
    minh.taps("Các đợt khác").taps("Quý IV").taps("Mở lại").sees("đến khi nào?")
    minh.says("1/11").sees("đã qua").says("20/12").sees("Đã mở lại", "17:00 ngày 20/12/2025")
    assert "đã mở lại, hạn nộp 17:00 ngày 20/12/2025" in heard(chat, "lan")[-1]
    chat.as_("lan").says("/baocao").sees("Quý IV", "20/12/2025")
    minh.taps("Về đợt này").taps("Đóng đợt").taps("Đóng đợt")
    chat.opens(form(), title="Quý IV")
    minh.says("/dotbaocao").says("Quý IV (đã đóng)").taps("Mở lại").says("22/12").sees("đợt khác mở")


def test_a_leader_reads_and_exports_and_changes_nothing(chat: Chat) -> None:
    round_id = chat.opens(form())
    hands_in(chat, round_id, "tuan", **ANSWERS)
    helped(chat, export=lambda desk, round_id, kind, now: Made(kind.encode(), f"tong-hop.{kind}", "x/y"))
    binh = chat.as_("binh")
    binh.says("/dotbaocao").taps("Báo cáo quý IV")
    assert {choice.key for choice in binh.choices} == {"read", "xlsx", "docx", "list"}
    binh.taps("Xuất Excel").sees("Báo cáo tổng hợp")
    sent = binh.replies[0].file
    assert sent is not None and (sent.name, chat.files.read(sent.sha256)) == ("tong-hop.xlsx", b"xlsx")
    binh.says("xuat word").sees("Báo cáo tổng hợp")
    binh.taps("Xem báo cáo").taps("Phòng Kế hoạch").sees("1. Số sáng kiến: 1.250", "Tuấn nộp lúc")
    binh.says("/duyet").sees("không có quyền")


def test_what_cannot_be_exported_is_said(chat: Chat) -> None:
    chat.opens(form())
    chat.as_("minh").says("/dotbaocao").says("Báo cáo quý IV").says("xuất excel").sees("chưa xuất được")


def test_a_report_is_reviewed_returned_and_accepted(chat: Chat) -> None:
    round_id = chat.opens(form())
    photo = chat.files.put(b"anh")
    chat.at("2025-12-16 08:00")
    hands_in(chat, round_id, "lan", **ANSWERS, anh=photo)
    minh = chat.as_("minh")
    minh.says("/duyệt").sees("Có 1 báo cáo chờ duyệt").taps("Phòng Tổ chức cán bộ (muộn)")
    minh.sees("NỘP MUỘN", "— Số liệu", "1. Số sáng kiến: 1.250", "— Cá nhân tiêu biểu 2", "Đất, Nước", "15/11/2025")
    minh.taps("Xem tệp").sees("tệp")
    assert minh.replies[0].file is not None and minh.replies[0].file.sha256 == photo
    minh.says("lịch sử").sees("Lan nộp")
    minh.says("câu 1").sees("Chưa rõ câu 1 cần sửa gì").says("quay lại").sees("NỘP MUỘN")
    minh.says("câu 1: xem lại").sees("sẽ nhận", "(câu 1)").taps("Sửa lý do").sees("Trả lại vì sao?")
    minh.says("câu 40: sai").sees("không có câu 40")
    minh.says("câu 1, 2").sees("Chưa rõ câu 1, 2 cần sửa gì")
    minh.says("câu 1, 2: số liệu chưa khớp").sees("sẽ nhận", "(câu 1, 2)", "số liệu chưa khớp")
    minh.taps("Gửi trả lại").sees("Đã trả lại", "Không còn báo cáo nào")
    assert "Lý do: số liệu chưa khớp\nAnh/chị gõ /baocao để sửa." in heard(chat, "lan")[-1]
    returned = chat.desk().submission(round_id, "phong-tccb")
    assert returned is not None and returned.to_fix == ("sang_kien", "ty_le")
    assert returned.state is SubmissionState.RETURNED
    hands_in(chat, round_id, "lan", **{**ANSWERS, "sang_kien": "12"})
    minh.says("/duyet").says("1").sees(
        "Lần trước bị trả lại: số liệu chưa khớp", "1. Số sáng kiến: 12 [đã sửa, lần trước: 1.250]\n2. Tỷ lệ: 98,5\n"
    ).taps("Nhận").sees("Đã nhận báo cáo")
    assert "đã được nhận" in heard(chat, "lan")[-1]
    minh.says("/duyet").sees("Không có báo cáo nào chờ duyệt")


def test_a_decision_on_what_has_changed_is_said_kindly(chat: Chat) -> None:
    round_id = chat.opens(form())
    hands_in(chat, round_id, "lan", **ANSWERS)
    with writing(chat.engine) as session:
        other = people.add_person(session, "Nga", Role.ADMIN, None, chat.now)
        people.link(session, other.id, Account("fake", "nga", "chat-nga", "Nga", chat.now))
    minh, nga = chat.as_("minh"), chat.as_("nga")
    for admin in (minh, nga):
        admin.says("/duyet").says("1").sees("Số sáng kiến")
    nga.taps("Trả lại").says("thiếu phụ lục").taps("Gửi trả lại").sees("Đã trả lại")
    hands_in(chat, round_id, "lan", **{**ANSWERS, "sang_kien": "7"})
    minh.taps("Nhận").sees("Đơn vị vừa nộp bản mới", "Số sáng kiến: 7", replies=2)
    nga.says("/duyet").says("1").taps("Nhận").sees("Đã nhận")
    minh.taps("Nhận").sees("đã được nhận trước đó")


def test_reports_follow_one_another_and_long_ones_are_cut(chat: Chat) -> None:
    round_id = chat.opens(form())
    hands_in(chat, round_id, "lan", **{**ANSWERS, "co_tt": "co", "ten_tt": "Tập thể " + "rất dài " * 2000})
    chat.later(hours=1)
    hands_in(chat, round_id, "tuan", **ANSWERS)
    minh = chat.as_("minh")
    minh.says("/duyet").sees("Có 2 báo cáo").says("1")
    assert len(minh.replies) > 3 and all(len(reply.text) <= 3500 for reply in minh.replies)
    minh.taps("Báo cáo tiếp theo").sees("Phòng Kế hoạch – Tài chính").taps("Báo cáo tiếp theo")
    assert "Phòng Tổ chức" in minh.replies[0].text
    minh.taps("Nhận").sees("Còn 1 báo cáo chờ duyệt").taps("Báo cáo tiếp theo").sees("Phòng Kế hoạch")


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("câu 3, 5: số liệu chưa khớp", Reason("số liệu chưa khớp", (3, 5))),
        ("Cau 3 va 5 so lieu sai", Reason("so lieu sai", (3, 5))),
        ("các câu 2; 4 - xem lại", Reason("xem lại", (2, 4))),
        ("3: thiếu minh chứng", Reason("thiếu minh chứng", (3,))),
        ("thiếu phụ lục", Reason("thiếu phụ lục")),
        ("12 sáng kiến là chưa đúng", Reason("12 sáng kiến là chưa đúng")),
    ],
)
def test_which_prompts_a_reason_is_about(typed: str, reason: Reason) -> None:
    assert read_reason(typed, 10) == reason


def test_a_workbook_that_is_no_form_is_refused(chat: Chat) -> None:
    book, stream = Workbook(), io.BytesIO()
    book.save(stream)
    chat.as_("minh").attaches(("trong.xlsx", stream.getvalue())).sees("chưa dùng được", "survey")
