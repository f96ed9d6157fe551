"""One build at a time for one home, over all processes; the lock goes with the process that holds it, even killed."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexBusy

_LOCK = "LOCK"
_POLL_SECONDS = 0.1


@contextmanager
def build_lock(index: Path, patience: float) -> Iterator[None]:
    """Hold the lock of the index folder, waiting at most `patience` seconds for another build to end.

    Raises IndexBusy when it does not.
    """
    index.mkdir(parents=True, exist_ok=True)
    with (index / _LOCK).open("a") as file:  # the file stays: removing it would let two processes hold two locks
        give_up = time.monotonic() + patience
        while not _try(file.fileno()):
            if time.monotonic() >= give_up:
                raise IndexBusy(
                    f"Một tiến trình khác đang lập chỉ mục cho {index.parent}; hãy đợi nó xong rồi chạy lại."
                )
            time.sleep(_POLL_SECONDS)
        yield


def _try(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
