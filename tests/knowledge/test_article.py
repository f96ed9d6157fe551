"""Documents that came as an article about them: what its title and its first sentence say is the document's header."""

from __future__ import annotations

import pytest

from knowledge.document import Header, PartialDate
from knowledge.header import parse_header
from knowledge.structure import parse_sections
from knowledge.text import normalise

ARTICLE = """# Toàn văn Công điện 4939/CĐ-BTL 2031 về việc chủ động ứng phó với mưa lớn?

### Nội dung chính

Ngày 04/7/2031, Bộ Thủy lợi ra Công điện 4939/CĐ-BTL năm 2031 về việc chủ động ứng phó với mưa lớn

Theo đó, các nhà máy bơm kiểm tra máy nổ và dầu dự trữ trước khi mưa tới.
"""
LATER = """# Hướng dẫn cấp thẻ kho theo Thông tư 12/2031 tại Công văn 3942 mới nhất ra sao?

Ngày 12/8/2031, Cục Kho bãi đã ban hành Công văn 3942/CKB-TH năm 2031 hướng dẫn cấp thẻ kho theo Thông tư 12/2031.

Theo đó, thẻ cấp trước ngày này còn dùng đến hết năm.
"""
REPORT = """# Kết quả trông coi kho thóc giống của các thôn

Ngày 12/8/2031, UBND huyện Lam Sơn đã ban hành Kế hoạch 35/KH-UBND về việc quét dọn kho thóc.

Các thôn đã quét dọn xong.
"""


def header_of(text: str) -> Header:
    text = normalise(text)
    return parse_header(text, parse_sections(text))


def test_title_and_first_sentence_say_number_kind_date_and_subject() -> None:
    header = header_of(ARTICLE)
    assert (header.symbol, header.kind) == ("4939/CĐ-BTL", "công điện")
    assert header.date == PartialDate(2031, 7, 4)
    assert header.subject == "về việc chủ động ứng phó với mưa lớn"


def test_the_title_need_give_no_more_than_the_number() -> None:
    header = header_of(LATER)
    assert (header.symbol, header.kind, header.date) == ("3942/CKB-TH", "công văn", PartialDate(2031, 8, 12))


@pytest.mark.parametrize(
    "text",
    [
        REPORT,
        "Thực hiện Quyết định 12/QĐ-UBND về việc quét dọn kho thóc, các thôn báo cáo hằng tháng.\n",
        "Quyết định 12 ngày 3/4\n\nCác thôn quét dọn kho.\n",
        "",
    ],
    ids=["report", "basis", "no symbol", "empty"],
)
def test_what_is_told_of_another_document_is_not_its_own(text: str) -> None:
    assert header_of(text).symbol is None


def test_a_number_of_its_own_counts_more() -> None:
    header = header_of(f"SỞ NỘI VỤ\n\nSố: 7/KH-SNV\n\nKẾ HOẠCH\nQuét dọn kho\n\n{ARTICLE}")
    assert header.symbol == "7/KH-SNV"


def test_number_and_year_in_two_columns_and_a_body_in_the_next_line_of_the_subject() -> None:
    header = header_of(
        "ỦY BAN NHÂN DÂN\nHUYỆN LAM SƠN\n\nSố: 22 | /2031/QĐ-UBND | Lam Sơn, ngày 28 tháng 02 năm 2031\n\nKẾ HOẠCH\n\n"
        "THỰC HIỆN CHỈ THỊ SỐ 27/CT-TTG NGÀY 15 THÁNG 8 NĂM 2030 CỦA\nTHỦ TƯỚNG CHÍNH PHỦ VỀ VIỆC GIỮ KHO THÓC\n\n"
        "I. MỤC ĐÍCH\n\n1. Giữ kho khô ráo.\n"
    )
    assert header.symbol == "22/2031/QĐ-UBND"
    assert header.subject and header.subject.endswith("CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ VIỆC GIỮ KHO THÓC")
