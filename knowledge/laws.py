"""Names of laws in force or lately in force: facts, for telling where a law's name ends in running text.

Source: the texts of the national code of law (pháp điển) and the National Assembly's own list; a name that is
missing here is still recognised by its capital letter (knowledge.citations), only its end is then less sure.
"""

from __future__ import annotations

import re
from functools import cache

from knowledge.text import fold

# Longest first is arranged below. Without the leading "Luật" / "Bộ luật" / "Pháp lệnh".
_NAMES = """
An ninh mạng; An ninh quốc gia; An toàn thông tin mạng; An toàn thực phẩm; An toàn, vệ sinh lao động;
Ban hành văn bản quy phạm pháp luật; Biên giới quốc gia; Biên phòng Việt Nam; Biển Việt Nam; Báo chí; Bình đẳng giới;
Bưu chính; Bảo hiểm tiền gửi; Bảo hiểm xã hội; Bảo hiểm y tế; Bảo vệ bí mật nhà nước; Bảo vệ môi trường;
Bảo vệ quyền lợi người tiêu dùng; Bảo vệ sức khỏe nhân dân; Bảo vệ và kiểm dịch thực vật; Bảo vệ và phát triển rừng;
Bảo vệ, chăm sóc và giáo dục trẻ em; Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân; Chuyển giao công nghệ;
Chuyển giao người đang chấp hành án phạt tù; Chăn nuôi; Chất lượng sản phẩm, hàng hóa; Chứng khoán;
Các công cụ chuyển nhượng; Các tổ chức tín dụng; Cán bộ, công chức; Công an nhân dân; Công chứng;
Công nghiệp quốc phòng, an ninh và động viên công nghiệp; Công nghệ cao; Công nghệ thông tin; Công đoàn; Căn cước;
Căn cước công dân; Cơ yếu; Cư trú; Cạnh tranh; Cảnh sát biển Việt Nam; Cảnh sát cơ động; Cảnh vệ; Cựu chiến binh;
Di sản văn hóa; Doanh nghiệp; Doanh nghiệp nhà nước; Du lịch; Dân quân tự vệ; Dân số; Dân sự; Dược; Dạy nghề; Dầu khí;
Dẫn độ; Dự trữ quốc gia; Giao dịch điện tử; Giao thông đường bộ; Giao thông đường thủy nội địa; Giá;
Giám định tư pháp; Giáo dục; Giáo dục nghề nghiệp; Giáo dục quốc phòng và an ninh; Giáo dục đại học;
Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác; Hoạt động chữ thập đỏ;
Hoạt động giám sát của Quốc hội và Hội đồng nhân dân; Hàng hải Việt Nam; Hàng không dân dụng Việt Nam;
Hành nghề y, dược tư nhân; Hình sự; Hòa giải ở cơ sở; Hòa giải, đối thoại tại Tòa án; Hóa chất; Hôn nhân và gia đình;
Hải quan; Hỗ trợ doanh nghiệp nhỏ và vừa; Hộ tịch; Hợp tác xã; Khiếu nại; Khiếu nại, tố cáo; Khoa học và công nghệ;
Khoa học, công nghệ và đổi mới sáng tạo; Khoáng sản; Khám bệnh, chữa bệnh; Khí tượng thủy văn; Kinh doanh bảo hiểm;
Kinh doanh bất động sản; Kiến trúc; Kiểm toán nhà nước; Kiểm toán độc lập; Kế toán; Lao động; Luật sư; Lâm nghiệp;
Lý lịch tư pháp; Lưu trữ; Lực lượng dự bị động viên; Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở;
Mặt trận Tổ quốc Việt Nam; Nghĩa vụ quân sự; Ngân hàng Nhà nước Việt Nam; Ngân sách nhà nước; Người cao tuổi;
Người khuyết tật; Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng; Nhà giáo; Nhà ở;
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam; Nuôi con nuôi; Năng lượng nguyên tử;
Phá sản; Phí và lệ phí; Phòng bệnh; Phòng cháy và chữa cháy; Phòng cháy, chữa cháy và cứu nạn, cứu hộ;
Phòng không nhân dân; Phòng thủ dân sự; Phòng, chống bạo lực gia đình; Phòng, chống bệnh truyền nhiễm;
Phòng, chống khủng bố; Phòng, chống ma túy; Phòng, chống mua bán người;
Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người; Phòng, chống rửa tiền;
Phòng, chống tham nhũng; Phòng, chống thiên tai; Phòng, chống tác hại của rượu, bia;
Phòng, chống tác hại của thuốc lá; Phổ biến, giáo dục pháp luật; Quy hoạch; Quy hoạch đô thị;
Quy hoạch đô thị và nông thôn; Quân nhân chuyên nghiệp, công nhân và viên chức quốc phòng; Quản lý ngoại thương;
Quản lý nợ công; Quản lý thuế; Quản lý thị trường; Quản lý, sử dụng tài sản công; Quản lý, sử dụng tài sản nhà nước;
Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ;
Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp; Quảng cáo; Quốc phòng;
Quốc tịch Việt Nam; Sĩ quan Quân đội nhân dân Việt Nam; Sở hữu trí tuệ; Sử dụng năng lượng tiết kiệm và hiệu quả;
Thanh niên; Thanh tra; Thi hành tạm giữ, tạm giam; Thi hành án dân sự; Thi hành án hình sự; Thi đua, khen thưởng;
Thuế bảo vệ môi trường; Thuế giá trị gia tăng; Thuế sử dụng đất phi nông nghiệp; Thuế thu nhập cá nhân;
Thuế thu nhập doanh nghiệp; Thuế tiêu thụ đặc biệt; Thuế tài nguyên; Thuế xuất khẩu, thuế nhập khẩu; Thú y; Thư viện;
Thương mại; Thể dục, thể thao; Thỏa thuận quốc tế; Thống kê; Thủ đô; Thủy lợi; Thủy sản; Thực hiện dân chủ ở cơ sở;
Thực hành tiết kiệm, chống lãng phí; Tiêu chuẩn và quy chuẩn kỹ thuật; Tiếp công dân; Tiếp cận thông tin;
Trách nhiệm bồi thường của Nhà nước; Trí tuệ nhân tạo; Trưng cầu ý dân; Trưng mua, trưng dụng tài sản;
Trật tự, an toàn giao thông đường bộ; Trẻ em; Trọng tài thương mại; Trồng trọt; Trợ giúp pháp lý; Tài nguyên nước;
Tài nguyên, môi trường biển và hải đảo; Tình trạng khẩn cấp; Tín ngưỡng, tôn giáo; Tương trợ tư pháp;
Tần số vô tuyến điện; Tố cáo; Tố tụng dân sự; Tố tụng hành chính; Tố tụng hình sự; Tổ chức Chính phủ;
Tổ chức Quốc hội; Tổ chức Tòa án nhân dân; Tổ chức Viện kiểm sát nhân dân; Tổ chức chính quyền địa phương;
Tổ chức cơ quan điều tra hình sự; Viên chức; Viễn thông; Việc làm; Xuất bản;
Xuất cảnh, nhập cảnh của công dân Việt Nam; Xây dựng; Xử lý vi phạm hành chính; Đa dạng sinh học; Điều ước quốc tế;
Điện lực; Điện ảnh; Đo lường; Đo đạc và bản đồ; Đê điều; Đường bộ; Đường sắt; Đất đai; Đấu giá tài sản; Đấu thầu;
Đầu tư; Đầu tư công; Đầu tư theo phương thức đối tác công tư; Đặc xá; Địa chất và khoáng sản; Động viên công nghiệp;
Ưu đãi người có công với cách mạng
"""

LAW_NAMES: tuple[str, ...] = tuple(
    sorted((" ".join(name.split()) for name in _NAMES.split(";")), key=len, reverse=True)
)


@cache
def _known() -> re.Pattern[str]:
    # Commas come and go: "Luật Thi đua khen thưởng".
    names = (r"[,\s]+".join(re.findall(r"\w+", fold(name))) for name in LAW_NAMES)
    return re.compile(f"(?:{'|'.join(names)})(?!\\w)")


def law_name_at(folded: str, start: int) -> int | None:
    """Return where the longest known law's name that begins at `start` of a folded text ends, or None."""
    match = _known().match(folded, start)
    return match.end() if match else None
