"""What a form workbook may hold, and every construct that is refused at upload: its sheet, its row, what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from bot.domain.forms import PromptKind, Repeat
from bot.forms.expressions import Instance, calculated, is_relevant
from bot.forms.problems import FormError
from bot.forms.workbook import read_workbook
from bot.forms.xlsform import read_form

TODAY = date(2025, 11, 20)
HEAD = ("type", "name", "label")
ASK = ("text", "b", "B")  # a question that is in order
LISTS = (("list_name", "name", "label"), ("l", "a", "A"), ("l", "c", "C"))
Rows = Sequence[Sequence[object]]


def book(sheets: Mapping[str, Rows]) -> bytes:
    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def survey(*rows: Sequence[object], column: str = "", choices: Rows = LISTS) -> bytes:
    """A workbook with these rows below its heading, `column` the fourth one."""
    return book({"survey": ((*HEAD, column) if column else HEAD, *rows), "choices": choices})


def problems(content: bytes) -> list[str]:
    with pytest.raises(FormError) as refused:
        read_form(content)
    return [str(one) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("geopoint", "g", "G"), "", "“geopoint” chưa được hỗ trợ; dùng text"),
        (("geotrace", "g", "G"), "", "“geotrace” chưa được hỗ trợ; dùng text, integer"),
        (("audio", "g", "G"), "", "dùng file"),
        (("video", "g", "G"), "", "dùng file"),
        (("barcode", "g", "G"), "", "dùng text"),
        (("time", "g", "G"), "", "gợi ý cách ghi giờ"),
        (("datetime", "g", "G"), "", "dùng date"),
        (("range", "g", "G"), "", "dùng integer"),
        (("rank l", "g", "G"), "", "dùng select_multiple"),
        (("acknowledge", "g", "G"), "", "dùng select_one"),
        (("hidden", "g", "G"), "", "dùng calculate"),
        (("osm", "g", "G"), "", "“osm” chưa được hỗ trợ"),
        (("start", "start", ""), "", "máy tự ghi, không dùng ở đây; xóa dòng này"),
        (("audit", "audit", ""), "", "máy tự ghi"),
        (("số nguyên", "g", "G"), "", "“số nguyên” chưa được hỗ trợ; dùng text, integer"),
        (("Integer", "g", "G"), "", "sửa “Integer” thành “integer”"),
        (("select_on l", "g", "G"), "", "“select_on l” chưa được hỗ trợ"),
        (("select_one", "g", "G"), "", "thiếu tên danh sách lựa chọn"),
        (("select_one khac", "g", "G"), "", "“khac” không có ở trang choices"),
        (("select_one l or_other", "g", "G"), "", "or_other chưa được hỗ trợ; thêm lựa chọn “Khác”"),
        (("select_one_external l", "g", "G"), "", "từ tệp khác"),
        (("select_multiple_from_file x.csv", "g", "G"), "", "từ tệp khác"),
        (("csv-external", "g", ""), "", "từ tệp khác"),
        (("select_one l", "g", "G", "x=${b}"), "choice_filter", "choice_filter"),
        (("text", "g", "G", "a.png"), "media::image", "media"),
        (("text", "g", "G", "a.png"), "image::Tiếng Việt (vi)", "media"),
        (("text", "g", "G", "yes"), "read_only", "readonly"),
        (("text", "g", "G", "${b}"), "trigger", "trigger"),
        (("text", "g", "G", "cay"), "save_to", "save_to"),
        (("select_one l", "g", "G", "search('x')"), "appearance", "search('x')"),
        (("text", "g", "G", "pulldata('a', 'b', ${b})"), "relevant", "hàm “pulldata()” ở cột relevant"),
        (("text", "g", "G", "${b} = '' or la_ham_la(.)"), "constraint", "hàm “la_ham_la()”"),
        (("text", "g", "G", "${khong_co} = 1"), "relevant", "“${khong_co}”"),
        (("text", "g", "Kể tên ${khong_co}"), "", "cột label nhắc đến “${khong_co}”"),
        (("text", "g", "G", "lung tung(("), "constraint", "tung()"),
        (("integer", "g", "G", ". > > 1"), "constraint", "không hiểu biểu thức “. > > 1”; sửa lại"),
        (("text", "g", "G", "nên có"), "required", "không rõ nghĩa; ghi yes"),
        (("text", "g", "G", "1 + 1"), "calculation", "chỉ dùng cho loại calculate"),
        (("calculate", "g", ""), "", "chưa có công thức"),
        (("text", "g", "G", "concat(${b}, 'x')"), "default", "tính từ câu khác"),
        (("integer", "g", "G", "vài"), "default", "không phải là số nguyên"),
        (("decimal", "g", "G", "12,5"), "default", "ghi như 12.5"),
        (("date", "g", "G", "31/11"), "default", "không phải là ngày"),
        (("date", "g", "G", "2025-02-30"), "default", "không phải là ngày"),
        (("image", "g", "G", "a.png"), "default", "không có giá trị mặc định"),
        (("select_one l", "g", "G", "zz"), "default", "“zz” không có trong các lựa chọn"),
        (("text", "b", "C"), "", "tên “b” trùng với dòng 2"),
        (("text", "B", "C"), "", "trùng với dòng 2"),
        (("text", "g", ""), "", "chưa có câu hỏi; ghi vào cột label"),
        (("text", "", "C"), "", "thiếu tên ở cột name"),
        (("", "g", "C"), "", "thiếu loại câu hỏi ở cột type"),
        (("text", "số lượng", "C"), "", "tên “số lượng” không dùng được"),
        (("text", "1a", "C"), "", "bắt đầu bằng chữ"),
        (("text", "meta", "C"), "", "dành riêng"),
        (("end group", "", ""), "", "không khớp với dòng begin nào"),
        (("begin loop over l", "g", "G"), "", "chưa được hỗ trợ"),
    ],
)
def test_a_row_that_cannot_be_asked_is_refused_by_its_number(row: tuple[str, ...], column: str, says: str) -> None:
    found = [one for one in problems(survey(ASK, row, column=column)) if says in one]
    assert found and all(one.startswith("Trang “survey”, dòng 3: ") for one in found), found


def test_the_number_counts_blank_rows_as_excel_does() -> None:
    assert problems(survey(ASK, (), (), ("geopoint", "g", "G")))[0].startswith("Trang “survey”, dòng 5: ")


@pytest.mark.parametrize(
    ("rows", "line", "says"),
    [
        (
            (("begin repeat", "r", "R"), ("begin repeat", "q", "Q"), ASK, ("end repeat",), ("end repeat",)),
            3,
            "lặp khác",
        ),
        ((("begin repeat", "r", ""), ASK, ("end repeat",)), 2, "nhóm lặp chưa có tiêu đề"),
        ((("begin group", "g", "G"), ASK), 2, "chưa có dòng end_group"),
        ((("begin repeat", "g", "G"), ASK, ("end group",)), 4, "“end group” không khớp"),
        ((ASK, ("begin group", "g", "G"), ("end group",)), 3, "không có câu hỏi nào"),
        ((ASK, ("begin group", "g", "G"), ("text", "b", "C"), ("end group",)), 4, "trùng với dòng 2"),
    ],
)
def test_groups_and_repeats_that_do_not_fit(rows: Rows, line: int, says: str) -> None:
    found = problems(survey(*rows))
    assert any(one.startswith(f"Trang “survey”, dòng {line}: ") and says in one for one in found), found


def test_a_fixed_number_of_entries_is_refused() -> None:
    rows = (("integer", "n", "N"), ("begin repeat", "r", "R", "${n}"), ASK, ("end repeat",))
    assert "dòng 3" in problems(survey(*rows, column="repeat_count"))[0]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("l", "a", "Khác"), "tên lựa chọn trùng với dòng 2 của danh sách “l”"),
        (("l", "d", "a"), "nhãn lựa chọn trùng với dòng 2"),
        (("l", "", "D"), "lựa chọn thiếu tên"),
        (("", "d", "D"), "thiếu tên danh sách"),
        (("l", "d", ""), "lựa chọn chưa có nhãn"),
        (("l", "d e", "D"), "không được có dấu cách"),
        (("l", "d", "D", "d.png"), "hình, tiếng kèm lựa chọn"),
    ],
)
def test_choices_that_cannot_be_offered_are_refused_by_their_row(row: tuple[str, ...], says: str) -> None:
    choices = ((*LISTS[0], "media::image"), *LISTS[1:], row)
    (found,) = problems(survey(ASK, ("select_one l", "g", "G"), choices=choices))
    assert found.startswith("Trang “choices”, dòng 4: ") and says in found


@pytest.mark.parametrize(
    ("sheets", "says"),
    [
        ({"Khảo sát": (HEAD, ASK)}, "thiếu trang tính “survey” (tệp có: “Khảo sát”); đổi tên"),
        ({"survey ": (HEAD, ASK)}, "“survey ” có dấu cách thừa; đổi thành “survey”"),
        ({"Sheet": ()}, "thiếu trang tính “survey”"),
        ({"survey": ()}, "dòng 1: thiếu cột “type”, “name”, “label”"),
        ({"survey": (("loại", "tên", "câu hỏi"), ASK)}, "thiếu cột"),
        ({"survey": (("type", "name"), ("text", "b"))}, "thiếu cột “label”"),
        ({"survey": ((*HEAD, "Label"), (*ASK, "C"))}, "dòng 1: có hai cột “label”"),
        ({"survey": (HEAD, ASK), "choices": (*LISTS, ("l", "", "D"))}, "Trang “choices”, dòng 4: lựa chọn thiếu tên"),
        ({"survey": (HEAD,)}, "không có câu hỏi nào"),
        ({"survey": (HEAD, ("note", "n", "Xin chào"))}, "không có câu hỏi nào"),
        ({"survey": (HEAD, ASK, ("select_one l", "g", "G"))}, "dòng 3: câu hỏi lựa chọn cần trang tính “choices”"),
        ({"survey": (HEAD, ("select_one l", "g", "G")), "choices": (("list_name", "name"),)}, "thiếu cột “label”"),
        ({"survey": (HEAD, ASK), "external_choices": LISTS}, "Trang “external_choices”, dòng 2: "),
        ({"survey": (HEAD, ASK), "entities": (("dataset",), ("cay",))}, "Trang “entities”, dòng 2: "),
        ({"survey": (HEAD, *(("note", f"n{i}", "N") for i in range(2001)))}, "hơn 2000 dòng"),
    ],
)
def test_a_workbook_that_is_no_form_is_refused(sheets: dict[str, Rows], says: str) -> None:
    assert any(says in one for one in problems(book(sheets)))


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, part)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "không phải là bảng tính"),
        (b"khong phai excel", "Lưu thành “Excel Workbook (.xlsx)”"),
        (b"PK\x03\x04rac", "không phải là bảng tính"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "Excel 97–2003 (.xls) hoặc có mật khẩu"),
        (with_part(survey(ASK), "xl/vbaProject.bin", b"macro"), "có macro"),
        (with_part(survey(ASK), "xl/lon.xml", bytes(65 * 2**20)), "quá lớn khi mở ra"),
    ],
)
def test_a_file_that_is_no_plain_workbook_says_what_to_do(content: bytes, says: str) -> None:
    (found,) = problems(content)
    assert says in found


def test_every_problem_is_told_at_once_and_in_order() -> None:
    found = read_workbook(survey(("geopoint", "g", "G"), ("text", "", "T"), ("text", "c", "")), "a.xlsx")
    assert found[0] is None
    assert [one.partition(":")[0] for one in found[1]] == [f"Trang “survey”, dòng {line}" for line in (2, 3, 4)]
    assert all(one.endswith(".") for one in found[1])


def test_what_pyxform_says_keeps_its_row() -> None:
    found = problems(survey(ASK, ("note", "n", "N", "1 +"), column="relevant"))
    assert any("dòng 3" in one for one in found), found


# What is read


def test_a_day_typed_as_a_day_in_excel_is_a_default() -> None:
    form = read_form(survey(("date", "g", "G", datetime(2025, 11, 15)), column="default"))
    assert form.prompt("g").default == "2025-11-15"


@pytest.mark.parametrize(
    ("typed", "is_required"),
    [
        *((typed, True) for typed in ("yes", "x", "Có", "TRUE", True, 1, "bắt buộc")),
        *((typed, False) for typed in ("no", "không", "false()", None, 0)),
    ],
)
def test_required_as_people_mark_it(typed: object, is_required: bool) -> None:
    form = read_form(survey(("text", "g", "G", typed), column="required"))
    assert (form.prompt("g").required == "true()") is is_required


def test_other_spellings_of_types_and_sheets() -> None:
    rows = (("text", "b", "B"), ("select one l", "c", "C"), ("select_multiple l", "d", "D"), ("photo", "e", "E"))
    form = read_form(book({"Survey": (HEAD, *rows), "CHOICES": LISTS}))
    kinds = [prompt.kind for prompt, _ in form.prompts()]
    assert kinds == [PromptKind.TEXT, PromptKind.SELECT_ONE, PromptKind.SELECT_MULTIPLE, PromptKind.FILE]


def test_quotations_stay_as_they_stood_in_the_workbook() -> None:
    row = ("select_one l", "g", "Phong trào “Gần dân”", "Mục II.1: “giảm giấy tờ”", ". != 'a'", "Không ghi “A”")
    heading = (*HEAD, "hint", "constraint", "constraint_message")
    choices = (LISTS[0], ("l", "a", "Loại “A”"))
    prompt = read_form(book({"survey": (heading, row), "choices": choices})).prompt("g")
    assert (prompt.label, prompt.hint) == row[2:4]
    assert (prompt.constraint_message, prompt.options[0].label) == ("Không ghi “A”", "Loại “A”")
    assert prompt.constraint == ". != 'a'"


def test_of_several_languages_the_vietnamese_one_is_asked() -> None:
    languages = ("English (en)", "Tiếng Việt (vi)")
    head = ("type", "name", *(f"label::{one}" for one in languages), "constraint")
    head = (*head, *(f"constraint_message::{one}" for one in languages))
    form = read_form(book({"survey": (head, ("text", "b", "Name", "Tên", ". != ''", "No", "Phải ghi"))}))
    assert (form.prompt("b").label, form.prompt("b").constraint_message) == ("Tên", "Phải ghi")


def test_a_condition_of_a_group_in_a_repeat_sees_the_answers_of_its_entry() -> None:
    form = read_form(
        survey(
            ("begin repeat", "r", "R"),
            ("text", "b", "B"),
            ("begin group", "g", "G", "${b} = 'co'"),
            ("begin group", "h", "H"),
            ("text", "c", "C"),
            ("end group",),
            ("end group",),
            ("end repeat",),
            column="relevant",
        )
    )
    repeat = next(item for item in form.items if isinstance(item, Repeat))
    filled = Instance(form, {"r": ({"b": "co"}, {"b": "khong"})}, TODAY)
    assert is_relevant(form.prompt("c"), filled, repeat, 0)
    assert not is_relevant(form.prompt("c"), filled, repeat, 1)


def test_totals_over_the_entries_of_a_repeat() -> None:
    form = read_form(
        survey(
            ("begin repeat", "r", "R"),
            ("integer", "b", "B"),
            ("end repeat",),
            ("calculate", "tong", "", "sum(${b})"),
            ("calculate", "cao", "", "max(${b})"),
            ("calculate", "thap", "", "min(${b})"),
            ("calculate", "ke", "", "join(', ', ${b})"),
            ("calculate", "co", "", "count-non-empty(${b})"),
            column="calculation",
        )
    )
    values = calculated(form, {"r": ({"b": "3"}, {"b": "12"}, {})}, TODAY)
    assert [values[name] for name in ("cao", "thap", "ke", "co")] == ["12", "3", "3, 12", "2"]
    assert calculated(form, {"r": ()}, TODAY)["cao"] == ""
