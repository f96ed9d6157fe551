"""The index on disk: switched at once, checked when opened, and never in the way of the next one."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from index.build import update
from index.errors import DamagedIndex
from index.manifest import altered_files, read_manifest, versions
from index.passage import Passage
from index.segment import decode_passage, encode_passage
from index.snapshot import Snapshot, SnapshotStore
from index.versions import clean
from tests.index.doubles import HashingEncoder
from tests.index.samples import write_plan

NOW = datetime(2025, 3, 1, 8, tzinfo=UTC)
ENCODER = HashingEncoder()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with two versions: of one document, then of two."""
    for number in (1, 2):
        grow(tmp_path / "home", number)
    return tmp_path / "home"


def grow(home: Path, number: int) -> None:
    write_plan(home.parent / "van-ban", number)
    update(home, [home.parent / "van-ban"], encoder=ENCODER, now=NOW)


def store_of(home: Path) -> SnapshotStore:
    return SnapshotStore(home, lambda: ENCODER)


def current(store: SnapshotStore) -> Snapshot:
    snapshot = store.current()
    assert snapshot is not None
    return snapshot


def test_there_is_none_before_the_first_build(tmp_path: Path) -> None:
    assert store_of(tmp_path / "chua-co").current() is None


def test_the_same_snapshot_is_given_until_a_new_one_is_there(home: Path) -> None:
    store = store_of(home)
    first = current(store)
    assert current(store) is first
    grow(home, 3)
    second = current(store)
    assert (len(first.documents), len(second.documents)) == (2, 3)
    assert second.version > first.version
    assert first.passage(0).text  # still answers whoever holds it


def test_a_snapshot_works_on_when_its_files_are_gone(home: Path) -> None:
    snapshot = current(store_of(home))
    shutil.rmtree(home / "index")
    assert snapshot.document(1).text
    assert snapshot.passage(len(snapshot) - 1).text
    assert snapshot.accented.scores(["hội"]).max() > 0
    assert snapshot.vocabulary.by_fold["hoi"]
    assert len(snapshot.vectors.search(ENCODER.encode_queries(["hội"])[0], 3)[0]) == 3
    assert [card.header.symbol for card in snapshot.documents] == ["1/KH-SVH", "2/KH-SVH"]


def files_of(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def test_a_newest_version_cut_short_anywhere_leaves_the_one_before(home: Path) -> None:
    newest = max((home / "index").glob("0*"))
    for path in files_of(newest):
        whole = path.read_bytes()
        path.unlink()  # it may be shared with the older version
        path.write_bytes(whole[:-1])
        assert len(current(store_of(home)).documents) == 1, path
        path.unlink()
        assert len(current(store_of(home)).documents) == 1, path
        path.write_bytes(whole)
    assert len(current(store_of(home)).documents) == 2


def test_a_damaged_newer_version_leaves_the_one_in_use(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = store_of(home)
    in_use = current(store)
    grow(home, 3)
    newest = max((home / "index").glob("0*"))
    (newest / "manifest.json").write_text("{}", encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        assert current(store) is in_use
        assert current(store) is in_use
    assert len(caplog.records) == 1  # said once, not at every question
    grow(home, 4)  # the next build puts it right
    assert len(current(store).documents) == 4


def test_no_version_that_can_be_read_is_a_clear_error(home: Path) -> None:
    for manifest in (home / "index").glob("0*/manifest.json"):
        manifest.write_text("hỏng", encoding="utf-8")
    with pytest.raises(DamagedIndex, match="tdkt index"):
        store_of(home).current()
    grow(home, 3)
    assert len(current(store_of(home)).documents) == 3


def test_another_format_is_made_anew_by_the_next_build(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.manifest.FORMAT", "khác")
    with pytest.raises(DamagedIndex, match="định dạng"):
        store_of(home).current()
    grow(home, 3)
    assert len(current(store_of(home)).documents) == 3


def test_altered_bytes_are_found_when_looked_for(home: Path) -> None:
    newest = max((home / "index").glob("0*"))
    assert altered_files(newest) == []
    path = next(newest.glob("*/passages.bin"))
    data = bytearray(path.read_bytes())
    data[10] ^= 1
    path.write_bytes(bytes(data))
    assert altered_files(newest) == [path.relative_to(newest).as_posix()]


def test_only_the_current_and_the_previous_version_are_kept(home: Path) -> None:
    for number in (3, 4, 5):
        grow(home, number)
    assert len(versions(home / "index")) == 3  # the one before goes when the next build begins
    clean(home / "index")
    assert versions(home / "index")[-1] == current(store_of(home)).version
    assert len(versions(home / "index")) == 2


def test_segments_are_shared_between_versions(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.assembly._SMALL", 0)
    grow(home, 3)
    store = store_of(home)
    before = current(store)
    grow(home, 4)
    after = current(store)
    shared = {entry.name for entry in before.manifest.segments} & {entry.name for entry in after.manifest.segments}
    assert shared
    for name in shared:
        old, new = (home / "index" / version / name / "passages.bin" for version in (before.version, after.version))
        assert os.path.samefile(old, new)
        # An open segment goes on into the next snapshot: nothing of it is loaded again.
        assert store._segments[name] in [share.segment for share in before._shares]
    assert read_manifest(home / "index" / after.version) == after.manifest


def test_a_disk_without_hard_links_gets_copies(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: str, target: str) -> None:
        raise OSError("không hỗ trợ")

    monkeypatch.setattr("index.assembly._SMALL", 0)
    monkeypatch.setattr("os.link", refuse)
    for number in (3, 4):
        grow(home, number)
    assert len(current(store_of(home)).documents) == 4


def test_vectors_of_another_encoder_find_nothing_and_words_still_do(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    snapshot = SnapshotStore(home, lambda: HashingEncoder("hashing-2", 8)).current()
    assert snapshot is not None
    query = snapshot.encoder.encode_queries(["hội đua thuyền"])[0]
    assert not snapshot.vectors.similarities(query, np.arange(len(snapshot))).any()
    assert snapshot.accented.scores(["thuyền"]).any()
    assert "hashing-2" in caplog.text


def test_passages_know_their_documents(home: Path) -> None:
    snapshot = current(store_of(home))
    assert snapshot.document_of.tolist() == sorted(snapshot.document_of.tolist())
    for position, card in enumerate(snapshot.documents):
        for number in range(card.first, card.last):
            passage = snapshot.passage(number)
            assert (passage.document, snapshot.document_of[number]) == (position, position)
            assert snapshot.document(position).text[passage.start : passage.end] == passage.text
    assert snapshot.documents[-1] == snapshot.documents[len(snapshot.documents) - 1]
    assert list(snapshot.documents[:1]) == [snapshot.documents[0]]
    for wrong in (len(snapshot), -1):
        with pytest.raises(IndexError):
            snapshot.passage(wrong)


def test_documents_are_found_by_what_they_are_called(home: Path) -> None:
    snapshot = current(store_of(home))
    scores = snapshot.heads.scores(["2", "kh", "svh", "2_kh"])
    assert int(scores.argmax()) == 1
    assert snapshot.heads.scores(["binh_minh", "2025"]).all()


def test_the_vocabulary_counts_passages(home: Path) -> None:
    vocabulary = current(store_of(home)).vocabulary
    assert vocabulary.folded_df["hoi"] == vocabulary.accented_df["hội"]
    assert vocabulary.folded_df["so"] >= max(vocabulary.accented_df[form] for form in vocabulary.by_fold["so"])
    frequencies = [vocabulary.accented_df[form] for form in vocabulary.by_fold["so"]]
    assert frequencies == sorted(frequencies, reverse=True)


def test_any_number_of_threads_may_ask_while_builds_go_on(home: Path) -> None:
    store = store_of(home)

    def ask(_: int) -> int:
        snapshot = current(store)
        top, _scores = snapshot.accented.top(["hội", "văn", "hóa"], k=3)
        return len([snapshot.passage(int(row)).text for row in top])

    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(ask, number) for number in range(40)]
        grow(home, 3)
        assert all(each.result() == 3 for each in asked)
    assert len(current(store).documents) == 3


@pytest.mark.parametrize("text", ["dòng một\ndòng hai", "ngoặc “kép” và \\ gạch", "lẻ \ud800 nửa"])
def test_a_stored_passage_is_the_passage(text: str) -> None:
    passage = Passage("abc:0-5", 3, "II.1", "Kế hoạch › II. VIỆC", text, 0, len(text))
    assert decode_passage(encode_passage(passage), 3) == passage
