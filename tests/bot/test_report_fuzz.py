"""Whatever is said, tapped or sent in mid-report: nothing raises, one message is answered, no answer gets lost."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.codec import dumps, loads
from bot.dialogues.report.words import Move, read
from bot.dialogues.state import State
from bot.domain.forms import Value
from bot.domain.messages import IncomingKind
from bot.domain.people import Unit
from bot.service import SORRY
from bot.store import conversations, people
from knowledge.db import reading, writing
from knowledge.text import fold
from tests.bot.chat import Chat, Speaker
from tests.bot.report_kit import PDF, ZALO, colleague, form, office

said = st.sampled_from(
    [
        "/baocao", "/xemlai", "/dabaocao", "/giup", "/moi", "/hoi hạn?", "12", "0", "mười hai", "12,5%",
        "15/11", "mai", "có", "không", "1", "2", "1, 2", "3", "bỏ qua", "quay lại", "sửa câu 1",
        "sửa câu 2 thành 7", "sửa câu 99", "xem lại", "xem câu 1", "để sau", "hủy", "giữ nguyên", "để trống",
        "xong", "xóa mục này", "mặc định", "tiêu chí là gì?", "hạn?", "Phòng A",
        "1) 12\n2) 3", "1) x\n2) y\n3) z", "\n\n", "?", "🎉", "<b>&lt;</b>", "\u202eabc\u202c", "\x00\x07", "9" * 400,
        "½", "٣", "\ufffe", "\ud83d", "a" * 3000, "-5", "1e9", "12?", "=1+1", "sửa câu", "Nộp báo cáo", "ghi đè",
    ]
)  # fmt: skip
acts = st.one_of(
    said, said, st.integers(0, 7), st.sampled_from(["FILE", "BAD FILE", "RESTART", "NGA"]), st.text(max_size=30)
)  # fmt: skip
# What may take an answer away, because it says so.
_TAKES = frozenset({Move.EDIT, Move.CLEAR, Move.DROP})
_ASKING = ("cancel", "drop", "clash")  # what a yes to takes an answer away


def _leaves(values: Mapping[str, Value]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, str):
            found[name] = value
            continue
        for at, entry in enumerate(value):
            found |= {f"{name}/{at}/{key}": one for key, one in entry.items()}
    return {path: value for path, value in found.items() if value and path != "tong"}


@dataclass
class Desk:
    """One unit with two clerks and a report of its own."""

    office: Chat
    unit: str
    round: int
    lan: Speaker
    nga: Speaker

    def kept(self) -> dict[str, str]:
        one = self.office.desk().submission(self.round, self.unit)
        return _leaves(one.draft.values) if one else {}

    def state(self) -> State:
        with reading(self.office.engine) as session:
            return conversations.load(session, "fake", self.lan.chat).state

    def does(self, act: str | int) -> bool:
        """Do one thing and see that it was answered; tells whether it may take answers away."""
        state, lan = self.state(), self.lan
        takes = state.filling is not None and state.filling.doing in _ASKING
        before = len(self.office.channel.delivered)
        if isinstance(act, int):
            choice = state.choices[act % len(state.choices)] if state.choices else None
            lan.sends(IncomingKind.TAP, choice=choice.key if choice else "nothing", turn=lan.turn)
            takes = takes or (choice is not None and choice.key in ("clear", "drop", "discard"))
        elif act == "RESTART":
            self.office.restart()
            return False
        elif act in ("FILE", "BAD FILE"):
            lan.attaches(("a.pdf", PDF) if act == "FILE" else ("a.exe", b"MZ"))
        elif act == "NGA":
            self.nga.says("/baocao")
            self.nga.says("7")
        else:
            lan.says(act)
            word = read(act)
            takes = takes or (word is not None and word.move in _TAKES)
        told = [one.reply.text for one in self.office.channel.delivered[before:]]
        assert told and all(told)
        assert SORRY not in told
        return takes


def _desk(chat: Chat, number: int) -> Desk:
    unit = f"don-vi-{number}"
    with writing(chat.engine) as session:
        people.add_unit(session, Unit(unit, f"Đơn vị {number}"))
    round_id = chat.opens(form(), unit)
    lan, nga = (colleague(chat, f"{who}-{number}", who.title(), unit) for who in ("lan", "nga"))
    return Desk(chat, unit, round_id, lan, nga)


@pytest.fixture(scope="module", params=[None, ZALO], ids=["buttons", "batches"])
def one_office(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Chat:
    return office(tmp_path_factory.mktemp("fuzz"), reach=request.param)


_numbers = itertools.count(1)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(course=st.lists(acts, min_size=5, max_size=16))
def test_nothing_breaks_and_no_accepted_answer_is_lost(one_office: Chat, course: list[str | int]) -> None:
    desk = _desk(one_office, next(_numbers))
    desk.lan.says("/baocao")
    for act in course:
        state = desk.state()
        if isinstance(act, str) and "hong" in fold(act) and state.holder != "report":
            continue  # the scripted failure of the library
        before = desk.kept()
        takes = desk.does(act)
        after = desk.kept()
        gone = {path for path in before if path not in after}
        if after.get("co_tt") != "co":
            gone.discard("ten_tt")
        assert takes or not gone, (act, gone)
        state = desk.state()
        assert loads(State, dumps(state)) == state
