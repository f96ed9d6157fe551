"""`python -m bot` and the `tdkt` script."""

from __future__ import annotations

import signal
import sys

from bot.cli import INTERRUPTED
from bot.cli import main as run


def main() -> None:
    """Run the command line and end the process with its exit code."""
    code = run()
    if code == INTERRUPTED:  # a second Ctrl-C would cut the orderly end short
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


if __name__ == "__main__":
    main()
