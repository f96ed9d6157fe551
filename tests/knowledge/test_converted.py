"""Text as converters leave it: page marks, comments, headings parted from their numbers, italics over two lines."""

from __future__ import annotations

from pathlib import Path

from knowledge.analyse import analyse
from knowledge.document import Document
from knowledge.readers.plain import extract

TEXT = """Số: 7/KH-SXD

KẾ HOẠCH

Dọn kho sau mùa lũ

Sở Xây dựng ban hành kế hoạch như sau:

<!-- Page 1 -->

**I.
ĐÁNH GIÁ TÌNH HÌNH**

Sau đợt lũ vừa qua, các kho của Sở ngập từ nửa mét đến một mét, nhiều tài sản hư hỏng, cụ thể như sau:

**1.
Kho vật tư ở bờ bắc**

*a) Hàng hóa để ở tầng dưới và
ngoài sân*

- Đã ngập.

--- PAGE BREAK ---

**2.
Kho hồ sơ ở bờ nam**

Không ngập.

**II.
TỔ CHỨC THỰC HIỆN**

1. Các kho báo cáo trước ngày 5/11/2025.
"""


def document(tmp_path: Path) -> Document:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(TEXT, encoding="utf-8")
    return analyse(file)


def test_numbers_stay_with_their_headings(tmp_path: Path) -> None:
    sections = {section.cite: section.heading for section in document(tmp_path).sections if section.heading}
    assert sections["I"] == "ĐÁNH GIÁ TÌNH HÌNH"
    assert sections["I.1"] == "Kho vật tư ở bờ bắc"
    assert sections["I.2"] == "Kho hồ sơ ở bờ nam"
    assert "I.1.a" in sections
    assert sections["II"] == "TỔ CHỨC THỰC HIỆN"


def test_marks_of_pages_are_no_text(tmp_path: Path) -> None:
    text = document(tmp_path).text
    assert "PAGE" not in text and "<!--" not in text


def test_a_page_mark_parts_pages() -> None:
    assert len(extract(TEXT.encode()).pages) == 3


def test_page_numbers_alone_between_paragraphs_still_go() -> None:
    page = "Các kho dọn dẹp hằng tuần và ghi vào sổ. " * 60
    text = extract("\n\n".join((page, "1", page, "2", page)).encode()).text
    assert [line for line in text.split("\n") if line.strip().isdigit()] == []
