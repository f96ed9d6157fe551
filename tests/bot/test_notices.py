"""Notices: written, addressed, sent once each, read by one of two; who may."""

from __future__ import annotations

from tests.bot.chat import Chat

ON_BOTH_DATABASES = True


def test_read_by_one_of_two(chat: Chat) -> None:
    minh, lan, tuan = chat.as_("minh"), chat.as_("lan"), chat.as_("tuan")
    minh.says("/thongbao").sees("gõ nội dung").says("Họp giao ban lúc 8 giờ thứ Hai.").sees("Gửi cho ai?")
    minh.taps("Cán bộ tổng hợp (2)").sees("Gửi: cán bộ tổng hợp (2 người)").taps("Gửi").sees("cho 2 người")
    sent = [
        one for one in chat.channel.delivered if "Họp giao ban" in one.reply.text and "của Văn phòng" in one.reply.text
    ]
    assert sorted(one.chat for one in sent if one.chat != "chat-minh") == ["chat-lan", "chat-tuan"]
    tuan.says("/han")  # whatever the conversation is about now
    tuan.hears()
    lan.hears().sees("Họp giao ban").taps("Đã đọc").sees("đã đọc")
    lan.says("/dadoc 1").sees("rồi")
    minh.says("/thongbao").sees("đã đọc 1/2").taps("Họp giao ban")
    minh.sees("Đã đọc 1/2: Lan (Phòng Tổ chức cán bộ)", "Chưa đọc: Tuấn (Phòng Kế hoạch – Tài chính)")
    tuan.says("/dadoc").sees("đã đọc 1 thông báo")
    tuan.says("/dadoc").sees("không còn thông báo")
    minh.says("/thongbao").sees("đã đọc 2/2")


def test_to_chosen_units(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/thongbao Nghỉ Tết từ ngày 14/02.").taps("Chọn đơn vị").taps("Kế hoạch").sees("Đã chọn: Phòng Kế hoạch")
    minh.taps("Xong").sees("(1 người)").taps("Gửi").sees("cho 1 người")
    chat.as_("tuan").hears().sees("Nghỉ Tết")
    assert not [one for one in chat.channel.delivered if one.chat == "chat-lan"]
    chat.as_("lan").says("/dadoc 1").sees("không gửi cho tài khoản")


def test_to_everyone_and_given_up(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/thongbao Mất điện chiều nay.").taps("Tất cả (3 người)").taps("Quay lại").taps("Hủy").sees("không gửi")
    minh.says("/thongbao").sees("gõ nội dung").says("…").sees("còn trống").says("Mất điện.").taps("Tất cả").taps("Gửi")
    minh.sees("cho 3 người")
    chat.as_("binh").hears().sees("Mất điện.")


def test_who_may(chat: Chat) -> None:
    chat.as_("lan").says("/thongbao Họp").sees("không có quyền")
    chat.as_("binh").says("/thongbao Họp").sees("không có quyền")
