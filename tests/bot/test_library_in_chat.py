"""/vanban and /timkiem: documents listed, opened and searched, with and without diacritics, by whom they are for."""

from __future__ import annotations

import pytest

from tests.bot.chat import Speaker
from tests.bot.publishing import PLAN, Office
from tests.bot.publishing import made as made
from tests.bot.publishing import office as office  # fixtures


@pytest.fixture
def lan(office: Office) -> Speaker:
    return office.as_("lan")


def test_the_list_is_opened_by_a_tap_or_by_a_name_typed_in_a_hurry(lan: Speaker) -> None:
    lan.says("/vanban").sees("Đang có 6 văn bản", "Quyết định 198/QĐ-SNV · Sở Nội vụ Lam Sơn · 20/08/2026")
    lan.taps("Quyết định 198/QĐ-SNV").sees("Quyết định 198/QĐ-SNV", "Các phần", "Thời hạn")
    assert [one.label for one in lan.choices] == ["Danh sách"]  # nothing of what admins do
    lan.taps("Danh sách").says("ke hoach 245").sees("Gần dân, đúng hẹn, không phiền hà")
    lan.says("/van ban 1127").sees("Chuyển đổi số trong quản lý tài sản công")


def test_words_find_documents_and_passages(lan: Speaker) -> None:
    lan.says("/timkiem khen thuong dot xuat").sees("Hồ sơ khen thưởng đột xuất: trong vòng 10 ngày", "Khoản 3 Điều 10")
    lan.says("/tìm kiếm QUY CHẾ thi đua").sees("Văn bản (1):", "Quyết định 198/QĐ-SNV").taps("198/QĐ-SNV")
    lan.sees("Quyết định 198/QĐ-SNV", "Các phần")


@pytest.mark.parametrize("words", ["xyzzy abc", "tau vu tru len sao hoa"])
def test_what_is_not_there_is_not_found(lan: Speaker, words: str) -> None:
    lan.says(f"/timkiem {words}").sees(f"Không tìm thấy “{words}” trong các văn bản")


def test_without_words_an_example_is_given(lan: Speaker) -> None:
    lan.says("/timkiem").sees("ví dụ: /timkiem thi đua khen thưởng")


def test_an_admin_finds_what_was_withdrawn_by_its_name(office: Office, lan: Speaker) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode())).taps("Công bố")
    minh.says("/vanban 88").taps("Gỡ").taps("Gỡ văn bản này")
    lan.says("/vanban 88")
    assert "88/KH-SVT" not in lan.replies[0].text
    minh.says("/vanban 88").sees("Kế hoạch 88/KH-SVT: đã gỡ").taps("Khôi phục").sees("Đã khôi phục", replies=2)
    lan.says("/vanban 88").sees("Kế hoạch 88/KH-SVT")


def test_what_is_for_some_units_is_said_once(office: Office) -> None:
    minh = office.as_("minh")
    minh.attaches(("ke-hoach-88.txt", PLAN.encode())).taps("Công bố")
    minh.says("/vanban 88").taps("Giới hạn đơn vị").taps("Tổ chức cán bộ").taps("Xong")
    minh.says("/vanban 88").sees("Tình trạng: chỉ Phòng Tổ chức cán bộ và người quản trị xem được")
    assert minh.replies[0].text.count("Phòng Tổ chức cán bộ") == 1
