"""Offices of the State, the Party and the unions: the words their names begin with, their codes in symbols. Facts."""

from __future__ import annotations

import re

_HEADS = """
ủy ban | uỷ ban | ubnd | hđnd | hội đồng | sở | bộ | cục | chi cục | tổng cục | ban(?! hành) | văn phòng | phòng |
trường(?! hợp) | trung tâm | đảng ủy | đảng uỷ | đảng bộ | tỉnh ủy | tỉnh uỷ | thành ủy | thành uỷ |
huyện ủy | huyện uỷ | quận ủy |
thị ủy | chính phủ | quốc hội | thủ tướng | chủ tịch nước | công an | viện | bệnh viện | hội | liên đoàn | công đoàn |
đoàn | mặt trận | công ty | tổng công ty | tập đoàn | ngân hàng | kho bạc | bảo hiểm | tòa án | toà án | thanh tra |
kiểm toán | liên hiệp | học viện | đại học | vụ | bch | btv | chi bộ | đảng đoàn | báo | đài | cụm | khối | quỹ | nhà |
thư viện | bảo tàng | cơ quan | liên đội | chi đoàn | hạt | trạm | đội | thường trực | tổng liên đoàn | ubmttq
"""
HEAD = re.compile(rf"^(?:{'|'.join(' '.join(head.split()) for head in _HEADS.split('|'))})(?!\w)", re.IGNORECASE)
# Heads that are no body without what follows: "ĐẢNG ỦY⏎SỞ NỘI VỤ".
INCOMPLETE = re.compile(
    r"^(?:đảng ủy|đảng uỷ|đảng bộ|văn phòng|công đoàn|thanh tra|ban chấp hành|ban thường vụ|hội đồng|ban|bch|chi bộ|"
    r"công đoàn cơ sở|đoàn thanh niên|bch đảng bộ|hội đồng thi đua|ban chỉ đạo|bộ phận|trường|trung tâm)$",
    re.IGNORECASE,
)
CENTRAL = re.compile(
    r"^(?:Bộ(?! phận| Chỉ huy)|Chính phủ|Quốc hội|Thủ tướng|Chủ tịch nước|Tổng cục|Kiểm toán|Thanh tra Chính phủ|"
    r"Văn phòng (?:Chính phủ|Quốc hội|Chủ tịch nước|Trung ương)|Ủy ban Thường vụ Quốc hội|Ngân hàng Nhà nước|"
    r"Ban (?:Bí thư|Chấp hành Trung ương)|Tòa án nhân dân tối cao|Viện kiểm sát nhân dân tối cao)|Trung ương\b",
    re.IGNORECASE,
)
# Bodies of a province whose names do not hold it: "Sở Nội vụ" → "Sở Nội vụ Khánh Hòa".
PROVINCIAL = re.compile(
    r"^(?:Sở|Chi cục|Trung tâm|(?:Đảng ủy|Đảng bộ|Công đoàn|Văn phòng|Thanh tra) Sở|Tỉnh ủy|Thành ủy|Văn phòng Tỉnh ủy|"
    r"Ban (?:Dân tộc|Thi đua|Tổ chức|Tuyên giáo|Dân vận|Nội chính|Quản lý|Tôn giáo|Thường vụ (?:Tỉnh|Thành) ủy)|"
    r"Liên đoàn Lao động)\b",
    re.IGNORECASE,
)
TITLES = re.compile(
    r"^(?:KT\.?|TM\.?|TL\.?)?\s*(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|TỔNG GIÁM ĐỐC|BỘ TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|"
    r"TỔNG CỤC TRƯỞNG|HIỆU TRƯỞNG|VIỆN TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|CHÁNH VĂN PHÒNG|CHÁNH THANH TRA|CHÁNH ÁN|"
    r"THỐNG ĐỐC|BÍ THƯ|THƯỜNG TRỰC)[\s,]+(?=\S)",
    re.IGNORECASE,
)
# What the letters behind the last hyphen of a symbol stand for.
CODES = {
    "SNV": "Sở Nội vụ",
    "STNMT": "Sở Tài nguyên và Môi trường",
    "SNNMT": "Sở Nông nghiệp và Môi trường",
    "SNN": "Sở Nông nghiệp và Phát triển nông thôn",
    "SNNPTNT": "Sở Nông nghiệp và Phát triển nông thôn",
    "SGDĐT": "Sở Giáo dục và Đào tạo",
    "SGD": "Sở Giáo dục và Đào tạo",
    "SYT": "Sở Y tế",
    "STC": "Sở Tài chính",
    "SXD": "Sở Xây dựng",
    "SCT": "Sở Công Thương",
    "SKHCN": "Sở Khoa học và Công nghệ",
    "STP": "Sở Tư pháp",
    "SVHTTDL": "Sở Văn hóa, Thể thao và Du lịch",
    "SVHTT": "Sở Văn hóa và Thể thao",
    "STTTT": "Sở Thông tin và Truyền thông",
    "SKHĐT": "Sở Kế hoạch và Đầu tư",
    "SLĐTBXH": "Sở Lao động - Thương binh và Xã hội",
    "SGTVT": "Sở Giao thông vận tải",
    "SNGV": "Sở Ngoại vụ",
    "SDL": "Sở Du lịch",
    "SDTTG": "Sở Dân tộc và Tôn giáo",
    "UBND": "UBND tỉnh",
    "CTUBND": "UBND tỉnh",
    "HĐND": "HĐND tỉnh",
    "TU": "Tỉnh ủy",
    "CP": "Chính phủ",
    "TTG": "Thủ tướng Chính phủ",
    "BNV": "Bộ Nội vụ",
    "BTC": "Bộ Tài chính",
    "BYT": "Bộ Y tế",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTP": "Bộ Tư pháp",
    "BXD": "Bộ Xây dựng",
    "BCT": "Bộ Công Thương",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng",
    "VPCP": "Văn phòng Chính phủ",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "QH": "Quốc hội",
}
