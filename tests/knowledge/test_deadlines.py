"""The table of time: what a phrase says, and no more than it says."""

from __future__ import annotations

import itertools
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.deadlines import describe, find_times, parse_time
from knowledge.document import PartialDate, Recurrence, TimeKind, TimePhrase
from knowledge.text import fold

# phrase => kind [begin..due] [day/month] [recurrence] [exclusive]
TABLE = """
# Deadlines: the last day, or the day before it.
trước ngày 05/12/2025 => deadline ..2025-12-05 exclusive
trước 05/12/2025 => deadline ..2025-12-05 exclusive
Trước ngày 5 tháng 12 năm 2025 => deadline ..2025-12-05 exclusive
chậm nhất ngày 05/12/2025 => deadline ..2025-12-05
chậm nhất là ngày 30/11/2025 => deadline ..2025-11-30
chậm nhất vào ngày 30 tháng 11 năm 2025 => deadline ..2025-11-30
muộn nhất ngày 30/11/2025 => deadline ..2025-11-30
không quá ngày 20/6/2025 => deadline ..2025-06-20
đến hết ngày 31/12/2025 => deadline ..2025-12-31
đến ngày 31/12/2025 => deadline ..2025-12-31
hết ngày 31/12/2025 => deadline ..2025-12-31
chậm nhất đến hết ngày 31/12/2025 => deadline ..2025-12-31
chậm nhất trước ngày 15/11/2025 => deadline ..2025-11-15 exclusive
trước ngày O5/12/2025 => deadline ..2025-12-05 exclusive
trước ngày 15/11 => deadline 15/11 exclusive
trong tháng 11/2025 => deadline 2025-11-01..2025-11-30
trong quý I => deadline /3
trong quý II năm 2025 => deadline 2025-04-01..2025-06-30
trước quý IV/2025 => deadline ..2025-10-01 exclusive
vào năm 2025 => deadline 2025-01-01..2025-12-31
trong năm 2025 => deadline 2025-01-01..2025-12-31
vào cuối năm 2025 => deadline ..2025-12-31
vào cuối năm => deadline
đến năm 2030 => deadline ..2030-12-31
đến hết năm 2025 => deadline ..2025-12-31
trong thời hạn 10 ngày kể từ ngày nhận được báo cáo => deadline
trong thời hạn 10 ngày làm việc kể từ ngày ký => deadline
trong thời hạn 05 (năm) ngày làm việc, kể từ ngày 01/11/2025 => deadline 2025-11-01..
trong vòng 30 ngày => deadline
chậm nhất 05 ngày làm việc trước ngày tổ chức hội nghị => deadline
chậm nhất sau 15 ngày kể từ ngày kết thúc => deadline
trước 17 giờ 00 ngày 05/12/2025 => deadline ..2025-12-05
trước 17h00 ngày 05/12/2025 => deadline ..2025-12-05
trước 17 giờ 30 phút, ngày 05 tháng 12 năm 2025 => deadline ..2025-12-05
TRƯỚC NGÀY 05/12/2025 => deadline ..2025-12-05 exclusive
truoc ngay 05/12/2025 => deadline ..2025-12-05 exclusive
cham nhat la ngay 15 thang 11 nam 2025 => deadline ..2025-11-15
trước ngày 31/02/2025 => deadline exclusive
chậm nhất ngày 30/11/25 => deadline ..2025-11-30
hạn cuối: 30/11/2025 => deadline ..2025-11-30
xong trước ngày 30/6/2025 => deadline ..2025-06-30 exclusive
trước tháng 12/2025 => deadline ..2025-12-01 exclusive
trước năm 2026 => deadline ..2026-01-01 exclusive
trong 6 tháng đầu năm 2025 => deadline 2025-01-01..2025-06-30
ngay sau khi kết thúc đợt thi đua => deadline
trước thời điểm 31/12/2025 => deadline ..2025-12-31 exclusive
trước ngày 20 => deadline 20/ exclusive
không muộn hơn ngày 15/8/2026 => deadline ..2026-08-15
trễ nhất ngày 15/8/2026 => deadline ..2026-08-15
hạn chót là ngày 15/8/2026 => deadline ..2026-08-15
trong ngày 05/12/2025 => deadline 2025-12-05..2025-12-05
vào ngày 20/11/2025 => deadline 2025-11-20..2025-11-20
chậm nhất 20/10/2026 => deadline ..2026-10-20
chậm nhất vào 16h00 ngày 28/10/2026 => deadline ..2026-10-28
trước 30 tháng 6 năm 2026 => deadline ..2026-06-30 exclusive
đến trước ngày 01/7/2026 => deadline ..2026-07-01 exclusive
cho đến hết ngày 31/3/2026 => deadline ..2026-03-31
đến hết quý III năm 2026 => deadline ..2026-09-30
hết tháng 10/2026 => deadline ..2026-10-31
trong 9 tháng đầu năm 2026 => deadline 2026-01-01..2026-09-30
trong vòng 07 ngày kể từ ngày ký => deadline
trong thời hạn ba mươi ngày, kể từ ngày ban hành => deadline
sau khi kết thúc đợt kiểm tra => deadline
trong thang 11/2025 => deadline 2025-11-01..2025-11-30

# Spans, months, quarters and years.
tháng 11 năm 2025 => period 2025-11-01..2025-11-30
tháng 11/2025 => period 2025-11-01..2025-11-30
đầu tháng 11/2025 => period 2025-11-01..
giữa tháng 11 năm 2025 => period
cuối tháng 11/2025 => period ..2025-11-30
quý IV/2025 => period 2025-10-01..2025-12-31
quý 4 năm 2025 => period 2025-10-01..2025-12-31
Q2/2026 => period 2026-04-01..2026-06-30
tuần 3 tháng 7/2026 => period
tuần 4 tháng 10 năm 2026 => period ..2026-10-31
trong tuần thứ nhất của tháng 8/2026 => deadline 2026-08-01..
6 tháng đầu năm => period /6
6 tháng đầu năm 2025 => period 2025-01-01..2025-06-30
6 tháng cuối năm 2025 => period 2025-07-01..2025-12-31
06 tháng cuối năm => period /12
9 tháng đầu năm 2025 => period 2025-01-01..2025-09-30
năm 2025 => period 2025-01-01..2025-12-31
cuối năm 2025 => period ..2025-12-31
cuối năm => period
đầu năm 2026 => period 2026-01-01..
giai đoạn 2021 - 2025 => period 2021-01-01..2025-12-31
giai đoạn 2021-2025 => period 2021-01-01..2025-12-31
giai đoạn từ năm 2021 đến năm 2025 => period 2021-01-01..2025-12-31
nhiệm kỳ 2020 - 2025 => period 2020-01-01..2025-12-31
5 năm (2021-2025) => period 2021-01-01..2025-12-31
từ năm 2021 đến năm 2025 => period 2021-01-01..2025-12-31
năm học 2024 - 2025 => period
từ ngày 01/11/2025 đến ngày 30/11/2025 => period 2025-11-01..2025-11-30
từ ngày 01 đến ngày 15/11/2025 => period 2025-11-01..2025-11-15
từ 01/11 đến 30/11/2025 => period 2025-11-01..2025-11-30
từ ngày 01/11 đến ngày 30/11 => period 30/11
từ tháng 3 đến tháng 11 năm 2025 => period 2025-03-01..2025-11-30
Từ tháng 01/2025 đến hết tháng 12/2025 => period 2025-01-01..2025-12-31
từ quý I đến quý III/2025 => period 2025-01-01..2025-09-30
Từ ngày Kế hoạch này ban hành đến ngày 31/12/2025 => period ..2025-12-31
từ ngày ký đến hết ngày 31/12/2025 => period ..2025-12-31
từ khi phát động đến hết ngày 31/12/2025 => period ..2025-12-31
Từ nay đến hết năm 2025 => period ..2025-12-31
từ nay đến ngày 30/6/2025 => period ..2025-06-30
kể từ ngày ký => period
kể từ ngày ký ban hành => period
ngày 15, 16/11/2025 => period 2025-11-15..2025-11-16
ngày 15 và 16 tháng 11 năm 2025 => period 2025-11-15..2025-11-16
ngày 15-16/11/2025 => period 2025-11-15..2025-11-16
tháng 11, 12/2025 => period 2025-11-01..2025-12-31
tháng 10 và tháng 11 năm 2025 => period 2025-10-01..2025-11-30
quý III và quý IV năm 2025 => period 2025-07-01..2025-12-31
quý II, III/2025 => period 2025-04-01..2025-09-30
nửa đầu năm 2025 => period 2025-01-01..2025-06-30
ngày cuối cùng của tháng => period
ngày cuối cùng của quý => period
sau ngày 15/11/2025 => period 2025-11-15..
từ năm 2026 => period 2026-01-01..
bắt đầu từ ngày 01/01/2025 và kết thúc vào ngày 31/12/2025 => period 2025-01-01..2025-12-31
từ nay đến hết ngày 30/6/2026 => period ..2026-06-30
cuối quý II/2026 => period ..2026-06-30
đầu quý III năm 2026 => period 2026-07-01..
ba tháng đầu năm 2026 => period 2026-01-01..2026-03-31
tháng 3-4/2026 => period 2026-03-01..2026-04-30
giai đoạn 2026 - 2030 => period 2026-01-01..2030-12-31
thời kỳ 2021-2030 => period 2021-01-01..2030-12-31
các năm 2026 - 2028 => period 2026-01-01..2028-12-31
từ năm 2026 đến hết năm 2030 => period 2026-01-01..2030-12-31
từ ngày 15 tháng 11 năm 2025 đến ngày 15 tháng 01 năm 2026 => period 2025-11-15..2026-01-15
từ ngày 28/12/2025 đến 05/01/2026 => period 2025-12-28..2026-01-05
kể từ ngày Quyết định này ban hành => period
nhiệm kì 2025 - 2030 => period 2025-01-01..2030-12-31
quí II năm 2026 => period 2026-04-01..2026-06-30
quy IV/2025 => period 2025-10-01..2025-12-31
giai doan 2021 - 2025 => period 2021-01-01..2025-12-31
GIAI ĐOẠN 2026 - 2030 => period 2026-01-01..2030-12-31
tháng 4 - 5 => period /5

# What comes again and again.
hằng năm => recurrence yearly
hàng năm => recurrence yearly
hàng tháng => recurrence monthly
hằng quý => recurrence quarterly
hàng tuần => recurrence weekly
mỗi năm một lần => recurrence yearly
02 tháng 01 số => recurrence unspecified
3 tháng 1 kỳ => recurrence quarterly
định kỳ 6 tháng, hằng năm => recurrence half-yearly
định kỳ hàng quý => recurrence quarterly
định kỳ hằng quý, 6 tháng, năm => recurrence quarterly
định kỳ 06 tháng và hằng năm => recurrence half-yearly
định kỳ 6 tháng một lần => recurrence half-yearly
6 tháng một lần => recurrence half-yearly
6 tháng/lần => recurrence half-yearly
02 lần/năm => recurrence half-yearly
định kỳ 5 năm => recurrence unspecified
định kỳ hàng tháng, quý, năm => recurrence monthly
quý, 6 tháng, năm => recurrence quarterly
trước ngày 15 hằng tháng => recurrence 15/ monthly exclusive
trước ngày 15 tháng 11 hàng năm => recurrence 15/11 yearly exclusive
trước ngày 15/11 hằng năm => recurrence 15/11 yearly exclusive
ngày 20 của tháng cuối quý => recurrence 20/ quarterly
trước ngày 20 tháng cuối quý => recurrence 20/ quarterly exclusive
trước ngày 18 của tháng cuối quý thuộc kỳ báo cáo => recurrence 18/ quarterly exclusive
ngày 10 của tháng đầu quý tiếp theo => recurrence 10/ quarterly
trước ngày 05 của tháng kế tiếp => recurrence 5/ monthly exclusive
chậm nhất ngày 15/01 năm sau => recurrence 15/1 yearly
trước ngày 31 tháng 3 của năm kế tiếp => recurrence 31/3 yearly exclusive
trước ngày 15 tháng 12 của năm báo cáo => recurrence 15/12 yearly exclusive
hằng năm, trước ngày 15/11 => recurrence 15/11 yearly exclusive
Hằng năm, chậm nhất ngày 30 tháng 11 => recurrence 30/11 yearly
hằng tháng, vào ngày 25 => recurrence 25/ monthly
định kỳ 6 tháng (trước ngày 15/6) => recurrence 15/6 half-yearly exclusive
định kỳ hằng năm trước ngày 15/12 => recurrence 15/12 yearly exclusive
định kỳ trước ngày 15 tháng 12 hằng năm => recurrence 15/12 yearly exclusive
trong tháng 11 hằng năm => recurrence /11 yearly
quý I hằng năm => recurrence /3 yearly
cuối mỗi năm => recurrence yearly
thứ Sáu hằng tuần => recurrence weekly
trước 16h00 thứ Năm hằng tuần => recurrence weekly
hang nam, truoc ngay 15/11 => recurrence 15/11 yearly exclusive
dinh ky 6 thang, hang nam => recurrence half-yearly
hằng quý, trước ngày 20 của tháng cuối quý => recurrence 20/ quarterly exclusive
quý IV hằng năm => recurrence /12 yearly
trước 30/11 hằng năm => recurrence 30/11 yearly exclusive
hằng năm trước ngày 15/12 => recurrence 15/12 yearly exclusive
vào quý IV hằng năm => recurrence /12 yearly
trước tháng 12 hằng năm => recurrence /12 yearly exclusive
mỗi 6 tháng => recurrence half-yearly
tuần đầu tháng 12 hằng năm => recurrence yearly
từ ngày 01 đến ngày 05 hằng tháng => recurrence 5/ monthly
chậm nhất ngày thứ 05 của tháng sau => recurrence 5/ monthly
hằng tuần => recurrence weekly
mỗi quý => recurrence quarterly
01 năm một lần => recurrence yearly
mỗi năm hai lần => recurrence half-yearly
hàng quý, 6 tháng và hàng năm => recurrence quarterly
định kỳ hằng tháng, hằng quý => recurrence monthly
định kỳ 3 tháng => recurrence quarterly
định kỳ 01 năm => recurrence yearly
chậm nhất ngày 25 hằng tháng => recurrence 25/ monthly
trước ngày 05 của tháng đầu quý sau => recurrence 5/ quarterly exclusive
vào ngày 10 hằng tháng => recurrence 10/ monthly
chậm nhất là ngày 20 tháng 6 hàng năm => recurrence 20/6 yearly
quý I hàng năm => recurrence /3 yearly
vào cuối mỗi quý => recurrence quarterly
hằng quí => recurrence quarterly
HẰNG NĂM => recurrence yearly
định kỳ (6 tháng và hằng năm) => recurrence half-yearly

# Bare dates.
ngày 05 tháng 12 năm 2025 => date ..2025-12-05
05/12/2025 => date ..2025-12-05
5-12-2025 => date ..2025-12-05
5.12.2025 => date ..2025-12-05
05 / 12 /2025 => date ..2025-12-05
ngày05/12/2025 => date ..2025-12-05
O5/12/2025 => date ..2025-12-05
lúc 14 giờ ngày 05/12/2025 => date ..2025-12-05
từ 8 giờ 00 ngày 05/12/2025 => date ..2025-12-05
thứ Sáu, ngày 05/12/2025 => date ..2025-12-05
31/02/2025 => date
ngày 45/13/2025 => date
ngày tháng 9 năm 2024 => date /9
ngày … tháng … năm 2024 => date
tính đến ngày 31/12/2024 => date ..2024-12-31
ngày 20/11 => date 20/11
ngày 29/02/2025 => date
ngay 05/12/2025 => date ..2025-12-05
mùng 5 tháng 9 năm 2026 => date ..2026-09-05
ngày mùng 5 tháng 9 năm 2026 => date ..2026-09-05
chủ nhật, ngày 07/12/2025 => date ..2025-12-07
thứ 6 ngày 05/12/2025 => date ..2025-12-05

# On request.
khi có yêu cầu => on-request on-request
đột xuất => on-request on-request
đột xuất khi có yêu cầu => on-request on-request
theo yêu cầu => on-request on-request
khi được yêu cầu => on-request on-request
khi cần thiết => on-request on-request
khi co yeu cau => on-request on-request

# Times without a date.
theo quy định => unspecified unspecified
đúng quy định => unspecified unspecified
định kỳ => unspecified unspecified
theo định kỳ => unspecified unspecified
kịp thời => unspecified unspecified
thường xuyên => unspecified unspecified
đúng thời hạn => unspecified unspecified
theo quy dinh => unspecified unspecified
đúng thời gian quy định => unspecified unspecified
theo đúng quy định => unspecified unspecified
trong thời gian sớm nhất => unspecified unspecified
"""
ROWS = [row.split(" => ") for row in TABLE.splitlines() if " => " in row]


def stated(phrase: TimePhrase) -> str:
    """Return the meaning in the notation of the table."""
    parts = [phrase.kind.value]
    if phrase.begin or phrase.due:
        parts.append(f"{phrase.begin or ''}..{phrase.due or ''}")
    if phrase.day or phrase.month:
        parts.append(f"{phrase.day or ''}/{phrase.month or ''}")
    if phrase.recurrence:
        parts.append(phrase.recurrence.value)
    if phrase.exclusive:
        parts.append("exclusive")
    return " ".join(parts)


def found(text: str) -> list[tuple[str, str]]:
    return [(phrase.text, stated(phrase)) for phrase in find_times(text)]


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 150


@pytest.mark.parametrize(("phrase", "meaning"), ROWS)
def test_phrase(phrase: str, meaning: str) -> None:
    assert found(phrase) == [(phrase, meaning)]


@pytest.mark.parametrize(("phrase", "meaning"), ROWS)
def test_phrase_inside_a_sentence(phrase: str, meaning: str) -> None:
    sentence = f"Các đơn vị báo cáo kết quả, {phrase}; Văn phòng tổng hợp."
    hits = [(hit.text, stated(hit)) for hit in find_times(sentence) if hit.start == sentence.index(phrase)]
    if fold(phrase) != phrase.lower() or phrase[0].isdigit():  # words without diacritics need a line without any
        assert hits == [(phrase, meaning)]


@pytest.mark.parametrize(("phrase", "meaning"), ROWS)
def test_capitals_and_decomposed_letters_change_nothing(phrase: str, meaning: str) -> None:
    assert [stated(hit) for hit in find_times(phrase.upper())] == [meaning]
    assert [stated(hit) for hit in find_times(unicodedata.normalize("NFD", phrase))] == [meaning]


@pytest.mark.parametrize(("phrase", "meaning"), ROWS)
def test_one_phrase_is_parsed_whole(phrase: str, meaning: str) -> None:
    parsed = parse_time(phrase)
    assert parsed is not None
    assert (parsed.text, stated(parsed)) == (phrase, meaning)


@pytest.mark.parametrize(
    "text",
    [
        "912/KH-SNNMT",
        "09/2024/QĐ-UBND",
        "Nghị quyết 11/2025",
        "Luật số 06/2022/QH15",
        "Nghị quyết số 09- NQ/TW",
        "01/QĐ-HĐTĐKT",
        "1/2",
        "3/4 số phiếu",
        "đạt 12.5 điểm",
        "đến 3/4 số phiếu",
        "tăng 12,5% so với trước",
        "số 05/12/2025/QĐ-UBND",
        "điện thoại 0258.3822.123",
        "theo quy định tại khoản 1 Điều 8",
        "ngày, tháng, năm sinh",
        "trước ngày bầu cử",
        "mỗi người một việc",
        "quỹ thi đua",
        "Việt Nam 2025",
        "ngay sau đó",
        "điều 15 khoản 11",
        "2/3 đại biểu",
        "",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert find_times(text) == ()


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        (
            "trước ngày 15/6 và 15/12 hằng năm",
            [
                ("trước ngày 15/6", "recurrence 15/6 yearly exclusive"),
                ("15/12 hằng năm", "recurrence 15/12 yearly exclusive"),
            ],
        ),
        (
            "trước ngày 15 tháng 6 và ngày 15 tháng 12 hằng năm",
            [
                ("trước ngày 15 tháng 6", "recurrence 15/6 yearly exclusive"),
                ("ngày 15 tháng 12 hằng năm", "recurrence 15/12 yearly exclusive"),
            ],
        ),
        (
            "trước ngày 15/6 và 15/12/2025",
            [
                ("trước ngày 15/6", "deadline ..2025-06-15 exclusive"),
                ("15/12/2025", "deadline ..2025-12-15 exclusive"),
            ],
        ),
        (
            "trước ngày 29/02 và 15/12/2025",  # there is no such day in 2025
            [
                ("trước ngày 29/02", "deadline 29/2 exclusive"),
                ("15/12/2025", "deadline ..2025-12-15 exclusive"),
            ],
        ),
        (
            "trước ngày 15/12 và 15/01/2026",  # of which year the first is, nobody says
            [
                ("trước ngày 15/12", "deadline 15/12 exclusive"),
                ("15/01/2026", "deadline ..2026-01-15 exclusive"),
            ],
        ),
        (
            "trước ngày 15 và 30 hằng tháng",
            [
                ("trước ngày 15", "recurrence 15/ monthly exclusive"),
                ("30 hằng tháng", "recurrence 30/ monthly exclusive"),
            ],
        ),
        (
            "trong tháng 6 và tháng 12 hằng năm",
            [("trong tháng 6", "recurrence /6 yearly"), ("tháng 12 hằng năm", "recurrence /12 yearly")],
        ),
        (
            "báo cáo 6 tháng (trước ngày 10/6) và năm (trước ngày 10/12)",
            [
                ("6 tháng (trước ngày 10/6)", "recurrence 10/6 half-yearly exclusive"),
                ("năm (trước ngày 10/12)", "recurrence 10/12 yearly exclusive"),
            ],
        ),
        (
            "định kỳ hoặc đột xuất",
            [("định kỳ", "unspecified unspecified"), ("đột xuất", "on-request on-request")],
        ),
        (
            "Chỉ thị số 31-CT/TU ngày 14/03/2025, thực hiện trước 05/12/2025",
            [("ngày 14/03/2025", "date ..2025-03-14"), ("trước 05/12/2025", "deadline ..2025-12-05 exclusive")],
        ),
        (
            "theo Nghị quyết số 09-NQ/TW, ngày 28/01/2022 đến năm 2030, tầm nhìn đến năm 2045",
            [
                ("ngày 28/01/2022", "date ..2022-01-28"),
                ("đến năm 2030", "deadline ..2030-12-31"),
                ("đến năm 2045", "deadline ..2045-12-31"),
            ],
        ),
        ("80 năm (02/9/1945 - 02/9/2025)", [("02/9/1945 - 02/9/2025", "period 1945-09-02..2025-09-02")]),
        (
            "trước ngày 01 tháng\n11 hằng năm",
            [("trước ngày 01 tháng\n11 hằng năm", "recurrence 1/11 yearly exclusive")],
        ),
        ("hoàn thành trong tháng\n1. Nội dung", []),
        ("xong trong năm\n\n2025 là số", []),
    ],
)
def test_phrases_in_running_text(text: str, phrases: list[tuple[str, str]]) -> None:
    assert found(text) == phrases


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("11/2025", "period 2025-11-01..2025-11-30"),
        ("Tháng 11/2025.", "period 2025-11-01..2025-11-30"),
        ("2026", "period 2026-01-01..2026-12-31"),
        ("Quý IV", "period /12"),
        ("15/11", "date 15/11"),
        ("2026 - 2030", "period 2026-01-01..2030-12-31"),
        ("Trước ngày 15/11/2025 (bản chính thức)", "deadline ..2025-11-15 exclusive"),
        ("Hoàn thành trước 30/6/2026", "deadline ..2026-06-30 exclusive"),
        ("Thường xuyên", "unspecified unspecified"),
        ("Hằng năm", "recurrence yearly"),
    ],
)
def test_a_cell_of_a_table(cell: str, meaning: str) -> None:
    parsed = parse_time(cell)
    assert parsed is not None
    assert stated(parsed) == meaning


@pytest.mark.parametrize("cell", ["", "Văn phòng Sở", "-", "45", "Báo cáo", "…"])
def test_a_cell_without_a_time(cell: str) -> None:
    assert parse_time(cell) is None


ISSUED = PartialDate(2025, 3, 27)
DRAFT = PartialDate(2024, 9)


@pytest.mark.parametrize(
    ("text", "issued", "begin", "due"),
    [
        ("từ ngày Kế hoạch này ban hành đến ngày 31/12/2025", ISSUED, date(2025, 3, 27), date(2025, 12, 31)),
        ("từ ngày Kế hoạch này ban hành đến ngày 31/12/2025", DRAFT, None, date(2025, 12, 31)),
        ("kể từ ngày ký", ISSUED, date(2025, 3, 27), None),
        ("kể từ ngày ký", None, None, None),
        ("từ nay đến ngày 30/6/2025", ISSUED, date(2025, 3, 27), date(2025, 6, 30)),
        ("trong năm nay", DRAFT, date(2024, 1, 1), date(2024, 12, 31)),
        ("trong năm nay", None, None, None),
        ("trước ngày 15/11", ISSUED, None, None),  # the year of issue is not the year of the deadline
        ("trong tháng 11", ISSUED, None, None),
        ("trong quý I", ISSUED, None, None),
        ("trong thời hạn 10 ngày kể từ ngày ký", ISSUED, None, None),
    ],
)
def test_the_date_of_issue_dates_only_what_names_it(
    text: str, issued: PartialDate | None, begin: date | None, due: date | None
) -> None:
    (phrase,) = find_times(text, issued=issued)
    assert (phrase.begin, phrase.due) == (begin, due)


def test_the_last_day_is_the_day_before_an_exclusive_deadline() -> None:
    (before,) = find_times("trước ngày 01/12/2025")
    (until,) = find_times("chậm nhất ngày 01/12/2025")
    (clock,) = find_times("trước 17 giờ 00 ngày 01/12/2025")
    assert before.last_day == date(2025, 11, 30)
    assert until.last_day == clock.last_day == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trước 05/12/2025", "trước ngày 05/12/2025"),
        ("chậm nhất ngày 05/12/2025", "chậm nhất ngày 05/12/2025"),
        ("trong tháng 11/2025", "từ ngày 01/11/2025 đến hết ngày 30/11/2025"),
        ("ngày 05/12/2025", "ngày 05/12/2025"),
        ("trước ngày 15/11 hằng năm", "hằng năm, trước ngày 15/11"),
        ("chậm nhất ngày 25 hằng tháng", "hằng tháng, chậm nhất ngày 25"),
        ("trong tháng 11 hằng năm", "hằng năm, chậm nhất tháng 11"),
        ("trước ngày 15/11", "trước ngày 15/11, không nêu năm"),
        ("hằng quý", "hằng quý"),
        ("khi có yêu cầu", "khi có yêu cầu"),
        ("từ ngày 01/01/2026", "từ ngày 01/01/2026, không nêu ngày kết thúc"),
        ("vào cuối năm", "không nêu ngày cụ thể"),
        ("theo quy định", "định kỳ, không nêu thời hạn cụ thể"),
    ],
)
def test_what_was_understood_is_said_in_vietnamese(text: str, words: str) -> None:
    (phrase,) = find_times(text)
    assert describe(phrase) == words


def test_every_phrase_of_the_table_can_be_described() -> None:
    for phrase, _ in ROWS:
        assert describe(find_times(phrase)[0])


PIECES = [row[0] for row in ROWS] + [
    "báo cáo", "và", ",", ";", ".", "(", ")", "\n", "\n\n", "31-CT/TU", "Điều 5", "hằng", "năm", "đến", "từ", "ngày",
    "12", "2025", "/", "-", "quý", "trước", "không", "kể từ ngày", "6 tháng", "định kỳ", "|",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.text(max_size=60),
    st.text(alphabet="ngàyđến trước/2025-.,()\n hằg0163IV\u0301\u0300", max_size=60),
)


@given(TEXTS)
def test_phrases_are_slices_of_the_text_that_never_overlap(text: str) -> None:
    phrases = find_times(text, issued=ISSUED)
    for phrase in phrases:
        assert text[phrase.start : phrase.end] == phrase.text
        assert phrase.begin is None or phrase.due is None or phrase.begin <= phrase.due
        assert describe(phrase)
    assert all(one.end <= two.start for one, two in itertools.pairwise(phrases))


@given(TEXTS)
def test_parsing_one_phrase_never_fails(text: str) -> None:
    phrase = parse_time(text)
    assert phrase is None or text[phrase.start : phrase.end] == phrase.text


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_composed_and_decomposed_text_agree(text: str) -> None:
    composed = [stated(phrase) for phrase in find_times(unicodedata.normalize("NFC", text))]
    assert [stated(phrase) for phrase in find_times(unicodedata.normalize("NFD", text))] == composed


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31)), st.sampled_from(["/", "-", "."]))
def test_any_day_of_the_calendar_is_read_back(day: date, mark: str) -> None:
    text = f"chậm nhất ngày {day.day:02d}{mark}{day.month:02d}{mark}{day.year}"
    (phrase,) = find_times(text)
    assert (phrase.text, phrase.due, phrase.kind) == (text, day, TimeKind.DEADLINE)


@pytest.mark.parametrize(("phrase", "meaning"), [row for row in ROWS if "recurrence" in row[1]])
def test_what_recurs_has_a_rhythm_and_no_date(phrase: str, meaning: str) -> None:
    parsed = parse_time(phrase)
    assert parsed is not None
    assert parsed.recurrence in Recurrence
    assert parsed.due is None
