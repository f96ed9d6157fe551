"""The watched folder: what is dropped there is offered once, whole, in one list; what is refused says why."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot import settings
from bot.app import App
from bot.errors import SettingError
from bot.publishing.watching import Watcher, trouble
from bot.serving import Serving
from bot.store import jobs
from knowledge.db import reading
from tests.bot.publishing import PLAN, SECRET, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures
from tests.bot.test_publishing import zipped


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "hop-thu"
    folder.mkdir()
    return folder


@pytest.fixture
def watcher(office: Office, inbox: Path) -> Watcher:
    return watching(office, inbox)


def watching(office: Office, inbox: Path) -> Watcher:
    """Return what looks at the folder in a process that has just begun."""
    return Watcher(inbox, office.engine, office.files, lambda: office.now, 2**20)


def settles(watcher: Watcher, office: Office) -> None:
    """Look until everything is read and put away."""
    while not watcher.look():
        pass
    office.work()
    watcher.look()


def plan(number: int) -> str:
    return PLAN.replace("88/KH", f"{number}/KH")


def tree(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def offered(office: Office) -> list[str]:
    return [one.shown for one in office.service.context("fake", "", "", None, None, office.now).shelf.undecided()]


def test_what_arrives_together_is_one_list_once_nothing_changes_any_more(
    office: Office, watcher: Watcher, inbox: Path
) -> None:
    (inbox / "a.txt").write_text(plan(91))
    assert watcher.look() == 0
    (inbox / "b.txt").write_text(plan(92)[:80])  # still being copied
    assert watcher.look() == 0
    (inbox / "b.txt").write_text(plan(92))
    (inbox / "nam 2025" / "qui 1").mkdir(parents=True)
    (inbox / "nam 2025" / "qui 1" / "b.txt").write_text(plan(93))
    (inbox / "nam 2025" / "d.txt").write_text(plan(94))
    (inbox / "dang-tai.pdf.part").write_bytes(b"%PDF")
    assert watcher.look() == 0 and watcher.look() == 4
    minh = office.as_("minh")
    office.work()
    minh.hears().sees("Đã đọc 4 văn bản", "Kế hoạch 91/KH-SVT", "Kế hoạch 93/KH-SVT")
    watcher.look()
    assert tree(inbox) == {"dang-tai.pdf.part", "da-doc/a.txt", "da-doc/b.txt", "da-doc/b (2).txt", "da-doc/d.txt"}
    minh.taps("Công bố cả 4").sees("Đã công bố", replies=2)
    assert watcher.look() == 0  # and nothing of it is taken again


def test_one_file_that_never_ends_does_not_hold_up_the_others(office: Office, watcher: Watcher, inbox: Path) -> None:
    (inbox / "a.txt").write_text(plan(91))
    taken = 0
    for number in range(12):
        (inbox / "log.txt").write_text("dòng\n" * (number + 1))
        taken += watcher.look()
    assert taken == 1 and (inbox / "log.txt").exists()


def test_what_is_refused_says_why_and_is_kept_but_for_what_is_secret(
    office: Office, watcher: Watcher, inbox: Path
) -> None:
    (inbox / "mat.txt").write_text(SECRET)
    (inbox / "phim.mp4").write_bytes(b"\x00")
    (inbox / "rong.txt").write_bytes(b"")
    (inbox / "hong.pdf").write_bytes(b"%PDF-1.7 nothing of the sort")
    (inbox / "tot.txt").write_text(plan(91))
    (inbox / "goi.zip").write_bytes(zipped({"c.txt": plan(92).encode(), "x.exe": b"MZ", "d.txt": b"  "}))
    settles(watcher, office)
    refused = {path.name: path.read_text() for path in (inbox / "tu-choi").glob("*.txt") if path.suffixes[1:]}
    assert "độ mật" in refused["mat.txt.txt"] and "không công bố được" in refused["phim.mp4.txt"]
    assert "0 byte" in refused["rong.txt.txt"] and "hỏng" in refused["hong.pdf.txt"]
    assert "x.exe" in refused["goi.zip.txt"] and "c.txt" not in refused["goi.zip.txt"]
    assert tree(inbox) == {
        "tu-choi/mat.txt.txt", "tu-choi/phim.mp4", "tu-choi/phim.mp4.txt", "tu-choi/rong.txt", "tu-choi/rong.txt.txt",
        "tu-choi/hong.pdf", "tu-choi/hong.pdf.txt", "tu-choi/goi.zip", "tu-choi/goi.zip.txt", "da-doc/tot.txt",
    }  # fmt: skip
    assert sorted(offered(office)) == ["Kế hoạch 91/KH-SVT", "Kế hoạch 92/KH-SVT"]


def test_a_second_file_of_the_same_name_never_takes_the_place_of_the_first(
    office: Office, watcher: Watcher, inbox: Path
) -> None:
    for content in (b"\x00", b"\x01"):
        (inbox / "phim.mp4").write_bytes(content)
        settles(watcher, office)
    kept = [path.read_bytes() for path in sorted((inbox / "tu-choi").glob("*.mp4"))]
    assert sorted(kept) == [b"\x00", b"\x01"]


def test_the_same_content_again_waits_for_one_decision(office: Office, watcher: Watcher, inbox: Path) -> None:
    (inbox / "a.txt").write_text(PLAN)
    (inbox / "b.txt").write_text(PLAN)
    settles(watcher, office)
    (inbox / "c.txt").write_text(PLAN)
    settles(watcher, office)
    assert offered(office) == ["Kế hoạch 88/KH-SVT"]
    says = "Trùng từng chữ với văn bản số 1 đang chờ công bố"
    assert all(says in (inbox / "tu-choi" / f"{name}.txt.txt").read_text() for name in "bc")
    minh = office.as_("minh")
    minh.says("/congbo 1").sees("Đã công bố", replies=2)
    (inbox / "d.txt").write_text(PLAN)
    settles(watcher, office)
    minh.hears().sees("không cần công bố lại")


def test_a_file_that_goes_on_being_written_after_it_was_read_is_taken_anew(
    office: Office, watcher: Watcher, inbox: Path
) -> None:
    with (inbox / "cham.txt").open("w", encoding="utf-8") as copying:  # a copy that paused for long
        copying.write(PLAN[:400])
        copying.flush()
        while not watcher.look():
            pass
        copying.write(PLAN[400:])
    office.work()
    watcher.look()
    assert (inbox / "cham.txt").read_text() == PLAN
    settles(watcher, office)
    assert tree(inbox) == {"da-doc/cham.txt"} and len(offered(office)) == 2  # the half was offered too, and says so


def test_a_file_that_cannot_be_read_does_not_hold_up_the_others(
    office: Office, watcher: Watcher, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.read_bytes

    def broken(path: Path) -> bytes:
        if path.name == "loi.txt":
            raise OSError(5, "Input/output error")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", broken)
    (inbox / "loi.txt").write_text(PLAN)
    (inbox / "tot.txt").write_text(plan(91))
    settles(watcher, office)
    assert "Không đọc được tệp (Input/output error)" in (inbox / "tu-choi" / "loi.txt.txt").read_text()
    assert offered(office) == ["Kế hoạch 91/KH-SVT"]


def test_killed_before_a_file_was_moved_it_is_offered_once(
    office: Office, watcher: Watcher, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process is gone."""

    def dies(one: object, two: object) -> None:
        raise Killed

    (inbox / "a.txt").write_text(PLAN)
    watcher.look()
    with monkeypatch.context() as killing:
        killing.setattr(os, "replace", dies)
        with pytest.raises(Killed):
            watcher.look()
    after = watching(office, inbox)
    settles(after, office)
    assert offered(office) == ["Kế hoạch 88/KH-SVT"] and tree(inbox) == {"da-doc/a.txt"}
    with reading(office.engine) as session:
        assert [one.id for one in jobs.ended(session, 9)] == [1]


def test_links_are_left_alone(office: Office, watcher: Watcher, inbox: Path, tmp_path: Path) -> None:
    outside = tmp_path / "ngoai"
    outside.mkdir()
    (outside / "rieng.txt").write_text(PLAN)
    (inbox / "lien-ket.txt").symlink_to(outside / "rieng.txt")
    (inbox / "thu-muc").symlink_to(outside)
    assert [watcher.look() for _ in range(3)] == [0, 0, 0] and (outside / "rieng.txt").exists()


@pytest.mark.parametrize("name", [b"k\xff ho.txt", b"-rf.txt", "tệp \n xuống dòng.txt".encode(), b"a" * 240 + b".txt"])
def test_odd_names_are_taken_like_others(office: Office, watcher: Watcher, inbox: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(inbox) + b"/" + name))
    path.write_text(PLAN)
    settles(watcher, office)
    assert offered(office) == ["Kế hoạch 88/KH-SVT"] and [one.parent.name for one in inbox.rglob("*.txt")] == ["da-doc"]


def test_odd_names_are_refused_like_others(office: Office, watcher: Watcher, inbox: Path) -> None:
    for name in (b"k\xff ho.mp4", b"b" * 251 + b".mp4"):
        Path(os.fsdecode(os.fsencode(inbox) + b"/" + name)).write_bytes(b"\x00")
    settles(watcher, office)
    kept = [path for path in (inbox / "tu-choi").iterdir() if not path.name.endswith(".txt")]
    assert len(kept) == 2 and len(list((inbox / "tu-choi").iterdir())) == 4


@pytest.mark.parametrize("error", [OSError("the share is away"), ValueError("a slip")])
def test_what_goes_wrong_at_one_look_does_not_end_the_watching(
    office: Office, watcher: Watcher, inbox: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails() -> int:
        raise error

    serving = Serving(office.service, {}, "one", lambda: office.now, (90, 1095), watcher=watcher)
    (inbox / "a.txt").write_text(PLAN)
    with monkeypatch.context() as broken:
        broken.setattr(watcher, "look", fails)
        serving._watch_once(watcher)
    for _ in range(2):
        serving._watch_once(watcher)
    office.work()
    assert offered(office) == ["Kế hoạch 88/KH-SVT"]


def test_the_programs_own_folders_are_not_watched(tmp_path: Path) -> None:
    home = tmp_path / "var"
    for wrong in (home, tmp_path, tmp_path / "x" / "..", home / "documents", home / "files" / "ab"):
        assert trouble(wrong, home) is not None, wrong
    for right in (tmp_path / "hop-thu", home / "hop-thu"):
        assert trouble(right, home) is None, right
    app = App(settings.read({"TDKT_HOME": str(home), "TDKT_INBOX_FOLDER": str(home)}, tmp_path / "no.env"))
    with pytest.raises(SettingError, match="TDKT_INBOX_FOLDER không được là thư mục dữ liệu"):
        _ = app.watcher
