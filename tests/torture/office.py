"""The office of the torture: its clerks, its admin, its report rounds."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bot.domain.forms import Form, Option, Prompt, PromptKind
from bot.domain.people import Account, Role, Unit
from bot.domain.rounds import Round, SubmissionState
from bot.store import forms, people, rounds, submissions
from knowledge.db import reading, writing
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_people import Person
from tests.torture.process import now

CLERKS = 6
CHANNEL = "telegram"
_LEVELS = (Option("tot", "Hoàn thành tốt"), Option("dat", "Đạt yêu cầu"))
_HANDED_IN = (SubmissionState.SUBMITTED, SubmissionState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a clerk answers to one prompt."""

    prompt: str
    typed: str
    stored: str


class Office:
    """The people, and what they were told is recorded."""

    def __init__(self, engine: Engine, server: FakeTelegram) -> None:
        self._engine = engine
        self.clerks = [server.user(f"clerk{number}") for number in range(CLERKS)]
        self.admin = server.user("admin")
        self.round = 0  # the open one
        # By round and unit: name of the prompt → stored answer, of everything the bot said it had noted.
        self.acknowledged: dict[tuple[int, str], dict[str, str]] = defaultdict(dict)
        with writing(engine) as session:
            for number, clerk in enumerate(self.clerks):
                people.add_unit(session, Unit(unit_of(number), f"Phòng số {number}"))
                _knows(session, clerk, Role.CLERK, unit_of(number))
            _knows(session, self.admin, Role.ADMIN, None)

    def next_round(self) -> None:
        """Close the round where every unit has handed in, or where there is none, and open another."""
        with writing(self._engine) as session:
            if self.round:
                done = submissions.of_round(session, self.round).values()
                if sum(one.state in _HANDED_IN for one in done) < CLERKS:
                    return
                rounds.change(session, self.round, due_at=None, closed_at=now())
            version = forms.add(session, _form(self.round + 1), "0" * 64, None, now())
            units = tuple(unit_of(number) for number in range(CLERKS))
            # Opened the day before yesterday and due the day after tomorrow: everybody who has not begun is reminded.
            opens, due = now() - timedelta(days=2), now() + timedelta(days=2)
            self.round = rounds.add(session, Round(0, f"Đợt {self.round + 1}", version, opens, due, units))

    def values(self, round_id: int, unit: str) -> Mapping[str, object]:
        """Return what stands in a unit's report."""
        with reading(self._engine) as session:
            found = submissions.of_unit(session, round_id, unit)
        return found.draft.values if found else {}


def unit_of(number: int) -> str:
    """Return the unit of the clerk with that number."""
    return f"phong-{number}"


def answers(chance: random.Random) -> tuple[Answer, ...]:
    """Return what somebody answers to the prompts of the form, in order."""
    count, share, level = chance.randrange(1, 999), chance.randrange(0, 100), chance.choice(_LEVELS)
    told, wish = (f"Việc {kind} mã {chance.randrange(10**9)}" for kind in ("đã làm", "đề xuất"))
    return (
        Answer("so_sang_kien", str(count), str(count)),
        Answer("ket_qua", told, told),
        Answer("ty_le", f"{share},5", f"{share}.5"),
        Answer("muc_do", level.label, level.name),
        Answer("de_xuat", wish, wish),
    )


def _form(number: int) -> Form:
    def prompt(name: str, kind: PromptKind, label: str, options: tuple[Option, ...] = ()) -> Prompt:
        return Prompt(name, name, kind, label, options=options, required="true()")

    return Form(
        f"thu_{number}",  # another form each time: nobody is offered last period's answers
        "1",
        f"Báo cáo thử {number}",
        (
            prompt("so_sang_kien", PromptKind.INTEGER, "Số sáng kiến"),
            prompt("ket_qua", PromptKind.TEXT, "Kết quả tuyên truyền"),
            prompt("ty_le", PromptKind.DECIMAL, "Tỷ lệ đúng hẹn"),
            prompt("muc_do", PromptKind.SELECT_ONE, "Mức độ hoàn thành", _LEVELS),
            prompt("de_xuat", PromptKind.TEXT, "Đề xuất"),
        ),
    )


def _knows(session: Session, person: Person, role: Role, unit: str | None) -> None:
    known = people.add_person(session, person.account["first_name"], role, unit, now())
    people.link(session, known.id, Account(CHANNEL, str(person.id), str(person.id), "", now()))
