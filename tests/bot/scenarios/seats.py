"""People at each channel, with one set of verbs: what a scenario is written in.

    lan.says("/baocao").sees("Câu 1/4")
    lan.taps("Nộp báo cáo").sees("Số biên nhận")

`sees` looks at everything that came since the person last did something, and waits for it where it is still to come.
"""

from __future__ import annotations

import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any, Self

import httpx
import lxml.html

from tests.bot.scenarios.program import Program
from tests.fakes.telegram_people import Person as TelegramPerson
from tests.fakes.telegram_people import Sent
from tests.fakes.zalo_people import Person as ZaloPerson

PATIENCE = 15.0  # seconds that a person waits, on a busy machine


class Seat(ABC):
    """One person at one channel."""

    def __init__(self) -> None:
        self.heard: list[str] = []  # since the person last did something

    def says(self, text: str) -> Self:
        """Write a line."""
        self._begin()
        self._say(text)
        return self

    def taps(self, label: str) -> Self:
        """Choose what begins with `label` among what was offered since the person last did something."""
        give_up = time.monotonic() + PATIENCE
        while (choose := self._choice(label)) is None:
            assert time.monotonic() < give_up, (label, self.heard)
            self._wait()
            self._listen()
        self._begin()
        choose()
        return self

    def sends(self, name: str, content: bytes) -> Self:
        """Send a file."""
        self._begin()
        self._send(name, content)
        return self

    def answers(self, *lines: str) -> Self:
        """Answer several prompts that follow one another."""
        for line in lines[:-1]:
            self.says(line).sees("Đã ghi")
        return self.says(lines[-1])

    def sees(self, *fragments: str) -> Self:
        """Wait until all of `fragments` were said."""
        wanted, give_up = [_plain(one) for one in fragments], time.monotonic() + PATIENCE
        while True:
            self._listen()
            text = self.text
            if all(one in text for one in wanted):
                return self
            if time.monotonic() > give_up:
                raise AssertionError(f"{[one for one in wanted if one not in text]} not in: {text}")
            self._wait()

    def hears(self) -> Self:
        """Wait until anything at all was said."""
        give_up = time.monotonic() + PATIENCE
        while not self.text:
            assert time.monotonic() < give_up
            self._wait()
            self._listen()
        return self

    def offers(self, label: str) -> bool:
        """Tell whether something that begins with `label` may be chosen now."""
        self._listen()
        return self._choice(label) is not None

    def turns_away(self) -> str:
        """Return everything heard since the person last did something, and begin anew."""
        self._listen()
        said = self.text
        self._begin()
        return said

    @property
    def text(self) -> str:
        """Everything heard since the person last did something, in one line."""
        return _plain(" ".join(self.heard))

    def finds(self, pattern: str) -> str:
        """Wait for what `pattern` describes and return its first group."""
        give_up = time.monotonic() + PATIENCE
        while (found := re.search(pattern, self.text)) is None:
            assert time.monotonic() < give_up, (pattern, self.text)
            self._wait()
            self._listen()
        return found[1]

    def _begin(self) -> None:
        self._listen()  # what comes late belongs to what was done before
        self.heard = []

    def _wait(self) -> None:
        time.sleep(0.02)

    @abstractmethod
    def downloads(self) -> bytes:
        """Return the file that came last."""

    @abstractmethod
    def _say(self, text: str) -> None: ...

    @abstractmethod
    def _choice(self, label: str) -> Callable[[], object] | None:
        """Return what chooses `label`, None where it is not offered."""

    @abstractmethod
    def _send(self, name: str, content: bytes) -> None: ...

    @abstractmethod
    def _listen(self) -> None:
        """Add what is new to what was heard."""


def _plain(text: str) -> str:
    return " ".join(text.split())


class InTelegram(Seat):
    """Somebody in Telegram: buttons, documents both ways."""

    def __init__(self, person: TelegramPerson) -> None:
        super().__init__()
        self._person = person
        self._sent: list[Sent] = []  # since the person last did something

    def downloads(self) -> bytes:
        return next(sent.document for sent in reversed(self._person.replies) if sent.files)

    def _say(self, text: str) -> None:
        self._person.sends(text)

    def _choice(self, label: str) -> Callable[[], object] | None:
        offering = [sent for sent in self._sent if any(one.startswith(label) for one in sent.labels)]
        return partial(offering[-1].taps, label) if offering else None

    def _send(self, name: str, content: bytes) -> None:
        self._person.sends_file(name, content)

    def _listen(self) -> None:
        new = self._person.unread()
        self._sent += new
        self.heard += [sent.text for sent in new]

    def _begin(self) -> None:
        super()._begin()
        self._sent = []


class Numbered(Seat):
    """Somebody whose choices are numbered lines."""

    def _choice(self, label: str) -> Callable[[], object] | None:
        line = re.compile(rf"^\s*(\d+)\. {re.escape(label)}", re.MULTILINE)
        numbers = [found[1] for one in self.heard for found in line.finditer(one)]
        return partial(self._say, numbers[-1]) if numbers else None


class InZalo(Numbered):
    """Somebody in Zalo: prompts come several at a time, files go through the page whose address is in the prompt."""

    def __init__(self, person: ZaloPerson) -> None:
        super().__init__()
        self._person = person
        self._page = ""

    def answers(self, *lines: str) -> Self:
        return self.says("\n".join(lines))

    def downloads(self) -> bytes:
        return httpx.get(self.finds(r"(http://\S+/tai-ve/[\w-]+)")).content

    def _say(self, text: str) -> None:
        self._person.sends(text)

    def _send(self, name: str, content: bytes) -> None:
        page = httpx.get(self._page)
        assert page.status_code == 200 and 'type="file"' in page.text
        done = httpx.post(self._page, files={"tep": (name, content)})
        assert "quay lại Zalo" in done.text, done.text

    def _listen(self) -> None:
        new = [sent.text for sent in self._person.unread()]
        for text in new:
            found = re.search(r"http://\S+/tai-len/[\w-]+", text)
            self._page = found[0] if found else self._page
        self.heard += new


class OnThePage(Seat):
    """Somebody with a browser that runs no script: forms, redirects, reloads."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._client = httpx.Client(base_url=program.url, follow_redirects=True, timeout=PATIENCE)
        self._seen = 0  # the newest turn that was looked at
        self._buttons: list[Any] = []  # offered since the person last did something

    def becomes_first_admin(self, name: str) -> None:
        """Take the set-up that the page offers while nobody is known."""
        assert "Thiết lập lần đầu" in self._client.get("/").text
        self._post("/thiet-lap", {"name": name})

    def downloads(self) -> bytes:
        path = self._document("/").xpath("(//a[starts-with(@href, '/tep/')])[last()]/@href")[0]
        return self._client.get(path).content

    def leaves(self) -> None:
        self._client.close()

    def _say(self, text: str) -> None:
        self._ask(text, ("", b""))  # what a browser sends where no file was chosen

    def _choice(self, label: str) -> Callable[[], object] | None:
        offered = [button for button in self._buttons if button.text_content().startswith(label)]
        if not offered:
            return None
        turn = offered[-1].getparent().xpath("input[@name='turn']/@value")[0]
        return partial(self._post, "/chon", {"turn": turn, "choice": offered[-1].get("value")})

    def _send(self, name: str, content: bytes) -> None:
        self._ask("", (name, content))

    def _ask(self, text: str, file: tuple[str, bytes]) -> None:
        parts = {"q": (None, text.encode("utf-8", "surrogatepass")), "tep": file}
        self._read(self._client.post("/hoi", files=parts))

    def _post(self, path: str, data: dict[str, str]) -> None:
        self._read(self._client.post(path, data=data))

    def _read(self, page: httpx.Response) -> None:
        if page.status_code == 422:  # not worth sending: said under the field
            self.heard.append(lxml.html.document_fromstring(page.text).get_element_by_id("loi").text_content())
            return
        assert page.status_code == 200, page.status_code
        self._look(page.text)

    def _listen(self) -> None:
        self._look(self._client.get("/").text)

    def _look(self, page: str) -> None:
        for turn in lxml.html.document_fromstring(page).xpath("//ol[@id='luot']/li"):
            number = int(turn.get("id").removeprefix("luot-"))
            if number > self._seen:
                self._seen = number
                self.heard.append(" ".join(turn.xpath("article//text()")))
                self._buttons += turn.xpath(".//form[@action='/chon']//button")

    def _begin(self) -> None:
        super()._begin()
        self._buttons = []

    def _document(self, path: str) -> Any:
        return lxml.html.document_fromstring(self._client.get(path).text)
