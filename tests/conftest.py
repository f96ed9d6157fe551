"""What every test may use: the customer's documents, where the checkout has them beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.build import update
from index.snapshot import Snapshot, SnapshotStore

SAMPLES = Path(__file__).resolve().parents[1] / "knowledge" / "samples"
SHARED = Path(__file__).resolve().parents[2] / "shared"


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"../shared/{name} is not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five real documents; skips, saying so, where it is absent."""
    return _shared("seeds")


@pytest.fixture(scope="session")
def dev_questions() -> Path:
    """The staff questions over the seeds; skips, saying so, where they are absent."""
    return _shared("questions") / "dev.jsonl"


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of official corpora; skips, saying so, where it is absent."""
    return _shared("corpora")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """The shipped sample documents, really read, analysed and indexed with the shipped model."""
    home = tmp_path_factory.mktemp("samples-home")
    update(home, [SAMPLES])
    snapshot = SnapshotStore(home).current()
    assert snapshot is not None
    return snapshot
