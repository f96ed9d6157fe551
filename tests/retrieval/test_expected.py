from __future__ import annotations

import pytest

from retrieval.expected import expected_form


@pytest.mark.parametrize(
    ("question", "name", "shown", "not_shown"),
    [
        (
            "Tỷ lệ lao động tiên tiến tối đa là bao nhiêu phần trăm?",
            "tỷ lệ phần trăm",
            "không quá 70%",
            "theo quy định",
        ),
        ("ti le khen toi da bao nhieu", "tỷ lệ phần trăm", "15 phần trăm", "nhiều"),
        ("Mức tiền thưởng giấy khen bao nhiêu?", "số tiền", "0,3 lần mức lương cơ sở", "theo quy định"),
        ("Số điện thoại của người phụ trách là gì?", "số điện thoại", "ĐT 0901 234 567", "ngày 12/5/2025"),
        ("email nhận báo cáo là gì", "địa chỉ thư điện tử", "gửi về vanphong@lamson.example", "gửi văn bản"),
        ("Hội nghị bắt đầu lúc mấy giờ?", "giờ", "lúc 8 giờ 00", "ngày 5 tháng 8"),
        ("Mỗi đơn vị được đề nghị tối đa bao nhiêu tập thể?", "con số", "không quá hai tập thể", "các tập thể"),
    ],
)
def test_an_answer_must_have_the_form_asked_for(question: str, name: str, shown: str, not_shown: str) -> None:
    form = expected_form(question)
    assert form is not None
    assert form.name == name
    assert form.shown.search(shown)
    assert not form.shown.search(not_shown)


@pytest.mark.parametrize("question", ["Ai ký kế hoạch?", "Tiêu chí đối với cá nhân là gì?", "thoi han bao cao"])
def test_most_questions_take_any_words(question: str) -> None:
    assert expected_form(question) is None
