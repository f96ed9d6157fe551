"""The office with a real library over the sample documents, and the worker that publishes into it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.libraries import Libraries
from bot.publishing.publisher import Means, Publisher
from index.build import BuildReport, update
from index.encoder import Encoder, load_encoder
from index.progress import Progress
from index.snapshot import SnapshotStore
from tests.bot.chat import Chat
from tests.databases import make_tables

SAMPLES = Path(__file__).resolve().parents[2] / "knowledge" / "samples"

PLAN = """SỞ VĂN THƯ TỈNH AN BÌNH

Số: 88/KH-SVT

An Bình, ngày 10 tháng 3 năm 2025

KẾ HOẠCH

Phát động phong trào thi đua “Kho sạch, hồ sơ đủ” năm 2025

Căn cứ Chỉ thị số 05/CT-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh An Bình, Sở Văn thư lập Kế hoạch như sau:

I. MỤC ĐÍCH

Mỗi kho lưu trữ được vệ sinh, khử trùng ít nhất hai lần trong năm.

II. TỔ CHỨC THỰC HIỆN

1. Các phòng, đơn vị thuộc Sở báo cáo kết quả thực hiện phong trào về Văn phòng Sở trước ngày 20/11/2025.

GIÁM ĐỐC

Đỗ Thị Mai
"""
SECRET = "MẬT\n\n" + PLAN
QUESTION = "Mỗi kho lưu trữ được vệ sinh, khử trùng mấy lần trong năm theo Kế hoạch 88/KH-SVT?"
TOLD = "ít nhất hai lần trong năm"


class Office(Chat):
    """People, clock and program over a real home."""

    encoder: Encoder | None = None

    def __init__(self, home: Path, made: Path) -> None:
        """`made`: a home with the samples indexed, to be copied."""
        shutil.copytree(made, home, dirs_exist_ok=True)
        make_tables(f"sqlite:///{home / 'tdkt.sqlite3'}")
        self.publishers = 0
        self.max_bytes = 2**20  # of one file
        self.edits: frozenset[str] = frozenset()  # channels on which a message can be changed
        super().__init__(home)

    def restart(self) -> None:
        """Throw everything away but the disk."""
        Office.encoder = Office.encoder or load_encoder()
        encoder = Office.encoder
        self.source = Libraries(SnapshotStore(self.home, lambda: encoder))  # type: ignore[assignment]  # a real one
        super().restart()
        self.publisher = self.another()

    def another(self, *, lease: float = 60.0) -> Publisher:
        """Return the worker of one more process."""
        self.publishers += 1
        means = Means(
            engine=self.engine,
            files=self.files,
            home=self.home,
            source=self.source,
            index=self.index,
            clock=lambda: self.now,
            owner=f"process-{self.publishers}",
            lease=timedelta(seconds=lease),
            max_bytes=self.max_bytes,
            edits=self.edits,
        )
        return Publisher(means, every=0.0)

    def index(self, progress: Progress) -> BuildReport:
        """Bring the index in line with the catalogue."""
        return update(self.home, [], progress=progress, encoder=Office.encoder, now=self.now)

    def work(self) -> None:
        """Process, publish and deliver until nothing is left to do."""
        super().work()
        while self.publisher.do_one():
            super().work()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the samples indexed."""
    home = tmp_path_factory.mktemp("made-office")
    update(home, [SAMPLES])
    return home


@pytest.fixture
def office(tmp_path: Path, made: Path) -> Iterator[Office]:
    """The office with the samples, nothing said yet."""
    one = Office(tmp_path, made)
    yield one
    one.engine.dispose()
