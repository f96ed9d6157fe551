"""The shipped encoder, and what happens when another one is asked for."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import threading
import unicodedata
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import SHIPPED, SentenceTransformerEncoder, StaticEncoder, load_encoder, token_means, unit_rows
from index.errors import UnusableModel
from knowledge.text import fold

TEXTS = [
    "Kế hoạch phát động phong trào thi đua năm 2025",
    "Các đơn vị gửi báo cáo kết quả về Văn phòng Sở trước ngày 05/12/2025.",
    "Quỹ thi đua, khen thưởng được trích từ ngân sách nhà nước",
    "Tàu thuyền vào cảng phải có giấy phép của cảng vụ",
]


@pytest.fixture(scope="module")
def shipped() -> StaticEncoder:
    return StaticEncoder(SHIPPED)


def test_rows_are_unit_vectors_of_the_declared_width(shipped: StaticEncoder) -> None:
    for rows in (shipped.encode_queries(TEXTS), shipped.encode_passages(TEXTS)):
        assert rows.dtype == np.float32
        assert rows.shape == (len(TEXTS), shipped.dimension)
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("blank", ["", "   ", "…!?", "\u200b", "☃☃☃"])
def test_a_text_without_a_known_word_is_a_row_of_zeros(shipped: StaticEncoder, blank: str) -> None:
    rows = shipped.encode_queries([TEXTS[0], blank, TEXTS[1]])
    assert not rows[1].any()
    np.testing.assert_allclose(np.linalg.norm(rows[[0, 2]], axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(shipped: StaticEncoder) -> None:
    assert shipped.encode_passages([]).shape == (0, shipped.dimension)


def test_case_punctuation_unicode_form_and_tone_placement_make_no_difference(shipped: StaticEncoder) -> None:
    spelt = ["Hòa giải, thủy lợi: ủy ban xã", "hoà giải thuỷ lợi uỷ ban xã", "HÒA GIẢI – THỦY LỢI; ỦY BAN XÃ"]
    spelt += [unicodedata.normalize("NFD", text) for text in spelt]
    rows = shipped.encode_queries(spelt)
    np.testing.assert_array_equal(rows, np.repeat(rows[:1], len(spelt), axis=0))


def test_a_row_depends_on_its_own_text_only(shipped: StaticEncoder) -> None:
    many = [f"{TEXTS[number % 4]} {number}" for number in range(600)]  # more than one batch
    together = shipped.encode_passages(many)
    alone = np.concatenate([shipped.encode_passages([text]) for text in many[::97]])
    np.testing.assert_allclose(together[::97], alone, atol=1e-6)
    np.testing.assert_array_equal(together, shipped.encode_passages(many))


def test_questions_find_the_passage_of_their_matter_typed_either_way(shipped: StaticEncoder) -> None:
    asked = ["hạn nộp báo cáo là khi nào", "tiền khen thưởng lấy từ đâu", "tàu muốn vào cảng cần giấy tờ gì"]
    passages = shipped.encode_passages(TEXTS)
    for typed in (asked, [fold(text) for text in asked]):
        assert (shipped.encode_queries(typed) @ passages.T).argmax(axis=1).tolist() == [1, 2, 3]


def test_without_diacritics_a_text_stays_near_itself(shipped: StaticEncoder) -> None:
    typed = shipped.encode_queries([fold(text) for text in TEXTS])
    assert ((typed * shipped.encode_queries(TEXTS)).sum(axis=1) > 0.6).all()


@given(st.lists(st.text(max_size=40), max_size=6))
@settings(max_examples=50, deadline=None)
def test_any_text_gives_a_unit_row_or_zeros(texts: list[str]) -> None:
    rows = _encoder().encode_queries(texts)
    lengths = np.linalg.norm(rows, axis=1)
    assert np.isfinite(rows).all()
    assert ((np.abs(lengths - 1) < 1e-4) | (lengths == 0)).all()


@given(st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=6))
def test_token_means_agree_with_the_plain_loop(tokens: list[list[int]]) -> None:
    vectors = np.arange(15, dtype=np.float32).reshape(5, 3)
    plain = [vectors[ids].mean(axis=0) if ids else np.zeros(3) for ids in tokens]
    flat = np.array([token for ids in tokens for token in ids], np.int64)
    sizes = np.array([len(ids) for ids in tokens], np.int64)
    np.testing.assert_allclose(token_means(vectors, flat, sizes), np.array(plain).reshape(-1, 3), atol=1e-5)


def test_unit_rows_keeps_rows_without_a_direction_at_zero() -> None:
    rows = unit_rows(np.array([[3, 4], [0, 0], [np.nan, 1], [np.inf, 1]], dtype=np.float16))
    np.testing.assert_allclose(rows, [[0.6, 0.8], [0, 0], [0, 0], [0, 0]], atol=1e-6)


def test_the_shipped_model_is_read_without_torch() -> None:
    code = (
        "import sys; from index.encoder import load_encoder; load_encoder().encode_queries(['thi đua']);"
        "print([name for name in ('torch', 'sentence_transformers', 'transformers', 'faiss') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_sentence_transformers_reads_the_same_folder_and_gives_the_same_vectors(shipped: StaticEncoder) -> None:
    other = SentenceTransformerEncoder(str(SHIPPED))
    np.testing.assert_allclose(other.encode_queries(TEXTS), shipped.encode_queries(TEXTS), atol=5e-3)
    np.testing.assert_allclose(other.encode_passages(TEXTS), shipped.encode_passages(TEXTS), atol=5e-3)
    assert not other.encode_queries([""]).any()
    assert other.dimension == shipped.dimension
    assert other.encode_queries([]).shape == (0, other.dimension)


def test_the_name_tells_other_weights_apart(shipped: StaticEncoder, tmp_path: Path) -> None:
    for file in ("tokenizer.json", "model.safetensors", "modules.json"):
        (tmp_path / file).write_bytes((SHIPPED / file).read_bytes())
    tokenizer = json.loads((tmp_path / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"][1][1] = -11.0
    (tmp_path / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    other = load_encoder(str(tmp_path))
    assert isinstance(other, StaticEncoder)  # a static folder of one's own needs no torch either
    assert other.name != shipped.name
    assert load_encoder(None).name == load_encoder("").name == shipped.name == load_encoder(str(SHIPPED)).name


def test_the_shipped_folder_stays_small() -> None:
    assert sum(path.stat().st_size for path in SHIPPED.rglob("*")) < 40 * 2**20
    assert (SHIPPED / "README.md").is_file()


@pytest.mark.parametrize("name", ["/khong/co/thu-muc", "tên có dấu cách", "../len/tren"])
def test_what_is_neither_a_folder_nor_a_name_is_refused(name: str) -> None:
    with pytest.raises(UnusableModel, match=r"TDKT_MODEL=.*không phải tên mô hình"):
        load_encoder(name)


def test_an_unknown_name_without_network_fails_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody listens on the discard port
    with pytest.raises(UnusableModel, match="không kết nối được"):
        load_encoder("don-vi/mo-hinh-khong-co")


def test_a_hub_that_does_not_have_the_model_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Hub(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *values: object) -> None:
            """Keep the test's output quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(UnusableModel, match=r"Không có mô hình 'mo-hinh-la'.*404"):
            load_encoder("mo-hinh-la")
        server.shutdown()
    assert asked == ["/api/models/sentence-transformers/mo-hinh-la"]


def test_offline_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UnusableModel, match="HF_HUB_OFFLINE"):
        load_encoder("don-vi/mo-hinh-khong-co")


def test_a_model_downloaded_before_is_read_from_the_cache_with_its_revision(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shipped: StaticEncoder
) -> None:
    stored = tmp_path / "models--don-vi--tinh"
    shutil.copytree(SHIPPED, stored / "snapshots" / ("ab" * 20))
    (stored / "refs").mkdir()
    (stored / "refs" / "main").write_text("ab" * 20, encoding="ascii")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    encoder = load_encoder("don-vi/tinh")
    assert encoder.name == "don-vi/tinh-abababababab"
    np.testing.assert_allclose(encoder.encode_passages(TEXTS), shipped.encode_passages(TEXTS), atol=5e-3)


def test_a_broken_folder_is_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(UnusableModel, match="Không nạp được mô hình") as told:
        load_encoder(str(tmp_path))
    assert "\n" not in str(told.value)
    (tmp_path / "tokenizer.json").write_text("{", encoding="utf-8")
    with pytest.raises(UnusableModel, match="Không đọc được mô hình"):
        StaticEncoder(tmp_path)


def _encoder() -> StaticEncoder:
    """One encoder for all examples of a property: hypothesis does not take function fixtures."""
    if not _KEPT:
        _KEPT.append(StaticEncoder(SHIPPED))
    return _KEPT[0]


_KEPT: list[StaticEncoder] = []
