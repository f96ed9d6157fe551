from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.encodings import decode, from_font, repair
from knowledge.errors import UnreadableFile
from knowledge.syllable import is_syllable
from knowledge.text import normalise
from tests.knowledge.legacy import tcvn3, vni, windows_1258

TEXT = (
    "Kế hoạch tổ chức phong trào thi đua năm 2003\n\nCác phòng, đơn vị trực thuộc Sở gửi báo cáo trước ngày 30/6;"
    " những nơi thực hiện tốt được xét khen thưởng. Sở Nội vụ hướng dẫn kỹ từng bước, giữ đúng quy định về hồ sơ,"
    " chữ ký, con dấu; nghiêm khắc với việc khai khống, tự ý sửa số liệu.\n"
)
# Every toned letter there is, in syllables.
LETTERS = " ".join("b" + letter for letter in "àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode("utf-8"),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
        lambda text: text.encode("utf-32"),
        lambda text: unicodedata.normalize("NFD", text).encode("utf-8"),
        lambda text: text.encode("utf-8").decode("latin-1").encode("utf-8"),  # a broken converter
        lambda text: tcvn3(text).decode("latin-1").encode("utf-8"),  # pasted from an old file into a new one
        tcvn3,
        vni,
        windows_1258,
    ],
    ids="utf8 sig utf16 utf16-be utf16-le-bare utf16-be-bare utf32 nfd double tcvn3-as-utf8 tcvn3 vni cp1258".split(),
)
def test_every_encoding_gives_the_same_text(encode) -> None:  # noqa: ANN001 - a lambda
    assert normalise(decode(encode(TEXT))) == TEXT


def test_every_letter_of_the_legacy_tables() -> None:
    assert decode(tcvn3(LETTERS)) == LETTERS
    assert decode(vni(LETTERS)) == LETTERS
    assert normalise(decode(windows_1258(LETTERS))) == LETTERS


def test_the_soft_hyphen_of_tcvn3_is_a_letter() -> None:
    data = tcvn3("Các phường lưu trữ đủ hồ sơ khen thưởng.")
    assert b"\xad" in data
    assert decode(data) == "Các phường lưu trữ đủ hồ sơ khen thưởng."


def test_capitals_that_tcvn3_has_no_code_for_come_back_as_capitals() -> None:
    heading = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert decode(tcvn3(f"{heading}\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/KH-SNV\n{TEXT}")).split("\n")[:3] == [
        heading,
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/KH-SNV",
    ]
    assert decode(vni(heading)) == heading


def test_windows_quotes_and_dashes_survive_in_legacy_text() -> None:
    assert (
        decode(b"\x93" + tcvn3("Gần dân, đúng hẹn") + b"\x94 \x96 " + tcvn3("phong trào"))
        == "“Gần dân, đúng hẹn” – phong trào"
    )


def test_a_document_typed_in_two_encodings_is_repaired_line_by_line() -> None:
    mixed = "Kế hoạch năm 2026 của Sở\n" + tcvn3("Phụ lục kèm theo kế hoạch").decode("latin-1")
    assert repair(mixed) == "Kế hoạch năm 2026 của Sở\nPhụ lục kèm theo kế hoạch"


@pytest.mark.parametrize(
    "text", ["", "plain ASCII text\n", "Café Zürich", "Kế hoạch", "Đắk Lắk, Krông Pắc", "±5 °C, 30 µg/m³"]
)
def test_what_is_right_already_is_left_alone(text: str) -> None:
    assert decode(text.encode()) == text
    assert repair(text) == text


def test_fonts_tell_the_encoding_of_a_run() -> None:
    assert from_font(tcvn3("cộng hòa").decode("latin-1"), ".VnTimeH") == "CỘNG HÒA"
    assert from_font(tcvn3("cộng hòa").decode("latin-1"), ".VnTime") == "cộng hòa"
    assert from_font(vni("Cộng hòa").decode("latin-1"), "VNI-Times") == "Cộng hòa"
    assert from_font("Cộng hòa", ".VnTime") == "Cộng hòa"  # typed in Unicode, shown in an old font
    assert from_font("Café", "Arial") == "Café"


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"\x00" * 100, b"\xff\xd9\x00\x10" * 50, b"caf\xe9 tr\xe8s na\xefve \xe0 l\xe0"]
)
def test_what_is_no_vietnamese_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"bảng mã|nhị phân"):
        decode(data)


def test_a_lying_byte_order_mark_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="bảng mã"):
        decode(b"\xff\xfe" + b"abc")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff")))
def test_unicode_text_of_syllables_comes_back_as_it_is(text: str) -> None:
    if all(is_syllable(word) or word.isascii() for word in text.split()):
        assert decode(text.encode("utf-8")) == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except UnreadableFile as error:
        assert str(error)


@pytest.mark.parametrize(
    "word", "nghiêng khuỷu quốc giữ gìn thuở uỷ quyền yêu xoong ngoằn Đắk NGUYỄN tuya hươu oẳn".split()
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", "Tr­êng ho¹ch thgc hi6n KH SNV fanpage thuongwr ngudi §iÒu 2026 bb".split())
def test_not_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("bullet", ["·", "•", "-"])
def test_text_that_is_right_stays_though_it_has_bullets_and_odd_words(bullet: str) -> None:
    """A bullet is "ã" in TCVN3, "phí" would be "phớ": words as good, where "Đăk" and "Ẽo" are none."""
    lines = ("Kinh phí khoảng 31 triệu đồng/đề tài.", "Giá áo: Đăk Glei, Ẽo Pài, xem phụ lục.", "Có mái tôn.")
    text = "\n".join(f"{bullet} {line}" for line in lines)
    assert decode(text.encode()) == text
