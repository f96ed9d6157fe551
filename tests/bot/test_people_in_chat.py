"""Who may do what, tried by every role on every command; rights that end in mid-report; codes, guesses and the log."""

from __future__ import annotations

import inspect
from datetime import timedelta
from pathlib import Path

import pytest

import bot.app  # noqa: F401 - registers every effect
from bot import effects
from bot.dialogues import router
from bot.dialogues.commands import Command
from bot.domain.codes import GUESSES_ALL, GUESSES_EACH, Offer, digest
from bot.domain.people import ALLOWED, Account, Role
from bot.domain.rounds import SubmissionState
from bot.store import codes, people
from knowledge.db import reading, writing
from tests.bot.chat import Chat
from tests.bot.report_kit import COURSE, answers, colleague, office, stored, values

ROLES: dict[str, Role | None] = {
    "minh": Role.ADMIN,
    "binh": Role.LEADER,
    "lan": Role.CLERK,
    "hanh": Role.STAFF,
    "cu": None,  # whose rights were ended
    "hoa": None,  # a stranger
}
REFUSALS = ("không có quyền", "mã liên kết dùng một lần", "chưa liên kết với ai")
# What changes nothing that anybody else relies on: word to people, a clerk's own unfinished work, one's own wishes.
UNLOGGED = {
    "Tell", "TellUnit", "TellAdmins",  # messages, kept in the outbox
    "SaveDraft", "KeepFiles", "IssueUpload",  # a report being written: logged when it is handed in
    "CountWrongCode", "Snooze", "SetHours", "MarkRead",  # of the writer alone
}  # fmt: skip


@pytest.fixture
def chat(tmp_path: Path) -> Chat:
    made = office(tmp_path)
    with writing(made.engine) as session:
        for key, name in (("hanh", "Hạnh"), ("cu", "Cử")):
            person = people.add_person(session, name, Role.STAFF, "phong-tccb", made.now)
            people.link(session, person.id, Account(made.channel.name, key, f"chat-{key}", name, made.now))
            assert key != "cu" or people.deactivate(session, person.id)
    return made


@pytest.mark.parametrize("who", ROLES)
def test_every_role_tries_every_command(chat: Chat, who: str) -> None:
    for command in router.COMMANDS:
        if command.action is None:
            continue
        said = chat.as_(who).says(f"/{command.names[0]}").replies[0].text
        allowed = ROLES[who] in ALLOWED[command.action]
        assert any(words in said for words in REFUSALS) is not allowed, (command.names[0], said)
        chat.as_(who).says("hủy")


@pytest.mark.parametrize("who", ROLES)
def test_help_names_what_one_may_do_and_nothing_else(chat: Chat, who: str) -> None:
    told = chat.as_(who).says("/giup").replies[0].text
    for command in router.COMMANDS:
        shown = f"/{command.names[0]} – " in told
        # Whoever belongs to no unit has no use for what is about one's own.
        useful = not command.of_unit or ROLES[who] in (Role.CLERK, Role.STAFF)
        assert shown is (useful and _open_to(command, ROLES[who])), command.names[0]
    assert ("Việc của Văn phòng:" in told) is (ROLES[who] in (Role.ADMIN, Role.LEADER))


def _open_to(command: Command, role: Role | None) -> bool:
    return role is not None and (command.action is None or role in ALLOWED[command.action])


def test_rights_that_end_in_mid_report_end_it_and_keep_the_draft(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12", "12,5")
    with writing(chat.engine) as session:
        assert people.deactivate(session, chat.person("lan").id)
    lan.says("hôm nay").sees("không còn quyền làm báo cáo", "Bản nháp vẫn được giữ")
    lan.says("hôm nay").sees("không có quyền")
    assert values(chat)["ty_le"] == "12.5" and "ngay_hop" not in values(chat)
    nga = colleague(chat)
    nga.says("/baocao").sees("Đã xong 2/7 câu", "Lan sửa lần cuối").says("hôm nay").sees("Đã ghi câu 3")


def test_another_role_in_mid_report_ends_it_too(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12")
    with writing(chat.engine) as session:
        people.change_person(session, chat.person("lan").id, Role.STAFF, "phong-tccb", active=True)
    lan.says("12,5").sees("không còn quyền làm báo cáo")
    lan.says("hạn?").sees("15/12/2025")
    assert stored(chat).state is SubmissionState.DRAFT


def test_a_report_goes_on_from_another_account_when_one_is_unlinked(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), "12")
    code = lan.says("/themtaikhoan").replies[0].text.splitlines()[0].rsplit(" ", 1)[1]
    other = chat.as_("lan-zalo").says(code).sees("Xin chào Lan")
    lan.says("/huylienket").taps("Hủy liên kết").sees("Đã hủy liên kết")
    lan.says("/baocao").sees("mã liên kết")
    other.says("/baocao").sees("Làm tiếp", "Đã xong 1/7 câu", "Câu 2/7")
    other.says("/dulieu").sees("Lan-Zalo")
    assert "“Lan”" not in other.replies[0].text


def test_who_has_their_data_removed_leaves_the_units_report(chat: Chat) -> None:
    lan = answers(chat.as_("lan").says("/baocao"), *COURSE, "nộp")
    lan.says("/xoadulieu").taps("Xóa dữ liệu").sees("Đã xóa dữ liệu")
    assert stored(chat).state is SubmissionState.SUBMITTED and values(chat)["sang_kien"] == "12"
    minh = chat.as_("minh").says("/duyet").says("1").sees("1. Số sáng kiến: 12")
    assert "Lan" not in "".join(reply.text for reply in minh.replies)


def test_a_code_is_kept_as_its_digest_alone(chat: Chat) -> None:
    minh = chat.as_("minh").says("/ma").taps("Lãnh đạo").taps("Toàn cơ quan").says("Trần Bình Minh")
    code = minh.replies[0].text.partition(": ")[2][:11]
    assert code[5] == "-"
    with reading(chat.engine) as session:
        tables = session.connection().exec_driver_sql("select name from sqlite_master where type = 'table'").scalars()
        kept = "".join(str(session.connection().exec_driver_sql(f'select * from "{name}"').all()) for name in tables)
    assert digest(code.replace("-", "")) in kept
    assert code not in kept and code.replace("-", "") not in kept


def test_a_crowd_of_accounts_gets_no_further_than_one(chat: Chat) -> None:
    with writing(chat.engine) as session:
        offer = Offer(digest("BCDFGHJKMN"), Role.STAFF, None, "", "Hoa", None)
        codes.issue(session, offer, "Minh", chat.now, chat.now + timedelta(days=1))
    for number in range(GUESSES_ALL):
        with writing(chat.engine) as session:
            codes.wrong_guess(session, "fake", f"khach-{number // GUESSES_EACH}", chat.now)
    chat.as_("hoa").says("BCDFG-HJKMN").sees("đợi một giờ")
    chat.later(hours=1, minutes=1)
    chat.as_("hoa").says("BCDFG-HJKMN").sees("Đã liên kết")


def test_whatever_changes_something_is_written_to_the_log() -> None:
    handlers = {kind.__name__: act for kind, act in effects.apply.registry.items() if kind is not object}
    silent = {name for name, act in handlers.items() if ".note(" not in inspect.getsource(act)}
    assert silent == UNLOGGED
