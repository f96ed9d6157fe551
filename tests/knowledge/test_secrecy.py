from __future__ import annotations

import pytest

from knowledge.secrecy import is_secret, is_secret_edge

HEAD = "UBND TỈNH LAM SƠN\nSỞ NỘI VỤ\n\nSố: 12/KH-SNV\n"
BODY = "\n\nKẾ HOẠCH\n\nTriển khai công tác năm 2025\n\n1. Các đơn vị báo cáo trước ngày 30/11/2025.\n"


@pytest.mark.parametrize(
    "stamp",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "  [ MẬT ]  ",
        "T Ố I   M Ậ T",
        "M Ậ T",
        "TUYỆT  MẬT",
        "TỐI MẬT - HỎA TỐC",
        "Độ mật: Mật",
        "Độ mật: Tối mật",
        "ĐỘ MẬT: TUYỆT MẬT",
        "Mức độ mật: Mật.",
        "TÀI LIỆU MẬT",
        "TOI MAT",
        "TUYỆT\nMẬT",
        "MẬT | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "TỐI MẬT\tĐộc lập - Tự do - Hạnh phúc",
        "MẬT        Lam Sơn, ngày 3 tháng 2 năm 2025",
        "MA\u0323\u0302T",  # typed on a phone: NFD
    ],
)
def test_a_stamp_is_seen(stamp: str) -> None:
    assert is_secret(HEAD + stamp + BODY)


@pytest.mark.parametrize(
    "line",
    [
        "Bảo vệ bí mật nhà nước",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Tài liệu mật được quản lý theo quy định.",
        "TÀI LIỆU MẬT ĐƯỢC LƯU GIỮ RIÊNG",
        "Độ mật: Không",
        "Độ mật:",
        "ĐÃ GIẢI MẬT",
        "Mật",
        "mật",
        "MẶT TRẬN TỔ QUỐC",
        "MẬT ĐỘ DÂN SỐ",
        "QUẢN LÝ, SỬ DỤNG TÀI LIỆU\nMẬT",
        "QUẢN LÝ, SỬ DỤNG TÀI LIỆU TỐI\nMẬT",
        "1 | Tuyệt mật | Tối mật | Mật",
        "MAT",
        "BÍ\nMẬT",
    ],
)
def test_running_text_about_secrets_is_not_a_stamp(line: str) -> None:
    assert not is_secret(HEAD + line + BODY)


@pytest.mark.parametrize("stamp", ["TOI MAT", "TÓI MẠT", "MẠT", "MAT", "|MẶT|", "TUYỆT MAT"])
def test_recognition_may_lose_the_marks(stamp: str) -> None:
    assert is_secret(HEAD + stamp + BODY, recognised=True)


def test_a_stamp_stands_at_the_edge_of_any_page_but_not_inside_one() -> None:
    inside = "\n\n".join(f"{number}. Nội dung thứ {number} của kế hoạch." for number in range(1, 60))
    assert is_secret(HEAD + BODY + "\fMẬT\n\n" + inside)
    assert is_secret(HEAD + BODY + "\f" + inside + "\n\nTỐI MẬT\n")
    assert not is_secret(HEAD + BODY + "\f" + inside + "\n\nMẬT\n\n" + inside)


def test_headers_and_watermarks_are_edges_throughout() -> None:
    assert is_secret_edge(["Sở Nội vụ", "TỐI MẬT"])
    assert not is_secret_edge(["Sở Nội vụ", "Quy chế bảo vệ bí mật"])
