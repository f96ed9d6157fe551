"""A notice, a letter, a programme: short documents whose headings repeat nothing of what they are about.

Through the whole pipeline: read from files, indexed, asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from index.passages import split
from knowledge.analyse import analyse
from retrieval.answer import Assistant
from retrieval.model import Answer, Question
from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

NOTICE = """TRUNG TÂM GIÁO DỤC NGHỀ NGHIỆP LAM SƠN

Số: 14/TB-TTLS

Lam Sơn, ngày 6 tháng 2 năm 2026

THÔNG BÁO

Về việc khai giảng lớp Kỹ thuật trồng nấm rơm năm 2026

Căn cứ Kế hoạch số 3/KH-TTLS ngày 5/1/2026 của Trung tâm;

Trung tâm thông báo khai giảng lớp Kỹ thuật trồng nấm rơm, cụ thể như sau:

I. THỜI GIAN, ĐỊA ĐIỂM

1. Thời gian: 8h00, thứ Bảy ngày 14 tháng 3 năm 2026

2. Địa điểm: Phòng học số 5, nhà B, Trung tâm Giáo dục nghề nghiệp Lam Sơn, 12 đường Bờ Đê

II. ĐỐI TƯỢNG

Học viên lớp Kỹ thuật trồng nấm rơm là nông dân từ 18 tuổi, có đơn đăng ký học nghề trồng nấm rơm, trong đó ưu tiên hộ
nghèo, hộ cận nghèo của các xã, phường trên địa bàn, phụ nữ và bộ đội xuất ngũ có nguyện vọng học nghề.

III. NỘI DUNG HỌC

Gồm 3 phần:

- Chuẩn bị rơm và nhà nấm.

- Cấy meo và chăm sóc.

- Thu hái, sấy và bán nấm.

IV. HỌC PHÍ

STT

Phần học

Số tiết

Số tiền

1

Chuẩn bị rơm và nhà nấm

20

150.000

2

Cấy meo và chăm sóc

30

220.000

V. LIÊN HỆ

Điện thoại: (0292) 3719 5700

GIÁM ĐỐC

Trịnh Công Bằng
"""

PLAN = """ỦY BAN NHÂN DÂN XÃ BÌNH HÒA

Số: 31/KH-UBND

Bình Hòa, ngày 9 tháng 2 năm 2026

KẾ HOẠCH

Tổ chức Hội thi Gia đình sạch, ngõ xóm đẹp năm 2026

Thực hiện Công văn số 208/SVHTT-GĐ ngày 20/1/2026 của Sở Văn hóa và Thể thao, Ủy ban nhân dân xã ban hành kế hoạch:

I. MỤC ĐÍCH

- Chào mừng 59 năm ngày thành lập xã, Hội thi Gia đình sạch, ngõ xóm đẹp nhiệm kỳ 2025 - 2030.

- Vận động mỗi gia đình tham gia Hội thi Gia đình sạch, ngõ xóm đẹp.

II. THỜI GIAN

- Thời gian chấm: từ 8h00 đến 11h00 ngày 26/4/2026.

III. PHÂN CÔNG

| STT | Nội dung | Đơn vị | Ghi chú |

| 1 | Treo băng rôn. Phát loa ở đầu xóm. Nhắc các hộ quét dọn. | Đoàn xã | 7h00 - 7h30 |

| 2 | Chấm điểm ngõ xóm. Ghi biên bản có chữ ký. Tổng hợp điểm. | Hội Phụ nữ xã | 8h00 - 9h30 |

CHỦ TỊCH

Lê Thị Hạnh
"""


CARRIED_OUT = """{letterhead}

Số: {symbol}

{place}, ngày 9 tháng 2 năm 2026

KẾ HOẠCH

Thực hiện Chỉ thị số 17-CT/TU ngày 5/1/2026 của Ban Thường vụ Tỉnh ủy về trồng cây phân tán

I. NHIỆM VỤ

1. Tổ quản lý vườn ươm (TQLVƯ) gieo {count} bầu cây keo, chăm sóc đến khi đủ tuổi xuất vườn; ghi nhật ký tưới hằng tuần,
báo cáo tỷ lệ cây sống và số bầu bị hỏng cho văn phòng trước mỗi kỳ họp giao ban của cơ quan.

2. TQLVƯ mở cửa vườn ươm cho người dân đến nhận cây vào thứ Năm; người nhận ghi tên, số cây, nơi trồng vào sổ, mang theo
bao hoặc khay của mình, trồng ngay trong ngày để cây không bị héo, và báo lại sau một tháng cây nào còn, cây nào mất.

GIÁM ĐỐC

Bùi Văn Sang
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    forest = CARRIED_OUT.format(letterhead="CHI CỤC KIỂM LÂM", symbol="8/KH-CCKL", place="Lam Sơn", count="40.000")
    school = CARRIED_OUT.format(letterhead="TRƯỜNG CAO ĐẲNG NGHỀ", symbol="5/KH-CĐN", place="Hạ Sơn", count="3.000")
    files = {"thong-bao.txt": NOTICE, "ke-hoach.txt": PLAN, "kiem-lam.txt": forest, "truong.txt": school}
    return asking(tmp_path_factory.mktemp("notices"), files, now=NOW)


@pytest.mark.parametrize(
    ("question", "section", "fragment"),
    [
        ("Lớp Kỹ thuật trồng nấm rơm khai giảng lúc mấy giờ, ngày nào?", "I.1", "8h00, thứ Bảy ngày 14 tháng 3"),
        ("lop ky thuat trong nam rom khai giang o dau", "I.1", "Phòng học số 5"),
        ("Hội thi Gia đình sạch, ngõ xóm đẹp chấm vào ngày nào?", "II", "26/4/2026"),
    ],
)
def test_when_and_where_stand_under_their_label(ask: Ask, question: str, section: str, fragment: str) -> None:
    answer = ask(question)
    assert answer.found
    assert answer.citations[0].section == section
    assert fragment in answer.citations[0].quote


def test_a_figure_in_the_next_cell_of_a_table_that_lost_its_rows_is_quoted(ask: Ask) -> None:
    answer = ask("Học phí phần Cấy meo và chăm sóc là bao nhiêu tiền?")
    assert answer.found
    assert answer.citations[0].quote.split("\n")[0] == "Cấy meo và chăm sóc"
    assert "220.000" in answer.citations[0].quote


def test_parts_of_a_course_are_no_percentage(ask: Ask) -> None:
    answer = ask("Nội dung lớp trồng nấm rơm gồm mấy phần, là những phần nào?")
    assert answer.found and "Gồm 3 phần" in answer.citations[0].quote


def test_a_row_of_a_table_is_quoted_whole(ask: Ask) -> None:
    answer = ask("Ai chấm điểm ngõ xóm và ghi biên bản?")
    assert answer.citations[0].quote.startswith("2 | Chấm điểm ngõ xóm") or answer.citations[0].quote.startswith(
        "| 2 |"
    )
    assert "Hội Phụ nữ xã | 8h00 - 9h30" in answer.citations[0].quote


def test_the_number_of_what_a_plan_carries_out_is_not_its_own(ask: Ask) -> None:
    answer = ask("Hội thi Gia đình sạch, ngõ xóm đẹp thực hiện theo công văn số mấy của Sở Văn hóa và Thể thao?")
    assert answer.found and "208/SVHTT-GĐ" in answer.answer


def test_what_a_course_is_on_is_no_subject_of_a_document(ask: Ask) -> None:
    answer = ask("Đoàn xã phụ trách nội dung gì?")
    assert answer.found and "Treo băng rôn" in answer.citations[0].quote


def test_the_number_of_a_document_is_no_count(ask: Ask) -> None:
    answer = ask("Kế hoạch tổ chức Hội thi Gia đình sạch, ngõ xóm đẹp mang số bao nhiêu?")
    assert answer.found and "31/KH-UBND" in answer.answer


def test_number_and_date_of_it(ask: Ask) -> None:
    answer = ask("Số và ngày của nó?", "Hội thi Gia đình sạch, ngõ xóm đẹp chấm vào ngày nào?")
    assert answer.found and "31/KH-UBND" in answer.answer


def test_a_turn_that_nothing_alone_answers_is_asked_of_the_document_spoken_of(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = Assistant._answered

    def only_in_conversation(assistant: Assistant, question: Question, now: datetime) -> Answer:
        answer = answered(assistant, question, now)
        return answer if question.follow_up or question.text != turn else replace(answer, found=False, reason="")

    turn = "Học viên hộ cận nghèo đăng ký học nghề có được ưu tiên không?"
    earlier = "Lớp Kỹ thuật trồng nấm rơm khai giảng lúc mấy giờ, ngày nào?"
    monkeypatch.setattr(Assistant, "_answered", only_in_conversation)
    assert not ask(turn).found
    assert ask(turn, earlier).found


def test_another_date_is_not_the_one_asked_for(ask: Ask) -> None:
    assert not ask("Lớp Kỹ thuật trồng nấm rơm bế giảng và cấp chứng chỉ ngày nào?").found


def test_a_plan_is_meant_by_the_directive_it_carries_out_also_where_two_do(ask: Ask) -> None:
    for question in (
        "Theo kế hoạch thực hiện Chỉ thị 17-CT/TU, hôm nào vườn ươm cho người dân đến nhận cây?",
        "Ai gieo bầu cây keo theo Chỉ thị 17-CT/TU?",
    ):
        answer = ask(question)
        assert answer.found and answer.citations[0].number in ("8/KH-CCKL", "5/KH-CĐN")


def test_a_directive_that_is_only_carried_out_is_said_not_to_be_here(ask: Ask) -> None:
    answer = ask("Chỉ thị 17-CT/TU xử phạt người chặt phá rừng đầu nguồn ra sao?")
    assert not answer.found and "17-CT/TU" in answer.answer


def test_an_abbreviation_is_spelt_out_where_a_passage_is_searched(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(CARRIED_OUT.format(letterhead="SỞ X", symbol="1/KH-X", place="Y", count="5"), encoding="utf-8")
    contexts = {one.text[:8]: one.context for one in split(analyse(file), 0)}
    assert "tổ quản lý vườn ươm" in contexts["2. TQLVƯ"]


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("Kế hoạch thực hiện Chỉ thị 17-CT/TU của Chi cục Kiểm lâm số bao nhiêu?", "8/KH-CCKL"),
        ("Kế hoạch thực hiện Chỉ thị 17-CT/TU của Trường Cao đẳng nghề ban hành ngày nào?", "09/02/2026"),
        (
            "Kế hoạch thực hiện Chỉ thị 17-CT/TU của Trường Cao đẳng nghề do cơ quan nào ban hành?",
            "Trường Cao đẳng Nghề",
        ),
    ],
)
def test_a_plan_named_by_what_it_carries_out_answers_for_itself(ask: Ask, question: str, fact: str) -> None:
    answer = ask(question)
    assert answer.found and fact in answer.answer.split("\n")[0]


def test_the_date_of_what_it_carries_out_is_asked_for_as_such(ask: Ask) -> None:
    answer = ask("Chỉ thị 17-CT/TU ban hành ngày nào?")
    assert answer.found and "05/01/2026" in answer.answer
