"""What scripted people say, and what they wait for before they go on; they bear with answers that come twice."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.bot.library import DEADLINE
from tests.fakes.telegram_people import Person
from tests.torture.office import Office, answers, unit_of

_SHORT, _LONG = 0.0, 0.15  # seconds that people think before they write


@dataclass(frozen=True, slots=True)
class Say:
    """One message, and how its answer is known among what comes."""

    text: str
    answered: Callable[[str], bool]
    noted: Callable[[], None] = lambda: None  # called with the answer: from now on it must never be lost
    tap: bool = False  # the newest button of that label rather than a text
    files: int = 0  # an album of so many rather than a text


@dataclass
class Speaker:
    """One person at their telephone."""

    person: Person
    script: Iterator[Say]
    chance: random.Random
    sent: int = 0
    since: float = 0.0  # when the last message was sent
    _waits: Say | None = None
    _next_at: float = 0.0
    _over: bool = field(default=False)

    @property
    def waiting(self) -> bool:
        """Tell whether an answer is still to come."""
        return self._waits is not None

    @property
    def says(self) -> str:
        """What was said last."""
        return self._waits.text if self._waits else ""

    def turn(self, *, go_on: bool) -> None:
        """Read what came; where it is the answer, think, and write the next message if people still `go_on`."""
        told = [sent.text for sent in self.person.unread()]
        if self._waits is not None:
            if not any(self._waits.answered(text) for text in told):
                return
            self._waits.noted()
            self._waits = None
            self._next_at = time.monotonic() + self.chance.uniform(_SHORT, _LONG)
        if go_on and time.monotonic() >= self._next_at:
            self._write(next(self.script))

    def _write(self, say: Say) -> None:
        self._waits, self.since = say, time.monotonic()
        self.sent += 1
        if say.tap:
            self.person.taps(say.text)
        elif say.files:
            self.person.sends_album([(f"{number}.pdf", b"%PDF-1.4") for number in range(say.files)], say.text)
        else:
            self.person.sends(say.text)


def clerk(office: Office, number: int, chance: random.Random) -> Iterator[Say]:
    """Talk like a clerk: reports, with questions before, after and in the middle."""
    done = 0
    while True:
        if office.round != done and chance.random() < 0.7:
            done = office.round
            yield from _report(office, done, number, chance)
        elif chance.random() < 0.1:  # one message to people, several to a bot: one step, one answer
            yield Say("mấy tệp này", lambda text: "không có câu hỏi nào cần tệp" in text, files=chance.randrange(2, 5))
        else:
            yield _small_talk(number, chance)


def admin(chance: random.Random) -> Iterator[Say]:
    """Talk like somebody who mostly reads."""
    while True:
        yield _small_talk(CLERKS_ASIDE, chance)


CLERKS_ASIDE = 99  # the admin's number in what is said


def _small_talk(number: int, chance: random.Random) -> Say:
    if chance.random() < 0.3:
        return Say("hạn báo cáo kế hoạch 77 là khi nào?", lambda text: DEADLINE in text)
    word = f"khongco{number}x{chance.randrange(10**9)}"  # said back, and so its answer is known for certain
    return Say(f"/{word}", lambda text: word in text)


def _report(office: Office, round_id: int, number: int, chance: random.Random) -> Iterator[Say]:
    given = answers(chance)
    unit = unit_of(number)
    title = f"Đợt {round_id}”"
    yield Say("/baocao", lambda text: title in text and "Câu 1/5" in text)
    for at, answer in enumerate(given, start=1):
        if at in (1, 3) and chance.random() < 0.3:
            yield Say("tiêu chí hạn báo cáo là gì?", lambda text: DEADLINE in text)
        if at == 3 and chance.random() < 0.3:
            yield Say("abcd", lambda text: "Câu 3/5" in text and "Đã ghi" not in text)  # asked again

        def note(name: str = answer.prompt, stored: str = answer.stored) -> None:
            office.acknowledged[round_id, unit][name] = stored

        noted = f"Đã ghi câu {at}"
        after = f"Câu {at + 1}/5" if at < len(given) else "Xem lại trước khi nộp"
        tap = answer.prompt == "muc_do" and chance.random() < 0.5
        yield Say(answer.typed, lambda text, a=noted, b=after: a in text and b in text, note, tap)
    receipt = f"“Đợt {round_id}” của Phòng số {number}"
    yield Say("Nộp báo cáo", lambda text: receipt in text and "Số biên nhận" in text, tap=chance.random() < 0.5)
