"""Straight lines in a picture: the rules of a table on a scan.

Array in, boxes out; knows nothing of recognition.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from knowledge.readers.grid import Box

_DARK = 140  # of 255: darker is ink
_SHORTEST = 0.03  # of the shorter side of the page: longer than any stroke of a letter (6 mm on A4)
_MOST = 20_000  # a photograph is all lines


def find_rules(image: Image.Image) -> list[Box]:
    """Return the horizontal and vertical runs of ink as (left, top, right, bottom) in pixels, one for each pixel row.

    Runs of a slightly slanting line come out in steps; whoever joins them must allow for that.
    """
    ink = np.asarray(image.convert("L")) < _DARK
    shortest = max(20, int(_SHORTEST * min(ink.shape)))
    across = [(a, y, b, y) for y, a, b in _runs(ink, shortest)]
    down = [(x, a, x, b) for x, a, b in _runs(ink.T, shortest)]
    return [] if len(across) + len(down) > _MOST else [*across, *down]


def without(image: Image.Image, rules: list[Box]) -> Image.Image:
    """Return `image` with `rules` painted over."""
    clean = image.convert("L")
    draw = ImageDraw.Draw(clean)
    for left, top, right, bottom in rules:
        aside = (0, 1) if right - left > bottom - top else (1, 0)
        draw.rectangle((left - aside[0], top - aside[1], right + aside[0], bottom + aside[1]), fill=255)
    return clean


def _runs(ink: NDArray[np.bool_], shortest: int) -> list[tuple[float, float, float]]:
    """Return (row, first, last) of the runs of at least `shortest` true values along axis 1; some gaps are let pass."""
    thick = ink.copy()  # a thin line that slants or breaks off has its ink in the next row
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    total = np.cumsum(thick, axis=1, dtype=np.int32)
    if total.shape[1] <= shortest:
        return []
    # Where a window of `shortest` pixels is (nearly) all ink.
    full = (total[:, shortest:] - total[:, :-shortest]) >= int(0.95 * shortest)
    padded = np.zeros((full.shape[0], full.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = full
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    return [(float(y), float(a), float(b + shortest)) for y, a, b in zip(rows, starts, ends, strict=True)]
