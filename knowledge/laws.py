"""Names of laws in force or lately in force: facts, for telling where a law's name ends in running text.

Source: the texts of the national code of law (pháp điển) and the National Assembly's own list; a name that is
missing here is still recognised by its capital letter (knowledge.citations), only its end is then less sure.
"""

from __future__ import annotations

import re

from knowledge.text import fold

# Longest first is arranged below. Without the leading "Luật" / "Bộ luật" / "Pháp lệnh".
_NAMES = """
An ninh mạng; An ninh quốc gia; An toàn thông tin mạng; An toàn thực phẩm; An toàn, vệ sinh lao động;
Ban hành văn bản quy phạm pháp luật; Báo chí; Bảo hiểm tiền gửi; Bảo hiểm xã hội; Bảo hiểm y tế;
Bảo vệ bí mật nhà nước; Bảo vệ môi trường; Bảo vệ quyền lợi người tiêu dùng; Bảo vệ sức khỏe nhân dân;
Bảo vệ và kiểm dịch thực vật; Bảo vệ và phát triển rừng; Bảo vệ, chăm sóc và giáo dục trẻ em;
Bầu cử đại biểu Quốc hội và đại biểu Hội đồng nhân dân; Biên giới quốc gia; Biên phòng Việt Nam; Biển Việt Nam;
Bình đẳng giới; Các công cụ chuyển nhượng; Các tổ chức tín dụng; Căn cước; Căn cước công dân; Cán bộ, công chức;
Cảnh sát biển Việt Nam; Cảnh sát cơ động; Cảnh vệ; Cạnh tranh; Chăn nuôi; Chất lượng sản phẩm, hàng hóa;
Chứng khoán; Chuyển giao công nghệ; Công an nhân dân; Công chứng; Công đoàn; Công nghệ cao; Công nghệ thông tin;
Công nghiệp quốc phòng, an ninh và động viên công nghiệp; Cơ yếu; Cư trú; Cựu chiến binh; Dạy nghề;
Dân quân tự vệ; Dân sự; Dân số; Dầu khí; Di sản văn hóa; Doanh nghiệp; Doanh nghiệp nhà nước; Du lịch; Dự trữ quốc gia;
Dược; Đa dạng sinh học; Đặc xá; Đất đai; Đầu tư; Đầu tư công; Đầu tư theo phương thức đối tác công tư; Đấu giá tài sản;
Đấu thầu; Đê điều; Địa chất và khoáng sản; Điện ảnh; Điện lực; Điều ước quốc tế; Đo đạc và bản đồ; Đo lường;
Động viên công nghiệp; Đường bộ; Đường sắt; Giá; Giám định tư pháp; Giao dịch điện tử; Giao thông đường bộ;
Giao thông đường thủy nội địa; Giáo dục; Giáo dục đại học; Giáo dục nghề nghiệp; Giáo dục quốc phòng và an ninh;
Hàng hải Việt Nam; Hàng không dân dụng Việt Nam; Hải quan; Hành nghề y, dược tư nhân;
Hiến, lấy, ghép mô, bộ phận cơ thể người và hiến, lấy xác; Hình sự; Hóa chất; Hòa giải ở cơ sở;
Hòa giải, đối thoại tại Tòa án; Hoạt động chữ thập đỏ; Hoạt động giám sát của Quốc hội và Hội đồng nhân dân;
Hôn nhân và gia đình; Hộ tịch; Hỗ trợ doanh nghiệp nhỏ và vừa; Hợp tác xã; Kế toán; Khám bệnh, chữa bệnh;
Khí tượng thủy văn; Khiếu nại; Khiếu nại, tố cáo; Khoa học và công nghệ; Khoa học, công nghệ và đổi mới sáng tạo;
Khoáng sản; Kiểm toán độc lập; Kiểm toán nhà nước; Kiến trúc; Kinh doanh bảo hiểm; Kinh doanh bất động sản;
Lao động; Lâm nghiệp; Lực lượng dự bị động viên; Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở; Lưu trữ;
Lý lịch tư pháp; Luật sư; Mặt trận Tổ quốc Việt Nam; Năng lượng nguyên tử; Ngân hàng Nhà nước Việt Nam;
Ngân sách nhà nước; Nghĩa vụ quân sự; Người cao tuổi; Người khuyết tật;
Người lao động Việt Nam đi làm việc ở nước ngoài theo hợp đồng; Nhà giáo; Nhà ở;
Nhập cảnh, xuất cảnh, quá cảnh, cư trú của người nước ngoài tại Việt Nam; Nuôi con nuôi; Phá sản; Phí và lệ phí;
Phòng bệnh; Phòng cháy và chữa cháy; Phòng cháy, chữa cháy và cứu nạn, cứu hộ; Phòng không nhân dân; Phòng thủ dân sự;
Phòng, chống bạo lực gia đình; Phòng, chống bệnh truyền nhiễm; Phòng, chống khủng bố; Phòng, chống ma túy;
Phòng, chống mua bán người;
Phòng, chống nhiễm vi rút gây ra hội chứng suy giảm miễn dịch mắc phải ở người; Phòng, chống rửa tiền;
Phòng, chống tác hại của rượu, bia; Phòng, chống tác hại của thuốc lá; Phòng, chống tham nhũng;
Phòng, chống thiên tai; Quản lý ngoại thương; Quản lý nợ công; Quản lý thuế; Quản lý, sử dụng tài sản công;
Quản lý, sử dụng tài sản nhà nước; Quản lý, sử dụng vốn nhà nước đầu tư vào sản xuất, kinh doanh tại doanh nghiệp;
Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ;
Quân nhân chuyên nghiệp, công nhân và viên chức quốc phòng; Quảng cáo; Quốc phòng; Quốc tịch Việt Nam;
Quy hoạch; Quy hoạch đô thị; Quy hoạch đô thị và nông thôn; Sĩ quan Quân đội nhân dân Việt Nam; Sở hữu trí tuệ;
Sử dụng năng lượng tiết kiệm và hiệu quả; Tài nguyên nước; Tài nguyên, môi trường biển và hải đảo;
Tần số vô tuyến điện; Thanh niên; Thanh tra; Thể dục, thể thao; Thi đua, khen thưởng; Thi hành án dân sự;
Thi hành án hình sự; Thi hành tạm giữ, tạm giam; Thỏa thuận quốc tế; Thống kê; Thủ đô; Thủy lợi; Thủy sản; Thú y;
Thuế bảo vệ môi trường; Thuế giá trị gia tăng; Thuế sử dụng đất phi nông nghiệp; Thuế tài nguyên;
Thuế thu nhập cá nhân; Thuế thu nhập doanh nghiệp; Thuế tiêu thụ đặc biệt; Thuế xuất khẩu, thuế nhập khẩu;
Thực hành tiết kiệm, chống lãng phí; Thực hiện dân chủ ở cơ sở; Thương mại; Tiếp cận thông tin; Tiếp công dân;
Tiêu chuẩn và quy chuẩn kỹ thuật; Tín ngưỡng, tôn giáo; Tình trạng khẩn cấp; Tố cáo; Tố tụng dân sự;
Tố tụng hành chính; Tố tụng hình sự; Tổ chức Chính phủ; Tổ chức chính quyền địa phương;
Tổ chức cơ quan điều tra hình sự; Tổ chức Quốc hội; Tổ chức Tòa án nhân dân;
Tổ chức Viện kiểm sát nhân dân; Trách nhiệm bồi thường của Nhà nước;
Trẻ em; Trật tự, an toàn giao thông đường bộ; Trọng tài thương mại; Trồng trọt; Trợ giúp pháp lý; Trưng cầu ý dân;
Trưng mua, trưng dụng tài sản; Tương trợ tư pháp; Ưu đãi người có công với cách mạng; Viên chức; Việc làm; Viễn thông;
Xây dựng; Xử lý vi phạm hành chính; Xuất bản; Xuất cảnh, nhập cảnh của công dân Việt Nam
"""

LAW_NAMES: tuple[str, ...] = tuple(
    sorted((" ".join(name.split()) for name in _NAMES.split(";")), key=len, reverse=True)
)

_KNOWN = re.compile("(?:" + "|".join(re.escape(fold(name)).replace("\\ ", r"\s+") for name in LAW_NAMES) + r")(?!\w)")


def law_name_at(folded: str, start: int) -> int | None:
    """Return where the longest known law's name that begins at `start` of a folded text ends, or None."""
    match = _KNOWN.match(folded, start)
    return match.end() if match else None
