"""Somebody who knows no commands: what is said to the assistant itself, and commands in plain words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.dialogues.managing import found
from bot.dialogues.obligations_deciding import corrects
from bot.dialogues.smalltalk import topic
from bot.dialogues.wishes import command_meant
from bot.domain.choosing import choose
from bot.domain.messages import IncomingKind
from tests.bot.chat import Chat
from tests.bot.handed_in import form

TO_ME = [
    ("Xin chào trợ lý nhé", "Chào anh/chị Lan"),
    ("ban lam duoc gi?", "Tôi giúp anh/chị"),
    ("hướng dẫn sử dụng", "Tôi giúp anh/chị"),
    ("em ơi giúp chị với", "Tôi giúp anh/chị"),
    ("Bạn là ai", "không phải người"),
    ("ai tạo ra bạn?", "không phải người"),
    ("cảm ơn nhé", "Rất vui"),
    ("ok", "Vâng"),
    ("👍", "gõ câu hỏi"),
    ("?", "gõ câu hỏi"),
    ("tam biet", "Tạm biệt"),
    ("mày trả lời như cứt", "Xin lỗi"),
    ("hello, what can you do?", "Tôi giúp anh/chị"),
    ("What is the deadline for this report?", "tiếng Việt"),
    ("hom nay ngay may", "ngày"),
]


@pytest.mark.parametrize(("typed", "said"), TO_ME)
def test_small_talk_is_answered_shortly_and_never_looked_for_in_the_documents(
    chat: Chat, typed: str, said: str
) -> None:
    lan = chat.as_("lan")
    lan.says("hạn báo cáo?").sees("15/12/2025")
    assert chat.library is not None
    lan.says(typed).sees(said)
    assert typed not in [text for text, _ in chat.library.asked]
    lan.says("thế còn giờ mở cửa?")  # leans on the question before the small talk
    assert chat.library.asked[-1] == ("thế còn giờ mở cửa?", ("hạn báo cáo?",))


def test_a_complaint_may_be_sent_on_as_the_question_it_is_about(chat: Chat) -> None:
    lan = chat.as_("lan")
    lan.says("hạn báo cáo?")
    lan.says("sai rồi").sees("Xin lỗi", "nêu rõ tên").taps("Gửi câu hỏi").sees("Đã gửi câu hỏi")
    chat.as_("tuan").says("sai rồi").sees("Xin lỗi")
    assert not chat.as_("tuan").choices  # nothing was asked that could be sent


def test_a_stranger_is_still_told_how_to_get_a_code(chat: Chat) -> None:
    hoa = chat.as_("hoa")
    for typed in ("bạn làm được gì?", "cảm ơn", "mở đợt báo cáo", "👍"):
        hoa.says(typed).sees("mã liên kết")


@pytest.mark.parametrize(
    "typed",
    [
        "thế còn cá nhân?",
        "ai ký?",
        "là gì",
        "đúng không?",
        "hướng dẫn chấm điểm thi đua",
        "cảm ơn, hạn nộp báo cáo là khi nào",
        "được khen thưởng không",
    ],
)
def test_what_names_something_is_no_small_talk(typed: str) -> None:
    assert topic(typed) == ""


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("toi muon them don vi", ("donvi", "")),
        ("thêm Phòng Tổ chức cán bộ", ("donvi", "thêm: Phòng Tổ chức cán bộ")),
        ("cấp mã cho chị Nguyễn Thị Lan", ("ma", "chị Nguyễn Thị Lan")),
        ("Tôi muốn mở một đợt báo cáo mới", ("modot", "")),
        ("tao bieu mau giup toi", ("taobieumau", "")),
        ("don vi nao chua nop bao cao?", ("dotbaocao", "")),
        ("xóa dữ liệu của tôi", ("xoadulieu", "")),
        ("bạn lưu những gì về tôi?", ("dulieu", "")),
        ("toi muon nop bao cao", ("baocao", "")),
        ("tôi phải làm gì hôm nay", ("homnay", "")),
        ("đơn vị tôi phải nộp gì?", ("han", "")),
        ("tắt nhắc đi", ("tatnhac", "")),
    ],
)
def test_a_command_in_plain_words(typed: str, meant: tuple[str, str]) -> None:
    assert command_meant(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "mở đợt báo cáo khi nào?",
        "nộp báo cáo ở đâu",
        "gửi báo cáo về đâu",
        "hạn nộp báo cáo",
        "thông báo kết luận",
        "văn bản nào quy định tỷ lệ khen thưởng",
        "viết báo cáo thành tích cá nhân thế nào",
        "các phòng chưa báo cáo thì bị gì",
    ],
)
def test_a_question_is_no_command(typed: str) -> None:
    assert command_meant(typed) is None


def test_plain_words_do_only_what_one_may(chat: Chat) -> None:
    chat.as_("lan").says("xóa dữ liệu của tôi").sees("Không xóa: báo cáo")
    chat.as_("lan").says("toi muon mo dot bao cao").sees("không có quyền")
    chat.as_("minh").says("toi muon them don vi").sees("Có 2 đơn vị")


def test_units_are_added_in_plain_words_and_further_ones_typed_on(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("them Phong Quan ly dat dai").sees("Đã thêm “Phong Quan ly dat dai”")
    minh.says("phòng tài nguyên nước\nTrung tâm Lưu trữ").sees("Thêm “phòng tài nguyên nước”, “Trung tâm Lưu trữ”")
    minh.taps("Thêm").sees("Đã thêm 2 đơn vị")
    minh.says("/donvi").taps("Thêm đơn vị").says("thêm đơn vị").sees("chưa phải là tên đơn vị")
    minh.says("thêm: Thanh tra Sở").sees("Đã thêm “Thanh tra Sở”")


def test_a_name_typed_before_it_is_asked_for_is_kept(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/ma").says("Chu Thị Lâm").sees("Chu Thị Lâm", "vai trò nào")
    minh.says("can bo tong hop").sees("Thuộc đơn vị nào").says("to chuc can bo")
    minh.sees("Mã cho Chu Thị Lâm (cán bộ tổng hợp, Phòng Tổ chức cán bộ)")
    minh.says("cấp mã cho anh Nguyễn Văn Ba là lãnh đạo").sees("Thuộc đơn vị nào").taps("Toàn cơ quan")
    minh.sees("Mã cho Nguyễn Văn Ba (lãnh đạo)")
    minh.says("/ma quản trị").sees("Họ tên người nhận mã")


def test_more_that_is_said_to_the_assistant_itself(chat: Chat) -> None:
    lan = chat.as_("lan")
    lan.says("tôi quên mật khẩu").sees("không dùng mật khẩu")
    lan.says("cho toi gap nguoi phu trach").sees("Gửi câu hỏi cho người phụ trách")
    lan.says("kể chuyện cười đi").sees("không làm được")
    lan.says("toi khong biet lam gi tiep").sees("Tôi giúp anh/chị")


def test_a_nod_in_the_middle_of_a_choice_shows_the_choice_again(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/donvi").says("ok").sees("chọn một trong")
    minh.says("1").sees("Phòng")


def test_a_forwarded_message_with_a_code_links(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("cấp mã cho Hoa là lãnh đạo").taps("Toàn cơ quan")
    chat.as_("hoa").says(minh.replies[0].text).sees("Đã liên kết. Xin chào Hoa (lãnh đạo)")


def test_a_stranger_with_a_file_is_told_how_to_get_a_code(chat: Chat) -> None:
    chat.as_("hoa").sends(IncomingKind.FILE).sees("mã liên kết")


def test_a_person_named_along_is_shown_at_once(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("doi vai tro cua lan thanh lanh dao").sees("Lan\nVai trò: cán bộ tổng hợp").taps("Đổi vai trò")
    minh.says("/nguoi tuấn").sees("Tuấn\nVai trò")
    minh.says("/nguoi").sees("4 người")


def test_a_notice_is_written_again_in_plain_words(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("gửi thông báo cho các đơn vị").sees("gõ nội dung").says("Mai họp lúc 8 giờ").sees("Gửi cho ai")
    minh.says("sửa lại").sees("nội dung")


def test_a_part_of_one_label_chooses_it() -> None:
    labels = ["Gỡ", "Đánh dấu bị thay thế", "Đánh dấu hết hiệu lực", "Giới hạn đơn vị"]
    assert choose("het hieu luc", labels) == 2
    assert choose("đơn vị", labels) == 3
    assert choose("đánh dấu", labels) is None
    assert choose("đồng ý", ["Không đồng ý", "Tán thành"]) is None
    assert choose("hiệu", labels) is None


@pytest.mark.parametrize(
    ("typed", "choice"), [("sua han", "time"), ("Đổi đơn vị", "units"), ("sửa nội dung", "what"), ("hạn là gì?", "")]
)
def test_what_is_to_be_corrected_on_a_duty_is_named_in_plain_words(typed: str, choice: str) -> None:
    assert corrects(typed) == choice


def test_a_notice_goes_to_the_unit_that_is_named_at_once(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/thongbao").says("Mai họp lúc 8 giờ").says("to chuc can bo").sees("Đã chọn: Phòng Tổ chức cán bộ")


def test_what_ends_something_is_not_looked_for_when_nothing_is_under_way(chat: Chat) -> None:
    lan = chat.as_("lan")
    for typed in ("hủy", "quay lại", "tiếp tục", "7"):
        lan.says(typed).sees("không có việc gì đang dở")
    lan.says("đã đọc")
    assert chat.library is not None and not chat.library.asked


def test_a_thing_is_found_by_words_of_its_name_that_stand_apart() -> None:
    pairs = [("a", "Kế hoạch 245/KH-SNV – phong trào thi đua năm 2027"), ("b", "Kế hoạch 1127/KH-STC – tài sản")]
    assert found("ke hoach thi dua", pairs) == "a"
    assert found("kế hoạch", pairs) is None
    assert found("thi dua tai san", pairs) is None


def test_one_term_of_a_round_is_put_right_on_its_card_and_the_others_stay(chat: Chat) -> None:
    chat.opens(form(), title="Đợt cũ")
    minh = chat.as_("minh")
    minh.says("mở đợt báo cáo đi em").taps("Dùng tên này").says("15/12").says("tổ chức cán bộ")
    minh.says("sua han 20/12").sees("Hạn nộp: 17:00 ngày 20/12", "1 đơn vị: Phòng Tổ chức cán bộ")
    minh.says("sửa tên đợt").sees("Tên đợt báo cáo?").says("Báo cáo cuối năm")
    minh.sees("Đợt báo cáo: Báo cáo cuối năm", "Hạn nộp: 17:00 ngày 20/12", "1 đơn vị")
    minh.says("đổi hạn").sees("Hạn nộp là khi nào?").says("21/12").sees("Báo cáo cuối năm", "ngày 21/12", "1 đơn vị")
    minh.says("đổi đơn vị").sees("Đơn vị nào").says("tất cả").sees("Báo cáo cuối năm", "2 đơn vị")
    minh.says("giờ mở cửa thế nào?").says("mở đợt").sees("Đã mở đợt “Báo cáo cuối năm” cho 2 đơn vị")


def test_small_talk_in_mid_report_is_no_answer_and_no_search(chat: Chat) -> None:
    chat.opens(form())
    lan = chat.as_("lan")
    lan.says("toi muon nop bao cao")
    for typed, said in (("bạn là ai?", "không phải người"), ("cảm ơn em", "Rất vui")):
        lan.says(typed)
        told = "\n".join(reply.text for reply in lan.replies)
        assert said in told and "Ta làm tiếp báo cáo" in told and "Đã ghi" not in told
    assert chat.library is not None and not chat.library.asked


@pytest.mark.parametrize(
    "name", ["unseen/official.jsonl", "unseen/questions.jsonl", "retrieval/questions/samples.jsonl"]
)
def test_no_question_of_any_set_is_taken_for_small_talk_or_a_command(name: str) -> None:
    lines = (Path(__file__).parents[1] / name).read_text("utf-8").splitlines()
    asked = [json.loads(line)["q"] for line in lines if line.strip()]
    assert len(asked) > 20
    assert [one for one in asked if topic(one) or command_meant(one)] == []
