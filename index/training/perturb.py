"""How people really type: without diacritics, in haste, in abbreviations, in everyday words.

Applied to the question side only: what documents say is left as it stands.
"""

from __future__ import annotations

import random

from knowledge.text import fold

# Common abbreviations of offices and citizens, by the normalised words they stand for. Longest first matters.
ABBREVIATIONS = {
    "cán bộ công chức viên chức": "cbccvc",
    "thi đua khen thưởng": "tđkt",
    "trách nhiệm hữu hạn": "tnhh",
    "phòng cháy chữa cháy": "pccc",
    "viện kiểm sát nhân dân": "vksnd",
    "công nghệ thông tin": "cntt",
    "công chức viên chức": "ccvc",
    "cán bộ công chức": "cbcc",
    "ủy ban nhân dân": "ubnd",
    "hội đồng nhân dân": "hđnd",
    "tòa án nhân dân": "tand",
    "bảo hiểm xã hội": "bhxh",
    "bảo hiểm thất nghiệp": "bhtn",
    "giấy phép lái xe": "gplx",
    "thu nhập cá nhân": "tncn",
    "giá trị gia tăng": "gtgt",
    "sở hữu trí tuệ": "shtt",
    "đăng ký kinh doanh": "đkkd",
    "giáo dục và đào tạo": "gdđt",
    "tài nguyên và môi trường": "tnmt",
    "quyền sử dụng đất": "qsdđ",
    "hợp đồng lao động": "hđlđ",
    "người lao động": "nlđ",
    "nông thôn mới": "ntm",
    "bảo hiểm y tế": "bhyt",
    "thủ tướng chính phủ": "ttcp",
    "ban thường vụ": "btv",
    "hội đồng quản trị": "hđqt",
    "ngân sách nhà nước": "nsnn",
    "xây dựng cơ bản": "xdcb",
    "vi phạm hành chính": "vphc",
    "thủ tục hành chính": "tthc",
    "doanh nghiệp": "dn",
    "kế hoạch": "kh",
    "quyết định": "qđ",
    "nghị định": "nđ",
    "nghị quyết": "nq",
    "thông tư": "tt",
    "chỉ thị": "ct",
    "báo cáo": "bc",
    "văn phòng": "vp",
    "văn bản": "vb",
    "cơ quan": "cq",
    "quy định": "qđ",
    "hợp đồng": "hđ",
}

# Officialese → what people say instead. Both sides normalised; one of the right side is drawn.
EVERYDAY: dict[str, tuple[str, ...]] = {
    "phương tiện giao thông": ("xe", "xe cộ"),
    "cơ quan có thẩm quyền": ("nơi nào", "cơ quan nào"),
    "cá nhân": ("người dân", "mỗi người", "ai"),
    "tổ chức cá nhân": ("ai", "đơn vị hay người nào"),
    "khen thưởng": ("tặng thưởng", "biểu dương", "được thưởng"),
    "kỷ luật": ("phạt", "xử lý"),
    "xử phạt": ("phạt", "bị phạt"),
    "chủ trì": ("phụ trách", "đứng đầu", "lo chính"),
    "phối hợp": ("cùng làm", "hỗ trợ"),
    "thời hạn": ("bao lâu", "hạn", "mấy ngày"),
    "thời điểm": ("lúc nào", "khi nào"),
    "trách nhiệm": ("phải làm gì", "nhiệm vụ"),
    "thẩm quyền": ("quyền", "ai được"),
    "hồ sơ": ("giấy tờ", "bộ hồ sơ"),
    "trình tự thủ tục": ("các bước", "cách làm"),
    "thủ tục": ("cách làm", "các bước"),
    "kinh phí": ("tiền", "nguồn tiền"),
    "mức phí": ("bao nhiêu tiền", "tiền phí"),
    "lệ phí": ("tiền phải nộp",),
    "tiền lương": ("lương",),
    "chấm dứt": ("kết thúc", "thôi", "nghỉ"),
    "thu hồi": ("lấy lại", "rút"),
    "đình chỉ": ("dừng", "tạm ngừng"),
    "cấp lại": ("làm lại", "xin lại"),
    "cấp giấy phép": ("xin giấy phép",),
    "đề nghị": ("xin", "yêu cầu"),
    "tiêu chuẩn": ("yêu cầu", "tiêu chí"),
    "điều kiện": ("cần gì", "yêu cầu"),
    "nguyên tắc": ("quy tắc",),
    "mục đích": ("để làm gì",),
    "đối tượng áp dụng": ("áp dụng cho ai", "những ai"),
    "phạm vi điều chỉnh": ("quy định về gì",),
    "hiệu lực thi hành": ("có hiệu lực khi nào", "áp dụng từ bao giờ"),
    "trẻ em": ("con nhỏ", "trẻ con"),
    "người sử dụng lao động": ("chủ", "công ty"),
    "người lao động": ("nhân viên", "công nhân"),
    "thủ trưởng": ("người đứng đầu", "lãnh đạo"),
    "lãnh đạo": ("sếp", "thủ trưởng"),
    "thực hiện": ("làm",),
    "triển khai": ("làm", "tiến hành"),
    "ban hành": ("ra", "đưa ra"),
    "tuyên truyền": ("phổ biến", "vận động"),
    "kiểm tra": ("xem xét", "rà soát"),
    "giám sát": ("theo dõi",),
    "tổng hợp": ("gom", "gộp"),
    "báo cáo": ("gửi kết quả", "nộp báo cáo"),
    "hằng năm": ("mỗi năm", "hàng năm"),
    "hàng năm": ("mỗi năm", "hằng năm"),
    "hằng tháng": ("mỗi tháng", "hàng tháng"),
    "chậm nhất": ("hạn chót", "muộn nhất"),
    "tập thể": ("đơn vị", "phòng"),
    "sơ kết": ("đánh giá giữa kỳ",),
    "tổng kết": ("đánh giá cuối kỳ", "đánh giá kết quả"),
    "phát động": ("mở", "kêu gọi"),
    "bổ nhiệm": ("đưa lên", "cử làm"),
    "miễn nhiệm": ("cho thôi",),
    "nhà ở": ("nhà",),
    "quyền sử dụng đất": ("sổ đỏ", "đất"),
    "giấy chứng nhận quyền sử dụng đất": ("sổ đỏ",),
    "kết hôn": ("cưới", "lấy vợ lấy chồng"),
    "ly hôn": ("bỏ nhau",),
    "bảo hiểm xã hội": ("bảo hiểm",),
}

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "k",
    "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
    "x": "zc", "y": "tu",
}  # fmt: skip


def contract(words: list[str], table: dict[str, str], chance: float, rng: random.Random) -> list[str]:
    """Return `words` with phrases of `table` replaced by what they map to, each with that chance."""
    text = f" {' '.join(words)} "
    for phrase, short in table.items():
        if f" {phrase} " in text and rng.random() < chance:
            text = text.replace(f" {phrase} ", f" {short} ")
    return text.split()


def mistype(word: str, rng: random.Random) -> str:
    """Return `word` with one slip of the keyboard: a letter lost, doubled, swapped with the next, or a neighbour's."""
    if len(word) < 2 or word.isdigit():
        return word
    at = rng.randrange(len(word) - 1)
    slip = rng.randrange(4)
    if slip == 0:
        return word[:at] + word[at + 1 :]
    if slip == 1:
        return word[:at] + word[at] + word[at:]
    if slip == 2:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word[:at] + rng.choice(_NEAR.get(fold(word[at]), word[at])) + word[at + 1 :]


def as_typed(words: list[str], rng: random.Random, *, folded: float = 0.3) -> list[str]:
    """Return a question as somebody might type it; `folded` is the chance that no diacritic is left."""
    everyday = {phrase: rng.choice(says) for phrase, says in EVERYDAY.items()} if rng.random() < 0.3 else {}
    words = contract(words, everyday, 0.5, rng)
    if rng.random() < 0.2:
        words = contract(words, ABBREVIATIONS, 0.6, rng)
    if rng.random() < folded:
        words = [fold(word) for word in words]
    if words and rng.random() < 0.1:
        at = rng.randrange(len(words))
        words = [*words[:at], mistype(words[at], rng), *words[at + 1 :]]
    return words
