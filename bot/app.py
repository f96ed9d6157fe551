"""The one place where things are wired: settings → index, assistant, database.

Whatever a command or a channel needs is made here, once, on first use; nothing else in `bot` constructs engines,
snapshots or assistants.
"""

from __future__ import annotations

import getpass
import logging
import os
import secrets
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.asking import VIETNAM, Library
from bot.errors import BadHome, NothingIndexed
from bot.libraries import Libraries
from index.build import BuildReport, update
from index.encoder import Encoder, load_encoder
from index.snapshot import SnapshotStore

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from starlette.types import ASGIApp

    from bot.channels.base import Channel
    from bot.desk import Helpers
    from bot.domain.messages import OutFile
    from bot.fetching import Fetcher
    from bot.occasions import Occasions
    from bot.planner import Planner
    from bot.publishing.publisher import Publisher
    from bot.publishing.watching import Watcher
    from bot.service import Service
    from bot.serving import Serving
    from bot.settings import Settings
    from bot.store.files import Files
    from bot.sweeping import Sweeper
    from bot.talk import Talk
    from bot.transfers import Transfers


_LOG = logging.getLogger(__name__)


def now() -> datetime:
    """Return the present in Vietnam: the only clock, read at the edge and passed inwards."""
    return datetime.now(VIETNAM)


class App:
    """Everything behind the commands and the channels."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._at_hand = frozenset({"terminal"})  # channels that only people at this machine reach
        self.local_url: str | None = None  # of the pages, where they are served on loopback; set before the service is

    @cached_property
    def home(self) -> Path:
        """The home folder, made when it is not there."""
        home = self.settings.home
        try:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)  # personal data
        except OSError as error:
            raise BadHome(
                f"Không tạo được thư mục dữ liệu {home}: {error.strerror}. "
                "Anh/chị chọn thư mục khác bằng --home hoặc TDKT_HOME."
            ) from error
        return home

    @cached_property
    def libraries(self) -> Libraries:
        """Where the current library comes from."""
        return Libraries(SnapshotStore(self.settings.home, lambda: self.encoder))

    @cached_property
    def engine(self) -> Engine:
        """The database, with every table brought up to date."""
        from bot.store import BOT
        from knowledge.db import KNOWLEDGE, migrate, open_engine, sqlite_url

        engine = open_engine(self.settings.database or sqlite_url(self.home))
        for history in (KNOWLEDGE, BOT):
            migrate(engine, history)
        return engine

    @cached_property
    def service(self) -> Service:
        """What takes the steps of all conversations."""
        from dataclasses import replace

        from bot.channels.configured import REACHES
        from bot.context import Rules
        from bot.service import Service

        rules = replace(Rules.of(self.settings), at_hand=self._at_hand)
        lease = timedelta(seconds=self.settings.lease_seconds)
        return Service(self.engine, self.libraries, rules, lease, helpers=self.helpers, reaches=REACHES)

    @cached_property
    def helpers(self) -> Helpers:
        """What the desk lets other parts of the program do."""
        from bot.desk import Helpers
        from bot.exports.consolidated import Office
        from bot.making import exporter, generate

        office = Office(self.settings.office, self.settings.office_parent, self.settings.office_place)
        made = exporter(office)
        fetcher = self.fetcher
        return Helpers(self.files, fetcher, generate, made, self.settings.public, self.local_url, expect=fetcher.expect)

    @cached_property
    def fetcher(self) -> Fetcher:
        """What fetches the files that people send, while channels are served."""
        from bot.fetching import Fetcher

        return Fetcher(timedelta(seconds=self.settings.lease_seconds))

    def talk(self, channel: str) -> Talk:
        """Return the conversation of whoever is logged in to this machine."""
        from bot.talk import Seat, Talk

        user = getpass.getuser()
        return Talk(self.service, Seat(channel, user, user, user), now)

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """The channels that are configured, by name."""
        from bot.channels.configured import channels
        from bot.dialogues.router import menu

        return channels(self.settings, menu(), self._content, self.transfers.link, now)

    def _content(self, file: OutFile) -> bytes:
        return self.files.read(file.sha256)

    @cached_property
    def transfers(self) -> Transfers:
        """Files that go in and out through links."""
        from bot.transfers import Transfers

        return Transfers(self.engine, self.files, self.settings.public, now)

    @cached_property
    def files(self) -> Files:
        """The attachments."""
        from bot.store.files import Files

        return Files(self.home)

    @cached_property
    def serving(self) -> Serving:
        """Everything that runs while the program serves."""
        from bot.serving import Serving

        owner = f"{os.getpid()}-{secrets.token_hex(8)}"  # a process number alone comes back after a restart
        days = (self.settings.message_days, self.settings.audit_days)
        return Serving(
            self.service,
            self.channels,
            owner,
            now,
            days,
            self.fetcher,
            planner=self.planner,
            occasions=self.occasions,
            publisher=self.publisher,
            watcher=self.watcher,
            sweeper=self.sweeper,
        )

    @cached_property
    def sweeper(self) -> Sweeper:
        """What removes files that nothing refers to."""
        from bot.sweeping import Sweeper

        return Sweeper(self.engine, self.files, timedelta(days=self.settings.file_days))

    @cached_property
    def publisher(self) -> Publisher:
        """What reads, publishes and withdraws documents in the background."""
        from bot.channels.configured import REACHES
        from bot.publishing.publisher import Means, Publisher

        means = Means(
            engine=self.engine,
            files=self.files,
            home=self.home,
            source=self.libraries,
            index=lambda progress: self.index([], progress=progress),
            clock=now,
            owner=f"{os.getpid()}-{secrets.token_hex(8)}",
            lease=timedelta(seconds=self.settings.lease_seconds),
            max_bytes=self.settings.max_file_bytes,
            edits=frozenset(name for name, reach in REACHES.items() if reach.edits),
        )
        return Publisher(means)

    @cached_property
    def watcher(self) -> Watcher | None:
        """What takes documents from the watched folder; None where none is set."""
        from bot.errors import SettingError
        from bot.publishing.watching import Watcher, trouble

        folder = self.settings.inbox_folder
        wrong = trouble(folder, self.home) if folder else None
        if wrong:
            raise SettingError("TDKT_INBOX_FOLDER", f"{wrong}: {folder}. Anh/chị chọn một thư mục riêng.")
        return Watcher(folder, self.engine, self.files, now, self.settings.max_file_bytes) if folder else None

    @cached_property
    def planner(self) -> Planner:
        """What puts reminders on their way."""
        from bot.planner import Planner

        return Planner(self.engine, self.service.rules.calendar)

    @cached_property
    def occasions(self) -> Occasions:
        """What follows from confirmed duties by itself."""
        from bot.occasions import Occasions

        rules = self.service.rules
        return Occasions(self.engine, self.libraries, rules.calendar, rules.open_days)

    @cached_property
    def encoder(self) -> Encoder:
        """The model that turns texts into vectors."""
        return load_encoder(self.settings.model)

    @property
    def samples(self) -> Path:
        """The fictional documents shipped with the program."""
        return Path(str(files("knowledge") / "samples"))

    def library(self) -> Library:
        """Return the current library; NothingIndexed when there is none."""
        library = self.libraries.current()
        if library is None:
            raise NothingIndexed
        return library

    def index(
        self, paths: Sequence[Path], *, rebuild: bool = False, progress: Callable[..., None] | None = None
    ) -> BuildReport:
        """Read, analyse and index `paths` into the home."""
        return update(
            self.home,
            paths,
            rebuild=rebuild,
            progress=progress,
            max_bytes=self.settings.max_file_bytes,
            encoder=self.encoder,
            database=self.settings.database,
        )

    def web(self, hosts: Collection[str] | None) -> ASGIApp:
        """Return the web application, answering to `hosts` (None: to any name); channels and workers run with it."""
        from bot.checkup import check_up
        from bot.checkup.documents import sources
        from bot.store.turns import Turns
        from bot.web.app import create_app
        from bot.web.pages import transfers
        from bot.web.site import Site

        public = self.settings.public
        name = urlsplit(public or "").hostname
        local = hosts is not None and public is None
        if local:
            self._at_hand |= {"web"}  # before the service is made
        site = Site(
            source=self.libraries,
            turns=Turns(self.engine),
            clock=now,
            service=self.service,
            files=self.files,
            local=local,
            checkup=lambda: check_up(self.settings, reach=False),
            sources=lambda: sources(self.settings),
            https_name=(name or "") if public and public.startswith("https://") else "",
        )
        serving = self.serving
        others = [route for one in self.channels.values() for route in one.routes(serving.store(one.name))]
        others += transfers.routes(site, self.transfers, serving.wake)
        return create_app(site, hosts, others, serving.running, {name} if name else ())

    def warm_up(self) -> threading.Thread:
        """Load the library beside everything else, so that the first question is not a slow one."""
        thread = threading.Thread(target=self._warm_up, name="warm-up", daemon=True)
        thread.start()
        return thread

    def _warm_up(self) -> None:
        try:
            library = self.libraries.current()
            if library is not None:
                library.examples(now())  # asks a few questions: encoder, indexes and all
        except Exception:  # whoever asks first hears what is wrong; serving goes on
            _LOG.warning("the documents could not be loaded beforehand", exc_info=True)
