from __future__ import annotations

import pytest

from retrieval.expected import expected_form


@pytest.mark.parametrize(
    ("question", "name", "shown", "not_shown"),
    [
        (
            "Tỷ lệ lao động tiên tiến tối đa là bao nhiêu phần trăm?",
            "tỷ lệ phần trăm",
            "không quá 70%",
            "theo quy định",
        ),
        ("ti le khen toi da bao nhieu", "tỷ lệ phần trăm", "15 phần trăm", "nhiều"),
        ("Vay tiền học được bao nhiêu một tháng?", "số tiền", "4.000.000đ mỗi tháng", "trong 12 tháng"),
        ("Mức tiền thưởng giấy khen bao nhiêu?", "số tiền", "0,3 lần mức lương cơ sở", "theo quy định"),
        ("Số điện thoại của người phụ trách là gì?", "số điện thoại", "ĐT 0901 234 567", "ngày 12/5/2025"),
        (
            "Tỷ lệ người chèo đò phải là bao nhiêu?",
            "tỷ lệ phần trăm",
            "ít nhất 01 người cho mỗi 20 khách",
            "01 người chèo 20 khách",
        ),
        ("Người dự thi có độ tuổi bao nhiêu?", "số tuổi", "có độ tuổi từ 8 đến 15", "ngày 15/10, thi 20 bài"),
        ("Độ tuổi chèo đò là từ bao nhiêu đến bao nhiêu?", "số tuổi", "từ 18 tuổi", "theo độ tuổi, 2 lần"),
        ("email nhận báo cáo là gì", "địa chỉ thư điện tử", "gửi về vanphong@lamson.example", "gửi văn bản"),
        ("Hội nghị bắt đầu lúc mấy giờ?", "giờ", "lúc 8 giờ 00", "ngày 5 tháng 8"),
        (
            "Mức thưởng kèm theo giấy khen là bao nhiêu tiền?",
            "số tiền",
            "1.500.000 đồng",
            "trích 10% tổng quỹ tiền lương",
        ),
        (
            "Mức thưởng kèm theo giấy khen là bao nhiêu?",
            "số tiền",
            "hưởng bằng 30% mức lương cơ sở",
            "bằng 10% tổng quỹ",
        ),
        ("muc thuong kem theo giay khen la bao nhieu tien", "số tiền", "0,3 lần mức lương", "10% tổng quỹ"),
        ("Vi phạm bị phạt tiền thế nào?", "số tiền", "từ 2 triệu đến 5 triệu", "sau 24 tháng"),
        ("Chuyển hồ sơ mất tối đa mấy ngày?", "số ngày, tháng", "trong 07 ngày làm việc", "theo Quyết định 7/QĐ-UBND"),
        ("Liều sau cách liều đầu bao nhiêu tháng?", "số ngày, tháng", "sau 03 tháng", "trẻ từ 6 tháng tuổi"),
        ("Liều đầu sau bao nhiêu tháng?", "số ngày, tháng", "sau 03 tháng", "trẻ từ 6 tháng đến 10 tuổi"),
        ("Chỉ thị hết hiệu lực ngày nào?", "thời điểm hết hiệu lực", "hiệu lực đến ngày 1/1/2027", "từ ngày 1/1/2026"),
        ("Bổ nhiệm lại sau bao nhiêu năm?", "số ngày, tháng", "nhiệm kỳ 05 năm", "trước khi hết năm 2025"),
        ("Kỷ luật công bố ngày nào?", "ngày, tháng", "ngày 12/5/2025", "kỷ luật 02 người"),
        ("Hội thi tổ chức ngày nào?", "ngày, tháng", "thi ngày 13/10/2025", "năm học 2024 - 2025"),
        ("Hội thi tổ chức ngày nào?", "ngày, tháng", "trong vòng 10 ngày", "chào mừng 59 năm ngày truyền thống"),
        ("Tập trung vào những ngày nào?", "ngày, tháng", "từ 24/8", "9h00 - 11h00 sinh hoạt lớp"),
        ("Cuộc vận động có từ năm nào?", "năm", "từ năm 2019", "từ tháng 3"),
        ("Kho chứa bao nhiêu tấn?", "số tấn", "sức chứa 20 tấn", "20 gian"),
        (
            "Khi nào các phòng phải gửi báo cáo?",
            "thời hạn",
            "chậm nhất 25/11",
            "hoàn thành kế hoạch 5 năm (2020 - 2025)",
        ),
        ("nop ho so khi nao", "thời hạn", "trong vòng 5 ngày", "các hoạt động trong năm 2025"),
        ("Nộp sổ bến trước ngày nào?", "ngày, tháng", "chậm nhất ngày 5/3", "hằng năm nộp sổ bến"),
        ("Hội làng vào tháng mấy?", "ngày, tháng", "hội làng vào tháng Giêng", "hội làng hằng năm"),
        ("Nộp sổ bến trước ngày nào?", "ngày, tháng", "ngày làm việc cuối cùng của tháng", "nộp sổ thường xuyên"),
        ("Hội làng mở ngày nào?", "ngày, tháng", "mở hằng tháng", "mở ở đình"),
        ("Ký hiệu vé đò gồm bao nhiêu chữ?", "con số", "là nhóm 3 chữ cái", "a.3) Ký hiệu vé đò"),
        ("Hệ số phụ cấp của lái đò là bao nhiêu?", "con số", "Lái đò | 0.16", "theo mức 3"),
        ("hop vao thang may", "ngày, tháng", "trong tháng 6/2027", "họp tại Văn phòng"),
        ("Giám đốc Sở tên gì?", "tên người", "bà Trần Thị Mai", "Giám đốc Sở Văn hóa và Thể thao tỉnh Lâm Đồng"),
        ("Giám đốc Sở tên gì?", "tên người", "Lê Hữu Phước", "lê đường đi, hà đông đúc"),
        ("Ai là Chủ tịch Hội đồng?", "người", "Chủ tịch Hội đồng là Giám đốc Sở", "Hội đồng họp hằng quý"),
        ("Họp ở đâu?", "địa điểm", "tại Hội trường A", "họp khi đã thông qua"),
        ("Gặp vướng mắc thì gọi số nào?", "số điện thoại", "số máy lẻ 112", "gọi ngay"),
        ("Vì sao bị chậm?", "nguyên nhân, lý do", "do vướng mặt bằng", "chậm 3 tháng"),
        ("Cố tình không làm thì bị xử lý thế nào?", "hình thức xử lý", "bị đình chỉ", "thực hiện ngay"),
        ("Cách khu dân cư bao nhiêu mét?", "số mét", "không dưới 50 m", "ngày 5 tháng 3"),
        ("Báo cáo dài mấy trang?", "số trang", "không quá 04 trang", "04 bản"),
        ("Họp mấy lần một năm?", "số lần", "02 lần/năm", "họp toàn thể"),
        (
            "Hội đồng có bao nhiêu thành viên?",
            "con số",
            "gồm 07 thành viên",
            "theo Nghị định 98/2023/NĐ-CP, từ 12 tháng trở lên",
        ),
        ("Sở có bao nhiêu công chức?", "con số", "45 công chức", "Điều 3. Công chức làm việc năm 2026"),
        # "Lương" is a name there, and where every word begins with a capital it may be none.
        ("Trường THCS Hoàng Lương có tổng số bao nhiêu?", "con số", "gồm 31 đồng chí", "gồm cả tổ văn phòng"),
        ("Mức Lương Khởi Điểm Là Bao Nhiêu?", "số tiền", "4.000.000 đồng", "hệ số 2,34"),
        (
            "kinh phí tạm cấp tối đa là bao nhiêu",
            "số tiền",
            "không quá mức kinh phí một tháng",
            "tạm cấp trong tháng 01",
        ),
        ("Được ứng trước kinh phí nhiều nhất bao nhiêu?", "số tiền", "không quá 20% dự toán", "ứng trước 02 lần"),
        ("Xin lấy lại tiền thì đợi lâu nhất bao nhiêu?", "số ngày, tháng", "90 ngày", "1.500.000 đồng"),
        ("Ở Huế thì gửi bài tới địa chỉ nào?", "địa điểm", "gửi về số 4 đường Lê Lợi", "bài viết tay"),
        ("Mỗi đơn vị được đề nghị tối đa bao nhiêu tập thể?", "con số", "không quá hai tập thể", "các tập thể"),
        ("Buồng ủ trà rộng tối thiểu bao nhiêu mét vuông?", "số mét", "không dưới 14 m2", "trong 14 ngày"),
        ("Đường vào xưởng cách chợ bao nhiêu mét?", "số mét", "cách 2 ki-lô-mét", "hai lối vào"),
        ("Bao lâu nữa thì chợ phiên mở lại?", "ngày, tháng", "mở lại ngày 14/8", "chợ đã dọn"),
        ("Mua lá dong ở đâu?", "địa điểm", "bán nhiều nhất là Chợ Lá Dong", "bán lá dong"),
        ("Hội thi nhận nhiều nhất mấy đội?", "con số", "tối đa 14 đội", "nhiều đội"),
        ("Bao lâu họp một lần?", "số ngày, tháng", "Hội đồng mỗi học kỳ họp một lần.", "Hội đồng họp ở tầng 2."),
        ("Sửa lò nung mất bao lâu?", "số ngày, tháng", "Không quy định cụ thể thời gian", "sửa tại chỗ"),
        ("Xin phiếu nhận vại ở đâu?", "địa điểm", "nhận phiếu từ các Tổ", "nhận phiếu rồi ra về"),
        ("Tờ trình của Tổ dệt xin sửa lò nung số bao nhiêu?", "số hiệu", "tại Tờ trình số 14/TTr-TD", "Tổ dệt trình"),
        ("Thợ bậc 3 được mấy điểm?", "số điểm", "Bậc | Điểm tay nghề\n3 | 7.5 |", "Bậc | Tay nghề\n3 | khá |"),
        ("Rừng quế trồng lại bao nhiêu hecta?", "số ha", "trồng 120 ha", "120 hộ"),
        ("Thả trâu rông thì bị xử lý thế nào?", "hình thức xử lý", "phải viết cam kết", "thả trâu ở bãi"),
        ("Đăng ký gian hàng ở đâu?", "địa điểm", "đăng ký trên cổng của chợ phiên", "đăng ký trước ba ngày"),
        # Figures with their words behind them.
        ("Dựng lại lò được cho bao nhiêu tiền?", "số tiền", "40 (Bốn mươi) triệu đồng/lò", "40 (Bốn mươi) viên gạch"),
        ("Nung một mẻ mất mấy ngày?", "số ngày, tháng", "12 (mười hai) ngày", "12 (mười hai) vại"),
        # A sum is asked for, not whether there is one.
        ("Kho lúa được cấp bao nhiêu tỷ đồng?", "số tiền", "cấp 2,5 tỷ đồng", "trông kho miễn phí"),
        ("Chỉ tiêu nhận thợ là bao nhiêu người?", "con số", "nhận 25 thợ", "số tài khoản: 1180004455"),
        ("Chợ nghỉ từ ngày nào đến ngày nào?", "ngày, tháng", "từ 12/2 đến 16/2", "nghỉ theo lịch hằng năm"),
        ("Diện tích mỗi gian chợ tối đa là bao nhiêu?", "diện tích", "rộng không quá 9 m2", "gian số 14"),
        ("Vở chèo được dài tối đa bao nhiêu phút?", "số phút", "không quá 15 phút", "nộp trước 15 ngày"),
        ("Cối xay được mắc tối đa bao nhiêu kW?", "số kW", "dưới 40 kW", "trong 40 ngày"),
        ("Đơn phải nộp mấy bản?", "số bản", "02 (hai) bản", "02 (hai) ngày"),
        (
            "Ai làm trưởng đoàn đò?",
            "người",
            "do ông Lò Văn Tấm làm trưởng đoàn",
            "đoàn đò là nơi nhận mọi tin của các lãnh đạo",
        ),
        ("Thợ đúc hàng giả bị kỷ luật hình thức nào?", "hình thức xử lý", "bị khiển trách", "đúc tại xưởng"),
        # "tháng 1" is a month there only where no other follows.
        ("Tổ dệt họp ít nhất mấy tháng một lần?", "số ngày, tháng", "họp ít nhất 3 tháng 1 lần", "họp tháng 1 năm nay"),
        ("Xưởng trả công vào ngày nào?", "ngày, tháng", "ngày mồng 10 tháng sau", "trả bằng tiền mặt"),
        ("Có bao nhiêu thợ dự hội lò?", "con số", "1.105[2] thợ", "thợ của các làng"),
        ("Thợ có hệ số lương từ bao nhiêu thì được đi xe?", "con số", "từ 6,10 trở lên", "có xe thì đi xe"),
        ("Tiền công nung thuê tối đa bằng bao nhiêu?", "số tiền", "tối đa bằng mức công của xưởng", "nung thuê 2 mẻ"),
        ("Thể lệ kèm theo kế hoạch số bao nhiêu?", "số hiệu", "kèm theo Kế hoạch số 14-KH/ĐU", "kèm theo kế hoạch"),
        ("Đoàn thợ gồm mấy người?", "con số", "gồm 12 thợ", "| 5 | Đón đoàn thợ | Tổ dệt | 30/9/2031 |"),
        ("Hội lò có bao nhiêu phó chủ hội?", "con số", "có 02 phó chủ hội", "i) Phó chủ hội"),
        ("Lò gốm thì nộp phiếu ở đâu?", "địa điểm", "4 | Lò gốm | Sở Công Thương", "4 | Lò gốm | Đã nộp"),
        (
            "Muốn giữ học bổng thì điểm rèn luyện phải đạt bao nhiêu?",
            "con số",
            "có điểm rèn luyện ≥ 65",
            "không vi phạm nội quy",
        ),
        ("Báo hỏng lò thì gọi số nào?", "số điện thoại", "Điện thoại: (84.28) 39 55 (số nội bộ 3)", "gọi cho tổ lò"),
        ("Công nung một mẻ là bao nhiêu tiền?", "số tiền", "Đơn vị tính: nghìn đồng\nMẻ | 120", "Mẻ | nhỏ"),
    ],
)
def test_an_answer_must_have_the_form_asked_for(question: str, name: str, shown: str, not_shown: str) -> None:
    form = expected_form(question)
    assert form is not None
    assert form.name == name
    assert form.shows(shown)
    assert not form.shows(not_shown)


@pytest.mark.parametrize(
    "question",
    [
        "Ai ký kế hoạch?",
        "Tiêu chí đối với cá nhân là gì?",
        "thoi han bao cao",
        "Gia cố đê thế nào?",
        "Đi chèo giúp mấy hôm thì cơm nước ai lo?",
        "Cái khoản hai phần trăm ấy lấy ra trả công người gác được chứ?",
        "cai khoan 5 phan tram ay lay ra tra cong nguoi gac duoc chu",
        "Sân phơi bị quây mấy tháng liền mà cứ để thế à?",
        "Mấy ngày ấy có bị coi là vắng mặt không?",
        "Mã thợ mới khác với mã thợ cũ ở chỗ nào?",
    ],
)
def test_most_questions_take_any_words(question: str) -> None:
    assert expected_form(question) is None
