"""Turns that only name a body, kinds that questions name, where things are handed in; yes or no behind a clause."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from index.snapshot import Snapshot
from retrieval import naming
from retrieval.followup import Leaning, bare_phrase, carried, leaning
from retrieval.forms import form_asked
from retrieval.model import Question, Term, Wanted
from retrieval.strangers import unknown_name
from retrieval.wanted import wanted
from tests.retrieval.fakes import FakeSnapshot, header

SNAPSHOT = cast(
    Snapshot,
    FakeSnapshot([(header(symbol="12/KH-SNV"), ["Sở Nội vụ mở kho.", "Người giữ kho phải ghi sổ."])]),
)


def question(text: str, *units: str) -> Question:
    """The question as it is where nothing had to be corrected."""
    meant = text.lower().strip("?")
    return Question(text, (), accented=True, wanted=(Wanted.PASSAGE,), symbols=(), meant=meant, units=units)


def leans(text: str) -> Leaning | None:
    """How a turn leans whose words are too many to be short, and that names no document."""
    return leaning(text, 7, (Wanted.PASSAGE,), names_document=False)


class TestALongNameByItself:
    @pytest.mark.parametrize(
        "text",
        [
            "thế còn văn phòng ủy ban nhân dân tỉnh",
            "còn chi cục kiểm lâm vùng ven sông lam khê",
            "the con van phong uy ban nhan dan tinh",
            "vậy còn văn phòng ủy ban nhân dân tỉnh lam giang thì sao",
        ],
    )
    def test_goes_on_with_what_was_asked(self, text: str) -> None:
        found = leans(text)
        assert found is not None
        assert found.elliptic
        assert found.topic
        assert found.document

    @pytest.mark.parametrize(
        "text",
        [
            "còn kho thóc giống của các thôn phải quét vôi khi nào",
            "còn hạn nộp sổ kho của các thôn là ngày nào",
            "thế còn thủ kho các thôn ven sông có phải trực đêm không",
            "con kho thoc giong cua cac thon ven song ai giu",
            "còn sổ kho thóc giống của các thôn đã nộp chưa",
        ],
    )
    def test_a_full_question_that_begins_alike_is_complete(self, text: str) -> None:
        assert leans(text) is None

    def test_without_such_a_beginning_it_is_complete(self) -> None:
        assert leans("văn phòng ủy ban nhân dân tỉnh lam giang") is None

    def test_what_is_longer_than_names_are_is_complete(self) -> None:
        assert leans("còn phòng quản lý kho thóc giống và vật tư nông nghiệp ven sông lam khê") is None


class TestKindsNamed:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("thể lệ cuộc thi đan lát nêu giải nhất là gì", "thể lệ"),
            ("bài thi đan lát theo thể lệ dài mấy trang", "thể lệ"),
            ("the le cuoc thi dan lat", "thể lệ"),
            ("nội quy nhà kho cấm những gì", "nội quy"),
            ("noi quy nha kho cam gi", "nội quy"),
        ],
    )
    def test_by_what_the_document_is_called(self, text: str, kind: str) -> None:
        assert naming.kinds(text) == (kind,)

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("theo hướng dẫn trông coi kho thóc thủ kho ghi sổ khi nào", "hướng dẫn"),
            ("theo huong dan trong coi kho thoc thu kho ghi so khi nao", "hướng dẫn"),
            ("trong thông báo mở lớp nhuộm chàm học phí bao nhiêu", "thông báo"),
            ("tại báo cáo kiểm kê kho thóc có mấy thùng hỏng", "báo cáo"),
        ],
    )
    def test_by_an_everyday_word_that_opens_the_question(self, text: str, kind: str) -> None:
        assert naming.kinds(text) == (kind,)

    @pytest.mark.parametrize(
        "text",
        [
            "theo hướng dẫn của sở nội vụ thủ kho ghi sổ khi nào",
            "theo hướng dẫn này thủ kho ghi sổ khi nào",
            "trong thông báo đó học phí bao nhiêu",
            "thủ kho làm theo hướng dẫn trông coi kho thóc khi nào",
            "hướng dẫn trông coi kho thóc cho ai",
        ],
    )
    def test_an_everyday_word_elsewhere_names_none(self, text: str) -> None:
        assert naming.kinds(text) == ()

    def test_another_everyday_word_behind_the_opening_is_left_out(self) -> None:
        assert naming.kinds("theo hướng dẫn trông coi kho thóc báo cáo nộp khi nào") == ("hướng dẫn",)


class TestWhoGetsIt:
    @pytest.mark.parametrize(
        "text",
        [
            "đơn thư của dân chuyển đến đâu",
            "đơn tố cáo chuyển cho ai",
            "bài dự thi đan lát gửi cho ai",
            "bài dự thi gửi đến đâu",
            "tiền ủng hộ chuyển cho ai",
            "kế hoạch thi đan lát quy định bài dự thi gửi cho ai",
            "trong thông báo thì phiếu gửi cho ai",
        ],
    )
    def test_what_is_handed_in_has_no_recipients(self, text: str) -> None:
        assert Wanted.RECIPIENTS not in wanted(text)

    @pytest.mark.parametrize(
        "text",
        [
            "công văn về nghỉ lễ gửi cho những đơn vị nào",
            "công văn về nghỉ lễ gửi đến đâu",
            "công văn về nghỉ lễ chuyển cho phòng nào",
            "thông báo mở lớp nhuộm chàm gửi cho ai",
            "cho hỏi giấy mời họp kho gửi tới cơ quan nào",
            "thế gửi đến đâu",
            "nó được gửi cho ai",
        ],
    )
    def test_a_document_has(self, text: str) -> None:
        assert Wanted.RECIPIENTS in wanted(text)


class TestAnotherBody:
    @pytest.mark.parametrize("text", ["còn bên sở nội vụ thì sao", "thế phía sở nội vụ", "còn sở nội vụ"])
    def test_is_called_without_the_words_that_lead_to_it(self, text: str) -> None:
        assert bare_phrase(text) == "sở nội vụ"

    def test_takes_the_place_of_the_one_before(self) -> None:
        earlier = replace(question("Tổ dệt làm gì ở kho?"), terms=tuple(Term(w, 1.0, w) for w in ("tổ", "dệt", "kho")))
        kept = carried((Term("sở", 1.0, "sở"),), earlier, replaced=("tổ dệt",))
        assert [term.text for term in kept] == ["kho"]


class TestACommaBehindABodysName:
    UNIT = "sở nội vụ người giữ kho"  # as it is found in words without commas

    @pytest.mark.parametrize("comma", [",", ";", ":"])
    def test_ends_the_name(self, comma: str) -> None:
        assert unknown_name(question(f"Theo Sở Nội vụ{comma} người giữ kho làm gì?", self.UNIT), SNAPSHOT) is None

    @pytest.mark.parametrize(
        "text", ["Theo Sở Nội vụ người giữ kho làm gì?", "Kho hỏng, Sở Nội vụ người giữ kho làm gì?"]
    )
    def test_elsewhere_or_left_out_it_does_not(self, text: str) -> None:
        assert unknown_name(question(text, self.UNIT), SNAPSHOT) == self.UNIT

    def test_an_unknown_name_before_it_stays_unknown(self) -> None:
        asked = question("Cục Đường thủy, người giữ kho làm gì?", "cục đường thủy người giữ kho")
        assert unknown_name(asked, SNAPSHOT) == "Cục Đường thủy"


def form_name(text: str) -> str | None:
    form = form_asked(question(text))
    return form.name if form else None


class TestYesOrNoInTheLastClause:
    @pytest.mark.parametrize(
        "text",
        [
            "Chìa khóa kho rơi chưa biết ở đâu, có ai báo không?",
            "Thóc mốc mất bao nhiêu phần trăm rồi, thôn đã báo chưa?",
            "Thủ kho nghỉ bao nhiêu ngày. Có bị trừ điểm không ạ?",
            "Chìa khóa kho rơi ở đâu thì có phải báo không?",
            "Chia khoa kho roi o dau, co ai bao khong?",
        ],
        ids=["place", "percentage", "days", "without a comma", "without marks"],
    )
    def test_asks_for_no_form(self, text: str) -> None:
        assert form_name(text) is None

    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("Kho có bao nhiêu người coi không?", "con số"),
            ("Có bao nhiêu phần trăm kho được quét vôi không?", "tỷ lệ phần trăm"),
            ("Có bao nhiêu kho không có khóa?", "con số"),
            ("Họp ở đâu có biết không?", "địa điểm"),
        ],
    )
    def test_a_single_clause_still_asks_for_it(self, text: str, form: str) -> None:
        assert form_name(text) == form

    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("Có phải nộp sổ kho không, nộp ở đâu?", "địa điểm"),
            ("Kho bị hỏng, có bao nhiêu người coi không?", "con số"),
            ("Sổ kho, chìa khóa nộp ở đâu?", "địa điểm"),
            ("Thủ kho nghỉ bao nhiêu ngày, xin cảm ơn.", "số ngày, tháng"),
        ],
        ids=["it asks behind", "both in the last", "a comma only", "thanks"],
    )
    def test_with_another_last_clause_it_is_asked_for(self, text: str, form: str) -> None:
        assert form_name(text) == form
