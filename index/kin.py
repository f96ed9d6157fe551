"""Which documents of an index can say something of each other, so that one more of them is not compared with all.

Two documents are kin when one replaces or amends what the other is called, or when their texts may be nearly the same
(a band of min-hashes in common, see knowledge.related). Findings between documents (knowledge.findings.across) are
made within a family, the documents linked by kinship; a document that comes or goes touches only the families it
links to.

Knows nothing of files and snapshots.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from knowledge.citations import law_name
from knowledge.document import Document, Finding
from knowledge.findings import across
from knowledge.related import BANDS, ROWS, shingles
from knowledge.relations import Role, roles
from knowledge.symbols import symbol_key
from knowledge.text import fold

_WORD = re.compile(r"\w+")
_LAWS = ("luật", "bộ luật", "pháp lệnh")
_SCATTER = np.uint64(0x9E3779B97F4A7C15)
_SALTS = np.random.default_rng(30_2020).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Kin:
    """What links one document to others."""

    names: tuple[str, ...] = ()  # what others call it by: symbol, name of a law
    changes: tuple[str, ...] = ()  # what it replaces or amends, by the same names
    bands: tuple[int, ...] = ()  # min-hashes of its text; nearly the same texts share one

    def links(self) -> set[tuple[str, str | int]]:
        """Return everything it could share with another document."""
        named = {("name", name) for name in (*self.names, *self.changes)}
        return named | {(f"band {number}", value) for number, value in enumerate(self.bands)}


def kin_of(document: Document) -> Kin:
    """Return what links `document` to others."""
    header = document.header
    names = [symbol_key(header.symbol)] if header.symbol else []
    if header.kind in _LAWS and header.subject:
        names.append(_name_of_law(header.subject))
    changes = []
    for reference, role in zip(document.references, roles(document), strict=True):
        if role in (Role.REPLACES, Role.AMENDS):
            law = law_name(document.text[reference.start : reference.end])
            changes.append(symbol_key(reference.symbol) if reference.symbol else law)
    kept = dict.fromkeys(name for name in changes if name)
    return Kin(tuple(dict.fromkeys(names)), tuple(kept), _bands(document))


def _name_of_law(subject: str) -> str:
    return " ".join(_WORD.findall(fold(subject)))


def _bands(document: Document) -> tuple[int, ...]:
    # Numbers that are the same in every run: the hashes are kept and compared with those of later documents.
    numbers = {word: _number(word) for word in _WORD.findall(document.text.lower())}
    runs = shingles(document, numbers)
    if not len(runs):
        return ()
    smallest = np.array([((runs ^ salt) * _SCATTER).min() for salt in _SALTS], np.uint64)
    parts = smallest.reshape(BANDS, ROWS)
    return tuple(int.from_bytes(hashlib.blake2b(part.tobytes(), digest_size=8).digest(), "big") for part in parts)


@lru_cache(maxsize=65536)
def _number(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def dumps(kin: Kin) -> bytes:
    """Return `kin` as compact JSON."""
    return json.dumps([kin.names, kin.changes, kin.bands], ensure_ascii=False).encode("utf-8", "surrogatepass")


def loads(record: bytes) -> Kin:
    """Return what `dumps` wrote."""
    names, changes, bands = json.loads(record)
    return Kin(tuple(names), tuple(changes), tuple(bands))


def findings_between(
    kins: Sequence[Kin],
    keys: Sequence[str],
    load: Callable[[int], Document],
    before: Mapping[str, tuple[Finding, ...]],
    touched: Iterable[Kin],
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings that documents cause on each other, by key; documents without any are left out.

    `kins` and `keys` are of all documents, `load` returns one by its position. `before` holds where nothing is linked
    to the documents that were `touched`: those that came, changed or went, with what linked them before and after.
    """
    stirred = {link for kin in touched for link in kin.links()}
    found: dict[str, tuple[Finding, ...]] = {}
    for family in _families(kins):
        if any(not stirred.isdisjoint(kins[position].links()) for position in family):
            causes = across([load(position) for position in family])
            found.update({keys[family[member]]: findings for member, findings in causes.items()})
        else:
            found.update({keys[position]: before[keys[position]] for position in family if keys[position] in before})
    return found


def _families(kins: Sequence[Kin]) -> list[list[int]]:
    """Return the positions of documents linked by kinship, directly or through others; loners are left out."""
    sharing: dict[tuple[str, str | int], list[int]] = defaultdict(list)
    changed: set[tuple[str, str | int]] = set()
    for position, kin in enumerate(kins):
        if kin.names or kin.changes or kin.bands:
            for link in kin.links():
                sharing[link].append(position)
            changed.update(("name", name) for name in kin.changes)
    shared = {link: positions for link, positions in sharing.items() if len(positions) > 1}
    parents = {position: position for positions in shared.values() for position in positions}
    for link, positions in shared.items():
        if link[0] != "name" or link in changed:  # two documents of one symbol that nobody changes are no kin
            for position in positions[1:]:
                parents[_root(parents, position)] = _root(parents, positions[0])
    families: dict[int, list[int]] = defaultdict(list)
    for position in sorted(parents):
        families[_root(parents, position)].append(position)
    return [family for family in families.values() if len(family) > 1]


def _root(parents: dict[int, int], position: int) -> int:
    while parents[position] != position:
        parents[position] = parents[parents[position]]
        position = parents[position]
    return position
