from __future__ import annotations

import pytest

from knowledge.acronyms import defined, spelt_out


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cố vấn học tập (CVHT) là giảng viên.", {"CVHT": "cố vấn học tập"}),
        ("Công tác bảo vệ bí mật nhà nước (sau đây viết tắt là BVBMNN) năm 2026", {"BVBMNN": "bảo vệ bí mật nhà nước"}),
        ("Đại học Đồng bằng (gọi tắt là “ĐHĐB”)", {"ĐHĐB": "đại học đồng bằng"}),
        ("bảo đảm an toàn và trật tự (BĐATTT)", {"BĐATTT": "bảo đảm an toàn và trật tự"}),
        ("Phòng Kho (VP) và các đơn vị (xem Phụ lục II)", {}),
        ("(CVHT)", {}),
    ],
)
def test_what_a_document_makes(text: str, found: dict[str, str]) -> None:
    assert defined(text) == found


def test_what_nobody_explains_is_guessed_from_what_is_often_said() -> None:
    said = "Cố vấn học tập gặp lớp. CVHT ghi sổ. "
    assert defined(said * 3) == {"CVHT": "cố vấn học tập"}
    assert defined(said * 2) == {}  # too seldom to be sure
    assert defined((said + "Chi viện hành trình. ") * 3) == {}  # two readings, as often said
    assert defined("UBND họp. Ủy ban nhân dân họp. " * 3) == {}  # everybody knows it


def test_what_a_passage_leaves_unsaid() -> None:
    known = {"CVHT": "cố vấn học tập", "SV": "sinh viên"}
    assert spelt_out("CVHT họp với SV; mỗi CVHT phụ trách một lớp", known) == ["cố vấn học tập", "sinh viên"]
    assert spelt_out("Cố vấn học tập (CVHT) họp hằng tháng", known) == []
    assert spelt_out("CVHTX", known) == []
