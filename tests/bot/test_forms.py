from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

import pytest
from openpyxl import Workbook

from bot.domain.forms import Form, PromptKind, Repeat, Values
from bot.forms.expressions import Instance, calculated, is_allowed, is_relevant, is_required
from bot.forms.problems import FormError
from bot.forms.xlsform import read_form

TODAY = date(2025, 11, 20)
HEADING = ("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message", "calculation")
CHOICES = (
    ("co_khong", "co", "Có"),
    ("co_khong", "khong", "Không"),
    ("linh_vuc", "dat", "Đất"),
    ("linh_vuc", "nuoc", "Nước"),
)
SURVEY = (
    ("note", "loi_dan", "Báo cáo quý IV"),
    ("begin group", "so_lieu", "Số liệu"),
    ("integer", "sang_kien", "Số sáng kiến", "chỉ ghi số", "yes", "", ". >= 0 and . <= 500", "Từ 0 đến 500"),
    ("decimal", "ty_le", "Tỷ lệ"),
    ("end group", ""),
    ("select_one co_khong", "co_tt", "Có tập thể tiêu biểu không?"),
    ("text", "ten_tt", "Tên tập thể", "", "yes", "${co_tt} = 'co'"),
    ("begin repeat", "ca_nhan", "Cá nhân tiêu biểu"),
    ("text", "ho_ten", "Họ tên", "", "yes"),
    ("integer", "nam_sinh", "Năm sinh", "", "", "string-length(${ho_ten}) > 0", ". > 1900"),
    ("end repeat", ""),
    ("select_multiple linh_vuc", "linh_vuc", "Lĩnh vực"),
    ("date", "ngay_hop", "Ngày họp", "", "", "selected(${linh_vuc}, 'dat')", ". <= today()", "Không được ở tương lai"),
    ("calculate", "tong", "", "", "", "", "", "", "count(${ca_nhan}) + ${sang_kien}"),
    ("image", "anh", "Ảnh minh chứng"),
)


def workbook(
    survey: Sequence[Sequence[str]],
    choices: Sequence[Sequence[str]] = CHOICES,
    *,
    title: str = "Báo cáo thi đua",
    form_id: str = "bc_thi_dua",
) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (HEADING, *survey):
        sheet.append(list(row))
    listed = book.create_sheet("choices")
    for row in (("list_name", "name", "label"), *choices):
        listed.append(list(row))
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version"])
    settings.append([title, form_id, "3"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form(workbook(SURVEY))


def test_every_supported_kind_is_read_in_order(form: Form) -> None:
    assert (form.form_id, form.version, form.title) == ("bc_thi_dua", "3", "Báo cáo thi đua")
    assert [prompt.kind for prompt, _ in form.prompts()] == [
        PromptKind.NOTE,
        PromptKind.INTEGER,
        PromptKind.DECIMAL,
        PromptKind.SELECT_ONE,
        PromptKind.TEXT,
        PromptKind.TEXT,
        PromptKind.INTEGER,
        PromptKind.SELECT_MULTIPLE,
        PromptKind.DATE,
        PromptKind.CALCULATE,
        PromptKind.FILE,
    ]
    assert form.prompt("sang_kien").group == "Số liệu"
    assert form.prompt("sang_kien").hint == "chỉ ghi số"
    assert [option.label for option in form.prompt("co_tt").options] == ["Có", "Không"]


def instance(form: Form, values: Values) -> Instance:
    return Instance(form, values, TODAY)


def test_a_constraint_in_a_group_sees_its_own_answer(form: Form) -> None:
    prompt = form.prompt("sang_kien")
    assert is_allowed(prompt, instance(form, {"sang_kien": "12"}))
    assert not is_allowed(prompt, instance(form, {"sang_kien": "501"}))
    assert is_allowed(prompt, instance(form, {}))
    assert is_required(prompt, instance(form, {}))


def test_relevance_follows_an_earlier_answer(form: Form) -> None:
    prompt = form.prompt("ten_tt")
    assert not is_relevant(prompt, instance(form, {}))
    assert not is_relevant(prompt, instance(form, {"co_tt": "khong"}))
    assert is_relevant(prompt, instance(form, {"co_tt": "co"}))


def test_inside_a_repeat_each_entry_sees_its_own_answers(form: Form) -> None:
    repeat = next(item for item in form.items if isinstance(item, Repeat))
    prompt = form.prompt("nam_sinh")
    filled = instance(form, {"ca_nhan": ({"ho_ten": "Lan"}, {"ho_ten": ""})})
    assert is_relevant(prompt, filled, repeat, 0)
    assert not is_relevant(prompt, filled, repeat, 1)


def test_dates_compare_with_today(form: Form) -> None:
    prompt = form.prompt("ngay_hop")
    assert is_relevant(prompt, instance(form, {"linh_vuc": "dat nuoc"}))
    assert not is_relevant(prompt, instance(form, {"linh_vuc": "nuoc"}))
    assert is_allowed(prompt, instance(form, {"ngay_hop": "2025-11-20"}))
    assert not is_allowed(prompt, instance(form, {"ngay_hop": "2025-11-21"}))


def test_calculations_are_done_over_repeats(form: Form) -> None:
    values = calculated(form, {"sang_kien": "3", "ca_nhan": ({"ho_ten": "Lan"}, {"ho_ten": "Tuấn"})}, TODAY)
    assert values["tong"] == "5"


@pytest.mark.parametrize(
    ("row", "number", "fragment"),
    [
        (("geopoint", "vi_tri", "Vị trí"), 2, "geopoint"),
        (("text", "a", "A", "", "", "${khong_co} = 1"), 2, "khong_co"),
        (("text", "a", "A", "", "", "", "lung tung((", ""), 2, "tung()"),
        (("integer", "a", "A", "", "", "", "la_ham_la(.)"), 2, "la_ham_la"),
        (("select_one khong_ton_tai", "a", "A"), 2, "khong_ton_tai"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_row(row: tuple[str, ...], number: int, fragment: str) -> None:
    with pytest.raises(FormError) as refused:
        read_form(workbook([row, ("text", "b", "B")]))
    assert fragment in str(refused.value)
    assert any(problem.row == number for problem in refused.value.problems)


@pytest.mark.parametrize("content", [b"", b"khong phai excel", b"PK\x03\x04rac"])
def test_a_file_that_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(FormError, match="xlsx"):
        read_form(content)


def test_a_workbook_without_questions_is_refused() -> None:
    with pytest.raises(FormError, match="không có câu hỏi"):
        read_form(workbook([("note", "loi_dan", "Xin chào")]))
