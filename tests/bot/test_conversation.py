"""Questions as a conversation, and the conversation of the terminal."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.attaching import attach, save
from bot.channels.terminal import Carrying, Terminal
from bot.dialogues.ask import greeting
from bot.domain.messages import Attachment, IncomingKind, OutFile, Reply
from bot.domain.people import Role
from bot.store import audit, outbox, people
from bot.store.files import Files
from bot.talk import Seat, Talk
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.library import DEADLINE, NOW, OPENING, FakeLibrary

ON_BOTH_DATABASES = True


def test_an_answer_is_a_quotation_with_its_place_and_choices(chat: Chat) -> None:
    lan = chat.as_("lan").says("hạn báo cáo?")
    lan.sees("Hạn báo cáo: trước ngày 15/12/2025", f"“{DEADLINE}”", "— Mục II.1, Kế hoạch 77/KH-SVT, ngày 03/02/2025")
    lan.sees("! Quy định về giờ mở cửa là dự thảo")
    assert [choice.label for choice in lan.choices] == ["Xem cả mục II.1", "Xem thêm (1)", "Ở văn bản khác (1)"]


def test_choices_are_taken_by_number_or_label_in_any_spelling(chat: Chat) -> None:
    lan = chat.as_("lan").says("hạn?")
    lan.says("1").sees("1. Các phòng, đơn vị", "Hành chính | 12 hồ sơ")
    lan.says("2.").sees("một phần ba")
    lan.says("o van ban khac (1)").sees(OPENING, "Quy định số …/QyĐ-SVT")
    lan.says("Xem Cả Mục II.1").sees("Hành chính")
    assert asked(chat) == [("hạn?", ())]


def test_a_number_without_choices_is_no_question(chat: Chat) -> None:
    chat.as_("lan").says("2").sees("không có việc gì đang dở")
    assert asked(chat) == []


def test_earlier_questions_go_along_until_a_new_topic(chat: Chat) -> None:
    lan = chat.as_("lan").says("hạn?").says("thế còn giờ?")
    assert asked(chat)[-1] == ("thế còn giờ?", ("hạn?",))
    lan.says("/mới").sees("chủ đề mới").says("giờ?")
    assert asked(chat)[-1] == ("giờ?", ())


def test_only_the_last_turns_are_remembered(chat: Chat) -> None:
    for number in range(9):
        chat.as_("lan").says(f"giờ thứ {number}?")
    assert asked(chat)[-1][1] == tuple(f"giờ thứ {number}?" for number in range(3, 8))


@pytest.mark.parametrize("typed", ["/giup", "/giúp", "/Giúp đỡ", "/help", "/?"])
def test_help(chat: Chat, typed: str) -> None:
    chat.as_("lan").says(typed).sees("/vanban", "/moi")


def test_a_document_gone_meanwhile_is_said_so(chat: Chat) -> None:
    lan = chat.as_("lan").says("hạn?")
    chat.source.library = FakeLibrary(*FakeLibrary().documents[1:])
    lan.says("1").sees("vừa được cập nhật hoặc gỡ bỏ")


def test_greeting_offers_questions_the_documents_answer() -> None:
    text = greeting(FakeLibrary(), NOW).text
    assert "2 văn bản" in text
    assert "Hạn báo cáo của kế hoạch 77/KH-SVT là khi nào?" in text


def asked(chat: Chat) -> list[tuple[str, tuple[str, ...]]]:
    assert chat.library is not None
    return chat.library.asked


# Through a pipe


def talking(chat: Chat, user: str = "bich") -> Talk:
    return Talk(chat.service, Seat("terminal", user, user, user), lambda: chat.now)


def talk(chat: Chat, said: str) -> str:
    out = io.StringIO()
    Terminal(talking(chat).say, io.StringIO(said), out).run(greeting(FakeLibrary(), NOW))
    return out.getvalue()


@pytest.fixture
def office(chat: Chat) -> Chat:
    """An office that knows nobody yet."""
    with writing(chat.engine) as session:
        for table in ("accounts", "people"):
            session.connection().exec_driver_sql(f"delete from {table}")
    return chat


def test_a_piped_conversation_reads_as_one(office: Chat) -> None:
    assert talking(office).become_first_admin()
    text = talk(office, "hạn báo cáo?\n\n1\n/thoát\nkhông đọc nữa\n")
    assert "Hỏi › hạn báo cáo?\n" in text
    assert "  1. Xem cả mục II.1\n" in text
    assert "Hành chính | 12 hồ sơ" in text
    assert "hẹn gặp lại" in text
    assert "không đọc nữa" not in text
    assert "\033" not in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_end_of_input_ends_the_conversation(chat: Chat) -> None:
    assert "2 văn bản" in talk(chat, "")


def test_once_people_exist_the_terminal_links_by_code_too(chat: Chat) -> None:
    assert not talking(chat).become_first_admin()
    assert "mã liên kết" in talk(chat, "hạn báo cáo?\n")


def test_the_first_at_the_machine_is_the_admin_and_only_the_first(office: Chat) -> None:
    assert talking(office).become_first_admin()
    assert not talking(office, "other").become_first_admin()
    with reading(office.engine) as session:
        person = people.person_of(session, "terminal", "bich")
        assert person is not None
        assert person.role is Role.ADMIN
        assert audit.newest(session, 1)[0].action == "first-admin"


def test_lines_go_without_their_ends_and_bullets_are_wrapped_under_their_words(office: Chat) -> None:
    assert talking(office).become_first_admin()
    text = talk(office, "/donvi them: Phòng X\n/donvi\nthêm: Phòng Thanh tra\n")
    assert "Đã thêm “Phòng Thanh tra”" in text
    out = io.StringIO()
    Terminal(lambda said: (), io.StringIO(), out).run(Reply("Ví dụ:\n  • " + "dài " * 30 + "\n• hai"))
    lines = out.getvalue().splitlines()
    assert lines[1].startswith("  • dài") and lines[2].startswith("    dài") and lines[3] == "  • hai"


def test_enter_alone_shows_what_others_had_to_tell(office: Chat) -> None:
    talking(office).become_first_admin()
    with writing(office.engine) as session:
        outbox.put(session, "terminal", "bich", Reply("Có báo cáo mới."), office.now)
    me, out = talking(office), io.StringIO()
    Terminal(me.say, io.StringIO("\n\n"), out, hear=me.hear).run()
    assert out.getvalue().count("Có báo cáo mới.") == 1


def test_what_was_waiting_is_told_with_the_next_answer(office: Chat) -> None:
    talking(office).become_first_admin()
    with writing(office.engine) as session:
        outbox.put(session, "terminal", "bich", Reply("Có báo cáo mới."), office.now)
        outbox.put(session, "terminal", "other", Reply("Của người khác."), office.now)
    assert next(reply.text for reply in talking(office).say("/moi")) == "Có báo cáo mới."
    assert len(talking(office).say("/moi")) == 1


# Files at the terminal


PDF = b"%PDF-1.4 mau"


def sending(chat: Chat, said: str, home: Path) -> tuple[str, list[Attachment]]:
    """Talk at a terminal that carries files; returns the screen and what arrived."""
    files, sent = Files(home), []

    def send(path: Path) -> tuple[Reply, ...]:
        sent.append(attach(path, files))
        given = OutFile(sent[-1].ref.removeprefix("sha256:"), "tổng hợp.pdf", "application/pdf")
        return (Reply("Đã nhận.", file=given),)

    out = io.StringIO()
    carrying = Carrying(send, lambda file: save(file, files, home))
    Terminal(talking(chat).say, io.StringIO(said), out, carrying).run()
    return out.getvalue(), sent


@pytest.mark.parametrize("line", ["/tep {}", "/tệp '{}'", "'{}'", '"{}" ', "file://{}", "/TEP   {}"])
def test_a_file_is_sent_by_its_path_or_dropped(chat: Chat, tmp_path: Path, line: str) -> None:
    (tmp_path / "báo cáo 1.pdf").write_bytes(PDF)
    screen, sent = sending(chat, line.format(tmp_path / "báo cáo 1.pdf") + "\n", tmp_path)
    assert [(one.name, one.size, one.mime) for one in sent] == [("báo cáo 1.pdf", len(PDF), "application/pdf")]
    assert Files(tmp_path).read(sent[0].ref.removeprefix("sha256:")) == PDF
    saved = tmp_path / "xuat" / "tổng hợp.pdf"
    assert saved.read_bytes() == PDF
    assert "Đã lưu tệp:" in screen


def test_a_saved_file_never_replaces_another(chat: Chat, tmp_path: Path) -> None:
    for number in (1, 2, 2):
        (tmp_path / "a.pdf").write_bytes(PDF + str(number).encode())
        sending(chat, f"/tep {tmp_path / 'a.pdf'}\n", tmp_path)
    assert sorted(one.name for one in (tmp_path / "xuat").iterdir()) == ["tổng hợp (2).pdf", "tổng hợp.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("thieu.pdf", None, "Không có tệp"),
        ("a.exe", b"MZ", "không nhận được"),
        ("a.pdf", b"MZ", "không phải là tệp .pdf"),
        ("a.txt", b"", "không có nội dung"),
    ],
)
def test_a_file_that_cannot_be_sent_is_one_line(
    chat: Chat, tmp_path: Path, name: str, content: bytes | None, says: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    screen, sent = sending(chat, f"/tep {tmp_path / name}\n/tep\n/tep {tmp_path}\n", tmp_path)
    assert sent == []
    assert says in " ".join(screen.split())
    assert "/tep ~/bao-cao.xlsx" in screen


def test_a_sent_file_reaches_the_dialogue(office: Chat, tmp_path: Path) -> None:
    talk = talking(office)
    assert talk.become_first_admin()
    (tmp_path / "a.pdf").write_bytes(PDF)
    replies = talk.send(IncomingKind.FILE, "kèm theo", attachments=[attach(tmp_path / "a.pdf", Files(tmp_path))])
    assert ["a.pdf" in reply.text for reply in replies] == [True]
