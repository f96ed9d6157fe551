"""Forms made from plans: which tasks become prompts, in whose words, in a workbook that reads back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.domain.forms import Form, PromptKind, Repeat
from bot.forms.generate import LONGEST_HINT, LONGEST_LABEL, form_workbook, survey
from bot.forms.task_tables import table_tasks
from bot.forms.tasks import find_tasks
from bot.forms.xlsform import read_form
from knowledge.analyse import analyse, analyse_text
from knowledge.document import Document
from tests.conftest import SAMPLES

PLAN = """SỞ VĂN THƯ TỈNH AN BÌNH

Số: 77/KH-SVT

An Bình, ngày 03 tháng 02 năm 2026

KẾ HOẠCH

Phong trào thi đua “Hồ sơ gọn, việc nhanh” năm 2026

Căn cứ Chỉ thị số 05/CT-UBND ngày 10/01/2026 của Ủy ban nhân dân tỉnh An Bình, Sở lập Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mỗi phòng giảm thời gian xử lý hồ sơ.

2. Phong trào phải thiết thực.

II. NỘI DUNG THI ĐUA

1. Tổ chức học tập quy trình mới: mỗi phòng bố trí ít nhất một buổi sinh hoạt chuyên đề trong quý, có biên bản và có \
phân công người theo dõi từng việc đã thống nhất tại buổi sinh hoạt đó để báo cáo lãnh đạo phòng.

2. Bảo đảm tỷ lệ hồ sơ trả đúng hẹn đạt từ 98% trở lên.

3. Số lượng sáng kiến được công nhận tăng so với năm trước.

4. Các phòng, đơn vị tập trung thực hiện các việc sau:

- Rà soát biểu mẫu đang dùng;

- Dán mã vạch lên hộp hồ sơ =SUM(A1) ${gia_tri}.

5. Hưởng ứng các phong trào do tỉnh phát động như:

- “Nụ cười công sở”;

- “Một giờ tự học”.

III. ĐỐI TƯỢNG, TIÊU CHÍ VÀ HÌNH THỨC KHEN THƯỞNG

1. Đối tượng: tập thể và cá nhân thuộc Sở.

2. Tiêu chí

a) Đối với tập thể

- Hoàn thành việc đã đăng ký;

- Không có đơn thư phản ánh đúng.

b) Đối với cá nhân

- Được từ 90% phiếu khảo sát đánh giá hài lòng.

3. Hình thức khen thưởng

a) Giấy khen của Giám đốc Sở.

IV. TỔ CHỨC THỰC HIỆN

1. Các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước ngày 05/12/2026.

Nơi nhận:
- Các phòng, đơn vị;
- Lưu: VT.

GIÁM ĐỐC

Đỗ Thị Mai
"""


@pytest.fixture(scope="module")
def plan() -> Document:
    return analyse_text(PLAN, file="ke-hoach-77.docx", digest="0" * 64)


@pytest.fixture(scope="module")
def form(plan: Document) -> Form:
    return read_form(form_workbook(plan))


def own(form: Form) -> list[str]:
    """The names of the prompts that come from the plan."""
    return [item.name for item in form.items if item.name.startswith("muc_")]


def test_tasks_and_criteria_are_found_where_they_are_announced(plan: Document) -> None:
    assert [task.place for task in find_tasks(plan)] == [
        *("II.1", "II.2", "II.3"),
        *("II.4", "II.4"),
        "II.5",
        *("III.2.a", "III.2.a", "III.2.b"),
    ]


def test_a_prompt_asks_in_the_tasks_own_words_and_names_its_place(form: Form) -> None:
    prompt = form.prompt("muc_ii_1")
    assert prompt.label == "Tổ chức học tập quy trình mới"
    assert prompt.hint.startswith("Mục II.1 Kế hoạch 77/KH-SVT: ")
    assert "phân công người theo dõi từng việc" in prompt.hint
    assert prompt.group == "II. NỘI DUNG THI ĐUA"
    assert prompt.kind is PromptKind.TEXT


def test_counts_and_percentages_are_asked_as_numbers(form: Form) -> None:
    assert form.prompt("muc_ii_2").kind is PromptKind.DECIMAL
    assert form.prompt("muc_ii_3").kind is PromptKind.INTEGER
    assert form.prompt("muc_iii_2_b").kind is PromptKind.DECIMAL
    assert form.prompt("muc_ii_2").constraint == ". >= 0"


def test_examples_after_nhu_stay_one_task(form: Form) -> None:
    assert "Một giờ tự học" in form.prompt("muc_ii_5").hint


def test_every_form_ends_with_the_usual_prompts(form: Form) -> None:
    assert [item.name for item in form.items][-5:] == [
        "tap_the_tieu_bieu",
        "ca_nhan_tieu_bieu",
        "kho_khan",
        "de_xuat",
        "tep_dinh_kem",
    ]
    people = next(item for item in form.items if item.name == "ca_nhan_tieu_bieu")
    assert isinstance(people, Repeat)
    assert [prompt.label for prompt in people.prompts][:2] == ["Họ và tên", "Chức vụ, đơn vị công tác"]
    assert form.prompt("tep_dinh_kem").kind is PromptKind.FILE


def test_the_form_is_named_after_the_plan(form: Form) -> None:
    assert (form.form_id, form.version) == ("bc_77_kh_svt", "1")
    assert form.title == "Báo cáo kết quả thực hiện Kế hoạch 77/KH-SVT"


def test_the_workbook_is_made_to_be_edited(plan: Document) -> None:
    book: Any = load_workbook(io.BytesIO(form_workbook(plan)))
    assert book.sheetnames == ["survey", "choices", "settings", "Hướng dẫn"]
    sheet = book["survey"]
    assert sheet.freeze_panes == "D2"
    assert sheet.column_dimensions["C"].width > 40
    assert sheet["A1"].font.bold
    assert any("select_one" in str(one.formula1) for one in sheet.data_validations.dataValidation)
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_question_added_by_hand_reads_back(plan: Document) -> None:
    book: Any = load_workbook(io.BytesIO(form_workbook(plan)))
    book["survey"].append(["select_one muc_do", "muc_do_chung", "Mức độ hoàn thành chung"])
    stream = io.BytesIO()
    book.save(stream)
    assert [option.name for option in read_form(stream.getvalue()).prompt("muc_do_chung").options][:2] == [
        "xuat_sac",
        "tot",
    ]


def test_a_table_of_tasks_is_a_prompt_a_row() -> None:
    assert table_tasks(
        "STT | Chỉ tiêu | Đơn vị tính | Kế hoạch\n1 | Hồ sơ số hóa | % | 80\n2 | Sáng kiến | đề tài | 4"
    ) == (
        "Hồ sơ số hóa (%)",
        "Sáng kiến (đề tài)",
    )
    document = analyse(SAMPLES / "ke-hoach-chuyen-doi-so-2027.docx")
    assert len(find_tasks(document)) == 5


def test_a_plan_without_tasks_is_still_asked_about() -> None:
    document = analyse_text(
        "KẾ HOẠCH\n\nTrực Tết\n\nCơ quan phân công trực như thường lệ.", file="a.txt", digest="1" * 64
    )
    rows = survey(document)
    assert rows[0].label.startswith("Kết quả triển khai thực hiện Kế hoạch")
    assert read_form(form_workbook(document)).items


@pytest.mark.parametrize(
    "file", sorted(path.name for path in SAMPLES.iterdir() if path.suffix in (".docx", ".txt", ".md"))
)
def test_every_sample_makes_a_form_that_reads_back(file: str) -> None:
    document = analyse(SAMPLES / file)
    form = read_form(form_workbook(document))
    prompts = [form.prompt(name) for name in own(form)]
    assert prompts
    assert all(len(one.label) <= LONGEST_LABEL + 15 and len(one.hint) <= LONGEST_HINT for one in prompts)
    assert len({one.name for one, _ in form.prompts()}) == len(list(form.prompts()))


def test_the_plan_with_eight_tasks_asks_eight_questions(seeds: Path) -> None:
    counts = [len(own(read_form(form_workbook(analyse(path))))) for path in sorted(seeds.glob("*.txt"))]
    assert counts == [8, 8, 7, 7, 8]
