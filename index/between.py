"""What the documents of a version say of each other: replaced, amended, nearly the same. One small file of findings.

Kept beside the segments, since a document that comes changes what is found on documents that stay.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from knowledge import codec
from knowledge.document import Finding

_FILE = "between.json"


def write_between(folder: Path, found: Mapping[str, tuple[Finding, ...]]) -> None:
    """Write the findings on each document, by its key."""
    plain = {key: [codec.encode(finding) for finding in findings] for key, findings in found.items()}
    (folder / _FILE).write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")


def read_between(folder: Path) -> dict[str, tuple[Finding, ...]]:
    """Return what `write_between` wrote. Raises OSError or ValueError when it is damaged."""
    plain = json.loads((folder / _FILE).read_bytes())
    return {key: tuple(codec.decode(Finding, finding) for finding in found) for key, found in plain.items()}
