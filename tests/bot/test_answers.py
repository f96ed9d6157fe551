from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.answers import Accepted, Rejected, shown, shown_number, understand_answer
from bot.domain.choosing import choose, choose_several
from bot.domain.days import parse_day
from bot.domain.forms import Option, Prompt, PromptKind

TODAY = date(2025, 11, 20)
LABELS = ("Hoàn thành", "Hoàn thành tốt", "Không hoàn thành")
FIELDS = ("Đất đai", "Môi trường", "Tài nguyên nước")


def prompt(kind: PromptKind, labels: tuple[str, ...] = ()) -> Prompt:
    options = tuple(Option(f"o{i}", label) for i, label in enumerate(labels))
    return Prompt(name="p", path="p", kind=kind, label="Câu hỏi", options=options)


@pytest.mark.parametrize(
    ("typed", "position"),
    [
        ("1", 0),
        ("2.", 1),
        ("số 3", 2),
        ("hai", 1),
        ("Hoàn thành", 0),
        ("hoan thanh tot", 1),
        ("không hoàn thành", 2),
        ("khong hoan thnh", 2),
        ("HOÀN THÀNH TỐT", 1),
        ("4", None),
        ("0", None),
        ("tạm được", None),
        ("", None),
    ],
)
def test_one_choice_in_any_spelling(typed: str, position: int | None) -> None:
    assert choose(typed, LABELS) == position


@pytest.mark.parametrize(
    ("typed", "positions"),
    [
        ("1, 3", (0, 2)),
        ("1 và 3", (0, 2)),
        ("3 1", (0, 2)),
        ("đất đai; tai nguyen nuoc", (0, 2)),
        ("tất cả", (0, 1, 2)),
        ("2", (1,)),
        ("1, 9", None),
        ("không biết", None),
    ],
)
def test_several_choices(typed: str, positions: tuple[int, ...] | None) -> None:
    assert choose_several(typed, FIELDS) == positions


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("15/11", date(2025, 11, 15)),
        ("15-11-2025", date(2025, 11, 15)),
        ("15.11.25", date(2025, 11, 15)),
        ("ngày 5 tháng 12", date(2025, 12, 5)),
        ("ngày 5 tháng 12 năm 2024", date(2024, 12, 5)),
        ("5/1", date(2026, 1, 5)),
        ("2025-11-15", date(2025, 11, 15)),
        ("hôm nay", TODAY),
        ("hom qua", date(2025, 11, 19)),
        ("ngày mai", date(2025, 11, 21)),
        ("31/02/2025", None),
        ("tuần sau", None),
        ("15", None),
        ("dạ hôm nay ạ", TODAY),
        ("Hôm Qua", date(2025, 11, 19)),
        ("sáng nay", TODAY),
        ("chieu qua", date(2025, 11, 19)),
        ("sáng mai", date(2025, 11, 21)),
        ("3 ngày trước", date(2025, 11, 17)),
        ("cách đây 3 ngày", date(2025, 11, 17)),
        ("15/11 vừa rồi", date(2025, 11, 15)),
        ("15/11 năm ngoái", date(2024, 11, 15)),
        ("20 thang 11 nam nay", TODAY),
        ("ngày mười lăm tháng mười một", date(2025, 11, 15)),
        ("mùng hai tháng chín", date(2025, 9, 2)),
        ("30 tháng tư", date(2026, 4, 30)),
        ("mùng 2/9", date(2025, 9, 2)),
        ("15112025", date(2025, 11, 15)),
        ("31/11", None),
        ("rằm tháng 7", None),
        ("15/11 âm lịch", None),
        ("3 ngày", None),
        ("tháng 11", None),
    ],
)
def test_days_as_people_write_them(typed: str, day: date | None) -> None:
    assert parse_day(typed, TODAY) == day


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (PromptKind.INTEGER, "12 sáng kiến", "12"),
        (PromptKind.INTEGER, "mười hai", "12"),
        (PromptKind.INTEGER, "1.250", "1250"),
        (PromptKind.DECIMAL, "12,5%", "12.5"),
        (PromptKind.DATE, "15/11", "2025-11-15"),
        (PromptKind.TEXT, "  Đã triển khai đủ.  ", "Đã triển khai đủ."),
    ],
)
def test_answers_are_understood_as_people_write_them(kind: PromptKind, typed: str, value: str) -> None:
    assert understand_answer(prompt(kind), typed, TODAY) == Accepted(value)


@pytest.mark.parametrize(
    ("kind", "typed", "fragment"),
    [
        (PromptKind.INTEGER, "nhiều lắm", "chưa phải là số"),
        (PromptKind.INTEGER, "12,5", "không phải là số nguyên"),
        (PromptKind.INTEGER, "1,250 người", "nếu là số lớn, xin ghi 1.250"),
        (PromptKind.DATE, "tuần sau", "chưa phải là ngày"),
        (PromptKind.DATE, "31/11", "“31/11” không có trong lịch. Xin ghi ngày/tháng/năm"),
        (PromptKind.DATE, "29/2/2025", "không có trong lịch"),
        (PromptKind.DATE, "rằm tháng 7", "là ngày âm lịch, xin đổi ra ngày dương lịch"),
        (PromptKind.DATE, "ram", "ngày âm lịch"),
        (PromptKind.DATE, "mùng 5", "ngày âm lịch"),
        (PromptKind.DATE, "ngày 15", "còn thiếu tháng"),
        (PromptKind.DATE, "tháng 11", "còn thiếu ngày"),
        (PromptKind.DATE, "11/2025", "còn thiếu ngày"),
        (PromptKind.SELECT_ONE, "tạm được", "không có trong các lựa chọn"),
        (PromptKind.FILE, "đây", "ảnh hoặc tệp"),
        (PromptKind.TEXT, "😀", "không có chữ"),
        (PromptKind.TEXT, "a" * 20_001, "20.001"),
    ],
)
def test_what_is_not_understood_is_said_clearly(kind: PromptKind, typed: str, fragment: str) -> None:
    result = understand_answer(prompt(kind, LABELS), typed, TODAY)
    assert isinstance(result, Rejected)
    assert fragment in result.message


def test_stored_answers_are_shown_as_people_read_them() -> None:
    assert shown(prompt(PromptKind.DATE), "2025-11-15") == "15/11/2025"
    assert shown(prompt(PromptKind.SELECT_MULTIPLE, FIELDS), "o0 o2") == "Đất đai, Tài nguyên nước"
    assert shown(prompt(PromptKind.INTEGER), "1250000") == "1.250.000"
    assert shown(prompt(PromptKind.TEXT), "") == "(bỏ trống)"
    assert shown_number("-0.5") == "-0,5"


@given(st.text(max_size=80), st.sampled_from(list(PromptKind)))
def test_any_text_is_survived(typed: str, kind: PromptKind) -> None:
    understand_answer(prompt(kind, LABELS), typed, TODAY)
