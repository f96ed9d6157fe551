"""What this process has done since it started, counted for monitoring: no texts, no names. Thread-safe."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter

BOUNDS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)  # seconds, upper ends of the buckets; one more holds the rest


class Meters:
    """Counters of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._steps: Counter[tuple[str, str]] = Counter()  # by channel and outcome
        self._buckets = [0] * (len(BOUNDS) + 1)
        self._seconds = 0.0

    def stepped(self, channel: str, outcome: str, seconds: float) -> None:
        """Count one step: `outcome` is "answered", "refused" (the documents do not say), "other" or "failed"."""
        with self._lock:
            self._steps[channel, outcome] += 1
            self._buckets[bisect_left(BOUNDS, seconds)] += 1
            self._seconds += seconds

    def lines(self) -> list[str]:
        """Return the counters in the text format of Prometheus."""
        with self._lock:
            steps, buckets, seconds = dict(self._steps), list(self._buckets), self._seconds
        told = ["# HELP tdkt_steps_total Messages decided.", "# TYPE tdkt_steps_total counter"]
        for (channel, outcome), count in sorted(steps.items()):
            told.append(f'tdkt_steps_total{{channel="{channel}",outcome="{outcome}"}} {count}')
        told += [
            "# HELP tdkt_step_seconds Time to decide one message.",
            "# TYPE tdkt_step_seconds histogram",
        ]
        total = 0
        for bound, count in zip((*map(str, BOUNDS), "+Inf"), buckets, strict=True):
            total += count
            told.append(f'tdkt_step_seconds_bucket{{le="{bound}"}} {total}')
        return [*told, f"tdkt_step_seconds_sum {seconds:.6f}", f"tdkt_step_seconds_count {total}"]
