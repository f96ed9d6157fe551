"""Units, people, codes and trouble by chat; who may; and that no input breaks it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.codec import dumps, loads
from bot.dialogues import admin
from bot.dialogues.commands import Command
from bot.dialogues.state import State
from bot.domain.messages import IncomingKind
from bot.domain.people import ALLOWED, Role
from bot.store import audit, conversations, people
from knowledge.db import reading, writing
from knowledge.text import fold
from retrieval.model import Answer
from tests.bot.chat import Chat
from tests.bot.handed_in import form, hands_in, heard
from tests.bot.library import FakeLibrary

CODE = re.compile(r"[A-Z0-9]{5}-[A-Z0-9]{5}")
ROLE_OF = {"minh": Role.ADMIN, "binh": Role.LEADER, "lan": Role.CLERK, "hoa": None}


@pytest.mark.parametrize("who", ROLE_OF)
@pytest.mark.parametrize("command", admin.COMMANDS, ids=lambda command: command.names[0])
def test_every_role_tries_every_command_of_the_admin(chat: Chat, who: str, command: Command) -> None:
    assert command.action is not None
    chat.opens(form())
    speaker = chat.as_(who).says(f"/{command.names[0]}")
    allowed = ROLE_OF[who] in ALLOWED[command.action]
    refused = any(words in speaker.replies[0].text for words in ("không có quyền", "mã liên kết dùng một lần"))
    assert refused is not allowed, speaker.replies
    help_text = chat.as_(who).says("/giup").replies[0].text
    assert (f"/{command.names[0]} – " in help_text) is allowed
    chat.as_("minh", "group-1", private=False).says(f"/{command.names[0]}").sees("nhắn riêng")


def test_a_pasted_list_of_units_is_added_at_once(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/donvi thêm:\n1. Phòng Pháp chế\n2) Chi cục Thi hành án, dân sự\n• phòng tổ chức cán bộ\n???")
    minh.sees("2 đơn vị: “Phòng Pháp chế”, “Chi cục Thi hành án, dân sự”", "Đã có đơn vị", "“???” chưa phải")
    minh.says("/donvi").sees("Có 4 đơn vị").taps("Thêm đơn vị").sees("mỗi dòng một tên").says(
        "– Tổ Một – Hai\nTổ Một – Hai\nTổ 2"
    )
    minh.sees("Đã thêm “Tổ Một – Hai”.", "Đã có đơn vị “Tổ Một – Hai”", "“Tổ 2” chưa phải")


def test_units_are_added_renamed_and_merged(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/donvi").sees("Có 2 đơn vị").says("thêm: Phòng Thanh tra").sees("Đã thêm “Phòng Thanh tra”")
    minh.says("/donvi them: phong thanh tra").sees("Đã có đơn vị")
    minh.says("hủy").says("/donvi").says("thanh tra").sees("Chưa có cán bộ nào").taps("Đổi tên").sees("Tên mới")
    minh.says("12").sees("chưa phải là tên")
    minh.says("Thanh tra Sở").sees("Đã đổi tên", "Tên cũ vẫn được nhận ra")
    minh.taps("Các đơn vị").taps("Thanh tra Sở").sees("Tên trước đây: Phòng Thanh tra").taps("Sáp nhập")
    minh.says("phòng tổ chức cán bộ").sees("không hoàn lại được").says("thôi").sees("Thanh tra Sở")
    minh.taps("Sáp nhập").taps("Phòng Tổ chức").taps("Đồng ý").sees("đã sáp nhập vào “Phòng Tổ chức cán bộ”")
    minh.says("/donvi").sees("Có 2 đơn vị").says("Thanh tra Sở (đã sáp nhập)").sees("Nhiệm vụ chuyển sang")
    with reading(chat.engine) as session:
        by_key = {unit.key: unit for unit in people.units(session)}
        assert audit.newest(session, 1)[0].action == "unit-merge"
    assert by_key["phong-thanh-tra"].successor == "phong-tccb"


def test_the_people_of_a_merged_unit_go_along_and_its_duties_too(chat: Chat) -> None:
    round_id = chat.opens(form())
    minh = chat.as_("minh")
    minh.says("/donvi").taps("Phòng Kế hoạch").sees("Cán bộ: Tuấn").taps("Sáp nhập").taps("Phòng Tổ chức")
    minh.sees("1 cán bộ chuyển sang").taps("Đồng ý")
    assert chat.person("tuan").unit == "phong-tccb"
    opened = chat.desk().round(round_id)
    assert opened is not None and opened.units == ("phong-tccb",)


def test_a_unit_in_the_middle_of_a_report_is_switched_off_only_when_asked_twice(chat: Chat) -> None:
    hands_in(chat, chat.opens(form()), "tuan", sang_kien="3")
    minh = chat.as_("minh")
    minh.says("/donvi").taps("Phòng Kế hoạch").taps("Ngừng hoạt động").sees("đang dở", "Báo cáo quý IV")
    minh.taps("Đồng ý").sees("đã ngừng hoạt động").taps("Các đơn vị").sees("Có 1 đơn vị")
    minh.taps("Phòng Kế hoạch – Tài chính (ngừng)").taps("Hoạt động lại").sees("đã hoạt động lại")


def test_people_change_roles_units_and_rights(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/nguoi").sees("Có 4 người").says("tuấn").sees("cán bộ tổng hợp", "Kế hoạch – Tài chính")
    minh.taps("Đổi đơn vị").says("tổ chức cán bộ").sees("Tuấn nay là cán bộ tổng hợp, Phòng Tổ chức cán bộ")
    minh.taps("Xem Tuấn").taps("Đổi vai trò").says("lãnh đạo").sees("Tuấn nay là lãnh đạo")
    minh.taps("Xem Tuấn").taps("Đổi đơn vị").taps("Toàn cơ quan").sees("toàn cơ quan")
    minh.taps("Xem Tuấn").taps("Đổi vai trò").taps("Cán bộ tổng hợp").sees("phải thuộc một đơn vị")
    minh.taps("Phòng Tổ chức").sees("nay là cán bộ tổng hợp")
    assert (chat.person("tuan").role, chat.person("tuan").unit) == (Role.CLERK, "phong-tccb")
    minh.taps("Xem Tuấn").taps("Ngừng quyền").sees("khôi phục được").taps("Ngừng quyền").sees("Đã ngừng mọi quyền")
    chat.as_("tuan").says("hạn?").sees("không có quyền")
    minh.says("/nguoi").taps("Tuấn – cán bộ tổng hợp (ngừng)").taps("Khôi phục quyền").sees("Đã khôi phục")
    chat.as_("tuan").says("hạn?").sees("15/12/2025")


def test_the_last_admin_stays_one(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/nguoi").taps("Minh").taps("Ngừng quyền").taps("Ngừng quyền").sees("người quản trị duy nhất")
    minh.taps("Đổi vai trò").taps("Lãnh đạo").sees("người quản trị duy nhất")
    assert chat.person("minh").role is Role.ADMIN


def test_whoever_loses_their_rights_in_the_middle_goes_no_further(chat: Chat) -> None:
    minh = chat.as_("minh").says("/ma")
    with writing(chat.engine) as session:
        people.change_person(session, chat.person("minh").id, Role.STAFF, None, active=True)
    minh.taps("Quản trị").sees("không có quyền")
    minh.says("hủy").sees("không có việc gì đang dở")


def test_a_code_by_chat_links_and_is_forgotten_once_sent(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/ma").sees("vai trò nào").taps("Cán bộ tổng hợp").says("phòng gì đó").sees("Chưa rõ đơn vị")
    minh.says("to chuc can bo").sees("Họ tên").says("Hoa Nguyễn").sees("Mã cho Hoa Nguyễn", "đến 09:00 ngày 23/11/2025")
    code = CODE.search(minh.replies[0].text)
    assert code is not None
    with reading(chat.engine) as session:
        kept = str(session.connection().exec_driver_sql("select reply from outbox").all())
        kept += str(session.connection().exec_driver_sql("select state from conversations").all())
        kept += str(session.connection().exec_driver_sql("select * from audit").all())
    assert code.group() not in kept
    chat.as_("hoa").says(code.group()).sees("Hoa Nguyễn", "Phòng Tổ chức cán bộ")
    assert chat.person("hoa").role is Role.CLERK


def test_a_code_for_an_admin_needs_no_unit_and_going_back_works(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/ma").taps("Lãnh đạo").taps("Toàn cơ quan").says("quay lại").sees("đơn vị nào").says("quay lại")
    minh.sees("vai trò nào").taps("Quản trị").taps("Lấy tên tài khoản").sees("Mã cho người nhận (quản trị)")
    minh.says("/ma").says("hủy").sees("không cấp mã nữa")


def test_a_parked_message_is_told_shown_without_its_words_and_tried_again(chat: Chat) -> None:
    lan, minh = chat.as_("lan"), chat.as_("minh")
    for text in ("bí mật riêng: hỏng", "hỏng lần nữa"):
        lan.says(text)
        for _ in range(3):
            chat.later(seconds=30)
            chat.work()
    assert heard(chat, "minh") == ["Có tin nhắn trợ lý không xử lý được. Anh/chị gõ /loi để xem và thử lại."]
    minh.says("/loi").sees("Có 2 tin nhắn chưa xử lý được", "RuntimeError")
    assert "bí mật" not in minh.replies[0].text and "scripted" not in minh.replies[0].text
    minh.says("1").sees("Nội dung không hiện").taps("Bỏ").sees("Đã bỏ", "Còn 1 tin nhắn")
    chat.source.library = Mended()
    minh.says("/loi").says("1").taps("Thử lại").sees("Đang xử lý lại")
    chat.work()
    assert "Kho lưu trữ" in heard(chat, "lan")[-1]
    minh.says("/loi").sees("Không có tin nhắn nào bị lỗi")


def test_replies_that_were_put_aside_are_sent_again(chat: Chat) -> None:
    chat.as_("lan").says("hạn?")
    with writing(chat.engine) as session:
        session.connection().exec_driver_sql("update outbox set state = 'parked', error = 'Refused' where id = 1")
    minh = chat.as_("minh").says("/loi").sees("1 câu trả lời chưa gửi được")
    minh.taps("Gửi lại").sees("Đang gửi lại 1 câu trả lời")
    chat.work()
    assert len([one for one in heard(chat, "lan") if "15/12/2025" in one]) == 2
    minh.says("/loi").sees("Không có tin nhắn nào bị lỗi")


class Mended(FakeLibrary):
    """The library after whatever made it fail is over."""

    def ask(self, text: str, previous: Sequence[str] = (), *, now: datetime, unit: str | None = None) -> Answer:
        return super().ask("giờ mở cửa", previous, now=now)


said = st.one_of(
    st.sampled_from([f"/{command.names[0]}" for command in admin.COMMANDS]),
    st.sampled_from(["1", "2", "3", "4", "hủy", "quay lại", "tất cả", "15/12", "mai", "thêm: Phòng Z", "câu 1: sai"]),
    st.text(max_size=30),
    st.integers(0, 9),  # taps
)


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Chat:
    office = Chat(tmp_path_factory.mktemp("busy"))
    hands_in(office, office.opens(form()), "lan", sang_kien="3")
    return office


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(said, min_size=1, max_size=12))
def test_nothing_an_admin_does_breaks_the_conversation(busy: Chat, steps: list[str | int]) -> None:
    minh = busy.as_("minh")
    for one in steps:
        if isinstance(one, int):
            if one < len(minh.choices):
                minh.sends(IncomingKind.TAP, choice=minh.choices[one].key, turn=minh.turn)
        elif "hong" not in fold(one):  # the scripted failure of the library
            minh.says(one)
        assert all("gặp lỗi" not in reply.text and len(reply.text) <= 4000 for reply in minh.replies)
    with reading(busy.engine) as session:
        failed = session.connection().exec_driver_sql("select error from inbox where error is not null").all()
        state = conversations.load(session, "fake", minh.chat).state
    assert not failed
    assert loads(State, dumps(state)) == state
    with writing(busy.engine) as session:  # Minh may have taken his own place
        people.change_person(session, busy.person("minh").id, Role.ADMIN, None, active=True)
