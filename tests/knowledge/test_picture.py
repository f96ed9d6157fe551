"""Pages as pictures for a screen."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from knowledge.errors import UnreadableFile
from knowledge.picture import picture
from tests.knowledge.office_files import Source, pictures, to_pdf, to_scan

ONE = to_pdf(Source(body=["Trang một."]))


def shown(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def test_a_page_of_a_pdf() -> None:
    blank = Image.new("L", (400, 600), 255)
    scan = to_scan([blank, *pictures(ONE, dpi=60)])
    first, second = shown(picture(scan, 1)), shown(picture(scan, 2))
    assert first.format == "JPEG" and 1000 < second.width <= 1400 and second.height > second.width
    assert first.getextrema()[0] > 200 > second.getextrema()[0]  # nothing on the first, letters on the second


def test_pages_of_a_picture_and_what_a_phone_turned(tmp_path: Path) -> None:
    page = pictures(ONE, dpi=40)[0]
    page.save(tmp_path / "a.tif", save_all=True, append_images=[page.rotate(90, expand=True)])
    content = (tmp_path / "a.tif").read_bytes()
    assert shown(picture(content, 1)).height > shown(picture(content, 2)).height
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    page.rotate(90, expand=True).convert("RGB").save(tmp_path / "b.jpg", exif=exif)
    turned = shown(picture((tmp_path / "b.jpg").read_bytes(), 1))
    assert turned.height > turned.width


@pytest.mark.parametrize(
    ("content", "number"),
    [(ONE, 0), (ONE, 2), (ONE, 10**9), (ONE[:200], 1), (b"van ban", 1), (b"\x89PNG\r\n\x1a\nxx", 1)],
)
def test_what_has_no_such_page_is_refused(content: bytes, number: int) -> None:
    with pytest.raises(UnreadableFile):
        picture(content, number)
