"""Where a channel carries no files, whatever asks for one names a page for it; a link outlives neither use nor time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.base import DeliveryError
from bot.dialogues.link import OWN_CODE_LASTS
from bot.domain.messages import Choice, IncomingKind, Reply
from bot.store import onetime, outbox, retention, uploads
from bot.store.tables import OutboxRow
from bot.store.turns import TurnRow, Turns
from knowledge.db import reading, writing
from tests.bot.chat import Chat, Speaker
from tests.bot.report_kit import PDF, ZALO, answers, office
from tests.bot.test_forms import CHOICES, workbook

ON_BOTH_DATABASES = True

PAGE = "https://so.example/tai-len/"


@pytest.fixture
def chat(tmp_path: Path, database: str) -> Iterator[Chat]:
    """An office on a channel without files, with one open round."""
    one = office(tmp_path, reach=ZALO, database=database)
    one.public_url = "https://so.example"
    one.restart()
    yield one
    one.engine.dispose()


def gives_page(chat: Chat, speaker: Speaker, within: timedelta) -> None:
    """Check that the last reply ends with a page that takes files just so long."""
    text = speaker.replies[-1].text
    token = text.partition(PAGE)[2].split()[0]
    assert "vào đây" not in text and text.endswith(token)  # a full stop would be taken for a part of the address
    with reading(chat.engine) as session:
        assert uploads.look_up(session, token, chat.now + within - timedelta(seconds=1))
        assert not uploads.look_up(session, token, chat.now + within)


HALF_HOUR, DAY = timedelta(minutes=30), timedelta(hours=24)


def test_forms_are_sent_through_a_page(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/bieumau").sees("Chọn “Gửi biểu mẫu mới”")
    minh.taps("Gửi biểu mẫu mới").sees("Anh/chị gửi tệp Excel tại trang này (dùng một lần, trong 30 phút)")
    gives_page(chat, minh, HALF_HOUR)
    minh.says("/bieumau").taps("Báo cáo").sees("sửa trong Excel rồi gửi lại tại trang này", "trong 24 giờ")
    gives_page(chat, minh, DAY)
    minh.attaches(("sai.xlsx", workbook((("geopoint", "a", "b"),), CHOICES))).sees(
        "chưa dùng được", "gửi lại tại trang"
    )
    gives_page(chat, minh, DAY)


def test_documents_are_sent_through_a_page(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/congbo").sees("Không có văn bản nào chờ công bố", "ZIP) tại trang này")
    gives_page(chat, minh, HALF_HOUR)


def test_without_any_form_a_page_takes_the_first(tmp_path: Path) -> None:
    empty = Chat(tmp_path)
    empty.reaches["fake"], empty.public_url = ZALO, "https://so.example"
    empty.restart()
    minh = empty.as_("minh")
    minh.says("/modot").sees("Chưa có biểu mẫu nào", "gửi tệp Excel (.xlsx) tại trang này")
    gives_page(empty, minh, HALF_HOUR)
    empty.public_url = None
    empty.restart()
    minh.says("/modot").sees("gửi tệp Excel (.xlsx) trên Telegram hoặc trang web.")
    empty.engine.dispose()


def test_a_file_that_the_platform_kept_back_is_asked_for_again_through_a_page(chat: Chat) -> None:
    minh, lan = chat.as_("minh"), chat.as_("lan")
    minh.sends(IncomingKind.UNSUPPORTED).sees("Nếu là tệp, anh/chị gửi tại trang này")
    gives_page(chat, minh, HALF_HOUR)
    lan.sends(IncomingKind.UNSUPPORTED).sees("Anh/chị gửi chữ hoặc ảnh giúp.")  # nothing waits for a file of hers
    lan.says("/baocao").sends(IncomingKind.UNSUPPORTED).sees("Nếu là tệp, anh/chị gửi tại trang này")
    group = chat.as_("lan", "group", private=False)
    group.sends(IncomingKind.UNSUPPORTED).sees("Anh/chị gửi chữ hoặc ảnh giúp.")


def test_where_files_are_sent_in_the_chat_no_page_is_made(tmp_path: Path) -> None:
    telegram = office(tmp_path)
    minh = telegram.as_("minh")
    minh.says("/congbo").sees("ZIP) vào đây.")
    minh.says("/bieumau").sees("vào đây để thêm").taps("Báo cáo").sees("gửi lại vào đây.")
    assert not any(reply.secret for reply in minh.replies)
    telegram.engine.dispose()


# What holds a code or a link


def kept(chat: Chat) -> str:
    """Every word that is kept of replies."""
    with reading(chat.engine) as session:
        return "\n".join([*session.scalars(select(OutboxRow.reply)), *session.scalars(select(TurnRow.reply))])


ASKS = {
    "/quantri": ("/quan-tri/vao/", timedelta(minutes=10)),
    "/themtaikhoan": ("Mã cho tài khoản khác của anh/chị:", OWN_CODE_LASTS),
    "/congbo": ("/tai-len/", HALF_HOUR),
    "/lich": ("Google Calendar", timedelta(days=1)),
}


@pytest.mark.parametrize("command", ASKS)
@pytest.mark.parametrize("trouble", ["blocked", "parked", "waiting"])
def test_what_could_not_be_delivered_is_forgotten_when_it_has_expired(chat: Chat, command: str, trouble: str) -> None:
    words, lasts = ASKS[command]
    errors = {
        "blocked": DeliveryError("Forbidden", permanent=True, blocked=True),
        "parked": DeliveryError("Bad Request", permanent=True),
        "waiting": DeliveryError("429", retry_after=3 * 86400),
    }
    chat.channel.failures["chat-minh"] = [errors[trouble]]
    minh = chat.as_("minh").says(command).sees(replies=0)
    assert words in kept(chat)
    chat.now += lasts - timedelta(seconds=1)
    tidy(chat)
    assert words in kept(chat)
    chat.later(seconds=1)
    tidy(chat)
    assert words not in kept(chat)
    with writing(chat.engine) as session:
        outbox.unblock(session, "fake", "chat-minh")
    chat.later(days=4)
    chat.work()
    if trouble != "parked":
        minh.hears().sees("đã hết hạn trước khi gửi được", "gõ lại lệnh")


def tidy(chat: Chat) -> None:
    with writing(chat.engine) as session:
        retention.tidy(session, chat.now, 90, 1095)


def test_what_expired_on_its_way_is_not_said(chat: Chat) -> None:
    chat.channel.failures["chat-minh"] = [DeliveryError("429", retry_after=3600)]
    minh = chat.as_("minh").says("/quantri")
    chat.later(hours=2)  # and nothing was tidied meanwhile
    chat.work()
    minh.hears().sees("đã hết hạn trước khi gửi được")


def test_what_was_said_is_forgotten_with_its_link(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "1) 12\n2) bỏ qua\n3) bỏ qua", "2", "không", "1", "Thiếu máy quét.")
    lan.sees(PAGE)
    lan.attaches(("anh.pdf", PDF)).sees("Đã nhận anh.pdf")
    assert "tai-len" not in kept(chat)


def test_a_page_nobody_looked_at_again_keeps_no_code(chat: Chat) -> None:
    turns = Turns(chat.engine)
    secret = Reply("Mã: BCDFG-HJKMN", (Choice("a", "b"),), secret=True, good_until=chat.now + HALF_HOUR)
    turns.add("seat", "/ma", None, chat.now, secret)
    tidy(chat)
    assert "BCDFG" in kept(chat)
    chat.later(minutes=30)
    tidy(chat)
    assert "BCDFG" not in kept(chat)
    assert turns.last("seat", 1)[0].reply == onetime.EXPIRED
