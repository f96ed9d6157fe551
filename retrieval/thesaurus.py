"""Everyday words and the official ones for the same thing: staff ask in the first, documents speak in the second.

Groups of words that stand for each other often enough in offices to be looked for together, at a lower weight than
what was typed. Facts of the language, no more than that: whether a document has them is for the search to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from knowledge.text import syllables

# One group a line. A word may be in several groups; the order within a group means nothing.
_GROUPS = """
muộn | trễ | chậm | quá hạn | chậm trễ | trễ hẹn | quá thời hạn
đúng hẹn | đúng hạn | kịp thời | đúng thời hạn
sớm | trước hạn | trước thời hạn
hạn chót | hạn cuối | thời hạn | chậm nhất | trước ngày
mấy ngày | bao lâu | thời hạn | trong vòng | không quá
tối đa | nhiều nhất | không quá | không vượt quá | cao nhất
tối thiểu | ít nhất | không dưới | từ đủ | trở lên
thầy cô | thầy giáo | cô giáo | giáo viên | nhà giáo
học trò | học sinh | người học | sinh viên
nhân viên | công chức | viên chức | người lao động | cán bộ
sếp | lãnh đạo | thủ trưởng | người đứng đầu | giám đốc
người đứng đầu | thủ trưởng | lãnh đạo
đồng nghiệp | cán bộ | công chức | giáo viên
người dân | dân | nhân dân | công dân | quần chúng
bệnh nhân | người bệnh
công ty | doanh nghiệp
chỗ làm | cơ quan | đơn vị | nơi làm việc | công sở
giấy tờ | hồ sơ | văn bản | tài liệu | thành phần hồ sơ
đơn từ | đơn thư | kiến nghị | khiếu nại
tiền | kinh phí | chi phí | ngân sách
tiền | tiền thưởng | mức thưởng
nguồn tiền | nguồn kinh phí | dự toán | ngân sách | nguồn vốn
trả tiền | chi trả | thanh toán | hỗ trợ kinh phí | bố trí kinh phí
lấy từ nguồn | bố trí | bảo đảm từ | trích từ
tiền lương | lương | quỹ lương | quỹ tiền lương
góp tiền | đóng góp | huy động | xã hội hóa
cho tiền | hỗ trợ | trợ cấp
mua | mua sắm | trang bị
máy móc | thiết bị | phương tiện
đợi | chờ | chờ đợi
ngừng | dừng | gián đoạn | tạm dừng | đình chỉ
hủy | bãi bỏ | thu hồi | hết hiệu lực
thay | thay thế | bãi bỏ
sửa | sửa đổi | bổ sung | điều chỉnh
bắt đầu | khởi động | phát động | triển khai
kết thúc | hoàn thành | tổng kết | xong
xong | hoàn thành | hoàn tất
làm | thực hiện | tiến hành | triển khai
giao việc | phân công | giao nhiệm vụ
việc | nhiệm vụ | công việc | nội dung
phải làm | trách nhiệm | nhiệm vụ
chịu trách nhiệm | quy trách nhiệm | bị xử lý | xử lý trách nhiệm
lo | phụ trách | đảm nhiệm | chủ trì | đầu mối
cầm trịch | chủ trì | đầu mối
cùng làm | phối hợp
giúp | hỗ trợ | tham mưu | giúp việc
nhắc | đôn đốc | nhắc nhở
theo dõi | giám sát | kiểm tra | đôn đốc
kiểm tra | thanh tra | giám sát | rà soát
đếm | kiểm kê | thống kê
xem lại | rà soát
gom | tổng hợp | tập hợp
báo | báo cáo | thông báo | phản ánh
kể | nêu | báo cáo
kể thành tích | báo cáo thành tích
bản tự khai | báo cáo | bản kê khai
nộp | gửi | trình
nộp cho | gửi về | báo cáo về
xin | đề nghị | đề xuất
xin khen | đề nghị khen thưởng
khen | khen thưởng | biểu dương | tuyên dương | tôn vinh
được khen | xét khen thưởng | tặng thưởng | đề nghị khen thưởng
làm gương | gương | điển hình | điển hình tiên tiến | nêu gương
gương tốt | điển hình tiên tiến | người tốt việc tốt | nhân tố mới
chê | phê bình | kiểm điểm | nhắc nhở
phạt | xử phạt | xử lý | kỷ luật | chế tài
bị kỷ luật | xử lý kỷ luật | vi phạm
lỗi | sai sót | sai phạm | vi phạm | khuyết điểm
giỏi | xuất sắc | tiêu biểu | nổi bật
nổi bật | xuất sắc | tiêu biểu | đột xuất
bất ngờ | đột xuất
đồng ý | tán thành | nhất trí | thống nhất | thông qua
bỏ phiếu | biểu quyết | phiếu kín | bỏ phiếu kín
họp hành | cuộc họp | hội nghị | họp
buổi họp | cuộc họp | phiên họp
gặp mặt | hội nghị | tọa đàm
lớp dạy | mở lớp | lớp học | tập huấn | bồi dưỡng | đào tạo
dạy | giảng dạy | bồi dưỡng | tập huấn | hướng dẫn
học thêm | bồi dưỡng | đào tạo
nâng tay nghề | bồi dưỡng | nâng cao trình độ
chỉ dẫn | hướng dẫn
cách làm | mô hình | giải pháp | biện pháp
cách làm hay | mô hình | sáng kiến | kinh nghiệm hay
ý tưởng | sáng kiến | đề xuất | giải pháp
cải tiến | sáng kiến | cải cách | đổi mới
nhân ra | nhân rộng | lan tỏa | phổ biến
lan truyền | lan tỏa | nhân rộng | tuyên truyền
quảng bá | tuyên truyền | phổ biến | giới thiệu
nói cho biết | phổ biến | quán triệt | thông báo
cho biết | công khai | niêm yết
đăng | đăng tải | công bố | công khai
trên mạng | trực tuyến | môi trường mạng | môi trường số | điện tử
qua mạng | trực tuyến | điện tử
máy tính | công nghệ thông tin | tin học
chữ ký điện tử | chữ ký số | ký số
bản giấy | văn bản giấy | hồ sơ giấy
số hóa | chuyển đổi số
phần mềm | hệ thống | ứng dụng
trang mạng | trang thông tin điện tử | cổng thông tin | website
số điện thoại | đường dây nóng | số máy | điện thoại
gọi số | số điện thoại | số máy | liên hệ
liên hệ | liên lạc | đầu mối
gặp khó | khó khăn | vướng mắc | bất cập
gặp khó khăn | vướng mắc
hỏi | giải đáp | hướng dẫn | phản ánh
chấm điểm | đánh giá | xếp loại | cho điểm
đánh giá | xếp loại | bình xét | nhận xét
xếp hạng | xếp loại | phân loại
hài lòng | sự hài lòng | mức độ hài lòng
điểm | điểm số | thang điểm
điều kiện | tiêu chuẩn | tiêu chí | yêu cầu
được chọn | lựa chọn | bình chọn | xét chọn
chú ý | quan tâm | ưu tiên | chú trọng
ưu tiên | ưu đãi | quan tâm
vùng sâu | vùng xa | miền núi | vùng khó khăn | vùng đặc biệt khó khăn
nghèo | hộ nghèo | khó khăn
đi lại | công tác phí | phương tiện
nghỉ | nghỉ phép | nghỉ việc
nghỉ hưu | hưu trí | thôi việc
tuyển | tuyển dụng | thi tuyển | xét tuyển
lên lương | nâng lương | nâng bậc lương
lên chức | bổ nhiệm | đề bạt
chuyển | điều chuyển | luân chuyển | bàn giao
chuyển cho | bàn giao | giao lại
cất | lưu trữ | lưu giữ | bảo quản
giấu | bảo mật | bí mật
bí mật | bảo mật | bí mật nhà nước
quyền | thẩm quyền | quyền hạn
ai được quyền | thẩm quyền
luật lệ | quy định | pháp luật
bắt buộc | phải | yêu cầu
cấm | không được | nghiêm cấm
được phép | cho phép | được
trừ | ngoại trừ | không áp dụng
áp dụng cho | đối tượng áp dụng | đối tượng
dùng cho | áp dụng | sử dụng
mục tiêu | mục đích | chỉ tiêu
để làm gì | mục đích | nhằm
hiệu lực | có hiệu lực | thi hành
mỗi năm | hằng năm | hàng năm
mỗi tháng | hằng tháng | hàng tháng
mỗi quý | hằng quý | hàng quý
mỗi tuần | hằng tuần | hàng tuần
nửa năm | 6 tháng | sáu tháng
buổi | sáng | chiều
thứ mấy | thứ hai | thứ sáu
trong tuần | hằng tuần | thứ hai | thứ sáu
bao nhiêu phần | tỷ lệ | phần trăm | không quá
bao nhiêu người | số lượng | tổng số
rác | chất thải | rác thải
cây | cây xanh | trồng cây
sạch đẹp | vệ sinh môi trường | cảnh quan
nhà cửa | nhà ở | trụ sở
xe | xe ô tô | phương tiện
cháy | cháy nổ | phòng cháy chữa cháy
bão lũ | thiên tai
dịch | dịch bệnh
tai nạn | an toàn giao thông
tham ô | tham nhũng | tiêu cực
lãng phí | chống lãng phí | tiết kiệm
đoàn kết | thống nhất
sinh đẻ | thai sản
"""


def _parse() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for line in _GROUPS.strip().splitlines():
        members = [tuple(syllables(member)) for member in line.split(" | ")]
        for member in members:
            found.setdefault(member, {}).update(dict.fromkeys(other for other in members if other != member))
    return {member: tuple(others) for member, others in found.items()}


_ALIKE = _parse()
_LONGEST = max(map(len, _ALIKE))


def alike(words: Sequence[str]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield (start, end, other words) for every stretch of `words` (corrected syllables) that has others like it.

    Longer stretches win: in "vướng mắc" nothing is looked up for "mắc".
    """
    position = 0
    while position < len(words):
        for size in range(min(_LONGEST, len(words) - position), 0, -1):
            others = _ALIKE.get(tuple(words[position : position + size]))
            if others:
                for other in others:
                    yield position, position + size, other
                position += size
                break
        else:
            position += 1
