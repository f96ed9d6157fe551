"""What is asked of one school is not answered from the plan of another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from retrieval.names import brands, names, says_code, unsaid_row
from tests.retrieval.indexed import Ask, asking

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

PLAN = """KẾ HOẠCH
Ngày hội của trường {name}

1. Ngày hội mở ở sân trường {name} từ 08 giờ.

2. {line}
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    lines = {
        "Rừng Lim": "Mỗi lớp dựng một gian hàng và giữ vệ sinh.",
        "Suối Mơ": "Mỗi lớp góp 90.000 đồng tiền dựng rạp.",
    }
    plans = {f"{name}.md": PLAN.format(name=name, line=line) for name, line in lines.items()}
    return asking(tmp_path_factory.mktemp("names"), plans, now=NOW)


def test_another_schools_money_is_no_answer(ask: Ask) -> None:
    own = ask("Mỗi lớp trường Suối Mơ góp bao nhiêu tiền dựng rạp?")
    assert own.found and "90.000" in own.answer
    other = ask("Mỗi lớp trường Rừng Lim góp bao nhiêu tiền dựng rạp?")
    assert not other.found
    assert other.citations[0].file == "Rừng Lim.md"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("công đoàn trường Rừng Lim thu đoàn phí bao nhiêu?", [("rung", "lim")]),
        ("ở trường THCS Rừng Lim có mấy lớp?", [("rung", "lim")]),
        ("Trường Rừng Lim Thu Đoàn Phí Bao Nhiêu?", []),  # where every word begins with a capital, no name can be told
        ("Rừng Lim có mấy lớp?", []),  # its capital may be that of the sentence
        ("gửi cho Sở Nội vụ hay cho Ban Tổ chức?", []),
        ("ở tỉnh Hà Giang thì sao?", []),
        ("học tập tư tưởng Hồ Chí Minh gồm những gì?", []),
        ("CÔNG ĐOÀN TRƯỜNG RỪNG LIM", []),
    ],
)
def test_the_names_of_a_question(question: str, found: list[tuple[str, ...]]) -> None:
    assert names(question) == found


def test_names_of_one_word_that_is_not_vietnamese() -> None:
    assert brands("Thợ của công ty Zelvik và Trường Sơn nộp qua Zalo hay email?") == ["zelvik", "zalo"]


COMPANY = """CÔNG TY CỔ PHẦN ZELVIK

QUY CHẾ
Trả công của Công ty Cổ phần Zelvik

Điều 1. Tiền công trả ngày 10 hằng tháng vào tài khoản.

Điều 2. Giờ làm từ 07 giờ 30 đến 16 giờ 30.
"""
GUILD = """QUY ĐỊNH
Về tổ trông xe của chợ phiên

Điều 1. Tổ trông xe đổi vé gửi xe 3 tháng một lần, treo giá vé ở cổng chợ.
"""


def test_what_is_asked_of_one_company_is_not_answered_from_elsewhere(tmp_path: Path) -> None:
    ask = asking(tmp_path, {"cong-ty.txt": COMPANY, "cho.txt": GUILD}, now=NOW)
    assert ask("tổ trông xe đổi vé gửi xe mấy tháng một lần?").citations[0].file == "cho.txt"
    assert ask("Vé gửi xe của Zelvik thì công ty Zelvik đổi mấy tháng một lần?").citations[0].file == "cong-ty.txt"


@pytest.mark.parametrize(
    ("question", "quote", "place"),
    [
        ("Xóm Ổi mở phiên chợ ở đâu?", "- | Gốc đa đầu xóm Mít | Xóm Mít", "Xóm Ổi"),
        ("Phiên chợ xóm Ổi mở ở đâu?", "- | Bãi đá xóm Ổi | Xóm Ổi", None),
        ("Phiên chợ xóm Ổi mở ở đâu?", "Phiên chợ mở ở đình.", None),  # no row: the heading may name the place
        ("Xóm Ổi và xóm Mít mở phiên chợ ở đâu?", "- | Bến đò | Xóm Cau", None),
        ("Phiên chợ mở ở đâu?", "- | Bến đò | Xóm Cau", None),
        ("Sạp mã CH.1.3 thuê bao nhiêu?", "2 | CH.1.2 | Sạp hàng khô | 90.000", "CH.1.3"),
        ("sạp ch.1.3 thuê bao nhiêu?", "3 | CH.1.3 | Sạp hàng cá | 70.000", None),
        ("Sạp CH.1 thuê bao nhiêu?", "3 | CH.1.3 | Sạp hàng cá | 70.000", "CH.1"),
        ("Nghề mã 5620101 học mấy tháng?", "4 | Đan lát | 5620103 | 9", "5620101"),
        ("Theo Nghị định 30/2020/NĐ-CP sạp nào rộng nhất?", "4 | Sạp hàng khô | 12 m2", None),
        ("Học phí từ 1.500.000 đồng là ngành nào?", "4 | Đan lát | 900.000", None),
        ("Sạp rộng 12 m2 hay 12m2 giá bao nhiêu?", "4 | Sạp hàng khô | 900.000", None),
    ],
)
def test_a_row_of_another_place_leaves_the_place_unsaid(question: str, quote: str, place: str | None) -> None:
    assert unsaid_row(question, quote) == place


VENUES = (
    "Ổi",
    "Mít",
    "Cau",
    "Sung",
    "Dừa",
    "Khế",
    "Bưởi",
    "Chanh",
    "Vải",
    "Nhãn",
    "Mơ",
    "Mận",
    "Đào",
    "Lê",
    "Na",
    "Sấu",
)


def test_the_row_of_the_row_asked_about_answers(tmp_path: Path) -> None:
    rows = "\n".join(
        f"{number} | Xóm {name}\n- | Bãi đất trước đình, sân phơi cạnh ao đầu xóm {name} | Xóm {name}, Lăng Sen"
        for number, name in enumerate(VENUES, start=1)
    )
    plan = (
        "KẾ HOẠCH\nMở phiên chợ thuyền năm 2026\n\nI. Cách làm\n\nCác xóm lo chỗ cho phiên chợ thuyền rồi tự dọn.\n\n"
        f"II. Địa điểm mở phiên chợ thuyền\n\nSTT | Địa điểm | Địa chỉ\n{rows}\n"
    )
    ask = asking(tmp_path, {"cho.txt": plan}, now=NOW)
    answer = ask("Xóm Sấu mở phiên chợ thuyền ở địa điểm nào?")
    assert answer.citations[0].quote.endswith("| Xóm Sấu, Lăng Sen")
    assert answer.answer.startswith("“STT | Địa điểm | Địa chỉ\n")


STALLS = """BẢNG GIÁ
Thuê sạp ở chợ thuyền năm 2026

STT | Mã | Tên sạp | Giá (đồng/tháng)
1 | CH.1.1 | Sạp vải cạnh cổng, thuê theo tháng, có mái che | 80.000
2 | CH.1.2 | Sạp hàng khô, thuê theo tháng, có mái che | 90.000
3 | CH.1.3 | Sạp cá ở bến | 70.000
"""


def test_what_is_called_by_a_code_is_that_row_or_nothing(tmp_path: Path) -> None:
    ask = asking(tmp_path, {"gia.txt": STALLS}, now=NOW)
    for question in ("Sạp thuê theo tháng có mã CH.1.3 là sạp gì, giá bao nhiêu?", "sap ma ch.1.3 gia thue bao nhieu"):
        assert ask(question).citations[0].quote.endswith("70.000")
    nowhere = ask("Sạp mã QX.1.3 giá thuê bao nhiêu?")
    assert not nowhere.found and "“QX.1.3”" in nowhere.answer


@pytest.mark.parametrize(
    ("question", "text", "said"),
    [
        ("Sạp CH.1.3 giá bao nhiêu?", "3 | CH.1.3 | Sạp cá ở bến | 70.000", True),
        ("Sạp CH.1.3 giá bao nhiêu?", "3 | CH.1.30 | Sạp cá ở bến | 70.000", False),
        ("Bằng B1 thì được gì?", "Người có bằng B1 được miễn thi.", False),
        ("Chợ nghỉ vì COVID-19 mấy ngày?", "Chợ nghỉ vì COVID-19.", False),
        ("Nghề mã 5620101 học mấy tháng?", "4 | Đan lát | 5620101 | 9", True),
        ("Sạp CH.1.3 và CH.1.2 giá bao nhiêu?", "CH.1.3 và CH.1.2: 70.000", False),
    ],
)
def test_one_code_of_several_figures_tells_the_row(question: str, text: str, said: bool) -> None:
    assert says_code(question, text) is said
