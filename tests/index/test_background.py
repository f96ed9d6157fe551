"""Official texts at large: found by nearness, kept out where questions are held out, beside the shipped model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.background import FILE, Background
from index.encoder import SHIPPED, BackedEncoder, StaticEncoder, load_encoder
from index.errors import UnusableModel
from index.training.background import write_background
from index.training.corpora import Source
from tests.index.doubles import HashingEncoder

TEXTS = {
    "leave": "người lao động nghỉ thai sản được hưởng chế độ bảo hiểm xã hội",
    "tax": "mức thuế môn bài của hộ kinh doanh cá thể",
    "trees": "trồng cây xanh trong khuôn viên cơ quan",
}


def sources() -> list[Source]:
    return [Source(f"{law}+1", law, "", "", text, False) for law, text in TEXTS.items()]


def test_what_is_written_about_a_matter_comes_near_to_it(tmp_path: Path) -> None:
    encoder = HashingEncoder(dimension=256)
    assert write_background(encoder, sources(), lambda law: law == "trees", tmp_path, seed=1) == 2
    background = Background(tmp_path / FILE)
    asked, unheard = encoder.encode_queries(["nghỉ thai sản được hưởng chế độ gì", "trồng cây xanh ở cơ quan"])
    assert len(background) == 2
    assert background.around(asked).cosine > 3 * abs(background.around(unheard).cosine)
    middle = background.around(asked).middle
    leave, tax, _ = encoder.encode_passages([*TEXTS.values()])
    assert middle @ leave > middle @ tax


def test_an_empty_background_says_nothing(tmp_path: Path) -> None:
    write_background(HashingEncoder(), sources(), lambda law: True, tmp_path, seed=1)
    around = Background(tmp_path / FILE).around(HashingEncoder().encode_queries(["thuế"])[0])
    assert around.cosine == 0 and not around.middle.any()


def test_the_shipped_model_brings_one_and_others_need_none(tmp_path: Path) -> None:
    shipped = load_encoder()
    assert isinstance(shipped, BackedEncoder) and shipped.background is not None
    near, far = shipped.encode_queries(["điều kiện hưởng chế độ thai sản", "phim này ai đóng vai chính"])
    assert shipped.background.around(near).cosine > shipped.background.around(far).cosine + 0.1
    for name in ("tokenizer.json", "model.safetensors"):
        (tmp_path / name).symlink_to(SHIPPED / name)
    assert StaticEncoder(tmp_path).background is None


def test_damage_is_told(tmp_path: Path) -> None:
    for name in ("tokenizer.json", "model.safetensors"):
        (tmp_path / name).symlink_to(SHIPPED / name)
    (tmp_path / FILE).write_bytes(b"no vectors")
    with pytest.raises(UnusableModel, match="bị hỏng"):
        _ = StaticEncoder(tmp_path).background


def test_rows_are_of_unit_length(tmp_path: Path) -> None:
    shipped = load_encoder()
    assert isinstance(shipped, BackedEncoder) and shipped.background is not None
    assert len(shipped.background) == 16_000
    around = shipped.background.around(shipped.encode_queries(["thi đua khen thưởng"])[0])
    assert 0.3 < around.cosine <= 1.01 and 0.3 < np.linalg.norm(around.middle) <= 1.01
