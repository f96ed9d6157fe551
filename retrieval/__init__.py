"""Question to answer; knows nothing of people or channels."""

import os

# As in `index`, whichever of the two is imported first: numpy looks once.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
