"""A form of every kind of prompt, and an office in which it is owed: what tests of the guided report start from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.asking import VIETNAM
from bot.domain.forms import Form, Value
from bot.domain.messages import Reach
from bot.domain.people import Account, Role
from bot.domain.rounds import Event, Submission
from bot.forms.xlsform import read_form
from bot.store import people, submissions
from knowledge.db import writing
from tests.bot.chat import Chat, Speaker
from tests.bot.test_forms import CHOICES, workbook

ZALO = Reach(files_in=False, photos_in=True, buttons=False, batch=3)
TERMINAL = Reach(buttons=False)
UNIT = "phong-tccb"
SURVEY = (
    ("note", "loi_dan", "Số liệu tính đến hết kỳ."),
    ("begin group", "so_lieu", "Số liệu"),
    ("integer", "sang_kien", "Số sáng kiến", "chỉ ghi số", "yes", "", ". >= 0 and . <= 500", "Từ 0 đến 500"),
    ("decimal", "ty_le", "Tỷ lệ hồ sơ đúng hẹn (%)"),
    ("date", "ngay_hop", "Ngày họp sơ kết", "", "", "", ". <= today()", "Không được ở tương lai"),
    ("end group", ""),
    ("select_one co_khong", "co_tt", "Có tập thể tiêu biểu không?"),
    ("text", "ten_tt", "Tên tập thể", "", "yes", "${co_tt} = 'co'"),
    ("begin repeat", "ca_nhan", "Cá nhân tiêu biểu"),
    ("text", "ho_ten", "Họ tên", "", "yes"),
    ("integer", "nam_sinh", "Năm sinh", "", "", "", ". > 1900"),
    ("end repeat", ""),
    ("select_multiple linh_vuc", "linh_vuc", "Lĩnh vực"),
    ("text", "kho_khan", "Khó khăn, vướng mắc"),
    ("calculate", "tong", "", "", "", "", "", "", "count(${ca_nhan}) + ${sang_kien}"),
    ("image", "anh", "Ảnh minh chứng"),
)
# Answers to SURVEY in order, as people type them, from the first prompt to the card.
COURSE = ("12 sáng kiến", "12,5%", "15/11", "không", "không", "1, 2", "Thiếu máy quét.", "bỏ qua")
PDF = b"%PDF-1.7 trang"


def form() -> Form:
    """The form, read from its workbook."""
    return read_form(workbook(SURVEY, CHOICES))


def office(
    home: Path, *, reach: Reach | None = None, due: str = "2025-12-15 17:00", database: str | None = None
) -> Chat:
    """The office with one open round that every unit owes."""
    chat = Chat(home, database=database)
    if reach is not None:
        chat.reaches[chat.channel.name] = reach
        chat.restart()
    chat.opens(form(), due=due)
    return chat


def colleague(chat: Chat, key: str = "nga", name: str = "Nga", unit: str = UNIT) -> Speaker:
    """Another clerk of a unit, Lan's unless told otherwise."""
    with writing(chat.engine) as session:
        person = people.add_person(session, name, Role.CLERK, unit, chat.now)
        people.link(session, person.id, Account(chat.channel.name, key, f"chat-{key}", name, chat.now))
    return chat.as_(key)


def answers(speaker: Speaker, *lines: str) -> Speaker:
    """Say one line after the other; each is answered by exactly one message."""
    for line in lines:
        speaker.says(line)
        assert len(speaker.replies) == 1, (line, speaker.replies)
    return speaker


def stored(chat: Chat, round_id: int = 1, unit: str = UNIT) -> Submission:
    """The unit's report as the database has it."""
    found = chat.desk().submission(round_id, unit)
    assert found is not None
    return found


def values(chat: Chat, round_id: int = 1) -> Mapping[str, Value]:
    """The answers as the database has them."""
    return stored(chat, round_id).draft.values


def history(chat: Chat) -> tuple[Event, ...]:
    """What happened to the report."""
    return chat.desk().history(stored(chat).id)


def give_back(chat: Chat, reason: str, *to_fix: str) -> None:
    """Return the report as the office does."""
    one = stored(chat)
    with writing(chat.engine) as session:
        submissions.give_back(
            session, one.id, one.revision, reason, to_fix, chat.person("minh").id, chat.now.astimezone(VIETNAM)
        )
