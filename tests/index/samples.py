"""Small fictional office documents, as files."""

from __future__ import annotations

import os
from pathlib import Path

_TEXT = """SỞ VĂN HÓA TỈNH BÌNH MINH

Số: {number}/KH-SVH

Bình Minh, ngày {day} tháng 3 năm 2025

KẾ HOẠCH

Tổ chức {subject} năm 2025

Căn cứ Quyết định số 21/QĐ-UBND ngày 05/01/2025 của Ủy ban nhân dân tỉnh, Sở Văn hóa xây dựng Kế hoạch như sau:

I. MỤC ĐÍCH

1. {subject} đưa người dân các xã đến gần nhau, giữ gìn nếp cũ và mở lối cho điều mới trong đời sống văn hóa hằng ngày.

2. Mỗi xã có ít nhất một nhóm tham gia {subject}, tự chọn việc và tự chịu trách nhiệm về việc đã chọn trước bà con.

II. TỔ CHỨC THỰC HIỆN

1. Các đơn vị gửi danh sách nhóm tham gia {subject} về Văn phòng Sở trước ngày {day}/6/2025.

2. Văn phòng Sở tổng hợp, báo cáo Giám đốc Sở kết quả {subject} trước ngày {day}/12/2025.

Nơi nhận:
- Như mục II;
- Lưu: VT.

GIÁM ĐỐC

Lê Thị Mực
"""

SUBJECTS = ("Ngày hội đọc sách", "Hội đua thuyền nan", "Chợ phiên gốm", "Đêm hát ví", "Tuần lễ phim cũ", "Hội thả diều")


def write_plan(folder: Path, number: int, subject: str | None = None) -> Path:
    """Write plan `number`; its subject is its own unless given."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"ke-hoach-{number}.txt"
    text = _TEXT.format(number=number, day=10 + number % 15, subject=subject or SUBJECTS[number % len(SUBJECTS)])
    path.write_text(text, encoding="utf-8")
    return path


def touch_later(path: Path) -> None:
    """Make a file look modified, its bytes unchanged."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))
