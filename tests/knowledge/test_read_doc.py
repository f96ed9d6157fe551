"""Old Word files, with the real antiword and LibreOffice where they are installed (CI installs them)."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document

from knowledge.errors import SecretDocument, UnreadableFile
from knowledge.read import read
from knowledge.readers import doc
from tests.knowledge.legacy import tcvn3
from tests.knowledge.office_files import parse, to_docx
from tests.knowledge.test_read import EXPECTED, PLAN, ole

OFFICE = shutil.which("soffice")
needs_antiword = pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
needs_office = pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed: it makes the files of this test"
)


TREES = "Các đơn vị trồng cây bóng mát, giữ gìn vệ sinh ở những khu nhà mới và báo cáo trước ngày 30/6."


def word(*paragraphs: str, header: str = "", table: Sequence[Sequence[str]] = ()) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.sections[0].header.paragraphs[0].text = header
    if table:
        made = document.add_table(rows=0, cols=len(table[0]), style="Table Grid")
        for texts in table:
            for cell, text in zip(made.add_row().cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("Hết.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of old files, made by LibreOffice in one go: it takes seconds to start."""
    folder = tmp_path_factory.mktemp("old")
    made = {
        "plan": to_docx(parse(PLAN)),
        "numbered": to_docx(parse(PLAN), automatic_numbering=True),
        "table": word("dòng một\ndòng hai", table=[["STT", "Việc", "Hạn"], ["1", "Trồng\ncây", "30/4"]]),
        "legacy": word(*[tcvn3(TREES).decode("latin-1")] * 60),
        "stamp": word(*["Nội dung của văn bản."] * 150, header="TỐI MẬT"),
    }
    for name, data in made.items():
        (folder / f"{name}.docx").write_bytes(data)
    sources = [str(folder / f"{name}.docx") for name in made]
    for kind, files in (("doc:MS Word 97", sources), ("rtf", sources[:1])):
        argv = [OFFICE or "", "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
        argv += ["--convert-to", kind, "--outdir", str(folder), *files]
        subprocess.run(argv, check=True, capture_output=True)
    (folder / "plan.rtf").rename(folder / "rtf.doc")
    return folder


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):  # noqa: ANN201 - a function
    """A machine with the named program and no other."""

    def keep(name: str) -> None:
        folder = tmp_path / "bin"
        folder.mkdir()
        # By a script, not a link: LibreOffice looks for its parts beside itself, and needs the usual programs to start.
        script = folder / name
        script.write_text(f'#!/bin/sh\nPATH={os.environ["PATH"]} exec {shutil.which(name)} "$@"\n')
        script.chmod(0o755)
        monkeypatch.setenv("PATH", str(folder))

    return keep


@needs_office
@needs_antiword
@pytest.mark.parametrize("program", ["antiword", "soffice"])
def test_either_program_alone_reads_a_plan(old: Path, only, program: str) -> None:  # noqa: ANN001
    only(program)
    assert read(old / "plan.doc").text == EXPECTED


@needs_office
def test_automatic_numbering_survives(old: Path) -> None:
    assert read(old / "numbered.doc").text == EXPECTED


@needs_office
@needs_antiword
def test_antiword_alone_keeps_the_items_of_a_list_apart(old: Path, only) -> None:  # noqa: ANN001
    only("antiword")
    assert "- Mỗi khu nhà ở trồng ít nhất hai trăm cây bóng mát." in read(old / "numbered.doc").text.split("\n\n")


@needs_office
def test_line_breaks_and_tables(old: Path) -> None:
    assert read(old / "table.doc").text == "dòng một\ndòng hai\n\nSTT | Việc | Hạn\n1 | Trồng cây | 30/4\n\nHết."


@needs_office
def test_legacy_fonts_in_an_old_file(old: Path) -> None:
    assert read(old / "legacy.doc").text.split("\n\n") == [TREES] * 60


@needs_office
@needs_antiword
def test_a_stamp_in_the_page_header_that_antiword_leaves_out(old: Path, only) -> None:  # noqa: ANN001
    only("antiword")
    with pytest.raises(SecretDocument):
        read(old / "stamp.doc")


@needs_office
def test_rtf_named_doc(old: Path) -> None:
    assert read(old / "rtf.doc").text == EXPECTED


@needs_office
@needs_antiword
def test_a_cut_off_file_is_refused(old: Path, tmp_path: Path, only) -> None:  # noqa: ANN001
    (tmp_path / "a.doc").write_bytes((old / "plan.doc").read_bytes()[:3000])
    only("antiword")
    with pytest.raises(UnreadableFile, match="hỏng"):
        read(tmp_path / "a.doc")


@needs_office
def test_an_encrypted_file_says_so_itself(old: Path, tmp_path: Path) -> None:
    data = bytearray((old / "plan.doc").read_bytes())
    data[data.index(b"\xec\xa5", 512) + 11] |= 0x01
    (tmp_path / "a.doc").write_bytes(bytes(data))
    with pytest.raises(UnreadableFile, match="mật khẩu"):
        read(tmp_path / "a.doc")


def test_antiword_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "antiword").write_text("#!/bin/sh\nexec sleep 60\n")
    (tmp_path / "antiword").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(doc, "_TIMEOUT", 0.2)
    path = tmp_path / "a.doc"
    path.write_bytes(ole("WordDocument"))
    with pytest.raises(UnreadableFile, match="quá lâu"):
        read(path)
