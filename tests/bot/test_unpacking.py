"""Archives: however many documents, one at a time in memory and one list for the admin; what is too much is refused."""

from __future__ import annotations

import os
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from bot.publishing.unpacking import MOST_MEMBERS, ArchiveRefused, Member, unpack
from tests.bot.publishing import PLAN, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures
from tests.bot.test_publishing import zipped

MANY = 200


def archive(folder: Path, members: dict[str, bytes], *, how: int = zipfile.ZIP_STORED) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", how) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return path


def test_two_hundred_documents_are_one_list_and_one_decision(office: Office) -> None:
    texts = {f"ho so/kh-{n}.txt": PLAN.replace("88/KH", f"{n}/KH").encode() for n in range(100, 100 + MANY)}
    texts |= {f"ho so/loi-{n}.exe": b"MZ" for n in range(60)}
    minh = office.as_("minh")
    minh.attaches(("ho so.zip", zipped(texts)))
    minh.sees(f"Đã đọc {MANY} văn bản", "và 160 văn bản nữa", "Không nhận 60 tệp", "và 20 tệp nữa", replies=3)
    assert max(len(reply.text) for reply in minh.replies) < 8000
    assert minh.choices[0].label == f"Công bố cả {MANY} văn bản"
    minh.taps("Không công bố").sees("và 195 văn bản khác, không giữ lại tệp")
    for _ in range(4):  # a hundred at a time, whenever nothing else is to be done
        office.work()
    assert not [path for path in (office.home / "files").rglob("*") if path.is_file()]


def test_one_document_at_a_time_is_in_memory(tmp_path: Path) -> None:
    size = 1 << 20
    path = archive(tmp_path, {f"{n}.pdf": os.urandom(size) for n in range(60)})
    tracemalloc.start()
    try:
        total = sum(len(member.content) for member in unpack(path, "a.zip", most_bytes=2 * size))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert total == 60 * size and most < 6 * size


def members(path: Path, most_bytes: int = 1 << 20) -> list[Member]:
    return list(unpack(path, "gói.zip", most_bytes=most_bytes))


def test_a_member_that_is_too_large_is_refused_by_itself(tmp_path: Path) -> None:
    small, large = members(archive(tmp_path, {"nho.txt": b"x" * 100, "lon.txt": b"x" * 2000}), most_bytes=1000)
    assert small.refusal is None and large.content == b"" and "quá lớn" in (large.refusal or "")


def test_more_than_it_may_have_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(ArchiveRefused, match=f"quá {MOST_MEMBERS} tệp"):
        members(archive(tmp_path, {f"{n}.txt": b"x" for n in range(MOST_MEMBERS + 1)}))


def test_a_directory_that_lies_about_sizes_is_found_out(tmp_path: Path) -> None:
    path = archive(tmp_path, {"a.txt": b"0" * (20 << 20)}, how=zipfile.ZIP_DEFLATED)
    lying = path.read_bytes().replace((20 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path.write_bytes(lying)
    with pytest.raises(ArchiveRefused):
        members(path, most_bytes=50 << 20)


def test_a_refused_archive_leaves_nothing_behind(office: Office) -> None:
    content = bytearray(zipped({"a.txt": PLAN.encode(), "b.txt": os.urandom(4000)}))
    at = content.index(b"b.txt") + 600
    content[at : at + 40] = bytes(40)  # the second member is damaged: found after the first was kept
    office.as_("minh").attaches(("hong.zip", bytes(content))).sees("hong.zip", "bị hỏng", replies=2)
    office.work()
    assert not [path for path in (office.home / "files").rglob("*") if path.is_file()]
