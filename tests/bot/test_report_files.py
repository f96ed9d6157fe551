"""Files sent in mid-report, in the chat and through the upload page."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.attachments import MAX_FILES
from bot.store import uploads
from knowledge.db import reading
from tests.bot.chat import Chat, Speaker
from tests.bot.report_kit import COURSE, PDF, ZALO, answers, office, values

ON_BOTH_DATABASES = True


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    return office(tmp_path)


def at_files(chat: Chat) -> Speaker:
    return answers(chat.as_("lan").says("/baocao"), *COURSE[:7])


def test_files_are_added_one_after_the_other(chat: Chat) -> None:
    lan = at_files(chat).sees("gửi ảnh hoặc tệp")
    lan.attaches(("a.pdf", PDF)).sees("Đã nhận a.pdf.", "Câu 7 đang có 1 tệp", "xong")
    lan.attaches(("b.pdf", PDF + b"2"), text="hai trang").sees(
        "Đã nhận b.pdf.", "đang có 2 tệp", "Lời ghi kèm tệp không"
    )
    lan.attaches(("a lần nữa.pdf", PDF)).sees("Đã có sẵn: a lần nữa.pdf.", "đang có 2 tệp")
    chat.restart()
    lan.says("xong").sees("Đã ghi câu 7: 2 tệp", "Ảnh minh chứng: 2 tệp (a", "b.pdf)")
    assert len(str(values(chat)["anh"]).split()) == 2


def test_a_file_that_is_refused_is_told_kindly(chat: Chat) -> None:
    lan = at_files(chat)
    lan.attaches(("virus.exe", b"MZ")).sees("virus.exe", "không nhận được", "Câu 7/7")
    assert not values(chat).get("anh")
    lan.attaches(("a.pdf", PDF), ("b.exe", b"MZ")).sees("b.exe", "Đã nhận a.pdf")
    lan.says("có gì đâu").sees("Xin gửi ảnh hoặc tệp")
    lan.taps("Gửi lại từ đầu").sees("Đã bỏ các tệp cũ", "Câu 7/7").says("xong").sees("Để trống câu 7")


def test_no_more_files_than_are_taken(chat: Chat) -> None:
    lan = at_files(chat)
    lan.attaches(*((f"{number}.pdf", PDF + bytes([number])) for number in range(MAX_FILES + 2)))
    lan.sees(f"tối đa {MAX_FILES} tệp; 2 tệp không được giữ", f"đang có {MAX_FILES} tệp")


def test_a_file_sent_at_another_prompt_is_offered_to_the_one_that_takes_files(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12")
    lan.attaches(("a.pdf", PDF)).sees("Câu đang hỏi không cần tệp", "1 tệp")
    lan.attaches(("b.pdf", PDF + b"2")).sees("2 tệp")
    lan.taps("Kèm vào câu 7").sees("Đã kèm vào câu 7: 2 tệp (a.pdf, b.pdf)", "Câu 2/7")
    lan.attaches(("c.pdf", PDF + b"3")).taps("Không giữ").sees("không giữ tệp này", "Câu 2/7")
    assert len(str(values(chat)["anh"]).split()) == 2


def test_where_the_channel_takes_no_files_a_page_does(tmp_path: Path) -> None:
    chat = office(tmp_path, reach=ZALO)
    chat.public_url = "https://so.example"
    chat.restart()
    lan = chat.as_("lan").says("/baocao")
    answers(lan, "1) 12\n2) bỏ qua\n3) bỏ qua", "2", "không", "1", "Thiếu máy quét.")
    lan.sees("Xin gửi ảnh ngay tại đây.", "dùng một lần, trong 30 phút): https://so.example/tai-len/")
    token = lan.replies[0].text.split("/tai-len/")[1].split()[0]
    with reading(chat.engine) as session:
        assert uploads.look_up(session, token, chat.now + timedelta(minutes=29))
        assert not uploads.look_up(session, token, chat.now + timedelta(minutes=31))
    lan.attaches(("anh.pdf", PDF)).sees("Đã nhận anh.pdf")
