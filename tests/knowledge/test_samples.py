"""The documents that ship with the program, so that a first run has something to answer from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.errors import MissingTool
from knowledge.read import read
from tests.knowledge.make_samples import SAMPLES, SOURCES
from tests.knowledge.office_files import parse

FILES = sorted(SAMPLES.iterdir())
SCAN = SAMPLES / "thong-bao-ket-luan-hop-scan.pdf"
SOURCE_OF = {path.stem: path for path in SOURCES.iterdir()}


def test_there_are_at_least_six_small_documents_in_four_formats() -> None:
    assert len(FILES) >= 6
    assert {path.suffix for path in FILES} == {".txt", ".md", ".docx", ".pdf"}
    assert sum(path.stat().st_size for path in FILES) < 300_000


@pytest.mark.parametrize("path", [path for path in FILES if path != SCAN], ids=lambda path: path.name)
def test_each_reads_as_it_was_written(path: Path) -> None:
    paragraphs = read(path).text.split("\n\n")
    assert len(paragraphs) > 15
    if path.stem in SOURCE_OF:
        source = parse(SOURCE_OF[path.stem].read_text("utf-8"))
        tables = ["\n".join(map(" | ".join, block)) for block in source.body if isinstance(block, list)]
        frame = ["\n".join(source.left), "\n".join(source.right)]
        assert paragraphs[:2] == frame
        assert [p for p in [*source.paragraphs(), *tables] if p not in paragraphs] == []


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_the_scan_reads_well_enough_to_answer_from() -> None:
    reading = read(SCAN)
    assert reading.recognised
    for words in ("Số: 87/TB-SYT", "ngày 10 tháng 11 năm 2026", "trước ngày 05/12/2026", "Vũ Ngọc Lan"):
        assert words in reading.text


def test_the_scan_is_refused_clearly_where_tesseract_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool, match="tesseract"):
        read(SCAN)
