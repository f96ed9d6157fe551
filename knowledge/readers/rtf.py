"""RTF, as many offices saved it under the name .doc → text, by way of LibreOffice."""

from __future__ import annotations

from knowledge.errors import MissingTool
from knowledge.readers import docx, office
from knowledge.readers.base import Extract

_NO_TOOL = (
    "Tệp .doc này thật ra là RTF, cần LibreOffice để mở, máy này chưa có:"
    " cài bằng lệnh “apt-get install libreoffice-writer”, hoặc mở bằng Word rồi lưu lại thành .docx."
)


def extract(data: bytes) -> Extract:
    """Return the text of an RTF file; raises UnreadableFile and MissingTool."""
    libreoffice = office.find()
    if libreoffice is None:
        raise MissingTool(_NO_TOOL)
    return docx.extract(office.to_docx(libreoffice, data, ".rtf"))
