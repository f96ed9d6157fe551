"""What must not be misread: days long ago, bodies that take part, asked facts that are none, sentences as titles."""

from __future__ import annotations

import pytest

from knowledge.document import PartialDate
from knowledge.issuer import from_lead_in
from knowledge.marks import says_again
from retrieval.expected import expected_form
from retrieval.forms import form_asked
from retrieval.model import Question, Wanted
from retrieval.wanted import units, wanted
from tests.knowledge.duties import of_document, of_sentence

LONG = "Cách trông coi kho thóc giống của các thôn ven sông xã Lam Sơn"  # 14 words
SHORT = "Cách trông coi kho thóc giống"  # 6


def form_name(text: str) -> str | None:
    meant = text.lower().strip("?")
    form = form_asked(Question(text, (), accented=True, wanted=(Wanted.PASSAGE,), symbols=(), meant=meant, units=()))
    return form.name if form else None


class TestADayLongAgo:
    REPORT = "Các thôn gửi báo cáo kho thóc về Ủy ban nhân dân xã trước ngày 31/12/1989."

    @pytest.mark.parametrize("day", ["01/01/1945", "31/12/1989"])
    def test_is_when_no_duty_is_due(self, day: str) -> None:
        person = f"Con của người hoạt động cách mạng trước ngày {day} gửi hồ sơ về Phòng Kho thóc."
        assert of_sentence(person) == []
        assert of_sentence(f"Thủ kho hoàn thành quét vôi trước ngày {day}.") == []

    @pytest.mark.parametrize(("day", "due"), [("01/01/1990", "1990-01-01"), ("20/12/2031", "2031-12-20")])
    def test_a_later_one_is(self, day: str, due: str) -> None:
        (duty,) = of_sentence(f"Các thôn gửi hồ sơ về Phòng Kho thóc trước ngày {day}.")
        assert duty.endswith(f"| trước ngày {day} | {due} exclusive")

    @pytest.mark.parametrize(("year", "number"), [(1985, 1), (1989, 1), (1990, 0), (2031, 0)])
    def test_is_a_day_due_in_a_document_as_old(self, year: int, number: int) -> None:
        assert len(of_document(self.REPORT, PartialDate(year, 2, 1))) == number


class TestIssuerInTheLeadIn:
    @pytest.mark.parametrize(
        "does", ["phối hợp Trưởng thôn", "nhận giấy và", "tiếp nhận giấy và", "chuyển thôn", "để thôn", "do thôn"]
    )
    def test_is_no_body_that_does_something_else(self, does: str) -> None:
        assert from_lead_in(f"Phòng Kho thóc {does} lập sổ.") is None

    @pytest.mark.parametrize("several", ["tỉnh", "huyện", "xã", "đơn vị", "cơ quan", "ngành", "khoa"])
    def test_is_no_body_of_several(self, several: str) -> None:
        assert from_lead_in(f"Phòng Kho thóc các {several} ven sông xây dựng kế hoạch.") is None

    @pytest.mark.parametrize(
        ("text", "name"),
        [
            ("Sở Kho thóc tổ chức hội thi coi kho.", "Sở Kho thóc"),
            ("Nhằm giữ kho, Ủy ban nhân dân xã Lam Sơn xây dựng kế hoạch.", "UBND xã Lam Sơn"),
            ("Hội các bà mẹ ven sông phát động phong trào.", "Hội các bà mẹ ven sông"),
        ],
    )
    def test_is_a_body_that_acts(self, text: str, name: str) -> None:
        assert from_lead_in(text) == name


class TestNoFactOfTheDocument:
    PLAN = "kế hoạch quét vôi và sửa mái nhà kho thóc giống của các thôn ven sông lam khê lập theo"

    @pytest.mark.parametrize(
        ("text", "fact"),
        [
            ("kế hoạch quét kho lập theo mẫu số mấy", Wanted.SYMBOL),
            ("ke hoach quet kho lap theo mau so may", Wanted.SYMBOL),
            ("kế hoạch quét kho lập theo biểu số bao nhiêu", Wanted.SYMBOL),
            ("kế hoạch quét kho lập theo phụ lục số mấy", Wanted.SYMBOL),
            (f"{PLAN} mẫu số mấy", Wanted.SYMBOL),
            ("nộp giấy đăng ký thi đua trễ nhất hôm nào", Wanted.ISSUE_DATE),
            ("hom nao thi dang ky thi dua", Wanted.ISSUE_DATE),
            ("mỏ nào hết hạn giấy phép", Wanted.DEADLINE),
            ("mo nao het han giay phep", Wanted.DEADLINE),
            ("phần trích yếu của công văn viết thế nào", Wanted.SUBJECT),
            ("trích yếu công văn ghi ra sao", Wanted.SUBJECT),
            ("trích yếu phải trình bày kiểu chữ nào", Wanted.SUBJECT),
            ("trích yếu cần nêu ý chính hay không", Wanted.SUBJECT),
            ("đơn thư của dân gửi cho ai", Wanted.RECIPIENTS),
            ("don thu cua dan gui cho ai", Wanted.RECIPIENTS),
            ("hòm thư góp ý gửi cho ai", Wanted.RECIPIENTS),
        ],
    )
    def test_is_asked_for_by_what_only_looks_like_it(self, text: str, fact: Wanted) -> None:
        assert fact not in wanted(text)

    @pytest.mark.parametrize(
        ("text", "fact"),
        [
            ("kế hoạch quét kho là số mấy", Wanted.SYMBOL),
            ("kế hoạch ký hôm nào", Wanted.ISSUE_DATE),
            ("hạn giấy phép của kho", Wanted.DEADLINE),
            ("hết hạn nộp sổ kho là ngày nào", Wanted.DEADLINE),
            ("trích yếu của công văn là gì", Wanted.SUBJECT),
            ("thư mời gửi cho ai", Wanted.RECIPIENTS),
        ],
    )
    def test_is_missed_where_it_is_plainly_asked_for(self, text: str, fact: Wanted) -> None:
        assert fact in wanted(text)

    @pytest.mark.parametrize("head", ["trưởng phòng", "trưởng ban", "trưởng phòng kho thóc"])
    def test_a_head_names_no_body(self, head: str) -> None:
        assert units(f"{head} phải làm gì") == ()

    @pytest.mark.parametrize("body", ["phòng kho thóc", "phòng kế hoạch tài chính", "ban coi kho"])
    def test_a_body_is_named(self, body: str) -> None:
        assert units(f"{body} phải làm gì") == (body,)


class TestNoFormOfAnswer:
    @pytest.mark.parametrize("group", ["đối tượng kiểm tra", "thành phần họp", "khách mời", "đại biểu", "người dự họp"])
    def test_a_group_is_no_person(self, group: str) -> None:
        assert expected_form(f"{group} là ai") is None

    @pytest.mark.parametrize("text", ["o phu luc may", "ở phụ lúc mấy"])
    def test_an_appendix_is_no_hour(self, text: str) -> None:
        assert expected_form(text) is None

    @pytest.mark.parametrize(
        ("text", "form"), [("chủ tịch là ai", "người"), ("hop luc may", "giờ"), ("họp lúc mấy", "giờ")]
    )
    def test_a_person_and_an_hour_are_asked_for(self, text: str, form: str) -> None:
        found = expected_form(text)
        assert found is not None
        assert found.name == form

    @pytest.mark.parametrize(
        "please", ["chỉ giúp em được", "nói được", "có giúp", "có chỉ em", "có cho biết", "có cho hỏi"]
    )
    def test_a_polite_ending_leaves_what_is_asked(self, please: str) -> None:
        assert form_name(f"Sổ kho nộp ở đâu, {please} không ạ?") == "địa điểm"

    @pytest.mark.parametrize(
        "end", ["có phải chi thêm không?", "chị thủ kho có nhận không?", "gửi qua bưu điện có được không?"]
    )
    def test_words_that_only_look_polite_ask_for_yes_or_no(self, end: str) -> None:
        assert form_name(f"Sổ kho nộp ở đâu, {end}") is None


class TestALineThatBeginsLikeTheTitle:
    @pytest.mark.parametrize(("title", "end"), [(SHORT, " và" * 6), (LONG, " và" * 14), (LONG, " và" * 10 + ".")])
    def test_is_the_title_again_with_little_behind(self, title: str, end: str) -> None:
        assert says_again(title + end, title)

    @pytest.mark.parametrize(("title", "end"), [(SHORT, " và" * 7), (LONG, " và" * 15), (LONG, " và" * 11 + ".")])
    def test_is_not_where_it_goes_on_or_is_a_closed_sentence(self, title: str, end: str) -> None:
        assert not says_again(title + end, title)
