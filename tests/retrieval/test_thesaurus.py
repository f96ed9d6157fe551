"""The shipped thesaurus is well formed, and its relations are found in questions and used in searching."""

from collections import Counter
from datetime import UTC, datetime

import numpy as np
import pytest

from knowledge.text import fold
from retrieval import stopwords
from retrieval.coverage import asked_words, share
from retrieval.question import understand
from retrieval.search import search
from retrieval.thesaurus import CLOSE, FILE, RELATED, BadThesaurus, Thesaurus, relations, thesaurus
from tests.retrieval.fakes import FakeSnapshot, header

NOW = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)
LINES = FILE.read_text(encoding="utf-8").splitlines()
SMALL = Thesaurus(
    """
    # a comment
    [a field]
    muộn, trễ > trễ hẹn, chậm, ~thời hạn
    ngô = bắp
    trả tiền > thanh toán
    dạy > tập huấn
    giảng dạy > lên lớp
    phạt > chế tài
    số nóng > đường dây nóng
    """.splitlines()
)


def _never(first: str, second: str) -> bool:
    return False


def _asked(words: str, *, marked: bool = True) -> list[str]:
    parts = words.split()
    return [" ".join(parts[m.start : m.end]) for m in SMALL.matches(parts, _never, marked=marked)]


def test_the_shipped_thesaurus_is_a_serious_one() -> None:
    assert len(thesaurus().others) > 3000
    assert len([line for line in LINES if line.startswith("[")]) >= 15


def test_no_line_says_anything_twice() -> None:
    for number, heads, others in relations(LINES):
        assert max(Counter(heads).values()) == 1, number
        assert max(Counter(phrase for phrase, _ in others).values()) == 1, number
    assert not [line for line, times in Counter(filter(None, LINES)).items() if times > 1]


def test_no_line_says_nothing() -> None:
    for number, heads, others in relations(LINES):
        assert any(other != head for head in heads for other, _ in others), number


def test_function_words_are_no_entries() -> None:
    assert not [head for head in thesaurus().others if len(head) == 1 and stopwords.is_common(head[0])]


def test_no_phrase_stands_for_itself() -> None:
    assert not [head for head, others in thesaurus().others.items() if head in others]


def test_an_entry_is_not_too_many_things() -> None:
    """What may mean thirty things means nothing: such an entry would match every passage."""
    assert max(len(others) for others in thesaurus().others.values()) <= 30


@pytest.mark.parametrize("line", ["một, hai, ba", "một > hai = ba", "một > hai,", "> hai", "của > thuộc"])
def test_a_bad_line_is_told(line: str) -> None:
    with pytest.raises(BadThesaurus, match="line 1"):
        Thesaurus([line])


def test_relations_have_directions_and_strengths() -> None:
    assert SMALL.others["muộn",] == {("trễ", "hẹn"): CLOSE, ("chậm",): CLOSE, ("thời", "hạn"): RELATED}
    assert SMALL.others["ngô",] == {("bắp",): CLOSE}
    assert SMALL.others["bắp",] == {("ngô",): CLOSE}
    assert ("chậm",) not in SMALL.others


def test_one_syllable_for_a_longer_phrase_is_a_hint_only() -> None:
    assert Thesaurus(["khoai mì > sắn"]).others["khoai", "mì"] == {("sắn",): RELATED}


def test_the_longest_stretch_wins() -> None:
    assert _asked("giảng dạy muộn") == ["giảng dạy", "muộn"]
    assert _asked("ai trả tiền phạt") == ["trả tiền", "phạt"]


def test_no_syllable_is_taken_out_of_a_compound() -> None:
    assert _asked("trễ hẹn") == []  # known as other words
    words = "dạy nghề".split()
    assert not SMALL.matches(words, lambda first, second: (first, second) == ("dạy", "nghề"), marked=True)
    assert SMALL.matches(words, _never, marked=True)


def test_typed_without_marks_a_phrase_is_found_where_it_can_be_no_other() -> None:
    assert _asked("goi so nong nao", marked=False) == ["so nong"]
    assert _asked("goi so nong nao", marked=True) == []
    assert _asked("muon", marked=False) == []  # "muốn", "mượn", "muộn"
    assert Thesaurus(["bàn giao > trao", "bán giáo > bày"]).matches(["ban", "giao"], _never, marked=False) == []


SNAPSHOT = FakeSnapshot(
    [
        (header(subject="Tiếp nhận"), ["Trường hợp quá hạn phải có thư xin lỗi gửi người dân.", "Phòng họp tầng ba."]),
        (header(subject="Y tế"), ["Trẻ em được tiêm chủng mở rộng miễn phí.", "Kinh phí thực hiện do ngân sách."]),
        (
            header(subject="Máy móc"),
            ["Cá nhân làm hư hỏng phải bồi hoàn chi phí.", "Không được ghi hình tại cuộc họp."],
        ),
    ]
)


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("trễ giấy thì sao", 0),
        ("chích ngừa cho con nít", 2),
        ("chich ngua cho con nit", 2),
        ("lấy tiền ở đâu", 3),
        ("có đòi lại không", 4),
        ("quay phim được không", 5),
    ],
)
def test_questions_without_a_word_of_the_passage_find_it(text: str, passage: int) -> None:
    assert search(understand(text, (), SNAPSHOT, NOW), SNAPSHOT, 1)[0].passage == passage


def test_a_concept_counts_by_its_closest_words() -> None:
    question = understand("chích ngừa", (), SNAPSHOT, NOW)
    concept = next(concept for concept in question.concepts if concept.words == ("chích", "ngừa"))
    assert max(one.strength for one in concept.alternatives) == CLOSE
    shares = share(asked_words(question, SNAPSHOT), SNAPSHOT, np.arange(6), trusted=True)
    assert int(np.argmax(shares)) == 2
    assert 0.4 < shares[2] < 1.0


def test_other_words_do_not_add_up() -> None:
    """A passage with three words for one concept has no more of the question than one with the best of them."""
    index = FakeSnapshot([(header(), ["quá hạn", "quá hạn trễ hẹn chậm trễ", "việc khác"])])
    words = asked_words(understand("muộn", (), index, NOW), index)
    shares = share(words, index, np.arange(3), trusted=True)
    assert shares[0] == pytest.approx(shares[1])
    assert shares[2] == 0.0


def test_words_that_ask_are_looked_for_as_what_they_ask() -> None:
    index = FakeSnapshot([(header(), ["Thời hạn giải quyết là 05 ngày làm việc.", "Việc khác."])])
    concepts = understand("bao lâu thì xong", (), index, NOW).concepts
    assert any("thời_hạn" in one.tokens for concept in concepts for one in concept.alternatives)


def test_bare_letters_fold_as_the_shipped_entries_do() -> None:
    """Whatever is found without marks is found as the one entry it can be."""
    known = thesaurus()
    for head in list(known.others)[::200]:
        bare = [fold(word) for word in head]
        for match in known.matches(bare, _never, marked=False):
            assert match.others
