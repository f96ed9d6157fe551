"""One page of a scan or photo as a picture small enough for a screen: what recognised words are compared with."""

from __future__ import annotations

import io
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageOps

from knowledge.errors import UnreadableFile
from knowledge.readers.sniff import Kind, sniff

_WIDEST = 1_400  # pixels: an A4 page at 170 dpi, on which small print is read
_QUALITY = 72  # of JPEG; below that letters get halos
_NO_PAGE = "Tệp này không có trang ảnh đó."


def picture(data: bytes, number: int) -> bytes:
    """Return page `number` (from 1) of a PDF or picture file as a JPEG; raises UnreadableFile where there is none."""
    kind = sniff(data)
    if number < 1 or kind not in (Kind.PDF, Kind.IMAGE):
        raise UnreadableFile(_NO_PAGE)
    try:
        return _of_pdf(data, number) if kind is Kind.PDF else _of_picture(data, number)
    except (OSError, EOFError, ValueError) as error:  # no such page, or none that can be drawn
        raise UnreadableFile(_NO_PAGE) from error


def _of_pdf(data: bytes, number: int) -> bytes:
    from knowledge.readers.pdf import draw

    with TemporaryDirectory(prefix="tdkt-") as folder:
        source = Path(folder) / "in.pdf"
        source.write_bytes(data)
        with Image.open(draw(source, Path(folder), [number - 1])[0]) as drawn:
            return _jpeg(drawn)


def _of_picture(data: bytes, number: int) -> bytes:
    from knowledge.readers.image import frame

    return _jpeg(frame(data, number - 1))


def _jpeg(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("L")
    upright.thumbnail((_WIDEST, 4 * _WIDEST), Image.Resampling.LANCZOS)
    content = io.BytesIO()
    upright.save(content, "JPEG", quality=_QUALITY, optimize=True)
    return content.getvalue()
