"""The conversation of the terminal, without a terminal, and then with one."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

import pytest

from bot.channels.terminal import Terminal
from bot.conversation import State, greeting, step
from bot.errors import NothingIndexed
from tests.bot.library import DEADLINE, NOW, OPENING, FakeLibrary, FakeSource


@dataclass
class Chat:
    """Says things and remembers what came back."""

    library: FakeLibrary = field(default_factory=FakeLibrary)
    state: State = field(default_factory=State)
    said: str = ""

    def says(self, text: str) -> Chat:
        taken = step(self.state, text, self.library, NOW)
        self.state = taken.state
        (reply,) = taken.replies
        choices = [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)]
        self.said = "\n".join([reply.text, *choices])
        return self

    def sees(self, *fragments: str) -> Chat:
        for fragment in fragments:
            assert fragment in self.said
        return self


def test_an_answer_is_a_quotation_with_its_place_and_choices() -> None:
    chat = Chat().says("hạn báo cáo?")
    chat.sees("Hạn báo cáo: trước ngày 15/12/2025", f"“{DEADLINE}”", "— Mục II.1, Kế hoạch 77/KH-SVT, ngày 03/02/2025")
    chat.sees("! Quy định về giờ mở cửa là dự thảo", "1. Xem cả mục II.1", "2. Xem thêm (1)", "3. Ở văn bản khác (1)")


def test_choices_are_taken_by_number_or_label_in_any_spelling() -> None:
    chat = Chat().says("hạn?")
    chat.says("1").sees("1. Các phòng, đơn vị", "Hành chính | 12 hồ sơ")
    chat.says("2.").sees("một phần ba")
    chat.says("o van ban khac (1)").sees(OPENING, "Quy định số …/QyĐ-SVT")
    chat.says("Xem Cả Mục II.1").sees("Hành chính")
    assert len(chat.library.asked) == 1


def test_a_number_without_choices_is_a_question() -> None:
    chat = Chat().says("2").sees("không nói về điều này")
    assert chat.library.asked == [("2", ())]


def test_earlier_questions_go_along_until_a_new_topic() -> None:
    chat = Chat().says("hạn?").says("thế còn giờ?")
    assert chat.library.asked[-1] == ("thế còn giờ?", ("hạn?",))
    chat.says("/mới").sees("chủ đề mới")
    chat.says("giờ?")
    assert chat.library.asked[-1] == ("giờ?", ())


def test_only_the_last_turns_are_remembered() -> None:
    chat = Chat()
    for number in range(9):
        chat.says(f"giờ thứ {number}?")
    assert chat.library.asked[-1][1] == tuple(f"giờ thứ {number}?" for number in range(3, 8))


@pytest.mark.parametrize("typed", ["/giup", "/giúp", "/Giúp đỡ", "/help", "/?"])
def test_help(typed: str) -> None:
    Chat().says(typed).sees("/vanban", "/thoat")


@pytest.mark.parametrize("typed", ["/vanban", "/văn bản", "/VAN BAN"])
def test_documents(typed: str) -> None:
    Chat().says(typed).sees("2 văn bản", "Kế hoạch 77/KH-SVT · Sở Văn thư tỉnh An Bình · 03/02/2025")


@pytest.mark.parametrize("typed", ["/thoat", "/thoát", "/exit"])
def test_leaving(typed: str) -> None:
    assert Chat().says(typed).state.over


def test_kind_words_for_what_cannot_be_asked() -> None:
    Chat().says("/lạ").sees("/giup")
    Chat().says("x" * 2000).sees("rút gọn")
    Chat().says("ai ký?").sees("không nói về điều này", "1. Xem những đoạn gần nhất (1)")


def test_a_document_gone_meanwhile_is_said_so() -> None:
    chat = Chat().says("hạn?")
    chat.library = FakeLibrary(*chat.library.documents[1:])
    chat.says("1").sees("vừa được cập nhật hoặc gỡ bỏ")


def test_greeting_offers_questions_the_documents_answer() -> None:
    text = greeting(FakeLibrary(), NOW).text
    assert "2 văn bản" in text
    assert "Hạn báo cáo của kế hoạch 77/KH-SVT là khi nào?" in text


# Through a pipe


def talk(source: FakeSource, said: str) -> str:
    out = io.StringIO()
    Terminal(source, lambda: NOW, io.StringIO(said), out).run()
    return out.getvalue()


def test_a_piped_conversation_reads_as_one() -> None:
    text = talk(FakeSource(FakeLibrary()), "hạn báo cáo?\n\n1\n/thoat\nkhông đọc nữa\n")
    assert "Hỏi › hạn báo cáo?\n" in text
    assert "  1. Xem cả mục II.1\n" in text
    assert "Hành chính | 12 hồ sơ" in text
    assert "hẹn gặp lại" in text
    assert "không đọc nữa" not in text
    assert "\033" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_end_of_input_ends_the_conversation() -> None:
    assert "2 văn bản" in talk(FakeSource(FakeLibrary()), "")


def test_a_home_emptied_meanwhile_is_an_error() -> None:
    with pytest.raises(NothingIndexed):
        talk(FakeSource(None), "hạn?\n")
