"""`python -m bench.worker UNTIL`: deliver what is due before an instant, and print the processor time it took."""

from __future__ import annotations

import sys
from datetime import datetime
from time import process_time

from bench.__main__ import start

start()

from ligneclaire.config.wiring import deliver  # noqa: E402  # app ready


def main() -> None:
    """Say when ready, wait for a line, work, say the seconds used."""
    until = datetime.fromisoformat(sys.argv[1])
    deliver(until=datetime.fromtimestamp(0, until.tzinfo))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    began = process_time()
    while deliver(until=until):
        pass
    sys.stdout.write(f"{process_time() - began}\n")


if __name__ == "__main__":
    main()
