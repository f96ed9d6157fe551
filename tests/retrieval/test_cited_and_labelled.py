"""Answers that stand beside what was asked: in a cited document's number, under a label, in the next line of a list.

Through the whole pipeline: read from files, indexed, asked.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retrieval.expected import expected_form
from retrieval.labelled import has_label_of, labels, loses_thing_asked, openings
from retrieval.model import Wanted
from retrieval.wanted import wanted
from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

PLAN = """ỦY BAN NHÂN DÂN HUYỆN LAM SƠN

Số: 12/KH-UBND
Lam Sơn, ngày 17 tháng 02 năm 2026

KẾ HOẠCH
Quản lý con dấu và tài liệu lưu kho năm 2026

Căn cứ Nghị định số 26/2024/NĐ-CP ngày 28 tháng 02 năm 2024 của Chính phủ; Thông tư số 24/2024/TT-BNV ngày 10 tháng 3
năm 2024 của Bộ trưởng Bộ Nội vụ ban hành biểu mẫu lưu kho;

I. NỘI DUNG

1. Tuyên truyền các quy định về lưu kho đến toàn thể công chức.

2. Tiếp tục chấp hành quy định về sử dụng con dấu, sổ theo dõi kho theo Thông tư số 24/2024/TT-BNV ngày 10/3/2024.

II. TỔ CHỨC THỰC HIỆN

1. Phòng Tài chính cấp phát kinh phí sửa nhà kho từ nguồn đã giao cho Văn phòng tại Quyết định số 256/QĐ-UBND ngày
08/12/2025.

2. Phòng Nội vụ báo cáo kết quả kiểm kê về Văn phòng trước ngày 20/11/2026.
"""
GUIDE = """LIÊN CHI HỘI KHOA CƠ KHÍ

HƯỚNG DẪN
Xét chọn danh hiệu Sinh viên khỏe

I. TIÊU CHUẨN

1. Tiêu chuẩn Thể lực tốt
- Đạt giải trong hội thao cấp khoa.
- Tham gia ít nhất 02 buổi chạy bộ.

2. Tiêu chuẩn Tình nguyện tốt
- Tham gia một chiến dịch hè.
- Đạt được ít nhất 20 điểm công tác xã hội trong năm.

II. ĐĂNG KÝ

1. Thời gian nhận hồ sơ:

Từ ngày ***06/10/2026*** đến ngày ***30/10/2026***.

2. Hình thức đăng ký:

Sinh viên nộp hồ sơ bình xét.

3. Địa điểm nhận hồ sơ:

+ Gửi trực tiếp về Văn phòng Đoàn khoa, lầu 2 nhà E.
"""
DECISION = """ỦY BAN NHÂN DÂN HUYỆN LAM SƠN

Số: 71/2026/QĐ-UBND
Lam Sơn, ngày 5 tháng 01 năm 2026

QUYẾT ĐỊNH
Ban hành Quy chế xét tặng danh hiệu Công dân Lam Sơn

Điều 1. Ban hành kèm theo Quyết định này Quy chế xét tặng danh hiệu Công dân Lam Sơn.

Điều 2. Quyết định này có hiệu lực từ ngày 01 tháng 02 năm 2026, thay thế Quyết định số 35/2024/QĐ-UBND ngày 28 tháng 5
năm 2024. Việc cấp giấy phép thực hiện theo Thông tư 12/2025/TT-BXD.

Điều 3. Chế độ báo cáo

Các xã báo cáo về Phòng Văn hóa hằng quý, báo cáo đột xuất khi có yêu cầu.
"""


ARTICLE = """# Toàn văn Công điện 4939/CĐ-BTL 2026 về việc chủ động ứng phó với mưa lớn?

Ngày 04/02/2026, Bộ Thủy lợi ra Công điện 4939/CĐ-BTL năm 2026 về việc chủ động ứng phó với mưa lớn

Theo đó, các nhà máy bơm kiểm tra máy nổ theo quy định tại Nghị định số 17/2023/NĐ-CP trước khi mưa tới.
"""


FEES = """CÔNG TY CƠ KHÍ LAM SƠN

QUY ĐỊNH
Định mức một số khoản chi

Điều 1. Khoán ô tô cá nhân

Mức hỗ trợ ô tô cá nhân đi công tác là 4.500 đồng/km, gồm cả tiền gửi xe máy nổ dự phòng.

Điều 2. Hỗ trợ tiền gửi xe

Loại xe | Mức hỗ trợ
Xe máy | 120.000 đồng tiền gửi xe máy một tháng
Ô tô | 50% phí gửi xe ô tô đầu tiên

Điều 3. Tiền ăn trưa

Hỗ trợ tiền ăn trưa 30.000 đồng một suất.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    texts = {"ke-hoach.md": PLAN, "huong-dan.md": GUIDE, "quyet-dinh.md": DECISION, "cong-dien.md": ARTICLE}
    return asking(tmp_path_factory.mktemp("documents"), texts, now=NOW)


def test_a_cited_circular_is_shown_where_the_matter_asked_stands(ask: Ask) -> None:
    """… and not where the preamble cites it, which says nothing of seals."""
    answer = ask("con dấu, sổ theo dõi kho sử dụng theo thông tư nào?")
    assert "24/2024/TT-BNV" in answer.answer and answer.citations[0].section == "I.2"


@pytest.mark.parametrize("marks", ["Kinh phí sửa nhà kho giao cho Văn phòng tại quyết định số mấy?", ""])
def test_the_number_of_the_decision_that_gave_the_money(ask: Ask, marks: str) -> None:
    answer = ask(marks or "kinh phi sua nha kho giao cho van phong tai quyet dinh so may?")
    assert "256/QĐ-UBND" in answer.answer and answer.citations[0].section == "II.1"


def test_a_decree_that_rules_are_in_is_cited_by_one_document_and_not_asked_of_all(ask: Ask) -> None:
    answer = ask("các nhà máy bơm kiểm tra máy nổ theo quy định tại nghị định nào?")
    assert "17/2023/NĐ-CP" in answer.answer


def test_the_day_of_issue_as_an_article_tells_it(ask: Ask) -> None:
    answer = ask("Công điện 4939/CĐ-BTL ban hành ngày nào?")
    assert answer.found and "04/02/2026" in answer.answer


def test_half_of_a_fee_answers_a_turn_after_an_amount(tmp_path: Path) -> None:
    ask = asking(tmp_path, {"a.md": FEES}, now=NOW)
    answer = ask("còn ô tô thì sao?", "Mức hỗ trợ tiền gửi xe máy là bao nhiêu?")
    assert "50% phí gửi xe" in answer.answer


FARE = """HƯỚNG DẪN
Gửi thóc giống ở kho thôn năm 2026

I. Gửi thóc cả năm 2026

Thời gian gửi thóc: từ 01/01/2026 đến 31/12/2026.
Nộp đủ: 12 tháng x 5.000 đồng/tháng = 60.000 đồng. Thời gian nộp tiền gửi thóc giống cả năm: cùng thủy lợi phí.

II. Trông coi

Người coi kho ghi sổ mỗi chiều.

PHỤ LỤC
DANH MỤC KHO ĐƯỢC SỬA
ĐVT: triệu đồng

| STT | Kho | Kế hoạch vốn |
|---|---|---|
| 1 | Sửa kho thôn Đồng Bún | 3.000 |
| 2 | Sửa kho thôn Cầu Mây | 1.000 |
"""


@pytest.mark.parametrize(
    ("question", "amount"),
    [
        ("Gửi thóc giống cả năm 2026 ở kho thôn nộp bao nhiêu tiền?", "60.000 đồng"),
        ("von sua kho thon Dong Bun la bao nhieu trieu dong", "3.000"),
    ],
    ids=["what it is for stands in the heading", "the unit stands above the table"],
)
def test_an_amount_whose_sentence_says_little_else(tmp_path: Path, question: str, amount: str) -> None:
    answer = asking(tmp_path, {"a.md": FARE}, now=NOW)(question)
    assert answer.found and amount in answer.answer


def test_what_stands_in_the_line_after_its_label(ask: Ask) -> None:
    answer = ask("thời gian nhận hồ sơ Sinh viên khỏe từ ngày nào đến ngày nào?")
    assert "Thời gian nhận hồ sơ" in answer.answer and "30/10/2026" in answer.answer


def test_a_list_of_criteria_without_the_number_asked_leaves_the_passages(ask: Ask) -> None:
    assert (
        "20 điểm công tác xã hội" in ask("tieu chuan tinh nguyen tot can it nhat bao nhieu diem cong tac xa hoi").answer
    )


def test_where_to_hand_in_is_no_sentence_that_only_says_to(ask: Ask) -> None:
    answer = ask("nộp ở đâu?", "Thời gian nhận hồ sơ Sinh viên khỏe từ ngày nào đến ngày nào?")
    assert "lầu 2 nhà E" in answer.answer


def test_a_follow_up_stays_in_the_document_spoken_of(ask: Ask) -> None:
    """Another one has a better heading for it."""
    answer = ask("báo cáo về đâu?", "Kinh phí sửa nhà kho giao cho Văn phòng tại quyết định số mấy?")
    assert answer.citations[0].number == "12/KH-UBND"


def test_what_a_document_replaces_is_not_told_of_another(ask: Ask) -> None:
    assert "35/2024/QĐ-UBND" in ask("Quyết định 71/2026/QĐ-UBND thay quyết định nào?").answer
    assert "35/2024/QĐ-UBND" not in ask("Thông tư 12/2025/TT-BXD thay thế thông tư nào?").answer


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("biên bản lập theo mẫu số bao nhiêu?", "số của mẫu"),
        ("được giảm bao nhiêu thời gian làm việc hằng ngày?", "số ngày, tháng"),
        ("hạn mức tối đa về giá trị của hàng hóa là bao nhiêu?", "con số"),
        ("Nghị định bãi bỏ những điểm, khoản nào?", "điều, khoản, điểm"),
        ("mức chi điều dưỡng thực hiện theo thông tư nào?", None),
        ("mức chi điều dưỡng thế nào?", "số tiền"),
    ],
)
def test_the_form_asked_for(question: str, name: str | None) -> None:
    form = expected_form(question)
    assert (form.name if form else None) == name


@pytest.mark.parametrize(
    ("question", "text", "shows"),
    [
        ("nộp ở đâu?", "Sinh viên nộp hồ sơ bình xét.", False),
        ("nộp ở đâu?", "Sinh viên nộp hồ sơ về phòng Công tác sinh viên.", True),
        ("đi chỗ nào lấy sách?", "Bước 6: Đến quầy số 2 nhận sách.", True),
        ("đi chỗ nào lấy sách?", "Bước 6: Đến lượt thì nhận sách.", False),
        ("còn xã Tân Lâm thì ở đâu?", "Thôn Chi Hồ, xã Tân Lâm", True),
        ("còn xã Tân Lâm thì ở đâu?", "Xã Tân Lâm giữ sổ kho", False),
        ("vay vốn ở đâu?", "được vay vốn từ Quỹ Hỗ trợ nông dân", True),
        ("vùng nguy hiểm ở đâu?", "Vùng nguy hiểm: phía Bắc vĩ tuyến 19.", True),
        ("chi phí làm lại bến tính bằng bao nhiêu?", "chi phí làm lại bến tính bằng 30% giá đất bến", True),
        ("chi phí làm lại bến hết bao nhiêu?", "làm lại 30% bến", False),
        ("nộp thẻ chậm nhất bao lâu?", "nộp thẻ trong vòng 36h kể từ giờ vào bến", True),
        ("nộp thẻ chậm nhất bao lâu?", "nộp thẻ lúc 8h tại bến", False),
        ("làm trong bao lâu?", "Hoàn thiện đơn giá | Bộ Xây dựng | Thường xuyên", True),
        ("lập theo mẫu số mấy?", "theo Mẫu số 01/BCĐ", True),
        ("lập theo mẫu số mấy?", "theo mẫu kèm theo", False),
    ],
)
def test_what_has_the_form(question: str, text: str, shows: bool) -> None:
    form = expected_form(question)
    assert form is not None and form.shows(text) is shows


@pytest.mark.parametrize(
    ("question", "not_wanted"),
    [
        ("đình chỉ học tập có thời hạn là từ bao lâu đến bao lâu", Wanted.DEADLINE),
        ("quá hạn thì sao", Wanted.DEADLINE),
        ("đơn vị nộp báo cáo trễ hạn hai lần thì bị xử lý ra sao", Wanted.DEADLINE),
        ("giao ủy ban nhân dân huyện làm gì với các khoản chưa phân bổ", Wanted.DUTIES),
    ],
)
def test_what_is_not_asked(question: str, not_wanted: Wanted) -> None:
    assert not_wanted not in wanted(question)
    assert Wanted.DEADLINE in wanted("thời hạn nộp là ngày nào")
    assert Wanted.DEADLINE in wanted("báo cáo nào sắp đến hạn")
    assert Wanted.DUTIES in wanted("công đoàn phải làm gì")


def test_people_are_no_body_that_is_called_after_them(tmp_path: Path) -> None:
    text = "KẾ HOẠCH\nLập sổ đổi ca trực kho thóc\n\n1. Phòng Tổ chức cán bộ lập sổ đổi ca trước ngày 10/5/2026.\n"
    ask = asking(tmp_path, {"a.md": text}, now=NOW)
    assert "nhiệm vụ" not in ask("Lập sổ đổi ca muộn thì cán bộ phải làm thế nào?").answer.lower()
    assert "nhiệm vụ của phòng" in ask("Phòng Tổ chức cán bộ phải làm gì?").answer.lower()


CAMP = """ĐOÀN TRƯỜNG THCS BẾN LAU

KẾ HOẠCH
Tham gia lễ kỷ niệm 20 năm thành lập trường THCS Bến Lau

A. MỤC ĐÍCH

Chào mừng lễ kỷ niệm 20 năm thành lập trường THCS Bến Lau, số lượng đoàn viên tham gia lễ kỷ niệm đông đủ; mỗi chi đoàn
có mặt tại trại trước giờ khai mạc lễ kỷ niệm 20 năm thành lập trường, lều trại gọn gàng.

B. NỘI DUNG

I. Trại:
- Phụ trách chung: cô Phạm Thị Ngần và thầy Lò Văn Thái.
- Số lượng lều trại: 14 lều.
- Vật liệu: tre, lá, dây thừng; không dùng đinh.

II. Văn nghệ:
- Số lượng tiết mục: 9 tiết mục.

C. ĐIỀU KIỆN

Mọi hoạt động của lễ kỷ niệm 20 năm thành lập trường THCS Bến Lau dùng kinh phí của Đoàn trường.
"""


def test_the_label_that_a_question_begins_with(tmp_path: Path) -> None:
    question = "Số lượng lều trại tại lễ kỷ niệm 20 năm thành lập trường THCS Bến Lau là bao nhiêu?"
    answer = asking(tmp_path, {"trai.txt": CAMP}, now=NOW)(question)
    assert answer.found and "14 lều" in answer.citations[0].quote


ESSAYS = """HỘI NÔNG DÂN XÃ KHE LỨA

THỂ LỆ
Cuộc thi viết về nghề đan lưới

I. NỘI DUNG THI

1. Bài thi viết về nghề đan lưới ở xã Khe Lứa, dài không quá ba trang.

2. Ban tổ chức không nhận bài dự thi viết bằng các thể văn: văn tế, hịch, cáo, chiếu.

II. TỔ CHỨC

1. Người được mời chấm: ông Tạ Văn Lưới, bà Hà Thị Chài, mỗi người một phiếu.

2. Ban tổ chức cuộc thi: Ban Chấp hành Hội, cán bộ văn hóa xã.
"""


def test_a_label_is_left_where_it_says_nothing_of_what_is_asked(tmp_path: Path) -> None:
    ask = asking(tmp_path, {"the-le.txt": ESSAYS}, now=NOW)
    refused = ask("Ban tổ chức cuộc thi viết về nghề đan lưới không nhận bài viết bằng thể văn nào?")
    assert "văn tế" in refused.citations[0].quote
    assert "cán bộ văn hóa" in ask("Ban tổ chức cuộc thi viết về nghề đan lưới gồm những ai?").citations[0].quote
    best, label = (
        "Ban tổ chức không nhận bài viết bằng các thể văn: hịch, cáo.",
        "Ban tổ chức cuộc thi: Ban Chấp hành Hội",
    )
    assert loses_thing_asked("ban tổ chức cuộc thi không nhận thể văn nào", best, label)
    assert not loses_thing_asked("ban tổ chức cuộc thi gồm những ai", best, label)


MEALS = """HỘI ĐÒ NGANG TỈNH LAM KHÊ

HƯỚNG DẪN
Chi hỗ trợ người lái đò

1. Hỗ trợ tiền áo cho người lái đò và người nhà trong mùa lũ tại các bến của tỉnh Lam Khê, người mới vào nghề được thêm
một áo. Mức cho người lái đò là 61.000 đồng; người nhà được 23.000 đồng.

2. Sửa mái chèo. Mức hỗ trợ tiền áo cho người sửa mái chèo tại nhà không quá 415.000 đồng, bến ứng trước một nửa,
trả nốt khi xong; không chi cho thuyền đã bán, thuyền cho thuê, thuyền bỏ không quá một mùa nước.
"""


def test_no_label_comes_before_all_that_is_asked(tmp_path: Path) -> None:
    ask = asking(tmp_path, {"chi.txt": MEALS}, now=NOW)
    answer = ask("Mức hỗ trợ tiền áo cho người lái đò và người nhà trong mùa lũ tại các bến là bao nhiêu?")
    assert "61.000" in answer.citations[0].quote


def test_a_sentence_that_begins_as_the_question_does() -> None:
    question = "Tiền quà kèm theo chứng chỉ cho tay lái đò giỏi là bao nhiêu?"
    begun, form = openings(question, question), expected_form(question)
    assert has_label_of(begun, "Điều 2: Tiền quà kèm theo chứng chỉ là 245.000 đồng, trích từ quỹ.", form)
    assert not has_label_of(begun, "Điều 2: Tiền quà kèm theo chứng chỉ trao ở bến.", form)
    assert not has_label_of(begun, "Điều 2: Tiền quà của tay lái đò là 245.000 đồng, trích từ quỹ.", form)


def test_labels_of_lines_and_clauses() -> None:
    lines = ("1.1. Giờ mở cửa: 5h00; giờ đóng cửa: 23h00;", "- **Số lượng gian hàng:** 10 gian", "Thời gian: sáng")
    assert labels("\n".join((*lines, "Gồm các phần:", ""))) == ["gio mo cua", "gio dong cua", "so luong gian hang"]
