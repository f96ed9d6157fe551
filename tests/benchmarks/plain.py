"""`python -m tests.benchmarks.plain FOLDER QUESTION`: one question asked of both plain indexes from the shell.

What `tdkt ask` is compared with: the libraries imported, what they saved loaded memory-mapped, searched once.
"""

from __future__ import annotations

import sys
from pathlib import Path

import bm25s
import faiss
import numpy as np


def main(folder: Path, question: str) -> None:
    words = bm25s.BM25.load(folder / "words", mmap=True)
    known = [[word for word in question.lower().split() if word in words.vocab_dict]]
    rows, _ = words.retrieve(known, k=10, show_progress=False)
    vectors = faiss.read_index(str(folder / "vectors.faiss"), faiss.IO_FLAG_MMAP_IFC)
    _, near = vectors.search(np.ones((1, vectors.d), dtype=np.float32), 10)
    print(rows, near)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
