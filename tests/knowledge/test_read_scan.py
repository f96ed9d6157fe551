"""Scans and pictures, with the real tesseract where it is installed (CI installs it)."""

from __future__ import annotations

import io
import shutil
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from knowledge.errors import MissingTool, SecretDocument, UnreadableFile
from knowledge.read import read
from knowledge.readers import pdf, tesseract
from knowledge.readers.rules import find_rules
from tests.knowledge.office_files import Source, black_and_white, parse, pictures, to_pdf, to_scan, worn

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="tesseract is not installed: apt-get install tesseract-ocr-vie"
)

NOTICE = """@left UBND TỈNH LAM SƠN
@left SỞ XÂY DỰNG
@left Số: 8/TB-SXD
@right CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@right Độc lập - Tự do - Hạnh phúc
@right Lam Sơn, ngày 09 tháng 4 năm 2026
@center THÔNG BÁO
@center Lịch trồng cây của các đơn vị
Giám đốc Sở thông báo lịch trồng cây của các đơn vị trong tháng tư như sau:
1. Phòng Hạ tầng trồng một trăm cây tại khu nhà ở phía nam sông.
2. Trung tâm Cây xanh cung cấp cây giống và hướng dẫn kỹ thuật cho mọi đơn vị tham gia.
3. Các đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 30/4/2026./.
@endleft Nơi nhận:
@endleft - Các đơn vị;
@endleft - Lưu: VT.
@endright CHÁNH VĂN PHÒNG
@endright Lê Thị Nga
"""
PDF = to_pdf(parse(NOTICE))


def likeness(text: str) -> float:
    """How much of the notice `text` has, word for word and in order, 0..1."""
    source = parse(NOTICE)
    whole = [*source.left, *source.right, *source.center, *source.paragraphs(), *source.endleft, *source.endright]
    return SequenceMatcher(None, " ".join(whole).split(), text.split(), autojunk=False).ratio()


def saved(folder: Path, name: str, images: list[Image.Image], **options: object) -> Path:
    path = folder / name
    images[0].save(path, save_all=len(images) > 1, append_images=images[1:], **options)
    return path


@needs_tesseract
def test_a_scanned_pdf_reads_like_the_original(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(to_scan(black_and_white(worn(page, angle=0.4, specks=20) for page in pictures(PDF))))
    reading = read(path)
    assert reading.recognised and reading.pages[0].recognised and (reading.pages[0].confidence or 0) > 0.85
    assert likeness(reading.text) > 0.95
    paragraphs = reading.text.split("\n\n")
    assert paragraphs[0] == "UBND TỈNH LAM SƠN\nSỞ XÂY DỰNG\nSố: 8/TB-SXD"
    assert "THÔNG BÁO" in paragraphs
    assert any(p.startswith("2. Trung tâm Cây xanh") and p.endswith("tham gia.") for p in paragraphs)


@needs_tesseract
@pytest.mark.parametrize(("name", "mode"), [("a.png", "L"), ("a.jpg", "RGB"), ("a.tif", "1"), ("a.TIFF", "RGBA")])
def test_pictures_of_every_kind(tmp_path: Path, name: str, mode: str) -> None:
    reading = read(saved(tmp_path, name, [pictures(PDF, dpi=170)[0].convert(mode)]))
    assert reading.recognised and likeness(reading.text) > 0.93


@needs_tesseract
def test_every_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    page = pictures(PDF, dpi=150)[0]
    reading = read(saved(tmp_path, "a.tif", [page, page]))
    assert len(reading.pages) == 2 and reading.text.count("Trung tâm Cây xanh") == 2


@needs_tesseract
def test_how_far_recognition_is_can_be_followed_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Enough(Exception):
        """Nobody wants the rest."""

    monkeypatch.setattr(pdf, "_DRAWN", 1)
    said = ("Các đơn vị trồng cây ở phía nam sông.", "Trung tâm Cây xanh cung cấp cây giống cho mọi người.")
    one, two = (pictures(to_pdf(Source(body=[line])), dpi=110)[0] for line in said)
    (tmp_path / "a.pdf").write_bytes(to_scan([one, two]))
    one.save(tmp_path / "a.tif", save_all=True, append_images=[two])
    heard: list[tuple[int, int]] = []
    read(tmp_path / "a.pdf", told=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 2), (1, 2), (2, 2)]

    def ends(done: int, total: int) -> None:
        heard.append((done, total))
        if done == 1:
            raise Enough

    heard.clear()
    for name in ("a.pdf", "a.tif"):
        with pytest.raises(Enough):
            read(tmp_path / name, told=ends)
    assert heard == [(0, 2), (1, 2)] * 2


@needs_tesseract
@pytest.mark.parametrize("angle", [180, 90, -2.5])
def test_a_page_that_lies_on_its_side_or_askew_is_straightened(tmp_path: Path, angle: float) -> None:
    page = pictures(PDF, dpi=170)[0].rotate(angle, expand=True, fillcolor=255)
    assert likeness(read(saved(tmp_path, "a.png", [page])).text) > 0.9


@needs_tesseract
def test_a_pdf_of_text_and_scans_is_read_page_by_page(tmp_path: Path) -> None:
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(pypdfium2.PdfDocument(to_pdf(Source(body=["Trang đầu có chữ thật."]))))
    mixed.import_pages(pypdfium2.PdfDocument(to_scan(pictures(PDF, dpi=150))))
    mixed.save(str(tmp_path / "a.pdf"))
    reading = read(tmp_path / "a.pdf")
    assert [page.recognised for page in reading.pages] == [False, True]
    assert reading.text.startswith("Trang đầu có chữ thật.") and "Trung tâm Cây xanh" in reading.text


@needs_tesseract
def test_a_garbled_text_layer_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf._content

    def garbled(source: Path, target: Path) -> list[pdf._Page]:
        pages = content(source, target)
        for page in pages:  # what a font without a map to Unicode gives
            page["words"] = [(*word[:4], "\ue0a1\ue0b2\ufffd", word[5]) for word in page["words"]]
        return pages

    monkeypatch.setattr(pdf, "_content", garbled)
    (tmp_path / "a.pdf").write_bytes(PDF)
    reading = read(tmp_path / "a.pdf")
    assert reading.recognised and likeness(reading.text) > 0.93


@needs_tesseract
@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT"])
def test_a_stamp_is_seen_on_a_scan(tmp_path: Path, stamp: str) -> None:
    source = parse(NOTICE)
    source.left.append(stamp)
    with pytest.raises(SecretDocument):
        read(saved(tmp_path, "a.png", pictures(to_pdf(source))))


@needs_tesseract
def test_a_blank_and_an_illegible_page_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="chữ nào"):
        read(saved(tmp_path, "a.png", [Image.new("L", (800, 1100), "white")]))
    smeared = worn(pictures(PDF, dpi=60)[0], blur=2.5)
    with pytest.raises(UnreadableFile, match=r"chữ nào|quá mờ"):
        read(saved(tmp_path, "b.png", [smeared]))


@needs_tesseract
def test_recognition_that_takes_too_long_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "_TIMEOUT", 0.01)
    with pytest.raises(UnreadableFile, match="quá lâu"):
        read(saved(tmp_path, "a.png", pictures(PDF, dpi=150)))


@needs_tesseract
@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif"])
def test_a_broken_picture_is_refused(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, name, pictures(PDF, dpi=100))
    data = path.read_bytes()
    path.write_bytes(data[:60])
    with pytest.raises(UnreadableFile, match="hỏng"):
        read(path)
    if name == "a.png":
        path.write_bytes(data[: len(data) // 2])
        with pytest.raises(UnreadableFile, match="hỏng"):
            read(path)


@needs_tesseract
def test_a_picture_of_too_many_pixels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (20_000, 20_000)).save(path)
    with pytest.raises(UnreadableFile, match="quá lớn"):
        read(path)


def test_tesseract_without_vietnamese_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "tesseract"
    fake.write_text("#!/bin/sh\necho 'List of available languages (1):'\necho eng\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    out = io.BytesIO()
    Image.new("L", (50, 50), "white").save(out, "PNG")
    (tmp_path / "a.png").write_bytes(out.getvalue())
    with pytest.raises(MissingTool, match="tesseract-ocr-vie"):
        read(tmp_path / "a.png")


def test_a_doubtful_text_layer_is_kept_where_nothing_can_recognise_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    english = "The annual report of the tree planting campaign lists every street and every tree planted there."
    (tmp_path / "a.pdf").write_bytes(to_pdf(Source(body=[english])))
    assert read(tmp_path / "a.pdf").text == english


@needs_tesseract
def test_a_ruled_table_on_a_slanting_scan_is_one_row_a_line(tmp_path: Path) -> None:
    rows = [
        ["STT", "Nội dung", "Đơn vị chủ trì", "Thời hạn"],
        ["1", "Trồng cây tại khu nhà ở phía nam sông và chăm sóc cây", "Phòng Hạ tầng", "30/4/2026"],
        ["2", "Cung cấp cây giống, hướng dẫn kỹ thuật cho các đơn vị", "Trung tâm Cây xanh", "15/3/2026"],
    ]
    data = to_pdf(Source(body=["Phân công các đơn vị thực hiện như sau:", rows, "Các đơn vị thực hiện nghiêm túc."]))
    page = worn(pictures(data)[0], angle=0.6)
    text = read(saved(tmp_path, "a.png", [page])).text
    table = text.split("\n\n")[1].split("\n")
    assert [line.count(" | ") for line in table] == [3, 3, 3]
    assert all(
        SequenceMatcher(None, " | ".join(row), line).ratio() > 0.9 for row, line in zip(rows, table, strict=True)
    )


def test_rules_are_found_in_a_picture_and_letters_are_not() -> None:
    image = Image.new("L", (1000, 1400), "white")
    draw = ImageDraw.Draw(image)
    draw.line((100, 200, 900, 208), fill=0, width=3)  # slants a little
    draw.line((300, 100, 300, 700), fill=0, width=2)
    draw.rectangle((500, 900, 515, 920), fill=0)  # as big as a letter
    found = find_rules(image)
    flat = [box for box in found if box[2] - box[0] > box[3] - box[1]]
    upright = [box for box in found if box not in flat]
    assert min(box[0] for box in flat) < 115 and max(box[2] for box in flat) > 885
    assert all(195 <= box[1] <= 212 for box in flat) and all(297 <= box[0] <= 303 for box in upright)
