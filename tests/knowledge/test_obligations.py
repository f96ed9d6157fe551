"""Duties of whole documents: plans, tables of tasks, circulars, letters, and the customer's own."""

# ruff: noqa: E501 - one duty, one line: a wrapped table cannot be read

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import ObligationKind, PartialDate
from knowledge.obligations import find_obligations
from knowledge.stitching import stitch
from knowledge.structure import parse_sections
from knowledge.text import normalise
from tests.knowledge.duties import HEADER, of_document
from tests.knowledge.test_obligations_sentences import NO_DUTY, cases

PLAN = """SỞ KHOA HỌC VÀ CÔNG NGHỆ TỈNH BÌNH SƠN
Số: 45/KH-SKHCN

Bình Sơn, ngày 12 tháng 02 năm 2026

KẾ HOẠCH

Công tác thi đua, khen thưởng năm 2026

Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; Sở Khoa học và Công nghệ ban hành Kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU

1. Mục đích

- Phấn đấu hoàn thành 100% chỉ tiêu trong năm 2026.

- Kịp thời động viên tập thể, cá nhân tiêu biểu.

II. NHIỆM VỤ

1. Phát động và ký kết giao ước thi đua

- Nội dung: Tổ chức lễ phát động thi đua trong toàn Sở.

- Đơn vị chủ trì: Văn phòng Sở.

- Thời gian hoàn thành: Trước ngày 15/3/2026.

2. Tổ chức Hội nghị điển hình tiên tiến

a) Đơn vị thực hiện: Phòng Tổ chức cán bộ.

b) Thời gian: Quý III/2026.

3. Sơ kết 6 tháng đầu năm, tổng kết năm

Các cụm thi đua tổ chức sơ kết trước ngày 30/6/2026, tổng kết trước ngày 30/11/2026.

4. Rà soát, sửa đổi Quy chế thi đua của Sở (hoàn thành trong quý II/2026).

5. Trong năm 2025, Sở đã tổ chức 04 lớp tập huấn và hoàn thành chỉ tiêu trước ngày 20/12/2025.

III. THỜI GIAN THỰC HIỆN

Phong trào được triển khai từ ngày ban hành Kế hoạch đến hết ngày 31/12/2026.

IV. TỔ CHỨC THỰC HIỆN

1. Văn phòng Sở:

- Theo dõi, đôn đốc các đơn vị thực hiện Kế hoạch;

- Tổng hợp kết quả, báo cáo Giám đốc Sở trước ngày 15/12/2026.

2. Các phòng, đơn vị trực thuộc

a) Xây dựng kế hoạch của đơn vị mình, gửi Văn phòng Sở trước ngày 10/3/2026 để theo dõi.

b) Định kỳ hằng quý (trước ngày 20 của tháng cuối quý), 6 tháng và năm báo cáo kết quả về Sở (qua Văn phòng Sở).

3. Công đoàn cơ sở tuyên truyền, vận động đoàn viên hưởng ứng; nếu có vướng mắc kịp thời báo cáo về Văn phòng Sở.

4. Hội đồng Thi đua - Khen thưởng Sở họp xét khen thưởng vào cuối năm theo quy định.

Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, các đơn vị phản ánh về Văn phòng Sở để báo cáo Giám đốc Sở./.

Nơi nhận:
- Sở Nội vụ (báo cáo trước ngày 01/3/2026);
- Lưu: VT.

GIÁM ĐỐC

Trần Văn Bình
"""

TABLE = """KẾ HOẠCH

Chuyển đổi số năm 2026

I. NHIỆM VỤ CỤ THỂ

STT | Nội dung công việc | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian hoàn thành | Sản phẩm
I | Tuyên truyền | | | |
1 | Mở chuyên mục trên trang tin | Trung tâm Công nghệ thông tin | Văn phòng Sở | Tháng 3/2026 | Chuyên mục
2 | Báo cáo kết quả 6 tháng đầu năm | Văn phòng Sở | Các phòng | Trước ngày 15/6/2026 | Báo cáo
3 | Gửi hồ sơ đề nghị công nhận sáng kiến | Các đơn vị | | Chậm nhất 20/10/2026 | Hồ sơ
4 | Kiểm tra việc thực hiện | Thanh tra Sở | | Hằng quý |
5 | Vận hành hệ thống | … | | Thường xuyên |
6 | Mua sắm thiết bị | Văn phòng Sở | | |
"""

CIRCULAR = """THÔNG TƯ

Quy định chế độ báo cáo về thi đua, khen thưởng

Điều 1. Phạm vi điều chỉnh
Thông tư này quy định chế độ báo cáo định kỳ, báo cáo đột xuất về thi đua, khen thưởng.

Điều 2. Giải thích từ ngữ
1. Báo cáo định kỳ là báo cáo được lập theo chu kỳ, lặp lại nhiều lần trong năm.

Điều 3. Trách nhiệm báo cáo
1. Ủy ban nhân dân cấp xã báo cáo Sở Nội vụ:
a) Báo cáo 6 tháng: trước ngày 10 tháng 6 hằng năm;
b) Báo cáo năm: trước ngày 10 tháng 12 hằng năm.
2. Sở Nội vụ tổng hợp, báo cáo Bộ Nội vụ trước ngày 20 tháng 12 hằng năm.
3. Các bộ, ngành gửi báo cáo về Bộ Nội vụ chậm nhất ngày 15 tháng 01 năm sau.

Điều 4. Nội dung báo cáo
Báo cáo gồm các nội dung: kết quả thực hiện, tồn tại, nguyên nhân và đề xuất, kiến nghị.

Điều 5. Thời gian chốt số liệu báo cáo
Số liệu báo cáo năm tính từ ngày 15 tháng 12 năm trước đến ngày 14 tháng 12 của kỳ báo cáo.

Điều 6. Thời hạn nộp hồ sơ
1. Hồ sơ khen thưởng theo công trạng: trước ngày 15 tháng 12 hằng năm.
2. Hồ sơ khen thưởng đột xuất: trong vòng 10 ngày kể từ ngày lập được thành tích.

Điều 7. Hiệu lực thi hành
1. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2026.
2. Hồ sơ đã nộp trước ngày 01 tháng 3 năm 2026 được giải quyết theo quy định cũ.
"""

LETTER = """Kính gửi: Các sở, ban, ngành; UBND các xã, phường.

Thực hiện Kế hoạch số 12/KH-UBND ngày 02/01/2026 của UBND tỉnh về công tác thi đua, Sở Nội vụ đề nghị các cơ quan, đơn vị triển khai một số nội dung sau:

Đề nghị các cơ quan, đơn vị lập danh sách đăng ký danh hiệu thi đua theo mẫu, gửi về Sở Nội vụ (qua Ban Thi đua) trước ngày 31/01/2026, đồng thời gửi bản mềm qua hộp thư điện tử.

Quá thời hạn nêu trên, đơn vị nào không gửi đăng ký coi như không tham gia.

Khối trưởng các khối thi đua báo cáo tổng kết khối trước ngày 15 tháng 12 năm 2026 để Sở Nội vụ trình UBND tỉnh khen thưởng theo quy định.
"""

NO_TIME_AT_ALL = """KẾ HOẠCH

Trồng cây xanh trong khuôn viên cơ quan

I. NỘI DUNG

1. Mỗi phòng nhận chăm sóc một khu vực.

2. Công đoàn cơ sở vận động đoàn viên tham gia.
"""


EXPECTED_PLAN = """
II.1 | finish | Văn phòng Sở | Phát động và ký kết giao ước thi đua | - | Trước ngày 15/3/2026 | 2026-03-15 exclusive
II.2.b | finish | Phòng Tổ chức cán bộ | Tổ chức Hội nghị điển hình tiên tiến | - | Quý III/2026 | 2026-09-30
II.3 | finish | Các cụm thi đua | tổ chức sơ kết | - | trước ngày 30/6/2026 | 2026-06-30 exclusive
II.3 | finish | Các cụm thi đua | tổng kết | - | trước ngày 30/11/2026 | 2026-11-30 exclusive
II.4 | finish | - | Rà soát, sửa đổi Quy chế thi đua của Sở | - | trong quý II/2026 | 2026-06-30
III | period | - | THỜI GIAN THỰC HIỆN | - | từ ngày ban hành Kế hoạch đến hết ngày 31/12/2026 | 2026-12-31
IV.1 | report | Văn phòng Sở | báo cáo Giám đốc Sở | Giám đốc Sở | trước ngày 15/12/2026 | 2026-12-15 exclusive
IV.2.a | submit | Các phòng, đơn vị trực thuộc | Xây dựng kế hoạch của đơn vị mình | Văn phòng Sở | trước ngày 10/3/2026 | 2026-03-10 exclusive
IV.2.b | report | Các phòng, đơn vị trực thuộc | báo cáo kết quả | Sở (qua Văn phòng Sở) | Định kỳ hằng quý (trước ngày 20 của tháng cuối quý) | 20/ quarterly exclusive
IV.4 | finish | Hội đồng Thi đua - Khen thưởng Sở | họp xét khen thưởng | - | vào cuối năm |
"""


EXPECTED_TABLE = """
I | finish | Trung tâm Công nghệ thông tin | Mở chuyên mục trên trang tin | - | Tháng 3/2026 | 2026-03-31
I | report | Văn phòng Sở | Báo cáo kết quả 6 tháng đầu năm | - | Trước ngày 15/6/2026 | 2026-06-15 exclusive
I | submit | Các đơn vị | Gửi hồ sơ đề nghị công nhận sáng kiến | - | Chậm nhất 20/10/2026 | 2026-10-20
I | finish | Thanh tra Sở | Kiểm tra việc thực hiện | - | Hằng quý | quarterly
I | finish | - | Vận hành hệ thống | - | Thường xuyên | unspecified
"""


EXPECTED_CIRCULAR = """
Điều 3.1.a | report | Ủy ban nhân dân cấp xã | Báo cáo 6 tháng | - | trước ngày 10 tháng 6 hằng năm | 10/6 yearly exclusive
Điều 3.1.b | report | Ủy ban nhân dân cấp xã | Báo cáo năm | - | trước ngày 10 tháng 12 hằng năm | 10/12 yearly exclusive
Điều 3.2 | report | Sở Nội vụ | tổng hợp, báo cáo Bộ Nội vụ | Bộ Nội vụ | trước ngày 20 tháng 12 hằng năm | 20/12 yearly exclusive
Điều 3.3 | report | Các bộ, ngành | gửi báo cáo | Bộ Nội vụ | chậm nhất ngày 15 tháng 01 năm sau | 15/1 yearly
Điều 6.1 | submit | - | Hồ sơ khen thưởng theo công trạng | - | trước ngày 15 tháng 12 hằng năm | 15/12 yearly exclusive
Điều 6.2 | submit | - | Hồ sơ khen thưởng đột xuất | - | trong vòng 10 ngày kể từ ngày lập được thành tích |
"""


EXPECTED_LETTER = """
đoạn 1 | submit | các cơ quan, đơn vị | lập danh sách đăng ký danh hiệu thi đua theo mẫu | Sở Nội vụ (qua Ban Thi đua) | trước ngày 31/01/2026 | 2026-01-31 exclusive
đoạn 3 | report | Khối trưởng các khối thi đua | báo cáo tổng kết khối | - | trước ngày 15 tháng 12 năm 2026 | 2026-12-15 exclusive
"""


CAMPAIGN = """KẾ HOẠCH

Tổ chức phong trào thi đua “Cơ quan xanh” giai đoạn 2026 - 2030

I. MỤC TIÊU

Đến năm 2030, 100% cơ quan đạt tiêu chí xanh; phấn đấu trong năm 2026 có 50% cơ quan đạt.

II. TIẾN ĐỘ THỰC HIỆN

- Tháng 3/2026: Lễ phát động.

- Từ tháng 4 đến tháng 10/2026: Triển khai các hoạt động tại cơ sở.

- Quý IV/2026: Kiểm tra, chấm điểm.

- Năm 2028: sơ kết; năm 2030: tổng kết phong trào.

III. KHEN THƯỞNG

1. Khen thưởng hằng năm

Hằng năm, căn cứ kết quả, các cơ quan bình xét, gửi hồ sơ về Sở Nội vụ (qua Ban Thi đua - Khen thưởng tỉnh) trước ngày 31 tháng 01 năm sau.

2. Khen thưởng sơ kết, tổng kết

a) Sơ kết (năm 2028): Chủ tịch UBND tỉnh tặng Bằng khen cho 20 tập thể.

b) Hồ sơ gồm: Tờ trình; báo cáo thành tích; biên bản họp. Thời gian nhận hồ sơ: Sơ kết trước ngày 30/9/2028; tổng kết trước ngày 30/9/2030.

IV. TỔ CHỨC THỰC HIỆN

1. Các sở, ban, ngành, Ủy ban nhân dân các xã, phường:

- Xây dựng kế hoạch, hoàn thành trước ngày 15/4/2026;

- Báo cáo kết quả thực hiện phong trào (lồng ghép trong báo cáo tổng kết công tác thi đua, khen thưởng hằng năm) gửi về Sở Nội vụ trước ngày 30/11.

2. Sở Nội vụ (Ban Thi đua - Khen thưởng tỉnh):

a) Chủ trì, phối hợp với các cơ quan liên quan hướng dẫn, theo dõi, kiểm tra việc tổ chức thực hiện; định kỳ hằng năm tổng hợp báo cáo UBND tỉnh.

b) Tham mưu UBND tỉnh tổ chức sơ kết vào quý IV năm 2028, tổng kết vào quý IV năm 2030.

3. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh và các tổ chức chính trị - xã hội tuyên truyền, giám sát.

Yêu cầu các cơ quan, đơn vị nghiêm túc triển khai thực hiện; báo cáo kết quả về UBND tỉnh (qua Sở Nội vụ) theo định kỳ 6 tháng (trước ngày 10/6), năm (trước ngày 10/12) để tổng hợp./.
"""

EXPECTED_CAMPAIGN = """
II | finish | - | Lễ phát động | - | Tháng 3/2026 | 2026-03-31
II | finish | - | Triển khai các hoạt động tại cơ sở | - | Từ tháng 4 đến tháng 10/2026 | 2026-10-31
II | finish | - | Kiểm tra, chấm điểm | - | Quý IV/2026 | 2026-12-31
II | finish | - | sơ kết | - | Năm 2028 | 2028-12-31
II | finish | - | tổng kết phong trào | - | năm 2030 | 2030-12-31
III.1 | submit | các cơ quan | gửi hồ sơ | Sở Nội vụ (qua Ban Thi đua - Khen thưởng tỉnh) | trước ngày 31 tháng 01 năm sau | 31/1 yearly exclusive
III.2.b | submit | - | Sơ kết | - | trước ngày 30/9/2028 | 2028-09-30 exclusive
III.2.b | submit | - | tổng kết | - | trước ngày 30/9/2030 | 2030-09-30 exclusive
IV.1 | finish | Các sở, ban, ngành, Ủy ban nhân dân các xã, phường | Xây dựng kế hoạch | - | trước ngày 15/4/2026 | 2026-04-15 exclusive
IV.1 | report | Các sở, ban, ngành, Ủy ban nhân dân các xã, phường | Báo cáo kết quả thực hiện phong trào (lồng ghép trong báo cáo tổng kết công tác thi đua, khen thưởng | Sở Nội vụ | trước ngày 30/11 | 30/11 exclusive
IV.2.a | report | Sở Nội vụ | tổng hợp báo cáo UBND tỉnh | UBND tỉnh | định kỳ hằng năm | yearly
IV.2.b | finish | Sở Nội vụ | Tham mưu UBND tỉnh tổ chức sơ kết | - | vào quý IV năm 2028 | 2028-12-31
IV.2.b | finish | Sở Nội vụ | tổng kết | - | vào quý IV năm 2030 | 2030-12-31
IV | report | các cơ quan, đơn vị | báo cáo kết quả | UBND tỉnh (qua Sở Nội vụ) | theo định kỳ 6 tháng (trước ngày 10/6) | 10/6 half-yearly exclusive
IV | report | các cơ quan, đơn vị | báo cáo kết quả | UBND tỉnh (qua Sở Nội vụ) | năm (trước ngày 10/12) | 10/12 yearly exclusive
"""

APPENDIX = """PHỤ LỤC
PHÂN CÔNG NHIỆM VỤ
(Kèm theo Kế hoạch số 12/KH-STP ngày 15/01/2026)

TT | Nhiệm vụ | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian thực hiện | Ghi chú
1 | Rà soát văn bản | Phòng Văn bản | Các phòng | Quý I, II/2026 |
2 | Tập huấn | Phòng Phổ biến | | T5/2026 |
3 | Hội thi | Văn phòng | | Tháng 4 - 5 |
4 | Báo cáo 6 tháng, năm | Văn phòng | | Trước 15/6/2026 và trước 15/12/2026 |
5 | Trực đường dây nóng | Thanh tra | | Cả năm |
"""

EXPECTED_APPENDIX = """
Phụ lục | finish | Phòng Văn bản | Rà soát văn bản | - | Quý I, II/2026 | 2026-06-30
Phụ lục | finish | Phòng Phổ biến | Tập huấn | - | T5/2026 | 2026-05-31
Phụ lục | finish | Văn phòng | Hội thi | - | Tháng 4 - 5 | /5
Phụ lục | report | Văn phòng | Báo cáo 6 tháng, năm | - | Trước 15/6/2026 | 2026-06-15 exclusive
Phụ lục | report | Văn phòng | Báo cáo 6 tháng, năm | - | trước 15/12/2026 | 2026-12-15 exclusive
"""


@pytest.mark.parametrize(
    ("document", "issued", "expected"),
    [
        (PLAN, PartialDate(2026, 2, 12), EXPECTED_PLAN),
        (TABLE, None, EXPECTED_TABLE),
        (CIRCULAR, PartialDate(2026, 1, 10), EXPECTED_CIRCULAR),
        (LETTER, PartialDate(2026, 1, 5), EXPECTED_LETTER),
        (CAMPAIGN, None, EXPECTED_CAMPAIGN),
        (APPENDIX, None, EXPECTED_APPENDIX),
        (NO_TIME_AT_ALL, PartialDate(2026, 1, 5), ""),
    ],
    ids=["plan", "table", "circular", "letter", "campaign", "appendix", "nothing"],
)
def test_a_document(document: str, issued: PartialDate | None, expected: str) -> None:
    assert of_document(document, issued) == expected.strip().splitlines()


def test_a_span_from_the_day_of_issue_begins_where_the_document_is_dated() -> None:
    text = normalise(PLAN)
    sections = parse_sections(text)
    for issued, begin in ((PartialDate(2026, 2, 12), date(2026, 2, 12)), (PartialDate(2026, 2), None)):
        found = find_obligations(text, sections, replace(HEADER, date=issued))
        (period,) = [duty for duty in found if duty.kind is ObligationKind.PERIOD]
        assert period.when is not None
        assert (period.when.begin, period.when.due) == (begin, date(2026, 12, 31))


def test_a_table_with_outer_bars_and_an_addressee() -> None:
    table = (
        "II. BÁO CÁO\n\n| TT | Tên báo cáo | Nơi nhận | Hạn gửi |\n|---|---|---|---|\n"
        "| 1 | Báo cáo quý | Sở Nội vụ | Trước ngày 20 tháng cuối quý |\n"
        "| 2 | Quyết toán | Sở Tài chính | 31/3/2027 |\n"
    )
    assert of_document(table) == [
        "II | report | - | Báo cáo quý | Sở Nội vụ | Trước ngày 20 tháng cuối quý | 20/ quarterly exclusive",
        "II | finish | - | Quyết toán | Sở Tài chính | 31/3/2027 | 2027-03-31",
    ]


def test_a_table_of_something_else() -> None:
    assert of_document("II. SỐ LIỆU\n\nSTT | Tên đơn vị | Số hồ sơ\n1 | Phòng A | 12\n2 | Phòng B | 11/2025\n") == []


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        ("1. Sở Nội vụ:\n\n- Báo cáo kết quả trước ngày 15/12/2026.", "Sở Nội vụ"),
        ("1. Trách nhiệm của Văn phòng Sở\n\na) Báo cáo kết quả trước ngày 15/12/2026.", "Văn phòng Sở"),
        ("1. Đối với các trường trực thuộc\n\n- Báo cáo kết quả trước ngày 15/12/2026.", "các trường trực thuộc"),
        ("1. Giao Phòng Kế hoạch:\n\n- Báo cáo kết quả trước ngày 15/12/2026.", "Phòng Kế hoạch"),
        ("1. Các xã, phường thực hiện các việc sau:\n\n- Báo cáo kết quả trước ngày 15/12/2026.", "Các xã, phường"),
        ("1. Chi cục Thủy sản theo dõi. Báo cáo kết quả trước ngày 15/12/2026.", "Chi cục Thủy sản"),
        ("**1.** Chi cục Thủy sản:\n\na) Báo cáo kết quả trước ngày 15/12/2026.", "Chi cục Thủy sản"),
        ("1. Hội nghị tổng kết\n\n- Báo cáo kết quả trước ngày 15/12/2026.", "-"),
    ],
)
def test_who_is_inherited_from_what_stands_above(lines: str, who: str) -> None:
    assert of_document("I. TỔ CHỨC THỰC HIỆN\n\n" + lines) == [
        f"I.1{'.a' if ' a) ' in ' ' + lines.replace(chr(10), ' ') else ''} | report | {who} | Báo cáo kết quả | - | trước ngày 15/12/2026 | 2026-12-15 exclusive"
    ]


@pytest.mark.parametrize(
    ("lines", "duties"),
    [
        ("1. Thời gian: 08 giờ 00 ngày 15/8/2026.", []),  # when an event is, not how long a plan runs
        ("1. Thời gian: sáng thứ Năm hằng tuần.", []),
        ("1. Thời gian giải quyết: không quá 07 ngày làm việc.", []),
        ("1. Thời hạn: nộp về Phòng Tổ chức trước ngày 25/11/2026.", ["submit"]),
        ("1. Thời hạn nộp hồ sơ trước ngày 25/11/2026.", ["submit"]),
        ("1. Thời gian phát động\n\nTừ ngày ký đến hết ngày 30/9/2026.", ["period"]),
        ("1. Thời gian: từ tháng 3 đến tháng 9 năm 2026.", ["period"]),
        ("1. Lớp tập huấn nghiệp vụ\n\n- Tiến độ: Quý III/2026.", ["finish"]),
        ("1. Hội nghị tổng kết\n\n- Thời gian: ngày 20/12/2026.", ["finish"]),
        ("1. Tổ chức lớp tập huấn\n\n- Tiến độ: Quý III/2026.", ["finish"]),
        ("1. Sơ tán dân trước 17 giờ ngày 01 tháng 10.", ["finish"]),
        ("1. Các công trình khởi công trước ngày 01/7/2026.", []),
    ],
)
def test_labels_and_bare_orders(lines: str, duties: list[str]) -> None:
    assert [duty.split(" | ")[1] for duty in of_document("I. NỘI DUNG\n\n" + lines)] == duties


def test_a_line_below_a_label_names_its_own_task() -> None:
    document = (
        "KẾ HOẠCH\n\nVề bến đò\n\nI. Thời gian, địa điểm\n\nSở Thủy vận thông báo lịch dưới đây. "
        "1. Nhận đơn, thu lệ phí: Từ 8h30 ngày 28/12/2031 tại Trường Chèo đò.\n\nII. Lệ phí\n\nKhông.\n"
    )
    assert [duty.split(" | ")[1:5] for duty in of_document(document)] == [
        ["finish", "Sở Thủy vận", "Nhận đơn, thu lệ phí", "-"]
    ]


def test_what_a_program_notes_below_a_label_is_no_time_of_it() -> None:
    document = "KẾ HOẠCH\n\nVề bến đò\n\nI. Thời gian xét thợ giỏi\n\n- **date:** 20/01/2031\n\nII. Lệ phí\n\nKhông.\n"
    assert of_document(document) == []


def test_forms_and_templates_order_nothing() -> None:
    form = "KẾ HOẠCH\n\nVề việc trồng cây\n\nI. NỘI DUNG\n\n1. Trồng cây.\n\nPhụ lục I\n\nMẪU BÁO CÁO\n\n"
    assert of_document(form + "1. Kết quả\n\nĐơn vị báo cáo trước ngày 15/12/2026.\n") == []


# ---- the customer's documents --------------------------------------------------------------------------------------


def seed(folder: Path, number: str) -> list[list[str]]:
    (path,) = folder.glob(f"{number}_*.txt")
    return [duty.split(" | ") for duty in of_document(stitch(normalise(path.read_text(encoding="utf-8"))))]


def test_seed_with_the_only_exact_deadline(seeds: Path) -> None:
    (dated,) = [duty for duty in seed(seeds, "000") if "20" in duty[6]]
    place, kind, who, _, to, when, meaning = dated
    assert (place, kind, when, meaning) == ("III.2", "report", "trước 05/12/2025", "2025-12-05 exclusive")
    assert who == "Các phòng, đơn vị trực thuộc Sở"
    assert to == "Sở Nông nghiệp và Môi trường thông qua (Văn phòng Sở)"


@pytest.mark.parametrize(
    ("number", "duties"),
    [
        ("001", ["II.2 period 2025-12-31"]),
        ("002", ["III report unspecified", "III report on-request"]),
        ("003", ["III.5 report unspecified"]),
        ("004", ["IV.2 report yearly", "IV.3 finish yearly", "IV.3 finish 2025-12-31"]),
    ],
)
def test_the_other_seeds(seeds: Path, number: str, duties: list[str]) -> None:
    assert [f"{duty[0]} {duty[1]} {duty[6]}" for duty in seed(seeds, number)] == duties


# ---- properties ----------------------------------------------------------------------------------------------------

LINES = st.sampled_from(
    [
        *(sentence for sentence, _ in cases()),
        *NO_DUTY.strip().splitlines(),
        *(
            "I. NHIỆM VỤ",
            "1. Sở Nội vụ:",
            "a) Thời gian thực hiện",
            "- ",
            "STT | Nội dung | Thời hạn",
            "1 | Việc | 11/2026",
        ),
    ]
)


@given(st.lists(LINES | st.text(max_size=40), max_size=8).map("\n\n".join))
def test_every_part_of_a_duty_is_a_quotation(document: str) -> None:
    text = normalise(document)
    sections = parse_sections(text)
    for duty in find_obligations(text, sections, HEADER):
        section = sections[duty.section]
        assert section.start <= duty.start < duty.end <= section.end
        assert duty.what and duty.what in text
        assert duty.who is None or duty.who in text
        assert duty.to is None or duty.to in text
        if duty.when is not None:
            assert text[duty.when.start : duty.when.end] == duty.when.text
            assert duty.start <= duty.when.start < duty.when.end <= duty.end
