"""One place a channel: the program, the platform it talks to, and the people there."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.tables import InboxRow, OutboxRow
from knowledge.db import open_engine, reading, sqlite_url
from tests.bot.scenarios.program import Program
from tests.bot.scenarios.seats import InTelegram, InZalo, OnThePage, Seat
from tests.bot.scenarios.terminal_seat import AtTheTerminal
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo import FakeZalo


class Place(ABC):
    """One channel with everything it needs."""

    def __init__(self, folder: Path, stack: ExitStack, patch: pytest.MonkeyPatch, **variables: str) -> None:
        self.folder = folder
        self.patch = patch
        self.program = Program(folder / "home", **variables)
        self.database = variables.get("TDKT_DATABASE_URL") or sqlite_url(self.program.home)
        self.stack = stack
        stack.callback(self.program.stop)

    @abstractmethod
    def newcomer(self, name: str) -> Seat:
        """Return somebody whom nobody knows yet."""

    def admin(self) -> Seat:
        """Return the admin: known to the machine first, then linked by a code."""
        at_machine = AtTheTerminal(self.program, "minh", self.folder, self.patch)
        at_machine.sees("quản trị đầu tiên")
        code = at_machine.says("/themtaikhoan").finds(r"([A-Z0-9]{5}-[A-Z0-9]{5})")
        at_machine.leaves()
        return self.newcomer("minh").says(code).sees("Đã liên kết")

    def restarts(self) -> None:
        """Stop the program and start it again."""
        self.program.stop()
        self.program.start()

    def gives_form(self, admin: Seat, name: str, content: bytes) -> None:
        """Let the admin send a form and keep it."""
        admin.sends(name, content).sees("Biểu mẫu: Báo cáo thi đua").taps("Lưu biểu mẫu").sees("Đã lưu biểu mẫu")

    def troubles(self) -> list[str]:
        """Return the errors of messages that could not be processed or delivered."""
        engine = open_engine(self.database)
        with reading(engine) as session:
            inbox = session.scalars(select(InboxRow.error).where(InboxRow.error.is_not(None)))
            outbox = session.scalars(select(OutboxRow.state).where(OutboxRow.state.in_(("parked", "failed"))))
            found = [str(one) for one in (*inbox, *outbox)]
        engine.dispose()
        return found


class TelegramPlace(Place):
    def __init__(self, folder: Path, stack: ExitStack, patch: pytest.MonkeyPatch, **variables: str) -> None:
        self.server = stack.enter_context(FakeTelegram())
        variables.update(TDKT_TELEGRAM_TOKEN=self.server.token, TDKT_TELEGRAM_API=self.server.url)
        super().__init__(folder, stack, patch, **variables)
        self.program.start()

    def newcomer(self, name: str) -> Seat:
        return InTelegram(self.server.user(name))


class ZaloPlace(Place):
    def __init__(self, folder: Path, stack: ExitStack, patch: pytest.MonkeyPatch, **variables: str) -> None:
        self.server = stack.enter_context(FakeZalo())
        variables.update(TDKT_ZALO_TOKEN=self.server.token, TDKT_ZALO_API=self.server.url)
        super().__init__(folder, stack, patch, **variables)
        self.program.variables["TDKT_ZALO_WEBHOOK"] = self.program.url  # polling loses what comes in a restart
        self.program.start()

    def newcomer(self, name: str) -> Seat:
        return InZalo(self.server.user(name))

    def gives_form(self, admin: Seat, name: str, content: bytes) -> None:
        admin.says("/bieumau").taps("Gửi biểu mẫu mới").sees("/tai-len/")
        super().gives_form(admin, name, content)


class WebPlace(Place):
    def __init__(self, folder: Path, stack: ExitStack, patch: pytest.MonkeyPatch, **variables: str) -> None:
        super().__init__(folder, stack, patch, **variables)
        self.program.start()

    def newcomer(self, name: str) -> Seat:
        seat = OnThePage(self.program)
        self.stack.callback(seat.leaves)
        return seat

    def admin(self) -> Seat:
        seat = OnThePage(self.program)
        self.stack.callback(seat.leaves)
        seat.becomes_first_admin("Minh")
        return seat.sees("quản trị đầu tiên")


class TerminalPlace(Place):
    def __init__(self, folder: Path, stack: ExitStack, patch: pytest.MonkeyPatch, **variables: str) -> None:
        super().__init__(folder, stack, patch, **variables)
        self.seats: list[AtTheTerminal] = []
        stack.callback(self._all_leave)

    def newcomer(self, name: str) -> Seat:
        seat = AtTheTerminal(self.program, name, self.folder, self.patch)
        self.seats.append(seat)
        return seat

    def admin(self) -> Seat:
        return self.newcomer("minh").sees("quản trị đầu tiên")

    def restarts(self) -> None:
        """There is no server: everybody leaves and comes back."""
        self._all_leave()
        for seat in self.seats:
            seat.returns()

    def _all_leave(self) -> None:
        for seat in self.seats:
            seat.leaves()


Make = Callable[..., Place]
PLACES: dict[str, Make] = {"telegram": TelegramPlace, "zalo": ZaloPlace, "web": WebPlace, "terminal": TerminalPlace}
# On a server's database the widths of columns hold and a failed statement ends its transaction: one channel shows it.
ON_A_SERVER = "telegram-postgresql"


@pytest.fixture(params=[*PLACES, ON_A_SERVER])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, sqlite_made: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    """A place at each channel in turn, in an office that knows nobody."""
    channel, _, server = request.param.partition("-")
    (tmp_path / "home").mkdir()
    with ExitStack() as stack:
        variables = {}
        if server:
            variables["TDKT_DATABASE_URL"] = stack.enter_context(request.getfixturevalue("postgres").database())
        else:
            shutil.copy(sqlite_made / "tdkt.sqlite3", tmp_path / "home")
        yield PLACES[channel](tmp_path, stack, monkeypatch, **variables)
