"""Answering takes one processor, not two of which one spins."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

# What the library says of itself, for the environment variable does nothing once numpy is there.
_ASK = """
import retrieval.answer, threadpoolctl
print({each["num_threads"] for each in threadpoolctl.threadpool_info() if "numpy" in each["filepath"]})
"""


@pytest.mark.parametrize(("given", "threads"), [(None, 1), ("2", min(2, len(os.sched_getaffinity(0))))])
def test_matrices_are_multiplied_by_one_thread_unless_asked_otherwise(given: str | None, threads: int) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    environment |= {"OPENBLAS_NUM_THREADS": given} if given else {}
    told = subprocess.run([sys.executable, "-c", _ASK], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == f"{{{threads}}}"
