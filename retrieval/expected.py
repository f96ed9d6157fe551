"""What form an answer must have: a percentage, an amount of money, a telephone number, a date, a person.

A passage can share every word with a question and still not answer it: where a question asks "bao nhiêu phần
trăm", words without a percentage are no answer. Knows nothing of passages but their words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from knowledge.text import fold, normalise, tone_placement
from retrieval.pattern import CAPITALS, NAME, SMALL, Lazy, compiled, whole_words

_WORDS = "hai|ba|bốn|sáu|bảy|tám|chín|mười|mươi|trăm"
_ONE = r"một(?! (?:số|cách|phần|trong|cửa|mặt|loạt|chiều|lòng|vài|bước))"
# "năm" is five only before what is counted; elsewhere it is a year.
NUMBER = rf"(?:\d+|\b(?:{_WORDS}|{_ONE}|năm(?= (?:ngày|tuần|tháng|lần|giờ|phút|người|tập thể|cá nhân)))\b)"
_TIME_UNIT = r"(?:ngày|tuần|tháng(?! (?:đến \d+ )?(?:tháng )?tuổi)|quý|năm(?! (?:tuổi|\d))|giờ|phút|tiếng|buổi|tiết)"
IN_WORDS = r"(?:\([^()\d]{2,40}\)\s*)?"  # "40 (bốn mươi) triệu đồng"
_COUNTED = (
    rf"{NUMBER}(?:\[\d+\])?\s*(?:\)\s*)?{IN_WORDS}(?:\S+\s+)?"  # "05 (năm) ngày", "07 ngày làm việc", "505[1] người"
)
_EVERY = r"\b(?:hằng|hàng|mỗi|từng|trong|một) (?:ngày|tuần|tháng|quý|năm)\b"

# Figures that count nothing: dates, years, symbols of documents, the numbering of clauses and of rows, accounts.
_NO_COUNT = re.compile(
    r"\b(?:ngày|tháng|năm|quý)\s+\d[\d/.-]*+(?! lần)|\b\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\b\d{1,2}/(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d\b|\b\d+/(?=\d*/?[^\W\d])[\w/-]+"
    r"|\b(?:điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu(?: số)?|số:?|bước|nhóm|hạng|cấp|mức|lớp|khóa|đợt)\s+\d[\d.]*"
    r"(?! (?:ký tự|chữ số|chữ cái|thành viên|người)\b)"
    r"|(?m:^)[\s|]*(?:[a-zđ]\.)?\d+(?:\.\d+)*\s*[.)|]"
    r"|\b\d{8,}\b|\b0\d{2,3}[\s.]\d{3}[\s.]\d{3,4}\b",
    re.IGNORECASE,
)
# … and figures that count something else, where a number of things is asked.
_OTHER_UNIT = re.compile(rf"{NUMBER}\s*(?:đồng(?! chí)|triệu|tỷ|nghìn|điểm\b|{_TIME_UNIT})", re.IGNORECASE)

_SURNAME = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ(?! Chí Minh)|Ngô|Dương|Lý|Đinh|Trịnh|Đoàn|Lương|Mai|Tô|"
    "Trương|Lâm|Cao|Tạ|Hà|Đào|Phùng|Quách|Vương|Triệu|Thái|Kiều|Châu|Tăng|Lò|Vàng|Giàng|Sùng|Nông|Hứa|Lục|Ma|Quàng|Cầm|"
    "Thạch|Sơn|Kim|Chu|Từ|La|Đàm|Lưu|Tống|Văn|Bạch|Doãn|Nghiêm|Khổng|Ninh|Mạc|Phí|Vi|Hà Thị"
)
_CAPITAL = f"[{CAPITALS}][{SMALL}]+"
_NAME = rf"\b(?:{_SURNAME}) {_CAPITAL} {_CAPITAL}|(?i:\b(?:ông|bà|đồng chí|đ/c|bác sĩ|anh|chị):?)\s+{_CAPITAL}"
PERSON = re.compile(_NAME)
_ROLE = (
    "giám đốc|chủ tịch|trưởng|phó|chánh|thủ trưởng|bí thư|ủy viên|lãnh đạo|người|công chức|viên chức|cán bộ|đại diện"
)
_PERSON = f"ai|ông|bà|đồng chí|anh|chị|thư ký|{_ROLE}"
_SANCTION = (
    r"phạt|xử lý|kỷ luật|đình chỉ|trừ|\bhạ\b|hủy|huỷ|thu hồi|bồi thường|bồi hoàn|buộc|cảnh cáo|khiển trách|phê bình|"
    r"không được|không xét|tạm dừng|tạm ngừng|chịu trách nhiệm|truy cứu|miễn nhiệm|cách chức|công khai|xếp loại|"
    r"xin lỗi|nghiêm cấm|trách nhiệm|không công nhận|từ chối|ngừng|chấm dứt|trả lại|kiểm điểm|nhắc nhở|cam kết|tạm giữ|"
    r"thu giữ|\bmất\b|\bloại\b"
)


@dataclass(frozen=True, slots=True)
class Expected:
    """A form of answer: how a question asks for it and how a text shows it."""

    name: str  # Vietnamese, for the reason of a refusal: "tỷ lệ phần trăm"
    asked: Lazy  # on the question in lower case, as it is written
    asked_bare: Lazy  # … where marks were left out
    shown: Lazy  # on the text
    without: tuple[re.Pattern[str], ...] = ()  # what is taken out of the text before
    telling: bool = False  # a sentence of this form names what is asked about, too

    def shows(self, text: str) -> bool:
        """Tell whether `text` has this form."""
        for pattern in self.without:
            text = pattern.sub(" ; ", text)
        return self.shown.search(text) is not None


def _form(name: str, asked: str, shown: str, *without: re.Pattern[str], exact: bool = False) -> Expected:
    flags = re.NOFLAG if exact else re.IGNORECASE
    return Expected(name, Lazy(asked, write=whole_words), compiled(asked), Lazy(shown, flags=flags), without)


# Words that ask for something else than what a question opens with: "số điện thoại phải công khai khi nào".
_ASKING = "khi nào|bao giờ|thế nào|như nào|ra sao|ở đâu|vì sao|tại sao|ai|gì|nào"
_PAPERS = (
    "tờ trình|công văn|văn bản|quyết định|nghị quyết|nghị định|thông tư|kế hoạch|chỉ thị|thông báo|báo cáo|giấy mời"
)
_WHEN = "khi nào|bao giờ|lúc nào|hôm nào|chừng nào"
_DUE = "nộp|gửi|báo cáo|hoàn thành|trình|đăng ký"
_WHO = "ai|cơ quan nào|đơn vị nào|cấp nào|người nào|khi nào|bao giờ|vì sao"
# … of the kind that has a name: "Chợ Lá Dong", "Bến Trâu".
_PLACE = "thôn|ấp|xóm|đường|phố|tầng|lầu|chợ|bến|khách sạn|cửa hàng|siêu thị|công viên|trạm|cầu|quán"
_BODY = "Sở|Phòng|Ban|Bộ|Cục|Chi cục|Trung tâm|Văn phòng|Ủy ban|Kho bạc|Công an|Khoa|Chi nhánh"
_HOW_MUCH = "bao nhiêu|mấy"
# Hours that are worked or taught: a table has them as bare figures under "Đơn vị tính: giờ".
_HOURS = "giờ (?:chuẩn|công|dạy|giảng|học|nghiên cứu|hành chính|làm việc)"
_PAID = (
    "phạt|(?<!hệ số )(?:lương|phụ cấp)|trợ cấp|thù lao|đảng phí|phí|giá(?! trị)|giá vé|giá bán|tiền|thưởng|bồi dưỡng|"
    "kinh phí|học phí|vốn|chi phí|dự toán|học bổng|bồi thường|hỗ trợ|đóng góp|mức thu|mức đóng|mức chi|ủng hộ"
)
# What is counted, and neither paid nor a share: "Xã Lương Sơn có bao nhiêu thôn", "tỷ lệ trên 10 thì bao nhiêu dự án".
_THINGS = (
    "người|tập thể|cá nhân|trường hợp|tỉnh|huyện|xã|phường|thôn|xóm|bản|ấp|tổ dân phố|hộ|nhà|trường|lớp|học sinh|"
    "sinh viên|giáo viên|đại biểu|thành viên|dự án|đề tài|đề án|mô hình|sáng kiến|hồ sơ|giải|suất|đơn vị|cơ quan|"
    "cơ sở|doanh nghiệp|hợp tác xã|câu lạc bộ|đội|nhóm|loại|bài|tác phẩm|công trình|tín chỉ|câu hỏi|buổi|tiết|lần|lượt|"
    "đợt|vòng"
)
# What has no price, though something paid is named before: "muốn giữ học bổng thì điểm rèn luyện phải đạt bao nhiêu".
_MARKED = "điểm (?:số|trung bình|rèn luyện|thi|xét|tổng)|xếp loại|độ tuổi|diện tích|chiều cao|thâm niên"
_NOT_MONEY = rf"phần|ngày|tháng|năm|điểm|giờ|tuổi|mét|km|m|phòng|trang|bậc|{_THINGS}"
# "mấy ngày ấy có bị coi là vắng không" counts no days, nor does "đi giúp mấy hôm thì cơm nước ai lo".
_THOSE = re.compile(
    r"\bmấy (\w+ (?:ấy|đó|này|kia)|(?:ngày|hôm|bữa|buổi|tuần|tháng|năm|giờ)(?=,? (?:thì|mà) .*\b(?:ai|đâu|gì|nào)\b))"
)

_SUM = (
    rf"\d\s*{IN_WORDS}(?:đồng|đ\b|triệu|tỷ|nghìn|ngàn|VNĐ|USD)"
    r"|\d{1,3}(?:\.\d{3}){1,3}\b(?! ?(?:người|hồ sơ|trường hợp|m2|ha|hộ))"
)
_AMOUNT = (
    rf"{_SUM}|lần mức lương|lần lương"
    r"|%\s*(?:mức )?lương|%\s*mức (?:bồi dưỡng|phụ cấp|trợ cấp|thù lao|phí|hưởng)"
    r"|miễn phí|không thu (?:phí|tiền)|đơn vị(?: tính)?\s*:\s*(?:nghìn |ngàn |triệu |tỷ )?đồng"
)
# "Hai phần trăm phí bảo trì có được …" asks for no share, "quây rào mấy tháng liền" for no time.
_NOT_COUNTED = "".join(rf"(?<!{word} )" for word in ("một", "hai", "ba", "bốn", "năm", "mười", r"\d"))
_PAST = "nào|mấy|trước|nay|liền|qua|gần đây|vừa rồi"
_HECTARE = "ha|héc[- ]?ta|hecta"
_MOST = "tối đa|nhiều nhất|cao nhất|tối thiểu|ít nhất|thấp nhất"

# Neither "9h00 - 11h00" nor "kỷ niệm 59 năm ngày truyền thống" is a date.
_DATED = (
    r"(?<![\dh])\d{1,2}\s*[/.-]\s*\d{1,2}(?![\dh])|\b(?:ngày|tháng)\s+(?:làm việc\s+|m[ồù]ng\s+)?\d"
    r"|\b(?:tháng|quý)\s+(?:\d|[IVX]+\b|một|hai|ba|tư|sáu|bảy|tám|chín|mười|giêng|chạp)|ngày (?:làm việc )?cuối"
    rf"|\b(?:trong|sau|trước|quá|nhất|vòng|hạn|từ)(?: \S+){{0,2}} {NUMBER}\s*(?:\)\s*)?{_TIME_UNIT}"
    r"|\b(?:cuối|đầu|sáng|chiều|tối) (?:ngày|tháng|quý|năm|tuần|thứ)"
    r"|ngày (?:ký|ban hành|công bố|thông qua|đăng|nhận|họp)|chủ nhật|\bthứ (?:hai|ba|tư|năm|sáu|bảy|\d)"
    r"|\bsau (?:khi|ngày)|\bkhi (?:có|hết|xảy ra|phát hiện|nhận)"
)

FORMS = (
    _form(
        "tỷ lệ phần trăm",
        rf"{_NOT_COUNTED}phần trăm|bao nhiêu ?%.*|(?:tỷ|tỉ) lệ .*(?:{_HOW_MUCH})(?! (?:{_THINGS})(?!\w))|mấy %.*"
        rf"|(?:chiếm|được|hưởng|trích|giữ lại|nộp lại) (?:{_HOW_MUCH}) phần(?! (?:việc|quà|thưởng|thi))",
        r"\d\s*%|phần trăm|\d[^.;\n\d]{1,40} (?:cho|trên)(?: mỗi| một)? \d"
        r"|\d+/\d+ (?:tổng )?số|một phần|hai phần|ba phần|một nửa|toàn bộ|\b\d/\d\b",
    ),
    _form("số tiền", rf"(?:{_HOW_MUCH}) (?:triệu|tỷ|nghìn|ngàn)", _SUM),
    _form(  # a limit, and what is reckoned, may be a share of something, or the sum of another year
        "số tiền",
        rf"(?:{_PAID}) (?:.* )?(?:(?:{_MOST}) (?:là |được |bằng )?|(?:tính|được|chỉ) bằng )bao nhiêu(?! (?:\w|%))",
        rf"{_AMOUNT}|\d\s*%|\b(?:không quá|bằng|theo) mức\b",
    ),
    _form(
        "số tiền",
        rf"(?:{_HOW_MUCH}) (?:tiền|đồng(?! (?:chí|nghiệp|bào|đội))|triệu|tỷ|nghìn|ngàn|usd|đô)"
        rf"|(?:{_PAID}) (?!.*\b(?:{_MARKED})(?: \S+){{0,8}} bao nhiêu)"
        r"(?:.* )?(?<!số )(?<!lâu )(?<!lâu nhất )(?<!lau nhat )bao nhiêu"
        rf"(?! (?:(?:{_NOT_MONEY})(?!\w)|%))"
        rf"|^(?!(?:.* )?(?:{_WHO}) )(?!.* (?:{_PAPERS}|luật) (?:nào|số))"
        r".*(?<!định )mức (?:thưởng|phạt|phí|chi|hỗ trợ|lương|đóng|tiền)"
        r"|phạt tiền .*(?:thế nào|ra sao)",
        _AMOUNT,
    ),
    _form(
        "số điện thoại",
        r"điện thoại (?:số )?(?:nào|mấy|bao nhiêu|là gì)|số (?:điện thoại|máy lẻ) (?:.* )?(?:(?<!khi )nào|gì|bao nhiêu)"
        r"|hotline|đường dây nóng|(?:xin|cho) số điện thoại|gọi (?:vào |đến |cho )?số (?:nào|mấy)"
        rf"|^(?:số )?điện thoại(?!.*(?:{_ASKING}))",
        r"\b0\d{2,3}\)?[\s.-]*\d{3,4}[\s.-]?\d{3,4}\b|\bsố (?:máy|nội bộ)\b|điện thoại:?\s*\(?\+?\d|\bmáy lẻ\b"
        r"|\b1[89]00[\s.]?\d{4}",
    ),
    _form(
        "địa chỉ thư điện tử",
        r"(?:email|e-mail|thư điện tử|hòm thư) (?:.* )?(?:nào|gì)|địa chỉ (?:email|thư điện tử)",
        r"\S@\S",
    ),
    _form(
        "giờ",
        rf"mấy (?!{_HOURS})giờ(?! (?:đồng hồ|làm|một|mỗi))|giờ nào|(?<!phụ )(?<!phu )lúc mấy",
        r"\d\s*(?:giờ|h\d{0,2}\b)|\d{1,2}:\d{2}|giờ hành chính",
    ),
    _form(
        "địa điểm",
        r"(?<!lấy )(?<!từ )(?<!nhau )(?<!khác )(?:ở|tại) đâu(?! ra)|(?:địa điểm|địa chỉ) (?:nào|ở đâu|là gì)"
        # What two things differ in is no place, nor what is weak about one.
        r"|^(?!.*\b(?:khác|giống)(?: \S+){0,10} chỗ nào).*(?<!nhau )(?<!yếu ở )(?<!sai ở )(?<!vướng ở )(?<!thiếu ở )"
        r"(?<!khó ở )(?<!hay ở )chỗ nào",
        r"(?i:\b(?:tại|ở|địa điểm|khu vực|phía|trụ sở|hội trường|số nhà|phòng họp|địa chỉ)\b|\b(?:gửi|nộp)\s*:"
        r"|\b(?:gửi|nộp)\b[^.;\n]{0,60}\b(?:về|cho|qua|đến|lên|tới)\b"
        r"|\btrên (?:cổng|trang|hệ thống|phần mềm|ứng dụng|nền tảng|mạng)\b"
        r"|\b(?:đến|tới|về|lên|sang|ra|qua|vào) (?:phòng|khoa|quầy|bàn|cửa|bộ phận|trạm|điểm|nhà|sân|văn phòng|kho)\b)"
        rf"|\b(?:về|qua|đến|gửi|nộp|từ) (?:các )?[{CAPITALS}]|(?i:\b(?:{_PLACE})) [{CAPITALS}\d]"
        rf"|\|\s*(?:{_BODY}) [{CAPITALS}]",  # … or a row names the body in charge
        exact=True,
    ),
    _form(
        "tên người",
        # A system, a programme, a contest has a name, too.
        rf"(?:{_PERSON})(?: \S+){{0,8}} tên (?:là )?gì|tên (?:là )?gì(?: \S+){{0,4}} (?:{_PERSON})"
        r"|họ (?:và )?tên .*(?:gì|nào)|(?:ông|bà|đồng chí) nào",
        _NAME,
        exact=True,
    ),
    _form(
        "người",
        rf"(?<!\w )ai là|(?<!\w )ai (?:sẽ |được )?(?:làm|giữ chức|đảm nhận)(?: chức)? (?:{_ROLE})"
        r"|^(?!.*(?:đối tượng|thành phần|khách mời|đại biểu|người dự) ).*là ai",
        rf"{_NAME}|(?i:\b(?:là|do|giao|gồm)\b:?(?: [^\s.;]+){{0,4}} (?:{_ROLE})"
        rf"|(?:{_ROLE})[^.;:\n]{{0,40}}:\s*\S*\s*(?:{_ROLE}))",
        exact=True,
    ),
    _form(
        "nguyên nhân, lý do",
        r"vì sao|tại sao|vì lý do|lý do (?:gì|nào)|nguyên nhân (?:gì|nào|do đâu|là gì)",
        r"\b(?:do|vì|bởi|nguyên nhân|lý do|xuất phát|nhằm|để|căn cứ|tránh)\b",
    ),
    _form(
        "thời điểm hết hiệu lực",
        r"hết hiệu lực (?:.* )?(?:khi nào|bao giờ|ngày nào|năm nào)|(?:khi nào|bao giờ|lúc nào) (?:.* )?hết hiệu lực",
        r"hết hiệu lực|hiệu lực (?:thi hành )?đến|\bđến hết\b|giá trị đến|hiệu lực .{0,40} đến",
    ),
    _form(
        "hình thức xử lý",
        r"bị (?:phạt|xử lý|kỷ luật) (?:gì|thế nào|ra sao|như thế nào|(?:theo |bằng )?hình thức (?:gì|nào))|phạt gì",
        _SANCTION,
    ),
    _form(
        "thời hạn",
        rf"(?:{_WHEN})(?: \S+){{0,10}} (?:{_DUE})|(?:{_DUE})(?: \S+){{0,12}} (?:{_WHEN})"
        rf"|(?:thời )?hạn (?:chót|cuối|(?:{_DUE})).*(?:{_WHEN}|ngày nào|là)",
        r"\bkhi (?:có|xảy ra|phát hiện|nhận|kết thúc|được)|\bsau (?:khi|ngày|\d)|\btrước (?:ngày|khi|\d)|\bngay\b"
        r"|\bhạn\b|chậm nhất|muộn nhất|\btrong (?:vòng|ngày|\d)|\bngày\s+(?:làm việc\s+)?\d"
        r"|(?<!\d)\d{1,2}\s*[/.-]\s*\d{1,2}(?!\d)|\b(?:hằng|hàng|mỗi|từng) (?:ngày|tuần|tháng|quý|năm)\b"
        r"|\btháng\s+\d|\bquý\b|định kỳ|đột xuất|kịp thời|thường xuyên|\b(?:cuối|đầu|giữa) (?:năm|tháng|quý|kỳ|tuần)"
        rf"|{_COUNTED}(?:ngày|tuần|tháng|giờ)\b",
    ),
    _form(
        "năm",
        r"năm (?:nào|mấy|bao nhiêu)(?! cũng)",
        rf"\b(?:19|20)\d\d\b|{NUMBER}\s*năm\b|\b(?:hằng|hàng|mỗi|từng|trong|cuối|đầu) năm\b|\bsau (?:khi|ngày)",
    ),
    _form(  # from … to: "hằng năm" says neither
        "ngày, tháng",
        r"từ (?:ngày|hôm|tháng) (?:nào|mấy)(?: \S+){0,3} (?:đến|tới) (?:hết )?(?:ngày|hôm|tháng) (?:nào|mấy)",
        r"(?<![\dh])\d{1,2}\s*[/.-]\s*\d{1,2}(?![\dh])|\b(?:ngày|tháng|quý)\s+(?:\d|[IVX]+\b)",
    ),
    _form(  # … nor does it say before which day, or in which month
        "ngày, tháng",
        r"(?:trước|chậm nhất|muộn nhất|vào) (?:là )?(?:hết )?(?:(?:trước|vào) )?(?:ngày|tháng) (?:nào|mấy)(?! cũng)",
        _DATED,
    ),
    _form(
        "ngày, tháng",
        r"(?:ngày|tháng) (?:nào|mấy|bao nhiêu)(?! cũng)|hôm nào|bao lâu nữa",
        rf"{_DATED}|\b(?:hằng|hàng|mỗi|trong) (?:ngày|tháng|quý|năm|tuần|thứ)|thường xuyên",
    ),
    _form(
        "số phút",
        rf"(?<!số )(?:{_HOW_MUCH}) (?:phút|giây)(?! (?:{_PAST})(?!\w))",
        rf"{_COUNTED}(?:phút|giây|giờ|tiếng)\b",
    ),
    _form(
        "diện tích",
        r"diện tích(?: \S+){0,16} bao nhiêu(?! \w)",
        r"\d\s*(?:k?m[2²]|mét vuông|ha\b|héc[- ]?ta)|diện tích[^.;\n]*\d",
    ),
    _form(
        "số tuổi",
        r"\btuổi (?:\S+ ){0,4}bao nhiêu",
        rf"{_COUNTED}tuổi|\btuổi[^.,;\n\d]{{0,20}}\d",
    ),
    _form(
        "số ngày, tháng",
        rf"(?<!số )(?:{_HOW_MUCH}) (?!{_HOURS})(?:ngày|hôm|bữa|tuần|tháng|năm|giờ|tiếng|phút|thời gian)"
        rf"(?! (?:{_PAST})(?!\w))"
        r"|bao lâu|lâu (?:nhất )?(?:là )?bao nhiêu",
        rf"{_COUNTED}{_TIME_UNIT}|\btrong (?:vòng )?\d+\s?h\b|24/24|24/7|{_EVERY}"
        r"|nửa (?:tháng|năm)|\bngay\b|định kỳ|kịp thời|không thời hạn"
        r"|vĩnh viễn|suốt|nhiệm kỳ|\bđến (?:hết|khi)\b|thường xuyên|quanh năm|cả năm"
        r"|\b(?:mỗi|từng) (?:học kỳ|kỳ|khóa|khoá|đợt|vụ)\b"
        r"|không quy định (?:cụ ?thể )?(?:về )?thời (?:gian|hạn)",
        _NO_COUNT,
    ),
    *(
        _form(
            f"số {unit}",
            rf"(?<!số )(?:{_HOW_MUCH}) (?:{asked})(?! (?:nào|mấy))",
            # … or in the rows of a table under what is counted.
            rf"{_COUNTED}(?:{shown})\b"
            rf"|(?:\|[^\n]*\b(?:{shown})\b|\b(?:{shown})\b[^\n]*\|)[^\n]*\n(?:[^\n]*\n)*?[^\n]*\|\s*\d",
        )
        for unit, asked, shown in (
            ("trang", "trang", "trang"),
            ("tuổi", "tuổi", "tuổi|tháng tuổi"),
            ("mét", "mét", "mét|k?m[2²]?|cm|ki-?lô-?mét"),  # of a room 9 m2 is what is asked
            ("điểm", "điểm", "điểm"),
            ("bậc", "bậc", "bậc"),
            ("tấn", "tấn", "tấn|tạ|kg|ki-lô-gam"),
            ("ha", _HECTARE, _HECTARE),
            ("km", "km", "km|ki-?lô-?mét|cây số"),
            ("suất", "suất", "suất"),
            ("kW", "kwh?|kva", "[km]wh?|kva"),
            ("MB", "[kmgt]b", "[kmgt]b|(?:mega|giga)bytes?"),
            ("lít", "lít|ml", "lít|ml"),
            ("bản", "bản(?! án)|bộ hồ sơ|cuốn|quyển", "bản|bộ|cuốn|quyển"),
        )
    ),
    _form(
        "số lần",
        rf"(?<!số )(?:{_HOW_MUCH}) (?:lần|bận|lượt)",
        rf"{_COUNTED}(?:lần|lượt|buổi|kỳ|bận)\b|lần thứ|{_EVERY}|định kỳ|liên tiếp|gấp",
    ),
    _form(
        "điều, khoản, điểm",
        r"(?:những|các) (?:điều|khoản|điểm)(?:[ ,]+(?:điều|khoản|điểm))+ nào",
        r"\b(?:điểm [a-zđ]|khoản \d|điều \d)",
    ),
    _form(
        "số của mẫu",
        rf"(?:mẫu|biểu)(?: (?:đơn|biểu|phiếu))? số (?:{_HOW_MUCH}|nào)",
        r"\b(?:mẫu|biểu)\b[^.;\n\d]{0,20}\d",
    ),
    _form(
        "số hiệu",
        rf"(?:{_PAPERS}) (?:này )?(?:có )?số (?:hiệu )?(?:bao nhiêu|mấy|nào|gì)"
        rf"|^(?:{_PAPERS}) .* số (?:hiệu )?(?:là )?(?:bao nhiêu|mấy)[ ?.]*$",
        rf"\d+\s*(?:/(?:\d+/)?|-)[^\W\d_{SMALL}][\w-]*",
        exact=True,
    ),
    _form(
        "con số",
        rf"(?:{_HOW_MUCH}) "
        r"(?:người|tập thể|cá nhân|đơn vị|cơ sở|cán bộ|công chức|học sinh|hồ sơ|trường hợp|thành viên)",
        NUMBER,
        _NO_COUNT,
        _OTHER_UNIT,
    ),
    _form("con số", rf"bao nhiêu|(?:{_MOST}) (?:\S+ )?mấy", rf"{NUMBER}|\b(?-i:I{{1,3}}V?)\b", _NO_COUNT),
)


@lru_cache(maxsize=1024)  # one question is asked of in five places, and has twenty patterns tried on it each time
def expected_form(question: str) -> Expected | None:
    """Return the form the answer to `question` must have, or None when any words may answer it."""
    # "trường THCS Hoàng Lương có bao nhiêu giáo viên": no word of a name asks for anything.
    lower = NAME.sub(r"\g<before> …", normalise(question)).lower()
    said = tone_placement(_THOSE.sub(r"những \1", " ".join(lower.split())))
    marked = said != fold(said)
    return next((form for form in FORMS if (form.asked if marked else form.asked_bare).search(said)), None)
