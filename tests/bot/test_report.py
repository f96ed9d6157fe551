"""The guided report from /baocao to the receipt, through the real service."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.dialogues.report.entry import in_mid_report
from bot.domain.forms import Form, Prompt, PromptKind
from bot.domain.rounds import EventKind, SubmissionState
from bot.forms.xlsform import read_form
from bot.store import conversations, rounds
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.handed_in import heard
from tests.bot.report_kit import COURSE, answers, form, give_back, history, office, stored, values
from tests.bot.test_forms import workbook


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    return office(tmp_path)


def test_from_the_command_to_the_receipt(chat: Chat) -> None:
    lan = chat.as_("lan")
    lan.says("/baocao").sees("Báo cáo quý IV", "Hạn nộp 17:00 ngày 15/12/2025 (còn 25 ngày)", "bỏ qua · quay lại")
    lan.sees("Số liệu tính đến hết kỳ.", "Câu 1/7 · Số liệu", "Số sáng kiến (bắt buộc)", "(chỉ ghi số)", "số nguyên")
    lan.says("12 sáng kiến").sees("Đã ghi câu 1: 12.", "Câu 2/7", "Tỷ lệ")
    lan.says("12,5%").sees("Đã ghi câu 2: 12,5.", "Ngày họp sơ kết")
    lan.says("hôm nay").sees("Đã ghi câu 3: 20/11/2025.", "Có tập thể tiêu biểu không?")
    lan.taps("Có").sees("Đã ghi câu 4: Có.", "Câu 5/8", "Tên tập thể (bắt buộc)")
    lan.says("Phòng A").sees("Đã ghi câu 5.", "Phần “Cá nhân tiêu biểu”: anh/chị có gì để ghi không?")
    lan.taps("Có").sees("Câu 6/10 · Cá nhân tiêu biểu – mục 1", "Họ tên (bắt buộc)")
    lan.says("Đỗ Thị Mai").says("1990").sees("Đã ghi câu 7: 1990.", "đã ghi 1 mục. Có thêm nữa không?")
    lan.taps("Không").sees("Lĩnh vực", "1. Đất", "2. Nước", "dấu phẩy")
    lan.says("1, 2").sees("Đã ghi câu 8: Đất, Nước.", "Khó khăn, vướng mắc")
    lan.says("Thiếu máy quét.").sees("Ảnh minh chứng").taps("Bỏ qua")
    lan.sees("Xem lại trước khi nộp: Báo cáo quý IV", "— Số liệu", "Câu 1. Số sáng kiến: 12", "Câu 3. Ngày họp sơ kết")
    lan.sees(
        "— Cá nhân tiêu biểu – mục 1",
        "Câu 7. Năm sinh: 1990\n— Nội dung khác\nCâu 8",
        "Câu 10. Ảnh minh chứng: (bỏ trống)",
    )
    lan.taps("Nộp báo cáo").sees(
        "Đã nộp “Báo cáo quý IV” của Phòng Tổ chức cán bộ.", "BC1-0001-1", "09:00 ngày 20/11/2025"
    )
    one = stored(chat)
    assert (one.state, one.receipt, one.late) == (SubmissionState.SUBMITTED, "BC1-0001-1", False)
    assert one.draft.values["sang_kien"] == "12"
    assert one.draft.values["ca_nhan"] == ({"ho_ten": "Đỗ Thị Mai", "nam_sinh": "1990"},)
    assert one.draft.values["tong"] == "13"
    chat.as_("minh").hears().sees("Phòng Tổ chức cán bộ vừa nộp “Báo cáo quý IV” (người nộp: Lan)", "BC1-0001-1")


def test_what_is_no_answer_is_corrected_clearly(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao")
    lan.says("nhiều lắm").sees("“nhiều lắm” chưa phải là số", "ví dụ: 12", "Câu 1/7 – Số sáng kiến")
    lan.says("501").sees("“501” chưa phù hợp: từ 0 đến 500")
    lan.says("bỏ qua").sees("Câu 1 là câu bắt buộc, không bỏ qua được", "để sau")
    answers(lan, "mười hai", "bo qua")
    assert values(chat)["sang_kien"] == "12"
    lan.says("32/13").sees("không có trong lịch", "15/11/2025")
    lan.says("mai").sees("“21/11/2025” chưa phù hợp: không được ở tương lai")
    lan.says("bỏ qua").says("có lẽ").sees("“có lẽ” không có trong các lựa chọn. Anh/chị chọn: Có, Không.")
    lan.says("2").says("không").says("1, 9").sees("có mục không nằm trong các lựa chọn")
    lan.says("đất; nước").says("x" * 20_001).sees("20.001 ký tự", "rút gọn hoặc gửi kèm tệp")


def test_going_back_editing_and_looking_again(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao").says("quay lại").sees("Đây là câu đầu tiên rồi", "Số sáng kiến")
    answers(lan, "12", "12,5%")
    lan.says("quaylai").sees("Câu 2/7", "Đang ghi: 12,5")
    lan.taps("Giữ nguyên").sees("Giữ nguyên câu 2", "Câu 3/7")
    lan.says("sua cau 1").sees("Câu 1/7", "Đang ghi: 12").says("13").sees("Đã ghi câu 1: 13", "Câu 3/7")
    lan.says("sửa câu số hai thành 20").sees("Đã ghi câu 2: 20", "Câu 3/7")
    lan.says("sửa câu 99").sees("Không có câu 99", "Câu 3/7")
    lan.says("xem câu 1").sees("Câu 1. Số sáng kiến:\n13", replies=2)
    lan.says("xem lại").sees("Xem lại trước khi nộp", "Câu 1. Số sáng kiến: 13", "Câu 2. Tỷ lệ hồ sơ đúng hẹn (%): 20")
    lan.taps("Sửa câu").sees("câu số mấy").says("2").sees("Câu 2/7").says("giữ nguyên")
    lan.says("quay lại").sees("Câu 2/7")
    answers(lan, "bỏ qua")
    assert values(chat)["ty_le"] == "20"  # "bỏ qua" never takes an answer away
    lan.says("sửa câu 2").taps("Để trống").sees("Để trống câu 2")
    assert values(chat)["ty_le"] == ""


def test_a_long_review_fits_and_long_answers_are_shown_in_full_on_request(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao")
    long = "Khó khăn thứ nhất. " * 300
    answers(lan, *COURSE[:6], long)
    lan.says("bỏ qua").sees("gõ “xem câu 6”")
    assert all(len(reply.text) <= 3500 for reply in lan.replies)
    lan.says("xem câu 6")
    assert all(len(reply.text) <= 3500 for reply in lan.replies)
    assert "".join(reply.text for reply in lan.replies).count("Khó khăn thứ nhất") == 300
    lan.says("nộp").sees("BC1-0001-1")


def test_a_question_in_the_middle_is_answered_and_the_report_goes_on(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao")
    lan.says("tiêu chí 3 là gì?").sees("không nói về điều này", "Ta làm tiếp báo cáo", "Số sáng kiến", replies=2)
    lan.says("12").sees("Đã ghi câu 1: 12")
    lan.says("han bao cao la khi nao").sees("15/12/2025", "Câu 2/7", replies=2)
    assert [choice.label for choice in lan.choices][:2] == ["Bỏ qua", "Xem cả mục II.1"]
    lan.taps("Xem cả mục").sees("1. Các phòng, đơn vị", "Câu 2/7", replies=2)
    lan.says("/hoi hạn?").sees("15/12/2025", "Câu 2/7", replies=2)
    lan.says("1").sees("Đã ghi câu 2: 1.")  # not the first of the choices
    lan.says("12,5").sees("chưa phải là ngày")
    assert values(chat)["ty_le"] == "1"


def test_at_a_text_prompt_a_question_may_be_the_answer(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE[:6])
    lan.says("Kinh phí khi nào được cấp?").sees("Các văn bản", "Khó khăn", replies=2)
    lan.taps("Ghi câu này").sees("Đã ghi câu 6.")
    assert values(chat)["kho_khan"] == "Kinh phí khi nào được cấp?"
    lan.says("sửa câu 6").says("Vì sao chậm: thiếu người.").sees("Đã ghi câu 6.")
    assert values(chat)["kho_khan"] == "Vì sao chậm: thiếu người."


def test_an_answer_that_no_longer_applies_is_named(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "1", "2", "1/11", "Có", "Phòng A")
    lan.says("sửa câu 4 thành không").sees("Bỏ câu “Tên tập thể” (đã ghi: Phòng A) vì không còn áp dụng")


def test_an_entry_of_a_repeat_can_be_taken_away(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE[:4], "có", "Mai", "1990", "có")
    lan.says("xóa mục này").sees("Xóa “Cá nhân tiêu biểu – mục 2”?").taps("Giữ lại").sees("Họ tên", "mục 2")
    lan.says("xoa muc nay").taps("Xóa mục này").sees("Đã xóa", "đã ghi 1 mục")
    assert values(chat)["ca_nhan"] == ({"ho_ten": "Mai", "nam_sinh": "1990"},)
    lan.says("không").sees("Lĩnh vực")


def test_later_days_after_on_another_channel_and_after_a_restart(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12", "12,5")
    lan.says("để sau").sees("Đã lưu bản nháp “Báo cáo quý IV” (xong 2/7 câu)", "/baocao")
    lan.says("hạn?").sees("15/12/2025")
    chat.restart()
    chat.later(days=9)
    elsewhere = chat.as_("lan", "another-chat").says("/baocao")
    elsewhere.sees("Làm tiếp", "Đã xong 2/7 câu", "còn 16 ngày", "Câu 3/7")
    elsewhere.says("hôm qua").sees("Đã ghi câu 3: 28/11/2025")


@pytest.mark.parametrize("at", range(len(COURSE) + 2))
def test_a_restart_between_any_two_steps_changes_nothing(chat: Chat, at: int) -> None:
    lan = chat.as_("lan")
    for number, line in enumerate(("/baocao", *COURSE, "nộp")):
        if number == at:
            chat.restart()
        lan.says(line)
        assert len(lan.replies) == 1
    lan.sees("BC1-0001-1")
    assert values(chat)["kho_khan"] == "Thiếu máy quét."


def test_cancelling_asks_first(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao").says("hủy").sees("Chưa ghi gì nên không có gì phải hủy")
    answers(lan, "/baocao", "12")
    lan.says("huy").sees("xóa cả bản nháp", "đã trả lời 1 câu", "không lấy lại được")
    lan.taps("Làm tiếp").sees("Câu 2/7").says("Hủy!").taps("Để sau").sees("Đã lưu bản nháp")
    lan.says("/baocao").says("hủy").taps("Xóa bản nháp").sees("Đã xóa bản nháp")
    assert chat.desk().submission(1, "phong-tccb") is None


def test_missing_required_answers_are_flagged_and_not_submitted(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12", "xem lại")
    lan.says("nộp")
    assert stored(chat).state is SubmissionState.SUBMITTED  # everything else may stay empty
    tuan = answers(chat.as_("tuan").says("/baocao"), "bỏ qua", "xem lại")
    tuan.sees("! Câu 1. Số sáng kiến: CÒN THIẾU", "Còn thiếu câu bắt buộc: 1")
    tuan.says("nộp").sees("Chưa nộp được vì còn câu bắt buộc để trống")
    tuan.taps("Trả lời câu còn thiếu").sees("Câu 1/7").says("3").sees("Câu 2/7")


def test_a_report_handed_in_is_asked_back_from_the_office(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/xinsua").sees("không có báo cáo nào đang chờ").says("/baocao"), *COURSE, "nộp")
    lan.says("/baocao").sees("Đang chờ Văn phòng xem", "/xinsua")
    lan.says("/xin sửa").sees("đã chuyển đề nghị sửa “Báo cáo quý IV”", "bản đã nộp vẫn có giá trị")
    lan.says("/xinsua").sees("đã chuyển đề nghị")
    told = [one for one in heard(chat, "minh") if "xin sửa" in one]
    assert told == [
        "Phòng Tổ chức cán bộ (Lan) xin sửa “Báo cáo quý IV” đã nộp, biên nhận BC1-0001-1. "
        "Đồng ý thì anh/chị gõ /duyet rồi trả lại báo cáo."
    ]
    chat.opens(form(), title="Báo cáo chuyên đề")
    answers(lan.says("/baocao").says("điền mới"), *COURSE, "nộp")
    lan.says("/xinsua").sees("báo cáo nào?").says("2").sees("đã chuyển đề nghị")
    give_back(chat, "Sửa theo đề nghị.")
    lan.says("/baocao").sees("đã trả lại để sửa")


def test_a_late_report_is_marked(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE)
    chat.at("2025-12-17 08:05")
    lan.says("nộp báo cáo").sees("Thời điểm nộp: 08:05 ngày 17/12/2025 (nộp muộn 2 ngày)")
    assert stored(chat).late
    lan.says("/dabaocao").sees("đã nộp lúc 08:05 ngày 17/12/2025 (nộp muộn 2 ngày), biên nhận BC1-0001-1")


def test_returned_with_reasons_put_right_and_handed_in_again(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE, "nộp")
    lan.says("/baocao").sees("đã nộp lúc 09:00", "BC1-0001-1", "Đang chờ Văn phòng xem")
    give_back(chat, "Số sáng kiến và khó khăn chưa khớp.", "sang_kien", "kho_khan")
    lan.says("/baocao").sees(
        "đã trả lại để sửa", "Lý do: Số sáng kiến và khó khăn chưa khớp.", "Câu 1/7", "Đang ghi: 12"
    )
    lan.says("15").sees("Đã ghi câu 1: 15", "Câu 6/7", "Đang ghi: Thiếu máy quét.")
    chat.restart()
    lan.taps("Giữ nguyên").sees("Giữ nguyên câu 6", "Xem lại trước khi nộp")
    lan.says("hủy").sees("đã từng nộp nên không hủy được").taps("Làm tiếp")
    lan.says("nộp").sees("Đã nộp lại", "BC1-0001-2")
    assert [event.kind for event in history(chat)] == [EventKind.SUBMITTED, EventKind.RETURNED, EventKind.SUBMITTED]
    assert [event.values.get("sang_kien") for event in history(chat)] == ["12", None, "15"]


def test_a_return_of_the_whole_report_begins_with_the_card(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE, "nộp")
    give_back(chat, "Viết kỹ hơn.")
    lan.says("/baocao").sees("Viết kỹ hơn.", "Xem lại trước khi nộp").says("sửa câu 6").says("Thiếu hai máy quét.")
    lan.taps("Nộp").sees("BC1-0001-2")


def test_of_several_reports_one_is_chosen(chat: Chat) -> None:
    chat.opens(form(), title="Sơ kết chuyên đề", due="2025-11-28 17:00")
    lan = chat.as_("lan").says("/baocao").sees("có 2 báo cáo. Anh/chị làm báo cáo nào trước?")
    assert [choice.label for choice in lan.choices] == [
        "Sơ kết chuyên đề (hạn 28/11/2025)",
        "Báo cáo quý IV (hạn 15/12/2025)",
    ]
    lan.says("2").sees("“Báo cáo quý IV”", "Câu 1/7").says("12").says("để sau")
    lan.says("/baocao")
    assert "đang soạn" in lan.choices[1].label
    lan.says("so ket chuyen de").sees("“Sơ kết chuyên đề”").says("/baocao").sees("“Sơ kết chuyên đề”")
    lan.says("/dabaocao").sees("• Sơ kết chuyên đề: chưa làm", "• Báo cáo quý IV: đang soạn")


def test_a_question_while_a_report_is_chosen_is_answered_and_the_choice_offered_again(chat: Chat) -> None:
    chat.opens(form(), title="Sơ kết chuyên đề", due="2025-11-28 17:00")
    lan = chat.as_("lan").says("/baocao").says("han bao cao la khi nao?")
    lan.sees("15/12/2025", "có 2 báo cáo", replies=2)
    lan.says("/hoi hạn?").sees("15/12/2025", "có 2 báo cáo", replies=2)
    lan.says("5").sees("có 2 báo cáo")  # none of the two, and no question either
    lan.says("/vanban").says("giờ mở cửa?").sees("Kho lưu trữ mở cửa", "có 2 báo cáo", replies=2)
    lan.says("2").sees("“Báo cáo quý IV”", "Câu 1/7").says("12").says("để sau")
    answers(lan.says("/baocao").says("1"), "3", "để sau")
    lan.says("/xemlai").says("hạn?").sees("15/12/2025", "xem báo cáo nào", replies=2)
    lan.taps("Báo cáo quý IV").sees("Câu 1. Số sáng kiến: 12")


def test_looking_at_reports(chat: Chat) -> None:
    lan = chat.as_("lan").says("/xemlai").sees("chưa có báo cáo nào để xem")
    answers(lan, "/baocao", *COURSE, "nộp")
    lan.says("/xemlai").sees("Đang chờ Văn phòng xem", "Câu 1. Số sáng kiến: 12", replies=2)
    assert not lan.replies[-1].choices


def test_who_has_nothing_to_report_is_told_why(chat: Chat) -> None:
    chat.as_("minh").says("/baocao").sees("chưa gắn với đơn vị nào")
    chat.as_("binh").says("/baocao").sees("không có quyền")
    chat.as_("binh").says("/dabaocao").sees("chưa gắn với đơn vị nào")
    chat.as_("hoa").says("/baocao").sees("mã liên kết")
    chat.as_("lan", "group", private=False).says("/baocao").sees("nhắn riêng")


def test_rounds_not_open_yet_and_closed_ones(chat: Chat) -> None:
    lan = chat.as_("lan").says("/baocao")
    answers(lan, "12")
    with writing(chat.engine) as session:
        rounds.change(session, 1, due_at=None, closed_at=chat.now)
    lan.says("5").sees("đã đóng nên không nhận báo cáo nữa", "Bản nháp vẫn còn")
    lan.says("/baocao").sees("không có báo cáo nào phải nộp")
    lan.says("/dabaocao").sees("đang soạn")
    assert values(chat)["sang_kien"] == "12"


def test_a_chat_in_mid_report_says_so(chat: Chat) -> None:
    def state() -> bool:
        with reading(chat.engine) as session:
            return in_mid_report(conversations.load(session, "fake", "chat-lan").state)

    lan = chat.as_("lan").says("hạn?")
    assert not state()
    lan.says("/baocao")
    assert state()
    lan.says("để sau")
    assert not state()


def test_from_the_clerk_to_the_office_and_back_until_it_is_accepted(chat: Chat) -> None:
    lan, minh = answers(chat.as_("lan").says("/baocao"), *COURSE, "nộp"), chat.as_("minh")
    minh.says("/duyet").says("1").sees("Số sáng kiến: 12").taps("Trả lại").says("câu 1: số liệu chưa khớp")
    minh.taps("Gửi trả lại")
    lan.hears().sees("được trả lại", "số liệu chưa khớp", "/baocao")
    lan.says("/baocao").sees("số liệu chưa khớp", "Câu 1/7", "Đang ghi: 12").says("15").sees("Xem lại trước khi nộp")
    lan.taps("Nộp").sees("Đã nộp lại", "BC1-0001-2")
    minh.says("/duyet").says("1").taps("Nhận")
    assert stored(chat).state is SubmissionState.ACCEPTED
    lan.says("/baocao").sees("không có báo cáo nào phải nộp")
    lan.says("/xemlai").sees("Văn phòng đã nhận báo cáo này", "Số sáng kiến: 15", replies=2)


def test_defaults_are_offered_not_taken_for_granted(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    fields = (
        Prompt("ngay", "ngay", PromptKind.DATE, "Ngày lập", default="today()"),
        Prompt("so", "so", PromptKind.INTEGER, "Số phòng", default="4"),
        Prompt("ghi_chu", "ghi_chu", PromptKind.TEXT, "Ghi chú", default="concat('a')"),
    )
    chat.opens(Form("mac_dinh", "1", "Mặc định", fields))
    lan = chat.as_("lan").says("/baocao").sees("Ngày lập")
    lan.taps("Ghi: 20/11/2025").sees("Đã ghi câu 1: 20/11/2025", "Số phòng")
    lan.says("mặc định").sees("Đã ghi câu 2: 4", "Ghi chú")
    assert [choice.label for choice in lan.choices] == ["Bỏ qua"]


def test_labels_and_notes_tell_what_was_answered(tmp_path: Path) -> None:
    chat = Chat(tmp_path)
    survey = (
        ("integer", "a", "Số tập thể", "", "yes"),
        ("calculate", "tong", "", "", "", "", "", "", "${a} * 2"),
        ("note", "nhac", "Tổng điểm: ${tong}"),
        ("text", "b", "Kể tên ${a} tập thể"),
        ("note", "cuoi", "Cảm ơn đơn vị."),
    )
    chat.opens(read_form(workbook(survey)))
    lan = chat.as_("lan").says("/baocao").says("1250").sees("Tổng điểm: 2.500\nCâu 2/2\nKể tên 1.250 tập thể")
    lan.says("bỏ qua").sees("Cảm ơn đơn vị.\nXem lại trước khi nộp").says("nộp")
    chat.as_("minh").says("/duyet").says("1").sees("2. Kể tên 1.250 tập thể: (bỏ trống)")


@pytest.mark.parametrize(
    "text", ["<b>&lt;</b> & “x”", "\u202eđảo\u202c \u200bngược", "dòng một\n\n\ndòng hai", "🎉 tốt", "=1+1"]
)
def test_hostile_text_is_an_answer_like_any_other(chat: Chat, text: str) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE[:6], text).sees("Đã ghi câu 6.")
    lan.says("bỏ qua").sees("Câu 6. Khó khăn, vướng mắc: ").says("nộp").sees("BC1-0001-1")
    assert "\u202e" not in str(values(chat)["kho_khan"])


@pytest.mark.parametrize("text", ["🎉🎉", "\u200b\u202e", "x" * 100_000, "9" * 5000, "\x00\x01", "\ufffe"])
def test_what_cannot_be_an_answer_is_said_so(chat: Chat, text: str) -> None:
    lan = chat.as_("lan").says("/baocao").says(text)
    assert len(lan.replies) == 1
    assert "Câu 1/7" in lan.replies[0].text
    assert len(lan.replies[0].text) < 400
    assert chat.desk().submission(1, "phong-tccb") is None


def test_another_dialogue_in_between_leaves_the_report_where_it_was(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12")
    lan.says("/huylienket").says("giữ nguyên").sees("mọi thứ giữ nguyên")
    lan.says("40").sees("Đã ghi câu 2: 40")
    lan.says("/moi").says("bỏ qua").sees("Để trống câu 3", "Có tập thể tiêu biểu không?")
    lan.says("/vanban").says("1").sees("Đã ghi câu 4: Có")
    lan.says("/giup").sees("/baocao", "/xemlai", "/dabaocao")
