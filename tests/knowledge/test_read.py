"""What comes out of the one place that opens documents, and what it refuses."""

from __future__ import annotations

import errno
import io
import os
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from fpdf import FPDF
from PIL import Image

from knowledge.errors import MissingTool, SecretDocument, UnreadableFile
from knowledge.read import read
from tests.knowledge.legacy import tcvn3
from tests.knowledge.office_files import Source, parse, to_docx, to_pdf, to_scan

PLAN = """@left UBND TỈNH LAM SƠN
@left SỞ XÂY DỰNG
@left Số: 31/KH-SXD
@right CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@right Độc lập - Tự do - Hạnh phúc
@right Lam Sơn, ngày 02 tháng 3 năm 2026
@center KẾ HOẠCH
@center Ra quân trồng cây ở các khu nhà ở mới năm 2026
Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, Sở Xây dựng tổ chức trồng cây ở các khu nhà ở mới như sau:
I. NỘI DUNG
1. Mỗi khu nhà ở trồng ít nhất hai trăm cây bóng mát.
2. Các đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 30/6/2026./.
@endleft Nơi nhận:
@endleft - Như trên;
@endleft - Lưu: VT.
@endright GIÁM ĐỐC
@endright Ngô Thị Mai
"""
EXPECTED = """UBND TỈNH LAM SƠN
SỞ XÂY DỰNG
Số: 31/KH-SXD

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lam Sơn, ngày 02 tháng 3 năm 2026

KẾ HOẠCH

Ra quân trồng cây ở các khu nhà ở mới năm 2026

Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, Sở Xây dựng tổ chức trồng cây ở các khu nhà ở mới như sau:

I. NỘI DUNG

1. Mỗi khu nhà ở trồng ít nhất hai trăm cây bóng mát.

2. Các đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 30/6/2026./.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC
Ngô Thị Mai"""

Make = Callable[[str, bytes], Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def plan(**more: list[str]) -> Source:
    source = parse(PLAN)
    for part, lines in more.items():
        setattr(source, part, [*lines, *getattr(source, part)])
    return source


def zipped(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return out.getvalue()


def png(size: tuple[int, int] = (40, 40), colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("L", size, colour).save(out, "PNG")
    return out.getvalue()


def ole(stream: str) -> bytes:
    """The bare bones of a compound file with one stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + stream.encode("utf-16-le") + b"\0" * 2000


def locked_pdf() -> bytes:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="chủ".encode().hex(), user_password="mo-ra")
    return bytes(pdf.output())


# ---------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.txt", EXPECTED.encode()),
        ("PLAN.TXT", EXPECTED.replace("\n", "\r\n").encode("utf-16")),
        ("plan.md", EXPECTED.replace("KẾ HOẠCH\n\n", "# KẾ HOẠCH\n\n").replace("I. NỘI", "## I. NỘI").encode()),
        ("plan.docx", to_docx(parse(PLAN))),
        ("numbered.docx", to_docx(parse(PLAN), automatic_numbering=True)),
        ("plan.pdf", to_pdf(parse(PLAN))),
    ],
)
def test_every_format_gives_the_same_text(make: Make, name: str, data: bytes) -> None:
    reading = read(make(name, data))
    assert reading.text == EXPECTED
    assert not reading.recognised
    assert [(page.page, page.recognised, page.confidence) for page in reading.pages] == [(1, False, None)]


def test_a_symlink_to_a_document_is_read(make: Make, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(make("plan.txt", EXPECTED.encode()))
    assert read(tmp_path / "link.txt").text == EXPECTED


def test_markdown_tables_become_rows(make: Make) -> None:
    text = "Phân công:\n\n| STT | Việc | Hạn |\n|---|:---|--:|\n| 1 | Họp | 30/6 |\n| 2 | | 31/7 |\n\n***\n\nHết.\n"
    assert read(make("bang.md", text.encode())).text == (
        "Phân công:\n\nSTT | Việc | Hạn\n1 | Họp | 30/6\n2 | | 31/7\n\nHết."
    )


def test_form_feeds_part_the_pages_of_plain_text(make: Make) -> None:
    pages = [
        "1\n\nKẾ HOẠCH\n\nTrồng cây\n\nCác đơn vị trong toàn ngành đồng loạt ra quân trồng cây tại những khu nhà ở",
        "2\n\nmới được bàn giao trong năm, bảo đảm cây sống và được chăm sóc.",
    ]
    reading = read(make("trang.txt", "\f".join(pages).encode()))
    assert reading.text.endswith("tại những khu nhà ở mới được bàn giao trong năm, bảo đảm cây sống và được chăm sóc.")
    assert "2" not in reading.text and len(reading.pages) == 2


# ---------------------------------------------------------------- what is refused

TEXT = "Văn bản này có chữ.".encode()
DOCX = to_docx(parse(PLAN))
PDF = to_pdf(parse(PLAN))


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        # empty
        ("a.txt", b"", "rỗng"),
        ("a.pdf", b"", "rỗng"),
        ("a.txt", b" \n\t\r\n ", "chữ nào"),
        ("a.md", b"# \n\n---\n", "chữ nào"),
        ("a.docx", to_docx(Source()), "chữ nào"),
        ("a.pdf", to_pdf(Source()), "chữ nào"),
        # mislabelled
        ("a.docx", PDF, "Đuôi tệp là .docx nhưng nội dung là PDF"),
        ("a.pdf", DOCX, "Đuôi tệp là .pdf nhưng nội dung là Word"),
        ("a.doc", DOCX, "Đuôi tệp là .doc nhưng nội dung là Word"),
        ("a.txt", PDF, "Đuôi tệp là .txt"),
        ("a.txt", DOCX, "Đuôi tệp là .txt"),
        ("a.md", png(), "nội dung là ảnh"),
        ("a.pdf", png(), "nội dung là ảnh"),
        ("a.png", PDF, "nội dung là PDF"),
        ("a.docx", b"{\\rtf1 x}", "nội dung là RTF"),
        ("a.docx", TEXT, "hỏng hoặc không phải .docx"),
        ("a.pdf", TEXT, "hỏng hoặc không phải .pdf"),
        ("a.doc", TEXT, "hỏng hoặc không phải .doc"),
        ("a.jpg", TEXT, "hỏng hoặc không phải .jpg"),
        # corrupt
        ("a.docx", DOCX[: len(DOCX) // 2], "hỏng"),
        ("a.docx", DOCX[:-400] + b"\0" * 400, "hỏng"),
        ("a.docx", zipped({"word/document.xml": b"<w:document"}), "hỏng"),
        ("a.pdf", b"%PDF-1.7\n" + b"x" * 500, "hỏng"),
        ("a.pdf", PDF[:300], "hỏng"),
        ("a.doc", ole("Something"), "hỏng"),
        ("a.txt", bytes(range(256)) * 20, "nhị phân"),
        ("a.txt", b"\xff\xfea", "hỏng"),
        # encrypted
        ("a.pdf", locked_pdf(), "mật khẩu"),
        ("a.docx", ole("EncryptedPackage"), "mật khẩu"),
        ("a.doc", ole("EncryptedPackage"), "mật khẩu"),
        # unsupported
        ("a.xlsx", b"x", "không được hỗ trợ"),
        ("a", b"x", "không được hỗ trợ"),
        ("a.docx", zipped({"xl/workbook.xml": b"x"}), "Excel"),
        ("a.docx", zipped({"ppt/x.xml": b"x"}), "PowerPoint"),
        ("a.docx", zipped({"content.xml": b"x", "mimetype": b"x"}), "OpenDocument"),
        ("a.docx", zipped({"a.txt": b"x"}), "ZIP"),
        ("a.doc", ole("Workbook"), "Excel"),
        ("a.doc", ole("PowerPoint Document"), "PowerPoint"),
        ("a.doc", b"<html><body>Xin ch\xc3\xa0o</body></html>", "HTML"),
        ("a.png", b"GIF89a" + b"\0" * 50, "GIF"),
        ("a.txt", b"Rar!\x1a\x07\0" + b"\0" * 50, "RAR"),
        ("a.doc", b"MZ\x90\0" + b"\0" * 50, "chương trình"),
        ("a.jpg", b"\0\0\0\x18ftypheic" + b"\0" * 50, "HEIC"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(make: Make, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason) as caught:
        read(make(name, data))
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")
    assert not isinstance(caught.value, SecretDocument)


def test_an_oversized_file_is_refused_before_it_is_read(make: Make) -> None:
    path = make("a.txt", b"")
    os.truncate(path, 60 * 2**20)  # sparse: reading it would be harmless, and must not happen
    with pytest.raises(UnreadableFile, match="trên 50 MB"):
        read(path)
    assert read(make("b.txt", b"x" * 100), max_bytes=100).text == "x" * 100
    with pytest.raises(UnreadableFile, match="quá lớn"):
        read(make("b.txt", b"x" * 101), max_bytes=100)


def test_a_zip_bomb_is_refused(make: Make) -> None:
    with pytest.raises(UnreadableFile, match="bung ra quá lớn"):
        read(make("a.docx", zipped({"word/document.xml": b"\0" * (40 << 20)})))
    with pytest.raises(UnreadableFile, match="bung ra quá lớn"):
        read(make("b.docx", zipped({f"word/{number}": b"" for number in range(5_001)})))


def test_a_bomb_that_declares_a_small_size_is_refused(make: Make) -> None:
    data = bytearray(zipped({"word/document.xml": b"\0" * (40 << 20)}))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 1000)
    with pytest.raises(UnreadableFile, match=r"hỏng|quá lớn"):
        read(make("a.docx", bytes(data)))


def test_an_encrypted_zip_is_refused(make: Make) -> None:
    data = bytearray(zipped({"word/document.xml": b"x"}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(UnreadableFile, match="mật khẩu"):
        read(make("a.docx", bytes(data)))


def test_an_xml_bomb_is_refused(make: Make) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]><x>&l9;</x>'.encode()
    source = io.BytesIO(DOCX)
    with zipfile.ZipFile(source) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with pytest.raises(UnreadableFile):
        read(make("a.docx", zipped({**entries, "word/document.xml": bomb})))


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "device.txt").symlink_to("/dev/zero")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "socket.txt"))
        reasons = {"folder": "Không phải tệp", "pipe": "Không phải tệp", "device": "Không phải tệp"}
        reasons |= {"loop": "vòng", "gone": "Không tìm thấy", "socket": "Không phải tệp", "absent": "Không tìm thấy"}
        for name, reason in reasons.items():
            with pytest.raises(UnreadableFile, match=reason):
                read(tmp_path / f"{name}.txt")


def test_a_file_without_permission_is_refused(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> int:  # the tests may run as root, who is never denied
        raise PermissionError(errno.EACCES, "denied")

    path = make("a.txt", TEXT)
    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(UnreadableFile, match="quyền"):
        read(path)


# ---------------------------------------------------------------- secrecy


def docx_with(part: str, stamp: str) -> bytes:
    document = Document(io.BytesIO(DOCX))
    getattr(document.sections[0], part).paragraphs[0].text = stamp
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", ("MẬT\n\n" + EXPECTED).encode()),
        ("a.txt", tcvn3("SỞ XÂY DỰNG\nTỐI MẬT\n\nKế hoạch trồng cây của các đơn vị trực thuộc trong năm nay.")),
        ("a.md", ("**TUYỆT MẬT**\n\n" + EXPECTED).encode()),
        ("a.docx", to_docx(plan(right=["MẬT"]))),
        ("a.docx", to_docx(plan(center=["TỐI MẬT"]))),
        ("a.docx", docx_with("header", "TỐI MẬT")),
        ("a.docx", docx_with("footer", "Độ mật: Mật")),
        ("a.docx", docx_with("first_page_header", "MẬT")),
        ("a.pdf", to_pdf(plan(left=["MẬT"]))),
        ("a.pdf", to_pdf(parse(PLAN + "\n".join(f"Đoạn {n}." for n in range(80))), running="TUYỆT MẬT")),
    ],
)
def test_a_secret_document_is_refused_and_nothing_of_it_said(make: Make, name: str, data: bytes) -> None:
    with pytest.raises(SecretDocument, match="độ mật") as caught:
        read(make(name, data))
    assert "cây" not in str(caught.value) and caught.value.__cause__ is None


def test_a_document_about_secrets_is_read(make: Make) -> None:
    text = EXPECTED.replace("bóng mát.", "bóng mát; bảo vệ bí mật nhà nước, tài liệu mật được quản lý riêng.")
    assert "tài liệu mật" in read(make("a.txt", text.encode())).text


# ---------------------------------------------------------------- missing programs


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without tesseract, antiword and LibreOffice."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("bare_machine")
@pytest.mark.parametrize(
    ("name", "data", "tool"),
    [
        ("a.png", png(), "tesseract"),
        ("a.pdf", to_scan([Image.new("L", (400, 500), "white")]), "tesseract"),
        ("a.doc", ole("WordDocument"), "antiword"),
        ("a.doc", b"{\\rtf1\\ansi Xin chao}", "LibreOffice"),
    ],
)
def test_a_missing_program_is_one_clear_line(make: Make, name: str, data: bytes, tool: str) -> None:
    with pytest.raises(MissingTool, match=tool) as caught:
        read(make(name, data))
    assert "apt-get install" in str(caught.value) and "\n" not in str(caught.value)


def test_a_failing_system_refuses_the_file_and_goes_on(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = make("a.pdf", PDF)
    monkeypatch.setattr("knowledge.readers.pdf.TemporaryDirectory", full)
    with pytest.raises(UnreadableFile, match="lỗi hệ thống"):
        read(path)


@pytest.mark.usefixtures("bare_machine")
def test_what_needs_no_program_is_read_on_a_bare_machine(make: Make) -> None:
    for name, data in (("a.docx", DOCX), ("a.pdf", PDF), ("a.txt", EXPECTED.encode())):
        assert read(make(name, data)).text == EXPECTED
