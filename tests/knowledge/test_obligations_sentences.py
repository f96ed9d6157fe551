"""Sentences in the office's style: the duties they state, and sentences that state none."""

# ruff: noqa: E501 - one case, one line: a wrapped table of sentences cannot be read

from __future__ import annotations

import pytest

from tests.knowledge.duties import of_sentence

# A sentence, then one line for each duty: kind | who | what | to whom | words of the time | meaning, "-" for nothing.
DUTIES = """
Sở Thủy vận xin thông báo lịch chạy đò trước ngày 10/12/2031.
    finish | Sở Thủy vận | thông báo lịch chạy đò | - | trước ngày 10/12/2031 | 2031-12-10 exclusive
Chỉ đạo các tổ chức thành viên theo dõi bến đò; gửi báo cáo cho Mặt trận xã trước ngày 10/12/2031.
    report | các tổ chức thành viên | gửi báo cáo | Mặt trận xã | trước ngày 10/12/2031 | 2031-12-10 exclusive
Các tổ chức đoàn thể báo cáo Mặt trận xã trước ngày 10/12/2031.
    report | Các tổ chức đoàn thể | báo cáo Mặt trận xã | Mặt trận xã | trước ngày 10/12/2031 | 2031-12-10 exclusive
Biên bản kiểm đò (lượt 2): Các đội gửi bản chính về Sở Thủy vận trước ngày 10/12/2031.
    submit | Các đội | gửi bản chính | Sở Thủy vận | trước ngày 10/12/2031 | 2031-12-10 exclusive
Biên bản kiểm đò và danh sách người chèo phải gửi về Sở Thủy vận trước ngày 10/12/2031.
    submit | - | Biên bản kiểm đò và danh sách người chèo | Sở Thủy vận | trước ngày 10/12/2031 | 2031-12-10 exclusive
Thiết lập chế độ báo cáo nhanh hằng ngày.
    report | - | Thiết lập chế độ báo cáo nhanh | - | hằng ngày | unspecified
Các đội lập danh sách đò trước ngày 10/12/2031; đội không nộp thì nghỉ trong quý I/2032.
    submit | Các đội | lập danh sách đò | - | trước ngày 10/12/2031 | 2031-12-10 exclusive
Cục Hàng không báo cáo Bộ Thủy vận trước ngày 10/12/2031.
    report | Cục Hàng không | báo cáo Bộ Thủy vận | Bộ Thủy vận | trước ngày 10/12/2031 | 2031-12-10 exclusive
Thời gian nhận hồ sơ: theo Thông báo số 9/TB-BĐ ngày 15/12/2031 cho người chèo nhiệm kỳ 2032-2037, trước ngày 20/12/2031.
    submit | - | nhận hồ sơ | - | trước ngày 20/12/2031 | 2031-12-20 exclusive
Báo cáo kết quả thực hiện gửi về Phòng Tổng hợp trước ngày 10/12/2026.
    report | - | Báo cáo kết quả thực hiện | Phòng Tổng hợp | trước ngày 10/12/2026 | 2026-12-10 exclusive
Đề nghị các xã, phường báo cáo tiến độ về Sở Y tế chậm nhất là ngày 20/5/2026.
    report | các xã, phường | báo cáo tiến độ | Sở Y tế | chậm nhất là ngày 20/5/2026 | 2026-05-20
Yêu cầu Thủ trưởng các đơn vị nộp bản tự đánh giá cho Hội đồng trước 16 giờ 30 ngày 18/11/2026.
    submit | Thủ trưởng các đơn vị | nộp bản tự đánh giá | Hội đồng | trước 16 giờ 30 ngày 18/11/2026 | 2026-11-18
Trước ngày 05 hằng tháng, Trung tâm Dữ liệu gửi số liệu cho Phòng Kế hoạch.
    submit | Trung tâm Dữ liệu | gửi số liệu | Phòng Kế hoạch | Trước ngày 05 hằng tháng | 5/ monthly exclusive
Định kỳ hằng quý, các chi cục báo cáo tiến độ giải ngân với Giám đốc Sở.
    report | các chi cục | báo cáo tiến độ giải ngân với Giám đốc Sở | Giám đốc Sở | Định kỳ hằng quý | quarterly
Hàng tháng, bộ phận một cửa tổng hợp kết quả giải quyết hồ sơ, báo cáo Chánh Văn phòng.
    report | bộ phận một cửa | báo cáo Chánh Văn phòng | Chánh Văn phòng | Hàng tháng | monthly
6 tháng, hằng năm, các cụm thi đua báo cáo kết quả hoạt động về cơ quan thường trực.
    report | các cụm thi đua | báo cáo kết quả hoạt động | cơ quan thường trực | 6 tháng, hằng năm | half-yearly
Báo cáo sơ kết gửi trước ngày 15/6, báo cáo tổng kết gửi trước ngày 15/12 hằng năm.
    report | - | Báo cáo sơ kết | - | trước ngày 15/6 | 15/6 yearly exclusive
    report | - | báo cáo tổng kết | - | trước ngày 15/12 hằng năm | 15/12 yearly exclusive
Các đơn vị báo cáo trước ngày 15/6 và 15/12 hằng năm.
    report | Các đơn vị | báo cáo | - | trước ngày 15/6 | 15/6 yearly exclusive
    report | Các đơn vị | báo cáo | - | 15/12 hằng năm | 15/12 yearly exclusive
Phòng Nghiệp vụ hoàn thành việc rà soát trong tháng 9/2026.
    finish | Phòng Nghiệp vụ | hoàn thành việc rà soát | - | trong tháng 9/2026 | 2026-09-30
Văn phòng Sở tham mưu ban hành Quy chế xong trước ngày 30/4/2026.
    finish | Văn phòng Sở | tham mưu ban hành Quy chế | - | xong trước ngày 30/4/2026 | 2026-04-30 exclusive
Tổ chức Hội thi tìm hiểu pháp luật vào tháng 11 năm 2026.
    finish | - | Tổ chức Hội thi tìm hiểu pháp luật | - | vào tháng 11 năm 2026 | 2026-11-30
Quý II/2026: tổ chức tập huấn nghiệp vụ cho công chức.
    finish | - | tổ chức tập huấn nghiệp vụ cho công chức | - | Quý II/2026 | 2026-06-30
Cuối năm 2026, Ban Chỉ đạo tổng kết phong trào.
    finish | Ban Chỉ đạo | tổng kết phong trào | - | Cuối năm 2026 | 2026-12-31
Tiến hành sơ kết phong trào vào giữa năm 2028 và tổng kết vào cuối năm 2030.
    finish | - | Tiến hành sơ kết phong trào | - | vào giữa năm 2028 |
    finish | - | tổng kết | - | vào cuối năm 2030 | 2030-12-31
Hội đồng họp bình xét xong trước ngày 25/11/2026, trình Giám đốc Sở quyết định.
    finish | Hội đồng | họp bình xét | - | xong trước ngày 25/11/2026 | 2026-11-25 exclusive
Các đơn vị đăng ký danh hiệu thi đua với Văn phòng Sở trước ngày 28 tháng 02 hằng năm.
    submit | Các đơn vị | đăng ký danh hiệu thi đua với Văn phòng Sở | Văn phòng Sở | trước ngày 28 tháng 02 hằng năm | 28/2 yearly exclusive
Hồ sơ đề nghị tặng Bằng khen nộp về Ban Thi đua chậm nhất ngày 10/10/2026.
    submit | - | Hồ sơ đề nghị tặng Bằng khen | Ban Thi đua | chậm nhất ngày 10/10/2026 | 2026-10-10
Đề xuất khen thưởng gửi về Phòng Tổ chức trước 01/12/2026.
    submit | - | Đề xuất khen thưởng | Phòng Tổ chức | trước 01/12/2026 | 2026-12-01 exclusive
Chi cục Kiểm lâm lập danh sách đề nghị khen thưởng gửi Sở trước ngày 20/12/2026.
    submit | Chi cục Kiểm lâm | lập danh sách đề nghị khen thưởng | Sở | trước ngày 20/12/2026 | 2026-12-20 exclusive
Thời hạn nộp hồ sơ: trước ngày 15/9/2026.
    submit | - | nộp hồ sơ | - | trước ngày 15/9/2026 | 2026-09-15 exclusive
Thời gian gửi báo cáo: chậm nhất ngày 25 hằng tháng.
    report | - | gửi báo cáo | - | chậm nhất ngày 25 hằng tháng | 25/ monthly
Thời hạn báo cáo: báo cáo 6 tháng trước ngày 10/6; báo cáo năm trước ngày 10/12 hằng năm.
    report | - | báo cáo 6 tháng | - | trước ngày 10/6 | 10/6 yearly exclusive
    report | - | báo cáo năm | - | trước ngày 10/12 hằng năm | 10/12 yearly exclusive
Thời gian thực hiện: từ ngày 01/01/2026 đến ngày 31/12/2026.
    period | - | Thời gian thực hiện | - | từ ngày 01/01/2026 đến ngày 31/12/2026 | 2026-12-31
Đợt thi đua bắt đầu từ ngày ký Kế hoạch này và kết thúc vào ngày 19/8/2026.
    period | - | Đợt thi đua | - | bắt đầu từ ngày ký Kế hoạch này và kết thúc vào ngày 19/8/2026 | 2026-08-19
Báo cáo đột xuất khi có yêu cầu của cơ quan cấp trên.
    report | - | Báo cáo | - | đột xuất khi có yêu cầu | on-request
Các đơn vị thực hiện chế độ báo cáo định kỳ theo quy định.
    report | Các đơn vị | thực hiện chế độ báo cáo | - | định kỳ | unspecified
Trong vòng 07 ngày kể từ ngày kết thúc đợt kiểm tra, Trưởng đoàn báo cáo kết quả cho Giám đốc Sở.
    report | Trưởng đoàn | báo cáo kết quả | Giám đốc Sở | Trong vòng 07 ngày kể từ ngày kết thúc đợt kiểm tra |
Ngay sau khi kết thúc hội nghị, các tổ thảo luận gửi biên bản về Ban Tổ chức.
    submit | các tổ thảo luận | gửi biên bản | Ban Tổ chức | Ngay sau khi kết thúc hội nghị |
Các phòng, đơn vị báo cáo kết quả thực hiện về Văn phòng Sở để tổng hợp.
    report | Các phòng, đơn vị | báo cáo kết quả thực hiện | Văn phòng Sở | - | -
Giao Phòng Kế hoạch - Tài chính chủ trì, phối hợp Văn phòng Sở hoàn thiện dự thảo, trình Ban Giám đốc trước ngày 12/8/2026.
    submit | Phòng Kế hoạch - Tài chính | trình Ban Giám đốc | Ban Giám đốc | trước ngày 12/8/2026 | 2026-08-12 exclusive
Thường xuyên báo cáo tình hình với cấp ủy.
    report | - | báo cáo tình hình với cấp ủy | cấp ủy | Thường xuyên | unspecified
Đại hội được tổ chức trong quý III/2026.
    finish | - | Đại hội được tổ chức | - | trong quý III/2026 | 2026-09-30
Ban Tổ chức công bố kết quả ngày 20/11/2026.
    finish | Ban Tổ chức | công bố kết quả | - | ngày 20/11/2026 | 2026-11-20
Các trường gửi bài dự thi từ ngày 01/3/2026 đến hết ngày 30/4/2026.
    submit | Các trường | gửi bài dự thi | - | từ ngày 01/3/2026 đến hết ngày 30/4/2026 | 2026-04-30
Chủ trì tổng hợp, báo cáo UBND tỉnh kết quả thực hiện trước ngày 20 tháng cuối quý.
    report | - | tổng hợp, báo cáo UBND tỉnh kết quả thực hiện | UBND tỉnh | trước ngày 20 tháng cuối quý | 20/ quarterly exclusive
Sở Xây dựng, Sở Tài chính, theo chức năng nhiệm vụ, báo cáo UBND tỉnh (qua Sở Nội vụ) trước ngày 05/6/2026.
    report | Sở Xây dựng, Sở Tài chính | báo cáo UBND tỉnh (qua Sở Nội vụ) | UBND tỉnh (qua Sở Nội vụ) | trước ngày 05/6/2026 | 2026-06-05 exclusive
Văn phòng Sở có trách nhiệm: đôn đốc các đơn vị; tổng hợp báo cáo Giám đốc hằng tháng.
    report | Văn phòng Sở | tổng hợp báo cáo Giám đốc | Giám đốc | hằng tháng | monthly
Hằng năm, trước ngày 15 tháng 11, các đơn vị gửi báo cáo tổng kết.
    report | các đơn vị | gửi báo cáo tổng kết | - | Hằng năm, trước ngày 15 tháng 11 | 15/11 yearly exclusive
Chậm nhất 05 ngày làm việc trước ngày khai mạc, các đoàn gửi danh sách về Ban Tổ chức.
    submit | các đoàn | gửi danh sách | Ban Tổ chức | Chậm nhất 05 ngày làm việc trước ngày khai mạc |
Đơn vị được khen thưởng phải nộp ảnh minh họa trước ngày 30/10.
    submit | Đơn vị | nộp ảnh minh họa | - | trước ngày 30/10 | 30/10 exclusive
UBND các huyện hoàn thành trước ngày 31/12/2026 và báo cáo kết quả về Sở trước ngày 15/01/2027.
    finish | UBND các huyện | hoàn thành | - | trước ngày 31/12/2026 | 2026-12-31 exclusive
    report | UBND các huyện | báo cáo kết quả | Sở | trước ngày 15/01/2027 | 2027-01-15 exclusive
Định kỳ báo cáo kết quả triển khai Phong trào về Ủy ban nhân dân tỉnh (qua Sở Nội vụ) trước ngày 10/12 hằng năm.
    report | - | báo cáo kết quả triển khai Phong trào | Ủy ban nhân dân tỉnh (qua Sở Nội vụ) | trước ngày 10/12 hằng năm | 10/12 yearly exclusive
Năm 2025: sơ kết giai đoạn 2021 - 2025; năm 2030: tổng kết Phong trào.
    finish | - | sơ kết giai đoạn 2021 - 2025 | - | Năm 2025 | 2025-12-31
    finish | - | tổng kết Phong trào | - | năm 2030 | 2030-12-31
Hằng năm, tiến hành sơ kết, đánh giá kết quả; năm 2030 tổng kết Phong trào.
    finish | - | tiến hành sơ kết, đánh giá kết quả | - | Hằng năm | yearly
    finish | - | tổng kết Phong trào | - | năm 2030 | 2030-12-31
Chế độ thông tin, báo cáo: các đơn vị báo cáo định kỳ (6 tháng, năm) về Văn phòng Sở trước ngày 15/6 và ngày 15/11 hằng năm.
    report | các đơn vị | báo cáo | Văn phòng Sở | trước ngày 15/6 | 15/6 yearly exclusive
    report | các đơn vị | báo cáo | Văn phòng Sở | ngày 15/11 hằng năm | 15/11 yearly exclusive
Gửi báo cáo bằng văn bản và file điện tử về Sở Nội vụ (qua Ban Thi đua, địa chỉ: bantd@vidu.gov.vn) trước ngày 31/10/2026.
    report | - | Gửi báo cáo bằng văn bản và file điện tử | Sở Nội vụ (qua Ban Thi đua, địa chỉ: bantd@vidu.gov.vn) | trước ngày 31/10/2026 | 2026-10-31 exclusive
Đại hội cấp cơ sở hoàn thành trong quý II năm 2026; cấp tỉnh hoàn thành trước tháng 9/2026.
    finish | - | Đại hội cấp cơ sở | - | trong quý II năm 2026 | 2026-06-30
    finish | - | cấp tỉnh | - | trước tháng 9/2026 | 2026-09-01 exclusive
Các cấp Công đoàn tổ chức tổng kết, trao thưởng nhân dịp kỷ niệm ngày thành lập Công đoàn Việt Nam 28/7 hằng năm.
    finish | Các cấp Công đoàn | tổ chức tổng kết, trao thưởng nhân dịp kỷ niệm ngày thành lập Công đoàn Việt Nam | - | 28/7 hằng năm | 28/7 yearly
Giao Phòng Thi đua là đầu mối theo dõi, đôn đốc, tổng hợp kết quả thực hiện, báo cáo UBND tỉnh theo quy định.
    report | Phòng Thi đua | báo cáo UBND tỉnh | UBND tỉnh | theo quy định | unspecified
Định kỳ 6 tháng, hằng năm tổ chức sơ kết, tổng kết, đánh giá kết quả thực hiện.
    finish | - | tổ chức sơ kết, tổng kết, đánh giá kết quả thực hiện | - | Định kỳ 6 tháng, hằng năm | half-yearly
Mỗi năm tổ chức ít nhất 01 lớp tập huấn nghiệp vụ.
    finish | - | tổ chức ít nhất 01 lớp tập huấn nghiệp vụ | - | Mỗi năm | yearly
Công bố quyết định khen thưởng trong tháng 01/2027.
    finish | - | Công bố quyết định khen thưởng | - | trong tháng 01/2027 | 2027-01-31
Trong tháng 12 hằng năm, Hội đồng xét duyệt và trình Giám đốc Sở khen thưởng.
    submit | Hội đồng | trình Giám đốc Sở khen thưởng | Giám đốc Sở | Trong tháng 12 hằng năm | /12 yearly
Thời gian xét tặng: mỗi năm một lần vào dịp 20/11.
    finish | - | Thời gian xét tặng | - | mỗi năm một lần | yearly
Báo cáo kết quả gửi kèm danh sách đề nghị khen thưởng, gửi về Sở trước ngày 05/12/2026 (qua Văn phòng).
    report | - | Báo cáo kết quả gửi kèm danh sách đề nghị khen thưởng | Sở | trước ngày 05/12/2026 | 2026-12-05 exclusive
Các phòng gửi báo cáo tháng trước ngày 20, báo cáo quý trước ngày 20 tháng cuối quý, báo cáo năm trước ngày 15/12.
    report | Các phòng | gửi báo cáo tháng | - | trước ngày 20 | 20/ monthly exclusive
    report | Các phòng | báo cáo quý | - | trước ngày 20 tháng cuối quý | 20/ quarterly exclusive
    report | Các phòng | báo cáo năm | - | trước ngày 15/12 | 15/12 exclusive
Báo cáo tháng gửi trước ngày 20 hằng tháng; báo cáo quý gửi trước ngày 20 của tháng cuối quý.
    report | - | Báo cáo tháng | - | trước ngày 20 hằng tháng | 20/ monthly exclusive
    report | - | báo cáo quý | - | trước ngày 20 của tháng cuối quý | 20/ quarterly exclusive
Hội nghị tổng kết dự kiến tổ chức vào đầu tháng 01/2027.
    finish | - | Hội nghị tổng kết dự kiến tổ chức | - | vào đầu tháng 01/2027 |
Giao Sở Tài chính cân đối kinh phí trình UBND tỉnh trước ngày 30/6 hằng năm.
    submit | Sở Tài chính | trình UBND tỉnh | UBND tỉnh | trước ngày 30/6 hằng năm | 30/6 yearly exclusive
Chủ tịch UBND các xã chịu trách nhiệm trước Chủ tịch UBND tỉnh về kết quả thực hiện; báo cáo kết quả trước ngày 25 hằng tháng.
    report | Chủ tịch UBND các xã | báo cáo kết quả | - | trước ngày 25 hằng tháng | 25/ monthly exclusive
Yêu cầu các đồng chí Trưởng phòng báo cáo bằng văn bản về Ban Giám đốc chậm nhất 16h00 ngày 28/10/2026.
    report | các đồng chí Trưởng phòng | báo cáo bằng văn bản | Ban Giám đốc | chậm nhất 16h00 ngày 28/10/2026 | 2026-10-28
Thực hiện báo cáo đột xuất theo yêu cầu của Ủy ban nhân dân tỉnh.
    report | - | Thực hiện báo cáo | - | đột xuất theo yêu cầu | on-request
Hoàn thành dứt điểm trước thời hạn 30/9/2026 đối với hồ sơ tồn đọng.
    finish | - | Hoàn thành dứt điểm | - | trước thời hạn 30/9/2026 | 2026-09-30 exclusive
Thủ trưởng cơ quan hoàn thành việc ký giao ước thi đua với Khối trưởng trong quý I hằng năm.
    finish | Thủ trưởng cơ quan | hoàn thành việc ký giao ước thi đua với Khối trưởng | - | trong quý I hằng năm | /3 yearly
Các sở, ngành xây dựng Kế hoạch triển khai thực hiện gửi Sở Nội vụ tổng hợp trước ngày 20/4/2026.
    submit | Các sở, ngành | xây dựng Kế hoạch triển khai thực hiện | Sở Nội vụ | trước ngày 20/4/2026 | 2026-04-20 exclusive
Các đơn vị có trách nhiệm cập nhật kết quả vào hệ thống chậm nhất vào ngày 25 hàng tháng.
    finish | Các đơn vị | cập nhật kết quả vào hệ thống | - | chậm nhất vào ngày 25 hàng tháng | 25/ monthly
Yêu cầu các phòng nghiêm túc thực hiện, định kỳ hằng quý (trước ngày 20 của tháng cuối quý) báo cáo Giám đốc Sở.
    report | các phòng | báo cáo Giám đốc Sở | Giám đốc Sở | định kỳ hằng quý (trước ngày 20 của tháng cuối quý) | 20/ quarterly exclusive
Tổ thư ký theo dõi, cuối năm học báo cáo Hội đồng.
    report | Tổ thư ký | báo cáo Hội đồng | Hội đồng | cuối năm học |
Hằng quý (trước ngày 20 tháng cuối quý), 6 tháng (trước ngày 15/6) và năm (trước ngày 15/12) báo cáo kết quả về Bộ.
    report | - | báo cáo kết quả | Bộ | Hằng quý (trước ngày 20 tháng cuối quý) | 20/ quarterly exclusive
    report | - | báo cáo kết quả | Bộ | 6 tháng (trước ngày 15/6) | 15/6 half-yearly exclusive
    report | - | báo cáo kết quả | Bộ | năm (trước ngày 15/12) | 15/12 yearly exclusive
Các xã rà soát nhà hư hỏng; chi trả hỗ trợ chậm nhất ngày 10 tháng 12 năm 2026, có niêm yết danh sách.
    finish | Các xã | chi trả hỗ trợ | - | chậm nhất ngày 10 tháng 12 năm 2026 | 2026-12-10
Công ty Thoát nước Bến Cá khơi thông cống xong trước 08 giờ 00 ngày 21/7/2026.
    finish | Công ty Thoát nước Bến Cá | khơi thông cống | - | xong trước 08 giờ 00 ngày 21/7/2026 | 2026-07-21
Trường công khai tài chính 6 tháng một lần.
    finish | Trường | công khai tài chính | - | 6 tháng một lần | half-yearly
Các sở cập nhật tiến độ lên hệ thống theo dõi nhiệm vụ trước 16 giờ 00 thứ Sáu hằng tuần.
    finish | Các sở | cập nhật tiến độ lên hệ thống theo dõi nhiệm vụ | - | trước 16 giờ 00 thứ Sáu hằng tuần | weekly
Lễ tổng kết và trao giải: Tháng 11/2026.
    finish | - | Lễ tổng kết và trao giải | - | Tháng 11/2026 | 2026-11-30
Lễ phát động: sáng ngày 15/3/2026 tại hội trường.
    finish | - | Lễ phát động | - | ngày 15/3/2026 | 2026-03-15
Đợt 1: từ ngày 15/10/2026 đến ngày 29/4/2027.
    period | - | Đợt 1 | - | từ ngày 15/10/2026 đến ngày 29/4/2027 | 2027-04-29
Niêm yết danh sách từ ngày 10/5/2026 đến ngày 20/5/2026.
    finish | - | Niêm yết danh sách | - | từ ngày 10/5/2026 đến ngày 20/5/2026 | 2026-05-20
Các đảng ủy hoàn thành trong quý II/2026; sơ kết hằng năm, tổng kết vào cuối nhiệm kỳ.
    finish | Các đảng ủy | hoàn thành | - | trong quý II/2026 | 2026-06-30
    finish | Các đảng ủy | sơ kết | - | hằng năm | yearly
Ủy ban nhân dân thành phố báo cáo Hội đồng nhân dân tại kỳ họp cuối năm.
    report | Ủy ban nhân dân thành phố | báo cáo Hội đồng nhân dân | Hội đồng nhân dân | tại kỳ họp cuối năm | yearly
Các xã báo cáo Ban Chỉ huy 03 giờ một lần.
    report | Các xã | báo cáo Ban Chỉ huy | Ban Chỉ huy | 03 giờ một lần | unspecified
"""

NO_DUTY = """
Văn phòng Sở thực hiện nghiêm chế độ thông tin, báo cáo.
Nếu có khó khăn, vướng mắc, các đơn vị kịp thời báo cáo về Sở Tài chính để được hướng dẫn.
Năm 2025, các đơn vị đã báo cáo đầy đủ, đúng hạn.
Báo cáo gồm hai phần: kết quả và kiến nghị.
Các đội không tổ chức đưa khách trước ngày 10/3/2031.
Đội nào không gửi báo cáo đúng hạn thì không được xét.
Đội tư vấn sẽ đáp câu hỏi của các cá nhân, tổ chức quan tâm trước ngày 10/12/2031.
Theo báo cáo của Sở Y tế ngày 10/3/2026, tỷ lệ đạt 95%.
Căn cứ Chỉ thị số 05/CT-UBND ngày 14/3/2026 của Chủ tịch UBND tỉnh.
Thực hiện Quyết định số 12/QĐ-TTg ngày 03/01/2026 của Thủ tướng Chính phủ về phê duyệt Đề án.
Phấn đấu đến hết năm 2026 hoàn thành 100% nhiệm vụ được giao.
Triển khai chương trình, kế hoạch hằng năm của ngành.
Chất lượng tham mưu, báo cáo được nâng lên qua từng năm.
Giấy chứng nhận đã được cấp trước ngày 01/7/2025 tiếp tục có giá trị sử dụng.
Quyết định này có hiệu lực kể từ ngày ký.
Phát triển tỉnh đến năm 2030, tầm nhìn đến năm 2045.
Tổ chức các hoạt động chào mừng các ngày lễ lớn trong năm 2026.
Kỷ niệm 80 năm Ngày Quốc khánh (02/9/1945 - 02/9/2025).
Sau khi được phê duyệt, giao Phòng Kế hoạch công bố trên trang tin.
Phòng Thanh tra thường xuyên kiểm tra việc chấp hành kỷ luật.
Các cơ quan báo chí kịp thời đưa tin.
Tập trung chỉ đạo hoàn thành các mục tiêu, nhiệm vụ năm 2026 và cả giai đoạn 2026 - 2030.
Các tập thể, cá nhân đạt thành tích xuất sắc trong 6 tháng đầu năm 2026 được đề nghị khen thưởng.
Ban Thi đua tham mưu Chủ tịch UBND tỉnh khen thưởng theo quy định.
Căn cứ kết quả, trình cấp có thẩm quyền khen thưởng kịp thời theo quy định của pháp luật.
Xây dựng kế hoạch thực hiện hằng năm và tổ chức triển khai có hiệu quả.
Thường xuyên kiểm tra, đôn đốc; kịp thời sơ kết, rút kinh nghiệm.
Kinh phí thực hiện từ nguồn ngân sách năm 2026 theo quy định.
Đơn vị nào nộp sau ngày 05/12/2026 không được xem xét.
Số liệu báo cáo tính từ ngày 15/12/2025 đến ngày 14/12/2026.
Sau 05 năm thực hiện, Kế hoạch được sơ kết, đánh giá.
Kế hoạch này thay thế Kế hoạch số 15/KH-STC ngày 20/01/2024.
Trường hợp thay đổi nhân sự, các đơn vị thông báo về Văn phòng Sở trong thời hạn 05 ngày.
Tích cực hưởng ứng phong trào “Cả tỉnh chung sức giảm nghèo giai đoạn 2026 - 2030”.
Tỷ lệ hồ sơ trả đúng hạn đạt 98% trong năm 2026.
Tổ chức kỷ niệm 70 năm thành lập ngành (15/5/1956 - 15/5/2026).
Kho bạc chi trả trong ngày, không để dồn vào cuối năm.
"""


def cases() -> list[tuple[str, list[str]]]:
    """Return each sentence with the lines that tell its duties."""
    found: list[tuple[str, list[str]]] = []
    for line in DUTIES.strip().splitlines():
        if line.startswith("    "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return found


def test_there_are_enough_sentences() -> None:
    assert len(cases()) + len(NO_DUTY.strip().splitlines()) >= 60
    assert all(duties for _, duties in cases())


@pytest.mark.parametrize(("sentence", "duties"), cases())
def test_a_sentence_that_states_a_duty(sentence: str, duties: list[str]) -> None:
    assert of_sentence(sentence) == duties


@pytest.mark.parametrize("sentence", NO_DUTY.strip().splitlines())
def test_a_sentence_that_states_none(sentence: str) -> None:
    assert of_sentence(sentence) == []


@pytest.mark.parametrize("joined", [" và ", ", ", ", và ", " hoặc "])
@pytest.mark.parametrize("first", ["trong tháng 6/2026", "quý I/2026", "6 tháng"])
def test_times_listed_before_a_verb_they_do_not_lead_come_to_an_end(first: str, joined: str) -> None:
    """Each of the two once asked the other for its verb, without end."""
    listed = f"Nội dung thi đua {first}{joined}tháng 12/2026 của các đơn vị phải được báo cáo về Sở."
    assert all(" | về Sở" in one or " | Sở | " in one for one in of_sentence(listed))
