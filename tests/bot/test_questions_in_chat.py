"""Questions the documents leave open: sent, answered by the office, said to the next who asks the same; who may."""

from __future__ import annotations

from bot.context import Rules
from bot.dialogues.questions_desk import split
from bot.store import audit
from knowledge.db import reading
from tests.bot.chat import Chat
from tests.bot.handed_in import form

ON_BOTH_DATABASES = True
QUESTION = "Cơ quan để xe máy ở đâu?"


def answered(chat: Chat, answer: str = "Tầng hầm nhà B.") -> None:
    """Let Lan ask and Minh answer."""
    chat.as_("lan").says(QUESTION).taps("Gửi câu hỏi")
    minh = chat.as_("minh")
    minh.hears().taps("Xem và trả lời").taps("Trả lời").says(answer).taps("Gửi và giữ")


def test_asked_answered_and_said_to_the_next(chat: Chat) -> None:
    lan, minh, tuan = chat.as_("lan"), chat.as_("minh"), chat.as_("tuan")
    lan.says(QUESTION).sees("không nói về điều này").taps("Gửi câu hỏi cho người phụ trách").sees("Đã gửi câu hỏi")
    minh.hears().sees(QUESTION, "Lan (Phòng Tổ chức cán bộ)")
    minh.says("/cauhoi").sees("1 câu hỏi đang chờ").taps(QUESTION).taps("Trả lời").sees("Anh/chị gõ câu trả lời")
    minh.says("Để ở tầng hầm nhà B.\ntheo Nội quy cơ quan, mục 4")
    minh.sees("Người hỏi sẽ nhận", "Căn cứ: Nội quy cơ quan, mục 4").taps("Gửi và giữ").sees("Đã gửi câu trả lời")
    lan.hears().sees(f"Anh/chị đã hỏi: “{QUESTION}”", "Văn phòng trả lời: Để ở tầng hầm nhà B.")
    chat.later(days=3)
    tuan.says("cơ quan để xe máy chỗ nào vậy ạ")
    tuan.sees("Văn phòng đã trả lời ngày 20/11/2025: “Để ở tầng hầm nhà B.”", "không nói về điều này", replies=2)
    assert "tầng hầm" not in tuan.replies[1].text and "Lan" not in tuan.replies[0].text
    tuan.says("Cơ quan để xe máy khi nào?").sees("không nói về điều này")


def test_an_answer_is_said_beside_what_the_documents_say(chat: Chat) -> None:
    answered(chat)
    chat.as_("tuan").says("Giờ cơ quan để xe máy ở đâu?").sees("Kho lưu trữ mở cửa", replies=1)  # says more: another
    chat.as_("tuan").says("Cơ quan để xe máy ở chỗ nào?").sees("Tầng hầm nhà B", replies=2)


def test_an_answer_for_the_asker_alone_and_one_withdrawn(chat: Chat) -> None:
    lan, minh, tuan = chat.as_("lan"), chat.as_("minh"), chat.as_("tuan")
    lan.says(QUESTION).taps("Gửi câu hỏi")
    minh.says("/cauhoi 1").taps("Trả lời").says("Tầng hầm.").taps("Chỉ gửi người hỏi").sees("không được dùng lại")
    lan.hears().sees("Văn phòng trả lời: Tầng hầm.")
    tuan.says(QUESTION).sees("không nói về điều này")
    answered(chat)
    minh.says("/cauhoi").sees("Không có câu hỏi").taps("Đã trả lời (1)").taps(QUESTION).taps("Thu lại").sees(
        "Đã thu lại"
    )
    tuan.says(QUESTION).sees("không nói về điều này")


def test_a_question_may_stay_unanswered(chat: Chat) -> None:
    lan, minh = chat.as_("lan"), chat.as_("minh")
    lan.says(QUESTION).taps("Gửi câu hỏi")
    minh.says("/cauhoi 1").taps("Không trả lời").sees("không trả lời câu này")
    lan.hears().sees("liên hệ trực tiếp Văn phòng")
    minh.says("/cauhoi").sees("Không có câu hỏi nào đang chờ")
    minh.says("/cauhoi 1").sees("không trả lời (Minh")


def test_who_may_and_how_often(chat: Chat) -> None:
    lan, hoa = chat.as_("lan"), chat.as_("hoa")
    lan.says("/cauhoi").sees("không có quyền")
    hoa.says(QUESTION)
    assert not hoa.choices
    group = chat.as_("lan", "nhom", private=False).says(QUESTION)
    assert not any("người phụ trách" in choice.label for choice in group.choices)
    lan.says("hạn báo cáo?")
    assert not any("người phụ trách" in choice.label for choice in lan.choices)
    lan.says(QUESTION).taps("Gửi câu hỏi")
    lan.says(QUESTION).taps("Gửi câu hỏi").sees("đã được gửi rồi")
    for number in range(4):
        lan.says(f"Câu {number} về bãi xe?").taps("Gửi câu hỏi").sees("Đã gửi")
    lan.says("Còn bãi xe ô tô?").taps("Gửi câu hỏi").sees("đang có 5 câu hỏi")


def test_a_stranger_who_may_ask_hears_the_answer(chat: Chat) -> None:
    chat.rules = Rules(strangers_may_ask=True)
    chat.restart()
    hoa = chat.as_("hoa").says(QUESTION).taps("Gửi câu hỏi").sees("Đã gửi")
    minh = chat.as_("minh").hears().sees("Người chưa liên kết")
    minh.taps("Xem và trả lời").taps("Trả lời").says("Tầng hầm.").taps("Gửi và giữ")
    hoa.hears().sees("Văn phòng trả lời: Tầng hầm.")


def test_of_two_admins_one_answers(chat: Chat) -> None:
    chat.as_("lan").says(QUESTION).taps("Gửi câu hỏi")
    minh = chat.as_("minh").says("/cauhoi 1").taps("Trả lời").says("Tầng hầm.")
    other = chat.as_("minh", "chat-khac").says("/cauhoi 1").taps("Không trả lời")
    other.sees("Đã ghi")
    minh.taps("Gửi và giữ").sees("vừa được xử lý")
    with reading(chat.engine) as session:
        assert not any(one.action == "question-answered" for one in audit.newest(session, 20))


def test_who_asked_is_forgotten_on_request(chat: Chat) -> None:
    answered(chat)
    lan = chat.as_("lan").says("Gửi công văn đi bằng đường nào?").taps("Gửi câu hỏi")
    lan.says("/xoadulieu").taps("Xóa")
    chat.as_("minh").says("/cauhoi").sees("Không có câu hỏi nào")
    chat.as_("minh").says("/cauhoi 1").sees("Người chưa liên kết", "Tầng hầm nhà B.")
    chat.as_("tuan").says(QUESTION).sees("Tầng hầm nhà B.", replies=2)


def test_sent_in_the_middle_of_a_report(chat: Chat) -> None:
    chat.opens(form())
    lan = chat.as_("lan").says("/baocao").says(QUESTION)
    assert "không nói về điều này" in lan.replies[0].text
    lan.taps("Gửi câu hỏi")
    assert "Đã gửi câu hỏi" in lan.replies[0].text
    chat.as_("minh").hears().sees(QUESTION)


def test_what_an_answer_rests_on() -> None:
    assert split("Tầng hầm. Theo Nội quy, mục 4.") == ("Tầng hầm.", "Nội quy, mục 4")
    assert split("Tầng hầm (theo Nội quy, mục 4)") == ("Tầng hầm", "Nội quy, mục 4")
    assert split("Làm theo hướng dẫn của bảo vệ.") == ("Làm theo hướng dẫn của bảo vệ.", "")
    assert split("theo Nội quy") == ("theo Nội quy", "")
