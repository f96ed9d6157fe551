"""The office that tests of the admin pages start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.admin.kit import Pages, office


@pytest.fixture
def pages(tmp_path: Path, database: str) -> Iterator[Pages]:
    """Eight units, three rounds, everybody linked with the web chat."""
    made = office(tmp_path, database=database)
    yield made
    made.site.service.engine.dispose()
