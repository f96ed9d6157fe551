"""The words of duties: who can owe one, which verbs state one, what surrounds them. Facts of the language, no logic.

Patterns are written for NFC text in either case; where a capital tells a name from a verb ("Sở Xây dựng" builds
nothing), the pattern is case-sensitive and says so.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE

# ---- who -----------------------------------------------------------------------------------------------------------

# A word that opens the name of an office, a unit or a post. What looks like one and is not stands in the lookahead.
_HEADS = (
    r"bộ trưởng|bộ(?! máy| tiêu chí| phận| luật| thủ tục| chỉ)|sở|ủy ban|uỷ ban|ubnd|ubmttq\w*|hđnd|hđ tđkt|hội đồng"
    r"|ban(?! hành| bố| đầu)|văn phòng|vp|phòng(?!,? chống| ngừa| vệ)|thủ trưởng|người đứng đầu|người đại diện"
    r"|tổng giám đốc|giám đốc|chủ tịch|chủ nhiệm|chánh \w+|công đoàn|đoàn (?:thanh niên|tncs|viên|thể|kiểm tra|khối)"
    r"|chi đoàn|chi hội|trung tâm|chi cục|cục|tổng cục|vụ(?! việc| án)|nhà trường|trường(?! hợp)|học viện"
    r"|viện(?! dẫn)"
    r"|cơ quan|đơn vị|địa phương|công an|tòa án|toà án|viện kiểm sát|kho bạc|bảo hiểm xã hội|thanh tra|ngân hàng"
    r"|doanh nghiệp|cụm trưởng|khối trưởng|cụm(?! từ)|khối(?! lượng| tài sản)|trưởng \w+|phó \w+"
    r"|lãnh đạo(?! của đảng)"
    r"|cấp ủy|cấp uỷ|chi ủy|chi uỷ|chi bộ|đảng bộ|đảng ủy|đảng uỷ|mặt trận|liên đoàn|tỉnh ủy|thành ủy|huyện ủy|quận ủy"
    r"|hội (?:liên hiệp|cựu|nông dân|phụ nữ|chữ thập|khuyến|luật gia|nhà|người|doanh|đông y|làm vườn|sinh viên)"
    r"|báo(?! cáo| chí| hiệu)|đài|xí nghiệp|tập đoàn|tổng công ty|công ty|quốc hội|chính phủ|thủ tướng|ủy viên"
    r"|thành phố|huyện|xã(?! hội)|phường"
    r"|thị xã|thị trấn|quận|thôn|tổ (?:chuyên môn|công tác|giúp việc|thư ký|trưởng|biên tập|dân phố|chức tín dụng)"
    r"|thường trực|bộ phận|cán bộ|công chức|viên chức|cá nhân|tập thể|tổ chức,? cá nhân"
    r"|tổ chức (?-i:công đoàn|đoàn thể|đảng|chính trị|thành viên"
    r"|hội(?! nghị| thảo| thi| họp| diễn| chợ))"
    r"|hiệu trưởng|người lao động|người sử dụng|hộ gia đình|chủ (?:đầu tư|cơ sở|dự án)|nhà thầu"
    r"|cơ sở(?! dữ liệu| để| pháp)"
    r"|đội(?! ngũ)|hợp tác xã|đảng viên|các (?:ban|hội|đoàn|cấp|ngành|sở|bộ|tổ(?! chức)|ông|đồng chí|thành viên)"
    r"|đồng chí|thành viên"
    r"|chuyên viên|kế toán|văn thư|nhân viên|giáo viên|hạt kiểm lâm|trạm|quỹ"
)  # fmt: skip
_LEADS = r"(?:các|những|mỗi|từng|tất cả|toàn thể|mọi|thường trực|lãnh đạo|thủ trưởng|tập thể|ban thường vụ)"
ACTOR = re.compile(rf"(?:{_LEADS}\s+)*(?:{_HEADS})(?!\w)", _I)
# What may stand before the one who owes: "Giao Văn phòng Sở …", "Đề nghị các đơn vị …".
ASSIGNS = re.compile(
    r"(?:\S+ )?(?:giao(?! ban| lưu| nhiệm vụ| dịch)(?: cho)?|đề nghị|yêu cầu|phân công|chỉ đạo|kính đề nghị"
    r"|ủy quyền cho|trách nhiệm của|đối với)\s+",
    _I,
)

# ---- predicates ----------------------------------------------------------------------------------------------------

# Verbs that begin what an office does. Small letters only: "Sở Xây dựng", "Ban Tổ chức" are names.
_VERBS = (
    "hoàn thành|hoàn thiện|hoàn tất|kết thúc|tổ chức(?!,? cá nhân| hành nghề| tín dụng| niêm yết| phát hành"
    "| đảng| chính trị| công đoàn| có | và cá nhân| nước| quốc tế| kinh tế| xã hội| khác| được| bộ máy)"
    "|tổng kết|sơ kết|xây dựng|ban hành(?! kèm)|triển khai|rà soát|kiểm tra|giám sát"
    "|đánh giá|bình xét|xét chọn|xét tặng|(?<!xem )(?<!nhận )xét|bình chọn|lựa chọn|phát động|ký kết"
    "|ký giao ước|(?<!đăng )(?<!chữ )(?<!thư )ký|kiện toàn|thành lập|tham mưu|thẩm định"
    "|phê duyệt|công bố|tuyên truyền|quán triệt|phổ biến|tập huấn|bồi dưỡng|cập nhật|sửa đổi|bổ sung|thống kê"
    "|tổng hợp"
    "|(?<!độc )(?<!thành )(?<!thiết )(?<!xác )(?<!công )(?<!đối )(?<!hội )lập|khảo sát|thực hiện|chuẩn bị"
    "|biên soạn|phát hành|công nhận|tôn vinh|biểu dương|giới thiệu|bố trí"
    "|bàn giao|hướng dẫn|thông báo|chấm điểm|(?<!cuộc )(?<!kỳ )(?<!phiên )họp|tiến hành|phân bổ|giải ngân"
    "|công khai|niêm yết|đăng tải|chỉ đạo"
    "|cung cấp|tiếp nhận|kiểm kê|đối chiếu|xử lý|khắc phục|điều chỉnh|trao tặng|cụ thể hóa|cụ thể hoá"
    "|kiểm điểm|xác định|giải quyết|trả lời|góp ý|cho ý kiến|lấy ý kiến|duy trì|tham gia|nhân rộng|theo dõi"
    "|phân loại|tổng rà soát|quyết toán|thanh toán|nghiệm thu|phân tích|xem xét|quyết định|số hóa|số hoá"
    "|chi trả|giải trình|phúc đáp|lắp đặt|sửa chữa|di dời|cắt tỉa|khơi thông|tuyển dụng|tuyển sinh|kết nối"
    "|tích hợp|nâng cấp"
    "|sáp nhập|hợp nhất|sắp xếp|kê khai|thu thập|nạo vét|gia cố|cấp phát|chuyển giao|mua sắm|trang bị|xác minh"
    "|thí điểm|thử nghiệm|diễn tập|tháo gỡ|giao nhận|thẩm tra|kiểm định"
)  # fmt: skip
DUTY_VERB = re.compile(rf"(?<!\w)(?:{_VERBS})(?!\w)", _I)
_PREDICATES = (
    rf"căn cứ|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phải|cần|được|là|gồm|bao gồm|báo cáo|gửi|nộp"
    rf"|(?<!công )(?<!chương )(?<!quy )(?<!quá )(?<!tờ )(?<!lộ )trình|đăng ký|đề xuất|đề nghị"
    rf"|chủ động|kịp thời|định kỳ|hằng năm|hàng năm|hằng quý|hàng quý|hằng tháng|hàng tháng|thường xuyên"
    rf"|tiếp tục|đẩy mạnh"
    rf"|tăng cường|nâng cao|tích cực|nghiêm túc|khẩn trương|trực tiếp|có kế hoạch|có văn bản|có báo cáo|đã|sẽ"
    rf"|(?<![Hh]àng )không|phát huy|vận động|quan tâm"
    rf"|quy định|tập trung|gắn|lồng ghép|phản ánh|thông qua|dựa|trên cơ sở|theo chức năng|theo thẩm quyền"
    rf"|trước|sau|chậm nhất|khi|để|nhằm|như sau|ưu tiên|nghiên cứu|giúp|lãnh đạo, chỉ đạo|nếu|tự|cân đối"
    rf"|bảo đảm|đảm bảo|hỗ trợ|cùng với|yêu cầu"
    rf"|xin|kính|trân trọng|phân công|giao|thành lập|làm đầu mối|đầu mối|chủ trì|phối hợp|đôn đốc|khen thưởng"
    rf"|mở|cử|{_VERBS}"
)  # fmt: skip
PREDICATE = re.compile(rf"(?<!goại)\s(?:{_PREDICATES})(?!\w)|[:;(]|\.\s|\./|\n|$")

# ---- triggers ------------------------------------------------------------------------------------------------------

_QUALITY = (
    r"(?:đầy đủ,?\s+|nghiêm túc,?\s+|nghiêm\s+|tốt\s+|kịp thời,?\s+|chính xác,?\s+|đúng\s+|và\s+|các\s+"
    r"|bản\s+|những\s+|việc\s+|chế độ\s+|thông tin,?\s+|công tác\s+|dự thảo\s+|hồ sơ,?\s+|văn bản\s+)*"
)
# "gửi báo cáo", "thực hiện nghiêm chế độ báo cáo": a report is due whatever verb carries it.
REPORT_CARRIED = re.compile(
    rf"(?<!\w)(?:(?:tổng hợp|thiết lập|lập|xây dựng),?|gửi|nộp|hoàn thành|hoàn thiện|có|làm|viết|thực hiện|chuẩn bị"
    rf"|cung cấp|trình|ban hành|chấp hành|duy trì)"
    rf"\s+{_QUALITY}báo cáo(?!\s+viên)(?!\w)",
    _I,
)
REPORT = re.compile(r"(?<!\w)báo cáo(?!\s+(?:viên|số\s+\d|này|nêu trên|trên\b|đó\b|tại điểm|tại khoản))(?!\w)", _I)
# Before "báo cáo" these make it a noun ("chế độ báo cáo", "theo báo cáo") or somebody else's act.
REPORT_NOUN = re.compile(
    r"(?:chế độ|nội dung|mẫu|biểu|(?<!định )kỳ|thời hạn|thời điểm|hình thức|phương thức|số liệu|bản|các|những"
    r"|một|việc|của|trong"
    r"|theo|từ|dự thảo|đề cương|loại|nghe|nhận|qua|tại|(?:của|trong|thuộc|sau|trước|liền) (?:năm|quý|tháng)"
    r"|tần suất|đối tượng|hệ thống|danh mục|cùng|kèm|thể thức|sau|trước|với|chốt"
    r"|thông qua|xem xét|duyệt|cập nhật|thẩm tra|phiếu|lịch|quy trình|công tác|và các|về|cho|mỗi|đã|được"
    r"|quy định|ngày|thời gian|yêu cầu|trên cơ sở|dưới dạng)\s+$",
    _I,
)
SUBMIT = re.compile(
    r"(?<!\w)(?:gửi|nộp"
    r"|(?<!công )(?<!chương )(?<!quy )(?<!quá )(?<!tờ )(?<!lộ )(?<!giải )(?<!giáo )(?<!tường )(?<!thuyết )trình(?! độ"
    r"| tự| diễn| bày)|đăng ký|đề xuất"
    r"|đề nghị (?:xét |tặng |cấp |các cấp |Hội đồng [\w ]{0,40})?khen thưởng"
    r"|lập (?:hồ sơ|danh sách|tờ trình)|hoàn (?:chỉnh|thiện|tất) hồ sơ|chuyển hồ sơ)(?!\w)",
    _I,
)
SUBMIT_NOUN = re.compile(
    r"(?:phát|tiến|hành|hồ sơ|danh sách|giấy|đơn|bản|việc|phiếu|biểu|mẫu"
    r"|trường hợp|công tác|thủ tục|quyền|văn bản|cơ quan|đơn vị|người|nội dung|thời hạn|thời gian|ngày|các|có"
    r"|xóa|xoá|cơ sở|số|thẻ|chứng nhận|nhãn hiệu)\s+$",
    _I,
)
FINISH_NOUN = re.compile(
    r"(?:công tác|việc|kết quả|tình hình|kế hoạch|hội nghị|quá trình|nội dung|tiến độ|phương án|chương trình"
    r"|hoạt động"
    r"|nhiệm vụ|thời gian|thời hạn|đoàn|lễ|văn bản|cơ quan|đơn vị|người|biện pháp|giải pháp|kinh phí"
    r"|(?<!có )(?<!chịu )trách nhiệm|thẩm quyền"
    r"|trong|để|nhằm|được|hình thức|hồ sơ|mức|quyết định|báo cáo|tờ trình|của|cuộc|đợt|chất lượng|chức năng"
    r"|quyền|sự|khi|các|những|mỗi|một|cho|với|do|bởi|cơ quan,|cá nhân,)\s+$",
    _I,
)
# After these the words tell what others then do with it, not a further duty.
PURPOSE = re.compile(r"(?<!\w)(?:để|nhằm|làm cơ sở|làm căn cứ|phục vụ|qua đó|góp phần|từ đó)(?!\w)", _I)
# … and these that nothing was, or is, to be done: "các đội đã nộp", "các thôn này không tổ chức hội nghị".
HISTORY = re.compile(r"(?<!\w)(?:đã|vừa|chưa|từng|(?<!hàng )không)(?:\s+(?:được|phải))?\s+$", _I)
REFUSED = re.compile(rf"(?<!\w)(?<!hàng )không\s+(?:{_VERBS}|báo cáo|gửi|nộp|trình|đăng ký)(?!\w)", _I)
# "đã nộp trước ngày …", "được cấp trước ngày …": what was so by then; "phải được gửi trước ngày …" orders it.
PASSED = re.compile(
    r"(?<!\w)(?:đã\s|(?<!phải )được (?!gửi|nộp|lập|báo cáo|hoàn thành|thực hiện|tổ chức|trình"
    r"|giao))[^,;:.]{0,60}$",
    _I,
)
CONDITION = re.compile(
    r"(?<!\w)(?:nếu có|nếu phát sinh|trường hợp (?:có|phát sinh|vướng)|có (?:khó khăn|vướng mắc|phát sinh"
    r"|vấn đề)|khó khăn, vướng mắc|vướng mắc, phát sinh|phát sinh (?:khó khăn|vướng mắc))",
    _I,
)
GOAL = re.compile(r"(?<!\w)(?:phấn đấu|quyết tâm|mục tiêu|hướng tới|ra sức|thi đua (?:hoàn thành|thực hiện))(?!\w)", _I)
# Headings under which a plan explains itself and nothing is ordered.
EXPLAINS = re.compile(
    r"^(?:mục đích|yêu cầu|quan điểm|mục tiêu|giải thích|phạm vi|đối tượng áp dụng|nguyên tắc|tiêu chí"
    r"|tiêu chuẩn|điều kiện(?!(?:,| và) (?:hồ sơ|trình tự|thủ tục|thời gian))"
    r"|hiệu lực|điều khoản chuyển tiếp|quy định chuyển tiếp|căn cứ|sự cần thiết"
    r"|thực trạng|đánh giá chung|kết quả đạt được|hình thức khen)",
    _I,
)
GENERAL_HEADING = re.compile(r"^(?:tổ chức|triển khai)(?:,? triển khai)? thực hiện\W*$", _I)
# What a program that files documents notes of each part: "- **date:** 20/01/2031".
METADATA = re.compile(r"[-*+\s]*\**[a-z]+(?:_[a-z]+)*:\**\s*\S[^\n.;]{0,40}\s*$")
TEMPLATE = re.compile(r"^(?:mẫu|biểu mẫu|biểu số|đề cương|phiếu|đơn đề nghị|tờ khai)(?!\w)", _I)

# ---- times that are not a duty's own -------------------------------------------------------------------------------

# What a plan counts by the year without doing it then: "kế hoạch hằng năm", "các sự kiện trong năm 2025".
YEARLY_NOUN = re.compile(
    r"(?:(?:kế hoạch|dự toán|chương trình|ngân sách|quyết toán|thống kê)(?: \w+){0,4}|chương trình|chỉ tiêu"
    r"|nhiệm vụ|xếp loại|chất lượng|dự toán|ngân sách|phân loại|kinh tế - xã hội|công tác|lễ|thi đua"
    r"|trợ cấp|lương|nghỉ|mục tiêu|bình xét thi đua|thường xuyên|tiêu chuẩn|khen thưởng|danh hiệu)\s*$",
    _I,
)
EVENT_NOUN = re.compile(
    r"(?:ngày lễ(?: lớn)?|sự kiện[\w ,]*|kỷ niệm|kỉ niệm|kết quả|thành tích|đạt được|diễn ra|phát sinh"
    r"|chỉ tiêu[\w ,-]*|nhiệm vụ[\w ,-]*|công tác[\w ,-]*"
    r"|phong trào[\w ,-]*|hoạt động|trọng tâm|quan trọng|đề ra|tỉnh|ngành|toàn quốc|cả nước|áp dụng|chính trị)\s*$",
    _I,
)
EVENT_NAME = re.compile(
    r"(?:ngày lễ(?: lớn)?|sự kiện[\w ,]*|kỷ niệm|kỉ niệm|đạt được|diễn ra|phát sinh|chỉ tiêu[\w ,-]*|đề ra)\s*$", _I
)
_SYMBOL = r"(?:\d+[A-Za-z]?\s*(?:/\s*\d{4})?\s*[/-]\s*[A-ZĐ][\w/-]*|\d+/QĐ)"
CITED = re.compile(
    rf"(?:{_SYMBOL}|(?:luật|nghị quyết|nghị định|thông tư|quyết định|chỉ thị|kế hoạch|công văn|hướng dẫn"
    rf"|thông báo|kết luận|chương trình|văn bản|quy định)[^.;:()]{{0,90}})[\s,]*$",
    _I,
)
CITED_AFTER = re.compile(
    r"\s*(?:,\s*)?(?:của\s|về\s+việc|quy định|sửa đổi|ban hành|hướng dẫn|phê duyệt|và\s+(?:nghị|thông|quyết"
    r"|kế|luật))",
    _I,
)
EXPLAINED = re.compile(r"kết quả|thành tích|tình hình|báo cáo|kinh phí|đã|gửi|nộp", _I)
STATISTICS = re.compile(r"(?:chốt số liệu|số liệu|kỳ báo cáo|thời điểm lấy|được tính|tính từ|thu thập)", _I)
