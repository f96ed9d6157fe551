"""Four fictional documents, short, in the project's own words: enough vocabulary for questions to be understood."""

from __future__ import annotations

from functools import lru_cache

from index.encoder import load_encoder
from knowledge.document import PartialDate
from tests.retrieval.fakes import FakeSnapshot, header

PLAN_LAM_DONG = header(
    kind="kế hoạch",
    symbol="215/KH-SCT",
    issuer="Sở Công Thương tỉnh Lâm Đồng",
    province="Lâm Đồng",
    subject="Tổ chức phong trào thi đua “Công sở số, nụ cười thân thiện” năm 2025",
    date=PartialDate(2025, 2, 18),
    signer="Trần Hoài An",
)
DIRECTIVE_BEN_TRE = header(
    kind="chỉ thị",
    symbol="07/CT-UBND",
    issuer="Ủy ban nhân dân tỉnh Bến Tre",
    province="Bến Tre",
    subject="Tăng cường tiết kiệm điện trong cơ quan nhà nước",
    date=PartialDate(2024, 6, 3),
    signer="Lê Thị Bích Vân",
)
RULES_BAC_GIANG = header(
    kind="quy chế",
    symbol="33/QĐ-SYT",
    issuer="Sở Y tế tỉnh Bắc Giang",
    province="Bắc Giang",
    subject="Quy chế thi đua, khen thưởng của Sở Y tế",
    date=PartialDate(2023, 11, 20),
    signer="Phạm Quốc Việt",
)
DRAFT_LAM_DONG = header(
    kind="kế hoạch",
    issuer="Sở Nội vụ tỉnh Lâm Đồng",
    province="Lâm Đồng",
    subject="Triển khai Chỉ thị số 07/CT-UBND về tiết kiệm điện và văn hóa công sở",
)

TEXTS = (
    (
        PLAN_LAM_DONG,
        (
            "Căn cứ Quyết định số 1180/QĐ-UBND ngày 10/01/2025 của Ủy ban nhân dân tỉnh về kế hoạch công tác thi đua, "
            "khen thưởng năm 2025, Sở Công Thương xây dựng kế hoạch như sau.",
            "Mục đích: tạo khí thế thi đua sôi nổi trong công chức, viên chức và người lao động; nâng cao chất lượng "
            "phục vụ người dân, doanh nghiệp; đẩy mạnh ứng dụng công nghệ thông tin.",
            "Tiêu chí đối với tập thể: giải quyết đúng hạn hồ sơ thủ tục hành chính, không để chậm trễ; phòng làm việc "
            "gọn gàng, có sáng kiến cải cách hành chính.",
            "Tiêu chí đối với cá nhân: thái độ giao tiếp chuẩn mực, hoàn thành xuất sắc nhiệm vụ được giao, không vi "
            "phạm kỷ luật.",
            "Văn phòng Sở theo dõi, đôn đốc, tổng hợp kết quả; các phòng, đơn vị báo cáo kết quả về Văn phòng Sở trước "
            "ngày 20/11/2025.",
            "Công đoàn cơ sở vận động đoàn viên tham gia phong trào, phối hợp chấm điểm hằng quý.",
        ),
    ),
    (
        DIRECTIVE_BEN_TRE,
        (
            "Lãnh đạo các sở, ban, ngành quán triệt cán bộ, công chức tắt đèn, quạt, máy lạnh khi ra khỏi phòng.",
            "Hạn chế dùng máy điều hòa; chỉ bật khi nhiệt độ ngoài trời trên 28 độ và đặt từ 26 độ trở lên.",
            "Sở Công Thương kiểm tra việc tiết kiệm điện, báo cáo Ủy ban nhân dân tỉnh trước ngày 15 hằng tháng.",
            "Giám đốc các sở, Chủ tịch Ủy ban nhân dân các huyện chịu trách nhiệm thực hiện Chỉ thị này.",
        ),
    ),
    (
        RULES_BAC_GIANG,
        (
            "Quy chế này quy định đối tượng, tiêu chuẩn, thẩm quyền, hồ sơ và thủ tục xét khen thưởng của ngành y tế.",
            "Hội đồng Thi đua - Khen thưởng Sở gồm Chủ tịch hội đồng, hai phó chủ tịch và bảy ủy viên.",
            "Danh hiệu Lao động tiên tiến được xét tặng hằng năm cho cá nhân hoàn thành tốt nhiệm vụ.",
            "Tỷ lệ cá nhân được đề nghị Chiến sĩ thi đua cơ sở không quá 15% tổng số cá nhân đạt Lao động tiên tiến.",
        ),
    ),
    (
        DRAFT_LAM_DONG,
        (
            "Tuyên truyền chủ trương tiết kiệm điện, thực hiện nếp sống văn minh, văn hóa công sở.",
            "Các phòng chuyên môn đăng ký chỉ tiêu tiết kiệm và gửi về Văn phòng Sở để tổng hợp.",
        ),
    ),
)


@lru_cache(maxsize=1)
def office() -> FakeSnapshot:
    """The same snapshot for every test: reading it changes nothing."""
    return FakeSnapshot(TEXTS)


@lru_cache(maxsize=1)
def office_as_shipped() -> FakeSnapshot:
    """The same texts under the shipped model: what is decided by meaning cannot be tried with hashes."""
    return FakeSnapshot(TEXTS, encoder=load_encoder())
