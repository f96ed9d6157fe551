"""Set phrases, forms of answers and what they must not be taken for, over a few fictional papers of one province.

Most go through the whole pipeline: read from files, indexed, asked. The rest ask one rule alone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from index.snapshot import Snapshot
from retrieval import absent, facts_phrases
from retrieval.abbreviations import meanings
from retrieval.answer import Assistant
from retrieval.expected import expected_form
from retrieval.fact import Meant, opened
from retrieval.forms import form_asked, form_preferred
from retrieval.model import Question, Wanted
from retrieval.question import understand
from retrieval.references import ReferenceIndex
from retrieval.wanted import units, wanted
from tests.retrieval.indexed import Ask, indexed

NOW = datetime(2026, 6, 2, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
ABBREVIATIONS = Path(__file__).parents[2] / "retrieval" / "data" / "abbreviations.txt"
MOST_SHOWN = 1200  # characters of a passage

RULES = """SỞ NỘI VỤ TỈNH LAM GIANG

QUY CHẾ

Ký số và lưu giữ hồ sơ điện tử của Sở Nội vụ tỉnh Lam Giang

Điều 1. Phạm vi

Quy chế áp dụng cho các phòng, công chức, người lao động làm việc tại trụ sở của Sở.

Điều 2. Giải thích từ ngữ

1. “Chủ thể ký” là bên cầm khóa riêng và tự tay bấm lệnh ký lên một tệp cụ thể.

2. “Sổ vết” là danh sách mà máy chủ tự ghi mỗi lần một tệp được mở ra.

3. Kho nguội được hiểu là ổ đĩa chỉ cắm vào máy khi cần sao lưu.

4. Vé là mẩu giấy.

5. “Mộc” là con dấu cao su khắc tên phòng.

Điều 3. Giữ khóa riêng

1. Công chức cất khóa riêng trong tủ có ổ của phòng mình, hết giờ thì rút khóa ra khỏi máy; đi công tác thì gửi khóa
lại cho văn thư, văn thư niêm phong bằng giấy dán và ghi giờ nhận vào mép phong bì, lúc trả thì hai người cùng xem giấy
dán còn nguyên hay không, giấy rách thì lập biên bản và coi khóa ấy là đã lộ.

2. Người nhặt được khóa riêng báo ngay cho tổ trực máy chủ để chặn khóa đó lại; tổ trực máy chủ gọi cho phòng của người
đánh rơi, hỏi tệp nào đã ký trong ngày, rồi đối chiếu với sổ của phòng ấy và báo kết quả trước khi tan buổi làm việc.

Điều 4. Phòng đặt máy chủ

1. Cửa phòng đặt máy chủ luôn khép, chìa để ở bàn trực; người vào lau dọn phải có người trực đứng cạnh, không mang nước,
không cắm thêm quạt hay ấm điện vào dãy ổ cắm của máy, xong việc thì cùng ký vào tờ giấy treo sau cánh cửa phòng.

2. Máy hút ẩm chạy suốt mùa mưa; bình chứa đổ vào đầu mỗi buổi sáng, lưới lọc giũ bụi vào chiều thứ Sáu, lúc giũ thì
tắt máy và đem ra ngoài hiên; lưới thủng thì xin lưới mới chứ không vá, vì sợi chỉ rơi vào cánh quạt sẽ làm kẹt máy.

3. Bình chữa cháy treo ngang tầm tay, cách cửa hai bước; đầu mỗi quý người trực lật bình cho bột khỏi vón, xem kim áp
suất còn nằm trong vạch xanh hay không, ghi vào thẻ treo ở cổ bình; kim tụt khỏi vạch xanh thì đem đổi ngay trong ngày.

4. Bộ lưu điện được thử vào cuối mỗi tháng bằng cách ngắt cầu dao trong mười phút; trước khi ngắt phải báo cho các phòng
lưu lại tệp đang gõ; nếu đèn báo chuyển đỏ sớm hơn thì thay ắc quy, ắc quy cũ trả lại cho nơi bán chứ không vứt vào kho.

5. Ngày lễ có hai người trực thay phiên, ai về trước phải chờ người sau đến; giấy giao ca ghi nhiệt độ phòng, mực nước
trong bình hút ẩm, số đèn đỏ trên mặt máy, và tên của người nhận ca, để sáng hôm sau đọc lại trước buổi giao ban.

Mục tiêu là mỗi phòng tự trông nom lấy khóa của mình.
"""

RESOLUTION = """HỘI ĐỒNG NHÂN DÂN TỈNH LAM GIANG

Số: 57/NQ-HĐND

Lam Giang, ngày 14 tháng 3 năm 2026

NGHỊ QUYẾT

Về đặt tên cầu và bến đò trên sông Lam Khê

HỘI ĐỒNG NHÂN DÂN TỈNH LAM GIANG

Căn cứ Nghị quyết số 88/NQ-HĐND ngày 2 tháng 7 năm 2024 của Hội đồng nhân dân tỉnh;

Theo đề nghị của Ban Đường thủy tỉnh tại Tờ trình số 21/TTr-BĐT.

QUYẾT NGHỊ:

Điều 1. Đặt tên ba cây cầu và bảy bến đò trên sông Lam Khê theo danh sách kèm theo.

Điều 2. Nghị quyết này hết hiệu lực khi sông Lam Khê được nắn dòng.

Điều 3. Nghị quyết này có hiệu lực kể từ ngày 25 tháng 3 năm 2026.

Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa IV, kỳ họp thứ sáu thông qua ngày 11 tháng 3 năm 2026.

CHỦ TỊCH

Chẩu Minh Khuê
"""

PLAN = """SỞ NỘI VỤ TỈNH LAM GIANG

Số: 19/KH-SNV

Lam Giang, ngày 9 tháng 2 năm 2026

KẾ HOẠCH

Thực hiện Nghị quyết số 57-NQ/TU ngày 5/1/2026 của Tỉnh ủy về trông giữ kho lưu trữ

I. MỤC TIÊU

Hết năm, người giữ kho nào cũng biết tự sửa máy hút ẩm và lập bảng kê giá đỡ.

II. NHIỆM VỤ

1. Các xã ven sông dựng 6 mô hình kho mẫu.

2. Phòng Lưu trữ viết sách mỏng dạy cách xếp hộp lên giá đỡ.

GIÁM ĐỐC

Bùi Văn Sang
"""

CIRCULAR = """BỘ NỘI VỤ

Số: 5/2026/TT-BNV

Hà Nội, ngày 20 tháng 1 năm 2026

THÔNG TƯ

Hướng dẫn kiểm kê giá đỡ và hộp đựng hồ sơ

Căn cứ Nghị định số 210/2019/NĐ-CP ngày 4 tháng 2 năm 2019 của Chính phủ;

Căn cứ Nghị định số 210/2025/NĐ-CP ngày 3 tháng 10 năm 2025 của Chính phủ;

Bộ trưởng Bộ Nội vụ ban hành Thông tư hướng dẫn kiểm kê giá đỡ và hộp đựng hồ sơ.

Điều 1. Kiểm kê

Mỗi giá đỡ được đếm hai lần, hộp hỏng ghi riêng một tờ.

Điều 2. Thi hành

Thông tư này có hiệu lực từ ngày 5 tháng 3 năm 2026.

BỘ TRƯỞNG

Lò Thị Mận
"""

DECISION = """ỦY BAN NHÂN DÂN XÃ TÀ LÂM

Tà Lâm, ngày 6 tháng 4 năm 2026

QUYẾT ĐỊNH

Ban hành Quy chế trông coi nhà văn hóa thôn

ỦY BAN NHÂN DÂN XÃ TÀ LÂM

Căn cứ Nghị định số 210/2025/NĐ-CP ngày 3 tháng 10 năm 2025 của Chính phủ;

Điều 1. Ban hành kèm theo Quyết định này Quy chế trông coi nhà văn hóa thôn.

Điều 2. Trưởng các thôn thi hành.

CHỦ TỊCH

Lý Thị Mây

QUY CHẾ

Trông coi nhà văn hóa thôn

(Ban hành kèm theo Quyết định số 412/QĐ-UBND ngày 6 tháng 4 năm 2026 của Ủy ban nhân dân xã Tà Lâm)

Điều 1. Mở cửa

Người coi nhà mở cửa từ sáng sớm, tắt đèn rồi mới khóa.
"""

COURSE = """TRƯỜNG TRUNG CẤP THỦ CÔNG LAM GIANG

Số: 8/TB-TTC

Lam Giang, ngày 3 tháng 5 năm 2026

THÔNG BÁO

Về việc mở khóa đan lát và lớp nhuộm chàm

1. Khóa đan lát có 25 học viên, tự mang dao chẻ lạt. Cả khóa dài 14 tín chỉ.

2. Lớp nhuộm chàm mở ở 6 xã, trưng bày số mô hình bằng một nửa số học viên đăng ký ban đầu.

3. Nghề nhuộm chàm giữ lại 30% tiền bán khăn cho quỹ lớp.

4. Theo đề nghị của học viên, lớp nhuộm chàm học vào buổi chiều.

HIỆU TRƯỞNG

Tòng Văn Phiêu
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    # In this order they are indexed: what only cites a number stands before what bears it.
    texts = (CIRCULAR, DECISION, PLAN, RESOLUTION, RULES, COURSE)
    files = {f"{place}.txt": text for place, text in enumerate(texts)}
    return indexed(tmp_path_factory.mktemp("phrases"), files, now=NOW)


@pytest.fixture(scope="module")
def ask(snapshot: Snapshot) -> Ask:
    assistant = Assistant(snapshot)
    return lambda text, *previous: assistant.ask(text, previous, now=NOW)


def paper(snapshot: Snapshot, kind: str) -> Meant:
    """The only document of `kind`, surely meant."""
    return opened(snapshot, [card.header.kind for card in snapshot.documents].index(kind), 1.0)


def question(text: str) -> Question:
    """The question as it is where nothing had to be corrected."""
    return Question(text, (), accented=True, wanted=(Wanted.PASSAGE,), symbols=(), meant=text.lower().strip("?"))


def form_name(text: str) -> str | None:
    form = expected_form(text)
    return form.name if form else None


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("Chủ thể ký được hiểu là ai?", "“Chủ thể ký” là bên cầm khóa riêng"),
        ("chu the ky duoc hieu la ai", "“Chủ thể ký” là bên cầm khóa riêng"),
        ("“Sổ vết” là gì?", "“Sổ vết” là danh sách mà máy chủ tự ghi"),
        ("Sổ vết trong quy chế ký số là gì?", "“Sổ vết” là danh sách mà máy chủ tự ghi"),
        ("Mộc là gì?", "“Mộc” là con dấu cao su"),
        ("Thế nào là kho nguội?", "Kho nguội được hiểu là ổ đĩa"),
    ],
)
def test_a_term_is_explained_by_its_definition(ask: Ask, text: str, fragment: str) -> None:
    answer = ask(text)
    assert answer.found
    assert answer.answer.split("\n")[0].endswith("giải thích:")
    assert fragment in answer.citations[0].quote


@pytest.mark.parametrize(
    "text",
    [
        "Mục tiêu của kế hoạch là gì?",
        "Mục tiêu của quy chế ký số là gì?",
        "Vé là gì?",  # one syllable without quotation marks
        "Chủ thể ký theo lịch trực đến phòng nào?",
        "Ai là người giữ sổ vết?",
    ],
)
def test_what_does_not_ask_for_the_term_itself_finds_no_definition(snapshot: Snapshot, text: str) -> None:
    assert facts_phrases.definition(text.lower(), [paper(snapshot, "quy chế")]) is None


def test_a_sentence_that_reads_like_the_question_is_its_definition(snapshot: Snapshot) -> None:
    rules = paper(snapshot, "quy chế")
    fact = facts_phrases.definition("mục tiêu là gì", [rules])
    assert fact is not None
    assert rules.document.text[fact.places[0].start : fact.places[0].end].startswith("Mục tiêu là mỗi phòng")


@pytest.mark.parametrize(
    ("text", "statement", "fragment"),
    [
        (
            "Nghị quyết đặt tên cầu và bến đò ban hành theo đề nghị của ai?",
            "Nghị quyết 57/NQ-HĐND ban hành theo đề nghị của:",
            "Ban Đường thủy tỉnh",
        ),
        (
            "Ai là người đề nghị ban hành Nghị quyết 57/NQ-HĐND?",
            "Nghị quyết 57/NQ-HĐND ban hành theo đề nghị của:",
            "Ban Đường thủy tỉnh",
        ),
        (
            "nghi quyet 57/NQ-HĐND theo de nghi cua co quan nao",
            "Nghị quyết 57/NQ-HĐND ban hành theo đề nghị của:",
            "Ban Đường thủy tỉnh",
        ),
        (
            "Nghị quyết đặt tên cầu và bến đò được thông qua ngày nào?",
            "Nghị quyết 57/NQ-HĐND được thông qua:",
            "thông qua ngày 11 tháng 3 năm 2026",
        ),
        (
            "Nghị quyết đặt tên cầu và bến đò do kỳ họp nào thông qua?",
            "Nghị quyết 57/NQ-HĐND được thông qua:",
            "kỳ họp thứ sáu",
        ),
        (
            "Nghị quyết 57/NQ-HĐND có hiệu lực từ ngày nào?",
            "Hiệu lực của Nghị quyết 57/NQ-HĐND:",
            "từ ngày 25 tháng 3 năm 2026",
        ),
        (
            "TT 5/2026/TT-BNV có HL từ ngày mấy?",
            "Hiệu lực của Thông tư 5/2026/TT-BNV:",
            "từ ngày 5 tháng 3 năm 2026",
        ),
    ],
)
def test_a_set_phrase_is_quoted_from_the_document_meant(ask: Ask, text: str, statement: str, fragment: str) -> None:
    answer = ask(text)
    assert answer.found
    assert answer.answer.split("\n")[0] == statement
    assert fragment in answer.citations[0].quote


def test_the_end_of_effect_is_not_its_beginning(snapshot: Snapshot) -> None:
    resolution = paper(snapshot, "nghị quyết")
    fact = facts_phrases.phrase("nghị quyết này có hiệu lực từ khi nào", [resolution])
    assert fact is not None
    assert "25 tháng 3" in resolution.document.text[fact.places[0].start : fact.places[0].end]
    assert facts_phrases.phrase("nghị quyết này hết hiệu lực khi nào", [resolution]) is None


def test_who_proposes_something_in_the_body_did_not_propose_the_document(snapshot: Snapshot) -> None:
    asked = "thông báo ban hành theo đề nghị của ai"
    assert facts_phrases.phrase(asked, [paper(snapshot, "thông báo")]) is None
    assert facts_phrases.phrase(asked, [paper(snapshot, "nghị quyết")]) is not None


def test_a_number_of_what_is_counted_is_quoted_not_the_number_beside_it(ask: Ask) -> None:
    answer = ask("Khóa đan lát có học viên tự mang dao chẻ lạt gồm bao nhiêu tín chỉ?")
    assert answer.found
    assert "14 tín chỉ" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("Lớp nhuộm chàm trưng bày bao nhiêu mô hình?", "số mô hình"),
        ("lop nhuom cham trung bay bao nhieu mo hinh", "số mô hình"),
    ],
)
def test_other_numbers_do_not_answer_how_many(ask: Ask, text: str, lacking: str) -> None:
    answer = ask(text)
    assert not answer.found
    assert lacking in (answer.reason or "")


def test_how_many_of_a_word_is_a_form_of_its_own() -> None:
    form = form_asked(question("Khóa đan lát gồm bao nhiêu tín chỉ?"))
    assert form is not None and form.name == "số tín chỉ"
    for text in ("dài 14 tín chỉ", "dài 14 (mười bốn) tín chỉ", "mười tín chỉ", "số tín chỉ: 14", "TÍN CHỈ là 14"):
        assert form.shows(text), text
    for text in ("có 25 học viên", "tín chỉ tính theo buổi", "25 học viên góp tiền mua tín chỉ"):
        assert not form.shows(text), text


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        ("Thôn có bao nhiêu hộ kinh doanh lá dong?", "con số", "gồm 14 hộ"),  # "kinh doanh" is the word there
        ("Lò nung bao nhiêu thì phải dừng?", "con số", "nung 14 mẻ"),
        ("Lớp thêu có bao nhiêu tín chỉ?", "số tín chỉ", "14 tín-chỉ"),
        ("Số lượng tín chỉ của lớp thêu là bao nhiêu?", "số tín chỉ", "Số lượng tín chỉ: 14"),
    ],
)
def test_what_is_no_word_of_two_syllables_is_counted_by_any_number(text: str, name: str, shown: str) -> None:
    form = form_asked(question(text))
    assert form is not None and form.name == name
    assert form.shows(shown)


@pytest.mark.parametrize("when", ["từ ngày nào", "từ ngày mấy", "khi nào", "kể từ bao giờ"])
def test_effect_is_asked_for_in_many_words(snapshot: Snapshot, when: str) -> None:
    assert facts_phrases.phrase(f"thông tư này có hiệu lực {when}", [paper(snapshot, "thông tư")]) is not None


@pytest.mark.parametrize("text", ["Có bao nhiêu đơn vị đã nộp?", "Mời bao nhiêu người được khen?"])
def test_what_may_be_anything_or_is_no_word_asks_for_a_number_alone(text: str) -> None:
    form = form_asked(question(text))
    assert form is not None and form.name == "con số"


def test_a_slip_in_percent_still_asks_for_a_percentage(ask: Ask, snapshot: Snapshot) -> None:
    text = "Nghề nhuộm chàm giữ lại cho quỹ lớp bao nhiêu phần tram tiền bán khăn?"
    asked = understand(text, (), snapshot, NOW)
    form = form_asked(asked)
    assert form is not None and form.name == "tỷ lệ phần trăm"
    slip = replace(question("Quỹ lớp được bao nhiêu phàn trăm?"), meant="quỹ lớp được bao nhiêu phần trăm")
    form = form_asked(slip)
    assert form is not None and form.name == "tỷ lệ phần trăm"
    answer = ask(text)
    assert answer.found and "30%" in answer.citations[0].quote


def test_an_elliptic_turn_prefers_the_form_asked_for_before(snapshot: Snapshot) -> None:
    earlier = "Nghề nhuộm chàm giữ lại bao nhiêu phần trăm tiền bán khăn?"
    asked = understand("Còn nghề đan lát?", (earlier,), snapshot, NOW)
    assert asked.follow_up and form_asked(asked) is None
    preferred = form_preferred(asked)
    assert preferred is not None and preferred.name == "tỷ lệ phần trăm"
    pointing = understand("Nghề ấy học ở đâu?", (earlier,), snapshot, NOW)
    assert pointing.follow_up and not pointing.still_asked


@pytest.mark.parametrize("text", ["Giảng viên phải dạy mấy giờ chuẩn?", "Thợ đan làm mấy giờ công?", "học mấy giờ học"])
def test_hours_that_are_worked_are_no_time_of_day(text: str) -> None:
    assert form_name(text) is None
    assert form_name("Họp mấy giờ?") == "giờ"


@pytest.mark.parametrize("text", ["Mỗi năm dạy bao nhiêu giờ chuẩn?", "nghien cuu bao nhieu gio nghien cuu"])
def test_hours_that_are_worked_are_no_span_of_time(text: str) -> None:
    assert form_name(text) != "số ngày, tháng"
    assert form_name("Mất bao nhiêu giờ?") == "số ngày, tháng"


@pytest.mark.parametrize("text", ["Hệ thống chấm công của Sở tên là gì?", "hoi thi ke chuyen ten la gi"])
def test_the_name_of_a_system_or_a_contest_is_no_person(text: str) -> None:
    assert form_name(text) is None
    assert form_name("Giám đốc Sở tên là gì?") == "tên người"


@pytest.mark.parametrize(
    "text",
    [
        "Kinh phí dựng chòi lấy theo tờ trình số bao nhiêu?",
        "Ai có quyền điều chỉnh định mức chi?",
        "Cấp nào được đặt ra mức chi nước uống?",
        "Định mức chi nước uống do đâu mà có?",
    ],
)
def test_numbers_of_papers_and_who_decides_are_no_money(text: str) -> None:
    assert form_name(text) != "số tiền"
    assert form_name("Mức chi nước uống thế nào?") == form_name("Kinh phí dựng chòi là bao nhiêu?") == "số tiền"


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("hội thảo diễn ra ngày nào", Wanted.ISSUE_DATE),
        ("hoi thao dien ra ngay nao", Wanted.ISSUE_DATE),
        ("vụ cháy kho xảy ra ngày nào", Wanted.ISSUE_DATE),
        ("giá lá dong được công bố vào ngày nào", Wanted.ISSUE_DATE),
        ("kết quả thi thêu thông qua hôm nào", Wanted.ISSUE_DATE),
        ("chủ thể ký là ai", Wanted.SIGNER),
        ("chu the ky duoc hieu la ai", Wanted.SIGNER),
        ("công chức ký số vào tệp là ai", Wanted.SIGNER),
        ("hình ảnh chữ ký số của cơ quan ban hành đặt ở vị trí nào", Wanted.ISSUER),
        ("cơ quan ban hành phải lưu mấy bản", Wanted.ISSUER),
    ],
)
def test_words_of_a_fact_that_ask_for_something_else(text: str, fact: Wanted) -> None:
    assert fact not in wanted(text)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("kế hoạch này ra ngày nào", Wanted.ISSUE_DATE),
        ("công văn 14/snv-cch hướng dẫn việc gì", Wanted.SUBJECT),
        ("nghị quyết về nghề thêu được thông qua ngày nào", Wanted.ISSUE_DATE),
        ("được công bố khi nào", Wanted.ISSUE_DATE),
        ("người ký kế hoạch này là ai", Wanted.SIGNER),
        ("cơ quan ban hành quy chế là nơi nào", Wanted.ISSUER),
        (
            "kế hoạch dựng chòi canh lửa của các tổ bảo vệ rừng ven suối cạn phía bắc xã tà lâm là số mấy",
            Wanted.SYMBOL,
        ),
        ("quy định trông bến đò kèm theo quyết định số mấy", Wanted.SYMBOL),
        ("bến đò được đặt tên tại quyết định số mấy", Wanted.LEGAL_BASES),
        # Tasks are counted, not days: another fact comes before the deadline.
        ("ai theo dõi mấy nhiệm vụ quá hạn", Wanted.RESPONSIBLE),
        ("ai theo dõi việc quá hạn mấy ngày", Wanted.DEADLINE),
    ],
)
def test_the_fact_that_is_asked_for_first(text: str, fact: Wanted) -> None:
    assert wanted(text)[0] is fact


def test_a_telephone_at_the_end_of_a_long_name_has_no_number_of_a_document() -> None:
    body = "kế hoạch dựng chòi canh lửa của các tổ bảo vệ rừng ven suối cạn phía bắc xã tà lâm"
    assert Wanted.SYMBOL not in wanted(f"{body} ghi điện thoại số mấy")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("trách nhiệm của sở nội vụ gửi báo cáo là gì", "sở nội vụ"),
        ("trách nhiệm của phòng văn thư nộp sổ trực", "phòng văn thư"),
        ("nhiệm vụ của tổ coi kho hỏi mượn máy hút ẩm là gì", "tổ coi kho"),
        ("trach nhiem cua phong van thu gui so truc la gi", "phong van thu"),
    ],
)
def test_the_name_of_a_body_ends_where_the_sentence_goes_on(text: str, name: str) -> None:
    assert units(text) == (name,)


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("HKII", "học kỳ ii"),
        ("CTS", "chứng thư số"),
        ("HL", "hiệu lực"),
        ("đc", "được"),
        ("dc", "được"),
        ("ntn", "như thế nào"),
        ("SXH", "sốt xuất huyết"),
        ("cccd", "căn cước công dân"),
    ],
)
def test_what_offices_and_hurried_people_abbreviate(typed: str, meaning: str) -> None:
    assert " ".join(meanings(typed, capitals=True)[0].words) == meaning


def abbreviation_lines() -> list[str]:
    lines = ABBREVIATIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_every_line_of_the_abbreviations_says_what_letters_mean() -> None:
    for line in abbreviation_lines():
        letters, meaning = line.split(" = ")
        assert sum(char.isalpha() for char in letters) >= 2, line
        assert all(part.split() for part in meaning.split(" | ")), line
        found = {" ".join(one.words) for one in meanings(letters, capitals=True)}
        assert found == set() or set(meaning.split(" | ")) & found, line


def test_no_letters_stand_twice_among_the_abbreviations() -> None:
    letters = [line.split(" = ")[0] for line in abbreviation_lines()]
    assert sorted(set(letters)) == sorted(letters)


@pytest.mark.parametrize(
    "text",
    [
        "Kế hoạch thực hiện Nghị quyết 57 của Sở Nội vụ số bao nhiêu?",
        "ke hoach thuc hien nghi quyet 57 so bao nhieu",
    ],
)
def test_a_plan_that_carries_out_a_resolution_is_not_another_of_that_number(
    ask: Ask, snapshot: Snapshot, text: str
) -> None:
    asked = understand(text, (), snapshot, NOW)
    resolution = paper(snapshot, "nghị quyết").position
    assert not (asked.exclusive and resolution in asked.documents)
    answer = ask(text)
    assert answer.found and "19/KH-SNV" in answer.answer.split("\n")[0]


def test_the_resolution_itself_is_meant_by_its_number(snapshot: Snapshot) -> None:
    asked = understand("Nghị quyết 57 nói gì?", (), snapshot, NOW)
    assert asked.exclusive and list(asked.documents) == [paper(snapshot, "nghị quyết").position]


def test_of_several_documents_with_one_number_that_is_meant_which_is_here(snapshot: Snapshot) -> None:
    references = ReferenceIndex(snapshot)
    assert references.numbered("nghị quyết", 57, None)[0] == "57-NQ/TU"
    assert absent.named(question("Nghị quyết 57 nói gì?"), references) == ("57/NQ-HĐND",)


def test_of_several_documents_with_one_number_that_is_meant_which_is_mentioned_most(
    ask: Ask, snapshot: Snapshot
) -> None:
    references = ReferenceIndex(snapshot)
    assert references.numbered("nghị định", 210, None)[0] == "210/2019/NĐ-CP"
    assert absent.named(question("Nghị định 210 nói gì?"), references) == ("210/2025/NĐ-CP",)
    answer = ask("Nghị định 210 ban hành ngày nào?")
    assert answer.found and "03/10/2025" in answer.answer


def test_a_number_that_only_the_attached_regulation_tells_is_quoted_from_there(ask: Ask) -> None:
    answer = ask("Quyết định ban hành Quy chế trông coi nhà văn hóa thôn số mấy?")
    assert answer.found
    assert "412/QĐ-UBND" in answer.answer.split("\n")[0]
    assert answer.citations[0].quote.startswith("(Ban hành kèm theo Quyết định số 412/QĐ-UBND")


def test_a_citation_shows_the_short_article_its_clause_stands_in(ask: Ask) -> None:
    answer = ask("Nhặt được khóa riêng thì báo cho ai?")
    assert answer.found
    shown = answer.citations[0].passage
    assert "báo ngay cho tổ trực máy chủ" in answer.citations[0].quote
    assert shown.startswith("Điều 3. Giữ khóa riêng")
    assert "văn thư niêm phong bằng giấy dán" in shown


@pytest.mark.parametrize(
    "text",
    [
        "Nhặt được khóa riêng thì báo cho ai?",
        "Bộ lưu điện được thử bằng cách nào?",
        "Máy hút ẩm ở phòng đặt máy chủ đổ bình chứa vào lúc nào?",
        "Chủ thể ký được hiểu là ai?",
        "Lớp nhuộm chàm gồm bao nhiêu tín chỉ?",
    ],
)
def test_every_passage_holds_its_quotation_and_is_short(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.citations
    for citation in answer.citations:
        assert citation.quote in citation.passage
        assert len(citation.passage) <= MOST_SHOWN


@pytest.mark.parametrize(
    "text",
    [
        "ai là người ký Nghị quyết đặt tên cầu và bến đò trên sông Lam Khê",
        "Ai là người ký Nghị quyết 57/NQ-HĐND?",
    ],
)
def test_a_signer_is_a_person_whatever_the_family_is_called(ask: Ask, text: str) -> None:
    answer = ask(text)
    assert answer.found
    assert answer.answer.startswith("Người ký: Chẩu Minh Khuê")
