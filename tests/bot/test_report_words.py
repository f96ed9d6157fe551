"""Words that steer, and lines that ask."""

from __future__ import annotations

import pytest

from bot.dialogues.report import questions
from bot.dialogues.report.words import Move, Word, read


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("bỏ qua", Word(Move.SKIP)),
        ("Bo qua nhé", Word(Move.SKIP)),
        ("boqua", Word(Move.SKIP)),
        ("cho em bỏ qua ạ", Word(Move.SKIP)),
        ("quay lại", Word(Move.BACK)),
        ("QUAYLAI!", Word(Move.BACK)),
        ("sua cau 3", Word(Move.EDIT, 3)),
        ("sửa câu số 12", Word(Move.EDIT, 12)),
        ("sửa câu ba", Word(Move.EDIT, 3)),
        ("suacau3", Word(Move.EDIT, 3)),
        ("sửa 3", Word(Move.EDIT, 3)),
        ("Sửa câu 3 thành Phòng Đất đai", Word(Move.EDIT, 3, "Phòng Đất đai")),
        ("sua cau 3: 15/11", Word(Move.EDIT, 3, "15/11")),
        ("sửa", Word(Move.EDIT)),
        ("xem lại", Word(Move.REVIEW)),
        ("xem câu 5", Word(Move.SHOW, 5)),
        ("để sau", Word(Move.LATER)),
        ("de sau nha", Word(Move.LATER)),
        ("hủy", Word(Move.CANCEL)),
        ("huỷ", Word(Move.CANCEL)),
        ("nộp luôn", Word(Move.SUBMIT)),
        ("xong rồi", Word(Move.DONE)),
        ("QUAY TRỞ LẠI", Word(Move.BACK)),
        ("Sua Cau Thu 3", Word(Move.EDIT, 3)),
        ("câu 3", Word(Move.EDIT, 3)),
        ("câu 3: 12", None),
        ("để mai", Word(Move.LATER)),
        ("DE SAU", Word(Move.LATER)),
        ("Huỷ Bỏ", Word(Move.CANCEL)),
        ("XEM LAI", Word(Move.REVIEW)),
        ("không trả lời", Word(Move.SKIP)),
        ("ok nộp", Word(Move.SUBMIT)),
        ("Không", None),
        ("12", None),
        ("Đề nghị quay lại hình thức khen cũ", None),
        ("sửa đường", None),
        ("", None),
        ("🎉", None),
        ("bỏ qua " * 50, None),
    ],
)
def test_words_that_steer(typed: str, word: Word | None) -> None:
    assert read(typed) == word


@pytest.mark.parametrize("typed", ["tiêu chí cá nhân là gì?", "tieu chi 3 la gi", "hạn nộp là khi nào", "gửi cho ai?"])
def test_questions_where_a_number_is_asked(typed: str) -> None:
    assert questions.reads_like_question(typed)


@pytest.mark.parametrize(
    "typed", ["mười hai", "12?", "12 sáng kiến", "chưa có sáng kiến nào", "không có gì", "nhiều", "🎉?"]
)
def test_no_questions(typed: str) -> None:
    assert not questions.must_be_question(typed)
    assert not questions.reads_like_question(typed)


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("Tiêu chí cá nhân là gì?", True),
        ("phần này có bắt buộc không?", True),
        ("Vì sao chậm: thiếu người.", False),
        ("Không có gì vướng mắc", False),
        ("Đề nghị hướng dẫn rõ ai ký, gửi cho ai", False),
        ("Thiếu máy quét.\nKhi nào được cấp?", False),
    ],
)
def test_in_free_text_only_clear_questions_ask(typed: str, asks: bool) -> None:
    assert questions.clearly_asks(typed) is asks
