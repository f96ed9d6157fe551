"""Pictures of pages (.png, .jpg, .tif) → text, by character recognition."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from itertools import islice

from PIL import Image, UnidentifiedImageError

from knowledge.errors import UnreadableFile
from knowledge.readers import labels, ocr, tesseract
from knowledge.readers.base import Extract, PageText, Told, nobody
from knowledge.readers.flow import compose

_MOST_PAGES = 300
_MOST_PIXELS = 120_000_000  # A3 at 600 dpi is 70 million
_CORRUPT = "Tệp ảnh bị hỏng, không mở được: hãy quét hoặc chụp lại."
_TOO_LARGE = "Ảnh quá lớn (quá nhiều điểm ảnh): hãy quét lại cỡ A4, 300 dpi."
_NO_PAGE = "Tệp ảnh không có trang này."
_TOO_MANY = f"Tệp ảnh có quá {_MOST_PAGES} trang: hãy tách thành nhiều tệp rồi nạp lại."


def extract(data: bytes, told: Told = nobody) -> Extract:
    """Return the text of a picture, of every page of a multi-page TIFF; raises UnreadableFile and MissingTool."""
    tesseract.require()
    read = list(ocr.recognise_all(_frames(data, told)))
    text, edges = compose([page.page for page in read])
    return Extract(labels.mend(text), tuple(PageText(page.text, page.confidence) for page in read), edges)


def frame(data: bytes, number: int) -> Image.Image:
    """Return page `number` (from 0) of a picture; raises UnreadableFile, also where there is no such page."""
    found = next(islice(_frames(data), number, None), None)
    if found is None:
        raise UnreadableFile(_NO_PAGE)
    return found


def _frames(data: bytes, told: Told = nobody) -> Iterator[Image.Image]:
    """Yield the pages of a picture; whoever asks for the next one is done with those before."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures as large as these before it refuses them; the size is checked here. Its other
            # warnings tell of odd metadata, which does not matter to the letters.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as image:
                count = getattr(image, "n_frames", 1)
                if count > _MOST_PAGES:
                    raise UnreadableFile(_TOO_MANY)
                for number in range(count):
                    told(number, count)
                    image.seek(number)
                    if image.width * image.height > _MOST_PIXELS:
                        raise UnreadableFile(_TOO_LARGE)
                    image.load()
                    yield image.copy()
    except Image.DecompressionBombError as error:
        raise UnreadableFile(_TOO_LARGE) from error
    except (UnidentifiedImageError, OSError, EOFError, ValueError, SyntaxError) as error:
        raise UnreadableFile(_CORRUPT) from error
