"""Findings between documents: what replaces or amends what, and what is almost the same text.

Near-duplicates are found as Broder did (On the resemblance and containment of documents, 1997): a document is the set
of its runs of five syllables ("shingles"), two documents are as alike as the Jaccard index of their sets,

    J(A, B) = |A ∩ B| / |A ∪ B|,

min-hashes find the candidates (bands of rows, after Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, ch. 3),
and each candidate pair is then measured exactly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from knowledge.document import Document, Finding, FindingKind, SectionKind
from knowledge.relations import Role, graph
from knowledge.wording import titled

SHINGLE = 5  # syllables
ALIKE = 0.8  # Jaccard index from which two documents are near-duplicates
BANDS, ROWS = 20, 4  # a pair at J = 0.8 is a candidate with probability 1 - (1 - 0.8⁴)²⁰ > 0.999
_SEED = 20250605

_Hashes = npt.NDArray[np.uint64]


def across(documents: Sequence[Document]) -> dict[int, tuple[Finding, ...]]:
    """Return, by position, the findings that other `documents` cause; positions without any are left out."""
    found: dict[int, list[Finding]] = defaultdict(list)
    for position, finding in [*_changed(documents), *_near_duplicates(documents)]:
        if finding not in found[position]:
            found[position].append(finding)
    return {position: tuple(findings) for position, findings in sorted(found.items())}


_WHAT = {
    Role.REPLACES: (FindingKind.REPLACED, "được thay thế, bãi bỏ bởi"),
    Role.AMENDS: (FindingKind.AMENDED, "được sửa đổi, bổ sung bởi"),
}


def _changed(documents: Sequence[Document]) -> Iterator[tuple[int, Finding]]:
    seen: set[tuple[int, int, Role]] = set()
    for edge in graph(documents):
        if edge.role not in _WHAT or (edge.cited, edge.citing, edge.role) in seen:
            continue
        seen.add((edge.cited, edge.citing, edge.role))
        kind, verb = _WHAT[edge.role]
        citing = documents[edge.citing]
        draft = " (còn là dự thảo)" if citing.header.is_draft else ""
        message = f"Văn bản này {verb} {titled(citing)}{draft}."
        yield edge.cited, Finding(kind, message, None, None)


# --- near-duplicates -------------------------------------------------------------------------------------------------

_WORD = re.compile(r"\w+")


def shingles(document: Document, vocabulary: dict[str, int]) -> _Hashes:
    """Return the sorted set of hashes of the document's runs of five syllables, noise left out.

    `vocabulary` numbers the syllables and grows; documents that are compared share one.
    """
    kept = [section for section in document.sections if section.kind is not SectionKind.NOISE]
    text = "".join(document.text[section.start : section.end] for section in kept)
    numbers = [vocabulary.setdefault(word, len(vocabulary) + 1) for word in _WORD.findall(text.lower())]
    if len(numbers) < SHINGLE:
        return np.empty(0, np.uint64)
    words = np.array(numbers, np.uint64)
    runs = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for place in range(SHINGLE):
        runs = _mix(runs * np.uint64(0x9E3779B97F4A7C15) + words[place : place + len(runs)])
    return np.unique(runs)


def _mix(values: _Hashes) -> _Hashes:
    """Scatter 64-bit values (the finaliser of splitmix64, Steele, Lea & Flood, 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def jaccard(one: _Hashes, other: _Hashes) -> float:
    """Return |A ∩ B| / |A ∪ B| of two sorted sets; 0.0 for two empty ones."""
    common = len(np.intersect1d(one, other, assume_unique=True))
    union = len(one) + len(other) - common
    return common / union if union else 0.0


def _candidates(sets: Sequence[_Hashes]) -> set[tuple[int, int]]:
    """Return the pairs that agree in a whole band of min-hashes."""
    salts = np.random.default_rng(_SEED).integers(1, 2**63, BANDS * ROWS, dtype=np.uint64)
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for position, runs in enumerate(sets):
        if not len(runs):
            continue
        signature = np.array([_mix(runs ^ salt).min() for salt in salts], np.uint64)
        for band in range(BANDS):
            buckets[band, signature[band * ROWS : (band + 1) * ROWS].tobytes()].append(position)
    return {pair for bucket in buckets.values() for pair in combinations(bucket, 2)}


def _near_duplicates(documents: Sequence[Document]) -> Iterator[tuple[int, Finding]]:
    vocabulary: dict[str, int] = {}
    sets = [shingles(document, vocabulary) for document in documents]
    closest: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for one, other in sorted(_candidates(sets)):
        alike = jaccard(sets[one], sets[other])
        if alike >= ALIKE:
            closest[one].append((alike, other))
            closest[other].append((alike, one))
    for position, others in sorted(closest.items()):
        alike, other = max(others, key=lambda pair: (pair[0], -pair[1]))
        more = f" và {len(others) - 1} văn bản khác" if len(others) > 1 else ""
        message = f"Nội dung gần như trùng ({100 * alike:.0f} %) với {titled(documents[other])}{more}."
        yield position, Finding(FindingKind.NEAR_DUPLICATE, message, None, None)
