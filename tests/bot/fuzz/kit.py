"""What no platform should send and some will: hostile texts, JSON with anything anywhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

HOSTILE = (
    "<b>&lt;</b><script>alert(1)</script>",
    "\u202eab\u202c\u2066x",
    "\u200b\u200d\u2060\ufeff",
    "đ" * 50_000,  # 100 kB
    "x" * 100_000,
    "a\x00b\x1b[31m\x07\x7f\x85",
    "\ud800",
    "chữ\udfffgiữa",
    "👍🏽👨‍👩‍👧‍👦" * 40,
    "“”" * 300,
    "'; DROP TABLE inbox; --",
    "%s {0} ${x} {{7*7}}",
    "ộ" * 30 + "o\u0302\u0323" * 30,
    "0" * 400,
    "１２３ ٣٤",
    "/",
    "/@tdkt_bot",
    "@Bot Trợ lý TĐKT",
    "/lienket " + "B" * 300,
    "99999999999999999999/13/2025",
    "\n\n\n",
)
COMMANDS = ("/baocao", "/giup", "/moi", "/hoi", "1", "nộp", "sửa câu 99999999999", "quay lại", "hủy", "xem lại")
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(COMMANDS),
    st.text(max_size=40),
    st.text(st.characters(categories=("Cs", "Cc", "Cf", "Mn", "So", "Lo")), max_size=30),
)


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    value: Any = 0
    for _ in range(depth):
        value = [value]
    return value


# What decoders of JSON let through: NaN, numbers of any length, halves of characters, any depth they can take.
ANYTHING = st.one_of(
    st.sampled_from((float("nan"), float("inf"), -1, 2**63, 10**400, 1e308, nested(300), {"": {"": {}}}, [[]] * 50)),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=6,
    ),
)
# A few examples each: the tests run with every other, and hypothesis keeps what failed once.
FEW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def spoiled(value: Any, draw: Callable[[Any], Any]) -> Any:
    """A JSON value with one place changed, dropped, emptied or put into a list."""
    if not isinstance(value, dict | list) or not value:
        return draw(ANYTHING)
    if isinstance(value, list):
        at = draw(st.integers(0, len(value) - 1))
        return [spoiled(item, draw) if index == at else item for index, item in enumerate(value)]
    key = draw(st.sampled_from(sorted(value)))
    match draw(st.sampled_from(("in", "in", "in", "drop", "replace", "wrap"))):
        case "drop":
            return {name: item for name, item in value.items() if name != key}
        case "replace":
            return value | {key: draw(ANYTHING)}
        case "wrap":
            return value | {key: [value[key]]}
    return value | {key: spoiled(value[key], draw)}
