from __future__ import annotations

import io

import openpyxl
import pytest
import telegram.error
from telegram.error import TelegramError

from bot.channels.base import DeliveryError, Outgoing
from bot.channels.telegram.failures import MEANINGS, delivery_error
from bot.domain.attachments import mime_of
from bot.domain.messages import Attachment, Choice, OutFile, Reply
from tests.bot.telegram.kit import FILES, Kept, Running, outgoing
from tests.fakes.telegram import TOKEN, FakeTelegram, broken, refused
from tests.fakes.telegram_people import Person

DOCX = OutFile("a" * 64, "báo cáo <1>.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
PHOTO = OutFile("b" * 64, "anh.jpg", "image/jpeg")


@pytest.fixture
def lan(server: FakeTelegram, kept: Kept, bot: Running) -> Person:
    """Lan, who has written once."""
    lan = server.user("lan")
    lan.sends("/start")
    kept.wait(1)
    return lan


def failed(bot: Running, chat: int, text: str = "chào") -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        bot.deliver(outgoing(chat, text))
    assert TOKEN not in str(caught.value)
    return caught.value


def test_a_reply_with_choices_comes_back_as_a_tap(server: FakeTelegram, kept: Kept, bot: Running, lan: Person) -> None:
    choices = (Choice("submit", "Nộp"), Choice("later", "Để sau"))
    bot.deliver(outgoing(lan.id, "Số < 5 & > 3?", *choices, turn=7))
    assert lan.wait_for_reply("Số < 5 & > 3?").labels == ["Nộp", "Để sau"]
    query = lan.taps("Nộp")
    tap = kept.wait(2)[1]
    assert (tap.choice, tap.turn) == ("submit", 7)
    server.wait(lambda: query in server.api.answered, what="an answer to the tap")
    lan.taps("Nộp")  # once more: the same tap again, for the dialogue to say so
    assert kept.wait(3)[2].turn == 7


def test_a_long_reply_comes_in_parts_with_the_buttons_under_the_last(bot: Running, lan: Person) -> None:
    bot.deliver(outgoing(lan.id, "Câu này dài. " * 1000, Choice("a", "Tiếp"), turn=1))
    sent = lan.unread()
    assert len(sent) == 4
    assert [one.labels for one in sent] == [[], [], [], ["Tiếp"]]
    assert all(one.text.endswith("dài.") for one in sent)
    assert "".join(f"{one.text} " for one in sent) == "Câu này dài. " * 1000


# Failures


def test_whoever_never_wrote_cannot_be_written_to(server: FakeTelegram, bot: Running, lan: Person) -> None:
    assert failed(bot, server.user("hoa").id).blocked


@pytest.mark.parametrize("why", ["chat not found", "not enough rights to send text messages to the chat"])
def test_what_is_refused_once_is_refused_always(server: FakeTelegram, bot: Running, lan: Person, why: str) -> None:
    server.fails("sendMessage", refused(400, f"Bad Request: {why}"))
    error = failed(bot, lan.id)
    assert (error.permanent, error.blocked) == (True, False)
    assert why.split(maxsplit=1)[1] in str(error)


def test_a_group_that_moved_is_followed(server: FakeTelegram, kept: Kept, bot: Running, lan: Person) -> None:
    group = server.group("Phòng", lan)
    old = group.id
    new = group.migrates()
    assert failed(bot, old).moved_to == str(new)
    bot.deliver(outgoing(new, "đây rồi"))
    group.wait_for_reply("đây rồi")


def test_a_chat_of_another_channel_is_refused(bot: Running, lan: Person) -> None:
    with pytest.raises(DeliveryError, match="zalo"):
        bot.call(bot.channel.deliver(outgoing(lan.id, "x").__class__("zalo-7", outgoing(1, "x").reply)))


def all_errors(kind: type[TelegramError]) -> set[type[TelegramError]]:
    return {kind}.union(*(all_errors(below) for below in kind.__subclasses__()))


def test_every_error_of_the_library_has_a_meaning_of_its_own() -> None:
    assert all_errors(TelegramError) == set(MEANINGS)
    assert telegram.error.BadRequest in MEANINGS


def test_an_error_never_tells_the_token() -> None:
    told = delivery_error(TelegramError(f"no route to https://api.telegram.org/bot{TOKEN}/getMe"), TOKEN)
    assert str(told) == "TelegramError: no route to https://api.telegram.org/bot<token>/getMe"


# Files


def test_a_document_goes_out_with_a_caption_and_buttons(bot: Running, lan: Person) -> None:
    bot.deliver(outgoing(lan.id, "Báo cáo <tổng hợp>", Choice("ok", "Nhận"), file=DOCX, turn=1))
    sent = lan.wait_for_reply("Báo cáo <tổng hợp>")
    assert sent.files == {"document": (DOCX.name, b"PK docx")}
    assert sent.labels == ["Nhận"]


def test_an_exported_workbook_goes_out_whole(bot: Running, lan: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    workbook = io.BytesIO()
    openpyxl.Workbook().save(workbook)
    export = OutFile("c" * 64, "Tổng hợp quý IV.xlsx", mime_of("a.xlsx"))
    monkeypatch.setitem(FILES, export.sha256, workbook.getvalue())
    bot.deliver(outgoing(lan.id, "Báo cáo tổng hợp", file=export))
    name, content = lan.wait_for_reply("Báo cáo tổng hợp").files["document"]
    assert name == "Tổng hợp quý IV.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == ["Sheet"]


def test_a_text_too_long_for_a_caption_goes_before_its_file(bot: Running, lan: Person) -> None:
    bot.deliver(outgoing(lan.id, "Câu này dài. " * 100, file=DOCX))
    first, second = lan.unread()
    assert first.text.startswith("Câu này dài.")
    assert second.document == b"PK docx"


def test_a_photo_goes_out_as_one_or_else_as_a_document(server: FakeTelegram, bot: Running, lan: Person) -> None:
    bot.deliver(outgoing(lan.id, "", file=PHOTO))
    server.fails("sendPhoto", refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    bot.deliver(outgoing(lan.id, "dài quá", file=PHOTO))
    assert [(list(one.files), one.document) for one in lan.unread()] == [
        (["photo"], FILES[PHOTO.sha256]),
        (["document"], FILES[PHOTO.sha256]),
    ]


@pytest.mark.parametrize("sha256", ["c" * 64, "e" * 64])
def test_a_file_that_is_not_there_or_empty_is_never_sent(bot: Running, lan: Person, sha256: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        bot.deliver(outgoing(lan.id, "tệp", file=OutFile(sha256, "x.docx", "a/b")))
    assert caught.value.permanent


def test_a_file_sent_to_us_is_fetched(kept: Kept, bot: Running, lan: Person) -> None:
    lan.sends_file("báo cáo.docx", b"x" * 5000, "đây ạ")
    attachment = kept.wait(2)[1].attachments[0]
    assert (attachment.name, attachment.size) == ("báo cáo.docx", 5000)
    assert bot.call(bot.channel.fetch(attachment, 5000)) == b"x" * 5000
    lan.sends_photo(b"jpeg" * 100)
    photo = kept.wait(3)[2].attachments[0]
    assert bot.call(bot.channel.fetch(photo, 10_000)) == b"jpeg" * 100


def test_a_file_over_the_limit_is_refused_whatever_its_sender_says(
    server: FakeTelegram, kept: Kept, bot: Running, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan.sends_file("to.docx", b"x" * 5001)
    attachment = kept.wait(2)[1].attachments[0]
    with pytest.raises(DeliveryError, match="larger than 5000") as told:
        bot.call(bot.channel.fetch(attachment, 5000))
    assert told.value.permanent
    path, _ = server.api.files[attachment.ref]
    real = server.api.serve

    async def lies(call: object) -> object:
        result = await real(call)  # type: ignore[arg-type]  # what the server passes on
        return result | {"file_size": 10} if isinstance(result, dict) and "file_path" in result else result

    monkeypatch.setattr(server.api, "serve", lies)
    with pytest.raises(DeliveryError, match="larger than 5000"):
        bot.call(bot.channel.fetch(attachment, 5000))
    del server.api.files[attachment.ref]
    assert path


def test_a_file_that_is_gone_or_too_big_for_telegram(
    server: FakeTelegram, kept: Kept, bot: Running, lan: Person
) -> None:
    with pytest.raises(DeliveryError) as caught:
        bot.call(bot.channel.fetch(Attachment("nowhere", "x", "a/b", 0), 100))
    assert caught.value.permanent
    server.fails("getFile", broken(502))
    with pytest.raises(DeliveryError) as caught:
        bot.call(bot.channel.fetch(Attachment("nowhere", "x", "a/b", 0), 100))
    assert not caught.value.permanent


# While people wait


def test_a_message_that_follows_a_job_is_changed_not_sent_anew(bot: Running, server: FakeTelegram, lan: Person) -> None:
    def follow(text: str, *choices: Choice) -> None:
        bot.deliver(Outgoing(str(lan.id), Reply(text, choices, live="job:7"), 0))

    follow("Đọc tệp: trang 1/12", Choice("!doc:stop:7", "Hủy"))
    first = lan.wait_for_reply("trang 1/12")
    follow("Đọc tệp: trang 2/12", Choice("!doc:stop:7", "Hủy"))
    follow("Đọc tệp: trang 2/12", Choice("!doc:stop:7", "Hủy"))  # "message is not modified"
    assert (first.text, first.labels) == ("Đọc tệp: trang 2/12", ["Hủy"])
    follow("Đọc tệp: đã xong")
    assert (first.text, first.labels) == ("Đọc tệp: đã xong", []) and lan.unread() == []
    bot.deliver(Outgoing(str(lan.id), Reply("Việc khác", live="job:8"), 0))
    lan.wait_for_reply("Việc khác")
    server.fails("editMessageText", refused(400, "Bad Request: message to edit not found"))
    follow("Đọc tệp: trang 3/12")  # Lan removed the first one
    lan.wait_for_reply("trang 3/12")
    server.fails("editMessageText", broken(502))
    with pytest.raises(DeliveryError):
        follow("Đọc tệp: trang 4/12")
