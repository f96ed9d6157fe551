from __future__ import annotations

import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.model import Question, Wanted
from retrieval.question import understand
from retrieval.wanted import units, wanted
from tests.retrieval import perturb
from tests.retrieval.office import office

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)


def ask(text: str) -> Question:
    return understand(text, (), office(), NOW)


# As staff would ask: by kind of fact, in full, in a hurry, without marks.
FACTS = [
    ("Ai ký kế hoạch này?", Wanted.SIGNER),
    ("ke hoach nay do ai ky", Wanted.SIGNER),
    ("Sếp nào ký kế hoạch này?", Wanted.SIGNER),
    ("chức vụ của người ký", Wanted.SIGNER),
    ("Kế hoạch thi đua số mấy?", Wanted.SYMBOL),
    ("số hiệu của chỉ thị là gì", Wanted.SYMBOL),
    ("Chỉ thị 07/CT-UBND ban hành ngày nào?", Wanted.ISSUE_DATE),
    ("ngay ban hanh quy che", Wanted.ISSUE_DATE),
    ("quyết định 1180/QĐ-UBND ngày bao nhiêu", Wanted.ISSUE_DATE),
    ("Cơ quan nào ban hành quy chế khen thưởng?", Wanted.ISSUER),
    ("Chỉ thị này nói về việc gì?", Wanted.SUBJECT),
    ("NQ 42 về gì", Wanted.SUBJECT),
    ("Nơi nhận của kế hoạch gồm những ai?", Wanted.RECIPIENTS),
    ("Kế hoạch này gửi cho ai?", Wanted.RECIPIENTS),
    ("Hạn báo cáo là khi nào?", Wanted.DEADLINE),
    ("bao gio phai nop bao cao", Wanted.DEADLINE),
    ("chậm nhất ngày mấy phải gửi báo cáo", Wanted.DEADLINE),
    ("còn bao nhiêu ngày nữa hết hạn nộp", Wanted.DEADLINE),
    ("Báo cáo kết quả gửi về đâu?", Wanted.REPORT_TO),
    ("vuong mac thi phan anh ve dau", Wanted.REPORT_TO),
    ("nộp báo cáo cho phòng nào", Wanted.REPORT_TO),
    ("Phong trào thi đua kéo dài đến khi nào?", Wanted.PERIOD),
    ("thời gian thực hiện kế hoạch", Wanted.PERIOD),
    ("Kế hoạch ban hành căn cứ văn bản nào?", Wanted.LEGAL_BASES),
    ("thực hiện theo quyết định nào của UBND tỉnh", Wanted.LEGAL_BASES),
    ("Tiêu chí đối với cá nhân là gì?", Wanted.CRITERIA),
    ("dieu kien xet lao dong tien tien", Wanted.CRITERIA),
    ("Hình thức khen thưởng gồm những gì?", Wanted.AWARDS),
    ("Công đoàn phải làm gì?", Wanted.DUTIES),
    ("trách nhiệm của Sở Nội vụ", Wanted.DUTIES),
    ("van phong so co nhiem vu gi", Wanted.DUTIES),
    ("Đơn vị nào tổng hợp kết quả?", Wanted.RESPONSIBLE),
    ("ai theo dõi đôn đốc việc thực hiện", Wanted.RESPONSIBLE),
    ("Mục đích của phong trào là gì?", Wanted.PASSAGE),
    ("máy lạnh đặt bao nhiêu độ", Wanted.PASSAGE),
]


@pytest.mark.parametrize(("text", "fact"), FACTS)
def test_wanted(text: str, fact: Wanted) -> None:
    assert ask(text).wanted[0] is fact


@pytest.mark.parametrize(("text", "fact"), [pair for pair in FACTS if pair[1] is not Wanted.PASSAGE])
def test_wanted_without_marks(text: str, fact: Wanted) -> None:
    assert fact in ask(perturb.no_diacritics(text, random.Random(0))).wanted[:2]


@pytest.mark.parametrize(
    ("text", "fact", "asked"),
    [
        ("quyết định lập tổ gác đê của xã mai thượng đề ngày nào", Wanted.ISSUE_DATE, True),
        ("quyết định 986 của tỉnh tuyên hóa ngày nào", Wanted.ISSUE_DATE, True),
        ("theo quyết định 986 của tỉnh tuyên hóa lễ mở cổng chợ tổ chức ngày nào", Wanted.ISSUE_DATE, False),
        ("nơi nhận của kế hoạch gồm những ai", Wanted.RECIPIENTS, True),
        ("nơi nhận hồ sơ thi thợ giỏi đóng cửa lúc mấy giờ", Wanted.RECIPIENTS, False),
        ("thể lệ ban hành kèm văn bản số mấy", Wanted.SYMBOL, True),
    ],
)
def test_days_and_places_that_are_of_no_document(text: str, fact: Wanted, *, asked: bool) -> None:
    assert (fact in wanted(text)) is asked


def test_words_that_only_look_alike() -> None:
    assert Wanted.SIGNER not in wanted("định kỳ báo cáo")
    assert Wanted.SIGNER not in wanted("đăng ký danh hiệu ở đâu")
    assert Wanted.SIGNER not in wanted("ai là người ký cấp chứng chỉ cho học viên")
    assert Wanted.SIGNER not in wanted("người ký xác nhận vào đơn xin nghỉ học")
    assert Wanted.SIGNER not in wanted("một người ký với mấy công ty thì đóng ở đâu")
    assert wanted("nội dung gì cũng được")[-1] is Wanted.PASSAGE
    assert Wanted.SYMBOL not in wanted("đăng ký tạm trú nộp ở quầy số mấy")
    assert Wanted.SYMBOL not in wanted("nhà số mấy ngõ 26 là của ai")
    assert Wanted.SYMBOL not in wanted("ký hiệu hồ sơ của tay lái đò là gì")
    assert Wanted.SYMBOL not in wanted("theo thông tư 6/2019/TT-BGT thì ký hiệu vé đò gồm bao nhiêu ký tự")
    assert Wanted.SYMBOL in wanted("quyết định về vé đò có ký hiệu là gì")
    assert Wanted.SYMBOL in wanted("ký hiệu của văn bản này")
    assert Wanted.ISSUE_DATE not in wanted("theo quyết định 12/2012/QĐ-UBND hạn cuối các làng gửi sổ là ngày nào")
    assert Wanted.ISSUE_DATE in wanted("quyết định 12/2012/QĐ-UBND là ngày nào")
    assert wanted("thế số mấy")[0] is Wanted.SYMBOL


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("công đoàn cơ sở phải làm gì", ("công đoàn cơ sở",)),
        ("trách nhiệm của sở nội vụ trong kế hoạch này", ("sở nội vụ",)),
        ("công đoàn và đoàn thanh niên có nhiệm vụ gì", ("công đoàn", "đoàn thanh niên")),
        ("sở tài nguyên và môi trường phải làm gì", ("sở tài nguyên và môi trường",)),
        ("các phòng chuyên môn cần thực hiện những gì", ("các phòng chuyên môn",)),
        ("van phong so phai lam gi", ("van phong so",)),
        ("báo cáo kết quả phải gửi về đâu", ()),
    ],
)
def test_units(text: str, found: tuple[str, ...]) -> None:
    assert units(text) == found


def test_what_asks_is_not_searched_for() -> None:
    text = "Cho tôi hỏi tiêu chí đối với tập thể là gì ạ?"
    assert [term.text for term in ask(text).terms if term.weight == 1.0] == ["tiêu", "chí", "tập"]


def test_pairs_are_neighbours_of_the_meant_words() -> None:
    pairs = {term.text for term in ask("tiet kiem dien la gi trong co quan").pairs}
    assert {"tiết_kiệm", "kiệm_điện", "cơ_quan"} <= pairs
    assert "điện_trong" not in pairs


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bao nhieu tap the duoc de nghi", "bao nhiêu tập thể được đề nghị"),
        ("tieu chi doi voi ca nhan la gi", "tiêu chí đối với cá nhân là gì"),
        ("nop bao cao o dau", "nộp báo cáo ở đâu"),
        ("Báo cáo nộp ở đâu, mấy bản?", "báo cáo nộp ở đâu mấy bản"),
    ],
)
def test_words_that_ask_get_their_marks_back(typed: str, meant: str) -> None:
    assert ask(typed).meant == meant


def test_accented() -> None:
    assert ask("tiết kiệm điện").accented
    assert not ask("tiet kiem dien 07/CT-UBND").accented
    assert not ask("QĐ".lower().replace("đ", "d") + " tiet kiem").accented


def test_only_stop_words_are_still_searched_for() -> None:
    terms = ask("và của những").terms
    assert terms and all(term.weight == terms[0].weight >= 0.3 for term in terms)


def test_nothing_to_search_for() -> None:
    question = ask("?!")
    assert question.terms == ()
    assert question.wanted == (Wanted.PASSAGE,)


@pytest.mark.parametrize(
    ("text", "across"),
    [
        ("Kế hoạch nào nêu hình thức khen thưởng?", True),
        ("Các kế hoạch nói gì về tiết kiệm điện?", True),
        ("trong các văn bản hiện có, văn bản nào ghi hạn báo cáo", True),
        ("cac ke hoach noi gi ve tiet kiem dien", True),
        ("Kế hoạch thực hiện theo quyết định nào?", False),
        ("Kế hoạch này căn cứ văn bản nào?", False),
        ("Kế hoạch của Lâm Đồng nói gì?", False),
    ],
)
def test_across(text: str, across: bool) -> None:
    assert ask(text).across is across


def test_claimed_dates_are_those_to_be_confirmed() -> None:
    assert ask("Báo cáo trước ngày 15/11 đúng không?").claimed_dates == (date(2025, 11, 15),)
    assert ask("có phải hạn là 20/11/2025?").claimed_dates == (date(2025, 11, 20),)
    assert ask("kế hoạch ngày 18/02/2025 nói gì").claimed_dates == ()


def test_unknown_words_are_evidence_against_an_answer() -> None:
    assert ask("trợ cấp thai sản của giáo viên").unknown
    assert not ask("tiết kiệm điện thế nào").unknown


@given(st.text(max_size=80), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_is_understood(text: str, previous: list[str]) -> None:
    question = understand(text, previous, office(), NOW)
    assert question.wanted
    assert all(0 < confidence <= 1 for confidence in question.documents.values())
    assert all(term.weight > 0 for term in question.terms)


@pytest.mark.parametrize("name", ["NFD", "tone placement", "upper case"])
@pytest.mark.parametrize("text", [text for text, _ in FACTS])
def test_spelling_that_says_the_same_means_the_same(text: str, name: str) -> None:
    spoiled = ask(perturb.ALL[name](text, random.Random(1)))
    assert [(term.text, term.weight) for term in spoiled.terms] == [(t.text, t.weight) for t in ask(text).terms]
    assert spoiled.wanted == ask(text).wanted


@pytest.mark.parametrize(
    "text",
    [
        "ai lam thu ky ghi bien ban",
        "Ai làm thư ký ghi biên bản hội nghị?",
        "Ai phải đăng ký dự thi?",
    ],
)
def test_a_secretary_signs_nothing(text: str) -> None:
    assert Wanted.SIGNER not in wanted(text.lower().strip("?"))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("kế hoạch này căn cứ vào đâu", True),
        ("các trường căn cứ vào đâu để cho học sinh nghỉ học", False),
    ],
)
def test_what_a_document_rests_on_is_not_what_somebody_decides_by(text: str, fact: bool) -> None:
    assert (Wanted.LEGAL_BASES in wanted(text)) is fact
