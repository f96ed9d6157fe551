"""Builds: only what changed is done again, what is refused does not stop the rest, and two builds do not meet."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import index.assembly
import index.intake
from index.build import BuildReport, update
from index.encoder import Encoder
from index.errors import IndexBusy, MissingPath, UnwritableHome
from index.lock import build_lock
from index.snapshot import Snapshot, SnapshotStore
from knowledge.document import FindingKind
from tests.index.doubles import HashingEncoder
from tests.index.samples import touch_later, write_plan

NOW = datetime(2025, 3, 1, 8, tzinfo=UTC)


class Office:
    """A folder of documents and the home they are indexed into."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "van-ban"
        self.home = root / "home"
        self.encoder = HashingEncoder()
        self.folder.mkdir()

    def index(self, *paths: Path, encoder: Encoder | None = None, **options: bool) -> BuildReport:
        chosen = encoder or self.encoder
        return update(self.home, paths or (self.folder,), encoder=chosen, now=NOW, patience=0.2, **options)

    def snapshot(self) -> Snapshot:
        snapshot = SnapshotStore(self.home, lambda: self.encoder).current()
        assert snapshot is not None
        return snapshot

    def files(self) -> set[str]:
        return {card.file for card in self.snapshot().documents}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def test_a_folder_is_indexed_with_all_below_it(office: Office) -> None:
    write_plan(office.folder, 1)
    write_plan(office.folder / "cu" / "2024", 2)
    report = office.index()
    assert (report.documents, counts(report), report.refused) == (2, (2, 0, 0, 0), ())
    snapshot = office.snapshot()
    assert [card.file for card in snapshot.documents] == ["ke-hoach-1.txt", "ke-hoach-2.txt"]
    assert report.passages == len(snapshot) == snapshot.documents[-1].last
    card = snapshot.documents[1]
    assert card.header.symbol == "2/KH-SVH"
    assert {snapshot.passage(number).document for number in range(card.first, card.last)} == {1}
    assert snapshot.document(1).text[: snapshot.passage(card.first).end].endswith(snapshot.passage(card.first).text)


def test_what_did_not_change_is_neither_read_nor_encoded_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        write_plan(office.folder, number)
    office.index()
    encoded = office.encoder.encoded
    write_plan(office.folder, 7)
    touch_later(office.folder / "ke-hoach-1.txt")
    monkeypatch.setattr(index.intake, "analyse", only("ke-hoach-7.txt", index.intake.analyse))
    report = office.index()
    assert counts(report) == (1, 0, 0, 3)
    card = office.snapshot().documents[-1]
    assert card.file == "ke-hoach-7.txt"
    assert office.encoder.encoded - encoded == card.last - card.first


def test_nothing_new_makes_no_new_version(office: Office) -> None:
    write_plan(office.folder, 1)
    office.index()
    version = office.snapshot().version
    assert counts(office.index()) == (0, 0, 0, 1)
    assert office.snapshot().version == version


def only(name: str, analyse: Callable[..., object]) -> Callable[..., object]:
    def guarded(path: Path, **options: int) -> object:
        assert path.name == name, f"{path.name} was read again"
        return analyse(path, **options)

    return guarded


def test_changed_and_vanished_files_change_and_leave_the_index(office: Office) -> None:
    for number in range(4):
        write_plan(office.folder, number)
    office.index()
    write_plan(office.folder, 1, "Hội chợ hoa tết")
    (office.folder / "ke-hoach-2.txt").unlink()
    report = office.index()
    assert (report.documents, counts(report)) == (3, (0, 1, 1, 2))
    assert office.files() == {"ke-hoach-0.txt", "ke-hoach-1.txt", "ke-hoach-3.txt"}
    words = office.snapshot().vocabulary.accented_df
    assert "tết" in words
    assert "phiên" not in words  # only plan 2 had a "Chợ phiên"


def test_documents_from_elsewhere_stay(office: Office, tmp_path: Path) -> None:
    write_plan(office.folder, 1)
    office.index()
    other = write_plan(tmp_path / "noi-khac", 2)
    assert office.index(other).documents == 2
    other.unlink()
    assert office.index().documents == 2  # not below the folder that was given
    assert counts(office.index(other)) == (0, 0, 1, 1)


def test_a_folder_that_vanished_takes_its_documents_along(office: Office) -> None:
    inner = write_plan(office.folder / "cu", 1).parent
    write_plan(office.folder, 2)
    office.index()
    (inner / "ke-hoach-1.txt").unlink()
    inner.rmdir()
    assert counts(office.index(inner)) == (0, 0, 1, 1)


def test_a_path_that_never_was_is_an_error(office: Office) -> None:
    with pytest.raises(MissingPath, match="khong-co"):
        office.index(office.folder / "khong-co")
    assert SnapshotStore(office.home).current() is None


def test_an_empty_folder_makes_an_empty_index(office: Office) -> None:
    report = office.index()
    assert (report.documents, report.passages) == (0, 0)
    snapshot = office.snapshot()
    assert (len(snapshot), list(snapshot.documents)) == (0, [])
    assert snapshot.accented.scores(["sách"]).tolist() == []
    assert len(snapshot.vectors.search(np.ones(32, np.float32), 3)[0]) == 0


def test_the_last_document_may_go(office: Office) -> None:
    path = write_plan(office.folder, 1)
    office.index()
    path.unlink()
    assert office.index().documents == 0
    assert len(office.snapshot()) == 0


def test_refused_files_are_named_each_time_and_the_rest_goes_on(office: Office) -> None:
    write_plan(office.folder, 1)
    (office.folder / "rong.txt").write_bytes(b"")
    (office.folder / "hong.pdf").write_bytes(b"%PDF-1.7 khong phai pdf")
    for _ in range(2):
        report = office.index()
        assert report.documents == 1
        assert [refusal.file for refusal in report.refused] == ["hong.pdf", "rong.txt"]
        assert all(refusal.reason.endswith(".") for refusal in report.refused)


def test_a_fault_of_the_program_in_one_file_does_not_stop_the_rest(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write_plan(office.folder, 1)
    write_plan(office.folder, 2)
    analyse = index.intake.analyse

    def faulty(path: Path, **options: int) -> object:
        if path.name == "ke-hoach-1.txt":
            raise ZeroDivisionError("không lường trước")
        return analyse(path, **options)

    monkeypatch.setattr(index.intake, "analyse", faulty)
    report = office.index()
    assert (report.documents, [refusal.file for refusal in report.refused]) == (1, ["ke-hoach-1.txt"])
    assert "không lường trước" in caplog.text
    monkeypatch.undo()
    assert office.index().documents == 2  # it was not remembered against the file


def test_hidden_files_locks_and_the_home_itself_are_left_out(office: Office) -> None:
    write_plan(office.folder, 1)
    for name in ("~$ke-hoach.docx", ".an.txt", "Thumbs.db", ".git/config"):
        path = office.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("không phải văn bản", encoding="utf-8")
    office.home = office.folder / "var"
    office.index()
    write_plan(office.home, 5)
    report = office.index()
    assert (report.documents, report.refused) == (1, ())


def test_a_link_that_leads_back_up_ends(office: Office) -> None:
    write_plan(office.folder / "trong", 1)
    (office.folder / "trong" / "vong").symlink_to(office.folder, target_is_directory=True)
    assert office.index().documents == 1


def test_a_link_that_leads_nowhere_is_refused(office: Office) -> None:
    write_plan(office.folder, 1)
    (office.folder / "mat.txt").symlink_to(office.folder / "khong-con.txt")
    report = office.index()
    assert (report.documents, [refusal.file for refusal in report.refused]) == (1, ["mat.txt"])


def test_a_folder_that_cannot_be_opened_loses_no_documents(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = write_plan(office.folder / "khoa", 1).parent
    office.index()
    scandir = os.scandir

    def refusing(path: Any) -> Any:  # as for anybody but root, whom no mode of a folder keeps out
        if Path(path) == closed:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    with monkeypatch.context() as context:
        context.setattr(os, "scandir", refusing)
        report = office.index()
    assert (report.documents, [refusal.file for refusal in report.refused]) == (1, ["khoa"])


def test_another_encoder_encodes_everything_anew(office: Office) -> None:
    for number in range(3):
        write_plan(office.folder, number)
    report = office.index()
    other = HashingEncoder("hashing-2", 16)
    again = office.index(encoder=other)
    assert counts(again) == (0, 0, 0, 3)
    assert other.encoded == report.passages == again.passages
    office.encoder = other
    assert office.snapshot().vectors.search(other.encode_queries(["đọc sách"])[0], 1)[1][0] > 0


def test_rebuild_reads_and_encodes_everything_anew(office: Office) -> None:
    write_plan(office.folder, 1)
    report = office.index()
    before = office.snapshot().version
    again = office.index(rebuild=True)
    assert counts(again) == (0, 0, 0, 1)
    assert office.encoder.encoded == 2 * report.passages
    assert office.snapshot().version > before


def test_an_index_that_grew_answers_like_one_made_at_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments are kept, shared, dropped and copied together; scores and vectors come out the same."""
    monkeypatch.setattr(index.assembly, "_SMALL", 4)
    for number in range(9):
        write_plan(office.folder, number)
        if number % 2:
            office.index()
        if number % 3 == 2:
            (office.folder / f"ke-hoach-{number - 1}.txt").unlink()
    office.index()
    grown = office.snapshot()
    assert len(grown.manifest.segments) > 1
    assert any(segment.dead for segment in grown.manifest.segments)
    office.home = office.home.parent / "moi"
    office.index()
    whole = office.snapshot()
    assert facts(grown) == facts(whole)


def facts(snapshot: Snapshot) -> dict[str, object]:
    query = snapshot.encoder.encode_queries(["gửi danh sách đêm hát"])[0]
    words = ["đêm", "hát", "đêm_hát", "sở"]
    rows = np.arange(len(snapshot))
    found = {
        snapshot.passage(row).id: (round(float(lexical), 3), round(float(folded), 3), round(float(cosine), 3))
        for row, lexical, folded, cosine in zip(
            rows.tolist(),
            snapshot.accented.scores(words),
            snapshot.folded.scores(["dem", "hat", "so"]),
            snapshot.vectors.similarities(query, rows),
            strict=True,
        )
    }
    heads = dict(zip((c.file for c in snapshot.documents), snapshot.heads.scores(["hat", "vi"]).round(3), strict=True))
    words_df = snapshot.vocabulary
    return {"rows": found, "heads": heads, "accented": words_df.accented_df, "folded": words_df.folded_df}


def test_a_document_found_to_be_secret_leaves_nothing_behind(office: Office) -> None:
    path = write_plan(office.folder, 1, "Hội nghị tuyệt đối riêng")
    write_plan(office.folder, 2)
    office.index()
    path.write_text("TUYỆT MẬT\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    report = office.index()
    assert [refusal.file for refusal in report.refused] == ["ke-hoach-1.txt"]
    assert office.files() == {"ke-hoach-2.txt"}
    kept = [file for file in (office.home / "index").rglob("*") if file.is_file()]
    assert not any("tuyệt".encode() in file.read_bytes() for file in kept)
    assert len(list((office.home / "index").glob("0*"))) == 1


def test_progress_is_told_to_its_end(office: Office) -> None:
    for number in range(3):
        write_plan(office.folder, number)
    told: list[tuple[str, int, int]] = []
    update(office.home, [office.folder], encoder=office.encoder, progress=lambda *at: told.append(at), now=NOW)
    assert ("read", 3, 3) in told
    assert ("index", 3, 3) in told
    assert all(done <= total for _, done, total in told)


def test_findings_between_documents_come_and_go(office: Office) -> None:
    first = write_plan(office.folder, 1)
    office.index()
    copy = office.folder / "ban-sao.txt"
    copy.write_text(first.read_text(encoding="utf-8").replace("Số: 1/", "Số: 99/"), encoding="utf-8")
    write_plan(office.folder, 2)
    office.index()
    assert duplicates(office) == {"ke-hoach-1.txt", "ban-sao.txt"}
    copy.unlink()
    office.index()
    assert duplicates(office) == set()


def duplicates(office: Office) -> set[str]:
    kinds = {card.file: {finding.kind for finding in card.findings} for card in office.snapshot().documents}
    return {file for file, found in kinds.items() if FindingKind.NEAR_DUPLICATE in found}


def test_a_disk_that_cannot_be_written_is_said_and_harms_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(office.folder, 1)
    office.index()
    write_plan(office.folder, 2)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("index.versions.write_manifest", full)
    with pytest.raises(UnwritableHome, match="dung lượng"):
        office.index()
    assert office.files() == {"ke-hoach-1.txt"}
    assert not list((office.home / "index").glob(".new-*"))
    monkeypatch.undo()
    assert office.index().documents == 2


def test_a_second_build_waits_and_then_says_that_it_cannot(office: Office) -> None:
    write_plan(office.folder, 1)
    with build_lock(office.home / "index", patience=0), pytest.raises(IndexBusy, match="đang lập chỉ mục"):
        office.index()
    assert office.index().documents == 1


def test_builds_at_once_come_one_after_the_other(office: Office) -> None:
    for number in range(6):
        write_plan(office.folder / str(number % 3), number)
    reports: list[BuildReport] = []

    def build(part: int) -> None:
        own = HashingEncoder()
        reports.append(update(office.home, [office.folder / str(part)], encoder=own, now=NOW, patience=30))

    threads = [threading.Thread(target=build, args=(part,)) for part in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.documents for report in reports) == [2, 4, 6]
    assert len(office.files()) == 6
