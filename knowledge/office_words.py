"""Words of plans, movements and Party documents that laws seldom use: the project's own list, facts only.

WORDS (two syllables) go into the table of known pairs when it is made (knowledge.make_pairs); PHRASES (three and more,
read as they stand) are what knowledge.recognition recognises by itself.
"""

from __future__ import annotations

_WORDS = """
ấm no; ấn tượng; bao trùm; bám sát; bài bản; bản lĩnh; bản sắc; bền bỉ; bền vững; bề nổi; biểu dương;
bình xét; bình chọn; bình dị; bình đẳng; bồi đắp; bổ ích; bứt phá; bước ngoặt; cách mạng; cách làm; cao điểm; cao đẹp;
cao quý; cầu thị; cấp bách; chan hòa; chào đón; chào mừng; chăm chỉ; chăm lo; chặng đường; chân thành; chất lượng;
chi bộ; chí tình; chiến sĩ; chiến thắng; chiều sâu; chồng chéo; chú trọng; chủ công; chủ đề; chủ trương; chuyên đề;
chuyển biến; chuyển đổi; chung sức; chung tay; chuỗi hoạt; cống hiến; công khai; công sức; cơ quan; cổ động; cổ vũ;
cờ đỏ; cụ thể; cụm thi; cuộc vận; củng cố; cương quyết; cứu người; dám làm; dám nghĩ; dạy tốt; dẫn đầu; dân chủ;
dân vận; dấu ấn; dịch bệnh; dột nát; dòng họ; dũng cảm; dư luận; đa dạng; đảng bộ; đảng ủy; đảng viên; đáng kể;
đạo đức; đẩy lùi; đẩy mạnh; đẩy nhanh; đảm nhiệm; đánh bóng; điểm sáng; điểm tựa; điển hình; đoàn kết; đoàn thể;
đoàn viên; đóng góp; đồng bào; đồng bộ; đồng chí; đồng lòng; đồng sức; đồng tâm; đồng thuận; đổi mới; đôn đốc;
đột phá; đột xuất; đời sống; đúc kết; đức tính; đường lối; gần gũi; gây rối; ghi nhận; giải pháp; giao ban;
giặc ngoại; giữ vững; gieo mầm; gìn giữ; gương điển; gương mẫu; gương sáng; hài hòa; hài lòng; hành động; hào hùng;
hào khí; hăng hái; hăng say; hậu phương; hết lòng; hết sức; hình ảnh; hình thức; hiến kế; hiến đất; hiệu quả;
hiệu triệu; hòa nhập; học hỏi; học tốt; hội nghị; hội thi; hùng cường; hun đúc; hưởng ứng; ý chí; kết nạp; khát vọng;
khắc phục; khắc sâu; khẩn trương; khẩu hiệu; khéo léo; khen thưởng; khích lệ; khó khăn; khối thi; khởi sắc; khởi công;
khơi dậy; khơi nguồn; không ngừng; khuyến học; khuyến khích; khuyến tài; kiên cường; kiên định; kiên quyết; kiên trì;
kiện toàn; kịp thời; kiểm điểm; kiểu mẫu; kỷ cương; kỷ luật; kỷ nguyên; kỷ niệm; kỳ vọng; làm chủ; lan rộng; lan tỏa;
lành mạnh; lao động; lãnh đạo; lãng phí; lập công; lập thành; linh hoạt; lòng tin; lối sống; lồng ghép; lơ là;
luyện tập; lực lượng; mặt bằng; mặt trận; mạnh dạn; mạnh mẽ; mẫu mực; mong muốn; mô hình; mới mẻ; mũi nhọn; mục tiêu;
năng động; năng suất; nâng cao; nâng tầm; nêu cao; nêu gương; ngày hội; nghĩa cử; nghĩa tình; nghiêm minh; nghiêm túc;
người tốt; người nghèo; nguồn lực; nhà tạm; nhân đạo; nhân lên; nhân rộng; nhân tố; nhận thức; nhân ái; nhịp nhàng;
nhiệm kỳ; nhiệt huyết; nhiệt tình; niềm tin; niềm tự; no ấm; nòng cốt; nỗ lực; nổi bật; nông thôn; nơi nhận; nụ cười;
phai mờ; phai nhạt; phát động; phát huy; phát thanh; phấn đấu; phấn khởi; phẩm chất; phong cách; phong phú;
phong trào; phồn vinh; phổ biến; phục hồi; phương châm; quán triệt; quan tâm; quần chúng; quê hương; quyết liệt;
quyết tâm; quyết thắng; ra quân; ra sức; rà soát; rèn luyện; rõ nét; rõ ràng; rộng khắp; rộng rãi; rút kinh; sạch đẹp;
sạch sẽ; sáng kiến; sáng tạo; sâu rộng; sâu sắc; sâu sát; say mê; sẵn sàng; sẻ chia; sinh hoạt; sinh động; soi sáng;
sôi động; sôi nổi; sơ kết; sum vầy; suy thoái; sự kiện; sự nghiệp; sức lan; sức mạnh; tác phong; tạo đà; tạo động;
tạo khí; tận tâm; tận tình; tận tụy; tập huấn; tấm gương; tâm huyết; tâm tư; thanh lịch; thành công; thành quả;
thành tích; thành tựu; tháo gỡ; thăm hỏi; thắng lợi; thẳng thắn; thân thiện; thầm lặng; thập niên; thế mạnh; thi đua;
thiên tai; thiết thực; thiêng liêng; thịnh vượng; thói quen; thông điệp; thông suốt; thống nhất; thời cơ; thúc đẩy;
thù địch; thuần phong; thuận lợi; thụ hưởng; thực chất; thực hành; thương yêu; thường xuyên; tích cực; tiên phong;
tiên tiến; tiêu biểu; tiếp bước; tiếp lửa; tiếp nối; tiếp sức; tiết kiệm; tiến bộ; tiến độ; tiến tới; tin tưởng;
tin yêu; tinh gọn; tinh thần; tình cảm; tình nghĩa; tình thương; toàn dân; toàn diện; toàn quốc; toàn thể; tô thắm;
tôn vinh; tổ chức; tổng kết; tồn tại; trao tặng; trau dồi; tràn đầy; tránh hình; trí tuệ; tri ân; trì trệ; triển khai;
trọng điểm; trọng tâm; trong sạch; trung thành; trung thực; trùng lắp; trùng lặp; trùng lập; trước mắt; truyền hình;
truyền thanh; truyền thông; truyền thống; tuyên dương; tuyên truyền; tư tưởng; tự chủ; tự cường; tự giác; tự hào;
tự lực; tự nguyện; tự tin; ứng dụng; ưu tiên; ưu tú; vai trò; vận động; văn minh; vẻ vang; việc tốt; vị thế;
vinh danh; vinh dự; vui tươi; vun đắp; vùng sâu; vùng xa; vượt khó; vượt mức; vượt qua; vươn lên; vươn mình;
vững bước; vững chắc; vững mạnh; vững vàng; vướng mắc; xanh sạch; xây dựng; xóa bỏ; xóa nhà; xóa đói; xung kích;
xứng đáng; xuất sắc; yên bình; yên tâm; yêu nước; yêu thương; giảm nghèo
"""
_PHRASES = """
thi đua yêu nước; thi đua khen thưởng; nông thôn mới; vì người nghèo; ngày vì người nghèo; quỹ vì người nghèo;
không để ai bị bỏ lại phía sau; đoàn kết một lòng; chung sức đồng lòng; chung sức xây dựng nông thôn mới;
người tốt việc tốt; gương người tốt; điển hình tiên tiến; nhân tố mới; cách làm sáng tạo; xóa nhà tạm;
nhà tạm nhà dột nát; văn hóa công sở; học tập suốt đời; xã hội học tập; cán bộ công chức viên chức;
công chức viên chức; viên chức và người lao động; người lao động; hệ thống chính trị; trong sạch vững mạnh;
kinh tế xã hội; quốc phòng an ninh; an ninh trật tự; trật tự an toàn xã hội; cải cách hành chính; thủ tục hành chính;
chuyển đổi số; đổi mới sáng tạo; công nghệ thông tin; khoa học công nghệ; phòng chống tham nhũng; thực hành tiết kiệm;
tư tưởng đạo đức phong cách hồ chí minh; chủ tịch hồ chí minh; học tập và làm theo; đẩy mạnh học tập; ủy ban nhân dân;
hội đồng nhân dân; mặt trận tổ quốc; ban thường vụ; ban chấp hành; bộ chính trị; ban bí thư; thủ tướng chính phủ;
đại hội đại biểu; đại hội đảng bộ; nhiệm kỳ; tổ chức thực hiện; mục đích yêu cầu; nhiệm vụ giải pháp;
nội dung thực hiện; đối tượng thi đua; thời gian thực hiện; hình thức khen thưởng; tiêu chuẩn khen thưởng;
cụ thể như sau; từ trung ương đến cơ sở; từ tỉnh đến cơ sở; từ huyện đến cơ sở; từ thành phố đến cơ sở;
từ trung ương đến địa phương; từ tỉnh đến xã; từ tỉnh đến huyện; các cấp các ngành; cả nước chung sức;
toàn dân đoàn kết; uống nước nhớ nguồn; đền ơn đáp nghĩa; lá lành đùm lá rách; năm sau cao hơn năm trước;
cộng hòa xã hội chủ nghĩa việt nam; độc lập tự do hạnh phúc; huân chương lao động; bằng khen của thủ tướng;
chiến sĩ thi đua; tập thể lao động xuất sắc; lao động tiên tiến; chiến sĩ thi đua cơ sở; chiến sĩ thi đua toàn quốc;
danh hiệu thi đua; hội đồng thi đua khen thưởng; phong trào thi đua; công tác thi đua;
luật thi đua khen thưởng
"""


def _split(block: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(entry.split()) for entry in " ".join(block.split()).split(";") if entry.strip())


WORDS: tuple[tuple[str, ...], ...] = tuple(word for word in _split(_WORDS) if len(word) == 2)
PHRASES: tuple[tuple[str, ...], ...] = tuple(phrase for phrase in _split(_PHRASES) if len(phrase) >= 3)
