"""Passages made searchable; knows nothing of questions."""

import os

# Before numpy is imported: OpenBLAS's threads spin while they wait, and the matrices of one question are small. A
# second one took twice the processor time and no less time. Who sets the variable keeps it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
