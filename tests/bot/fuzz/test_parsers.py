"""No update makes a parser raise, and whatever it makes of one can be kept and read again."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.codec import dumps, loads
from bot.domain.messages import Incoming
from tests.bot.fuzz import telegram, zalo
from tests.bot.fuzz.kit import spoiled
from tests.bot.fuzz.office import Platform
from tests.bot.library import NOW


@pytest.mark.parametrize("platform", [telegram.PLATFORM, zalo.PLATFORM], ids=["telegram", "zalo"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_an_update_with_anything_anywhere_never_raises(platform: Platform, data: st.DataObject) -> None:
    raw = data.draw(st.sampled_from(platform.kinds("1001")))
    for _ in range(data.draw(st.integers(1, 3))):
        raw = spoiled(raw, data.draw)
    got = platform.read(raw, NOW)
    assert 0 < len(got.update_id) <= 128
    json.loads(got.raw)
    if got.incoming is not None:
        assert loads(Incoming, dumps(got.incoming).encode().decode()) == got.incoming
