"""The benchmark compares like with like: what a peer returns, what counts as a hit, which parts there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.goldfile import Gold, StaffQuestion
from tests import bench
from tests.benchmarks import peers
from tests.benchmarks.figures import Figure
from tests.benchmarks.floors import PlainWords, read_all
from tests.benchmarks.peer import CHUNK, OVERLAP, Piece, bm25, chunks, rank, spoken


def test_chunks_cover_the_whole_text_and_overlap() -> None:
    text = "".join(chr(97 + place % 26) for place in range(2 * CHUNK + 37))
    pieces = chunks([("a.txt", text), ("b.txt", "ngắn")])
    assert [piece.text for piece in pieces if piece.file == "b.txt"] == ["ngắn"]
    own = [piece.text for piece in pieces if piece.file == "a.txt"]
    assert own[0][-OVERLAP:] == own[1][:OVERLAP]
    assert own[0] + "".join(piece[OVERLAP:] for piece in own[1:]) == text


def test_a_hit_is_the_right_words_in_the_right_file() -> None:
    question = StaffQuestion("hạn?", ("báo cáo năm?",), (Gold("a.txt", "trước ngày 20"),), "plain")
    wrong, right = Piece("b.txt", "nộp trước ngày 20"), Piece("a.txt", "nộp trước\n ngày 20 hằng tháng")
    assert (rank([wrong, right], question), rank([wrong], question), rank([], question)) == (2, 0, 0)
    assert spoken(question) == "báo cáo năm? hạn?"


def test_paragraphs_are_found_by_their_words() -> None:
    search, size = bm25([("a.txt", "hạn nộp báo cáo\n\nngười ký\n"), ("b.txt", "mức chi tiền thưởng")])
    found = search(StaffQuestion("mức tiền thưởng", (), (), "plain"))
    assert size == 3
    assert found[0] == Piece("b.txt", "mức chi tiền thưởng")
    assert PlainWords(["một", "hai"]).search("ba", 2) == []


def test_reading_all_reads_every_byte(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "a").write_bytes(b"123")
    (tmp_path / "below" / "b").write_bytes(b"4567")
    assert read_all(tmp_path) == 7


def test_only_the_parts_asked_for_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(how: bench.How) -> Iterator[Figure]:
        yield Figure("thing", 3.0, "ms", 2.0)

    monkeypatch.setattr(bench, "PARTS", {"one": ((), told), "two": (("no-such-folder",), told)})
    monkeypatch.setattr("sys.argv", ["bench"])
    bench.main()
    out, err = capsys.readouterr()
    assert json.loads(out) == {"name": "thing", "value": 3.0, "unit": "ms", "floor": 2.0, "ratio": 1.5}
    assert "two: left out" in err
    monkeypatch.setattr("sys.argv", ["bench", "--only", "three"])
    with pytest.raises(SystemExit):
        bench.main()


def test_peers_that_are_not_installed_are_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "PEERS", {"txtai": "txtai"})
    monkeypatch.setattr(peers, "find_spec", lambda name: None)
    assert list(peers.side_by_side()) == []
    assert "pip install -e '.[bench]'" in capsys.readouterr().err.splitlines()[0]
