"""An admin confirms what plans oblige to, in chat, and opens the rounds; what changes in a plan reaches the admin."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from bot.domain.obligations import Status
from bot.domain.people import Account, Role
from bot.domain.reminders import Calendar
from bot.duties import items
from bot.making import generate
from bot.occasions import Occasions, Passed
from bot.planner import Planner
from bot.store import audit, obligations, people, rounds
from knowledge.db import reading, writing
from knowledge.document import Document
from tests.bot.chat import Chat, Speaker
from tests.bot.duty_kit import plan_saying
from tests.bot.handed_in import form, heard, helped
from tests.bot.library import FakeLibrary, draft

ON_BOTH_DATABASES = True
QUARTERLY = "- Các phòng, đơn vị báo cáo kết quả chậm nhất ngày 25 của tháng cuối quý.\n\n"


def publishes(chat: Chat, *documents: Document) -> None:
    """Let these be the documents from now on."""
    chat.library = chat.source.library = FakeLibrary(*documents, draft())


def looks(chat: Chat) -> Passed:
    """Let follow what follows from duties by itself, and deliver it."""
    passed = Occasions(chat.engine, chat.source, Calendar(), chat.rules.open_days).look(chat.now)
    chat.work()
    return passed


def quarterly(chat: Chat) -> Speaker:
    """Let Minh confirm a quarterly duty and leave its rounds to open by themselves."""
    publishes(chat, plan_saying(QUARTERLY))
    chat.opens(form(), title="Đợt cũ")
    minh = chat.as_("minh")
    minh.says("/nhiemvu").sees("hằng quý", "kỳ tới quý IV/2025, hạn 17:00 ngày 25/12/2025").taps("Xác nhận")
    minh.sees("một năm tới có 4 kỳ").taps("Mở đợt báo cáo").taps("Báo cáo thi đua")
    return minh.sees("tự mở theo biểu mẫu này, trước hạn 30 ngày")


def test_a_duty_is_found_by_its_words_and_dated_from_the_menu(chat: Chat) -> None:
    plan = plan_saying()
    other = replace(plan.obligations[0], what="gửi danh sách khen thưởng")
    publishes(chat, replace(plan, obligations=(*plan.obligations, other)))
    minh = chat.as_("minh")
    minh.says("/nhiemvu danh sach khen thuong").sees("Việc: Gửi danh sách khen thưởng")
    minh.taps("Sửa").sees("muốn sửa gì").says("18/12").sees("Hạn: 17:00 ngày 18/12/2025")
    minh.says("/nhiemvu kế hoạch 77").sees("Có 2 nhiệm vụ khớp “kế hoạch 77”").taps("Kế hoạch 77/KH-SVT, Mục II.1")
    minh.sees("chờ xác nhận").says("/nhiemvu nghỉ mát").sees("Không có nhiệm vụ nào khớp “nghỉ mát”")


def test_minh_confirms_a_duty_sets_its_date_and_opens_the_round(chat: Chat) -> None:
    helped(chat, generate=generate)
    minh = chat.as_("minh")
    minh.says("/nhiệm vụ").sees(
        "Nhiệm vụ 1/1 · Báo cáo · chờ xác nhận",
        "Kế hoạch 77/KH-SVT, Mục II.1 (ke-hoach-77.docx)",
        "“- Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 15/12/2025.”",
        "Đơn vị: tất cả, hiện có 2 đơn vị (văn bản ghi “Các phòng, đơn vị”)",
        "Hạn: 17:00 ngày 14/12/2025 (văn bản ghi “trước ngày 15/12/2025”)",
    )
    minh.says("12/12 11:30").sees("Hạn: 11:30 ngày 12/12/2025")
    chat.restart()
    helped(chat, generate=generate)
    minh.taps("Xác nhận").sees(
        "Đã xác nhận: Báo cáo kết quả, hạn 11:30 ngày 12/12/2025", "Mở đợt báo cáo để các đơn vị nộp"
    )
    minh.taps("Mở đợt báo cáo").sees("theo biểu mẫu nào").taps("Tạo từ các nhiệm vụ của văn bản")
    minh.sees("Đợt báo cáo: Báo cáo kết quả (Kế hoạch 77/KH-SVT)", "tạo từ văn bản và đã lưu", "2 đơn vị")
    made = minh.replies[0].file
    assert made is not None and chat.files.read(made.sha256).startswith(b"PK")
    minh.taps("Mở đợt").sees("Đã mở đợt", "cho 2 đơn vị")
    assert "đã mở, hạn nộp 11:30 ngày 12/12/2025" in heard(chat, "lan")[-1]
    chat.as_("lan").says("/baocao").sees("Báo cáo kết quả (Kế hoạch 77/KH-SVT)")
    (opened,) = chat.desk().rounds()
    with reading(chat.engine) as session:
        (decision,) = obligations.decisions(session)
        actions = [entry.action for entry in audit.newest(session, 20)]
    assert opened.obligation == decision.key and decision.by == "Minh"
    assert decision.dated and decision.corrected
    assert {"obligation-confirmed", "form-kept", "round-opened"} <= set(actions)
    minh.says("/nhiemvu").sees("Không còn nhiệm vụ nào chờ xác nhận").says("1").sees("đã xác nhận (Minh", "Đợt đang mở")
    assert not [choice for choice in minh.choices if choice.key == "open"]


def test_a_duty_without_a_date_needs_one(chat: Chat) -> None:
    publishes(chat, plan_saying("- Văn phòng Sở báo cáo kết quả kịp thời.", who="Văn phòng Sở"))
    minh = chat.as_("minh")
    minh.says("/nhiemvu").sees("chưa có ngày, văn bản ghi “kịp thời”", "Đơn vị: chưa rõ (văn bản ghi “Văn phòng Sở”)")
    assert [choice.key for choice in minh.choices] == ["time", "units", "edit", "dismiss"]
    minh.taps("Nhập hạn").sees("Hạn nộp là khi nào?").says("sớm nhất có thể").sees("chưa phải là ngày giờ")
    minh.says("1/11").sees("đã qua").says("mở cửa lúc mấy giờ?").sees("8 giờ")  # a question in between
    minh.says("thứ sáu tuần sau").sees("Hạn: 17:00 ngày 28/11/2025").taps("Chọn đơn vị")
    minh.sees("Đơn vị nào phải làm", "1. Phòng Kế hoạch", "2. Phòng Tổ chức").says("phòng thủy lợi").sees(
        "Chưa rõ đơn vị"
    )
    minh.says("2").sees("Đơn vị: Phòng Tổ chức cán bộ").taps("Xác nhận").sees("Đã xác nhận")
    with reading(chat.engine) as session:
        (decision,) = obligations.decisions(session)
    assert decision.terms is not None and decision.terms.units == ("phong-tccb",) and decision.dated


def test_a_duty_is_corrected_passed_over_and_taken_up_again(chat: Chat) -> None:
    minh = chat.as_("minh")
    minh.says("/nhiemvu").taps("Sửa").sees("sửa gì").says("việc").sees("Việc đang ghi").says("số 5").sees(
        "chưa phải là"
    )
    minh.says("báo cáo sơ kết").sees("Việc: Báo cáo sơ kết").taps("Sửa").taps("Lặp lại theo kỳ").taps("Hằng quý")
    minh.says("cuối tuần").sees("Chưa rõ ngày").says("quay lại").sees("Việc: Báo cáo sơ kết").taps("Sửa").taps("Lặp")
    minh.taps("6 tháng").says("20/6 và 20/11").sees("6 tháng một lần, chậm nhất 17:00 ngày 20/6 và 20/11")
    minh.taps("Bỏ qua").sees("Đã bỏ qua: báo cáo kết quả. Không còn nhiệm vụ nào")
    minh.says("/nhiemvu").sees("Anh/chị đã quyết định về 1 nhiệm vụ").taps("đã bỏ qua").sees("đã bỏ qua (Minh")
    minh.taps("Xét lại từ đầu").sees("lại chờ xác nhận").says("/nhiemvu").sees("Nhiệm vụ 1/1")
    with reading(chat.engine) as session:
        assert obligations.decisions(session) == ()
    minh.says("thôi").sees("gõ /nhiemvu")


def test_a_duty_said_twice_is_merged(chat: Chat) -> None:
    one = plan_saying()
    twice = replace(one, obligations=(one.obligations[0], replace(one.obligations[0], what="gửi báo cáo kết quả")))
    publishes(chat, twice)
    minh = chat.as_("minh")
    minh.says("/nhiemvu").sees("Nhiệm vụ 1/2").taps("Nhiệm vụ tiếp theo").sees("Nhiệm vụ 2/2", "Việc: Gửi báo cáo")
    minh.taps("Gộp với").sees("đã nằm trong nhiệm vụ nào").says("bao cao ket qua").sees("Đã gộp vào “Mục II.1")
    minh.says("/nhiemvu").sees("Nhiệm vụ 1/1").taps("Đã quyết định (1)").taps("đã gộp").sees("Đã gộp vào: Mục II.1")
    with reading(chat.engine) as session:
        assert [decision.status for decision in obligations.decisions(session)] == [Status.MERGED]


def test_rounds_of_a_recurring_duty_open_by_themselves_once(chat: Chat) -> None:
    quarterly(chat).taps("Để tự mở").sees("tự mở từ ngày 25/11/2025")
    assert looks(chat) == Passed()
    chat.at("2025-11-25 07:00")
    assert looks(chat) == Passed()  # nobody is written to before working hours
    chat.at("2025-11-25 08:00")
    before = len(heard(chat, "lan"))
    assert looks(chat).opened == ("Báo cáo kết quả (Kế hoạch 77/KH-SVT) – quý IV/2025",)
    assert looks(chat) == Passed()
    (told,) = heard(chat, "lan")[before:]
    assert "quý IV/2025” đã mở, hạn nộp 17:00 ngày 25/12/2025" in told
    opened = next(one for one in chat.desk().rounds() if one.obligation)
    assert opened.obligation is not None and opened.obligation.endswith("/2025-Q4")
    with writing(chat.engine) as session:
        rounds.change(session, opened.id, due_at=None, closed_at=chat.now)
    assert looks(chat) == Passed()  # closed by somebody: not opened again
    chat.at("2026-03-02 09:00")
    assert looks(chat).opened == ("Báo cáo kết quả (Kế hoạch 77/KH-SVT) – quý I/2026",)


def test_two_processes_open_one_round(chat: Chat) -> None:
    quarterly(chat).taps("Để tự mở")
    chat.at("2025-11-25 08:00")
    both = [Occasions(chat.engine, chat.source, Calendar(), 30) for _ in range(2)]
    with reading(chat.engine) as session:
        known = items(session, chat.library)
    openings = [list(one._openings(known, chat.now)) for one in both]  # both have looked before either acts
    passed = [one._act([], [], opening, chat.now) for one, opening in zip(both, openings, strict=True)]
    assert [len(one.opened) for one in passed] == [1, 0]
    assert len([one for one in chat.desk().rounds() if one.obligation]) == 1


def test_the_present_round_of_a_recurring_duty_is_opened_at_once(chat: Chat) -> None:
    minh = quarterly(chat).taps("Mở ngay kỳ này").sees("Đã mở đợt", "quý IV/2025")
    chat.at("2025-12-01 09:00")
    assert looks(chat) == Passed()
    minh.says("/nhiemvu").says("1").taps("Mở đợt báo cáo").taps("Báo cáo thi đua").sees("quý I/2026")


def test_another_deadline_in_the_document_is_told_once_and_stops_what_follows(chat: Chat) -> None:
    minh = quarterly(chat).taps("Để tự mở")
    publishes(chat, plan_saying(QUARTERLY.replace("25", "20")))
    chat.at("2025-11-23 09:00")  # a Sunday: halted, told on Monday
    assert looks(chat) == Passed()
    chat.at("2025-11-26 09:00")
    passed = looks(chat)
    assert len(passed.told) == 1 and passed.opened == ()
    assert looks(chat) == Passed()
    told = minh.hears().sees("đã thay đổi trong văn bản. Quyết định cũ vẫn giữ", "nay “chậm nhất ngày 20")
    assert "/nhiemvu" in told.replies[0].instead
    minh.taps("Xem nhiệm vụ").sees("đã xác nhận, văn bản đã thay đổi", "Thời hạn: trước đây").taps("Theo văn bản mới")
    minh.sees("kiểm tra rồi xác nhận", "kỳ tới quý IV/2025, hạn 17:00 ngày 20/12/2025").taps("Lưu thay đổi").sees(
        "Đã lưu"
    )
    assert looks(chat).opened == ("Báo cáo kết quả (Kế hoạch 77/KH-SVT) – quý IV/2025",)


def test_a_change_may_be_looked_at_and_left(chat: Chat) -> None:
    minh = quarterly(chat).taps("Để tự mở")
    publishes(chat, plan_saying(QUARTERLY.replace("25", "20")))
    chat.at("2025-11-26 09:00")
    assert looks(chat).opened == ()
    minh.says("/nhiemvu").sees("văn bản đã thay đổi").taps("Giữ như đã quyết định").sees("giữ nguyên quyết định")
    assert len(looks(chat).opened) == 1
    assert chat.desk().rounds()[-1].due_at.day in (15, 25)


def test_a_withdrawn_document_offers_to_close_its_round(chat: Chat) -> None:
    minh = quarterly(chat).taps("Mở ngay kỳ này")
    publishes(chat, plan_saying("- Không giao nhiệm vụ gì.", states=False))
    assert len(looks(chat).told) == 1
    with reading(chat.engine) as session:
        halted = obligations.halted_rounds(session)
    assert [one.id for one in chat.desk().rounds() if one.obligation] == list(halted)
    minh.hears().sees("không còn trong các văn bản đang có", "vẫn mở: anh/chị xem có cần đóng không")
    minh.taps("Xem nhiệm vụ").sees("không còn trong văn bản", "Đợt đang mở").taps("Đóng đợt báo cáo").sees("Đã đóng")
    assert "không còn hiệu lực. Không cần nộp nữa" in heard(chat, "lan")[-1]
    assert all(one.closed_at is not None for one in chat.desk().rounds() if one.obligation)
    assert looks(chat) == Passed()
    publishes(chat, plan_saying())  # the plan is back, with another date
    minh.says("/nhiemvu").sees("đã bỏ qua, văn bản đã thay đổi", "nay “trước ngày 15/12/2025”")
    minh.taps("Theo văn bản mới").taps("Lưu thay đổi").sees("Đã xác nhận: Báo cáo kết quả, hạn 17:00 ngày 14/12/2025")


def test_while_there_is_no_library_nothing_is_said_to_be_gone(chat: Chat) -> None:
    quarterly(chat).taps("Mở ngay kỳ này")
    chat.source.library = None
    assert looks(chat) == Passed()


def test_only_admins_see_duties(chat: Chat) -> None:
    chat.as_("lan").says("/nhiemvu").sees("không có quyền")
    publishes(chat, plan_saying("- Không có.", states=False))
    chat.as_("minh").says("/nhiemvu").sees("không nêu nhiệm vụ nào")


@pytest.mark.parametrize("again", ["Xác nhận", "Bỏ qua"])
def test_two_admins_decide_about_one_duty(chat: Chat, again: str) -> None:
    with writing(chat.engine) as session:
        other = people.add_person(session, "Nga", Role.ADMIN, None, chat.now)
        people.link(session, other.id, Account("fake", "nga", "chat-nga", "Nga", chat.now))
    minh, nga = chat.as_("minh"), chat.as_("nga")
    minh.says("/nhiemvu")
    nga.says("/nhiemvu").taps("Xác nhận")
    minh.taps(again)
    with reading(chat.engine) as session:
        (decision,) = obligations.decisions(session)
    assert decision.revision == 2 and decision.by == "Minh"


def test_nobody_is_reminded_of_a_duty_whose_document_was_withdrawn(chat: Chat) -> None:
    minh = quarterly(chat).taps("Mở ngay kỳ này")
    planner = Planner(chat.engine, Calendar())
    chat.at("2025-12-11 09:00")
    assert {one.person for one in planner.plan(chat.now).queued if "quý IV" in one.text} == {"Lan", "Tuấn"}
    publishes(chat, plan_saying("- Không giao nhiệm vụ gì.", states=False))
    chat.at("2025-12-18 09:00")
    looks(chat)
    assert [one for one in planner.plan(chat.now).queued if "quý IV" in one.text] == []
    minh.says("/nhiemvu").sees("không còn trong văn bản").taps("Vẫn giữ nhiệm vụ")
    assert len([one for one in planner.plan(chat.now).queued if "quý IV" in one.text]) == 2


LINES = (
    "sửa",
    "việc",
    "hạn nộp",
    "5/12",
    "1",
    "3",
    "quay lại",
    "hằng quý",
    "25",
    "tất cả",
    "gộp",
    "/nhiemvu",
    "hạn?",
    "hủy",
)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_an_admin_does_each_turn_is_answered(chat: Chat, seed: int) -> None:
    helped(chat, generate=generate)
    one = plan_saying()
    publishes(chat, replace(one, obligations=(one.obligations[0], replace(one.obligations[0], what="gửi danh sách"))))
    pick, minh = random.Random(seed), chat.as_("minh")
    minh.says("/nhiemvu")
    for _ in range(40):
        if minh.choices and pick.random() < 0.7:
            minh.taps(pick.choice(minh.choices).label)
        else:
            minh.says(pick.choice(LINES))
        assert minh.replies and not any("gặp lỗi" in reply.text for reply in minh.replies)
